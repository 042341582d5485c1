"""Readings as lines: one reading a line in JSON or CSV, or one summary of all. Prints nothing itself."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from nurse_station.devices.contract import Event
from nurse_station.vitals.parameters import PARAMETERS
from nurse_station.vitals.readings import FrameAccepted, FrameRefused, Quality, Reading
from nurse_station.vitals.waves import WAVES, WaveBlock

COLUMNS = ("t_s", "parameter", "value", "unit", "quality", "source")


MARK = "mark"
"""The last column of what is no patient's: each of its rows says SIMULATION there."""
SIMULATION = "SIMULATION"


def row(reading: Reading, start: float = 0.0, *, simulated: bool = False) -> dict[str, Any]:
    """One reading in long format; `start` is the monotonic second that counts as 0."""
    mark = {MARK: SIMULATION} if simulated else {}
    return {
        "t_s": round(reading.at - start, 3),
        "parameter": reading.parameter,
        "value": reading.value,
        "unit": PARAMETERS[reading.parameter].unit,
        "quality": reading.quality.value,
        "source": reading.source,
        **mark,
    }


def lines(rows: Iterable[dict[str, Any]], form: str, *, simulated: bool = False) -> Iterator[str]:
    """Rows as text, a line each. `form` is "jsonl" or "csv"; CSV has a header, an empty cell is no value.

    `simulated`: the rows bear the mark, and so does the header.
    """
    if form == "jsonl":
        yield from (json.dumps(each) for each in rows)
        return
    yield ",".join((*COLUMNS, MARK) if simulated else COLUMNS)
    for each in rows:
        text = io.StringIO()
        csv.writer(text, lineterminator="").writerow(each.values())
        yield text.getvalue()


@dataclass(slots=True)
class Numbers:
    """What one parameter did over a recording."""

    unit: str
    count: int = 0
    missing: int = 0
    stale: int = 0
    min: float | None = None
    max: float | None = None
    first: float | None = None
    last: float | None = None

    def add(self, reading: Reading) -> None:
        value = reading.value
        if value is None:
            self.missing += 1
            return
        self.count += 1
        self.stale += reading.quality is Quality.STALE
        self.min = value if self.min is None else min(self.min, value)
        self.max = value if self.max is None else max(self.max, value)
        self.first = value if self.first is None else self.first
        self.last = value

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(slots=True)
class Summary:
    """All of a recording in one object. Values that the monitor sent late are counted as `stale` too."""

    accepted: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    duration_s: float = 0.0
    numerics: dict[str, Numbers] = field(default_factory=dict)
    waves: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, event: Event) -> None:
        match event:
            case FrameAccepted():
                self.accepted += 1
            case FrameRefused(reason=reason):
                self.refused[reason] = self.refused.get(reason, 0) + 1
            case Reading():
                numbers = self.numerics.setdefault(
                    event.parameter, Numbers(unit=PARAMETERS[event.parameter].unit)
                )
                numbers.add(event)
            case WaveBlock():
                self._add_wave(event)
            case _:
                pass

    def as_json(self) -> dict[str, Any]:
        return {
            "frames_accepted": self.accepted,
            "frames_refused": dict(sorted(self.refused.items())),
            "duration_s": round(self.duration_s, 3),
            "numerics": {key: numbers.as_json() for key, numbers in self.numerics.items()},
            "waves": self.waves,
        }

    def _add_wave(self, block: WaveBlock) -> None:
        wave = self.waves.setdefault(
            block.wave, {"samples": 0, "rate_hz": block.rate_hz, "unit": WAVES[block.wave].unit}
        )
        wave["samples"] += len(block.samples)
