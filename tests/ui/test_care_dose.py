"""The dose form: a dose is judged before the pump is set, and what lets it pass is pressed line by line."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot
from room import NURSE, ORDER, PATIENT, bed, before_infusion, care, infusing, may_raise, scored
from test_care_screen import Nurse

from PySide6.QtCore import Qt

from nurse_station.infusion.signatures import wrong_reason
from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import Deed
from nurse_station.station.snapshots import CareSnapshot
from nurse_station.ui.dialogs.rate import KEPT_S, RateDialog
from nurse_station.ui.models.care_rate import RateMode, prefilled, rate
from nurse_station.ui.models.numerics import Moment
from nurse_station.ui.models.vitals_line import vitals_line
from nurse_station.ui.window import MainWindow

Opener = Callable[..., MainWindow]
Key = Qt.Key
HEAVY = replace(PATIENT, weight_kg=150)


@pytest.fixture
def nurse(opened: Opener, qtbot: QtBot) -> Nurse:
    return Nurse(opened, qtbot, NURSE)


def heavy(*more: tuple[float, Deed]) -> CareSnapshot:
    """150 kg at 0.1 mg/kg/h: the order's 25 mg/h is met before its 0.35 mg/kg/h."""
    start = (34.0, deeds.Started(mg_kg_h=0.1, pump_ml_h=15.0))
    checks = scored(4, moaas=5, pain=4, nausea=0, hallucination=0, iv_site=0)
    return care((*before_infusion(HEAVY, 44), start, *checks, *more))


# The dose by itself


def test_a_tenfold_dose_is_stopped_before_anybody_sets_the_pump() -> None:
    shown = rate(care(), RateMode.RAISE, "3.5", "", (), NURSE)
    assert "above the order's maximum" in shown.stop
    assert "more below" in shown.stop
    assert "The order allows at most 0.35 mg/kg/h: 24.5 mL/h." in shown.meant
    assert "set" not in shown.meant
    assert "245 mL/h" not in shown.meant
    assert shown.to_set == ""
    assert len(shown.blocked) >= 3
    assert shown.deed is None


def test_a_planned_dose_says_what_to_set() -> None:
    shown = rate(care(), RateMode.RAISE, "0.2", "", (), NURSE)
    assert shown.meant.endswith("set 14 mL/h")
    assert (shown.stop, shown.to_set, shown.blocked) == ("", "14", ())


def test_what_to_set_is_said_once_every_stop_was_let_pass_by_name() -> None:
    stops = rate(care(), RateMode.RAISE, "3.5", "", (), NURSE).blocked
    names = [deeds.Override(rule=each.key, by="Dr Okafor", why="as decided") for each in stops]
    assert rate(care(), RateMode.RAISE, "3.5", "", names[:-1], NURSE).to_set == ""
    assert rate(care(), RateMode.RAISE, "3.5", "", names, NURSE).to_set == "245"


def test_the_worst_line_is_the_first() -> None:
    for pump in ("", "245"):
        assert rate(care(), RateMode.RAISE, "3.5", pump, (), NURSE).blocked[0].key == "R5:above_max_mg_kg_h"


@pytest.mark.parametrize(("mode", "dose", "pump", "field"), [
    (RateMode.LOWER, "1.2", "", "mg_kg_h"), (RateMode.LOWER, "0.05", "84", "pump_ml_h"),
    (RateMode.RAISE, "0.05", "", "mg_kg_h"), (RateMode.RAISE, "0.05", "3.5", "mg_kg_h"),
])  # fmt: skip
def test_a_form_goes_one_way_only(mode: RateMode, dose: str, pump: str, field: str) -> None:
    shown = rate(care(), mode, dose, pump, (), NURSE)
    assert "that runs" in shown.beside[field]
    assert not shown.allowed
    assert shown.to_set == ""


def test_a_lower_dose_is_taken_in_the_form_that_lowers() -> None:
    assert rate(care(), RateMode.LOWER, "0.05", "3.5", (), NURSE).allowed


# A heavy patient


def test_the_dose_that_is_filled_in_is_the_one_that_is_given() -> None:
    assert prefilled(heavy(), RateMode.RAISE) == "0.167"


