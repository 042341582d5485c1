"""The care of a patient through the whole window, by keyboard, over a station made by hand."""

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from room import (
    PATIENT,
    FakeStation,
    age_of,
    bed,
    before_infusion,
    care,
    desaturation,
    infusing,
    may_raise,
    scored,
    station,
)

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from nurse_station.infusion.order import Bag
from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import Entry, Patient
from nurse_station.station.commands import CorrectDeed, DoDeed
from nurse_station.station.snapshots import BedAlarms, CareSnapshot
from nurse_station.station.view import Answer
from nurse_station.ui.dialogs.care_bag import BagDialog
from nurse_station.ui.dialogs.care_correct import CorrectDialog
from nurse_station.ui.dialogs.care_who import WhoDialog
from nurse_station.ui.dialogs.limits import LimitsDialog
from nurse_station.ui.dialogs.rate import ANOTHER, RateDialog
from nurse_station.ui.shortcuts import CARE_KEYS, SHORTCUTS
from nurse_station.ui.window import MainWindow
from nurse_station.vitals.clock import ManualClock

Opener = Callable[..., MainWindow]
Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
WHO = "M. Ruiz"
PAUSED = (*may_raise(), (3, deeds.Paused(why="toilet")))
LONG = replace(
    PATIENT, name="Featherstonehaugh-Cholmondeley, Maximiliana Alexandra", number="MRN 004417-2026-X"
)


class Nurse:
    """A window with one bed, and hands on its keyboard."""

    def __init__(self, opened: Opener, qtbot: QtBot, who: str) -> None:
        self._opened, self._qtbot, self._who = opened, qtbot, who

    def sits_at(self, *days: CareSnapshot | None, **window: Any) -> "Nurse":
        self.peer: FakeStation = station(*(bed(at, care=day) for at, day in enumerate(days, 1)))
        self.window = self._opened(self.peer, **window)
        self.window.care_desk.set_who(self._who)
        with self._qtbot.waitActive(self.window):
            self.window.activateWindow()
        return self

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focus = self.window.focusWidget() or self.window
        self._qtbot.keyClick(focus, key, modifier)

    def write(self, text: str) -> None:
        focus = self.window.focusWidget()
        assert isinstance(focus, QLineEdit)
        self._qtbot.keyClicks(focus, text)
        self._qtbot.keyClick(focus, Key.Key_Return)

    def show(self, *days: CareSnapshot | None, **more: Any) -> None:
        """The next picture of the room."""
        assert isinstance(self.peer.clock, ManualClock)
        self.peer.clock.advance(0.1)
        seats = tuple(bed(at, care=day, **more) for at, day in enumerate(days, 1))
        self.peer.room = age_of(replace(self.peer.room, beds=seats), self.peer.clock)
        self.window.bridge.look()

    @property
    def done(self) -> list[object]:
        """The deeds that were sent."""
        return [command.deed for command in self.peer.sent if isinstance(command, DoDeed)]

    def dialog(self, kind: type[Any]) -> Any:
        found = [each for each in self.window.findChildren(kind) if each.isVisible()]
        assert len(found) == 1
        return found[0]


@pytest.fixture
def nurse(opened: Opener, qtbot: QtBot) -> Nurse:
    return Nurse(opened, qtbot, WHO)


@pytest.fixture
def stranger(opened: Opener, qtbot: QtBot) -> Nurse:
    """Who has not said a name."""
    return Nurse(opened, qtbot, "")


def test_no_key_of_care_does_anything_else() -> None:
    keys = [QKeySequence(row.keys).toString() for row in (*SHORTCUTS, *CARE_KEYS)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("key", "modifier", "deed"),
    [
        (Key.Key_R, Qt.KeyboardModifier.NoModifier, deeds.Scored(scale="moaas", score=5)),
        (Key.Key_3, CONTROL, deeds.Scored(scale="moaas", score=3)),
        (Key.Key_0, CONTROL, deeds.Scored(scale="moaas", score=0)),
        (Key.Key_F12, Qt.KeyboardModifier.NoModifier, deeds.EmergencyCalled()),
    ],
)
def test_one_key_enters_one_finding(
    nurse: Nurse, key: Qt.Key, modifier: Qt.KeyboardModifier, deed: object
) -> None:
    nurse.sits_at(care()).key(key, modifier)
    assert nurse.peer.sent == [DoDeed(bed="chair-1", deed=deed, who=WHO)]  # type: ignore[arg-type]


