"""Keeps one output open by itself, anew when it died or another is preferred. It reads no clock.

A stream is well while it takes samples; what a sound system says of its state is never asked.
"""

import threading
from collections.abc import Callable

from nurse_station.audio.outputs import Output, OutputError, Outputs, Stream, Take, chosen

SILENT_S = 1.0
"""A stream that has asked for nothing for longer is dead."""
PROOF_S = 0.25
"""A stream that has taken samples for so long is believed: a suspended sink takes one buffer and stops."""
START_S = 4.0
"""How long a new stream may take until it is believed: a wireless loudspeaker wakes slowly."""
LOOK_S = 2.0
"""How often the outputs are listed: for a new default, and for one to come back."""
MAX_CLOSING = 3
"""So many streams may hang while they are closed before no other is opened."""

STARTING = "The sound output is being opened."
NO_OUTPUT = "No sound output was found: connect a loudspeaker, or choose one in the sound settings."
HANGING = "The computer's sound system hangs: restart it, or the computer."


class KeptOutput:
    """One output that comes back by itself.

    Attributes:
        device: Name of the open output; empty: none is open.
        trouble: Why none is, or was, one sentence; empty: nothing is known to be wrong.
        taken_at: When a stream that is believed last asked for samples, monotonic seconds; None: never.
    """

    def __init__(
        self, find: Callable[[], Outputs], take: Take, opened: Callable[[], None], wanted: str
    ) -> None:
        """Store how it works.

        Args:
            find: Gives the sound system; raises OutputError where its library is missing.
            take: Gives samples.
            opened: Called before another stream than before asks for samples.
            wanted: Name of the output that is preferred; empty: the computer's default.
        """
        self._find, self._take, self._opened, self._wanted = find, take, opened, wanted
        self._outputs: Outputs | None = None
        self._stream: Stream | None = None
        self._output: Output | None = None
        self._mark: object = None
        self._alive_at: float | None = None
        self._first_at: float | None = None
        self._believed = False
        self._look_at: float | None = None
        self._closing: list[threading.Thread] = []
        self.device = ""
        self.trouble = STARTING
        self.taken_at: float | None = None

    @property
    def is_open(self) -> bool:
        """A stream is open, or is being changed for another at this moment."""
        return bool(self.device) or self.trouble == STARTING

    def taken(self, now: float) -> None:
        """The open stream asked for samples at monotonic second `now`."""
        self._alive_at = now
        if self._first_at is None:
            self._first_at = now
        self._believed = self._believed or now - self._first_at >= PROOF_S
        if self._believed:
            self.taken_at = now

    def step(self, now: float) -> None:
        """Do what is due at monotonic second `now`. May take seconds."""
        if self._stream is not None and self._silent(now):
            self._hang_up(f"The sound output {self.device} takes no more samples: it is opened anew.")
            self._look_at = None
        if self._look_at is None or now >= self._look_at:
            self._look_at = now + LOOK_S
            self._look()

    def close(self) -> None:
        """Close the stream."""
        self._hang_up("The sound was switched off.")
        for thread in self._closing:
            thread.join(timeout=SILENT_S)

    def _silent(self, now: float) -> bool:
        if self._alive_at is None:
            self._alive_at = now
        return now - self._alive_at > (SILENT_S if self._believed else START_S)

    def _look(self) -> None:
        try:
            self._outputs = self._outputs or self._find()
            best = chosen(self._outputs.listed(), self._wanted)
            if best is None:
                self._hang_up(NO_OUTPUT)
            elif self._output is None or self._output.key != best.key:
                self._change(self._outputs, best)
        except OutputError as error:
            # A stream that takes samples is well, whatever a list says.
            if self._stream is None:
                self.trouble = str(error)

    def _change(self, outputs: Outputs, best: Output) -> None:
        self._hang_up(STARTING)
        self._closing = [thread for thread in self._closing if thread.is_alive()]
        if len(self._closing) >= MAX_CLOSING:
            self.trouble = HANGING
            return
        mark = self._mark = object()
        # Opening may have taken seconds: the patience begins with the next step.
        self._alive_at = self._first_at = None
        self._believed = False
        self._opened()
        self._stream = outputs.open(best, lambda frames: self._give(mark, frames))
        self._output, self.device = best, best.name
        missing = self._wanted and best.name != self._wanted
        self.trouble = (
            f"The sound output {self._wanted} is missing: alarms go to {best.name}." if missing else ""
        )

    def _give(self, mark: object, frames: int) -> bytes:
        # A stream that was given up may wake again: it gets silence.
        return self._take(frames) if mark is self._mark else bytes(4 * frames)

    def _hang_up(self, trouble: str) -> None:
        stream, self._stream = self._stream, None
        self._output, self._mark, self.device, self.trouble = None, None, "", trouble
        if stream is not None:
            # Closing hangs where a sound server is dead; the watch must not.
            closing = threading.Thread(target=stream.close, name="sound-close", daemon=True)
            closing.start()
            self._closing.append(closing)
