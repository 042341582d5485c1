"""Sample arrays -> wave blocks. How samples are to be read is told now and then and kept for each object."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nurse_station.devices.philips_intellivue import layout
from nurse_station.devices.philips_intellivue.channels import Channels
from nurse_station.devices.philips_intellivue.content import Content, Samples, SampleSpec, Scale
from nurse_station.devices.philips_intellivue.cursor import number
from nurse_station.vitals.readings import Missing
from nurse_station.vitals.waves import WAVES, WaveBlock

RATES_HZ = (1.0, 2000.0)
STEPS = (1e-6, 1e3)
LARGEST = 1e6
"""A scale beyond these is no scale of a body's wave."""
_WHOLE = 1e-3


@dataclass(frozen=True, slots=True)
class Line:
    """From sample to value: (sample + shift) x step."""

    step: float
    shift: float


@dataclass(slots=True)
class _Told:
    """What the monitor told of the waves of one object."""

    scale: Scale | None = None
    calibration: Scale | None = None
    spec: SampleSpec | None = None
    marks: dict[int, int] | None = None
    period: int | None = None
    unit: int | None = None


class Waves:
    """Reads samples by what was told of them, for as long as an association lasts."""

    def __init__(self, pressures: Channels) -> None:
        self._pressures = pressures
        self._leads = Channels(layout.ECG_CHANNELS)
        self._told: dict[tuple[int, int], _Told] = {}

    def blocks(self, objects: tuple[Content, ...], at: float, source: str) -> list[WaveBlock]:
        """The wave blocks of a poll result. A wave whose scale was never told is left out till it is."""
        found: list[WaveBlock] = []
        for content in objects:
            told = self._learn(content)
            for samples in content.samples:
                block = self._block(samples, told, at, source)
                found += [] if block is None else [block]
        return found

    def _learn(self, content: Content) -> _Told:
        told = self._told.setdefault((content.context, content.handle), _Told())
        for name in ("scale", "calibration", "spec", "marks", "period", "unit"):
            news = getattr(content, name)
            if news is not None:
                setattr(told, name, news)
        return told

    def _block(self, samples: Samples, told: _Told, at: float, source: str) -> WaveBlock | None:
        wave = self._wave(samples.physio)
        raw = _raw(samples.data, told.spec)
        if wave is None or raw is None or not len(raw):
            return None
        line = _line(wave, told)
        rate = _rate(told.period, len(raw))
        if line is None or rate is None:
            return None
        values, paced = _values(raw, told, line)
        if samples.state & layout.UNUSABLE:
            values[:] = np.nan
        return WaveBlock(wave=wave, samples=values, rate_hz=rate, resolution=line.step, at=at,
                         source=source, paced=paced)  # fmt: skip

    def _wave(self, physio: int) -> str | None:
        if physio in layout.ECG_LEADS:
            channel = self._leads.of(physio, layout.ECG_LEADS[physio][1])
            return None if channel is None else f"ecg{channel}"
        if physio in layout.PRESSURES:
            channel = self._pressures.of(physio, layout.PRESSURES[physio][1])
            shown = channel is not None and channel <= layout.WAVE_CHANNELS_OF_PRESSURE
            return f"p{channel}" if shown else None
        return layout.WAVES.get(physio)


def _raw(data: bytes, spec: SampleSpec | None) -> NDArray[np.int64] | None:
    """The samples as sent, marks included; None: packed in a way that is not known."""
    bits = 16 if spec is None else spec.bits
    if bits not in (8, 16) or len(data) % (bits // 8):
        return None
    return np.frombuffer(data, ">u2" if bits == 16 else "u1").astype(np.int64)


def _values(raw: NDArray[np.int64], told: _Told, line: Line) -> tuple[NDArray[np.float32], bool]:
    """The samples in the wave's unit, NaN where the monitor marks them invalid; whether a pacer fired."""
    value_bits = 0xFFFF
    if told.spec is not None and told.spec.flags & layout.MASK_BITS:
        value_bits = (1 << min(told.spec.significant, told.spec.bits)) - 1
    marks = told.marks or {}
    values = (((raw & value_bits) + line.shift) * line.step).astype(np.float32)
    invalid = marks.get(layout.INVALID_SAMPLE, 0) & ~value_bits
    values[(raw & invalid) != 0] = np.nan
    paced = bool((raw & (marks.get(layout.PACED_SAMPLE, 0) & ~value_bits)).any())
    return values, paced


def _rate(period: int | None, count: int) -> float | None:
    rate = layout.TICKS_A_SECOND / period if period else count / layout.WAVE_RESULT_S
    return rate if RATES_HZ[0] <= rate <= RATES_HZ[1] else None


def _line(wave: str, told: _Told) -> Line | None:
    """How to read the samples of a wave; None: its scale was not told, or is none that can be true."""
    unit = layout.UNITS.get(WAVES[wave].unit, {})
    factor = (1.0, 0.0) if told.unit in (None, 0) else unit.get(told.unit or 0)
    if factor is not None:
        for scale in (told.scale, told.calibration):
            line = None if scale is None else _absolute(scale, factor[0])
            if line is not None:
                return line
    whole = layout.RELATIVE_WAVES.get(wave)
    if whole is None or told.scale is None:
        return None
    return _checked(whole, told.scale, 0.0)


def _absolute(scale: Scale, factor: float) -> Line | None:
    low, high = number(scale.low), number(scale.high)
    if isinstance(low, Missing) or isinstance(high, Missing) or max(abs(low), abs(high)) > LARGEST:
        return None
    return _checked((high - low) * factor, scale, low * factor)


def _checked(span: float, scale: Scale, low: float) -> Line | None:
    width = scale.high_sample - scale.low_sample
    step = float(f"{span / width:.9g}") if width > 0 else 0.0
    if not STEPS[0] <= step <= STEPS[1]:
        return None
    shift = low / step - scale.low_sample
    # On a whole number of steps the values are whole multiples of the step, as the record keeps them.
    return Line(step, float(round(shift)) if abs(shift - round(shift)) < _WHOLE else shift)
