"""The words of the alarms, one row a condition of the alarm table. Data only: nothing here decides.

The convention, everywhere: marks, then what is wrong, then the value against the limit that it crossed.

    *** SpO₂ 84 < 85     a value of the patient, or what a nurse found: stars
    !! No data 0:12      the equipment: exclamation marks

Three marks for HIGH, two for MEDIUM, one for LOW (as bedside monitors write them).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from nurse_station.alarms.words import Kind, Priority


class Form(StrEnum):
    """What stands after the words."""

    COMPARED = "compared"
    """The value and the limit of the parameter that is named in the detail."""
    SCORED = "scored"
    """A score on the scale that is named in the detail; the limit itself counts."""
    SHARE = "share"
    """Per cent against per cent."""
    LASTING = "lasting"
    """A length of time: `1:24`."""
    NAMED = "named"
    """What it concerns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmText:
    """One condition in words.

    Attributes:
        name: The whole condition, in a list or for a screen reader: "SpO₂ low".
        short: What stands before a number or parts where the place is small.
        form: What stands after it.
        sign: How a value lies to its limit while the condition is there: "<", ">", "≤", "≥"; empty: either
            side (the number tells), or no comparison.
        advice: What to do, for a tooltip and the alarm list.
    """

    name: str
    short: str
    form: Form
    sign: str = ""
    advice: str = ""


def _row(name: str, short: str, form: Form, sign: str = "", advice: str = "") -> AlarmText:
    return AlarmText(name=name, short=short, form=form, sign=sign, advice=advice)


_COMPARED, _SCORED, _LASTING, _NAMED = Form.COMPARED, Form.SCORED, Form.LASTING, Form.NAMED
_PATIENT = "Go to the patient."
_CUFF = "Repeat the measurement."

ALARMS: Mapping[str, AlarmText] = MappingProxyType({
    "alarm.asystole": _row("Asystole", "Asystole", _NAMED, advice=_PATIENT),
    "alarm.apnoea": _row("Apnoea", "No breath", _LASTING, advice=_PATIENT),
    "alarm.spo2_desaturation": _row("Desaturation", "SpO₂", _COMPARED, "<", _PATIENT),
    "alarm.airway_pattern": _row("Airway at risk", "Airway at risk", _NAMED, advice=_PATIENT),
    "alarm.spo2_low": _row("SpO₂ low", "SpO₂", _COMPARED, "<", _PATIENT),
    "alarm.rr_low": _row("Respiratory rate low", "RR", _COMPARED, "<", _PATIENT),
    "alarm.hr_low": _row("Heart rate low", "HR", _COMPARED, "<", _PATIENT),
    "alarm.hr_high": _row("Heart rate high", "HR", _COMPARED, ">", _PATIENT),
    "alarm.nibp_sys_low": _row("Systolic pressure low", "NIBP sys", _COMPARED, "<", _CUFF),
    "alarm.nibp_sys_high": _row("Systolic pressure high", "NIBP sys", _COMPARED, ">", _CUFF),
    "alarm.nibp_dia_high": _row("Diastolic pressure high", "NIBP dia", _COMPARED, ">", _CUFF),
    "alarm.nibp_map": _row("Mean pressure out of limits", "NIBP mean", _COMPARED, advice=_CUFF),
    "alarm.etco2_high": _row("EtCO₂ high", "EtCO₂", _COMPARED, ">", _PATIENT),
    "alarm.etco2_low": _row("EtCO₂ low", "EtCO₂", _COMPARED, "<", "Look at the patient and the cannula."),
    "alarm.rr_high": _row("Respiratory rate high", "RR", _COMPARED, ">", _PATIENT),
    "alarm.oversedated": _row("Oversedated", "Oversedated", _SCORED, "≤", _PATIENT),
    "alarm.agitated": _row("Agitated", "Agitated", _SCORED, "≥", _PATIENT),
    "alarm.check_overdue": _row("Responsiveness check overdue", "MOAA/S overdue", _LASTING,
                                advice="Check the patient's responsiveness and enter it."),
    "alarm.link_lost": _row("No data from the monitor", "No data", _LASTING,
                            advice="Look at the bedside monitor, then at its cable."),
    "alarm.not_recording": _row("Record not being written", "Not recording", _NAMED,
                                advice="Write on paper until the record goes on."),
    "alarm.record_altered": _row("The record is not as it was written", "Record altered", _NAMED,
                                 advice="Go on; tell who keeps the record: nurse-station verify says where."),
    "alarm.wrong_patient": _row("Another monitor than before", "Wrong monitor?", _NAMED,
                                advice="Find out whose values these are."),
    "alarm.no_audio": _row("Alarms cannot be heard", "No alarm sound", _NAMED,
                           advice="Watch the screen and the bedside monitors."),
    "alarm.monitoring_gap": _row("Nobody was watching for a while", "Not watched", _NAMED,
                                 advice="Look at the patient; acknowledge."),
    "alarm.sensor_off": _row("Sensor off or searching", "Sensor off", _NAMED, advice="Look at the sensor."),
    "alarm.value_expired": _row("Values no longer arrive", "No value", _NAMED,
                                advice="Look at the bedside monitor."),
    "alarm.frozen": _row("Values do not change", "Frozen", _NAMED, advice="Look at the bedside monitor."),
    "alarm.line_errors": _row("Damaged data from the monitor", "Line errors", Form.SHARE, ">",
                              advice="Look at the cable and the line's settings."),
    "alarm.nibp_overdue": _row("Cuff measurement overdue", "NIBP overdue", _LASTING,
                               advice="Measure the pressure."),
    "alarm.contradiction": _row("Two monitors disagree", "Disagree", _NAMED,
                                advice="Look at the patient and both monitors; believe neither until then."),
    "alarm.source_fallback": _row("Values from another monitor than usual", "Other monitor", _NAMED,
                                  advice="Look at the monitor that has no value, and its sensor."),
    "alarm.implausible": _row("Implausible values", "Implausible", _NAMED, advice="Look at the sensor."),
    "alarm.signal_poor": _row("Signal poor", "Signal poor", _NAMED, advice="Look at the sensor."),
})  # fmt: skip
"""Text key of a condition -> its words."""