def test_a_hand_that_trembles_enters_once(nurse: Nurse) -> None:
    nurse.sits_at(care()).key(Key.Key_R)
    nurse.key(Key.Key_R)
    assert len(nurse.done) == 1


def test_everything_as_usual_still_asks_for_the_pain(nurse: Nurse) -> None:
    nurse.sits_at(care()).key(Key.Key_U)
    assert nurse.done == []
    nurse.write("4")
    assert nurse.done[0] == deeds.Scored(scale="pain", score=4)
    assert {deed.scale for deed in nurse.done} == {  # type: ignore[attr-defined]
        "pain", "nausea", "hallucination", "anxiety", "dissociation", "iv_site"
    }  # fmt: skip


@pytest.mark.parametrize("typed", ["", "11", "x", "-1", "²"])
def test_a_pain_that_cannot_be_is_refused_beside_the_field(nurse: Nurse, typed: str) -> None:
    nurse.sits_at(care()).key(Key.Key_U)
    nurse.write(typed)
    assert nurse.done == []
    assert nurse.window.room_view.bed_view.care.question.isVisible()


@pytest.mark.parametrize("key", [Key.Key_F7, Key.Key_F8, Key.Key_F9])
def test_hold_pause_and_stop_take_two_taps(nurse: Nurse, key: Qt.Key) -> None:
    nurse.sits_at(care()).key(key)
    assert nurse.done == []
    nurse.key(Key.Key_Down)
    nurse.key(Key.Key_Return)
    assert isinstance(nurse.done[0], deeds.Held | deeds.Paused | deeds.Stopped)


@pytest.mark.parametrize("key", [Key.Key_F7, Key.Key_F8, Key.Key_F9, Key.Key_I])
def test_no_reason_is_recorded_that_nobody_gave(nurse: Nurse, key: Qt.Key) -> None:
    nurse.sits_at(care()).key(key)
    nurse.key(Key.Key_Return)
    question = nurse.window.room_view.bed_view.care.question
    assert nurse.done == []
    assert "Nothing is chosen yet" in question._trouble.text()
    assert question.isVisible()


def test_escape_asks_no_more(nurse: Nurse) -> None:
    nurse.sits_at(care()).key(Key.Key_F9)
    nurse.key(Key.Key_Escape)
    nurse.key(Key.Key_Return)
    assert nurse.done == []


def test_arrows_walk_through_the_reasons(nurse: Nurse) -> None:
    nurse.sits_at(care()).key(Key.Key_F9)
    nurse.key(Key.Key_Down)
    nurse.key(Key.Key_Down)
    nurse.key(Key.Key_Return)
    assert nurse.done == [deeds.Stopped(reason=deeds.StopReason.ADVERSE)]


def test_a_question_is_dropped_with_its_patient(nurse: Nurse) -> None:
    nurse.sits_at(care(), care(infusing(LONG))).key(Key.Key_F9)
    nurse.window.choose_bed("chair-2")
    assert not nurse.window.room_view.bed_view.care.question.isVisible()


def test_the_pressure_is_written_as_it_is_said(nurse: Nurse) -> None:
    nurse.sits_at(care()).key(Key.Key_P)
    nurse.write("128/76")
    assert [dict(deed.values) for deed in nurse.done] == [{"nibp_sys": 128.0, "nibp_dia": 76.0}]  # type: ignore[attr-defined]


def test_a_pressure_that_cannot_be_is_refused_in_words(nurse: Nurse) -> None:
    nurse.sits_at(care()).key(Key.Key_P)
    nurse.write("76/128")
    assert nurse.done == []


def test_a_note_goes_into_the_day(nurse: Nurse) -> None:
    nurse.sits_at(care()).key(Key.Key_N)
    nurse.write("reads a book")
    assert nurse.done == [deeds.Noted(text="reads a book")]


def test_a_proposal_is_taken_with_one_key(nurse: Nurse) -> None:
    nurse.sits_at(care((*may_raise(), *scored(1, moaas=3)))).key(Key.Key_F10)
    assert isinstance(nurse.done[0], deeds.Held)


def test_what_is_proposed_is_gone_when_it_is_done(nurse: Nurse) -> None:
    nurse.sits_at(care((*may_raise(), *scored(1, moaas=3))))
    nurse.show(care())
    assert nurse.window.room_view.bed_view.care.prompts.words == ()


