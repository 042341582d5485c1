"""A recognition on the station's side: it finds, it stops, it never tries a patient's line. Real ptys."""

import sys
import threading
from pathlib import Path
from types import MappingProxyType

import pytest

from nurse_station.devices.registry import DRIVERS
from nurse_station.links.link import LinkError
from nurse_station.links.ports import PortInfo
from nurse_station.station.commands import ConnectMonitor, PortKind
from nurse_station.station.opening import line_at, opening_for
from nurse_station.station.port_desk import holder
from nurse_station.station.recognition import PortRecognition
from nurse_station.station.snapshots import (
    BedSnapshot,
    LineSnapshot,
    RecordSnapshot,
    RecordState,
    RoomSnapshot,
)
from nurse_station.station.view import RecognitionSnapshot, RecognitionState
from nurse_station.vitals.clock import ManualClock, SystemClock
from tests.station.ptys import monitor_at_a_pty, silent_pty
from tests.station.rooms import GE, opened, run, serial

IVY = "ivy-450c"
FEW = MappingProxyType({key: DRIVERS[key] for key in (IVY, GE)})
on_posix = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")


def recognise(port: str, holder: str = "", seconds: float = 0.3) -> RecognitionSnapshot:
    recognition = PortRecognition(port, FEW, SystemClock(), lambda: holder, seconds)
    recognition.start()
    recognition.join()
    return recognition.picture()


@on_posix
@pytest.mark.parametrize("key", [IVY, GE])
def test_a_monitor_at_a_port_is_found(key: str) -> None:
    with monitor_at_a_pty(key) as port:
        picture = recognise(port)
    assert picture.state is RecognitionState.FOUND
    assert picture.found is not None
    assert (picture.found.family, picture.found.line) == (key, str(DRIVERS[key].line))
    assert picture.found.baud_rate is None
    assert picture.raw


@on_posix
def test_of_a_silent_port_it_tells_all_that_was_tried_and_what_to_do() -> None:
    with silent_pty() as port:
        picture = recognise(port, seconds=0.06)
    assert picture.state is RecognitionState.NOT_FOUND
    assert (picture.step, len(picture.tried)) == (picture.steps, picture.steps)
    assert "Nothing arrives" in picture.advice[0]


@on_posix
def test_it_stops_and_gives_the_port_back() -> None:
    with silent_pty() as port:
        recognition = PortRecognition(port, FEW, SystemClock(), lambda: "", seconds=60)
        recognition.start()
        recognition.stop()
        recognition.join()
        assert recognition.picture().state is RecognitionState.STOPPED
        assert recognise(port, seconds=0.06).state is RecognitionState.NOT_FOUND


def test_a_port_that_a_bed_holds_is_never_opened() -> None:
    picture = recognise("/no/such/port", holder="Chair 2")
    assert picture.state is RecognitionState.FAILED
    assert picture.tried == ()
    assert picture.advice == ("/no/such/port is in use by Chair 2: a patient's line is never tried.",)


@on_posix
def test_it_leaves_a_port_as_soon_as_a_bed_asks_for_it() -> None:
    holders = iter(["", "", "Chair 1"])
    with silent_pty() as port:
        recognition = PortRecognition(port, FEW, SystemClock(), lambda: next(holders, "Chair 1"), seconds=60)
        recognition.start()
        recognition.join()
    assert "in use by Chair 1" in recognition.picture().advice[0]


def test_a_port_that_cannot_be_opened_is_said_in_one_sentence() -> None:
    picture = recognise("/no/such/port")
    assert picture.state is RecognitionState.FAILED
    assert "/no/such/port does not exist" in picture.advice[0]


@on_posix
def test_the_station_never_tries_the_port_of_a_connected_bed(tmp_path: Path) -> None:
    clock = ManualClock(100.0)
    with monitor_at_a_pty(GE) as port, opened(tmp_path, clock, practice=False) as station:
        station.send(serial(port))
        run(station, clock, 0.5)
        recognition = station.identify(port)
        for thread in threading.enumerate():
            if thread.name.startswith("recognition"):
                thread.join()
        assert recognition.picture().advice == (
            f"{port} is in use by Chair 1: a patient's line is never tried.",
        )


@on_posix
def test_the_station_stops_its_recognitions_with_itself(tmp_path: Path) -> None:
    with silent_pty() as port:
        with opened(tmp_path, SystemClock()) as station:
            station.identify(port)
        assert not [t for t in threading.enumerate() if t.name.startswith("recognition")]


# Who holds a port


def room(**line: str) -> RoomSnapshot:
    lines = (LineSnapshot(source=GE, monitor="GE", **line),)  # type: ignore[arg-type]
    beds = (BedSnapshot(bed="a", name="Chair 1", lines=lines),)
    record = RecordSnapshot(state=RecordState.IDLE, place="")
    return RoomSnapshot(at=0.0, wall=ManualClock().wall(), clinic="", beds=beds, record=record)


A = PortInfo(path="/dev/ttyUSB0", serial_number="A1")
B = PortInfo(path="/dev/ttyUSB1", serial_number="A1")
C = PortInfo(path="/dev/ttyUSB1", serial_number="C3")


@pytest.mark.parametrize(("path", "ports", "line", "held"), [
    ("/dev/ttyUSB0", [A, C], {"port": "/dev/ttyUSB0"}, True),
    ("/dev/ttyUSB1", [A, C], {"port": "/dev/ttyUSB0"}, False),
    ("/dev/ttyUSB1", [C], {"port": "/dev/ttyUSB0", "serial_number": "C3"}, True),
    ("/dev/ttyUSB1", [A, B], {"port": "/dev/ttyUSB0", "serial_number": "A1"}, False),
    ("/dev/ttyS0", [PortInfo(path="/dev/ttyS0")], {"port": "simulator", "serial_number": ""}, False),
    ("socket://10.0.0.7:4001", [], {"port": "socket://10.0.0.7:4001"}, True),
])  # fmt: skip
def test_a_port_is_held_by_its_path_or_by_its_adaptors_number(
    path: str, ports: list[PortInfo], line: dict[str, str], held: bool
) -> None:
    assert holder(path, ports, room(**line)) == ("Chair 1" if held else "")


# The speed that was found


@pytest.mark.parametrize(("rate", "words"), [
    (None, "19200 8E1, RTS/CTS"), (19200, "19200 8E1, RTS/CTS"), (115200, "115200 8E1, RTS/CTS"),
])  # fmt: skip
def test_a_line_is_opened_at_the_speed_that_was_asked_for(rate: int | None, words: str) -> None:
    command = ConnectMonitor(bed="a", driver=GE, kind=PortKind.SERIAL, port="COM4", baud_rate=rate)
    opening = opening_for(command, DRIVERS[GE], lambda seed: pytest.fail("no patient is needed"))
    assert opening.settings == words


def test_a_speed_that_the_family_has_not_is_refused_in_words() -> None:
    with pytest.raises(LinkError, match="speaks at 19200 or 115200 bit/s, never at 9600"):
        line_at(DRIVERS[GE], 9600)


@on_posix
def test_a_refused_speed_leaves_the_bed_as_it_was(tmp_path: Path) -> None:
    clock = ManualClock(100.0)
    with opened(tmp_path, clock) as station:
        station.send(
            ConnectMonitor(bed="chair-1", driver=GE, kind=PortKind.SERIAL, port="COM4", baud_rate=300)
        )
        run(station, clock, 0.2)
        assert [answer.done for answer in station.answers()] == [False]
        assert station.snapshot().beds[0].lines == ()
