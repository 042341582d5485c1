"""The table of alarm conditions. To add one, add a row here, its limits and its text. Refuses nothing.

A row is data only. A level's `rule` is a name in `rules.RULES`; its limit is `KEY.NAME` of the limit sets
and its delay `KEY.NAME_delay_s` (none there: no delay).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from nurse_station.alarms.words import Kind, Latch, Phase, Priority

LOW, MEDIUM, HIGH = Priority.LOW, Priority.MEDIUM, Priority.HIGH
EVERY_PHASE = frozenset(Phase)
DURING_INFUSION = frozenset({Phase.INFUSING})
UNDER_CARE = frozenset({Phase.INFUSING, Phase.RECOVERING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One priority of a condition, and what it takes.

    Attributes:
        name: The word in the limit sets: "medium", "high", "at_once".
        priority: Of the signals while this level is present.
        rule: Name of the rule that finds it.
        latches: Which signals outlive it.
        during: Phases of the treatment in which it is looked for.
        by_part: Another sensor, monitor or parameter in its detail sounds anew: who has seen that the cannula
            is off does not know of the probe.
    """

    name: str
    priority: Priority
    rule: str
    latches: Latch = Latch.NONE
    during: frozenset[Phase] = EVERY_PHASE
    by_part: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One row.

    Attributes:
        key: The word in code, record and exports; also the key of its text.
        kind: Physiological, technical or of care.
        levels: What it takes at each priority.
        parameters: Whose values it looks at; the first that is valid counts.
        margin: How far inside the limit a value must be to clear, in the parameter's unit.
        hold_s: For how long it must be so.
        hides: Conditions that say the same, more weakly: recorded, not signalled, while this is present.
        guarded: May not be switched off while infusing.
        one_burst: A MEDIUM level sounds once and again after `REPEAT_S`, not without end.
        once: It is an event: present for a moment, then latched.
    """

    key: str
    kind: Kind
    levels: tuple[Level, ...]
    parameters: tuple[str, ...] = ()
    margin: float = 0.0
    hold_s: float = 0.0
    hides: tuple[str, ...] = ()
    guarded: bool = False
    one_burst: bool = False
    once: bool = False

    @property
    def text(self) -> str:
        """Key of its words on the screen."""
        return f"alarm.{self.key}"


def _level(name: str, priority: Priority, rule: str, latches: Latch = Latch.NONE,
           during: frozenset[Phase] = EVERY_PHASE, *, by_part: bool = False) -> Level:  # fmt: skip
    return Level(name=name, priority=priority, rule=rule, latches=latches, during=during, by_part=by_part)


def _medium_and_high(rule: str, latches: Latch = Latch.NONE) -> tuple[Level, ...]:
    return (_level("medium", MEDIUM, rule), _level("high", HIGH, rule, latches))


def _pressure(key: str, parameter: str, *levels: Level) -> Condition:
    # A reading is a measurement: no delay and no margin, the next cuff decides.
    return Condition(key=key, kind=Kind.PHYSIOLOGICAL, parameters=(parameter,), levels=levels, one_burst=True)


_PATIENT, _CARE, _EQUIPMENT = Kind.PHYSIOLOGICAL, Kind.CARE, Kind.TECHNICAL
_VISUAL, _BOTH = Latch.VISUAL, Latch.AUDIO_AND_VISUAL
_HEART = ("hr", "pr")
_BREATH = ("rr_co2", "rr_imp")

# fmt: off
_OF_PATIENT: tuple[Condition, ...] = (
    Condition(key="asystole", kind=_PATIENT, levels=(_level("high", HIGH, "reported_asystole", _BOTH),)),
    Condition(key="apnoea", kind=_PATIENT, parameters=_BREATH, hides=("rr_low",), guarded=True,
              levels=(_level("high", HIGH, "no_breath", _BOTH),
                      _level("reported", HIGH, "reported_apnoea", _BOTH))),
    Condition(key="spo2_desaturation", kind=_PATIENT, parameters=("spo2",), margin=1, hold_s=3,
              hides=("spo2_low",), guarded=True, levels=(_level("high", HIGH, "desaturation", _BOTH),)),
    Condition(key="airway_pattern", kind=_PATIENT, levels=(_level("high", HIGH, "airway", _VISUAL),)),
    Condition(key="spo2_low", kind=_PATIENT, parameters=("spo2",), margin=1, hold_s=3, guarded=True,
              levels=_medium_and_high("below", _VISUAL)),
    Condition(key="rr_low", kind=_PATIENT, parameters=_BREATH, margin=1, hold_s=3,
              levels=_medium_and_high("below", _VISUAL)),
    Condition(key="hr_low", kind=_PATIENT, parameters=_HEART, margin=3, hold_s=3,
              levels=_medium_and_high("below", _VISUAL)),
    Condition(key="hr_high", kind=_PATIENT, parameters=_HEART, margin=3, hold_s=3,
              levels=(*_medium_and_high("above", _VISUAL), _level("sustained", HIGH, "above", _VISUAL))),
    _pressure("nibp_sys_low", "nibp_sys", *_medium_and_high("below", _VISUAL)),
    _pressure("nibp_sys_high", "nibp_sys", _level("medium", MEDIUM, "above"),
              _level("high", HIGH, "above_confirmed", _VISUAL), _level("at_once", HIGH, "above", _VISUAL)),
    _pressure("nibp_dia_high", "nibp_dia", _level("medium", MEDIUM, "above"),
              _level("high", HIGH, "above_confirmed", _VISUAL), _level("at_once", HIGH, "above", _VISUAL)),
    _pressure("nibp_map", "nibp_mean",
              _level("medium_low", MEDIUM, "below"), _level("medium_high", MEDIUM, "above"),
              _level("high_low", HIGH, "below", _VISUAL), _level("high_high", HIGH, "above", _VISUAL)),
    Condition(key="etco2_high", kind=_PATIENT, parameters=("etco2",), margin=2, hold_s=3,
              levels=_medium_and_high("above")),
    Condition(key="etco2_low", kind=_PATIENT, parameters=("etco2",), margin=2, hold_s=3,
              levels=(_level("low", LOW, "etco2_low_at_all"), _level("medium", MEDIUM, "etco2_low"))),
    Condition(key="rr_high", kind=_PATIENT, parameters=_BREATH, margin=1, hold_s=3,
              levels=_medium_and_high("above")),
)

_OF_CARE: tuple[Condition, ...] = (
    Condition(key="oversedated", kind=_CARE, levels=_medium_and_high("oversedated", _BOTH)),
    Condition(key="agitated", kind=_CARE,
              levels=(_level("medium", MEDIUM, "agitated", _VISUAL),
                      _level("high", HIGH, "agitated", _VISUAL))),
    Condition(key="check_overdue", kind=_CARE,
              levels=(_level("low", LOW, "check_overdue", _VISUAL),
                      _level("medium", MEDIUM, "check_overdue", _VISUAL))),
)

_OF_EQUIPMENT: tuple[Condition, ...] = (
    Condition(key="link_lost", kind=_EQUIPMENT, guarded=True,
              hides=("sensor_off", "value_expired", "signal_poor", "frozen", "line_errors"),
              levels=(_level("medium", MEDIUM, "link_lost", _VISUAL, by_part=True),
                      _level("high", HIGH, "link_lost", _VISUAL, UNDER_CARE, by_part=True))),
    Condition(key="not_recording", kind=_EQUIPMENT,
              levels=(_level("low", LOW, "disk_low", _VISUAL),
                      _level("high", HIGH, "not_recording", _VISUAL))),
    Condition(key="wrong_patient", kind=_EQUIPMENT,
              levels=(_level("medium", MEDIUM, "wrong_patient", _VISUAL),)),
    Condition(key="no_audio", kind=_EQUIPMENT, levels=(_level("medium", MEDIUM, "no_audio"),)),
    Condition(key="monitoring_gap", kind=_EQUIPMENT, once=True, one_burst=True,
              levels=(_level("medium", MEDIUM, "monitoring_gap", _VISUAL),)),
    Condition(key="sensor_off", kind=_EQUIPMENT, hides=("signal_poor",),
              levels=(_level("low", LOW, "sensor_off", by_part=True),
                      _level("medium", MEDIUM, "sensor_off", during=DURING_INFUSION, by_part=True),
                      _level("searching_low", LOW, "searching", by_part=True),
                      _level("searching_medium", MEDIUM, "searching", during=DURING_INFUSION,
                             by_part=True))),
    Condition(key="value_expired", kind=_EQUIPMENT,
              levels=(_level("low", LOW, "value_expired"),
                      _level("medium", MEDIUM, "vital_value_expired", by_part=True))),
    Condition(key="frozen", kind=_EQUIPMENT, levels=(_level("medium", MEDIUM, "frozen"),)),
    Condition(key="line_errors", kind=_EQUIPMENT,
              levels=(_level("low", LOW, "line_errors"), _level("medium", MEDIUM, "line_errors"))),
    Condition(key="nibp_overdue", kind=_EQUIPMENT,
              levels=(_level("low", LOW, "nibp_overdue"), _level("medium", MEDIUM, "nibp_overdue"))),
    Condition(key="contradiction", kind=_EQUIPMENT, levels=(_level("low", LOW, "contradiction"),)),
    Condition(key="source_fallback", kind=_EQUIPMENT, levels=(_level("low", LOW, "source_fallback"),)),
    Condition(key="record_altered", kind=_EQUIPMENT, levels=(_level("low", LOW, "record_altered"),)),
    Condition(key="implausible", kind=_EQUIPMENT, levels=(_level("low", LOW, "implausible"),)),
    Condition(key="signal_poor", kind=_EQUIPMENT, levels=(_level("low", LOW, "signal_poor"),)),
)
# fmt: on

_ROWS = (*_OF_PATIENT, *_OF_CARE, *_OF_EQUIPMENT)
CONDITIONS: Mapping[str, Condition] = MappingProxyType({row.key: row for row in _ROWS})
"""Every condition; within a priority an earlier row ranks before a later one."""

RANK: Mapping[str, int] = MappingProxyType({row.key: rank for rank, row in enumerate(_ROWS)})

REPEAT_S = 300.0
"""A condition that sounds once asks for a repeated measurement, and sounds again, after so long."""
