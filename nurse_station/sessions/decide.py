"""May it be done? A session, a deed, the moment and the protocol in; findings and a decision out. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from nurse_station.infusion.protocol import Protocol
from nurse_station.infusion.signatures import wrong_name, wrong_reason
from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import Deed, Entry, Override
from nurse_station.sessions.findings import Finding, Level, refuse
from nurse_station.sessions.forms import wrong
from nurse_station.sessions.rules_before import (
    baseline_set,
    identified,
    ordered,
    screened,
    started,
    usual_strength,
)
from nurse_station.sessions.rules_home import fit, may_go
from nurse_station.sessions.rules_rate import (
    bag_agrees,
    beyond_order,
    is_raise,
    pump_agrees,
    raised,
    raised_since,
    resumed,
)
from nurse_station.sessions.seen import Seen, seen_at, with_hands
from nurse_station.sessions.session import MOVED_BY, Session, extended, fold, fold_before, session_until
from nurse_station.sessions.states import refusal

SLIP_S = 120.0
"""So soon after it, an entry can be taken back as a slip: nothing was done at the pump. A default."""
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
    session: Session, deed: Deed, seen: Seen, protocol: Protocol, overrides: Sequence[Override] = (), *,
    who: str = "", at: float | None = None,
) -> Decision:  # fmt: skip
    """Whether a deed may be done now.

    Args:
        session: The day until now.
        seen: This moment.
        overrides: By whom what is let pass; without a name and a reason they let nothing pass, nor under the
            name of who enters it.
        who: The nurse who enters it.
        at: When it was done, if another time was entered, seconds of the session's clock; None: now. It is
            judged by the day as it was then, and what was entered since must still make sense.
    """
    wrong_time = () if at is None else tuple(_wrong_time(session, at, seen.at))
    if wrong_time:
        return _decision(wrong_time, (), who)
    if at is None or at >= seen.at:
        return _decision(_findings(session, deed, with_hands(seen, session), protocol, who), overrides, who)
    return _decision(_late(session, deed, at, seen, protocol, who), overrides, who)


def decide_correction(
    entries: Sequence[Entry], number: int, deed: Deed, why: str, seen: Seen, protocol: Protocol,
    overrides: Sequence[Override] = (), *, who: str = "",
) -> Decision:  # fmt: skip
    """Whether a former entry may be replaced: it is there, a reason is given, and the day still makes sense.

    A deed of another kind is refused: it would say that something else was done, not that it was miswritten.
    What ran beyond the order because of it, and a raise of what runs now, need the same names as otherwise.
    """
    former = next((entry for entry in entries if entry.number == number), None)
    if former is None:
        return _decision([refuse("correction", f"There is no entry {number}.", field="number")], (), who)
    now = fold(entries)
    last = max(entry.number for entry in entries)
    correcting = Entry(number=last + 1, at=seen.at, who=who, deed=deed, corrects=number)
    then = fold([*entries, correcting])
    found = [
        *_wrong_reason(former, deed, why),
        *_wrong_there(fold_before(entries, number), deed, former.at, protocol, who),
        *_wrong_after(
            now, then, with_hands(seen, now), protocol, slip=_slip(former, deed, now, then, seen.at)
        ),
    ]
    return _decision(found, overrides, who)


def _decision(findings: Iterable[Finding], overrides: Sequence[Override], who: str) -> Decision:
    found = tuple(dict.fromkeys(findings))
    valid = {each.rule: each for each in overrides if lets_pass(each, who)}
    stops = [each for each in found if each.level is not Level.WARN]
    passed = {each.key for each in stops if each.level is Level.BLOCK and each.key in valid}
    return Decision(
        findings=found,
        open=tuple(each for each in stops if each.level is Level.REFUSE or each.key not in passed),
        used=tuple(valid[key] for key in dict.fromkeys(each.key for each in stops) if key in passed),
    )


def lets_pass(override: Override, who: str) -> bool:
    """Whether it has a name and a reason, and is not signed by the nurse who enters the deed."""
    signed = not wrong_name(override.by) and not wrong_reason(override.why)
    return signed and not same_person(override.by, who)


def _wrong_time(session: Session, at: float, now: float) -> Iterator[Finding]:
    if not at <= now + FUTURE_S:
        yield refuse("time", "This time is in the future.", "Enter when it was done.", "at")
    if session.stands and at < session.stands[0].at:
        yield refuse("time", "This time is before the session began.", "Enter when it was done.", "at")


def _late(
    session: Session, deed: Deed, at: float, seen: Seen, protocol: Protocol, who: str
) -> Iterator[Finding]:
    """What the day as it was then says to it, and what it makes of all that was entered since."""
    before = session_until(session, at)
    found = tuple(_findings(before, deed, with_hands(seen_at(seen, at), before), protocol, who))
    yield from found
    if any(each.level is Level.REFUSE for each in found):
        return
    number = max((timed.number for timed in session.stands), default=0) + 1
    after = extended(session, Entry(number=number, at=at, who=who, deed=deed))
    if set(after.refused) - set(session.refused):
        yield refuse("time", "After it at this time, what was entered since could not have been done.",
                     "Look at the time, or correct the later entries first.", "at")  # fmt: skip
    known = set(beyond_order(session, seen.at))
    yield from (each for each in beyond_order(after, seen.at) if each not in known)
    if _mg_h(after, at) != _mg_h(before, at):
        yield from raised_since(after, at)


def _findings(session: Session, deed: Deed, seen: Seen, protocol: Protocol, who: str) -> Iterator[Finding]:
    move = MOVED_BY.get(type(deed))
    stuck = refusal(session.state, move) if move is not None else ""
    if stuck:
        yield refuse("state", stuck)
        return
    forms = [*wrong(session, deed, seen.at), *_alone(deed, who)]
    yield from forms
    if not forms:  # what cannot be at all is not compared with anything
        yield from _rules(session, deed, seen, protocol)


def _rules(session: Session, deed: Deed, seen: Seen, protocol: Protocol) -> Iterator[Finding]:
    yield from _numbers(session, deed, seen.at, protocol)
    match deed:
        case deeds.ScreeningBegun():
            yield from identified(session)
        case deeds.Screened():
            yield from screened(session)
        case deeds.BaselineSet():
            yield from baseline_set(session, protocol)
        case deeds.ReadyToGo():
            yield from fit(session, seen, protocol)
        case deeds.Discharged():
            yield from may_go(session, seen, protocol)
        case deeds.Started():
            yield from started(session, seen, protocol)
            yield from resumed(session, seen, protocol)
        case deeds.Resumed():
            yield from resumed(session, seen, protocol)
        case _:
            pass
    if is_raise(session, deed, seen.at):
        yield from raised(session, seen, protocol)


def _alone(deed: Deed, who: str) -> Iterator[Finding]:
    """What needs two people is not signed by one."""
    match deed:
        case deeds.SecondCheck(nurse=second) if same_person(second, who):
            yield refuse("form", f"{second} cannot be the second nurse as well.",
                         "Let another nurse check.", "nurse")  # fmt: skip
        case deeds.WasteNoted(witness=witness) if same_person(witness, who):
            yield refuse("form", f"{witness} cannot be the witness as well.",
                         "Let another person see it.", "witness")  # fmt: skip
        case _:
            pass


def same_person(one: str, other: str) -> bool:
    """Whether two names are written alike; an empty one is nobody's."""
    return bool(other.strip()) and " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def _wrong_reason(former: Entry, deed: Deed, why: str) -> Iterator[Finding]:
    if not why.strip():
        yield refuse("correction", "A correction needs a reason.", "Write why.", "why")
    if type(deed) not in (type(former.deed), deeds.Withdrawn):
        yield refuse(
            "correction", "A correction says the same kind of thing.", "Withdraw it, and enter the other."
        )


