"""What a file says that can hardly be meant: a sentence each; the program's own files have none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.training import policy, scenario_files
from nurse_station.training.doubts import NEEDS_EVENT, doubts, doubts_of
from nurse_station.training.earliest import earliest
from nurse_station.training.events import EVENTS
from nurse_station.training.toml_lines import lines_of, twice, with_line
from tests.training.test_scenario_files import POLICY, SCENARIO
from tests.training.wards_of_practice import POLICIES, SCENARIOS

ASKS = 'when = "since.slows > 60 and not done.call_name"\nsay = "The'
WHEN = 'when = "second >= 90"'
DOUBTFUL = {
    ((WHEN, 'when = "second >= 3000"'),): "event 2 (slows) can never happen: not before 3000 s, and all",
    ((WHEN, 'when = "minute >= 10"'),): "event 2 (slows) can never happen: not before 600 s",
    ((WHEN, 'when = "second >= 30 and second < 20"'),): "its times exclude each other",
    ((WHEN, 'when = "happened.slows"'),): "event 2 (slows) can never happen: it waits for itself",
    ((WHEN, 'when = "since.family_asks > 3"'),): "it waits for family_asks, which waits for it",
    ((ASKS, 'when = "since.slows > 600"\nsay = "The'),): "event 3 (family_asks) can never happen",
    ((WHEN, 'when = "second >= 600"'),): "event 3 (family_asks) can never happen: it waits for slows, which",
    (('when = "since.slows > 60 and not done.call_name"\nsay = "How', 'when = "second > 900"\nsay = "How'),):
        "hint 1.when can never be so: not before 900 s",
    (("within_s = 75", "within_s = 2400"),): "within_s is 2400, and at most 510 s are left then",
    (('before = ["call_prescriber"]', 'before = ["shake"]'),): 'before has "shake", which is in do as well',
    (('do = ["stop_pump"]', 'do = ["probe_on"]'),): 'expects "Put the probe on again", and no event',
    (('do = ["stop_pump"]', 'do = ["give_labetalol"]'),): "expects labetalol, which [ordered] does not hold",
    (('monitors = ["ge-s5-dri"]', 'monitors = ["nonin-df7"]'), (WHEN, 'when = "shown.rr_co2 < 9"')):
        "event 2 (slows).when asks for shown.rr_co2, which nonin-df7 cannot show",
    (('monitors = ["ge-s5-dri"]', 'monitors = ["nonin-df7"]'), (WHEN, 'when = "alarm.apnoea"')):
        "asks for alarm.apnoea, which nonin-df7 cannot show",
    (("naloxone = 0.2", "naloxone = 200"),): "ordered.naloxone is 200 mg, 2000 times the usual 0.1 mg",
    (("dose = 3", "dose = 300"),): "event 1 (sedated).dose is 300 mg, 150 times the usual 2 mg",
    (("minutes_in = 40", "recovering_min = 20"),): "the infusion ended as it began",
    (('key = "sleepy_patient"', 'key = "laryngospasm"'),): 'key "laryngospasm" is that of a scenario of the',
    (('name = "sedated"', 'name = "Was sedated"'), ('early = "sedated"', 'early = "Was sedated"')):
        "event 1 (Was sedated) cannot be asked for by a condition",
}  # fmt: skip


def changed(text: str, *changes: tuple[str, str]) -> str:
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return text


@pytest.mark.parametrize(("changes", "sentence"), DOUBTFUL.items(), ids=range(len(DOUBTFUL)))
def test_what_can_hardly_be_meant_is_told(changes: tuple[tuple[str, str], ...], sentence: str) -> None:
    told = list(doubts(scenario_files.parse(changed(SCENARIO, *changes)), SCENARIOS))
    assert sentence in "\n".join(told)


@pytest.mark.parametrize("key", SCENARIOS)
def test_a_shipped_scenario_leaves_no_doubt(key: str) -> None:
    assert not list(doubts(SCENARIOS[key]))


@pytest.mark.parametrize("key", POLICIES)
def test_a_shipped_nurse_leaves_no_doubt(key: str) -> None:
    assert not list(doubts_of(POLICIES[key], SCENARIOS))


@pytest.mark.parametrize(("change", "sentence"), [
    (('kind = "right"', 'kind = "tempting"\nnamed = ["rubbish"]'), 'named has "rubbish", which sleepy_pat'),
    (('scenario = "sleepy_patient"', 'scenario = "other"'), 'scenario is "other", which nobody knows here'),
    (("naloxone 0.2", "naloxone 200"), "rule 1.do is 200 mg, 2000 times the usual"),
    (("alarm.rr_low", "shown.p1_sys > 3"), "asks for shown.p1_sys, which ge-s5-dri cannot show"),
])  # fmt: skip
def test_what_a_nurse_can_hardly_mean_is_told(change: tuple[str, str], sentence: str) -> None:
    nurse = policy.parse(changed(POLICY, change))
    assert sentence in "\n".join(doubts_of(nurse, {"sleepy_patient": scenario_files.parse(SCENARIO)}))


def test_a_nurse_may_be_named_for_the_wrong_order_and_for_what_nobody_ordered() -> None:
    nurse = policy.parse(changed(POLICY, ('kind = "right"', 'kind = "own"\nnamed = ["wake", "not_ordered"]')))
    assert not list(doubts_of(nurse, {"sleepy_patient": scenario_files.parse(SCENARIO)}))


def test_an_event_may_wait_for_what_does_not_happen_or_for_either_of_two() -> None:
    either = changed(SCENARIO, (ASKS, 'when = "happened.slows or not happened.family_asks"\nsay = "The'))
    assert not list(doubts(scenario_files.parse(either)))


def test_the_earliest_times_add_up() -> None:
    times = earliest(scenario_files.parse(SCENARIO))
    assert times == {"sedated": 5, "slows": 90, "family_asks": 150, "naloxone_works": 90}


def test_what_makes_an_action_needed_is_an_event() -> None:
    assert set(NEEDS_EVENT.values()) <= EVENTS.keys()


@given(st.text(alphabet='ab=[]"\n# .1', max_size=60))
def test_the_lines_of_any_text_are_lines_of_it(text: str) -> None:
    count = len(text.splitlines())
    assert all(1 <= line <= count for line in lines_of(text).values())
    found = twice(text)
    assert found is None or found[1] <= count


@pytest.mark.parametrize(("sentence", "said"), [
    ("event 2 (b).size is 7; write 1.", "event 2 (b).size is 7; write 1 (line 7)."),
    ("event 2 (b).what is missing; why?", "event 2 (b).what is missing; why? (line 6)"),
    ("name is 5.", "name is 5 (line 1)."), ("other is 5.", "other is 5."), ("A sentence.", "A sentence."),
])  # fmt: skip
def test_a_sentence_gets_the_line_of_its_key(sentence: str, said: str) -> None:
    text = 'name = """\nevent = 3\n"""\n[[event]]\nsize = 1\n[[event]]\nsize = 7\n'
    assert with_line(sentence, lines_of(text)) == said


def test_a_key_in_a_long_text_is_none() -> None:
    assert lines_of('a = """\nb = 1\n"""\nc = 2') == {"a": 1, "c": 4}
    assert twice("a = 1\n[t]\na = 1\n") is None
