"""When a check is due: by interval, by a raise, by an alarm, by a finding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.assessments.checks import Due, Interval, Past, Stage, next_due, soonest

QUARTER = Interval(every_s=900, after_raise_s=300, on_alarm=True)
CUFF = Interval(every_s=900, after_raise_s=300, repeats_after_raise=3)


@pytest.mark.parametrize(("past", "at", "why"), [
    (Past(since=0), 900, "interval"),
    (Past(since=0, done=(700.0,)), 1600, "interval"),
    (Past(since=0, done=(100.0,), raises=(200.0,)), 500, "raise"),
    (Past(since=0, done=(100.0, 450.0), raises=(200.0,)), 1350, "interval"),
    (Past(since=0, done=(100.0,), alarms=(300.0,)), 300, "alarm"),
    (Past(since=0, done=(310.0,), alarms=(300.0,)), 1210, "interval"),
    (Past(since=0, done=(310.0,), recheck_at=610.0), 610, "recheck"),
    (Past(since=0, done=(700.0,), recheck_at=610.0), 1600, "interval"),
])  # fmt: skip
def test_the_earliest_reason_counts(past: Past, at: float, why: str) -> None:
    due = next_due("responsiveness", QUARTER, past)
    assert (due.at, due.why) == (at, why)


@pytest.mark.parametrize(("done", "at"), [((), 400), ((390.0,), 700), ((390.0, 690.0), 1000),
                                          ((390.0, 690.0, 990.0), 1890)])  # fmt: skip
def test_after_a_raise_the_cuff_measures_three_times(done: tuple[float, ...], at: float) -> None:
    assert next_due("nibp", CUFF, Past(since=0, done=done, raises=(100.0,))).at == at


@pytest.mark.parametrize(("now", "stage"), [(99.9, Stage.COMING), (100, Stage.DUE), (219.9, Stage.DUE),
                                            (220, Stage.LATE)])  # fmt: skip
@pytest.mark.hazard("H-15")
def test_a_check_is_due_then_late(now: float, stage: Stage) -> None:
    assert Due(kind="pain", at=100.0).stage(now) is stage


def test_what_is_not_scheduled_is_never_due() -> None:
    assert Due(kind="pain", at=None).stage(1e9) is Stage.NONE


def test_the_soonest_of_all_kinds_is_next() -> None:
    dues = {"pain": Due(kind="pain", at=50), "nibp": Due(kind="nibp", at=40), "x": Due(kind="x", at=None)}
    assert soonest(dues) == dues["nibp"]
    assert soonest({}) is None


times = st.lists(st.floats(0, 1e5), max_size=8).map(tuple)


@given(done=times, raises=times, alarms=times)
def test_no_check_is_further_away_than_its_interval(
    done: tuple[float, ...], raises: tuple[float, ...], alarms: tuple[float, ...]
) -> None:
    due = next_due("x", QUARTER, Past(since=0, done=done, raises=raises, alarms=alarms))
    assert due.at is not None
    assert due.at <= max(done, default=0) + 900


def test_a_raise_does_not_put_off_a_check_that_an_earlier_raise_asked_for() -> None:
    before = Past(since=0, done=(10.0,), raises=(100.0,))
    after = Past(since=0, done=(10.0,), raises=(100.0, 520.0))
    assert next_due("responsiveness", QUARTER, before).at == 400
    assert next_due("responsiveness", QUARTER, after).at == 400


@given(done=times, raises=times, alarms=times, more=times, row=st.sampled_from([QUARTER, CUFF]))
def test_nothing_but_the_check_itself_moves_a_check_later(
    done: tuple[float, ...], raises: tuple[float, ...], alarms: tuple[float, ...], more: tuple[float, ...],
    row: Interval,
) -> None:  # fmt: skip
    before = next_due("x", row, Past(since=0, done=done, raises=raises, alarms=alarms)).at
    raised = next_due("x", row, Past(since=0, done=done, raises=raises + more, alarms=alarms)).at
    alarmed = next_due("x", row, Past(since=0, done=done, raises=raises, alarms=alarms + more)).at
    rechecked = next_due(
        "x", row, Past(since=0, done=done, raises=raises, alarms=alarms, recheck_at=max(more, default=None))
    ).at
    assert before is not None
    assert all(at is not None and at <= before for at in (raised, alarmed, rechecked))
