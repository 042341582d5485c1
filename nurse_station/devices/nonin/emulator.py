"""A Nonin oximeter on a patient's finger: it sends by itself and hears nothing. No port, no clock."""

import numpy as np

from nurse_station.devices.contract import Patient
from nurse_station.devices.nonin import layout
from nurse_station.devices.nonin.layout import PacketFormat, ShortFormat
from nurse_station.devices.nonin.packets import packet
from nurse_station.devices.nonin.short_frames import short_frame

REVISION = 48
TIMER_STEPS = 1 << 14
DISCONNECTED = 0x40
GREEN = 0x02
# The module fits the pulse to the format: a patient's pleth, in percent about 0, is put round the middle.
MIDDLE_PERCENT = 50.0
GAIN = 25.0
PULSE_SHOWN_FRAMES = 12
"""A pulse is told by its colour for 0.16 s."""


class PacketEmulator:
    """Emulator of `devices.contract.Emulator` for DF2 and DF7: three packets a second."""

    def __init__(self, form: PacketFormat, patient: Patient, seed: int) -> None:
        self._form = form
        self._patient = patient
        self._timer = seed % TIMER_STEPS
        self._started: float | None = None
        self._sent = 0

    def receive(self, chunk: bytes, now: float) -> None:
        """See `devices.contract.Emulator.receive`. The oximeter was given no command that it knows."""
        self._since_start(now)

    def emit(self, now: float) -> bytes:
        """See `devices.contract.Emulator.emit`."""
        due = int(self._since_start(now) * layout.PACKETS_A_SECOND + 1e-6)
        packets = [self._packet(number) for number in range(self._sent, due)]
        self._sent = max(self._sent, due)
        return b"".join(packets)

    def _since_start(self, now: float) -> float:
        if self._started is None:
            self._started = now
        return now - self._started

    def _packet(self, number: int) -> bytes:
        """The packet of the third of a second that begins at number / 3 s."""
        start = number / layout.PACKETS_A_SECOND
        pr, spo2 = raw_numbers(self._patient.numerics(start + 1 / layout.PACKETS_A_SECOND))
        status = _status(pr, spo2)
        samples = self._patient.wave("pleth", start, layout.FRAMES, layout.PLETH_HZ)
        percent = np.nan_to_num(MIDDLE_PERCENT + GAIN * samples, nan=MIDDLE_PERCENT).clip(0.0, 100.0)
        counts = np.rint(percent / self._form.resolution).astype(int).tolist()
        shown = 0 if status else GREEN
        statuses = [status | (shown if place < PULSE_SHOWN_FRAMES else 0) for place in range(layout.FRAMES)]
        return packet(self._form, statuses, counts, float_bytes(pr, spo2, self._timer + number))


class ShortEmulator:
    """Emulator of `devices.contract.Emulator` for DF1 and DF8: one frame a second."""

    def __init__(self, form: ShortFormat, patient: Patient, seed: int) -> None:
        self._form = form
        self._patient = patient
        self._started: float | None = None
        self._sent = 0

    def receive(self, chunk: bytes, now: float) -> None:
        """See `devices.contract.Emulator.receive`. The oximeter was given no command that it knows."""
        self._since_start(now)

    def emit(self, now: float) -> bytes:
        """See `devices.contract.Emulator.emit`."""
        due = int(self._since_start(now) + 1e-6)
        frames = [self._frame(second) for second in range(self._sent + 1, due + 1)]
        self._sent = max(self._sent, due)
        return b"".join(frames)

    def _since_start(self, now: float) -> float:
        if self._started is None:
            self._started = now
        return now - self._started

    def _frame(self, second: int) -> bytes:
        pr, spo2 = raw_numbers(self._patient.numerics(float(second)))
        return short_frame(self._form, _status(pr, spo2), pr, spo2)


def raw_numbers(numerics: dict[str, float | None]) -> tuple[int, int]:
    """(pulse rate, saturation) as the format carries them; the codes where the patient has none."""
    pr, spo2 = numerics.get("pr"), numerics.get("spo2")
    return (
        layout.PR_MISSING if pr is None else min(max(round(pr), 1), 350),
        layout.SPO2_MISSING if spo2 is None else min(max(round(spo2), 1), 100),
    )


def float_bytes(pr: int, spo2: int, timer: int = 0, status_2: int = 0, revision: int = REVISION) -> bytes:
    """The 25 float bytes of a packet: all averages are the same number here."""
    floats = bytearray(layout.FRAMES)
    for place in layout.PR_PLACES:
        floats[place : place + 2] = bytes((pr >> 7, pr & layout.LOW_SEVEN))
    for place in layout.SPO2_PLACES:
        floats[place] = spo2
    floats[layout.REVISION_AT] = revision
    floats[layout.TIMER_AT : layout.TIMER_AT + 2] = bytes((timer >> 7 & 0x7F, timer & 0x7F))
    floats[layout.STATUS_2_AT] = status_2
    return bytes(floats)


def _status(pr: int, spo2: int) -> int:
    nothing = pr == layout.PR_MISSING and spo2 == layout.SPO2_MISSING
    return DISCONNECTED if nothing else 0
