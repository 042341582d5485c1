"""What alarms mean for care: which stop a raise, which ask for a look. Decides no treatment."""

from nurse_station.alarms.signals import AlarmStatus
from nurse_station.alarms.words import Priority

ASIDE = frozenset({"check_overdue", "nibp_overdue", "no_audio", "monitoring_gap"})
"""Alarms that stop no raise by themselves: the rules ask for checks, and people see a silent computer."""
AIRWAY = frozenset({"apnoea", "spo2_low", "spo2_desaturation", "rr_low", "airway_pattern"})
"""Alarms of breathing or oxygen: each asks for a look at the patient."""


def stops_a_raise(status: AlarmStatus) -> bool:
    """HIGH and MEDIUM alarms that nobody hides and that say something of the patient or the watch."""
    return status.priority >= Priority.MEDIUM and not status.hidden_by and status.condition not in ASIDE
