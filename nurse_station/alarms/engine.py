"""The alarms of one bed: readings, commands and a monotonic time in; changes, statuses and one sound out.

Deterministic: the same inputs at the same times give the same outputs, so a recording replays to the same
alarms. It reads no clock and keeps no thread. It refuses with a sentence, never with an exception.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from nurse_station.alarms.baseline import proposals
from nurse_station.alarms.changes import Act, Entry
from nurse_station.alarms.commands import (
    Acknowledge,
    AlarmCommand,
    CancelPause,
    EnterResponsiveness,
    ExpectMonitor,
    NewPatient,
    PauseAudio,
    ReportGap,
    SetBaseline,
    SetCheckDue,
    SetCuffInterval,
    SetFault,
    SetLimit,
    SetPhase,
    SwitchOff,
    SwitchOn,
)
from nurse_station.alarms.conditions import CONDITIONS
from nurse_station.alarms.limits import Limits, LimitsError, Scope
from nurse_station.alarms.memory import AlarmMemory
from nurse_station.alarms.refusals import Situation, refusal
from nurse_station.alarms.signals import Pause, loudest
from nurse_station.alarms.watch import PAUSE_S, STATION, Watch
from nurse_station.alarms.words import Phase, Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of a command.

    Attributes:
        done: Whether it was done.
        sentence: Why not, and what to do instead; empty: it was done.
        entries: What changed, for the record.
    """

    done: bool
    sentence: str
    entries: tuple[Entry, ...]


class AlarmEngine(Watch):
    """A bed's alarms: see `Watch` for what it gives."""

    def command(self, command: AlarmCommand, now: float) -> Answer:
        """Do what a person, or the station, asks at monotonic second `now`; or say why not."""
        self._advance(now)
        seen = Situation(now=self._now, phase=self.phase, pause=self.pause, off=self.off.keys())
        sentence = refusal(command, seen) or _DOES[type(command)](self, command)
        self._step()
        return Answer(done=not sentence, sentence=sentence, entries=tuple(self._taken()))

    def _acknowledge(self, command: Acknowledge) -> str:
        for track in self._tracks.values():
            self._run(track, track.acknowledge(self._now), command.who)
        return ""

    def _pause(self, command: PauseAudio) -> str:
        track = loudest(self._tracks, self.off, self._now)
        over = Priority.NONE if track is None else track.audible(self._now)
        self.pause = Pause(began=self._now, until=self._now + PAUSE_S, over=over, who=command.who)
        self._note(Act.AUDIO_PAUSED, command.who, until=self.pause.until)
        return ""

    def _cancel(self, command: CancelPause) -> str:
        self._end_pause("cancelled", command.who)
        return ""

    def _switch_off(self, command: SwitchOff) -> str:
        self.off[command.condition] = command.why
        self._note(Act.SWITCHED_OFF, command.who, condition=command.condition, why=command.why)
        return ""

    def _switch_on(self, command: SwitchOn) -> str:
        self._on(command.condition, command.who, "")
        return ""

    def _on(self, condition: str, who: str, why: str) -> None:
        del self.off[condition]
        self._note(Act.SWITCHED_ON, who, condition=condition, why=why)

    def _new_patient(self, command: NewPatient) -> str:
        self._note(Act.NEW_PATIENT, command.who)
        for track in self._tracks.values():
            self._run(track, track.reset())
        for condition in tuple(self.off):
            self._on(condition, command.who, "new patient")
        if self.pause is not None:
            self._end_pause("new patient", command.who)
        self._set_limits(self.limits.for_new_patient())
        self._bed.new_patient()
        self.without_s = dict.fromkeys(self.without_s, 0.0)
        return ""

    def _set_phase(self, command: SetPhase) -> str:
        self._bed.care.phase = command.phase
        self._note(Act.PHASE_SET, command.who, why=command.phase.value)
        if command.phase is Phase.INFUSING:
            for condition in [key for key in self.off if CONDITIONS[key].guarded]:
                self._on(condition, STATION, "the infusion runs")
        return ""

    def _found(self, command: EnterResponsiveness) -> str:
        self._bed.care.moaas, self._bed.care.rass = command.moaas, command.rass
        scores = (("MOAA/S", command.moaas), ("RASS", command.rass))
        why = ", ".join(f"{scale} {score}" for scale, score in scores if score is not None)
        self._note(Act.FOUND, command.who, why=why or "not assessed")
        return ""

    def _check_due(self, command: SetCheckDue) -> str:
        self._bed.care.check_due_at = command.at
        self._note(Act.DUE_SET, command.who, condition="check_overdue", until=command.at)
        return ""

    def _cuff_interval(self, command: SetCuffInterval) -> str:
        self._bed.care.cuff_interval_s = command.seconds
        self._bed.care.cuff_since = self._now
        until = None if command.seconds is None else self._now + command.seconds
        self._note(Act.DUE_SET, command.who, condition="nibp_overdue", until=until)
        return ""

    def _baseline(self, command: SetBaseline) -> str:
        changes = [(each.key, each.new) for each in proposals(self.limits, command.baseline)]
        return self._change_limits(Scope.PATIENT, changes, command.who, "from baseline")

    def _limit(self, command: SetLimit) -> str:
        return self._change_limits(command.scope, [(command.key, command.number)], command.who, command.why)

    def _change_limits(self, scope: Scope, numbers: list[tuple[str, float]], who: str, why: str) -> str:
        """All of them, or none with a sentence."""
        limits, changes = self.limits, []
        try:
            for key, number in numbers:
                limits, change = limits.set(scope, key, number, who, why)
                changes.append(change)
        except LimitsError as error:
            return str(error)
        self._set_limits(limits)
        for change in changes:
            self._note(Act.LIMIT_SET, who, condition=change.key.partition(".")[0], why=why, change=change)
        return ""

    def _fault(self, command: SetFault) -> str:
        known = self._bed.faults.get(command.fault)
        if known == (command.about if command.present else None):
            return ""
        self._bed.faults.pop(command.fault, None)
        if command.present:
            self._bed.faults[command.fault] = command.about
        word = "ended" if not command.present else "began" if known is None else "goes on"
        said = (f"{command.fault} {word}", command.detail, ", ".join(command.about))
        self._note(Act.FAULT, STATION, why=": ".join(part for part in said if part))
        return ""

    def _expect(self, command: ExpectMonitor) -> str:
        self._bed.expect(command.expected, self._now, command.keeps)
        self._bed.silent_after_s = command.silent_after_s
        self._note(Act.MONITOR_EXPECTED, command.who, why="expected" if command.expected else "disconnected")
        return ""

    def _report_gap(self, command: ReportGap) -> str:
        self._gap(command.seconds, command.why)
        return ""


