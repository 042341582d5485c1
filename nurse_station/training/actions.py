"""What a nurse can do at a bed in practice: a table, and the texts of it. Does nothing by itself.

A text is a key and what follows it: `jaw_thrust`, `give ondansetron 4`, `set_pump 24.5`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from types import MappingProxyType

from nurse_station.simulator import acts
from nurse_station.simulator.acts import Act, Position, Sensor
from nurse_station.simulator.drugs import DRUGS
from nurse_station.simulator.replies import Question


class Group(StrEnum):
    """Where it stands on a palette."""

    SPEAK = "speak and look"
    AIRWAY = "airway and oxygen"
    BODY = "patient"
    PUMP = "pump and line"
    MONITOR = "monitor"
    CALL = "call"
    RECORD = "record"
    STATION = "station"


class Takes(StrEnum):
    """What follows the key."""

    NOTHING = "nothing"
    NUMBER = "a number"
    DRUG = "a drug and its dose"
    ANYWAY = "nothing, or anyway"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doable:
    """One thing that a nurse can do.

    Attributes:
        key: The word in scenarios and policies.
        words: As a nurse says it.
        group: Where it stands.
        acts: What it does to the body.
        asks: What is asked of the patient with it; None: nothing.
        takes: What follows the key.
    """

    key: str
    words: str
    group: Group
    acts: tuple[Act, ...] = ()
    asks: Question | None = None
    takes: Takes = Takes.NOTHING


def _row(key: str, words: str, group: Group, *done: Act, asks: Question | None = None,
         takes: Takes = Takes.NOTHING) -> Doable:  # fmt: skip
    return Doable(key=key, words=words, group=group, acts=done, asks=asks, takes=takes)


def _on(sensor: Sensor) -> acts.Wear:
    return acts.Wear(sensor=sensor, on=True)


_G = Group
_ROWS = (
    _row("look", "Look at the patient", _G.SPEAK, asks=Question.LOOK),
    _row("call_name", "Call the name", _G.SPEAK, acts.CallName(), asks=Question.NAME),
    _row("shake", "Shake the shoulder, call aloud", _G.SPEAK, acts.Shake(), asks=Question.SHAKEN),
    _row("reassure", "Stay, speak quietly", _G.SPEAK, acts.Reassure(), asks=Question.PERCEPTION),
    _row("ask_pressure_symptoms", "Ask for headache, chest pain, vision", _G.SPEAK,
         asks=Question.HEADACHE_CHEST_VISION),
    _row("ask_pain", "Ask for pain", _G.SPEAK, asks=Question.PAIN),
    _row("ask_nausea", "Ask for nausea", _G.SPEAK, asks=Question.NAUSEA),
    _row("jaw_thrust", "Head tilt, chin lift, jaw thrust", _G.AIRWAY, acts.JawThrust()),
    _row("release_jaw", "Let go of the jaw", _G.AIRWAY, acts.JawThrust(on=False)),
    _row("oxygen", "Oxygen 4 L/min by cannula", _G.AIRWAY, acts.Oxygen(l_min=4)),
    _row("oxygen_high", "Oxygen 15 L/min by mask", _G.AIRWAY, acts.Oxygen(l_min=15)),
    _row("oxygen_off", "Oxygen off", _G.AIRWAY, acts.Oxygen()),
    _row("ventilate", "Bag and mask, with pressure", _G.AIRWAY, acts.Ventilate()),
    _row("stop_ventilating", "Bag and mask away", _G.AIRWAY, acts.Ventilate(on=False)),
    _row("suction", "Suction", _G.AIRWAY, acts.Suction()),
    _row("lay_flat", "Lay flat, legs up", _G.BODY, acts.Lay(position=Position.FLAT)),
    _row("recline", "Recline", _G.BODY, acts.Lay(position=Position.RECLINED)),
    _row("sit_up", "Sit up, turn to the side", _G.BODY, acts.Lay(position=Position.UPRIGHT)),
    _row("stand_up", "Let the patient stand up", _G.BODY, acts.Lay(position=Position.UPRIGHT)),
    _row("dim_light", "Dim the light, quiet the room", _G.BODY),
    _row("protect", "Protect from a fall", _G.BODY),
    _row("restrain", "Hold the patient down", _G.BODY),
    _row("give", "Give a drug", _G.BODY, takes=Takes.DRUG),
    _row("stop_pump", "Stop the pump", _G.PUMP, acts.StopPump()),
    _row("check_pump", "Compare pump and order", _G.PUMP),
    _row("set_pump", "Set the pump, mL/h", _G.PUMP, takes=Takes.NUMBER),
    _row("raise_rate", "Raise the rate as planned", _G.PUMP, takes=Takes.ANYWAY),
    _row("resume", "Go on at the rate before", _G.PUMP, takes=Takes.ANYWAY),
    _row("bolus", "Give a bolus of ketamine, mg", _G.PUMP, takes=Takes.NUMBER),
    _row("check_arm", "Look at the arm with the cannula", _G.PUMP, asks=Question.ARM),
    _row("disconnect_line", "Disconnect the infusion from the patient", _G.PUMP, acts.StopPump()),
    _row("resite", "New cannula in the other arm", _G.PUMP, acts.Resite()),
    _row("probe_on", "Put the probe on again", _G.MONITOR, _on(Sensor.PROBE)),
    _row("leads_on", "Put the leads on again", _G.MONITOR, _on(Sensor.LEADS)),
    _row("cannula_on", "Put the CO₂ cannula on again", _G.MONITOR, _on(Sensor.CANNULA)),
    _row("cuff_other_arm", "Move the cuff to the other arm", _G.MONITOR, acts.CuffOnProbeArm(on=False)),
    _row("check_cable", "Follow the cable, plug it in", _G.MONITOR),
    _row("repeat_pressure", "Measure the pressure now", _G.MONITOR),
    _row("measure_by_hand", "Count and measure by hand, enter it", _G.MONITOR),
    _row("monitor_off", "Take the monitoring off", _G.MONITOR, acts.Wear(sensor=Sensor.PROBE, on=False),
         acts.Wear(sensor=Sensor.CANNULA, on=False)),
    _row("call_prescriber", "Call the prescriber", _G.CALL),
    _row("call_help", "Call a colleague", _G.CALL),
    _row("call_emergency", "Call the emergency team, enter it", _G.CALL, acts.StopPump()),
    _row("assess_responsiveness", "Call the name, enter MOAA/S", _G.RECORD, acts.CallName(),
         asks=Question.NAME),
    _row("assess_symptoms", "Ask pain, nausea, hallucination; enter them", _G.RECORD),
    _row("assess_agitation", "Enter RASS and the grade of hallucination", _G.RECORD),
    _row("assess_iv_site", "Look at the IV site, enter it", _G.RECORD, asks=Question.ARM),
    _row("enter_hold", "Enter: on hold", _G.RECORD),
    _row("enter_release", "Enter: the hold is over", _G.RECORD),
    _row("enter_pause", "Enter: paused", _G.RECORD),
    _row("enter_stop", "Enter: stopped, adverse", _G.RECORD),
    _row("enter_intervention", "Enter what was done", _G.RECORD),
    _row("enter_dose", "Enter the dose that was given", _G.RECORD),
    _row("end_infusion", "Stop the pump, enter: complete", _G.RECORD, acts.StopPump()),
    _row("prepare_home", "IV out, walk, instructions, scores; enter them", _G.RECORD),
    _row("discharge", "Enter: ready, and discharged with the escort", _G.RECORD),
    _row("acknowledge", "Acknowledge the alarms", _G.STATION),
    _row("pause_audio", "Pause the sound", _G.STATION),
)  # fmt: skip

ACTIONS: Mapping[str, Doable] = MappingProxyType({row.key: row for row in _ROWS})
NO_CARE = frozenset({Group.RECORD, Group.STATION})
"""Groups of actions that do nothing for the patient: to enter and to silence is not to act."""
GIVES = frozenset(f"give_{drug}" for drug in DRUGS)
DONE_KEYS = (frozenset(ACTIONS) - {"give"}) | GIVES
"""What can have been done, as scenarios ask for it: each drug by its name."""
HELD: Mapping[str, str] = MappingProxyType({"jaw_thrust": "release_jaw", "ventilate": "stop_ventilating"})
"""What is held with the hands -> what lets it go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing to do: its row, and the number or drug that follows."""

    what: Doable
    number: float | None = None
    drug: str = ""
    anyway: bool = False

    @property
    def key(self) -> str:
        """What it counts as: one of DONE_KEYS."""
        return f"give_{self.drug}" if self.drug else self.what.key

    @property
    def words(self) -> str:
        """As a nurse says it."""
        number = "" if self.number is None else f" {self.number:g}"
        drug = f"{DRUGS[self.drug].name}{number} {DRUGS[self.drug].unit}" if self.drug else number.strip()
        more = drug or ("anyway" if self.anyway else "")
        return f"{self.what.words}: {more}" if more else self.what.words


class ActionError(ValueError):
    """A text that is no action; its words say what to write."""


def words_of(key: str) -> str:
    """One of DONE_KEYS as a nurse says it."""
    drug = key.removeprefix("give_")
    return f"Give {DRUGS[drug].name.lower()}" if key in GIVES else ACTIONS[key].words


def is_care(key: str) -> bool:
    """Whether one of DONE_KEYS does something for the patient; a word that is none of them does not."""
    return key in GIVES or (key in ACTIONS and ACTIONS[key].group not in NO_CARE)


def parse(text: str) -> Action:
    """The action that a text says. Raises ActionError."""
    key, *rest = text.split() or [""]
    row = ACTIONS.get(key)
    if row is None:
        raise ActionError(f'there is no action "{key}"; {_meant(key)}')
    match row.takes, rest:
        case (Takes.NOTHING | Takes.ANYWAY, []):
            return Action(what=row)
        case Takes.ANYWAY, ["anyway"]:
            return Action(what=row, anyway=True)
        case Takes.NUMBER, [number]:
            return Action(what=row, number=_number(number, text))
        case Takes.DRUG, [drug, number] if drug in DRUGS:
            return Action(what=row, drug=drug, number=_number(number, text))
        case Takes.DRUG, [drug, _]:
            raise ActionError(f'there is no drug "{drug}"; {drug_meant(drug)}')
        case _:
            raise ActionError(f'"{text}" cannot be read; after {key} stands {row.takes.value}')


def _meant(key: str) -> str:
    """What a nurse who wrote a word that is no action is to write."""
    if key in GIVES:
        drug = DRUGS[key.removeprefix("give_")]
        return f'write "give {drug.key}" and the dose in {drug.unit}'
    near = get_close_matches(key, list(ACTIONS), n=1)
    return f"did you mean {near[0]}?" if near else "nurse-station scenario actions lists them"


def drug_meant(word: str) -> str:
    """What to write for a word that is no drug."""
    near = get_close_matches(word, sorted(DRUGS), n=1)
    return f"did you mean {near[0]}?" if near else f"there is {', '.join(sorted(DRUGS))}"


def done_meant(text: str) -> str:
    """What a scenario is to write for a text that is none of DONE_KEYS."""
    key, *rest = text.split() or [""]
    drug = rest[0] if rest else ""
    if key == "give":
        return (
            f"write give_{drug}"
            if drug in DRUGS
            else "write give_ and the drug in one word, as give_naloxone"
        )
    if key in DONE_KEYS:
        return f"write {key} alone"
    near = get_close_matches(text, sorted(DONE_KEYS), n=1)
    return f"did you mean {near[0]}?" if near else "nurse-station scenario actions lists what can be done"


def _number(word: str, text: str) -> float:
    try:
        number = float(word)
    except ValueError:
        number = -1.0
    if not 0 <= number < float("inf"):
        raise ActionError(f'"{word}" in "{text}" is no number of 0 or more')
    return number


def in_groups() -> Iterator[tuple[Group, tuple[Doable, ...]]]:
    """The table as a palette shows it."""
    for group in Group:
        yield group, tuple(row for row in _ROWS if row.group is group)
