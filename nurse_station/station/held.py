"""Vitals that wait until a nurse has said whose they are. Loses nothing: they are written then, or apart."""

from collections import deque
from collections.abc import Sequence

from nurse_station.devices.contract import Event
from nurse_station.records.writer import RecordWriter

MOST_BATCHES = 4 * 3600 * 20
"""At twenty batches a second four hours fit."""


class HeldVitals:
    """What arrived at a bed since nobody knows whether its patient is still the same."""

    def __init__(self) -> None:
        self._batches: deque[tuple[tuple[Event, ...], float]] = deque(maxlen=MOST_BATCHES)

    def __len__(self) -> int:
        """How many batches wait."""
        return len(self._batches)

    def add(self, events: Sequence[Event], now: float) -> None:
        """Keep what arrived at monotonic second `now`."""
        self._batches.append((tuple(events), now))

    def write(self, record: RecordWriter, session: str) -> None:
        """The patient was confirmed: it is theirs."""
        while self._batches:
            events, at = self._batches.popleft()
            record.write(session, events, at)

    def write_apart(self, record: RecordWriter, bed: str, bed_name: str, who: str, why: str) -> str:
        """Nobody confirmed it: into a session of its own. Its name; empty: nothing waited."""
        if not self._batches:
            return ""
        session = record.begin_session(bed, bed_name, simulated=record.practice)
        record.journal(session, "patient_not_confirmed", {"why": why}, who)
        self.write(record, session)
        record.end_session(session, who, "the patient was not confirmed")
        return session
