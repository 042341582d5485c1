"""The trainee's window over a lesson made by hand: by keyboard, by mouse, and what it shows."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from practice_room import AIRWAY, LOG, TRAINEE, FakeLesson, bedside, snapshot
from pytestqt.qtbot import QtBot
from room import care, infusing

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel

from nurse_station.classroom.view import DoAtBedside, EndLesson, GoAt, Hold, Stage
from nurse_station.sessions import deeds
from nurse_station.settings.model import Settings
from nurse_station.station.commands import AskAlarms
from nurse_station.ui.dress import dress
from nurse_station.ui.models import practice
from nurse_station.ui.models.practice import Kind
from nurse_station.ui.practice import window as practice_window
from nurse_station.ui.practice.palette import NOTHING_FITS, STANDS_STILL
from nurse_station.ui.practice.voice import SILENT
from nurse_station.ui.practice.window import LEAVES_THE_LESSON, PRACTICE_KEYS, PracticeWindow
from nurse_station.ui.shortcuts import CARE_KEYS, REVIEW_KEYS, SHORTCUTS
from nurse_station.ui.theme import apply_theme

Key = Qt.Key
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
BOTH = CONTROL | Qt.KeyboardModifier.ShiftModifier
Enter = Callable[..., PracticeWindow]


@pytest.fixture
def entered(qtbot: QtBot) -> Iterator[Enter]:
    """Opens windows of lessons, and closes them without asking."""
    made: list[PracticeWindow] = []

    def enter(lesson: FakeLesson, size: tuple[int, int] = (1280, 800), **settings: object) -> PracticeWindow:
        choice = Settings(**settings)  # type: ignore[arg-type]
        dress(choice)
        window = PracticeWindow(lesson, choice)
        window.resize(*size)
        window.show()
        window.bridge.look()
        window.watch.look()
        with qtbot.waitActive(window):
            window.activateWindow()
        made.append(window)
        return window

    yield enter
    for window in made:
        window.stop()
        window.hide()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def done(lesson: FakeLesson) -> list[str]:
    """Keys of what was done at the bed; doses and rates with their number."""
    return [f"{wish.action.key} {wish.action.number:g}" if wish.action.number is not None else wish.action.key
            for wish in lesson.sent if isinstance(wish, DoAtBedside)]  # fmt: skip


def look(window: PracticeWindow, lesson: FakeLesson, **change: object) -> None:
    lesson.change(**change)
    window.watch.look()


def test_ctrl_k_and_a_word_do_it_by_keyboard(entered: Enter, qtbot: QtBot) -> None:
    lesson = FakeLesson(snapshot())
    window = entered(lesson)
    qtbot.keyClick(window, Key.Key_K, CONTROL)
    assert QApplication.focusWidget() is window.deeds.field
    qtbot.keyClicks(window.deeds.field, "jaw")
    qtbot.keyClick(window.deeds.field, Key.Key_Return)
    assert done(lesson) == ["jaw_thrust"]
    assert window.deeds.field.text() == ""


def test_letters_in_the_field_do_not_reach_the_keys_of_the_room(entered: Enter, qtbot: QtBot) -> None:
    lesson = FakeLesson(snapshot())
    window = entered(lesson)
    window.find_act()
    qtbot.keyClicks(window.deeds.field, "ruigwpnbal 5")
    assert window.deeds.field.text() == "ruigwpnbal 5"
    assert not lesson.station.sent
    assert window.deeds.offered == ()
    assert NOTHING_FITS in words_in(window)


def test_escape_gives_the_keys_back_to_the_room(entered: Enter, qtbot: QtBot) -> None:
    lesson = FakeLesson(snapshot(), bedside(alarm=True))
    window = entered(lesson)
    window.find_act()
    qtbot.keyClick(window.deeds.field, Key.Key_Escape)
    lesson.station.clock.advance(5)  # type: ignore[attr-defined]
    qtbot.keyClick(window, Key.Key_F3)
    assert isinstance(lesson.station.sent[-1], AskAlarms)


def test_the_strip_has_the_newest_first(entered: Enter) -> None:
    window = entered(FakeLesson(snapshot(log=LOG)))
    assert [said.at for said in window.voice.shown] == [110, 105, 62, 5]


def test_silence_says_so(entered: Enter) -> None:
    assert SILENT in words_in(entered(FakeLesson(snapshot())))


def test_a_wish_that_was_not_done_is_told_once(entered: Enter) -> None:
    lesson = FakeLesson(snapshot(log=LOG))
    window = entered(lesson)
    lesson.waiting = ["The lesson stands still.", "An alarm of the airway stops a raise."]
    window.watch.look()
    assert [said.words for said in window.voice.shown][0] == "The lesson stands still."
    assert sum("stops a raise" in said.words for said in window.voice.shown) == 1


def test_folded_the_palette_says_how_much_was_missed(entered: Enter, qtbot: QtBot) -> None:
    lesson = FakeLesson(snapshot())
    window = entered(lesson)
    qtbot.keyClick(window, Key.Key_K, BOTH)
    assert window.folded
    look(window, lesson, log=LOG)
    assert window.bar.fold.text() == "Bedside ◂ 4 new"
    qtbot.keyClick(window, Key.Key_K, CONTROL)
    assert not window.folded
    assert window.bar.fold.text() == "Bedside ▸"


def test_the_word_stands_across_the_window_and_first_in_its_title(entered: Enter) -> None:
    window = entered(FakeLesson(snapshot()))
    assert window.bar.band.isVisible()
    assert window.bar.band.width() > 500
    assert window.bar.band.words == f"SIMULATION · practice · {AIRWAY.name} · no patient is treated here"
    assert window.windowTitle().startswith("SIMULATION")


def test_the_lesson_is_held_and_goes_on(entered: Enter, qtbot: QtBot) -> None:
    lesson = FakeLesson(snapshot())
    window = entered(lesson)
    qtbot.keyClick(window, Key.Key_P, BOTH)
    look(window, lesson, stage=Stage.PAUSED)
    assert window.bar.hold.text() == "Go on"
    assert window.deeds.last_words == STANDS_STILL
    assert not window.deeds.cards["call_name"].isEnabled()
    qtbot.mouseClick(window.bar.hold, Qt.MouseButton.LeftButton)
    assert lesson.sent == [Hold(on=True), Hold(on=False)]


def test_the_speed_is_changed_by_keys(entered: Enter, qtbot: QtBot) -> None:
    lesson = FakeLesson(snapshot())
    window = entered(lesson)
    qtbot.keyClick(window, Key.Key_Up, BOTH)
    look(window, lesson, wanted=2.0, speed=2.0)
    assert window.bar.speed.currentText() == "2×"
    qtbot.keyClick(window, Key.Key_Down, BOTH)
    qtbot.keyClick(window, Key.Key_Down, BOTH)
    assert lesson.sent == [GoAt(speed=2.0), GoAt(speed=1.0), GoAt(speed=1.0)]


@pytest.mark.parametrize("agreed", [True, False])
def test_the_end_is_asked_for(
    entered: Enter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, agreed: bool
) -> None:
    monkeypatch.setattr(practice_window, "agrees", lambda *_: agreed)
    lesson = FakeLesson(snapshot())
    qtbot.keyClick(entered(lesson), Key.Key_E, BOTH)
    assert lesson.sent == ([EndLesson()] if agreed else [])


def test_its_end_is_told_once_the_debrief_is_there(entered: Enter, qtbot: QtBot) -> None:
    from practice_room import debrief

    lesson = FakeLesson(snapshot())
    window = entered(lesson)
    look(window, lesson, stage=Stage.OVER)
    assert "debrief" in window.bar.stage.text()
    with qtbot.waitSignal(window.over, timeout=1000) as told:
        look(window, lesson, debrief=debrief())
    assert told.args[0].debrief == debrief()


def test_a_lesson_that_failed_says_why(entered: Enter, qtbot: QtBot) -> None:
    lesson = FakeLesson(snapshot())
    window = entered(lesson)
    with qtbot.waitSignal(window.failed, timeout=1000) as told:
        look(window, lesson, stage=Stage.FAILED, trouble="The disk is full.")
    assert told.args == ["The disk is full."]


def test_closed_before_its_end_it_is_left_only_if_agreed(
    entered: Enter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = entered(FakeLesson(snapshot()))
    monkeypatch.setattr(practice_window, "agrees", lambda *_: False)
    assert not window.close()
    monkeypatch.setattr(practice_window, "agrees", lambda *_: True)
    with qtbot.waitSignal(window.left, timeout=1000):
        assert window.close()


def test_of_another_past_nothing_stays(entered: Enter) -> None:
    lesson = FakeLesson(snapshot(log=LOG), bedside(alarm=True))
    window = entered(lesson)
    before, dialog = window.room_view, QDialog(window)
    dialog.show()
    lesson.station.room = bedside().room
    look(window, lesson, generation=1, at=3.0, log=LOG[:1])
    assert window.room_view is not before
    assert not dialog.isVisible()
    assert [said.at for said in window.voice.shown] == [3, 5]
    assert window.voice.shown[0].words == "Back at 0:03: what came after it has not happened."
    look(window, lesson, at=4.0)
    assert len(window.voice.shown) == 2, "it is told once, and stays"
    assert window.room_view.top_bar.alarm_bar.alarm is None
    assert not window.room_view.rail.isVisible()


def test_after_a_rewinding_the_keyboard_is_at_the_care(entered: Enter, qtbot: QtBot) -> None:
    lesson = FakeLesson(snapshot())
    window = entered(lesson)
    look(window, lesson, generation=1, at=3.0)
    qtbot.waitUntil(lambda: window.focusWidget() is window.room_view.bed_view.care)


def test_what_would_leave_the_lesson_is_refused_in_words(entered: Enter) -> None:
    lesson = FakeLesson(snapshot())
    window = entered(lesson)
    for act in sorted(LEAVES_THE_LESSON):
        window.room_view.answer_bar.hide()
        window.room_view.bed_view.asked.emit(act, "")
        assert window.room_view.answer_bar.isVisible(), act
        assert window.room_view.answer_bar.sentence.endswith(practice.NOT_HERE)
    assert not lesson.station.sent
    assert not [each for each in window.findChildren(QDialog) if each.isVisible()]


def test_ctrl_n_connects_no_monitor(entered: Enter, qtbot: QtBot) -> None:
    lesson = FakeLesson(snapshot())
    window = entered(lesson)
    qtbot.keyClick(window, Key.Key_N, CONTROL)
    assert window.room_view.answer_bar.sentence.endswith(practice.NOT_HERE)


def test_the_trainee_is_who_enters(entered: Enter) -> None:
    assert entered(FakeLesson(snapshot())).care_desk.who == TRAINEE


def test_a_lesson_that_falls_silent_says_that_nobody_hears_it(entered: Enter) -> None:
    window = entered(FakeLesson(snapshot()))
    for _ in range(2):
        window.show_silence("A station watches.")
    assert window.bar.silent.isVisible()
    assert [(said.words, said.kind) for said in window.voice.shown] == [("A station watches.", Kind.SOUND)]
    window.show_silence("")
    assert not window.bar.silent.isVisible()


def test_the_patients_name_has_the_place_of_the_bed_s(entered: Enter) -> None:
    header = entered(FakeLesson(snapshot())).room_view.bed_view.header
    assert header.patient.name.isVisible()
    assert "Practice chair" not in {
        label.text() for label in header.findChildren(QLabel) if label.isVisible()
    }


def test_keys_of_practice_are_no_keys_of_the_room() -> None:
    keys = [
        QKeySequence(row.keys).toString() for row in (*SHORTCUTS, *CARE_KEYS, *REVIEW_KEYS, *PRACTICE_KEYS)
    ]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(("size", "scale"), [((1280, 800), 1.0), ((1280, 800), 1.4), ((1920, 1080), 1.6)])
def test_numbers_and_alarms_are_whole_beside_the_palette(
    entered: Enter, qtbot: QtBot, size: tuple[int, int], scale: float
) -> None:
    window = entered(FakeLesson(snapshot(log=LOG), bedside(alarm=True)), size, text_scale=scale)
    qtbot.wait(20)
    room = window.room_view
    seen = [room.top_bar.alarm_bar, room.bed_view.numerics, *room.bed_view.numerics.blocks.values()]
    place = room.mapTo(window, QPoint(0, 0))
    within = room.rect().translated(place)
    assert within.right() < window.deeds.mapTo(window, QPoint(0, 0)).x()
    for part in seen:
        assert part.isVisible()
        whole, seen_of_it = part.rect(), part.visibleRegion().boundingRect()
        scrolled = scale > 1 and seen_of_it.isEmpty()
        assert seen_of_it.width() == whole.width() or scrolled, type(part).__name__
        assert seen_of_it == whole or scale > 1, "large text scrolls up and down, as without a palette"


def test_every_button_of_practice_has_a_name(entered: Enter) -> None:
    window = entered(FakeLesson(snapshot()))
    for part in (window.bar, window.deeds):
        for button in part.findChildren(QAbstractButton):
            if button.parent() is not window.deeds.field:  # Qt's own button that clears the field
                assert button.accessibleName(), button.text()


def test_another_theme_dresses_the_palette_anew(entered: Enter, qapp: QApplication) -> None:
    window = entered(FakeLesson(snapshot(log=LOG)))
    before = window.deeds
    apply_theme(qapp, "light")
    assert window.deeds is not before
    assert len(window.voice.shown) == 4


def words_in(window: PracticeWindow) -> list[str]:
    side = window.deeds.parentWidget()
    assert side is not None
    return [label.text() for label in side.findChildren(QLabel) if label.isVisible()]


def test_every_dialog_of_the_window_bears_the_word(entered: Enter, qtbot: QtBot) -> None:
    window = entered(FakeLesson(snapshot()))
    for keys in (Key.Key_A, Key.Key_L, Key.Key_W, Key.Key_F1):
        qtbot.keyClick(window, keys)
    QCoreApplication.sendPostedEvents()
    titles = [dialog.windowTitle() for dialog in window.findChildren(QDialog)]
    assert len(titles) == 4
    assert all(title.startswith("SIMULATION · ") for title in titles), titles


def test_the_sheet_of_keys_has_those_of_practice(entered: Enter, qtbot: QtBot) -> None:
    window = entered(FakeLesson(snapshot()))
    qtbot.keyClick(window, Key.Key_F1)
    [sheet] = [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
    said = " ".join(label.text() for label in sheet.findChildren(QLabel))
    for row in PRACTICE_KEYS:
        assert row.words in said


@pytest.mark.parametrize(
    ("window", "scale", "width"), [(1280, 1.0, 260), (1280, 2.0, 307), (1920, 1.0, 360), (1024, 1.0, 260)]
)
def test_the_palette_is_as_wide_as_the_bed_lets_it(window: int, scale: float, width: int) -> None:
    assert practice_window.side_width(window, scale) == width


def test_where_large_text_leaves_no_room_the_palette_is_folded_at_first(entered: Enter) -> None:
    window = entered(FakeLesson(snapshot()), text_scale=2.0)
    window.start()
    assert window.folded
    window.find_act()
    assert not window.folded


@pytest.mark.parametrize("size", [(1280, 800), (1366, 768), (1920, 1080)])
@pytest.mark.parametrize(
    "state", [infusing(), (*infusing(), (1, deeds.Paused(why="x")))], ids=["runs", "paused"]
)
def test_the_care_panel_has_room_beside_the_palette(
    entered: Enter, qtbot: QtBot, size: tuple[int, int], state: tuple[Any, ...]
) -> None:
    peer = bedside()
    peer.room = replace(peer.room, beds=(replace(peer.room.beds[0], care=care(state)),))
    window = entered(FakeLesson(snapshot(), peer), size)
    qtbot.wait(20)
    panel = window.room_view.bed_view.care
    inside, port = panel._area.widget(), panel._area.viewport()
    assert inside.minimumSizeHint().width() <= port.width()


def test_of_a_long_name_the_beginning_is_read_and_all_in_the_tooltip(entered: Enter, qtbot: QtBot) -> None:
    name = "Schwester Anna-Katharina Elisabeth von Hohenfels"
    window = entered(FakeLesson(snapshot(trainee=name)))
    qtbot.wait(20)
    button = window.room_view.bed_view.care.who
    assert button.text().startswith("Schwester")
    assert button.text().endswith("…  W")
    assert button.fontMetrics().horizontalAdvance(button.text()) <= button.width()
    assert name in button.toolTip()
    assert name in button.accessibleName()


def test_where_an_alarm_has_no_room_for_both_the_name_of_the_one_bed_goes(
    entered: Enter, qtbot: QtBot
) -> None:
    window = entered(FakeLesson(snapshot(), bedside(alarm=True)), (1280, 800))
    bar = window.room_view.top_bar.alarm_bar
    assert bar.alarm is not None
    bar.setFixedWidth(300)
    with_name = bar.grab().toImage()
    bar.show_alarm(replace(bar.alarm, place=""), bar.more)
    assert bar.grab().toImage() == with_name
