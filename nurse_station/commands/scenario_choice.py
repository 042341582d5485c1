"""The scenarios that a command knows by their keys: the program's and the clinic's own. Refuses none."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from nurse_station.commands.choices import settings_path
from nurse_station.infusion.protocol import Protocol
from nurse_station.training.scenario import Scenario
from nurse_station.training.scenario_files import factory_folder, load_all, own_of

FOLDER = "scenarios"


def clinic_folder(options: argparse.Namespace) -> Path:
    """Where a clinic's own scenarios lie: beside the settings file. It need not be there."""
    return settings_path(options).with_name(FOLDER)


def known_scenarios(
    options: argparse.Namespace, protocols: Mapping[str, Protocol], beside: Path | None = None
) -> Mapping[str, Scenario]:
    """By key; the program's first. A file that is no scenario is passed over: `check` names what is wrong.

    Args:
        options: Which settings.
        protocols: Those there are.
        beside: One more folder to look in.
    """
    found = dict(load_all(factory_folder()))
    for folder in (clinic_folder(options), beside):
        own = () if folder is None else own_of(folder, protocols.keys(), found)[0]
        found.update({scenario.key: scenario for scenario in own})
    return found
