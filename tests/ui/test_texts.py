"""Every key that the screen may meet has its words."""

import pytest

from nurse_station.alarms.bedside import SENSORS
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


def test_a_key_without_words_is_shown_by_its_own() -> None:
    assert texts.own_words("odd_parity-bit") == "odd parity bit"


@pytest.mark.parametrize("parameter", sorted(texts.CAUSES))
def test_every_cause_is_of_a_parameter_and_fits_beneath_its_place(parameter: str) -> None:
    assert parameter in PARAMETERS
    assert all(0 < len(said) <= 24 for _, said in texts.CAUSES[parameter])


def test_a_sensor_that_is_off_is_told_by_the_key_that_the_alarms_know() -> None:
    causes = {key for rows in texts.CAUSES.values() for key, _ in rows}
    assert {key for sensor in SENSORS.values() for key in (*sensor.off, *sensor.searching)} <= causes
