"""A cuff measurement stands on paper once, at the time at which it was made."""

from nurse_station.reports.cuffs import Cuff, cuffs
from nurse_station.vitals.readings import Quality, Reading

WALL = 1000.0


def said(
    at: float, measured: float | None, quality: Quality = Quality.GOOD, **values: float
) -> list[tuple[float, Reading]]:
    return [
        (WALL + at, Reading(parameter=f"nibp_{part}", value=value, at=at, source="x", measured_at=measured,
                            quality=quality))
        for part, value in values.items()
    ]  # fmt: skip


def test_what_is_repeated_each_second_is_one_measurement() -> None:
    heard = [each for at in range(10, 60) for each in said(at, 5.0, sys=120.0, dia=80.0, mean=93.0)]
    assert cuffs(heard) == (Cuff(at=WALL + 5, sys=120.0, dia=80.0, mean=93.0),)


def test_the_same_values_measured_again_are_two_measurements() -> None:
    heard = [*said(10, 5.0, sys=120.0, dia=80.0), *said(400, 395.0, sys=120.0, dia=80.0)]
    assert [cuff.at for cuff in cuffs(heard)] == [WALL + 5, WALL + 395]


def test_a_time_that_wavers_makes_no_second_measurement() -> None:
    heard = [*said(10, 4.9, sys=120.0), *said(11, 5.8, sys=120.0)]
    assert len(cuffs(heard)) == 1


def test_without_a_time_of_its_own_it_stands_where_it_was_first_seen() -> None:
    heard = [
        *said(10, None, sys=120.0, dia=80.0),
        *said(11, None, sys=120.0, dia=80.0),
        *said(99, None, sys=130.0),
    ]
    assert cuffs(heard) == (
        Cuff(at=WALL + 10, sys=120.0, dia=80.0, exact=False),
        Cuff(at=WALL + 99, sys=130.0, exact=False),
    )


def test_a_stale_value_is_no_measurement_and_a_doubted_one_says_so() -> None:
    heard = [*said(10, 5.0, Quality.STALE, sys=120.0), *said(40, 35.0, Quality.QUESTIONABLE, sys=99.0)]
    assert cuffs(heard) == (Cuff(at=WALL + 35, sys=99.0, doubted=True),)


def test_two_monitors_measure_apart() -> None:
    other = [(wall, Reading(parameter=r.parameter, value=99.0, at=r.at, source="y", measured_at=5.0))
             for wall, r in said(10, 5.0, sys=1.0)]  # fmt: skip
    assert len(cuffs([*said(10, 5.0, sys=120.0), *other])) == 2
