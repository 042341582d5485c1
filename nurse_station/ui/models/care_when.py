"""When something was done, as a nurse writes it: empty, `14:05` or `-5`. Refuses in words; enters nothing."""

import re
from datetime import datetime, timedelta, tzinfo

from nurse_station.sessions.decide import FUTURE_S
from nurse_station.station.snapshots import CareSnapshot
from nurse_station.ui.models import words
from nurse_station.ui.models.care import clock, wall

NO_TIME = "Write the time as 14:05, or -5 for 5 minutes ago; leave it empty for now."
FUTURE = "{} is in the future."
TOO_EARLY = "The session began at {}; {} is before it."
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_AGO = re.compile(r"[-\N{MINUS SIGN}]\s?([0-9]{1,3})")


def when(text: str, now: float, began: float | None, zone: tzinfo | None = None) -> float | None | str:
    """The second of the session's clock that is meant; None: now; or the sentence why it cannot be.

    A time of day is the newest one that is not in the future.

    Args:
        text: What is written.
        now: Seconds of the session's clock.
        began: When the session began; None: not yet.
        zone: Of times of day; None: this computer's own.
    """
    text = text.strip()
    ago, of_day = _AGO.fullmatch(text), _CLOCK.fullmatch(text)
    if ago is not None:
        return _since(now - 60 * int(ago[1]), began, zone)
    if of_day is None:
        return NO_TIME if text else None
    hour, minute = int(of_day[1]), int(of_day[2])
    today = _of_day(hour, minute, now, zone)
    if today <= now + FUTURE_S:
        return _since(today, began, zone)
    yesterday = _of_day(hour, minute, now, zone, days=-1)
    return FUTURE.format(text) if began is not None and yesterday < began else yesterday


def _since(at: float, began: float | None, zone: tzinfo | None) -> float | str:
    """The same where the session had begun; a time of day means all of the minute in which it began."""
    if began is None or at >= began:
        return at
    if at + 60 > began:
        return began
    return TOO_EARLY.format(_written(began, zone), _written(at, zone))


def _of_day(hour: int, minute: int, now: float, zone: tzinfo | None, days: int = 0) -> float:
    """That time of that day; of an hour that comes twice, the newest that is not in the future."""
    day = wall(now).astimezone(zone).date() + timedelta(days=days)
    # A fixed offset would be another hour across a change of the clocks: the day's own is looked up.
    found = [
        datetime(day.year, day.month, day.day, hour, minute, fold=fold, tzinfo=zone).timestamp()
        for fold in (1, 0)
    ]
    return next((each for each in found if each <= now + FUTURE_S), found[-1])


def _written(at: float, zone: tzinfo | None) -> str:
    return clock(at) if zone is None else wall(at).astimezone(zone).strftime("%H:%M")


def zone_name(now: float) -> str:
    """`CET`, or how far it is from UTC where the zone has no short name."""
    moment = wall(now).astimezone()
    name = moment.tzname() or ""
    return name if 0 < len(name) <= 5 else f"UTC{moment:%z}"


def meant(text: str, at: float, now: float) -> str:
    """What is written, in the other way: `14:05 CET` for minutes, `CET, −12 min` for a time of day."""
    zone = zone_name(at)
    return f"{zone}, \N{MINUS SIGN}{words.lasting(now - at)}" if ":" in text else f"{clock(at)} {zone}"


def began_of(care: CareSnapshot) -> float | None:
    """When the session began; None: nothing was entered yet."""
    stands = care.session.stands
    return stands[0].at if stands else None


def when_of(text: str, care: CareSnapshot) -> float | None | str:
    """`when` for a patient's day as it is now."""
    return when(text, care.seen.at, began_of(care))
