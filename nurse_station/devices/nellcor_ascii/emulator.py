"""A Nellcor monitor on a patient's finger: it prints a line every two seconds. No port."""

from datetime import UTC, datetime

from nurse_station.devices.contract import Patient
from nurse_station.devices.nellcor_ascii.layout import MONTHS
from nurse_station.devices.nellcor_ascii.lines import XOFF, XON

EVERY_S = 2
LINES_A_HEADING = 25
MONITOR_EPOCH = 1_767_600_000
"""What the monitor's clock says when it is switched on, unix seconds; a monitor's clock is its own."""
LIMITS = {"spo2": (85, 100), "pr": (40, 170)}
ALARM_CODES = {"spo2": ("SL", "SH"), "pr": ("PL", "PH")}
AMPLITUDE = 50
HEADING = (
    "NPB-290   VERSION 1.0.0.1    CRC: XXXX   SpO2 Limit: 85-100%    PR Limit: 40-170BPM\r\n"
    "TIME                  %SPO2   BPM   PA   Status\r\n"
)


class NellcorEmulator:
    """Emulator of `devices.contract.Emulator` for Nellcor ASCII: an NPB-290."""

    def __init__(self, patient: Patient, seed: int) -> None:
        self._patient = patient
        self._epoch = MONITOR_EPOCH + 3600 * (seed % 1000)
        self._started: float | None = None
        self._printed = 0
        self._held = False

    def receive(self, chunk: bytes, now: float) -> None:
        """See `devices.contract.Emulator.receive`. XOFF holds the monitor, XON lets it go on."""
        self._since_start(now)
        for byte in chunk:
            self._held = byte == XOFF or (self._held and byte != XON)

    def emit(self, now: float) -> bytes:
        """See `devices.contract.Emulator.emit`. What falls into a pause is not printed later."""
        due = int(self._since_start(now) / EVERY_S + 1e-6)
        lines = [self._line(number) for number in range(self._printed, due)]
        self._printed = max(self._printed, due)
        return b"" if self._held else "".join(lines).encode("ascii")

    def _since_start(self, now: float) -> float:
        if self._started is None:
            self._started = now
        return now - self._started

    def _line(self, number: int) -> str:
        at = (number + 1) * EVERY_S
        line = row(self._patient.numerics(float(at)), self._epoch + at)
        return line if number % LINES_A_HEADING else HEADING + line


def row(numerics: dict[str, float | None], clock: float) -> str:
    """A line of values as the monitor prints it, with its end.

    Args:
        numerics: Parameter key -> value; None: cannot be measured.
        clock: The monitor's own time, unix seconds.
    """
    spo2, pr = _number(numerics, "spo2", 100), _number(numerics, "pr", 250)
    off = spo2 is None and pr is None
    codes = ["SO"] if off else [*_alarm("spo2", spo2), *_alarm("pr", pr)]
    amplitude = "--" if off else str(AMPLITUDE)
    line = f"{_stamp(clock)}{_printed('spo2', spo2, 8)}{_printed('pr', pr, 6)}{amplitude:>4}"
    return line + "".join(f"   {code}" for code in codes) + "\r\n"


def _number(numerics: dict[str, float | None], parameter: str, highest: int) -> int | None:
    value = numerics.get(parameter)
    return None if value is None else min(max(round(value), 1), highest)


def _printed(parameter: str, value: int | None, width: int) -> str:
    """The number at the end of its width, and behind it a star or a space."""
    return ("---" if value is None else str(value)).rjust(width) + ("*" if _alarm(parameter, value) else " ")


def _alarm(parameter: str, value: int | None) -> list[str]:
    low, high = LIMITS[parameter]
    too_low, too_high = ALARM_CODES[parameter]
    if value is None or low <= value <= high:
        return []
    return [too_low if value < low else too_high]


def _stamp(clock: float) -> str:
    moment = datetime.fromtimestamp(clock, UTC)
    return f"{moment:%d}-{MONTHS[moment.month - 1]}-{moment:%y %H:%M:%S}"
