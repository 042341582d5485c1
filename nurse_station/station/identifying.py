"""Which monitor speaks on a port: tries the plan of `devices.identify` on the port itself.

Read-only: first it only listens, at every setting; then it asks each family that must be asked, with
the very words that the station uses. Never on a port that a bed holds: its owner asks for that first.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict

from nurse_station.devices.contract import Driver
from nurse_station.devices.identify import Attempt, Heard, Hearing, plan
from nurse_station.links.poller import Poller
from nurse_station.links.serial_link import SerialLink
from nurse_station.vitals.clock import Clock

LISTENS_S = 3.0
"""At each setting: every family sends within this time."""
PERIOD_S = 0.05
TICK_S = 0.25
LONGER_IF_HEARD = 2.5
"""A line that speaks is listened to so much longer, until it is recognised."""
ANY_SETTINGS = {"baud_rate": 9600}
"""For a serial server, which has settings of its own."""

Heed = Callable[[Hearing], bool]
"""Told how an attempt goes, some twenty times a second; False: stop now."""


def plan_for(port: str, drivers: Mapping[str, Driver]) -> tuple[Attempt, ...]:
    """What is tried on a port (a path or a URL), in order."""
    return plan(drivers, settable="://" not in port or port.startswith("rfc2217://"))


def listen_in(
    port: str, attempt: Attempt, seconds: float, drivers: Mapping[str, Driver], clock: Clock, heed: Heed
) -> Heard:
    """Make one attempt. Waits up to 2.5 times `seconds`.

    Args:
        port: A path or a URL.
        attempt: What to try.
        seconds: How long to listen before something arrives.
        drivers: Key -> family.
        clock: The time.
        heed: See Heed.

    Raises:
        LinkError: The port cannot be opened, or was lost.
    """
    link = SerialLink(port, **(asdict(attempt.line) if attempt.line else ANY_SETTINGS))
    hearing = Hearing(drivers, attempt)
    poller = Poller()
    try:
        link.open()
        poller.add(link)
        _listen(link, poller, hearing, seconds, clock, heed)
        if hearing.words is not None:
            link.write(hearing.words.closing())
    finally:
        poller.close()
        link.close()
    return hearing.heard()


def _listen(
    link: SerialLink, poller: Poller, hearing: Hearing, seconds: float, clock: Clock, heed: Heed
) -> None:
    began = spoke = clock.now()
    words = hearing.words
    if words is not None:
        _say(link, hearing, words.opened(began))
    while (now := clock.now()) - began < seconds * (LONGER_IF_HEARD if hearing.size else 1.0):
        for arrival in poller.wait(now, PERIOD_S):
            if arrival.error is not None:
                raise arrival.error
            hearing.feed(arrival.data, clock.now())
        if not heed(hearing) or hearing.settled:
            return
        if words is not None and now - spoke >= TICK_S:
            spoke = now
            _say(link, hearing, words.tick(now, hearing.last_frame_at))


def _say(link: SerialLink, hearing: Hearing, data: bytes) -> None:
    if data:
        hearing.said(data)
        link.write(data)
