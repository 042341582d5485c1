"""The clock of a lesson: it stands, goes faster, turns its time of day back, and itself never goes back."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.classroom.clock import AHEAD_S, BEGINS_S, HUNG_AFTER_S, HUNG_AHEAD_S, PracticeClock
from nurse_station.training.day import EPOCH
from nurse_station.vitals.clock import ManualClock


def begun(speed: float = 1.0) -> tuple[ManualClock, PracticeClock]:
    real = ManualClock(50.0)
    clock = PracticeClock(real)
    clock.go(speed)
    return real, clock


def live(real: ManualClock, clock: PracticeClock, seconds: float) -> None:
    for _ in range(round(seconds / 0.05)):
        real.advance(0.05)
        clock.lived()


def test_it_stands_until_it_is_let_go() -> None:
    real, clock = begun(0.0)
    live(real, clock, 5)
    assert (clock.now(), clock.second()) == (BEGINS_S, 0.0)


@pytest.mark.parametrize("speed", [1.0, 2.0, 10.0, 30.0])
def test_it_goes_as_fast_as_it_is_told(speed: float) -> None:
    real, clock = begun(speed)
    live(real, clock, 3)
    assert clock.second() == pytest.approx(3 * speed)
    assert clock.wall().timestamp() == pytest.approx(EPOCH + 3 * speed)


def test_its_time_of_day_goes_back_and_its_seconds_go_on() -> None:
    real, clock = begun()
    live(real, clock, 30)
    before, wall = clock.now(), clock.wall()
    clock.turn_to(10.0)
    assert clock.now() == before
    assert clock.wall() == wall - timedelta(seconds=20)
    live(real, clock, 2)
    assert clock.now() == pytest.approx(before + 2)
    assert clock.second() == pytest.approx(12)


def test_a_lesson_that_cannot_keep_up_goes_slower() -> None:
    real, clock = begun(30.0)
    real.advance(1.0)
    assert clock.lived() == pytest.approx(BEGINS_S + AHEAD_S)


def test_a_lesson_that_hangs_is_seen_to_hang_and_loses_its_time() -> None:
    real, clock = begun()
    real.advance(HUNG_AFTER_S)
    seen = clock.now()
    assert seen == BEGINS_S + HUNG_AFTER_S
    real.advance(3600.0)
    assert clock.lived() == BEGINS_S + HUNG_AHEAD_S


STEPS = st.lists(st.tuples(
    st.sampled_from(["wait", "lived", "go", "turn"]), st.floats(0, 40, allow_nan=False),
), max_size=40)  # fmt: skip


@given(STEPS)
def test_it_never_goes_back_whatever_is_done(steps: list[tuple[str, float]]) -> None:
    real, clock = begun()
    newest = clock.now()
    for what, number in steps:
        match what:
            case "wait":
                real.advance(number)
            case "lived":
                clock.lived()
            case "go":
                clock.go(number)
            case _:
                clock.turn_to(number)
        assert clock.now() >= newest
        newest = clock.now()
