"""The words on the screen, by the key that the rest of the house uses. No layout, no decisions."""

from collections.abc import Mapping
from types import MappingProxyType

from nurse_station.station.snapshots import LineState, RecordState
from nurse_station.vitals.readings import Missing

NOT_MEASURED = "---"
PRIMARY_ALARM = "The bedside monitor is the primary alarm"
NOT_A_DEVICE = "Not a certified medical device"
STOPPED = "The station has stopped: look at the bedside monitors"
SIMULATION = "SIMULATION"
SIMULATION_SENTENCE = "SIMULATION · these values are not a patient's"
NO_BEDS = "No beds yet"
NO_BEDS_REMEDY = "Name the clinic's beds in the settings; each becomes a tile here."
NO_MONITOR = "No monitor"
NO_MONITOR_REMEDY = "Connect the bedside monitor's serial cable, play a recording, or choose the simulator."
CONNECT = "Connect a monitor"

MISSING: Mapping[Missing, str] = MappingProxyType({
    Missing.ABSENT: "no module",
    Missing.OFF: "not measured",
    Missing.INVALID: "no valid signal",
    Missing.NOT_UPDATED: "no new value",
    Missing.DISCONTINUITY: "signal interrupted",
    Missing.UNDER_RANGE: "below range",
    Missing.OVER_RANGE: "above range",
    Missing.NOT_CALIBRATED: "not calibrated",
    Missing.IMPLAUSIBLE: "implausible value",
})  # fmt: skip
"""Why there is no number, in the few words that fit beneath `---`."""

LINE: Mapping[LineState, str] = MappingProxyType({
    LineState.OPENING: "opening",
    LineState.LISTENING: "waiting for data",
    LineState.RECEIVING: "good",
    LineState.SILENT: "silent",
    LineState.LOST: "line lost",
    LineState.ENDED: "recording ended",
})  # fmt: skip
"""How good a line is, after the port: `on COM4 · good`."""

LINE_SENTENCE: Mapping[LineState, str] = MappingProxyType({
    LineState.OPENING: "The port is being opened.",
    LineState.LISTENING: "The port is open; the monitor has not sent anything that can be read yet.",
    LineState.RECEIVING: "The monitor is sending, and all is read.",
    LineState.SILENT: "The monitor has stopped sending. Is it switched on, is the cable in?",
    LineState.LOST: "The port went away or cannot be opened. It is tried again by itself.",
    LineState.ENDED: "The recording was played to its end.",
})  # fmt: skip

RECORD: Mapping[RecordState, str] = MappingProxyType({
    RecordState.WRITING: "Saved",
    RecordState.IDLE: "Record ready",
    RecordState.FAILING: "THE RECORD IS NOT BEING SAVED",
})  # fmt: skip

REFUSALS: Mapping[str, str] = MappingProxyType({
    "checksum": "checksum wrong",
    "length": "length does not match",
    "bounds": "a part lies outside of the frame",
    "escape": "bad escape byte",
    "overrun": "longer than any frame can be",
    "unterminated": "not ended",
    "version": "unknown version",
    "unknown": "unknown kind",
})  # fmt: skip
"""Why frames were refused; a reason that is not here is shown by its own word."""

CONDITIONS: Mapping[str, str] = MappingProxyType({
    "leads_off": "ECG leads off",
    "ecg_leads_off": "ECG leads off",
    "asystole": "Asystole (monitor)",
    "probe_off": "SpO₂ probe off",
    "spo2_probe_off": "SpO₂ probe off",
    "no_module": "No module",
    "apnea": "Apnoea (monitor)",
    "apnoea": "Apnoea (monitor)",
    "apnoea_deactivated": "Apnoea alarm off at the monitor",
    "calibrating": "Calibrating",
    "co2_calibrating": "CO₂ calibrating",
    "co2_occlusion": "CO₂ line blocked",
    "nibp_measuring": "NIBP measuring",
    "paced": "Pacemaker seen",
})  # fmt: skip
"""What a monitor says of itself; a condition that is not here is shown by its own word."""


CAUSES: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType({
    "hr": (("leads_off", "leads off"), ("ecg_leads_off", "leads off")),
    "spo2": (("spo2_probe_off", "probe off"), ("probe_off", "probe off")),
    "rr_imp": (("leads_off", "leads off"), ("ecg_leads_off", "leads off")),
    "etco2": (("co2_calibrating", "calibrating"), ("co2_occlusion", "line blocked")),
})  # fmt: skip
"""Parameter -> the conditions that tell better than the parameter itself why it has no value."""


def refusal(reason: str) -> str:
    """A refusal reason in words."""
    return REFUSALS.get(reason) or own_words(reason)


def condition(key: str) -> str:
    """A device condition in words."""
    return CONDITIONS.get(key) or own_words(key).capitalize()


def own_words(key: str) -> str:
    """A key as words, for one that has no text yet."""
    return key.replace("_", " ").replace("-", " ")
