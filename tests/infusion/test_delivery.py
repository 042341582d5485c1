"""What was given is the integral of what was entered, in whatever order it was entered."""

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from infusions import BAG, HOUR, act, rate

from nurse_station.infusion.delivery import Act, Change, Delivery, corrected, set_in_mg_h
from nurse_station.infusion.order import Bag

times = st.integers(min_value=0, max_value=30_000_000).map(lambda thousandths: thousandths / 1000)
rates = st.decimals(min_value=0, max_value=300, places=2).map(float)
bags = st.builds(Bag, ml=st.sampled_from([50.0, 500.0]), mg_ml=st.sampled_from([0.5, 1.0, 2.0, 10.0]))


@st.composite
def days(draw: st.DrawFn) -> list[Change]:
    """Random entries at different times, in the order of their times."""
    whens = sorted(draw(st.lists(times, min_size=1, max_size=25, unique=True)))
    acts = st.sampled_from([each for each in Act if each is not Act.WITHDRAWN])
    return [
        Change(
            entry=str(number), at=at, act=what,
            ml_h=draw(rates) if what is Act.SET else None,
            bag=draw(bags) if what is Act.BAG else None,
        )
        for number, at in enumerate(whens)
        for what in [draw(acts)]
    ]  # fmt: skip


def integral(changes: list[Change], until: float) -> tuple[Fraction, Fraction]:
    """mL and mg, added up over every stretch as a person with pen and paper would."""
    ml = mg = Fraction(0)
    running = remembered = Fraction(0)
    strength = Fraction(1)
    for number, change in enumerate(changes):
        match change.act:
            case Act.SET:
                running = remembered = Fraction(str(change.ml_h))
            case Act.PAUSE:
                running = Fraction(0)
            case Act.RESUME:
                running = remembered
            case Act.STOP:
                running = remembered = Fraction(0)
            case Act.BAG if change.bag is not None:
                strength = Fraction(str(change.bag.mg_ml))
            case _:
                pass
        end = min(until, changes[number + 1].at) if number + 1 < len(changes) else until
        hours = max(Fraction(0), (Fraction(str(end)) - Fraction(str(change.at))) / 3600)
        ml += running * hours
        mg += running * hours * strength
    return ml, mg


@given(days(), times)
def test_what_was_given_is_the_integral_of_every_change_and_pause(day: list[Change], until: float) -> None:
    delivery = Delivery.of(BAG, day)
    ml, mg = integral(day, until)
    assert delivery.ml(until) == pytest.approx(float(ml), abs=1e-9, rel=1e-12)
    assert delivery.mg(until) == pytest.approx(float(mg), abs=1e-9, rel=1e-12)
    assert delivery.mg_kg(until, 70) == pytest.approx(float(mg) / 70, abs=1e-9, rel=1e-12)


@given(days(), times, st.randoms())
def test_entries_that_come_late_find_their_place(
    day: list[Change], until: float, chance: random.Random
) -> None:
    mixed = list(day)
    chance.shuffle(mixed)
    assert Delivery.of(BAG, mixed) == Delivery.of(BAG, day)


@given(days(), times, rates, st.integers(min_value=0))
def test_a_correction_is_as_if_the_entry_had_been_right(
    day: list[Change], at: float, right: float, which: int
) -> None:
    wrong = day[which % len(day)]
    fixed = rate("fixed", wrong.at, right, corrects=wrong.entry)
    as_if = [fixed if change is wrong else change for change in day]
    assert Delivery.of(BAG, [*day, fixed]).segments == Delivery.of(BAG, as_if).segments


@given(days())
def test_a_withdrawn_entry_was_never_made(day: list[Change]) -> None:
    withdrawn = act("undo", day[0].at, Act.WITHDRAWN, corrects=day[0].entry)
    assert Delivery.of(BAG, [*day, withdrawn]) == Delivery.of(BAG, day[1:])


