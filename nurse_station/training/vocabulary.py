"""Everything that a scenario or a scripted nurse may name, in words: tables. Does nothing."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from nurse_station.alarms.conditions import CONDITIONS
from nurse_station.assessments.scales import SCALES
from nurse_station.devices.registry import DRIVERS
from nurse_station.infusion.protocol import Protocol
from nurse_station.sessions.states import State
from nurse_station.simulator.drugs import DRUGS
from nurse_station.simulator.happenings import HAPPENINGS
from nurse_station.training.events import EVENTS, NUMBERS
from nurse_station.training.policy import Kind
from nurse_station.vitals.parameters import PARAMETERS

Table = tuple[str, tuple[str, ...]]
"""A title, and its lines."""
_PULSE = frozenset({"pr", "spo2"})
_GAS = frozenset({"etco2", "rr_co2"})
_CUFF = frozenset({"nibp_sys", "nibp_dia", "nibp_mean"})
_BEDSIDE = _PULSE | _GAS | _CUFF | {"hr", "temp1"}

SHOWS: Mapping[str, frozenset[str]] = MappingProxyType({
    "ge-s5-dri": _BEDSIDE | {"fico2", "rr_imp"},
    "ivy-450c": _BEDSIDE,
    "capnostream": _PULSE | _GAS | {"fico2"},
    **dict.fromkeys(("masimo-ascii1", "nellcor-ascii"), _PULSE),
    **dict.fromkeys(("nonin-df1", "nonin-df2", "nonin-df7", "nonin-df8"), _PULSE),
    "philips-intellivue": _BEDSIDE | {"fico2", "rr_imp"},
})  # fmt: skip
"""What the monitor of practice shows of the simulated patient, by its family."""

BEFALLS: Mapping[str, str] = MappingProxyType({
    "obstruction": "the chest moves, less air does: a snore at 0.6, none from 0.9; jaw thrust, waking open",
    "apnoea": "above 0.5 no breath, until a voice or a hand rouses",
    "deep_apnoea": "above 0.5 no breath and no waking; only the bag brings air",
    "laryngospasm": "crowing, then no air; ended by a jaw thrust held, or the bag",
    "hypoventilation": "slower and shallower by this part of the drive to breathe",
    "shallow": "fast and shallow breaths, a low plateau of CO₂",
    "rebreathing": "CO₂ in what is breathed in",
    "pressor": "systolic pressure above rest, the diastolic and the heart rate with it",
    "vasovagal": "slow heart, falling pressure, pale, faint; better flat",
    "bradycardia": "the heart rate falls to this",
    "tachycardia": "the heart rate rises to this; the pressure does not fall with it",
    "ectopy": "so many extra beats a minute",
    "asystole": "no beat and no pulse",
    "emergence": "agitation and what is not there",
    "nausea": "says so when asked",
    "vomiting": "retches; narrows the airway of who does not sit up",
    "infiltration": "this part of what the pump gives runs beside the vein; the arm swells",
    "low_perfusion": "the probe loses this part of the pulse",
    "movement": "the probe reads through shaking",
})  # fmt: skip
"""What each does, for who writes a scenario."""
EFFECTS: Mapping[str, str] = MappingProxyType({
    "midazolam": "MOAA/S one band down for 2 mg, calmer, breathes less",
    "ondansetron": "less nausea",
    "fluid": "systolic pressure up",
    "labetalol": "systolic pressure and heart rate down",
    "clonidine": "pressure and heart rate down after half an hour, drowsy",
    "ephedrine": "systolic pressure and heart rate up",
    "atropine": "heart rate up",
    "naloxone": "undoes opioid = true of [patient]; 0.2 mg nearly all; never what befell",
    "flumazenil": "undoes midazolam and benzodiazepine = true; 0.25 mg nearly all",
})  # fmt: skip
SEEN: Mapping[str, str] = MappingProxyType({
    "snoring": "an airway that is partly closed", "crowing": "laryngospasm", "retching": "vomiting",
    "agitated": "RASS +2 or more", "pale": "a vasovagal reaction below 90 mmHg",
    "still": "no air has moved for 10 s", "probe_off": "the probe is off",
    "swollen_arm": "drug beside the vein",
})  # fmt: skip
DUE: Mapping[str, str] = MappingProxyType({
    "due.responsiveness": "the check of MOAA/S", "due.nibp": "of the pressure",
    "due.symptoms": "of the symptoms", "due.iv_site": "of the IV site",
    "raise.due": "the next raise of the plan", "end.due": "the planned end",
})  # fmt: skip
"""Seconds since it became due; below 0: until then."""
ALONE: Mapping[str, str] = MappingProxyType({
    "second": "since the scenario began", "minute": "since the scenario began",
    "unacknowledged": "how many HIGH and MEDIUM alarms nobody acknowledged",
    "moaas": "MOAA/S as the last answer showed it", "pump.ml_h": "what the pump shows",
    "pump.off_order": "1: pump and entry differ",
})  # fmt: skip
HIDDEN: Mapping[str, str] = MappingProxyType({
    "pump_mg_h": "mg/h that the pump is set to", "given_mg": "mg of ketamine that left the pump",
    "depot_mg": "mg of it beside the vein", "plasma": "ng/mL of ketamine",
    "mind": "ng/mL where it acts on the mind", "circulation": "ng/mL where it acts on heart and vessels",
    "sedation": "bands of MOAA/S by other drugs", "arousal": "0 to 1, of the last voice or hand",
    "moaas": "0 to 5", "dissociation": "0 to 4", "agitation": "RASS above 0, 0 to 4",
    "nausea": "grade 0 to 3", "pain": "0 to 10", "drive": "to breathe, 1 at rest",
    "patency": "of the airway, 1 open, 0 closed",
    "ventilation": "part of that at rest", "fio2": "part of oxygen breathed in, 0.21 in air",
    "pao2": "mmHg", "paco2": "mmHg", "sao2": "% true, in the artery", "heart_rate": "/min",
    "systolic": "mmHg", "diastolic": "mmHg", "perfusion": "pulse of the finger, 1 at rest",
    "temperature": "°C", "position": "-1 flat, 0 reclined, 1 upright", "probe": "1 worn, 0 off",
    "leads": "1 worn, 0 off", "cannula": "1 worn, 0 off", "cuff": "1 while it closes the arm of the probe",
    "movement": "0 to 1", "finger": "% as the oximeter will show it", "pulse_s": "seconds with a pulse",
})  # fmt: skip
STATES: Mapping[State, str] = MappingProxyType({
    State.DRAFT: "nothing was asked yet", State.SCREENING: "questions before the start",
    State.BASELINE: "values before the start", State.READY: "before the start", State.INFUSING: "it runs",
    State.HOLD: "it runs, no raise", State.PAUSED: "the pump stands, to go on",
    State.STOPPED: "ended early", State.RECOVERY: "ended, being watched",
    State.DISCHARGE_READY: "may go", State.DISCHARGED: "gone home", State.DECLINED: "no infusion today",
    State.EMERGENCY: "help is called", State.TRANSFERRED: "handed over",
})  # fmt: skip
KINDS: Mapping[Kind, str] = MappingProxyType({
    Kind.RIGHT: "does what is expected; is to pass", Kind.NOTHING: "does nothing",
    Kind.TEMPTING: "makes the mistake that lies near; its named lists what she is to be named for",
    Kind.OWN: "anything else",
})  # fmt: skip


def told(protocols: Mapping[str, Protocol]) -> Iterator[Table]:
    """Every table. `protocols`: those there are, by key."""
    yield "befall, relent: what = (size: unit, range, usual; lasts_s if left out)", tuple(_befalls())
    yield "give, [ordered], give in a policy, give_DRUG in do: drugs (usual dose)", tuple(_drugs())
    yield "[[event]] do =", tuple(_events())
    yield "shown. (a value on the screen: unit; the monitors of practice that show it)", tuple(_shown())
    yield "alarm.", tuple(_alarms())
    yield "state.", _lines({state.value: words for state, words in STATES.items()})
    yield "score. (as last entered)", tuple(_scores())
    yield "seen. (what somebody at the bedside sees and hears)", _lines(SEEN)
    yield "due., raise.due, end.due (seconds since; below 0: until)", _lines(DUE)
    yield "alone", _lines(ALONE)
    yield (
        "done., since. (how often; seconds since)",
        ("nurse-station scenario actions lists what can be done",),
    )
    yield "happened., since. (scenarios only)", ("the name of an [[event]]",)
    yield "hidden. (scenarios only: what is true of the body)", _lines(HIDDEN)
    yield "befallen. (scenarios only)", ("as befall above: 1 while it is there",)
    yield "protocol =", _lines({key: row.name for key, row in protocols.items()})
    yield "monitors =", _lines({key: driver.name for key, driver in DRIVERS.items()})
    yield "kind = (of a scripted nurse)", _lines({kind.value: words for kind, words in KINDS.items()})
    yield "named = (of a scripted nurse)", _lines(NAMED)


NAMED: Mapping[str, str] = MappingProxyType({
    "NAME": "the name of an [[against]], or of an [[expected]] done in the wrong order",
    "not_ordered": "gave a drug or a dose that [ordered] does not hold",
    "charted_unasked": "entered MOAA/S without asking the patient",
})  # fmt: skip


def _lines(words: Mapping[str, str]) -> tuple[str, ...]:
    wide = max(map(len, words))
    return tuple(f"{key:{wide}}  {said}" for key, said in words.items())


def _befalls() -> Iterator[str]:
    for key, row in HAPPENINGS.items():
        low, high = row.range
        size = f"{row.unit}, {low:g} to {high:g}, {row.usual:g}; {row.lasts_s:g} s"
        yield f"{key:16} {size:34} {BEFALLS[key]}"


def _drugs() -> Iterator[str]:
    for key, row in DRUGS.items():
        yield f"{key:12} {f'{row.usual:g} {row.unit}':8} {EFFECTS[key]}"


def _events() -> Iterator[str]:
    for key, row in EVENTS.items():
        more = [*row.needs, *(f"[{name}]" for name in row.may)]
        ranges = ", ".join(f"{name} {_range(name)}".strip() for name in more)
        yield f"{key:18} {row.words}" + (f": {ranges}" if ranges else "")


def _range(name: str) -> str:
    limits = NUMBERS.get(name.strip("[]"))
    return "" if limits is None or name == "[size]" else f"({limits[0]:g} to {limits[1]:g})"


def _shown() -> Iterator[str]:
    by = {key: [family for family, shows in SHOWS.items() if key in shows] for key in PARAMETERS}
    for key, families in by.items():
        if families:
            whose = "all" if len(families) == len(SHOWS) else ", ".join(families)
            yield f"{key:10} {PARAMETERS[key].unit_shown:5} {whose}"
    yield f"never in practice: {', '.join(key for key, families in by.items() if not families)}"


def _alarms() -> Iterator[str]:
    for key, row in CONDITIONS.items():
        levels = ", ".join(dict.fromkeys(level.priority.name for level in row.levels))
        of = f", of {' or '.join(row.parameters)}" if row.parameters else ""
        yield f"{key:18} {levels}{of}"


def _scores() -> Iterator[str]:
    for key, row in SCALES.items():
        scores = [level.score for level in row.levels]
        yield f"{key:14} {row.name}, {min(scores)} to {max(scores)}"
