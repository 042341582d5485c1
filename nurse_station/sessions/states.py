"""Where a patient's day is, and the moves between, as a table. Other moves are refused in words."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class State(StrEnum):
    """Where the day is."""

    DRAFT = "draft"
    """The patient is here; nothing was asked yet."""
    SCREENING = "screening"
    BASELINE = "baseline"
    READY = "ready"
    """Everything before the start is done."""
    INFUSING = "infusing"
    HOLD = "hold"
    """It runs; the rate is frozen: no raise."""
    PAUSED = "paused"
    """The pump stands still; it is to go on."""
    STOPPED = "stopped"
    RECOVERY = "recovery"
    DISCHARGE_READY = "discharge_ready"
    DISCHARGED = "discharged"
    DECLINED = "declined"
    """No infusion today."""
    EMERGENCY = "emergency"
    """The pump is off, help is called, a clock runs."""
    TRANSFERRED = "transferred"
    """Handed over to a hospital or an emergency team."""


class Move(StrEnum):
    """What leads from one state to another."""

    BEGIN = "begin"
    SCREENED = "screened"
    DECLINE = "decline"
    BASELINE_SET = "baseline_set"
    START = "start"
    HOLD = "hold"
    RELEASE = "release"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    RECOVER = "recover"
    READY_TO_GO = "ready_to_go"
    NOT_YET = "not_yet"
    DISCHARGE = "discharge"
    EMERGENCY = "emergency"
    OVER = "over"
    """The emergency is over."""
    TRANSFER = "transfer"


WORDS: Mapping[State, str] = MappingProxyType({
    State.DRAFT: "arrived", State.SCREENING: "screening", State.BASELINE: "baseline", State.READY: "ready",
    State.INFUSING: "infusing", State.HOLD: "on hold", State.PAUSED: "paused", State.STOPPED: "stopped",
    State.RECOVERY: "recovery", State.DISCHARGE_READY: "ready to go home", State.DISCHARGED: "discharged",
    State.DECLINED: "no infusion today", State.EMERGENCY: "EMERGENCY", State.TRANSFERRED: "transferred",
})  # fmt: skip
"""A state as a nurse says it."""

_ASKS: Mapping[Move, str] = MappingProxyType({
    Move.BEGIN: "begin the screening", Move.SCREENED: "end the screening",
    Move.DECLINE: "decide against an infusion", Move.BASELINE_SET: "set the baseline",
    Move.START: "start the infusion", Move.HOLD: "hold the rate", Move.RELEASE: "end the hold",
    Move.PAUSE: "pause the infusion", Move.RESUME: "resume the infusion", Move.STOP: "stop the infusion",
    Move.RECOVER: "begin recovery", Move.READY_TO_GO: "find the patient ready to go home",
    Move.NOT_YET: "go back to recovery", Move.DISCHARGE: "discharge the patient",
    Move.EMERGENCY: "call an emergency", Move.OVER: "end the emergency",
    Move.TRANSFER: "transfer the patient",
})  # fmt: skip

ENDED = frozenset({State.DISCHARGED, State.DECLINED, State.TRANSFERRED})
"""Nothing follows these."""
RUNNING = frozenset({State.INFUSING, State.HOLD})
"""The pump runs."""
BEFORE = frozenset({State.DRAFT, State.SCREENING, State.BASELINE, State.READY})
"""Nothing was given yet."""
UNDER_CARE = frozenset(State) - ENDED - BEFORE
"""Drug was given and the patient is still here."""

_ANY_TIME = {state: {Move.EMERGENCY: State.EMERGENCY} for state in State if state not in ENDED}
_DECLINE = {Move.DECLINE: State.DECLINED}
_RUNNING = {Move.PAUSE: State.PAUSED, Move.STOP: State.STOPPED}

_OWN: Mapping[State, Mapping[Move, State]] = {
    State.DRAFT: {Move.BEGIN: State.SCREENING} | _DECLINE,
    State.SCREENING: {Move.SCREENED: State.BASELINE} | _DECLINE,
    State.BASELINE: {Move.BASELINE_SET: State.READY} | _DECLINE,
    State.READY: {Move.START: State.INFUSING} | _DECLINE,
    State.INFUSING: {Move.HOLD: State.HOLD} | _RUNNING,
    State.HOLD: {Move.RELEASE: State.INFUSING} | _RUNNING,
    State.PAUSED: {Move.RESUME: State.INFUSING, Move.STOP: State.STOPPED},
    State.STOPPED: {Move.RECOVER: State.RECOVERY},
    State.RECOVERY: {Move.READY_TO_GO: State.DISCHARGE_READY},
    State.DISCHARGE_READY: {Move.DISCHARGE: State.DISCHARGED, Move.NOT_YET: State.RECOVERY},
    State.EMERGENCY: {Move.OVER: State.RECOVERY, Move.TRANSFER: State.TRANSFERRED},
}

MOVES: Mapping[State, Mapping[Move, State]] = MappingProxyType({
    state: MappingProxyType(_ANY_TIME.get(state, {}) | dict(_OWN.get(state, {}))) for state in State
})  # fmt: skip
"""State -> move -> where it leads. An emergency in an emergency changes nothing and is refused by none."""


def after(state: State, move: Move) -> State | None:
    """Where a move leads; None: it cannot be made."""
    return MOVES[state].get(move)


def refusal(state: State, move: Move) -> str:
    """Why a move cannot be made, and what would lead there; empty: it can."""
    if after(state, move) is not None:
        return ""
    if state in ENDED:
        return f"You cannot {_ASKS[move]}: this session is over ({WORDS[state]}); begin another."
    possible = " or ".join(WORDS[start] for start in State if after(start, move) is not None)
    return f"You cannot {_ASKS[move]} now: the session is {WORDS[state]}; it must be {possible}."
