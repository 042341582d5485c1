"""`identify`: listens on a port, tries line settings, says which family speaks there or what to do.

A port that the station holds cannot be opened: a patient's line is never tried.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from typing import Any

from nurse_station.commands.trouble import in_one_sentence
from nurse_station.devices.advice import advice
from nurse_station.devices.contract import Driver
from nurse_station.devices.identify import Attempt, Heard, Hearing
from nurse_station.devices.registry import DRIVERS
from nurse_station.station.identifying import listen_in, plan_for
from nurse_station.vitals.clock import Clock, SystemClock

EXIT_NOT_RECOGNISED = 1


def run(options: argparse.Namespace) -> int:
    """Print the family and its line, or what to do. Exit code 1: not recognised."""
    with in_one_sentence():
        heard = identify(options.port, options.seconds, DRIVERS, SystemClock())
    _progress("")
    if options.json:
        print(json.dumps(as_json(options.port, DRIVERS, heard), indent=2))
    else:
        print("\n".join(in_words(options.port, DRIVERS, heard)))
    return 0 if _family(heard) is not None else EXIT_NOT_RECOGNISED


def identify(port: str, seconds: float, drivers: Mapping[str, Driver], clock: Clock) -> list[Heard]:
    """Try what the plan says until a family is recognised; what each attempt brought.

    Args:
        port: A path or a URL.
        seconds: How long to listen at each setting before something arrives.
        drivers: Key -> family.
        clock: The time.

    Raises:
        LinkError: The port cannot be opened, or was lost.
    """
    heard: list[Heard] = []
    for attempt in plan_for(port, drivers):
        heard.append(listen_in(port, attempt, seconds, drivers, clock, _heed))
        if heard[-1].sure:
            break
    return heard


def _heed(hearing: Hearing) -> bool:
    _progress(f"{_where(hearing.attempt)}: {hearing.size} bytes")
    return True


def _where(attempt: Attempt) -> str:
    line = str(attempt.line) if attempt.line else "the server's own settings"
    return f"asking as {attempt.ask} at {line}" if attempt.ask else f"listening at {line}"


def _progress(sentence: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{sentence}", end="", file=sys.stderr, flush=True)


def _family(heard: list[Heard]) -> str | None:
    sure = heard[-1].sure if heard else ()
    return sure[0].family if len(sure) == 1 else None


def in_words(port: str, drivers: Mapping[str, Driver], heard: list[Heard]) -> list[str]:
    """The answer for a person, a sentence a line."""
    key = _family(heard)
    if key is None:
        return [f"{port}: no monitor family was recognised.", *advice(drivers, heard), *_each(heard)]
    last, driver = heard[-1], drivers[key]
    line = str(last.attempt.line) if last.attempt.line else f"set at the server; the monitor's: {driver.line}"
    [fit] = last.sure
    refused = sum(fit.refused.values())
    speed = ""
    if last.attempt.line is not None and last.attempt.line != driver.line:
        speed = f" --baud {last.attempt.line.baud_rate}"
    connect = f"connect it: nurse-station --port {port} --monitor {key}{speed}"
    return [
        f"{port}: {driver.name} ({key})",
        f"    line: {line}",
        f"    {fit.accepted} frames came whole, {refused} were refused",
        f"    {connect}",
    ]


def _each(heard: list[Heard]) -> list[str]:
    return [
        f"    {_where(each.attempt)}: {len(each.data)} bytes"
        + (f", beginning {each.data[:16].hex(' ')}" if each.data else "")
        for each in heard
    ]


def as_json(port: str, drivers: Mapping[str, Driver], heard: list[Heard]) -> dict[str, Any]:
    """The answer for a program. Stable: clinics script it."""
    key = _family(heard)
    line = heard[-1].attempt.line if key is not None else None
    return {
        "port": port,
        "family": key,
        "name": drivers[key].name if key else None,
        "line": str(line) if line else None,
        "usual_line": str(drivers[key].line) if key else None,
        "fits": [fit.family for fit in heard[-1].sure],
        "advice": list(advice(drivers, heard)),
        "tried": [
            {
                "line": str(each.attempt.line) if each.attempt.line else None,
                "asked": each.attempt.ask or None,
                "bytes": len(each.data),
                "beginning": each.data[:64].hex(),
                "frames": {
                    fit.family: {"accepted": fit.accepted, "refused": fit.refused} for fit in each.fits
                },
            }
            for each in heard
        ],
    }
