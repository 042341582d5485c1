"""What a monitor said, as rows to be inserted. No database, no thread, no clock."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, field

from nurse_station.records import numeric_rows, wave_rows
from nurse_station.records.wave_rows import WaveKind
from nurse_station.vitals.readings import DeviceCondition, FrameAccepted, FrameRefused, Reading
from nurse_station.vitals.waves import WaveBlock

Event = Reading | WaveBlock | DeviceCondition | FrameAccepted | FrameRefused
Row = tuple[str, tuple[object, ...]]
"""An INSERT and its values."""

FRAMES_KEPT = 8
"""Refused frames kept whole in each second of a bed; the others are counted."""

COUNTS_EVERY = 10
"""Batches after which the frames of a line are written down when none was refused."""

_EVENT = "session, wall_us, mono"
SESSION = "INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
JOURNAL = (
    f"INSERT INTO journal (id, {_EVENT}, who, kind, body, replaces, why) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
"""Its first value, the id, is given by the store: it is the entry's place in the chain."""
CHAIN = "INSERT INTO chain VALUES (?, ?, ?)"
KEY = "INSERT INTO keys VALUES (?, ?)"
CHECKPOINT = "INSERT INTO checkpoints VALUES (?, ?, ?, ?, ?, ?, ?)"
LAYOUT = "INSERT INTO layouts VALUES (?, ?)"
WAVE_KIND = "INSERT INTO wave_kinds VALUES (?, ?, ?, ?, ?, ?)"
NUMERICS = (
    f"INSERT INTO numerics ({_EVENT}, device_time, layout, vitals, measured) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
WAVES = f"INSERT INTO waves ({_EVENT}, blocks) VALUES (?, ?, ?, ?)"
CONDITION = f"INSERT INTO conditions ({_EVENT}, source, key, active, detail) VALUES (?, ?, ?, ?, ?, ?, ?)"
_COUNTS = "accepted, accepted_bytes, refused, refused_bytes"
LINE = f"INSERT INTO lines ({_EVENT}, {_COUNTS}) VALUES (?, ?, ?, ?, ?, ?, ?)"
REFUSED = f"INSERT INTO refused_frames ({_EVENT}, reason, size, frame) VALUES (?, ?, ?, ?, ?, ?)"

VITALS = frozenset({NUMERICS, WAVES, CONDITION, LINE, REFUSED})
"""What monitors said; the first value is the session's number."""


def plain(text: str) -> str:
    """The text with what UTF-8 cannot hold written out, so that no device's words stop the record."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def wall_us(mono: float, offset_us: int) -> int:
    """Unix microseconds at monotonic second `mono`, when the two clocks are `offset_us` apart."""
    return offset_us + round(mono * 1e6)


def entry_kind(row: Row) -> str:
    """The kind of a journal entry; empty for a row of another table."""
    return str(row[1][5]) if row[0] == JOURNAL else ""


class Catalogue:
    """The numbers of layouts and wave kinds; gives the row to insert for each one that is new."""

    def __init__(self, layouts: dict[str, int], kinds: dict[WaveKind, int]) -> None:
        self._layouts = layouts
        self._kinds = kinds
        self.news: list[Row] = []

    def layout(self, columns: str) -> int:
        """The number of a layout, from its JSON text."""
        number = self._layouts.get(columns)
        if number is None:
            number = self._layouts[columns] = len(self._layouts) + 1
            self.news.append((LAYOUT, (number, columns)))
        return number

    def kind(self, kind: WaveKind) -> int:
        """The number of a wave kind."""
        number = self._kinds.get(kind)
        if number is None:
            number = self._kinds[kind] = len(self._kinds) + 1
            self.news.append((WAVE_KIND, (number, *astuple(kind))))
        return number


@dataclass(slots=True)
class LineCount:
    """Frames of one session's lines that are not yet a row."""

    accepted: int = 0
    accepted_bytes: int = 0
    refused_bytes: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    batches: int = 0

    def add(self, frame: FrameAccepted | FrameRefused) -> None:
        if isinstance(frame, FrameAccepted):
            self.accepted += 1
            self.accepted_bytes += frame.size
        else:
            self.refused_bytes += frame.size
            self.refused[frame.reason] = self.refused.get(frame.reason, 0) + 1

    @property
    def due(self) -> bool:
        """Whether a row should be made of it now."""
        return bool(self.refused) or (self.accepted > 0 and self.batches >= COUNTS_EVERY)

    def row(self, session: int, mono: float, offset_us: int) -> Row:
        reasons = json.dumps(self.refused, sort_keys=True, separators=(",", ":"))
        counts = (self.accepted, self.accepted_bytes, reasons, self.refused_bytes)
        return LINE, (session, wall_us(mono, offset_us), mono, *counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What one call handed in.

    Attributes:
        session: Number of the session.
        events: In the order in which the decoder gave them.
        offset_us: Unix microseconds minus monotonic microseconds at that moment.
    """

    session: int
    events: Sequence[Event]
    offset_us: int


class Packer:
    """Turns what one session was handed in one batch into rows; keeps its counts between batches."""

    def __init__(self, session: int, catalogue: Catalogue) -> None:
        self._session = session
        self._catalogue = catalogue
        self._count = LineCount()
        self._mono = 0.0
        self._offset_us = 0

    def pack(self, handed: Sequence[Handed]) -> list[Row]:
        """The rows of one batch; `Catalogue.news` must be inserted before them."""
        events = [event for each in handed for event in each.events]
        if not events:
            return []
        self._mono, self._offset_us = events[-1].at, handed[-1].offset_us
        rows = self._numerics([event for event in events if isinstance(event, Reading)])
        rows += self._waves([event for event in events if isinstance(event, WaveBlock)])
        rows += [self._condition(event) for event in events if isinstance(event, DeviceCondition)]
        rows += self._frames([e for e in events if isinstance(e, FrameAccepted | FrameRefused)])
        return rows

    def counts(self) -> list[Row]:
        """The frames not yet written down, as a row (or none): at the end of a session."""
        if not (self._count.accepted or self._count.refused):
            return []
        row = self._count.row(self._session, self._mono, self._offset_us)
        self._count = LineCount()
        return [row]

    def _when(self, mono: float) -> tuple[int, int, float]:
        return self._session, wall_us(mono, self._offset_us), mono

    def _numerics(self, readings: Iterable[Reading]) -> list[Row]:
        return [self._numeric(numeric_rows.encode(frame)) for frame in numeric_rows.frames(readings)]

    def _numeric(self, row: numeric_rows.NumericRow) -> Row:
        layout = self._catalogue.layout(row.columns)
        return NUMERICS, (*self._when(row.mono), row.device_time, layout, row.vitals, row.measured)

    def _waves(self, blocks: Iterable[WaveBlock]) -> list[Row]:
        return [
            (WAVES, (*self._when(span[0].at), wave_rows.encode(span, self._catalogue.kind)))
            for span in wave_rows.spans(blocks)
        ]

    def _condition(self, event: DeviceCondition) -> Row:
        words = (plain(event.source), plain(event.key), event.active, plain(event.detail))
        return CONDITION, (*self._when(event.at), *words)

    def _frames(self, frames: Iterable[FrameAccepted | FrameRefused]) -> list[Row]:
        refused: list[Row] = []
        for frame in frames:
            self._count.add(frame)
            if isinstance(frame, FrameRefused) and len(refused) < FRAMES_KEPT:
                words = (plain(frame.reason), frame.size, frame.frame)
                refused.append((REFUSED, (*self._when(frame.at), *words)))
        self._count.batches += 1
        return refused + (self.counts() if self._count.due else [])
