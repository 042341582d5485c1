"""The instructor's window: what it shows, what its keys and buttons ask for, and what it refuses to send."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from instructor_peer import AIRWAY, LOG, SCENARIOS, FakeLesson, events, falling, hidden, lesson
from pytestqt.qtbot import QtBot
from room import FakeStation, station

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from nurse_station.alarms.limit_files import factory_file, load
from nurse_station.alarms.limits import Limits
from nurse_station.audio.speaker import SilentSpeaker
from nurse_station.classroom.lesson import Lesson
from nurse_station.classroom.opened import Place
from nurse_station.classroom.view import (
    SPEEDS,
    Bookmark,
    EndLesson,
    GoAt,
    Hold,
    LessonSnapshot,
    LetHappen,
    PatientSays,
    Rewind,
    SetBookmark,
    ShowHints,
    Stage,
    TriggerEvent,
    Waiting,
    WithholdEvent,
)
from nurse_station.devices.registry import DRIVERS
from nurse_station.infusion.protocol_files import factory_folder, load_all
from nurse_station.training.log import Line, What
from nurse_station.ui.models.instructor import END_QUESTION, FILTERS
from nurse_station.ui.practice.instructor import OLD, OLD_AFTER, InstructorWindow
from nurse_station.ui.practice.instructor_happen import NOTHING_SAID
from nurse_station.ui.practice.instructor_timeline import NO_EVENTS
from nurse_station.ui.theme import apply_theme
from nurse_station.ui.widgets.labels import ElidedLabel
from nurse_station.vitals.clock import ManualClock

CTRL, CTRL_SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
)
Opened = Callable[..., tuple[InstructorWindow, FakeLesson]]


@pytest.fixture
def panel(qtbot: QtBot, qapp: QApplication) -> Iterator[Opened]:
    """Opens the window on a lesson; its timer stands still, tests call `refresh`."""
    windows: list[InstructorWindow] = []

    def open_it(
        shown: LessonSnapshot | None = None, peer: FakeStation | None = None,
        size: tuple[int, int] = (1280, 800),
    ) -> tuple[InstructorWindow, FakeLesson]:  # fmt: skip
        fake = FakeLesson(shown, peer)
        window = InstructorWindow(fake)
        windows.append(window)
        window.resize(*size)
        window.show()
        window._timer.stop()
        window.activateWindow()
        QCoreApplication.processEvents()
        return window, fake

    yield open_it
    for window in windows:
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def press(qtbot: QtBot, widget: QWidget, key: Qt.Key = Qt.Key.Key_Return) -> None:
    """Go to a widget and press a key there."""
    widget.setFocus()
    assert widget.hasFocus()
    qtbot.keyClick(widget, key)


# What is shown


def test_it_says_simulation_whose_lesson_it_is_how_far_and_how_fast(panel: Opened) -> None:
    window, _ = panel()
    assert window.windowTitle().startswith("SIMULATION")
    assert window.head.title.words == "Instructor · Asleep after midazolam"
    assert window.head.who.words == "Trainee Ana Lima · seed 7 · patient SIMULATION Holm, Erik"
    assert window.head.time.text() == "2:10 of 6:00"
    assert window.head.stage.text() == "running"


def test_the_store_of_oxygen_and_the_lag_of_the_monitor_stand_first(panel: Opened) -> None:
    oxygen = panel()[0].body.oxygen
    assert (oxygen.tension.text(), oxygen.blood.text(), oxygen.shown.text()) == ("48 mmHg", "85 %", "93 %")
    assert oxygen.lag.text() == "The monitor shows 8 % above the blood, as it was 20 s ago."
    assert oxygen.still.text() == "0:40"
    assert oxygen.bar.share == pytest.approx(48 / 110)


def test_a_new_picture_is_shown(panel: Opened) -> None:
    window, fake = panel()
    fake.show(
        at=140.0, hidden=hidden(heart_rate=51.0), log=(*LOG, Line(at=140, what=What.DONE, key="oxygen"))
    )
    window.refresh()
    assert window.head.time.text() == "2:20 of 6:00"
    assert window.body.rows["heart_rate"].value.text() == "51"
    assert window.body.befallen.text() == "nothing"
    assert window.log.words[0] == "2:20  Done: oxygen"


def test_the_curve_shows_the_points_and_when_events_happened(panel: Opened) -> None:
    window, _ = panel()
    x, y = window.curve.view.curves[1][0].getData()
    assert list(x) == [point.at for point in falling()]
    assert y[-1] < y[0]
    assert sorted(set(window.curve.view.events.getData()[0])) == [5.0, 60.0, 90.0]


def test_the_curve_can_show_less_and_all(panel: Opened) -> None:
    window, _ = panel(lesson(at=900.0, points=falling(900.0)))
    window.curve.show_width(120.0)
    assert window.curve.view.curves[0][0].getData()[0][0] >= 770
    window.curve.show_width(None)
    assert window.curve.view.curves[0][0].getData()[0][0] == 5


def test_while_it_is_prepared_nothing_is_known_and_nothing_can_be_asked(panel: Opened) -> None:
    shown = LessonSnapshot(scenario=AIRWAY, trainee="", seed=1, stage=Stage.PREPARING, share=0.4, lasts_s=360)
    window, _ = panel(shown)
    assert "40%" in window.notice.text()
    assert window.body.oxygen.tension.text() == "---"
    assert not window.head.hold.isEnabled()
    assert not window.say.isEnabled()
    assert not window.happen.isEnabled()


@pytest.mark.parametrize(("more", "said"), [
    ({"stage": Stage.OVER}, "The lesson is over."),
    ({"stage": Stage.FAILED, "trouble": "The body fell silent."}, "The body fell silent."),
])  # fmt: skip
def test_a_lesson_that_has_ended_says_so_and_takes_nothing_more(
    panel: Opened, qtbot: QtBot, more: dict[str, object], said: str
) -> None:
    window, fake = panel()
    window.ask_to_end()
    fake.show(**more)
    window.refresh()
    assert said in window.notice.text()
    assert window.question.sentence == ""
    for key, held in ((Qt.Key.Key_B, CTRL), (Qt.Key.Key_P, CTRL_SHIFT), (Qt.Key.Key_E, CTRL_SHIFT)):
        qtbot.keyClick(window, key, held)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert fake.wishes == [Hold(on=True)]
    assert window.question.sentence == ""


def test_a_lesson_that_runs_and_tells_nothing_new_is_said_to_be_old(panel: Opened) -> None:
    window, fake = panel()
    for _ in range(OLD_AFTER + 1):
        window.refresh()
    assert window.notice.text() == OLD
    assert window.notice.isVisible()
    fake.show(at=131.0)
    window.refresh()
    assert not window.notice.isVisible()


def test_a_lesson_that_stands_still_is_not_old(panel: Opened) -> None:
    window, _ = panel(lesson(stage=Stage.PAUSED))
    for _ in range(OLD_AFTER + 1):
        window.refresh()
    assert not window.notice.isVisible()
    assert window.head.stage.text() == "PAUSED"


def test_a_station_without_the_bed_is_no_monitor(panel: Opened) -> None:
    window, _ = panel(peer=station())
    assert window.body.oxygen.shown.text() == "---"
    assert window.body.rows["heart_rate"].shown.text() == ""


def test_a_scenario_without_events_says_so(panel: Opened) -> None:
    window, _ = panel(lesson(scenario=replace(AIRWAY, happens=()), events=(), log=()))
    assert window.timeline._no_events.text() == NO_EVENTS
    assert window.log.empty.isVisible()


def test_a_refusal_is_shown_as_a_sentence(panel: Opened) -> None:
    window, fake = panel()
    fake.waiting = ["“Closes” has already happened."]
    window.refresh()
    assert window.refused.isVisible()
    assert window.refused.sentence.endswith("“Closes” has already happened.")


@pytest.mark.parametrize("name", list(FILTERS))
def test_the_log_can_be_narrowed(panel: Opened, name: str) -> None:
    window, _ = panel()
    window.log.filter.setCurrentText(name)
    assert len(window.log.words) == sum(line.what in FILTERS[name] for line in LOG)


def test_the_log_grows_at_its_top_and_only_by_what_is_wanted(panel: Opened) -> None:
    window, fake = panel()
    window.log.filter.setCurrentText("Alarms")
    fake.show(log=(*LOG, Line(at=131, what=What.DONE, key="oxygen"),
                   Line(at=132, what=What.ALARM_ENDED, key="apnoea")))  # fmt: skip
    window.refresh()
    assert window.log.words == ("2:12  Alarm over: Apnoea", "1:52  Alarm: Apnoea (HIGH)")


def test_after_a_rewinding_everything_is_of_the_new_past(panel: Opened) -> None:
    window, fake = panel()
    window.ask_to_rewind(fake.shown.bookmarks[1])
    fake.show(generation=1, at=85.0, log=LOG[:2], points=falling(85.0), hidden=hidden(),
              events=events(midazolam=5.0, snores=60.0), bookmarks=fake.shown.bookmarks[:1])  # fmt: skip
    window.refresh()
    assert window.question.sentence == ""
    assert len(window.log.words) == 2
    assert window.curve.view.curves[0][0].getData()[0][-1] == 85
    assert [line.words.words for line in window.bookmarks.lines] == ["0:00 · the beginning"]
    assert window.timeline.expected[1].state.text() == "waits for “closes”"


# What is asked for


def test_an_event_is_triggered_withheld_and_let_go_by_keyboard(panel: Opened, qtbot: QtBot) -> None:
    window, fake = panel()
    press(qtbot, window.timeline.lines["closes"].trigger)
    press(qtbot, window.timeline.lines["closes"].withhold, Qt.Key.Key_Space)
    kept = tuple(replace(each, state=Waiting.WITHHELD) if each.name == "closes" else each
                 for each in fake.shown.events)  # fmt: skip
    fake.show(events=kept)
    window.refresh()
    assert window.timeline.lines["closes"].withhold.text() == "Let go"
    press(qtbot, window.timeline.lines["closes"].withhold)
    assert fake.wishes == [TriggerEvent(name="closes"), WithholdEvent(name="closes", on=True),
                           WithholdEvent(name="closes", on=False)]  # fmt: skip


def test_what_has_happened_cannot_be_triggered(panel: Opened) -> None:
    line = panel()[0].timeline.lines["snores"]
    assert not line.trigger.isVisible()
    assert not line.withhold.isVisible()
    assert line.state.text() == "happened 1:00"


def test_no_row_of_the_timeline_moves_when_an_event_happens(panel: Opened, qtbot: QtBot) -> None:
    window, fake = panel()
    names = [event.name for event in fake.shown.events if event.state is Waiting.WAITING]
    qtbot.wait(20)
    before = {name: (line.y(), line.height()) for name, line in window.timeline.lines.items()}
    happened = tuple(replace(event, state=Waiting.HAPPENED, at=100.0) for event in fake.shown.events)
    fake.show(events=happened)
    window.refresh()
    qtbot.wait(20)
    assert names
    assert {name: (line.y(), line.height()) for name, line in window.timeline.lines.items()} == before


def test_tab_comes_to_every_button_that_can_be_pressed(panel: Opened, qtbot: QtBot) -> None:
    window, _ = panel()
    window.setFocus()
    seen: list[QWidget] = []
    for _ in range(80):
        qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    wanted = [made for made in window.findChildren(QPushButton) if made.isVisible() and made.isEnabled()]
    assert [made.text() for made in wanted if made not in seen] == []


@pytest.mark.parametrize(("stage", "on"), [(Stage.RUNNING, True), (Stage.PAUSED, False)])
def test_space_holds_the_lesson_and_lets_it_go_on(
    panel: Opened, qtbot: QtBot, stage: Stage, *, on: bool
) -> None:
    window, fake = panel(lesson(stage=stage))
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.keyClick(window.say.field, Qt.Key.Key_P, CTRL_SHIFT)
    assert fake.wishes == [Hold(on=on), Hold(on=on)]


def test_space_in_a_field_is_a_space(panel: Opened, qtbot: QtBot) -> None:
    window, fake = panel()
    window.say.field.setFocus()
    qtbot.keyClicks(window.say.field, "it hurts")
    assert (window.say.field.text(), fake.wishes) == ("it hurts", [])


def test_a_click_on_a_button_leaves_space_to_the_pause(panel: Opened, qtbot: QtBot) -> None:
    window, fake = panel()
    qtbot.mouseClick(window.timeline.lines["closes"].withhold, Qt.MouseButton.LeftButton)
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Space)
    assert fake.wishes == [WithholdEvent(name="closes", on=True), Hold(on=True)]


def test_each_speed_has_its_button_and_two_keys_go_through_them(panel: Opened, qtbot: QtBot) -> None:
    window, fake = panel()
    for speed in SPEEDS:
        window.head.speeds[speed].click()
    assert fake.wishes == [GoAt(speed=speed) for speed in SPEEDS]
    fake.wishes.clear()
    qtbot.keyClick(window, Qt.Key.Key_Down, CTRL_SHIFT)
    qtbot.keyClick(window, Qt.Key.Key_Up, CTRL_SHIFT)
    assert fake.wishes == [GoAt(speed=2.0)]


def test_a_lesson_slowed_by_an_alarm_says_why(panel: Opened) -> None:
    window, _ = panel(lesson(speed=1.0, wanted=10.0))
    assert "alarm" in window.head.reason.words


def test_hints_are_switched(panel: Opened) -> None:
    window, fake = panel(lesson(hints=False))
    window.head.hints.click()
    assert fake.wishes == [ShowHints(on=True)]


def test_a_bookmark_is_set_at_once_with_the_words_in_its_field(panel: Opened, qtbot: QtBot) -> None:
    window, fake = panel()
    window.tabs.setCurrentWidget(window.bookmarks)
    qtbot.keyClicks(window.bookmarks.field, "  before   it closes ")
    qtbot.keyClick(window, Qt.Key.Key_B, CTRL)
    qtbot.keyClick(window, Qt.Key.Key_B, CTRL)
    assert fake.wishes == [SetBookmark(words="before it closes"), SetBookmark(words="")]


def test_a_rewinding_asks_once_and_then_goes_back_by_keyboard(panel: Opened, qtbot: QtBot) -> None:
    window, fake = panel()
    window.tabs.setCurrentWidget(window.bookmarks)
    press(qtbot, window.bookmarks.lines[0].rewind)
    assert "never was" in window.question.sentence
    assert fake.wishes == [Hold(on=True)], "it stands still while it is asked"
    press(qtbot, window.question.yes)
    assert fake.wishes == [Hold(on=True), Hold(on=False), Rewind(number=1)]
    assert window.question.sentence == ""


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_a_question_that_is_waved_away_lets_it_go_on(panel: Opened, qtbot: QtBot, key: Qt.Key) -> None:
    window, fake = panel()
    window.ask_to_rewind(fake.shown.bookmarks[0])
    qtbot.keyClick(QApplication.focusWidget(), key)
    assert (window.question.sentence, fake.wishes) == ("", [Hold(on=True), Hold(on=False)])


def test_a_lesson_that_stood_still_stands_still_after_a_question(panel: Opened) -> None:
    window, fake = panel(lesson(stage=Stage.PAUSED))
    window.ask_to_rewind(fake.shown.bookmarks[0])
    window.question.close_question()
    assert fake.wishes == []


def test_a_bookmark_of_another_past_is_not_gone_back_to(panel: Opened) -> None:
    window, fake = panel()
    window.ask_to_rewind(fake.shown.bookmarks[1])
    window._shown = replace(fake.shown, generation=1)
    window.question.yes.click()
    assert fake.wishes == [Hold(on=True), Hold(on=False)]


def test_the_end_asks_first(panel: Opened, qtbot: QtBot) -> None:
    window, fake = panel()
    qtbot.keyClick(window, Qt.Key.Key_E, CTRL_SHIFT)
    assert (window.question.sentence, fake.wishes) == (END_QUESTION, [Hold(on=True)])
    window.question.yes.click()
    assert fake.wishes == [Hold(on=True), Hold(on=False), EndLesson()]


def test_closing_the_window_ends_nothing(panel: Opened) -> None:
    window, fake = panel()
    window.close()
    assert (fake.wishes, fake.closed) == ([], False)


def chosen(window: InstructorWindow, kind: str, what: str = "") -> list[QLineEdit]:
    """The fields of the form for that."""
    form = window.happen
    window.tabs.setCurrentWidget(form)
    form.kind.setCurrentIndex(form.kind.findData(kind))
    if what:
        form.what.setCurrentIndex(form.what.findData(what))
    return [cell.field for cell in form.numbers]


def test_something_is_let_happen_by_keyboard(panel: Opened, qtbot: QtBot) -> None:
    window, fake = panel()
    size, lasts = chosen(window, "befall", "bradycardia")
    qtbot.keyClicks(size, "45")
    qtbot.keyClicks(lasts, "90")
    qtbot.keyClick(lasts, Qt.Key.Key_Return)
    [wish] = fake.wishes
    assert isinstance(wish, LetHappen)
    assert (wish.deed.kind, wish.deed.what) == ("befall", "bradycardia")
    assert wish.deed.numbers == {"size": 45.0, "lasts_s": 90.0}
    assert (size.text(), lasts.text()) == ("", "")


@pytest.mark.parametrize(("kind", "what", "typed", "wrong"), [
    ("befall", "bradycardia", ("10", ""), (True, False)),
    ("befall", "apnoea", ("1", "soon"), (False, True)),
    ("give", "midazolam", ("",), (True, False)),
    ("give", "midazolam", ("-1",), (True, False)),
    ("pump", "", ("99999",), (True, False)),
])  # fmt: skip
def test_what_the_form_refuses_is_said_beside_the_field_and_not_sent(
    panel: Opened, kind: str, what: str, typed: tuple[str, ...], wrong: tuple[bool, bool]
) -> None:
    window, fake = panel()
    for field, text in zip(chosen(window, kind, what), typed, strict=False):
        field.setText(text)
    window.happen.send.click()
    assert fake.wishes == []
    assert tuple(bool(cell.beside.text()) for cell in window.happen.numbers) == wrong


def test_another_kind_forgets_what_was_typed_for_the_last(panel: Opened) -> None:
    window, fake = panel()
    size, _ = chosen(window, "befall", "bradycardia")
    size.setText("10")
    window.happen.send.click()
    chosen(window, "probe_off")
    assert not any(cell.isVisible() for cell in window.happen.numbers)
    window.happen.send.click()
    [wish] = fake.wishes
    assert isinstance(wish, LetHappen)
    assert (wish.deed.kind, dict(wish.deed.numbers)) == ("probe_off", {})


def test_the_instructor_speaks_as_the_patient(panel: Opened, qtbot: QtBot) -> None:
    window, fake = panel()
    qtbot.keyClick(window.say.field, Qt.Key.Key_Return)
    assert (window.say.beside.text(), fake.wishes) == (NOTHING_SAID, [])
    qtbot.keyClicks(window.say.field, "  My arm   burns. ")
    qtbot.keyClick(window.say.field, Qt.Key.Key_Return)
    assert fake.wishes == [PatientSays(text="My arm burns.")]
    assert window.say.beside.text() == ""


# A real lesson


@pytest.fixture
def real(tmp_path: Path) -> Iterator[tuple[Lesson, ManualClock]]:
    """A lesson that lives by hand: no thread, a clock that a test moves."""
    clock = ManualClock(1000.0)
    place = Place(
        folder=tmp_path, clock=clock, speaker=SilentSpeaker, limits=Limits(factory=load(factory_file())),
        protocols=load_all(factory_folder()), drivers=DRIVERS,
    )  # fmt: skip
    made = Lesson(AIRWAY, "Ana Lima", 7, place, tmp_path / "lesson", lambda _: None)
    made.prepare()
    yield made, clock
    made.close()


def live(pair: tuple[Lesson, ManualClock], until: float) -> None:
    made, clock = pair
    while made.snapshot().at < until:
        clock.advance(0.5)
        made.step()


def test_a_real_lesson_is_led_from_the_panel(qtbot: QtBot, real: tuple[Lesson, ManualClock]) -> None:
    made, _ = real
    window = InstructorWindow(made)
    qtbot.addWidget(window)
    window.show()
    window._timer.stop()
    live(real, 8)
    window.refresh()
    assert window.body.rows["sao2"].shown.words.startswith("SpO₂ ")
    assert window.timeline.lines["midazolam"].state.text() == "happened 0:05"
    window.timeline.lines["closes"].trigger.click()
    live(real, 12)
    window.refresh()
    assert window.body.befallen.text() == "Airway obstruction"
    assert any(words.startswith("0:08  Event: Airway obstruction begins") for words in window.log.words)
    window.bookmarks.lines[-1].rewind.click()
    window.question.yes.click()
    made.step()  # does what was wished
    live(real, 1)
    window.refresh()
    assert window.log.words == ()
    assert window.body.befallen.text() == "nothing"
    assert window.timeline.lines["closes"].state.text() == "waiting"


# How it looks


def cut(window: QWidget) -> list[str]:
    """Words that do not fit where they stand."""
    made: list[str] = []
    for label in window.findChildren(QLabel):
        wide = QFontMetrics(label.font()).horizontalAdvance(label.text())
        if label.isVisible() and not label.wordWrap() and not isinstance(label, ElidedLabel):
            made += [label.text()] if wide > label.width() + 1 else []
    for button in window.findChildren(QPushButton):
        wide = QFontMetrics(button.font()).horizontalAdvance(button.text().replace("&", ""))
        made += [button.text()] if button.isVisible() and wide > button.width() - 8 else []
    return made


@pytest.mark.parametrize("size", [(1024, 640), (1280, 800), (1920, 1080)])
@pytest.mark.parametrize(("theme", "scale"), [("dark", 1.0), ("light", 1.0), ("contrast", 1.5)])
def test_no_words_are_cut_with_long_names_and_large_text(
    panel: Opened, qapp: QApplication, size: tuple[int, int], theme: str, scale: float
) -> None:
    apply_theme(qapp, theme, text_scale=scale)
    long = replace(AIRWAY, name="Airway obstruction of an anxious patient " * 3)
    window, fake = panel(lesson(long, trainee="Maximiliane Wolkenstein-Oberhuber " * 2), size=size)
    assert (window.width(), window.height()) == size
    assert cut(window) == []
    assert window.live.horizontalScrollBar().maximum() == 0 or size[0] / scale < 800
    fake.waiting = ["A very long sentence about what was refused, and why it was not done. " * 3]
    window.refresh()
    window.ask_to_rewind(Bookmark(number=3, at=7.0, words="a moment with many words to it " * 3))
    QCoreApplication.processEvents()
    assert (window.width(), window.height()) == size
    assert cut(window) == []


def test_at_1280_by_800_all_of_the_body_is_seen_without_scrolling(panel: Opened) -> None:
    window, _ = panel()
    for bar in (window.live.verticalScrollBar(), window.live.horizontalScrollBar()):
        assert bar.maximum() == 0


def test_where_there_is_room_three_columns_stand_beside_each_other(panel: Opened) -> None:
    window, _ = panel(size=(1920, 1080))
    QCoreApplication.processEvents()
    assert window.live.geometry().right() < window.timeline.x()
    assert window.timeline.geometry().right() < window.doing.x()


def test_another_theme_makes_the_window_anew_with_what_it_showed(panel: Opened, qapp: QApplication) -> None:
    window, fake = panel()
    apply_theme(qapp, "light")
    assert window.head.time.text() == "2:10 of 6:00"
    assert len(window.log.words) == len(LOG)
    window.timeline.lines["closes"].trigger.click()
    assert fake.wishes == [TriggerEvent(name="closes")]


@pytest.mark.parametrize("key", sorted(SCENARIOS))
def test_every_shipped_scenario_can_be_led(panel: Opened, key: str) -> None:
    scenario = SCENARIOS[key]
    window, _ = panel(lesson(scenario, log=(), events=events(scenario), at=3.0, points=()))
    assert list(window.timeline.lines) == [row.name for row in scenario.happens]
    assert len(window.timeline.expected) == len(scenario.expected)


def test_every_button_and_field_has_a_name_for_a_screen_reader(panel: Opened) -> None:
    window, _ = panel()
    for made in (*window.findChildren(QPushButton), *window.findChildren(QLineEdit)):
        assert made.accessibleName(), made.text()


def test_a_timer_looks_while_the_window_is_shown_and_not_after(panel: Opened) -> None:
    fake = FakeLesson()
    window = InstructorWindow(fake)
    assert not window._timer.isActive()
    window.show()
    assert window._timer.isActive()
    assert window._timer.interval() == 200
    window.hide()
    assert not window._timer.isActive()
    window.deleteLater()
