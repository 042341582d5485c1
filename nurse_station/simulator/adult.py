"""An adult at rest, as a monitor measures one: numbers and samples of any time asked for.

Everything is a function of the time and the seed: no clock, no memory of what was asked before. Refuses to
be ill, drugged or touched; that is for others, with other beats and breaths through the same waves.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from nurse_station.simulator.beats import Beats, SinusRhythm
from nurse_station.simulator.breaths import Breaths, RestingBreathing
from nurse_station.simulator.capnogram import DEAD_SPACE_S, capnogram
from nurse_station.simulator.chance import Noise
from nurse_station.simulator.chest import impedance
from nurse_station.simulator.ecg import LEADS, ecg
from nurse_station.simulator.person import Person
from nurse_station.simulator.pulse import (
    ARTERY_MEAN,
    FINGER_DELAY_S,
    FINGER_MEAN,
    arterial_pulse,
    finger_pulse,
)
from nurse_station.simulator.rhythm import rate_per_minute
from nurse_station.simulator.sampling import sample_times
from nurse_station.simulator.wander import Wander
from nurse_station.vitals.parameters import PARAMETERS
from nurse_station.vitals.waves import WAVES

HEART_RATE_OVER_S = 8.0
"""Over what a monitor averages the heart's rate."""
BREATH_RATE_OVER_S = 30.0
"""Over what a monitor averages the breaths' rate."""

Samples = NDArray[np.float64]


class RestingAdult:
    """One person in a quiet hour that lasts as long as it is asked for; satisfies `devices.contract.Patient`.

    Args:
        person: Who it is.
        seed: Which hour of that person's it is.
        arterial_line: Whether a line in the artery gives p1.
    """

    def __init__(self, person: Person, seed: int, *, arterial_line: bool = False) -> None:
        self._person = person
        self._arterial_line = arterial_line
        self._breathing = RestingBreathing(person, seed)
        self._heart = SinusRhythm(person, seed, self._breathing)
        self._systolic = Wander(seed, "systolic", 90, 3600)
        self._diastolic = Wander(seed, "diastolic", 90, 3600)
        self._saturation = Wander(seed, "saturation", 45, 1800)
        self._saturation_noise = Wander(seed, "saturation noise", 3, 12)
        self._temperature = Wander(seed, "temperature", 3600, 6 * 3600)
        self._perfusion = Wander(seed, "perfusion", 20, 600)
        self._baseline = {key: Wander(seed, f"{key} baseline", 4, 25) for key in LEADS}
        self._noise = {key: Noise(seed, key) for key in (*LEADS, "pleth", "co2", "resp", "p1")}
        self._waves: dict[str, Callable[[str, Samples, Beats, Breaths], Samples]] = {
            **dict.fromkeys(LEADS, self._ecg),
            "pleth": self._pleth,
            "co2": self._co2,
            "resp": self._resp,
            **({"p1": self._p1} if arterial_line else {}),
        }

    def numerics(self, at: float) -> dict[str, float | None]:
        """Every parameter of the table at `at` (seconds), in its unit; None: no sensor on this person."""
        moment = np.array([at], dtype=np.float64)
        beats = self._heart.around(at - HEART_RATE_OVER_S, at)
        breaths = self._breathing.around(at - BREATH_RATE_OVER_S, at)
        return {
            **dict.fromkeys(PARAMETERS),
            "hr": rate_per_minute(beats.at, at, HEART_RATE_OVER_S),
            "pr": rate_per_minute(beats.later(FINGER_DELAY_S).at, at, HEART_RATE_OVER_S),
            "spo2": float(self._spo2_at(moment)[0]),
            "rr_co2": rate_per_minute(breaths.exhaled + DEAD_SPACE_S, at, BREATH_RATE_OVER_S),
            "rr_imp": rate_per_minute(breaths.begin, at, BREATH_RATE_OVER_S),
            "etco2": float(breaths.etco2[breaths.of(moment)[0] - 1]),
            "fico2": 0.0,
            "temp1": float(self._temperature_at(moment)[0]),
            **self._pressures("nibp", moment),
            **(self._pressures("p1", moment) if self._arterial_line else {}),
        }

    def wave(self, key: str, start: float, count: int, rate_hz: float) -> NDArray[np.float32]:
        """`count` samples at start, start + 1/rate_hz, ... (seconds), in the wave's unit; shape (count,).

        NaN where this person has no such sensor. Times are taken to the nearest 1/192000 s. Raises
        KeyError for a word that is no wave, ValueError for a rate that is not above 0.
        """
        times = sample_times(start, count, rate_hz)
        drawn = self._waves.get(WAVES[key].key)
        if drawn is None or count == 0:
            return np.full(count, np.nan, dtype=np.float32)
        beats = self._heart.around(times[0], times[-1])
        breaths = self._breathing.around(times[0], times[-1])
        return drawn(key, times, beats, breaths).astype(np.float32)

    def _ecg(self, key: str, times: Samples, beats: Beats, breaths: Breaths) -> Samples:
        # The heart turns and sinks with the diaphragm: a little smaller and lower as the lungs fill.
        volume = breaths.volume(times)
        baseline = 0.04 * self._baseline[key].at(times) - 0.03 * volume
        return ecg(times, beats, key) * (1.02 - 0.04 * volume) + baseline + 0.008 * self._noise[key].at(times)

    def _pleth(self, key: str, times: Samples, beats: Beats, breaths: Breaths) -> Samples:
        volume = breaths.volume(times)
        strength = self._person.pulse_strength * self._finger_flow(times) * (1.06 - 0.12 * volume)
        pulse = finger_pulse(times, beats) - FINGER_MEAN
        sway = 0.10 * self._person.pulse_strength * (0.5 - volume)
        return strength * pulse + sway + 0.01 * self._noise[key].at(times)

    def _finger_flow(self, times: Samples) -> Samples:
        """The part of the usual pulse that reaches the finger: what narrows its vessels or closes a cuff
        round the arm takes its share here, and nowhere else."""
        return 1.0 + 0.2 * self._perfusion.at(times)

    def _co2(self, key: str, times: Samples, beats: Beats, breaths: Breaths) -> Samples:
        sampled: Samples = capnogram(times, breaths) + 0.05 * self._noise[key].at(times)
        return sampled.clip(min=0.0)

    def _resp(self, key: str, times: Samples, beats: Beats, breaths: Breaths) -> Samples:
        return impedance(times, breaths, beats) + 0.005 * self._noise[key].at(times)

    def _p1(self, key: str, times: Samples, beats: Beats, breaths: Breaths) -> Samples:
        low, high = self._diastolic_at(times), self._systolic_at(times)
        return low + (high - low) * arterial_pulse(times, beats) + 0.2 * self._noise[key].at(times)

    def _systolic_at(self, times: Samples) -> Samples:
        return self._person.systolic + 8.0 * self._systolic.at(times)

    def _diastolic_at(self, times: Samples) -> Samples:
        return self._person.diastolic + 5.0 * self._diastolic.at(times)

    def _spo2_at(self, times: Samples) -> Samples:
        return self._person.spo2 + 0.5 * self._saturation.at(times) + 0.1 * self._saturation_noise.at(times)

    def _temperature_at(self, times: Samples) -> Samples:
        return self._person.temperature + 0.2 * self._temperature.at(times)

    def _pressures(self, site: str, moment: Samples) -> dict[str, float | None]:
        low, high = float(self._diastolic_at(moment)[0]), float(self._systolic_at(moment)[0])
        mean = low + ARTERY_MEAN * (high - low)
        return {f"{site}_sys": high, f"{site}_dia": low, f"{site}_mean": mean}
