"""A session recorded from a real monitor's line, in a record of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from recorded_day import recorded

from nurse_station.devices.contract import Event as DeviceEvent
from nurse_station.devices.registry import DRIVERS
from nurse_station.exports.content import Content, content_of
from nurse_station.records.reader import RecordReader


@pytest.fixture(scope="session")
def db02(shared: Path) -> list[DeviceEvent]:
    """What the real monitor said, as the station's decoder reads it; `at` counts from its beginning."""
    driver = DRIVERS["ge-s5-dri"]
    decoder = driver.decoder()
    data = (shared / "captures/ge_s5_dri/db02.raw").read_bytes()
    return [event for at, piece in driver.pace(data) for event in decoder.feed(piece, at)]


@pytest.fixture(scope="session")
def record(db02: list[DeviceEvent], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("exports") / "record"
    return folder, recorded(folder, db02)


@pytest.fixture
def content(record: tuple[Path, str]) -> Iterator[Content]:
    folder, name = record
    with RecordReader(folder) as reader:
        yield content_of(reader, name)
