"""Numbers, times and ages as they are written on the screen. Formats; decides nothing."""

from datetime import datetime

from nurse_station.ui import texts

APART = " · "
"""Between parts of one line."""


def number(value: float | None, precision: int = 0) -> str:
    """`82`, `36.6`, `−4`; `---` when there is none."""
    if value is None:
        return texts.NOT_MEASURED
    written = f"{value:.{precision}f}"
    if float(written) == 0:
        written = written.lstrip("-")
    return written.replace("-", "−")


def count(value: int) -> str:
    """A count that can be read at a glance: `12 345`."""
    return f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def clock_time(moment: datetime) -> str:
    """`10:40`, in this computer's own time zone."""
    return moment.astimezone().strftime("%H:%M")


def clock_seconds(moment: datetime) -> str:
    """`10:40:07`, in this computer's own time zone."""
    return moment.astimezone().strftime("%H:%M:%S")


def ago(seconds: float) -> str:
    """How long ago, as a person says it: `just now`, `40 s ago`, `4 min ago`, `2 h 05 min ago`."""
    return "just now" if seconds < 1 else f"{lasting(seconds)} ago"


def lasting(seconds: float) -> str:
    """A length of time: `40 s`, `4 min`, `2 h 05 min`, `3 days`. Negative counts as none."""
    whole = max(0, int(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min"
    if whole < 48 * 3600:
        return f"{whole // 3600} h {whole % 3600 // 60:02d} min"
    return f"{whole // 86400} days"


def minutes(seconds: float) -> str:
    """A length of time that goes on before one's eyes: `0:07`, `1:24`, `1:02:05`. Negative counts as none."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


def times(number: int) -> str:
    """`once`, `2 times`."""
    return "once" if number == 1 else f"{number} times"


def joined(*parts: str) -> str:
    """The parts that are not empty, with a point between them."""
    return APART.join(part for part in parts if part)
