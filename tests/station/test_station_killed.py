"""A station that is killed while a HIGH alarm is there has it again within ten seconds, and says for how long
nobody watched."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from nurse_station.alarms.changes import Act, ActTaken, AlarmChange
from nurse_station.alarms.lifecycle import Event
from nurse_station.alarms.words import Priority
from nurse_station.commands.emulate import serve
from nurse_station.devices.registry import DRIVERS
from nurse_station.links.link import LinkError
from nurse_station.links.pty_link import PtyLink
from nurse_station.records.reader import RecordReader
from nurse_station.vitals.clock import SystemClock
from tests.station.rooms import GE
from tests.station.wards import Ill, kept

ROOT = Path(__file__).parents[2]
WITHIN_S = 10.0

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals and SIGKILL are POSIX")


@contextmanager
def monitor(patient: Ill) -> Iterator[str]:
    """A monitor of the family at a pseudo-terminal, attached to a patient; gives the port."""
    link = PtyLink()
    link.open()

    def live() -> None:
        with contextlib.suppress(LinkError, OSError, ValueError):
            serve(link, DRIVERS[GE].emulator(patient, 1), SystemClock())

    thread = threading.Thread(target=live, daemon=True)
    thread.start()
    try:
        yield link.name
    finally:
        link.close()
        thread.join(5)


@contextmanager
def station(port: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    words = ("--port", port, "--monitor", GE, "--headless", "--no-sound", "--data-dir", str(folder))
    command = [sys.executable, "-m", "nurse_station", *words, "--settings", str(folder / "settings.toml")]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, env=environment)  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def line_with(process: subprocess.Popen[str], pattern: str, within_s: float) -> str:
    assert process.stdout is not None
    began = time.perf_counter()
    for line in process.stdout:
        if re.search(pattern, line):
            return line
        assert time.perf_counter() - began < within_s, f"no line with {pattern}"
    pytest.fail(f"it ended without a line with {pattern}")


def test_a_high_alarm_is_there_again_within_ten_seconds_of_a_kill(tmp_path: Path) -> None:
    with monitor(Ill(1, spo2=82.0)) as port:
        with station(port, tmp_path) as first:
            said = line_with(first, "ALARM HIGH  spo2 desaturation", 30)
            first.send_signal(signal.SIGKILL)
        began = time.perf_counter()
        with station(port, tmp_path) as second:
            line_with(second, "ALARM HIGH  spo2 desaturation", WITHIN_S)
            assert time.perf_counter() - began < WITHIN_S
            second.terminate()
            second.wait(20)
    assert "SpO₂ 82 % (limit 85)" in said
    with RecordReader(tmp_path) as reader:
        [summary] = reader.sessions()
    entries = kept(tmp_path, summary.name)
    restored = [e for e in entries if isinstance(e, AlarmChange) and e.event is Event.RESTORED]
    assert [(e.condition, e.priority) for e in restored if e.priority is Priority.HIGH] == [
        ("spo2_desaturation", Priority.HIGH)
    ]
    gaps = [e.seconds for e in entries if isinstance(e, ActTaken) and e.act is Act.GAP]
    assert len(gaps) == 1
    assert 0 < (gaps[0] or 0) < WITHIN_S
