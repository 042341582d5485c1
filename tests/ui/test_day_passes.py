"""What a prescriber lets pass by name and reason, no nurse by her own; practice at simulated beds alone."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from room import PATIENT, bed, before_infusion, care, infusing
from test_day_forms import SCREENED, Key, Opener, Panels, day_of

from PySide6.QtCore import QCoreApplication, QEvent

from nurse_station.sessions import deeds
from nurse_station.sessions.decide import lets_pass, same_person
from nurse_station.sessions.deeds import Override
from nurse_station.station.commands import DoDeed
from nurse_station.ui.bed_actions import DAY_FORMS
from nurse_station.ui.dialogs.rate import RateDialog
from nurse_station.ui.models import day_practice
from nurse_station.ui.models.care_names import prescribers, refusal
from nurse_station.ui.models.day_practice import SimulatedBed

REST = {"nibp_sys": 120.0, "nibp_dia": 70.0, "spo2": 98.0, "hr": 72.0}
THREE_SETS = (*SCREENED, *((3 - after, deeds.BaselineTaken(values=REST)) for after in range(3)))
NURSE = "M. Ruiz"


@pytest.fixture
def panels(opened: Opener) -> Iterator[Panels]:
    yield Panels(opened)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def sent(panels: Panels) -> DoDeed:
    [command] = [each for each in panels.peer.sent if isinstance(each, DoDeed)]
    return command


# Names


@pytest.mark.parametrize("by", [NURSE, " m.  ruiz ", "M. RUIZ"])
def test_nobody_lets_her_own_entry_pass(by: str) -> None:
    assert not lets_pass(Override(rule="R6:interval", by=by, why="asked him"), NURSE)
    assert refusal(by, NURSE)


def test_a_prescriber_with_a_reason_lets_it_pass() -> None:
    assert lets_pass(Override(rule="R6:interval", by="Dr Stone", why="asked him"), NURSE)
    assert not lets_pass(Override(rule="R6:interval", by="Dr Stone", why=" "), NURSE)
    assert refusal("Dr Stone", NURSE) == refusal("", NURSE) == ""


def test_nobody_is_the_same_as_no_name() -> None:
    assert not same_person("", "")
    assert not same_person("Dr Stone", "")


def test_who_is_present_is_offered_first_then_who_ordered_and_never_who_enters() -> None:
    there = (*before_infusion(), (5, deeds.PresenceNoted(name="Dr Stone", present=True)))
    session = care(there).session
    assert prescribers(session, NURSE) == ("Dr Stone", "Dr Okafor")
    assert prescribers(session, "dr okafor") == ("Dr Stone",)


def test_the_down_key_writes_the_names_that_are_offered(panels: Panels, qtbot: QtBot) -> None:
    yes = (*SCREENED[:-1], (18, deeds.PresenceNoted(name="Dr Stone", present=True)),
           (18, deeds.Answered(question="liver", reply=deeds.Reply.YES)))  # fmt: skip
    form = panels.at(bed(1, care=care(yes))).open("screening")
    [row] = form.findings.rows.values()
    form.enter()
    assert form.focusWidget() is row.by
    qtbot.keyClick(row.by, Key.Key_Down)
    assert row.by.text() == "Dr Stone"
    form.enter()
    assert form.focusWidget() is row.why


def test_the_own_name_is_refused_beside_it(panels: Panels) -> None:
    yes = (*SCREENED[:-1], (18, deeds.Answered(question="liver", reply=deeds.Reply.YES)))
    form = panels.at(bed(1, care=care(yes))).open("screening")
    [row] = form.findings.rows.values()
    row.by.setText(NURSE)
    row.why.setText("tests are normal")
    form.enter()
    assert panels.done == []
    assert "another name must let it pass" in form.findings.signature.own.text()


# The time of the baseline


def test_the_time_is_waited_for_unless_somebody_asks(panels: Panels) -> None:
    form = panels.at(bed(1, care=care(THREE_SETS))).open("baseline")
    assert form.let_pass.isVisible()
    assert not form.findings.rows
    form.let_pass.setChecked(True)
    assert list(form.findings.rows) == ["R2:time"]


def test_a_prescriber_lets_the_time_of_the_baseline_pass(panels: Panels, qtbot: QtBot) -> None:
    form = panels.at(bed(1, care=care(THREE_SETS))).open("baseline")
    form.let_pass.click()
    row = form.findings.rows["R2:time"]
    assert form.focusWidget() is row.by
    qtbot.keyClicks(row.by, "Dr Stone")
    qtbot.keyClick(row.by, Key.Key_Return)
    assert form.focusWidget() is row.why
    qtbot.keyClicks(row.why, "known from yesterday")
    qtbot.keyClick(row.why, Key.Key_Return)
    command = sent(panels)
    assert isinstance(command.deed, deeds.BaselineSet)
    assert command.overrides == (Override(rule="R2:time", by="Dr Stone", why="known from yesterday"),)


def test_two_sets_are_too_few_whoever_asks(panels: Panels) -> None:
    form = panels.at(bed(1, care=care(THREE_SETS[:-1]))).open("baseline")
    assert not form.let_pass.isVisible()


# The first raise


def test_enter_leads_from_what_the_pump_shows_to_who_lets_it_pass(panels: Panels, qtbot: QtBot) -> None:
    seat = bed(1, care=care((*infusing(ago=2), (1, deeds.Scored(scale="moaas", score=5)),
                             (1, deeds.Scored(scale="nausea", score=0)),
                             (1, deeds.Scored(scale="hallucination", score=0)))))  # fmt: skip
    panels.at(seat).window.care_desk.do("chair-1", "rate", "raise")
    [panel] = [each for each in panels.window.findChildren(RateDialog) if each.isVisible()]
    qtbot.keyClicks(panel.fields["pump_ml_h"], "14")
    for text in ("", "Dr Okafor", "slept through the night"):
        if text:
            qtbot.keyClicks(panel.focusWidget(), text)
        qtbot.keyClick(panel.focusWidget() or panel, Key.Key_Return)
    command = sent(panels)
    assert isinstance(command.deed, deeds.RateSet)
    assert [each.rule for each in command.overrides] == ["R6:interval"]


# Practice


@pytest.mark.parametrize("key", DAY_FORMS)
def test_at_a_real_bed_nothing_can_be_made_up(panels: Panels, key: str) -> None:
    form = panels.at(bed(1, care=day_of(key))).open(key)
    assert not form.practice_button.isVisible()
    before = form.findChildren(object)
    form._practise()
    assert panels.done == []
    assert len(form.findChildren(object)) == len(before)


def test_a_simulated_bed_cannot_be_made_of_a_real_one() -> None:
    with pytest.raises(ValueError, match="nothing is made up there"):
        SimulatedBed(bed(1))
    assert day_practice.simulated(bed(1)) is None
    assert day_practice.simulated(None) is None


def test_a_bed_that_became_real_meanwhile_is_not_filled(panels: Panels) -> None:
    form = panels.at(bed(1, simulated=True)).open("patient")
    assert form.practice_button.isVisible()
    panels.peer.room = replace(panels.peer.room, beds=(bed(1),))
    form._practise()
    assert form.fields.text("name") == ""


def test_the_made_up_patient_says_that_it_is_none(panels: Panels) -> None:
    form = panels.at(bed(1, simulated=True)).open("patient")
    form.practice_button.click()
    form.enter()
    deed: Any = sent(panels).deed
    assert deed.patient.name.startswith("SIMULATION")


def test_practice_answers_every_question_with_no(panels: Panels) -> None:
    form = panels.at(bed(1, simulated=True, care=day_of("screening"))).open("screening")
    form.practice_button.click()
    assert {deed.reply for deed in panels.done} == {deeds.Reply.NO}  # type: ignore[attr-defined]


def test_practice_lets_the_time_pass_under_a_name_that_is_nobodys(panels: Panels) -> None:
    form = panels.at(bed(1, simulated=True, care=care(THREE_SETS))).open("baseline")
    form.practice_button.click()
    form.enter()
    assert sent(panels).overrides == (Override(rule="R2:time", by="Dr Practice", why=day_practice.WHY),)


def test_there_is_nothing_to_fill_once_the_drug_runs(panels: Panels) -> None:
    form = panels.at(bed(1, simulated=True, care=care(infusing()))).open("order")
    assert not form.practice_button.isVisible()
    assert PATIENT.name in form._who.text()
