"""Which deed answers which alarm: tables. To look, to enter, to silence is not to act. Decides no score."""

from collections.abc import Mapping, Sequence, Set
from types import MappingProxyType

from nurse_station.alarms.bearing import AIRWAY
from nurse_station.alarms.conditions import CONDITIONS
from nurse_station.alarms.words import Kind
from nurse_station.training.actions import GIVES, HELD
from nurse_station.training.log import Line, What
from nurse_station.training.scenario import Scenario

RAISE = "raise_rate"
OF_EVERY_SCENARIO: Mapping[str, str] = MappingProxyType({
    "assess_responsiveness": "charted_unasked", **dict.fromkeys(GIVES, "not_ordered"),
})  # fmt: skip
"""Deed -> what counts against it in every scenario."""

_HELP = frozenset({"call_help", "call_prescriber", "call_emergency"})
_STOPS = frozenset({"stop_pump", "disconnect_line", "set_pump"})
_ASKS = frozenset({"call_name", "shake", "assess_responsiveness"})
_TREATS = _HELP | _STOPS | GIVES | {
    "jaw_thrust", "oxygen", "oxygen_high", "ventilate", "suction", "lay_flat", "recline", "sit_up",
    "protect", "resite",
}  # fmt: skip
_PRESSURE = frozenset({"repeat_pressure", "measure_by_hand", "ask_pressure_symptoms"})
_SENSORS = frozenset({"probe_on", "leads_on", "cannula_on", "cuff_other_arm", "check_cable"})
_BY_HAND = frozenset({"measure_by_hand"})
_NOTHING: Set[str] = frozenset()

BY_KIND: Mapping[Kind, Set[str]] = MappingProxyType({
    Kind.PHYSIOLOGICAL: _TREATS | _ASKS,  # to call the name is the first step
    Kind.TECHNICAL: _SENSORS | _BY_HAND,
    Kind.CARE: _TREATS | _ASKS,
})  # fmt: skip
"""Kind of alarm -> what answers it, where BY_CONDITION says nothing else."""
BY_CONDITION: Mapping[str, Set[str]] = MappingProxyType({
    **dict.fromkeys(("nibp_sys_low", "nibp_sys_high", "nibp_dia_high", "nibp_map"), _TREATS | _PRESSURE),
    "agitated": _HELP | _STOPS | GIVES | {"reassure", "protect", "dim_light"},
    "check_overdue": frozenset({"assess_responsiveness", "assess_agitation"}),
    "nibp_overdue": _SENSORS | _PRESSURE - {"ask_pressure_symptoms"},
    "value_expired": _SENSORS | _PRESSURE - {"ask_pressure_symptoms"},
    # Of the station itself: nothing at the bed answers them.
    **dict.fromkeys(("not_recording", "wrong_patient", "no_audio", "monitoring_gap", "record_altered"),
                    _NOTHING),
})  # fmt: skip
"""Condition -> what answers it."""
IF_EXPECTED = _PRESSURE | {"reassure", "dim_light", "cuff_other_arm"}
"""What answers an alarm of the patient too while the scenario expects it."""

OF_BREATHING = AIRWAY | {"etco2_low", "etco2_high"}


def answer(scenario: Scenario, log: Sequence[Line], place: int) -> float | None:
    """When the alarm at a place of the log was answered: by the first deed after it that is care for what
    alarms and does not count against the nurse, or at once by what is held already; None: by nothing."""
    if log[place].key in OF_BREATHING and _holds(log[:place]):
        return log[place].at
    for then in range(place + 1, len(log)):
        line = log[then]
        if line.what is What.DONE and _fits(scenario, log, log[place].key, then):
            return line.at
    return None


def _holds(log: Sequence[Line]) -> bool:
    """Whether hands are at it: who holds it already has answered an alarm of breathing."""
    last = {line.key: place for place, line in enumerate(log) if line.what is What.DONE}
    return any(last.get(held, -1) > last.get(let_go, -1) for held, let_go in HELD.items())


def _fits(scenario: Scenario, log: Sequence[Line], condition: str, then: int) -> bool:
    key = log[then].key
    of_patient = condition in CONDITIONS and CONDITIONS[condition].kind is not Kind.TECHNICAL
    may = (
        of_patient and condition not in BY_CONDITION and key in IF_EXPECTED and _expected(scenario, log, then)
    )
    if not may and key not in answers_to(condition):
        return False
    return not _is_raise(log, then) and not _counts_against(scenario, log, then)


def answers_to(condition: str) -> Set[str]:
    """What answers an alarm; of a condition that is not known, nothing."""
    row = CONDITIONS.get(condition)
    return BY_CONDITION.get(condition, _NOTHING if row is None else BY_KIND[row.kind])


def _expected(scenario: Scenario, log: Sequence[Line], then: int) -> bool:
    happened = {line.key for line in log[:then] if line.what is What.EVENT} | {""}
    return any(log[then].key in row.do and (row.after in happened or (row.early and row.early in happened))
               for row in scenario.expected)  # fmt: skip


def _is_raise(log: Sequence[Line], then: int) -> bool:
    """Whether the pump was set above what ran: the log says so with the next deed, in the same second."""
    after = next((line for line in log[then + 1 :] if line.what is What.DONE), None)
    raised = after is not None and after.key == RAISE and after.at == log[then].at
    return log[then].key == "set_pump" and raised


def _counts_against(scenario: Scenario, log: Sequence[Line], then: int) -> bool:
    """Whether something was counted against this very deed: it stands before it, in the same second."""
    deed = log[then]
    faults = {row.name for row in scenario.against if deed.key in row.do}
    faults |= {OF_EVERY_SCENARIO.get(deed.key, "")}
    for line in reversed(log[:then]):
        if line.at != deed.at or line.what is What.DONE:
            return False
        if line.what is What.AGAINST and line.key in faults:
            return True
    return False
