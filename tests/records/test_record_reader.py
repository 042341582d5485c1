"""The record is read at any time: series for the ribbon, waves around a moment, sentences for errors."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from nurse_station.records.reader import RecordReader
from nurse_station.records.state import RECORD_FILE, RecordError
from nurse_station.records.words import microseconds
from nurse_station.records.writer import RecordWriter
from nurse_station.vitals.clock import ManualClock
from nurse_station.vitals.readings import Missing, Quality, Reading
from nurse_station.vitals.waves import WaveBlock

SECONDS = 1200
START = 1000.0


def readings(number: int) -> list[Reading]:
    at = START + number
    missing = number % 10 == 3
    stale = number % 10 == 4
    return [
        Reading(
            parameter="spo2",
            value=None if missing else 97.0,
            at=at,
            source="one",
            quality=Quality.MISSING if missing else Quality.STALE if stale else Quality.GOOD,
            why=Missing.OFF if missing else None,
        ),
        Reading(parameter="etco2", value=number / 7, at=at, source="one"),
    ]


def block(number: int) -> WaveBlock:
    return WaveBlock(wave="co2", samples=np.full(25, number, np.float32), rate_hz=25, resolution=1.0,
                     at=START + number, source="one")  # fmt: skip


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, float]:
    """A folder with one session of 1200 s, its name, and the unix second at which it began."""
    folder, clock = tmp_path_factory.mktemp("record"), ManualClock(now=START)
    began = microseconds(clock.wall()) / 1e6
    writer = RecordWriter(folder, clock)
    writer.start()
    name = writer.begin_session("chair-1", "Chair 1", simulated=False)
    for number in range(SECONDS):
        writer.write(name, [*readings(number), block(number)], at=clock.now())
        clock.advance(1.0)
    writer.close()
    return folder, name, began


@pytest.fixture
def reader(kept: tuple[Path, str, float]) -> Iterator[RecordReader]:
    with RecordReader(kept[0]) as reader:
        yield reader


def test_a_series_holds_one_value_a_reading(reader: RecordReader, kept: tuple[Path, str, float]) -> None:
    times, values = reader.numeric_series(kept[1], "etco2")
    assert np.allclose(times, kept[2] + np.arange(SECONDS), atol=1e-6)
    assert values.tolist() == [number / 7 for number in range(SECONDS)]


def test_a_series_has_holes_where_nothing_was_measured_or_an_old_value_came(
    reader: RecordReader, kept: tuple[Path, str, float]
) -> None:
    _, values = reader.numeric_series(kept[1], "spo2")
    assert [bool(np.isnan(value)) for value in values[:10]] == [n in (3, 4) for n in range(10)]
    assert np.nanmin(values) == np.nanmax(values) == 97.0


def test_a_parameter_that_was_never_measured_has_an_empty_series(
    reader: RecordReader, kept: tuple[Path, str, float]
) -> None:
    assert [len(array) for array in reader.numeric_series(kept[1], "temp1")] == [0, 0]


@pytest.mark.parametrize(("start", "end"), [(0, 10), (600, 630.5), (0.5, 1.5), (1190, 5000), (50, 50)])
def test_waves_around_a_moment_are_those_that_arrived_then(
    reader: RecordReader, kept: tuple[Path, str, float], start: float, end: float
) -> None:
    _, name, began = kept
    found = [int(b.samples[0]) for b in reader.waves(name, "co2", began + start, began + end)]
    assert found == [number for number in range(SECONDS) if start <= number < end]


def test_all_readings_of_a_long_session_come_back(
    reader: RecordReader, kept: tuple[Path, str, float]
) -> None:
    assert list(reader.readings(kept[1])) == [r for number in range(SECONDS) for r in readings(number)]


def test_a_summary_tells_how_long_and_how_much(reader: RecordReader, kept: tuple[Path, str, float]) -> None:
    (session,) = reader.sessions()
    assert (session.name, session.seconds, session.numerics) == (kept[1], SECONDS - 1, SECONDS)
    assert session.last is not None
    assert (session.last - session.started).total_seconds() == SECONDS - 1


def test_a_session_that_is_not_there_is_said(reader: RecordReader) -> None:
    with pytest.raises(RecordError, match="no session 1999-01-01-001"):
        list(reader.readings("1999-01-01-001"))


def test_an_empty_folder_has_no_record(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="There is no record in"):
        RecordReader(tmp_path)


def test_a_record_that_no_station_has_opened_yet_is_said(tmp_path: Path) -> None:
    (tmp_path / RECORD_FILE).touch()
    with pytest.raises(RecordError, match="older form"):
        RecordReader(tmp_path)


@pytest.mark.hazard("H-12")
def test_the_clock_of_the_computer_may_be_set_while_the_record_is_written(tmp_path: Path) -> None:
    clock = ManualClock(now=START)
    writer = RecordWriter(tmp_path, clock)
    writer.start()
    name = writer.begin_session("chair-1", "Chair 1", simulated=False)
    for number, hours in enumerate((8, 6, 9)):
        clock.set_wall(clock.wall().replace(hour=hours))
        writer.write(name, readings(number), at=START + number)
        assert writer.flush()
    writer.close()
    with RecordReader(tmp_path) as reader:
        assert [reading.at for reading in reader.readings(name)] == [START + n for n in (0, 0, 1, 1, 2, 2)]
