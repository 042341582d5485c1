"""A bound patient's data corrected: with a reason, and with all that follows told before."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from room import PATIENT, bed, before_infusion, care, infusing
from test_day_forms import BEGUN, Key, Opener, Panels

from PySide6.QtCore import QCoreApplication, QEvent

from nurse_station.sessions import deeds
from nurse_station.station.commands import CorrectDeed
from nurse_station.ui.dialogs.care_patient import CorrectPatientDialog
from nurse_station.ui.models.care_patient import CHECK_AGAIN, consequences, place_of


@pytest.fixture
def panels(opened: Opener) -> Iterator[Panels]:
    yield Panels(opened)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def opened_at(panels: Panels, done: Any) -> CorrectPatientDialog:
    panels.at(bed(1, care=care(done))).open("patient")
    [panel] = [each for each in panels.window.findChildren(CorrectPatientDialog) if each.isVisible()]
    return panel


def corrections(panels: Panels) -> list[CorrectDeed]:
    return [each for each in panels.peer.sent if isinstance(each, CorrectDeed)]


def test_a_weight_is_corrected_by_keyboard_with_its_reason(panels: Panels, qtbot: QtBot) -> None:
    panel = opened_at(panels, BEGUN)
    assert panel.focusWidget() is panel.fields.lines["weight_kg"]
    qtbot.keyClicks(panel.focusWidget(), "67")
    qtbot.keyClick(panel.focusWidget(), Key.Key_Return)
    assert corrections(panels) == []
    assert panel.focusWidget() is panel.fields.lines["why"]
    qtbot.keyClicks(panel.focusWidget(), "weighed again")
    qtbot.keyClick(panel.focusWidget(), Key.Key_Return)
    wanted = deeds.PatientBound(patient=replace(PATIENT, weight_kg=67))
    assert corrections(panels) == [
        CorrectDeed(bed="chair-1", number=1, deed=wanted, who="M. Ruiz", why="weighed again")
    ]
    assert not panel.isVisible()


@pytest.mark.parametrize("text", ["680", "", "x"])
def test_a_weight_that_cannot_be_is_refused_beside_its_field(panels: Panels, text: str) -> None:
    panel = opened_at(panels, BEGUN)
    panel.fields.lines["weight_kg"].setText(text)
    panel.fields.lines["why"].setText("weighed again")
    panel.enter()
    assert corrections(panels) == []
    assert not panel.correct_button.isEnabled()


def test_another_name_is_compared_with_the_patient_again(panels: Panels) -> None:
    panel = opened_at(panels, BEGUN)
    panel.fields.lines["name"].setText("Berg, Anne")
    panel.fields.lines["why"].setText("misspelt")
    assert panel.agrees.isVisible()
    assert not panel.correct_button.isEnabled()
    panel.agrees.setChecked(True)
    assert panel.correct_button.isEnabled()
    panel.fields.lines["name"].setText("Berg, Anni")
    assert not panel.agrees.isChecked()


def test_what_follows_for_order_and_pump_is_told() -> None:
    said = "\n".join(consequences(care(infusing()), replace(PATIENT, weight_kg=60), "M. Ruiz"))
    for words in (
        "Weight 70 kg becomes 60 kg", "The start at 0.1 mg/kg/h is 6 mg/h, 6 mL/h; it was 7 mg/h, 7 mL/h",
        "The order allows 21 mg/h", "The pump runs at 7 mL/h: that is 0.117 mg/kg/h, not 0.1",
        "For 0.1 mg/kg/h it would be 6 mL/h", "Given so far",
    ):  # fmt: skip
        assert words in said


def test_before_the_start_the_second_nurse_checks_again() -> None:
    assert CHECK_AGAIN in consequences(care(before_infusion()), replace(PATIENT, weight_kg=60), "M. Ruiz")


def test_of_another_name_it_is_told_whose_day_it_becomes() -> None:
    [said, *_] = consequences(care(BEGUN), replace(PATIENT, name="Berg, Anne"), "M. Ruiz")
    assert said.startswith("All that is recorded today is then of Berg, Anne")


def test_what_ran_beyond_the_order_by_the_new_weight_is_let_pass_by_name(panels: Panels) -> None:
    fast = (*infusing(), (20, deeds.RateSet(mg_kg_h=0.35, pump_ml_h=24.5)))
    panel = opened_at(panels, fast)
    panel.fields.lines["weight_kg"].setText("60")
    panel.fields.lines["why"].setText("weighed again")
    assert "R5:limit" in panel.findings.rows
    assert not panel.correct_button.isEnabled()
    panel.findings.fill("Dr Okafor", "told of it")
    assert panel.correct_button.isEnabled()
    panel.enter()
    assert "R5:limit" in [each.rule for each in corrections(panels)[0].overrides]


def test_of_another_patient_nothing_is_corrected(panels: Panels) -> None:
    panel = opened_at(panels, BEGUN)
    panel.fields.lines["weight_kg"].setText("60")
    panel.fields.lines["why"].setText("weighed again")
    other = ((1, deeds.PatientBound(patient=replace(PATIENT, name="Long, Bo"))),)
    panels.peer.room = replace(panels.peer.room, beds=(bed(1, care=care(other)),))
    panel.enter()
    assert corrections(panels) == []


def test_the_entry_of_the_record_leads_to_the_same_form(panels: Panels) -> None:
    panels.at(bed(1, care=care(BEGUN)))
    panels.window.care_desk.do("chair-1", "correct", 1)
    assert [each for each in panels.window.findChildren(CorrectPatientDialog) if each.isVisible()]


def test_nobody_is_bound_by_no_entry() -> None:
    assert place_of(care(())) is None
