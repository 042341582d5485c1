"""Practice as a screen shows it: who lies there, what was said, what is held. Formats; decides nothing.

Nothing here gives a scenario away: the words of its events and of the hidden state stay with the instructor.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from nurse_station.classroom.view import KeptRun, LessonSnapshot, PumpShown, Stage
from nurse_station.simulator.drugs import DRUGS
from nurse_station.simulator.person import History, Sex
from nurse_station.training.actions import HELD, NO_CARE, Doable, Group, in_groups
from nurse_station.training.debrief import folded
from nurse_station.training.log import Line, What
from nurse_station.training.scenario import Begins, Patient, Scenario
from nurse_station.training.score import Outcome, Score
from nurse_station.ui.models import words
from nurse_station.ui.models.practice_words import DRUG_WORDS, WARD

SIMULATION = "SIMULATION"
PRACTICE = f"{SIMULATION} · practice"
NOBODY = "no patient is treated here"
BAND = f"{PRACTICE} · {NOBODY}"
OXYGEN: Mapping[str, float] = MappingProxyType({"oxygen_off": 0.0, "oxygen": 4.0, "oxygen_high": 15.0})
"""Of these one is always so; L/min."""
FORMS = ("set_pump", "give", "bolus")
"""What needs a number: not a button, but a small form."""
_REPLY = re.compile(r"^(?P<says>.*?)\s*\((?P<does>.*)\)$", re.DOTALL)


class Kind(StrEnum):
    """Who speaks in the strip."""

    PATIENT = "patient"
    ROOM = "room"
    SOUND = "sound"
    HINT = "hint"
    REFUSED = "refused"
    LESSON = "lesson"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing that was heard or seen at the bedside: words, what was seen with them, and when."""

    at: float
    kind: Kind
    words: str
    seen: str = ""

    @property
    def sentence(self) -> str:
        """As a screen reader says it."""
        mark = {Kind.HINT: "Hint: ", Kind.REFUSED: "Not done: "}.get(self.kind, "")
        return mark + words.joined(self.words, self.seen)


def band_words(scenario: Scenario) -> str:
    """What stands across every window of a lesson."""
    return words.joined(PRACTICE, scenario.name, NOBODY)


def title(scenario: Scenario | None = None, what: str = "") -> str:
    """Of a window: the word comes first, wherever a title is cut."""
    return words.joined(PRACTICE, scenario.name if scenario is not None else "", what, "Nurse Station")


def person(patient: Patient) -> str:
    """Who lies there, in a nurse's words; what the seed draws is not told."""
    who = {Sex.FEMALE: "Woman", Sex.MALE: "Man", None: "Adult"}[patient.sex]
    age = f" of {patient.age}" if patient.age is not None else ""
    return ", ".join([f"{who}{age}", f"{patient.weight_kg:g} kg", *_history(patient.history)])


def _history(history: History) -> Iterator[str]:
    yield f"ASA {history.asa}"
    known = {
        "hypertension": history.hypertension, "sleep apnoea": history.sleep_apnoea, "obese": history.obese,
        "takes an opioid": history.opioid, "takes a benzodiazepine": history.benzodiazepine,
        "anxious": history.anxiety >= 4,  # noqa: PLR2004 - from here on it is seen
    }  # fmt: skip
    yield from (name for name, so in known.items() if so)
    if history.day > 1:
        yield f"day {history.day} of the course"


def situation(begins: Begins) -> str:
    """Where the day is when the lesson begins."""
    if begins.recovering_min is not None:
        return f"The infusion ended {_minutes(begins.recovering_min)} ago."
    return f"The infusion has run for {_minutes(begins.minutes_in)}."


def _minutes(minutes: float) -> str:
    return words.lasting(60 * minutes) if minutes >= 1 else "less than a minute"


def preparing(scenario: Scenario) -> str:
    """What is done before second 0."""
    before = 60 * (scenario.begins.minutes_in + (scenario.begins.recovering_min or 0.0))
    return f"Living the {words.lasting(before)} before" if before >= 60 else "Preparing the patient"  # noqa: PLR2004


