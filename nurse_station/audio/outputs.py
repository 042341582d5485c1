"""The sound outputs of a computer, and which one the alarms go to. Words and a rule; it opens nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

Take = Callable[[int], bytes]
"""Asked for a number of frames, gives them: mono, 32-bit float, `RATE_HZ`. Called by the output's thread."""


class OutputError(Exception):
    """An output cannot be listed or opened. Its text is one sentence: what is wrong and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """One that was found.

    Attributes:
        key: What the sound system calls it.
        name: What a person calls it.
        is_default: The one that the computer prefers.
    """

    key: str
    name: str
    is_default: bool


class Stream(Protocol):
    """An open output that asks for samples until it is closed."""

    def close(self) -> None:
        """Ask for no more. May hang where a sound server is dead."""


class Outputs(Protocol):
    """A sound system. Each call may take seconds."""

    def listed(self) -> tuple[Output, ...]:
        """The outputs there are now, without those that only discard. Raises OutputError."""

    def open(self, output: Output, take: Take) -> Stream:
        """Start a stream. Raises OutputError."""


def chosen(outputs: Sequence[Output], wanted: str) -> Output | None:
    """The output called `wanted`, else the default, else the first; None: there is none.

    A wanted output that is missing is no reason for silence.
    """
    ranked = sorted(outputs, key=lambda output: (not wanted or output.name != wanted, not output.is_default))
    return ranked[0] if ranked else None
