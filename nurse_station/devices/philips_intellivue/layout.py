"""IntelliVue data export, the codes as tables: messages, classes, attributes, bits, units. Data only.

Source: the constants of the IntelliVue Data Export guide as public readers of the protocol carry them.
All integers are big endian; times are in 1/8 ms.
"""

from nurse_station.vitals.readings import Missing

TICKS_A_SECOND = 8000
TICKS_WRAP = 1 << 32

# The first byte of a message says what it is.
REFUSE, ASSOCIATE, ACCEPT = 0x0C, 0x0D, 0x0E
RELEASE, RELEASED, ABORT = 0x09, 0x0A, 0x19
DATA = 0xE1
SESSION = b"\xe1\x00\x00\x02"

INVOKE, RESULT, ERROR, LINKED_RESULT = 1, 2, 3, 5
CONFIRMED_EVENT, CONFIRMED_ACTION = 1, 7
MDS_CREATED = 0x0D06
POLL_ONCE, POLL_EXTENDED = 0x0C16, 0xF13B
LINK_FIRST, LINK_MIDDLE, LINK_LAST = 1, 2, 3

OBJECTS = 1  # the partition "object oriented elements"
MDS, NUMERIC, WAVE, DEMOGRAPHICS, ALARMS = 33, 6, 9, 42, 54
ALL_GROUPS, ALARM_GROUP, OBSERVED_VALUES = 0, 0x0801, 0x0803
DEMOGRAPHICS_GROUP, SYSTEM_GROUP, STATIC_CONTEXT = 0x0807, 0x080A, 0x0811
MDS_OBJECT = bytes((0, MDS, 0, 0, 0, 0))

ACTIVE_PERIOD = 0xF13E
LABEL, UNIT_CODE = 0x0924, 0x0996
OPERATING_MODE, CLOCK_TIME, RELATIVE_TIME = 0x0946, 0x0987, 0x098F
VALUE, COMPOUND_VALUE = 0x0950, 0x094B
SAMPLES, COMPOUND_SAMPLES = 0x096E, 0x0967
STAMP_ABSOLUTE, STAMP_RELATIVE = 0x0990, 0x0991
SAMPLE_SPEC, SAMPLE_PERIOD, SCALE, CALIBRATION = 0x096D, 0x098D, 0x096F, 0x0964
FIXED_VALUES = 0x0A16
PATIENT_ALARMS, TECHNICAL_ALARMS, ALERT_CONDITION = 0x0902, 0x0904, 0x0916
DEMOGRAPHICS_STATE, PATIENT_ID = 0x0957, 0x095A
FAMILY_NAME, GIVEN_NAME = 0x095C, 0x095D

NO_PATIENT, DISCHARGED, ADMITTED = 0, 8, 2

# Measurement state. Whatever else stands in the first octet, undocumented too, makes a value unusable.
QUESTIONABLE, CALIBRATING, TEST_DATA, DEMO_DATA = 0x4000, 0x1000, 0x0800, 0x0400
INVALID, UNAVAILABLE = 0x8000, 0x2000
EARLY, ONGOING = 0x0040, 0x0020
UNUSABLE = 0xFF00 & ~QUESTIONABLE
STATE_WHY: tuple[tuple[int, Missing], ...] = (
    (CALIBRATING, Missing.NOT_CALIBRATED),
    (UNUSABLE, Missing.INVALID),
)
SHOWN_RAW_STATE = 0xFFFF & ~(0xFC00 | EARLY)
SHOWN_RAW = (
    "measurement state 0080: the value was validated by hand",
    "measurement state 0020 of all but the cuff: a measurement is going on",
    "measurement state 0002: the value is in alarm",
    "measurement state 0001: alarms of this value are switched off",
    "measurement state 0310, 000C: not documented",
)

# Operating mode of the monitor, and what it says.
MODE_BITS: tuple[tuple[int, str], ...] = (
    (0x2000, "demonstration"),
    (0x1000, "monitor_service"),
    (0x0002, "monitor_standby"),
    (0x0001, "monitor_configuration"),
)

# Unit code -> (factor, offset) to the unit of the parameter or wave.
_RATES = dict.fromkeys((0x0AA0, 0x0AC0, 0x0AE0, 0x09E0), (1.0, 0.0))
UNITS: dict[str, dict[int, tuple[float, float]]] = {
    "/min": _RATES,
    "%": {0x0220: (1.0, 0.0)},
    "mm[Hg]": {
        0x0F20: (1.0, 0.0),
        0x0F00: (0.00750062, 0.0),
        0x0F02: (0.750062, 0.0),
        0x0F72: (0.750062, 0.0),
        0x0F03: (7.50062, 0.0),
        0x0F40: (0.735559, 0.0),
    },
    "Cel": {0x17A0: (1.0, 0.0), 0x1140: (5 / 9, -160 / 9), 0x1120: (1.0, -273.15)},
    "mV": {0x10B2: (1.0, 0.0), 0x10B3: (0.001, 0.0), 0x10A0: (1000.0, 0.0)},
    "Ohm": {0x10C0: (1.0, 0.0), 0x10C3: (1000.0, 0.0)},
    "cm[H2O]": {0x0F40: (1.0, 0.0), 0x0F72: (1.01972, 0.0), 0x0F20: (1.35951, 0.0)},
    "L/min": {0x0C00: (1.0, 0.0)},
}
BEATS, BREATHS, PERCENT, MMHG, CELSIUS = 0x0AA0, 0x0AE0, 0x0220, 0x0F20, 0x17A0
MILLIVOLT, OHM, NO_DIMENSION = 0x10B2, 0x10C0, 0x0200

