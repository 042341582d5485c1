"""Cuff measurements of a session, each once: a monitor repeats its last one with every frame. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from nurse_station.vitals.readings import Quality, Reading

PARTS = ("nibp_sys", "nibp_dia", "nibp_mean")
SAME_S = 2.0
"""One measurement's time wavers by less: it is counted back from each frame's arrival."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cuff:
    """One measurement, mmHg.

    Attributes:
        at: When it was measured, unix seconds; where `exact` is False, when it was first seen.
        sys, dia, mean: None: the monitor gave none.
        exact: The monitor told how long ago it was.
        doubted: The monitor doubts it.
        by: Who measured by hand; empty: the monitor.
    """

    at: float
    sys: float | None = None
    dia: float | None = None
    mean: float | None = None
    exact: bool = True
    doubted: bool = False
    by: str = ""


def cuffs(readings: Iterable[tuple[float, Reading]]) -> tuple[Cuff, ...]:
    """The measurements in (unix seconds, reading), oldest first. Other parameters are passed over."""
    by_source: dict[str, list[Cuff]] = {}
    for wall, reading in readings:
        if reading.parameter in PARTS and reading.value is not None and reading.quality is not Quality.STALE:
            _take(by_source.setdefault(reading.source, []), wall, reading, reading.value)
    return tuple(sorted((cuff for own in by_source.values() for cuff in own), key=lambda cuff: cuff.at))


def _take(own: list[Cuff], wall: float, reading: Reading, value: float) -> None:
    part = reading.parameter.removeprefix("nibp_")
    exact = reading.measured_at is not None
    at = wall if reading.measured_at is None else wall - (reading.at - reading.measured_at)
    doubted = reading.quality is Quality.QUESTIONABLE
    if own and _same(own[-1], at, exact, part, value):
        own[-1] = _with(own[-1], part, value, doubted)
    else:
        own.append(_with(Cuff(at=at, exact=exact), part, value, doubted))


def _with(cuff: Cuff, part: str, value: float, doubted: bool) -> Cuff:
    return replace(
        cuff, sys=value if part == "sys" else cuff.sys, dia=value if part == "dia" else cuff.dia,
        mean=value if part == "mean" else cuff.mean, doubted=cuff.doubted or doubted,
    )  # fmt: skip


def _same(last: Cuff, at: float, exact: bool, part: str, value: float) -> bool:
    """Whether a reading is of the last measurement."""
    known = getattr(last, part)
    if exact and last.exact:
        return abs(at - last.at) <= SAME_S
    # Without a time of its own a measurement lasts until its value changes.
    return exact is last.exact and (known == value or (known is None and at - last.at <= SAME_S))
