"""The one station that a trainee sees for a whole lesson: asks whichever station there is now.

Before there is one it shows an empty chair. It opens no port: in practice there is no cable.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from nurse_station.alarms.changes import Entry as AlarmEntry
from nurse_station.classroom.desk import BED, BED_NAME
from nurse_station.infusion.protocol import Protocol
from nurse_station.station.commands import Command
from nurse_station.station.history import History
from nurse_station.station.past import PastError, PastSession, PastSummary, PastWaves
from nurse_station.station.snapshots import BedSnapshot, RecordSnapshot, RecordState, RoomSnapshot
from nurse_station.station.station import Station
from nurse_station.station.view import (
    Answer,
    MonitorChoice,
    PatientDay,
    PortChoice,
    Recognition,
    RecognitionSnapshot,
    RecognitionState,
)
from nurse_station.vitals.clock import Clock

NO_STATION = "The practice is still being prepared."
NO_PORTS = "In practice no port is opened: the monitor of the patient is simulated."


class NotTried:
    """Satisfies `station.view.Recognition`: no port of practice is ever tried."""

    def __init__(self, port: str) -> None:
        self._picture = RecognitionSnapshot(port=port, state=RecognitionState.FAILED, advice=(NO_PORTS,))

    def picture(self) -> RecognitionSnapshot:
        """See `Recognition.picture`."""
        return self._picture

    def stop(self) -> None:
        """See `Recognition.stop`."""


class LessonStation:
    """Satisfies `station.view.StationView`."""

    def __init__(
        self, clock: Clock, protocols: Mapping[str, Protocol], wake: Callable[[], None] = lambda: None
    ) -> None:
        """Store the lesson's clock and protocols, and what wakes the lesson when something is asked."""
        self.clock = clock
        self._protocols, self._wake = protocols, wake
        self._station: Station | None = None
        self._call: Callable[[], None] = lambda: None
        self._empty = _empty_room(clock)
        self._history = History(clock.now())

    def show(self, station: Station) -> None:
        """From now on it is this one. For the lesson's thread."""
        station.call_at_alarms(self._call)
        self._station = station

    def call_at_alarms(self, call: Callable[[], None]) -> None:
        """See `Station.call_at_alarms`."""
        self._call = call
        if self._station is not None:
            self._station.call_at_alarms(call)

    def snapshot(self) -> RoomSnapshot:
        """See `StationView.snapshot`."""
        return self._empty if self._station is None else self._station.snapshot()

    def history(self, bed: str) -> History:
        """See `StationView.history`."""
        return self._history if self._station is None else self._station.history(bed)

    def alarm_log(self, bed: str) -> Sequence[AlarmEntry]:
        """See `StationView.alarm_log`."""
        return () if self._station is None else self._station.alarm_log(bed)

    def protocols(self) -> Mapping[str, Protocol]:
        """See `StationView.protocols`."""
        return self._protocols

    def days(self) -> tuple[PatientDay, ...]:
        """See `StationView.days`."""
        return () if self._station is None else self._station.days()

    def past_sessions(self) -> tuple[PastSummary, ...]:
        """See `StationView.past_sessions`."""
        return self._there().past_sessions()

    def past(self, session: str) -> PastSession:
        """See `StationView.past`."""
        return self._there().past(session)

    def past_waves(self, session: str, at: float, seconds: float) -> PastWaves:
        """See `StationView.past_waves`."""
        return self._there().past_waves(session, at, seconds)

    def send(self, command: Command) -> None:
        """See `StationView.send`."""
        if self._station is not None:
            self._station.send(command)
            self._wake()

    def answers(self) -> list[Answer]:
        """See `StationView.answers`."""
        return [] if self._station is None else self._station.answers()

    def monitors(self) -> tuple[MonitorChoice, ...]:
        """See `StationView.monitors`."""
        return () if self._station is None else self._station.monitors()

    def ports(self) -> tuple[PortChoice, ...]:
        """None: in practice there is no cable."""
        return ()

    def identify(self, port: str) -> Recognition:
        """Never tried: the port may be that of a real patient's monitor."""
        return NotTried(port)

    def _there(self) -> Station:
        if self._station is None:
            raise PastError(NO_STATION)
        return self._station


def _empty_room(clock: Clock) -> RoomSnapshot:
    return RoomSnapshot(
        at=clock.now(), wall=clock.wall(), clinic="",
        beds=(BedSnapshot(bed=BED, name=BED_NAME, simulated=True),),
        record=RecordSnapshot(state=RecordState.IDLE, place=str(Path())), practice=True,
    )  # fmt: skip
