"""One run of a scenario: a bedside, a desk and a timeline, a second at a time. Sans-I/O; no clock.

Seconds are those since the run began. The body has lived `lead_s` before: what was given until then is in it.
"""

import copy
from collections.abc import Iterable
from typing import Protocol as Shape

from nurse_station.alarms.changes import AlarmChange
from nurse_station.alarms.commands import AlarmCommand
from nurse_station.alarms.lifecycle import Event, State
from nurse_station.alarms.signals import AlarmStatus
from nurse_station.alarms.words import Priority
from nurse_station.sessions.deeds import Deed as Entered
from nurse_station.simulator.acts import Act
from nurse_station.simulator.hidden import Hidden
from nurse_station.simulator.replies import Question, Reply
from nurse_station.training import doing, moment
from nurse_station.training.actions import Action, is_care
from nurse_station.training.bedside import Bedside
from nurse_station.training.conditions import Look
from nurse_station.training.day import Day
from nurse_station.training.desk import Desk
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
        scenario, seed, bedside: What it is made of.
        desk: What the nurse works at.
        hidden: What is true of the body now.
        log, points: Everything that happened; the curve for the debrief.
        did: Everything that the nurse did or tried to, and when.
        by_hand: What was let happen by hand, and when.
        happened: Event -> when.
        withheld: Events that are kept back, whatever their condition says.
        counts, last_done: Action -> how often; when last.
        answered: MOAA/S as the last answer showed it; None: nobody asked.
        air_at: When air last moved.
        ran_ml_h: What ran by the journal before the last entry that changed it.
    """

    def __init__(self, scenario: Scenario, seed: int, bedside: Bedside, desk: Desk) -> None:
        self.scenario, self.seed, self.bedside, self.desk = scenario, seed, bedside, desk
        self.now: float = 0.0
        self.log: list[Line] = []
        self.points: list[Point] = []
        self.did: list[tuple[float, Action]] = []
        self.by_hand: list[tuple[float, Happens]] = []
        self.happened: dict[str, float] = {}
        self.withheld: set[str] = set()
        self.counts: dict[str, int] = {}
        self.last_done: dict[str, float] = {}
        self.answered: float | None = None
        self.air_at = 0.0
        self.ran_ml_h = desk.day.running_ml_h(0.0)
        self.hidden: Hidden = bedside.hidden(0.0)
        self._named: set[str] = set()
        self._begun: set[str] = set()  # alarms whose begin is in the log and that are not over
        self._merged: set[str] = set()  # alarms that began while a stronger one hid them

    def copied(self, desk: Desk) -> "Run":
        """The same run at the same moment, at another desk, to be led another way from here."""
        again = copy.copy(self)
        again.desk, again.bedside = desk, self.bedside.copied()
        again.log, again.points = list(self.log), list(self.points)
        again.did, again.by_hand = list(self.did), list(self.by_hand)
        again.happened, again.withheld = dict(self.happened), set(self.withheld)
        again.counts, again.last_done = dict(self.counts), dict(self.last_done)
        again._named = set(self._named)
        again._begun, again._merged = set(self._begun), set(self._merged)
        return again

    def play(self, nurse: Nurse) -> "Run":
        """From the first second to the last."""
        while not self.over:
            self.step(nurse)
        return self

    @property
    def day(self) -> Day:
        """The day, as its journal tells it."""
        return self.desk.day

    @property
    def alarms(self) -> tuple[AlarmStatus, ...]:
        """Every alarm that is there or latched, most urgent first."""
        return self.desk.alarms

    @property
    def pump_ml_h(self) -> float:
        """What the pump shows."""
        return self.bedside.pump_ml_h

    @property
    def over(self) -> bool:
        """Whether the scenario has ended."""
        ends = self.scenario.ends
        return self.now >= 60.0 * self.scenario.lasts_min or (ends is not None and ends.holds(self.look))

    def step(self, nurse: Nurse) -> None:
        """Live a second: what monitors say, what is due, what happens, what the nurse does."""
        self.now += STEP_S
        self.hidden = self.bedside.hidden(self.now)
        if self.hidden.ventilation > _AIR:
            self.air_at = self.now
        self.desk.step(self.now)
        self._note_alarms()
        for happens in self.scenario.happens:
            if happens.name not in self.happened.keys() | self.withheld and happens.when.holds(self.look):
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
        """Let an event happen now, by hand: the timeline will not do it again."""
        self.by_hand.append((self.now, happens))
        self._happen(happens)

    def _happen(self, happens: Happens) -> None:
        self.happened[happens.name] = self.now
        words = "; ".join([*(deed.words for deed in happens.deeds), *([happens.say] if happens.say else [])])
        self.note(What.EVENT, happens.name, words or happens.name)
        for deed in happens.deeds:
            self.bedside.befall(deed, self.day.session.strength, self.now)

    def act(self, act: Act) -> None:
        """Something is done to the body now."""
        self.bedside.act(act, self.now)

    def ask(self, question: Question) -> Reply:
        """What the patient says and does now."""
        return self.bedside.ask(question, self.now)

    def set_pump(self, ml_h: float) -> None:
        """The nurse sets the pump."""
        self.bedside.set_pump(ml_h, self.day.session.strength, self.now)

    def body_numerics(self) -> dict[str, float | None]:
        """What hands and a cuff would measure now."""
        return self.bedside.numerics(self.now)

    def enter(self, deed: Entered) -> str:
        """Enter a deed; or the sentences that refuse it."""
        running = self.day.running_ml_h(self.now)
        refused, words = self.desk.enter(deed, self.now)
        if not refused:
            self.entered(type(deed).__name__, words, running)
        return refused

    def entered(self, kind: str, words: str, ran_ml_h: float) -> None:
        """A deed stands in the journal; until then `ran_ml_h` ran by it, or nothing did."""
        self.ran_ml_h = ran_ml_h or self.ran_ml_h
        self.note(What.ENTERED, kind, words)

    def command(self, command: AlarmCommand) -> str:
        """Ask the alarms for something; or the sentence that refuses it."""
        refused = self.desk.command(command, self.now)
        self._note_alarms()
        return refused

    def done(self, key: str, words: str, *, as_well_as: str = "") -> None:
        """An action was done: one of `actions.DONE_KEYS`.

        Args:
            key, words: Which.
            as_well_as: Another that was the same act: what counted against that does not count again.
        """
        self.counts[key] = self.counts.get(key, 0) + 1
        for against in self.scenario.against:
            is_it = key in against.do and as_well_as not in against.do
            if is_it and (against.when is None or against.when.holds(self.look)):
                self.count_against(against.name, against.words)
        self.last_done[key] = self.now
        self.note(What.DONE, key, words)

    def recent_words(self) -> list[str]:
        """What was done in the last minutes, in words, each once."""
        recent = (line for line in self.log if line.what is What.DONE and self.now - line.at <= RECENT_S)
        return list(dict.fromkeys(line.words for line in recent if is_care(line.key)))

    def note(self, what: What, key: str, words: str = "", *, high: bool = False) -> None:
        """Write a line."""
        self.log.append(Line(at=self.now, what=what, key=key, words=words, high=high))

    def count_against(self, name: str, words: str) -> None:
        """Something counts against the nurse."""
        self._named.add(name)
        self.note(What.AGAINST, name, words)

    def _note_alarms(self) -> None:
        for entry in self.desk.news():
            if isinstance(entry, AlarmChange):
                self._changed(entry)
        for status in self.desk.alarms:
            if status.condition in self._merged and not status.hidden_by and status.state is State.ACTIVE:
                self._begins(status.condition, status.priority)

    def _changed(self, change: AlarmChange) -> None:
        """What ends, or is acknowledged, has begun in the log: delays that ran for nothing are no alarms."""
        key = change.condition
        match change.event:
            case Event.DELAY_ELAPSED if change.hidden_by:
                self._merged.add(key)
                self._begun.discard(key)
            case Event.DELAY_ELAPSED:
                self._begins(key, change.priority)
            case Event.ACKNOWLEDGED if key in self._begun:
                self.note(What.ACKNOWLEDGED, key)
            case Event.ENDED | Event.ENDED_UNSEEN if key in self._begun:
                self.note(What.ALARM_ENDED, key)
            case _:
                pass
        if change.event in (Event.ENDED, Event.ENDED_UNSEEN):
            self._merged.discard(key)
        if change.after is State.INACTIVE:
            self._begun.discard(key)

    def _begins(self, key: str, priority: Priority) -> None:
        self._begun.add(key)
        self._merged.discard(key)
        self.note(What.ALARM, key, priority.name, high=priority is Priority.HIGH)

    def _judge(self) -> None:
        """States that count against the nurse, and hints for one who is stuck."""
        for against in self.scenario.against:
            state = against.when if not against.do else None
            if state is not None and against.name not in self._named and state.holds(self.look):
                self.count_against(against.name, against.words)
        for number, hint in enumerate(self.scenario.hints):
            if f"hint {number}" not in self._named and hint.when.holds(self.look):
                self._named.add(f"hint {number}")
                self.note(What.HINT, f"{number}", hint.say)

    def _keep_point(self) -> None:
        now = self.hidden
        hr, rr = self._shown("hr", "pr"), self._shown("rr_co2", "rr_imp")
        self.points.append(Point(
            at=self.now, plasma=now.plasma, mind=now.mind, alveolar_o2=now.pao2, sao2=now.sao2,
            shown_spo2=self.desk.value("spo2", self.now), patency=now.patency, ventilation=now.ventilation,
            moaas=now.moaas, pump_mg_h=now.pump_mg_h, hr=hr, rr=rr, etco2=self._shown("etco2"),
            nibp_sys=self._shown("nibp_sys"), nibp_dia=self._shown("nibp_dia"),
        ))  # fmt: skip

    def _shown(self, *parameters: str) -> float | None:
        """What is shown of the first that has a value; None: `---`."""
        values = (self.desk.value(parameter, self.now) for parameter in parameters)
        return next((value for value in values if value is not None), None)


class SameAgain:
    """A nurse who does again what was done; of nothing, nothing."""

    def __init__(self, did: Iterable[tuple[float, Action]]) -> None:
        self._did = tuple(did)

    def acts(self, now: float, look: Look) -> list[Action]:
        """See `Nurse.acts`."""
        del look
        return [action for at, action in self._did if at == now]
