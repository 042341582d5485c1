"""A sound system made of nothing: outputs that come and go, take samples or not, hang or refuse."""

import threading
from dataclasses import dataclass, field

import numpy as np

from nurse_station.audio.outputs import Output, OutputError, Take
from nurse_station.audio.render import Samples

SPEAKERS = Output(key="01", name="Speakers", is_default=True)
HEADSET = Output(key="02", name="Headset", is_default=False)


@dataclass
class FakeStream:
    """Takes samples when it is told to."""

    output: Output
    ask: Take
    closed: threading.Event = field(default_factory=threading.Event)
    may_close: threading.Event = field(default_factory=threading.Event)

    def take(self, frames: int = 480) -> Samples:
        return np.frombuffer(self.ask(frames), dtype=np.float32)

    def close(self) -> None:
        assert self.may_close.wait(timeout=10)
        self.closed.set()


@dataclass
class FakeOutputs:
    """What is plugged in, and what was opened."""

    there: list[Output] = field(default_factory=lambda: [SPEAKERS])
    streams: list[FakeStream] = field(default_factory=list)
    refuses_list: str = ""
    refuses_open: str = ""
    hangs_on_close: bool = False

    def listed(self) -> tuple[Output, ...]:
        if self.refuses_list:
            raise OutputError(self.refuses_list)
        return tuple(self.there)

    def open(self, output: Output, take: Take) -> FakeStream:
        if self.refuses_open:
            raise OutputError(self.refuses_open)
        stream = FakeStream(output, take)
        if not self.hangs_on_close:
            stream.may_close.set()
        self.streams.append(stream)
        return stream

    def find(self) -> "FakeOutputs":
        return self

    @property
    def newest(self) -> FakeStream:
        return self.streams[-1]

    @property
    def names(self) -> list[str]:
        return [stream.output.name for stream in self.streams]
