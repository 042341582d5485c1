"""One run of a scenario: body, monitors, alarms, day and timeline, a second at a time. Sans-I/O; no clock.

Seconds are those since the run began. The body has lived `lead_s` before: what was given until then is in it.
"""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Protocol as Shape

from nurse_station.alarms.bearing import AIRWAY, stops_a_raise
from nurse_station.alarms.changes import AlarmChange
from nurse_station.alarms.changes import Entry as AlarmEntry
from nurse_station.alarms.commands import AlarmCommand, ExpectMonitor
from nurse_station.alarms.engine import AlarmEngine
from nurse_station.alarms.lifecycle import Event
from nurse_station.alarms.limits import Limits
from nurse_station.alarms.signals import AlarmStatus
from nurse_station.alarms.words import Priority
from nurse_station.devices.registry import DRIVERS
from nurse_station.infusion.protocol import Protocol
from nurse_station.sessions.deeds import Deed as Entered
from nurse_station.sessions.seen import PresentAlarm, Seen
from nurse_station.sessions.words import note as entry_words
from nurse_station.simulator import acts
from nurse_station.simulator.acts import Act
from nurse_station.simulator.body import Body
from nurse_station.simulator.hidden import Hidden
from nurse_station.simulator.person import Person
from nurse_station.simulator.replies import Question, Reply
from nurse_station.training import doing, events, moment
from nurse_station.training.actions import Action, is_care
from nurse_station.training.bedside import Later, Monitor, Shown
from nurse_station.training.care import EPOCH, NURSE, PractisedDay
from nurse_station.training.conditions import Look
from nurse_station.training.log import Line, Point, What
from nurse_station.training.scenario import Happens, Scenario

STEP_S = 1.0
POINT_S = 5.0
RECENT_S = 300.0
_AIR = 0.05


class Nurse(Shape):
    """Who works at the bed."""

    def acts(self, now: float, look: Look) -> list[Action]:
        """What is done at `now`, in order."""


