"""What is wrong between several monitors of one bed, as its alarms are told. Pure functions."""

from collections.abc import Sequence

from nurse_station.alarms.words import Fault
from nurse_station.station.faults import About
from nurse_station.station.line import MonitorLine
from nurse_station.station.sources import Sources, short_names

WHY = {
    Fault.LINE_LOST: "one monitor of several is not heard",
    Fault.SOURCE_FALLBACK: "another monitor stands in for the preferred one",
    Fault.CONTRADICTION: "the values of two monitors cannot both be right",
}
"""Fault -> the sentence for the journal."""


def faults_between(sources: Sources, lines: Sequence[MonitorLine], now: float) -> About:
    """Fault -> what it is about, in the words of an alarm's detail; one monitor alone has none."""
    if len(lines) < 2:
        return {}
    names = short_names(lines)
    lost = (f"{Fault.LINE_LOST}@{names[line.driver.key]}" for line in lines if line.unheard(now))
    found: About = {
        Fault.LINE_LOST: tuple(lost),
        Fault.SOURCE_FALLBACK: sources.fallen(lines, now),
        Fault.CONTRADICTION: sources.contradicted(lines),
    }
    return {fault: about for fault, about in found.items() if about}
