"""What the station gives a screen besides snapshots: the calls it may make, and what it may choose from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from nurse_station.alarms.changes import Entry
from nurse_station.infusion.protocol import Protocol as InfusionProtocol
from nurse_station.sessions.course import Day
from nurse_station.sessions.deeds import Patient
from nurse_station.sessions.states import State
from nurse_station.station.commands import Command
from nurse_station.station.history import History
from nurse_station.station.past import PastSession, PastSummary, PastWaves
from nurse_station.station.snapshots import RoomSnapshot
from nurse_station.vitals.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChoice:
    """One way to set a serial line for a family: its speed, and all of it in an engineer's words."""

    baud_rate: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitorChoice:
    """A monitor family that can be connected.

    Attributes:
        key: The driver's key.
        name: As a nurse reads it.
        models: The monitors that speak it.
        line: Line settings in an engineer's words, e.g. "19200 8E1, RTS/CTS".
        notes: Cable and settings to mind, one or two sentences; may be empty.
        lines: Every line setting that its monitors use, the usual one first.
    """

    key: str
    name: str
    models: tuple[str, ...]
    line: str
    notes: str = ""
    lines: tuple[LineChoice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PortChoice:
    """A serial port of this computer.

    Attributes:
        path: What opens it, e.g. "/dev/ttyUSB0" or "COM4".
        name: What it is, by its USB vendor and product, or by its path.
        serial_number: Of the USB adaptor; empty: it has none.
        used_by: Name of the bed that holds it; empty: free.
    """

    path: str
    name: str
    serial_number: str = ""
    used_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of a command, for the person who gave it.

    Attributes:
        done: Whether it was done.
        sentence: What happened, or why not and what to do.
        bed: Key of the bed it was for; empty: the whole room.
    """

    done: bool
    sentence: str
    bed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientDay:
    """One day of one patient in the record, for the list of patients and courses.

    Attributes:
        session: Name of the session.
        patient: Who.
        course, day, days: Day n of N of a course; course may be empty.
        started: When, UTC.
        bed: Name of the bed.
        state: Where the day ended, or is.
        outcome: The day as `sessions.course` sees it; None: nothing was infused.
        simulated: Not a patient.
        ended: It is over.
        protocol: Key of the protocol whose rules held; empty: the record does not say.
    """

    session: str
    patient: Patient
    course: str
    day: int
    days: int
    started: datetime
    bed: str
    state: State
    outcome: Day | None
    simulated: bool = False
    ended: bool = False
    protocol: str = ""


class RecognitionState(StrEnum):
    """The life of a recognition."""

    RUNNING = "running"
    FOUND = "found"
    NOT_FOUND = "not_found"
    """All was tried; `advice` says what to do."""
    FAILED = "failed"
    """The port cannot be opened, was lost, or is a bed's; `advice` says why."""
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """The monitor that speaks on a port.

    Attributes:
        family: The driver's key.
        name: As a nurse reads it.
        line: How the line was set, in an engineer's words.
        baud_rate: What ConnectMonitor is to be given; None: the family's usual speed.
    """

    family: str
    name: str
    line: str
    baud_rate: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognitionSnapshot:
    """How a recognition goes.

    Attributes:
        port: Where it listens.
        state: See RecognitionState.
        step, steps: Which attempt of how many; step 0: not begun.
        doing: What is being tried, e.g. "listening at 9600 8N1".
        bytes_heard: In this attempt.
        raw: The last of them, at most 128.
        tried: What each attempt so far brought, a sentence each.
        found: The monitor; None: not found, or not yet.
        advice: What to do when it was not found, the most telling sentence first.
    """

    port: str
    state: RecognitionState = RecognitionState.RUNNING
    step: int = 0
    steps: int = 0
    doing: str = ""
    bytes_heard: int = 0
    raw: bytes = b""
    tried: tuple[str, ...] = ()
    found: Recognised | None = None
    advice: tuple[str, ...] = ()


class Recognition(Protocol):
    """A recognition that runs on the station's side. Every call returns at once."""

    def picture(self) -> RecognitionSnapshot:
        """How it goes."""

    def stop(self) -> None:
        """Let the port go, within a second on a serial port. Stopping twice does nothing."""


class StationView(Protocol):
    """All that a screen may ask of the station, from any thread. Calls return at once unless they say so."""

    clock: Clock

    def snapshot(self) -> RoomSnapshot:
        """The newest picture of the room."""

    def history(self, bed: str) -> History:
        """What the bed has seen. Raises KeyError for a bed that the room does not have."""

    def alarm_log(self, bed: str) -> Sequence[Entry]:
        """Every transition of an alarm and every act on it in the running session, oldest first.

        It grows at its end only; for another session it is another sequence. Raises KeyError for a
        bed that the room does not have.
        """

    def protocols(self) -> Mapping[str, InfusionProtocol]:
        """The infusion protocols of this clinic, by key; the first one is offered first."""

    def days(self) -> tuple[PatientDay, ...]:
        """Every day in the record that has a patient, newest first (may take a moment: not in each frame)."""

    def past_sessions(self) -> tuple[PastSummary, ...]:
        """Every session in the record, newest first. Raises PastError.

        This and the next two read the disk, up to a second: they belong in a thread of their own.
        """

    def past(self, session: str) -> PastSession:
        """One session of the record, its waves left out. Raises PastError."""

    def past_waves(self, session: str, at: float, seconds: float) -> PastWaves:
        """The waves of `seconds` (at most 60) around unix second `at` of a session. Raises PastError."""

    def send(self, command: Command) -> None:
        """Ask for something; the next snapshots show it, `answers` says what became of it."""

    def answers(self) -> list[Answer]:
        """What became of commands since the last call."""

    def monitors(self) -> tuple[MonitorChoice, ...]:
        """The monitor families that can be connected."""

    def ports(self) -> tuple[PortChoice, ...]:
        """The serial ports of this computer, as they are now (takes a few milliseconds)."""

    def identify(self, port: str) -> Recognition:
        """Find out which monitor speaks on a port (a path or a URL); takes up to a minute.

        A port that a bed holds is never tried, and is left at once when a bed asks for it.
        """
