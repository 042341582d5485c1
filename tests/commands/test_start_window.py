"""What is on the screen while the station is still being loaded, and when it goes."""

import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtWidgets import QApplication

from nurse_station.commands import run_station, screen, start
from nurse_station.commands.parser import parse
from nurse_station.commands.trouble import UserError
from nurse_station.ui.starting import SENTENCE, StartWindow, end_start, show_start

ROOT = Path(__file__).parents[2]


def start_windows() -> list[StartWindow]:
    shown = QApplication.topLevelWidgets()
    return [widget for widget in shown if isinstance(widget, StartWindow) and widget.isVisible()]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> list[int]:
    """How many start windows there were when the station itself was started."""
    found: list[int] = []

    def run(options: Namespace) -> int:
        found.append(len(start_windows()))
        if options.monitor == "no such":
            msg = "no such monitor"
            raise UserError(msg)
        return 7

    monkeypatch.setattr(run_station, "run", run)
    return found


def test_the_window_is_there_before_the_station(asked: list[int]) -> None:
    assert start.run(parse([])) == 7
    assert asked == [1]


def test_a_station_without_a_window_has_none_at_its_start(asked: list[int]) -> None:
    start.run(parse(["--headless"]))
    assert asked == [0]


def test_without_a_screen_there_is_no_window(asked: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "has_screen", lambda: False)
    start.run(parse([]))
    assert asked == [0]


@pytest.mark.parametrize(
    ("platform", "variables", "there"),
    [
        ("linux", {}, False), ("linux", {"DISPLAY": ":0"}, True), ("linux", {"WAYLAND_DISPLAY": "w"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True), ("win32", {}, True), ("darwin", {}, True),
    ],
)  # fmt: skip
def test_where_there_is_a_screen(
    monkeypatch: pytest.MonkeyPatch, platform: str, variables: dict[str, str], there: bool
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(screen.os, "environ", variables)
    assert screen.has_screen() is there


def test_a_start_that_failed_leaves_no_window(asked: list[int]) -> None:
    with pytest.raises(UserError):
        start.run(parse(["--port", "COM1", "--monitor", "no such"]))
    assert not start_windows()


def test_the_rooms_window_takes_over(qtbot: QtBot) -> None:
    window = show_start()
    assert window is not None
    qtbot.addWidget(window)
    assert start_windows() == [window]
    end_start()
    assert not start_windows()


def test_it_sends_the_nurse_to_the_bedside_monitors(qtbot: QtBot) -> None:
    window = show_start()
    assert window is not None
    qtbot.addWidget(window)
    assert "bedside monitors" in SENTENCE
    assert SENTENCE in window.accessibleName()
    picture = window.grab().toImage()
    ink = {
        x for x in range(picture.width()) for y in range(0, picture.height(), 2) if picture.pixel(x, y) & 0xFF
    }
    assert ink, "nothing is written"
    assert min(ink) > 0, "the words are cut off at the left"
    assert max(ink) < picture.width() - 1, "the words are cut off at the right"


def test_it_is_shown_before_anything_heavy_is_loaded() -> None:
    program = (
        "import sys\n"
        "import nurse_station.app, nurse_station.commands.start, nurse_station.ui.starting\n"
        "print([name for name in ('numpy', 'pyqtgraph', 'sqlite3', 'nurse_station.ui.theme',"
        " 'nurse_station.station.station') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"
