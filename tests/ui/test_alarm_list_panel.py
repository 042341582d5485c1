"""The alarm list on the screen: it stands still while alarms come, and says when there is nothing to list."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QScrollArea, QWidget

from nurse_station.alarms.changes import Act, ActTaken, AlarmChange, Entry
from nurse_station.alarms.conditions import CONDITIONS
from nurse_station.alarms.lifecycle import Event, State
from nurse_station.alarms.words import Priority
from nurse_station.ui import theme
from nurse_station.ui.dialogs.alarm_list import NO_ALARMS, NO_SESSION, NONE_MATCH, AlarmListDialog
from nurse_station.ui.dialogs.alarm_model import ROW_ROLE, AlarmListModel
from nurse_station.ui.dialogs.alarm_openers import open_alarms
from nurse_station.ui.window import MainWindow
from nurse_station.vitals.clock import ManualClock
from tests.ui.room import START, FakeStation, alarmed, bed, empty_bed, fill, station


@pytest.fixture(autouse=True)
def _nothing_left_over(qapp: QApplication) -> Iterator[None]:
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def change(at: float, event: Event, condition: str = "spo2_low", who: str = "") -> AlarmChange:
    """One step of an alarm, MEDIUM, `at` seconds after the start."""
    after = State.INACTIVE if event is Event.ENDED else State.ACTIVE
    return AlarmChange(
        number=1, at=START + at, condition=condition, kind=CONDITIONS[condition].kind, event=event,
        before=State.PENDING, after=after, priority=Priority.MEDIUM, acknowledged=bool(who), value=91.0,
        limit=92.0, delay_s=15.0, detail=("spo2",), onset=START + at - 15, who=who,
    )  # fmt: skip


def episode(at: float, condition: str = "spo2_low") -> list[Entry]:
    """Six seconds of an alarm."""
    return [change(at, Event.DELAY_ELAPSED, condition), change(at + 6, Event.ENDED, condition)]


def pause(at: float) -> ActTaken:
    return ActTaken(number=1, at=START + at, act=Act.AUDIO_PAUSED, who="Ana", until=START + at + 120)


def many(number: int) -> list[Entry]:
    return [entry for n in range(number) for entry in episode(-10.0 * (number - n) - 20)]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(1600, 900)
    widget.show()
    return widget


@pytest.fixture
def peer() -> FakeStation:
    made = station(alarmed(1), bed(2), empty_bed(3))
    made.alarm_logs["chair-1"] = [*many(60), pause(-15), change(-10, Event.DELAY_ELAPSED)]
    return made


@pytest.fixture
def panel(peer: FakeStation, window: QWidget) -> AlarmListDialog:
    made = AlarmListDialog(peer, "chair-1", window)
    made.show()
    return made


def model_of(panel: AlarmListDialog) -> AlarmListModel:
    model = panel.list.model()
    assert isinstance(model, AlarmListModel)
    return model


def titles(panel: AlarmListDialog) -> list[str]:
    model = model_of(panel)
    return [str(model.data(model.index(line))) for line in range(model.rowCount())]


def words(panel: QWidget) -> str:
    return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def choose(panel: QWidget, name: str, choice: str) -> None:
    combo = next(c for c in panel.findChildren(QComboBox) if c.accessibleName() == name)
    combo.setCurrentText(choice)


def press(panel: QWidget, name: str) -> None:
    next(b for b in panel.findChildren(QPushButton) if b.accessibleName() == name).click()


def test_the_newest_is_first(panel: AlarmListDialog) -> None:
    assert titles(panel)[:2] == ["** SpO₂ 91 < 92", "Audio paused for 120 s"]
    assert len(titles(panel)) == 62


def test_the_model_keeps_the_rules_of_qt(qtmodeltester: ModelTester, panel: AlarmListDialog) -> None:
    qtmodeltester.check(model_of(panel))


def test_what_comes_is_listed_at_once(panel: AlarmListDialog, peer: FakeStation) -> None:
    peer.alarm_logs["chair-1"] += [pause(-1)]
    panel.look()
    assert titles(panel)[0] == "Audio paused for 120 s"


def test_an_acknowledged_alarm_leaves_the_unacknowledged(panel: AlarmListDialog, peer: FakeStation) -> None:
    press(panel, "Only unacknowledged")
    before = len(titles(panel))
    peer.alarm_logs["chair-1"] += [change(-2, Event.ACKNOWLEDGED, who="Ana")]
    panel.look()
    assert len(titles(panel)) == before - 1


def test_the_chosen_row_and_the_scroll_stay_while_alarms_come(
    panel: AlarmListDialog, peer: FakeStation, qapp: QApplication
) -> None:
    qapp.processEvents()
    model, bar = model_of(panel), panel.list.verticalScrollBar()
    panel.list.setCurrentIndex(model.index(30))
    bar.setValue(bar.maximum() // 2 + 7)
    chosen = panel.list.currentIndex().data(ROW_ROLE)
    where = panel.list.visualRect(panel.list.currentIndex()).top()
    peer.alarm_logs["chair-1"] += [pause(-3), pause(-2), pause(-1)]
    panel.look()
    qapp.processEvents()
    assert panel.list.currentIndex().data(ROW_ROLE) == chosen
    assert panel.list.currentIndex().row() == 33
    assert panel.list.visualRect(panel.list.currentIndex()).top() == where


def test_at_its_top_the_list_follows(panel: AlarmListDialog, peer: FakeStation, qapp: QApplication) -> None:
    qapp.processEvents()
    peer.alarm_logs["chair-1"] += [pause(-1)]
    panel.look()
    qapp.processEvents()
    assert panel.list.verticalScrollBar().value() == 0


def test_a_filter_keeps_the_chosen_row(panel: AlarmListDialog) -> None:
    panel.list.setCurrentIndex(model_of(panel).index(5))
    chosen = panel.list.currentIndex().data(ROW_ROLE)
    choose(panel, "Kind", "Physiological")
    assert panel.list.currentIndex().data(ROW_ROLE) == chosen


def test_the_length_of_what_is_present_grows(panel: AlarmListDialog, peer: FakeStation, qtbot: QtBot) -> None:
    assert isinstance(peer.clock, ManualClock)
    peer.clock.advance(5)
    with qtbot.waitSignal(model_of(panel).dataChanged):
        panel.look()


def test_search_finds_words_of_a_row(panel: AlarmListDialog) -> None:
    panel.findChildren(QLineEdit)[0].setText("paused")
    assert titles(panel) == ["Audio paused for 120 s"]


def test_without_a_match_it_says_so(panel: AlarmListDialog) -> None:
    choose(panel, "Priority", "High")
    assert titles(panel) == []
    assert NONE_MATCH in words(panel)


def test_a_session_without_alarms_and_a_bed_without_a_session_are_told_apart(panel: AlarmListDialog) -> None:
    panel.show_bed("chair-2")
    assert NO_ALARMS in words(panel)
    panel.show_bed("chair-3")
    assert NO_SESSION in words(panel)


def test_of_all_beds_each_row_names_its_bed(panel: AlarmListDialog, peer: FakeStation) -> None:
    peer.alarm_logs["chair-2"] = list(episode(-5))
    choose(panel, "Bed", "All beds")
    model = model_of(panel)
    assert model.rowCount() == 63
    assert "Chair 2" in str(model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole))


def test_the_alarms_of_another_patient_are_never_shown(panel: AlarmListDialog, peer: FakeStation) -> None:
    peer.alarm_logs["chair-1"] = [pause(-1)]
    peer.room = replace(peer.room, beds=(replace(alarmed(1), session="next"), *peer.room.beds[1:]))
    panel.look()
    assert titles(panel) == ["Audio paused for 120 s"]
    texts = [label.text() for label in panel.findChildren(QLabel)]
    assert texts[texts.index("alarms") - 1] == "0"


def test_the_figures_stand_at_the_head_of_one_bed_and_not_of_all(panel: AlarmListDialog) -> None:
    assert "alarms an hour" in words(panel)
    choose(panel, "Bed", "All beds")
    assert "alarms an hour" not in words(panel)


def test_figures_count_the_minutes_without_a_value(peer: FakeStation, window: QWidget) -> None:
    fill(peer.history("chair-1"), START)
    panel = AlarmListDialog(peer, "chair-1", window)
    panel.show()
    texts = [label.text() for label in panel.findChildren(QLabel)]
    assert texts[texts.index("without a valid SpO₂") - 1] == "0.0 min"


def test_enter_and_a_double_click_ask_for_that_moment(panel: AlarmListDialog, qtbot: QtBot) -> None:
    panel.list.setCurrentIndex(model_of(panel).index(1))
    with qtbot.waitSignal(panel.moment_chosen) as asked:
        qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert asked.args == ["chair-1", START - 15]


def test_a_moment_is_shown_on_the_windows_ribbon(
    opened: Callable[..., MainWindow], peer: FakeStation
) -> None:
    fill(peer.history("chair-2"), START)
    window = opened(peer)
    window.room_view.bed_view.make_ribbon()
    panel = open_alarms(peer, peer.room.beds[1], "", window)
    window.room_view.advance(START)
    panel.moment_chosen.emit("chair-2", START - 4800)
    ribbon = window.room_view.bed_view.ribbon
    assert ribbon is not None
    assert window.chosen == "chair-2"
    assert ribbon.gaze.end is not None
    assert ribbon.gaze.end - 3600 < START - 4800 < ribbon.gaze.end


def test_opened_again_the_same_panel_shows_the_other_bed(peer: FakeStation, window: QWidget) -> None:
    first = open_alarms(peer, peer.room.beds[0], "", window)
    second = open_alarms(peer, peer.room.beds[1], "", window)
    assert first is second
    assert second.bed == "chair-2"


def test_thousands_are_folded_once(window: QWidget, peer: FakeStation) -> None:
    log = peer.alarm_logs["chair-1"] = many(2500)
    panel = AlarmListDialog(peer, "chair-1", window)
    asked: list[int] = []

    class Counted(list[Entry]):
        def __getitem__(self, key):  # type: ignore[no-untyped-def]
            if isinstance(key, slice):
                asked.append(len(range(*key.indices(len(self)))))
            return super().__getitem__(key)

    peer.alarm_logs["chair-1"] = Counted(log)
    for _ in range(4):
        panel.look()
    peer.alarm_logs["chair-1"].append(pause(-1))
    panel.look()
    assert sum(asked) == 5001
    assert len(titles(panel)) == 2501


@pytest.mark.parametrize("key", ["dark", "light", "contrast"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_row_is_painted_and_nothing_is_cut_off(
    peer: FakeStation, window: QWidget, qapp: QApplication, key: str, scale: float
) -> None:
    theme.apply_theme(qapp, key, text_scale=scale)
    window.resize(1920, 1080)
    panel = AlarmListDialog(peer, "chair-1", window)
    panel.show()
    panel.list.setCurrentIndex(model_of(panel).index(1))
    assert not panel.grab().isNull()
    area = panel.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()
    assert panel.geometry().top() >= window.frameGeometry().top() + 60
    assert not panel.isModal()
