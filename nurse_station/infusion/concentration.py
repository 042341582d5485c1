"""Predicted plasma and effect-site concentration: a population's mean, never a measurement of a patient.

The system is linear, so between two changes of the rate its solution is a sum of exponentials; nothing is
integrated in steps, and a prediction does not depend on how often it is asked for. Whoever shows a figure
says that it is a model's (`NOTE`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from nurse_station.infusion.models import DEFAULT_MODEL, KE0_MIND_PER_MIN, Model

Floats = npt.NDArray[np.float64]
Rates = Sequence[tuple[float, float]]

NOTE = "Predicted by a population model, not measured"
# 1 mg/L is 1 µg/mL.
NG_ML_OF_MG_L = 1000.0
# Nearer than this to a rate constant of the plasma, ke0 gives no eigenvectors to calculate with.
KE0_APART = 1e-5


@dataclass(frozen=True, slots=True, kw_only=True)
class Compartments:
    """Where the drug is: mg in the three compartments, and the concentration that acts, ng/mL."""

    central_mg: float = 0.0
    fast_mg: float = 0.0
    slow_mg: float = 0.0
    effect_ng_ml: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A prediction at the times that were asked for: seconds, ng/mL, ng/mL."""

    at: Floats
    plasma_ng_ml: Floats
    effect_ng_ml: Floats


class Kinetics:
    """One patient's model, its exponentials ready. Holds no drug: states go in and come out.

    Attributes:
        model: The published one.
        v1_l: Central volume, L.
    """

    def __init__(
        self,
        *,
        weight_kg: float,
        model: Model = DEFAULT_MODEL,
        ke0_per_min: float = KE0_MIND_PER_MIN,
        clearance: float = 1.0,
    ) -> None:
        """Prepare the model for a patient.

        Args:
            weight_kg: Above 0.
            model: A row of MODELS.
            ke0_per_min: How fast the effect follows the plasma, above 0.
            clearance: This patient's clearance as a share of the model's, above 0; simulated patients differ.

        Raises:
            ValueError: a number is not above 0.
        """
        if not min(weight_kg, ke0_per_min, clearance) > 0:
            msg = f"weight {weight_kg} kg, ke0 {ke0_per_min}/min, clearance {clearance}: all are above 0"
            raise ValueError(msg)
        self.model = replace(model, k10=model.k10 * clearance)
        self.v1_l = self.model.v1_l_kg * weight_kg
        values, vectors = np.linalg.eig(_system(self.model, self.v1_l, ke0_per_min) / 60.0)
        # A mammillary system has real eigenvalues; eig gives them as real numbers.
        self._rates: Floats = np.real(values)
        self._vectors: Floats = np.real(vectors)
        self._inverse: Floats = np.linalg.inv(self._vectors).astype(np.float64)
        # 1 mg/h into the central compartment, mg/s, in the coordinates of the exponentials.
        self._input: Floats = self._inverse[:, 0] / 3600.0

    def __deepcopy__(self, _memo: dict[int, object]) -> "Kinetics":
        """Itself, as nothing in it changes: copied arrays would lie otherwise, and round otherwise."""
        return self

    def advanced(self, state: Compartments, seconds: float, mg_h: float) -> Compartments:
        """The state after a time at a constant rate; exact for any length, 0 included.

        Raises:
            ValueError: seconds below 0.
        """
        if not seconds >= 0:
            msg = f"drug does not flow back in time ({seconds} s)"
            raise ValueError(msg)
        modes = self._inverse @ _vector(state)
        return _state(self._vectors @ self._after(modes, np.array([seconds]), mg_h)[:, 0])

    def with_bolus(self, state: Compartments, mg: float) -> Compartments:
        """The state right after a dose that was given at once."""
        return replace(state, central_mg=state.central_mg + mg)

    def plasma_ng_ml(self, state: Compartments) -> float:
        """The concentration in plasma."""
        return state.central_mg / self.v1_l * NG_ML_OF_MG_L

    def curve(self, rates: Rates, at: Sequence[float] | Floats, start: Compartments | None = None) -> Curve:
        """The prediction at any times.

        Args:
            rates: (seconds, mg/h) in the order of time, as Delivery.rates() and plan.forecast_rates() give.
            at: When, seconds, in the order of time; before the first rate `start` has not yet begun to move.
            start: What is in the patient at the first rate; None: nothing.
        """
        times: Floats = np.asarray(at, dtype=np.float64)
        found = np.zeros((len(times), 2))
        modes = self._inverse @ _vector(start or Compartments())
        found[:] = self._seen(modes[:, None]).T
        for place, (begins, mg_h) in enumerate(rates):
            ends = rates[place + 1][0] if place + 1 < len(rates) else np.inf
            low, high = np.searchsorted(times, [begins, ends])
            if high > low:
                found[low:high] = self._seen(self._after(modes, times[low:high] - begins, mg_h)).T
            if np.isfinite(ends):
                modes = self._after(modes, np.array([ends - begins]), mg_h)[:, 0]
        return Curve(at=times, plasma_ng_ml=found[:, 0], effect_ng_ml=found[:, 1])

    def _after(self, modes: Floats, seconds: Floats, mg_h: float) -> Floats:
        """The modes (a column for each time) after so many seconds at a rate."""
        exponents = np.outer(self._rates, seconds)
        still = self._rates == 0.0
        slopes = np.where(still, 1.0, self._rates)[:, None]
        flowed = np.where(still[:, None], seconds, np.expm1(exponents) / slopes)
        grown: Floats = np.exp(exponents) * modes[:, None] + flowed * (self._input * mg_h)[:, None]
        return grown

    def _seen(self, modes: Floats) -> Floats:
        """Plasma and effect, ng/mL, of modes in columns; what rounding leaves below 0 is nothing."""
        both = self._vectors[[0, 3]] @ modes
        both[0] *= NG_ML_OF_MG_L / self.v1_l
        seen: Floats = np.maximum(both, 0.0)
        return seen


def _system(model: Model, v1_l: float, ke0: float) -> Floats:
    """Change per minute of (central, fast, slow in mg; effect in ng/mL)."""
    plasma = np.array(
        [
            [-(model.k10 + model.k12 + model.k13), model.k21, model.k31],
            [model.k12, -model.k21, 0.0],
            [model.k13, 0.0, -model.k31],
        ]
    )
    if np.any(np.abs(np.real(np.linalg.eigvals(plasma)) / ke0 + 1.0) < KE0_APART):
        ke0 *= 1.0 + 2 * KE0_APART
    system = np.zeros((4, 4))
    system[:3, :3] = plasma
    system[3, 0], system[3, 3] = ke0 * NG_ML_OF_MG_L / v1_l, -ke0
    return system


def _vector(state: Compartments) -> Floats:
    return np.array([state.central_mg, state.fast_mg, state.slow_mg, state.effect_ng_ml])


def _state(vector: Floats) -> Compartments:
    central, fast, slow, effect = (max(0.0, float(each)) for each in vector)
    return Compartments(central_mg=central, fast_mg=fast, slow_mg=slow, effect_ng_ml=effect)
