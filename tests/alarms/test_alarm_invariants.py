"""The invariants I1 to I12, held over random shifts at a bed, a process for each core.

NURSE_STATION_STEPS sets how many steps are taken: 100,000 in CI, a few elsewhere, a million before a release.
NURSE_STATION_SEED makes them other ones.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.alarms import shift

ROOT = Path(__file__).parents[2]
STEPS = int(os.environ.get("NURSE_STATION_STEPS", "100000" if os.environ.get("CI") else "4000"))
SEED = int(os.environ.get("NURSE_STATION_SEED", "0"))
CORES = os.cpu_count() or 1
SECONDS = 120 + STEPS / 100


@pytest.mark.timeout(SECONDS)
def test_the_invariants_hold_in_every_shift() -> None:
    words = [sys.executable, "-m", "tests.alarms.shift", str(STEPS // CORES)]
    workers = [
        subprocess.Popen([*words, str(SEED * CORES + number)], cwd=ROOT, text=True,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for number in range(CORES)
    ]  # fmt: skip
    try:
        said = [worker.communicate(timeout=SECONDS)[0] for worker in workers]
    finally:
        for worker in workers:
            worker.kill()
    assert [worker.returncode for worker in workers] == [0] * CORES, "\n".join(said)


def test_each_invariant_is_named_where_it_is_held() -> None:
    named = set(re.findall(r"\bI\d+\b", Path(shift.__file__).read_text(encoding="utf-8")))
    assert named >= {f"I{number}" for number in range(1, 13)}


def test_a_broken_invariant_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nurse_station.alarms.watch.PAUSE_S", 130.0)
    monkeypatch.setattr("nurse_station.alarms.engine.PAUSE_S", 130.0)
    with pytest.raises((AssertionError, ExceptionGroup)):  # a group: it is broken in two ways
        shift.work(2500, 0)
