"""Readings and waves -> signals of an EDF file: whole numbers of 16 bits at an even rate. Pure arrays.

EDF knows no missing value: NOTHING, the lowest number, stands for it, and nothing else is written as it.
Every value is kept exactly where 16 bits can hold it: a wave as the device's own integers, a number in
hundredths or in whole steps, shifted if need be.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from nurse_station.vitals.parameters import PARAMETERS
from nurse_station.vitals.readings import Quality, Reading
from nurse_station.vitals.waves import WAVES, WaveBlock

NOTHING = -32768
LARGEST = 32767
GAP_S = 1.0
"""A wave that comes so much later than its samples account for has a gap; less is the jitter of a line."""

LONGEST_RECORD_S = 16

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


class EdfError(Exception):
    """A session cannot be written as EDF. Its text is a sentence for a person."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Signal:
    """One signal.

    Attributes:
        label: At most 16 characters.
        source: The monitor that measured it.
        unit: UCUM code.
        rate_hz: Samples a second.
        low, high: What NOTHING and LARGEST stand for, in `unit`.
        samples: int16 from second 0 on.
    """

    label: str
    source: str
    unit: str
    rate_hz: Fraction
    low: float
    high: float
    samples: NDArray[np.int16]


def record_seconds(signals: Iterable[Signal]) -> int:
    """The shortest whole time that holds a whole number of samples of each. Raises EdfError if none does."""
    rates = [signal.rate_hz for signal in signals]
    for seconds in range(1, LONGEST_RECORD_S + 1):
        if all((rate * seconds).denominator == 1 for rate in rates):
            return seconds
    msg = f"The rates {', '.join(str(float(rate)) for rate in rates)} Hz do not go into one EDF file."
    raise EdfError(msg)


# Numbers


def numeric_signals(readings: Iterable[tuple[float, Reading]], seconds: int) -> list[Signal]:
    """A signal of 1 Hz for each parameter of each monitor: the last value of each second.

    What the device doubts is kept; what it sent late as if it were new is not: nothing stands there.
    """
    found: dict[tuple[str, str], Floats] = {}
    for t, reading in readings:
        if 0 <= t < seconds:
            row = found.setdefault((reading.parameter, reading.source), np.full(seconds, np.nan))
            usable = reading.value is not None and reading.quality is not Quality.STALE
            row[int(t)] = reading.value if usable else np.nan
    return [_numeric(parameter, source, row) for (parameter, source), row in found.items()]


def _numeric(parameter: str, source: str, values: Floats) -> Signal:
    known = PARAMETERS.get(parameter)
    step = _step(values[~np.isnan(values)])
    none = np.isnan(values)
    integers = np.rint(np.where(none, 0.0, values) / step).astype(np.int64)
    samples, low, high = _scaled(integers, none, step)
    return Signal(label=parameter[:16], source=source, unit=known.unit if known else "",
                  rate_hz=Fraction(1), low=low, high=high, samples=samples)  # fmt: skip


def _step(values: Floats) -> float:
    """The coarsest of 1, 0.1 and 0.01 that gives every value again."""
    for step in (1.0, 0.1):
        if np.allclose(values, np.rint(values / step) * step, rtol=0, atol=1e-9):
            return step
    return 0.01


def _scaled(
    integers: Integers, none: NDArray[np.bool_], step: float
) -> tuple[NDArray[np.int16], float, float]:
    """Samples, and what the lowest and the highest number stand for."""
    there = integers[~none] if not none.all() else np.zeros(1, np.int64)
    least, most = int(there.min()), int(there.max())
    inside = least > NOTHING and most <= LARGEST
    shift = 0 if inside else (least + most) // 2
    coarser = 1 if inside else -(-(most - least + 2) // (2 * LARGEST))
    samples = np.rint((integers - shift) / coarser).astype(np.int64)
    samples[none] = NOTHING
    low, high = ((end * coarser + shift) * step for end in (NOTHING, LARGEST))
    return samples.astype(np.int16), low, high


# Waves


@dataclass(slots=True)
class _Trace:
    """One wave of one monitor as it grows."""

    resolution: float
    rate_hz: float
    pieces: list[tuple[int, Integers, NDArray[np.bool_]]]
    end: int = 0

    def add(self, t: float, block: WaveBlock) -> None:
        """Put a block behind the one before, or, after a gap, where its time says."""
        last = round(t * self.rate_hz)
        begin = last - len(block.samples)
        if not self.pieces or begin - self.end > GAP_S * self.rate_hz:
            self.end = max(begin, self.end, 0)
        none = np.isnan(block.samples)
        whole = np.rint(np.where(none, 0.0, block.samples) / self.resolution).astype(np.int64)
        self.pieces.append((self.end, whole, none))
        self.end += len(whole)

    def row(self) -> tuple[Integers, NDArray[np.bool_]]:
        integers, none = np.zeros(self.end, np.int64), np.ones(self.end, np.bool_)
        for begin, whole, holes in self.pieces:
            integers[begin : begin + len(whole)] = whole
            none[begin : begin + len(whole)] = holes
        return integers, none


def wave_signals(blocks: Iterable[tuple[float, WaveBlock]]) -> list[Signal]:
    """A signal for each wave of each monitor, at the rate that it names.

    Samples follow each other without a break as long as they come in time; a device whose clock is fast
    keeps all its samples, and then runs ahead of the second that the file counts until its next gap.
    """
    traces: dict[tuple[str, str, float, float], _Trace] = {}
    for t, block in blocks:
        key = block.wave, block.source, block.rate_hz, block.resolution
        if key not in traces:
            traces[key] = _Trace(resolution=block.resolution, rate_hz=block.rate_hz, pieces=[])
        traces[key].add(t, block)
    return list(_drawn(traces))


def _drawn(traces: dict[tuple[str, str, float, float], _Trace]) -> Iterator[Signal]:
    for (wave, source, rate_hz, resolution), trace in traces.items():
        known = WAVES.get(wave)
        samples, low, high = _scaled(*trace.row(), resolution)
        yield Signal(label=wave[:16], source=source, unit=known.unit if known else "",
                     rate_hz=Fraction(rate_hz).limit_denominator(1000), low=low, high=high,
                     samples=samples)  # fmt: skip


def filled(signal: Signal, records: int, seconds: int) -> NDArray[np.int16]:
    """Shape (records, samples a record): NOTHING behind the signal's end."""
    each = int(signal.rate_hz * seconds)
    whole = np.full(records * each, NOTHING, np.int16)
    whole[: min(len(signal.samples), len(whole))] = signal.samples[: len(whole)]
    return whole.reshape(records, each)


def records_needed(signals: Sequence[Signal], seconds: int, span_s: float) -> int:
    """Data records that hold all of the signals and the whole session."""
    longest = max([len(signal.samples) / float(signal.rate_hz) for signal in signals], default=0.0)
    return max(1, -int(-max(longest, span_s) // seconds))
