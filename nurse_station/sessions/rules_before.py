"""Rules before the infusion: order, screening, baseline, start (R1 to R5, R16). Findings only."""

from collections.abc import Iterator, Mapping
from math import isclose

from nurse_station.infusion.order import Order
from nurse_station.infusion.protocol import Protocol
from nurse_station.infusion.units import dose, shown
from nurse_station.sessions.deeds import (
    Answered,
    BaselineTaken,
    OrderWritten,
    PatientBound,
    Reply,
    SecondCheck,
)
from nurse_station.sessions.findings import Finding, Level, block, left, past, refuse, warn
from nurse_station.sessions.screening import QUESTIONS
from nurse_station.sessions.seen import Seen
from nurse_station.sessions.session import Session, medians

SECOND_CHECK_HOLDS_S = 3600.0
"""A second nurse's comparison of drug and pump is repeated after so long: a default."""
_DECIDES = "The prescriber decides, with name and reason."


def identified(session: Session) -> Iterator[Finding]:
    """Nothing begins without knowing who it is."""
    if session.patient is None:
        yield refuse("identity", "Nobody knows yet who sits here.",
                     "Ask name and date of birth, and confirm the patient.")  # fmt: skip


def ordered(order: Order, protocol: Protocol) -> Iterator[Finding]:
    """R5, R7: what the order allows beyond the clinic's protocol is let pass by the prescriber's name."""
    clinic = protocol.infusion
    rows = (
        ("R5:order_max_mg_kg_h", "maximum", order.max_mg_kg_h, clinic.max_mg_kg_h, "mg/kg/h"),
        ("R5:order_max_mg_h", "maximum", order.max_mg_h, clinic.max_mg_h, "mg/h"),
        ("R5:order_max_total_mg", "total", order.max_total_mg, clinic.max_total_mg, "mg"),
        ("R5:order_duration", "duration", order.duration_min, clinic.duration_min, "min"),
        ("R7:order_max_step", "largest step", order.max_step_mg_kg_h, clinic.max_step_mg_kg_h, "mg/kg/h"),
    )
    for key, name, asked, usual, unit in rows:
        if asked > usual:
            yield block(key, f"The order's {name} of {shown(asked, 3)} {unit} is above the protocol's, "
                        f"{shown(usual, 3)} {unit}.", _DECIDES)  # fmt: skip
    yield from usual_strength(order.concentration_mg_ml, protocol)
    if order.start_mg_kg_h > clinic.start_mg_kg_h:
        yield warn("R5:order_start", f"The order starts at {dose(order.start_mg_kg_h)} mg/kg/h, "
                   f"the protocol at {dose(clinic.start_mg_kg_h)} mg/kg/h.")  # fmt: skip


def usual_strength(mg_ml: float, protocol: Protocol) -> Iterator[Finding]:
    """R5: a bag that is ten times as strong looks like any other; what is not usual is asked by name."""
    usual = protocol.drug.concentrations_mg_ml
    if not any(isclose(mg_ml, each) for each in usual):
        said = " or ".join(shown(each) for each in usual)
        yield block("R5:usual_strength", f"{shown(mg_ml)} mg/mL is not the usual strength of {said} mg/mL: "
                    "look at the decimal point.", "Read the label again, or the prescriber lets it pass "
                    "by name.")  # fmt: skip


def screened(session: Session) -> Iterator[Finding]:
    """R1: every question answered, no absolute contraindication. R16: nightmares asked from day 2 on."""
    yield from identified(session)
    missing = [row.asks for key, row in QUESTIONS.items() if key not in session.answers]
    if missing:
        said = "1 question is" if len(missing) == 1 else f"{len(missing)} questions are"
        yield refuse("R1", f"{said} not answered yet.", f"The next is: {missing[0]}")
    for key, answered in session.answers.items():
        question = QUESTIONS.get(key)
        if question is not None and answered.reply is not Reply.NO:
            yield _answer(answered, question.asks, question.absolute)
    yield from _nights(session)


def _answer(answered: Answered, asks: str, absolute: bool) -> Finding:
    said = "Yes" if answered.reply is Reply.YES else "Not known"
    if not absolute:
        return warn(f"R1:{answered.question}", f"{asks} {said}.", "Tell the prescriber.")
    return block(f"R1:{answered.question}", f"{asks} {said}.", _DECIDES)


