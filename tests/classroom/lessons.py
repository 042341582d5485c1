"""Lessons for tests: real stations, real bytes, a real clock that is moved by hand, no thread."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from nurse_station.alarms.commands import Acknowledge
from nurse_station.alarms.signals import AudioSignal
from nurse_station.audio.speaker import SilentSpeaker
from nurse_station.classroom.lesson import Lesson
from nurse_station.classroom.opened import Place
from nurse_station.classroom.view import DoAtBedside, Stage, Wish
from nurse_station.devices.registry import DRIVERS
from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import Deed
from nurse_station.simulator.replies import Question
from nurse_station.station.commands import AskAlarms, DoDeed
from nurse_station.station.snapshots import BedSnapshot
from nurse_station.training import actions
from nurse_station.training.actions import Action
from nurse_station.training.debrief import Debrief
from nurse_station.training.log import Line, What
from nurse_station.training.nurse import ScriptedNurse
from nurse_station.training.policy import Policy
from nurse_station.training.run import Run
from nurse_station.training.scenario import Scenario
from nurse_station.vitals.clock import ManualClock
from tests.training.wards_of_practice import LIMITS, PROTOCOLS, SCENARIOS

WHO = "Lind, Anna"
SLICE_S = 1.0
"""A test lives a second at once: a run judges nothing that is finer."""


class Heard(SilentSpeaker):
    """A speaker that notes what it is told."""

    def __init__(self) -> None:
        super().__init__("no sound in a test")
        self.signal: AudioSignal | None = None
        self.asked_at: list[float] = []
        self.closed = False

    def sound(self, signal: AudioSignal | None) -> None:
        self.signal = signal

    def status(self, now: float):  # type: ignore[no-untyped-def]  # noqa: ANN201 - as its base
        self.asked_at.append(now)
        return super().status(now)

    def close(self) -> None:
        self.closed = True


class Taught:
    """A lesson, what it is moved by and what came of it."""

    def __init__(self, folder: Path, scenario: Scenario, seed: int, **more: bool) -> None:
        self.real = ManualClock(5000.0)
        self.heard = Heard()
        self.folder = folder
        self.kept: list[Debrief] = []
        place = Place(folder=folder, clock=self.real, speaker=lambda: self.heard, limits=LIMITS,
                      protocols=PROTOCOLS, drivers=DRIVERS)  # fmt: skip
        self.lesson = Lesson(scenario, WHO, seed, place, folder / "own", self.kept.append, **more)

    @property
    def run(self) -> Run:
        return self.lesson.practice.run

    @property
    def bed(self) -> BedSnapshot:
        [bed] = self.lesson.station.snapshot().beds
        return bed

    def live(self, seconds: float, slice_s: float = SLICE_S) -> None:
        """Let so many real seconds pass."""
        for _ in range(round(seconds / slice_s)):
            self.real.advance(slice_s)
            self.lesson.step()

    def wish(self, wish: Wish) -> list[str]:
        """Ask for something; the sentences that refuse it."""
        self.lesson.send(wish)
        self.lesson.step()
        return self.lesson.refusals()

    def do(self, text: str) -> list[str]:
        """Something at the palette."""
        return self.wish(DoAtBedside(action=actions.parse(text)))

    def enter(self, deed: Deed) -> None:
        """Something in the station's window."""
        self.lesson.station.send(DoDeed(bed="practice", deed=deed, who=WHO))
        self.live(1.5)

    def lines(self, what: What) -> list[Line]:
        return [line for line in self.lesson.snapshot().log if line.what is what]

    def keys(self, what: What) -> list[str]:
        return [line.key for line in self.lines(what)]

    def play(self, policy: Policy, *, in_window: bool = False) -> Debrief:
        """A scripted nurse works at the screen until the lesson is over."""
        nurse, looked = ScriptedNurse(policy, self.run.seed), self.run.now
        while self.lesson.snapshot().stage is Stage.RUNNING:
            self.live(SLICE_S)
            if self.run.now > looked:
                looked = self.run.now
                for action in nurse.acts(looked, self.run.look):
                    self._act(action, in_window=in_window)
        [debrief] = self.kept
        return debrief

    def _act(self, action: Action, *, in_window: bool) -> None:
        written = WRITTEN.get(action.key) if in_window else None
        if action.key == "acknowledge" and in_window:
            self.lesson.station.send(AskAlarms(bed="practice", command=Acknowledge(who=WHO)))
        elif written is None:
            self.lesson.send(DoAtBedside(action=action))
        else:
            if action.key == "assess_responsiveness":
                self.lesson.send(DoAtBedside(action=actions.parse("call_name")))
            for deed in written(self.run):
                self.lesson.station.send(DoDeed(bed="practice", deed=deed, who=WHO))


def _scores(run: Run, *scales: str) -> list[Deed]:
    found = {"pain": run.hidden.pain, "nausea": run.hidden.nausea, "rass": run.hidden.agitation,
             "hallucination": min(3, run.hidden.agitation), "iv_site": 2 * (run.hidden.depot_mg > 0.5),
             "moaas": run.ask(Question.NAME).moaas}  # fmt: skip
    return [deeds.Scored(scale=scale, score=round(found[scale])) for scale in scales]


WRITTEN: Mapping[str, Callable[[Run], list[Deed]]] = {
    "assess_responsiveness": lambda run: _scores(run, "moaas"),
    "assess_symptoms": lambda run: _scores(run, "pain", "nausea", "hallucination"),
    "assess_agitation": lambda run: _scores(run, "rass", "hallucination"),
    "assess_iv_site": lambda run: _scores(run, "iv_site"),
    "enter_intervention": lambda run: [deeds.Intervened(what="Jaw thrust, oxygen")],
    "enter_pause": lambda run: [deeds.Paused(why="as found")],
    "enter_hold": lambda run: [deeds.Held(why="as found")],
    "enter_stop": lambda run: [deeds.Stopped(reason=deeds.StopReason.ADVERSE, why="as found")],
    "enter_dose": lambda run: [deeds.Noted(text=f"Given until now: {run.hidden.given_mg:.1f} mg")],
}
"""What a nurse would write in the window instead of at the palette."""


@contextmanager
def taught(
    folder: Path, scenario: str | Scenario = "laryngospasm", seed: int = 1, **more: bool
) -> Iterator[Taught]:
    """A lesson at its second 0."""
    row = SCENARIOS[scenario] if isinstance(scenario, str) else scenario
    lesson = Taught(folder, row, seed, **more)
    try:
        lesson.lesson.prepare()
        yield lesson
    finally:
        lesson.lesson.close()
