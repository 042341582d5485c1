"""What a lesson is made of: a run, the station that watches it, and the moments to go back to. No thread.

The lesson's thread alone calls it. Seconds are the run's, where nothing else is said.
"""

from collections.abc import Iterator
from pathlib import Path

from nurse_station.alarms.words import Priority
from nurse_station.audio.speaker import Speaker
from nurse_station.classroom.bookmarks import MOST, Mark, marked
from nurse_station.classroom.clock import PracticeClock
from nurse_station.classroom.desk import LiveDay, LiveDesk
from nurse_station.classroom.forward import LessonStation
from nurse_station.classroom.opened import Place, lived, opened
from nurse_station.classroom.view import Bookmark
from nurse_station.classroom.window import Window
from nurse_station.records.state import RecordError
from nurse_station.station.begun import BegunDay
from nurse_station.station.history import History
from nurse_station.station.station import Station
from nurse_station.training import conditions, doing
from nurse_station.training.actions import Action
from nurse_station.training.bedside import Bedside
from nurse_station.training.day import EPOCH
from nurse_station.training.events import Deed
from nurse_station.training.headless import begun
from nurse_station.training.log import What
from nurse_station.training.run import STEP_S, Run, SameAgain
from nurse_station.training.scenario import Happens, Scenario

BEGINNING = "The beginning"
"""Words of the bookmark at second 0."""
BY_HAND = "by_hand"
"""The name of what the instructor lets happen that is on no timeline."""
SAYS = "says"
"""The key of what the instructor says as the patient."""
NOT_REWOUND = "The lesson could not be rewound and goes on where it is. {}"
"""And why not, a sentence."""
_ANY_TIME = conditions.parse("second >= 0")
_NOBODY = SameAgain(())
"""Nobody is scripted: the trainee acts by wishes and in the window."""
_HAIR_S = 1e-6


