"""What is carried from the station to the screen, and what is said when nothing comes."""

import gc
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from room import FakeStation, age_of, bed, station

from nurse_station.station.view import Answer
from nurse_station.ui.bridge import STOPPED_AFTER_S, Bridge, GarbageRounds
from nurse_station.vitals.clock import ManualClock


@pytest.fixture
def peer() -> FakeStation:
    return station(bed())


def clock_of(peer: FakeStation) -> ManualClock:
    assert isinstance(peer.clock, ManualClock)
    return peer.clock


def test_a_picture_is_told_once(qtbot: QtBot, peer: FakeStation) -> None:
    bridge, told = Bridge(peer), []
    bridge.room_changed.connect(told.append)
    bridge.look()
    bridge.look()
    assert told == [peer.room]


def test_every_frame_is_told_with_its_time(qtbot: QtBot, peer: FakeStation) -> None:
    bridge, told = Bridge(peer), []
    bridge.ticked.connect(told.append)
    bridge.look()
    clock_of(peer).advance(0.033)
    bridge.look()
    assert told[1] - told[0] == pytest.approx(0.033)


def test_answers_are_told_in_order(qtbot: QtBot, peer: FakeStation) -> None:
    bridge, told = Bridge(peer), []
    bridge.answered.connect(told.append)
    peer.waiting = [Answer(done=True, sentence="Connected."), Answer(done=False, sentence="COM4 is in use.")]
    first, second = peer.waiting
    bridge.look()
    assert told == [first, second]


@pytest.mark.parametrize(("age", "stopped"), [(0.0, False), (STOPPED_AFTER_S, False), (2.1, True)])
@pytest.mark.hazard("H-07")
def test_a_station_without_a_new_picture_has_stopped(
    qtbot: QtBot, peer: FakeStation, age: float, stopped: bool
) -> None:
    bridge = Bridge(peer)
    clock_of(peer).advance(age)
    bridge.look()
    assert bridge.stopped is stopped


def test_a_station_that_goes_on_is_told(qtbot: QtBot, peer: FakeStation) -> None:
    bridge, told = Bridge(peer), []
    bridge.stopped_changed.connect(told.append)
    clock_of(peer).advance(3)
    bridge.look()
    peer.room = age_of(peer.room, peer.clock)
    bridge.look()
    bridge.look()
    assert told == [True, False]


def test_a_started_bridge_looks_by_itself(qtbot: QtBot, peer: FakeStation) -> None:
    bridge = Bridge(peer)
    with qtbot.waitSignals([bridge.ticked, bridge.ticked], timeout=2000):
        bridge.start()
    bridge.stop()


@pytest.fixture
def rounds(qtbot: QtBot) -> Iterator[GarbageRounds]:
    rounds = GarbageRounds()
    yield rounds
    rounds.stop()


def test_garbage_is_not_collected_in_the_midst_of_a_frame(rounds: GarbageRounds) -> None:
    rounds.start()
    assert not gc.isenabled()
    rounds.stop()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_a_call_from_another_thread_is_looked_at_without_waiting_for_the_frame(
    qtbot: QtBot, peer: FakeStation
) -> None:
    bridge = Bridge(peer)
    with qtbot.waitSignal(bridge.room_changed, timeout=5000):
        calling = threading.Thread(target=bridge.called.emit)
        calling.start()
        calling.join()
