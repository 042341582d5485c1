"""The alarms of one bed: its engine, what it gave, what a restart needs. The station's thread alone calls it.

There is an engine only while something is watched: from the first monitor that is connected until the
session ends. So limits, pauses and switched-off alarms of one patient cannot reach the next.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from nurse_station.alarms.bedside import Heard
from nurse_station.alarms.changes import Entry
from nurse_station.alarms.commands import (
    AlarmCommand,
    CancelPause,
    ExpectMonitor,
    NewPatient,
    PauseAudio,
    ReportGap,
    SetFault,
)
from nurse_station.alarms.engine import AlarmEngine, resumed
from nurse_station.alarms.lifecycle import State
from nurse_station.alarms.limits import Limits
from nurse_station.alarms.memory import AlarmMemory
from nurse_station.alarms.signals import AlarmStatus, AudioSignal
from nurse_station.alarms.words import Fault, Kind, Phase, Priority
from nurse_station.records.words import STATION
from nurse_station.station.journal import ALARM_MEMORY, BedJournal
from nurse_station.station.snapshots import NO_ALARMS, BedAlarms

About = Mapping[Fault, tuple[str, ...]]
NOTHING: About = MappingProxyType({})
NOT_WATCHED = "nothing is watched here: connect a monitor first."


class AlarmKeeper:
    """Keeps one bed's alarms.

    Attributes:
        log: Every entry since the first monitor was connected, or of the resumed session; grows at its end
            only, and is another list for another patient.
    """

    def __init__(self, journal: BedJournal, limits: Callable[[], Limits]) -> None:
        """Store the bed's journal, and what gives the limits that a new patient starts with."""
        self.log: list[Entry] = []
        self._journal = journal
        self._limits = limits
        self._engine: AlarmEngine | None = None
        self._faults: dict[Fault, tuple[str, ...]] = {}
        self._memory: dict[str, object] = {}
        self._picture: BedAlarms | None = NO_ALARMS

    @property
    def watching(self) -> bool:
        """Whether anything can alarm here."""
        return self._engine is not None

    @property
    def phase(self) -> Phase:
        """Where the patient is in the treatment."""
        return Phase.IDLE if self._engine is None else self._engine.phase

    @property
    def limits(self) -> Limits | None:
        """What is set here; None: nothing is watched."""
        return None if self._engine is None else self._engine.limits

    def watch(self, now: float) -> None:
        """Something is to be watched from now on, if nothing was."""
        if self._engine is None:
            self._engine = AlarmEngine(self._limits(), now)
            self._picture = None

    def rest(self) -> None:
        """Nothing is watched any more, and what was is forgotten."""
        self._engine, self._picture = None, NO_ALARMS
        self.log = []
        self._faults.clear()
        self._memory = {}

    @property
    def memory(self) -> AlarmMemory:
        """What `resume` goes on with."""
        return AlarmMemory() if self._engine is None else self._engine.memory()

    def resume(self, memory: AlarmMemory, now: float, gap_s: float | None, log: Iterable[Entry] = ()) -> None:
        """Go on with the alarms of a session that was left `gap_s` seconds ago; None: just now."""
        self._engine = resumed(memory, self._limits(), now, gap_s)
        self.log = list(log)
        self.tick(now)

    def hear(self, events: Sequence[Heard], now: float) -> None:
        """Take what the monitors said."""
        if self._engine is not None and events:
            self._keep(self._engine.update(events, now))

    def tick(self, now: float) -> None:
        """Let time pass."""
        if self._engine is not None:
            self._keep(self._engine.tick(now))

    def expect(
        self, expected: bool, silent_after_s: float, who: str, now: float, keeps: Iterable[str] | None = None
    ) -> None:
        """A monitor is to be heard from now on, or none is any more; `keeps`: see ExpectMonitor."""
        kept = None if keeps is None else frozenset(keeps)
        command = ExpectMonitor(expected=expected, silent_after_s=silent_after_s, who=who, keeps=kept)
        self.ask(command, now)

    def gap(self, seconds: float, why: str, now: float) -> None:
        """Nobody watched for a while, and the clock did not show it."""
        self.ask(ReportGap(seconds=seconds, why=why), now)

    def tell(self, faults: Mapping[Fault, str], now: float, about: About = NOTHING) -> None:
        """What is wrong with the station now, and what each of it is about."""
        if not self.watching:
            return
        told = {fault: about.get(fault, ()) for fault in faults}
        for fault in sorted(told.keys() | self._faults.keys()):
            if told.get(fault) != self._faults.get(fault):
                self.ask(SetFault(fault=fault, present=fault in told, detail=faults.get(fault, ""),
                                  about=told.get(fault, ())), now)  # fmt: skip
        self._faults = told

    def new_patient(self, who: str, now: float) -> None:
        """The patient has left: written into their journal, while it is still theirs."""
        self.ask(NewPatient(who=who), now)

    def pause(self, who: str, now: float) -> bool:
        """Pause the sound. False: nothing is watched here, or it is paused already."""
        return self.watching and not self.ask(PauseAudio(who=who), now)

    def cancel_pause(self, who: str, now: float) -> bool:
        """End a pause. False: none runs."""
        return self.watching and not self.ask(CancelPause(who=who), now)

    def ask(self, command: AlarmCommand, now: float) -> str:
        """Do it; or the sentence that says why not."""
        if self._engine is None:
            return NOT_WATCHED
        answer = self._engine.command(command, now)
        self._keep(answer.entries)
        return answer.sentence

    def picture(self) -> BedAlarms:
        """The alarms as they were when they last heard, or time last passed."""
        if self._picture is None and self._engine is not None:
            self._picture = _picture(self._engine)
        return self._picture or NO_ALARMS

    def _keep(self, entries: Iterable[Entry]) -> None:
        self._picture = None
        kept = tuple(entries)
        for entry in kept:
            self.log.append(entry)
            self._journal.alarm(entry)
        if kept:
            self._keep_memory()

    def _keep_memory(self) -> None:
        """For a restart; only where a session can go on, and only what is new."""
        if self._engine is None or self._journal.session is None:
            return
        memory = self._engine.memory().as_json()
        # The time until a check counts down by itself.
        news = {key: value for key, value in memory.items() if key != "check_due_in_s"}
        news["check_due"] = self._engine.check_due_at
        if news != self._memory:
            self._memory = news
            self._journal.note(ALARM_MEMORY, memory, STATION, shown=False)


def _picture(engine: AlarmEngine) -> BedAlarms:
    return BedAlarms(
        present=engine.statuses(),
        off=MappingProxyType(dict(engine.off)),
        pause=engine.pause,
        sound=engine.sound(),
        phase=engine.phase,
        limits=engine.limits,
        check_due_at=engine.check_due_at,
    )


def unknown_alarms(since: float) -> BedAlarms:
    """A bed whose alarms themselves met a fault: nobody knows, and that is an alarm.

    Args:
        since: Monotonic seconds.
    """
    lost = AlarmStatus(
        condition="link_lost", kind=Kind.TECHNICAL, priority=Priority.HIGH, state=State.ACTIVE, since=since,
        onset=since, value=None, limit=None, acknowledged=False, hidden_by="", off=False, why_off="",
        text="alarm.link_lost", detail=(Fault.PROGRAM_FAULT.value,), repeat_at=None,
    )  # fmt: skip
    sound = AudioSignal(condition="link_lost", priority=Priority.HIGH, repeats=True, began=since)
    return BedAlarms(present=(lost,), sound=sound)
