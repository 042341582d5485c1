"""Carries the station's snapshots to the screen, and watches that they keep coming. Draws nothing."""

import gc

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from nurse_station.station.snapshots import RoomSnapshot
from nurse_station.station.view import StationView

FRAME_MS = 33
STOPPED_AFTER_S = 2.0
"""With no new picture for so long, what is on the screen is no longer the patient's state."""


class Bridge(QObject):
    """Looks at the station once a frame.

    Signals:
        ticked: Each frame, with the monotonic time.
        room_changed: A new RoomSnapshot; never the same one twice.
        answered: What became of a command, an Answer.
        stopped_changed: True when the station has stopped making pictures, False when it goes on.
        called: From the station's thread: there are other alarms, do not wait for the next frame.
    """

    ticked = Signal(float)
    room_changed = Signal(object)
    answered = Signal(object)
    stopped_changed = Signal(bool)
    called = Signal()

    def __init__(self, view: StationView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._room: RoomSnapshot | None = None
        self._stopped = False
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self.look)
        self.called.connect(self.look_at_room, Qt.ConnectionType.QueuedConnection)

    @property
    def stopped(self) -> bool:
        """Whether the newest picture is too old to be believed."""
        return self._stopped

    def start(self) -> None:
        self.look()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def look(self) -> None:
        """Take the newest picture and the answers; tell what is new. Called once a frame."""
        now = self._view.clock.now()
        self.look_at_room()
        for answer in self._view.answers():
            self.answered.emit(answer)
        self.ticked.emit(now)

    def look_at_room(self) -> None:
        """Take the newest picture. An alarm is shown by this alone: the waves have their turn next frame."""
        room = self._view.snapshot()
        self._watch(self._view.clock.now() - room.at > STOPPED_AFTER_S)
        if room is not self._room:
            self._room = room
            self.room_changed.emit(room)

    def _watch(self, stopped: bool) -> None:
        if stopped != self._stopped:
            self._stopped = stopped
            self.stopped_changed.emit(stopped)


class GarbageRounds(QObject):
    """Python's garbage is collected between two frames and in the screen's thread, never in the midst of one.

    A collection in another thread could end Qt objects there, and a full one over a long session's
    values would stop the waves for a quarter of a second.
    """

    EVERY_MS = 1000
    FULL_EVERY = 60

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rounds = 0
        self._timer = QTimer(self)
        self._timer.setInterval(self.EVERY_MS)
        self._timer.timeout.connect(self._collect)

    def start(self) -> None:
        """Everything that is there now stays: it is not looked through again."""
        gc.collect()
        gc.freeze()
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Give collection back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def _collect(self) -> None:
        self._rounds += 1
        gc.collect(2 if self._rounds % self.FULL_EVERY == 0 else 1)
