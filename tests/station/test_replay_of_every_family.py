"""What a monitor said live, what `decode` makes of the recorded line, and what a replay makes of it: one."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from nurse_station.app import main
from nurse_station.devices.contract import Driver
from nurse_station.devices.registry import DRIVERS
from nurse_station.records.reader import RecordReader
from nurse_station.station.commands import ConnectMonitor, PortKind
from nurse_station.vitals.clock import ManualClock
from tests.station.rooms import bed_of, opened, run

SECONDS = 20
every_driver = pytest.mark.parametrize("driver", DRIVERS.values(), ids=lambda driver: driver.key)

Said = Counter[tuple[str, float | None, str]]


def said(rows: Iterable[dict[str, object]]) -> Said:
    """What was read, whenever: parameter, value, quality."""
    return Counter((str(row["parameter"]), row["value"], str(row["quality"])) for row in rows)  # type: ignore[misc]


def recorded(folder: Path) -> Said:
    with RecordReader(folder) as reader:
        [session] = reader.sessions()
        readings = list(reader.readings(session.name))
    return Counter((r.parameter, r.value, r.quality.value) for r in readings)


@every_driver
def test_live_decoded_and_replayed_readings_are_the_same(
    driver: Driver, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    live, again, clock = tmp_path / "live", tmp_path / "again", ManualClock(1000.0)
    with opened(live, clock) as station:
        station.send(ConnectMonitor(bed="chair-1", driver=driver.key, kind=PortKind.SIMULATOR))
        run(station, clock, SECONDS)
        assert bed_of(station).session
    [line] = (live / "lines").glob(f"*-{driver.key}.line")
    capsys.readouterr()
    assert main(["decode", "--monitor", driver.key, str(line)]) == 0
    decoded = said(json.loads(row) for row in capsys.readouterr().out.splitlines())
    assert main(["--replay", str(line), "--monitor", driver.key, "--speed", "max", "--headless", "--no-sound",
                 "--data-dir", str(again), "--settings", str(tmp_path / "none.toml")]) == 0  # fmt: skip
    assert sum(decoded.values()) >= SECONDS // 2
    held_back = decoded - recorded(live)  # by a format without a checksum, until the next frame
    assert recorded(live) <= decoded
    assert sum(held_back.values()) <= len({key for key, *_ in decoded})
    assert recorded(again / "simulation") == decoded
