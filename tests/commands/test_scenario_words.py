"""`scenario` and `train` at the command line: warnings, nurses, words, keys, seeds, what was named."""

import json
from pathlib import Path

import pytest

from nurse_station.app import main
from tests.training.test_scenario_files import POLICY, SCENARIO

HASTY = """key = "hasty"
name = "Raises"
scenario = "sleepy_patient"
kind = "tempting"
named = ["raised_rate", "rubbish"]

[[rule]]
when = "second > 100"
do = ["raise_rate anyway"]
"""


@pytest.fixture(autouse=True)
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of settings with a scenario of the clinic's own beside them, and its nurses elsewhere."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    (tmp_path / "scenarios").mkdir()
    short = SCENARIO.replace("lasts_min = 10", "lasts_min = 2").replace("within_s = 360", "within_s = 20")
    (tmp_path / "scenarios" / "sleepy.toml").write_text(short, encoding="utf-8")
    (tmp_path / "right.toml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "hasty.toml").write_text(HASTY, encoding="utf-8")
    return tmp_path


def with_settings(clinic: Path, *words: str) -> list[str]:
    return [*words, "--settings", str(clinic / "settings.toml")]


def test_what_may_not_be_meant_stands_behind_the_storyboard_with_code_0(
    clinic: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = clinic / "doubtful.toml"
    path.write_text(SCENARIO.replace("second >= 90", "second >= 9000"), encoding="utf-8")
    assert main(with_settings(clinic, "scenario", "check", str(path))) == 0
    story, _, warnings = capsys.readouterr().out.partition("May not be meant\n")
    assert "What is expected" in story
    assert "event 2 (slows) can never happen" in warnings
    assert main(with_settings(clinic, "scenario", "check", str(path), "--json")) == 0
    assert "can never happen" in json.loads(capsys.readouterr().out)["warnings"][0]


def test_a_scenario_without_doubt_has_no_word_of_it(clinic: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = clinic / "page.toml"
    path.write_text(SCENARIO, encoding="utf-8")
    assert main(with_settings(clinic, "scenario", "check", str(path))) == 0
    assert "May not" not in capsys.readouterr().out


def test_a_scripted_nurse_is_checked_against_the_clinics_scenario(
    clinic: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(with_settings(clinic, "scenario", "check", str(clinic / "right.toml"))) == 0
    said = capsys.readouterr().out
    assert "a scripted nurse (right) for sleepy_patient" in said
    assert "May not" not in said
    assert main(with_settings(clinic, "scenario", "check", str(clinic / "hasty.toml"), "--json")) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["named"] == ["raised_rate", "rubbish"]
    assert [sentence.split(",")[0] for sentence in told["warnings"]] == ['named has "rubbish"']


def test_a_nurse_with_a_mistake_is_refused_in_its_sentence(
    clinic: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (clinic / "right.toml").write_text(POLICY.replace("alarm.apnoea", "since.slows > 3"), encoding="utf-8")
    assert main(with_settings(clinic, "scenario", "check", str(clinic / "right.toml"))) == 1
    assert 'right.toml: rule 1.when: "since.slows" asks for an event' in capsys.readouterr().out


def test_the_words_are_listed(clinic: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(with_settings(clinic, "scenario", "words")) == 0
    said = capsys.readouterr().out
    assert "tachycardia      /min, 90 to 200, 142; 300 s" in said
    assert "hidden." in said


def test_the_actions_say_what_follows_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scenario", "actions"]) == 0
    said = capsys.readouterr().out
    assert "give DRUG DOSE" in said
    assert "each drug is one word: give_naloxone" in said


def test_train_takes_the_key_of_a_clinics_scenario_and_says_what_was_named(
    clinic: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    train = with_settings(clinic, "train", "sleepy_patient", "--policy", str(clinic / "hasty.toml"))
    assert main(train) == 1
    said = capsys.readouterr().out
    assert "Named, as the policy says: raised_rate." in said
    assert "NOT named, though the policy lists it: rubbish." in said
    assert main([*train, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)["policy"]
    assert told == {"key": "hasty", "kind": "tempting", "named": ["raised_rate"], "not_named": ["rubbish"]}


def test_train_says_which_file_is_no_scenario_and_which_no_nurse(
    clinic: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nurse, scenario = str(clinic / "right.toml"), str(clinic / "scenarios" / "sleepy.toml")
    assert main(with_settings(clinic, "train", nurse, "--policy", nurse)) == 2
    assert "this is a scripted nurse (policy) and no scenario" in capsys.readouterr().err
    assert main(with_settings(clinic, "train", scenario, "--policy", scenario)) == 2
    assert "this is a scenario and no scripted nurse (policy)" in capsys.readouterr().err
    assert main(with_settings(clinic, "train", "laringospasm", "--policy", nurse)) == 2
    assert "did you mean laryngospasm" in capsys.readouterr().err


@pytest.mark.parametrize("seed", ["-3", "0", "1000000", "1.5", "x"])
@pytest.mark.parametrize("verb", [["train", "quiet_day", "--policy", "nothing"], ["practise", "quiet_day"]])
def test_a_seed_is_one_range_for_both(verb: list[str], seed: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([*verb, "--seed", seed])
    assert left.value.code == 2
    assert "is no number of a patient: give 1 to 999999" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["./mine.toml", "mine.toml", "folder/mine", "C:\\mine"])
def test_practise_says_what_to_do_with_a_file(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["practise", name])
    assert "put it into the folder `scenarios` beside the settings file" in capsys.readouterr().err
