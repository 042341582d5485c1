"""What a run needs of whatever the nurse works at: a headless day, or a real station. A contract; no code."""

from typing import Protocol

from nurse_station.alarms.changes import Entry as AlarmEntry
from nurse_station.alarms.commands import AlarmCommand
from nurse_station.alarms.signals import AlarmStatus
from nurse_station.sessions.deeds import Deed
from nurse_station.training.day import Day


class Desk(Protocol):
    """Where values are shown, alarms are raised, and deeds are entered.

    Attributes:
        who: Who works here.
    """

    who: str

    @property
    def day(self) -> Day:
        """The day, as its journal tells it."""

    @property
    def alarms(self) -> tuple[AlarmStatus, ...]:
        """Every alarm that is there or latched, most urgent first."""

    def value(self, parameter: str, now: float) -> float | None:
        """What is shown at second `now` of the run; None: `---`."""

    def enter(self, deed: Deed, now: float) -> tuple[str, str]:
        """Enter a deed: the sentences that refuse it, and, if it stands, its words."""

    def command(self, command: AlarmCommand, now: float) -> str:
        """Ask the alarms for something; or the sentence that refuses it."""

    def step(self, now: float) -> None:
        """A second has passed: `alarms` and `day` are as they are at `now`."""

    def news(self) -> list[AlarmEntry]:
        """What the alarms gave since the last call, in order, each once."""
