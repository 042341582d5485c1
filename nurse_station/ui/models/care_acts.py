"""What a nurse can do from the care panel: acts, reasons and actions as tables. Sends nothing; no Qt."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import Deed, StopReason
from nurse_station.sessions.prompts import Prompt, Proposal
from nurse_station.sessions.states import RUNNING, State
from nurse_station.station.snapshots import CareSnapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class CareAct:
    """One button of the infusion.

    Attributes:
        key: The word in code.
        words: On the button; `…`: a choice or a form follows.
        keys: Its shortcut, as Qt reads it.
        states: Where it is offered.
        look: Of the button, in the style sheet.
        lessens: It gives less drug or none: possible even while the patient is to be confirmed again.
    """

    key: str
    words: str
    keys: str
    states: frozenset[State]
    look: str = "act"
    lessens: bool = False


_DRUG = RUNNING | {State.PAUSED}
ACTS: tuple[CareAct, ...] = (
    CareAct(key="start", words="Start…", keys="F5", states=frozenset({State.READY}), look="act_first"),
    CareAct(key="raise", words="Raise…", keys="F5", states=RUNNING, look="act_first"),
    CareAct(key="resume", words="Resume…", keys="F5", states=frozenset({State.PAUSED}), look="act_first"),
    CareAct(key="lower", words="Lower…", keys="F6", states=RUNNING, lessens=True),
    CareAct(key="hold", words="Hold…", keys="F7", states=frozenset({State.INFUSING}), lessens=True),
    CareAct(key="release", words="End hold", keys="F7", states=frozenset({State.HOLD})),
    CareAct(key="pause", words="Pause…", keys="F8", states=RUNNING, lessens=True),
    CareAct(key="stop", words="Stop…", keys="F9", states=_DRUG, look="act_last", lessens=True),
    CareAct(key="bag", words="New bag…", keys="G", states=_DRUG),
    CareAct(key="over", words="Emergency over…", keys="F5", states=frozenset({State.EMERGENCY}),
            look="act_first"),
)  # fmt: skip


def acts(state: State) -> tuple[CareAct, ...]:
    """What is offered in a state, in the order shown."""
    return tuple(act for act in ACTS if state in act.states)


def act_of_key(keys: str, state: State) -> CareAct | None:
    """What a shortcut does in a state; None: nothing."""
    return next((act for act in acts(state) if act.keys == keys), None)


HOLD_REASONS = ("Blood pressure", "Responsiveness", "Hallucination", "Nausea", "Patient asks",
                "Prescriber asks")  # fmt: skip
PAUSE_REASONS = ("Blood pressure", "Breathing", "Responsiveness", "Distress", "IV site", "Toilet",
                 "Prescriber asks")  # fmt: skip
STOP_REASONS: tuple[tuple[str, StopReason], ...] = (
    ("Complete", StopReason.COMPLETE), ("Adverse event", StopReason.ADVERSE),
    ("No benefit", StopReason.NO_BENEFIT), ("Patient asks", StopReason.REQUEST),
    ("Equipment", StopReason.EQUIPMENT),
)  # fmt: skip
ACTIONS = ("Oxygen by nasal cannula", "Airway opened, chin lift", "Stimulated, breathes deeper",
           "Reassured, lights and noise down", "Repositioned", "Head up", "IV flushed", "Prescriber called",
           "Prescriber at the bedside")  # fmt: skip
"""The one-tap list; the order's as-needed drugs stand before it."""


def hold_choices() -> tuple[tuple[str, Deed], ...]:
    """(words, what it enters)."""
    return tuple((why, deeds.Held(why=why.lower())) for why in HOLD_REASONS)


def pause_choices() -> tuple[tuple[str, Deed], ...]:
    """(words, what it enters)."""
    return tuple((why, deeds.Paused(why=why.lower())) for why in PAUSE_REASONS)


def stop_choices() -> tuple[tuple[str, Deed], ...]:
    """(words, what it enters)."""
    return tuple((said, deeds.Stopped(reason=reason)) for said, reason in STOP_REASONS)


def action_choices(care: CareSnapshot) -> tuple[tuple[str, Deed], ...]:
    """(words, what it enters): the order's as-needed drugs first."""
    order = care.session.order
    drugs = tuple(drug.what for drug in order.as_needed) if order is not None else ()
    return tuple((what, deeds.Intervened(what=what)) for what in (*drugs, *ACTIONS))


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptShown:
    """A proposal as a line with a button.

    Attributes:
        words: What is proposed and why.
        button: On the button; empty: it only reminds.
        deed: What the button enters; None: it asks for a blood pressure.
    """

    words: str
    button: str = ""
    deed: Deed | None = None


PROMPT_BUTTONS: Mapping[Proposal, str] = MappingProxyType({
    Proposal.STOP: "Stopped at the pump", Proposal.PAUSE: "Paused at the pump",
    Proposal.HOLD: "Hold the rate", Proposal.REPEAT: "Blood pressure…", Proposal.REMIND: "",
})  # fmt: skip
PLANNED = frozenset({"R13", "R5"})
"""Rules whose stop is the planned one."""


def prompt(one: Prompt) -> PromptShown:
    """A proposal with what its button does."""
    said = f"{one.proposal.value.capitalize()}? {one.sentence}"
    if one.proposal is Proposal.REMIND:
        said = one.sentence
    return PromptShown(words=said, button=PROMPT_BUTTONS[one.proposal], deed=_deed(one))


def _deed(one: Prompt) -> Deed | None:
    match one.proposal:
        case Proposal.STOP:
            reason = StopReason.COMPLETE if one.rule in PLANNED else StopReason.ADVERSE
            return deeds.Stopped(reason=reason, why=one.sentence)
        case Proposal.PAUSE:
            return deeds.Paused(why=one.sentence)
        case Proposal.HOLD:
            return deeds.Held(why=one.sentence)
        case _:
            return None


COMFORT = ("pain", "nausea", "hallucination", "anxiety", "dissociation", "iv_site")
"""The scales of a round, in the order asked."""
MORE = ("rass", "avpu", "nightmare")
"""Scales that no round asks for, in the order shown."""


TEMPERATURE = re.compile(r"[0-9]{2,3}\.[0-9]")
"""A number with one digit after the point is a temperature: pressures and pulses are whole."""
_COMMA = re.compile(r"\b([0-9]{2,3}),([0-9])\b")
FAHRENHEIT_FROM = 80.0
"""Nobody is as warm as this in °C, nor as cold in °F."""


def measured(text: str) -> Deed | None:
    """What was measured by hand: `128/76`, with pulse and temperature `128/76 82 36.8`, or `36.8` alone.

    A temperature above 80 is in °F, and recorded in °C to 0.1. None: it cannot be read.
    """
    parts = _COMMA.sub(r"\1.\2", text).replace("/", " ").replace(",", " ").split()
    whole = [part for part in parts if part.isascii() and part.isdigit()]
    warm = [part for part in parts if TEMPERATURE.fullmatch(part)]
    if len(whole) + len(warm) < len(parts) or len(warm) > 1 or len(whole) not in (0, 2, 3) or not parts:
        return None
    values = dict(zip(("nibp_sys", "nibp_dia", "pr"), map(float, whole), strict=False))
    if warm:
        values["temp1"] = _celsius(float(warm[0]))
    return deeds.Measured(values=MappingProxyType(values))


def _celsius(number: float) -> float:
    return round((number - 32) / 1.8, 1) if number > FAHRENHEIT_FROM else number
