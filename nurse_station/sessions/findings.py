"""What a rule says: allowed, warned or blocked, the sentence, and what would clear it."""

from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor


class Level(StrEnum):
    """How much a finding stops."""

    WARN = "warn"
    """Told, and done all the same."""
    BLOCK = "block"
    """Not done, unless a prescriber lets it pass where that is possible."""
    REFUSE = "refuse"
    """Not done at all: it makes no sense as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of a rule that failed.

    Attributes:
        key: What an override names: the rule, and the line of it after a colon, e.g. "R6:interval".
        level: See Level.
        sentence: What is wrong.
        clears: What would clear it.
        field: The field of the form that it stands beside; empty: none.
    """

    key: str
    level: Level
    sentence: str
    clears: str = ""
    field: str = ""

    @property
    def whole(self) -> str:
        """Both sentences."""
        return f"{self.sentence} {self.clears}".rstrip()


def past(seconds: float) -> str:
    """Minutes that went by, whole ones: 29.9 min are not 30 yet."""
    return f"{floor(seconds / 60)} min"


def left(seconds: float) -> str:
    """Minutes to wait, the last one whole: after them it is so."""
    return f"{ceil(seconds / 60)} min"


def block(key: str, sentence: str, clears: str) -> Finding:
    """It stops, unless a prescriber lets it pass."""
    return Finding(key=key, level=Level.BLOCK, sentence=sentence, clears=clears)


def warn(key: str, sentence: str, clears: str = "") -> Finding:
    """It is told."""
    return Finding(key=key, level=Level.WARN, sentence=sentence, clears=clears)


def refuse(key: str, sentence: str, clears: str = "", field: str = "") -> Finding:
    """It cannot be."""
    return Finding(key=key, level=Level.REFUSE, sentence=sentence, clears=clears, field=field)
