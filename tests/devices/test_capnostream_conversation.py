"""What the station and a Capnostream say to each other."""

import numpy as np
import pytest
from numpy.typing import NDArray

from nurse_station.devices.capnostream import layout
from nurse_station.devices.capnostream.conversation import CapnostreamConversation
from nurse_station.devices.capnostream.decoder import CapnostreamDecoder
from nurse_station.devices.capnostream.emulator import CapnostreamEmulator
from nurse_station.devices.capnostream.framing import frame
from nurse_station.devices.capnostream.pace import pace
from nurse_station.devices.capnostream.requests import DISABLE, ENABLE, LINK_IS_ACTIVE, START, STOP
from nurse_station.devices.masimo_ascii1.decoder import MasimoDecoder
from nurse_station.vitals.readings import DeviceCondition, Reading
from nurse_station.vitals.waves import WaveBlock

WELL: dict[str, float | None] = {"etco2": 38.4, "fico2": 0, "rr_co2": 14.2, "spo2": 97.6, "pr": 71.4}
IDENTITY = frame(layout.IDENTITY, b"V45.67 02/24/2008 B355987654  ")
NUMERICS = frame(layout.NUMERICS, bytes(25) + b"\x01\x00")
WAVE = frame(layout.CO2_WAVE, bytes(4))


class Breather:
    """A body that breathes out for two seconds of every four."""

    def __init__(self, **has: float | None) -> None:
        self.has = WELL | has

    def numerics(self, at: float) -> dict[str, float | None]:
        return dict(self.has)

    def wave(self, key: str, start: float, count: int, rate_hz: float) -> NDArray[np.float32]:
        level = self.has["etco2"]
        if level is None:
            return np.full(count, np.nan, dtype=np.float32)
        seconds = start + np.arange(count) / rate_hz
        return np.where(seconds % 4 < 2, level, 0.0).astype(np.float32)


def emulator(**has: float | None) -> CapnostreamEmulator:
    """One that was switched on at second 0, enabled and started."""
    monitor = CapnostreamEmulator(Breather(**has), 1)
    monitor.receive(ENABLE + START, 0.0)
    return monitor


def heard(monitor: CapnostreamEmulator, seconds: float = 10.0) -> tuple[dict[str, float | None], set[str]]:
    """The last values, and the conditions that hold, after so long."""
    events = CapnostreamDecoder().feed(monitor.emit(seconds), seconds)
    held: set[str] = set()
    for event in events:
        if isinstance(event, DeviceCondition):
            held = held | {event.key} if event.active else held - {event.key}
    return {event.parameter: event.value for event in events if isinstance(event, Reading)}, held


def conversation() -> tuple[CapnostreamConversation, CapnostreamDecoder]:
    decoder = CapnostreamDecoder()
    return CapnostreamConversation(decoder), decoder


def test_it_enables_and_starts() -> None:
    talk, _ = conversation()
    assert talk.opened(10.0) == ENABLE + START


def test_it_says_nothing_more_while_it_waits() -> None:
    talk, _ = conversation()
    talk.opened(10.0)
    assert talk.tick(12.4, None) == b""


def test_it_asks_again_of_a_monitor_that_does_not_answer() -> None:
    talk, _ = conversation()
    talk.opened(10.0)
    assert [talk.tick(10.0 + second, None) for second in (3, 4, 6)] == [
        ENABLE + START,
        b"",
        ENABLE + START + LINK_IS_ACTIVE,
    ]


def test_it_says_that_it_is_there_every_five_seconds() -> None:
    talk, decoder = conversation()
    talk.opened(0.0)
    said = []
    for second in range(1, 21):
        decoder.feed(WAVE + NUMERICS, second)
        said.append(talk.tick(second, second))
    assert [second for second, words in enumerate(said, 1) if words] == [5, 10, 15, 20]
    assert set(said) == {b"", LINK_IS_ACTIVE}


