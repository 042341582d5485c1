"""What a scenario or a scripted nurse says that can hardly be meant: a sentence each. Refuses nothing."""

from collections.abc import Iterator, Mapping
from math import inf, isinf

from nurse_station.alarms.conditions import CONDITIONS
from nurse_station.simulator.drugs import DRUGS
from nurse_station.training.actions import words_of
from nurse_station.training.conditions import Condition
from nurse_station.training.earliest import earliest, soonest, waits_for
from nurse_station.training.policy import Policy
from nurse_station.training.scenario import Expected, Happens, Scenario
from nurse_station.training.score import UNASKED
from nurse_station.training.vocabulary import SHOWS

FAR_BEYOND = 20.0
"""So many times the usual dose is rather a slip of the unit."""
NEEDS_EVENT: Mapping[str, str] = {
    "probe_on": "probe_off", "leads_on": "leads_off", "cannula_on": "cannula_off",
    "cuff_other_arm": "cuff_on_probe_arm", "check_cable": "pull_cable",
}  # fmt: skip
"""What can be put right only after an event with this `do`."""
NOT_ORDERED = "not_ordered"
_WORD = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")


def doubts(scenario: Scenario, shipped: Mapping[str, Scenario] | None = None) -> Iterator[str]:
    """What may not be meant in a scenario. `shipped`: whose keys are taken; None: it is one of them."""
    if scenario.key in (shipped or {}):
        yield f'key "{scenario.key}" is that of a scenario of the program; practice will not offer this one.'
    if scenario.begins.recovering_min is not None and not scenario.begins.minutes_in:
        yield (
            "begins.recovering_min is there and minutes_in is not: the infusion ended as it began; "
            "write for how many minutes it ran."
        )
    at = earliest(scenario)
    for number, row in enumerate(scenario.happens, 1):
        yield from _of_event(f"event {number} ({row.name})", row, scenario, at)
    for number, wanted in enumerate(scenario.expected, 1):
        yield from _of_expected(f"expected {number} ({wanted.name})", wanted, scenario, at)
    for place, when in _conditions(scenario):
        waits = any(isinf(at[name]) for name in waits_for(when, at))  # which is said of the event itself
        if not place.startswith("event") and not waits and soonest(when, at) >= 60.0 * scenario.lasts_min:
            yield f"{place} can never be so: {_why(when, at)}."
        yield from _unshown(place, when, scenario)
    for drug, dose in scenario.ordered.items():
        yield from _dose(f"ordered.{drug}", drug, dose)


def doubts_of(policy: Policy, scenarios: Mapping[str, Scenario]) -> Iterator[str]:
    """What may not be meant in a scripted nurse. `scenarios`: those there are, by key."""
    for number, rule in enumerate(policy.rules, 1):
        for action in rule.do:
            if action.drug and action.number is not None:
                yield from _dose(f"rule {number}.do", action.drug, action.number)
    if policy.scenario == "any":
        return
    scenario = scenarios.get(policy.scenario)
    if scenario is None:
        listed = ", ".join(sorted(scenarios))
        yield f'scenario is "{policy.scenario}", which nobody knows here: {listed}.'
        return
    names = nameable(scenario)
    for name in policy.named:
        if name not in names:
            listed = ", ".join(sorted(names))
            yield f'named has "{name}", which {scenario.key} never names; it names {listed}.'
    for number, rule in enumerate(policy.rules, 1):
        yield from _unshown(f"rule {number}.when", rule.when, scenario)


def nameable(scenario: Scenario) -> frozenset[str]:
    """What a score of the scenario can name a nurse for."""
    wrong = {row.name for row in scenario.expected if row.before}
    return frozenset({row.name for row in scenario.against} | wrong | {NOT_ORDERED, UNASKED})


def _conditions(scenario: Scenario) -> Iterator[tuple[str, Condition]]:
    for number, event in enumerate(scenario.happens, 1):
        yield f"event {number} ({event.name}).when", event.when
    for number, against in enumerate(scenario.against, 1):
        if against.when is not None:
            yield f"against {number} ({against.name}).when", against.when
    for number, hint in enumerate(scenario.hints, 1):
        yield f"hint {number}.when", hint.when
    if scenario.ends is not None:
        yield "ends_when", scenario.ends


def _of_event(place: str, row: Happens, scenario: Scenario, at: Mapping[str, float]) -> Iterator[str]:
    if isinf(at[row.name]):
        yield f"{place} can never happen: {_why_never(row, scenario, at)}."
    if not set(row.name) <= _WORD or not row.name[:1].isalnum():
        yield f"{place} cannot be asked for by a condition; name it with small letters, digits and _."
    for deed in row.deeds:
        if deed.kind == "give":
            yield from _dose(f"{place}.dose", deed.what, deed.numbers["dose"])


def _why_never(row: Happens, scenario: Scenario, at: Mapping[str, float]) -> str:
    waits = [name for name in waits_for(row.when, at) if isinf(at[name])]
    if row.name in waits:
        return "it waits for itself"
    if not waits:
        return _why(row.when, at)
    whens = {each.name: each.when for each in scenario.happens}
    mutual = [name for name in waits if row.name in waits_for(whens[name], at)]
    return f"it waits for {(mutual or waits)[0]}, which {'waits for it' if mutual else 'cannot happen'}"


def _why(when: Condition, at: Mapping[str, float]) -> str:
    """Why a condition never holds that waits for no event which never happens."""
    soon = soonest(when, at)
    return "its times exclude each other" if isinf(soon) else f"not before {soon:g} s, and all has ended then"


def _of_expected(place: str, row: Expected, scenario: Scenario, at: Mapping[str, float]) -> Iterator[str]:
    left = 60.0 * scenario.lasts_min - (at.get(row.after, inf) if row.after else 0.0)
    if 0 < left < row.within_s:
        yield (
            f"{place}.within_s is {row.within_s:g}, and at most {left:g} s are left then: "
            "the lesson ends before it can be missed."
        )
    for key in row.before:
        if key in row.do:
            yield f'{place}.before has "{key}", which is in do as well: nothing comes before itself.'
    kinds = {deed.kind for event in scenario.happens for deed in event.deeds}
    lacking = [key for key in row.do if NEEDS_EVENT.get(key, "") and NEEDS_EVENT[key] not in kinds]
    if len(lacking) == len(row.do):
        yield (
            f'{place} expects "{words_of(lacking[0])}", and no event makes it needed; '
            f'add one with do = "{NEEDS_EVENT[lacking[0]]}".'
        )
    given = [key.removeprefix("give_") for key in row.do if key.startswith("give_")]
    for drug in given:
        if drug not in scenario.ordered:
            yield f"{place} expects {drug}, which [ordered] does not hold: giving it counts as {NOT_ORDERED}."


def _unshown(place: str, when: Condition, scenario: Scenario) -> Iterator[str]:
    """A value that no monitor at this bed shows, or an alarm of it."""
    shown = frozenset[str]().union(*(SHOWS.get(key, frozenset()) for key in scenario.monitors))
    for fact in sorted(when.facts):
        kind, _, word = fact.partition(".")
        of = (word,) if kind == "shown" else CONDITIONS[word].parameters if kind == "alarm" else ()
        if of and shown.isdisjoint(of):
            yield f"{place} asks for {fact}, which {', '.join(scenario.monitors)} cannot show."


def _dose(place: str, drug: str, dose: float) -> Iterator[str]:
    row = DRUGS[drug]
    if dose > FAR_BEYOND * row.usual:
        times = dose / row.usual
        yield f"{place} is {dose:g} {row.unit}, {times:g} times the usual {row.usual:g} {row.unit}."