def last_runs(runs: Iterable[KeptRun], trainee: str) -> Mapping[str, KeptRun]:
    """Scenario -> the newest run of this trainee; `runs` are oldest first."""
    wanted = folded(trainee)
    return {run.debrief.scenario: run for run in runs if folded(run.debrief.trainee) == wanted}


def result(run: KeptRun | None) -> str:
    """`passed on 2026-11-20`; empty: never practised. Who was asked for nothing has passed nothing."""
    if run is None:
        return ""
    score = run.debrief.score
    still = any(each.outcome is Outcome.OPEN for each in score.results)
    early = "ended too early to tell" if still else "ended before anything was asked"
    said = early if ended_early(score) else "✓ passed" if score.passed else "✗ not passed"
    return f"{said} on {_date(run.at)}"


def ended_early(score: Score) -> bool:
    """Whether it ended before anything was decided, and nothing had failed it either. Who prevented what she
    was to treat has not ended early."""
    undecided = all(each.outcome in (Outcome.OPEN, Outcome.NOT_ASKED) for each in score.results)
    failed = any(each.fails for each in score.against)
    return bool(score.results) and undecided and not failed and not score.prevented


def first_to_try(scenarios: Sequence[Scenario], runs: Iterable[KeptRun], trainee: str) -> str:
    """Key of the shortest scenario that this trainee has not passed, or of the shortest; empty: none."""
    wanted = folded(trainee)
    own = (run.debrief for run in runs if folded(run.debrief.trainee) == wanted)
    passed = {each.scenario for each in own if each.score.passed and not ended_early(each.score)}
    left = [each for each in scenarios if each.key not in passed] or scenarios
    return min(left, key=lambda each: each.lasts_min).key if left else ""


def lasts(scenario: Scenario) -> str:
    """`6 min`, `5 h 30 min`: how long it goes at most."""
    return words.lasting(60 * scenario.lasts_min)


