"""What a screen may see of practice, and what it may ask for. Values and calls; nothing here acts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from nurse_station.simulator.hidden import Hidden
from nurse_station.station.view import StationView
from nurse_station.training.actions import Action
from nurse_station.training.debrief import Debrief
from nurse_station.training.events import Deed
from nurse_station.training.log import Line, Point
from nurse_station.training.scenario import Scenario

SPEEDS = (1.0, 2.0, 5.0, 10.0, 30.0)
"""How many times as fast as life a lesson may go. While an alarm is seen it goes at 1, whatever was asked."""


class Stage(StrEnum):
    """The life of a lesson."""

    PREPARING = "preparing"
    """What was before second 0 is being lived; `share` tells how far."""
    RUNNING = "running"
    PAUSED = "paused"
    OVER = "over"
    """The debrief is there, or will be in a moment."""
    FAILED = "failed"
    """It cannot go on; `trouble` says why."""


class Waiting(StrEnum):
    """What is with an event of the timeline."""

    WAITING = "waiting"
    WITHHELD = "withheld"
    """The instructor keeps it back: its condition may hold, and it does not happen."""
    HAPPENED = "happened"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventShown:
    """An event of the timeline.

    Attributes:
        name: Its word in the scenario.
        words: What it does.
        when: Its condition, as it stands in the scenario.
        state: See Waiting.
        at: When it happened, seconds of the run; None: it has not.
    """

    name: str
    words: str
    when: str
    state: Waiting
    at: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """A moment that can be gone back to: `number` names it, `at` is its second of the run."""

    number: int
    at: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PumpShown:
    """What the simulated pump shows, to the trainee too: mL/h, and whether it runs."""

    ml_h: float
    runs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonSnapshot:
    """A lesson as it is now.

    Attributes:
        scenario: Which.
        trainee: Who practises.
        seed: Which person and hour.
        stage: See Stage.
        share: Of the preparation that is done, 0 to 1.
        trouble: Why it failed, one sentence; else empty.
        at: Seconds of the run; 0 before it.
        lasts_s: It ends then at the latest.
        speed: As it goes now; `wanted` as it was asked for.
        pump: What the pump shows.
        log: Everything that happened, oldest first; grows at its end only, but for a rewinding.
        points: The curve of what cannot be seen.
        hidden: What is true of the body now; None: before the run. For the instructor only.
        events: The timeline.
        bookmarks: Oldest first; one is always at second 0.
        debrief: What came of it; None: not over.
        generation: Raised by each rewinding: what was drawn before belongs to another past.
        bed: Key of the one bed.
        hints: Whether hints are shown to the trainee.
    """

    scenario: Scenario
    trainee: str
    seed: int
    stage: Stage
    share: float = 0.0
    trouble: str = ""
    at: float = 0.0
    lasts_s: float
    speed: float = 1.0
    wanted: float = 1.0
    pump: PumpShown = PumpShown(ml_h=0.0, runs=False)
    log: tuple[Line, ...] = ()
    points: tuple[Point, ...] = ()
    hidden: Hidden | None = None
    events: tuple[EventShown, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()
    debrief: Debrief | None = None
    generation: int = 0
    bed: str = "practice"
    hints: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DoAtBedside:
    """The trainee does something at the bed, from the palette."""

    action: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Let the lesson stand still, or go on."""

    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoAt:
    """One of SPEEDS."""

    speed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerEvent:
    """Let an event of the timeline happen now."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithholdEvent:
    """Keep an event of the timeline back, or let its condition decide again."""

    name: str
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LetHappen:
    """Something that is not on the timeline, now (`training.events`)."""

    deed: Deed


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientSays:
    """The instructor speaks as the patient, or as anybody at the bedside."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBookmark:
    """Remember this moment; `words` may be empty."""

    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewind:
    """Go back to a bookmark. What came after it never was; the station begins anew there."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowHints:
    """Whether the trainee is given hints."""

    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EndLesson:
    """End it now, with its debrief."""


Wish = (
    DoAtBedside | Hold | GoAt | TriggerEvent | WithholdEvent | LetHappen | PatientSays | SetBookmark | Rewind
    | ShowHints | EndLesson
)  # fmt: skip


class LessonView(Protocol):
    """All that a screen may ask of a lesson, from any thread. Calls return at once."""

    station: StationView
    """The station that the trainee works at: one view for the whole lesson. After a rewinding it shows the
    station that began anew; its clock never goes back, its time of day does."""

    def snapshot(self) -> LessonSnapshot:
        """The newest picture; a new object at each second of the run, and at each wish."""

    def send(self, wish: Wish) -> None:
        """Ask for something; the next pictures show it, or `refusals` says why not."""

    def refusals(self) -> list[str]:
        """Sentences about wishes since the last call that were not done."""

    def close(self) -> None:
        """End without a debrief, and let everything go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRun:
    """A run of the past.

    Attributes:
        name: Of its file.
        at: When it was practised, UTC.
        debrief: What came of it.
    """

    name: str
    at: datetime
    debrief: Debrief


class ClassroomView(Protocol):
    """The lessons of this computer."""

    def scenarios(self) -> Sequence[Scenario]:
        """Shipped ones first, then the clinic's own."""

    def faults(self) -> Sequence[str]:
        """A sentence for each file of the clinic's that is no scenario, each kept debrief that is none."""

    def begin(self, scenario: str, trainee: str, seed: int, *, hints: bool = True) -> LessonView:
        """Begin a lesson; it prepares itself in a thread of its own. Raises ClassroomError."""

    def runs(self, trainee: str = "") -> Sequence[KeptRun]:
        """Debriefs that were kept, oldest first; of one trainee, or of all."""

    def trainees(self) -> Sequence[str]:
        """Who has practised here, newest first."""

    def unreadable(self) -> Sequence[str]:
        """A sentence for each kept debrief that cannot be read; `faults` has them too."""

    def forget(self, name: str) -> None:
        """Delete the one kept debrief of that `KeptRun.name`, for good. Raises ClassroomError."""


class ClassroomError(Exception):
    """A lesson cannot begin, or a debrief not be deleted; its words say why and what to do."""
