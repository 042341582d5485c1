"""A monitor that is not set to its family's usual speed is connected at its own the next time as well."""

from pathlib import Path

import pytest

from nurse_station.app import main
from nurse_station.commands.parser import parse
from nurse_station.commands.run_station import _monitors
from nurse_station.commands.settings_book import SettingsBook
from nurse_station.devices.registry import DRIVERS
from nurse_station.settings.file import load
from nurse_station.settings.model import Settings
from nurse_station.station.commands import ConnectMonitor, PortKind


def connected(rate: int | None) -> ConnectMonitor:
    serial: dict[str, object] = {"kind": PortKind.SERIAL, "port": "COM4", "serial_number": "A1"}
    return ConnectMonitor(bed="chair-1", driver="ge-s5-dri", baud_rate=rate, **serial)  # type: ignore[arg-type]


@pytest.mark.parametrize("rate", [None, 115200])
def test_a_speed_is_remembered_with_the_bed(tmp_path: Path, rate: int | None) -> None:
    path = tmp_path / "settings.toml"
    SettingsBook(path, Settings()).remember("chair-1", (connected(rate),))
    assert _monitors(parse([]), load(path)) == [connected(rate)]


def test_a_speed_may_be_given_on_the_command_line() -> None:
    options = parse(["--port", "COM4", "--monitor", "ge-s5-dri", "--baud", "115200"])
    [monitor] = _monitors(options, Settings())
    assert monitor.baud_rate == 115200


@pytest.mark.parametrize("word", ["fast", "0", "9600.5", "10000000"])
def test_what_is_no_speed_is_refused(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["--port", "COM4", "--monitor", "ge-s5-dri", "--baud", word])
    assert "bit/s" in capsys.readouterr().err


def test_the_list_of_monitors_names_other_speeds_and_formats_without_a_checksum(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["monitors"]) == 0
    text = capsys.readouterr().out
    assert "line: 9600 8N1; some 2400 or 19200 bit/s" in text
    assert text.count("no checksum") >= sum(not driver.checksum for driver in DRIVERS.values())
