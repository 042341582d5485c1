"""Rules of the rate: what the pump shows, and what must be so before a raise (R5 to R7). Findings only."""

from collections.abc import Iterator
from dataclasses import replace

from nurse_station.assessments.scales import SCALES
from nurse_station.infusion.delivery import Segment
from nurse_station.infusion.plan import ends_at, planned_mg_kg_h
from nurse_station.infusion.protocol import Protocol
from nurse_station.infusion.pump_check import PumpEntry, entry_at, pump_warnings
from nurse_station.infusion.units import exact, mg_h_of_ml_h, shown
from nurse_station.sessions.deeds import BagChanged, Deed, RateSet, Resumed, Started
from nurse_station.sessions.findings import Finding, block, left, past, warn
from nurse_station.sessions.seen import Seen
from nurse_station.sessions.session import Session
from nurse_station.sessions.states import RUNNING, State

AtPump = Started | RateSet | Resumed
PRESSURE_AGE_MIN = 20.0
"""A blood pressure older than this says nothing of now: a default, a cuff's longest interval and 5 min."""
_LET_PASS = "Correct it, or the prescriber lets it pass by name."


def pump_agrees(session: Session, deed: AtPump, at: float) -> Iterator[Finding]:
    """R5, R7: everything that does not fit together, each let pass by name. R13: nothing after the end."""
    entry = _entry(session, at, deed.mg_kg_h, deed.pump_ml_h)
    if entry is None:
        return
    yield from _as_blocks(entry)
    began = session.delivery.started_at() if session.delivery is not None else None
    over = 0.0 if began is None else at - ends_at(entry.order, began)
    if over > 0 and (isinstance(deed, Resumed) or is_raise(session, deed, at)):
        yield block("R13:end", f"The planned end was {past(over)} ago.",
                    "Stop, or the prescriber lets it pass by name.")  # fmt: skip


def bag_agrees(session: Session, deed: BagChanged, at: float) -> Iterator[Finding]:
    """R5: another bag at the same mL/h is another dose if it is stronger."""
    order, ran = session.order, _ran(session, at)
    if order is None or ran is None or ran.set_ml_h is None:
        return
    bag, running = deed.bag, session.state in RUNNING
    if bag.mg_ml != order.concentration_mg_ml:
        yield block("R5:bag_strength", f"The bag is {shown(bag.mg_ml)} mg/mL; the order says "
                    f"{shown(order.concentration_mg_ml)} mg/mL.", _LET_PASS)  # fmt: skip
    entry = _entry(session, at, _dose(session, ran), ran.set_ml_h)
    if entry is None or not running:
        return
    filled = replace(entry, bag_mg_ml=bag.mg_ml, bag_left_ml=bag.ml)
    if bag.mg_ml != ran.bag.mg_ml:
        yield from _as_blocks(filled)
    else:
        early = [each.sentence for each in pump_warnings(filled) if each.key == "bag_empty_early"]
        yield from (warn("R5:bag_empty_early", sentence) for sentence in early)


def _as_blocks(entry: PumpEntry) -> Iterator[Finding]:
    for warning in pump_warnings(entry):
        rule = "R7" if warning.key == "step_too_large" else "R5"
        yield block(f"{rule}:{warning.key}", warning.sentence, _LET_PASS)


def _entry(session: Session, at: float, meant_mg_kg_h: float, shown_ml_h: float) -> PumpEntry | None:
    """What is compared; None: patient or order are not known, which other rules say."""
    delivery, order, patient = session.delivery, session.order, session.patient
    if order is None or delivery is None or patient is None:
        return None
    entry = entry_at(order=order, weight_kg=patient.weight_kg, delivery=delivery, now=at,
                     meant_mg_kg_h=meant_mg_kg_h, shown_ml_h=shown_ml_h)  # fmt: skip
    ran = _ran(session, at)
    running = 0.0 if ran is None else _dose(session, ran)
    # A bag that was changed during a pause is no reason to take another dose for the one that ran.
    return replace(entry, running_mg_kg_h=running, planned_mg_kg_h=planned_mg_kg_h(order, running))


def _ran(session: Session, at: float) -> Segment | None:
    """What runs, or ran before the pause; None: nothing ran yet."""
    segments = session.delivery.segments if session.delivery is not None else ()
    return next((each for each in reversed(segments) if each.at <= at and each.ml_h > 0), None)


def _dose(session: Session, ran: Segment) -> float:
    """mg/kg/h of what ran."""
    return float(ran.mg_h / exact(session.patient.weight_kg)) if session.patient is not None else 0.0


def is_raise(session: Session, deed: Deed, at: float) -> bool:
    """Whether more runs afterwards than before, or than before the pause that ends; a start is none."""
    ran = _ran(session, at)
    if ran is None or not isinstance(deed, RateSet | Resumed | BagChanged):
        return False
    if isinstance(deed, BagChanged):
        return session.state in RUNNING and deed.bag.mg_ml > ran.bag.mg_ml
    return mg_h_of_ml_h(deed.pump_ml_h, session.strength) > ran.mg_h


def beyond_order(session: Session, at: float) -> Iterator[Finding]:
    """R5 of all that ran until `at`, as the journal now says."""
    delivery, order, patient = session.delivery, session.order, session.patient
    if order is None or delivery is None or patient is None:
        return
    limit = order.limit_mg_h(patient.weight_kg)
    highest = max((each.mg_h for each in delivery.segments), default=limit)
    if highest > limit:
        yield block(
            "R5:limit", f"{shown(highest)} mg/h ran; the order allows {shown(limit)} mg/h.", _LET_PASS
        )
    given = delivery.exact_mg(at)
    if given > exact(order.max_total_mg):
        yield block("R5:total", f"{shown(given, 1)} mg were given; the order allows "
                    f"{shown(order.max_total_mg)} mg.", _LET_PASS)  # fmt: skip


