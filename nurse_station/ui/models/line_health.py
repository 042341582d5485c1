"""How well a line did over the session, in words. Formats; no Qt."""

from nurse_station.station.snapshots import LineSnapshot
from nurse_station.ui.models import words

NEVER_FULL = 99.9
"""A line that lost anything is never shown as 100 %."""


def health_words(line: LineSnapshot) -> str:
    """`Received for 98.7 % of 2 h 05 min · 3 silences, 1 min in all`; empty before a minute has passed."""
    health = line.health
    if health.share is None or health.watched_s < 60:
        return ""
    percent = 100 * health.share
    shown = 100 if percent >= 100 else min(percent, NEVER_FULL)
    received = f"Received for {shown:.1f} % of {words.lasting(health.watched_s)}".replace("100.0 %", "100 %")
    return words.joined(received, _silences(health.silences, health.silent_s))


def _silences(count: int, seconds: float) -> str:
    if not count:
        return "no silence"
    return f"{'1 silence' if count == 1 else f'{count} silences'}, {words.lasting(seconds)} in all"
