"""Rules of going home (R14, R3). Every line that fails is named. Findings only."""

from collections.abc import Iterator

from nurse_station.assessments.scores import QUESTIONNAIRES
from nurse_station.infusion.protocol import Protocol
from nurse_station.sessions.findings import Finding, block, left, past
from nurse_station.sessions.seen import Seen
from nurse_station.sessions.session import Session

FRESH_MIN = 30.0
"""Scores older than this say nothing of now: a default."""


def may_go(session: Session, seen: Seen, protocol: Protocol) -> Iterator[Finding]:
    """R14 and R3, line by line: fit, and the escort is here."""
    yield from fit(session, seen, protocol)
    if session.escort is None or not session.escort.present:
        yield block("R14:escort", "The escort is not here.", "Wait for the escort; the patient cannot drive.")


def fit(session: Session, seen: Seen, protocol: Protocol) -> Iterator[Finding]:
    """R14 without the escort, who may still be on the way."""
    yield from _rested(session, seen, protocol)
    yield from _totals(session, seen, protocol)
    yield from _scored(session, seen, protocol)
    yield from _vitals(session, seen, protocol)
    if session.steady is None:
        yield block("R14:gait", "The patient was not seen walking.", "Let the patient walk, and enter it.")
    elif not session.steady:
        yield block("R14:gait", "The patient does not walk steadily.", "Wait, and look again.")
    if not session.line_out:
        yield block("R14:line", "The IV is not noted as out.", "Take it out, and enter it.")
    if not session.instructed:
        yield block("R14:instructions", "Written instructions are not noted as given.", "Give them.")


def _rested(session: Session, seen: Seen, protocol: Protocol) -> Iterator[Finding]:
    since = session.recovering_since
    lasted = 0.0 if since is None else seen.at - since
    wanted = protocol.recovery.min_min
    if lasted < wanted * 60:
        yield block("R14:time", f"Recovery has lasted {past(lasted)}; it must last {wanted:g} min.",
                    f"Wait {left(wanted * 60 - lasted)}.")  # fmt: skip


def _totals(session: Session, seen: Seen, protocol: Protocol) -> Iterator[Finding]:
    wanted = {"aldrete": protocol.recovery.min_aldrete, "padss": protocol.recovery.min_padss}
    for key, least in wanted.items():
        sheet = QUESTIONNAIRES[key]
        at, answers = session.totals.get(key, (0.0, {}))
        total = sheet.total(answers)
        fresh = seen.at - at <= FRESH_MIN * 60
        if total is None or not fresh:
            yield block(
                f"R14:{key}", f"{sheet.name} was not scored in the last {FRESH_MIN:g} min.", "Score it."
            )
        elif total < least:
            yield block(f"R14:{key}", f"{sheet.name} is {total}; it must be {least} or more.",
                        "Wait, and score again.")  # fmt: skip


def _scored(session: Session, seen: Seen, protocol: Protocol) -> Iterator[Finding]:
    rest = protocol.recovery
    last = session.last("moaas")
    if last is None or seen.at - last.at > FRESH_MIN * 60:
        yield block("R14:moaas", f"MOAA/S was not checked in the last {FRESH_MIN:g} min.", "Check it.")
    elif last.score < rest.min_moaas:
        yield block("R14:moaas", f"MOAA/S is {last.score}; it must be {rest.min_moaas}.", "Wait, and check.")
    for key, name, most in (("nausea", "Nausea", rest.max_nausea),
                            ("hallucination", "Hallucination", rest.max_hallucination)):  # fmt: skip
        score = session.last(key)
        if score is None or seen.at - score.at > FRESH_MIN * 60:
            yield block(f"R14:{key}", f"{name} was not asked in the last {FRESH_MIN:g} min.",
                        "Ask, and enter the grade.")  # fmt: skip
        elif score.score > most:
            yield block(
                f"R14:{key}", f"{name} is grade {score.score}; it may be {most}.", "Wait, and ask again."
            )


def _vitals(session: Session, seen: Seen, protocol: Protocol) -> Iterator[Finding]:
    rest = protocol.recovery
    systolic, before = (seen.pressure.sys if seen.pressure else None), session.baseline.get("nibp_sys")
    if systolic is None:
        yield block("R14:pressure", "There is no blood pressure of the last half hour.", "Measure it.")
    elif before and abs(systolic / before - 1) * 100 > rest.bp_within_percent:
        yield block("R14:pressure", f"Systolic pressure is {systolic:.0f}; it must be within "
                    f"{rest.bp_within_percent:g} % of {before:.0f} mmHg.",
                    "Wait, and measure again.")  # fmt: skip
    spo2 = seen.value("spo2")
    least = min(rest.min_spo2, session.baseline.get("spo2", rest.min_spo2))
    if spo2 is None:
        yield block("R14:spo2", "SpO₂ is not measured now.", "Measure it on air.")
    elif spo2 < least:
        yield block("R14:spo2", f"SpO₂ is {spo2:.0f} %; it must be {least:g} % on air.", "Wait.")
