"""The rows of the alarm list: folded from what the engine says, filtered, worded."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.alarms.changes import Act, ActTaken, Entry, LimitChange
from nurse_station.alarms.commands import (
    Acknowledge,
    CancelPause,
    EnterResponsiveness,
    NewPatient,
    PauseAudio,
    SetLimit,
    SetPhase,
    SwitchOff,
    SwitchOn,
)
from nurse_station.alarms.history import figures
from nurse_station.alarms.limits import Scope
from nurse_station.alarms.words import Phase, Priority
from nurse_station.station.history import History
from nurse_station.ui.models import alarm_acts
from nurse_station.ui.models.alarm_list import AlarmRows, Row, Sort, Wanted, facts, figures_shown, spoken
from nurse_station.ui.models.units import Units
from nurse_station.ui.models.unmeasured import without_s
from tests.alarms.bed import WELL, Bed


def busy() -> Bed:
    """A session with a bit of everything."""
    bed = Bed()
    bed.hold(20, **WELL)
    bed.do(SetPhase(phase=Phase.INFUSING, who="Ana"))
    bed.hold(20, **{**WELL, "spo2": 91})
    bed.hold(12, **{**WELL, "spo2": 87})
    bed.do(Acknowledge(who="Ana"))
    bed.hold(10, **{**WELL, "spo2": None})
    bed.hold(12, **WELL)
    bed.do(PauseAudio(who="Ana"))
    bed.do(CancelPause(who="Ana"))
    bed.do(SwitchOff(condition="hr_high", why="anxious", who="Ana"))
    bed.do(SetLimit(key="hr_high.medium", number=130, who="Ana", why="anxious"))
    bed.do(SwitchOn(condition="hr_high", who="Ana"))
    bed.do(EnterResponsiveness(moaas=4, who="Ana"))
    bed.hold(20, **{**WELL, "hr": 45})
    return bed


BUSY = busy()


def rows(entries: Sequence[Entry]) -> AlarmRows:
    book = AlarmRows()
    book.take({"a": entries})
    return book


def alarms(entries: Sequence[Entry]) -> list[Row]:
    return [row for row in rows(entries).rows if row.sort is not Sort.ACT]


def test_an_alarm_is_told_with_its_value_its_limit_and_how_long() -> None:
    bed = Bed()
    bed.hold(20, spo2=91)
    bed.hold(10, spo2=97)
    (row,) = alarms(bed.entries)
    assert (row.marks, row.title, row.name) == ("**", "SpO₂ 91 < 92", "SpO₂ low")
    assert facts(row, bed.now) == "MEDIUM · lasted 0:08 · not acknowledged"


def test_one_that_is_present_says_so_and_grows() -> None:
    bed = Bed()
    bed.hold(20, spo2=91)
    (row,) = alarms(bed.entries)
    assert row.runs
    assert facts(row, row.at + 84) == "MEDIUM · for 1:24 · present · not acknowledged"


def test_an_escalation_shows_the_worst_and_stays_one_row() -> None:
    bed = Bed()
    bed.hold(16, spo2=91)
    bed.hold(12, spo2=87)
    low = [row for row in alarms(bed.entries) if row.name == "SpO₂ low"]
    assert [(row.marks, row.title) for row in low] == [("***", "SpO₂ 87 < 88")]


def test_who_acknowledged_first_is_told_with_the_seconds_it_took() -> None:
    bed = Bed()
    bed.hold(20, spo2=91)
    bed.do(Acknowledge(who="Ana"))
    bed.hold(2, spo2=91)
    bed.do(Acknowledge(who="Ben"))
    (row,) = alarms(bed.entries)
    assert "acknowledged after 5 s by Ana" in facts(row, bed.now)
    assert not row.unacknowledged


def test_a_merged_alarm_names_the_one_it_is_part_of() -> None:
    bed = Bed()
    bed.hold(20, spo2=84)
    merged = {row.name: row.hidden_by for row in alarms(bed.entries)}
    assert merged["SpO₂ low"] == "spo2_desaturation"
    row = next(row for row in alarms(bed.entries) if row.hidden_by)
    assert "merged into Desaturation" in facts(row, bed.now)


def test_missing_data_are_told_while_they_miss_and_afterwards() -> None:
    bed = Bed()
    bed.hold(20, spo2=91)
    bed.hold(10, spo2=None)
    (row, *_) = alarms(bed.entries)
    assert facts(row, bed.now).endswith("its data are missing now")
    bed.hold(2, spo2=91)
    (row, *_) = alarms(bed.entries)
    assert facts(row, bed.now).endswith("data missing for 0:10")


def test_an_act_is_told_with_who_and_why() -> None:
    titles = {row.title: facts(row, 0) for row in rows(BUSY.entries).rows if row.sort is Sort.ACT}
    assert titles["Audio paused for 120 s"] == "by Ana"
    assert titles["Alarm off: Heart rate high"] == "by Ana · anxious"
    assert titles["Heart rate high, MEDIUM: 120 → 130 /min · this patient's"] == "by Ana · anxious"
    assert titles["Responsiveness: MOAA/S 4"] == "by Ana"
    assert titles["Alarms as during an infusion"] == "by Ana"


@pytest.mark.parametrize("act", Act)
def test_every_act_has_a_sentence(act: Act) -> None:
    change = LimitChange(scope=Scope.CLINIC, key="hr_low.medium", who="x", old=50, new=45)
    entry = ActTaken(
        number=1, at=0, act=act, who="x", condition="hr_low", why="idle", change=change, seconds=4
    )
    assert alarm_acts.sentence(entry).strip()


@given(st.lists(st.integers(0, len(BUSY.entries)), max_size=8))
def test_folding_as_it_grows_gives_the_same_as_at_once(cuts: list[int]) -> None:
    grown: list[Entry] = []
    book = AlarmRows()
    for end in [*sorted(cuts), len(BUSY.entries)]:
        before = list(book.rows)
        grown += BUSY.entries[len(grown) : end]
        news = book.take({"a": grown})
        told = {*news.added, *news.changed}
        assert [n for n, row in enumerate(book.rows) if n >= len(before) or row != before[n]] == sorted(told)
    assert book.rows == rows(BUSY.entries).rows


def test_nothing_new_is_nothing_told() -> None:
    book = rows(BUSY.entries)
    news = book.take({"a": BUSY.entries})
    assert (news.anew, news.added, news.changed) == (False, (), ())


def test_the_log_of_another_session_begins_anew() -> None:
    book = rows(BUSY.entries)
    news = book.take({"a": []})
    assert news.anew
    assert book.rows == []


def test_several_beds_are_in_one_list() -> None:
    book = AlarmRows()
    book.take({"a": BUSY.entries, "b": BUSY.entries[:10]})
    assert {row.bed for row in book.rows} == {"a", "b"}


def test_another_patient_ends_what_was_present() -> None:
    bed = Bed()
    bed.hold(20, spo2=91)
    bed.do(NewPatient(who="Ana"))
    assert not any(row.runs for row in alarms(bed.entries))


def test_co2_is_told_in_the_unit_that_the_clinic_reads() -> None:
    bed = Bed()
    bed.hold(40, etco2=55)
    book = AlarmRows(Units(co2="kPa"))
    book.take({"a": bed.entries})
    assert book.rows[0].title == "EtCO₂ 7.3 > 6.7"


WANTED = [
    (Wanted(), lambda row: True),
    (Wanted(priorities=frozenset({Priority.HIGH})), lambda row: row.marks == "***"),
    (Wanted(sorts=frozenset({Sort.ACT})), lambda row: row.episode is None),
    (Wanted(sorts=frozenset({Sort.PATIENT})), lambda row: row.sort is Sort.PATIENT),
    (Wanted(unacknowledged=True), lambda row: row.episode is not None and not row.who),
    (Wanted(text="  hr 45 "), lambda row: row.title == "HR 45 < 50"),
    (Wanted(text="ANXIOUS"), lambda row: row.why == "anxious"),
    (Wanted(text="no such words"), lambda row: False),
]


@pytest.mark.parametrize(("wanted", "expected"), WANTED)
def test_a_filter_leaves_what_it_says(wanted: Wanted, expected: object) -> None:
    assert callable(expected)
    for row in rows(BUSY.entries).rows:
        assert wanted.has(row) is bool(expected(row)), row


def test_a_row_is_spoken_whole() -> None:
    bed = Bed()
    bed.hold(20, spo2=91)
    (row,) = alarms(bed.entries)
    said = spoken(row, "08:00:15", "Chair 1", bed.now)
    assert said.startswith(
        "Chair 1, 08:00:15, medium priority, SpO₂ low, SpO₂ 91 below 92, MEDIUM · for 0:05"
    )


def test_figures_without_anything_to_take_them_from_are_not_numbers() -> None:
    shown = {figure.words: figure.value for figure in figures_shown(figures((), 0, 0))}
    assert shown["alarms an hour"] == shown["median duration"] == "---"
    assert shown["alarms"] == "0"


def test_figures_are_those_of_the_history() -> None:
    found = figures(BUSY.entries, 1000, BUSY.now, {"spo2": 90.0})
    shown = {figure.words: figure.value for figure in figures_shown(found)}
    assert shown["alarms"] == str(found.alarms)
    assert shown["without a valid SpO₂"] == "1.5 min"


# Minutes without a value


def history(**seconds: Sequence[float]) -> History:
    made = History(1000)
    for parameter, at in seconds.items():
        made.add_numerics(parameter, np.array(at, dtype=float), np.full(len(at), 97.0))
    return made


def test_a_bed_that_never_measured_was_without_all_the_time() -> None:
    assert without_s(History(1000), 1000, 1600) == {"spo2": 600, "rr": 600}


def test_a_value_every_second_leaves_nothing_out() -> None:
    assert without_s(history(spo2=range(1000, 1600)), 1000, 1600)["spo2"] == 0


def test_a_gap_counts_from_when_its_last_value_expired() -> None:
    at = [*range(1000, 1100), *range(1200, 1600)]
    assert without_s(history(spo2=at), 1000, 1600)["spo2"] == 1200 - 1099 - 5


def test_either_source_of_the_breath_will_do() -> None:
    seen = history(rr_co2=range(1000, 1300), rr_imp=range(1290, 1600))
    assert without_s(seen, 1000, 1600)["rr"] == 0


@given(st.lists(st.integers(1000, 1599), max_size=60))
def test_what_is_missing_is_never_negative_nor_longer_than_the_session(at: list[int]) -> None:
    assert 0 <= without_s(history(spo2=at), 1000, 1600)["spo2"] <= 600
