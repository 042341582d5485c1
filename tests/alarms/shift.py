"""Random shifts at a bed, and what must hold in each of them: the invariants I1 to I12.

`python -m tests.alarms.shift STEPS SEED` takes so many steps and exits with 1 when an invariant broke.
"""

import json
import sys
from dataclasses import replace

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from nurse_station.alarms import commands as ask
from nurse_station.alarms.bedside import Heard
from nurse_station.alarms.changes import ActTaken, AlarmChange, Entry
from nurse_station.alarms.conditions import CONDITIONS
from nurse_station.alarms.engine import AlarmEngine, resumed
from nurse_station.alarms.lifecycle import TRANSITIONS, Event, Life, State
from nurse_station.alarms.limit_rows import LIMIT_ROWS
from nurse_station.alarms.limits import Scope, checked
from nurse_station.alarms.memory import AlarmMemory
from nurse_station.alarms.signals import AlarmStatus
from nurse_station.alarms.words import Fault, Kind, Priority
from nurse_station.alarms.words import Phase as Treatment
from nurse_station.vitals.readings import (
    DeviceCondition,
    FrameAccepted,
    FrameRefused,
    Missing,
    Quality,
    Reading,
)
from tests.alarms.bed import FACTORY

STEPS_A_SHIFT = 50
TICK = 0.25
WHO = "M. Roy"
PRESENT = (State.ACTIVE, State.UNRESOLVED)
SOUNDS_ANEW = {Event.DELAY_ELAPSED, Event.ESCALATED, Event.REMINDED, Event.RESTORED}

spo2 = st.sampled_from([None, 0.0, 60.0, 83.0, 85.0, 87.0, 88.0, 91.0, 92.0, 92.9, 93.0, 97.0, 100.0, 250.0])
rates = st.sampled_from([None, 0.0, 30.0, 39.0, 45.0, 53.0, 70.0, 121.0, 150.0, 400.0])
breaths = st.sampled_from([None, 0.0, 5.0, 9.0, 10.0, 14.0, 27.0, 35.0])
co2 = st.sampled_from([None, 5.0, 20.0, 38.0, 52.0, 65.0])
cuffs = st.sampled_from([None, 80.0, 95.0, 130.0, 165.0, 185.0, 210.0])
keys = st.sampled_from(sorted(CONDITIONS))
device_keys = st.sampled_from(
    ["no_breath", "asystole", "apnoea", "spo2_off", "spo2_searching", "breath_unknown"]
)


