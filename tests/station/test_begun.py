"""A day that began before its station: only a station of practice goes on with one."""

from pathlib import Path

import pytest

from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import Entry
from nurse_station.station.begun import BegunDay
from nurse_station.station.history import History
from nurse_station.vitals.clock import ManualClock
from tests.station.rooms import bed_of, opened


def day(clock: ManualClock) -> BegunDay:
    now = clock.wall().timestamp()
    history = History(clock.now() - 100)
    history.add_numeric("spo2", clock.now() - 50, 97.0)
    noted = Entry(number=1, at=now - 60, who="A", deed=deeds.Noted(text="before"))
    return BegunDay(at=now, entries=(noted,), protocol="crps_4h_titrated", history=history)


def test_no_patients_station_begins_with_a_day_that_nobody_entered(tmp_path: Path) -> None:
    clock = ManualClock(500.0)
    with opened(tmp_path, clock, practice=False) as station:
        with pytest.raises(ValueError, match="only practice"):
            station.begin_day("chair-1", day(clock), lambda at: None)
        assert bed_of(station).session is None


def test_practice_goes_on_with_what_was_before(tmp_path: Path) -> None:
    clock, turned = ManualClock(500.0), list[float]()
    with opened(tmp_path, clock, practice=True) as station:
        station.begin_day("chair-1", day(clock), turned.append)
        bed = bed_of(station)
        assert bed.simulated
        assert bed.session is not None
        assert station.history("chair-1").numeric("spo2") is not None
        assert turned == pytest.approx([clock.wall().timestamp() + by for by in (-60, -60, 0)])
