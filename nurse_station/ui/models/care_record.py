"""The day's record line by line, corrections beneath what they correct. Formats; corrects nothing, no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import Entry
from nurse_station.sessions.session import Session, extended, fold
from nurse_station.sessions.words import note
from nurse_station.station.snapshots import BedSnapshot
from nurse_station.ui.models import entries as journal
from nurse_station.ui.models import words
from nurse_station.ui.models.care import clock, wall

DEED = "session"
"""Kind of the journal's entries that are deeds of the day: these come from the day itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLine:
    """One line of the record.

    Attributes:
        wall: When, UTC.
        words: What, and who.
        number: Of the day's entry; None: an alarm or the station's own.
        struck: It was corrected since.
        correction: It corrects the line above it.
    """

    wall: datetime
    words: str
    number: int | None = None
    struck: bool = False
    correction: bool = False

    @property
    def text(self) -> str:
        """As it is shown."""
        mark = "   ↳ " if self.correction else ""
        return f"{mark}{words.clock_time(self.wall)}  {self.words}"

    @property
    def spoken(self) -> str:
        """As a screen reader says it."""
        return f"{self.text}{', corrected' if self.struck else ''}"


class DayRecord:
    """Words each entry once; a day only grows."""

    def __init__(self) -> None:
        self._entries: tuple[Entry, ...] = ()
        self._said: list[str] = []
        self._session = Session()

    def lines(self, entries: Sequence[Entry]) -> tuple[RecordLine, ...]:
        """The day's lines, the oldest first; a correction stands beneath what it corrects."""
        self._read(tuple(entries))
        corrected = {entry.corrects for entry in self._entries if entry.corrects is not None}
        beneath: dict[int, list[RecordLine]] = {}
        for entry, said in zip(self._entries, self._said, strict=True):
            late = "" if entry.entered is None else f", entered {clock(entry.entered)}"
            line = RecordLine(wall=wall(entry.at), words=f"{said} {entry.who}{late}", number=entry.number,
                              struck=entry.number in corrected)  # fmt: skip
            root = self._root(entry, beneath)
            if root is None:
                beneath[entry.number] = [line]
            else:
                beneath[root].append(replace(line, correction=True))
        return tuple(line for lines in beneath.values() for line in lines)

    def _root(self, entry: Entry, beneath: dict[int, list[RecordLine]]) -> int | None:
        """The first entry of the chain that this one belongs to; None: its own."""
        if entry.corrects is None:
            return None
        return next((root for root, lines in beneath.items()
                     if any(line.number == entry.corrects for line in lines)), None)  # fmt: skip

    def _read(self, entries: tuple[Entry, ...]) -> None:
        if entries[: len(self._entries)] != self._entries:  # another patient's day
            self._entries, self._said, self._session = (), [], Session()
        for number, entry in enumerate(entries[len(self._entries) :], start=len(self._entries) + 1):
            self._said.append(note(entry, self._session))
            withdrawn = isinstance(entry.deed, deeds.Withdrawn)
            corrects = entry.corrects is not None or withdrawn
            self._session = fold(entries[:number]) if corrects else extended(self._session, entry)
        self._entries = entries


def merged(day: Sequence[RecordLine], bed: BedSnapshot) -> tuple[RecordLine, ...]:
    """The day's lines and what else the journal tells, the newest first."""
    others = [
        RecordLine(wall=entry.wall, words=journal.sentence(entry))
        for entry in bed.entries
        if entry.kind != DEED
    ]
    groups: list[list[RecordLine]] = [[line] for line in others]
    for line in day:
        if line.correction and groups:
            groups[-1].append(line)
        else:
            groups.append([line])
    groups.sort(key=lambda group: group[0].wall)
    return tuple(line for group in reversed(groups) for line in group)
