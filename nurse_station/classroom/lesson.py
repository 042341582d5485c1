"""One lesson: a run at a real station, live. Its thread lives the seconds and does what is wished.

Every call of a screen returns at once. A fault of the program in the thread ends the lesson with a sentence.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from nurse_station.classroom.clock import PracticeClock
from nurse_station.classroom.forward import NO_STATION, LessonStation
from nurse_station.classroom.kept import KeptError
from nurse_station.classroom.opened import Place
from nurse_station.classroom.pictures import picture
from nurse_station.classroom.practice import Practice
from nurse_station.classroom.view import (
    SPEEDS,
    DoAtBedside,
    EndLesson,
    GoAt,
    Hold,
    LessonSnapshot,
    LetHappen,
    PatientSays,
    Rewind,
    SetBookmark,
    ShowHints,
    Stage,
    TriggerEvent,
    Wish,
    WithholdEvent,
)
from nurse_station.records.state import RecordError
from nurse_station.station.view import StationView
from nurse_station.training.debrief import Debrief, debriefed
from nurse_station.training.log import What
from nurse_station.training.scenario import Scenario
from nurse_station.training.score import APNOEA

log = logging.getLogger(__name__)

WAITS_S = 0.05
"""So long the lesson's thread waits at the most: for bytes, for a wish."""
FAULT = "The practice met a fault of the program and cannot go on: close it, begin anew. The log says more."
IS_OVER = "The practice is over: begin it anew."
STANDS = "The practice stands still: let it go on first."
ALIVE = (Stage.RUNNING, Stage.PAUSED)
AT_ANY_TIME = (Hold, GoAt, ShowHints)
"""Wishes that need no patient yet."""


