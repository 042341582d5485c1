"""One monitor at one bed: its line kept open, its bytes decoded, its silence noticed. No thread."""

import logging
import math
from collections import Counter
from types import MappingProxyType

from nurse_station.devices.contract import Driver, Event
from nurse_station.links.keeper import KeptLink, KeptState
from nurse_station.links.link import Link, LinkError
from nurse_station.station.board import Board
from nurse_station.station.choice import Standing
from nurse_station.station.line_health import HealthWatch
from nurse_station.station.opening import Opening
from nurse_station.station.pace import Pace
from nurse_station.station.snapshots import ConditionSnapshot, LineSnapshot, LineState
from nurse_station.vitals.readings import DeviceCondition, FrameAccepted, FrameRefused

log = logging.getLogger(__name__)

LISTENS_S = 5.0
"""So long after it was first connected a line may be without a frame before that is called silence."""
RAW_SHOWN = 128
"""Bytes."""
REOPEN_AFTER_S = 12.0
"""A serial line without a single byte for so long is closed and opened anew: adaptors hang."""


WITHOUT_A_LINE = {
    KeptState.OPENING: LineState.OPENING,
    KeptState.LOST: LineState.LOST,
    KeptState.ENDED: LineState.ENDED,
    KeptState.CLOSED: LineState.ENDED,
}