# Who


def test_a_name_is_asked_once_and_then_borne(stranger: Nurse) -> None:
    stranger.sits_at(care()).key(Key.Key_R)
    assert stranger.peer.sent == []
    asked = stranger.dialog(WhoDialog)
    asked.field.setText("  L.  Chen ")
    asked.agree()
    stranger.show(care())
    stranger.key(Key.Key_3, CONTROL)
    assert [command.who for command in stranger.peer.sent] == ["L. Chen", "L. Chen"]  # type: ignore[union-attr]


def test_nothing_is_entered_without_a_name(stranger: Nurse) -> None:
    stranger.sits_at(care()).key(Key.Key_R)
    asked = stranger.dialog(WhoDialog)
    asked.field.setText("   ")
    asked.agree()
    assert stranger.peer.sent == []
    assert asked.isVisible()


@pytest.mark.parametrize("key", [Key.Key_F12, Key.Key_F8])
def test_what_lessens_the_drug_waits_for_no_name(stranger: Nurse, key: Qt.Key) -> None:
    stranger.sits_at(care()).key(key)
    if key is Key.Key_F8:
        stranger.key(Key.Key_Down)
        stranger.key(Key.Key_Return)
    assert [command.who for command in stranger.peer.sent] == ["nurse"]  # type: ignore[union-attr]


def test_an_emergency_is_called_from_a_panel_too(nurse: Nurse, qtbot: QtBot) -> None:
    nurse.sits_at(care()).key(Key.Key_F5)
    panel = nurse.dialog(RateDialog)
    qtbot.keyClick(panel.fields["pump_ml_h"], Key.Key_F12)
    assert nurse.done == [deeds.EmergencyCalled()]


def test_an_emergency_can_be_ended_with_two_taps(nurse: Nurse) -> None:
    nurse.sits_at(care((*may_raise(), (1, deeds.EmergencyCalled())))).key(Key.Key_F5)
    nurse.key(Key.Key_Return)
    assert nurse.done == []
    nurse.key(Key.Key_Down)
    nurse.key(Key.Key_Return)
    assert nurse.done == [deeds.EmergencyOver()]


def test_an_emergency_puts_a_form_aside_until_it_is_over(nurse: Nurse, qtbot: QtBot) -> None:
    nurse.sits_at(care()).key(Key.Key_F5)
    panel = nurse.dialog(RateDialog)
    qtbot.keyClicks(panel.fields["pump_ml_h"], "12")
    qtbot.keyClick(panel.fields["pump_ml_h"], Key.Key_F12)
    assert not panel.isVisible()
    answered = nurse.window.care_desk.heard(Answer(done=True, sentence="EMERGENCY called.", bed="chair-1"))
    assert answered.sentence.startswith("EMERGENCY called. Switch the pump off now")
    assert not answered.done
    nurse.window.care_desk.send("chair-1", deeds.EmergencyOver())
    assert panel.isVisible()
    assert panel.fields["pump_ml_h"].text() == "12"


def test_what_one_press_entered_is_named_together(nurse: Nurse) -> None:
    nurse.sits_at(care()).key(Key.Key_U)
    nurse.write("4")
    heard = nurse.window.care_desk.heard
    answers = [heard(Answer(done=True, sentence=f"Line {n}.", bed="chair-1")) for n in range(6)]
    assert answers[-1].sentence == "Line 0. Line 1. Line 2. Line 3. Line 4. Line 5."
    assert heard(Answer(done=True, sentence="Another.", bed="chair-1")).sentence == "Another."


def test_an_emergency_without_a_patient_is_kept_too(nurse: Nurse) -> None:
    nurse.sits_at(None).key(Key.Key_F12)
    assert nurse.done == [deeds.EmergencyCalled()]


# What the pump shows


def test_the_pumps_number_is_never_filled_in(nurse: Nurse) -> None:
    nurse.sits_at(care()).key(Key.Key_F5)
    panel = nurse.dialog(RateDialog)
    assert panel.fields["mg_kg_h"].text() == "0.2"
    assert panel.fields["pump_ml_h"].text() == ""
    assert panel.focusWidget() is panel.fields["pump_ml_h"]


