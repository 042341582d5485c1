"""A new settings file, every setting in it explained. Checks nothing: the settings must have no faults."""

from collections.abc import Iterator

import tomlkit

from nurse_station.settings.fields import COLOUR_TOKENS, MONITOR, TOP
from nurse_station.settings.model import BedSettings, MonitorSettings, Settings

_HEAD = """\
# Settings of the nurse station. Change them here or in the program; comments stay.
# A text stands between quotation marks, a number does not. Everything is read when the program starts.
"""

_COLOURS = f"""
# Colours of parameters, where they are to match the bedside monitors, e.g. spo2 = "#39c5ff".
# One of: {", ".join(COLOUR_TOKENS)}.
[colours]
"""

_SOURCES = """
# Which monitor is believed first, where a bed has several and the clinic's order is another than the
# station's, e.g. spo2 = ["ge-s5-dri", "masimo-ascii1"]. nurse-station monitors lists the families.
[sources]
"""

_BEDS = """
# The beds in the order of the screen. The key stands in the record: never change it, change the name.
# A bed's monitors: driver (nurse-station monitors lists them), kind (serial, capture or simulator),
# port (nurse-station ports lists them), serial_number of the USB adaptor, baud_rate (0: the usual one).
"""


def fresh(settings: Settings) -> str:
    """The text of a new file."""
    return "".join(_lines(settings))


def fresh_bed(bed: BedSettings) -> str:
    """One bed as text, from [[beds]] on."""
    return f"[[beds]]\n{_row('key', bed.key)}{_row('name', bed.name)}{''.join(map(_monitor, bed.monitors))}"


def _lines(settings: Settings) -> Iterator[str]:
    yield _HEAD
    for row in TOP:
        yield f"\n# {row.comment}\n{_row(row.name, getattr(settings, row.name))}"
    yield _COLOURS
    for token, colour in settings.colours.items():
        yield _row(token, colour)
    yield _SOURCES
    for parameter, families in settings.sources.items():
        yield f"{parameter} = {tomlkit.item(list(families)).as_string()}\n"
    yield _BEDS
    for number, bed in enumerate(settings.beds):
        yield ("\n" if number else "") + fresh_bed(bed)


def _monitor(monitor: MonitorSettings) -> str:
    rows = "".join(f"  {_row(row.name, getattr(monitor, row.name))}" for row in MONITOR)
    return f"\n  [[beds.monitors]]\n{rows}"


def _row(name: str, value: str | float) -> str:
    return f"{name} = {tomlkit.item(value).as_string()}\n"
