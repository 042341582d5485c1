"""Nothing that is practised can enter a patient's record: by import, by type, by what is written."""

import ast
import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from nurse_station.sessions import codec
from nurse_station.sessions.deeds import Entry
from nurse_station.training.day import EPOCH, SIMULATION
from nurse_station.training.debrief import Debrief
from nurse_station.training.policy import Kind
from nurse_station.training.scenario import Scenario
from tests.training.wards_of_practice import POLICIES, SCENARIOS, practised, run_of

PACKAGE = Path(__file__).parents[2] / "nurse_station"
RECORDING = ("records", "exports", "reports", "station", "links", "settings")
RUN = "laryngospasm"


def imports(folder: str) -> set[str]:
    """What a package imports; of the reports, the page of the debrief aside: it is no page of a chart."""
    found: set[str] = set()
    for path in (PACKAGE / folder).rglob("*.py"):
        if path.name.startswith("debrief"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module)
            elif isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
    return found


@pytest.mark.parametrize("package", RECORDING)
def test_practice_knows_no_record_and_no_record_knows_practice(package: str) -> None:
    assert not [name for name in imports("training") if name.startswith(f"nurse_station.{package}")]
    assert not [name for name in imports(package) if name.startswith("nurse_station.training")]


def test_the_command_opens_no_record() -> None:
    tree = (PACKAGE / "commands" / "train.py").read_text(encoding="utf-8")
    assert not [package for package in RECORDING if f"nurse_station.{package}" in tree]


def test_a_debrief_is_no_entry_and_no_journal_takes_it() -> None:
    debrief = practised(RUN, Kind.RIGHT, 1)
    assert isinstance(debrief, Debrief)
    assert not isinstance(debrief, Entry)
    with pytest.raises(codec.CodecError):
        codec.from_json(debrief.as_json())


def test_an_entry_of_practice_is_none_that_a_journal_writes() -> None:
    run = run_of(_first_second(RUN), POLICIES["nothing"])
    for practised_entry in run.day.entries:
        assert not isinstance(practised_entry, Entry)
        with pytest.raises(AttributeError):
            codec.as_json(practised_entry)  # type: ignore[arg-type]


def test_no_line_of_a_debrief_is_an_entry() -> None:
    for line in practised(RUN, Kind.RIGHT, 1).as_json()["log"]:
        with pytest.raises(codec.CodecError):
            codec.from_json(line)


def test_a_debrief_says_that_it_is_simulated() -> None:
    assert practised(RUN, Kind.RIGHT, 1).as_json()["mark"] == SIMULATION


@pytest.mark.parametrize("key", SCENARIOS)
def test_the_patient_of_a_run_is_marked_and_dated_before_any_patient(key: str) -> None:
    run = run_of(_first_second(key), POLICIES["nothing"])
    patient = run.day.session.patient
    assert patient is not None
    assert patient.name.startswith(SIMULATION)
    assert datetime.fromtimestamp(EPOCH).year == 2001  # noqa: DTZ006 - the year alone counts
    assert not run.day.session.refused


def test_a_run_writes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    json.dumps(practised(RUN, Kind.NOTHING, 1).as_json())
    run_of(_first_second(RUN), POLICIES["nothing"])
    assert not list(tmp_path.iterdir())


def _first_second(key: str) -> Scenario:
    return replace(SCENARIOS[key], lasts_min=1 / 60)
