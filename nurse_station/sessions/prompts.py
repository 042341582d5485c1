"""What the screen proposes: hold, pause, stop, look again (R9 to R13, R15, R18). A person decides."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from nurse_station.assessments.scales import SCALES
from nurse_station.infusion.plan import ends_at
from nurse_station.infusion.protocol import Protocol
from nurse_station.infusion.units import exact, shown
from nurse_station.sessions.findings import left, past
from nurse_station.sessions.seen import Pressure, Seen, with_hands
from nurse_station.sessions.session import Session
from nurse_station.sessions.states import RUNNING, State

GRADED = ("hallucination", "nausea", "nightmare")
REPEAT_WITHIN_MIN = 10.0
"""A second pressure confirms the first if it comes within this: twice the interval that is asked for."""


class Proposal(StrEnum):
    """What is proposed."""

    REPEAT = "repeat the blood pressure"
    HOLD = "hold the rate"
    PAUSE = "pause the infusion"
    STOP = "stop the infusion"
    REMIND = "look"


_URGENT = (Proposal.STOP, Proposal.PAUSE, Proposal.HOLD, Proposal.REPEAT, Proposal.REMIND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One proposal.

    Attributes:
        rule: Which rule.
        proposal: What.
        sentence: Why, and what to do besides.
        due_at: When, seconds; None: now.
    """

    rule: str
    proposal: Proposal
    sentence: str
    due_at: float | None = None


def prompts(session: Session, seen: Seen, protocol: Protocol) -> tuple[Prompt, ...]:
    """Everything that is proposed now, the most urgent first. Nothing while no drug can run."""
    if session.state not in (*RUNNING, State.PAUSED):
        return ()
    seen = with_hands(seen, session)
    found = [
        *_responsiveness(session, protocol), *_grades(session, protocol), *_pressures(seen, protocol),
        *_breathing(seen, protocol), *_unmonitored(seen, protocol), *_end(session, seen, protocol),
        *_limits(session, seen), *_prescriber(session),
    ]  # fmt: skip
    wanted = [prompt for prompt in found if not _done(session.state, prompt.proposal)]
    return tuple(sorted(wanted, key=lambda prompt: _URGENT.index(prompt.proposal)))


def _done(state: State, proposal: Proposal) -> bool:
    """What is proposed is so already."""
    if state is State.PAUSED:
        return proposal in (Proposal.HOLD, Proposal.PAUSE)
    return state is State.HOLD and proposal is Proposal.HOLD


def _responsiveness(session: Session, protocol: Protocol) -> Iterator[Prompt]:
    last, limits = session.last("moaas"), protocol.stopping
    if last is None:
        return
    if last.score <= limits.stop_moaas:
        sentence = f"MOAA/S {last.score}: open the airway, stimulate, call the prescriber."
        yield Prompt(rule="R9", proposal=Proposal.STOP, sentence=sentence)
    elif last.score <= limits.hold_moaas:
        yield Prompt(rule="R9", proposal=Proposal.HOLD,
                     sentence=f"MOAA/S {last.score}: check again in {limits.recheck_min:g} min.",
                     due_at=last.at + limits.recheck_min * 60)  # fmt: skip


def _grades(session: Session, protocol: Protocol) -> Iterator[Prompt]:
    began = _began(session)
    for key in GRADED:
        last = session.last(key)
        if last is None or (key == "nightmare" and last.at < began):
            continue  # nightmares of the nights before were weighed at the start (R16)
        sentence = f"{SCALES[key].name} grade {last.score}: {SCALES[key].level(last.score).words}."
        if last.score >= protocol.stopping.stop_grade:
            yield Prompt(rule="R10", proposal=Proposal.STOP, sentence=sentence)
        elif last.score >= protocol.stopping.hold_grade:
            yield Prompt(rule="R10", proposal=Proposal.HOLD, sentence=sentence)