# Physiological identifier -> parameter, and what the monitor measured it from.
NUMERICS: dict[int, tuple[str, str]] = {
    16770: ("hr", "ECG"),
    19384: ("spo2", "pleth"),
    18466: ("pr", "pleth"),
    18442: ("pr", "pulse"),
    18949: ("nibp_sys", "cuff"),
    18950: ("nibp_dia", "cuff"),
    18951: ("nibp_mean", "cuff"),
    20490: ("rr_imp", "impedance"),
    20498: ("rr_co2", "CO2"),
    20656: ("etco2", "CO2"),
    20666: ("fico2", "CO2"),
}
SECOND_CHOICE = frozenset((18442,))
"""Given only as long as no better source of the same parameter was heard."""
CUFF = range(18948, 18952)

# Site of an invasive pressure -> its name and the channel that it takes if it is free.
# Systolic, diastolic and mean are the three codes after the site's own.
PRESSURES: dict[int, tuple[str, int]] = {
    0x4A00: ("P", 1),
    0x4A0C: ("Ao", 1),
    0x4A10: ("ART", 1),
    0x4A14: ("ABP", 1),
    0x4A1C: ("PAP", 3),
    0x4A28: ("UAP", 1),
    0x4A30: ("LAP", 4),
    0x4A34: ("RAP", 4),
    0x4A44: ("CVP", 2),
    0x4A48: ("UVP", 2),
    0x5808: ("ICP", 5),
    0xF0A4: ("P1", 1),
    0xF0A8: ("P2", 2),
    0xF0AC: ("P3", 3),
    0xF0B0: ("P4", 4),
    0xF0B4: ("IC1", 5),
    0xF0B8: ("IC2", 6),
    0xF0BC: ("FAP", 1),
    0xF0C0: ("BAP", 1),
}
PRESSURE_PARTS = ("mean", "sys", "dia", "mean")
PRESSURE_CHANNELS = 6

TEMPERATURES: dict[int, tuple[str, int]] = {
    19272: ("Temp", 1),
    19280: ("Tart", 1),
    19296: ("Tcore", 1),
    19300: ("Tesoph", 1),
    19308: ("Tnaso", 1),
    19316: ("Tskin", 2),
    19324: ("Tven", 1),
    57348: ("Trect", 1),
    57364: ("Tblood", 1),
    61636: ("Tvesic", 1),
    61639: ("T1", 1),
    61640: ("T2", 2),
    61641: ("T3", 3),
    61642: ("T4", 4),
}
TEMPERATURE_CHANNELS = 4

ECG_LEADS: dict[int, tuple[str, int]] = {
    0x0100: ("ECG", 1), 0x0101: ("I", 2), 0x0102: ("II", 1), 0x0103: ("V1", 3), 0x0104: ("V2", 3),
    0x0105: ("V3", 3), 0x0106: ("V4", 3), 0x0107: ("V5", 3), 0x0108: ("V6", 3), 0x013D: ("III", 3),
    0x013E: ("aVR", 3), 0x013F: ("aVL", 3), 0x0140: ("aVF", 3), 0x0143: ("V", 3), 0x014B: ("MCL", 1),
    0x014C: ("MCL1", 1),
}  # fmt: skip
ECG_CHANNELS = 3
WAVES: dict[int, str] = {
    0x4BB4: "pleth",
    0x50AC: "co2",
    0x5000: "resp",
    0x50D4: "flow",
    0x50F0: "awp",
    0x5164: "o2",
    0x51F0: "n2o",
    0x5388: "agent",
}
WAVE_CHANNELS_OF_PRESSURE = 4
RELATIVE_WAVES = {"pleth": 100.0, "resp": 1.0}
"""These may come without absolute values: then the whole range of samples is drawn as 0 to this."""
WAVE_RESULT_S = 0.256
"""A wave result holds so many seconds, which gives the rate where no sample period was told."""

INVALID_SAMPLE, PACED_SAMPLE = 1, 2  # kinds of fixed value
MASK_BITS = 0x1000  # the bits beyond the significant ones are marks, not value
