"""What every fact is at a moment of a run: a name in, a number out. Changes nothing."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from nurse_station.alarms.words import Priority
from nurse_station.simulator.hidden import Hidden
from nurse_station.simulator.replies import SWOLLEN_MG
from nurse_station.training.day import EPOCH

if TYPE_CHECKING:
    from nurse_station.training.run import Run

OFF_ORDER = 0.02
"""Pump and entry differ by more than this part: they do not agree."""


STILL_S = 10.0
"""Somebody at the bedside notices after so long that no air moves."""


def look(run: "Run", fact: str) -> float | None:
    """What a fact is now; None: not known. Raises KeyError for a name that is no fact."""
    kind, _, word = fact.partition(".")
    return _LOOKS[kind](run, word)


def _shown(run: "Run", word: str) -> float | None:
    return run.desk.value(word, run.now)


def _alarm(run: "Run", word: str) -> float:
    return float(any(each.condition == word and not each.hidden_by for each in run.alarms))


def _unacknowledged(run: "Run", _: str) -> float:
    return float(sum(not each.acknowledged and not each.hidden_by and each.priority >= Priority.MEDIUM
                     for each in run.alarms))  # fmt: skip


def _state(run: "Run", word: str) -> float:
    return float(run.day.session.state.value == word)


def _due(run: "Run", word: str) -> float | None:
    due = run.day.dues.get(word)
    return None if due is None or due.at is None else run.now + EPOCH - due.at


def _raise(run: "Run", _: str) -> float | None:
    step = run.day.next_raise(run.now)
    return None if step is None else run.now + EPOCH - step.due_at


def _end(run: "Run", _: str) -> float | None:
    end = run.day.planned_end()
    return None if end is None else run.now - end


def _score(run: "Run", word: str) -> float | None:
    last = run.day.session.last(word)
    return None if last is None else float(last.score)


def _pump(run: "Run", word: str) -> float:
    if word == "ml_h":
        return run.pump_ml_h
    entered = run.day.running_ml_h(run.now)
    return float(abs(run.pump_ml_h - entered) > OFF_ORDER * max(entered, 1.0))


def _since(run: "Run", word: str) -> float | None:
    at = run.last_done.get(word, run.happened.get(word))
    return None if at is None else run.now - at


_SIGHTS: Mapping[str, Callable[[Hidden], bool]] = {
    "snoring": lambda hidden: "obstruction" in hidden.befallen and hidden.patency < 0.7,
    "crowing": lambda hidden: "laryngospasm" in hidden.befallen and hidden.patency < 0.7,
    "retching": lambda hidden: "vomiting" in hidden.befallen,
    "agitated": lambda hidden: hidden.agitation >= 1.5,  # noqa: PLR2004 - RASS +2, rounded
    "pale": lambda hidden: "vasovagal" in hidden.befallen and hidden.systolic < 90,  # noqa: PLR2004 - mmHg
    "probe_off": lambda hidden: not hidden.probe,
    "swollen_arm": lambda hidden: hidden.depot_mg > SWOLLEN_MG,
}


def _seen(run: "Run", word: str) -> float:
    if word == "still":
        return float(run.now - run.air_at >= STILL_S)
    return float(_SIGHTS[word](run.hidden))


_LOOKS: Mapping[str, Callable[["Run", str], float | None]] = {
    "second": lambda run, _: run.now,
    "minute": lambda run, _: run.now / 60.0,
    "shown": _shown,
    "alarm": _alarm,
    "unacknowledged": _unacknowledged,
    "state": _state,
    "due": _due,
    "raise": _raise,
    "end": _end,
    "score": _score,
    "moaas": lambda run, _: run.answered,
    "seen": _seen,
    "pump": _pump,
    "done": lambda run, word: float(run.counts.get(word, 0)),
    "happened": lambda run, word: float(word in run.happened),
    "since": _since,
    "hidden": lambda run, word: float(getattr(run.hidden, word)),
    "befallen": lambda run, word: float(word in run.hidden.befallen),
}