class Shift(RuleBasedStateMachine):
    """A nurse, a patient and a monitor that do anything at all; two engines that must agree.

    `twin` hears the same with another device clock: whatever the wall says, it decides the same (I10).
    """

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.engine = AlarmEngine(FACTORY, self.now)
        self.twin = AlarmEngine(FACTORY, self.now)
        self.lives: dict[str, Life] = {}
        self.number = 0
        self.before: tuple[AlarmStatus, ...] = ()
        self.low_since: float | None = None
        self.seen: set[str] = set()

    @initialize()
    def first_frame(self) -> None:
        self._hear([FrameAccepted(at=self.now, size=1)])

    # What the monitor does.

    @rule(oxygen=spo2, hr=rates, rr=breaths, etco2=co2, seconds=st.integers(1, 17), doubt=st.booleans())
    def values(self, oxygen: float | None, hr: float | None, rr: float | None, etco2: float | None,
               seconds: int, doubt: bool) -> None:  # fmt: skip
        for _ in range(seconds):
            self.now += 1.0
            self._hear([
                FrameAccepted(at=self.now, size=1),
                self._reading("spo2", oxygen, doubt), self._reading("hr", hr), self._reading("rr_co2", rr),
                self._reading("etco2", etco2),
            ])  # fmt: skip
            self._model(oxygen)

    @rule(systolic=cuffs)
    def cuff(self, systolic: float | None) -> None:
        self._hear([self._reading("nibp_sys", systolic)])

    @rule(key=device_keys, active=st.booleans())
    def device_says(self, key: str, active: bool) -> None:
        if key == "spo2_off" and active:
            self.low_since = None
        self._hear([DeviceCondition(key=key, active=active, at=self.now, source="test")])

    @rule(count=st.integers(1, 9))
    def damage(self, count: int) -> None:
        self._hear([FrameRefused(reason="checksum", frame=b"", at=self.now, size=1)] * count)

    @rule(seconds=st.sampled_from([0.25, 1.0, 6.0, 11.0, 30.0, 90.0]))
    def silence(self, seconds: float) -> None:
        self.low_since = None
        self._pass(seconds)

    @rule(seconds=st.sampled_from([11.0, 3600.0, 365 * 86400.0, -5.0]))
    def jump(self, seconds: float) -> None:
        """The computer slept, or the clock is broken."""
        self.low_since = None
        entries = self.engine.tick(self.now + seconds)
        assert entries == self.twin.tick(self.now + seconds)
        self.now += max(0.0, seconds)
        self._record(entries)

    # What people do.

    @rule()
    def acknowledge(self) -> None:
        self._do(ask.Acknowledge(who=WHO))

    @rule(start=st.booleans())
    def pause(self, start: bool) -> None:
        self._do(ask.PauseAudio(who=WHO) if start else ask.CancelPause(who=WHO))

    @rule(key=keys, off=st.booleans())
    def switch(self, key: str, off: bool) -> None:
        self._do(ask.SwitchOff(condition=key, why="noise", who=WHO) if off
                 else ask.SwitchOn(condition=key, who=WHO))  # fmt: skip
        if self.engine.phase is Treatment.INFUSING:
            assert not self.engine.off.keys() & {"spo2_low", "apnoea", "link_lost"}

    @rule(phase=st.sampled_from(Treatment))
    def phase(self, phase: Treatment) -> None:
        self._do(ask.SetPhase(phase=phase, who=WHO))

    @rule(moaas=st.none() | st.integers(0, 5), rass=st.none() | st.integers(-5, 4))
    def responsiveness(self, moaas: int | None, rass: int | None) -> None:
        self._do(ask.EnterResponsiveness(who=WHO, moaas=moaas, rass=rass))

    @rule(after=st.sampled_from([None, 0.0, 30.0]), interval=st.sampled_from([None, 60.0]))
    def dues(self, after: float | None, interval: float | None) -> None:
        self._do(ask.SetCheckDue(at=None if after is None else self.now + after, who=WHO))
        self._do(ask.SetCuffInterval(seconds=interval, who=WHO))

    @rule(fault=st.sampled_from(Fault), present=st.booleans())
    def fault(self, fault: Fault, present: bool) -> None:
        self._do(ask.SetFault(fault=fault, present=present))

    @rule(expected=st.booleans())
    def monitor(self, expected: bool) -> None:
        if self._do(ask.ExpectMonitor(expected=expected, who=WHO)):
            self.low_since = None

    @rule(key=st.sampled_from(sorted(set(LIMIT_ROWS) - {k for k in LIMIT_ROWS if k.startswith("spo2_low")})),
          share=st.floats(-0.2, 1.2), scope=st.sampled_from([Scope.PATIENT, Scope.CLINIC]))  # fmt: skip
    def limit(self, key: str, share: float, scope: Scope) -> None:
        """I11: no edit leaves its range or lets limits meet."""
        row = LIMIT_ROWS[key]
        number = row.low + share * (row.high - row.low)
        done = self._do(ask.SetLimit(key=key, number=number, who=WHO, scope=scope))
        assert not done or row.low <= number <= row.high
        assert checked(self.engine.limits.effective)

    @rule(hr=st.floats(30, 120), systolic=st.floats(80, 180))
    def baseline(self, hr: float, systolic: float) -> None:
        self._do(ask.SetBaseline(baseline={"hr": hr, "nibp_sys": systolic}, who=WHO))
        assert checked(self.engine.limits.effective)

    @rule()
    def new_patient(self) -> None:
        """I9: everything of the last patient is undone."""
        clinic = self.engine.limits.for_new_patient()
        self._do(ask.NewPatient(who=WHO))
        self.low_since = None
        assert (self.engine.limits, self.engine.off, self.engine.pause) == (clinic, {}, None)
        patient = [s for s in self.engine.statuses() if s.kind is not Kind.TECHNICAL]
        assert all(s.condition in ("asystole", "apnoea") for s in patient)  # the monitor reports them now

    @rule(gap=st.floats(1, 600))
    def restart(self, gap: float) -> None:
        """I12: what was present is there again, with its limits, and the gap is told."""
        present = {s.condition: s for s in self.engine.statuses() if s.state in PRESENT}
        body = json.loads(json.dumps(self.engine.memory().as_json()))
        limits = self.engine.limits
        clinic = limits.for_new_patient()
        self.engine = resumed(AlarmMemory.from_json(body), clinic, self.now, gap)
        self.twin = resumed(AlarmMemory.from_json(body), clinic, self.now, gap)
        assert self.engine.limits == limits
        assert {s.condition for s in self.engine.statuses() if s.state is State.UNRESOLVED} == present.keys()
        self.lives, self.number, self.before = {}, 0, ()
        self.low_since = None
        entries = self.engine.tick(self.now)
        assert entries == self.twin.tick(self.now)
        self._record(entries)
        assert any(s.condition == "monitoring_gap" for s in self.engine.statuses())
        for key, status in present.items():
            if status.kind is Kind.PHYSIOLOGICAL and key != "airway_pattern":
                assert key in {s.condition for s in self.engine.statuses()}

    # What must always be so.

    @invariant()
    def a_high_alarm_is_seen(self) -> None:
        """I3."""
        statuses = self.engine.statuses()
        if any(s.priority is Priority.HIGH for s in statuses):
            assert any(s.visible and s.priority is Priority.HIGH for s in statuses)

    @invariant()
    def a_pause_ends(self) -> None:
        """I4."""
        pause = self.engine.pause
        assert pause is None or (pause.until - pause.began <= 120 and self.engine._now < pause.until)

    @invariant()
    def one_sound_of_the_highest_priority(self) -> None:
        """I6."""
        sound = self.engine.sound()
        if self.engine.pause is not None:
            assert sound is None
            return
        waiting = [
            s.priority for s in self.engine.statuses()
            if s.state in PRESENT and not (s.acknowledged or s.hidden_by or s.off)
            and not CONDITIONS[s.condition].one_burst and self._now_priority(s) is s.priority
        ]  # fmt: skip
        loud = Priority.NONE if sound is None else sound.priority
        assert loud >= max(waiting, default=Priority.NONE)

    @invariant()
    def a_low_oxygen_that_lasted_is_active(self) -> None:
        """I1 and I2, against a count of seconds of its own."""
        state = next((s.state for s in self.engine.statuses() if s.condition == "spo2_low"), State.INACTIVE)
        if self.low_since is not None and self.now - self.low_since >= 15 + TICK:
            assert state is State.ACTIVE

    @invariant()
    def only_what_was_clear_for_three_seconds_has_ended(self) -> None:
        """I2: nothing else ends an alarm of the patient, and I7: nobody but a person ends what latched."""
        statuses = self.engine.statuses()
        now = {s.condition: s.state for s in statuses}
        for was in self.before:
            if was.state is State.LATCHED and was.condition not in now:
                assert was.condition in self.seen
        self.before = statuses
        self.seen.clear()

    @invariant()
    def the_record_tells_what_is(self) -> None:
        """I8: the transitions, replayed, lead to the states that are shown."""
        shown = {s.condition: Life(s.state, s.acknowledged) for s in self.engine.statuses()}
        told = {key: life for key, life in self.lives.items()
                if life.state not in (State.INACTIVE, State.PENDING)}  # fmt: skip
        assert shown == told

    def teardown(self) -> None:
        """I4: whatever was done, a pause is over two minutes later."""
        if self.engine.pause is not None:
            self._pass(120.0)
        pause = self.engine.pause
        assert pause is None

    # The same to both engines, and what they answer.

    def _reading(self, key: str, value: float | None, doubt: bool = False) -> Reading:
        quality = Quality.MISSING if value is None else Quality.QUESTIONABLE if doubt else Quality.GOOD
        return Reading(parameter=key, value=value, at=self.now, source="test", quality=quality,
                       why=Missing.INVALID if value is None else None)  # fmt: skip

    def _hear(self, heard: list[Heard]) -> None:
        entries = self.engine.update(heard, self.now)
        assert entries == self.twin.update([_another_wall(each) for each in heard], self.now)
        self._record(entries)

    def _pass(self, seconds: float) -> None:
        """Ticks, one a second."""
        step = TICK if seconds < 1 else 1.0
        for _ in range(max(1, round(seconds / step))):
            self.now += step
            entries = self.engine.tick(self.now)
            assert entries == self.twin.tick(self.now)
            self._record(entries)

    def _do(self, command: ask.AlarmCommand) -> bool:
        answer = self.engine.command(command, self.now)
        assert answer == self.twin.command(command, self.now)
        assert answer.done is not bool(answer.sentence)
        self._record(list(answer.entries), ends_pause=isinstance(command, ask.PauseAudio))
        return answer.done

    def _record(self, entries: list[Entry], ends_pause: bool = False) -> None:
        """I8: in order, none missing, each from where the last one led."""
        for entry in entries:
            self.number += 1
            assert entry.number == self.number
            if isinstance(entry, AlarmChange):
                self._follow(entry)
        if not ends_pause:
            self._breakthrough(entries)

    def _follow(self, change: AlarmChange) -> None:
        life = self.lives.get(change.condition, Life(State.INACTIVE))
        assert life.state is change.before
        self.lives[change.condition] = TRANSITIONS[life][change.event]
        assert self.lives[change.condition] == Life(change.after, change.acknowledged)
        if change.event in (Event.ACKNOWLEDGED, Event.RESET):
            self.seen.add(change.condition)
        if change.kind is Kind.PHYSIOLOGICAL and change.event in (Event.ENDED, Event.ENDED_UNSEEN):
            assert change.before is not State.UNRESOLVED  # I2

    def _breakthrough(self, entries: list[Entry]) -> None:
        """I5: something new and at least as urgent ends a pause."""
        pause = self.engine.pause
        if pause is None or any(isinstance(e, ActTaken) for e in entries):
            return
        for entry in entries:
            if isinstance(entry, AlarmChange) and entry.event in SOUNDS_ANEW and entry.priority >= pause.over:
                assert entry.hidden_by or entry.condition in self.engine.off

    def _now_priority(self, status: AlarmStatus) -> Priority:
        return self.engine._tracks[status.condition].priority

    def _model(self, oxygen: float | None) -> None:
        """Since when SpO2 has been low, told apart from the engine: GOOD values only, no gap, no step."""
        known = oxygen is not None and 1 <= oxygen <= 100 and "spo2_off" not in self.engine._bed.device
        if not known or oxygen is None or oxygen >= 92:
            self.low_since = None
        elif self.engine._bed.value("spo2", self.now) is None:
            self.low_since = None  # an impossible step: this sample is doubted
        elif self.low_since is None:
            self.low_since = self.now


def _another_wall(heard: Heard) -> Heard:
    """The same, as a monitor says it whose clock is decades off."""
    return replace(heard, device_time=heard.at + 1e9) if isinstance(heard, Reading) else heard


def work(steps: int, number: int) -> None:
    """Take so many steps with the chance of seed `number`. Raises what an invariant raises."""
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        seed(number)(Shift),
        settings=settings(
            max_examples=max(1, steps // STEPS_A_SHIFT),
            stateful_step_count=STEPS_A_SHIFT,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )


if __name__ == "__main__":
    work(int(sys.argv[1]), int(sys.argv[2]))
