"""The monitor's two clocks: ticks since its start, and its time of day. Reads no clock of ours."""

from calendar import timegm
from time import gmtime

from nurse_station.devices.philips_intellivue import layout

DAY_S = 24 * 3600.0


def ticks_between(earlier: int, later: int) -> int:
    """How much later, in 1/8 ms; the count starts anew after six days. More than half a turn: negative."""
    turned = (later - earlier) % layout.TICKS_WRAP
    return turned if turned < layout.TICKS_WRAP // 2 else turned - layout.TICKS_WRAP


def time_of_day(stamp: bytes) -> float | None:
    """Unix seconds of eight BCD bytes (century, year, month, day, hour, minute, second, 1/100).

    The zone is not stated: read as UTC. None: not told (all FF) or no date.
    """
    pairs = [_two_digits(byte) for byte in stamp]
    if len(pairs) != 8 or any(pair is None for pair in pairs):
        return None
    century, year, month, day, hour, minute, second, hundredth = (pair or 0 for pair in pairs)
    if not (19 <= century <= 21 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    if hour > 23 or minute > 59 or second > 59:
        return None
    return timegm((century * 100 + year, month, day, hour, minute, second)) + hundredth / 100


def bcd(unix: float) -> bytes:
    """Eight BCD bytes of a time of day, for the emulator. From 1970 on."""
    hundredths = round(unix * 100)
    then = gmtime(hundredths // 100)
    parts = (then.tm_year // 100, then.tm_year % 100, *then[1:6], hundredths % 100)
    return bytes(part // 10 << 4 | part % 10 for part in parts)


def _two_digits(byte: int) -> int | None:
    tens, units = byte >> 4, byte & 0xF
    return 10 * tens + units if tens < 10 and units < 10 else None


class MonitorClock:
    """Joins the two: both were told together once, when the monitor presented itself."""

    def __init__(self) -> None:
        self._unix: float | None = None
        self._ticks = 0

    def told(self, stamp: bytes | None, ticks: int | None) -> None:
        """The monitor told both clocks at one moment."""
        unix = None if stamp is None else time_of_day(stamp)
        if unix is not None and ticks is not None:
            self._unix, self._ticks = unix, ticks

    def unix(self, ticks: int) -> float | None:
        """The time of day at `ticks`, unix seconds; None: it was never told."""
        if self._unix is None:
            return None
        return self._unix + ticks_between(self._ticks, ticks) / layout.TICKS_A_SECOND

    def age_s(self, now: int, *, ticks: int | None, stamp: bytes | None) -> float | None:
        """How long before `now` (ticks) something was stamped, seconds; None: not known or not believable."""
        age: float | None = None
        if ticks is not None:
            age = ticks_between(ticks, now) / layout.TICKS_A_SECOND
        else:
            then = None if stamp is None else time_of_day(stamp)
            unix = self.unix(now)
            if then is not None and unix is not None:
                age = unix - then
        return age if age is not None and -1.0 <= age < DAY_S else None
