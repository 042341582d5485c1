"""Which monitor's word counts at a bed with several: the first connected one that has a value. No clock.

The one place to change when the clinic may prefer a monitor for a parameter: `Sources.of`.
"""

from collections.abc import Iterable, Sequence

from nurse_station.alarms.bedside import SENSORS
from nurse_station.devices.contract import Event
from nurse_station.station.line import MonitorLine
from nurse_station.station.snapshots import Numeric
from nurse_station.vitals.readings import DeviceCondition, Reading
from nurse_station.vitals.waves import WaveBlock

WAVE_HELD_S = 5.0
"""A wave that one monitor sends is taken from another only when it was not heard for so long."""
SENSOR_OF = {key: sensor for sensor in SENSORS.values() for key in (*sensor.off, *sensor.searching)}
"""Device conditions that speak of one sensor: those of a monitor that does not count say nothing."""


class Sources:
    """Merges what the monitors of one bed say. Lines are given in the order in which they were connected."""

    def __init__(self) -> None:
        self._said: dict[str, set[str]] = {}
        self._told: set[str] = set()
        self._waves: dict[str, tuple[str, float]] = {}

    def of(self, parameter: str, lines: Iterable[MonitorLine], now: float) -> MonitorLine | None:
        """The line whose reading of a parameter counts at monotonic second `now`; None: none has a value."""
        return next((line for line in lines if line.has_value(parameter, now)), None)

    def numerics(self, lines: Iterable[MonitorLine], now: float) -> dict[str, Numeric]:
        """Every parameter as it is to be shown: of the line that counts, else of the first that knows it."""
        shown: dict[str, Numeric] = {}
        for line in lines:
            for key, numeric in line.board.numerics(now, receiving=line.receiving(now)).items():
                if key not in shown or shown[key].value is None:
                    shown[key] = numeric
        return shown

    def heard(
        self, line: MonitorLine, events: Sequence[Event], lines: Sequence[MonitorLine], now: float
    ) -> list[Event]:
        """What the alarms are to hear of what one line said."""
        spoken = [event for event in events if isinstance(event, DeviceCondition)]
        self._remember(line.driver.key, spoken)
        if len(lines) == 1:
            self._told = set(self._said[line.driver.key])
            return list(events)
        counted = [event for event in events if self._counts(event, line, lines, now)]
        return [*counted, *self._changed(lines, spoken, now)]

    def left(self, source: str, lines: Sequence[MonitorLine], now: float) -> list[Event]:
        """A monitor was disconnected: what it alone said of itself is so no longer."""
        self._said.pop(source, None)
        return self._changed(lines, [], now)

    def _remember(self, source: str, spoken: Iterable[DeviceCondition]) -> None:
        said = self._said.setdefault(source, set())
        for condition in spoken:
            (said.add if condition.active else said.discard)(condition.key)

    def _counts(self, event: Event, line: MonitorLine, lines: Sequence[MonitorLine], now: float) -> bool:
        match event:
            case Reading():
                return self._reading_counts(event, line, lines, now)
            case WaveBlock():
                return self._wave_counts(event)
            case DeviceCondition():
                return False  # told as what all of them say together
            case _:
                return True

    def _reading_counts(
        self, reading: Reading, line: MonitorLine, lines: Sequence[MonitorLine], now: float
    ) -> bool:
        """This reading may be newer than what its own line is known for."""
        if reading.value is None:
            return self.of(reading.parameter, (other for other in lines if other is not line), now) is None
        before = lines[: lines.index(line)]
        return self.of(reading.parameter, before, now) is None

    def _wave_counts(self, block: WaveBlock) -> bool:
        holder, heard_at = self._waves.get(block.wave, (block.source, block.at))
        if holder != block.source and block.at - heard_at <= WAVE_HELD_S:
            return False
        self._waves[block.wave] = (block.source, block.at)
        return True

    def _changed(
        self, lines: Sequence[MonitorLine], spoken: Iterable[DeviceCondition], now: float
    ) -> list[Event]:
        """What all monitors together say, as far as it is not what was told before."""
        together = {key for line in lines for key in self._said.get(line.driver.key, ())
                    if self._speaks(line, key, lines, now)}  # fmt: skip
        denied = {condition.key for condition in spoken if not condition.active}
        # A condition that is denied is told even when it is no news: the alarms learn that it can be known.
        changed = (together ^ self._told) | (denied - together)
        self._told = together
        return [
            DeviceCondition(key=key, active=key in together, at=now, source="") for key in sorted(changed)
        ]

    def _speaks(self, line: MonitorLine, key: str, lines: Sequence[MonitorLine], now: float) -> bool:
        sensor = SENSOR_OF.get(key)
        return sensor is None or self.of(sensor.main, lines, now) in (line, None)
