"""How much this body answers to a drug, against the average: drawn once. Refuses to know what was given."""

import math
from dataclasses import dataclass

from nurse_station.simulator.chance import Stream

# A coefficient of variation of 60 % (systolic +16.0, SD 11.2 at 40 minutes in 2,342 infusions).
_PRESSOR_CV = 0.60
_HEART_CV = 0.60
_MIND_CV = 0.20
_FARTHEST = 2.5
# 13 of 100 are nauseated (Rodrigues 2022).
_NAUSEATED = 0.13


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """Between-patient spread; 1 is the average.

    Attributes:
        pressor: How far blood pressure answers to ketamine.
        heart: How far heart rate does.
        mind: How far consciousness does, against the same concentration.
        nausea: Whether ketamine nauseates: 0 or 1.
        clearance: Of ketamine.
    """

    pressor: float = 1.0
    heart: float = 1.0
    mind: float = 1.0
    nausea: float = 0.0
    clearance: float = 1.0

    @classmethod
    def drawn(cls, seed: int) -> "Response":
        """That of this seed. Clearance is everybody's: what is predicted for a patient is then true."""
        return cls(
            pressor=_log_normal(seed, "pressor response", _PRESSOR_CV),
            heart=_log_normal(seed, "heart response", _HEART_CV),
            mind=_log_normal(seed, "mind response", _MIND_CV),
            nausea=float(Stream(seed, "nausea response").between(0, 1) < _NAUSEATED),
        )


AVERAGE = Response()


def _log_normal(seed: int, word: str, variation: float) -> float:
    """Mean 1; cut off at two and a half standard deviations of the logarithm."""
    variance = math.log(1.0 + variation * variation)
    sd = math.sqrt(variance)
    return math.exp(Stream(seed, word).normal(0.0, sd, -_FARTHEST * sd, _FARTHEST * sd) - variance / 2.0)
