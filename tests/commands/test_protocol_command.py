"""`nurse-station protocol check`, run as a person runs it."""

import json
from pathlib import Path

import pytest

from nurse_station.app import main
from nurse_station.infusion.protocol_files import factory_folder

TITRATED = factory_folder() / "crps_4h_titrated.toml"
FILES = sorted(factory_folder().glob("*.toml"))


def told(capsys: pytest.CaptureFixture[str], *words: object, code: int = 0) -> str:
    assert main(["protocol", "check", *(str(word) for word in words)]) == code
    return capsys.readouterr().out


def wrong(tmp_path: Path, before: str, after: str) -> Path:
    path = tmp_path / "ours.toml"
    path.write_text(TITRATED.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    return path


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("weight", [35, 70, 180])
def test_every_bundled_protocol_is_right(path: Path, weight: int, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(told(capsys, path, "--weight", weight, "--json"))
    assert (found["valid"], found["faults"], found["key"]) == (True, [], path.stem)


def test_the_day_is_told_in_four_units(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(told(capsys, TITRATED, "--json"))
    rates = found["days"][0]["rates"]
    assert [rate["at_min"] for rate in rates] == [0, 30, 60, 90, 240]
    assert rates[3] == {
        "at_min": 90, "mg_kg_h": 0.35, "ug_kg_min": 5.8333, "mg_h": 24.5, "ml_h": {"1": 24.5, "2": 12.25},
        "given_mg": 21,
    }  # fmt: skip
    assert found["days"][0]["total_mg"] == rates[-1]["given_mg"] == 82.25
    assert found["days"][0]["total_ml"] == {"1": 82.25, "2": 41.12}


def test_a_person_reads_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    lines = told(capsys, TITRATED, "--weight", 70).splitlines()
    assert lines[0] == "CRPS, 4 h titrated, 5 days (crps_4h_titrated, version 1, not yet approved by anybody)"
    assert lines[1] == "For 70 kg, racemic ketamine"
    assert "Days 1 to 5" in lines
    assert ["1:30", "0.35", "5.833", "24.5", "24.5", "12.25", "21"] in [line.split() for line in lines]
    predicted = "208 ng/mL by Kamp 2020 (predicted by a population model, not measured)"
    assert any(predicted in line for line in lines)
    assert any(line.startswith("While it runs   observations every 15 min") for line in lines)
    assert any(line.startswith("Recovery        at least 60 min") for line in lines)


def test_days_with_another_dose_are_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    lines = told(capsys, factory_folder() / "crps_4h_10_days.toml").splitlines()
    assert [line for line in lines if line.startswith("Day")] == ["Day 1", "Day 2", "Days 3 to 10"]


def test_the_medical_director_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    signed = wrong(tmp_path, 'approved_by = ""', 'approved_by = "Dr Okafor"')
    assert "approved by Dr Okafor" in told(capsys, signed)


def test_each_mistake_is_a_line_with_its_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = wrong(tmp_path, "days = 5", "days = 0")
    assert told(capsys, path, code=1) == f"{path}: course.days is 0; write a whole number from 1 to 30.\n"


def test_json_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = wrong(tmp_path, "days = 5", "days = 0")
    found = json.loads(told(capsys, path, "--json", code=1))
    assert (found["valid"], len(found["faults"])) == (False, 1)


def test_a_day_that_breaks_its_own_total_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = wrong(tmp_path, "max_total_mg = 100 ", "max_total_mg = 80 ")
    said = told(capsys, path, code=1)
    assert "day 1: The plan gives 82.2 mg, the order allows 80 mg in all" in said
    assert "1:30" in said


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["none.toml"], "none.toml is no file"),
        ([TITRATED, "--weight", "680"], "A weight of 680 kg cannot be; enter 35 to 180 kg"),
        ([TITRATED, "--weight", "nan"], "A weight of nan kg cannot be"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    words: list[object], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["protocol", "check", *map(str, words)]) == 2
    said = capsys.readouterr().err
    assert says in said
    assert said.count("\n") == 1
