"""Two peers at the ends of a pseudo-terminal: an emulated monitor, the station's own line. Time by hand.

What is measured is what the station made of it: readings lost outside the gaps that the mishaps made,
how long after a mishap's end the first reading came, how long it was silent in between.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from nurse_station.devices.contract import Driver, Emulator, Event
from nurse_station.links.poller import Poller
from nurse_station.links.pty_link import PtyLink
from nurse_station.links.serial_link import SerialLink
from nurse_station.station.line import MonitorLine
from nurse_station.station.opening import Opening
from nurse_station.vitals.readings import FrameAccepted, Reading
from tests.devices.bedside import SteadyPatient

STEP_S = 0.1
ARRIVES_S = 1.0
"""The system carries bytes across a pseudo-terminal in its own good time, far below this."""
AGAIN_WITHIN_S = 5.0
HELD_BACK_S = 1.0
"""Without a checksum a frame counts once the next one came well: the last before a gap goes with it."""

Key = tuple[str, float | None, float]


class CountedLink(SerialLink):
    """The station's serial link, which also knows how many bytes it gave to the line."""

    written = 0

    def write(self, data: bytes) -> None:
        super().write(data)
        self.written += len(data)


@dataclass
class Gap:
    """A mishap: from when to when the line was away or disturbed, and when a value came again."""

    what: str
    start: float
    end: float
    again: float | None = None


@dataclass
class Tally:
    """What came of it all."""

    expected: list[Key] = field(default_factory=list)
    got: list[Key] = field(default_factory=list)
    frames: list[float] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)

    def in_gap(self, at: float) -> bool:
        return any(gap.start - HELD_BACK_S <= at <= gap.end + AGAIN_WITHIN_S for gap in self.gaps)

    def lost(self) -> list[Key]:
        """Readings that the monitor sent outside every gap and that the station has not."""
        return [key for key in (Counter(self.expected) - Counter(self.got)) if not self.in_gap(key[2])]

    def invented(self) -> list[Key]:
        """Readings that the station has and that the monitor did not send, outside every gap."""
        return [key for key in (Counter(self.got) - Counter(self.expected)) if not self.in_gap(key[2])]

    def longest_pause(self) -> float:
        """Between two good frames with no gap between them, seconds."""
        pairs = zip(self.frames, self.frames[1:], strict=False)
        return max((b - a for a, b in pairs if not (self.in_gap(a) or self.in_gap(b))), default=0.0)

    def slowest(self) -> dict[str, float]:
        """Mishap -> the longest time from its end to the first reading, seconds; inf: none came."""
        found: dict[str, float] = {}
        for gap in self.gaps:
            after = float("inf") if gap.again is None else gap.again - gap.end
            found[gap.what] = max(found.get(gap.what, 0.0), after)
        return found


class Peers:
    """The monitor at one end, the station at the other, and the cable between them."""

    def __init__(self, driver: Driver, folder: Path, chance: random.Random) -> None:
        self.driver, self.chance, self.now = driver, chance, 1000.0
        self.path = folder / "port"
        self.tally = Tally()
        self.cable_in = True
        self.on = True
        self.monitor: Emulator = driver.emulator(SteadyPatient(), 1)
        self._pty: PtyLink | None = None
        self._links: list[CountedLink] = []
        self._heard_of: dict[CountedLink, int] = {}
        self._reference = driver.decoder()
        self._poller = Poller()
        self._line = MonitorLine(driver, Opening(make=self._make, port=str(self.path), reopens=True))
        self.plug_in()

    # What can happen

    def plug_in(self) -> None:
        """The adaptor is there."""
        self._pty = PtyLink(self.path)
        self._pty.open()

    def pull_adaptor(self) -> None:
        """The adaptor is gone, and its port with it."""
        if self._pty is not None:
            self._pty.close()
        self._pty = None

    def restart(self) -> None:
        """The monitor knows nothing of what was asked of it."""
        self.monitor = self.driver.emulator(SteadyPatient(), self.chance.randrange(1, 99))
        self.monitor.emit(self.now)  # it begins now

    def disturb(self, data: bytes) -> None:
        """Bytes on the line that no monitor sent."""
        self._deliver(data)

    def sleep(self, seconds: float) -> None:
        """The computer hears nothing for so long and then wakes."""
        self.now += seconds
        self.monitor.emit(self.now)

    def mishap(self, what: str, start: float) -> None:
        """Note that something happened from `start` until now."""
        self.tally.gaps.append(Gap(what=what, start=start, end=self.now))

    # Time

    def run(self, seconds: float) -> None:
        """Let so much time pass."""
        for _ in range(round(seconds / STEP_S)):
            self.now += STEP_S
            self._station_speaks()
            self._monitor_speaks()

    def close(self) -> None:
        self._line.close()
        self._poller.close()
        self.pull_adaptor()

    def _make(self) -> CountedLink:
        self._links.append(CountedLink(str(self.path), baud_rate=self.driver.line.baud_rate))
        return self._links[-1]

    def _station_speaks(self) -> None:
        before = self._line.link
        self._take(self._line.tick(self.now))
        link = self._line.link
        if link is not before:
            self._expect(self._reference.finish(self.now))
            if before is not None:
                self._poller.remove(before)
            if link is not None:
                self._poller.add(link)
        self._collect()

    def _collect(self) -> None:
        """What the station wrote reaches the monitor whole, if the cable is in."""
        link = self._line.link
        if self._pty is None or not isinstance(link, CountedLink):
            return
        said = b""
        poller = Poller()
        poller.add(self._pty)
        while self._heard_of.get(link, 0) + len(said) < link.written:
            for arrival in poller.wait(self.now, ARRIVES_S):
                said += arrival.data
        poller.close()
        self._heard_of[link] = link.written
        if said and self.cable_in and self.on:
            self.monitor.receive(said, self.now)

    def _monitor_speaks(self) -> None:
        sent = self.monitor.emit(self.now) if self.on else b""
        if not self.cable_in or self._pty is None or self._line.link is None:
            sent = b""
        self._expect(self._reference.feed(sent, self.now))
        self._deliver(sent)

    def _expect(self, events: list[Event]) -> None:
        self.tally.expected += [_key(event) for event in events if isinstance(event, Reading)]

    def _deliver(self, data: bytes) -> None:
        """The station hears it all before time goes on."""
        if self._pty is None:
            self._hear(0)
            return
        for begin in range(0, len(data), 1024):
            piece = data[begin : begin + 1024]
            self._pty.write(piece)
            self._hear(len(piece))
        if not data:
            self._hear(0)

    def _hear(self, size: int) -> None:
        heard = 0
        while self._line.link is not None:
            arrivals = self._poller.wait(self.now, ARRIVES_S if heard < size else 0.0)
            for arrival in arrivals:
                heard += len(arrival.data)
                if arrival.error is not None:
                    self._take(self._line.lost(arrival.error, self.now))
                else:
                    self._take(self._line.receive(arrival.data, self.now))
            if heard >= size:
                return

    def _take(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Reading):
                self.tally.got.append(_key(event))
                self._note_return(event)
            elif isinstance(event, FrameAccepted):
                self.tally.frames.append(event.at)

    def _note_return(self, reading: Reading) -> None:
        if reading.value is None:
            return
        for gap in reversed(self.tally.gaps):
            if gap.again is not None:
                return
            gap.again = self.now


def _key(reading: Reading) -> Key:
    return reading.parameter, reading.value, round(reading.at, 6)
