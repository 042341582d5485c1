"""The sensors on a body: its state, beats and breaths -> numbers and samples. Alters nothing in it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nurse_station.simulator.beats import Beats
from nurse_station.simulator.breaths import Breaths
from nurse_station.simulator.capnogram import at_nose, capnogram
from nurse_station.simulator.chance import Noise
from nurse_station.simulator.chest import impedance
from nurse_station.simulator.ecg import LEADS, ecg
from nurse_station.simulator.flesh import Flesh
from nurse_station.simulator.hidden import PLACE
from nurse_station.simulator.person import Person
from nurse_station.simulator.pulse import ARTERY_MEAN, FINGER_DELAY_S, FINGER_MEAN, finger_pulse
from nurse_station.simulator.rhythm import rate_per_minute
from nurse_station.simulator.sampling import sample_times
from nurse_station.simulator.tape import STEPS_A_SECOND, Rows, Tape
from nurse_station.simulator.wander import Wander
from nurse_station.vitals.parameters import PARAMETERS
from nurse_station.vitals.waves import WAVES

HEART_RATE_OVER_S = 8.0
BREATH_RATE_OVER_S, SLOW_BREATH_RATE_OVER_S = 30.0, 60.0
"""Over what the breaths' rate is averaged, and over what when fewer than two were seen."""
NO_BEAT_S, NO_BREATH_S = 4.0, 20.0
"""After so long without one, the rate is 0."""
_SEEN_MMHG, _SEEN_DEPTH = 8.0, 0.1
_FOUND_AFTER_S = 5.0
_LOWEST_CUFF_MMHG = 40.0
_LOWEST_SPO2 = 1.0
_OXIMETER_OFF_BY = 1.0

Samples = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Window:
    """What a stretch of samples is made from."""

    key: str
    times: Samples
    beats: Beats
    breaths: Breaths
    state: Callable[[str], Samples]


