"""What every monitor family holds to. A family is tested by being listed in the registry."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nurse_station.devices
from nurse_station.commands.patients import simulated_patient
from nurse_station.devices.contract import Driver
from nurse_station.devices.registry import DRIVERS
from nurse_station.vitals.parameters import PARAMETERS
from nurse_station.vitals.readings import (
    DeviceCondition,
    FrameAccepted,
    FrameRefused,
    Quality,
    Reading,
)
from nurse_station.vitals.waves import WAVES, WaveBlock
from tests.devices.bedside import (
    ALARMING,
    NOT_ATTACHED,
    STEADY,
    Bedside,
    SteadyPatient,
    Values,
    decoded,
    stream_of,
    talk,
    values,
)

__all__ = ["SteadyPatient", "decoded", "every_driver", "stream_of", "talk"]

BACK_WITHIN_S = 5.0
"""How soon values must be back once the line is, or once the silence was noticed."""
NOTICED_WITHIN_S = 10.0
FOLDERS = Path(nurse_station.devices.__file__).parent

every_driver = pytest.mark.parametrize("driver", DRIVERS.values(), ids=lambda d: d.key)


@every_driver
@pytest.mark.parametrize("has", [STEADY, ALARMING], ids=["steady", "alarming"])
def test_the_station_hears_what_the_patient_has(driver: Driver, has: Values) -> None:
    heard = values(talk(driver, 30, patient=SteadyPatient(has)))
    assert heard, "nothing was heard"
    for parameter, value in heard.items():
        step = 10.0 ** -PARAMETERS[parameter].precision
        assert value == pytest.approx(has[parameter], abs=step), parameter


@every_driver
def test_what_cannot_be_measured_is_never_a_number(driver: Driver) -> None:
    events = talk(driver, 30, patient=SteadyPatient(NOT_ATTACHED))
    assert values(events) == {}
    assert [e for e in events if isinstance(e, FrameAccepted)]
    assert not [e for e in events if isinstance(e, FrameRefused)]


@every_driver
def test_a_sensor_that_comes_off_takes_its_value_from_the_screen(driver: Driver) -> None:
    patient = SteadyPatient(dict(STEADY))
    bedside = Bedside(driver, patient).open()
    shown = values(bedside.run(30))
    patient._values |= dict.fromkeys(STEADY)
    last = {e.parameter: e.value for e in bedside.run(30) if isinstance(e, Reading)}
    lasting = {key for key in shown if not PARAMETERS[key].episodic}
    assert {key: last.get(key, "not told") for key in lasting} == dict.fromkeys(lasting)


@every_driver
def test_a_simulated_adult_is_heard_as_she_is(driver: Driver) -> None:
    patient = simulated_patient(3)
    bedside = Bedside(driver, patient, start=0.0).open()
    events = bedside.run(60)
    assert not [e for e in events if isinstance(e, FrameRefused)]
    course = [patient.numerics(float(second)) for second in range(61)]
    for event in events:
        if isinstance(event, Reading) and event.value is not None:
            parameter = PARAMETERS[event.parameter]
            true = [has[event.parameter] for has in course if has.get(event.parameter) is not None]
            step = 10.0**-parameter.precision
            if not parameter.episodic:
                assert min(true) - step <= event.value <= max(true) + step, event.parameter


@every_driver
def test_waves_arrive_without_a_gap_at_their_rate(driver: Driver) -> None:
    blocks = [e for e in talk(driver, 30) if isinstance(e, WaveBlock)]
    samples, rates = Counter[str](), {b.wave: b.rate_hz for b in blocks}
    for block in blocks:
        samples[block.wave] += len(block.samples)
    for wave, count in samples.items():
        assert count == pytest.approx(30 * rates[wave], abs=2 * rates[wave]), wave


@every_driver
def test_no_frame_of_its_own_emulator_is_refused(driver: Driver) -> None:
    assert not [e for e in talk(driver, 30) if isinstance(e, FrameRefused)]


@every_driver
def test_frames_come_oftener_than_silence_is_declared(driver: Driver) -> None:
    at = [e.at for e in talk(driver, 60) if isinstance(e, FrameAccepted)]
    assert max(np.diff(at)) < driver.silence_after_s


@every_driver
def test_silence_is_declared_after_some_lost_values_and_before_ten_seconds(driver: Driver) -> None:
    at = sorted({e.at for e in talk(driver, 60) if isinstance(e, Reading) and e.value is not None})
    period = float(np.median(np.diff(at)))
    assert 1.5 * period < driver.silence_after_s <= NOTICED_WITHIN_S


@every_driver
def test_every_word_is_in_its_table(driver: Driver) -> None:
    bedside = Bedside(driver).open()
    bedside.run(340, step=1.0)
    bedside.patient = SteadyPatient(NOT_ATTACHED)
    bedside.restart_monitor()
    bedside.run(40, step=1.0)
    for event in bedside.events:
        match event:
            case Reading():
                assert event.parameter in PARAMETERS
                assert event.source == driver.key
                assert (event.value is None) == (event.quality is Quality.MISSING)
                assert (event.value is None) == (event.why is not None)
            case WaveBlock():
                assert event.wave in WAVES
            case DeviceCondition():
                assert event.key in driver.conditions
                assert event.key != "monitor_status" or driver.shown_raw


@every_driver
def test_a_condition_is_told_once_and_then_when_it_changes(driver: Driver) -> None:
    said: dict[str, tuple[bool, str]] = {}
    for event in Bedside(driver).open().run(60):
        if isinstance(event, DeviceCondition):
            assert said.get(event.key) != (event.active, event.detail), event.key
            said[event.key] = (event.active, event.detail)


@every_driver
def test_conditions_and_refusals_have_words(driver: Driver) -> None:
    assert all(driver.conditions.values())
    assert all(driver.refusals.values())
    assert driver.ordinary <= driver.conditions.keys()
    assert all(driver.shown_raw)
    assert bool(driver.shown_raw) <= ("monitor_status" in driver.conditions)


@every_driver
@given(cuts=st.lists(st.integers(0, 20_000), max_size=30))
@settings(max_examples=20, deadline=None)
def test_any_split_of_the_bytes_gives_the_same_events(driver: Driver, cuts: list[int]) -> None:
    stream = stream_of(driver)
    at = sorted({0, len(stream), *(cut for cut in cuts if cut < len(stream))})
    assert decoded(driver, *(stream[a:b] for a, b in pairwise(at))) == decoded(driver, stream)


@every_driver
def test_byte_by_byte_gives_the_same_events(driver: Driver) -> None:
    stream = stream_of(driver, 4.0)
    assert decoded(driver, *(bytes((byte,)) for byte in stream)) == decoded(driver, stream)


def seen(bedside: Bedside, seconds: float) -> set[str]:
    """The parameters with a value and the waves that come in so many seconds."""
    events = bedside.run(seconds)
    return {*values(events), *(e.wave for e in events if isinstance(e, WaveBlock))}


@every_driver
def test_after_a_restart_of_the_monitor_the_same_conversation_brings_it_back(driver: Driver) -> None:
    bedside = Bedside(driver).open()
    before = seen(bedside, 20)
    bedside.restart_monitor()
    assert seen(bedside, driver.silence_after_s + BACK_WITHIN_S) >= before


@every_driver
@pytest.mark.parametrize("restarted", [False, True], ids=["monitor_went_on", "monitor_restarted"])
def test_values_are_back_soon_after_the_line_is_opened_anew(driver: Driver, *, restarted: bool) -> None:
    bedside = Bedside(driver).open()
    before = seen(bedside, 20)
    bedside.plugged = False
    assert seen(bedside, 12) == set()
    if restarted:
        bedside.restart_monitor()
    bedside.plugged = True
    bedside.open()
    assert seen(bedside, BACK_WITHIN_S) >= before


@every_driver
def test_values_come_back_when_a_cable_is_put_back_that_nobody_noticed(driver: Driver) -> None:
    bedside = Bedside(driver).open()
    before = seen(bedside, 20)
    bedside.plugged = False
    bedside.run(40)
    bedside.plugged = True
    assert seen(bedside, driver.silence_after_s + BACK_WITHIN_S) >= before


@every_driver
def test_a_monitor_that_was_asked_stops_when_the_line_is_closed(driver: Driver) -> None:
    bedside = Bedside(driver).open()
    bedside.run(5)
    if not bedside.sent:
        return  # it speaks whether or not anyone listens
    bedside.close()
    bedside.monitor.emit(bedside.now + 1.0)  # its last word
    assert bedside.monitor.emit(bedside.now + 60.0) == b""


@every_driver
def test_the_pace_loses_no_byte_and_never_goes_back(driver: Driver) -> None:
    stream = stream_of(driver)
    pieces = driver.pace(stream)
    assert b"".join(piece for _, piece in pieces) == stream
    assert all(a <= b for (a, _), (b, _) in pairwise(pieces))


@every_driver
def test_a_capture_without_times_takes_about_the_time_it_took(driver: Driver) -> None:
    assert driver.pace(stream_of(driver, 40.0))[-1][0] == pytest.approx(40.0, abs=4.0)


@every_driver
def test_its_folder_holds_all_of_it_and_a_readme_says_how_to_connect_it(driver: Driver) -> None:
    module = driver.decoder.__module__.split(".")
    readme = (FOLDERS / module[module.index("devices") + 1] / "README.md").read_text(encoding="utf-8")
    for words in (driver.key, "Cable and settings", "is supported", "not supported", "How sure we are"):
        assert words.lower() in readme.lower(), words
    assert f"{driver.line.baud_rate}" in readme.replace(" ", "").replace(",", "")
    assert driver.notes
    assert driver.models


@every_driver
def test_the_line_can_be_written_as_an_engineer_does(driver: Driver) -> None:
    assert str(replace(driver.line, baud_rate=19200, data_bits=8, parity="E", stop_bits=1)).startswith(
        "19200 8E1"
    )
