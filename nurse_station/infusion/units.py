"""Dose arithmetic, exact: mg/kg/h, µg/kg/min, mg/h and mL/h. Rounds nothing, decides nothing.

Ward numbers are decimals, and binary floats are not: 0.35 x 38 is 13.299999999999999, so that 13.3 mg/h
would lie above an order of 0.35 mg/kg/h. Numbers are therefore taken as they are written (`exact`) and
kept as fractions until they are shown.
"""

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

Number = Fraction | float

# 1 mg/kg/h = 1000 µg in 60 min.
UG_MIN_OF_MG_H = Fraction(1000, 60)
# Volumetric pumps commonly take two digits after the point below 10 mL/h and one above: a default.
FINE_BELOW_ML_H = 10
FINE_DIGIT = Fraction(1, 100)
COARSE_DIGIT = Fraction(1, 10)


def exact(number: Number) -> Fraction:
    """The number as it is written in decimals: exact(0.35) is 7/20.

    Raises:
        ValueError: not finite.
    """
    if isinstance(number, Fraction):
        return number
    if not math.isfinite(number):
        msg = f"{number} is no number to calculate with"
        raise ValueError(msg)
    return _written(float(number))


@lru_cache(maxsize=4096)
def _written(number: float) -> Fraction:
    """The same few doses and weights are asked for every second of a day."""
    return Fraction(repr(number))


def ug_kg_min(mg_kg_h: Number) -> Fraction:
    """µg/kg/min of a dose in mg/kg/h."""
    return exact(mg_kg_h) * UG_MIN_OF_MG_H


def mg_kg_h_of_ug_kg_min(dose: Number) -> Fraction:
    """mg/kg/h of a dose in µg/kg/min."""
    return exact(dose) / UG_MIN_OF_MG_H


@lru_cache(maxsize=4096, typed=True)  # a fraction may equal a float that is written otherwise
def mg_h(mg_kg_h: Number, weight_kg: Number) -> Fraction:
    """mg/h of a dose in mg/kg/h."""
    return exact(mg_kg_h) * exact(weight_kg)


def mg_kg_h_of_mg_h(rate: Number, weight_kg: Number) -> Fraction:
    """mg/kg/h of a rate in mg/h. Raises ValueError for a weight of nothing."""
    return exact(rate) / _divisor(weight_kg, "a weight")


def ml_h(rate_mg_h: Number, mg_ml: Number) -> Fraction:
    """mL/h of a rate in mg/h. Raises ValueError for a concentration of nothing."""
    return exact(rate_mg_h) / _divisor(mg_ml, "a concentration")


def mg_h_of_ml_h(rate: Number, mg_ml: Number) -> Fraction:
    """mg/h of a rate in mL/h."""
    return exact(rate) * exact(mg_ml)


def pump_setting(rate_ml_h: Number) -> Fraction:
    """What to set on the pump, mL/h: rounded down to its digits, so that rounding never exceeds an order."""
    rate = exact(rate_ml_h)
    digit = FINE_DIGIT if rate < FINE_BELOW_ML_H else COARSE_DIGIT
    return math.floor(rate / digit) * digit


@dataclass(frozen=True, slots=True, kw_only=True)
class FourUnits:
    """One rate in the four units that are shown together."""

    mg_kg_h: Fraction
    ug_kg_min: Fraction
    mg_h: Fraction
    ml_h: Fraction


def of_mg_kg_h(dose: Number, *, weight_kg: Number, mg_ml: Number) -> FourUnits:
    """All four from a dose in mg/kg/h. Raises ValueError for a weight or concentration of nothing."""
    return of_mg_h(mg_h(dose, weight_kg), weight_kg=weight_kg, mg_ml=mg_ml)


def of_ml_h(rate: Number, *, weight_kg: Number, mg_ml: Number) -> FourUnits:
    """All four from what a pump shows. Raises ValueError for a weight or concentration of nothing."""
    return of_mg_h(mg_h_of_ml_h(rate, mg_ml), weight_kg=weight_kg, mg_ml=mg_ml)


def of_mg_h(rate: Number, *, weight_kg: Number, mg_ml: Number) -> FourUnits:
    """All four from a rate in mg/h. Raises ValueError for a weight or concentration of nothing."""
    dose = mg_kg_h_of_mg_h(rate, weight_kg)
    return FourUnits(mg_kg_h=dose, ug_kg_min=ug_kg_min(dose), mg_h=exact(rate), ml_h=ml_h(rate, mg_ml))


def shown(number: Number, digits: int = 2) -> str:
    """A number as a ward writes it: at most `digits` after the point, no trailing zeros ("24.5", "25").

    A number too small for the digits keeps two that count ("0.0042"), for none may read as 0 that is not.
    """
    value = float(number)
    text = f"{value:.{digits}f}"
    if value and not float(text):
        return f"{value:.2g}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def dose(mg_kg_h: Number) -> str:
    """A dose in mg/kg/h as it reads everywhere, on screen, on paper and in a protocol's day: `0.175`, `0.2`.

    Three digits after the point, four where the dose has just four (`0.2625`, three quarters of 0.35): the
    steps of a protocol differ, and are what they are. No zero trails: it could be read as ten times as much.
    """
    whole = (exact(mg_kg_h) * 10_000).denominator == 1
    return shown(mg_kg_h, 4 if whole else 3)


def _divisor(number: Number, what: str) -> Fraction:
    value = exact(number)
    if value <= 0:
        msg = f"{what} of {shown(number)} is nothing to divide by"
        raise ValueError(msg)
    return value
