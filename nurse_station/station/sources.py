"""Merges what the monitors of one bed say, so that each measurement comes from one of them. No clock.

What counts is what alarms, history and screen get; the record gets everything from all.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from nurse_station.alarms.bedside import SENSORS, UNHEARD
from nurse_station.devices.contract import Event
from nurse_station.station.choice import Choice, Standing
from nurse_station.station.contradictions import Contradiction, Contradictions
from nurse_station.station.line import MonitorLine
from nurse_station.station.preferences import WAVE_OF, Preferences
from nurse_station.station.snapshots import ConditionSnapshot, Numeric, Rival
from nurse_station.vitals.parameters import measurement_of
from nurse_station.vitals.readings import DeviceCondition, Reading
from nurse_station.vitals.waves import WaveBlock

WAVE_HELD_S = 5.0
"""A wave that was not heard for so long is taken from another monitor."""
SENSOR_OF = {key: sensor for sensor in SENSORS.values() for key in (*sensor.off, *sensor.searching)}
"""Device conditions that speak of one sensor: those of a monitor that does not count say nothing."""

Lines = Sequence[MonitorLine]
Moved = Callable[[str, str, str], None]


def _nothing(parameter: str, old: str, new: str) -> None:
    """Nobody wants to know."""


class Sources:
    """Merges what the monitors of one bed say. Lines are given in the order in which they were connected."""

    def __init__(self, preferences: Preferences | None = None, moved: Moved = _nothing) -> None:
        """Store which monitors are preferred, and what is told (parameter, old, new) when another counts."""
        self._moved = moved
        self._preferences = preferences or Preferences()
        self._choices: dict[str, Choice] = {}
        self._waves: dict[str, Choice] = {}
        self._wave_heard: dict[str, dict[str, tuple[float, Standing]]] = {}
        self._contradictions = Contradictions()
        self._said: dict[str, set[str]] = {}
        self._told: set[str] = set()
        self._doubted: set[str] = set()

    def of(self, parameter: str) -> str | None:
        """Key of the monitor family whose readings of a parameter count; None: there is no choice."""
        choice = self._choices.get(measurement_of(parameter))
        return None if choice is None else choice.source

    def counts(self, reading: Reading) -> bool:
        """Whether a reading is the bed's word for its parameter; one monitor alone always has it."""
        choice = self._choices.get(measurement_of(reading.parameter))
        return choice is None or choice.source == reading.source

    def heard(self, line: MonitorLine, events: Sequence[Event], lines: Lines, now: float) -> list[Event]:
        """What counts of what one line said; the line's board must have the readings already."""
        spoken = [event for event in events if isinstance(event, DeviceCondition)]
        self._remember(line.driver.key, spoken)
        if len(lines) == 1:
            self._be_alone()
            self._told, self._doubted = set(self._said[line.driver.key]), set()
            return list(events)
        spoken_of = {measurement_of(event.parameter) for event in events if isinstance(event, Reading)}
        handed = self._choose(lines, now, sorted(spoken_of))
        new = [reading for reading in handed if not any(reading is event for event in events)]
        counted = [event for event in events if self._event_counts(event, lines, now)]
        return [*new, *counted, *self._changed(lines, spoken, now)]

    def step(self, lines: Lines, now: float) -> list[Event]:
        """Let time pass; a few times a second. What the alarms are to hear, because another counts now."""
        if len(lines) < 2:
            self._be_alone()
            return []
        handed = self._choose(lines, now, _measurements(lines))
        self._contradictions.step(
            {line.driver.key: line.board.values(now, receiving=line.receiving(now)) for line in lines}, now
        )
        return [*handed, *self._changed(lines, [], now)]

    def left(self, source: str, lines: Lines, now: float) -> list[Event]:
        """A monitor was disconnected: what it alone said of itself is so no longer."""
        self._said.pop(source, None)
        handed = self._choose(lines, now, _measurements(lines)) if len(lines) > 1 else []
        if not handed and len(lines) < 2:
            self._be_alone()
        return [*handed, *self._changed(lines, [], now)]

    def numerics(self, lines: Lines, now: float) -> dict[str, Numeric]:
        """Every parameter as it is to be shown: of the monitor that counts, named where there are several."""
        tables = {line.driver.key: line.board.numerics(now, receiving=line.receiving(now)) for line in lines}
        if len(lines) == 1:
            return next(iter(tables.values()))
        names = short_names(lines)
        shown: dict[str, Numeric] = {}
        for key in dict.fromkeys(key for table in tables.values() for key in table):
            numeric = self._shown(key, tables)
            if numeric is not None:
                shown[key] = self._annotated(numeric, names, tables)
        return shown

    def fallen(self, lines: Lines, now: float) -> tuple[str, ...]:
        """What stands in for a preferred monitor now: `etco2,rr_co2@GE`."""
        names, by_source = short_names(lines), {line.driver.key: line for line in lines}
        found: dict[str, list[str]] = {}
        for key, choice in self._choices.items():
            line = by_source.get(choice.source or "")
            if line is not None and choice.instead_of and line.standing(key, now) is Standing.CURRENT:
                found.setdefault(names[line.driver.key], []).append(key)
        return tuple(f"{','.join(keys)}@{name}" for name, keys in found.items())

    def contradicted(self, lines: Lines) -> tuple[str, ...]:
        """Values that cannot all be right, by their monitor: `hr,spo2@GE`, `pr,spo2@Masimo`."""
        names = short_names(lines)
        by_source: dict[str, list[str]] = {}
        for found in self._disputes():
            for key, source in (found.one, found.other):
                by_source.setdefault(source, []).append(key)
        return tuple(
            f"{','.join(dict.fromkeys(keys))}@{names[source]}"
            for source, keys in by_source.items()
            if source in names
        )

    def _disputes(self) -> list[Contradiction]:
        """Contradictions of a value that counts: what two others say of each other disturbs nobody."""
        found = self._contradictions.found
        return [
            each for each in found if any(self.of(key) == source for key, source in (each.one, each.other))
        ]

    def _be_alone(self) -> None:
        """One monitor says all: there is nothing to choose."""
        if self._choices or self._waves:
            self._choices.clear()
            self._waves.clear()
            self._wave_heard.clear()
            self._contradictions = Contradictions()

    def _choose(self, lines: Lines, now: float, measurements: Iterable[str]) -> list[Reading]:
        """Choose for each measurement; gives the newest readings of what comes from another than before."""
        by_source = {line.driver.key: line for line in lines}
        handed: list[Reading] = []
        for key in measurements:
            choice = self._choices.setdefault(key, Choice())
            before = choice.source
            order = self._preferences.ordered(key, by_source)
            if choice.step({source: by_source[source].standing(key, now) for source in order}, now):
                handed += self._handed(key, before, choice.source, by_source, now)
        return handed

    def _handed(
        self, key: str, old: str | None, new: str | None, by_source: dict[str, MonitorLine], now: float
    ) -> list[Reading]:
        """The alarms hear of the new one at once: what it said while it did not count, if it still holds."""
        line = by_source.get(new or "")
        if line is None:
            return []
        if old is not None:
            self._moved(key, old, line.driver.key)
        return line.board.latest(key) if line.standing(key, now) is Standing.CURRENT else []

    def _shown(self, key: str, tables: dict[str, dict[str, Numeric]]) -> Numeric | None:
        own = tables.get(self.of(key) or "", {}).get(key)
        if own is not None:
            return own
        others = (tables[source] for source in self._preferences.ordered(key, tables))
        found = next((table[key] for table in others if key in table), None)
        borrowed = found is not None and found.value is not None and self.of(key) is not None
        return None if borrowed else found  # no lower pressure of one monitor beside another's upper one

    def _annotated(
        self, numeric: Numeric, names: dict[str, str], tables: dict[str, dict[str, Numeric]]
    ) -> Numeric:
        choice = self._choices.get(measurement_of(numeric.parameter))
        stands_in = choice is not None and numeric.value is not None and choice.source == numeric.source
        preferred = choice.instead_of if choice is not None and stands_in else None
        return replace(
            numeric, monitor=names[numeric.source], instead_of=names.get(preferred or "", ""),
            against=self._rival(numeric, names, tables),
        )  # fmt: skip

    def _rival(
        self, numeric: Numeric, names: dict[str, str], tables: dict[str, dict[str, Numeric]]
    ) -> Rival | None:
        if numeric.value is None:
            return None
        for found in self._disputes():
            other = found.against(numeric.parameter, numeric.source)
            if other is not None and other[1] in names:
                parameter, source = other
                its = tables[source].get(parameter)
                return Rival(
                    parameter=parameter, value=None if its is None else its.value, monitor=names[source]
                )
        return None

    def _remember(self, source: str, spoken: Iterable[DeviceCondition]) -> None:
        said = self._said.setdefault(source, set())
        for condition in spoken:
            (said.add if condition.active else said.discard)(condition.key)

    def _event_counts(self, event: Event, lines: Lines, now: float) -> bool:
        match event:
            case Reading():
                return self.counts(event)
            case WaveBlock():
                return self._wave_counts(event, lines, now)
            case DeviceCondition():
                return False  # told as what all of them say together
            case _:
                return True

    def _wave_counts(self, block: WaveBlock, lines: Lines, now: float) -> bool:
        empty = block.leads_off or bool(np.isnan(block.samples).all())
        heard = self._wave_heard.setdefault(block.wave, {})
        heard[block.source] = (block.at, Standing.WORD if empty else Standing.CURRENT)
        receiving = {line.driver.key for line in lines if line.receiving(now)} | {block.source}
        order = self._preferences.ordered(WAVE_OF.get(block.wave, ""), [line.driver.key for line in lines])
        standings = dict.fromkeys(order, Standing.NOTHING)
        for source, (at, standing) in heard.items():
            if source in receiving and now - at <= WAVE_HELD_S:
                standings[source] = standing
        choice = self._waves.setdefault(block.wave, Choice())
        choice.step(standings, now)
        return choice.source == block.source

    def _changed(self, lines: Lines, spoken: Iterable[DeviceCondition], now: float) -> list[Event]:
        """What all monitors together say, as far as it is not what was told before."""
        together = {key for line in lines for key in self._said.get(line.driver.key, ())
                    if self._speaks(line, key)}  # fmt: skip
        heard = {
            key for line in lines if not line.unheard(now) for key in self._said.get(line.driver.key, ())
        }
        doubted = together - heard
        denied = {condition.key for condition in spoken if not condition.active}
        # A condition that is denied is told even when it is no news: the alarms learn that it can be known.
        changed = (together ^ self._told) | (denied - together) | (doubted ^ self._doubted)
        self._told, self._doubted = together, doubted
        return [
            DeviceCondition(key=key, active=key in together, at=now, source="",
                            detail=UNHEARD if key in doubted else "")
            for key in sorted(changed)
        ]  # fmt: skip

    def _speaks(self, line: MonitorLine, key: str) -> bool:
        sensor = SENSOR_OF.get(key)
        return sensor is None or self.of(sensor.main) in (line.driver.key, None)


def _measurements(lines: Lines) -> Iterable[str]:
    return dict.fromkeys(key for line in lines for key in line.board.measurements)


def conditions_of(lines: Lines, now: float) -> dict[str, ConditionSnapshot]:
    """What the monitors say of themselves; where there are several, each says it in its own name.

    The first that says something has its key; another that says the same has `KEY@FAMILY`.
    """
    names = short_names(lines) if len(lines) > 1 else {}
    found: dict[str, ConditionSnapshot] = {}
    for line in lines:
        for key, said in line.conditions_at(now).items():
            own = replace(said, words=f"{names[said.source]}: {said.words}") if names else said
            found[f"{key}@{said.source}" if key in found else key] = own
    return found


def short_names(lines: Lines) -> dict[str, str]:
    """Monitor family -> its name in one word; the whole name where two begin alike."""
    first = {line.driver.key: line.driver.name.split(" ")[0] for line in lines}
    words = list(first.values())
    return {
        line.driver.key: word if words.count(word) == 1 else line.driver.name
        for line, word in zip(lines, words, strict=True)
    }