@pytest.mark.parametrize("still_heard", [WAVE, NUMERICS], ids=["values_silent", "wave_silent"])
def test_it_asks_again_when_one_of_the_two_falls_silent(still_heard: bytes) -> None:
    talk, decoder = conversation()
    talk.opened(0.0)
    decoder.feed(WAVE + NUMERICS, 1.0)
    said = b""
    for second in (2.0, 3.0, 4.0):
        decoder.feed(still_heard, second)
        said += talk.tick(second, second)
    assert said == ENABLE + START


def test_an_identity_that_nothing_follows_is_answered_with_start_once() -> None:
    talk, decoder = conversation()
    talk.opened(0.0)
    decoder.feed(IDENTITY, 0.5)
    assert [talk.tick(0.75, 0.5), talk.tick(1.0, 0.5)] == [START, b""]


def test_an_identity_that_values_follow_needs_no_answer() -> None:
    talk, decoder = conversation()
    talk.opened(0.0)
    decoder.feed(IDENTITY, 0.5)
    decoder.feed(WAVE + NUMERICS, 0.6)
    assert talk.tick(0.75, 0.6) == b""


def test_with_another_decoder_it_goes_by_the_last_good_frame() -> None:
    talk = CapnostreamConversation(MasimoDecoder())
    talk.opened(0.0)
    assert [talk.tick(4.0, 2.0), talk.tick(4.5, 1.0)] == [b"", ENABLE + START]


def test_a_capture_of_values_alone_takes_the_time_of_their_stamps() -> None:
    stamped = [frame(layout.NUMERICS, bytes((0, 0, 0, at, *bytes(21), 1, 0))) for at in (5, 6, 8, 60, 3, 4)]
    assert [seconds for seconds, _ in pace(b"".join(stamped))] == [0, 1, 3, 3, 3, 4]


def test_it_ends_what_it_began() -> None:
    talk, _ = conversation()
    assert talk.closing() == STOP + DISABLE


def test_the_monitor_is_silent_until_it_is_enabled_and_started() -> None:
    monitor = CapnostreamEmulator(Breather(), 1)
    assert monitor.emit(1.0) == b""
    monitor.receive(START, 2.0)
    assert monitor.emit(3.0) == b""
    monitor.receive(ENABLE, 4.0)
    (first,) = [monitor.emit(5.0)]
    assert first.startswith(b"\x85")
    assert first.count(b"\x85") == 1
    monitor.receive(START, 6.0)
    assert monitor.emit(8.0)


@pytest.mark.parametrize("end", [STOP, DISABLE])
def test_the_monitor_stops_when_it_is_told_to(end: bytes) -> None:
    monitor = emulator()
    monitor.emit(2.0)
    monitor.receive(end, 2.0)
    assert monitor.emit(30.0) == b""


def test_the_same_patient_seed_and_times_give_the_same_bytes() -> None:
    one, other = emulator(), emulator()
    at_once = one.emit(9.0)
    assert b"".join(other.emit(tick / 8) for tick in range(1, 73)) == at_once


def test_it_sends_a_value_a_second_and_twenty_samples() -> None:
    events = CapnostreamDecoder().feed(emulator().emit(20.0), 20.0)
    assert len([event for event in events if isinstance(event, WaveBlock)]) == 400
    assert len([event for event in events if isinstance(event, Reading)]) == 5 * 20


def test_a_breathing_patient_is_seen_to_breathe() -> None:
    values, held = heard(emulator())
    assert values == {"etco2": 38, "fico2": 0, "rr_co2": 14, "spo2": 98, "pr": 71}
    assert held == {"co2_breaths_seen", "spo2_masimo"}


@pytest.mark.parametrize(
    ("has", "said"),
    [
        ({"rr_co2": 0.0, "etco2": 20.0}, {"apnoea", "monitor_alarm"}),
        ({"spo2": 85.0}, {"monitor_alarm"}),
        ({"spo2": None, "pr": None}, {"spo2_off"}),
        ({"etco2": None, "fico2": None, "rr_co2": None}, {"co2_invalid", "co2_cannula_off"}),
    ],
)
def test_the_monitor_says_what_is_wrong(has: dict[str, float | None], said: set[str]) -> None:
    values, held = heard(emulator(**has))
    assert said <= held
    assert all(values[key] == value for key, value in has.items())
