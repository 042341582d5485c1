"""Alarms on the whole window: what is seen where, what a press does, what is said."""

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

import pytest
from pytestqt.qtbot import QtBot
from room import (
    HIGH,
    LOW,
    MEDIUM,
    MUTE,
    START,
    FakeStation,
    alarm,
    alarmed,
    desaturation,
    line,
    slow_breath,
    station,
)

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from nurse_station.alarms.commands import Acknowledge, CancelPause, PauseAudio
from nurse_station.alarms.lifecycle import State
from nurse_station.alarms.signals import AlarmStatus
from nurse_station.station.commands import AskAlarms, PauseRoom, TestSound
from nurse_station.station.snapshots import LineState
from nurse_station.ui import alarm_texts, bed_actions, texts
from nurse_station.ui.models.alarm_marks import BlockSigns
from nurse_station.ui.models.alarms import Look
from nurse_station.ui.models.flash import lights
from nurse_station.ui.shortcuts import SHORTCUTS
from nurse_station.ui.widgets.numeric_block import limit_lines
from nurse_station.ui.window import SETTLED_S, MainWindow
from nurse_station.vitals.clock import ManualClock

Opener = Callable[..., MainWindow]
ACKNOWLEDGED = AskAlarms(bed="chair-1", command=Acknowledge(who="nurse"))
LATCHED = desaturation(state=State.LATCHED, value=97.0)
EVERY_LOOK = (
    desaturation(), desaturation(acknowledged=True), LATCHED, slow_breath(), alarm("check_overdue", LOW),
    desaturation(state=State.UNRESOLVED, value=None), alarm("link_lost", HIGH, value=12.0, limit=5.0),
)  # fmt: skip


def wait(peer: FakeStation, seconds: float) -> None:
    assert isinstance(peer.clock, ManualClock)
    peer.clock.advance(seconds)


