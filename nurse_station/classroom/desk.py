"""A real station in the place of the headless day: what it shows, what it alarms, what its journal says.

Satisfies `training.desk.Desk`. Seconds are the run's; the lesson's thread alone calls it.
"""

from collections.abc import Mapping, Sequence

from nurse_station.alarms.changes import Entry as AlarmEntry
from nurse_station.alarms.commands import AlarmCommand
from nurse_station.alarms.signals import AlarmStatus
from nurse_station.sessions.deeds import Deed, Entry
from nurse_station.sessions.dues import dues
from nurse_station.sessions.session import fold
from nurse_station.sessions.words import note
from nurse_station.station.commands import AskAlarms, Command, DoDeed
from nurse_station.station.snapshots import BedSnapshot, CareSnapshot, Numeric
from nurse_station.station.station import Station
from nurse_station.training.day import Day

BED, BED_NAME = "practice", "Practice chair"
_NO_NUMERICS: Mapping[str, Numeric] = {}


class LiveDay(Day):
    """The day as the station's journal tells it.

    Attributes:
        entries: The journal.
    """

    entries: tuple[Entry, ...] = ()

    def take(self, care: CareSnapshot) -> None:
        """The day as it is now."""
        self.session, self.entries = care.session, care.entries
        self.order = care.session.order or self.order

    def look(self, care: CareSnapshot) -> None:
        """A second has passed: what is due, and what was done of it."""
        self.count(dues(care.session, care.seen, care.protocol), care.seen.at)


class LiveDesk:
    """The one bed of a lesson's station.

    Attributes:
        own: Numbers of the entries, and of the alarms' entries, that were made at the palette.
    """

    def __init__(self, station: Station, day: LiveDay, who: str) -> None:
        self.who = who
        self.own: set[int] = set()
        self.own_alarms: set[int] = set()
        self._station, self._day = station, day
        self._told = len(self.alarm_log)
        self.refresh()

    @property
    def day(self) -> LiveDay:
        """See `Desk.day`."""
        return self._day

    @property
    def alarms(self) -> tuple[AlarmStatus, ...]:
        """See `Desk.alarms`."""
        return self.bed.alarms.present

    @property
    def bed(self) -> BedSnapshot:
        """The bed as it is now."""
        return next(bed for bed in self._station.snapshot().beds if bed.bed == BED)

    @property
    def alarm_log(self) -> Sequence[AlarmEntry]:
        """What the alarms gave, oldest first."""
        return self._station.alarm_log(BED)

    def value(self, parameter: str, now: float) -> float | None:
        """See `Desk.value`: what the screen shows."""
        del now
        numeric = self.bed.numerics.get(parameter)
        return None if numeric is None else numeric.value

    def enter(self, deed: Deed, now: float) -> tuple[str, str]:
        """See `Desk.enter`."""
        del now
        before = self._day.entries
        refused = self._do(DoDeed(bed=BED, deed=deed, who=self.who))
        if refused:
            return refused, ""
        made = self._day.entries[len(before) :]
        self.own |= {entry.number for entry in made}
        return "", " ".join(note(entry, fold(before)) for entry in made)

    def command(self, command: AlarmCommand, now: float) -> str:
        """See `Desk.command`."""
        del now
        before = len(self.alarm_log)
        refused = self._do(AskAlarms(bed=BED, command=command))
        self.own_alarms |= {entry.number for entry in self.alarm_log[before:]}
        return refused

    def step(self, now: float) -> None:
        """See `Desk.step`."""
        del now
        care = self.refresh()
        if care is not None:
            self._day.look(care)

    def news(self) -> list[AlarmEntry]:
        """See `Desk.news`."""
        log = self.alarm_log
        found, self._told = list(log[self._told :]), len(log)
        return found

    def refresh(self) -> CareSnapshot | None:
        """Take the day as the newest picture has it; what it was stands when the session was ended."""
        care = self.bed.care
        if care is not None:
            self._day.take(care)
        return care

    def _do(self, command: Command) -> str:
        answer = self._station.do(command)
        self.refresh()
        return "" if answer.done else answer.sentence.removeprefix(f"{BED_NAME}: ")