@given(days())
def test_the_staircase_gives_what_was_given(day: list[Change]) -> None:
    delivery = Delivery.of(BAG, day)
    stairs = delivery.rates()
    ends = [*(at for at, _ in stairs[1:]), 40_000.0]
    total = sum(mg_h * (end - at) / HOUR for (at, mg_h), end in zip(stairs, ends, strict=True))
    assert total == pytest.approx(delivery.mg(40_000.0), abs=1e-6)


@given(days(), st.decimals(min_value=1, max_value=200, places=1).map(float))
def test_a_total_is_reached_when_so_much_has_been_given(day: list[Change], total: float) -> None:
    delivery = Delivery.of(BAG, day)
    at = delivery.reaches_mg_at(total)
    if at is None:
        assert delivery.mg(40_000.0) < total
    else:
        assert delivery.mg(at) == pytest.approx(total, abs=1e-6)
        assert delivery.mg(at - 1.0) < total


def test_a_correction_of_a_correction_counts() -> None:
    entries = [rate("1", 0, 245), rate("2", 0, 2.45, corrects="1"), rate("3", 0, 24.5, corrects="2")]
    assert Delivery.of(BAG, entries).mg(HOUR) == 24.5
    assert [change.entry for change in corrected(entries)] == ["3"]


def test_the_last_of_two_corrections_counts() -> None:
    entries = [rate("1", 0, 245), rate("2", 0, 2.45, corrects="1"), rate("3", 0, 24.5, corrects="1")]
    assert Delivery.of(BAG, entries).mg(HOUR) == 24.5


def test_a_corrected_rate_does_not_slip_behind_a_pause_of_the_same_second() -> None:
    entries = [rate("1", 0, 10), act("2", 0, Act.PAUSE), rate("3", 0, 20, corrects="1")]
    assert Delivery.of(BAG, entries).mg(HOUR) == 0


def test_a_correction_of_nothing_stands_by_itself() -> None:
    assert Delivery.of(BAG, [rate("1", 0, 10, corrects="gone")]).mg(HOUR) == 10


def test_a_withdrawn_entry_can_be_entered_anew() -> None:
    entries = [rate("1", 0, 10), act("2", 0, Act.WITHDRAWN, corrects="1"), rate("3", 0, 20, corrects="2")]
    assert Delivery.of(BAG, entries).mg(HOUR) == 20


def test_a_hold_changes_nothing_that_is_given() -> None:
    held = Delivery.of(BAG, [rate("1", 0, 10), act("2", 1800, Act.HOLD)])
    assert (held.mg(HOUR), held.mg_h(HOUR)) == (10, 10)


def test_nothing_resumes_after_a_stop() -> None:
    assert Delivery.of(BAG, [rate("1", 0, 10), act("2", HOUR, Act.STOP), act("3", HOUR, Act.RESUME)]).mg_h(
        2 * HOUR
    ) == 0  # fmt: skip


def test_a_rate_that_is_set_during_a_pause_runs() -> None:
    changes = [rate("1", 0, 10), act("2", 0, Act.PAUSE), rate("3", HOUR, 20)]
    assert Delivery.of(BAG, changes).ml(2 * HOUR) == 20


def test_a_stronger_bag_at_the_same_rate_is_more_drug() -> None:
    strong = Change(entry="2", at=HOUR, act=Act.BAG, bag=Bag(ml=250, mg_ml=2))
    delivery = Delivery.of(BAG, [rate("1", 0, 10), strong])
    assert (delivery.mg_h(2 * HOUR), delivery.mg(2 * HOUR), delivery.ml(2 * HOUR)) == (20, 30, 20)
    assert delivery.bag_left_ml(2 * HOUR) == 240


def test_a_rate_in_mg_an_hour_is_kept_as_the_pump_shows_it() -> None:
    assert set_in_mg_h(entry="1", at=0, mg_h=24.5, mg_ml=2).ml_h == 12.25


