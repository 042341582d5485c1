"""The mark that patients are watched on this computer: who bears it, who sees it; it stops nobody."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from nurse_station.app import main
from nurse_station.commands import practise, run_station, watch_mark
from nurse_station.commands.watch_mark import NAME, are_patients_watched, patients_watched
from nurse_station.records import lock as locks

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no mark on Windows")
NOBODY = 65534
"""A user who owns nothing."""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder that all users share."""
    found = tmp_path / "shared"
    found.mkdir()
    found.chmod(0o1777)
    return found


@pytest.fixture
def marks(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether the mark was there while a station ran that ended at once."""
    found: list[bool] = []

    def ended(*parts: object) -> int:
        found.append(are_patients_watched())
        return 0

    monkeypatch.setattr(run_station, "run_headless", ended)
    return found


def borne_elsewhere(place: Path) -> "subprocess.Popen[str]":
    """Another program bears the mark until its input ends."""
    words = ("import sys; from pathlib import Path; from nurse_station.commands.watch_mark import *\n"
             "with patients_watched([Path(sys.argv[1])]):\n"
             "    print('there', flush=True); sys.stdin.read()")  # fmt: skip
    program = subprocess.Popen(
        [sys.executable, "-c", words, str(place)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "there\n"
    return program


@pytest.fixture
def station(place: Path) -> Iterator["subprocess.Popen[str]"]:
    with borne_elsewhere(place) as program:
        yield program
        program.kill()


def test_nobody_is_watched_where_no_station_is_and_to_ask_makes_no_file(place: Path) -> None:
    assert not are_patients_watched([place, place / "nowhere"])
    assert not list(place.iterdir())


@pytest.mark.hazard("H-06")
def test_practice_is_silent_beside_a_station_of_another_data_folder(
    place: Path, tmp_path: Path, station: "subprocess.Popen[str]", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch_mark, "PLACES", (place,))
    assert practise.silence(tmp_path / "other", no_sound=False) == practise.WATCHED
    station.kill()
    station.wait()
    assert practise.silence(tmp_path / "other", no_sound=False) == "", "a station that died bears none"


def test_several_stations_bear_it_until_the_last_ends(place: Path) -> None:
    with ExitStack() as first:
        first.enter_context(patients_watched([place]))
        with patients_watched([place]):
            first.close()
            assert are_patients_watched([place])
    assert not are_patients_watched([place])


def test_one_place_is_enough(place: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    places = [tmp_path / "nowhere", place]
    with patients_watched(places):
        (tmp_path / "nowhere").mkdir()
        assert are_patients_watched(places)
    assert not caplog.records


@pytest.mark.parametrize("mask", [0, 0o077])
def test_all_may_read_it_whatever_the_umask(mask: int, place: Path) -> None:
    before = os.umask(mask)
    try:
        with patients_watched([place]):
            assert stat.S_IMODE((place / NAME).stat().st_mode) == 0o644
    finally:
        os.umask(before)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root becomes somebody else")
def test_another_user_sees_it_and_bears_it_too() -> None:
    with TemporaryDirectory() as folder, ExitStack() as others:
        place = Path(folder)
        place.chmod(0o1777)
        with patients_watched([place]):
            os.seteuid(NOBODY)
            try:
                assert are_patients_watched([place])
                others.enter_context(patients_watched([place]))
            finally:
                os.seteuid(0)
        assert are_patients_watched([place])
        others.close()
        assert not are_patients_watched([place])


def a_link(path: Path) -> None:
    path.symlink_to(path.with_name("elsewhere"))


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize("made", [a_link, a_pipe, Path.mkdir])
def test_what_stands_in_its_place_holds_no_station_up(made: object, place: Path) -> None:
    made(place / NAME)  # type: ignore[operator]
    with patients_watched([place]):
        assert are_patients_watched([place])
    assert not (place / "elsewhere").exists()


def test_a_mark_that_cannot_be_made_is_logged_and_the_station_goes_on(
    place: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(path: object, *more: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(watch_mark.os, "open", refuse)
    with patients_watched([place]):
        assert are_patients_watched([place]), "what cannot be found out counts as watched"
    assert "cannot be opened (Permission denied)" in caplog.text


def test_a_mark_that_cannot_be_held_is_logged_and_the_station_goes_on(
    place: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (place / NAME).touch()
    monkeypatch.setattr(locks.time, "sleep", lambda seconds: None)
    other = os.open(place / NAME, os.O_RDONLY)
    locks.take(other)
    with patients_watched([place]):
        assert are_patients_watched([place])
    os.close(other)
    assert "cannot be held" in caplog.text


@pytest.mark.parametrize(("words", "borne"), [((), True), (("--simulate",), False)])
def test_a_station_bears_it_for_patients_alone(
    words: tuple[str, ...], borne: bool, marks: list[bool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    assert main([*words, "--headless", "--no-sound", "--data-dir", str(tmp_path / "data")]) == 0
    assert marks == [borne]
    assert not are_patients_watched()
