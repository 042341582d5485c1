"""A debrief that was told as JSON comes back exactly; a text that is none is refused in sentences."""

import json
import string
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nurse_station.training import debrief_files
from nurse_station.training.debrief import Debrief
from nurse_station.training.log import Check, Line, Point, What
from nurse_station.training.policy import Kind
from nurse_station.training.score import AlarmTimes, Counted, Outcome, Result, Score
from nurse_station.training.toml_tree import FileError
from tests.training.wards_of_practice import practised

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
MAYBE = st.none() | NUMBERS
WORDS = st.text(max_size=12)
KEYS = st.text(string.ascii_lowercase + "_", min_size=1, max_size=8)


def of(built: type, /, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(built, **fields)


def several(one: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(one, max_size=3).map(tuple)


RESULTS = of(Result, name=KEYS, words=WORDS, needed=st.booleans(), record=st.booleans(),
             outcome=st.sampled_from(Outcome), after_s=MAYBE, within_s=NUMBERS)  # fmt: skip
COUNTED = of(Counted, name=KEYS, words=WORDS, at=NUMBERS, times=st.integers(), fails=st.booleans())
ALARMS = of(AlarmTimes, condition=KEYS, high=st.booleans(), began=NUMBERS, acknowledged_s=MAYBE,
            action_s=MAYBE, ended_s=MAYBE)  # fmt: skip
SCORES = of(Score, passed=st.booleans(), verdict=WORDS, results=several(RESULTS), against=several(COUNTED),
            alarms=several(ALARMS), checks=st.integers(), late_checks=st.integers(), recorded=st.integers(),
            to_record=st.integers(), margin_s=MAYBE, prevented=st.booleans())  # fmt: skip
LINES = of(Line, at=NUMBERS, what=st.sampled_from(What), key=KEYS, words=WORDS, high=st.booleans())
CHECKS = of(Check, kind=KEYS, due_at=NUMBERS, done_at=MAYBE, late=st.booleans(), by_cuff=st.booleans())
POINTS = of(Point, at=NUMBERS, plasma=NUMBERS, mind=NUMBERS, alveolar_o2=NUMBERS, sao2=NUMBERS,
            shown_spo2=MAYBE, patency=NUMBERS, ventilation=NUMBERS, moaas=NUMBERS,
            pump_mg_h=NUMBERS, hr=MAYBE, rr=MAYBE, etco2=MAYBE, nibp_sys=MAYBE, nibp_dia=MAYBE)  # fmt: skip
DEBRIEFS = of(Debrief, scenario=KEYS, name=WORDS, version=st.integers(), trainee=WORDS, seed=st.integers(),
              lasted_s=NUMBERS, score=SCORES, log=several(LINES), checks=several(CHECKS),
              curve=several(POINTS), learning=several(WORDS), untouched_margin_s=MAYBE)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(DEBRIEFS)
def test_a_debrief_comes_back_exactly(debrief: Debrief) -> None:
    assert debrief_files.parse(debrief_files.as_text(debrief)) == debrief


@pytest.mark.parametrize("kind", [Kind.RIGHT, Kind.TEMPTING])
def test_a_real_debrief_comes_back_exactly(kind: Kind) -> None:
    debrief = practised("laryngospasm", kind, 1)
    assert debrief_files.parse(debrief_files.as_text(debrief)) == debrief


def told() -> Any:
    return json.loads(debrief_files.as_text(practised("laryngospasm", Kind.RIGHT, 1)))


def changed(place: str, value: object) -> Any:
    """A debrief with one value changed; None of a place ending in `-`: taken away."""
    body = told()
    *path, last = [int(word) if word.isdigit() else word for word in place.rstrip("-").split(".")]
    inside = body
    for word in path:
        inside = inside[word]
    if place.endswith("-"):
        del inside[last]
    else:
        inside[last] = value
    return body


@pytest.mark.parametrize(("place", "value", "sentence"), [
    ("scenario-", None, "scenario is missing."),
    ("seed", "7", "seed must be a whole number."),
    ("seed", True, "seed must be a whole number."),
    ("lasted_s", "long", "lasted_s must be a number."),
    ("lasted_s", float("inf"), "lasted_s must be a number."),
    ("lasted_s", 10**400, "lasted_s must be a number."),
    ("log", {}, "log must be a list."),
    ("log.0.what", "guess", "log 1.what must be one of event, alarm, "),
    ("log.1.high", 1, "log 2.high must be true or false."),
    ("score.results.0.outcome-", None, "score.results 1.outcome is missing."),
    ("score", [], "score must be a table of names and values."),
    ("curve.2.shown_spo2", "---", "curve 3.shown_spo2 must be a number."),
    ("mark", "PATIENT", 'mark must be "SIMULATION"'),
    ("mark-", None, 'mark must be "SIMULATION"'),
])  # fmt: skip
def test_a_wrong_value_is_refused_in_a_sentence(place: str, value: object, sentence: str) -> None:
    with pytest.raises(FileError) as refused:
        debrief_files.from_json(changed(place, value))
    assert refused.value.sentences[0].startswith(sentence)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"seed": ' + "9" * 5000 + "}"])
def test_a_text_that_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(FileError, match="no JSON"):
        debrief_files.parse(text)


@pytest.mark.parametrize("body", [None, 3, [], "debrief", {}])
def test_what_is_no_debrief_is_refused(body: object) -> None:
    with pytest.raises(FileError):
        debrief_files.from_json(body)


def test_many_mistakes_are_not_all_told() -> None:
    with pytest.raises(FileError) as refused:
        debrief_files.from_json({**told(), "log": [3] * 50})
    assert len(refused.value.sentences) == debrief_files.MOST_SENTENCES


def test_what_a_later_program_added_is_passed_over() -> None:
    body = {**told(), "mood": "good"}
    assert debrief_files.from_json(body) == practised("laryngospasm", Kind.RIGHT, 1)


def test_what_is_optional_may_be_missing() -> None:
    body = changed("untouched_margin_s-", None)
    assert debrief_files.from_json(body).untouched_margin_s is None


def test_a_debrief_of_before_still_opens() -> None:
    body = told()
    for point in body["curve"]:
        for later in ("hr", "rr", "etco2", "nibp_sys", "nibp_dia"):
            del point[later]
    for table, later in (("alarms", "ended_s"), ("", "prevented")):
        for row in body["score"][table] if table else [body["score"]]:
            del row[later]
    for check in body["checks"]:
        del check["by_cuff"]
    opened = debrief_files.from_json(body)
    assert {point.hr for point in opened.curve} == {None}
    assert opened.score.passed
