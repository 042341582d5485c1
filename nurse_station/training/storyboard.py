"""A scenario as a page to read: who, what happens when, what is expected, what counts against."""

from collections.abc import Iterable, Iterator

from nurse_station.simulator.drugs import DRUGS
from nurse_station.simulator.happenings import HAPPENINGS
from nurse_station.training.actions import words_of
from nurse_station.training.events import EVENTS, Deed
from nurse_station.training.scenario import Against, Expected, Happens, Scenario

_NUMBERS = {"lasts_s": ("for", " s"), "in_s": ("first in", " s"), "every_s": ("every", " s"),
            "share": ("part", ""), "ml_h": ("at", " mL/h")}  # fmt: skip


def storyboard(scenario: Scenario) -> Iterator[str]:
    """Its lines."""
    yield f"{scenario.name} ({scenario.key}, version {scenario.version}), at most {scenario.lasts_min:g} min"
    yield scenario.summary
    yield ""
    yield _begins(scenario)
    yield f"Monitors       {', '.join(scenario.monitors)}; protocol {scenario.protocol}"
    if scenario.ordered:
        yield "Ordered        " + ", ".join(
            f"{drug} up to {dose:g} {DRUGS[drug].unit}" for drug, dose in scenario.ordered.items()
        )
    yield from _titled("What happens", map(_happens, scenario.happens))
    yield from _titled("What is expected", map(_expected, scenario.expected))
    yield from _titled("What counts against", map(_against, scenario.against))
    yield from _titled("Hints", (f"when {hint.when.text}: {hint.say}" for hint in scenario.hints))
    yield from _titled("To take along", scenario.learning)


def _begins(scenario: Scenario) -> str:
    who, begins = scenario.patient, scenario.begins
    age = "age by seed" if who.age is None else f"{who.age} years"
    since = f"{begins.minutes_in:g} min into the infusion"
    if begins.recovering_min is not None:
        since = f"{begins.recovering_min:g} min after an infusion of {begins.minutes_in:g} min"
    if begins.oxygen_l_min:
        since += f", oxygen {begins.oxygen_l_min:g} L/min"
    return f"Patient        {who.name}, {age}, {who.weight_kg:g} kg, {since}"


def _titled(title: str, lines: Iterable[str]) -> Iterator[str]:
    told = list(lines)
    if told:
        yield ""
        yield title
        yield from (f"  {line}" for line in told)


def _happens(row: Happens) -> str:
    told = [*map(_deed, row.deeds), *([row.say] if row.say else [])]
    return f"{row.name}: when {row.when.text}: {'; '.join(told) or 'a mark'}"


def _deed(deed: Deed) -> str:
    """What is made to happen, each number with its unit."""
    name = DRUGS[deed.what].name if deed.kind == "give" else ""
    if deed.what in HAPPENINGS:
        name = HAPPENINGS[deed.what].name
    numbers = ", ".join(_number(deed, key, value) for key, value in deed.numbers.items())
    said = f"{name} {EVENTS[deed.kind].words}".strip()
    return f"{said} ({numbers})" if numbers else said


def _number(deed: Deed, key: str, value: float) -> str:
    """A size in the unit of what befalls, a dose in that of the drug."""
    if key == "size":
        unit = HAPPENINGS[deed.what].unit
        before = {"part": "size ", "grade": "grade ", "RASS": "RASS +"}.get(unit)
        return f"{value:g} {unit}" if before is None else f"{before}{value:g}"
    if key == "dose":
        return f"{value:g} {DRUGS[deed.what].unit}"
    words, unit = _NUMBERS[key]
    return f"{words} {value:g}{unit}"


def _expected(row: Expected) -> str:
    since = f" of {row.after}" if row.after else ""
    since += f", or since {row.early}" if row.early else ""
    need = "" if row.needed else ", not needed to pass"
    first = (
        f"; wrong if one of these came first: {', '.join(map(words_of, row.before))}" if row.before else ""
    )
    return f"{row.words}: within {row.within_s:g} s{since}{need}{first} ({', '.join(row.do)})"


def _against(row: Against) -> str:
    done = f"{', '.join(row.do)}" if row.do else ""
    when = f"when {row.when.text}" if row.when is not None else ""
    fails = "" if row.fails else ", does not fail the run"
    return f"{row.words} ({' '.join(part for part in (done, when) if part)}){fails}"