def resumed(memory: AlarmMemory, limits: Limits, now: float, gap_s: float | None) -> AlarmEngine:
    """An engine that goes on where another ended: what was present is at once there again, unresolved.

    Args:
        memory: What the other engine gave.
        limits: Of the factory and the clinic now; a set of the patient that no longer fits them is left out.
        now: Monotonic seconds.
        gap_s: How long nobody watched; it becomes the alarm `monitoring_gap`. None: practice went back to
            a moment, and nobody was away.

    The first `update` or `tick` gives the entries.
    """
    engine = AlarmEngine(_with_patient(limits, memory), now)
    engine.restore(memory, gap_s)
    return engine


def _with_patient(limits: Limits, memory: AlarmMemory) -> Limits:
    try:
        return Limits(factory=limits.factory, clinic=limits.clinic,
                      protocol=memory.protocol, patient=memory.patient)  # fmt: skip
    except LimitsError:
        return limits.for_new_patient()


_DOES: Mapping[type, Callable[[Any, Any], str]] = MappingProxyType({
    Acknowledge: AlarmEngine._acknowledge,
    PauseAudio: AlarmEngine._pause,
    CancelPause: AlarmEngine._cancel,
    SwitchOff: AlarmEngine._switch_off,
    SwitchOn: AlarmEngine._switch_on,
    NewPatient: AlarmEngine._new_patient,
    SetPhase: AlarmEngine._set_phase,
    EnterResponsiveness: AlarmEngine._found,
    SetCheckDue: AlarmEngine._check_due,
    SetCuffInterval: AlarmEngine._cuff_interval,
    SetBaseline: AlarmEngine._baseline,
    SetLimit: AlarmEngine._limit,
    SetFault: AlarmEngine._fault,
    ExpectMonitor: AlarmEngine._expect,
    ReportGap: AlarmEngine._report_gap,
})  # fmt: skip
