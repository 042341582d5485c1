"""Rules of the rate: what the pump shows, and what must be so before a raise (R5 to R7). Findings only."""

from collections.abc import Iterator

from nurse_station.assessments.scales import SCALES
from nurse_station.infusion.plan import ends_at, planned_mg_kg_h
from nurse_station.infusion.protocol import Protocol
from nurse_station.infusion.pump_check import PumpEntry, pump_warnings
from nurse_station.sessions.deeds import RateSet, Resumed, Started
from nurse_station.sessions.findings import Finding, block, refuse
from nurse_station.sessions.seen import Seen
from nurse_station.sessions.session import Session
from nurse_station.sessions.states import State

AtPump = Started | RateSet | Resumed
PRESSURE_AGE_MIN = 20.0
"""A blood pressure older than this says nothing of now: a default, a cuff's longest interval and 5 min."""


def pump_agrees(session: Session, deed: AtPump, seen: Seen) -> Iterator[Finding]:
    """R5 and R7: everything that does not fit together; each is let pass by name."""
    delivery, order, patient = session.delivery, session.order, session.patient
    if order is None or delivery is None or patient is None:
        return
    if not deed.pump_ml_h > 0 or not deed.mg_kg_h > 0:
        yield refuse("rate", "A running pump has a rate above 0.", "To stop it, pause or stop.", "pump_ml_h")
        return
    running = _running(session, seen.at)
    left = delivery.bag_left_ml(seen.at)
    entry = PumpEntry(
        order=order, weight_kg=patient.weight_kg, meant_mg_kg_h=deed.mg_kg_h, shown_ml_h=deed.pump_ml_h,
        running_mg_kg_h=running, planned_mg_kg_h=planned_mg_kg_h(order, running),
        bag_mg_ml=_strength(session, seen.at),
        bag_left_ml=order.bag_ml if left is None else left, given_mg=delivery.mg(seen.at),
        left_min=max(0.0, ends_at(order, delivery.started_at() or seen.at) - seen.at) / 60,
    )  # fmt: skip
    for warning in pump_warnings(entry):
        yield block(
            f"R5:{warning.key}", warning.sentence, "Correct it, or the prescriber lets it pass by name."
        )


def _strength(session: Session, at: float) -> float:
    segment = session.delivery.segment_at(at) if session.delivery else None
    if segment is not None:
        return segment.bag.mg_ml
    return session.order.concentration_mg_ml if session.order else 0.0


def _running(session: Session, at: float) -> float:
    """The dose until now, or before the pause that ends, mg/kg/h; 0 at the start."""
    segment = session.delivery.segment_at(at) if session.delivery else None
    if segment is None or segment.set_ml_h is None or session.patient is None:
        return 0.0
    return segment.set_ml_h * segment.bag.mg_ml / session.patient.weight_kg


def is_raise(session: Session, deed: AtPump, at: float) -> bool:
    """Whether more runs afterwards than was set before."""
    segment = session.delivery.segment_at(at) if session.delivery else None
    return segment is not None and deed.pump_ml_h > (segment.set_ml_h or 0.0)


def raised(session: Session, seen: Seen, protocol: Protocol) -> Iterator[Finding]:
    """R6: every line that must hold before the rate is raised."""
    yield from _in_time(session, seen)
    yield from _calm(seen)
    yield from _responsive(session, seen, protocol)
    yield from _pressure(session, seen, protocol)
    yield from _symptoms(session, protocol)


def _in_time(session: Session, seen: Seen) -> Iterator[Finding]:
    if session.state is State.HOLD:
        yield block("R6:hold", "The rate is on hold.", "End the hold first.")
    if session.order is None or session.changed_at is None:
        return
    minutes, wanted = (seen.at - session.changed_at) / 60, session.order.step_every_min
    if minutes < wanted:
        yield block("R6:interval", f"The last change was {minutes:.0f} min ago; "
                    f"{wanted:g} min must lie between.",
                    f"Raise in {wanted - minutes:.0f} min.")  # fmt: skip


def _calm(seen: Seen) -> Iterator[Finding]:
    for alarm in seen.alarms:
        yield block(f"R6:alarm:{alarm.condition}", f"An alarm is present: {alarm.words}.",
                    "Look after it; raise when it has ended.")  # fmt: skip
    if seen.unmonitored_s > 0:
        yield block("R18", "No vital sign of this patient arrives.", "Connect the monitor first.")


def _responsive(session: Session, seen: Seen, protocol: Protocol) -> Iterator[Finding]:
    needs, last = protocol.raising, session.last("moaas")
    name = SCALES["moaas"].name
    if last is None:
        yield block("R6:moaas", f"{name} was not checked yet.", "Ask the patient to respond.")
        return
    minutes = (seen.at - last.at) / 60
    if minutes > needs.moaas_age_min:
        yield block("R6:moaas_age", f"{name} was last checked {minutes:.0f} min ago; it may be "
                    f"{needs.moaas_age_min:g} min old.", "Ask the patient to respond.")  # fmt: skip
    if last.score < needs.min_moaas:
        yield block("R6:moaas", f"{name} is {last.score}; it must be {needs.min_moaas} or more.",
                    "Wait, and check again.")  # fmt: skip


def _pressure(session: Session, seen: Seen, protocol: Protocol) -> Iterator[Finding]:
    needs = protocol.raising
    last = seen.pressures[-1] if seen.pressures else None
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
            yield block(
                f"R6:{key}", f"{name} is grade {last.score}; it may be {most}.", "Wait, and ask again."
            )
