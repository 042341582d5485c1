"""Observed values -> what each is and how far it is trusted. Knows no time and no line."""

from dataclasses import dataclass

from nurse_station.devices.philips_intellivue import layout
from nurse_station.devices.philips_intellivue.channels import Channels
from nurse_station.devices.philips_intellivue.content import Content, Numeric
from nurse_station.devices.philips_intellivue.cursor import number
from nurse_station.vitals.parameters import PARAMETERS
from nurse_station.vitals.readings import Missing, Quality


@dataclass(frozen=True, slots=True)
class Value:
    """One value, ready to become a reading, and the state word that it came with."""

    parameter: str
    value: float | None
    quality: Quality
    why: Missing | None
    origin: str
    state: int
    second_choice: bool = False


class Names:
    """Which parameter an observed value is, for as long as an association lasts."""

    def __init__(self) -> None:
        self.pressures = Channels(layout.PRESSURE_CHANNELS)
        self._temperatures = Channels(layout.TEMPERATURE_CHANNELS)
        self._first_choice: set[str] = set()

    def values(self, objects: tuple[Content, ...]) -> list[Value]:
        """The values of a poll result that the table of parameters has a row for."""
        found = [
            value
            for content in objects
            for numeric in content.values
            if (value := self._value(numeric, content.handle)) is not None
        ]
        self._first_choice |= {value.parameter for value in found if not value.second_choice}
        return [v for v in found if not v.second_choice or v.parameter not in self._first_choice]

    def _value(self, numeric: Numeric, handle: int) -> Value | None:
        named = self._named(numeric.physio, handle)
        if named is None:
            return None
        parameter, origin = named
        second = numeric.physio in layout.SECOND_CHOICE
        value = judged(parameter, numeric)
        if isinstance(value, Missing):
            return Value(parameter, None, Quality.MISSING, value, origin, numeric.state, second)
        doubted = numeric.state & (layout.QUESTIONABLE | layout.EARLY)
        quality = Quality.QUESTIONABLE if doubted else Quality.GOOD
        return Value(parameter, value, quality, None, origin, numeric.state, second)

    def _named(self, physio: int, handle: int) -> tuple[str, str] | None:
        if physio in layout.NUMERICS:
            return layout.NUMERICS[physio]
        if physio in layout.TEMPERATURES:
            origin, preferred = layout.TEMPERATURES[physio]
            channel = self._temperatures.of((physio, handle), preferred)
            return None if channel is None else (f"temp{channel}", origin)
        return self._pressure(physio)

    def _pressure(self, physio: int) -> tuple[str, str] | None:
        site, part = physio & ~3, physio & 3
        if site not in layout.PRESSURES:
            return None
        origin, preferred = layout.PRESSURES[site]
        channel = self.pressures.of(site, preferred)
        return None if channel is None else (f"p{channel}_{layout.PRESSURE_PARTS[part]}", origin)


def judged(parameter: str, numeric: Numeric) -> float | Missing:
    """The value in the parameter's unit, or why there is none."""
    for mask, why in layout.STATE_WHY:
        if numeric.state & mask:
            return why
    sent = number(numeric.word)
    if isinstance(sent, Missing):
        return sent
    row = PARAMETERS[parameter]
    factor = layout.UNITS[row.unit].get(numeric.unit)
    if factor is None:
        return Missing.INVALID  # a number in a unit that is not known is no value
    value = sent if factor == (1.0, 0.0) else round(sent * factor[0] + factor[1], 2)
    return value if row.accepts(value) else Missing.IMPLAUSIBLE
