"""A record in a temporary folder, and the vitals that the tests write in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nurse_station.records.writer import RecordWriter
from nurse_station.vitals.clock import ManualClock, SystemClock


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(now=1000.0)


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[RecordWriter]:
    writer = RecordWriter(tmp_path, SystemClock(), interval_s=0.02)
    writer.start()
    yield writer
    writer.close()
