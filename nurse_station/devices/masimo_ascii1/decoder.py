"""Masimo ASCII 1: bytes in, readings and conditions out. No port, no clock, no thread."""

from nurse_station.devices.contract import Event
from nurse_station.devices.masimo_ascii1.fields import Fields, Shape, read_fields
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
        self._shape: Shape | None = None  # of this monitor's lines, as far as is known
        self._doubted: Shape | None = None  # of the line before, when it was refused for it

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
        if not isinstance(fields, str) and self._is_strange(fields.shape):
            fields = "width"
        if isinstance(fields, str):
            return [FrameRefused(reason=fields, frame=line.head, at=at, size=line.size)]
        unspoken = "EXC" not in fields.words and "masimo_set" in self._told
        return [
            FrameAccepted(at=at, size=line.size, device_time=fields.seconds),
            *self._changed(conditions_of(fields.words), at),
            *self._readings(fields, unspoken, at),
        ]

    def _is_strange(self, shape: Shape) -> bool:
        """A line written as this monitor does not write: "10" is what a lost digit leaves of "100".

        A second line of the same strange shape is no accident: the monitor writes so from now on.
        """
        doubted, self._doubted = self._doubted, None
        if self._shape is not None and not shape.fits(self._shape) and shape != doubted:
            self._doubted = shape
            return True
        self._shape = shape.learned(self._shape)
        return False

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
