"""Which monitor's word counts at a bed with several, and whose patient a monitor says it has."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nurse_station.alarms.bedside import UNHEARD
from nurse_station.station.choice import HOLD_S
from nurse_station.station.identity import IDENTITY, Identities
from nurse_station.station.line import MonitorLine
from nurse_station.station.sources import Sources, conditions_of, short_names
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
        ({"spo2": 97.0}, {"spo2": 90.0}, ["a"]),
        ({"spo2": None}, {"spo2": 90.0}, ["b"]),
        ({}, {"spo2": 90.0}, ["b"]),
        ({"spo2": None}, {"spo2": None}, ["a"]),
    ],
)
def test_the_first_monitor_that_has_a_value_counts(
    first: dict[str, float | None], second: dict[str, float | None], counts: list[str]
) -> None:
    lines = [line("a", **first), line("b", **second)]
    sources = Sources()
    heard = [
        event
        for each, values in zip(lines, (first, second), strict=True)
        for event in sources.heard(
            each, [reading(each.driver.key, k, v) for k, v in values.items()], lines, NOW
        )
    ]
    assert list(dict.fromkeys(event.source for event in heard if isinstance(event, Reading))) == counts


def test_a_monitor_that_counts_from_now_on_is_heard_at_once() -> None:
    lines = [line("a", spo2=97.0), line("b", spo2=90.0)]
    sources = Sources()
    sources.step(lines, NOW)
    lines[0].board.add(reading("a", "spo2", None))
    assert sources.step(lines, NOW + 5) == []  # a change of source holds; b's value is too old by now
    lines[1].board.add(replace(reading("b", "spo2", 91.0), at=NOW + 6))
    lines[0].board.add(replace(reading("a", "spo2", None), at=NOW + 6))
    assert [event.value for event in sources.step(lines, NOW + 6) if isinstance(event, Reading)] == [91.0]


def test_upper_and_lower_pressure_come_from_one_monitor() -> None:
    lines = [line("a", nibp_sys=120.0), line("b", nibp_sys=110.0, nibp_dia=60.0)]
    sources = Sources()
    sources.step(lines, NOW)
    shown = sources.numerics(lines, NOW)
    assert shown["nibp_sys"].value == 120.0
    assert "nibp_dia" not in shown


def test_values_carry_the_name_of_their_monitor_where_there_are_several() -> None:
    lines = [line("a", hr=70.0), line("b", spo2=97.0)]
    lines[1].driver = replace(lines[1].driver, name="Masimo (ASCII 1)")
    sources = Sources()
    sources.step(lines, NOW)
    names = {key: numeric.monitor for key, numeric in sources.numerics(lines, NOW).items()}
    assert names == {"hr": "GE", "spo2": "Masimo"}
    assert sources.numerics(lines[:1], NOW)["hr"].monitor == ""


def test_two_monitors_that_begin_alike_keep_their_whole_names() -> None:
    lines = [line("a"), line("b")]
    assert short_names(lines) == {"a": "GE S/5 family", "b": "GE S/5 family"}


def test_each_of_several_monitors_says_its_conditions_in_its_own_name() -> None:
    lines = [line("a", spo2=97.0), line("b", spo2=97.0)]
    for each in lines:
        each.conditions["spo2_off"] = ""
        each.board.is_silent = lambda now: False  # type: ignore[method-assign]
    lines[1].driver = replace(lines[1].driver, name="Masimo (ASCII 1)")
    assert {key: said.words for key, said in conditions_of(lines, NOW).items()} == {
        "spo2_off": "GE: spo2 off",
        "spo2_off@b": "Masimo: spo2 off",
    }
    assert conditions_of(lines[:1], NOW)["spo2_off"].words == "spo2 off"


def test_what_a_lost_monitor_said_is_known_no_more() -> None:
    lines = [line("a"), line("b")]
    sources = Sources()
    told(sources, lines[0], lines, says("a", "apnoea"))
    lines[0].unheard = lambda now: True  # type: ignore[method-assign]
    [doubted] = sources.step(lines, NOW)
    assert isinstance(doubted, DeviceCondition)
    assert (doubted.key, doubted.active, doubted.detail) == ("apnoea", True, UNHEARD)
    assert sources.step(lines, NOW) == []


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
    sources.step(lines, NOW)
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


SPOKEN = st.lists(
    st.tuples(
        st.sampled_from("ab"), st.floats(0.1, 3.0), st.one_of(st.none(), st.integers(80, 100)), st.booleans()
    ),
    max_size=60,
)


@given(SPOKEN)
@settings(max_examples=100, deadline=None)
def test_the_merged_stream_never_mixes_two_monitors_within_the_hold(
    spoken: list[tuple[str, float, float | None, bool]],
) -> None:
    lines = {key: line(key) for key in "ab"}
    sources, now, heard = Sources(), NOW, []
    for key, passed, value, lost in spoken:
        now += passed
        lines[key].receiving = lambda _now, lost=lost: not lost  # type: ignore[method-assign,misc]
        said = replace(reading(key, "spo2", value), at=now)
        lines[key].board.add(said)
        both = list(lines.values())
        events = [*sources.step(both, now), *sources.heard(lines[key], [said], both, now)]
        heard += [(now, event.source) for event in events if isinstance(event, Reading)]
    changes = [at for (_, one), (at, other) in pairwise(heard) if one != other]
    assert all(later - sooner >= HOLD_S - 1e-6 for sooner, later in pairwise(changes))


@given(SPOKEN)
@settings(max_examples=100, deadline=None)
def test_what_is_shown_is_never_of_a_monitor_that_is_not_heard(
    spoken: list[tuple[str, float, float | None, bool]],
) -> None:
    lines = {key: line(key) for key in "ab"}
    sources, now = Sources(), NOW
    for key, passed, value, lost in spoken:
        now += passed
        lines[key].receiving = lambda _now, lost=lost: not lost  # type: ignore[method-assign,misc]
        lines[key].board.add(replace(reading(key, "spo2", value), at=now))
        both = list(lines.values())
        sources.step(both, now)
        shown = sources.numerics(both, now)["spo2"]
        assert shown.value is None or (lines[shown.source].receiving(now) and now - shown.at < 10)
