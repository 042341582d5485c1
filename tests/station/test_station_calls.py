"""Whom the station calls of itself: a screen at other alarms, a watchdog after each whole step."""

from pathlib import Path

import pytest

from nurse_station.station.station import Station
from nurse_station.vitals.clock import ManualClock
from tests.station.rooms import opened, run, simulator
from tests.station.wards import Ward, alarm_at


def test_a_screen_is_called_when_an_alarm_comes_and_not_before(tmp_path: Path) -> None:
    ward, clock, calls = Ward(), ManualClock(50.0), list[bool]()
    with opened(tmp_path, clock, patient=ward.patient) as station:
        station.send(simulator())
        run(station, clock, 6.0, step=0.1)
        station.call_at_alarms(lambda: calls.append(alarm_at(station, "spo2_desaturation") is not None))
        run(station, clock, 2.0, step=0.1)
        assert not any(calls)
        ward.set(1, spo2=80.0)
        run(station, clock, 8.0, step=0.1)
    assert any(calls)


def test_every_whole_step_is_a_beat_and_one_that_fails_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beats: list[float] = []
    clock = ManualClock(50.0)
    with opened(tmp_path, clock, beat=lambda: beats.append(clock.now())) as station:
        station.step()
        assert beats == [50.0]

        def fails(station: Station, now: float) -> None:
            raise ValueError

        monkeypatch.setattr(Station, "_picture", fails)
        clock.advance(1.0)
        with pytest.raises(ValueError):  # noqa: PT011
            station.step()
        assert beats == [50.0]
        monkeypatch.undo()


def test_a_watchdog_that_would_not_sound_is_told_once(tmp_path: Path) -> None:
    clock, sentence = ManualClock(50.0), "If this program stops, nothing will sound."
    with opened(tmp_path, clock, unwatched=lambda: sentence) as station:
        run(station, clock, 2.0, step=0.1)
        told = [answer.sentence for answer in station.answers()]
    assert told.count(sentence) == 1