class MonitorLine:
    """The line to one monitor. The station's thread alone calls it."""

    def __init__(self, driver: Driver, opening: Opening) -> None:
        self.driver = driver
        self.opening = opening
        self.board = Board()
        self.conditions: dict[str, str] = {}
        self._kept = KeptLink(opening.make)
        self._decoder = driver.decoder()
        self._conversation = driver.conversation(self._decoder)
        self._frames = Pace()
        self._opened_at: float | None = None
        self._first_opened_at: float | None = None
        self._bytes_in = self._accepted = 0
        self._refused: Counter[str] = Counter()
        self._last_byte_at: float | None = None
        self._heard_at: float | None = None
        self._wanted_at: float | None = None
        self._raw = b""
        self._health = HealthWatch()

    @property
    def link(self) -> Link | None:
        """The open line that the poller is to watch; None: there is none now."""
        return self._kept.link

    @property
    def ended(self) -> bool:
        """A capture that was played to its end."""
        return self._kept.state is KeptState.ENDED

    @property
    def compressed(self) -> bool:
        """Played as fast as it goes: its times are no times of a patient, so it neither alarms nor sounds."""
        return math.isinf(self.opening.speed)

    @property
    def reconnections(self) -> int:
        """How often bytes came again after the line had been lost."""
        return self._kept.reconnections

    @property
    def port(self) -> str:
        """Where it is plugged in: the port that is really open, else the one that was asked for."""
        link = self._kept.link
        return link.name if link is not None and self.opening.reopens else self.opening.port

    def conditions_at(self, now: float) -> dict[str, ConditionSnapshot]:
        """What the monitor says of itself, while it says anything: an old word is no word."""
        if self.board.is_silent(now) or not self.receiving(now):
            return {}
        return {key: self._condition(key, detail) for key, detail in self.conditions.items()}

    def standing(self, measurement: str, now: float) -> Standing:
        """What the monitor has to say of a measurement."""
        return self.board.standing(measurement, now, receiving=self.receiving(now))

    def unheard(self, now: float) -> bool:
        """No good frame for longer than the family allows, however the line is meanwhile."""
        since = self._wanted_at if self._heard_at is None else self._heard_at
        return since is not None and not self.ended and now - since > self.driver.silence_after_s

    def tick(self, now: float) -> list[Event]:
        """Open the line if that is due, speak to the monitor, notice silence. A few times a second."""
        self._wanted_at = now if self._wanted_at is None else self._wanted_at
        self._health.step(now, self.state(now), self._heard_at)
        if self._kept.step(now):
            return self._opened(now)
        if self._kept.link is None or self.ended:
            return []
        if self._hangs(now):
            self._kept.silent(now)
            return self._fell_apart(now)
        return self._send(self._conversation.tick(now, self._frames.last), now)

    def receive(self, data: bytes, now: float) -> list[Event]:
        """Bytes came. Returns what they completed; never raises on any bytes."""
        if not data:
            return self._decoder.finish(now) if self.ended else []
        self._kept.delivered()
        self._bytes_in += len(data)
        self._last_byte_at = now
        self._raw = (self._raw + data[-RAW_SHOWN:])[-RAW_SHOWN:]
        events = self._decoder.feed(data, now)
        self._count(events)
        return events + (self._decoder.finish(now) if self.ended else [])

    def lost(self, error: LinkError, now: float) -> list[Event]:
        """The line failed; it is opened anew by itself."""
        log.warning("line lost: %s", error)
        self._kept.lost(now, error)
        return self._fell_apart(now)

    def close(self) -> None:
        """Tell the monitor to stop sending, and close the line for good."""
        if self._kept.link is not None:
            try:
                self._kept.link.write(self._conversation.closing())
            except LinkError as error:
                log.info("closing: %s", error)
        self._kept.close()

    def receiving(self, now: float) -> bool:
        """Whether good frames arrive."""
        return self.state(now) is LineState.RECEIVING

    def state(self, now: float) -> LineState:
        """See LineState."""
        if self._kept.state is not KeptState.OPEN:
            return WITHOUT_A_LINE[self._kept.state]
        if self._frames.last is None:
            first = self._first_opened_at
            waits = self._accepted == 0 and first is not None and now - first <= LISTENS_S
            return LineState.LISTENING if waits else LineState.SILENT
        # Never learned from the line: one that stutters would teach that old values are current.
        silent = now - self._frames.last > self.driver.silence_after_s
        return LineState.SILENT if silent else LineState.RECEIVING

    def snapshot(self, now: float) -> LineSnapshot:
        """The line as a screen may see it."""
        return LineSnapshot(
            source=self.driver.key,
            monitor=self.driver.name,
            port=self.port,
            settings=self.opening.settings,
            state=self.state(now),
            trouble=self._kept.trouble,
            bytes_in=self._bytes_in,
            frames_accepted=self._accepted,
            frames_refused=MappingProxyType(dict(self._refused)),
            refusals=MappingProxyType(self.driver.refusals),
            reconnections=self._kept.reconnections,
            last_byte_at=self._last_byte_at,
            last_frame_at=self._frames.last,
            retry_at=self._kept.retry_at,
            serial_number=self.opening.serial_number,
            raw=self._raw,
            health=self._health.health(),
        )

    def _condition(self, key: str, detail: str) -> ConditionSnapshot:
        return ConditionSnapshot(
            words=self.driver.conditions.get(key, key.replace("_", " ")),
            detail=detail,
            ordinary=key in self.driver.ordinary,
            source=self.driver.key,
        )

    def _opened(self, now: float) -> list[Event]:
        """A line just opened knows nothing of what was said on the one before."""
        self._opened_at = now
        self._first_opened_at = now if self._first_opened_at is None else self._first_opened_at
        self._frames = Pace()
        self.conditions.clear()
        self.board.forget()
        return self._decoder.finish(now) + self._send(self._conversation.opened(now), now)

    def _send(self, data: bytes, now: float) -> list[Event]:
        if data and self._kept.link is not None:
            try:
                self._kept.link.write(data)
            except LinkError as error:
                return self.lost(error, now)
        return []

    def _hangs(self, now: float) -> bool:
        last = max(self._last_byte_at or 0.0, self._opened_at or 0.0)
        return self.opening.reopens and now - last > REOPEN_AFTER_S

    def _fell_apart(self, now: float) -> list[Event]:
        self._frames = Pace()
        self.conditions.clear()
        return self._decoder.finish(now)

    def _count(self, events: list[Event]) -> None:
        for event in events:
            match event:
                case FrameAccepted(at=at):
                    self._accepted += 1
                    self._frames.heard(at)
                    self._heard_at = at
                case FrameRefused(reason=reason):
                    self._refused[reason] += 1
                case DeviceCondition(key=key, active=True, detail=detail):
                    self.conditions[key] = detail
                case DeviceCondition(key=key):
                    self.conditions.pop(key, None)
                case _:
                    pass
