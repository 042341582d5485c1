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
    "checksum": "damaged on the line (checksum)",
    "short": "too short to hold a record",
    "length": "length is not what the frame says",
    "bounds": "points outside of itself",
    "escape": "escape that no monitor sends",
    "overlong": "no end of frame: wrong speed or another kind of monitor",
})  # fmt: skip
"""Why frames were refused; a reason that is not here is shown by its own word."""

CONDITIONS: Mapping[str, str] = MappingProxyType({
    "ecg_absent": "No ECG module",
    "nibp_absent": "No NIBP module",
    "spo2_absent": "No SpO₂ module",
    "co2_absent": "No CO₂ module",
    "asystole": "Asystole reported by the monitor",
    "ecg_noise": "ECG noise",
    "ecg_artefact": "ECG artefact",
    "ecg_learning": "ECG learning",
    "ecg_pacer": "Pacemaker pulses",
    "ecg1_off": "ECG channel 1 off",
    "ecg2_off": "ECG channel 2 off",
    "ecg3_off": "ECG channel 3 off",
    "leads_off": "ECG leads off",
    "spo2_probe_off": "SpO₂ probe off",
    "nibp_auto": "NIBP automatic",
    "nibp_stat": "NIBP STAT",
    "nibp_measuring": "NIBP measuring",
    "nibp_stasis": "NIBP venous stasis",
    "nibp_calibrating": "NIBP calibrating",
    "apnoea": "Apnoea reported by the monitor (CO₂)",
    "apnoea_impedance": "Apnoea reported by the monitor (impedance)",
    "apnoea_deactivated": "Monitor's apnoea alarm is deactivated",
    "co2_calibrating": "CO₂ calibrating",
    "co2_zeroing": "CO₂ zeroing",
    "co2_occlusion": "CO₂ sample line occluded",
    "co2_air_leak": "CO₂ air leak",
})  # fmt: skip
"""What a monitor says of itself; a condition that is not here is shown by its own word."""

ORDINARY = frozenset({
    "ecg_learning", "ecg_pacer", "ecg_absent", "nibp_absent", "spo2_absent", "co2_absent",
    "ecg1_off", "ecg2_off", "ecg3_off", "nibp_auto", "nibp_stat", "nibp_measuring",
})  # fmt: skip
"""Conditions that only inform: they get no sign of trouble."""

CAUSES: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType({
    "hr": (("asystole", "asystole at the monitor"), ("leads_off", "leads off"), ("ecg_noise", "ECG noise"),
           ("ecg_learning", "learning")),
    "spo2": (("spo2_probe_off", "probe off"),),
    "rr_imp": (("leads_off", "leads off"), ("apnoea_impedance", "apnoea at the monitor")),
    "rr_co2": (("apnoea", "apnoea at the monitor"), ("co2_occlusion", "sample line occluded"),
               ("co2_calibrating", "calibrating"), ("co2_zeroing", "zeroing")),
    "etco2": (("co2_occlusion", "line occluded"), ("co2_air_leak", "air leak"),
              ("co2_calibrating", "calibrating"), ("co2_zeroing", "zeroing")),
    "nibp_sys": (("nibp_calibrating", "calibrating"),),
})  # fmt: skip
"""Parameter -> the conditions that tell better than the reading itself why it has no value."""


def refusal(reason: str) -> str:
    """A refusal reason in words."""
    return REFUSALS.get(reason) or own_words(reason)


def condition(key: str) -> str:
    """A device condition in words."""
    return CONDITIONS.get(key) or own_words(key).capitalize()


def own_words(key: str) -> str:
    """A key as words, for one that has no text yet."""
    return key.replace("_", " ").replace("-", " ")
