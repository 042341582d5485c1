"""A Capnostream attached to a patient: requests in, the monitor's own bytes out.

It sends nothing before it is enabled and started, then values every second and the CO2 wave at 20 Hz.
Bytes 10 to 12 of the numerics, which nobody knows, are zero. No port, no clock, no thread.
"""

import math
from collections.abc import Mapping

import numpy as np

from nurse_station.devices.capnostream import layout, requests
from nurse_station.devices.capnostream.framing import FrameSplitter, frame
from nurse_station.devices.contract import Patient

MONITOR_EPOCH = 1_767_600_000
"""What the monitor's clock says when it is switched on, seconds of its local time."""
RATE = int(layout.WAVE_RATE_HZ)
LIMITS = {"etco2": (60, 15), "rr_co2": (30, 5), "spo2": (100, 90), "pr": (150, 45)}
"""High and low; of FiCO2 there is only a high one."""
FICO2_HIGH = 8
HIGH_PRIORITY_SOUNDS = 0x08
MASIMO = 0x80


class CapnostreamEmulator:
    """Emulator of `devices.contract.Emulator` for the Capnostream family."""

    def __init__(self, patient: Patient, seed: int) -> None:
        self._patient = patient
        self._epoch = MONITOR_EPOCH + 3600 * (seed % 1000)
        self._serial = f"B3{seed % 100:02d}{seed % 1_000_000:06d}"
        self._frames = FrameSplitter()
        self._switched_on: float | None = None
        self._enabled = self._started = self._exhaling = self._without_co2 = False
        self._answers = b""
        self._sample = 0  # the next one, counted from when the monitor was switched on
        self._number = 0

    def receive(self, chunk: bytes, now: float) -> None:
        """See `devices.contract.Emulator.receive`. What is not a request is ignored."""
        at = self._since_start(now)
        for heard in self._frames.feed(chunk):
            if heard.code == requests.ENABLE_CODE:
                self._enabled = True
                self._answers += frame(layout.IDENTITY, f"V05.30 02/24/2008 {self._serial}  ".encode())
            elif heard.code == requests.START_CODE and self._enabled and not self._started:
                self._started = True
                self._sample = math.floor(at * RATE) + 1
            elif heard.code == requests.STOP_CODE:
                self._started = False
            elif heard.code == requests.DISABLE_CODE:
                self._enabled = self._started = False

    def emit(self, now: float) -> bytes:
        """See `devices.contract.Emulator.emit`."""
        at = self._since_start(now)
        sent, self._answers = self._answers, b""
        count = math.floor(at * RATE) + 1 - self._sample
        if not self._started or count <= 0:
            return sent
        samples = self._patient.wave("co2", self._sample / RATE, count, layout.WAVE_RATE_HZ)
        for mmhg in samples.tolist():
            if self._sample % RATE == 0:
                sent += self._numerics(self._sample / RATE)
            sent += self._wave(mmhg)
            self._sample += 1
        return sent

    def _since_start(self, now: float) -> float:
        if self._switched_on is None:
            self._switched_on = now
        return now - self._switched_on

    def _wave(self, mmhg: float) -> bytes:
        self._number = (self._number + 1) % 256
        if math.isnan(mmhg):
            off = 0x40 if self._without_co2 else 0
            return frame(layout.CO2_WAVE, bytes((self._number, 0, 0, 0x01 | off)))
        whole, fraction = divmod(round(float(np.clip(mmhg, 0.0, 254.0)) * 256), 256)
        return frame(layout.CO2_WAVE, bytes((self._number, whole, fraction, self._end_of_breath(mmhg))))

    def _end_of_breath(self, mmhg: float) -> int:
        """The bit is set with the first sample of the inspiration."""
        was, self._exhaling = self._exhaling, mmhg >= LIMITS["etco2"][1]
        return layout.END_OF_BREATH if was and not self._exhaling else 0

    def _numerics(self, at: float) -> bytes:
        values = self._patient.numerics(at)
        self._without_co2 = values.get("etco2") is None and values.get("rr_co2") is None
        no_breath = values.get("rr_co2") == 0
        slow = MASIMO | (HIGH_PRIORITY_SOUNDS if no_breath else 0)
        co2_alarms = no_breath | _outside(values, "etco2", 1) | _outside(values, "rr_co2", 3)
        co2_alarms |= 0x20 * ((values.get("fico2") or 0) > FICO2_HIGH)
        sensor_off = 0x20 * (values.get("spo2") is None and values.get("pr") is None)
        spo2_alarms = sensor_off | _outside(values, "spo2", 1) | _outside(values, "pr", 3)
        limits = (*LIMITS["etco2"], *LIMITS["rr_co2"], FICO2_HIGH, *LIMITS["spo2"], *LIMITS["pr"])
        shown = (_byte(values.get(key)) for key in ("etco2", "fico2", "rr_co2", "spo2", "pr"))
        return frame(layout.NUMERICS, layout.NUMERICS_HEAD.pack(
            self._epoch + math.floor(at), *shown, slow, co2_alarms, spo2_alarms, 0, *limits, layout.MMHG, 0
        ))  # fmt: skip


def _byte(value: float | None) -> int:
    return layout.NO_VALUE if value is None else min(max(round(value), 0), layout.NO_VALUE - 1)


def _outside(values: Mapping[str, float | None], key: str, shift: int) -> int:
    """Bit `shift` when the value is above its limit, the next one when it is below."""
    value, (high, low) = values.get(key), LIMITS[key]
    if value is None:
        return 0
    return (1 << shift) * (round(value) > high) | (2 << shift) * (round(value) < low)
