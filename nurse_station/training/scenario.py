"""A scenario as frozen values: who lies there, what happens when, what is expected, what counts against."""

from collections.abc import Mapping
from dataclasses import dataclass

from nurse_station.simulator.person import History, Sex
from nurse_station.training.conditions import Condition
from nurse_station.training.events import Deed


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """Who lies there. What is None is drawn by the seed: each run another person.

    Attributes:
        name: A made-up one; the program puts SIMULATION before it.
        age: Years.
        weight_kg: Measured today.
        history: What is known besides.
    """

    name: str
    age: int | None = None
    sex: Sex | None = None
    weight_kg: float = 70.0
    history: History


@dataclass(frozen=True, slots=True, kw_only=True)
class Begins:
    """Where the day is at second 0.

    Attributes:
        minutes_in: The infusion has run for so long as planned.
        recovering_min: ... and ended so long ago; None: it runs.
        oxygen_l_min: What the patient breathes.
    """

    minutes_in: float = 0.0
    recovering_min: float | None = None
    oxygen_l_min: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Happens:
    """One event of the timeline; it happens once, when its condition first holds."""

    name: str
    when: Condition
    deeds: tuple[Deed, ...]
    say: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One thing that the nurse is to do.

    Attributes:
        name: The word in the score.
        words: What, for the debrief.
        do: Any one of these does it.
        after: The event that it is counted from; empty: from second 0.
        early: Done since this earlier event it counts as well, as done at once; empty: no event.
        within_s: Done until then it is in time.
        late_s: Done until then it is late; later it is missed.
        needed: Who does not do it in time does not pass.
        before: It must come before any of these is done.
        record: It belongs to the documentation.
    """

    name: str
    words: str
    do: tuple[str, ...]
    after: str = ""
    early: str = ""
    within_s: float
    late_s: float
    needed: bool = True
    before: tuple[str, ...] = ()
    record: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """One thing that counts against: an action, or a state that was let come.

    Attributes:
        name: The word in the score.
        words: What it was, for the debrief.
        do: Any one of these is it, if `when` holds then.
        when: With `do`: only then; without: the state itself. None: always.
        fails: Whether it fails the run.
    """

    name: str
    words: str
    do: tuple[str, ...] = ()
    when: Condition | None = None
    fails: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What a trainee who is stuck is told, once."""

    when: Condition
    say: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """All of it.

    Attributes:
        key: The word in files and scores.
        name: For the list.
        version: Raised with every change.
        summary: For the instructor, a sentence or two.
        sources: Where its medicine comes from.
        protocol: Key of the protocol that the patient is treated by.
        monitors: Keys of the monitor families at the bed.
        ordered: Drug -> highest dose that the order allows as needed.
        lasts_min: It ends then at the latest.
        ends: It ends when this holds; None: only then.
        learning: What the debrief leaves the nurse with.
    """

    key: str
    name: str
    version: int
    summary: str
    sources: tuple[str, ...]
    protocol: str
    monitors: tuple[str, ...]
    ordered: Mapping[str, float]
    lasts_min: float
    ends: Condition | None
    patient: Patient
    begins: Begins
    happens: tuple[Happens, ...]
    expected: tuple[Expected, ...]
    against: tuple[Against, ...]
    hints: tuple[Hint, ...]
    learning: tuple[str, ...]
