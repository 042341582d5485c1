"""What a screen may ask for: frozen commands, answered by the next snapshots."""

from dataclasses import dataclass
from enum import StrEnum

from nurse_station.alarms.commands import AlarmCommand
from nurse_station.sessions.deeds import Deed, Override


class PortKind(StrEnum):
    """Where a monitor's bytes come from."""

    SERIAL = "serial"
    """A serial port by its path, or a pyserial URL (socket://host:port)."""
    CAPTURE = "capture"
    """A file of recorded bytes."""
    SIMULATOR = "simulator"
    """A simulated patient, in memory."""


FOR_PATIENTS = (
    "This station is for patients; nothing simulated or recorded enters their record. Practise with "
    "Practise… (Ctrl+Shift+L), or start with --simulate or --replay."
)
FOR_PRACTICE = (
    "This station is for practice; a patient is never recorded as practice. Connect the monitor at the "
    "station for patients."
)


def why_apart(kind: PortKind, *, practice: bool) -> str:
    """Why a source is not connected at a station for practice, or at one for patients; empty: it is."""
    if practice == (kind is not PortKind.SERIAL):
        return ""
    return FOR_PRACTICE if practice else FOR_PATIENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectMonitor:
    """Connect a monitor to a bed. Replaces a line to the same kind of monitor at that bed.

    Attributes:
        bed: Key of the bed.
        driver: Key of the monitor family.
        kind: Where the bytes come from.
        port: Path of the port or file; for a simulator, empty.
        baud_rate: For a serial line: bit/s, one that the family's monitors use; None: the usual one.
        serial_number: The USB adaptor's serial number, so that a renumbered port is found; may be empty.
        speed: For a capture: how many times as fast as it was recorded (delays of alarms count in the
            room's seconds); inf: as fast as it goes, which neither alarms nor sounds.
        seed: For a simulator: which patient.
    """

    bed: str
    driver: str
    kind: PortKind
    port: str = ""
    baud_rate: int | None = None
    serial_number: str = ""
    speed: float = 1.0
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DisconnectMonitor:
    """Close the line to one monitor of a bed. Its session goes on until it is ended."""

    bed: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSession:
    """End the running session of a bed and close its lines; what comes next is another patient's."""

    bed: str
    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameBed:
    """Give a bed another name."""

    bed: str
    name: str
    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote:
    """Write a free note into the record of the running session."""

    bed: str
    text: str
    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangeBeds:
    """The room's beds and the clinic's name, as the settings have them now.

    Attributes:
        beds: (key, name) of each bed in the clinic's order. A bed in use cannot be left out.
        clinic: The clinic's name; may be empty.
    """

    beds: tuple[tuple[str, str], ...]
    clinic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAlarms:
    """Something asked of the alarms of one bed: acknowledge, pause the sound, switch one off, set a limit.

    A SetLimit for the clinic's scope is set for every bed and kept for the patients that come.
    """

    bed: str
    command: AlarmCommand


@dataclass(frozen=True, slots=True, kw_only=True)
class DoDeed:
    """Something done or found for the patient of a bed; the rules decide, the journal keeps it.

    Attributes:
        bed: Key of the bed.
        deed: What (`sessions.deeds`). The first one at a bed is PatientBound; with it the session begins
            if no monitor began it.
        who: The nurse's name or initials.
        overrides: What a licensed prescriber lets pass.
        protocol: Key of the protocol, with ScreeningBegun; empty: the clinic's first.
        at: When it was done, session seconds, for what is entered later; None: now.
    """

    bed: str
    deed: Deed
    who: str
    overrides: tuple[Override, ...] = ()
    protocol: str = ""
    at: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectDeed:
    """Replace an entry of the day by another of its kind, or withdraw it; the old one stays readable."""

    bed: str
    number: int
    deed: Deed
    who: str
    why: str
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseRoom:
    """Pause the sound of every bed that sounds or may sound, 120 s each; again: cancel every pause."""

    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TestSound:
    """Play the self-test and say whether it could be heard."""

    __test__ = False  # not a test of pytest's

    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetVolume:
    """How loud alarms are: 0 to 1, never silent."""

    volume: float
    who: str = ""


Command = (
    ConnectMonitor | DisconnectMonitor | EndSession | RenameBed | AddNote | ArrangeBeds
    | AskAlarms | DoDeed | CorrectDeed | PauseRoom | TestSound | SetVolume
)  # fmt: skip
