"""Every key that the screen may meet has its words."""

import pytest

from nurse_station.devices.ge_s5_dri import DRIVER
from nurse_station.station.snapshots import LineState, RecordState
from nurse_station.ui import texts
from nurse_station.vitals.parameters import PARAMETERS
from nurse_station.vitals.readings import Missing


@pytest.mark.parametrize("why", list(Missing))
def test_every_reason_for_no_value_has_words(why: Missing) -> None:
    assert 0 < len(texts.MISSING[why]) <= 20


@pytest.mark.parametrize("state", list(LineState))
def test_every_state_of_a_line_has_a_word_and_a_sentence(state: LineState) -> None:
    assert texts.LINE[state]
    assert texts.LINE_SENTENCE[state].endswith((".", "?"))


@pytest.mark.parametrize("state", list(RecordState))
def test_every_state_of_the_record_has_words(state: RecordState) -> None:
    assert texts.RECORD[state]


@pytest.mark.parametrize("key", sorted(DRIVER.refusals))
def test_every_reason_for_a_refused_frame_has_words(key: str) -> None:
    assert key in texts.REFUSALS


@pytest.mark.parametrize("key", sorted(DRIVER.conditions))
def test_every_condition_of_a_monitor_has_words(key: str) -> None:
    assert key in texts.CONDITIONS


def test_a_key_without_words_is_shown_by_its_own() -> None:
    assert texts.condition("probe_is-cold") == "Probe is cold"
    assert texts.refusal("odd_parity") == "odd parity"


@pytest.mark.parametrize("parameter", sorted(texts.CAUSES))
def test_every_cause_is_a_condition_of_a_parameter(parameter: str) -> None:
    assert parameter in PARAMETERS
    assert all(key in texts.CONDITIONS for key, _ in texts.CAUSES[parameter])


def test_what_only_informs_is_a_condition() -> None:
    assert set(texts.CONDITIONS) >= texts.ORDINARY
