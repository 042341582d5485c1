"""A session of the record as a screen looks back on it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nurse_station.alarms.changes import AlarmChange
from nurse_station.alarms.lifecycle import Event, State
from nurse_station.alarms.words import Kind, Priority
from nurse_station.records.reader import RecordReader
from nurse_station.records.writer import RecordWriter
from nurse_station.sessions import deeds
from nurse_station.sessions.codec import as_json
from nurse_station.station.past import PastError
from nurse_station.station.past_reader import read_past, read_past_sessions, read_past_waves
from nurse_station.vitals.clock import ManualClock
from nurse_station.vitals.readings import Missing, Quality, Reading
from nurse_station.vitals.waves import WaveBlock

START = datetime(2026, 1, 5, 8, tzinfo=UTC)
T0 = START.timestamp()
PATIENT = deeds.Patient(name="Berg, Anna", born=date(1980, 4, 2), weight_kg=70, number="4417")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sessions of two runs of the program: one with all, one with nothing."""
    place = tmp_path_factory.mktemp("record")
    clock = ManualClock(now=500.0, wall=START)
    with _writer(place, clock) as record:
        name = record.begin_session("chair-1", "Chair 1", simulated=False)
        _enter(record, name, 1, deeds.PatientBound(patient=PATIENT))
        _enter(record, name, 2, deeds.ScreeningBegun(course="C1", day=2))
        record.journal(name, "note", {"text": "reads a book"}, "M. Ruiz")
        for second in range(120):
            record.write(name, list(_second(clock.now())), at=clock.now())
            if second == 60:
                for change in _alarm(clock.now()):
                    record.journal(name, "alarm", change.as_json(), "station", durable=False)
            clock.advance(1.0)
        record.end_session(name, "M. Ruiz").result(5)
    other = ManualClock(now=9.0, wall=datetime(2026, 1, 6, 8, tzinfo=UTC))
    with _writer(place, other) as record:
        record.begin_session("chair-2", "Chair 2", simulated=False)
    return place


class _writer(RecordWriter):  # noqa: N801 - read as a function
    def __enter__(self) -> RecordWriter:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _enter(record: RecordWriter, session: str, number: int, deed: deeds.Deed) -> None:
    entry = deeds.Entry(number=number, at=T0 + number, who="M. Ruiz", deed=deed)
    record.journal(session, "session", as_json(entry), "M. Ruiz", durable=False)


def _second(now: float) -> Iterator[Reading | WaveBlock]:
    yield Reading(parameter="hr", value=80.0, at=now, source="ge")
    yield Reading(parameter="spo2", value=None, at=now, source="ge", quality=Quality.MISSING, why=Missing.OFF)
    yield Reading(parameter="nibp_sys", value=120.0, at=now, source="ge", measured_at=500.0)
    at = np.arange(100) / 100 + now
    yield WaveBlock(wave="pleth", samples=np.round(50 + 40 * np.sin(at), 1).astype(np.float32), rate_hz=100,
                    resolution=0.1, at=now, source="ge")  # fmt: skip


def _alarm(now: float) -> list[AlarmChange]:
    one = {"condition": "spo2_low", "kind": Kind.PHYSIOLOGICAL, "before": State.PENDING,
           "acknowledged": False, "after": State.ACTIVE, "value": 88.0, "limit": 90.0, "delay_s": 5.0,
           "detail": ("spo2",)}  # fmt: skip
    rows = ((Event.DELAY_ELAPSED, Priority.HIGH, ""), (Event.ENDED, Priority.HIGH, ""),
            (Event.DELAY_ELAPSED, Priority.MEDIUM, "apnoea"))  # fmt: skip
    return [
        AlarmChange(
            number=number, at=now, onset=now - 5, event=event, priority=priority, hidden_by=hidden, **one
        )
        for number, (event, priority, hidden) in enumerate(rows, start=1)
    ]


def test_the_newest_session_comes_first(folder: Path) -> None:
    assert [row.session for row in read_past_sessions(folder)] == ["2026-01-06-001", "2026-01-05-001"]


def test_the_list_says_whose_day_it_was_and_what_alarmed(folder: Path) -> None:
    row = read_past_sessions(folder)[1]
    assert (row.patient, row.course, row.day, row.days) == (PATIENT, "C1", 2, 5)
    assert row.alarms == {Priority.HIGH: 1}
    assert row.seconds == 120


