"""A monitor of the S/5 family, attached to a patient: requests in, the monitor's own bytes out.

It does what the recorded monitors do: one displayed record and one wave packet a second; the record
that lay in its buffer first after a repeated request; a cuff that measures by itself every five
minutes, for thirty seconds, its old value standing meanwhile. No port, no clock, no thread.
"""

import struct

import numpy as np
from numpy.typing import NDArray

from nurse_station.devices.contract import Patient
from nurse_station.devices.ge_s5_dri import layout
from nurse_station.devices.ge_s5_dri.framing import FrameSplitter, frame
from nurse_station.devices.ge_s5_dri.record import Subrecord, build, parse
from nurse_station.devices.ge_s5_dri.requests import ValuesRequest, read_request

LEVEL = 10  # '09, as on the recorded monitors
MONITOR_EPOCH = 1_767_600_000
"""What the monitor's clock says when it is switched on, unix seconds; a monitor's clock is its own."""
AMBIENT_MMHG = 760.0
NIBP_EVERY_S = 300.0
NIBP_LASTS_S = 30.0
NIBP_SHOWN_BEFORE_END_S = 1.0
NIBP_LAST_BEFORE_START_S = 45.0
OLD_AFTER_S = 60.0
# The patient's leads at the monitor's channels: channel 1 of a GE monitor shows lead II.
PATIENT_WAVES = {"ecg1": "ecg2", "ecg2": "ecg1"}
NIBP_KEYS = ("nibp_sys", "nibp_dia", "nibp_mean")


class GeS5Emulator:
    """Emulator of `devices.contract.Emulator` for the S/5 family."""

    def __init__(self, patient: Patient, seed: int) -> None:
        self._patient = patient
        self._epoch = MONITOR_EPOCH + 3600 * (seed % 1000)
        self._frames = FrameSplitter()
        self._started: float | None = None
        self._interval = 0
        self._waves: tuple[int, ...] = ()
        self._values_due = self._waves_due = 0.0
        self._number = {layout.PHYSIOLOGICAL: 0, layout.WAVE: 0}
        self._buffered = b""
        self._cuff: tuple[float, dict[str, float | None]] | None = None  # when it measured last, and what
        self._again = False

    def receive(self, chunk: bytes, now: float) -> None:
        """See `devices.contract.Emulator.receive`. What is not a request is ignored."""
        at = self._since_start(now)
        for raw in self._frames.feed(chunk):
            record = parse(raw)
            request = None if isinstance(record, str) else read_request(record)
            if isinstance(request, ValuesRequest):
                self._asked_for_values(request, at)
            elif request is not None:
                self._waves = request.types
                self._waves_due = np.floor(at) + 1

    def emit(self, now: float) -> bytes:
        """See `devices.contract.Emulator.emit`."""
        at = self._since_start(now)
        sent = self._buffered if self._again else b""
        self._again = False
        while True:
            due = min(self._values_due if self._interval else np.inf,
                      self._waves_due if self._waves else np.inf)  # fmt: skip
            if due > at:
                return sent
            if self._interval and self._values_due == due:
                self._buffered = frame(self._displayed(due))
                sent += self._buffered
                self._values_due += self._interval
            if self._waves and self._waves_due == due:
                sent += frame(self._wave_packet(due))
                self._waves_due += 1

    def _since_start(self, now: float) -> float:
        if self._started is None:
            self._started = now
        return now - self._started

    def _asked_for_values(self, request: ValuesRequest, at: float) -> None:
        if request.kind != layout.DISPLAYED or request.interval_s < 0:
            return
        self._again = bool(self._buffered) and request.interval_s > 0
        self._interval = request.interval_s
        self._values_due = float(np.floor(at)) + 1

    def _record(self, main_type: int, subrecords: list[Subrecord], at: float) -> bytes:
        number = self._number[main_type]
        self._number[main_type] += 1
        return build(main_type, subrecords, time=self._epoch + int(at), number=number, level=LEVEL)

    def _displayed(self, at: float) -> bytes:
        stamp = struct.pack("<I", self._epoch + int(at))
        data = displayed_data(self._patient.numerics(at), *self._nibp(at))
        subrecord = Subrecord(layout.DISPLAYED, stamp + data + bytes(2) + b"\xa1\x00")
        return self._record(layout.PHYSIOLOGICAL, [subrecord], at)

    def _nibp(self, at: float) -> tuple[dict[str, float | None], int]:
        """What the cuff last measured, and the label word of the group."""
        phase = (at + NIBP_LAST_BEFORE_START_S) % NIBP_EVERY_S
        began = at - phase
        measured = began + NIBP_LASTS_S - NIBP_SHOWN_BEFORE_END_S
        measuring = phase < NIBP_LASTS_S
        shown_at = measured if at >= measured else measured - NIBP_EVERY_S
        if self._cuff is None or self._cuff[0] != shown_at:
            self._cuff = shown_at, self._patient.numerics(max(shown_at, 0.0))
        numerics = self._cuff[1]
        old = at - (shown_at + NIBP_SHOWN_BEFORE_END_S) >= OLD_AFTER_S
        label = 0b11 | 1 << 3 | (measuring << 5) | (old << 8)
        return {key: numerics.get(key) for key in NIBP_KEYS}, label

    def _wave_packet(self, at: float) -> bytes:
        """The samples of the second that ends at `at`."""
        subrecords = [
            Subrecord(number, self._samples(layout.WAVE_TYPES[number], at))
            for number in self._waves
            if number in layout.WAVE_TYPES
        ]
        return self._record(layout.WAVE, subrecords, at)

    def _samples(self, wave: layout.WaveType, at: float) -> bytes:
        count = int(wave.rate_hz)
        key = PATIENT_WAVES.get(wave.wave, wave.wave)
        samples = self._patient.wave(key, at - 1.0, count, wave.rate_hz)
        step = wave.count * (AMBIENT_MMHG / 100 if wave.wave == "co2" else 1.0)
        return layout.WAVE_HEADER.pack(count, 0, 0) + counts(samples, step).tobytes()