def _nights(session: Session) -> Iterator[Finding]:
    if session.day < 2:
        return
    nights = session.last("nightmare")
    if nights is None:
        yield refuse("R16", "Nightmares since the last infusion were not asked.", "Ask, and enter the grade.")
    elif nights.score >= 3:
        yield block("R16:nightmare", f"Nightmares of grade {nights.score} since the last infusion.", _DECIDES)


def baseline_set(session: Session, protocol: Protocol) -> Iterator[Finding]:
    """R2: so many complete sets over so many minutes; beyond the numbers the prescriber confirms."""
    needs = protocol.baseline
    taken = [at for at, values in session.baseline_sets if complete(values)]
    if len(taken) < needs.sets:
        yield refuse("R2", f"The baseline has {len(taken)} of {needs.sets} complete sets of vital signs.",
                     "Take more, with blood pressure, SpO₂ and heart rate.")  # fmt: skip
        return
    spans, wanted = taken[-1] - taken[0], needs.over_min * 60
    if spans < wanted:
        yield block("R2:time", f"The sets span {past(spans)}; they must span {needs.over_min:g} min.",
                    f"Take another in {left(wanted - spans)}.")  # fmt: skip
    if not all(taken.on_air for _, taken in session.of(BaselineTaken)):
        yield block("R2:air", "A set was taken on oxygen.", _DECIDES)
    yield from _at_rest(medians(session.baseline_sets), protocol)


def complete(values: Mapping[str, float]) -> bool:
    """Whether a set holds what the rules and limits of the day are measured against."""
    return {"nibp_sys", "nibp_dia", "spo2"} <= values.keys() and not {"hr", "pr"}.isdisjoint(values)


def _at_rest(rest: Mapping[str, float], protocol: Protocol) -> Iterator[Finding]:
    needs = protocol.baseline
    limits = (("nibp_sys", "Systolic pressure", needs.confirm_above_sys),
              ("nibp_dia", "Diastolic pressure", needs.confirm_above_dia))  # fmt: skip
    for key, name, limit in limits:
        if rest[key] > limit:
            yield block(f"R2:{key}", f"{name} at rest is {rest[key]:.0f}, above {limit:g} mmHg.", _DECIDES)
    if rest["spo2"] < needs.confirm_below_spo2:
        yield block("R2:spo2", f"SpO₂ at rest is {rest['spo2']:.0f} %, below {needs.confirm_below_spo2:g} %.",
                    _DECIDES)  # fmt: skip


def started(session: Session, seen: Seen, protocol: Protocol) -> Iterator[Finding]:
    """R3, R4, the second nurse, an order, a monitor that is heard; and R1, R2, R16 as they stand now."""
    if session.order is None:
        yield refuse("order", "There is no order for today.", "Enter the prescriber's order.")
    if not session.prescriber:
        yield refuse("R4", "No licensed prescriber is noted as present in the facility.",
                     "Note who is here.")  # fmt: skip
    yield from _checked_twice(session, seen)
    if session.escort is None:
        yield warn("R3", "Nobody is noted who takes the patient home.", "Note the escort before discharge.")
    # An answer may have been corrected since: what no name has let pass is told again.
    for finding in (*screened(session), *baseline_set(session, protocol)):
        if finding.level is not Level.WARN and finding.key not in session.passed:
            yield finding


def _checked_twice(session: Session, seen: Seen) -> Iterator[Finding]:
    checked, changed = session.second_checked_at, _number(session, PatientBound, OrderWritten)
    if checked is None:
        yield refuse("second_check", "No second nurse has checked patient, drug, bag, order and pump.",
                     "Let a second nurse check, and enter the name.")  # fmt: skip
    elif seen.at - checked > SECOND_CHECK_HOLDS_S:
        yield refuse("second_check", f"The second nurse's check was {past(seen.at - checked)} ago.",
                     "Let a second nurse check again.")  # fmt: skip
    elif changed > _number(session, SecondCheck):
        yield refuse("second_check", "Patient or order were changed after the second nurse's check.",
                     "Let a second nurse check again.")  # fmt: skip


def _number(session: Session, *kinds: type) -> int:
    """Of the newest entry of these kinds, corrections included."""
    return max((timed.number for timed in session.stands if isinstance(timed.deed, kinds)), default=0)
