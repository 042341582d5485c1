"""The units in which a clinic reads its values. The station itself keeps one unit a parameter."""

from dataclasses import dataclass

from nurse_station.vitals.parameters import PARAMETERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How a parameter is shown: `shown = value * factor + offset`, with so many digits after the point."""

    unit: str
    precision: int
    factor: float = 1.0
    offset: float = 0.0

    def shown(self, value: float | None) -> float | None:
        return None if value is None else value * self.factor + self.offset


KPA = Scale(unit="kPa", precision=1, factor=0.133322)
FAHRENHEIT = Scale(unit="°F", precision=1, factor=1.8, offset=32.0)
CO2 = frozenset({"etco2", "fico2"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """What the clinic chose: CO₂ in "mmHg" or "kPa", temperature in "Cel" or "degF"."""

    co2: str = "mmHg"
    temperature: str = "Cel"

    def of(self, parameter: str) -> Scale:
        """How `parameter` is shown. Raises KeyError for one that there is not."""
        row = PARAMETERS[parameter]
        if parameter in CO2 and self.co2 == "kPa":
            return KPA
        if row.unit == "Cel" and self.temperature == "degF":
            return FAHRENHEIT
        return Scale(unit=row.unit_shown, precision=row.precision)


WARD = Units()
"""The units of a new installation."""
