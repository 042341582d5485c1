"""From the wish to connect a monitor to a line that can be opened, and opened anew."""

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from nurse_station.devices.contract import Driver, LineSettings, Patient
from nurse_station.devices.identify import lines_of
from nurse_station.links.aside_link import AsideLink
from nurse_station.links.capture_link import CaptureLink
from nurse_station.links.link import Link, LinkError
from nurse_station.links.memory_link import memory_pair
from nurse_station.links.ports import find_port
from nurse_station.links.recorder import is_recording, read_recording
from nurse_station.links.serial_link import SerialLink
from nurse_station.station.commands import ConnectMonitor, PortKind

EMULATOR_PERIOD_S = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How a line is opened.

    Attributes:
        make: Makes the line, not yet open; called for every try. Raises LinkError.
        port: Where it is plugged in, for the screen.
        settings: Line settings in an engineer's words; empty where there is no serial line.
        simulated: What comes is not a patient in the chair.
        speed: How many times as fast as life it comes.
        serial_number: Of the USB adaptor that it needs; empty: any at that port.
        reopens: Whether a line without a byte is to be opened anew.
    """

    make: Callable[[], Link]
    port: str
    settings: str = ""
    simulated: bool = False
    speed: float = 1.0
    serial_number: str = ""
    reopens: bool = False


def opening_for(command: ConnectMonitor, driver: Driver, patient: Callable[[int], Patient]) -> Opening:
    """What the command asks for.

    Args:
        command: What to connect.
        driver: The monitor's family.
        patient: Makes the simulated patient with a seed.

    Raises:
        LinkError: The capture file cannot be read, or no monitor of the family speaks at that rate.
    """
    match command.kind:
        case PortKind.SERIAL:
            return _serial(command, driver)
        case PortKind.CAPTURE:
            return _capture(command, driver)
        case PortKind.SIMULATOR:
            return _simulator(command, driver, patient)


def read_capture(path: Path, driver: Driver) -> Sequence[tuple[float, bytes]]:
    """The bytes of a capture with their times: a recording of the station, or the raw bytes of a line.

    Returns:
        (seconds from the start, bytes).

    Raises:
        LinkError: The file cannot be read.
    """
    if not path.is_file():
        msg = f"{path} is no file: choose another"
        raise LinkError(msg)
    try:
        if is_recording(path):
            return read_recording(path).chunks
        return driver.pace(path.read_bytes())
    except OSError as error:
        msg = f"{path} cannot be read ({error.strerror}): choose another file"
        raise LinkError(msg) from error


def _serial(command: ConnectMonitor, driver: Driver) -> Opening:
    line = line_at(driver, command.baud_rate)

    def serial() -> Link:
        return SerialLink(find_port(command.serial_number, command.port), **asdict(line))

    def make() -> Link:
        waits = command.port.startswith("rfc2217://")
        return AsideLink(command.port, serial) if waits else serial()

    return Opening(make=make, port=command.port, settings=str(line), serial_number=command.serial_number,
                   reopens=True)  # fmt: skip


def line_at(driver: Driver, baud_rate: int | None) -> LineSettings:
    """The family's line at that speed (bit/s); None: the usual one. Raises LinkError for one it has not."""
    if baud_rate is None:
        return driver.line
    found = next((line for line in lines_of(driver) if line.baud_rate == baud_rate), None)
    if found is None:
        known = " or ".join(str(line.baud_rate) for line in lines_of(driver))
        msg = f"{driver.name} speaks at {known} bit/s, never at {baud_rate}: choose one of these"
        raise LinkError(msg)
    return found


def _capture(command: ConnectMonitor, driver: Driver) -> Opening:
    path = Path(command.port)
    chunks = read_capture(path, driver)
    speed = command.speed if command.speed > 0 else math.inf
    return Opening(
        make=lambda: CaptureLink(path.name, chunks, speed=speed), port=path.name, simulated=True, speed=speed
    )


def _simulator(command: ConnectMonitor, driver: Driver, patient: Callable[[int], Patient]) -> Opening:
    def make() -> Link:
        emulator = driver.emulator(patient(command.seed), command.seed)
        near, far = memory_pair("simulator")
        far.open()

        def live(now: float) -> None:
            emulator.receive(far.read(now), now)
            sent = emulator.emit(now)
            if sent:
                far.write(sent)

        far.attach(live, period_s=EMULATOR_PERIOD_S)
        return near

    return Opening(make=make, port="simulator", simulated=True)
