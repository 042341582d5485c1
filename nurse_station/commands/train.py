"""`train`: a scripted nurse goes through a scenario -> the score. Opens no record and no port."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Set
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from nurse_station.alarms.limit_files import factory_file
from nurse_station.alarms.limit_files import load as load_limits
from nurse_station.alarms.limits import Limits
from nurse_station.commands.choices import protocols_told
from nurse_station.commands.scenario_choice import known_scenarios
from nurse_station.commands.trouble import UserError
from nurse_station.training import policy as policies
from nurse_station.training import scenario_files as scenarios
from nurse_station.training.debrief import as_text, debriefed
from nurse_station.training.headless import headless
from nurse_station.training.nurse import ScriptedNurse
from nurse_station.training.policy import Policy
from nurse_station.training.run import STEP_S, Run
from nurse_station.training.scenario import Scenario
from nurse_station.training.toml_tree import FileError

EXIT_FAILED = 1
_FASTEST = 1e6
V = TypeVar("V", Scenario, Policy)


def run(options: argparse.Namespace) -> int:
    """Print the debrief, and set it on paper if wanted; code 0: passed, 1: not passed."""
    paper = _free(options.pdf)
    protocols = protocols_told(options)
    try:
        known = known_scenarios(options, protocols)
        scenario = _called(options.scenario, known, partial(scenarios.load, protocols=protocols.keys()))
        policy = _called(options.policy, policies.load_all(policies.factory_folder()), policies.load)
    except FileError as error:
        raise UserError(str(error)) from error
    if policy.scenario not in ("any", scenario.key):
        print(f"nurse-station: {policy.key} was written for {policy.scenario}.", file=sys.stderr)
    limits = Limits(factory=load_limits(factory_file()))
    practised = headless(
        scenario, options.seed, protocols[scenario.protocol], limits, waves=options.speed < _FASTEST
    )
    _play(practised, ScriptedNurse(policy, options.seed), options.speed)
    debrief = debriefed(practised, policy.key, options.seed, untouched=limits)
    if options.json:
        told = {**debrief.as_json(), "policy": policy_json(policy, debrief.score.named)}
        print(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        print("\n".join([*as_text(debrief), *policy_told(policy, debrief.score.named)]))
    if paper is not None:
        from nurse_station.commands.debrief_paper import write  # who asks for none need not wait for it

        write(paper, debrief)
    return 0 if debrief.score.passed else EXIT_FAILED


def policy_json(policy: Policy, named: Set[str]) -> dict[str, Any]:
    """Who played, and which of the names that she is to be named for the score has and has not."""
    return {
        "key": policy.key, "kind": policy.kind.value,
        "named": [name for name in policy.named if name in named],
        "not_named": [name for name in policy.named if name not in named],
    }  # fmt: skip


def policy_told(policy: Policy, named: Set[str]) -> Iterator[str]:
    """The same for a person; nothing where the policy names nothing."""
    told = policy_json(policy, named)
    if told["named"]:
        yield f"Named, as the policy says: {', '.join(told['named'])}."
    if told["not_named"]:
        yield f"NOT named, though the policy lists it: {', '.join(told['not_named'])}."


def _free(name: str | None) -> Path | None:
    """Where the paper goes; asked before the run, which may take long."""
    path = None if name is None else Path(name)
    if path is not None and path.exists():
        msg = f"{path} is there already: choose another name"
        raise UserError(msg)
    if path is not None and not path.parent.is_dir():
        msg = f"there is no folder {path.parent}: choose another name"
        raise UserError(msg)
    return path


def _play(practised: Run, nurse: ScriptedNurse, speed: float) -> None:
    while not practised.over:
        practised.step(nurse)
        if speed < _FASTEST:
            time.sleep(STEP_S / speed)


def _called(name: str, known: Mapping[str, V], load: Callable[[Path], V]) -> V:
    """By its key, or as a file."""
    if name in known:
        return known[name]
    path = Path(name)
    if not path.is_file():
        near = get_close_matches(name, list(known), n=1)
        meant = f"; did you mean {near[0]}?" if near else ""
        raise UserError(f"there is no {name!r}: give a file, or one of {', '.join(known)}{meant}")
    return load(path)