def raised(session: Session, seen: Seen, protocol: Protocol) -> Iterator[Finding]:
    """R6: every line that must hold before the rate is raised."""
    if session.state is State.HOLD:
        yield block("R6:hold", "The rate is on hold.", "End the hold first.")
    yield from _in_time(session, seen)
    yield from calm(seen)
    yield from _responsive(session, seen, protocol)
    yield from _pressure(session, seen, protocol)
    yield from _symptoms(session, protocol)
    changed, checked = session.changed_at, session.second_checked_at
    if changed is not None and (checked is None or checked <= changed):
        yield warn("second_check", "No second nurse has checked the pump since the last change.")


def resumed(session: Session, seen: Seen, protocol: Protocol) -> Iterator[Finding]:
    """What a pause waits for: no alarm, a monitor that is heard, a patient who responds."""
    yield from calm(seen)
    last, hold = session.last("moaas"), protocol.stopping.hold_moaas
    if last is not None and last.score <= hold:
        yield block("R9:moaas", f"{SCALES['moaas'].name} is {last.score}; it must be above {hold}.",
                    "Wait, and check again.")  # fmt: skip


def calm(seen: Seen) -> Iterator[Finding]:
    """No HIGH or MEDIUM alarm, and a monitor that is heard."""
    for alarm in seen.alarms:
        yield block(f"R6:alarm:{alarm.condition}", f"An alarm is present: {alarm.words}.",
                    "Look after it, and wait until it has ended.")  # fmt: skip
    if seen.unmonitored_s > 0:
        yield block("R18", f"No vital sign of this patient has arrived for {seen.unmonitored_s:.0f} s.",
                    "Connect the monitor first.")  # fmt: skip


def _in_time(session: Session, seen: Seen) -> Iterator[Finding]:
    if session.order is None or session.changed_at is None:
        return
    went, wanted = seen.at - session.changed_at, session.order.step_every_min
    if went < wanted * 60:
        yield block("R6:interval", f"The last change was {past(went)} ago; {wanted:g} min must lie between.",
                    f"Raise in {left(wanted * 60 - went)}.")  # fmt: skip


def raised_since(session: Session, at: float) -> Iterator[Finding]:
    """R6 of the raise that followed a change which was entered only later: so much must lie between."""
    after = next((each for each in session.raises if each > at), None)
    if session.order is None or after is None:
        return
    wanted = session.order.step_every_min
    if after - at < wanted * 60:
        yield block("R6:interval", f"The rate was raised {past(after - at)} after it; {wanted:g} min must "
                    "lie between.", "Look at the time, or the prescriber lets it pass by name.")  # fmt: skip


def _responsive(session: Session, seen: Seen, protocol: Protocol) -> Iterator[Finding]:
    needs, last = protocol.raising, session.last("moaas")
    name = SCALES["moaas"].name
    if last is None:
        yield block("R6:moaas", f"{name} was not checked yet.", "Ask the patient to respond.")
        return
    if last.score < needs.min_moaas:
        yield block("R6:moaas", f"{name} is {last.score}; it must be {needs.min_moaas} or more.",
                    "Wait, and check again.")  # fmt: skip
    if seen.at - last.at > needs.moaas_age_min * 60:
        yield block("R6:moaas_age", f"{name} was last checked {past(seen.at - last.at)} ago; it may be "
                    f"{needs.moaas_age_min:g} min old.", "Ask the patient to respond.")  # fmt: skip


def _pressure(session: Session, seen: Seen, protocol: Protocol) -> Iterator[Finding]:
    needs, last = protocol.raising, seen.pressure
    if last is None or seen.at - last.at > PRESSURE_AGE_MIN * 60:
        yield block("R6:pressure_age", f"There is no blood pressure of the last {PRESSURE_AGE_MIN:g} min.",
                    "Measure it.")  # fmt: skip
        return
    if last.sys > needs.max_sys:
        yield block("R6:pressure", f"Systolic pressure is {last.sys:.0f}, above {needs.max_sys:g} mmHg.",
                    "Measure again in 5 min; ask for headache, chest pain and vision.")  # fmt: skip
    rest = session.baseline.get("nibp_sys")
    if rest and last.sys > rest * (1 + needs.max_sys_rise_percent / 100):
        yield block("R6:pressure_rise", f"Systolic pressure rose by {100 * (last.sys / rest - 1):.0f} % from "
                    f"{rest:.0f} mmHg; at most {needs.max_sys_rise_percent:g} % is allowed.",
                    "Measure again in 5 min.")  # fmt: skip


def _symptoms(session: Session, protocol: Protocol) -> Iterator[Finding]:
    needs = protocol.raising
    for key, most in (("hallucination", needs.max_hallucination), ("nausea", needs.max_nausea)):
        last, name = session.last(key), SCALES[key].name
        if last is None:
            yield block(f"R6:{key}", f"{name} was not asked yet.", "Ask, and enter the grade.")
        elif last.score > most:
            yield block(f"R6:{key}", f"{name} is grade {last.score}; it may be {most}.",
                        "Wait, and ask again.")  # fmt: skip
