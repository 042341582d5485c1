"""GE S/5 record interface: bytes in, readings, waves and conditions out. No port, no clock, no thread."""

from dataclasses import dataclass

import numpy as np

from nurse_station.devices.contract import Event
from nurse_station.devices.ge_s5_dri import layout
from nurse_station.devices.ge_s5_dri.cuff import CuffTime
from nurse_station.devices.ge_s5_dri.framing import FrameSplitter, RawFrame
from nurse_station.devices.ge_s5_dri.freshness import Freshness, Judged
from nurse_station.devices.ge_s5_dri.groups import (
    GroupWords,
    Value,
    ambient_pressure_mmhg,
    conditions_of,
    read_groups,
    values_of,
)
from nurse_station.devices.ge_s5_dri.record import Record, Subrecord, parse
from nurse_station.vitals.readings import (
    DeviceCondition,
    FrameAccepted,
    FrameRefused,
    Missing,
    Quality,
    Reading,
)
from nurse_station.vitals.waves import WaveBlock

KEY = "ge-s5-dri"


@dataclass(frozen=True, slots=True)
class _Displayed:
    """A displayed record that waits for its verdict."""

    groups: dict[str, GroupWords]
    level: int
    stamp: int
    at: float


class GeS5Decoder:
    """Decoder of `devices.contract.Decoder` for the S/5 family.

    Attributes:
        displayed_at: When the last displayed record arrived, monotonic seconds; None: none yet.
        wave_at: The same for waves. The conversation asks again for whichever fell silent.
    """

    def __init__(self) -> None:
        self.displayed_at: float | None = None
        self.wave_at: float | None = None
        self._frames = FrameSplitter()
        self._ambient = layout.STANDARD_PRESSURE_MMHG
        # Kept over a loss of the line: the same pressures after it were not measured anew.
        self._cuff = CuffTime()
        self._begin()

    def _begin(self) -> None:
        self._freshness: Freshness[_Displayed] = Freshness()
        self._conditions: dict[str, bool] = {}
        self._shown: set[str] = set()

    def feed(self, chunk: bytes, at: float) -> list[Event]:
        """See `devices.contract.Decoder.feed`."""
        events: list[Event] = []
        for frame in self._frames.feed(chunk):
            events += self._frame(frame, at)
        return events

    def finish(self, at: float) -> list[Event]:
        """See `devices.contract.Decoder.finish`. A record that was never confirmed comes out as stale."""
        self._frames.forget()
        self.displayed_at = self.wave_at = None
        events = self._judged(self._freshness.finish())
        self._begin()
        return events

    def _frame(self, frame: RawFrame, at: float) -> list[Event]:
        record = parse(frame)
        if isinstance(record, str):
            return [FrameRefused(reason=record, frame=frame.head, at=at, size=frame.size)]
        accepted = FrameAccepted(at=at, size=frame.size, device_time=float(record.time))
        return [accepted, *self._record(record, at)]

    def _record(self, record: Record, at: float) -> list[Event]:
        if record.main_type == layout.PHYSIOLOGICAL:
            return self._physiological(record, at)
        if record.main_type == layout.WAVE:
            return self._waves(record, at)
        return []  # alarm texts, network: good frames that are not read

    def _physiological(self, record: Record, at: float) -> list[Event]:
        events: list[Event] = []
        for subrecord in record.subrecords:
            if subrecord.kind == layout.DISPLAYED and _class_of(subrecord) == 0:
                self.displayed_at = at
                data = subrecord.data[layout.DISPLAYED_DATA_AT :]
                displayed = _Displayed(read_groups(data), record.level, record.time, at)
                events += self._judged(self._freshness.displayed(displayed, record.time, at))
            elif subrecord.kind == layout.AUX_INFO:
                self._aux_info(subrecord, record.time, at)
        return events

    def _aux_info(self, subrecord: Subrecord, stamp: int, at: float) -> None:
        nibp_time = int.from_bytes(subrecord.data[:4], "little")
        age = stamp - nibp_time
        if nibp_time and 0 <= age < 24 * 3600:
            self._cuff.told(at - age)

    def _judged(self, judged: list[Judged[_Displayed]]) -> list[Event]:
        events: list[Event] = []
        for verdict in judged:
            events += self._stale(verdict.record) if verdict.stale else self._live(verdict.record)
        return events

    def _stale(self, displayed: _Displayed) -> list[Event]:
        values = values_of(displayed.groups, displayed.level, self._ambient_of(displayed))
        return [
            _reading(value, displayed, Quality.STALE if value.value is not None else value.quality, None)
            for value in values
        ]

    def _live(self, displayed: _Displayed) -> list[Event]:
        self._ambient = self._ambient_of(displayed)
        measured_at = self._cuff.update(displayed.groups["nibp"], displayed.at)
        values = values_of(displayed.groups, displayed.level, self._ambient)
        values += self._gone(values)
        readings = [_reading(value, displayed, value.quality, measured_at) for value in values]
        return [*readings, *self._changed_conditions(displayed)]

    def _ambient_of(self, displayed: _Displayed) -> float:
        return ambient_pressure_mmhg(displayed.groups["co2"]) or self._ambient

    def _gone(self, values: list[Value]) -> list[Value]:
        """A module that was pulled out is told once, so that its last value does not stand."""
        now = {value.parameter for value in values}
        gone = [
            Value(parameter, None, Quality.MISSING, Missing.ABSENT, "")
            for parameter in sorted(self._shown - now)
        ]
        self._shown = now
        return gone

    def _changed_conditions(self, displayed: _Displayed) -> list[Event]:
        now = conditions_of(displayed.groups)
        changed = [key for key, active in now.items() if self._conditions.get(key) != active]
        self._conditions = now
        return [DeviceCondition(key=key, active=now[key], at=displayed.at, source=KEY) for key in changed]

    def _waves(self, record: Record, at: float) -> list[Event]:
        events = self._judged(self._freshness.other(record.time, at))
        for subrecord in record.subrecords:
            wave = layout.WAVE_TYPES.get(subrecord.kind)
            if wave is not None:
                self.wave_at = at
                events.append(self._block(wave, subrecord, at))
        return events

    def _block(self, wave: layout.WaveType, subrecord: Subrecord, at: float) -> WaveBlock:
        count, _, _ = layout.WAVE_HEADER.unpack_from(subrecord.data)
        raw = np.frombuffer(subrecord.data, "<i2", count, layout.WAVE_HEADER.size)
        resolution = wave.count * (self._ambient / 100 if wave.wave == "co2" else 1.0)
        samples = (raw * np.float64(resolution)).astype(np.float32)
        samples[raw <= layout.CODES_FROM] = np.nan
        # The status word is not read: in recordings of a level-10 monitor it counts up from packet to
        # packet, so its bits (gap, pacer, lead off) would be believed by chance.
        return WaveBlock(wave=wave.wave, samples=samples, rate_hz=wave.rate_hz, resolution=resolution,
                         at=at, source=KEY)  # fmt: skip


def _class_of(subrecord: Subrecord) -> int:
    return (int.from_bytes(subrecord.data[layout.CLASS_AT : layout.CLASS_AT + 2], "little") >> 8) & 0xF


def _reading(value: Value, displayed: _Displayed, quality: Quality, measured_at: float | None) -> Reading:
    return Reading(
        parameter=value.parameter,
        value=value.value,
        at=displayed.at,
        source=KEY,
        quality=quality,
        why=value.why,
        origin=value.origin,
        device_time=float(displayed.stamp),
        measured_at=measured_at if value.parameter.startswith("nibp") and value.value is not None else None,
    )
