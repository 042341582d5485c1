"""What is due next in a session, from its protocol and its journal (R8, R14). Pure."""

from collections.abc import Mapping

from nurse_station.assessments.checks import Due, Interval, Past, next_due
from nurse_station.infusion.protocol import CheckInterval, Protocol
from nurse_station.sessions import deeds
from nurse_station.sessions.seen import Seen, seen_at
from nurse_station.sessions.session import Session
from nurse_station.sessions.states import RUNNING, State

SYMPTOMS = ("pain", "nausea", "hallucination")
"""A check of symptoms is done when all of these are scored."""
RESPONSIVENESS = ("moaas", "rass", "avpu")
NAMES: Mapping[str, str] = {
    "observations": "observations", "responsiveness": "responsiveness check", "nibp": "blood pressure",
    "symptoms": "pain, nausea, hallucination", "iv_site": "IV site",
}  # fmt: skip
"""A kind of check as a nurse says it."""


def dues(session: Session, seen: Seen, protocol: Protocol) -> Mapping[str, Due]:
    """Kind of check -> when it is due; nothing outside of infusion and recovery."""
    began = session.delivery.started_at() if session.delivery is not None else None
    if session.state in (*RUNNING, State.PAUSED) and began is not None:
        return _of(protocol.checks, session, seen, protocol, began)
    if session.state in (State.RECOVERY, State.DISCHARGE_READY):
        since = seen.at if session.recovering_since is None else session.recovering_since
        now = _of(protocol.recovery_checks, session, seen, protocol, since)
        stopped = since if session.stopped_at is None else session.stopped_at
        return {kind: _still(due, session, seen, protocol, stopped) for kind, due in now.items()}
    return {}


def _still(due: Due, session: Session, seen: Seen, protocol: Protocol, stopped: float) -> Due:
    """What was due when the infusion stopped stays due until it is done: a stop looks at nobody."""
    began = session.delivery.started_at() if session.delivery is not None else None
    interval = protocol.checks.get(due.kind)
    if began is None or interval is None or any(at >= stopped for at in _done(due.kind, session, seen)):
        return due
    before = _of({due.kind: interval}, session, seen_at(seen, stopped), protocol, began)[due.kind]
    return before if before.at is not None and before.at <= stopped else due


def _of(
    checks: Mapping[str, CheckInterval], session: Session, seen: Seen, protocol: Protocol, since: float
) -> dict[str, Due]:
    found = {}
    for kind, interval in checks.items():
        if kind == "observations":
            continue  # the monitor's own values make the row
        past = Past(
            since=since, done=tuple(at for at in _done(kind, session, seen) if at >= since),
            raises=tuple(at for at in session.raises if at >= since), alarms=seen.airway_alarms,
            recheck_at=_recheck(session, protocol) if kind == "responsiveness" else None,
        )  # fmt: skip
        found[kind] = next_due(kind, _interval(interval), past)
    return found


def _interval(row: CheckInterval) -> Interval:
    after = None if row.after_raise_min is None else row.after_raise_min * 60
    return Interval(
        every_s=row.every_min * 60,
        after_raise_s=after,
        repeats_after_raise=row.repeats_after_raise,
        on_alarm=row.on_alarm,
        late_after_s=row.late_after_min * 60,
    )


def _done(kind: str, session: Session, seen: Seen) -> tuple[float, ...]:
    match kind:
        case "responsiveness":
            return _scored(session, RESPONSIVENESS)
        case "nibp":
            by_hand = [at for at, measured in session.of(deeds.Measured) if "nibp_sys" in measured.values]
            return tuple(sorted([*by_hand, *(pressure.at for pressure in seen.pressures)]))
        case "symptoms":
            last = [session.last(scale) for scale in SYMPTOMS]
            return (min(s.at for s in last if s is not None),) if all(last) else ()
        case _:
            return _scored(session, (kind,))


def cuff_interval_s(session: Session, seen: Seen, protocol: Protocol) -> float | None:
    """How often the cuff is to measure now, seconds; None: nothing asks for it."""
    due = dues(session, seen, protocol).get("nibp")
    if due is None:
        return None
    running = session.state in (*RUNNING, State.PAUSED)
    row = (protocol.checks if running else protocol.recovery_checks)["nibp"]
    often = row.after_raise_min if due.why == "raise" else None
    return 60 * (row.every_min if often is None else often)


def _scored(session: Session, scales: tuple[str, ...]) -> tuple[float, ...]:
    return tuple(sorted(score.at for scale in scales for score in session.scores.get(scale, ())))


def _recheck(session: Session, protocol: Protocol) -> float | None:
    """R9: a low score asks for another look soon."""
    last = session.last("moaas")
    if last is None or last.score > protocol.stopping.hold_moaas:
        return None
    return last.at + protocol.stopping.recheck_min * 60
