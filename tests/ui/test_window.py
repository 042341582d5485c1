"""The whole window, by keyboard, over a station made by hand."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot
from room import START, FakeStation, age_of, bed, empty_bed, fill, line, station

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMessageBox, QWidget

from nurse_station.settings.model import BedSettings, Settings
from nurse_station.station.commands import AddNote, DisconnectMonitor, EndSession, RenameBed
from nurse_station.station.snapshots import LineState
from nurse_station.station.view import Answer
from nurse_station.ui import bed_actions, guard, texts, window
from nurse_station.ui.shortcuts import SHORTCUTS
from nurse_station.ui.widgets.labels import ElidedLabel
from nurse_station.ui.window import MainWindow
from nurse_station.vitals.clock import ManualClock

Opener = Callable[..., MainWindow]


def advance(peer: FakeStation, seconds: float) -> None:
    assert isinstance(peer.clock, ManualClock)
    peer.clock.advance(seconds)


def test_the_first_bed_is_shown_first(opened: Opener) -> None:
    assert opened(station(bed(1), bed(2))).chosen == "chair-1"


@pytest.mark.parametrize(
    ("key", "chosen"),
    [(Qt.Key.Key_2, "chair-2"), (Qt.Key.Key_9, "chair-1"), (Qt.Key.Key_PageDown, "chair-2"),
     (Qt.Key.Key_PageUp, "chair-3")],
)  # fmt: skip
def test_keys_choose_beds(opened: Opener, qtbot: QtBot, key: Qt.Key, chosen: str) -> None:
    shown = opened(station(bed(1), bed(2), bed(3)))
    with qtbot.waitActive(shown):
        shown.activateWindow()
    qtbot.keyClick(shown, key)
    assert shown.chosen == chosen


def test_a_bed_that_is_not_there_is_not_chosen(opened: Opener) -> None:
    shown = opened(station(bed(1)))
    shown.choose_bed("chair-9")
    assert shown.chosen == "chair-1"


def test_a_bed_that_went_away_gives_its_place_to_the_first(opened: Opener) -> None:
    peer = station(bed(1), bed(2))
    shown = opened(peer)
    shown.choose_bed("chair-2")
    peer.room = replace(peer.room, beds=peer.room.beds[:1])
    shown.bridge.look()
    assert shown.chosen == "chair-1"


def test_values_of_the_chosen_bed_are_shown(opened: Opener) -> None:
    shown = opened(station(bed(1)))
    block = shown.room_view.bed_view.numerics.blocks["hr"].block
    assert block is not None
    assert block.value == "82"


@pytest.mark.hazard("H-07")
def test_a_stopped_station_shows_no_value_and_says_so(opened: Opener) -> None:
    peer = station(bed(1))
    shown = opened(peer)
    advance(peer, 3)
    shown.bridge.look()
    assert shown.room_view.top_bar.banner.words.endswith(texts.STOPPED)
    assert not shown.room_view.rail.isVisible()
    assert not shown.room_view.bed_view.numerics.isVisible()


def test_a_station_that_goes_on_is_shown_again(opened: Opener) -> None:
    peer = station(bed(1))
    shown = opened(peer)
    advance(peer, 3)
    shown.bridge.look()
    peer.room = age_of(peer.room, peer.clock)
    shown.bridge.look()
    assert shown.room_view.rail.isVisible()
    assert shown.room_view.top_bar.banner.words == ""


@pytest.mark.parametrize("simulated", [True, False])
def test_the_band_stands_while_any_bed_is_simulated(opened: Opener, simulated: bool) -> None:
    shown = opened(station(bed(1), bed(2, simulated=simulated)))
    assert shown.room_view.band.isVisible() is simulated


def test_a_room_without_beds_says_what_to_do(opened: Opener) -> None:
    shown = opened(station())
    words = [label.words for label in shown.findChildren(ElidedLabel) if label.isVisible()]
    assert texts.NO_BEDS in words
    assert shown.room_view.bed_view.empty.button.isVisible()


def test_an_answer_is_told(opened: Opener) -> None:
    peer = station(bed(1))
    shown = opened(peer)
    peer.waiting = [Answer(done=False, sentence="COM4 is used by Chair 2.")]
    shown.bridge.look()
    assert "COM4 is used by Chair 2." in shown.room_view.answer_bar.sentence


def test_the_banner_takes_the_nurse_to_its_bed(opened: Opener, qtbot: QtBot) -> None:
    shown = opened(station(bed(1), bed(2, lines=(line(LineState.LOST),))))
    qtbot.mouseClick(shown.room_view.top_bar.banner, Qt.MouseButton.LeftButton)
    assert shown.chosen == "chair-2"


def test_a_frame_moves_the_waves(opened: Opener) -> None:
    peer = station(bed(1))
    fill(peer.history("chair-1"), START, minutes=2)
    shown = opened(peer)
    for _ in range(3):
        advance(peer, 0.033)
        peer.room = age_of(peer.room, peer.clock)
        shown.bridge.look()
    assert not shown.grab().isNull()


def test_the_ribbon_is_made_after_the_first_paint(opened: Opener, qtbot: QtBot) -> None:
    shown = opened(station(bed(1)))
    qtbot.waitUntil(lambda: shown.room_view.bed_view.ribbon is not None, timeout=5000)


@pytest.mark.parametrize("row", SHORTCUTS, ids=lambda row: row.action)
def test_every_key_of_the_table_is_a_key_and_has_a_slot(row: object) -> None:
    assert not QKeySequence(row.keys).isEmpty()  # type: ignore[attr-defined]
    assert callable(getattr(MainWindow, row.action))  # type: ignore[attr-defined]


def test_no_key_does_two_things() -> None:
    keys = [QKeySequence(row.keys).toString() for row in SHORTCUTS]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("scale", [1.0, 1.4, 2.0])
@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_every_bar_fits_into_the_window(opened: Opener, size: tuple[int, int], scale: float) -> None:
    beds = (bed(1, name="Recovery lounge, window seat by the garden door", simulated=True), empty_bed(2))
    shown = opened(station(*beds), size, text_scale=scale)
    assert (shown.width(), shown.height()) == size
    view = shown.room_view
    for part in (view.top_bar, view.band, view.footer, view.rail, view.bed_view):
        assert shown.rect().contains(QRect(part.mapTo(shown, part.rect().topLeft()), part.size()))


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_everything_of_a_bed_is_seen_without_scrolling(opened: Opener, size: tuple[int, int]) -> None:
    shown = opened(station(bed(1)), size)
    view = shown.room_view.bed_view
    for part in (view.header, view.waves, view.numerics, view.monitor):
        assert shown.rect().contains(QRect(part.mapTo(shown, part.rect().topLeft()), part.size()))
        assert part.visibleRegion().boundingRect().size() == part.size()


def test_every_button_has_a_name(opened: Opener) -> None:
    shown = opened(station(bed(1), empty_bed(2)))
    for button in shown.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.text() or button.accessibleName()


def test_every_label_that_is_cut_has_its_words_in_a_tooltip(opened: Opener) -> None:
    shown = opened(station(bed(1, name="Recovery lounge, window seat " * 3)), text_scale=2.0)
    for label in shown.findChildren(ElidedLabel):
        if label.isVisible() and label.text() != label.words:
            assert label.toolTip()


def test_new_settings_are_saved_and_seen_at_once(opened: Opener, qapp: QApplication) -> None:
    peer = station(bed(1))
    saved: list[Settings] = []
    shown = opened(peer)
    shown._save = saved.append
    chosen = Settings(theme="light", beds=(BedSettings(key="chair-1", name="Window"),))
    shown.keep_settings(chosen)
    assert saved == [chosen]
    assert peer.sent == [RenameBed(bed="chair-1", name="Window")]
    assert shown.room_view.isVisible()


class Says:
    """Answers every question of the window without showing it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, yes: bool, text: str = "") -> None:
        self.questions: list[str] = []
        self._yes = yes

        def agrees(_window: QWidget, _title: str, sentence: str, _yes: str) -> bool:
            self.questions.append(sentence)
            return yes

        monkeypatch.setattr(bed_actions, "agrees", agrees)
        monkeypatch.setattr(window, "agrees", agrees)
        for name in ("getText", "getMultiLineText"):
            monkeypatch.setattr(bed_actions.QInputDialog, name, lambda *_a, **_k: (text, yes))


