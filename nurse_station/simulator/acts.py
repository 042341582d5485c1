"""What is done to a simulated patient: by a nurse, by whoever commands the day, to a sensor. Values only."""

from dataclasses import dataclass
from enum import Enum

from nurse_station.simulator.drugs import DRUGS
from nurse_station.simulator.happenings import HAPPENINGS


class Position(Enum):
    """How the patient lies."""

    FLAT = "flat"  # legs raised
    RECLINED = "reclined"
    UPRIGHT = "upright"


class Sensor(Enum):
    """What of the monitor is on the patient."""

    PROBE = "probe"
    LEADS = "leads"
    CANNULA = "cannula"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPump:
    """The pump runs at `mg_h` of ketamine from now on, 0 or more."""

    mg_h: float

    def __post_init__(self) -> None:
        _at_least_nothing("a rate", self.mg_h)


@dataclass(frozen=True, slots=True, kw_only=True)
class StopPump:
    """The pump stops."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bolus:
    """`mg` of ketamine at once."""

    mg: float

    def __post_init__(self) -> None:
        _at_least_nothing("a bolus", self.mg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Oxygen:
    """Oxygen at `l_min`, 0 to 15: to 6 by cannula, above by mask; or a known `fio2`, 0.21 to 1."""

    l_min: float = 0.0
    fio2: float | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.l_min <= 15 or not (self.fio2 is None or 0.21 <= self.fio2 <= 1):
            msg = f"oxygen of {self.l_min} L/min, FiO2 {self.fio2}: 0 to 15 and 0.21 to 1"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallName:
    """The name is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shake:
    """The shoulder is shaken, the name called aloud."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reassure:
    """A quiet voice, dim light, someone who stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JawThrust:
    """Head tilt and jaw thrust, held until it is `on=False`."""

    on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Ventilate:
    """Bag and mask with pressure, until it is `on=False`."""

    on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Suction:
    """The mouth is sucked out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lay:
    """Flat with the legs raised, reclined, or upright."""

    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Give:
    """A dose of a drug of the table `drugs.DRUGS`, in its unit."""

    drug: str
    dose: float

    def __post_init__(self) -> None:
        _known("drug", self.drug, self.drug in DRUGS)
        _at_least_nothing("a dose", self.dose)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resite:
    """A new cannula in another vein: what the pump gives arrives again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wear:
    """A sensor is put on, or comes off."""

    sensor: Sensor
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CuffOnProbeArm:
    """Whether the cuff is on the arm of the probe, and when it inflates (the times of a monitor's own cycle).

    Attributes:
        on: Whether it is on that arm.
        every_s: From one inflation to the next.
        first_s: When the first began, seconds.
        lasts_s: How long each lasts.
    """

    on: bool = True
    every_s: float = 300.0
    first_s: float = 255.0
    lasts_s: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Befall:
    """Something of the table `happenings.HAPPENINGS` begins.

    Attributes:
        what: Its key.
        size: In its unit; None: the usual.
        lasts_s: Until it goes by itself, above 0; None: the usual.
    """

    what: str
    size: float | None = None
    lasts_s: float | None = None

    def __post_init__(self) -> None:
        _known("happening", self.what, self.what in HAPPENINGS)
        low, high = HAPPENINGS[self.what].range
        if self.size is not None and not low <= self.size <= high:
            msg = f"{self.what} of {self.size}: {low:g} to {high:g} {HAPPENINGS[self.what].unit}"
            raise ValueError(msg)
        if self.lasts_s is not None and not self.lasts_s > 0:
            msg = f"{self.what} cannot last {self.lasts_s} s"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relent:
    """What had befallen is over before its time."""

    what: str

    def __post_init__(self) -> None:
        _known("happening", self.what, self.what in HAPPENINGS)


Act = (
    SetPump | StopPump | Bolus | Oxygen | CallName | Shake | Reassure | JawThrust | Ventilate | Suction | Lay
    | Give | Resite | Wear | CuffOnProbeArm | Befall | Relent
)  # fmt: skip


def _at_least_nothing(what: str, value: float) -> None:
    if not 0 <= value < float("inf"):
        msg = f"{what} of {value}: 0 or more"
        raise ValueError(msg)


def _known(kind: str, word: str, known: bool) -> None:
    if not known:
        msg = f"{word!r} is no {kind}"
        raise ValueError(msg)
