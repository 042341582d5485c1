"""A classroom made by hand, for tests of practice: lessons whose pictures are set, wishes that are kept."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from room import (
    FakeStation,
    alarmed,
    bed,
    care,
    desaturation,
    fill,
    slow_breath,
    station,
)

from nurse_station.classroom.view import ClassroomError, KeptRun, LessonSnapshot, PumpShown, Stage, Wish
from nurse_station.training.debrief import Debrief
from nurse_station.training.log import Line, What
from nurse_station.training.scenario import Scenario
from nurse_station.training.scenario_files import factory_folder, load_all
from nurse_station.training.score import Score

SCENARIOS = load_all(factory_folder())
AIRWAY = SCENARIOS["airway_obstruction"]
TRAINEE = "M. Ruiz"


def line(at: float, what: What, key: str, words: str = "") -> Line:
    return Line(at=at, what=what, key=key, words=words)


LOG = (
    line(5, What.EVENT, "midazolam", "Midazolam is given by another (dose 4); A colleague gave midazolam "
         "4 mg for anxiety, as ordered by telephone."),
    line(60, What.EVENT, "snores", "Airway obstruction begins (size 0.6, lasts_s 40)"),
    line(62, What.REPLY, "name", "Mm... yes. (answers slowly, eyes half open; snores)"),
    line(62, What.DONE, "call_name", "Call the name"),
    line(105, What.HINT, "0", "Look at the capnogram, and listen: does air move?"),
    line(110, What.REFUSED, "raise_rate", "Raise the rate as planned: An alarm of the airway stops a raise."),
)  # fmt: skip


def snapshot(scenario: Scenario = AIRWAY, **more: Any) -> LessonSnapshot:
    """A lesson that runs."""
    settings: dict[str, Any] = {
        "scenario": scenario, "trainee": TRAINEE, "seed": 7, "stage": Stage.RUNNING, "at": 112.0,
        "lasts_s": 60 * scenario.lasts_min, "pump": PumpShown(ml_h=24.5, runs=True),
    } | more  # fmt: skip
    return LessonSnapshot(**settings)


def score(**more: Any) -> Score:
    settings: dict[str, Any] = {
        "passed": True, "verdict": "Passed.", "results": (), "against": (), "alarms": (), "checks": 3,
        "late_checks": 0, "recorded": 2, "to_record": 2, "margin_s": None,
    } | more  # fmt: skip
    return Score(**settings)


def debrief(scenario: Scenario = AIRWAY, *, trainee: str = TRAINEE, passed: bool = True) -> Debrief:
    return Debrief(
        scenario=scenario.key, name=scenario.name, version=scenario.version, trainee=trainee, seed=7,
        lasted_s=240.0, score=score(passed=passed), log=LOG, checks=(), curve=(), learning=scenario.learning,
    )  # fmt: skip


def kept(scenario: Scenario = AIRWAY, *, day: int = 1, **more: Any) -> KeptRun:
    at = datetime(2026, 1, day, 9, tzinfo=UTC)
    return KeptRun(name=f"{at:%Y%m%d}", at=at, debrief=debrief(scenario, **more))


def bedside(*, alarm: bool = False, past: bool = False) -> FakeStation:
    """The station of a lesson: one simulated bed with a patient; with a past, if it is to be looked at."""
    settings: dict[str, Any] = {"bed": "practice", "name": "Practice", "simulated": True, "care": care()}
    made = alarmed(1, desaturation(), slow_breath(), **settings) if alarm else bed(1, **settings)
    peer = station(made)
    if past:
        fill(peer.history("practice"), peer.clock.now())
    return peer


class FakeLesson:
    """A peer of a lesson: its picture is set by hand, wishes are kept."""

    def __init__(self, shown: LessonSnapshot, peer: FakeStation | None = None) -> None:
        self.station = peer or bedside()
        self.shown = shown
        self.sent: list[Wish] = []
        self.waiting: list[str] = []
        self.closed = False

    def snapshot(self) -> LessonSnapshot:
        return self.shown

    def change(self, **more: Any) -> None:
        """The next picture."""
        self.shown = replace(self.shown, **more)

    def send(self, wish: Wish) -> None:
        self.sent.append(wish)

    def refusals(self) -> list[str]:
        waiting, self.waiting = self.waiting, []
        return waiting

    def close(self) -> None:
        self.closed = True


class FakeClassroom:
    """A peer of the classroom; a lesson that was begun prepares itself until its picture is changed."""

    def __init__(
        self, *scenarios: Scenario, runs: Sequence[KeptRun] = (), faults: Sequence[str] = ()
    ) -> None:
        self.known, self.kept, self.wrong = scenarios or tuple(SCENARIOS.values()), tuple(runs), tuple(faults)
        self.begun: list[FakeLesson] = []
        self.trouble = ""
        self.torn: tuple[str, ...] = ()

    def scenarios(self) -> Sequence[Scenario]:
        return self.known

    def faults(self) -> Sequence[str]:
        return self.wrong

    def begin(self, scenario: str, trainee: str, seed: int, *, hints: bool = True) -> FakeLesson:
        if self.trouble:
            raise ClassroomError(self.trouble)
        found = next(each for each in self.known if each.key == scenario)
        shown = snapshot(found, trainee=trainee, seed=seed, hints=hints, stage=Stage.PREPARING, at=0.0)
        self.begun.append(FakeLesson(shown))
        return self.begun[-1]

    def runs(self, trainee: str = "") -> Sequence[KeptRun]:
        return tuple(run for run in self.kept if not trainee or run.debrief.trainee == trainee)

    def trainees(self) -> Sequence[str]:
        return tuple(dict.fromkeys(run.debrief.trainee for run in reversed(self.kept)))

    def unreadable(self) -> Sequence[str]:
        return self.torn

    def forget(self, name: str) -> None:
        if self.trouble:
            raise ClassroomError(self.trouble)
        self.kept = tuple(run for run in self.kept if run.name != name)
