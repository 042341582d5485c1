"""`scenario`: a file of practice -> its mistakes or storyboard; the actions, the words. Changes no file."""

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from nurse_station.commands.choices import file_called, protocols_told
from nurse_station.commands.scenario_choice import known_scenarios
from nurse_station.training import policy as policies
from nurse_station.training import scenario_files, vocabulary
from nurse_station.training.actions import Takes, in_groups
from nurse_station.training.doubts import doubts, doubts_of
from nurse_station.training.policy import Policy
from nurse_station.training.scenario import Scenario
from nurse_station.training.scenario_faults import is_policy
from nurse_station.training.storyboard import storyboard
from nurse_station.training.toml_tree import FileError, read, tree_of

EXIT_WRONG = 1
_TOLD = ("name", "words", "do", "after", "within_s", "needed")
_TAKES = {Takes.NUMBER: " N", Takes.DRUG: " DRUG DOSE", Takes.ANYWAY: " [anyway]"}


def run(options: argparse.Namespace) -> int:
    """Print what is wrong (code 1), or the storyboard and what may not be meant; or a list."""
    if options.act == "actions":
        print("\n".join(_actions()))
    elif options.act == "words":
        print("\n".join(_words(options)))
    else:
        return _check(options)
    return 0


def _check(options: argparse.Namespace) -> int:
    path = file_called(options.file)
    try:
        if read(path, lambda text: is_policy(tree_of(text))):
            _told_of_policy(options, path)
        else:
            _told_of_scenario(options, path)
    except FileError as error:
        _say(options, {"valid": False, "faults": list(error.sentences)}, error.sentences)
        return EXIT_WRONG
    return 0


def _told_of_scenario(options: argparse.Namespace, path: Path) -> None:
    shipped = scenario_files.factory_folder()
    scenario = scenario_files.load(path, protocols_told(options).keys())
    own = path.resolve().parent != shipped.resolve()
    warnings = list(doubts(scenario, scenario_files.load_all(shipped) if own else None))
    _say(options, {**as_json(scenario), "warnings": warnings}, [*storyboard(scenario), *_doubted(warnings)])


def _told_of_policy(options: argparse.Namespace, path: Path) -> None:
    policy = policies.load(path)
    warnings = list(doubts_of(policy, known_scenarios(options, protocols_told(options), path.parent)))
    told = {"valid": True, "faults": [], "warnings": warnings, "key": policy.key, "name": policy.name,
            "scenario": policy.scenario, "kind": policy.kind.value, "named": list(policy.named)}  # fmt: skip
    _say(options, told, [*_nurse(policy), *_doubted(warnings)])


def _say(options: argparse.Namespace, told: Mapping[str, Any], lines: Sequence[str]) -> None:
    print(json.dumps(told, indent=2, ensure_ascii=False) if options.json else "\n".join(lines))


def _doubted(warnings: Sequence[str]) -> list[str]:
    return ["", "May not be meant", *(f"  {sentence}" for sentence in warnings)] if warnings else []


def _nurse(policy: Policy) -> list[str]:
    head = f"{policy.name} ({policy.key}), a scripted nurse ({policy.kind}) for {policy.scenario}"
    named = [f"To be named for {', '.join(policy.named)}"] if policy.named else []
    rules = [
        f"  when {rule.when.text}: {'; '.join(action.words for action in rule.do)} (first after "
        f"{rule.after_s:g} s, then each {rule.each_s:g} s"
        + (f"; again after {rule.again_s:g} s)" if rule.again_s else ")")
        for rule in policy.rules
    ]
    return [head, *named, *rules]


def as_json(scenario: Scenario) -> dict[str, Any]:
    """What is checked, as one object."""
    return {
        "valid": True, "faults": [], "key": scenario.key, "name": scenario.name, "version": scenario.version,
        "events": [each.name for each in scenario.happens],
        "expected": [{key: asdict(each)[key] for key in _TOLD} for each in scenario.expected],
        "against": [each.name for each in scenario.against],
        "storyboard": list(storyboard(scenario)),
    }  # fmt: skip


def _actions() -> list[str]:
    lines = []
    for group, rows in in_groups():
        lines += [group.value]
        lines += [f"  {row.key + _TAKES.get(row.takes, ''):24} {row.words}" for row in rows]
    return [
        *lines,
        "",
        "In do and before of a scenario and behind done. and since. each drug is one word: give_naloxone.",
    ]


def _words(options: argparse.Namespace) -> list[str]:
    lines = []
    for title, rows in vocabulary.told(protocols_told(options)):
        lines += ["", title, *(f"  {row}" for row in rows)]
    return lines[1:]
