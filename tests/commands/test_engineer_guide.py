"""The engineer's guide says of each family's line what the station really does; its verbs are there."""

import re
from pathlib import Path

import pytest

from nurse_station.commands.parser import build
from nurse_station.devices.contract import Driver
from nurse_station.devices.registry import DRIVERS

GUIDE = (Path(__file__).parents[2] / "docs" / "engineer.md").read_text(encoding="utf-8")
HEAD = "| family | monitors | line | other speeds | checksum |\n|---|---|---|---|---|\n"


def row(driver: Driver) -> str:
    speeds = ", ".join(str(rate) for rate in driver.other_baud_rates) or "—"
    return (f"| `{driver.key}` | {', '.join(driver.models)} | {driver.line} | {speeds} "
            f"| {'yes' if driver.checksum else 'no'} |\n")  # fmt: skip


def test_the_table_of_families_is_that_of_the_registry() -> None:
    table = HEAD + "".join(row(driver) for driver in DRIVERS.values())
    assert table in GUIDE, f"docs/engineer.md needs this table:\n{table}"


@pytest.mark.parametrize("command", sorted(set(re.findall(r"nurse-station [a-z][^`\n]*", GUIDE))))
def test_every_command_in_the_guide_is_understood(command: str) -> None:
    words = [word for word in command.split()[1:] if not word.startswith("[")]
    build().parse_args(words)


def test_every_verb_about_lines_is_in_the_guide() -> None:
    for verb in ("monitors", "ports", "identify", "lines", "decode", "emulate"):
        assert f"nurse-station {verb}" in GUIDE
