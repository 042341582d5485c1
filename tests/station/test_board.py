"""What may be shown of what a monitor said, and for how long."""

import pytest

from nurse_station.station.board import Board
from nurse_station.station.pace import Pace
from nurse_station.station.snapshots import Age
from nurse_station.vitals.readings import Missing, Quality, Reading


def reading(parameter: str = "hr", value: float | None = 70.0, at: float = 0.0, **more: object) -> Reading:
    return Reading(parameter=parameter, value=value, at=at, source="ge", **more)  # type: ignore[arg-type]


def board_with(*readings: Reading) -> Board:
    board = Board()
    for each in readings:
        board.add(each)
    return board


@pytest.mark.parametrize(
    ("period", "now", "age"),
    [
        (1.0, 0.0, Age.CURRENT),
        (1.0, 4.4, Age.CURRENT),
        (1.0, 4.6, Age.EXPIRED),
        # values every five seconds: three of them may be missing
        (5.0, 14.9, Age.CURRENT),
        (5.0, 15.1, Age.EXPIRED),
        (60.0, 30.1, Age.EXPIRED),
    ],
)
@pytest.mark.hazard("H-02")
def test_a_value_is_current_for_three_of_its_intervals(period: float, now: float, age: Age) -> None:
    board = board_with(*(reading(at=-period * n) for n in range(5, -1, -1)))
    assert board.numerics(now, receiving=True)["hr"].age is age


@pytest.mark.hazard("H-02")
def test_an_expired_value_is_none() -> None:
    numeric = board_with(reading()).numerics(10.0, receiving=True)["hr"]
    assert (numeric.value, numeric.quality, numeric.why) == (None, Quality.MISSING, None)


@pytest.mark.hazard("H-02")
def test_without_good_frames_no_value_is_current() -> None:
    assert board_with(reading()).numerics(0.1, receiving=False)["hr"].value is None


@pytest.mark.hazard("H-02")
def test_a_stale_reading_is_never_shown() -> None:
    assert board_with(reading(quality=Quality.STALE)).numerics(0.0, receiving=True) == {}


def test_why_there_is_no_value_is_kept() -> None:
    missing = reading(value=None, quality=Quality.MISSING, why=Missing.ABSENT)
    assert board_with(missing).numerics(0.0, receiving=True)["hr"].why is Missing.ABSENT


def test_a_channel_that_was_never_used_is_not_shown() -> None:
    off = reading("p1_sys", None, quality=Quality.MISSING, why=Missing.OFF)
    assert board_with(off).numerics(0.0, receiving=True) == {}


def test_a_channel_that_gave_a_value_once_stays() -> None:
    off = reading("p1_sys", None, 1.0, quality=Quality.MISSING, why=Missing.OFF)
    board = board_with(reading("p1_sys", 120.0, 0.0), off)
    assert board.numerics(1.0, receiving=True)["p1_sys"].why is Missing.OFF


def cuff(at: float, measured_at: float | None, value: float | None = 120.0) -> Reading:
    return reading("nibp_sys", value, at, measured_at=measured_at)


@pytest.mark.parametrize(
    ("now", "receiving", "age"),
    [
        (60.0, True, Age.CURRENT),
        (15 * 60.0 - 1, True, Age.CURRENT),
        (15 * 60.0 + 1, True, Age.OLD),
        (60.0, False, Age.OLD),
        (60 * 60.0 + 1, True, Age.EXPIRED),
    ],
)
def test_a_cuff_pressure_ages_by_when_it_was_measured(now: float, receiving: bool, age: Age) -> None:
    assert board_with(cuff(0.0, 0.0)).numerics(now, receiving=receiving)["nibp_sys"].age is age


def test_with_a_known_interval_a_cuff_pressure_is_old_after_one_and_a_half() -> None:
    board = board_with(cuff(0.0, 0.0), cuff(300.0, 300.0))
    assert board.numerics(749.0, receiving=True)["nibp_sys"].age is Age.CURRENT
    assert board.numerics(751.0, receiving=True)["nibp_sys"].age is Age.OLD
    assert board.next_episode() == 600.0


@pytest.mark.parametrize(("receiving", "age"), [(True, Age.OLD), (False, Age.EXPIRED)])
def test_a_cuff_pressure_of_unknown_age_is_never_current(receiving: bool, age: Age) -> None:
    assert board_with(cuff(0.0, None)).numerics(1.0, receiving=receiving)["nibp_sys"].age is age


def test_a_repeated_cuff_pressure_is_news_once() -> None:
    board = Board()
    news = [board.add(cuff(at, measured)) for at, measured in ((0, None), (1, 1.0), (2, 1.0), (60, 59.0))]
    assert news == [False, True, False, True]


def test_what_never_spoke_is_silent() -> None:
    assert Pace().is_silent(0.0, 4.0)


def test_silence_is_never_shorter_than_declared() -> None:
    pace = Pace()
    for at in range(10):
        pace.heard(at * 0.1)
    assert not pace.is_silent(0.9 + 3.9, 4.0)
    assert pace.is_silent(0.9 + 4.1, 4.0)


def test_the_same_cuff_pressure_dated_anew_is_no_news() -> None:
    board = Board()
    assert [board.add(cuff(at, at)) for at in (0.0, 8.0, 16.0)] == [True, False, False]


def test_a_cuff_pressure_of_unknown_age_is_gone_after_an_hour() -> None:
    board = board_with(cuff(0.0, None), cuff(3700.0, None))
    assert board.numerics(3700.0, receiving=True)["nibp_sys"].age is Age.EXPIRED


def test_after_the_line_was_opened_anew_no_earlier_value_is_current() -> None:
    board = board_with(reading(at=0.0), cuff(0.0, 0.0))
    board.forget()
    assert board.numerics(0.5, receiving=True).keys() == {"nibp_sys"}
