"""The chain that binds each journal entry to the one before. Pure: values and digests; no database, no key.

An entry's digest is SHA-256 of its columns as canonical JSON; a link is SHA-256 of the link before and of
that digest. So the entries of a deleted session can go, and their digests still hold the chain together.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

COLUMNS = "id, session, wall_us, mono, who, kind, body, replaces, why"
_GENESIS, _CHECKPOINT = "nurse-station journal 1", "nurse-station checkpoint 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The end of the chain.

    Attributes:
        number: Id of the last entry; 0: there is none.
        link: Its link; of an empty journal, what the first entry is bound to.
    """

    number: int
    link: bytes


def canonical(values: Sequence[object]) -> bytes:
    """Values as JSON, always in one way. Raises ValueError or TypeError for what JSON has not."""
    return json.dumps(list(values), separators=(",", ":"), allow_nan=False).encode("ascii")


def genesis(record: str, chained_later: int) -> bytes:
    """What the first entry is bound to.

    Args:
        record: The record's uuid.
        chained_later: Id of the last entry that was written before there was a chain; 0: none was.
    """
    return hashlib.sha256(canonical((_GENESIS, record, chained_later))).digest()


def entry_digest(entry: Sequence[object]) -> bytes:
    """SHA-256 of an entry's columns, in the order of COLUMNS."""
    return hashlib.sha256(canonical(entry)).digest()


def link(before: bytes, digest: bytes) -> bytes:
    """The link of an entry whose digest is `digest`, after the link `before`."""
    return hashlib.sha256(before + digest).digest()


def statement(record: str, number: int, head: Head, wall_us: int, seals: bytes | None) -> bytes:
    """What checkpoint `number` of a record signs: that at `wall_us` the chain ended in `head`, and the digest
    of its seals (None: of a time before there were any)."""
    said = (_CHECKPOINT, record, number, head.number, head.link.hex(), wall_us)
    return canonical(said if seals is None else (*said, seals.hex()))


def running(start: bytes) -> tuple[Callable[..., bytes], Callable[..., bytes]]:
    """Two functions for a migration's SQL: an entry's digest, and its link; called entry after entry."""
    last = [start]

    def linked(digest: bytes) -> bytes:
        last[0] = link(last[0], digest)
        return last[0]

    return lambda *entry: entry_digest(entry), linked
