"""What every monitor family holds to. A family is tested by being listed in the registry."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from nurse_station.devices.contract import Driver, Event
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

every_driver = pytest.mark.parametrize("driver", DRIVERS.values(), ids=lambda d: d.key)


class SteadyPatient:
    """A body whose values stand still, so that what a monitor makes of them is known."""

    VALUES: dict[str, float | None] = {
        "hr": 71, "pr": 71, "spo2": 97, "rr_co2": 14, "rr_imp": 14, "etco2": 38, "fico2": 0,
        "nibp_sys": 124, "nibp_dia": 78, "nibp_mean": 93, "temp1": 36.7,
    }  # fmt: skip

    def numerics(self, at: float) -> dict[str, float | None]:
        return dict(self.VALUES)

    def wave(self, key: str, start: float, count: int, rate_hz: float) -> NDArray[np.float32]:
        seconds = start + np.arange(count) / rate_hz
        return (1.0 + np.sin(2 * np.pi * seconds)).astype(np.float32)


def talk(driver: Driver, seconds: float, step: float = 0.25, start: float = 100.0) -> list[Event]:
    """A monitor of the family and the station, connected by a perfect line."""
    monitor, decoder = driver.emulator(SteadyPatient(), 1), driver.decoder()
    conversation = driver.conversation(decoder)
    events: list[Event] = []
    last: float | None = None
    monitor.receive(conversation.opened(start), start)
    for tick in range(1, round(seconds / step) + 1):
        now = start + tick * step
        new = decoder.feed(monitor.emit(now), now)
        last = max([last or 0.0, *(e.at for e in new if isinstance(e, FrameAccepted))]) or None
        monitor.receive(conversation.tick(now, last), now)
        events += new
    return events + decoder.finish(start + seconds)


def stream_of(driver: Driver, seconds: float = 8.0) -> bytes:
    """What a monitor of the family sends in that time."""
    monitor, decoder = driver.emulator(SteadyPatient(), 1), driver.decoder()
    monitor.receive(driver.conversation(decoder).opened(0.0), 0.0)
    return b"".join(monitor.emit(quarter / 4) for quarter in range(round(seconds * 4)))


def decoded(driver: Driver, *chunks: bytes) -> list[Event]:
    decoder = driver.decoder()
    return [e for chunk in chunks for e in decoder.feed(chunk, 5.0)] + decoder.finish(5.0)


@every_driver
def test_the_station_hears_what_the_patient_has(driver: Driver) -> None:
    last = {e.parameter: e.value for e in talk(driver, 30) if isinstance(e, Reading) and e.value is not None}
    assert last, "nothing was heard"
    for parameter, value in last.items():
        step = 10.0 ** -PARAMETERS[parameter].precision
        assert value == pytest.approx(SteadyPatient.VALUES[parameter], abs=step), parameter


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
def test_every_word_is_in_its_table(driver: Driver) -> None:
    for event in talk(driver, 400, step=1.0):
        match event:
            case Reading():
                assert event.parameter in PARAMETERS
                assert event.source == driver.key
                assert (event.value is None) == (event.quality is Quality.MISSING)
            case WaveBlock():
                assert event.wave in WAVES
            case DeviceCondition():
                assert event.key in driver.conditions


@every_driver
@given(cuts=st.lists(st.integers(0, 20_000), max_size=30))
@settings(max_examples=30, deadline=None)
def test_any_split_of_the_bytes_gives_the_same_events(driver: Driver, cuts: list[int]) -> None:
    stream = stream_of(driver)
    at = sorted({0, len(stream), *(cut for cut in cuts if cut < len(stream))})
    pieces = [stream[a:b] for a, b in zip(at, at[1:], strict=False)]
    assert decoded(driver, *pieces) == decoded(driver, stream)


@every_driver
def test_byte_by_byte_gives_the_same_events(driver: Driver) -> None:
    stream = stream_of(driver)
    assert decoded(driver, *(bytes((byte,)) for byte in stream)) == decoded(driver, stream)


@every_driver
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_damaged_bytes_never_raise_and_refused_frames_have_a_known_reason(
    driver: Driver, data: st.DataObject
) -> None:
    stream = bytearray(stream_of(driver, 4.0))
    for _ in range(data.draw(st.integers(1, 40))):
        at = data.draw(st.integers(0, len(stream) - 1))
        match data.draw(st.sampled_from(("flip", "drop", "insert", "copy"))):
            case "flip":
                stream[at] ^= 1 << data.draw(st.integers(0, 7))
            case "drop":
                del stream[at : at + data.draw(st.integers(1, 50))]
                stream += b"\0"
            case "insert":
                stream[at:at] = data.draw(st.binary(max_size=20))
            case _:
                stream[at:at] = stream[: data.draw(st.integers(0, 300))]
    for event in decoded(driver, bytes(stream)):
        if isinstance(event, FrameRefused):
            assert event.reason in driver.refusals
            assert len(event.frame) <= 64
        if isinstance(event, Reading) and event.value is not None:
            assert PARAMETERS[event.parameter].accepts(event.value)


@every_driver
@given(st.binary(max_size=3000))
@settings(deadline=None)
def test_random_bytes_never_raise_and_never_become_a_reading(driver: Driver, noise: bytes) -> None:
    assert not [e for e in decoded(driver, noise) if isinstance(e, Reading)]


@every_driver
def test_after_a_restart_of_the_monitor_the_same_conversation_brings_it_back(driver: Driver) -> None:
    decoder = driver.decoder()
    conversation = driver.conversation(decoder)
    conversation.opened(0.0)
    monitor = driver.emulator(SteadyPatient(), 2)  # knows nothing of the first request
    events: list[Event] = []
    for tick in range(1, 120):
        now = tick * 0.25
        monitor.receive(conversation.tick(now, None), now)
        events += decoder.feed(monitor.emit(now), now)
    assert [e for e in events if isinstance(e, Reading) and e.value is not None]
    assert [e for e in events if isinstance(e, WaveBlock)]


@every_driver
def test_closing_ends_what_the_monitor_sends(driver: Driver) -> None:
    monitor, decoder = driver.emulator(SteadyPatient(), 1), driver.decoder()
    conversation = driver.conversation(decoder)
    monitor.receive(conversation.opened(0.0), 0.0)
    assert monitor.emit(3.0)
    monitor.receive(conversation.closing(), 3.0)
    assert monitor.emit(60.0) == b""


@every_driver
def test_the_pace_loses_no_byte_and_never_goes_back(driver: Driver) -> None:
    stream = stream_of(driver)
    pieces = driver.pace(stream)
    assert b"".join(piece for _, piece in pieces) == stream
    assert all(a <= b for (a, _), (b, _) in zip(pieces, pieces[1:], strict=False))


@every_driver
def test_the_line_can_be_written_as_an_engineer_does(driver: Driver) -> None:
    assert str(replace(driver.line, baud_rate=19200, data_bits=8, parity="E", stop_bits=1)).startswith(
        "19200 8E1"
    )
