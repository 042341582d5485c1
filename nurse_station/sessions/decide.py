"""May it be done? A session, a deed, the moment and the protocol in; findings and a decision out. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nurse_station.infusion.protocol import Protocol
from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import Deed, Entry, Override
from nurse_station.sessions.findings import Finding, Level, refuse
from nurse_station.sessions.forms import wrong
from nurse_station.sessions.rules_before import baseline_set, identified, screened, started
from nurse_station.sessions.rules_home import may_go
from nurse_station.sessions.rules_rate import is_raise, pump_agrees, raised
from nurse_station.sessions.seen import Seen
from nurse_station.sessions.session import MOVED_BY, Session, fold
from nurse_station.sessions.states import refusal

FUTURE_S = 60.0
"""An entry may be dated so far ahead: clocks on a wall differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the rules say to a deed.

    Attributes:
        findings: Every line that failed, in the order of the rules.
        open: Those that still stop it: refusals, and blocks that nobody let pass.
        used: The overrides that let something pass; they stand in the entry.
    """

    findings: tuple[Finding, ...] = ()
    open: tuple[Finding, ...] = ()
    used: tuple[Override, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether it may be done."""
        return not self.open

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What is told, though it may be done."""
        return tuple(each for each in self.findings if each.level is Level.WARN)


def decide(
    session: Session, deed: Deed, seen: Seen, protocol: Protocol, overrides: Sequence[Override] = ()
) -> Decision:
    """Whether a deed may be done now."""
    findings = tuple(_findings(session, deed, seen, protocol))
    valid = {each.rule: each for each in overrides if each.by.strip() and each.why.strip()}
    stops = [each for each in findings if each.level is not Level.WARN]
    passed = [each for each in stops if each.level is Level.BLOCK and each.key in valid]
    return Decision(
        findings=findings,
        open=tuple(each for each in stops if each not in passed),
        used=tuple(valid[each.key] for each in passed),
    )


def decide_correction(entries: Sequence[Entry], number: int, deed: Deed, why: str, at: float) -> Decision:
    """Whether a former entry may be replaced: it is there, a reason is given, and the day still makes sense.

    A deed of another kind is refused: it would say that something else was done, not that it was miswritten.
    """
    found = tuple(_wrong_correction(entries, number, deed, why, at))
    return Decision(findings=found, open=found)


def _wrong_correction(
    entries: Sequence[Entry], number: int, deed: Deed, why: str, at: float
) -> Iterator[Finding]:
    former = next((entry for entry in entries if entry.number == number), None)
    if former is None:
        yield refuse("correction", f"There is no entry {number}.")
        return
    if not why.strip():
        yield refuse("correction", "A correction needs a reason.", "Write why.", "why")
    if type(deed) not in (type(former.deed), deeds.Withdrawn):
        yield refuse(
            "correction", "A correction says the same kind of thing.", "Withdraw it, and enter the other."
        )
    before = fold(entry for entry in entries if entry.number < number)
    yield from (each for each in wrong(before, deed, former.at) if each.key != "state")
    correcting = Entry(number=max(e.number for e in entries) + 1, at=at, who="", deed=deed, corrects=number)
    now, then = fold(entries), fold([*entries, correcting])
    if len(then.refused) > len(now.refused):
        yield refuse("correction", "Without this entry what followed could not have been done.",
                     "Correct the later entries first.")  # fmt: skip


def _findings(session: Session, deed: Deed, seen: Seen, protocol: Protocol) -> Iterator[Finding]:
    move = MOVED_BY.get(type(deed))
    stuck = refusal(session.state, move) if move is not None else ""
    if stuck:
        yield refuse("state", stuck)
        return
    yield from wrong(session, deed, seen.at)
    yield from _rules(session, deed, seen, protocol)


def _rules(session: Session, deed: Deed, seen: Seen, protocol: Protocol) -> Iterator[Finding]:
    match deed:
        case deeds.ScreeningBegun():
            yield from identified(session)
        case deeds.Screened():
            yield from screened(session, seen, protocol)
        case deeds.BaselineSet():
            yield from baseline_set(session, seen, protocol)
        case deeds.Started():
            yield from started(session, seen, protocol)
            yield from pump_agrees(session, deed, seen)
        case deeds.RateSet() | deeds.Resumed():
            yield from pump_agrees(session, deed, seen)
            if is_raise(session, deed, seen.at):
                yield from raised(session, seen, protocol)
        case deeds.ReadyToGo() | deeds.Discharged():
            yield from may_go(session, seen, protocol)
        case _:
            pass
