"""When an event of a scenario can happen at the earliest, whatever a nurse does; or never. Runs nothing."""

from collections.abc import Mapping
from math import inf

from nurse_station.training.actions import DONE_KEYS
from nurse_station.training.conditions import Clause, Condition
from nurse_station.training.scenario import Scenario

_SECONDS = {"second": 1.0, "minute": 60.0}
_AT_LEAST, _AT_MOST = frozenset({">", ">=", "=="}), frozenset({"<", "<=", "=="})
_WAITS = ("happened", "since")


def earliest(scenario: Scenario) -> Mapping[str, float]:
    """Event -> seconds of the run; infinite: it can never happen, or not before the end."""
    last = 60.0 * scenario.lasts_min
    found = dict.fromkeys((row.name for row in scenario.happens), inf)
    for _ in scenario.happens:  # an event waits for at most all others
        before = dict(found)
        for row in scenario.happens:
            at = soonest(row.when, found)
            found[row.name] = at if at < last else inf
        if found == before:
            break
    return found


def soonest(condition: Condition, events: Mapping[str, float]) -> float:
    """When a condition can hold at the earliest, seconds; infinite: never. `events`: as `earliest` gives."""
    return min(_all_of(every, events) for every in condition.anyof)


def waits_for(condition: Condition, events: Mapping[str, float]) -> list[str]:
    """The events that a condition asks for, each once."""
    asked = (_event(clause, events) for every in condition.anyof for clause in every)
    return list(dict.fromkeys(name for name in asked if name))


def _all_of(clauses: tuple[Clause, ...], events: Mapping[str, float]) -> float:
    at = max((_from(clause, events) for clause in clauses), default=0.0)
    until = min((_until(clause) for clause in clauses), default=inf)
    return at if at <= until else inf


def _from(clause: Clause, events: Mapping[str, float]) -> float:
    if clause.negated:
        return 0.0
    unit = _SECONDS.get(clause.fact)
    if unit is not None:
        return clause.number * unit if clause.compares in _AT_LEAST else 0.0
    name = _event(clause, events)
    waited = (
        clause.number if name and clause.fact.startswith("since.") and clause.compares in _AT_LEAST else 0
    )
    return events[name] + waited if name else 0.0


def _until(clause: Clause) -> float:
    unit = _SECONDS.get(clause.fact)
    return inf if clause.negated or unit is None or clause.compares not in _AT_MOST else clause.number * unit


def _event(clause: Clause, events: Mapping[str, float]) -> str:
    """The event without which the clause cannot hold; empty: it asks for none."""
    kind, _, word = clause.fact.partition(".")
    asked = kind in _WAITS and word in events and not (kind == "since" and word in DONE_KEYS)
    happened = kind == "since" or clause.compares in ("", ">")  # `happened.x < 1` holds before
    return word if asked and happened and not clause.negated else ""