def test_a_session_without_a_patient_has_no_day(folder: Path) -> None:
    row = read_past_sessions(folder)[0]
    assert (row.patient, row.day, row.days, row.ended, row.simulated) == (None, 0, 0, None, False)


def test_values_lie_at_the_time_of_day_at_which_they_came(folder: Path) -> None:
    past = read_past(folder, "2026-01-05-001")
    track = past.history.numeric("hr")
    assert track is not None
    seconds, low, high = track.between(0, 1e10)
    assert (seconds[0], seconds[-1], len(seconds)) == (T0, T0 + 119, 120)
    assert set(low) | set(high) == {80.0}


def test_what_was_never_valid_is_not_there(folder: Path) -> None:
    track = read_past(folder, "2026-01-05-001").history.numeric("spo2")
    assert track is None or not len(track.between(0, 1e10)[0])


def test_a_cuff_pressure_stands_once_where_it_was_measured(folder: Path) -> None:
    track = read_past(folder, "2026-01-05-001").history.numeric("nibp_sys")
    assert track is not None
    assert list(track.between(0, 1e10)[0]) == [T0]


def test_alarms_lie_on_the_same_clock_as_the_values(folder: Path) -> None:
    past = read_past(folder, "2026-01-05-001")
    assert [round(entry.at - T0, 3) for entry in past.alarms] == [60.0, 60.0, 60.0]


def test_deeds_are_the_day_s_and_no_entries_besides(folder: Path) -> None:
    past = read_past(folder, "2026-01-05-001")
    assert [type(entry.deed) for entry in past.care] == [deeds.PatientBound, deeds.ScreeningBegun]
    assert "note" in [entry.kind for entry in past.entries]
    assert "session" not in [entry.kind for entry in past.entries]


def test_waves_of_a_moment_are_those_around_it(folder: Path) -> None:
    found = read_past_waves(folder, "2026-01-05-001", T0 + 60, 10)
    (pleth,) = found.waves
    assert (found.start, found.end, pleth.wave) == (T0 + 55, T0 + 65, "pleth")
    assert len(pleth.times) == pytest.approx(1000, abs=2)
    assert pleth.times[0] >= T0 + 55
    assert pleth.times[-1] < T0 + 65


def test_where_no_waves_were_recorded_there_are_none(folder: Path) -> None:
    assert read_past_waves(folder, "2026-01-05-001", T0 + 5000, 10).waves == ()


def test_a_session_that_there_is_not_is_said_in_words(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(PastError, match="There is no session nobody"):
        read_past(folder, "nobody")
    with pytest.raises(PastError, match="There is no record"):
        read_past_sessions(tmp_path)


def test_an_empty_session_opens_too(folder: Path) -> None:
    past = read_past(folder, "2026-01-06-001")
    assert (past.care, past.alarms, past.waves, past.infused_from) == ((), (), (), None)


values = st.one_of(st.none(), st.floats(-1000, 1000).map(lambda v: round(v, 2)), st.floats(-1e6, 1e6))
frames = st.lists(st.dictionaries(st.sampled_from(["hr", "spo2", "etco2"]), values, min_size=1), min_size=1,
                  max_size=15)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(frames=frames)
def test_one_pass_gives_what_each_parameter_s_own_question_gives(
    tmp_path_factory: pytest.TempPathFactory, frames: list[dict[str, float | None]]
) -> None:
    place, clock = tmp_path_factory.mktemp("r"), ManualClock(now=5.0, wall=START)
    with _writer(place, clock) as record:
        name = record.begin_session("chair-1", "Chair 1", simulated=False)
        for frame in frames:
            said = [
                Reading(parameter=key, value=value, at=clock.now(), source="ge")
                for key, value in frame.items()
            ]
            record.write(name, said, at=clock.now())
            clock.advance(1.0)
    with RecordReader(place) as reader:
        series = reader.all_series(name)
        for key in ("hr", "spo2", "etco2"):
            at, value = reader.numeric_series(name, key)
            if key in series:
                np.testing.assert_array_equal(series[key].at, at)
                np.testing.assert_array_equal(series[key].value, value)
            else:
                assert not len(at)
