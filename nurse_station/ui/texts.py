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
SIMULATION_SHORT = "SIM"
SIMULATION_SENTENCE = "SIMULATION · not the patient in the chair"
NO_BEDS = "No beds yet"
NO_BEDS_REMEDY = "Name the clinic's beds in the settings; each becomes a tile here."
NO_MONITOR = "No monitor"
NO_MONITOR_REMEDY = "Connect the bedside monitor's serial cable."
NO_SIMULATION_REMEDY = "This station is for practice: choose the simulator, or play a recording."
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

CAUSES: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType({
    "hr": (("asystole", "asystole at the monitor"), ("ecg_leads_off", "leads off"),
           ("ecg_noise", "ECG noise"), ("ecg_learning", "learning")),
    "pr": (("spo2_off", "probe off"), ("spo2_no_sensor", "no sensor"),
           ("spo2_searching", "searching")),
    "spo2": (("spo2_off", "probe off"), ("spo2_no_sensor", "no sensor"),
           ("spo2_searching", "searching")),
    "rr_imp": (("ecg_leads_off", "leads off"), ("apnoea_impedance", "apnoea at the monitor")),
    "rr_co2": (("apnoea", "apnoea at the monitor"), ("co2_cannula_off", "cannula off"),
               ("co2_occlusion", "sample line occluded"), ("co2_calibrating", "calibrating"),
               ("co2_zeroing", "zeroing")),
    "etco2": (("co2_cannula_off", "cannula off"), ("co2_occlusion", "line occluded"),
              ("co2_air_leak", "air leak"), ("co2_calibrating", "calibrating"), ("co2_zeroing", "zeroing")),
    "nibp_sys": (("nibp_calibrating", "calibrating"),),
})  # fmt: skip
"""Parameter -> the conditions that tell better than the reading itself why it has no value.

The keys are those that every monitor family shares."""


def own_words(key: str) -> str:
    """A key as words, for one that has no text yet."""
    return key.replace("_", " ").replace("-", " ")