def test_enter_records_what_agrees(nurse: Nurse, qtbot: QtBot) -> None:
    nurse.sits_at(care()).key(Key.Key_F5)
    panel = nurse.dialog(RateDialog)
    qtbot.keyClicks(panel.fields["pump_ml_h"], "14")
    qtbot.keyClick(panel.fields["pump_ml_h"], Key.Key_Return)
    assert nurse.done == [deeds.RateSet(mg_kg_h=0.2, pump_ml_h=14.0)]
    assert panel.isVisible()
    nurse.show(care((*may_raise(), (0, nurse.done[0]))))
    panel.look()
    assert not panel.isVisible()


def test_enter_does_nothing_while_a_line_stops(nurse: Nurse, qtbot: QtBot) -> None:
    nurse.sits_at(care()).key(Key.Key_F5)
    panel = nurse.dialog(RateDialog)
    qtbot.keyClicks(panel.fields["pump_ml_h"], "140")
    qtbot.keyClick(panel.fields["pump_ml_h"], Key.Key_Return)
    assert nurse.done == []
    assert len(panel.findings.rows) >= 3


def test_a_tenfold_error_is_let_pass_line_by_line_by_name(nurse: Nurse, qtbot: QtBot) -> None:
    nurse.sits_at(care()).key(Key.Key_F5)
    panel = nurse.dialog(RateDialog)
    qtbot.keyClicks(panel.fields["pump_ml_h"], "140")
    rows = list(panel.findings.rows.values())
    qtbot.keyClicks(rows[0].by, "Dr Okafor")
    qtbot.keyClicks(rows[0].why, "as decided")
    for row in rows:
        assert not panel.record.isEnabled()
        qtbot.keyClick(row.tick, Key.Key_Return)
    panel.enter()
    sent = nurse.peer.sent[0]
    assert isinstance(sent, DoDeed)
    assert {override.rule for override in sent.overrides} == {row.key for row in rows}
    assert len(rows) >= 3


def test_other_numbers_need_other_names(nurse: Nurse, qtbot: QtBot) -> None:
    nurse.sits_at(care()).key(Key.Key_F5)
    panel = nurse.dialog(RateDialog)
    qtbot.keyClicks(panel.fields["pump_ml_h"], "25")
    panel.findings.fill("Dr Okafor", "as decided")
    assert panel.record.isEnabled()
    qtbot.keyClicks(panel.fields["pump_ml_h"], "0")
    assert not panel.record.isEnabled()
    assert panel.findings.overrides == ()


def test_what_is_typed_stays_when_an_alarm_comes(nurse: Nurse, qtbot: QtBot) -> None:
    nurse.sits_at(care()).key(Key.Key_F5)
    panel = nurse.dialog(RateDialog)
    qtbot.keyClicks(panel.fields["pump_ml_h"], "1")
    nurse.show(care(), alarms=BedAlarms(present=(desaturation(),)))
    panel.look()
    qtbot.keyClicks(panel.fields["pump_ml_h"], "4")
    assert panel.fields["pump_ml_h"].text() == "14"
    assert panel.isVisible()
    assert not panel.isModal()


def test_a_rate_is_not_entered_for_another_patient(nurse: Nurse, qtbot: QtBot) -> None:
    nurse.sits_at(care()).key(Key.Key_F5)
    panel = nurse.dialog(RateDialog)
    qtbot.keyClicks(panel.fields["pump_ml_h"], "14")
    nurse.show(care(infusing(LONG)), session="20260105-09")
    panel.enter()
    assert nurse.done == []
    assert panel._told.text() == ANOTHER


def test_a_rate_waits_until_the_patient_is_sure(nurse: Nurse, qtbot: QtBot) -> None:
    nurse.sits_at(care()).key(Key.Key_F5)
    panel = nurse.dialog(RateDialog)
    qtbot.keyClicks(panel.fields["pump_ml_h"], "14")
    nurse.show(care(unconfirmed="Another monitor was connected."))
    panel.enter()
    assert nurse.done == []


def test_what_the_station_did_not_take_is_said(nurse: Nurse, qtbot: QtBot) -> None:
    nurse.sits_at(care()).key(Key.Key_F5)
    panel = nurse.dialog(RateDialog)
    qtbot.keyClicks(panel.fields["pump_ml_h"], "14")
    panel.enter()
    assert not panel.record.isEnabled()
    nurse.peer.clock.advance(4)  # type: ignore[attr-defined]
    nurse.show(care())
    panel.look()
    assert panel.record.isEnabled()
    assert "Not recorded" in panel._told.text()


