"""Scenario and policy files: what is read, and the sentence that every mistake gets."""

import re
from pathlib import Path

import pytest

from nurse_station.training import policy, scenario_files
from nurse_station.training.debrief import trained
from nurse_station.training.storyboard import storyboard
from nurse_station.training.toml_tree import FileError
from tests.training.wards_of_practice import LIMITS, POLICIES, PROTOCOLS, SCENARIOS

PAGE = (Path(__file__).parents[2] / "docs" / "scenarios.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
SCENARIO = next(text for text in EXAMPLES if text.startswith("# scenario"))
POLICY = next(text for text in EXAMPLES if text.startswith("# policy"))

WRONG = {
    ('key = "sleepy_patient"', ""): "key is missing",
    ("version = 1", 'version = "1"'): "version is '1'; write a whole number",
    ("lasts_min = 8", "lasts_min = 0"): "lasts_min is 0; write a number from 1 to 600",
    ("lasts_min = 8", "lasts_mni = 8"): "did you mean lasts_min?",
    ("crps_4h_titrated", "crps"): 'protocol is "crps"; write one of',
    ("ge-s5-dri", "ge"): 'monitors has "ge"',
    ('sex = "male"', 'sex = "man"'): "patient.sex",
    ("weight_kg = 83", "weight_kg = 300"): "patient.weight_kg is 300; write a number from 45 to 115",
    ('do = "befall"', 'do = "befal"'): "did you mean befall?",
    ('what = "hypoventilation"', 'what = "hyper"'): 'event 1 (slows).what is "hyper"',
    ('what = "hypoventilation"', ""): "event 1 (slows).what is missing; befall needs it",
    ("size = 0.7", "size = 7"): "event 1 (slows).size is 7",
    ("size = 0.7", "ml_h = 7"): "event 1 (slows).ml_h says nothing for befall",
    ("naloxone = 0.2", "nalox = 0.2"): "ordered.nalox is no drug",
    ('when = "second >= 30"', 'when = "second => 30"'): "cannot be read",
    ('when = "second >= 30"', 'when = "seconds >= 30"'): 'there is nothing called "seconds"',
    ('after = "slows"', 'after = "slow"'): 'expected 1 (wake).after is "slow"; write the name of an event',
    ("since.slows > 60 and", "since.slws > 60 and"): 'did you mean "since.slows"?',
    ('"shake", "assess', '"shaek", "assess'): 'expected 1 (wake).do has "shaek"',
    ("within_s = 120", "within_s = 120\nlate_s = 20"): "late_s is less than within_s",
    ('name = "family_asks"', 'name = "slows"'): 'event "slows" is there twice',
    ("[patient]", "[patients]"): "patient is no table",
}  # fmt: skip


def faults(text: str) -> str:
    with pytest.raises(FileError) as caught:
        scenario_files.parse(text)
    return str(caught.value)


def test_the_example_of_the_page_is_a_scenario() -> None:
    assert scenario_files.parse(SCENARIO).key == "sleepy_patient"


def test_the_nurse_of_the_page_passes_the_scenario_of_the_page() -> None:
    row = scenario_files.parse(SCENARIO)
    played = trained(row, policy.parse(POLICY), 1, PROTOCOLS[row.protocol], LIMITS)
    assert played.score.passed, played.score.verdict


@pytest.mark.parametrize(("change", "sentence"), WRONG.items(), ids=range(len(WRONG)))
def test_every_mistake_gets_a_sentence(change: tuple[str, str], sentence: str) -> None:
    assert change[0] in SCENARIO
    assert sentence in faults(SCENARIO.replace(*change, 1))


def test_a_sentence_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(SCENARIO.replace("version = 1", ""), encoding="utf-8")
    with pytest.raises(FileError, match=r"mine\.toml: version is missing"):
        scenario_files.load(path)


@pytest.mark.parametrize("text", ["= 1", "\0", "key = "])
def test_what_is_no_toml_is_told(text: str) -> None:
    assert "it is not TOML" in faults(text)


@pytest.mark.parametrize("fact", ["hidden.sao2 < 90", "befallen.apnoea", "happened.slows"])
def test_a_scripted_nurse_cannot_ask_for_what_she_cannot_see(fact: str) -> None:
    with pytest.raises(FileError, match="there is nothing called"):
        policy.parse(POLICY.replace("alarm.apnoea", fact))


@pytest.mark.parametrize(
    "action", ["jawthrust", "give aspirin 2", "give midazolam", "set_pump fast", "look up"]
)
def test_an_action_that_cannot_be_read_is_told(action: str) -> None:
    with pytest.raises(FileError, match="rule 1.do"):
        policy.parse(POLICY.replace('"call_name"', f'"{action}"'))


@pytest.mark.parametrize("key", SCENARIOS)
def test_a_storyboard_tells_every_event_and_expectation(key: str) -> None:
    told = "\n".join(storyboard(SCENARIOS[key]))
    assert all(each.name in told for each in SCENARIOS[key].happens)
    assert all(each.words in told for each in SCENARIOS[key].expected)


@pytest.mark.parametrize("key", [key for key in POLICIES if POLICIES[key].scenario != "any"])
def test_a_policy_is_for_a_scenario_that_is_there(key: str) -> None:
    row = SCENARIOS[POLICIES[key].scenario]
    nameable = {each.name for each in (*row.against, *row.expected)} | {"not_ordered"}
    assert set(POLICIES[key].named) <= nameable
