"""What is done and found in a session: one frozen value a kind. Times and names stand in the entry around it.

A deed is what the journal keeps; what it means is `fold`, whether it may be done is `rules`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from nurse_station.infusion.order import Bag, Order


class StopReason(StrEnum):
    """Why an infusion ended."""

    COMPLETE = "complete"
    ADVERSE = "adverse"
    NO_BENEFIT = "no benefit"
    REQUEST = "request"
    EQUIPMENT = "equipment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """Who it is. Name and date of birth are the two identifiers; the number is a third where there is one.

    Attributes:
        name: Family name, given name.
        born: Date of birth.
        number: The clinic's number (MRN); may be empty.
        weight_kg: 35 to 180, measured today.
        allergies, diagnosis: As on the chart; may be empty.
        female: None: not said.
    """

    name: str
    born: date
    weight_kg: float
    number: str = ""
    allergies: str = ""
    diagnosis: str = ""
    female: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientBound:
    """This patient sits at this bed: both identifiers were compared. Also after a monitor changed."""

    patient: Patient


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningBegun:
    """The questions before the infusion begin."""

    course: str = ""
    day: int = 1
    days: int = 5


class Reply(StrEnum):
    """An answer to a screening question."""

    NO = "no"
    YES = "yes"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One question of the screening was answered (`screening.QUESTIONS`)."""

    question: str
    reply: Reply
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """The screening is complete."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined:
    """No infusion today."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderWritten:
    """The prescriber's order for today. A later one replaces it."""

    order: Order


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineTaken:
    """One set of vital signs at rest (parameter -> value); sets at least three, over five minutes."""

    values: Mapping[str, float]
    on_air: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineSet:
    """The median of the sets is the baseline from now on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceNoted:
    """The licensed prescriber is, or is no longer, in the facility."""

    name: str
    present: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondCheck:
    """A second nurse compared patient, drug, bag, order and pump."""

    nurse: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EscortNoted:
    """Who takes the patient home."""

    name: str
    phone: str = ""
    present: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """The pump was started: the dose that was meant, and what the pump shows."""

    mg_kg_h: float
    pump_ml_h: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RateSet:
    """The rate was changed on the pump: the dose that was meant, and what the pump shows."""

    mg_kg_h: float
    pump_ml_h: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """No raise for now; what runs, runs on."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """The hold is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused:
    """The pump stands still."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    """The pump runs again: the dose that was meant, and what it shows."""

    mg_kg_h: float
    pump_ml_h: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BagChanged:
    """Another bag."""

    bag: Bag


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """The infusion is over."""

    reason: StopReason
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WasteNoted:
    """What was left in the bag was discarded, and who saw it."""

    ml: float
    witness: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A nurse scored something (`assessments.scales.SCALES`)."""

    scale: str
    score: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Questioned:
    """A score of several items (`assessments.scores.QUESTIONNAIRES`): item -> points."""

    key: str
    answers: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Values that a nurse measured by hand: parameter -> value."""

    values: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervened:
    """Something was done for the patient: a drug, oxygen, an airway manoeuvre, a call."""

    what: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A free note."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyCalled:
    """The pump is off and help is called."""

    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyOver:
    """The patient recovers here."""

    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transferred:
    """The patient was handed over."""

    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineOut:
    """The IV cannula is out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """How the patient walks."""

    steady: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Instructed:
    """Written instructions were given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyToGo:
    """Every condition of discharge is met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotYet:
    """Back to recovery."""

    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discharged:
    """The patient left with the escort."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeNoted:
    """What the day brought.

    Attributes:
        benefit: Whether the patient is better than before; None: not asked.
        plan: What was agreed for the next day or review.
    """

    benefit: bool | None = None
    plan: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """The entry that is corrected never happened."""


Deed = (
    PatientBound | ScreeningBegun | Answered | Screened | Declined | OrderWritten | BaselineTaken
    | BaselineSet | PresenceNoted | SecondCheck | EscortNoted | Started | RateSet | Held | Released
    | Paused | Resumed | BagChanged | Stopped | WasteNoted | Scored | Questioned | Measured
    | Intervened | Noted | EmergencyCalled | EmergencyOver | Transferred | LineOut | Walked
    | Instructed | ReadyToGo | NotYet | Discharged | OutcomeNoted | Withdrawn
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A licensed prescriber lets something be done that a rule stops; printed later.

    Attributes:
        rule: Key of the finding.
        by: The prescriber's name.
        why: The reason.
    """

    rule: str
    by: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a session's journal.

    Attributes:
        number: From 1 in its session.
        at: When it was done, seconds of the session's clock (UTC seconds that never step back).
        who: Who did it.
        deed: What.
        overrides: What was let pass by name.
        corrects: Number of the entry that this one replaces; None: none.
        why: Why it is corrected; else empty.
        entered: When it was entered, if that was later than it was done; None: at once.
    """

    number: int
    at: float
    who: str
    deed: Deed
    overrides: tuple[Override, ...] = ()
    corrects: int | None = None
    why: str = ""
    entered: float | None = None


KINDS: Mapping[str, type] = MappingProxyType({kind.__name__: kind for kind in Deed.__args__})
"""Every kind of deed, by its name in the journal."""
