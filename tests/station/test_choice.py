"""Which source of a measurement counts: the preferred one that has a value, and no flapping."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nurse_station.station.choice import BACK_S, HOLD_S, Choice, Standing
from nurse_station.station.preferences import PREFERENCES, Preferences
from nurse_station.vitals.parameters import MEASUREMENTS, measurement_of

CURRENT, OLD, WORD, NOTHING = Standing.CURRENT, Standing.OLD, Standing.WORD, Standing.NOTHING


def stepped(*steps: tuple[float, dict[str, Standing]]) -> Choice:
    choice = Choice()
    for now, standings in steps:
        choice.step(standings, now)
    return choice


def test_the_preferred_source_counts_when_both_have_a_value() -> None:
    assert stepped((0, {"a": CURRENT, "b": CURRENT})).source == "a"


@pytest.mark.parametrize("lost", [NOTHING, WORD, OLD])
def test_another_counts_at_once_when_the_preferred_one_has_no_current_value(lost: Standing) -> None:
    choice = stepped((0, {"a": CURRENT, "b": CURRENT}), (60, {"a": lost, "b": CURRENT}))
    assert (choice.source, choice.instead_of) == ("b", "a")


@pytest.mark.parametrize(("after", "source"), [(BACK_S - 0.1, "b"), (BACK_S, "a")])
def test_a_preferred_source_counts_again_when_it_has_been_back_for_some_seconds(
    after: float, source: str
) -> None:
    choice = stepped(
        (0, {"a": CURRENT, "b": CURRENT}),
        (60, {"a": WORD, "b": CURRENT}),
        (100, {"a": CURRENT, "b": CURRENT}),
        (100 + after, {"a": CURRENT, "b": CURRENT}),
    )
    assert choice.source == source
    assert (choice.instead_of is None) == (source == "a")


def test_a_source_that_flickers_does_not_come_back() -> None:
    choice = stepped((0, {"a": CURRENT, "b": CURRENT}), (60, {"a": WORD, "b": CURRENT}))
    for second in range(61, 120):
        choice.step({"a": CURRENT if second % 3 else WORD, "b": CURRENT}, second)
        assert choice.source == "b"


def test_nobody_stands_in_for_a_source_that_was_disconnected() -> None:
    choice = stepped((0, {"a": CURRENT, "b": CURRENT}), (1, {"b": CURRENT}))
    assert (choice.source, choice.instead_of) == ("b", None)


def test_a_preferred_source_that_comes_later_is_nobodys_fall() -> None:
    choice = stepped((0, {"b": CURRENT}), (10, {"a": WORD, "b": CURRENT}))
    assert (choice.source, choice.instead_of) == ("b", None)


def test_with_no_value_anywhere_the_choice_stays() -> None:
    choice = stepped((0, {"a": CURRENT, "b": CURRENT}), (60, {"a": NOTHING, "b": NOTHING}))
    assert choice.source == "a"


def test_who_stands_in_twice_stands_in_for_the_first() -> None:
    both = {"a": CURRENT, "b": CURRENT, "c": CURRENT}
    choice = stepped((0, both), (60, {**both, "a": WORD}), (120, {"a": WORD, "b": WORD, "c": CURRENT}))
    assert (choice.source, choice.instead_of) == ("c", "a")


ANY = st.lists(
    st.tuples(
        st.floats(0.05, 4.0),
        st.fixed_dictionaries({key: st.sampled_from(Standing) for key in "abc"}),
    ),
    max_size=120,
)


@given(ANY)
@settings(max_examples=200, deadline=None)
def test_two_changes_are_never_closer_than_the_hold(steps: list[tuple[float, dict[str, Standing]]]) -> None:
    choice, now, changed_at = Choice(), 0.0, []
    for passed, standings in steps:
        now += passed
        before = choice.source
        if choice.step(standings, now):
            assert choice.source != before
            changed_at.append(now)
    assert all(
        later - sooner >= HOLD_S - 1e-9 for sooner, later in zip(changed_at, changed_at[1:], strict=False)
    )


@given(ANY)
@settings(max_examples=200, deadline=None)
def test_after_a_hold_no_source_without_a_value_counts_while_another_has_one(
    steps: list[tuple[float, dict[str, Standing]]],
) -> None:
    choice, now = Choice(), 0.0
    for passed, standings in steps:
        now += passed
        choice.step(standings, now)
    if steps:
        standings = steps[-1][1]
        choice.step(standings, now + HOLD_S)
        if choice.source is not None and CURRENT in standings.values():
            assert standings[choice.source] is CURRENT


class TestPreferences:
    def test_carbon_dioxide_comes_from_the_capnostream_before_the_ge(self) -> None:
        ordered = Preferences().ordered("rr_co2", ["ge-s5-dri", "capnostream"])
        assert ordered == ("capnostream", "ge-s5-dri")

    def test_saturation_comes_from_the_oximeter_before_the_monitor_with_many(self) -> None:
        sources = ["capnostream", "ge-s5-dri", "masimo-ascii1"]
        assert Preferences().ordered("spo2", sources) == ("masimo-ascii1", "ge-s5-dri", "capnostream")

    def test_who_is_not_named_comes_last_in_the_order_of_connection(self) -> None:
        assert Preferences().ordered("hr", ["x", "y", "ge-s5-dri"]) == ("ge-s5-dri", "x", "y")

    def test_the_clinics_order_goes_before_the_table(self) -> None:
        clinic = Preferences(clinic={"spo2": ("ge-s5-dri",)})
        assert clinic.ordered("spo2", ["masimo-ascii1", "ge-s5-dri"]) == ("ge-s5-dri", "masimo-ascii1")

    def test_a_lower_pressure_follows_its_upper_one(self) -> None:
        clinic = Preferences(clinic={"nibp_sys": ("philips-intellivue",)})
        sources = ["ge-s5-dri", "philips-intellivue"]
        assert clinic.ordered("nibp_dia", sources) == clinic.ordered("nibp_sys", sources)
        assert clinic.ordered("nibp_dia", sources)[0] == "philips-intellivue"

    def test_every_row_names_measurements_and_gives_a_reason(self) -> None:
        named = [key for row in PREFERENCES for key in row.measurements]
        assert len(named) == len(set(named))
        assert set(named) <= set(MEASUREMENTS)
        assert all(measurement_of(key) == key and row.why for row in PREFERENCES for key in row.measurements)
