"""A run without a station: bytes through the decoders, alarms and journal in memory. No clock, no file."""

from collections.abc import Iterable
from types import MappingProxyType

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
from nurse_station.sessions.deeds import Deed
from nurse_station.sessions.seen import PresentAlarm, Seen
from nurse_station.sessions.words import note as entry_words
from nurse_station.training.bedside import Bedside
from nurse_station.training.care import NURSE, PractisedDay
from nurse_station.training.day import EPOCH
from nurse_station.training.monitors import Monitor, Shown
from nurse_station.training.run import Run, SameAgain
from nurse_station.training.scenario import Scenario


class HeadlessDesk:
    """Satisfies `training.desk.Desk`: what a station would show, decide and alarm, without one."""

    def __init__(self, monitors: Iterable[Monitor], day: PractisedDay, limits: Limits) -> None:
        self.day = day
        self.alarms: tuple[AlarmStatus, ...] = ()
        self.who = NURSE
        self._monitors = tuple(monitors)
        self._shown = Shown()
        self._engine = AlarmEngine(limits, 0.0)
        self._airway: list[float] = []
        self._news: list[AlarmEntry] = []
        silent_s = max(monitor.driver.silence_after_s for monitor in self._monitors)
        self.command(ExpectMonitor(expected=True, silent_after_s=silent_s, who=NURSE), 0.0)

    def value(self, parameter: str, now: float) -> float | None:
        """See `Desk.value`."""
        return self._shown.value(parameter, now)

    def enter(self, deed: Deed, now: float) -> tuple[str, str]:
        """See `Desk.enter`."""
        before = self.day.session
        refused = self.day.enter(deed, self._seen(now))
        return refused, "" if refused else entry_words(self.day.entries[-1].entry, before)

    def command(self, command: AlarmCommand, now: float) -> str:
        """See `Desk.command`."""
        answer = self._engine.command(command, now)
        self._alarmed(answer.entries)
        return answer.sentence

    def step(self, now: float) -> None:
        """See `Desk.step`."""
        heard = [event for monitor in self._monitors for event in monitor.heard(now)]
        self._shown.hear(heard, now)
        self._alarmed(self._engine.update(heard, now))
        for command in self.day.tell(self._seen(now)):
            self.command(command, now)

    def news(self) -> list[AlarmEntry]:
        """See `Desk.news`."""
        found, self._news = self._news, []
        return found

    def _alarmed(self, entries: Iterable[AlarmEntry]) -> None:
        self.alarms = self._engine.statuses()
        for entry in entries:
            self._news.append(entry)
            if isinstance(entry, AlarmChange) and entry.event is Event.DELAY_ELAPSED and not entry.hidden_by:
                self._airway += [entry.at] if entry.condition in AIRWAY else []

    def _seen(self, now: float) -> Seen:
        """This moment for the rules of the session."""
        return Seen(
            at=now + EPOCH,
            vitals=MappingProxyType(self._shown.vitals(now, EPOCH)),
            pressures=self._shown.pressures_of(now, EPOCH),
            alarms=tuple(_present(each) for each in self.alarms if stops_a_raise(each)),
            airway_alarms=tuple(at + EPOCH for at in self._airway),
            unmonitored_s=max(0.0, now - self._shown.known_at),
        )


def headless(
    scenario: Scenario, seed: int, protocol: Protocol, limits: Limits, *, waves: bool = False
) -> Run:
    """A run at its second 0."""
    bedside, day = begun(scenario, seed, protocol)
    keys = zip(scenario.monitors, bedside.lines, strict=True)
    monitors = [Monitor(DRIVERS[key], line, waves=waves) for key, line in keys]
    return Run(scenario, seed, bedside, HeadlessDesk(monitors, day, limits))


def begun(
    scenario: Scenario, seed: int, protocol: Protocol, who: str = NURSE
) -> tuple[Bedside, PractisedDay]:
    """A bedside and its day with what came before second 0; the body has still to live it."""
    bedside, day = Bedside(scenario, seed), PractisedDay(scenario.patient, protocol, who)
    day.lead_in(scenario.begins, bedside.at_rest(), bedside.body.person.age)
    bedside.lead_in(scenario.begins, day.session.delivery, day.running_ml_h(0.0))
    return bedside, day


def rewound(run: Run, to: float, limits: Limits) -> Run:
    """The same run as it was at `to` seconds, to be led another way from there. Lives it again, headless."""
    again = headless(run.scenario, run.seed, run.day.protocol, limits)
    again.withheld |= run.withheld
    nurse = SameAgain(run.did)
    while again.now < to:
        again.step(nurse)
        for at, happens in run.by_hand:
            if at == again.now:
                again.trigger(happens)
    return again


def _present(status: AlarmStatus) -> PresentAlarm:
    return PresentAlarm(condition=status.condition, words=status.condition.replace("_", " "),
                        high=status.priority is Priority.HIGH)  # fmt: skip
