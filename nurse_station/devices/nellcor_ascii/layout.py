"""Nellcor ASCII: the shapes of its lines and the words of its status column, as tables.

Sources: operator's manuals of NPB-190, NPB-290, NPB-295 and N-560 (data port protocol), the readers of
mdpnp and DemoN595 for N-595, and lines of an N-560 in a published reader.
"""

import re
from dataclasses import dataclass

from nurse_station.vitals.readings import Missing

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
"""In English on every monitor, in capitals or not."""

_NUMBER = r"(?:\d{1,3}|-{2,3})\*?"
DATA = re.compile(
    r"\s*(?P<day>[ \d]\d)-(?P<month>[A-Za-z]{3})-(?P<year>\d\d) (?P<time>\d\d:\d\d:\d\d)"
    rf"\s+(?P<spo2>{_NUMBER})\s+(?P<pr>{_NUMBER})\s+(?P<amplitude>{_NUMBER})"
    r"(?P<codes>(?:\s+[A-Z]{2})*)\s*"
)
"""A line of values: date and time, saturation, pulse rate, pulse amplitude, any number of status codes."""

SOURCE = re.compile(r"\s*(?P<model>\S+)\s+VERSION\s+\S+\s+(?P<kind>TREND|CRC:\s?\S+)\s+SpO2 Limit:.*", re.I)
"""First line of a heading: which monitor, and "TREND" where it prints what it remembers."""
LIMITS = re.compile(r"\s*(?:ADULT|NEO\w*|PED\w*)\s+\d+\s?SAT-S\b.*", re.I)
COLUMNS = re.compile(r"\s*TIME\s+%SPO2\s+BPM\s+PA(?P<status>\s+STATUS)?\s*", re.I)
"""Last line of a heading: without a status column trends follow."""
TREND_ENDS = re.compile(r"\s*Output Complete\s*", re.I)
INTERACTIVE = re.compile(r"\s*(?:Command\?|\S+\s+Interactive Mode|\d\) (?:Dump|Set|Exit)\b.*)\s*", re.I)


@dataclass(frozen=True, slots=True)
class Code:
    """A code of the status column, and what it becomes.

    Attributes:
        conditions: Device conditions that are so.
        alarm: What the monitor alarms for, in words; "": it does not.
        why: There is no measurement, for this reason; None: there may be one.
        doubts: The monitor doubts its values.
    """

    conditions: tuple[str, ...] = ()
    alarm: str = ""
    why: Missing | None = None
    doubts: bool = False


CODES: dict[str, Code] = {
    "AO": Code(("monitor_alarm_off",)),
    "AS": Code(("monitor_alarm_silenced",)),
    "LB": Code(("battery_low",)),
    # A number beside a lost pulse is the last one there was, not the patient's now.
    "LM": Code(("pulse_lost", "spo2_interference"), why=Missing.NOT_UPDATED),
    "LP": Code(("pulse_lost",), why=Missing.NOT_UPDATED),
    "MO": Code(("spo2_interference",), doubts=True),
    "PH": Code(alarm="PR high"),
    "PL": Code(alarm="PR low"),
    "PS": Code(("spo2_searching",), doubts=True),
    "SH": Code(alarm="SpO₂ high"),
    "SL": Code(alarm="SpO₂ low"),
    "SD": Code(("spo2_no_sensor", "spo2_off"), why=Missing.OFF),
    "SO": Code(("spo2_off",), why=Missing.OFF),
}
UNKNOWN = Code(("monitor_status",), doubts=True)
"""A code of a model that we have no table of: shown as it stands, and the values with a question mark."""

LIMIT_ALARMS = {"spo2": ("SpO₂ high", "SpO₂ low"), "pr": ("PR high", "PR low")}
LIMIT_WORDS = {"spo2": "SpO₂ beyond its limit", "pr": "PR beyond its limit"}
