"""How the record is doing, and the errors of this package. Values only: nothing here opens a file."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

RECORD_FILE = "record.sqlite3"
"""The record's name within the data directory."""


class RecordError(Exception):
    """The record cannot be opened, read or written. Its text is a sentence for a person."""


class WrongKindError(RecordError):
    """Something simulated was to be kept in a patients' record, or a patient in one of practice."""


class RecordState(StrEnum):
    """Whether what happens is being kept."""

    WRITING = "writing"
    IDLE = "idle"
    """Open, and nothing to write at the moment."""
    FAILING = "failing"
    """The last write failed; what was not written is held in memory and tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStatus:
    """The state of the record.

    Attributes:
        state: See RecordState.
        place: The folder it is in.
        saved: Wall time (UTC) of the last complete write; None: none yet.
        trouble: What failed, one sentence; else empty.
        waiting_s: Seconds of vitals held in memory because they could not be written.
        dropped_s: Seconds of vitals that memory could not hold any longer: lost, and so written down.
        disk_hours: Hours that the disk will last at the present rate; None: not known yet.
        disk_free: Bytes that are free on its disk; None: not known.
        chain: The first entry that is not as it was written, one sentence; empty: none was found so far.
        signing: Why nothing is signed, or what is unsafe about the key, one sentence; else empty.
        copied: Wall time (UTC) of the last whole copy in the second folder; None: none since the start.
        copy_trouble: Why the last copy failed, one sentence; else empty.
    """

    state: RecordState
    place: str
    saved: datetime | None = None
    trouble: str = ""
    waiting_s: float = 0.0
    dropped_s: float = 0.0
    disk_hours: float | None = None
    disk_free: int | None = None
    chain: str = ""
    signing: str = ""
    copied: datetime | None = None
    copy_trouble: str = ""
