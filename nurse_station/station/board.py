"""The newest reading of each parameter of a bed, and how current it is now. Decides what may be shown."""

from nurse_station.station.choice import Standing
from nurse_station.station.pace import Pace
from nurse_station.station.snapshots import Age, Numeric
from nurse_station.vitals.parameters import PARAMETERS, measurement_of
from nurse_station.vitals.readings import Missing, Quality, Reading

EXPIRES_AFTER_S = 4.5
"""A continuous value is no longer shown after this, or three of its intervals if that is longer."""
SHORTEST_EPISODE_S = 20.0
"""A cuff cannot have measured again so soon: the same measurement told anew."""
EPISODIC_OLD_S = 15 * 60.0
"""A cuff pressure is old after this where its interval is not known, else after 1.5 intervals."""
EPISODIC_GONE_S = 60 * 60.0
"""A cuff pressure is not shown any longer after this."""


class Board:
    """One source's readings: what it last said of each parameter."""

    def __init__(self) -> None:
        self._readings: dict[str, Reading] = {}
        self._valued: set[str] = set()
        self._pace = Pace()
        self._measured: dict[str, float] = {}
        self._interval: float | None = None
        self._first_seen: dict[str, tuple[float, float]] = {}
        self.measurements: dict[str, set[str]] = {}
        """Measurement -> the parameters of it that were ever sent (`vitals.parameters.measurement_of`)."""

    @property
    def valued(self) -> frozenset[str]:
        """Every parameter that ever had a value."""
        return frozenset(self._valued)

    def add(self, reading: Reading) -> bool:
        """Take a reading. Returns whether it is news for the history: a value that was just measured."""
        if reading.quality is Quality.STALE:
            return False
        self._pace.heard(reading.at)
        if reading.parameter not in self._readings:
            self.measurements.setdefault(measurement_of(reading.parameter), set()).add(reading.parameter)
        self._readings[reading.parameter] = reading
        if reading.value is None:
            return False
        self._valued.add(reading.parameter)
        seen = self._first_seen.get(reading.parameter)
        if seen is None or seen[0] != reading.value:
            self._first_seen[reading.parameter] = (reading.value, reading.at)
        return self._newly_measured(reading) if PARAMETERS[reading.parameter].episodic else True

    def forget(self) -> None:
        """The line was opened anew: what it said of the present counts no more; a cuff's time still does."""
        self._pace = Pace()
        self._readings = {key: r for key, r in self._readings.items() if PARAMETERS[key].episodic}

    def is_silent(self, now: float) -> bool:
        """Whether no reading came for too long, or none ever came."""
        return self._pace.is_silent(now, EXPIRES_AFTER_S)

    def numerics(self, now: float, *, receiving: bool) -> dict[str, Numeric]:
        """Every parameter as it may be shown at monotonic second `now`.

        A module that is there and was never used (an empty pressure channel) has nothing to show;
        one that gave a value once stays, so that its end is seen.

        Args:
            now: Monotonic seconds.
            receiving: Whether good frames arrive; without them no continuous value is current.
        """
        return {
            key: self._numeric(reading, now, receiving)
            for key, reading in self._readings.items()
            if key in self._valued or reading.why is not Missing.OFF
        }

    def standing(self, measurement: str, now: float, *, receiving: bool) -> Standing:
        """What there is to say of a measurement at monotonic second `now`; see `numerics`."""
        found = Standing.NOTHING
        for parameter in self.measurements.get(measurement, ()):
            reading = self._readings.get(parameter)
            if reading is not None:
                found = max(found, self._standing_of(reading, now, receiving))
        return found

    def latest(self, measurement: str) -> list[Reading]:
        """The newest reading of each parameter of a measurement."""
        parameters = sorted(self.measurements.get(measurement, ()))
        return [self._readings[key] for key in parameters if key in self._readings]

    def values(self, now: float, *, receiving: bool) -> dict[str, float]:
        """Every continuous value that is current and that the monitor does not doubt."""
        return {
            key: reading.value
            for key, reading in self._readings.items()
            if reading.value is not None
            and reading.quality is Quality.GOOD
            and not PARAMETERS[key].episodic
            and self._age(reading, now, receiving) is Age.CURRENT
        }

    def next_episode(self) -> float | None:
        """When the next cuff pressure is due by the interval of the last two; None: not known."""
        last = max(self._measured.values(), default=None)
        return None if last is None or self._interval is None else last + self._interval

    def _standing_of(self, reading: Reading, now: float, receiving: bool) -> Standing:
        age = self._age(reading, now, receiving)
        if age is Age.EXPIRED or not receiving and reading.value is None:
            return Standing.NOTHING
        if reading.value is None:
            return Standing.NOTHING if reading.why is Missing.ABSENT else Standing.WORD
        return Standing.CURRENT if age is Age.CURRENT else Standing.OLD

    def _newly_measured(self, reading: Reading) -> bool:
        at, before = reading.measured_at, self._measured.get(reading.parameter)
        if at is None or (before is not None and at - before < SHORTEST_EPISODE_S):
            return False
        if before is not None:
            self._interval = at - before
        self._measured[reading.parameter] = at
        return True

    def _numeric(self, reading: Reading, now: float, receiving: bool) -> Numeric:
        age = self._age(reading, now, receiving)
        gone = age is Age.EXPIRED
        return Numeric(
            parameter=reading.parameter,
            value=None if gone else reading.value,
            quality=Quality.MISSING if gone else reading.quality,
            age=age,
            at=reading.at,
            source=reading.source,
            why=None if gone else reading.why,
            measured_at=reading.measured_at,
            origin=reading.origin,
        )

    def _age(self, reading: Reading, now: float, receiving: bool) -> Age:
        if PARAMETERS[reading.parameter].episodic:
            return self._episodic_age(reading, now, receiving)
        late = now - reading.at > self._pace.silent_after(EXPIRES_AFTER_S)
        return Age.EXPIRED if late or not receiving else Age.CURRENT

    def _episodic_age(self, reading: Reading, now: float, receiving: bool) -> Age:
        if reading.value is None:
            return Age.CURRENT if receiving else Age.EXPIRED
        if reading.measured_at is None:  # older than a minute, nobody knows how much
            _, since = self._first_seen[reading.parameter]
            return Age.OLD if receiving and now - since <= EPISODIC_GONE_S else Age.EXPIRED
        age = now - reading.measured_at
        if age > EPISODIC_GONE_S:
            return Age.EXPIRED
        limit = EPISODIC_OLD_S if self._interval is None else 1.5 * self._interval
        return Age.OLD if age > limit or not receiving else Age.CURRENT
