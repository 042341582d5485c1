"""What the ribbon shows of the drug and of the checks, in monotonic seconds. Predicts by the model; no Qt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nurse_station.assessments.scales import SCALES
from nurse_station.infusion.models import MODELS
from nurse_station.infusion.plan import Stair
from nurse_station.infusion.units import dose, shown
from nurse_station.sessions import deeds
from nurse_station.sessions.curves import DayCurves, curves
from nurse_station.sessions.session import Timed
from nurse_station.sessions.states import RUNNING, State
from nurse_station.station.snapshots import CareSnapshot

Floats = NDArray[np.float64]
EVERY_S = 60.0
"""Between two points of the prediction."""
MARKS: dict[type, str] = {
    deeds.Started: "▶", deeds.RateSet: "↕", deeds.Held: "H", deeds.Released: "▷", deeds.Paused: "Ⅱ",
    deeds.Resumed: "▶", deeds.BagChanged: "B", deeds.Stopped: "■", deeds.Intervened: "+",
    deeds.EmergencyCalled: "!", deeds.EmergencyOver: "○", deeds.Noted: "n",
    deeds.Measured: "P",
}  # fmt: skip
"""Kind of deed -> its sign in the ribbon."""
SAID: dict[type, str] = {
    deeds.Started: "started", deeds.RateSet: "rate set", deeds.Held: "held", deeds.Released: "hold ended",
    deeds.Paused: "paused", deeds.Resumed: "resumed", deeds.BagChanged: "new bag", deeds.Stopped: "stopped",
    deeds.EmergencyCalled: "EMERGENCY", deeds.EmergencyOver: "emergency over",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckCell:
    """A responsiveness check: when, and MOAA/S 5 to 0."""

    at: float
    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedMark:
    """Something that was done: when, its sign, and it in words."""

    at: float
    sign: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugShown:
    """All of one day. Times are monotonic seconds.

    Attributes:
        done, planned: (at, mg/kg/h) of each stair.
        at, plasma, effect: The prediction, ng/mL; empty before the start.
        top: The highest rate, mg/kg/h, above 0.
        limit: The order's highest rate for this patient, mg/kg/h; None: not known.
        model: Whose prediction.
        cells, marks: In the order of time.
        ahead: The infusion goes on: what is planned lies ahead.
    """

    done: tuple[tuple[float, float], ...]
    planned: tuple[tuple[float, float], ...]
    at: Floats
    plasma: Floats
    effect: Floats
    top: float
    model: str
    cells: tuple[CheckCell, ...]
    marks: tuple[DeedMark, ...]
    ahead: bool
    limit: float | None = None

    @property
    def above(self) -> bool:
        """Whether more ran than the order allows."""
        return self.limit is not None and any(rate > self.limit * (1 + 1e-6) for _, rate in self.done)

    @property
    def most(self) -> float:
        """The highest concentration, ng/mL, above 0."""
        return max(float(self.plasma.max(initial=0.0)), float(self.effect.max(initial=0.0)), 1.0)


def drug(care: CareSnapshot) -> DrugShown | None:
    """The day's drug and checks; None: there is no order yet."""
    session, off = care.session, care.offset
    found = curves(session, care.seen.at, model=MODELS[care.protocol.model], every_s=EVERY_S)
    if found is None:
        return None
    done, planned = _stairs(found.done, off), _stairs(found.planned, off)
    predicted = found.predicted
    none = np.zeros(0)
    return DrugShown(
        done=done, planned=planned, top=max([rate for _, rate in (*done, *planned)], default=0.0) or 1.0,
        at=none if predicted is None else predicted.at - off, model=_model(found),
        plasma=none if predicted is None else predicted.plasma_ng_ml,
        effect=none if predicted is None else predicted.effect_ng_ml,
        cells=tuple(CheckCell(at=at.at - off, score=at.score) for at in session.scores.get("moaas", ())),
        marks=tuple(_marks(session.stands, off)), ahead=session.state in RUNNING | {State.PAUSED},
        limit=_limit(care),
    )  # fmt: skip


def _limit(care: CareSnapshot) -> float | None:
    limits, patient = care.summary.limits, care.session.patient
    return None if limits is None or patient is None else limits.mg_h / patient.weight_kg


def _model(found: DayCurves) -> str:
    return f"model {found.model}"


def _stairs(stairs: Sequence[Stair], offset: float) -> tuple[tuple[float, float], ...]:
    return tuple((stair.at - offset, stair.mg_kg_h) for stair in stairs)


def _marks(stands: Sequence[Timed], offset: float) -> Iterator[DeedMark]:
    for timed in stands:
        kind = type(timed.deed)
        if kind in MARKS:
            yield DeedMark(at=timed.at - offset, sign=MARKS[kind], words=_words(timed.deed))


def _words(deed: deeds.Deed) -> str:
    match deed:
        case deeds.Intervened(what=what):
            return what
        case deeds.Measured(values=values) if {"nibp_sys", "nibp_dia"} <= values.keys():
            return f"BP {values['nibp_sys']:.0f}/{values['nibp_dia']:.0f} by hand"
        case deeds.Measured():
            return "measured by hand"
        case deeds.Noted(text=text):
            return f"note: {text[:40]}"
        case _:
            return SAID[type(deed)]


def words_at(shown_day: DrugShown, at: float, near_s: float) -> str:
    """The rate, the prediction, and what was found and done within `near_s` of that second."""
    said = []
    if shown_day.done and at >= shown_day.done[0][0]:
        rate = _rate(shown_day.done, at)
        over = shown_day.limit is not None and rate > shown_day.limit * (1 + 1e-6)
        said.append(f"{dose(rate)} mg/kg/h{', above the order' if over else ''}")
    if len(shown_day.at) and shown_day.at[0] <= at <= shown_day.at[-1]:
        plasma, effect = (
            float(np.interp(at, shown_day.at, curve)) for curve in (shown_day.plasma, shown_day.effect)
        )
        said.append(f"{shown_day.model}: plasma {shown(plasma, 0)}, effect site {shown(effect, 0)} ng/mL")
    said += [
        f"MOAA/S {cell.score} {SCALES['moaas'].level(cell.score).short}"
        for cell in shown_day.cells if abs(cell.at - at) <= near_s
    ]  # fmt: skip
    said += [mark.words for mark in shown_day.marks if abs(mark.at - at) <= near_s]
    return "   ".join(said)


def _rate(stairs: Sequence[tuple[float, float]], at: float) -> float:
    return next((rate for start, rate in reversed(stairs) if start <= at), 0.0)
