"""What every Nonin format says in the end: two numbers and some conditions. Knows no byte of a frame."""

from collections.abc import Iterable, Mapping

from nurse_station.devices.nonin.layout import PR_MISSING, SPO2_MISSING, Bit, Effect
from nurse_station.vitals.parameters import PARAMETERS
from nurse_station.vitals.readings import DeviceCondition, Missing, Quality, Reading

MISSING = {"spo2": SPO2_MISSING, "pr": PR_MISSING}
"""The codes for "no value"."""
_ORIGINS = {"spo2": "", "pr": "pleth"}
_QUALITY = {Effect.NONE: Quality.GOOD, Effect.DOUBTS: Quality.QUESTIONABLE}


def effect_of(bits: Iterable[Bit]) -> Effect:
    """The gravest effect of the bits that are set."""
    return max((bit.effect for bit in bits), default=Effect.NONE)


def reading(source: str, parameter: str, raw: int, effect: Effect, at: float) -> Reading:
    """The reading of a number as it was sent."""
    why = _why_missing(parameter, raw, effect)
    return Reading(
        parameter=parameter,
        value=None if why else float(raw),
        at=at,
        source=source,
        quality=Quality.MISSING if why else _QUALITY[effect],
        why=why,
        origin=_ORIGINS[parameter],
    )


def _why_missing(parameter: str, raw: int, effect: Effect) -> Missing | None:
    if effect is Effect.ENDS:
        return Missing.OFF
    if raw == MISSING[parameter]:
        return Missing.INVALID
    # No oximeter counts a pulse of 0: without one it sends the code.
    if raw == 0 or not PARAMETERS[parameter].accepts(raw):
        return Missing.IMPLAUSIBLE
    return None


class ToldConditions:
    """What was told of the conditions, so that only changes are told, and all of them once."""

    def __init__(self, source: str, keys: Iterable[str]) -> None:
        self._source = source
        self._keys = tuple(keys)
        self._told: dict[str, str | None] = {}

    def changes(self, active: Mapping[str, str], at: float) -> list[DeviceCondition]:
        """Take the conditions that are so now, each with its detail; return those that changed."""
        now = {key: active.get(key) for key in self._keys}
        changed = [key for key in self._keys if key not in self._told or self._told[key] != now[key]]
        self._told.update(now)
        return [self._condition(key, now[key], at) for key in changed]

    def forget(self) -> None:
        """After a (re)start all is told anew."""
        self._told = {}

    def _condition(self, key: str, detail: str | None, at: float) -> DeviceCondition:
        return DeviceCondition(
            key=key, active=detail is not None, at=at, source=self._source, detail=detail or ""
        )
