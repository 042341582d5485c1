"""Nellcor ASCII: bytes in, readings and conditions out, every two seconds. No port, no clock, no thread."""

from nurse_station.devices.contract import Event
from nurse_station.devices.nellcor_ascii import layout
from nurse_station.devices.nellcor_ascii.layout import CODES, UNKNOWN
from nurse_station.devices.nellcor_ascii.lines import Line, LineSplitter
from nurse_station.devices.nellcor_ascii.rows import Field, Row, read_row, same_columns
from nurse_station.vitals.readings import (
    DeviceCondition,
    FrameAccepted,
    FrameRefused,
    Missing,
    Quality,
    Reading,
)

KEY = "nellcor-ascii"
CONDITIONS = ("spo2_off", "spo2_no_sensor", "spo2_searching", "spo2_interference", "pulse_lost",
              "battery_low", "monitor_alarm", "monitor_alarm_off", "monitor_alarm_silenced",
              "monitor_status", "trend_printout")  # fmt: skip
_ORIGINS = {"spo2": "", "pr": "pleth"}


class NellcorDecoder:
    """Decoder of `devices.contract.Decoder` for Nellcor ASCII."""

    def __init__(self) -> None:
        self._lines = LineSplitter()
        self._begin()

    def _begin(self) -> None:
        self._columns: dict[str, Field] = {}
        self._other_columns: dict[str, Field] = {}  # of the last line that stood in others
        self._model = ""
        self._trend = False
        self._told: dict[str, str | None] = {}

    def feed(self, chunk: bytes, at: float) -> list[Event]:
        """See `devices.contract.Decoder.feed`."""
        return [event for line in self._lines.feed(chunk) for event in self._line(line, at)]

    def finish(self, at: float) -> list[Event]:
        """See `devices.contract.Decoder.finish`. Half a line may be half a number: it is forgotten."""
        self._lines.forget()
        self._begin()
        return []

    def _line(self, line: Line, at: float) -> list[Event]:
        if line.overlong:
            return [_refused("overlong", line, at)]
        if self._heading(line.text):
            return [FrameAccepted(at=at, size=len(line.text)), *self._trend_told(at)]
        row = read_row(line.text)
        if isinstance(row, str):
            return self._no_row(row, line, at)
        return self._row(row, line, at)

    def _no_row(self, reason: str, line: Line, at: float) -> list[Event]:
        if not line.text.strip() or (line.torn and reason == "shape"):
            return []
        return [_refused("interactive" if layout.INTERACTIVE.fullmatch(line.text) else reason, line, at)]

    def _heading(self, text: str) -> bool:
        """Whether the line is one of a heading; takes from it what follows: values, or trends."""
        source, columns = layout.SOURCE.fullmatch(text), layout.COLUMNS.fullmatch(text)
        if source is not None:
            self._trend = source["kind"].upper() == "TREND"
            if source["model"] != self._model:
                self._columns = {}  # another monitor prints in others
            self._model = source["model"]
        elif columns is not None:
            self._trend = columns["status"] is None
        elif layout.TREND_ENDS.fullmatch(text):
            self._trend = False
        else:
            return layout.LIMITS.fullmatch(text) is not None
        return True

    def _trend_told(self, at: float) -> list[Event]:
        """While a monitor prints its memory nothing is live: the values go, once."""
        now = "" if self._trend else None
        if self._told.get("trend_printout") == now:
            return []
        told: list[Event] = list(self._changes({**self._active(), "trend_printout": now}, at))
        if self._trend:
            told += [_missing(parameter, Missing.NOT_UPDATED, at, None) for parameter in layout.LIMIT_ALARMS]
        return told

    def _row(self, row: Row, line: Line, at: float) -> list[Event]:
        if not self._in_columns(row):
            return [_refused("columns", line, at)]
        accepted = FrameAccepted(at=at, size=len(line.text), device_time=row.clock)
        self._trend = self._trend and not row.codes  # trends are printed without them
        if self._trend:
            return [accepted, *self._trend_told(at)]
        readings = [_reading(each, row.fields[each], row, at) for each in layout.LIMIT_ALARMS]
        return [accepted, *readings, *self._changes(dict(row.conditions()), at)]

    def _in_columns(self, row: Row) -> bool:
        """Whether the line stands where those before it did, or where two lines in a row now do."""
        numbers = row.numbers()
        if not same_columns(numbers, self._columns):
            moved = bool(self._other_columns) and same_columns(numbers, self._other_columns)
            self._other_columns = numbers
            if not moved:
                return False
            self._columns = {}
        self._columns = self._columns | numbers
        self._other_columns = {}
        return True

    def _active(self) -> dict[str, str | None]:
        return {key: detail for key, detail in self._told.items() if detail is not None}

    def _changes(self, active: dict[str, str | None], at: float) -> list[DeviceCondition]:
        now = {key: active.get(key) for key in CONDITIONS}
        changed = [key for key in CONDITIONS if key not in self._told or self._told[key] != now[key]]
        self._told = now
        return [_condition(key, now[key], at) for key in changed]


def _reading(parameter: str, field: Field, row: Row, at: float) -> Reading:
    codes = [CODES.get(code, UNKNOWN) for code in row.codes]
    why = next((code.why for code in codes if code.why), None)
    if why is None and not field.value:
        why = Missing.INVALID
    if why is not None or field.value is None:
        return _missing(parameter, why or Missing.INVALID, at, row.clock)
    doubted = any(code.doubts for code in codes)
    return Reading(
        parameter=parameter,
        value=float(field.value),
        at=at,
        source=KEY,
        quality=Quality.QUESTIONABLE if doubted else Quality.GOOD,
        origin=_ORIGINS[parameter],
        device_time=row.clock,
    )


def _missing(parameter: str, why: Missing, at: float, clock: float | None) -> Reading:
    return Reading(parameter=parameter, value=None, at=at, source=KEY, quality=Quality.MISSING, why=why,
                   origin=_ORIGINS[parameter], device_time=clock)  # fmt: skip


def _condition(key: str, detail: str | None, at: float) -> DeviceCondition:
    return DeviceCondition(key=key, active=detail is not None, at=at, source=KEY, detail=detail or "")


def _refused(reason: str, line: Line, at: float) -> FrameRefused:
    return FrameRefused(reason=reason, frame=line.head, at=at, size=len(line.text))