def press(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_the_bar_shows_the_most_urgent_alarm_of_the_room_and_how_many_more(opened: Opener) -> None:
    shown = opened(station(alarmed(1, slow_breath()), alarmed(2, desaturation())))
    bar = shown.room_view.top_bar.alarm_bar
    assert bar.isVisible()
    assert bar.words == "*** Chair 2 · SpO₂ 84 < 85 · 1:24 · +1 more"
    assert not shown.room_view.top_bar.banner.isVisible()


def test_notices_are_counted_behind_the_alarm(opened: Opener) -> None:
    lost = alarmed(2, lines=(line(LineState.LOST),))
    shown = opened(station(alarmed(1, desaturation()), lost))
    assert shown.room_view.top_bar.alarm_bar.more == 1
    assert "line lost" in shown.room_view.top_bar.alarm_bar.toolTip()


def test_nothing_moves_when_an_alarm_comes(opened: Opener) -> None:
    peer = station(alarmed(1, pause_s=0), alarmed(2))
    shown = opened(peer)
    QApplication.processEvents()
    parts = (shown.room_view.bed_view, shown.room_view.bed_view.waves, *shown.room_view.rail.tiles)
    before = [part.geometry() for part in parts]
    peer.room = replace(peer.room, beds=(alarmed(1, desaturation()), alarmed(2, slow_breath())))
    shown.bridge.look()
    QApplication.processEvents()
    assert [part.geometry() for part in parts] == before


def test_limits_take_one_line_where_two_do_not_fit() -> None:
    beside = BlockSigns(low="50", high="120", wider=frozenset({"high"}), beyond="low")
    assert limit_lines(beside, 2) == [("120 ↕", True, False), ("50", True, True)]
    assert limit_lines(beside, 1) == [("50–120 ↕", True, True)]
    assert limit_lines(beside, 0) == []
    assert limit_lines(BlockSigns(low="92"), 1) == [("92", False, False)]


def test_a_quiet_room_has_no_bar(opened: Opener) -> None:
    shown = opened(station(alarmed(1)))
    assert not shown.room_view.top_bar.alarm_bar.isVisible()
    assert not shown.room_view.silent_bar.isVisible()
    assert not any(side.isVisible() for side in shown.room_view.bed_view.frame.sides)


def test_a_stopped_station_shows_no_alarm_that_may_be_over(opened: Opener) -> None:
    peer = station(alarmed(1, desaturation()))
    shown = opened(peer)
    wait(peer, 3)
    shown.bridge.look()
    assert not shown.room_view.top_bar.alarm_bar.isVisible()
    assert shown.room_view.top_bar.banner.words.endswith(texts.STOPPED)
    assert not any(side.isVisible() for side in shown.room_view.bed_view.frame.sides)


def test_the_block_the_tile_and_the_frame_show_the_alarm(opened: Opener) -> None:
    view = opened(station(alarmed(1, desaturation()), alarmed(2))).room_view
    block = view.bed_view.numerics.blocks["spo2"]
    assert block.signs.alarm is not None
    assert view.rail.tiles[0].tile is not None
    assert view.rail.tiles[0].tile.alarm is not None
    assert view.bed_view.header.strip.words == ("*** SpO₂ 84 < 85 · 1:24",)
    assert all(side.isVisible() for side in view.bed_view.frame.sides)
    assert "high priority" in block.accessibleName()


def test_the_first_press_on_the_bar_goes_to_the_bed_the_next_acknowledges(
    opened: Opener, qtbot: QtBot
) -> None:
    peer = station(alarmed(1), alarmed(2, desaturation()))
    shown = opened(peer)
    bar = shown.room_view.top_bar.alarm_bar
    press(qtbot, bar)
    assert (shown.chosen, peer.sent) == ("chair-2", [])
    wait(peer, SETTLED_S + 0.01)
    press(qtbot, bar)
    assert peer.sent == [AskAlarms(bed="chair-2", command=Acknowledge(who="nurse"))]


def test_a_double_press_does_not_acknowledge_what_nobody_has_seen(opened: Opener, qtbot: QtBot) -> None:
    peer = station(alarmed(1), alarmed(2, desaturation()))
    shown = opened(peer)
    bar = shown.room_view.top_bar.alarm_bar
    press(qtbot, bar)
    qtbot.mouseDClick(bar, Qt.MouseButton.LeftButton)
    press(qtbot, bar)
    assert (shown.chosen, peer.sent) == ("chair-2", [])


def test_an_alarm_that_came_this_moment_is_not_acknowledged_unseen(opened: Opener, qtbot: QtBot) -> None:
    peer = station(alarmed(1, slow_breath(), desaturation(since=START - 0.1)))
    shown = opened(peer)
    shown.acknowledge()
    assert peer.sent == []
    assert "look at it, then acknowledge" in shown.room_view.answer_bar.sentence
    wait(peer, SETTLED_S + 0.01)
    shown.acknowledge()
    assert peer.sent == [ACKNOWLEDGED]


@pytest.mark.parametrize("status", [desaturation(), LATCHED])
def test_a_key_and_a_button_acknowledge_the_shown_bed(
    opened: Opener, qtbot: QtBot, status: AlarmStatus
) -> None:
    peer = station(alarmed(1, status))
    shown = opened(peer)
    button = shown.room_view.bed_view.header.acknowledge_button
    assert "F3" in button.text()
    press(qtbot, button)
    with qtbot.waitActive(shown):
        shown.activateWindow()
    qtbot.keyClick(shown, Qt.Key.Key_F3)
    assert peer.sent == [ACKNOWLEDGED, ACKNOWLEDGED]


@pytest.mark.parametrize("present", [(), (desaturation(acknowledged=True),)])
def test_there_is_nothing_to_acknowledge_where_all_is_seen(
    opened: Opener, present: tuple[AlarmStatus, ...]
) -> None:
    peer = station(alarmed(1, *present))
    shown = opened(peer)
    assert not shown.room_view.bed_view.header.acknowledge_button.isEnabled()
    shown.acknowledge()
    assert peer.sent == []


@pytest.mark.parametrize(
    ("pause_s", "command"), [(0, PauseAudio(who="nurse")), (60, CancelPause(who="nurse"))]
)
def test_a_beds_sound_is_paused_and_the_second_press_ends_it(
    opened: Opener, qtbot: QtBot, pause_s: float, command: object
) -> None:
    peer = station(alarmed(1, desaturation(), pause_s=pause_s))
    shown = opened(peer)
    press(qtbot, shown.room_view.bed_view.header.pause_button)
    assert peer.sent == [AskAlarms(bed="chair-1", command=command)]  # type: ignore[arg-type]


def test_a_pause_counts_down_on_bed_tile_and_bar(opened: Opener) -> None:
    view = opened(station(alarmed(1, desaturation(), pause_s=112), alarmed(2))).room_view
    assert view.bed_view.header.pause_button.text() == "Paused 1:52"
    assert view.top_bar.audio.words == "Chair 1 paused 1:52"
    assert view.rail.tiles[0].tile is not None
    assert view.rail.tiles[0].tile.paused == "1:52"
    assert "audio paused 1:52" in view.rail.tiles[0].accessibleName()


def test_the_whole_room_is_paused_by_one_button(opened: Opener, qtbot: QtBot) -> None:
    peer = station(alarmed(1))
    press(qtbot, opened(peer).room_view.top_bar.audio.pause_button)
    assert peer.sent == [PauseRoom(who="nurse")]


def test_a_press_on_the_state_of_the_sound_tests_it(opened: Opener, qtbot: QtBot) -> None:
    peer = station(alarmed(1))
    press(qtbot, opened(peer).room_view.top_bar.audio.state_button)
    assert peer.sent == [TestSound(who="nurse")]


def test_a_station_that_cannot_be_heard_says_so_across_the_window(opened: Opener, qtbot: QtBot) -> None:
    fault = alarm("no_audio", MEDIUM, detail=("audio_unusable",))
    peer = station(alarmed(1, fault), alarmed(2, fault), audio=MUTE)
    shown = opened(peer)
    banner = shown.room_view.silent_bar
    assert banner.isVisible()
    assert banner.width() == shown.width()
    assert banner.words.startswith(alarm_texts.NO_SOUND)
    assert not shown.room_view.top_bar.alarm_bar.isVisible()
    press(qtbot, banner)
    assert [command.bed for command in peer.sent] == ["chair-1", "chair-2"]  # type: ignore[union-attr]


def test_a_key_walks_through_the_beds_in_alarm(opened: Opener) -> None:
    shown = opened(station(alarmed(1), alarmed(2, slow_breath()), alarmed(3, desaturation())))
    walked = []
    for _ in range(3):
        shown.choose_alarm()
        walked.append(shown.chosen)
    assert walked == ["chair-3", "chair-2", "chair-3"]


def test_a_new_alarm_is_said_to_a_screen_reader_once(opened: Opener, qtbot: QtBot) -> None:
    peer = station(alarmed(1))
    shown = opened(peer)
    said: list[str] = []
    shown.announcer.said.connect(said.append)
    for present in (desaturation(), desaturation(value=83.0), desaturation(acknowledged=True)):
        status = replace(present, priority=HIGH)
        peer.room = replace(peer.room, beds=(alarmed(1, status),))
        shown.bridge.look()
    assert said == ["Chair 1, high priority, Desaturation, SpO₂ 84 below 85"]


def test_a_press_on_a_value_asks_for_its_limits(opened: Opener, qtbot: QtBot) -> None:
    shown = opened(station(alarmed(1)))
    with qtbot.waitSignal(shown.room_view.asked) as asked:
        press(qtbot, shown.room_view.bed_view.numerics.blocks["rr"])
    assert asked.args == ["limits", "rr"]


@pytest.mark.parametrize("action", ["alarms", "limits"])
def test_the_panels_of_alarms_are_opened_about_what_was_pressed(
    opened: Opener, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    shown = opened(station(alarmed(1)))
    calls: list[tuple[str, str]] = []
    openers = {action: lambda _view, bed, about, _window: calls.append((bed.bed, about))}
    monkeypatch.setattr(bed_actions, "OPENERS", MappingProxyType(openers))
    shown.room_view.asked.emit(action, "rr")
    assert calls == [("chair-1", "rr")]


def test_every_key_has_a_slot_of_its_own() -> None:
    assert all(callable(getattr(MainWindow, row.action)) for row in SHORTCUTS)
    assert len({row.keys for row in SHORTCUTS}) == len(SHORTCUTS)


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("theme", ["dark", "light", "contrast"])
def test_every_look_is_painted_at_every_size_and_phase(opened: Opener, theme: str, scale: float) -> None:
    name = "Recovery lounge, window seat by the garden door"
    off = {"off": MappingProxyType({"rr_high": "talks", "hr_high": "athlete"})}
    beds = [alarmed(n, s, name=name, alarms=off, pause_s=50) for n, s in enumerate(EVERY_LOOK, start=1)]
    shown = opened(station(*beds, audio=MUTE), theme=theme, text_scale=scale)
    for bed in beds:
        shown.choose_bed(bed.bed)
        for at in (0.0, 0.3):
            shown.room_view.advance(START + at)
            assert not shown.grab().isNull()
    bar = shown.room_view.top_bar
    assert shown.rect().contains(QRect(bar.mapTo(shown, bar.rect().topLeft()), bar.size()))


def test_a_latched_alarm_is_never_filled(opened: Opener) -> None:
    shown = opened(station(alarmed(1, LATCHED)))
    alarm_shown = shown.room_view.top_bar.alarm_bar.alarm
    assert alarm_shown is not None
    assert alarm_shown.look is Look.LATCHED
    image = shown.room_view.bed_view.numerics.blocks["spo2"].grab().toImage()
    middle = image.pixelColor(image.width() // 3, image.height() // 2)
    assert middle.name() == shown.palette().alternateBase().color().name()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_question_covers_the_alarm_of_the_room(
    opened: Opener, monkeypatch: pytest.MonkeyPatch, scale: float
) -> None:
    shown = opened(station(alarmed(1, desaturation())), text_scale=scale)
    covered: list[bool] = []

    def look(box: QMessageBox) -> int:
        box.show()
        QApplication.processEvents()
        bar = shown.room_view.top_bar
        covered.append(
            box.frameGeometry().intersects(QRect(bar.mapToGlobal(bar.rect().topLeft()), bar.size()))
        )
        box.hide()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", look)
    shown.room_view.asked.emit("end", "")
    assert covered == [False]


def test_flashing_goes_on_while_nothing_new_comes(opened: Opener) -> None:
    peer = station(alarmed(1, desaturation()))
    shown = opened(peer)
    bar = shown.room_view.top_bar.alarm_bar
    seen = []
    for _ in range(20):
        wait(peer, 0.05)
        shown.bridge.look()
        seen.append(bar.lights == lights(peer.clock.now()))
    assert all(seen)