@pytest.mark.parametrize(
    ("day", "title"),
    [
        (before_infusion(), "Start the infusion"),
        (may_raise(), "Raise the rate"),
        (PAUSED, "Resume the infusion"),
    ],
)
def test_one_key_starts_raises_and_resumes(nurse: Nurse, day: Any, title: str) -> None:
    nurse.sits_at(care(day)).key(Key.Key_F5)
    assert nurse.dialog(RateDialog).windowTitle() == f"{title} · Chair 1"


# Corrections


def taken_back(number: int, why: str) -> CorrectDeed:
    return CorrectDeed(bed="chair-1", number=number, deed=deeds.Withdrawn(), who=WHO, why=why)


def test_undo_withdraws_ones_own_newest_entry(nurse: Nurse) -> None:
    day = care((*may_raise(), (1, deeds.Noted(text="sleeps"))))
    nurse.sits_at(day).key(Key.Key_Z, CONTROL)
    nurse.key(Key.Key_Z, CONTROL)
    assert nurse.peer.sent == [taken_back(len(day.entries), "slip of the finger")]


def test_undo_of_a_stop_asks_what_the_pump_shows_and_wants_a_reason(nurse: Nurse) -> None:
    day = care((*may_raise(), (1, deeds.Stopped(reason=deeds.StopReason.COMPLETE))))
    nurse.sits_at(day).key(Key.Key_Z, CONTROL)
    panel = nurse.window.room_view.bed_view.care
    assert "infusing 0.1 mg/kg/h, 7 mL/h. What does the pump show?" in panel.question._title.text()
    nurse.key(Key.Key_Return)
    assert nurse.peer.sent == []
    nurse.write("the wrong chair")
    assert nurse.peer.sent == [taken_back(len(day.entries), "the wrong chair")]
    assert panel.question.isHidden()


def test_a_reason_for_an_undo_counts_for_no_later_entry(nurse: Nurse) -> None:
    stop = (1, deeds.Stopped(reason=deeds.StopReason.COMPLETE))
    nurse.sits_at(care((*may_raise(), stop))).key(Key.Key_Z, CONTROL)
    nurse.show(care((*may_raise(), stop, (0.1, deeds.Noted(text="sleeps")))))
    nurse.write("the wrong chair")
    assert nurse.peer.sent == []


@pytest.mark.parametrize("deed", [deeds.EmergencyCalled(), deeds.EmergencyOver()])
def test_an_emergency_is_taken_back_by_no_key(nurse: Nurse, deed: Any) -> None:
    day = (*may_raise(), (1.5, deeds.EmergencyCalled()), (1, deed))
    nurse.sits_at(care(day)).key(Key.Key_Z, CONTROL)
    assert nurse.peer.sent == []
    assert "is not taken back by a key" in nurse.window.room_view.answer_bar.sentence


def test_undo_of_nothing_of_ones_own_says_so(stranger: Nurse) -> None:
    stranger.sits_at(care())
    stranger.window.care_desk.set_who("L. Chen")
    stranger.key(Key.Key_Z, CONTROL)
    assert stranger.peer.sent == []
    assert "no entry of your own" in stranger.window.room_view.answer_bar.sentence


def test_an_entry_is_chosen_in_the_record_and_corrected(nurse: Nurse, qtbot: QtBot) -> None:
    day = care()
    nurse.sits_at(day)
    record = nurse.window.room_view.bed_view.record
    number = next(each.number for each in day.entries if each.deed == deeds.Scored(scale="pain", score=4))
    row = next(at for at in range(record.list.count()) if record.list.item(at).data(256) == number)
    record.list.setCurrentRow(row)
    record.correct_button.click()
    panel = nurse.dialog(CorrectDialog)
    panel._inputs["score"].setCurrentIndex(6)
    assert not panel.agree_button.isEnabled()
    qtbot.keyClicks(panel.why, "misheard")
    panel.agree()
    corrected = deeds.Scored(scale="pain", score=6)
    assert nurse.peer.sent == [
        CorrectDeed(bed="chair-1", number=number, deed=corrected, who=WHO, why="misheard")
    ]


def test_a_correction_that_the_day_cannot_bear_is_refused(nurse: Nurse, qtbot: QtBot) -> None:
    day = care()
    nurse.sits_at(day)
    order = next(each.number for each in day.entries if isinstance(each.deed, deeds.OrderWritten))
    nurse.window.care_desk.do("chair-1", "correct", order)
    panel = nurse.dialog(CorrectDialog)
    qtbot.keyClicks(panel.why, "slip")
    assert not panel.agree_button.isEnabled()
    assert panel._findings.text()


