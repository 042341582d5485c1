"""The forms of the day beside the window: what they keep, refuse and send, over a station made by hand."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from room import (
    ORDER,
    PATIENT,
    FakeStation,
    age_of,
    bed,
    before_infusion,
    care,
    empty_bed,
    infusing,
    station,
)

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QListWidget, QPushButton, QScrollArea

from nurse_station.infusion.protocol_folder import Offered
from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import Reply
from nurse_station.sessions.screening import QUESTIONS
from nurse_station.sessions.states import State
from nurse_station.station.commands import DoDeed
from nurse_station.station.snapshots import BedSnapshot, CareSnapshot
from nurse_station.station.view import PatientDay
from nurse_station.ui.bed_actions import DAY_FORMS
from nurse_station.ui.dialogs.care_who import WhoDialog
from nurse_station.ui.dialogs.day_discharge import DischargeForm
from nurse_station.ui.dialogs.day_form import ANOTHER, DayForm
from nurse_station.ui.dialogs.day_openers import open_form
from nurse_station.ui.dialogs.day_order import OrderForm
from nurse_station.ui.dialogs.day_patient import PatientForm
from nurse_station.ui.dialogs.day_screening import ScreeningForm
from nurse_station.ui.models.care import clock
from nurse_station.ui.window import MainWindow
from nurse_station.vitals.clock import ManualClock

Opener = Callable[..., MainWindow]
Key = Qt.Key
BEGUN = ((20, deeds.PatientBound(patient=PATIENT)), (20, deeds.ScreeningBegun(course="1", day=1)))
ANSWERED = (*BEGUN, *((19, deeds.Answered(question=key, reply=Reply.NO)) for key in QUESTIONS))
PAST = PatientDay(session="s1", patient=PATIENT, course="1", day=1, days=5, bed="Chair 1", outcome=None,
                  started=datetime(2026, 1, 4, 8, tzinfo=UTC), state=State.DISCHARGED)  # fmt: skip
STOPPED = (*infusing(), (3, deeds.Stopped(reason=deeds.StopReason.COMPLETE)))
SCREENED = (*ANSWERED, (18, deeds.Screened()))
MOMENTS = {"patient": None, "screening": BEGUN, "order": SCREENED, "baseline": SCREENED,
           "ready": before_infusion(), "discharge": STOPPED}  # fmt: skip


class Panels:
    """A window with a bed, and its forms."""

    def __init__(self, opened: Opener) -> None:
        self._opened = opened

    def at(self, *seats: BedSnapshot, who: str = "M. Ruiz", **window: Any) -> "Panels":
        self.peer: FakeStation = station(*seats)
        self.window = self._opened(self.peer, **window)
        self.window.care_desk.set_who(who)
        return self

    def open(self, key: str, place: int = 0) -> Any:
        open_form(self.peer, self.peer.room.beds[place], key, self.window)
        return self.visible

    @property
    def visible(self) -> Any:
        found = [each for each in self.window.findChildren(DayForm) if each.isVisible()]
        assert len(found) <= 1
        return found[0] if found else None

    def show(self, *seats: BedSnapshot) -> None:
        assert isinstance(self.peer.clock, ManualClock)
        self.peer.clock.advance(1.0)
        self.peer.room = age_of(replace(self.peer.room, beds=seats), self.peer.clock)
        self.window.bridge.look()
        if self.visible is not None:
            self.visible.look()

    @property
    def done(self) -> list[object]:
        return [command.deed for command in self.peer.sent if isinstance(command, DoDeed)]


@pytest.fixture
def panels(opened: Opener) -> Iterator[Panels]:
    yield Panels(opened)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def day_of(key: str) -> CareSnapshot | None:
    done = MOMENTS[key]
    return None if done is None else care(done)


def typed(form: DayForm, name: str, text: str) -> QLineEdit:
    found = form.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    found.setText(text)
    return found


# All of them


@pytest.mark.parametrize("key", DAY_FORMS)
def test_every_control_has_a_name_of_its_own_and_one_for_a_screen_reader(panels: Panels, key: str) -> None:
    form = panels.at(bed(1, care=day_of(key))).open(key)
    kinds = (QPushButton, QLineEdit, QComboBox, QListWidget)
    controls = [
        each for kind in kinds for each in form.findChildren(kind) if not each.objectName().startswith("qt_")
    ]
    named = [each for each in controls if each.property("answer") is None]  # those of a list are by their key
    assert [
        each for each in controls if not each.accessibleName() and not each.property("placeholderText")
    ] == []
    assert [each.accessibleName() for each in named if not each.objectName()] == []


@pytest.mark.parametrize("key", DAY_FORMS)
def test_no_form_stops_the_window_or_covers_its_top(panels: Panels, key: str) -> None:
    form = panels.at(bed(1, care=day_of(key))).open(key)
    window = panels.window.frameGeometry()
    assert not form.isModal()
    assert form.geometry().left() >= window.center().x()
    assert form.geometry().top() >= window.top() + 60


@pytest.mark.parametrize("key", DAY_FORMS)
@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_nothing_is_cut_off_at_twice_the_text(
    panels: Panels, key: str, size: tuple[int, int], qapp: QApplication
) -> None:
    form = panels.at(bed(1, care=day_of(key)), size=size, text_scale=2.0).open(key)
    qapp.processEvents()
    area = form.findChild(QScrollArea)
    assert form.geometry().right() <= panels.window.frameGeometry().right()
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()


@pytest.mark.parametrize("key", DAY_FORMS)
def test_keys_of_a_form_are_told_apart(panels: Panels, key: str) -> None:
    form = panels.at(bed(1, care=day_of(key))).open(key)
    texts = [each.text() for each in form.findChildren(QPushButton) if each.isVisible()]
    keys = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert len(keys) == len(set(keys))


def test_what_was_typed_is_there_again_when_the_form_is(panels: Panels) -> None:
    form = panels.at(bed(1)).open("patient")
    typed(form, "patient_name", "Berg, An")
    form.close()
    assert panels.visible is None
    again = panels.open("patient")
    assert again.findChild(QLineEdit, "patient_name").text() == "Berg, An"


def test_each_bed_has_its_own_words(panels: Panels) -> None:
    form = panels.at(bed(1), bed(2)).open("patient")
    typed(form, "patient_name", "Berg, Anna")
    other = panels.open("patient", 1)
    assert other.findChild(QLineEdit, "patient_name").text() == ""
    assert not form.isVisible()


def test_nothing_is_left_for_another_session(panels: Panels) -> None:
    form = panels.at(bed(1, care=day_of("order"))).open("order")
    typed(form, "order_prescriber", "Dr Stone")
    panels.show(bed(1, session="another", care=day_of("order")))
    assert not form.primary.isEnabled()
    assert ANOTHER in form._said.text()
    again = panels.open("order")
    assert again is not form
    assert again.findChild(QLineEdit, "order_prescriber").text() == ""


def test_an_unconfirmed_patient_gets_nothing_entered(panels: Panels) -> None:
    unsure = replace(care(before_infusion()), unconfirmed="The monitor was plugged in again.")
    form = panels.at(bed(1, care=unsure)).open("ready")
    typed(form, "ready_nurse", "B. Moss")
    form.enter()
    assert panels.done == []
    assert "Confirm the patient first" in form._said.text()


def test_of_a_station_that_stopped_nothing_is_believed(panels: Panels) -> None:
    form = panels.at(bed(1, care=day_of("ready"))).open("ready")
    assert isinstance(panels.peer.clock, ManualClock)
    panels.peer.clock.advance(10)
    form.look()
    assert not form.primary.isEnabled()


def test_who_enters_is_asked_before_a_form_is_shown(panels: Panels) -> None:
    assert panels.at(bed(1), who="").open("patient") is None
    assert [each.isVisible() for each in panels.window.findChildren(WhoDialog)] == [True]


@pytest.mark.parametrize(("key", "form"), [("patient", PatientForm), ("screening", ScreeningForm),
                                           ("order", OrderForm), ("discharge", DischargeForm)])  # fmt: skip
def test_one_key_opens_the_form_of_the_next_step(
    panels: Panels, qtbot: QtBot, key: str, form: type[DayForm]
) -> None:
    panels.at(bed(1, care=day_of(key)))
    with qtbot.waitActive(panels.window):
        panels.window.activateWindow()
    qtbot.keyClick(panels.window, Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(panels.visible, form)


def test_while_it_infuses_the_plan_is_shown_with_times_of_day(panels: Panels) -> None:
    panels.at(bed(1, care=care(infusing()))).window.open_day()
    form = panels.visible
    assert isinstance(form, OrderForm)
    assert not form.fields.isVisible()
    assert not form.practice_button.isVisible()
    began = panels.peer.room.beds[0].care.summary.started_at  # type: ignore[union-attr]
    assert began is not None
    assert [form.table.item(row, 0).text() for row in (0, 1)] == [
        f"{clock(began)}  start", f"{clock(began + 1800)}  +0:30 h",
    ]  # fmt: skip
    form.enter()
    assert panels.done == []
    assert panels.visible is None


def test_in_an_emergency_the_care_panel_leads(panels: Panels) -> None:
    told: list[Any] = []
    called = (*infusing(), (1, deeds.EmergencyCalled()))
    panels.at(bed(1, care=care(called))).window.care_desk.told.connect(told.append)
    panels.window.open_day()
    assert panels.visible is None
    assert "care panel leads" in told[0].sentence


# Patient


def test_enter_goes_from_one_missing_thing_to_the_next(panels: Panels, qtbot: QtBot) -> None:
    form = panels.at(bed(1)).open("patient")
    for field, text in (("name", "Berg, Anna"), ("born", "1980-04-02"), ("weight_kg", "70")):
        form.enter()
        assert form.focusWidget().objectName() == f"patient_{field}"
        qtbot.keyClicks(form.focusWidget(), text)
    for agrees in ("name_agrees", "born_agrees"):
        form.enter()
        assert form.focusWidget().objectName() == f"patient_{agrees}"
        qtbot.keyClick(form.focusWidget(), Key.Key_Space)
    assert panels.done == []
    form.enter()
    assert panels.done == [deeds.PatientBound(patient=replace(PATIENT, number=""))]


def test_another_name_has_not_been_said_yet(panels: Panels) -> None:
    form = panels.at(bed(1)).open("patient")
    typed(form, "patient_name", "Berg, Anna")
    form.name_agrees.setChecked(True)
    typed(form, "patient_name", "Berg, Anne")
    assert not form.name_agrees.isChecked()


def test_a_known_patient_is_taken_and_weighed_anew(panels: Panels, qtbot: QtBot) -> None:
    panels.at(bed(1))
    panels.peer.past_days = (PAST,)
    form = panels.open("patient")
    qtbot.waitUntil(lambda: form._reading.done)
    qtbot.keyClicks(form.fields.lines["name"], "berg")
    qtbot.keyClick(form.fields.lines["name"], Key.Key_Down)
    qtbot.keyClick(form.known, Key.Key_Return)
    assert form.fields.texts["born"] == "1980-04-02"
    assert form.fields.texts["weight_kg"] == ""
    assert not form.name_agrees.isChecked()


def test_a_weight_far_from_the_last_one_is_confirmed_by_hand(panels: Panels, qtbot: QtBot) -> None:
    panels.at(bed(1))
    panels.peer.past_days = (PAST,)
    form = panels.open("patient")
    qtbot.waitUntil(lambda: form._reading.done)
    form.fields.write({"name": PATIENT.name, "born": "1980-04-02", "weight_kg": "150"})
    form.name_agrees.setChecked(True)
    form.born_agrees.setChecked(True)
    form.enter()
    assert panels.done == []
    assert form.focusWidget() is form.weight_agrees
    assert "The weight was 70 kg on" in form._agree_said.text()
    form.weight_agrees.setChecked(True)
    form.fields.write({"weight_kg": "151"})
    assert not form.weight_agrees.isChecked()
    form.weight_agrees.setChecked(True)
    form.enter()
    assert [type(each) for each in panels.done] == [deeds.PatientBound]


def test_an_empty_bed_has_its_patient_before_a_monitor(panels: Panels) -> None:
    form = panels.at(empty_bed(1)).open("patient")
    panels.show(bed(1, care=care(BEGUN[:1])))
    form.look()
    assert ANOTHER in form._said.text()  # bound by another hand meanwhile


# Screening


def test_keys_answer_questions_one_after_the_other(panels: Panels, qtbot: QtBot) -> None:
    form = panels.at(bed(1, care=day_of("screening"))).open("screening")
    qtbot.keyClicks(form.questions.lines, "nyu")
    keys = list(QUESTIONS)
    assert panels.done == [
        deeds.Answered(question=keys[0], reply=Reply.NO), deeds.Answered(question=keys[1], reply=Reply.YES),
        deeds.Answered(question=keys[2], reply=Reply.UNKNOWN),
    ]  # fmt: skip
    assert form.questions.key == keys[3]


def test_a_yes_that_stops_is_let_pass_by_name(panels: Panels) -> None:
    yes = (*ANSWERED, (18, deeds.Answered(question="liver", reply=Reply.YES)))
    form = panels.at(bed(1, care=care(yes))).open("screening")
    assert not form.primary.isEnabled()
    [row] = form.findings.rows.values()
    row.by.setText("Dr Stone")
    row.why.setText("tests of yesterday are normal")
    form.enter()
    [command] = panels.peer.sent
    assert isinstance(command, DoDeed)
    assert (command.deed, command.overrides[0].by) == (deeds.Screened(), "Dr Stone")


def test_no_infusion_today_needs_a_reason(panels: Panels) -> None:
    form = panels.at(bed(1, care=day_of("screening"))).open("screening")
    form.decline()
    assert panels.done == []
    form.why.setText("fever")
    form.decline()
    assert panels.done == [deeds.Declined(why="fever")]


def test_an_unapproved_protocol_says_so(panels: Panels) -> None:
    form = panels.at(bed(1, care=care(BEGUN[:1]))).open("screening")
    assert "not yet approved by a medical director" in form._approved.text()


# Order, ready, discharge


def test_a_protocol_of_the_clinic_that_is_broken_is_named_where_one_is_chosen(
    panels: Panels, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    panels.at(bed(1, care=care(BEGUN[:1])))
    found = Offered(panels.peer.protocols(), ("The protocol ours.toml is not offered: it is not TOML.",))
    monkeypatch.setattr(panels.peer, "protocols", lambda: found)
    form = panels.open("screening")
    qtbot.waitUntil(lambda: form._reading.done)
    form.look()
    assert "ours.toml is not offered" in form._approved.text()
    assert form.primary.isEnabled()


def test_the_order_is_proposed_and_signed(panels: Panels) -> None:
    form = panels.at(bed(1, care=day_of("order"))).open("order")
    for name, text in (("prescriber", "Dr Stone"), ("lot", "L1"), ("expiry", "2099-01-01")):
        form.enter()
        assert form.focusWidget().objectName() == f"order_{name}"
        typed(form, f"order_{name}", text)
    form.enter()
    [deed] = panels.done
    assert isinstance(deed, deeds.OrderWritten)
    assert deed.order.start_mg_kg_h == ORDER.start_mg_kg_h


def test_an_order_above_the_protocol_needs_the_prescriber(panels: Panels) -> None:
    form = panels.at(bed(1, care=day_of("order"))).open("order")
    for name, text in (("prescriber", "Dr Stone"), ("lot", "L1"), ("expiry", "2099-01-01"),
                       ("max_mg_kg_h", "0.5")):  # fmt: skip
        typed(form, f"order_{name}", text)
    form.enter()
    assert panels.done == []
    assert form.findings.rows


def test_a_tenfold_strength_is_told_beside_its_field_and_asked_by_name(panels: Panels) -> None:
    form = panels.at(bed(1, care=day_of("order"))).open("order")
    for name, text in (("prescriber", "Dr Stone"), ("lot", "L1"), ("expiry", "2099-01-01"),
                       ("concentration_mg_ml", "10")):  # fmt: skip
        typed(form, f"order_{name}", text)
    assert "not the usual strength" in form.fields._beside["concentration_mg_ml"].text()
    form.enter()
    assert panels.done == []
    assert list(form.findings.rows) == ["R5:usual_strength"]
    form.findings.fill("Dr Okafor", "syringe for fluid restriction")
    form.enter()
    assert [type(each) for each in panels.done] == [deeds.OrderWritten]


@pytest.mark.parametrize("name", ["3", "0", "aa"])
def test_a_slip_of_the_hand_is_no_prescriber_of_an_order(panels: Panels, name: str) -> None:
    form = panels.at(bed(1, care=day_of("order"))).open("order")
    for key, text in (("prescriber", name), ("lot", "L1"), ("expiry", "2099-01-01")):
        typed(form, f"order_{key}", text)
    form.enter()
    assert panels.done == []
    assert "is no name" in form.fields._beside["prescriber"].text()


def test_the_nurse_who_enters_is_not_the_second(panels: Panels) -> None:
    form = panels.at(bed(1, care=day_of("ready"))).open("ready")
    typed(form, "ready_nurse", "m. ruiz")
    form.enter()
    assert panels.done == []
    assert form.focusWidget().objectName() == "ready_nurse"


def test_points_are_entered_by_key_and_make_a_score(panels: Panels, qtbot: QtBot) -> None:
    form = panels.at(bed(1, care=day_of("discharge"))).open("discharge")
    form.list.go_to("aldrete.activity")
    qtbot.keyClicks(form.list.lines, "22221")
    [deed] = panels.done
    assert isinstance(deed, deeds.Questioned)
    assert sum(deed.answers.values()) == 9


def test_every_unmet_line_is_named(panels: Panels) -> None:
    form = panels.at(bed(1, care=day_of("discharge"))).open("discharge")
    said = form._unmet.text()
    for words in ("Recovery has lasted", "Aldrete", "PADSS", "MOAA/S", "walking", "IV", "instructions"):
        assert words in said
    assert not form.primary.isEnabled()


def test_enter_never_presses_a_button_that_came_into_focus_by_itself(panels: Panels, qtbot: QtBot) -> None:
    form = panels.at(bed(1, care=day_of("discharge"))).open("discharge")
    form.primary.setEnabled(True)
    form.primary.setFocus()
    form.look()
    qtbot.keyClick(form.focusWidget() or form, Key.Key_Return)
    assert form.isVisible()
    assert panels.done == []


# While the drug runs


def running_checks(panels: Panels) -> Any:
    panels.at(bed(1, care=care(infusing()))).window.open_day()
    panels.visible.checks.click()
    return panels.visible


def test_from_the_plan_the_second_check_and_the_prescriber_are_one_button_away(panels: Panels) -> None:
    form = running_checks(panels)
    assert form.key == "ready"
    assert "Pump   set to 7 mL/h = 0.1 mg/kg/h" in form._check.text()
    typed(form, "ready_nurse", "L. Chen")
    form.enter()
    assert panels.done == [deeds.SecondCheck(nurse="L. Chen")]


def test_a_prescriber_who_leaves_is_noted(panels: Panels) -> None:
    form = running_checks(panels)
    assert form.left.isVisible()
    form.left.setChecked(True)
    form.enter()
    assert panels.done == [deeds.PresenceNoted(name="Dr Okafor", present=False)]


def test_with_nothing_new_the_checks_are_closed(panels: Panels) -> None:
    form = running_checks(panels)
    form.enter()
    assert panels.done == []
    assert panels.visible is None


def test_before_the_start_no_prescriber_leaves(panels: Panels) -> None:
    form = panels.at(bed(1, care=day_of("ready"))).open("ready")
    assert not form.left.isVisible()