def _pressures(seen: Seen, protocol: Protocol) -> Iterator[Prompt]:
    if not seen.pressures:
        return
    limits, last = protocol.stopping, seen.pressures[-1]
    words = f"Blood pressure {last.sys:.0f}/{last.dia:.0f}"
    if last.sys > limits.pause_above_sys or last.dia > limits.pause_above_dia:
        yield Prompt(rule="R11", proposal=Proposal.PAUSE, sentence=f"{words}: tell the prescriber.")
    elif _high(last, protocol):
        before = [each for each in seen.pressures[:-1] if last.at - each.at <= REPEAT_WITHIN_MIN * 60]
        if before and _high(before[-1], protocol):
            yield Prompt(rule="R11", proposal=Proposal.PAUSE,
                         sentence=f"{words}, confirmed: tell the prescriber.")  # fmt: skip
        else:
            yield Prompt(rule="R11", proposal=Proposal.REPEAT, due_at=last.at + limits.repeat_after_min * 60,
                         sentence=f"{words}: ask for headache, chest pain and vision.")  # fmt: skip


def _high(pressure: Pressure, protocol: Protocol) -> bool:
    limits = protocol.stopping
    return pressure.sys > limits.repeat_above_sys or pressure.dia > limits.repeat_above_dia


def _breathing(seen: Seen, protocol: Protocol) -> Iterator[Prompt]:
    limits = protocol.stopping
    spo2, rate = seen.value("spo2"), seen.value("rr_co2", "rr_imp")
    signs = []
    if spo2 is not None and spo2 < limits.pause_below_spo2:
        signs.append(f"SpO₂ {spo2:.0f} %")
    if rate is not None and rate < limits.pause_below_rr:
        signs.append(f"RR {rate:.0f}")
    signs += [alarm.words for alarm in seen.alarms if alarm.condition == "apnoea"]
    if signs:
        yield Prompt(rule="R12", proposal=Proposal.PAUSE,
                     sentence=f"{', '.join(signs)}: stimulate, open the airway, give oxygen.")  # fmt: skip


def _unmonitored(seen: Seen, protocol: Protocol) -> Iterator[Prompt]:
    if seen.unmonitored_s >= protocol.stopping.unmonitored_s:
        sentence = f"No vital sign for {past(seen.unmonitored_s)}: pause until there is one."
        yield Prompt(rule="R18", proposal=Proposal.PAUSE, sentence=sentence)


def _end(session: Session, seen: Seen, protocol: Protocol) -> Iterator[Prompt]:
    if session.order is None:
        return
    end = ends_at(session.order, _began(session))
    if seen.at >= end:
        yield Prompt(rule="R13", proposal=Proposal.STOP, sentence="The planned end is reached.")
    elif end - seen.at <= protocol.infusion.end_reminder_min * 60:
        yield Prompt(rule="R13", proposal=Proposal.REMIND, due_at=end,
                     sentence=f"The planned end is in {left(end - seen.at)}.")  # fmt: skip


def _limits(session: Session, seen: Seen) -> Iterator[Prompt]:
    """Nothing is done and the drug runs on: past the total, or from a bag that is empty."""
    delivery, order = session.delivery, session.order
    if delivery is None or order is None:
        return
    if delivery.exact_mg(seen.at) > exact(order.max_total_mg):
        yield Prompt(rule="R5", proposal=Proposal.STOP,
                     sentence=f"{shown(delivery.mg(seen.at), 1)} mg were given; "
                     f"the order allows {shown(order.max_total_mg)} mg.")  # fmt: skip
    empty = delivery.bag_empty_at()
    if empty is not None and seen.at >= empty and session.state in RUNNING:
        yield Prompt(rule="R5", proposal=Proposal.REMIND, sentence="By the record the bag is empty.")


def _prescriber(session: Session) -> Iterator[Prompt]:
    if not session.prescriber:
        yield Prompt(rule="R4", proposal=Proposal.REMIND,
                     sentence="No licensed prescriber is noted as present in the facility.")  # fmt: skip


def _began(session: Session) -> float:
    """When drug first ran. Prompts are asked for only after that."""
    began = session.delivery.started_at() if session.delivery is not None else None
    return 0.0 if began is None else began
