"""Paper's titration log and totals: every change at the pump in four units, with what had run in by then."""

from collections.abc import Iterator

from nurse_station.infusion.delivery import Delivery, Segment
from nurse_station.infusion.units import dose, of_mg_h, shown
from nurse_station.reports.before import Pair, wasted_mg
from nurse_station.reports.model import Block, Column, Facts, Section, Table, Text
from nurse_station.reports.recorded import Recorded, entered_late
from nurse_station.reports.words import NONE, minutes, or_said
from nurse_station.sessions import deeds
from nurse_station.sessions.session import Timed

COLUMNS = (
    Column(title="Time", width=17), Column(title="Event", width=16),
    Column(title="mg/kg/h", width=14, right=True), Column(title="µg/kg/min", width=16, right=True),
    Column(title="mg/h", width=12, right=True), Column(title="mL/h", width=12, right=True),
    Column(title="Given mg", width=14, right=True), Column(title="Given mL", width=14, right=True),
    Column(title="Meant, reason", width=38), Column(title="By", width=27),
)  # fmt: skip
_CHANGES = (
    deeds.Started, deeds.RateSet, deeds.Held, deeds.Paused, deeds.Resumed, deeds.BagChanged, deeds.Stopped,
    deeds.EmergencyCalled,
)  # fmt: skip
"""Deeds that `sessions.session` counts as changes at the pump; a hold changes no rate."""


def titration(recorded: Recorded) -> Section:
    """The log, in the order of time."""
    rows: list[tuple[str, ...]] = []
    marked: list[int] = []
    for timed, segment, before in _log(recorded):
        refused = timed.number in recorded.day.refused  # only a damaged journal has any
        event = "NOT DONE" if refused else _event(timed, segment, before)
        if event in ("EMERGENCY", "NOT DONE"):
            marked.append(len(rows))
        rates = _rates(recorded, timed, segment)
        why = "; ".join(each for each in (_reason(timed), entered_late(recorded, timed)) if each)
        rows.append((recorded.times.second(timed.at), event, *rates, why, timed.who))
    block: Block = Table(title="", columns=COLUMNS, rows=tuple(rows), marked=tuple(marked))
    if not rows:
        block = Text(words="No infusion was recorded.")
    words = ("Entered by hand from what the pump showed; the program reads and drives no pump. Amounts are "
             "calculated from the rates entered.")  # fmt: skip
    return Section(title="Titration log", blocks=(block, Text(words=words)) if rows else (block,))


def _log(recorded: Recorded) -> Iterator[tuple[Timed, Segment | None, Segment | None]]:
    """Each deed at the pump with the time that it begins, and the time before it."""
    day = recorded.day
    own = [timed for timed in day.stands if isinstance(timed.deed, (*_CHANGES, deeds.Released))]
    counted = [t for t in own if t.number not in day.refused and isinstance(t.deed, _CHANGES)]
    segments = day.delivery.segments if day.delivery is not None else ()
    begins = dict(zip((t.number for t in sorted(counted, key=lambda t: t.at)), range(len(segments)),
                      strict=False))  # fmt: skip
    for timed in sorted(own, key=lambda each: each.at):
        place = begins.get(timed.number)
        if place is None:
            segment = day.delivery.segment_at(timed.at) if day.delivery is not None else None
            yield timed, segment, segment
        else:
            yield timed, segments[place], segments[place - 1] if place else None


def _event(timed: Timed, segment: Segment | None, before: Segment | None) -> str:
    match timed.deed:
        case deeds.Started():
            return "start"
        case deeds.RateSet():
            was = before.ml_h if before is not None else 0.0
            now = segment.ml_h if segment is not None else 0.0
            return "raise" if now > was else "lower" if now < was else "confirm"
        case deeds.EmergencyCalled():
            return "EMERGENCY"
        case _:
            return _WORDS[type(timed.deed)]


_WORDS = {
    deeds.Held: "hold", deeds.Released: "hold ended", deeds.Paused: "pause", deeds.Resumed: "resume",
    deeds.BagChanged: "new bag", deeds.Stopped: "stop",
}  # fmt: skip


def _rates(recorded: Recorded, timed: Timed, segment: Segment | None) -> tuple[str, ...]:
    """The rate in four units, mg and mL given until then."""
    if segment is None:
        entered = getattr(timed.deed, "pump_ml_h", None)
        return NONE, NONE, NONE, NONE if entered is None else shown(entered), NONE, NONE
    given = segment.mg + segment.mg_until(timed.at), segment.ml + segment.ml_until(timed.at)
    rate, patient = (NONE, NONE), recorded.day.patient
    if patient is not None and patient.weight_kg > 0 and segment.bag.mg_ml > 0:
        units = of_mg_h(segment.mg_h, weight_kg=patient.weight_kg, mg_ml=segment.bag.mg_ml)
        rate = dose(units.mg_kg_h), shown(units.ug_kg_min, 2)
    return (*rate, shown(segment.mg_h), shown(segment.ml_h), *(shown(each) for each in given))


def _reason(timed: Timed) -> str:
    meant = getattr(timed.deed, "mg_kg_h", None)
    words = [] if meant is None else [f"meant {dose(meant)} mg/kg/h"]
    match timed.deed:
        case deeds.Stopped(reason=reason, why=why):
            words += [reason.value, why]
        case deeds.BagChanged(bag=bag):
            words += [f"{shown(bag.ml)} mL of {shown(bag.mg_ml)} mg/mL", bag.lot and f"lot {bag.lot}"]
        case _:
            words.append(getattr(timed.deed, "why", ""))
    words += [f"let pass: {each.rule} by {each.by}" for each in timed.overrides]
    return "; ".join(word for word in words if word)


def totals(recorded: Recorded) -> Section:
    """Start, stop, minutes, mg, mg/kg, discarded."""
    delivery = recorded.day.delivery
    began = delivery.started_at() if delivery is not None else None
    if delivery is None or began is None:
        return Section(title="Totals", blocks=(Text(words="Nothing was given by this record."),))
    return Section(title="Totals", blocks=(Facts(rows=tuple(_totals(recorded, delivery, began))),))


def _totals(recorded: Recorded, delivery: Delivery, began: float) -> Iterator[Pair]:
    day, times = recorded.day, recorded.times
    end = recorded.until if day.stopped_at is None else day.stopped_at
    yield "Start", times.second(began)
    yield "Stop", "not stopped" if day.stopped_at is None else times.second(day.stopped_at)
    paused = delivery.paused_s(end)
    yield "From start to stop", f"{minutes(end - began)}, of these without drug {minutes(paused)}"
    yield "Given", f"{shown(delivery.mg(end))} mg in {shown(delivery.ml(end))} mL"
    if day.patient is not None and day.patient.weight_kg > 0:
        yield "By weight", f"{shown(delivery.mg_kg(end, day.patient.weight_kg), 3)} mg/kg"
    highest = max((rate for _, rate in delivery.rates()), default=0.0)
    yield "Highest rate", f"{shown(highest)} mg/h"
    left = delivery.bag_left_ml(end)
    yield "Left in the bag, calculated", f"{shown(left)} mL" if left is not None else "not known"
    yield "Discarded", "; ".join(_discarded(recorded)) or "none was recorded"


def _discarded(recorded: Recorded) -> Iterator[str]:
    for timed in recorded.day.stands:
        if isinstance(timed.deed, deeds.WasteNoted):
            witness = or_said(timed.deed.witness, "NOBODY")
            yield f"{shown(timed.deed.ml)} mL = {wasted_mg(recorded, timed)} mg, witness {witness}"