def _wrong_there(before: Session, deed: Deed, at: float, protocol: Protocol, who: str) -> Iterator[Finding]:
    """What the deed could not have been in its place."""
    if isinstance(deed, deeds.Withdrawn):
        return
    forms = [*wrong(before, deed, at), *_alone(deed, who)]
    yield from forms
    if not forms:
        yield from _numbers(before, deed, at, protocol)


def _numbers(session: Session, deed: Deed, at: float, protocol: Protocol) -> Iterator[Finding]:
    """R5 and R7: what a deed says in numbers against order and protocol."""
    match deed:
        case deeds.OrderWritten(order=order):
            yield from ordered(order, protocol)
        case deeds.Started() | deeds.RateSet() | deeds.Resumed():
            yield from pump_agrees(session, deed, at)
        case deeds.BagChanged():
            yield from bag_agrees(session, deed, at)
            yield from usual_strength(deed.bag.mg_ml, protocol)
        case _:
            pass


def _slip(former: Entry, deed: Deed, now: Session, then: Session, at: float) -> bool:
    """A wrong key, taken back at once: the pump never stood still, and runs as it ran before."""
    newest = max((timed.number for timed in now.stands), default=0)  # all may be withdrawn
    last = newest == former.number
    made = former.at if former.entered is None else former.entered
    fresh = isinstance(deed, deeds.Withdrawn) and at - made <= SLIP_S
    return last and fresh and _mg_h(then, at) == _mg_h(then, former.at - 1e-6)


def _wrong_after(
    now: Session, then: Session, seen: Seen, protocol: Protocol, *, slip: bool
) -> Iterator[Finding]:
    """What the correction makes of the day."""
    lost = set(_wanting(then, protocol)) - set(_wanting(now, protocol))
    if set(then.refused) - set(now.refused) or lost:
        yield refuse("correction", "Without this entry what followed could not have been done.",
                     "Correct the later entries first.")  # fmt: skip
    known = set(beyond_order(now, seen.at))
    yield from (each for each in beyond_order(then, seen.at) if each not in known)
    if _mg_h(then, seen.at) > _mg_h(now, seen.at) and not slip:
        yield from raised(now, seen, protocol)


def _wanting(session: Session, protocol: Protocol) -> Iterator[Finding]:
    """What a day that has come so far cannot have been without."""
    rules: list[Finding] = []
    if session.of(deeds.ScreeningBegun):
        rules += identified(session)
    if session.of(deeds.Screened):
        rules += screened(session)
    if session.of(deeds.BaselineSet):
        rules += baseline_set(session, protocol)
    if session.of(deeds.Started):
        if session.order is None:
            rules.append(refuse("order", "There is no order."))
        if not session.of(deeds.SecondCheck):
            rules.append(refuse("second_check", "There is no second check."))
    yield from (each for each in rules if each.level is Level.REFUSE)


def _mg_h(session: Session, at: float) -> float:
    return 0.0 if session.delivery is None else session.delivery.mg_h(at)