def test_the_bag_is_empty_when_its_volume_has_run() -> None:
    small = Bag(ml=50, mg_ml=1)
    assert Delivery.of(small, [rate("1", 0, 25)]).bag_empty_at() == 2 * HOUR
    slowed = [rate("1", 0, 25), act("2", HOUR, Act.PAUSE), rate("3", 2 * HOUR, 50)]
    assert Delivery.of(small, slowed).bag_empty_at() == 2.5 * HOUR
    assert Delivery.of(small, [rate("1", 0, 25), act("2", HOUR, Act.STOP)]).bag_empty_at() is None


def test_a_bag_that_ran_empty_says_when_and_is_counted_below_nothing() -> None:
    delivery = Delivery.of(Bag(ml=50, mg_ml=1), [rate("1", 0, 25), rate("2", 3 * HOUR, 10)])
    assert delivery.bag_empty_at() == 2 * HOUR
    assert delivery.bag_left_ml(3 * HOUR) == -25


def test_the_next_bag_is_counted_from_its_own_begin() -> None:
    second = Change(entry="2", at=HOUR, act=Act.BAG, bag=Bag(ml=50, mg_ml=1))
    delivery = Delivery.of(Bag(ml=50, mg_ml=1), [rate("1", 0, 25), second])
    assert delivery.bag_empty_at() == 3 * HOUR


def test_the_total_is_reached_at_the_present_rate_or_never() -> None:
    assert Delivery.of(BAG, [rate("1", 0, 25)]).reaches_mg_at(100) == 4 * HOUR
    assert Delivery.of(BAG, [rate("1", 0, 25), act("2", HOUR, Act.PAUSE)]).reaches_mg_at(100) is None


def test_a_total_that_is_just_reached_as_the_pump_pauses_was_reached() -> None:
    assert Delivery.of(BAG, [rate("1", 0, 25), act("2", 4 * HOUR, Act.PAUSE)]).reaches_mg_at(100) == 4 * HOUR


def test_nothing_was_given_before_the_first_entry() -> None:
    delivery = Delivery.of(BAG, [rate("1", HOUR, 25)])
    assert (delivery.mg(0), delivery.ml(0), delivery.ml_h(0), delivery.mg_h(0)) == (0, 0, 0, 0)
    assert delivery.bag_left_ml(0) is None
    assert delivery.segment_at(HOUR - 1) is None


def test_a_delivery_without_entries_is_empty() -> None:
    none = Delivery.of(BAG, [])
    assert (none.mg(HOUR), none.started_at(), none.bag_empty_at(), none.reaches_mg_at(1)) == (
        0,
        None,
        None,
        None,
    )
    assert (none.rates(), none.paused_s(HOUR)) == ((), 0)


def test_pauses_are_counted_from_the_start() -> None:
    changes = [
        rate("0", 0, 0), rate("1", 100, 25), act("2", 200, Act.PAUSE), act("3", 260, Act.RESUME),
        act("4", 400, Act.PAUSE),
    ]  # fmt: skip
    delivery = Delivery.of(BAG, changes)
    assert delivery.started_at() == 100
    assert [delivery.paused_s(until) for until in (150, 230, 300, 410)] == [0, 30, 60, 70]


@pytest.mark.parametrize(
    "wrong",
    [
        {"act": Act.SET},
        {"act": Act.SET, "ml_h": -1.0},
        {"act": Act.SET, "ml_h": float("nan")},
        {"act": Act.PAUSE, "ml_h": 1.0},
        {"act": Act.BAG},
        {"act": Act.STOP, "bag": BAG},
    ],
)
def test_an_entry_that_says_nothing_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="mL/h|ml_h"):
        Change(entry="1", at=0, **wrong)  # type: ignore[arg-type]


def test_nothing_is_reached_at_the_first_entry() -> None:
    assert Delivery.of(BAG, [act("1", 5, Act.PAUSE)]).reaches_mg_at(0) == 5


def test_bags_are_counted() -> None:
    second = Change(entry="2", at=HOUR, act=Act.BAG, bag=BAG)
    assert [segment.bag_number for segment in Delivery.of(BAG, [rate("1", 0, 25), second]).segments] == [0, 1]
