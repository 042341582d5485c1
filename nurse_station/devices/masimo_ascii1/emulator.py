"""A Masimo monitor attached to a patient: a line of text every second. No port, no clock, no thread."""

from datetime import UTC, datetime

from nurse_station.devices.contract import Patient

MONITOR_EPOCH = 1_767_600_000
"""What the monitor's clock says when it is switched on, seconds of its local time."""
MASIMO_SET, SENSOR_OFF, PULSE_SEARCH = 0x800, 0x020, 0x008
PERFUSION_INDEX = 3.6
"""Percent; the patient does not tell it."""


class MasimoEmulator:
    """Emulator of `devices.contract.Emulator` that writes its lines as a Rad-8 does."""

    def __init__(self, patient: Patient, seed: int) -> None:
        self._patient = patient
        self._epoch = MONITOR_EPOCH + 3600 * (seed % 1000)
        self._serial = seed % 10_000_000_000
        self._switched_on: float | None = None
        self._second = 1

    def receive(self, chunk: bytes, now: float) -> None:
        """See `devices.contract.Emulator.receive`. The monitor listens to nobody."""
        self._since_start(now)

    def emit(self, now: float) -> bytes:
        """See `devices.contract.Emulator.emit`."""
        at = self._since_start(now)
        lines = b""
        while self._second <= at:
            lines += self._line(self._second)
            self._second += 1
        return lines

    def _since_start(self, now: float) -> float:
        if self._switched_on is None:
            self._switched_on = now
        return now - self._switched_on

    def _line(self, second: int) -> bytes:
        values = self._patient.numerics(float(second))
        spo2, rate = values.get("spo2"), values.get("pr")
        stamp = datetime.fromtimestamp(self._epoch + second, tz=UTC)
        perfusion = "--.--" if spo2 is None else f"{PERFUSION_INDEX:05.2f}"
        line = (
            f"{stamp:%m/%d/%y %H:%M:%S} SN={self._serial:010d} SPO2={_digits(spo2, 100)}% "
            f"BPM={_digits(rate, 240)} PI={perfusion}% SPCO=--.-% SPMET=--.-% DESAT=-- PIDELTA=+-- "
            f"ALARM=0000 EXC={_exceptions(spo2, rate):06X}\r\n"
        )
        return line.encode("ascii")


def _digits(value: float | None, highest: int) -> str:
    return "---" if value is None else f"{min(max(round(value), 0), highest):03d}"


def _exceptions(spo2: float | None, rate: float | None) -> int:
    if spo2 is None and rate is None:
        return MASIMO_SET | SENSOR_OFF
    return MASIMO_SET | (PULSE_SEARCH if spo2 is None or rate is None else 0)