def test_the_record_shows_what_was_corrected(nurse: Nurse) -> None:
    day = care()
    entry = Entry(number=len(day.entries) + 1, at=day.seen.at, who=WHO, deed=deeds.Withdrawn(),
                  corrects=len(day.entries), why="slip")  # fmt: skip
    nurse.sits_at(replace(day, entries=(*day.entries, entry)))
    record = nurse.window.room_view.bed_view.record
    assert record.list.item(0).font().strikeOut()
    assert "(slip): Taken back:" in record.words[1]


# Whose bed it is


def test_two_identifiers_stand_in_the_header(nurse: Nurse) -> None:
    strip = nurse.sits_at(care()).window.room_view.bed_view.header.patient
    assert (strip.name.words, strip.born.text()) == ("Berg, Anna", "born 1980-04-02")


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_a_long_name_leaves_the_date_of_birth_whole(nurse: Nurse, size: tuple[int, int]) -> None:
    nurse.sits_at(care(infusing(LONG)), size=size)
    born = nurse.window.room_view.bed_view.header.patient.born
    assert born.width() >= born.sizeHint().width()
    assert nurse.window.rect().contains(QRect(born.mapTo(nurse.window, QPoint(0, 0)), born.size()))


def test_a_patient_is_confirmed_again_with_both_identifiers_in_sight(nurse: Nurse, qtbot: QtBot) -> None:
    nurse.sits_at(care(unconfirmed="Another monitor was connected."))
    strip = nurse.window.room_view.bed_view.header.patient
    assert (strip._who.words, strip._born_again.text()) == ("Is this Berg, Anna,", "born 1980-04-02?")
    qtbot.mouseClick(strip.confirm, Qt.MouseButton.LeftButton)
    assert nurse.done == [deeds.PatientBound(patient=PATIENT)]


def test_nothing_is_found_under_a_name_that_is_not_sure(nurse: Nurse) -> None:
    nurse.sits_at(care(unconfirmed="Another monitor was connected.")).key(Key.Key_R)
    assert nurse.done == []
    assert "Confirm the patient" in nurse.window.room_view.answer_bar.sentence


@pytest.mark.parametrize("key", [Key.Key_F7, Key.Key_F8, Key.Key_F9])
def test_what_lessens_the_drug_is_possible_for_whoever_sits_there(nurse: Nurse, key: Qt.Key) -> None:
    nurse.sits_at(care(unconfirmed="Another monitor was connected.")).key(key)
    nurse.key(Key.Key_Down)
    nurse.key(Key.Key_Return)
    assert len(nurse.done) == 1


def test_without_a_patient_there_is_no_panel(nurse: Nurse) -> None:
    nurse.sits_at(None)
    assert not nurse.window.room_view.bed_view.care.isVisible()
    nurse.key(Key.Key_R)
    assert nurse.done == []


def test_the_form_that_binds_a_patient_is_offered_once_there_is_one(
    nurse: Nurse, monkeypatch: pytest.MonkeyPatch
) -> None:
    forms = MappingProxyType({"patient": lambda *_: None})
    monkeypatch.setattr("nurse_station.ui.widgets.care_header.OPENERS", forms)
    nurse.sits_at(None)
    assert nurse.window.room_view.bed_view.header.patient.find_button.isVisible()


def test_a_stopped_station_takes_no_finding(nurse: Nurse) -> None:
    nurse.sits_at(care())
    nurse.peer.clock.advance(3)  # type: ignore[attr-defined]
    nurse.window.bridge.look()
    nurse.key(Key.Key_R)
    assert nurse.done == []


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_the_panel_is_as_wide_as_its_place(
    nurse: Nurse, qtbot: QtBot, size: tuple[int, int], scale: float
) -> None:
    low = (*may_raise(), *scored(1, moaas=3))
    nurse.sits_at(care((*low, (0, deeds.Held(why="x")))), size=size, text_scale=scale)
    nurse.key(Key.Key_F8)
    qtbot.wait(20)
    panel = nurse.window.room_view.bed_view.care
    inside, port = panel._area.widget(), panel._area.viewport()
    assert inside.minimumSizeHint().width() <= port.width()


