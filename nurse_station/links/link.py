"""What a link is: bytes in and out, never waiting. Knows nothing of monitors, threads or clocks."""

from typing import Protocol


class LinkError(Exception):
    """A link cannot be opened, was lost, or a recording cannot be read.

    Its words are one sentence for a person: what is wrong and, where something helps, what to do.
    """


class Link(Protocol):
    """One line to one device. Constructors store; `open` acts. Used by one thread at a time."""

    @property
    def name(self) -> str:
        """What a person calls it: "COM4", "/dev/ttyUSB0", the name of a file."""

    @property
    def ended(self) -> bool:
        """Whether a capture was played to its end; nothing will come any more. False for a live line."""

    def open(self) -> None:
        """Open the line, anew if it is open. Raises LinkError."""

    def fileno(self) -> int | None:
        """The descriptor that becomes readable when bytes come; None: there is none, or it is closed."""

    def read(self, now: float) -> bytes:
        """What has come by monotonic second `now`; b"": nothing. Never waits.

        Raises LinkError when the line is lost or not open.
        """

    def write(self, data: bytes) -> None:
        """Send bytes, or keep what the line does not take yet. Raises LinkError."""

    def next_due(self, now: float) -> float | None:
        """Monotonic second at which `read` should next be called although no descriptor says so.

        None: never, or not known.
        """

    def close(self) -> None:
        """Give the line back. Closing a closed link does nothing."""
