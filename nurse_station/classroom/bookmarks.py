"""The moments of a lesson that can be gone back to: all that makes it go on from there. Opens nothing."""

from dataclasses import dataclass

import numpy as np

from nurse_station.alarms.changes import Entry as AlarmEntry
from nurse_station.alarms.changes import moved
from nurse_station.alarms.memory import AlarmMemory
from nurse_station.classroom.desk import BED, LiveDay, LiveDesk
from nurse_station.classroom.view import Bookmark
from nurse_station.station.history import History
from nurse_station.station.station import Station
from nurse_station.training.run import Run
from nurse_station.vitals.parameters import PARAMETERS

MOST = 40
"""A body and its monitors take up to a megabyte each; what it lived long ago is shared."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Mark:
    """A moment.

    Attributes:
        shown: Its number, second and words.
        run, day: As they were.
        second, mono: The exact second of the run, and the monotonic one of then.
        history: Of the bed; it may have gone on since.
        alarms, memory: What the alarms had given, and what they knew.
    """

    shown: Bookmark
    run: Run
    day: LiveDay
    second: float
    mono: float
    history: History
    alarms: tuple[AlarmEntry, ...]
    memory: AlarmMemory

    def history_at(self, mono: float) -> History:
        """What the bed had seen, if the moment is at monotonic second `mono`."""
        by = mono - self.mono
        again = History(self.history.start + by)
        for key in PARAMETERS:
            track = self.history.numeric(key)
            if track is not None:
                at, low, high = track.between(self.history.start, self.mono)
                again.add_numerics(key, np.repeat(at + by, 2), np.ravel(np.column_stack((low, high))))
        return again

    def alarms_at(self, mono: float) -> tuple[AlarmEntry, ...]:
        """What the alarms had given, if the moment is at monotonic second `mono`."""
        return tuple(moved(entry, mono - self.mono) for entry in self.alarms)


def marked(shown: Bookmark, run: Run, desk: LiveDesk, station: Station, second: float, mono: float) -> Mark:
    """The moment that is now."""
    return Mark(
        shown=shown, run=run.copied(desk), day=desk.day.copied(), second=second, mono=mono,
        history=station.history(BED), alarms=tuple(desk.alarm_log), memory=station.alarm_memory(BED),
    )  # fmt: skip