class Run:
    """One patient, one nurse, one scenario.

    Attributes:
        now: Seconds since the run began.
        scenario, day, monitors, shown, body: What it is made of.
        alarms: Every alarm that is there or latched, most urgent first.
        hidden: What is true of the body now.
        log, points: Everything that happened; the curve for the debrief.
        did: Everything that the nurse did or tried to, and when.
        happened: Event -> when.
        counts, last_done: Action -> how often; when last.
        answered: MOAA/S as the last answer showed it; None: nobody asked.
        air_at: When air last moved.
        pump_ml_h: What the pump shows.
    """

    def __init__(
        self, scenario: Scenario, seed: int, protocol: Protocol, limits: Limits, *, waves: bool = False
    ) -> None:
        self.scenario, self._seed, self._limits, self._waves = scenario, seed, limits, waves
        self.now: float = 0.0
        begins = scenario.begins
        self.lead_s = 60.0 * (begins.minutes_in + (begins.recovering_min or 0.0))
        who = scenario.patient
        self.body = Body(
            Person.drawn(seed, age=who.age, sex=who.sex, weight_kg=who.weight_kg, history=who.history), seed
        )
        self.day = PractisedDay(who, protocol)
        later = Later(self.body, self.lead_s)
        self.monitors = tuple(Monitor(DRIVERS[key], later, seed, waves=waves) for key in scenario.monitors)
        self.shown = Shown()
        self.engine = AlarmEngine(limits, 0.0)
        self.alarms: tuple[AlarmStatus, ...] = ()
        self.log: list[Line] = []
        self.points: list[Point] = []
        self.did: list[tuple[float, Action]] = []
        self.happened: dict[str, float] = {}
        self.counts: dict[str, int] = {}
        self.last_done: dict[str, float] = {}
        self.answered: float | None = None
        self.air_at = 0.0
        self._by_hand: list[tuple[float, Happens]] = []
        self._airway: list[float] = []
        self._named: set[str] = set()
        self._lead_in()
        self.pump_ml_h = self.ran_ml_h = self.day.running_ml_h(0.0)
        self.hidden: Hidden = self.body.hidden(self.lead_s)

    def _lead_in(self) -> None:
        """What was given before second 0, to the body and in the journal."""
        begins, rest = self.scenario.begins, self.body.numerics(0.0)
        keys = ("hr", "spo2", "nibp_sys", "nibp_dia")
        self.day.lead_in(begins, {key: round(value) for key in keys if (value := rest.get(key)) is not None})
        delivery = self.day.session.delivery
        for at, mg_h in delivery.rates() if delivery is not None else ():
            self.body.act(acts.SetPump(mg_h=mg_h), at - EPOCH + self.lead_s)
        if begins.oxygen_l_min:
            self.body.act(acts.Oxygen(l_min=begins.oxygen_l_min), 0.0)
        silent_s = max(monitor.driver.silence_after_s for monitor in self.monitors)
        self.command(ExpectMonitor(expected=True, silent_after_s=silent_s, who=NURSE))

    def play(self, nurse: Nurse) -> "Run":
        """From the first second to the last."""
        while not self.over:
            self.step(nurse)
        return self

    def rewound(self, to: float) -> "Run":
        """The same run as it was at `to` seconds, to be led another way from there. Lives it again."""
        again = Run(self.scenario, self._seed, self.day.protocol, self._limits, waves=self._waves)
        nurse = SameAgain(self.did)
        while again.now < to:
            again.step(nurse)
            for at, happens in self._by_hand:
                if at == again.now:
                    again.trigger(happens)
        return again

    @property
    def over(self) -> bool:
        """Whether the scenario has ended."""
        ends = self.scenario.ends
        return self.now >= 60.0 * self.scenario.lasts_min or (ends is not None and ends.holds(self.look))

    def step(self, nurse: Nurse) -> None:
        """Live a second: what monitors say, what is due, what happens, what the nurse does."""
        self.now += STEP_S
        self.hidden = self.body.hidden(self.now + self.lead_s)
        if self.hidden.ventilation > _AIR:
            self.air_at = self.now
        heard = [event for monitor in self.monitors for event in monitor.heard(self.now)]
        self.shown.hear(heard, self.now)
        self._alarmed(self.engine.update(heard, self.now))
        self._tell()
        for happens in self.scenario.happens:
            if happens.name not in self.happened and happens.when.holds(self.look):
                self._happen(happens)
        self._judge()
        for action in nurse.acts(self.now, self.look):
            doing.do(self, action)
        if self.now % POINT_S == 0:
            self._keep_point()

    def look(self, fact: str) -> float | None:
        """What a fact is now (`facts`); None: not known."""
        return moment.look(self, fact)

    def trigger(self, happens: Happens) -> None:
        """Let an event of the timeline happen now, by hand: the timeline will not do it again."""
        self._by_hand.append((self.now, happens))
        self._happen(happens)

    def _happen(self, happens: Happens) -> None:
        self.happened[happens.name] = self.now
        words = "; ".join([*(deed.words for deed in happens.deeds), *([happens.say] if happens.say else [])])
        self.note(What.EVENT, happens.name, words or happens.name)
        for deed in happens.deeds:
            self._befall(deed)

    def _befall(self, deed: events.Deed) -> None:
        at = self.now + self.lead_s
        act = events.body_act(deed, at)
        if act is not None:
            self.body.act(act, at)
        for monitor in self.monitors:
            match deed.kind:
                case "pull_cable":
                    monitor.line.pull_cable()
                case "freeze":
                    monitor.line.freeze(self.now)
                case "restart_monitor":
                    monitor.line.restart(self.now)
                case "noise":
                    monitor.line.spoil(deed.numbers["share"])
                case _:
                    pass
        if deed.kind == "pump":
            self.pump_ml_h = deed.numbers["ml_h"]
            self.body.act(acts.SetPump(mg_h=self.pump_ml_h * self.day.session.strength), at)
        elif deed.kind == "pump_stops":
            self.pump_ml_h = 0.0

    def act(self, act: Act) -> None:
        """Something is done to the body now."""
        self.body.act(act, self.now + self.lead_s)

    def ask(self, question: Question) -> Reply:
        """What the patient says and does now."""
        return self.body.reply(question, self.now + self.lead_s)

    def body_numerics(self) -> dict[str, float | None]:
        """What hands and a cuff would measure now."""
        return self.body.numerics(self.now + self.lead_s)

    def enter(self, deed: Entered) -> str:
        """Enter a deed; or the sentences that refuse it."""
        running, before = self.day.running_ml_h(self.now), self.day.session
        refused = self.day.enter(deed, self.seen())
        if not refused:
            self.ran_ml_h = running or self.ran_ml_h
            self.note(What.ENTERED, type(deed).__name__, entry_words(self.day.entries[-1].entry, before))
        return refused

    def command(self, command: AlarmCommand) -> str:
        """Ask the alarms for something; or the sentence that refuses it."""
        answer = self.engine.command(command, self.now)
        self._alarmed(answer.entries)
        return answer.sentence

    def done(self, action: Action) -> None:
        """An action was done."""
        self.counts[action.key] = self.counts.get(action.key, 0) + 1
        for against in self.scenario.against:
            if action.key in against.do and (against.when is None or against.when.holds(self.look)):
                self._count_against(against.name, against.words)
        self.last_done[action.key] = self.now
        self.note(What.DONE, action.key, action.words)

    def recent_words(self) -> list[str]:
        """What was done in the last minutes, in words, each once."""
        recent = (line for line in self.log if line.what is What.DONE and self.now - line.at <= RECENT_S)
        return list(dict.fromkeys(line.words for line in recent if is_care(line.key)))

    def note(self, what: What, key: str, words: str = "", *, high: bool = False) -> None:
        """Write a line."""
        self.log.append(Line(at=self.now, what=what, key=key, words=words, high=high))

    def seen(self) -> Seen:
        """This moment for the rules of the session."""
        return Seen(
            at=self.now + EPOCH,
            vitals=MappingProxyType(self.shown.vitals(self.now, EPOCH)),
            pressures=self.shown.pressures_of(self.now, EPOCH),
            alarms=tuple(_present(each) for each in self.alarms if stops_a_raise(each)),
            airway_alarms=tuple(at + EPOCH for at in self._airway),
            unmonitored_s=max(0.0, self.now - self.shown.known_at),
        )

    def _tell(self) -> None:
        for command in self.day.tell(self.seen()):
            self.command(command)

    def _alarmed(self, entries: Iterable[AlarmEntry]) -> None:
        self.alarms = self.engine.statuses()
        for entry in entries:
            if isinstance(entry, AlarmChange) and not entry.hidden_by:
                self._changed(entry)

    def _changed(self, change: AlarmChange) -> None:
        key, high = change.condition, change.priority is Priority.HIGH
        match change.event:
            case Event.DELAY_ELAPSED:
                if key in AIRWAY:
                    self._airway.append(change.at)
                self.note(What.ALARM, key, change.priority.name, high=high)
            case Event.ACKNOWLEDGED:
                self.note(What.ACKNOWLEDGED, key)
            case Event.ENDED | Event.ENDED_UNSEEN:
                self.note(What.ALARM_ENDED, key)
            case _:
                pass

    def _judge(self) -> None:
        """States that count against the nurse, and hints for one who is stuck."""
        for against in self.scenario.against:
            state = against.when if not against.do else None
            if state is not None and against.name not in self._named and state.holds(self.look):
                self._count_against(against.name, against.words)
        for number, hint in enumerate(self.scenario.hints):
            if f"hint {number}" not in self._named and hint.when.holds(self.look):
                self._named.add(f"hint {number}")
                self.note(What.HINT, f"{number}", hint.say)

    def _count_against(self, name: str, words: str) -> None:
        self._named.add(name)
        self.note(What.AGAINST, name, words)

    def _keep_point(self) -> None:
        now = self.hidden
        self.points.append(Point(
            at=self.now, plasma=now.plasma, mind=now.mind, alveolar_o2=now.pao2, sao2=now.sao2,
            shown_spo2=self.shown.value("spo2", self.now), patency=now.patency, ventilation=now.ventilation,
            moaas=now.moaas, pump_mg_h=now.pump_mg_h,
        ))  # fmt: skip


class SameAgain:
    """A nurse who does again what was done; of nothing, nothing."""

    def __init__(self, did: Iterable[tuple[float, Action]]) -> None:
        self._did = tuple(did)

    def acts(self, now: float, look: Look) -> list[Action]:
        """See `Nurse.acts`."""
        del look
        return [action for at, action in self._did if at == now]


def _present(status: AlarmStatus) -> PresentAlarm:
    return PresentAlarm(condition=status.condition, words=status.condition.replace("_", " "),
                        high=status.priority is Priority.HIGH)  # fmt: skip
