"""An Ivy 450C, attached to a patient: a message a second, whatever is said to it. No port, no clock."""

import numpy as np
from numpy.typing import NDArray

from nurse_station.devices.contract import Patient
from nurse_station.devices.ivy_450c.layout import END, HEADER, TEXT_AT

NIBP_EVERY_S = 300.0
NIBP_LASTS_S = 30.0
NIBP_LAST_BEFORE_START_S = 45.0
NOT_USED = bytes([80] * 50 + [251] * 50)
"""P1 and P2 with nothing attached."""


class Ivy450cEmulator:
    """Emulator of `devices.contract.Emulator` for the Ivy 450C."""

    def __init__(self, patient: Patient, seed: int) -> None:
        self._patient = patient
        self._started: float | None = None
        self._sent = 0

    def receive(self, chunk: bytes, now: float) -> None:
        """See `devices.contract.Emulator.receive`. The monitor does not listen."""

    def emit(self, now: float) -> bytes:
        """See `devices.contract.Emulator.emit`."""
        if self._started is None:
            self._started = now
        messages = b""
        while self._sent + 1 <= now - self._started:
            self._sent += 1
            messages += self._message(float(self._sent))
        return messages

    def _message(self, at: float) -> bytes:
        message = HEADER + self._waves(at) + "".join(self._lines(at)).encode("ascii") + END
        assert len(message) > TEXT_AT
        return message

    def _waves(self, at: float) -> bytes:
        """The samples of the second that ends at `at`; the monitor shows lead II."""
        ecg = self._patient.wave("ecg2", at - 1, 200, 200.0) / 0.02 + 100
        resp = self._patient.wave("resp", at - 1, 50, 50.0) * 20 + 60
        pleth = self._patient.wave("pleth", at - 1, 50, 50.0) * 20 + 86
        return _bytes(ecg) + _bytes(resp) + _bytes(pleth) + NOT_USED

    def _lines(self, at: float) -> list[str]:
        has = self._patient.numerics(at)
        rate = has.get("rr_co2") if has.get("etco2") is not None else has.get("rr_imp")
        lines = [
            f"HR=1;{_word(has.get('hr'))};ECG-II-DIAG;\r",
            f"RR=1;{_word(rate)};APNEA: 20 SEC;\r",
            f"ETCO2=1;{_word(has.get('etco2'))};;\r",
            f"SPO2=1;{_word(has.get('spo2'))};PR={_word(has.get('pr'))} ;\r",
            self._cuff(at),
        ]
        temperature = has.get("temp1")
        return [*lines, f"T1=1;{temperature:.1f};;\r"] if temperature is not None else lines

    def _cuff(self, at: float) -> str:
        """The last measurement stands while the cuff is at work; then the new one takes its place."""
        began = at - (at + NIBP_LAST_BEFORE_START_S) % NIBP_EVERY_S
        ended = began + NIBP_LASTS_S
        shown_at = ended if at >= ended else ended - NIBP_EVERY_S
        has = self._patient.numerics(max(shown_at, 0.0))
        words = ";".join(_word(has.get(f"nibp_{which}")) for which in ("sys", "dia", "mean"))
        return f"NIBP=4;{words};{_word(has.get('pr'))};;\r"


def _word(value: float | None) -> str:
    return "" if value is None else str(round(value))


def _bytes(samples: NDArray[np.float32]) -> bytes:
    return np.clip(np.rint(np.nan_to_num(samples)), 0, 253).astype(np.uint8).tobytes()