@pytest.mark.parametrize("theme", ["dark", "light", "contrast"])
def test_every_button_of_the_panel_has_name_and_tooltip(nurse: Nurse, theme: str) -> None:
    nurse.sits_at(care((*may_raise(), *scored(1, moaas=3))), theme=theme).key(Key.Key_F8)
    for button in nurse.window.room_view.bed_view.care.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.text() or button.accessibleName()
            assert button.toolTip()


def test_a_patient_without_a_number_has_two_identifiers(nurse: Nurse) -> None:
    someone: Patient = replace(PATIENT, number="")
    nurse.sits_at(care(infusing(someone)))
    assert "no." not in nurse.window.room_view.bed_view.header.patient._day.words


def test_an_emergency_from_a_panel_is_that_of_the_panels_bed(nurse: Nurse, qtbot: QtBot) -> None:
    nurse.sits_at(care(), care(infusing(LONG))).key(Key.Key_F5)
    panel = nurse.dialog(RateDialog)
    nurse.window.choose_bed("chair-2")
    panel.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is panel, timeout=2000)
    qtbot.keyClick(panel.fields["pump_ml_h"], Key.Key_F12)
    assert [command.bed for command in nurse.peer.sent] == ["chair-1"]  # type: ignore[union-attr]
    assert nurse.window.chosen == "chair-1"


def test_a_day_that_is_over_takes_no_finding(nurse: Nurse) -> None:
    over = (*before_infusion(), (1, deeds.Declined(why="fever")))
    nurse.sits_at(care(over)).key(Key.Key_R)
    assert nurse.done == []


# Another bag


def test_another_bag_is_read_off_and_recorded(nurse: Nurse, qtbot: QtBot) -> None:
    nurse.sits_at(care()).key(Key.Key_G)
    panel = nurse.dialog(BagDialog)
    assert [field.text() for field in panel.fields.values()] == ["", "", ""]
    for field, typed in zip(panel.fields.values(), ("500", "1", "B7"), strict=True):
        assert not panel.record.isEnabled()
        qtbot.keyClicks(field, typed)
    qtbot.keyClick(panel.fields["lot"], Key.Key_Return)
    assert nurse.done == [deeds.BagChanged(bag=Bag(ml=500, mg_ml=1, lot="B7"))]


@pytest.mark.parametrize(
    "typed", [("500", "2", "B7"), ("5", "1", "B7"), ("500", "x", "B7"), ("500", "1", " ")]
)
def test_a_bag_that_does_not_agree_is_not_recorded(
    nurse: Nurse, qtbot: QtBot, typed: tuple[str, str, str]
) -> None:
    nurse.sits_at(care()).key(Key.Key_G)
    panel = nurse.dialog(BagDialog)
    for field, words in zip(panel.fields.values(), typed, strict=True):
        qtbot.keyClicks(field, words)
    panel.enter()
    assert nurse.done == []
    assert panel.isVisible()


def test_a_bag_is_not_entered_for_another_patient(nurse: Nurse, qtbot: QtBot) -> None:
    nurse.sits_at(care()).key(Key.Key_G)
    panel = nurse.dialog(BagDialog)
    for field, words in zip(panel.fields.values(), ("500", "1", "B7"), strict=True):
        qtbot.keyClicks(field, words)
    nurse.show(care(infusing(LONG)), session="20260105-09")
    panel.enter()
    assert nurse.done == []


def test_an_alarm_is_acknowledged_under_the_name_of_who_works_here(nurse: Nurse) -> None:
    nurse.sits_at(care())
    nurse.window.bed_actions.acknowledge(nurse.peer.snapshot().beds[0])
    nurse.window.pause_room()
    assert [command.who for command in (nurse.peer.sent[0].command, nurse.peer.sent[1])] == [WHO, WHO]  # type: ignore[union-attr]


def test_limits_are_opened_under_the_name_of_who_works_here(nurse: Nurse) -> None:
    nurse.sits_at(care()).window.open_limits()
    assert nurse.dialog(LimitsDialog)._name == WHO


def test_an_emergency_stands_in_red_above_all_else(nurse: Nurse) -> None:
    nurse.sits_at(care((*may_raise(), (0.7, deeds.EmergencyCalled()))))
    head = nurse.window.room_view.bed_view.care.infusion.emergency
    assert head.isVisible()
    assert head.words == ("EMERGENCY 0:42", "Switch the pump off now.\nCall for help and Dr Okafor.")