def counts(samples: NDArray[np.float32], step: float) -> NDArray[np.int16]:
    """Samples as the device's integers; NaN becomes the code for "invalid"."""
    held = np.clip(np.rint(samples / step), layout.CODES_FROM + 1, 32767)
    return np.where(np.isnan(samples), -32767, held).astype("<i2")


def displayed_data(
    numerics: dict[str, float | None], nibp: dict[str, float | None], nibp_label: int
) -> bytes:
    """The 270 data bytes of the basic class."""
    values = {**numerics, **nibp}
    data = bytearray(270)
    for name, group in layout.GROUPS.items():
        there = any(values.get(parameter) is not None for parameter, _, _ in group.values)
        status, label = (layout.EXISTS | layout.ACTIVE, 0) if there else (0, 0)
        if name == "ecg" and there:
            status |= 1 << layout.HR_SOURCE_SHIFT  # counted from the ECG
        if name == "nibp":
            label = nibp_label
        if name == "co2":
            label = 0b001
            status |= layout.APNOEA if values.get("rr_co2") == 0 else 0
        layout.GROUP_HEADER.pack_into(data, group.at, status, label)
        _fill(data, name, group, values)
    return bytes(data)


def _fill(data: bytearray, name: str, group: layout.Group, values: dict[str, float | None]) -> None:
    start = group.at + layout.GROUP_HEADER.size
    size = {"ecg": 5, "t1": 1, "t2": 1, "t3": 1, "t4": 1}.get(name, 4)
    for position in range(size):
        struct.pack_into("<h", data, start + 2 * position, -32767)
    for parameter, position, factor in group.values:
        value = values.get(parameter)
        if value is not None:
            if parameter in ("etco2", "fico2"):
                factor = factor * AMBIENT_MMHG / 100
            struct.pack_into("<h", data, start + 2 * position, round(value / factor))
    if name == "co2":
        struct.pack_into("<h", data, start + 2 * layout.AMBIENT_PRESSURE_POSITION, round(AMBIENT_MMHG * 10))
