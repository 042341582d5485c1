"""What the debrief's window reads at a moment, and where its cursor can go."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.reports.debrief_lanes import LANES, marks
from nurse_station.reports.debrief_rows import BAD, Row, Rows
from nurse_station.training.policy import Kind
from nurse_station.ui import theme
from nurse_station.ui.models import debrief as model
from tests.training.wards_of_practice import practised

RUN = practised("laryngospasm", Kind.TEMPTING, 1)
MARKS = marks(RUN)


@pytest.mark.parametrize("lane", LANES)
def test_every_curve_has_a_colour_and_a_unit(lane: object) -> None:
    for curve in lane.curves:  # type: ignore[attr-defined]
        assert model.TOKENS[curve] in theme.TOKENS
        assert model.UNITS[curve]


def test_a_moment_is_read_with_all_that_was_hidden() -> None:
    said = model.reading(RUN, MARKS, 61.0)
    assert said.at == "1:01"
    for words in ("MOAA/S", "plasma", "effect site", "oxygen store", "SaO₂, true", "SpO₂, as shown",
                  "ventilation", "airway open", "pump"):  # fmt: skip
        assert words in said.values


def test_a_moment_is_read_with_what_was_shown_of_heart_pressure_and_breaths() -> None:
    point = replace(RUN.curve[0], at=60.0, hr=48.0, rr=None, etco2=38.0, nibp_sys=121.0, nibp_dia=70.0)
    said = model.reading(replace(RUN, curve=(point,)), MARKS, 61.0).values
    for words in ("HR, as shown 48 /min", "NIBP systolic 121 mmHg", "NIBP diastolic 70 mmHg",
                  "RR, as shown --- /min", "EtCO₂, as shown 38 mmHg"):  # fmt: skip
        assert words in said


def test_a_debrief_of_before_is_read_without_what_it_does_not_have() -> None:
    curve = tuple(
        replace(point, hr=None, rr=None, etco2=None, nibp_sys=None, nibp_dia=None) for point in RUN.curve
    )
    said = model.reading(replace(RUN, curve=curve), MARKS, 61.0).values
    assert "HR" not in said
    assert "SpO₂, as shown" in said


def test_what_happened_near_a_moment_is_read_with_it() -> None:
    said = model.reading(RUN, MARKS, 60.0).there
    assert "Event B: Laryngospasm begins (size 1, for 240 s)" in said
    assert "Done 3: Suction" in said
    assert model.reading(RUN, MARKS, 20.0).there == model.NOTHING_THERE


def test_an_alarm_is_read_as_long_as_it_is_there() -> None:
    assert model.reading(RUN, MARKS, 200.0).there == (
        "Alarms: *** Apnoea, * Responsiveness check overdue, *** Desaturation, *** Airway at risk, "
        "** Heart rate low."
    )


def test_no_value_is_read_where_none_was_shown() -> None:
    curve = tuple(replace(point, shown_spo2=None) for point in RUN.curve)
    assert "SpO₂, as shown --- %" in model.reading(replace(RUN, curve=curve), MARKS, 61.0).values
    assert "No values are kept" in model.reading(replace(RUN, curve=()), MARKS, 61.0).values


@given(st.floats(-100, 1000))
def test_the_nearest_point_is_read(at: float) -> None:
    found = model.point_at(RUN.curve, at)
    assert found is not None
    assert abs(found.at - at) == min(abs(point.at - at) for point in RUN.curve)


@pytest.mark.parametrize(("at", "way", "then"), [
    (0.0, 1, 5.0), (5.0, 1, 9.0), (9.0, 1, 9.0), (9.0, -1, 5.0), (7.0, -1, 5.0), (5.0, -1, 5.0),
    (100.0, -1, 9.0),
])  # fmt: skip
def test_the_cursor_goes_from_mark_to_mark(at: float, way: int, then: float) -> None:
    assert model.next_stop((5.0, 9.0), at, way) == then


def test_the_row_of_a_moment_is_the_last_that_is_not_later() -> None:
    assert [model.row_at((1.0, None, 5.0, 5.0, 9.0), at) for at in (0.0, 1.0, 5.0, 8.0, 99.0)] == [
        None, 0, 3, 3, 4,
    ]  # fmt: skip


def test_a_table_for_a_narrow_place_loses_no_word() -> None:
    missed = Row(cells=("✗ Missed", "Jaw thrust", "---", "30 s", "must"), tone=BAD, at=7.0)
    rows = Rows(titles=("Outcome", "Expected", "Done after", "Limit", "Counts as"), rows=(missed,))
    (row,) = model.stacked(rows, 0, 1, {4}).rows
    assert row.cells == ("✗ Missed", "Jaw thrust\ndone after --- · limit 30 s · must")
    assert (row.tone, row.at) == (BAD, 7.0)


def test_what_counts_against_is_told_in_words() -> None:
    titles = ("First at", "Counts against", "How often", "And so")
    rows = (Row(cells=("2:25", "SpO₂ fell", "once", "fails the run")),
            Row(cells=("3:00", "Shaken", "twice", "is only named")))  # fmt: skip
    told = model.against(Rows(titles=titles, rows=rows)).rows
    assert [row.cells for row in told] == [
        ("2:25", "SpO₂ fell\nonce · fails the run"),
        ("3:00", "Shaken\ntwice · is only named"),
    ]


def test_a_file_name_has_no_sign_that_a_disk_refuses() -> None:
    run = replace(RUN, trainee='Lind: "A/B\\C" <x>|?*', name="Tenfold\n")
    assert not set(model.file_name(run)) & set('/\\:*?"<>|\n')
    assert model.file_name(run).endswith(".pdf")
