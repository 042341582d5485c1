"""How well each line of a bed did, in the session's journal: for whoever mends lines, not for the nurse."""

from collections.abc import Iterable

from nurse_station.records.words import STATION
from nurse_station.station.journal import LINE_HEALTH, BedJournal
from nurse_station.station.line import MonitorLine

EVERY_S = 600.0
"""What a program that was killed leaves behind is at most so old."""


class LineReports:
    """Writes an entry a line, counted since it was connected: every ten minutes, and when it is closed."""

    def __init__(self, journal: BedJournal) -> None:
        self._journal = journal
        self._due: float | None = None

    def write_due(self, lines: Iterable[MonitorLine], now: float) -> None:
        """Once a second or so: write when it is time."""
        if self._due is None or self._journal.session is None:
            self._due = now + EVERY_S
        elif now >= self._due:
            self._due = now + EVERY_S
            self.write(lines, now)

    def write(self, lines: Iterable[MonitorLine], now: float) -> None:
        """Write how these lines did, if a session runs."""
        if self._journal.session is not None:
            for line in lines:
                self._journal.note(LINE_HEALTH, report_of(line, now), STATION, shown=False)


def report_of(line: MonitorLine, now: float) -> dict[str, object]:
    """All that is counted of a line; seconds to a tenth."""
    shot = line.snapshot(now)
    return {
        "monitor": shot.source,
        "port": shot.port,
        "settings": shot.settings,
        "bytes": shot.bytes_in,
        "frames": shot.frames_accepted,
        "refused": dict(shot.frames_refused),
        "reconnections": shot.reconnections,
        "watched_s": round(shot.health.watched_s, 1),
        "receiving_s": round(shot.health.receiving_s, 1),
        "silences": shot.health.silences,
        "silent_s": round(shot.health.silent_s, 1),
    }
