"""Masimo ASCII 1: bytes in, readings and conditions out. No port, no clock, no thread."""

from nurse_station.devices.contract import Event
from nurse_station.devices.masimo_ascii1.fields import Fields, read_fields
from nurse_station.devices.masimo_ascii1.framing import LineSplitter, RawLine
from nurse_station.devices.masimo_ascii1.status import DOUBTED, NOT_RUNNING, WITHOUT_VALUE, conditions_of
from nurse_station.vitals.parameters import PARAMETERS
from nurse_station.vitals.readings import (
    DeviceCondition,
    FrameAccepted,
    FrameRefused,
    Missing,
    Quality,
    Reading,
)

KEY = "masimo-ascii1"
PARAMETER_OF = {"SPO2": "spo2", "BPM": "pr"}
ORIGINS = {"pr": "pleth"}


class MasimoDecoder:
    """Decoder of `devices.contract.Decoder` for monitors that speak Masimo ASCII 1."""

    def __init__(self) -> None:
        self._lines = LineSplitter()
        self._begin()

    def _begin(self) -> None:
        self._told: dict[str, str | None] = {}
        self._filled: tuple[tuple[str, ...], bool] = ((), False)

    def feed(self, chunk: bytes, at: float) -> list[Event]:
        """See `devices.contract.Decoder.feed`."""
        return [event for line in self._lines.feed(chunk) for event in self._line(line, at)]

    def finish(self, at: float) -> list[Event]:
        """See `devices.contract.Decoder.finish`. A line without its end may be cut, and is forgotten."""
        self._lines.forget()
        self._begin()
        return []

    def _line(self, line: RawLine, at: float) -> list[Event]:
        fields = line.refused or read_fields(line.text)
        if not isinstance(fields, str) and self._lost_a_digit(fields):
            fields = "width"
        if isinstance(fields, str):
            return [FrameRefused(reason=fields, frame=line.head, at=at, size=line.size)]
        unspoken = "EXC" not in fields.words and "masimo_set" in self._told
        return [
            FrameAccepted(at=at, size=line.size, device_time=fields.seconds),
            *self._changed(conditions_of(fields.words), at),
            *self._readings(fields, unspoken, at),
        ]

    def _lost_a_digit(self, fields: Fields) -> bool:
        """A value shorter than this monitor writes them: "10" is what a lost digit leaves of "100"."""
        keys, filled = self._filled
        if fields.filled is not None and not (filled and keys == fields.keys):
            self._filled = (fields.keys, fields.filled)
        return fields.filled is False and filled and keys == fields.keys

    def _changed(self, says: dict[str, str | None], at: float) -> list[Event]:
        changed = {key: detail for key, detail in says.items() if self._told.get(key, "?") != detail}
        self._told |= changed
        return [
            DeviceCondition(key=key, active=detail is not None, at=at, source=KEY, detail=detail or "")
            for key, detail in changed.items()
        ]

    def _readings(self, fields: Fields, unspoken: bool, at: float) -> list[Event]:
        """Both values. `unspoken`: the line lacks the exceptions that this monitor sends."""
        active = {key for key, detail in self._told.items() if detail is not None}
        readings: list[Event] = []
        for key, parameter in PARAMETER_OF.items():
            value = fields.numbers[key]
            why = _why_missing(parameter, value, active)
            quality = Quality.QUESTIONABLE if unspoken or active & DOUBTED else Quality.GOOD
            readings.append(Reading(
                parameter=parameter, value=None if why else value, at=at, source=KEY,
                quality=Quality.MISSING if why else quality, why=why, origin=ORIGINS.get(parameter, ""),
                device_time=fields.seconds,
            ))  # fmt: skip
        return readings


def _why_missing(parameter: str, value: float | None, active: set[str]) -> Missing | None:
    """Why there is no value, whatever digits stand in the line; None: there is one."""
    if active & NOT_RUNNING:
        return Missing.OFF
    if value is None or active & WITHOUT_VALUE:
        return Missing.INVALID
    return None if PARAMETERS[parameter].accepts(value) else Missing.IMPLAUSIBLE
