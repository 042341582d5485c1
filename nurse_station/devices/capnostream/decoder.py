"""Capnostream: bytes in, readings, CO2 wave and conditions out. No port, no clock, no thread."""

import numpy as np

from nurse_station.devices.capnostream import layout
from nurse_station.devices.capnostream.framing import FrameSplitter, RawFrame
from nurse_station.devices.capnostream.numerics import Numerics, conditions_of, read_numerics
from nurse_station.devices.contract import Event
from nurse_station.vitals.parameters import PARAMETERS
from nurse_station.vitals.readings import (
    DeviceCondition,
    FrameAccepted,
    FrameRefused,
    Missing,
    Quality,
    Reading,
)
from nurse_station.vitals.waves import WaveBlock

KEY = "capnostream"
ORIGINS = {"pr": "pleth", "rr_co2": "CO2"}
WAVE_LOST_AFTER = 5
"""Numerics messages with no wave message between them: what the wave last said holds no longer."""


class CapnostreamDecoder:
    """Decoder of `devices.contract.Decoder` for the Capnostream 20, 20p and 35.

    Attributes:
        identified_at: When the monitor last told who it is, monotonic seconds; None: it did not yet.
        numerics_at, wave_at: The same for values and for the wave.
    """

    def __init__(self) -> None:
        self._frames = FrameSplitter()
        self._begin()

    def _begin(self) -> None:
        self.identified_at: float | None = None
        self.numerics_at: float | None = None
        self.wave_at: float | None = None
        self._told: dict[str, str | None] = {}
        self._wave_says: dict[str, str | None] = {}
        self._since_breath = layout.BREATHS_SEEN_FOR_S
        self._without_wave = 0

    def feed(self, chunk: bytes, at: float) -> list[Event]:
        """See `devices.contract.Decoder.feed`."""
        return [event for frame in self._frames.feed(chunk) for event in self._frame(frame, at)]

    def finish(self, at: float) -> list[Event]:
        """See `devices.contract.Decoder.finish`. Nothing is ever held back."""
        self._frames.forget()
        self._begin()
        return []

    def _frame(self, frame: RawFrame, at: float) -> list[Event]:
        if frame.refused:
            return [_refused(frame.refused, frame, at)]
        if not frame.payload:
            return [_refused("echo", frame, at)]  # only hosts send messages without a word in them
        if frame.code == layout.NUMERICS:
            return self._numerics(frame, at)
        if frame.code == layout.CO2_WAVE:
            return self._wave(frame, at)
        if frame.code == layout.IDENTITY:
            self.identified_at = at
        return [FrameAccepted(at=at, size=frame.size)]  # the others are good frames that are not read

    def _numerics(self, frame: RawFrame, at: float) -> list[Event]:
        numerics = read_numerics(frame.payload)
        if isinstance(numerics, str):
            return [_refused(numerics, frame, at)]
        self.numerics_at = at
        self._without_wave += 1
        if self._without_wave > WAVE_LOST_AFTER:
            self._wave_says = dict.fromkeys(self._wave_says)
        says = self._wave_says | conditions_of(numerics)
        return [
            FrameAccepted(at=at, size=frame.size, device_time=float(numerics.seconds)),
            *self._changed(says, at),
            *_readings(numerics, {key for key, detail in says.items() if detail is not None}, at),
        ]

    def _wave(self, frame: RawFrame, at: float) -> list[Event]:
        if len(frame.payload) < layout.WAVE_SIZE:
            return [_refused("short", frame, at)]
        self.wave_at = at
        self._without_wave = 0
        _number, whole, fraction, status = frame.payload[: layout.WAVE_SIZE]
        conditions = layout.WAVE_STATUS.conditions
        self._wave_says = {key: "" if status & bit else None for bit, key in conditions.items()}
        self._wave_says[layout.BREATHING] = self._breathing(status)
        there = not any(status & bit for bit in conditions) and whole != layout.NO_VALUE
        sample = whole + fraction * layout.WAVE_RESOLUTION_MMHG if there else np.nan
        off = self._wave_says["co2_cannula_off"] is not None
        return [
            FrameAccepted(at=at, size=frame.size),
            *self._changed(self._wave_says, at),
            WaveBlock(wave="co2", samples=np.array([sample], dtype=np.float32), rate_hz=layout.WAVE_RATE_HZ,
                      resolution=layout.WAVE_RESOLUTION_MMHG, at=at, source=KEY, leads_off=off),
        ]  # fmt: skip

    def _breathing(self, status: int) -> str | None:
        """Whether a breath ended within the last half minute, told by the samples."""
        ended = status & layout.END_OF_BREATH
        self._since_breath = 0.0 if ended else self._since_breath + 1 / layout.WAVE_RATE_HZ
        return "" if self._since_breath < layout.BREATHS_SEEN_FOR_S else None

    def _changed(self, says: dict[str, str | None], at: float) -> list[Event]:
        changed = {key: detail for key, detail in says.items() if self._told.get(key, "?") != detail}
        self._told |= changed
        return [
            DeviceCondition(key=key, active=detail is not None, at=at, source=KEY, detail=detail or "")
            for key, detail in changed.items()
        ]


def _refused(reason: str, frame: RawFrame, at: float) -> FrameRefused:
    return FrameRefused(reason=reason, frame=frame.head, at=at, size=frame.size)


def _readings(numerics: Numerics, active: set[str], at: float) -> list[Event]:
    values = {"etco2": numerics.etco2, "fico2": numerics.fico2, "rr_co2": numerics.rr_co2,
              "spo2": numerics.spo2, "pr": numerics.pr}  # fmt: skip
    readings: list[Event] = []
    for parameter, value in values.items():
        why = _why_missing(parameter, value, active)
        doubted = why is None and _is_doubted(parameter, numerics, active)
        quality = Quality.QUESTIONABLE if doubted else Quality.GOOD
        readings.append(Reading(
            parameter=parameter, value=None if why else value, at=at, source=KEY,
            quality=Quality.MISSING if why else quality, why=why, origin=ORIGINS.get(parameter, ""),
            device_time=float(numerics.seconds),
        ))  # fmt: skip
    return readings


def _why_missing(parameter: str, value: float | None, active: set[str]) -> Missing | None:
    """Why there is no value, whatever digits the monitor sent; None: there is one."""
    is_co2 = parameter in layout.CO2_PARAMETERS
    if active & (layout.CO2_NOT_RUNNING if is_co2 else layout.SPO2_NOT_RUNNING):
        return Missing.OFF
    if value is None or (is_co2 and active & layout.CO2_WITHOUT_VALUE):
        return Missing.INVALID
    return None if PARAMETERS[parameter].accepts(value) else Missing.IMPLAUSIBLE


def _is_doubted(parameter: str, numerics: Numerics, active: set[str]) -> bool:
    if parameter not in layout.CO2_PARAMETERS:
        return bool(active & layout.SPO2_DOUBTED)
    by_pressure = numerics.sea_level and parameter != "rr_co2"
    return by_pressure or bool(active & layout.CO2_DOUBTED)
