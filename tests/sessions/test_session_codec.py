"""Entries become JSON and come back the same; damaged JSON is refused with the place it stands."""

import json
from contextlib import suppress
from typing import Any

import pytest
from days_of_care import discharged
from deeds_made import any_entry, entries
from hypothesis import given, settings
from hypothesis import strategies as st

from nurse_station.sessions.codec import CodecError, as_json, from_json
from nurse_station.sessions.deeds import KINDS, Entry
from nurse_station.sessions.session import fold
from nurse_station.sessions.words import note


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_every_kind_of_deed_comes_back_the_same(kind: type) -> None:
    @settings(max_examples=15)
    @given(entries(kind))
    def comes_back(entry: Entry) -> None:
        assert from_json(json.loads(json.dumps(as_json(entry), allow_nan=False))) == entry

    comes_back()


def test_a_day_that_is_read_again_is_the_same_day() -> None:
    day = discharged()
    again = [from_json(json.loads(json.dumps(as_json(entry)))) for entry in day.entries]
    assert fold(again) == day.session


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.just(10**400),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


def damaged(body: Any, data: st.DataObject) -> Any:
    """The body with one place replaced, taken out or added to."""
    if isinstance(body, dict) and body and data.draw(st.integers(0, 4)):
        key = data.draw(st.sampled_from(sorted(body)))
        return body | {key: damaged(body[key], data)}
    if isinstance(body, dict) and body and data.draw(st.booleans()):
        gone = data.draw(st.sampled_from(sorted(body)))
        return {key: value for key, value in body.items() if key != gone}
    if isinstance(body, list) and body and data.draw(st.booleans()):
        return [damaged(body[0], data), *body[1:]]
    return data.draw(junk)


@given(any_entry, st.data())
def test_damaged_json_is_an_entry_or_a_codec_error(entry: Entry, data: st.DataObject) -> None:
    body = damaged(json.loads(json.dumps(as_json(entry))), data)
    with suppress(CodecError):  # and nothing else
        assert isinstance(from_json(body), Entry)


BODY = {"number": 1, "at": 2.0, "who": "x", "deed": "Scored", "body": {"scale": "moaas", "score": 5}}
DAMAGED: list[tuple[Any, str]] = [
    ({}, "None is no kind of entry"),
    (BODY | {"deed": "Bolus"}, "'Bolus' is no kind of entry"),
    (BODY | {"body": {"scale": "moaas"}}, "Scored is not whole"),
    (BODY | {"body": {"scale": "moaas", "score": 5, "by": 1}}, "Scored has no by"),
    (BODY | {"body": {"scale": "moaas", "score": "5"}}, "Scored.score cannot be '5'"),
    (BODY | {"body": {"scale": "moaas", "score": True}}, "Scored.score cannot be True"),
    (BODY | {"at": float("nan")}, "at cannot be nan"),
    (BODY | {"at": 10**400}, "at cannot be 1000"),
    (BODY | {"number": None}, "number cannot be None"),
    (BODY | {"overrides": [{"rule": "R5"}]}, "overrides is not whole"),
    (BODY | {"deed": "Stopped", "body": {"reason": "bored"}}, "Stopped.reason cannot be 'bored'"),
    ([], "an entry cannot be []"),
]


@pytest.mark.parametrize(("body", "says"), DAMAGED, ids=[row[1] for row in DAMAGED])
def test_the_error_names_the_place(body: Any, says: str) -> None:
    with pytest.raises(CodecError) as caught:
        from_json(body)
    assert says in str(caught.value)


def test_what_a_later_version_left_out_gets_its_default() -> None:
    assert from_json(BODY) == Entry(number=1, at=2.0, who="x", deed=KINDS["Scored"](scale="moaas", score=5))


@given(any_entry)
def test_whatever_was_kept_can_be_said(entry: Entry) -> None:
    day = discharged()
    assert note(entry, day.session)
    assert note(entry, fold([]))