class Lesson:
    """Satisfies `classroom.view.LessonView`. `start` begins its thread; a test calls `prepare` and `step`.

    Attributes:
        station: The one station of the whole lesson.
        clock: Its clock.
        practice: What it is made of; for its thread alone.
    """

    def __init__(
        self, scenario: Scenario, trainee: str, seed: int, place: Place, folder: Path,
        keep: Callable[[Debrief], object], *, hints: bool = True,
    ) -> None:  # fmt: skip
        """Store what it is made of; `folder`: its own and fresh, `keep`: is given the debrief."""
        self.clock = PracticeClock(place.clock)
        self._wake = threading.Event()
        station = LessonStation(self.clock, place.protocols, self._wake.set)
        self.station: StationView = station
        self._place, self._keep = place, keep
        self._speaker = place.speaker()
        self.practice = Practice(scenario, trainee, seed, place, folder, self.clock, station, self._speaker)
        self._wishes: deque[Wish] = deque()
        self._refused: deque[str] = deque(maxlen=100)
        self._stage, self._share, self._trouble = Stage.PREPARING, 0.0, ""
        self._held, self._wanted, self._hints = False, 1.0, hints
        self._debrief: Debrief | None = None
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._publish()

    # For a screen, from any thread

    def snapshot(self) -> LessonSnapshot:
        """See `LessonView.snapshot`."""
        return self._snapshot

    def send(self, wish: Wish) -> None:
        """See `LessonView.send`."""
        if self._stage is Stage.FAILED:  # nobody obeys any more
            self._refused.append(IS_OVER)
            return
        self._wishes.append(wish)
        self._wake.set()

    def refusals(self) -> list[str]:
        """See `LessonView.refusals`."""
        found: list[str] = []
        with suppress(IndexError):
            while True:
                found.append(self._refused.popleft())
        return found

    def start(self) -> None:
        """Prepare and live in a thread of its own until `close`."""
        self._thread = threading.Thread(target=self._live, name="lesson", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """See `LessonView.close`; a second time it does nothing."""
        self._closing.set()
        self._wake.set()
        if self._thread is None:
            self._leave()
        elif self._thread is not threading.current_thread():
            self._thread.join()

    # For its thread, or a test

    def prepare(self) -> None:
        """Live what was before second 0, and open the station. Raises RecordError: its folder fails."""
        for share in self.practice.prepare():
            self._share = share
            self._obey()
            self._publish()
            if self._closing.is_set():
                return
        self._stage = Stage.PAUSED if self._held else Stage.RUNNING
        self._go()
        self._publish()

    def step(self, timeout: float = 0.0) -> None:
        """Do what was wished, live what has passed; waits up to `timeout` real seconds."""
        if self._obey():
            self._publish()
        if self._stage is not Stage.RUNNING:
            self._wake.wait(timeout)
            self._wake.clear()
            return
        self.clock.lived()
        if self.practice.live(timeout / self._speed):
            self._publish()
        if self.practice.run.over:
            self._end()
        else:
            self._go()

    def _live(self) -> None:
        try:
            self.prepare()
            while not self._closing.is_set():
                self.step(WAITS_S)
        except RecordError as error:
            self._fail(str(error))
        except Exception:  # noqa: BLE001 - logged and said: a lesson that hangs in silence helps nobody
            log.exception("a lesson met a fault of the program")
            self._fail(FAULT)
        finally:
            self._leave()

    def _leave(self) -> None:
        self.clock.go(0.0)
        with closing(self._speaker):
            try:
                self.practice.close()
            except Exception:  # noqa: BLE001 - logged: nobody is there any more to be told
                log.exception("a lesson met a fault of the program as it was left")

    def _fail(self, trouble: str) -> None:
        self.clock.go(0.0)
        self._speaker.sound(None)
        self._stage, self._trouble = Stage.FAILED, trouble
        self._publish()

    @property
    def _speed(self) -> float:
        """As it goes: at 1 while an alarm is seen, whatever was asked."""
        return 1.0 if self.practice.alarmed else self._wanted

    def _go(self) -> None:
        """Let the clock go as the lesson does."""
        self.clock.go(self._speed if self._stage is Stage.RUNNING else 0.0)

    def _end(self) -> None:
        """It is over: the debrief is made, and kept."""
        self.clock.go(0.0)
        self._speaker.sound(None)
        self._stage = Stage.OVER
        self._publish()
        run = self.practice.run
        stopped_breathing = any(line.what is What.ALARM and line.key == APNOEA for line in run.log)
        limits = self._place.limits if stopped_breathing else None
        self._debrief = debriefed(run, self.practice.trainee, run.seed, untouched=limits)
        try:
            self._keep(self._debrief)
        except KeptError as error:
            self._refused.append(str(error))
        self._publish()

    def _publish(self) -> None:
        """A new picture."""
        running = self._stage is Stage.RUNNING
        self._snapshot = picture(
            self.practice, stage=self._stage, share=self._share, trouble=self._trouble,
            speed=self._speed if running else self._wanted, wanted=self._wanted, hints=self._hints,
            debrief=self._debrief,
        )  # fmt: skip

    # Wishes

    def _obey(self) -> bool:
        """Do what was wished; what was not done is said."""
        obeyed = bool(self._wishes)
        while self._wishes:
            refused = self._do(self._wishes.popleft())
            if refused:
                self._refused.append(refused)
        return obeyed

    def _do(self, wish: Wish) -> str:
        if self._stage is Stage.PREPARING and not isinstance(wish, AT_ANY_TIME):
            return NO_STATION
        if self._stage in (Stage.OVER, Stage.FAILED) and not isinstance(wish, ShowHints):
            return IS_OVER
        match wish:
            case Hold(on=on):
                return self._hold(on)
            case GoAt(speed=speed):
                return self._go_at(speed)
            case ShowHints(on=on):
                self._hints = on
            case EndLesson():
                self._end()
            case Rewind(number=number):
                return self._rewind(number)
            case _:
                return self._at_the_bed(wish)
        return ""

    def _at_the_bed(self, wish: Wish) -> str:
        practice = self.practice
        match wish:
            case DoAtBedside(action=action):
                return STANDS if self._held else practice.do(action)
            case TriggerEvent(name=name):
                return practice.trigger(name)
            case WithholdEvent(name=name, on=on):
                return practice.withhold(name, on=on)
            case LetHappen(deed=deed):
                practice.let_happen(deed)
            case PatientSays(text=text):
                practice.say(text)
            case SetBookmark(words=words):
                return practice.bookmark(words)
            case _:
                pass
        return ""

    def _hold(self, on: bool) -> str:
        self._held = on
        if self._stage in ALIVE:
            self._stage = Stage.PAUSED if on else Stage.RUNNING
            self._go()
        if on:
            self._speaker.sound(None)
        return ""

    def _go_at(self, speed: float) -> str:
        if speed not in SPEEDS:
            return f"A practice goes at {', '.join(f'{each:g}' for each in SPEEDS)} times life."
        self._wanted = speed
        if self._stage in ALIVE:
            self._go()
        return ""

    def _rewind(self, number: int) -> str:
        self.clock.go(0.0)
        refused = self.practice.rewind(number)
        self._go()
        return refused