@pytest.mark.parametrize("yes", [True, False])
def test_a_recording_station_is_left_only_when_the_nurse_agrees(
    opened: Opener, monkeypatch: pytest.MonkeyPatch, yes: bool
) -> None:
    said = Says(monkeypatch, yes=yes)
    shown = opened(station(bed(1)))
    assert shown.close() is yes
    assert "Chair 1" in said.questions[0]


def test_a_station_that_records_nothing_is_left_without_a_question(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = Says(monkeypatch, yes=False)
    assert opened(station(empty_bed(1))).close()
    assert said.questions == []


@pytest.mark.parametrize(
    ("action", "command"),
    [("note", AddNote(bed="chair-1", text="Slept.")), ("rename", RenameBed(bed="chair-1", name="Slept.")),
     ("end", EndSession(bed="chair-1")),
     ("disconnect", DisconnectMonitor(bed="chair-1", source="ge-s5-dri"))],
)  # fmt: skip
@pytest.mark.parametrize("yes", [True, False])
def test_what_is_asked_of_a_bed_is_sent_when_the_nurse_agrees(
    opened: Opener, monkeypatch: pytest.MonkeyPatch, action: str, command: object, yes: bool
) -> None:
    Says(monkeypatch, yes=yes, text=" Slept. ")
    peer = station(bed(1))
    opened(peer).room_view.asked.emit(action, "ge-s5-dri")
    assert peer.sent == ([command] if yes else [])


def test_enter_does_not_agree_to_what_cannot_be_taken_back(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    defaults: list[str] = []

    def look(box: QMessageBox) -> int:
        button = box.defaultButton()
        assert button is not None
        defaults.append(button.text().replace("&", ""))
        return 0

    monkeypatch.setattr(bed_actions.QMessageBox, "exec", look)
    parent = QLabel()
    qtbot.addWidget(parent)
    assert not bed_actions.agrees(parent, "End", "End the session?", "End the session")
    assert defaults == ["Cancel"]


@pytest.mark.parametrize(
    ("pyside", "python", "refused"),
    [((6, 12), (3, 11), True), ((6, 12), (3, 12), False), ((6, 11), (3, 11), False),
     ((6, 13), (3, 11), False)],
)  # fmt: skip
def test_the_pair_that_fails_is_refused(
    pyside: tuple[int, int], python: tuple[int, int], refused: bool
) -> None:
    assert guard.unsuitable(pyside, python) is refused


def test_a_refused_qt_ends_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(window, "unsuitable_qt", lambda: guard.ADVICE)
    assert window.open_window(station(bed(1)), Settings()) == 2
    assert "Python 3.12 or newer" in capsys.readouterr().err


def test_where_the_screen_cannot_be_filled_no_number_stays(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(station(bed(1), bed(2)))
    shown = window.room_view.bed_view
    with monkeypatch.context() as patch:
        patch.setattr(shown, "show_bed", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            window.show_room(window._room)
    assert not window.room_view.rail.isVisible()
    assert not shown.numerics.isVisible()
    window.show_room(window._room)
    assert shown.numerics.isVisible()
