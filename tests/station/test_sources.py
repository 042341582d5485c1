"""Which monitor's word counts at a bed with several, and whose patient a monitor says it has."""

from dataclasses import replace

import numpy as np
import pytest

from nurse_station.station.identity import IDENTITY, Identities
from nurse_station.station.line import MonitorLine
from nurse_station.station.sources import Sources
from nurse_station.vitals.readings import DeviceCondition, FrameAccepted, Missing, Quality, Reading
from nurse_station.vitals.waves import WaveBlock
from tests.station.wards import Ill, real_line

NOW = 100.0


def line(source: str, **values: float | None) -> MonitorLine:
    """A line that receives, and whose monitor has said these values just now."""
    real = real_line(Ill(1))
    found = MonitorLine(replace(real.driver, key=source), real.opening)
    found.receiving = lambda now: True  # type: ignore[method-assign]
    for parameter, value in values.items():
        found.board.add(reading(source, parameter, value))
    return found


def reading(source: str, parameter: str, value: float | None) -> Reading:
    missing = {} if value is not None else {"quality": Quality.MISSING, "why": Missing.INVALID}
    return Reading(parameter=parameter, value=value, at=NOW, source=source, **missing)  # type: ignore[arg-type]


def says(source: str, key: str, active: bool = True, detail: str = "") -> DeviceCondition:
    return DeviceCondition(key=key, active=active, at=NOW, source=source, detail=detail)


def told(
    sources: Sources, line: MonitorLine, lines: list[MonitorLine], *spoken: DeviceCondition
) -> list[tuple]:
    heard = sources.heard(line, spoken, lines, NOW)
    return [(each.key, each.active) for each in heard if isinstance(each, DeviceCondition)]


def test_one_monitor_is_heard_as_it_speaks() -> None:
    only = line("a")
    events = [FrameAccepted(at=NOW, size=3), reading("a", "spo2", None), says("a", "asystole")]
    assert Sources().heard(only, events, [only], NOW) == events


@pytest.mark.parametrize(
    ("first", "second", "counts"),
    [
        ({"spo2": 97.0}, {"spo2": 90.0}, [True, False]),
        ({"spo2": None}, {"spo2": 90.0}, [False, True]),
        ({}, {"spo2": 90.0}, [True, True]),
        ({"spo2": None}, {"spo2": None}, [True, True]),
    ],
)
def test_the_first_monitor_that_has_a_value_counts(
    first: dict[str, float | None], second: dict[str, float | None], counts: list[bool]
) -> None:
    lines = [line("a", **first), line("b", **second)]
    sources = Sources()
    given = [
        bool(sources.heard(each, [reading(each.driver.key, "spo2", values.get("spo2", 95.0))], lines, NOW))
        for each, values in zip(lines, (first, second), strict=True)
    ]
    assert given == counts


def test_a_condition_holds_while_any_monitor_says_so() -> None:
    lines = [line("a"), line("b")]
    sources = Sources()
    assert told(sources, lines[0], lines, says("a", "asystole")) == [("asystole", True)]
    assert told(sources, lines[1], lines, says("b", "asystole")) == []
    assert told(sources, lines[0], lines, says("a", "asystole", active=False)) == []
    assert told(sources, lines[1], lines, says("b", "asystole", active=False)) == [("asystole", False)]


def test_the_sensor_of_a_monitor_that_does_not_count_says_nothing() -> None:
    lines = [line("a", spo2=97.0), line("b", spo2=None)]
    sources = Sources()
    assert told(sources, lines[1], lines, says("b", "spo2_off")) == []
    assert told(sources, lines[0], lines, says("a", "spo2_off")) == [("spo2_off", True)]


def test_what_a_monitor_denies_is_known_to_be_knowable() -> None:
    lines = [line("a"), line("b")]
    assert told(Sources(), lines[0], lines, says("a", "no_breath", active=False)) == [("no_breath", False)]


def test_what_only_a_disconnected_monitor_said_is_so_no_longer() -> None:
    lines = [line("a"), line("b")]
    sources = Sources()
    told(sources, lines[0], lines, says("a", "apnoea"), says("a", "asystole"))
    told(sources, lines[1], lines, says("b", "asystole"))
    [left] = sources.left("a", lines[1:], NOW)
    assert isinstance(left, DeviceCondition)
    assert (left.key, left.active) == ("apnoea", False)


def test_a_wave_is_taken_from_one_monitor_until_it_stops() -> None:
    lines = [line("a"), line("b")]
    sources = Sources()

    def counts(each: MonitorLine, at: float) -> bool:
        samples = np.zeros(3, dtype=np.float32)
        block = WaveBlock(
            wave="pleth", samples=samples, rate_hz=100, resolution=1.0, at=at, source=each.driver.key
        )
        return bool(sources.heard(each, [block], lines, at))

    assert [counts(lines[0], 1.0), counts(lines[1], 1.5), counts(lines[0], 2.0)] == [True, False, True]
    assert [counts(lines[1], 7.5), counts(lines[0], 8.0)] == [True, False]


def test_a_monitor_that_names_another_patient_is_noticed_until_it_names_the_first_again() -> None:
    identities = Identities()
    heard = [
        identities.hear(says("a", IDENTITY, detail=detail)) or bool(identities.changed)
        for detail in ("Ann", "Ann", "", "Bea", "Bea", "Ann")
    ]
    assert heard == [False, False, False, True, True, True]
    assert identities.changed == ""


def test_only_the_identity_is_listened_to() -> None:
    identities = Identities()
    assert not identities.hear(says("a", "asystole", detail="x"))
    assert not identities.hear(says("a", "asystole", detail="y"))
