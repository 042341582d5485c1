"""The small language of scenarios and policies."""

import contextlib

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