class Sensors:
    """The monitor's sensors on one body."""

    def __init__(self, person: Person, seed: int, tape: Tape, flesh: Flesh) -> None:
        self._person, self._tape, self._flesh = person, tape, flesh
        # An oximeter is off by a little, the same all day; so the person's own value is shown at rest.
        off_by = person.spo2 - flesh.gases.sao2
        self._off_by = min(_OXIMETER_OFF_BY, max(-_OXIMETER_OFF_BY, off_by))
        self._unsteady = Wander(seed, "saturation noise", 3, 12)
        self._baseline = {key: Wander(seed, f"{key} baseline", 4, 25) for key in LEADS}
        self._restless = Wander(seed, "movement", 0.15, 1.2)
        self._noise = {key: Noise(seed, key) for key in (*LEADS, "pleth", "co2", "resp")}
        self._waves = {**dict.fromkeys(LEADS, self._ecg), "pleth": self._pleth, "co2": self._co2,
                       "resp": self._resp}  # fmt: skip

    def numerics(self, at: float, step: int) -> dict[str, float | None]:
        """Every parameter of the table at `at` (seconds), of the state at `step`; None: no sensor for it."""
        state = self._tape.row(step)
        return {
            **dict.fromkeys(PARAMETERS),
            **self._heart(at, state),
            **self._breaths(at, state),
            **self._pressures(state),
            "temp1": float(state[PLACE["temperature"]]),
        }

    def wave(self, key: str, start: float, count: int, rate_hz: float, warm_up: float) -> NDArray[np.float32]:
        """`count` samples of a wave; the state must reach to the last of them."""
        times = sample_times(start, count, rate_hz)
        drawn = self._waves.get(WAVES[key].key)
        if drawn is None or count == 0:
            return np.full(count, np.nan, dtype=np.float32)
        beats = self._flesh.heart.around(times[0], times[-1])
        breaths = self._flesh.breathing.around(times[0], times[-1])
        state = self._state(times + warm_up)
        return drawn(_Window(key=key, times=times, beats=beats, breaths=breaths, state=state)).astype(
            np.float32
        )

    def _state(self, since: Samples) -> Callable[[str], Samples]:
        """The body's columns at any times (seconds since its first step), straight between two steps."""
        place = since * STEPS_A_SECOND
        step = np.floor(place).astype(np.int64)
        first, last = int(step[0]), int(np.ceil(place[-1]))
        rows: Rows = self._tape.rows(first, last)
        step, part = step - first, place - step
        after = np.minimum(step + 1, len(rows) - 1)

        def column(name: str) -> Samples:
            values = rows[:, PLACE[name]]
            between: Samples = values[step] + (values[after] - values[step]) * part
            return between

        return column

    def _heart(self, at: float, state: Rows) -> dict[str, float | None]:
        beats = self._flesh.heart.around(at - HEART_RATE_OVER_S, at)
        found = state[PLACE["pulse_s"]] > _FOUND_AFTER_S
        shown = state[PLACE["finger"]] + self._off_by + 0.1 * self._unsteady.at(np.array([float(at)]))[0]
        return {
            "hr": _beat_rate(beats.at, at) if state[PLACE["leads"]] else None,
            "pr": _beat_rate(beats.at + FINGER_DELAY_S, at) if found else None,
            "spo2": min(100.0, max(_LOWEST_SPO2, float(shown))) if found else None,
        }

    def _breaths(self, at: float, state: Rows) -> dict[str, float | None]:
        breaths = self._flesh.breathing.around(at - SLOW_BREATH_RATE_OVER_S, at)
        given: dict[str, float | None] = {}
        if state[PLACE["leads"]]:
            given["rr_imp"] = _breath_rate(breaths.begin[breaths.depth > _SEEN_DEPTH], at)
        if state[PLACE["cannula"]]:
            ended = at_nose(breaths)
            seen = ended > _SEEN_MMHG
            over = (breaths.begin + breaths.length)[seen]
            given["rr_co2"] = _breath_rate(over, at)
            given["etco2"] = _last(ended[seen], over, at)
            given["fico2"] = 0.0 if breaths.fico2 is None else float(breaths.fico2[-1])
        return given

    def _pressures(self, state: Rows) -> dict[str, float | None]:
        low, high = float(state[PLACE["diastolic"]]), float(state[PLACE["systolic"]])
        if high < _LOWEST_CUFF_MMHG:
            return {}
        return {"nibp_sys": high, "nibp_dia": low, "nibp_mean": low + ARTERY_MEAN * (high - low)}

    def _ecg(self, window: _Window) -> Samples:
        times, key = window.times, window.key
        # The heart turns and sinks with the diaphragm: a little smaller and lower as the lungs fill.
        volume = window.breaths.volume(times)
        baseline = 0.04 * self._baseline[key].at(times) - 0.03 * volume
        moved = 1.2 * window.state("movement") * self._restless.at(times)
        drawn = ecg(times, window.beats, key) * (1.02 - 0.04 * volume) + baseline + moved
        return _worn(drawn + 0.008 * self._noise[key].at(times), window.state("leads"))

    def _pleth(self, window: _Window) -> Samples:
        times, usual = window.times, self._person.pulse_strength
        volume = window.breaths.volume(times)
        open_ = window.state("perfusion") * (1.0 - window.state("cuff"))
        pulse = open_ * (1.06 - 0.12 * volume) * (finger_pulse(times, window.beats) - FINGER_MEAN)
        sway = 0.10 * (0.5 - volume) * np.minimum(open_, 1.0)
        moved = 3.0 * window.state("movement") * self._restless.at(times)
        return _worn(
            usual * (pulse + sway + moved) + 0.01 * self._noise["pleth"].at(times), window.state("probe")
        )

    def _co2(self, window: _Window) -> Samples:
        sampled: Samples = capnogram(window.times, window.breaths)
        sampled = sampled + 0.05 * self._noise["co2"].at(window.times)
        return _worn(sampled.clip(min=0.0), window.state("cannula"))

    def _resp(self, window: _Window) -> Samples:
        times = window.times
        moved = 1.5 * window.state("movement") * self._restless.at(times)
        chest = impedance(times, window.breaths, window.beats) + moved
        return _worn(chest + 0.005 * self._noise["resp"].at(times), window.state("leads"))


def _worn(samples: Samples, worn: Samples) -> Samples:
    """NaN wherever the sensor is not on at both ends of the step."""
    return np.where(worn < 1.0, np.nan, samples)


def _last(ended: Samples, at: Samples, now: float) -> float | None:
    """What the last breath that is over ended with; None: there was none of late."""
    over = np.flatnonzero((at <= now) & (now - at <= NO_BREATH_S))
    return float(ended[over[-1]]) if over.size else None


def _beat_rate(at: Samples, now: float) -> float:
    past = at[at <= now]
    rate = rate_per_minute(past, now, HEART_RATE_OVER_S)
    return 0.0 if rate is None or now - past[-1] > NO_BEAT_S else rate


def _breath_rate(begun: Samples, now: float) -> float:
    past = begun[begun <= now]
    if past.size < 2 or now - past[-1] > NO_BREATH_S:
        return 0.0
    for over_s in (BREATH_RATE_OVER_S, SLOW_BREATH_RATE_OVER_S):
        rate = rate_per_minute(past, now, over_s)
        if rate is not None:
            return rate
    # A single one in all that time, the first after a pause.
    return 60.0 / SLOW_BREATH_RATE_OVER_S
