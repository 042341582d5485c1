"""`scenario words` lists every row of every table that may be named; what it says of monitors is so."""

from dataclasses import replace

import pytest

from nurse_station.alarms.conditions import CONDITIONS
from nurse_station.assessments.scales import SCALES
from nurse_station.devices.registry import DRIVERS
from nurse_station.sessions.states import State
from nurse_station.simulator.drugs import DRUGS
from nurse_station.simulator.happenings import HAPPENINGS
from nurse_station.simulator.hidden import COLUMNS
from nurse_station.training import vocabulary
from nurse_station.training.events import EVENTS
from nurse_station.training.facts import SIGHTS, VISIBLE
from nurse_station.training.headless import headless
from nurse_station.training.policy import Kind
from nurse_station.training.run import SameAgain
from nurse_station.vitals.parameters import PARAMETERS
from tests.training.test_scenario_files import PAGE
from tests.training.wards_of_practice import LIMITS, PROTOCOLS, QUIET, SCENARIOS

TABLES = dict(vocabulary.told(PROTOCOLS))
KEYS = {
    "befall,": HAPPENINGS, "give": DRUGS, "[[event]]": EVENTS, "alarm.": CONDITIONS,
    "state.": map(str, State),
    "score.": SCALES, "seen.": SIGHTS,
    "hidden.": COLUMNS, "protocol": PROTOCOLS, "monitors": DRIVERS,
    "kind": map(str, Kind),
}  # fmt: skip


def table(title: str) -> tuple[str, ...]:
    [found] = [lines for each, lines in TABLES.items() if each.startswith(title)]
    return found


@pytest.mark.parametrize(("title", "keys"), [(title, list(keys)) for title, keys in KEYS.items()], ids=KEYS)
def test_each_row_of_a_table_is_a_line_that_says_more_than_its_key(title: str, keys: list[str]) -> None:
    lines = table(title)
    assert [line.split()[0] for line in lines] == keys or {line.split()[0] for line in lines} == set(keys)
    assert all(line.split()[1:] for line in lines)


def test_every_value_of_the_screen_is_listed() -> None:
    told = " ".join(table("shown.")).replace(",", " ").split()
    assert PARAMETERS.keys() <= set(told)


def test_every_word_before_a_point_has_a_table() -> None:
    told = " ".join(TABLES) + " ".join((*table("alone"), *table("due.")))
    assert not [kind for kind in VISIBLE if kind not in told]


@pytest.mark.parametrize("key", HAPPENINGS)
def test_a_happening_says_its_unit_and_its_range(key: str) -> None:
    [line] = [each for each in table("befall,") if each.split()[0] == key]
    low, high = HAPPENINGS[key].range
    assert f"{HAPPENINGS[key].unit}, {low:g} to {high:g}, {HAPPENINGS[key].usual:g}" in line


@pytest.mark.parametrize("key", DRUGS)
def test_a_drug_says_its_usual_dose_with_its_unit(key: str) -> None:
    [line] = [each for each in table("give") if each.split()[0] == key]
    assert f"{DRUGS[key].usual:g} {DRUGS[key].unit}" in line


@pytest.mark.parametrize("family", DRIVERS)
def test_a_monitor_of_practice_shows_what_is_said_of_it(family: str) -> None:
    row = replace(SCENARIOS[QUIET], monitors=(family,), lasts_min=0.6, ends=None)
    run, shown = headless(row, 1, PROTOCOLS[row.protocol], LIMITS), set[str]()
    while not run.over:
        run.step(SameAgain(()))
        shown |= {key for key in PARAMETERS if run.look(f"shown.{key}") is not None}
    assert shown == vocabulary.SHOWS[family]


def test_the_page_names_the_command() -> None:
    assert "nurse-station scenario words" in PAGE