@pytest.mark.parametrize("typed", ["0.2", "0.167"])
def test_the_limit_that_made_the_dose_less_is_named(typed: str) -> None:
    shown = rate(heavy(), RateMode.RAISE, typed, "", (), NURSE)
    assert "at most 25 mg/h" in shown.meant
    assert shown.to_set == "25"
    assert ("0.167 mg/kg/h" in shown.meant) is (typed == "0.2")


def test_the_limited_dose_is_recorded_without_a_name() -> None:
    assert rate(heavy(), RateMode.RAISE, "0.167", "25", (), NURSE).allowed


def test_the_panel_says_the_dose_and_not_the_plans() -> None:
    step = heavy().summary.next_raise
    assert step is not None
    assert (round(step.mg_kg_h, 3), step.ml_h) == (0.167, 25.0)
    assert "25 mg/h" in step.why


# By keyboard


@pytest.mark.parametrize("key", [Key.Key_F5, Key.Key_F6])
def test_each_form_begins_with_what_the_pump_shows(nurse: Nurse, key: Key) -> None:
    nurse.sits_at(care()).key(key)
    panel = nurse.dialog(RateDialog)
    assert panel.focusWidget() is panel.fields["pump_ml_h"]


def wrong_dose(nurse: Nurse, qtbot: QtBot) -> RateDialog:
    nurse.sits_at(care()).key(Key.Key_F5)
    panel: RateDialog = nurse.dialog(RateDialog)
    panel.fields["mg_kg_h"].clear()
    qtbot.keyClicks(panel.fields["mg_kg_h"], "3.5")
    return panel


def sign(panel: RateDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(panel.findings.signature.by, "Dr Okafor")
    qtbot.keyClicks(panel.findings.signature.why, "as decided")


def test_one_reason_stands_for_all_lines_and_each_is_pressed(nurse: Nurse, qtbot: QtBot) -> None:
    panel = wrong_dose(nurse, qtbot)
    sign(panel, qtbot)
    rows = list(panel.findings.rows.values())
    assert len(rows) >= 3
    for done, row in enumerate(rows):
        assert len(panel.findings.overrides) == done
        assert panel.shown.to_set == ""
        qtbot.keyClick(row.tick, Key.Key_Return)
    assert panel.shown.to_set == "245"
    assert panel.focusWidget() is panel.fields["pump_ml_h"]


def test_what_was_let_pass_for_the_dose_holds_for_the_rate_that_was_told(nurse: Nurse, qtbot: QtBot) -> None:
    panel = wrong_dose(nurse, qtbot)
    panel.findings.fill("Dr Okafor", "as decided")
    for typed, allowed in (("2", False), ("4", False), ("5", True), ("0", False)):
        qtbot.keyClicks(panel.fields["pump_ml_h"], typed)
        assert panel.record.isEnabled() is allowed
    assert panel.findings.overrides == ()


def test_a_key_that_is_held_down_lets_one_line_pass(nurse: Nurse, qtbot: QtBot) -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    panel = wrong_dose(nurse, qtbot)
    sign(panel, qtbot)
    row = next(iter(panel.findings.rows.values()))
    held = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
    row.tick.keyPressEvent(held)
    assert panel.findings.overrides == ()


@pytest.mark.parametrize(("by", "why"), [("3", "as decided"), ("Dr Okafor", "aa"), ("52.5", "as decided")])
def test_a_number_is_no_name_and_a_syllable_no_reason(nurse: Nurse, qtbot: QtBot, by: str, why: str) -> None:
    panel = wrong_dose(nurse, qtbot)
    qtbot.keyClicks(panel.findings.signature.by, by)
    qtbot.keyClicks(panel.findings.signature.why, why)
    for row in panel.findings.rows.values():
        row.tick.click()
    assert panel.findings.overrides == ()
    assert panel.findings.signature.own.text()


def test_enter_in_a_reason_that_is_too_short_says_so_at_once(nurse: Nurse, qtbot: QtBot) -> None:
    panel = wrong_dose(nurse, qtbot)
    signature = panel.findings.signature
    qtbot.keyClicks(signature.by, "Dr Okafor")
    signature.why.setFocus()
    qtbot.keyClicks(signature.why, "pai")
    qtbot.keyClick(signature.why, Key.Key_Return)
    assert signature.own.text() == wrong_reason("pai")
    assert not signature.own.isHidden()


def test_a_line_that_remains_alone_was_let_pass_by_nobody(nurse: Nurse, qtbot: QtBot) -> None:
    panel = wrong_dose(nurse, qtbot)
    sign(panel, qtbot)
    panel.findings.show_findings(panel.shown.blocked[:1])
    assert panel.findings.overrides == ()


def test_another_name_has_let_nothing_pass(nurse: Nurse, qtbot: QtBot) -> None:
    panel = wrong_dose(nurse, qtbot)
    panel.findings.fill("Dr Okafor", "as decided")
    assert panel.findings.overrides
    panel.findings.signature.by.setText("Dr Stone")
    assert panel.findings.overrides == ()


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_Backtab])
def test_from_the_name_one_key_leads_back_to_the_rate(nurse: Nurse, qtbot: QtBot, key: Key) -> None:
    nurse.sits_at(care()).key(Key.Key_F5)
    panel = nurse.dialog(RateDialog)
    qtbot.keyClicks(panel.fields["pump_ml_h"], "140")
    qtbot.keyClick(panel.fields["pump_ml_h"], Key.Key_Return)
    assert panel.focusWidget() is panel.findings.signature.by
    qtbot.keyClick(panel.findings.signature.by, key)
    assert panel.focusWidget() is panel.fields["pump_ml_h"]
    assert panel.fields["pump_ml_h"].selectedText() == "140"
    assert panel.isVisible()


