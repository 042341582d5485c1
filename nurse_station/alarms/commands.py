"""What may be asked of a bed's alarms: frozen commands. `who` is the person, as the journal names them."""

from collections.abc import Mapping
from dataclasses import dataclass

from nurse_station.alarms.limits import Scope
from nurse_station.alarms.words import Fault, Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge:
    """Silence what is present at this bed until it ends; end what is latched."""

    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseAudio:
    """No sound for 120 s, unless something new and as urgent happens. Refused while paused."""

    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelPause:
    """Sound again now."""

    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchOff:
    """No signals of one condition for this patient; a HIGH one stays visible. Refused without a reason."""

    condition: str
    why: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchOn:
    """Signal a condition again."""

    condition: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPatient:
    """Another patient: the clinic's limits, nothing paused, nothing off, nothing remembered."""

    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPhase:
    """The infusion began, ended, or the patient may go."""

    phase: Phase
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterResponsiveness:
    """What a nurse found: MOAA/S 0 to 5 or RASS -5 to 4; None: not assessed now."""

    who: str
    moaas: int | None = None
    rass: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCheckDue:
    """When the next responsiveness check is due, monotonic seconds; None: none is."""

    at: float | None
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCuffInterval:
    """How often the cuff is to measure, seconds; None: it is not expected."""

    seconds: float | None
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBaseline:
    """Confirm the limits that `baseline.proposals` gives for these values at rest (parameter -> value)."""

    baseline: Mapping[str, float]
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLimit:
    """Another number for one limit of this patient, protocol or clinic."""

    key: str
    number: float
    who: str
    scope: Scope = Scope.PATIENT
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFault:
    """Something is wrong with the station itself, or is not any longer; or it is about something else now.

    Attributes:
        fault: What.
        present: Whether it is.
        detail: Why, one sentence.
        about: What it concerns, for the detail of its alarm: parameters, monitors.
    """

    fault: Fault
    present: bool
    detail: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectMonitor:
    """A monitor is to be heard from now on, or was disconnected on purpose (refused while infusing).

    Attributes:
        expected: Whether one is to be heard.
        silent_after_s: With no valid frame for so long nothing is current: what the family says.
        keeps: What the monitors that are to be heard have measured: nothing else is expected any more;
            None: of all that were heard.
    """

    expected: bool
    who: str
    silent_after_s: float = 5.0
    keeps: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportGap:
    """The program was not watching: it was started again, or the computer slept."""

    seconds: float
    why: str = ""


AlarmCommand = (
    Acknowledge | PauseAudio | CancelPause | SwitchOff | SwitchOn | NewPatient | SetPhase
    | EnterResponsiveness | SetCheckDue | SetCuffInterval | SetBaseline
    | SetLimit | SetFault | ExpectMonitor | ReportGap
)  # fmt: skip
