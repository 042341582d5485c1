"""The alarm lists, the codes as tables: events, sources, priorities, states -> words. Data only.

Source: the events and alert sources of the IntelliVue Data Export guide, as public readers carry them.
"""

PRIORITIES: tuple[tuple[int, str], ...] = (
    (1024, "high priority"),
    (512, "medium priority"),
    (256, "low priority"),
    (4, "technical, high priority"),
    (2, "technical, medium priority"),
    (1, "technical, low priority"),
)
INHIBITED, SUSPENDED, LATCHED, TEST, DEMO = 0x8000, 0x4000, 0x2000, 0x0400, 0x0100
STATES: tuple[tuple[int, str], ...] = (
    (INHIBITED, "switched off"),
    (SUSPENDED, "suspended"),
    (LATCHED, "latched"),
    (0x1000, "silenced"),
    (TEST, "test"),
    (0x0200, "standby"),
    (DEMO, "demonstration"),
    (0x0008, "new"),
)
NOT_SO_NOW = INHIBITED | SUSPENDED | LATCHED | TEST | DEMO
"""In these states an entry of the list does not say that the patient has it now."""

EVENTS: dict[int, str] = {
    4: "absent", 22: "disconnected", 24: "disturbed", 32: "erratic", 36: "exhausted", 40: "high",
    58: "irregular", 62: "low", 70: "malfunction", 74: "noisy", 80: "obstructed", 136: "no breath",
    138: "calibration failed", 164: "out of range", 230: "cuff not deflated", 232: "cuff overpressure",
    242: "equipment malfunction", 250: "tube occluded", 268: "lead disconnected", 274: "leads off",
    308: "sensor disconnected", 310: "sensor malfunction", 326: "tube disconnected",
    330: "tube obstructed", 336: "transducer disconnected", 338: "transducer malfunction",
    352: "measurement disconnected", 354: "measurement error", 356: "measurement failed",
    358: "measurement inoperable", 362: "measurement interrupted", 364: "over range",
    366: "under range", 380: "signal low", 384: "signal cannot be analysed", 432: "artefact",
    434: "signal quality", 436: "interference", 442: "no oscillation", 3072: "apnoea",
    3076: "asystole", 3078: "missed beat", 3082: "bigeminy", 3086: "extreme bradycardia",
    3102: "pacer not capturing", 3108: "pause", 3122: "extreme tachycardia", 3158: "irregular rate",
    3182: "pacer not pacing", 3192: "supraventricular tachycardia", 3206: "R-on-T",
    3208: "multiform PVCs", 3210: "pair of PVCs", 3212: "run of PVCs", 3220: "ventricular rhythm",
    3224: "ventricular tachycardia", 3226: "non-sustained ventricular tachycardia",
    3236: "trigeminy", 3246: "desaturation", 3252: "PVC rate", 6144: "alarms off",
    6154: "calibrating", 6164: "self test", 6170: "zeroing", 6176: "sensor warming",
    6182: "all ECG alarms off", 6184: "some ECG alarms off", 6224: "learning", 6228: "standby",
    6256: "disconnected", 6658: "check", 6662: "calibration required", 6680: "check cable",
    6696: "check sensor", 61444: "ventricular fibrillation or tachycardia", 61766: "bradycardia",
    61768: "tachycardia",
}  # fmt: skip
ECG_SOURCES = frozenset((21, 22, 23, 66, *range(82, 89), 100, 101, 102, 115, *range(256, 333), 16770))
SPO2_SOURCES = frozenset((19376, 19380, 19384, 18466))
IMPEDANCE_SOURCES = frozenset((20480, 20490))
SOURCES: dict[int, str] = {
    **dict.fromkeys(ECG_SOURCES, "ECG"), **dict.fromkeys(SPO2_SOURCES, "SpO₂"),
    **dict.fromkeys(IMPEDANCE_SOURCES, "Resp"), 16770: "HR", 18442: "Pulse", 18466: "Pulse",
    **dict.fromkeys(range(18948, 18952), "NBP"), **dict.fromkeys(range(18960, 18968), "ABP"),
    16993: "PVC", 19272: "Temp", 20498: "awRR", 20652: "CO₂", 20656: "EtCO₂", 20666: "FiCO₂",
}  # fmt: skip
_OFF = frozenset((22, 308, 352))
_ARTEFACT = frozenset((24, 74, 432, 436))

# Condition <- any of these events at any of these sources; an empty set: wherever it comes from.
CONDITIONS: tuple[tuple[str, frozenset[int], frozenset[int]], ...] = (
    ("asystole", frozenset((3076,)), frozenset()),
    ("apnoea_impedance", frozenset((3072,)), IMPEDANCE_SOURCES),
    ("apnoea", frozenset((3072,)), frozenset()),
    ("ecg_leads_off", frozenset((268, 274)), ECG_SOURCES),
    ("spo2_off", _OFF, SPO2_SOURCES),
    ("spo2_artefact", _ARTEFACT, SPO2_SOURCES),
)
