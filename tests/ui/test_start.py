"""What must hold of Qt and of the start of the program, each shown in a process of its own."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OFFSCREEN = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}

# PySide6 6.12.0 drops a reference to True with each emit on Python before 3.12; some 570 abort it.
EMITS = """
from PySide6.QtCore import QObject, Signal

class Bell(QObject):
    rung = Signal()

bell = Bell()
for _ in range(20_000):
    bell.rung.emit()
    bell.setObjectName("bell")
print("alive")
"""

FIRST_PAINT = """
import sys
import time
import time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from nurse_station.ui import window

seen = {}
show = window.MainWindow.show

def watched(self):
    seen["at show"] = "pyqtgraph" in sys.modules
    show(self)
    QTimer.singleShot(2500, lambda: QApplication.instance().exit(0))

window.MainWindow.show = watched
window.MainWindow.showMaximized = watched
from nurse_station.app import main
code = main(["--simulate", "--no-sound", "--data-dir", sys.argv[1]])
print(code, seen["at show"], "pyqtgraph" in sys.modules)
"""


def output_of(program: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program, *words], cwd=ROOT, env=OFFSCREEN, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_qt_survives_twenty_thousand_emits() -> None:
    assert output_of(EMITS) == "alive"


def test_pyqtgraph_is_imported_after_the_window_is_shown(tmp_path: Path) -> None:
    assert output_of(FIRST_PAINT, str(tmp_path)) == "0 False True"


@pytest.mark.parametrize("words", [["-m", "nurse_station"], ["main.py"]])
def test_every_way_to_start_is_the_same_program(words: list[str]) -> None:
    done = subprocess.run([sys.executable, *words, "--version"], cwd=ROOT, capture_output=True, text=True,
                          timeout=60, check=True)  # fmt: skip
    assert done.stdout.startswith("nurse-station ")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to send")
def test_a_polite_end_of_the_process_asks_nothing_and_closes_the_record(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "nurse_station", "--simulate", "--no-sound", "--data-dir", str(tmp_path)]
    with subprocess.Popen(words, cwd=ROOT, env=OFFSCREEN, stderr=subprocess.DEVNULL) as process:
        try:
            record = tmp_path / "record.sqlite3"
            for _ in range(200):
                if record.exists() and (tmp_path / "lines").exists():
                    break
                time.sleep(0.1)
            time.sleep(0.5)
            process.terminate()
            assert process.wait(20) == 0
        finally:
            process.kill()
    assert not (tmp_path / "record.sqlite3-wal").exists()


def test_the_station_starts_without_loading_practice() -> None:
    """Its modules cost a tenth of a second before the first number of a patient stands on the screen."""
    told = "import sys, nurse_station.ui.window; print(*(n for n in sys.modules if '.training' in n))"
    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True, cwd=ROOT, env=OFFSCREEN
    )
    assert not done.stdout.split()
