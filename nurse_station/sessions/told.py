"""What the alarms of a bed must know of its session, and the commands that tell them. Sends nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from nurse_station.alarms.commands import (
    AlarmCommand,
    EnterResponsiveness,
    SetBaseline,
    SetCheckDue,
    SetCuffInterval,
    SetPhase,
)
from nurse_station.alarms.words import Phase
from nurse_station.assessments.checks import Due
from nurse_station.infusion.protocol import Protocol
from nurse_station.sessions.dues import cuff_interval_s
from nurse_station.sessions.seen import Seen
from nurse_station.sessions.session import Session
from nurse_station.sessions.states import ENDED, RUNNING, State

_PHASES: Mapping[State, Phase] = MappingProxyType(
    # With a pause or an emergency the drug is still in the patient: the strictest watch goes on.
    dict.fromkeys((*RUNNING, State.PAUSED, State.EMERGENCY), Phase.INFUSING)
    | dict.fromkeys((State.STOPPED, State.RECOVERY, State.DISCHARGE_READY), Phase.RECOVERING)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Everything that the alarms are told. Compare two of them with `commands`.

    Attributes:
        phase: Where the patient is, as far as alarms care.
        moaas, rass: The last scores; None: not assessed, or the session is over.
        check_due_at: When the next responsiveness check is due, seconds of the session's clock; None: none.
        cuff_interval_s: How often the cuff is to measure, seconds; None: it is not expected.
        baseline: Parameter -> value at rest; empty: not set yet.
    """

    phase: Phase = Phase.IDLE
    moaas: int | None = None
    rass: int | None = None
    check_due_at: float | None = None
    cuff_interval_s: float | None = None
    baseline: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))


NOTHING_TOLD = Told()
"""What the alarms of a new patient know."""


def told(session: Session, seen: Seen, protocol: Protocol, dues: Mapping[str, Due]) -> Told:
    """What the alarms must know now. `dues`: of this session at this moment (`dues.dues`)."""
    check = dues.get("responsiveness")
    over = session.state in ENDED
    return Told(
        phase=_PHASES.get(session.state, Phase.IDLE),
        moaas=None if over else _score(session, "moaas"),
        rass=None if over else _score(session, "rass"),
        check_due_at=None if check is None else check.at,
        cuff_interval_s=cuff_interval_s(session, seen, protocol),
        baseline=_at_rest(session),
    )


def commands(before: Told, now: Told, who: str, *, session_ahead_s: float = 0.0) -> tuple[AlarmCommand, ...]:
    """Only what differs. Start with `NOTHING_TOLD`; after a crash too: telling it twice does no harm.

    Args:
        who: Whose entry brought the change, or "station".
        session_ahead_s: The session's clock less the monotonic one, one number for a whole session.
    """
    return tuple(_differences(before, now, who, session_ahead_s))


def _differences(before: Told, now: Told, who: str, ahead_s: float) -> Iterator[AlarmCommand]:
    if now.phase != before.phase:
        yield SetPhase(phase=now.phase, who=who)
    if (now.moaas, now.rass) != (before.moaas, before.rass):
        yield EnterResponsiveness(moaas=now.moaas, rass=now.rass, who=who)
    if now.check_due_at != before.check_due_at:
        yield SetCheckDue(at=None if now.check_due_at is None else now.check_due_at - ahead_s, who=who)
    if now.cuff_interval_s != before.cuff_interval_s:
        yield SetCuffInterval(seconds=now.cuff_interval_s, who=who)
    if now.baseline != before.baseline and now.baseline:
        yield SetBaseline(baseline=now.baseline, who=who)


def _score(session: Session, scale: str) -> int | None:
    last = session.last(scale)
    return None if last is None else last.score


def _at_rest(session: Session) -> Mapping[str, float]:
    """The baseline with a heart rate, from the pulse where no ECG gave one."""
    rest = dict(session.baseline)
    if "pr" in rest:
        rest.setdefault("hr", rest["pr"])
    return MappingProxyType(rest)
