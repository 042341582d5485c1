"""The way from the main window to practice, a program of its own. Closed while anybody is infused here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QProcess

from nurse_station.alarms.words import Phase
from nurse_station.station.snapshots import RoomSnapshot
from nurse_station.station.view import Answer

OPENED = "Practice opens in a window of its own."
NOT_HERE = "Practice is not started from this window."
INFUSED = "The infusion runs at {}: nobody practises at this station meanwhile. Practise at another computer."
FAILED = "Practice could not be started ({}). Start it with: nurse-station practise"


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeDoor:
    """How practice is started.

    Attributes:
        command: The program and its words; empty: it is not started from here.
        closed: Asked each time: why it cannot be opened now, one sentence; empty: it can.
    """

    command: Sequence[str] = ()
    closed: Callable[[], str] = lambda: ""

    def open(self, room: RoomSnapshot) -> Answer:
        """Start practice, which goes on by itself. The answer says what became of it."""
        why = self._why_not(room)
        if why:
            return Answer(done=False, sentence=why)
        program, *words = self.command
        begun, _ = QProcess.startDetached(program, words)
        return Answer(done=begun, sentence=OPENED if begun else FAILED.format(program))

    def _why_not(self, room: RoomSnapshot) -> str:
        if not self.command:
            return NOT_HERE
        infused = [bed.name for bed in room.beds if bed.alarms.phase is Phase.INFUSING]
        if infused and not room.practice:
            return INFUSED.format(" and ".join(infused))
        return self.closed()
