"""Practice is started from the main window as a program of its own, never while anybody is infused there."""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtCore import QProcess, Qt
from PySide6.QtWidgets import QToolButton

from nurse_station.alarms.words import Phase
from nurse_station.commands.parser import parse
from nurse_station.commands.practice_way import practice_closed, practice_command
from nurse_station.records.lock import DirectoryLock
from nurse_station.station.snapshots import BedSnapshot
from nurse_station.ui.practice_door import NOT_HERE, OPENED, PracticeDoor
from nurse_station.ui.views.room_view import PRACTISE
from nurse_station.ui.window import MainWindow
from tests.ui.room import bed, room, station

Opener = Callable[..., MainWindow]
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
COMMAND = ("python", "-m", "nurse_station", "practise")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Sequence[str]]]:
    """What was started; nothing is."""
    found: list[tuple[str, Sequence[str]]] = []

    def start(program: str, words: Sequence[str]) -> tuple[bool, int]:
        found.append((program, words))
        return program != "gone", 4711

    monkeypatch.setattr(QProcess, "startDetached", start)
    return found


def infused(number: int) -> BedSnapshot:
    one = bed(number)
    return replace(one, alarms=replace(one.alarms, phase=Phase.INFUSING))


def test_it_is_started_and_said(started: list[tuple[str, Sequence[str]]]) -> None:
    answer = PracticeDoor(command=COMMAND).open(room(bed(1)))
    assert (answer.done, answer.sentence) == (True, OPENED)
    assert started == [("python", ["-m", "nurse_station", "practise"])]


def test_nobody_practises_where_somebody_is_infused(started: list[tuple[str, Sequence[str]]]) -> None:
    answer = PracticeDoor(command=COMMAND).open(room(bed(1), infused(2), infused(3)))
    assert not answer.done
    assert "Chair 2 and Chair 3" in answer.sentence
    assert started == []


def test_an_infusion_in_practice_is_nobody_s(started: list[tuple[str, Sequence[str]]]) -> None:
    assert PracticeDoor(command=COMMAND).open(room(infused(1), practice=True)).done


@pytest.mark.parametrize(
    ("door", "words"),
    [
        (PracticeDoor(), NOT_HERE),
        (PracticeDoor(command=COMMAND, closed=lambda: "Practice is open already."), "is open already"),
        (PracticeDoor(command=("gone",)), "could not be started"),
    ],
)
def test_what_cannot_be_opened_is_said(
    door: PracticeDoor, words: str, started: list[tuple[str, Sequence[str]]]
) -> None:
    answer = door.open(room(bed(1)))
    assert not answer.done
    assert words in answer.sentence


@pytest.mark.parametrize("way", ["key", "button"])
def test_key_and_button_of_the_window_open_it(
    opened: Opener, qtbot: QtBot, way: str, started: list[tuple[str, Sequence[str]]]
) -> None:
    window = opened(station(bed(1)))
    window.practice_door = PracticeDoor(command=COMMAND)
    if way == "key":
        with qtbot.waitActive(window):
            window.activateWindow()
        qtbot.keyClick(window, Qt.Key.Key_L, CTRL_SHIFT)
    else:
        next(each for each in window.findChildren(QToolButton) if each.accessibleName() == PRACTISE).click()
    assert len(started) == 1


# The words that start it


def options(*words: str) -> argparse.Namespace:
    return parse(list(words))


def test_it_is_started_as_the_station_was_with_the_same_folder_and_settings(tmp_path: Path) -> None:
    named = options("--data-dir", str(tmp_path / "d"), "--settings", str(tmp_path / "s.toml"))
    more = ("--data-dir", str(tmp_path / "d"), "--settings", str(tmp_path / "s.toml"))
    main = str(tmp_path / "main.py")
    assert practice_command(named, main) == (sys.executable, main, "practise", *more)
    for started_as in ("/x/bin/nurse-station", "/x/nurse_station/__main__.py"):
        assert practice_command(named, started_as)[1:4] == ("-m", "nurse_station", "practise")
    assert practice_command(options(), main) == (sys.executable, main, "practise")


def test_practice_that_is_open_is_not_opened_twice(tmp_path: Path) -> None:
    named = options("--data-dir", str(tmp_path))
    assert practice_closed(named) == ""
    lock = DirectoryLock(tmp_path / "practice" / "door")
    lock.acquire()
    assert practice_closed(named) == "Practice is already open: look for its window."
    lock.release()


def test_the_words_are_words_that_the_program_has(tmp_path: Path) -> None:
    named = options("--data-dir", str(tmp_path), "--settings", str(tmp_path / "s.toml"))
    words = practice_command(named, "main.py")
    again = options(*words[words.index("practise") :])
    assert (again.data_dir, again.settings) == (str(tmp_path), str(tmp_path / "s.toml"))
