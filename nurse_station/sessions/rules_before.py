"""Rules before the infusion: screening, baseline, start (R1 to R4, R16). Findings only."""

from collections.abc import Iterator

from nurse_station.infusion.protocol import Protocol
from nurse_station.sessions.deeds import Answered, Reply
from nurse_station.sessions.findings import Finding, block, refuse, warn
from nurse_station.sessions.screening import QUESTIONS
from nurse_station.sessions.seen import Seen
from nurse_station.sessions.session import Session, medians

SECOND_CHECK_HOLDS_S = 3600.0
"""A second nurse's comparison of drug and pump is repeated after so long: a default."""


def identified(session: Session) -> Iterator[Finding]:
    """Nothing begins without knowing who it is."""
    if session.patient is None:
        yield refuse("identity", "Nobody knows yet who sits here.",
                     "Ask name and date of birth, and confirm the patient.")  # fmt: skip


def screened(session: Session, _seen: Seen, _protocol: Protocol) -> Iterator[Finding]:
    """R1: every question answered, no absolute contraindication. R16: nightmares asked from day 2 on."""
    yield from identified(session)
    missing = [row.asks for key, row in QUESTIONS.items() if key not in session.answers]
    if missing:
        yield refuse("R1", f"{len(missing)} questions are not answered yet.", f"The next is: {missing[0]}")
    for key, answered in session.answers.items():
        question = QUESTIONS.get(key)
        if question is not None and answered.reply is not Reply.NO:
            yield _answer(answered, question.asks, question.absolute)
    yield from _nights(session)


def _answer(answered: Answered, asks: str, absolute: bool) -> Finding:
    said = "yes" if answered.reply is Reply.YES else "not known"
    if not absolute:
        return warn(f"R1:{answered.question}", f"{asks} {said}.", "Tell the prescriber.")
    return block(f"R1:{answered.question}", f"{asks} {said}.",
                 "The prescriber decides, with name and reason.")  # fmt: skip


def _nights(session: Session) -> Iterator[Finding]:
    if session.day < 2:
        return
    nights = session.last("nightmare")
    if nights is None:
        yield refuse("R16", "Nightmares since the last infusion were not asked.", "Ask, and enter the grade.")
    elif nights.score >= 3:
        yield block("R16:nightmare", "Nightmares of grade 3 since the last infusion.",
                    "The prescriber decides before the start, with name and reason.")  # fmt: skip


def baseline_set(session: Session, _seen: Seen, protocol: Protocol) -> Iterator[Finding]:
    """R2: so many sets over so many minutes; beyond the numbers the prescriber confirms."""
    needs, sets = protocol.baseline, session.baseline_sets
    if len(sets) < needs.sets:
        yield refuse("R2", f"The baseline has {len(sets)} of {needs.sets} sets of vital signs.", "Take more.")
        return
    minutes = (sets[-1][0] - sets[0][0]) / 60
    if minutes < needs.over_min:
        yield block("R2:time", f"The sets span {minutes:.0f} min; they must span {needs.over_min:g} min.",
                    f"Take another in {needs.over_min - minutes:.0f} min.")  # fmt: skip
    yield from _at_rest(session, protocol)


def _at_rest(session: Session, protocol: Protocol) -> Iterator[Finding]:
    needs, rest = protocol.baseline, medians(session.baseline_sets)
    confirm = "The prescriber confirms the start, with name and reason."
    limits = (("nibp_sys", "Systolic pressure", needs.confirm_above_sys),
              ("nibp_dia", "Diastolic pressure", needs.confirm_above_dia))  # fmt: skip
    for key, name, limit in limits:
        if key not in rest:
            yield refuse(
                "R2:pressure", "The sets hold no blood pressure.", "Measure it, and take the sets again."
            )
        elif rest[key] > limit:
            yield block(f"R2:{key}", f"{name} at rest is {rest[key]:.0f}, above {limit:g} mmHg.", confirm)
    if "spo2" in rest and rest["spo2"] < needs.confirm_below_spo2:
        yield block("R2:spo2", f"SpO₂ at rest is {rest['spo2']:.0f} %, below {needs.confirm_below_spo2:g} %.",
                    confirm)  # fmt: skip


def started(session: Session, seen: Seen, _protocol: Protocol) -> Iterator[Finding]:
    """R3, R4, the second nurse, an order, a monitor that is heard."""
    yield from identified(session)
    if session.order is None:
        yield refuse("order", "There is no order for today.", "Enter the prescriber's order.")
    if not session.prescriber:
        yield refuse("R4", "No licensed prescriber is noted as present in the facility.",
                     "Note who is here.")  # fmt: skip
    if session.second_checked_at is None or seen.at - session.second_checked_at > SECOND_CHECK_HOLDS_S:
        yield refuse("second_check", "No second nurse has checked patient, drug, bag, order and pump.",
                     "Let a second nurse check, and enter the name.")  # fmt: skip
    if session.escort is None:
        yield warn("R3", "Nobody is noted who takes the patient home.", "Note the escort before discharge.")
    if seen.unmonitored_s > 0:
        yield block("R18", "No vital sign of this patient arrives.", "Connect the monitor first.")
