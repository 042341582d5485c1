"""What the rules see of a cuff: what the screen shows with a time, and nothing whose time nobody knows."""

from nurse_station.station.bed_sight import BedSight
from nurse_station.station.history import History
from nurse_station.station.snapshots import Age, BedAlarms, Numeric
from nurse_station.vitals.readings import Quality

NOW, OFFSET = 5000.0, 100.0


def shown(measured_at: float | None) -> dict[str, Numeric]:
    age = Age.OLD if measured_at is None else Age.CURRENT
    return {
        key: Numeric(parameter=key, value=value, quality=Quality.GOOD, age=age, at=NOW, source="m",
                     why=None, measured_at=measured_at)
        for key, value in (("nibp_sys", 125.0), ("nibp_dia", 70.0))
    }  # fmt: skip


def pressures(measured_at: float | None, history: History) -> list[tuple[float, float, float]]:
    seen = BedSight(NOW).seen(NOW, OFFSET, shown(measured_at), history, BedAlarms(), ())
    return [(each.at, each.sys, each.dia) for each in seen.pressures]


def test_a_pressure_that_is_older_than_the_history_counts_as_it_is_shown() -> None:
    assert pressures(NOW - 60, History(NOW - 30)) == [(NOW - 60 + OFFSET, 125.0, 70.0)]


def test_a_pressure_that_the_history_has_counts_once() -> None:
    history = History(NOW - 600)
    history.add_numeric("nibp_sys", NOW - 60, 125.0)
    history.add_numeric("nibp_dia", NOW - 60, 70.0)
    assert len(pressures(NOW - 60, history)) == 1


def test_a_pressure_whose_time_nobody_knows_counts_for_nothing() -> None:
    seen = BedSight(NOW).seen(NOW, OFFSET, shown(None), History(NOW - 30), BedAlarms(), ())
    assert seen.pressures == ()
    assert "nibp_sys" not in seen.vitals
