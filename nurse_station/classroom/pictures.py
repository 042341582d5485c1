"""From a lesson to the frozen picture that a screen sees. Changes nothing."""

from typing import Any

from nurse_station.classroom.practice import Practice
from nurse_station.classroom.view import EventShown, LessonSnapshot, PumpShown, Waiting
from nurse_station.training.run import Run
from nurse_station.training.scenario import Happens


def picture(practice: Practice, **words: Any) -> LessonSnapshot:
    """The lesson as it is now; `words`: what only the lesson itself knows."""
    scenario = practice.scenario
    lived = _lived(practice) if practice.marks else {}
    return LessonSnapshot(
        scenario=scenario, trainee=practice.trainee, seed=practice.seed,
        lasts_s=60.0 * scenario.lasts_min, generation=practice.generation, **lived, **words,
    )  # fmt: skip


def _lived(practice: Practice) -> dict[str, Any]:
    """What there is of it once there is a run."""
    run = practice.run
    return {
        "at": run.now,
        "pump": PumpShown(ml_h=run.pump_ml_h, runs=run.pump_ml_h > 0),
        "log": tuple(run.log),
        "points": tuple(run.points),
        "hidden": run.hidden,
        "events": tuple(_event(run, happens) for happens in run.scenario.happens),
        "bookmarks": tuple(mark.shown for mark in practice.marks),
    }


def _event(run: Run, happens: Happens) -> EventShown:
    at = run.happened.get(happens.name)
    if at is not None:
        state = Waiting.HAPPENED
    else:
        state = Waiting.WITHHELD if happens.name in run.withheld else Waiting.WAITING
    words = "; ".join([*(deed.words for deed in happens.deeds), *([happens.say] if happens.say else [])])
    return EventShown(
        name=happens.name, words=words or happens.name, when=happens.when.text, state=state, at=at
    )
