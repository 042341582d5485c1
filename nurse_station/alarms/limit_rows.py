"""The table of limits that can be set: their units and the ranges that cannot be left. Data only.

The values themselves are in resources/alarms/factory.toml, and in the clinic's own files.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitRow:
    """One number that a clinic may set.

    Attributes:
        key: CONDITION.NAME, e.g. "spo2_low.medium" or "spo2_low.medium_delay_s".
        unit: As a ward writes it.
        low, high: The range, both ends allowed.
        wider: +1: a larger number alarms later or less; -1: a smaller one does.
    """

    key: str
    unit: str
    low: float
    high: float
    wider: int


def _row(key: str, unit: str, low: float, high: float, wider: int) -> LimitRow:
    return LimitRow(key=key, unit=unit, low=low, high=high, wider=wider)


def _delay(key: str, low: float, high: float) -> LimitRow:
    return _row(f"{key}_delay_s", "s", low, high, +1)


_ROWS: tuple[LimitRow, ...] = (
    _row("spo2_low.medium", "%", 85, 96, -1),
    _row("spo2_low.high", "%", 85, 96, -1),
    _delay("spo2_low.medium", 0, 30),
    _delay("spo2_low.high", 0, 15),
    _row("spo2_desaturation.high", "%", 80, 90, -1),
    _row("spo2_desaturation.drop", "%", 5, 15, +1),
    _delay("spo2_desaturation.high", 0, 5),
    _delay("apnoea.high", 10, 40),
    _row("rr_low.medium", "/min", 6, 14, -1),
    _row("rr_low.high", "/min", 4, 12, -1),
    _delay("rr_low.medium", 0, 30),
    _delay("rr_low.high", 0, 15),
    _row("rr_high.medium", "/min", 18, 40, +1),
    _row("rr_high.high", "/min", 20, 50, +1),
    _delay("rr_high.medium", 0, 60),
    _delay("rr_high.high", 0, 30),
    _row("etco2_low.medium", "mmHg", 15, 35, -1),
    _row("etco2_low.low", "mmHg", 5, 25, +1),
    _delay("etco2_low.medium", 0, 60),
    _delay("etco2_low.low", 0, 60),
    _row("etco2_high.medium", "mmHg", 40, 65, +1),
    _row("etco2_high.high", "mmHg", 45, 80, +1),
    _delay("etco2_high.medium", 0, 60),
    _delay("etco2_high.high", 0, 30),
    _row("hr_low.medium", "/min", 30, 70, -1),
    _row("hr_low.high", "/min", 25, 60, -1),
    _delay("hr_low.medium", 0, 30),
    _delay("hr_low.high", 0, 15),
    _row("hr_high.medium", "/min", 90, 160, +1),
    _row("hr_high.high", "/min", 100, 180, +1),
    _row("hr_high.sustained", "/min", 90, 160, +1),
    _delay("hr_high.medium", 0, 30),
    _delay("hr_high.high", 0, 15),
    _delay("hr_high.sustained", 60, 600),
    _row("nibp_sys_high.medium", "mmHg", 130, 190, +1),
    _row("nibp_sys_high.high", "mmHg", 150, 200, +1),
    _row("nibp_sys_high.at_once", "mmHg", 170, 220, +1),
    _row("nibp_sys_low.medium", "mmHg", 70, 120, -1),
    _row("nibp_sys_low.high", "mmHg", 60, 110, -1),
    _row("nibp_dia_high.medium", "mmHg", 85, 115, +1),
    _row("nibp_dia_high.high", "mmHg", 90, 120, +1),
    _row("nibp_dia_high.at_once", "mmHg", 100, 130, +1),
    _row("nibp_map.medium_low", "mmHg", 50, 80, -1),
    _row("nibp_map.high_low", "mmHg", 45, 75, -1),
    _row("nibp_map.medium_high", "mmHg", 95, 130, +1),
    _row("nibp_map.high_high", "mmHg", 105, 150, +1),
    _row("oversedated.medium", "MOAA/S", 2, 4, -1),
    _row("oversedated.high", "MOAA/S", 1, 3, -1),
    _row("oversedated.medium_rass", "RASS", -4, -2, -1),
    _row("oversedated.high_rass", "RASS", -5, -3, -1),
    _row("agitated.medium", "RASS", 1, 3, +1),
    _row("agitated.high", "RASS", 2, 4, +1),
    _delay("link_lost.medium", 0, 4),
    _delay("link_lost.high", 0, 4),
    _row("value_expired.low", "s", 2, 10, +1),
    _row("value_expired.medium", "s", 10, 30, +1),
    _delay("sensor_off.low", 0, 30),
    _delay("sensor_off.medium", 0, 30),
    _delay("sensor_off.searching_low", 10, 60),
    _delay("sensor_off.searching_medium", 10, 60),
    _delay("signal_poor.low", 0, 120),
    _row("line_errors.low", "%", 1, 20, +1),
    _row("line_errors.medium", "%", 10, 60, +1),
    _delay("line_errors.low", 0, 30),
    _delay("line_errors.medium", 0, 30),
    _row("implausible.low", "samples", 1, 10, +1),
    _row("nibp_overdue.low", "s", 0, 300, +1),
    _row("nibp_overdue.medium", "s", 60, 600, +1),
    _row("check_overdue.low", "s", 0, 120, +1),
    _row("check_overdue.medium", "s", 60, 300, +1),
    _delay("no_audio.medium", 0, 2),
    _delay("not_recording.high", 0, 2),
    _delay("not_recording.low", 0, 10),
)

LIMIT_ROWS: Mapping[str, LimitRow] = MappingProxyType({row.key: row for row in _ROWS})

APART: tuple[tuple[str, str, float], ...] = (
    ("spo2_low.high", "spo2_low.medium", 1),
    ("rr_low.high", "rr_low.medium", 1),
    ("rr_low.medium", "rr_high.medium", 4),
    ("rr_high.medium", "rr_high.high", 1),
    ("etco2_low.low", "etco2_low.medium", 2),
    ("etco2_low.medium", "etco2_high.medium", 5),
    ("etco2_high.medium", "etco2_high.high", 2),
    ("hr_low.medium", "hr_high.medium", 20),
    ("hr_high.medium", "hr_high.high", 5),
    ("nibp_sys_low.medium", "nibp_sys_high.medium", 20),
    ("nibp_sys_high.medium", "nibp_sys_high.high", 1),
    ("nibp_sys_high.high", "nibp_sys_high.at_once", 5),
    ("nibp_dia_high.medium", "nibp_dia_high.high", 1),
    ("nibp_dia_high.high", "nibp_dia_high.at_once", 5),
    ("nibp_map.high_low", "nibp_map.medium_low", 1),
    ("nibp_map.medium_low", "nibp_map.medium_high", 20),
    ("nibp_map.medium_high", "nibp_map.high_high", 1),
    ("oversedated.high", "oversedated.medium", 1),
    ("oversedated.high_rass", "oversedated.medium_rass", 1),
    ("agitated.medium", "agitated.high", 1),
    ("value_expired.low", "value_expired.medium", 5),
    ("line_errors.low", "line_errors.medium", 5),
    ("nibp_overdue.low", "nibp_overdue.medium", 30),
    ("check_overdue.low", "check_overdue.medium", 30),
)
"""(lower, upper, gap): the first stays below the second by at least the gap."""
