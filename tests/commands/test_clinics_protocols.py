"""A clinic's own protocol is known to practice as to the station: for checks, scripted nurses and lessons."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from nurse_station.app import main
from nurse_station.classroom.room import Classroom
from nurse_station.infusion.protocol_files import factory_folder
from nurse_station.training import scenario_files
from nurse_station.ui.practice import openers

SHORT = "laryngospasm"
IDLE = """# policy
key = "idle"
name = "Sits by"
scenario = "ours"
kind = "nothing"

[[rule]]
when = "second >= 1"
do = ["call_name"]
"""


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file with a scenario beside it that follows a protocol beside it."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    made_of(factory_folder() / "crps_4h_titrated.toml", tmp_path / "protocols" / "ours.toml",
            {'key = "crps_4h_titrated"': 'key = "our_protocol"'})  # fmt: skip
    [shipped] = scenario_files.factory_folder().glob(f"*_{SHORT}.toml")
    made_of(shipped, tmp_path / "scenarios" / "ours.toml",
            {f'key = "{SHORT}"': 'key = "ours"', '"crps_4h_titrated"': '"our_protocol"'})  # fmt: skip
    return tmp_path


def made_of(shipped: Path, path: Path, changes: Mapping[str, str]) -> None:
    text = shipped.read_text(encoding="utf-8")
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after)
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def words(clinic: Path, *verb: str) -> list[str]:
    return [*verb, "--settings", str(clinic / "settings.toml")]


def checked(clinic: Path) -> int:
    return main(words(clinic, "scenario", "check", str(clinic / "scenarios" / "ours.toml")))


def test_a_scenario_of_the_clinics_own_protocol_is_right(
    clinic: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checked(clinic) == 0
    assert "protocol our_protocol" in capsys.readouterr().out


def test_the_settings_named_before_the_verb_count_too(clinic: Path) -> None:
    path = str(clinic / "scenarios" / "ours.toml")
    assert main(["--settings", str(clinic / "settings.toml"), "scenario", "check", path]) == 0


def test_the_folder_that_the_settings_name_counts(clinic: Path) -> None:
    (clinic / "protocols").rename(clinic / "elsewhere")
    assert checked(clinic) == 1
    (clinic / "settings.toml").write_text(f'protocols_dir = "{clinic / "elsewhere"}"\n', encoding="utf-8")
    assert checked(clinic) == 0


def test_an_unknown_protocol_is_named_with_those_there_are(
    clinic: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (clinic / "protocols" / "ours.toml").unlink()
    assert checked(clinic) == 1
    said = capsys.readouterr()
    assert 'protocol is "our_protocol"; write one of crps_4h_10_days, ' in said.out
    assert not said.err


def test_a_broken_protocol_is_said_beside_the_scenario_that_lacks_it(
    clinic: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (clinic / "protocols" / "ours.toml").write_text("key = 1", encoding="utf-8")
    assert checked(clinic) == 1
    assert "The protocol ours.toml is not offered" in capsys.readouterr().err


def test_a_scripted_nurse_plays_by_the_clinics_own_protocol(
    clinic: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (clinic / "policy.toml").write_text(IDLE, encoding="utf-8")
    train = words(clinic, "train", str(clinic / "scenarios" / "ours.toml"), "--policy",
                  str(clinic / "policy.toml"))  # fmt: skip
    assert main(train) == 1
    assert "SIMULATION  A sound at the throat, idle" in capsys.readouterr().out
    (clinic / "protocols" / "ours.toml").unlink()
    assert main(train) == 2
    assert 'protocol is "our_protocol"; write one of' in capsys.readouterr().err


@pytest.mark.parametrize("known", [True, False])
def test_practice_offers_what_the_clinics_own_protocols_allow(
    clinic: Path, known: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not known:
        (clinic / "protocols" / "ours.toml").unlink()
    rooms: list[Classroom] = []
    monkeypatch.setattr(openers, "open_practice", lambda room, *others: rooms.append(room) or 0)
    assert main(words(clinic, "practise", "--no-sound", "--data-dir", str(clinic / "data"))) == 0
    [room] = rooms
    assert ("ours" in [scenario.key for scenario in room.scenarios()]) is known
    assert bool(room.faults()) is not known