# Closed and opened again


def test_what_was_typed_is_kept_for_some_minutes(nurse: Nurse, qtbot: QtBot) -> None:
    panel = wrong_dose(nurse, qtbot)
    panel.findings.fill("Dr Okafor", "as decided")
    qtbot.keyClick(panel.fields["mg_kg_h"], Key.Key_Escape)
    assert not panel.isVisible()
    nurse.key(Key.Key_F5)
    again = nurse.dialog(RateDialog)
    assert again.fields["mg_kg_h"].text() == "3.5"
    assert again.findings.overrides == ()
    assert "compare it with the pump again" in again._told.text()


def test_after_some_minutes_a_form_is_new(nurse: Nurse, qtbot: QtBot) -> None:
    panel = wrong_dose(nurse, qtbot)
    qtbot.keyClick(panel.fields["mg_kg_h"], Key.Key_Escape)
    nurse.peer.clock.advance(KEPT_S + 1)  # type: ignore[attr-defined]
    nurse.show(care())
    nurse.key(Key.Key_F5)
    assert nurse.dialog(RateDialog).fields["mg_kg_h"].text() == "0.2"


def test_what_was_typed_for_one_patient_is_not_there_for_another(nurse: Nurse, qtbot: QtBot) -> None:
    panel = wrong_dose(nurse, qtbot)
    qtbot.keyClick(panel.fields["mg_kg_h"], Key.Key_Escape)
    other = replace(PATIENT, name="Ek, Olle")
    nurse.show(care((*infusing(other), *may_raise()[-5:])))
    nurse.key(Key.Key_F5)
    assert nurse.dialog(RateDialog).fields["mg_kg_h"].text() == "0.2"


# The patient beside it


def test_the_vital_signs_stand_in_the_form(nurse: Nurse) -> None:
    nurse.sits_at(care()).key(Key.Key_F5)
    said = nurse.dialog(RateDialog)._vitals.text()
    assert all(name in said for name in ("SpO₂", "HR", "RR", "NIBP"))


def test_a_value_that_is_missing_is_dashes_in_the_line() -> None:
    from room import FakeStation, station

    peer: FakeStation = station(bed(1, care=care()))
    seat = replace(peer.room.beds[0], numerics={})
    assert "SpO₂\N{NO-BREAK SPACE}---" in vitals_line(seat, Moment.of(peer.room))


def test_the_orders_limits_are_those_of_the_tests() -> None:
    assert (ORDER.max_mg_kg_h, ORDER.max_mg_h) == (0.35, 25)
