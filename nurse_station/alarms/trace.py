"""One parameter as it was heard: its newest value, its pace, what was wrong. Decides no alarm."""

from collections import deque
from dataclasses import dataclass, field
from statistics import median

from nurse_station.vitals.parameters import PARAMETERS
from nurse_station.vitals.readings import Missing, Quality, Reading

EXPIRES_AFTER_S = 5.0
EXPIRES_AT_MOST_S = 30.0
"""However slow a monitor is (ISO 80601-2-61)."""
EPISODIC_GONE_S = 60 * 60.0
"""A cuff pressure says nothing of the patient any longer."""
IMPOSSIBLE_STEP = {"spo2": 30.0, "hr": 150.0, "pr": 150.0}
"""No body changes by more within two seconds. Only the sample after the step is doubted: if the next
agrees with it, the value is new, not impossible."""
_STEP_WITHIN_S = 2.0
SETTLES_S = 10.0
"""When values begin to come from another monitor, they clear no alarm for so long."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """One cuff measurement: when (monotonic seconds) and what."""

    at: float
    value: float


@dataclass(slots=True)
class Trace:
    """What is known of one parameter.

    Attributes:
        key: The parameter.
        value: The newest reading's value; None: it had none that can be true.
        at: When the newest valid value arrived, monotonic seconds; None: never.
        heard_at: When the newest reading arrived, with or without a value.
        why: Why the newest reading has no value; None: it has one.
        questionable: The device doubts the newest value.
        implausible: Readings in a row that no patient can have.
        changed_at: When the value last became another.
        source: Which monitor the newest reading is of; empty: none was heard yet.
        source_since: Since when, after it was another's; None: it never was.
        measurements: The last two, for a parameter that is measured now and then.
    """

    key: str
    value: float | None = None
    at: float | None = None
    heard_at: float = 0.0
    why: Missing | None = None
    questionable: bool = False
    implausible: int = 0
    changed_at: float = 0.0
    source: str = ""
    source_since: float | None = None
    measurements: deque[Measurement] = field(default_factory=lambda: deque(maxlen=2))
    _intervals: deque[float] = field(default_factory=lambda: deque(maxlen=5))
    _period: float = 0.0
    _raw: float | None = None

    def add(self, reading: Reading) -> None:
        """Take a reading. A stale one is no news."""
        if reading.quality is Quality.STALE:
            return
        if reading.at - self.heard_at > 0 and self.at is not None:
            self._intervals.append(reading.at - self.heard_at)
            self._period = median(self._intervals)
        if reading.source != self.source:
            self._begin_source(reading)
        impossible = self._impossible(reading)
        self.heard_at, self._raw = reading.at, self._possible(reading.value)
        self.implausible = self.implausible + 1 if impossible else 0
        self.why = Missing.IMPLAUSIBLE if impossible else reading.why
        value = None if impossible else reading.value
        self.questionable = reading.quality is Quality.QUESTIONABLE
        if value is not None:
            self._valid(value, reading)
        self.value = value

    def current(self, now: float) -> float | None:
        """The value as far as it is the patient's now; None: not known."""
        if self.value is None or self.at is None:
            return None
        if PARAMETERS[self.key].episodic:
            return self.value if now - self.measurements[-1].at <= EPISODIC_GONE_S else None
        return self.value if now - self.at <= self.expires_after() else None

    def settled(self, now: float) -> bool:
        """Whether it has come from one monitor for long enough to say that something is over."""
        return self.source_since is None or now - self.source_since >= SETTLES_S

    def expires_after(self, at_least: float = EXPIRES_AFTER_S) -> float:
        """Seconds without a word after which the value is no longer current: three periods or a minimum."""
        return max(at_least, min(3 * self._period, EXPIRES_AT_MOST_S))

    def missing(self, now: float) -> bool:
        """The monitor still speaks of it and says that there is no value."""
        told = self.why is not None and self.why is not Missing.IMPLAUSIBLE
        return told and now - self.heard_at <= self.expires_after()

    def _begin_source(self, reading: Reading) -> None:
        """A step from one monitor's value to another's is no step of the body's."""
        if self.source:
            self.source_since = reading.at
        self.source, self._raw = reading.source, None

    def _valid(self, value: float, reading: Reading) -> None:
        if value != self.value:
            self.changed_at = reading.at
        if PARAMETERS[self.key].episodic:
            self._measured(value, reading)
        self.at = reading.at

    def _measured(self, value: float, reading: Reading) -> None:
        last = self.measurements[-1] if self.measurements else None
        at = reading.at if reading.measured_at is None else reading.measured_at
        if last is None or last.value != value or (reading.measured_at is not None and at > last.at):
            self.measurements.append(Measurement(at, value))

    def _possible(self, value: float | None) -> float | None:
        return value if value is not None and PARAMETERS[self.key].accepts(value) else None

    def _impossible(self, reading: Reading) -> bool:
        if reading.value is None:
            return reading.why is Missing.IMPLAUSIBLE
        if self._possible(reading.value) is None:
            return True
        step = IMPOSSIBLE_STEP.get(self.key)
        if step is None or self._raw is None or reading.at - self.heard_at > _STEP_WITHIN_S:
            return False
        return abs(reading.value - self._raw) > step
