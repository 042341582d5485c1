"""The small language of scenarios and policies."""

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.training.conditions import ConditionError, parse, unknown

FACTS = {"a": 1.0, "b": 0.0, "c.d": 5.0}


@pytest.mark.parametrize(("text", "so"), [
    ("a", True), ("b", False), ("not b", True), ("c.d > 4", True), ("c.d >= 5", True), ("c.d < 5", False),
    ("c.d <= 5", True), ("c.d == 5", True), ("a and b", False), ("a or b", True), ("b and b or a", True),
    ("a and c.d > 4 and not b", True), ("unknown", False), ("unknown < 9", False), ("unknown > -9", False),
    ("not unknown", True), ("c.d>4.5", True), ("not c.d > 4", False),
])  # fmt: skip
def test_a_condition_holds_as_it_reads(text: str, so: bool) -> None:
    assert parse(text).holds(FACTS.get) is so


@pytest.mark.parametrize("text", ["", "a and", "or b", "a & b", "(a)", "a = 1", "a > b", "A", "a b", "not"])
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ConditionError, match="cannot be read"):
        parse(text)


@given(st.text(max_size=40))
def test_any_text_is_a_condition_or_refused(text: str) -> None:
    with contextlib.suppress(ConditionError):
        assert parse(text).facts


def test_a_fact_that_there_is_not_is_named_with_the_nearest() -> None:
    known = {"alarm": frozenset({"apnoea"}), "second": frozenset[str]()}
    assert list(unknown(parse("alarm.apnea"), known)) == [
        'there is no "alarm.apnea"; did you mean "alarm.apnoea"?'
    ]
    assert not list(unknown(parse("second > 3 and alarm.apnoea"), known))
    assert 'write "second" alone' in next(unknown(parse("second.x"), known))


@pytest.mark.parametrize(("text", "words"), [
    ("(a or b) and c.d > 1", "there are no brackets"), ("a && b", "write the word and"),
    ("a || b", "write the word or"), ("!a", "write the word not"), ("a != 3", "write not A == 3"),
    ("a <> 3", "write not A == 3"), ("a = 3", "write == for equal"), ("a => 3", "write >= for at least"),
    ("a =< 3", "write <= for at most"), ("a ≥ 3", "write >= for at least"), ("a AND b", "in small letters"),
    ("a > 3,5", "write a point"), ("a > 90 %", "without a unit"), ("a > 30s", "without a unit"),
    ("a > thirty", "stands a number"), ("Alarm.apnoea", "small letters"), ("a b", "write a fact"),
])  # fmt: skip
def test_what_cannot_be_read_is_told_what_to_write_instead(text: str, words: str) -> None:
    with pytest.raises(ConditionError, match=f"cannot be read; .*{re.escape(words)}"):
        parse(text)


def test_many_words_are_listed_by_a_command() -> None:
    known = {"hidden": frozenset(f"word{number}" for number in range(40))}
    assert "nurse-station scenario words lists" in next(unknown(parse("hidden.quite_other"), known))
