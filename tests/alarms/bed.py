"""A bed for tests: an engine, a monitor that speaks once a second, a clock moved by hand."""

from collections.abc import Iterable

from nurse_station.alarms.bedside import Heard
from nurse_station.alarms.changes import AlarmChange, Entry
from nurse_station.alarms.commands import AlarmCommand
from nurse_station.alarms.engine import AlarmEngine, Answer
from nurse_station.alarms.lifecycle import Event, State
from nurse_station.alarms.limit_files import factory_file, load
from nurse_station.alarms.limits import Limits
from nurse_station.alarms.signals import AlarmStatus
from nurse_station.alarms.words import Priority
from nurse_station.vitals.readings import DeviceCondition, FrameAccepted, Missing, Quality, Reading

FACTORY = Limits(factory=load(factory_file()))
TICK = 0.25
WELL = {"spo2": 97.0, "hr": 70.0, "pr": 70.0, "rr_co2": 14.0, "etco2": 38.0}


def reading(parameter: str, value: float | None, at: float, **more: object) -> Reading:
    """A reading; None is what a monitor says when it has no value."""
    if value is None:
        more = {"quality": Quality.MISSING, "why": Missing.INVALID, **more}
    return Reading(parameter=parameter, value=value, at=at, source="test", **more)  # type: ignore[arg-type]


class Bed:
    """An engine at a bed. Time begins at 1000 s."""

    def __init__(self, limits: Limits = FACTORY, engine: AlarmEngine | None = None) -> None:
        self.now = 1000.0
        self.engine = engine or AlarmEngine(limits, self.now)
        self.entries: list[Entry] = []

    def say(self, *heard: Heard, **values: float | None) -> None:
        """One frame with these values, now."""
        readings = [reading(key, value, self.now) for key, value in values.items()]
        self.hear([FrameAccepted(at=self.now, size=10), *readings, *heard])

    def hear(self, heard: Iterable[Heard]) -> None:
        """Exactly this, now."""
        self.entries += self.engine.update(heard, self.now)

    def device(self, key: str, active: bool = True) -> DeviceCondition:
        return DeviceCondition(key=key, active=active, at=self.now, source="test")

    def hold(self, seconds: float, **values: float | None) -> None:
        """The monitor says this once a second; the engine is asked every tick. Ends just before it speaks."""
        for step in range(round(seconds / TICK)):
            if step % 4 == 0:
                self.say(**values)
            self.wait(TICK)

    def wait(self, seconds: float) -> None:
        """The monitor is silent."""
        for _ in range(round(seconds / TICK)):
            self.now += TICK
            self.entries += self.engine.tick(self.now)

    def jump(self, seconds: float) -> None:
        """The engine is not asked for a while."""
        self.now += seconds
        self.entries += self.engine.tick(self.now)

    def do(self, command: AlarmCommand) -> Answer:
        answer = self.engine.command(command, self.now)
        self.entries += answer.entries
        return answer

    def status(self, key: str) -> AlarmStatus | None:
        return next((s for s in self.engine.statuses() if s.condition == key), None)

    def priority(self, key: str) -> Priority:
        """Of the alarm while its condition is there; NONE while it is not, or only latched."""
        status = self.status(key)
        return Priority.NONE if status is None or status.state is State.LATCHED else status.priority

    def state(self, key: str) -> State:
        status = self.status(key)
        return State.INACTIVE if status is None else status.state

    def events(self, key: str) -> list[Event]:
        return [e.event for e in self.entries if isinstance(e, AlarmChange) and e.condition == key]

    def active(self) -> set[str]:
        return {s.condition for s in self.engine.statuses() if s.state is not State.LATCHED}
