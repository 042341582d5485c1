"""Killed at any moment, the record is whole: nothing acknowledged is lost, and at most a second of vitals."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from nurse_station.records.reader import RecordReader
from nurse_station.records.state import RECORD_FILE
from nurse_station.records.verify import verify

BEDS = 4
KILLS = int(os.environ.get("NURSE_STATION_KILLS", "6"))
"""So many lives, each killed at a random moment; the long form is 300."""
AGAIN_S = 10.0
"""A station that was killed monitors again within so many seconds of its start."""
WRITER = """
import sys, time
from pathlib import Path
import numpy as np
from nurse_station.records.writer import RecordWriter
from nurse_station.vitals.clock import SystemClock
from nurse_station.vitals.readings import Reading
from nurse_station.vitals.waves import WaveBlock

clock = SystemClock()
writer = RecordWriter(Path(sys.argv[1]), clock, interval_s=float(sys.argv[2]))
writer.start()
beds = [writer.begin_session(f"chair-{n}", f"Chair {n}", simulated=False) for n in range(int(sys.argv[3]))]
print("beds", *beds, flush=True)
for count in range(1_000_000):
    at = clock.now()
    for bed in beds:
        wave = WaveBlock(wave="ecg1", samples=np.arange(6, dtype=np.float32), rate_hz=300, resolution=1.0,
                         at=at, source="x")
        writer.write(bed, [Reading(parameter="hr", value=float(count), at=at, source="x"), wave], at)
    if count % 7 == 0:
        writer.journal(beds[count % len(beds)], "note", {"count": count}, "Ann").result()
        print("journal", count, flush=True)
    if count % 17 == 0:
        writer.flush()
        print("vitals", count, flush=True)
    time.sleep(0.01)
"""


class Run:
    """One life of a writing station, and what it acknowledged before it was killed."""

    def __init__(self, folder: Path, interval_s: float, after_s: float) -> None:
        command = [sys.executable, "-c", WRITER, str(folder), str(interval_s), str(BEDS)]
        self.folder, self.journal, self.vitals = folder, [], -1
        self.beds: list[str] = []
        begun = time.monotonic()
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as station:
            assert station.stdout is not None
            self.beds = station.stdout.readline().split()[1:]
            self.opened_s = time.monotonic() - begun
            time.sleep(after_s)
            station.send_signal(signal.SIGKILL)
            self.killed_at = time.monotonic()
            said = [line.split() for line in station.stdout.read().splitlines() if line[-1:].isdigit()]
        self.journal = [int(count) for kind, count in said if kind == "journal"]
        self.vitals = max((int(count) for kind, count in said if kind == "vitals"), default=-1)

    def check(self) -> None:
        with closing(sqlite3.connect(self.folder / RECORD_FILE)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert verify(self.folder).trouble == ""
        assert self.opened_s < AGAIN_S
        with RecordReader(self.folder) as reader:
            notes = [e.body["count"] for bed in self.beds for e in reader.journal(bed) if e.kind == "note"]
            assert set(self.journal) <= set(notes)
            for bed in self.beds:
                self.check_bed(reader, bed)

    def check_bed(self, reader: RecordReader, bed: str) -> None:
        counts = [int(reading.value or 0) for reading in reader.readings(bed)]
        assert counts == list(range(len(counts)))
        assert len(counts) > self.vitals
        assert len(list(reader.waves(bed))) == len(counts)


pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")


@pytest.mark.hazard("H-11")
def test_killed_at_random_moments_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    moments = random.Random(5)
    lives = []
    for _ in range(KILLS):
        lives.append(Run(tmp_path, 0.05, moments.uniform(0.02, 0.5)))
        lives[-1].check()
    assert sum(len(life.journal) for life in lives) > KILLS
    assert max(life.vitals for life in lives) > 0
    with RecordReader(tmp_path) as reader:
        assert len(reader.open_sessions()) == KILLS * BEDS


def test_killed_it_loses_no_more_than_the_last_second(tmp_path: Path) -> None:
    life = Run(tmp_path, 1.0, 2.2)
    life.check()
    with RecordReader(tmp_path) as reader:
        for bed in life.beds:
            last = max((reading.at for reading in reader.readings(bed)), default=float("-inf"))
            assert life.killed_at - last < 2.0  # a second, and what a busy machine adds to it
