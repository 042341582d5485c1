"""`nurse-station identify` on pseudo-terminals and a serial server, with emulated monitors behind them."""

import json
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import MappingProxyType

import pytest

from nurse_station.app import main
from nurse_station.commands.identify import as_json, identify, in_words
from nurse_station.commands.parser import parse
from nurse_station.devices.identify import Attempt, Hearing, lines_of
from nurse_station.devices.registry import DRIVERS
from nurse_station.links.pty_link import PtyLink
from nurse_station.vitals.clock import SystemClock
from tests.devices.bedside import SteadyPatient, stream_of

GE, IVY = "ge-s5-dri", "ivy-450c"
FASTER = 30.0
"""The emulated monitors live so many times as fast, so that a test need not wait for them."""
STEP_S = 0.01
NEAR_S = 0.3

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
# Families that speak by themselves and such as must be asked; those that are not registered are left out.
FAMILIES = [key for key in (GE, IVY, "nonin-df2", "masimo-ascii1") if key in DRIVERS]


@contextmanager
def monitor_at_a_pty(key: str) -> Iterator[str]:
    """An emulated monitor of the family; gives the path of its port."""
    link, over = PtyLink(), threading.Event()
    emulator, clock = DRIVERS[key].emulator(SteadyPatient(), 1), SystemClock()
    link.open()

    def live() -> None:
        while not over.wait(STEP_S):
            now = clock.now() * FASTER
            emulator.receive(link.read(now), now)
            link.write(emulator.emit(now))

    thread = threading.Thread(target=live)
    thread.start()
    try:
        yield link.name
    finally:
        over.set()
        thread.join()
        link.close()


@contextmanager
def monitor_at_a_server(key: str) -> Iterator[str]:
    """The same behind a TCP port; gives its URL. Takes one connection after another."""
    emulator, clock, over = DRIVERS[key].emulator(SteadyPatient(), 1), SystemClock(), threading.Event()
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.05)

    def live() -> None:
        while not over.is_set():
            try:
                line, _ = server.accept()
            except TimeoutError:
                continue
            with line:
                _serve(line)

    def _serve(line: socket.socket) -> None:
        line.settimeout(STEP_S)
        while not over.is_set():
            now = clock.now() * FASTER
            try:
                data = line.recv(4096)
                if not data:
                    return
                emulator.receive(data, now)
            except TimeoutError:
                pass
            except OSError:
                return
            try:
                line.sendall(emulator.emit(now))
            except OSError:
                return

    thread = threading.Thread(target=live)
    thread.start()
    try:
        yield f"socket://127.0.0.1:{server.getsockname()[1]}"
    finally:
        over.set()
        thread.join()
        server.close()


@pytest.mark.parametrize("key", FAMILIES)
def test_an_emulated_monitor_at_a_port_is_recognised(key: str) -> None:
    # The family itself and the two that are asked or heard before it; all of them would take long.
    some = MappingProxyType({each: DRIVERS[each] for each in {key, GE, IVY}})
    with monitor_at_a_pty(key) as port:
        heard = identify(port, NEAR_S, some, SystemClock())
    assert [fit.family for fit in heard[-1].sure] == [key]
    assert heard[-1].attempt.line == DRIVERS[key].line


def test_the_command_prints_the_family_and_how_to_connect_it(capsys: pytest.CaptureFixture[str]) -> None:
    with monitor_at_a_pty(IVY) as port:
        assert main(["identify", port, "--seconds", str(NEAR_S)]) == 0
    text = capsys.readouterr().out
    assert f"{port}: Ivy 450C (ivy-450c)" in text
    assert "line: 9600 8N1" in text
    assert f"--port {port} --monitor ivy-450c" in text


def test_json_says_what_was_tried(capsys: pytest.CaptureFixture[str]) -> None:
    with monitor_at_a_server(IVY) as url:
        assert main(["identify", url, "--seconds", str(NEAR_S), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["port"] == url
    assert said["family"] == IVY
    assert said["line"] is None
    assert said["advice"] == []
    assert said["tried"][-1]["frames"][IVY]["accepted"] >= 2


def test_a_monitor_behind_a_serial_server_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    some = MappingProxyType({key: DRIVERS[key] for key in (IVY, GE)})
    with monitor_at_a_server(GE) as url:
        heard = identify(url, NEAR_S, some, SystemClock())
    assert [fit.family for fit in heard[-1].sure] == [GE]
    assert [each.attempt.ask for each in heard] == ["", GE]


def test_a_silent_line_is_told_with_exit_code_1(capsys: pytest.CaptureFixture[str]) -> None:
    link = PtyLink()
    link.open()
    try:
        assert main(["identify", link.name, "--seconds", "0.02"]) == 1
    finally:
        link.close()
    text = capsys.readouterr().out
    assert "no monitor family was recognised" in text
    assert "is the cable in" in text
    assert "listening at 9600 8N1: 0 bytes" in text


def test_a_silent_line_has_its_advice_in_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    link = PtyLink()
    link.open()
    try:
        assert main(["identify", link.name, "--seconds", "0.02", "--json"]) == 1
    finally:
        link.close()
    said = json.loads(capsys.readouterr().out)
    assert said["family"] is None
    assert "is the cable in" in said["advice"][0]
    assert all(each["bytes"] == 0 for each in said["tried"])


def test_on_a_terminal_a_line_tells_how_far_it_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    link = PtyLink()
    link.open()
    try:
        main(["identify", link.name, "--seconds", "0.02"])
    finally:
        link.close()
    told = capsys.readouterr()
    assert "listening at 9600 8N1: 0 bytes" in told.err
    assert "asking as ge-s5-dri at 19200 8E1, RTS/CTS" in told.err
    assert told.err.endswith("\r\033[K")
    assert "\033" not in told.out


def test_a_port_that_is_not_there_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["identify", "/no/such/port"]) == 2
    captured = capsys.readouterr()
    assert "/no/such/port does not exist" in captured.err
    assert captured.out == ""


def test_a_monitor_at_another_speed_is_connected_at_it() -> None:
    driver = DRIVERS[GE]
    [fast] = [line for line in lines_of(driver) if line.baud_rate == 115200]
    hearing = Hearing(DRIVERS, Attempt(line=fast, families=(GE,)))
    hearing.feed(stream_of(driver, 8.0), 1.0)
    heard = [hearing.heard()]
    assert "--monitor ge-s5-dri --baud 115200" in " ".join(in_words("COM4", DRIVERS, heard))
    said = as_json("COM4", DRIVERS, heard)
    assert (said["line"], said["usual_line"]) == ("115200 8E1, RTS/CTS", "19200 8E1, RTS/CTS")


@pytest.mark.parametrize("words", [["identify"], ["identify", "x", "--seconds", "0"],
                                   ["identify", "x", "--seconds", "soon"]])  # fmt: skip
def test_words_it_does_not_have_are_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        parse(words)
    assert exit_.value.code == 2
    assert "error:" in capsys.readouterr().err