PARTS: Mapping[str, str] = MappingProxyType({
    "spo2": "SpO₂", "ecg": "ECG", "co2": "CO₂", "resp": "chest impedance",
    "pleth": "pleth wave", "ecg1": "ECG I", "ecg2": "ECG II", "ecg3": "ECG III",
    "moaas": "MOAA/S", "rass": "RASS",
    "asystole": "reported by the monitor",
    "apnoea": "reported by the monitor (CO₂)", "apnoea_impedance": "reported by the monitor (impedance)",
    "rr_low": "RR low", "spo2_low": "SpO₂ low", "etco2_high": "EtCO₂ high", "etco2_low": "EtCO₂ low",
    "oversedated": "oversedated",
    "audio_unusable": "the sound output does not work", "write_failed": "writing failed",
    "disk_full": "the disk is full", "disk_low": "less than 1 GB of disk left",
    "record_altered": "its chain is broken",
    "line_lost": "one monitor of several is lost",
    "contradiction": "values of two monitors", "source_fallback": "values from another monitor",
    "program_fault": "a fault of the program",
    "identity_changed": "its identity changed", "frames_identical": "the same bytes again and again",
})  # fmt: skip
"""Sensors, scales, waves, faults, parts of a pattern that a detail may name; parameters have labels."""

OF_MONITOR: Mapping[str, str] = MappingProxyType({"line_lost": "{monitor} is lost"})
"""What a detail says of one monitor; of a parameter it is `FROM_MONITOR`."""
FROM_MONITOR = "{what} from {monitor}"

SPEAKS_FOR_ITSELF = frozenset({"alarm.no_audio"})
"""Their words say all: the detail would only repeat them."""

MARK: Mapping[Kind, str] = MappingProxyType({
    Kind.PHYSIOLOGICAL: "*", Kind.CARE: "*", Kind.TECHNICAL: "!",
})  # fmt: skip

PRIORITY: Mapping[Priority, str] = MappingProxyType({
    Priority.HIGH: "high priority", Priority.MEDIUM: "medium priority", Priority.LOW: "low priority",
    Priority.NONE: "",
})  # fmt: skip

WAS = "was"
"""Before what latched: its condition has ended, nobody has acknowledged it."""
DATA_LOST = "data lost"
"""After what is unresolved: nobody knows whether it is still so."""

NO_SOUND = "NO ALARM SOUND"
NO_SOUND_REMEDY = "Watch this screen and the bedside monitors."
ACKNOWLEDGE = "Acknowledge"
PAUSE_AUDIO = "Pause audio"
SOUND_AGAIN = "Sound again"
TEST_SOUND = "Test the alarm sound"


def marks(kind: Kind, priority: Priority) -> str:
    """`***`, `!!`: how many tells the priority, which tells patient from equipment."""
    return MARK[kind] * int(priority)


def alarm_text(key: str) -> AlarmText:
    """The words of a condition by its text key; one that has none is named by its own key, never hidden."""
    found = ALARMS.get(key)
    if found is not None:
        return found
    own = key.partition(".")[2].replace("_", " ").capitalize() or key
    return AlarmText(name=own, short=own, form=Form.NAMED)
