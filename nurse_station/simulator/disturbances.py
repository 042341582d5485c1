"""What goes wrong between patient and station: a monitor whose cable, power and patient can change.

What goes wrong at the patient (a probe off, leads off, movement, a cuff on the probe's arm) are acts on the
body; these are done to the monitor and its line. Alters no byte but by noise; opens nothing.
"""

import numpy as np
from numpy.typing import NDArray

from nurse_station.devices.contract import Driver, Emulator, Patient
from nurse_station.simulator.chance import Stream

RESTART_S = 20.0
"""How long a monitor is dark when it is switched off and on."""


class Attachment:
    """What a monitor is attached to; satisfies `devices.contract.Patient`.

    Args:
        patient: Whose sensors they are.
        begun: The patient's second at which the monitor was switched on.
    """

    def __init__(self, patient: Patient, begun: float) -> None:
        self.patient, self._begun = patient, begun
        self._held_at: float | None = None
        self._held: dict[str, float | None] = {}

    def hold(self, at: float) -> None:
        """From the patient's second `at` on nothing new is taken."""
        self._held_at, self._held = at, self.patient.numerics(at)

    def release(self) -> None:
        """New values are taken again."""
        self._held_at = None

    def numerics(self, at: float) -> dict[str, float | None]:
        """See `devices.contract.Patient.numerics`."""
        moment = at + self._begun
        held = self._held_at is not None and moment >= self._held_at
        return dict(self._held) if held else self.patient.numerics(moment)

    def wave(self, key: str, start: float, count: int, rate_hz: float) -> NDArray[np.float32]:
        """See `devices.contract.Patient.wave`; held, a flat line at 0."""
        if self._held_at is None:
            return self.patient.wave(key, start + self._begun, count, rate_hz)
        return np.zeros(count, dtype=np.float32)


class DisturbedEmulator:
    """A monitor at the bedside to which things happen; satisfies `devices.contract.Emulator`.

    Args:
        driver: The monitor's family.
        patient: Who is attached first; the patient's second 0 is the first that the monitor lives.
        seed: The monitor's.
    """

    def __init__(self, driver: Driver, patient: Patient, seed: int) -> None:
        self._driver, self._seed, self._patient = driver, seed, patient
        self._began: float | None = None
        self._on_from = 0.0
        self._plugged = True
        self._share, self._bytes = 0.0, 0
        self._luck = Stream(seed, "noise on the line")
        self._switch_on(0.0)

    def receive(self, chunk: bytes, now: float) -> None:
        """See `devices.contract.Emulator.receive`; what is said into a pulled cable is not heard."""
        if self.second(now) >= self._on_from and self._plugged:
            self._monitor.receive(chunk, now)

    def emit(self, now: float) -> bytes:
        """See `devices.contract.Emulator.emit`; what is sent into a pulled cable is lost."""
        if self.second(now) < self._on_from:
            return b""
        sent = self._monitor.emit(now)
        return self._spoilt(sent) if self._plugged else b""

    def pull_cable(self) -> None:
        """Nothing comes and nothing is heard; the monitor goes on."""
        self._plugged = False

    def plug_in(self) -> None:
        """The cable is back; the monitor still does what it was asked before."""
        self._plugged = True

    def freeze(self, now: float) -> None:
        """Frames go on, with the values of this moment and flat waves."""
        self._attachment.hold(self.second(now))

    def thaw(self) -> None:
        """It takes values again."""
        self._attachment.release()

    def restart(self, now: float, *, dark_s: float = RESTART_S) -> None:
        """Switched off, and on again after `dark_s`: it has forgotten what it was asked."""
        self._switch_on(self.second(now) + dark_s)

    def attach(self, patient: Patient) -> None:
        """Another patient's sensors, or the right ones again; the seconds of both began together."""
        self._patient = self._attachment.patient = patient

    def spoil(self, share: float) -> None:
        """Of the bytes on the line, spoil a share: 0 none, 1 all. Raises ValueError beyond that."""
        if not 0 <= share <= 1:
            msg = f"a share of {share}: 0 to 1"
            raise ValueError(msg)
        self._share = share

    def second(self, now: float) -> float:
        """The patient's second at `now`: what acts on the body are dated by. The first call is second 0."""
        if self._began is None:
            self._began = now
        return now - self._began

    def _switch_on(self, second: float) -> None:
        self._on_from = second
        self._attachment = Attachment(self._patient, second)
        self._monitor: Emulator = self._driver.emulator(self._attachment, self._seed)

    def _spoilt(self, sent: bytes) -> bytes:
        """Turn a bit of each byte that is struck; which are struck does not hang on how they were split."""
        first = self._bytes
        self._bytes += len(sent)
        if not self._share or not sent:
            return sent
        places = np.arange(first, self._bytes)
        struck = self._luck.uniform(2 * places) < self._share
        bit = (8 * self._luck.uniform(2 * places + 1)).astype(np.uint8)
        turned = np.frombuffer(sent, dtype=np.uint8) ^ np.where(struck, np.uint8(1) << bit, np.uint8(0))
        return turned.astype(np.uint8).tobytes()
