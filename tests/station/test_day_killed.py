"""A station killed anywhere in a day comes back to the same day, and says how long it was gone."""

import os
import random
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from nurse_station.records import writer
from nurse_station.sessions.session import fold
from nurse_station.sessions.states import State
from nurse_station.vitals.clock import ManualClock
from tests.station.day_script import MORNING, day, live
from tests.station.rooms import bed_of, opened

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("NURSE_STATION_KILLS", "4"))
DEEDS = [deed for _, deed in day()]

posix = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")


def killed_after(folder: Path, wanted: int) -> tuple[int, datetime]:
    """Let a station live the day, and kill it once so many deeds are done; how many were, and the time."""
    command = [sys.executable, "-m", "tests.station.day_script", str(folder)]
    done, at = 0, MORNING
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            # What it still said before it was dead is done as well: this process may be the slower one.
            number, wall = line.split()
            done, at = int(number), datetime.fromisoformat(wall)
            if done == wanted:
                process.send_signal(signal.SIGKILL)
    return done, at


@posix
@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", range(KILLS))
def test_killed_anywhere_no_entry_is_lost_and_the_day_goes_on(tmp_path: Path, seed: int) -> None:
    wanted = random.Random(seed).randint(1, len(DEEDS) - 1)  # noqa: S311 - a place to kill at
    done, at = killed_after(tmp_path, wanted)
    clock = ManualClock(77.0, at + timedelta(seconds=8))
    with opened(tmp_path, clock, practice=False) as station:
        clock.advance(1)
        station.step()
        bed = bed_of(station)
        assert bed.care is not None
        found = [entry.deed for entry in bed.care.entries]
        assert found[:done] == DEEDS[:done]
        assert len(found) <= done + 1
        assert bed.care.session == fold(bed.care.entries)
        if bed.care.session.state not in (State.DRAFT,):
            assert "monitoring_gap" in {entry.kind for entry in bed.entries}


def test_a_whole_day_goes_from_arrival_to_discharge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "STUCK_S", 1e9)  # a disk is slow beside a clock moved by hand
    clock = ManualClock(1000.0, MORNING)
    with opened(tmp_path, clock, practice=False) as station:
        said = list(live(station, clock))
        care = bed_of(station).care
    assert care is not None
    assert care.session.state is State.DISCHARGED
    assert care.summary.given is not None
    assert care.summary.given.mg == pytest.approx(_integral(), abs=1e-9)
    assert said[-1] == "Chair 1: Discharged with the escort."


def _integral() -> float:
    """The dose by hand: minutes at each rate of 1 mg/mL."""
    at, since, rate, total = 0.0, 0.0, 0.0, 0.0
    for minutes, deed in day():
        at += round(minutes * 60 / 5) * 5 / 60
        new = getattr(deed, "pump_ml_h", None)
        if type(deed).__name__ in {"Paused", "Stopped"}:
            new = 0.0
        if new is not None:
            total += rate * (at - since) / 60
            since, rate = at, new
    return total
