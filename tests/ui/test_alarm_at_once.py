"""An alarm is painted before anything else, and the words of a wall have turns."""

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

import pytest
from pytestqt.qtbot import QtBot
from room import START, FakeStation, age_of, alarmed, bed, desaturation, numerics, station

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPaintEvent

from nurse_station.ui.bridge import Bridge
from nurse_station.ui.models.numerics import Moment
from nurse_station.ui.models.wall import Wording, worded
from nurse_station.ui.widgets.alarm_bar import AlarmBar
from nurse_station.ui.window import MainWindow
from nurse_station.vitals.clock import ManualClock


def test_at_an_alarm_the_room_is_shown_and_the_waves_wait_for_their_frame(qtbot: QtBot) -> None:
    peer = station(bed())
    bridge, rooms, frames = Bridge(peer), [], []
    bridge.room_changed.connect(rooms.append)
    bridge.ticked.connect(frames.append)
    bridge.called.emit()
    QCoreApplication.processEvents()
    assert rooms == [peer.room]
    assert frames == []


def test_a_new_alarm_is_painted_on_the_wall_before_the_event_loop_goes_on(
    opened: Callable[..., MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    peer: FakeStation = station(bed(1), bed(2))
    window = opened(peer)
    window.show_wall()
    QCoreApplication.processEvents()
    painted: list[str] = []
    paint = AlarmBar.paintEvent

    def paint_and_tell(bar: AlarmBar, event: QPaintEvent) -> None:
        paint(bar, event)
        painted.extend([bar.alarm.bed] if bar.alarm is not None else [])

    monkeypatch.setattr(AlarmBar, "paintEvent", paint_and_tell)
    assert isinstance(peer.clock, ManualClock)
    peer.clock.advance(0.1)
    peer.room = age_of(replace(peer.room, beds=(bed(1), alarmed(2, desaturation()))), peer.clock)
    window.bridge.look_at_room()
    assert painted == ["chair-2"]
    window.bridge.look_at_room()
    assert painted == ["chair-2"]


@pytest.mark.parametrize(
    ("after_s", "in_turn", "new"),
    [(0.2, True, False), (0.3, True, True), (0.3, False, False), (0.4, False, True)],
)
def test_a_value_waits_for_its_turn_but_not_long(after_s: float, in_turn: bool, new: bool) -> None:
    first, ask = station(bed(1)).room, Wording(number=1)
    moment = Moment.of(first)
    before = worded(first.beds[0], moment, ask, None)
    other = bed(1, numerics=MappingProxyType(numerics({"hr": 99.0})))
    later = worded(other, replace(moment, now=START + after_s), ask, before, in_turn=in_turn)
    assert (later is not before) == new
