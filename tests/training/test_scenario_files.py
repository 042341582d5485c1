"""Scenario and policy files: what is read, and the sentence that every mistake gets."""

import re
from functools import cache
from pathlib import Path

import pytest

from nurse_station.training import policy, scenario_files
from nurse_station.training.debrief import debriefed
from nurse_station.training.doubts import doubts, doubts_of
from nurse_station.training.headless import headless
from nurse_station.training.nurse import ScriptedNurse
from nurse_station.training.run import Run
from nurse_station.training.score import Outcome
from nurse_station.training.storyboard import storyboard
from nurse_station.training.toml_tree import FileError
from tests.training.wards_of_practice import LIMITS, POLICIES, PROTOCOLS, SCENARIOS

PAGE = (Path(__file__).parents[2] / "docs" / "scenarios.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
SCENARIO = next(text for text in EXAMPLES if text.startswith("# scenario"))
POLICY = next(text for text in EXAMPLES if text.startswith("# policy"))
TEN_SEEDS = pytest.mark.parametrize("seed", range(1, 11))

WRONG = {
    ('key = "sleepy_patient"', ""): "key is missing",
    ('key = "sleepy_patient"', 'key = "../../evil key"'): "write a plain word of small letters, digits",
    ("version = 1", 'version = "1"'): "version is '1'; write a whole number, 1 or more (line 4).",
    ("version = 1", "version = 1\nversion = 2"): "version is there twice; take one out, line 5 is the ",
    ("[begins]", "[patient]\n[begins]"): "patient is there twice; take one out, line 24 is the second.",
    ("lasts_min = 10", "lasts_min = 0"): "lasts_min is 0; write a number from 1 to 600",
    ("lasts_min = 10", "lasts_mni = 10"): "did you mean lasts_min? (line 10)",
    ("crps_4h_titrated", "crps"): 'protocol is "crps"; write one of',
    ("ge-s5-dri", "ge-s5"): 'monitors has "ge-s5"; write one of ge-s5-dri, ',
    ('sex = "female"', 'sex = "woman"'): "patient.sex",
    ("weight_kg = 83", "weight_kg = 300"): "patient.weight_kg is 300; write a number from 45 to 115 (line 21",
    ('do = "befall"', 'do = "befal"'): "did you mean befall?",
    ('what = "hypoventilation"', 'what = "hyper"'): 'event 2 (slows).what is "hyper"',
    ('what = "hypoventilation"', 'what = "hypoventilaton"'): "did you mean hypoventilation?",
    ('what = "hypoventilation"', ""): "event 2 (slows).what is missing; befall needs it",
    ("size = 0.55", "size = 7"): "event 2 (slows).size is 7",
    ("size = 0.55", "ml_h = 7"): "event 2 (slows).ml_h says nothing for befall",
    ("naloxone = 0.2", "nalox = 0.2"): "ordered.nalox is no drug; did you mean naloxone? (line 28)",
    ('when = "second >= 90"', 'when = "second => 90"'): "cannot be read; write >= for at least",
    ('when = "second >= 90"', 'when = "seconds >= 90"'): 'nothing called "seconds"; did you mean "second"?',
    ("since.slows > 60 and", "done.call_doctor and"): "what nurse-station scenario actions lists (line",
    ('after = "slows"', 'after = "slow"'): 'expected 1 (wake).after is "slow"; write the name of an event: '
    "sedated, slows, family_asks, naloxone_works; did you mean slows? (line 61)",
    ("since.slows > 60 and", "since.slws > 60 and"): 'did you mean "since.slows"?',
    ('"shake", "assess', '"shaek", "assess'): 'expected 1 (wake).do has "shaek"; did you mean shake?',
    ('"give_naloxone"', '"give naloxone"'): "write give_naloxone",
    ('"give_naloxone"', '"give"'): "write give_ and the drug in one word",
    ('"give_naloxone"', '"stop_pump now"'): "write stop_pump alone",
    ("within_s = 75", "within_s = 75\nlate_s = 20"): "late_s is less than within_s",
    ('name = "family_asks"', 'name = "slows"'): 'event "slows" is there twice',
    ("[patient]", "[patients]"): "patient is no table",
    ("[[event]]", "[event]"): "event stands in single brackets in line 30 and in double ones elsewhere",
}  # fmt: skip


def faults(text: str) -> str:
    with pytest.raises(FileError) as caught:
        scenario_files.parse(text)
    return str(caught.value)


def test_the_example_of_the_page_is_a_scenario() -> None:
    assert scenario_files.parse(SCENARIO).key == "sleepy_patient"


def lived(seed: int, nurse: policy.Policy, text: str = SCENARIO) -> Run:
    row = scenario_files.parse(text)
    return headless(row, seed, PROTOCOLS[row.protocol], LIMITS).play(ScriptedNurse(nurse, seed))


@cache
def rightly(seed: int) -> Run:
    return lived(seed, policy.parse(POLICY))


def test_nothing_of_the_page_may_not_be_meant() -> None:
    row = scenario_files.parse(SCENARIO)
    assert not list(doubts(row, SCENARIOS))
    assert not list(doubts_of(policy.parse(POLICY), {row.key: row}))


@TEN_SEEDS
def test_the_nurse_of_the_page_passes_the_scenario_of_the_page_with_nothing_against_her(seed: int) -> None:
    score = debriefed(rightly(seed), "page", seed).score
    assert score.passed, score.verdict
    assert not score.against
    assert {result.outcome for result in score.results} == {Outcome.DONE}


@TEN_SEEDS
def test_the_patient_of_the_page_is_what_its_summary_says(seed: int) -> None:
    """She dozes before the breathing slows, and breathes well, saturated, once all was done."""
    run = rightly(seed)
    assert min(point.moaas for point in run.points if point.at <= 90) == 4
    shown = [point.shown_spo2 for point in run.points if point.shown_spo2 is not None]
    assert min(shown) >= 90
    assert (run.look("shown.spo2") or 0) >= 96
    assert (run.look("shown.rr_co2") or 0) >= 10
    assert run.counts["give_naloxone"] == run.counts["oxygen"] == 1


def test_who_does_nothing_for_the_patient_of_the_page_does_not_pass() -> None:
    score = debriefed(lived(1, POLICIES["nothing"], SCENARIO.replace("= 10", "= 5", 1)), "nobody", 1).score
    assert not score.passed
    assert "let_desaturate" in score.named


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
    with pytest.raises(FileError, match="nothing called .* for a scripted nurse: she cannot"):
        policy.parse(POLICY.replace("alarm.apnoea", fact))


@pytest.mark.parametrize("event", ["slows", "family_asks"])
def test_a_scripted_nurse_is_told_that_she_cannot_know_an_event(event: str) -> None:
    with pytest.raises(FileError, match=r"asks for an event: a nurse cannot know .* ask for what she sees"):
        policy.parse(POLICY.replace("alarm.apnoea", f"since.{event} > 3"))


def test_an_action_that_is_nearly_right_is_told_the_nearest() -> None:
    with pytest.raises(FileError, match='did you mean "since.jaw_thrust"'):
        policy.parse(POLICY.replace("alarm.apnoea", "since.jaw_thurst > 3"))


@pytest.mark.parametrize(("written", "meant"), [
    ("jawthrust", "did you mean jaw_thrust"), ("give_labetalol", 'write "give labetalol" and the dose in mg'),
    ("give fluide 250", "did you mean fluid"), ("wonder", "nurse-station scenario actions lists them"),
])  # fmt: skip
def test_an_action_that_is_none_is_told_what_to_write(written: str, meant: str) -> None:
    with pytest.raises(FileError, match=re.escape(meant)):
        policy.parse(POLICY.replace('"call_name"', f'"{written}"'))


def test_a_scripted_nurse_is_no_scenario_and_a_scenario_no_nurse() -> None:
    assert "this is a scripted nurse (policy) and no scenario" in faults(POLICY)
    with pytest.raises(FileError, match="this is a scenario and no scripted nurse"):
        policy.parse(SCENARIO)


def test_a_policys_mistakes_name_their_lines() -> None:
    with pytest.raises(FileError, match=r"rule 1.whenn is no key; did you mean when\? \(line 8\)"):
        policy.parse(POLICY.replace("when =", "whenn =", 1))
    with pytest.raises(FileError, match='key is "a b"; write a plain word'):
        policy.parse(POLICY.replace('key = "sleepy_patient_right"', 'key = "a b"'))


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_an_empty_file_is_told(text: str) -> None:
    assert "the file is empty" in faults(text)


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


def test_a_storyboard_gives_every_number_its_unit() -> None:
    told = "\n".join(storyboard(scenario_files.parse(SCENARIO)))
    assert "naloxone up to 0.2 mg" in told
    assert "Midazolam is given by another (3 mg)" in told
    assert "Hypoventilation begins (size 0.55, for 900 s)" in told


def test_a_storyboard_says_what_must_not_come_sooner() -> None:
    told = "\n".join(storyboard(scenario_files.parse(SCENARIO)))
    assert "wrong if one of these came first: Call the prescriber" in told


def test_a_storyboard_tells_both_times_of_a_recovery() -> None:
    text = SCENARIO.replace("minutes_in = 40", "minutes_in = 40\nrecovering_min = 20\noxygen_l_min = 2")
    told = "\n".join(storyboard(scenario_files.parse(text)))
    assert "20 min after an infusion of 40 min, oxygen 2 L/min" in told


@pytest.mark.parametrize("key", [key for key in POLICIES if POLICIES[key].scenario != "any"])
def test_a_policy_is_for_a_scenario_that_is_there(key: str) -> None:
    row = SCENARIOS[POLICIES[key].scenario]
    nameable = {each.name for each in (*row.against, *row.expected)} | {"not_ordered"}
    assert set(POLICIES[key].named) <= nameable
