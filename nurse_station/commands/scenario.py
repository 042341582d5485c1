"""`scenario`: a scenario file -> its mistakes or its storyboard; the list of actions. Changes no file."""

import argparse
import json
from dataclasses import asdict
from typing import Any

from nurse_station.commands.choices import file_called, protocols_told
from nurse_station.training.actions import in_groups
from nurse_station.training.scenario import Scenario
from nurse_station.training.scenario_files import load
from nurse_station.training.storyboard import storyboard
from nurse_station.training.toml_tree import FileError

EXIT_WRONG = 1
_TOLD = ("name", "words", "do", "after", "within_s", "needed")


def run(options: argparse.Namespace) -> int:
    """Print what is wrong (code 1), or the storyboard; or everything that a nurse can do."""
    if options.act == "actions":
        print("\n".join(_actions()))
        return 0
    path, protocols = file_called(options.file), protocols_told(options)
    try:
        scenario = load(path, protocols.keys())
    except FileError as error:
        print(json.dumps({"valid": False, "faults": list(error.sentences)}, indent=2, ensure_ascii=False)
              if options.json else "\n".join(error.sentences))  # fmt: skip
        return EXIT_WRONG
    print(json.dumps(as_json(scenario), indent=2, ensure_ascii=False)
          if options.json else "\n".join(storyboard(scenario)))  # fmt: skip
    return 0


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
        lines += [group.value, *(f"  {row.key:24} {row.words}" for row in rows)]
    return lines