def _date(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d")


# The palette


def groups() -> tuple[tuple[Group, tuple[Doable, ...]], ...]:
    """What can be done at the bedside; what is entered or silenced is done in the window itself."""
    lets_go = set(HELD.values())
    return tuple(
        (group, tuple(row for row in rows if row.key not in lets_go))
        for group, rows in in_groups() if group not in NO_CARE
    )  # fmt: skip


def found(typed: str) -> frozenset[str]:
    """Keys of what is meant: by the palette's own words; where those find nothing, by a ward's."""
    rows = [row for _, doables in groups() for row in doables]
    own = frozenset(row.key for row in rows if fits(row, typed))
    return own or frozenset(row.key for row in rows if _fits_ward(row, typed))


def fits(row: Doable, typed: str) -> bool:
    """Whether each word that was typed begins a word of the row's, or of a drug's for the one that gives."""
    drugs = [drug.name for drug in DRUGS.values()] if row.key == "give" else []
    return _begin_words((row.words, row.key, *drugs), typed)


def _fits_ward(row: Doable, typed: str) -> bool:
    drugs = DRUG_WORDS if row.key == "give" else ()
    return _begin_words((row.words, WARD.get(row.key, ""), *drugs), typed)


def _begin_words(texts: Iterable[str], typed: str) -> bool:
    known = [word for text in texts for word in _plain(text)]
    return all(any(word.startswith(part) for word in known) for part in _plain(typed))


def _plain(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold().replace("₂", "2"))


def drug_typed(typed: str) -> str:
    """The drug that one of the typed words begins, three letters at least; empty: none."""
    parts = [part for part in _plain(typed) if len(part) >= 3]  # noqa: PLR2004
    names = [(drug.name.casefold(), key) for key, drug in DRUGS.items()]
    return next((key for name, key in (*names, *DRUG_WORDS.items())
                 for part in parts if name.startswith(part)), "")  # fmt: skip


def held(log: Sequence[Line]) -> frozenset[str]:
    """Keys of HELD that hands are at now."""
    return frozenset(key for key, away in HELD.items() if _last(log, {key, away}) == key)


def oxygen(log: Sequence[Line], begins: Begins) -> str:
    """Which of OXYGEN is so now; empty: another flow, from before."""
    done = _last(log, set(OXYGEN))
    return done or next((key for key, flow in OXYGEN.items() if flow == begins.oxygen_l_min), "")


def _last(log: Sequence[Line], keys: set[str]) -> str:
    return next((line.key for line in reversed(log) if line.what is What.DONE and line.key in keys), "")


def last_done(log: Sequence[Line]) -> Line | None:
    """The newest thing that was done, or refused."""
    return next((line for line in reversed(log) if line.what in (What.DONE, What.REFUSED)), None)


def pump(shown: PumpShown) -> str:
    """`24.5 mL/h · runs`."""
    return words.joined(f"{shown.ml_h:.1f} mL/h", "runs" if shown.runs else "STOPPED")


def ordered(scenario: Scenario) -> str:
    """What the order allows as needed, as it stands on the sheet at the bed."""
    allowed = [f"{DRUGS[drug].name} up to {dose:g} {DRUGS[drug].unit}"
               for drug, dose in scenario.ordered.items() if drug in DRUGS]  # fmt: skip
    return f"Ordered as needed: {', '.join(allowed)}." if allowed else "Nothing is ordered as needed."


def ordered_of(drug: str, ordered: Mapping[str, float]) -> str:
    """`Ordered: up to 4 mg`; the same of a drug that nobody ordered."""
    dose = ordered.get(drug)
    return f"Ordered: up to {dose:g} {DRUGS[drug].unit}" if dose else f"{DRUGS[drug].name} is not ordered"


def beyond(drug: str, dose: float, ordered: Mapping[str, float]) -> str:
    """What is asked before a dose that the order does not have; empty: the order has it."""
    most, unit = ordered.get(drug, 0.0), DRUGS[drug].unit
    if dose <= most:
        return ""
    why = f"more than the {most:g} {unit} that are ordered" if most else "not ordered"
    return f"{DRUGS[drug].name} {dose:g} {unit} is {why}. Give it all the same?"


# The strip


def heard(shown: LessonSnapshot, came: Mapping[Line, str] = MappingProxyType({})) -> tuple[Said, ...]:
    """Everything that was said and seen, oldest first; `came`: deeds with what is seen to come of them."""
    tells = {event.name: event.say for event in shown.scenario.happens}
    said = (
        Said(at=line.at, kind=Kind.ROOM, words=came[line]) if line in came
        else _said(line, tells, hints=shown.hints) for line in shown.log
    )  # fmt: skip
    return tuple(each for each in said if each is not None)


def gone_back(at: float) -> Said:
    """What the trainee is told after a rewinding."""
    return Said(at=at, kind=Kind.LESSON,
                words=f"Back at {words.minutes(at)}: what came after it has not happened.")  # fmt: skip


def _said(line: Line, tells: Mapping[str, str], *, hints: bool) -> Said | None:
    match line.what:
        case What.REPLY:
            parts = _REPLY.match(line.words)
            says, does = (parts["says"], parts["does"]) if parts else (line.words, "")
            return Said(at=line.at, kind=Kind.PATIENT, words=f"“{says}”" if says else "", seen=does)
        case What.EVENT if tells.get(line.key):
            return Said(at=line.at, kind=Kind.ROOM, words=tells[line.key])
        case What.HINT if hints:
            return Said(at=line.at, kind=Kind.HINT, words=line.words)
        case What.REFUSED:
            return Said(at=line.at, kind=Kind.REFUSED, words=line.words)
        case _:
            return None


# The lesson


def elapsed(shown: LessonSnapshot) -> str:
    """`3:42 of 20:00`."""
    return f"{words.minutes(shown.at)} of {words.minutes(shown.lasts_s)}"


def stage_words(shown: LessonSnapshot) -> str:
    """What is to be known of the lesson besides its seconds; empty: it runs."""
    if shown.stage is Stage.RUNNING and shown.speed != shown.wanted:
        return f"at {shown.speed:g}× while an alarm is seen"
    return {Stage.PAUSED: "PAUSED", Stage.OVER: MAKING}.get(shown.stage, "")


MAKING = "The debrief is being made…"
ASK_END = "End this lesson now?\n\nIts debrief follows, with what was done until now."
ASK_LEAVE = "Leave this lesson?\n\nThere will be no debrief, and nothing of it is kept."
NOT_HERE = "Not in practice: monitors and the session of the simulated bed belong to the lesson."
ALONE = "This lesson has no instructor's window: it is chosen before Start."