class Practice:
    """A run, live.

    Attributes:
        run: It; there is none until `prepare` has ended.
        marks: Moments that can be gone back to, oldest first.
        generation: How often it was rewound.
    """

    run: Run
    _station: Station
    _desk: LiveDesk
    _window: Window

    def __init__(
        self, scenario: Scenario, trainee: str, seed: int, place: Place, folder: Path, clock: PracticeClock,
        view: LessonStation, speaker: Speaker,
    ) -> None:  # fmt: skip
        self.scenario, self.trainee, self.seed = scenario, trainee, seed
        self.marks: list[Mark] = []
        self.generation = 0
        self._place, self._folder, self._clock = place, folder, clock
        self._view, self._speaker = view, speaker
        self._is_open = False
        self._numbers = self._folders = 0

    def prepare(self) -> Iterator[float]:
        """Live what was before second 0, and open the station; yields the share that is done.

        Raises:
            RecordError: The folder of the lesson cannot be written.
        """
        protocol = self._place.protocols[self.scenario.protocol]
        bedside, day = begun(self.scenario, self.seed, protocol, self.trainee)
        history = History(self._clock.now() - bedside.lead_s - 1.0)
        yield from lived(bedside, history, self._clock.now())
        for line in bedside.lines:
            line.second(0.0)  # the monitors' second 0 is the run's
        entries = tuple(practised.entry for practised in day.entries)
        today = BegunDay(at=EPOCH, entries=entries, protocol=protocol.key, history=history)
        desk = self._open(bedside, today, LiveDay(self.scenario.patient, protocol))
        self.run = Run(self.scenario, self.seed, bedside, desk)
        self._sit_down(desk)
        self._remember(BEGINNING)

    @property
    def alarmed(self) -> bool:
        """Whether an alarm is seen: then nothing goes faster than life."""
        return any(status.priority >= Priority.LOW for status in self._desk.bed.alarms.visible)

    def live(self, timeout: float) -> bool:
        """Wait up to `timeout` real seconds for bytes, and live the whole seconds that have passed.

        Returns:
            Whether a second was lived.
        """
        self._station.step(timeout)
        lived_one = False
        while not self.run.over and self.run.now + STEP_S <= self._clock.second() + _HAIR_S:
            self._second()
            lived_one = True
        return lived_one

    def _second(self) -> None:
        before = len(self.run.happened)
        self._window.look()
        self.run.step(_NOBODY)
        if len(self.run.happened) > before:
            self._remember(", ".join(list(self.run.happened)[before:]))

    def do(self, action: Action) -> str:
        """The trainee does something at the bed; or the sentence that refuses it."""
        self._window.look()
        ran = self.run.pump_ml_h
        refused = doing.do(self.run, action)
        self._window.did(action, ran)
        return refused

    def trigger(self, name: str) -> str:
        """Let an event of the timeline happen now."""
        happens = next((each for each in self.scenario.happens if each.name == name), None)
        if happens is None:
            return f"There is no event {name} in {self.scenario.name}."
        if name in self.run.happened:
            return f"{name} has happened already."
        self.run.trigger(happens)
        self._remember(name)
        return ""

    def withhold(self, name: str, *, on: bool) -> str:
        """Keep an event of the timeline back, or let its condition decide again."""
        if all(each.name != name for each in self.scenario.happens):
            return f"There is no event {name} in {self.scenario.name}."
        (self.run.withheld.add if on else self.run.withheld.discard)(name)
        return ""

    def let_happen(self, deed: Deed) -> None:
        """Something that is on no timeline happens now."""
        self.run.trigger(Happens(name=BY_HAND, when=_ANY_TIME, deeds=(deed,)))
        self._remember(deed.words)

    def say(self, text: str) -> None:
        """The instructor speaks as the patient, or as anybody at the bedside."""
        self.run.note(What.REPLY, SAYS, text)

    def bookmark(self, words: str) -> str:
        """Remember this moment, without words of its own where `words` is empty; or the sentence that
        refuses it."""
        if len(self.marks) >= MOST:
            return f"There are {MOST} bookmarks: go back to one of them, or go on without another."
        self._remember(words)
        return ""

    def _remember(self, words: str) -> None:
        if len(self.marks) >= MOST:
            return
        self._numbers += 1
        shown = Bookmark(number=self._numbers, at=self.run.now, words=words)
        mono = self._clock.now()
        second = self._clock.second_at(mono)
        self.marks.append(marked(shown, self.run, self._desk, self._station, second, mono))

    def rewind(self, number: int) -> str:
        """Go back to a moment: another station begins there. The clock must stand.

        Returns:
            The sentence that refuses it; then all is as it was. Empty: it is done.
        """
        place = next((place for place, mark in enumerate(self.marks) if mark.shown.number == number), None)
        if place is None:
            return f"There is no bookmark {number}."
        mark, now, second = self.marks[place], self._clock.now(), self._clock.second()
        run, before = mark.run.copied(self._desk), self._station
        today = BegunDay(
            at=EPOCH + mark.second, entries=mark.day.entries, protocol=run.day.protocol.key,
            history=mark.history_at(now), alarms=mark.alarms_at(now), memory=mark.memory,
        )  # fmt: skip
        try:
            run.desk = desk = self._open(run.bedside, today, mark.day.copied())
        except RecordError as error:
            self._clock.turn_to(second)
            return NOT_REWOUND.format(error)
        self._let_go(before, second)
        self.generation += 1
        self.run = run
        self._sit_down(desk)
        del self.marks[place + 1 :]
        return ""

    def _let_go(self, before: Station, second: float) -> None:
        """Stop a station that another follows; what it writes at last is at its own second of the run."""
        follows = self._clock.second()
        self._clock.turn_to(second)
        before.stop()
        self._clock.turn_to(follows)

    def close(self) -> None:
        """Close the station; what it kept stays in its folder."""
        if self._is_open:
            self._is_open = False
            self._station.stop()

    def _open(self, bedside: Bedside, today: BegunDay, day: LiveDay) -> LiveDesk:
        """Another station, in a folder that none had; there is one more or all is as it was (RecordError)."""
        self._folders += 1
        folder = self._folder / str(self._folders)
        self._station = opened(
            self._place, folder, bedside, self.scenario.monitors, self._speaker, self._clock, today
        )
        self._is_open = True
        self._view.show(self._station)
        return LiveDesk(self._station, day, self.trainee)

    def _sit_down(self, desk: LiveDesk) -> None:
        self._desk, self._window = desk, Window(self.run, desk)
