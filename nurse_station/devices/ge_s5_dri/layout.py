"""S/5 record interface, the layout as tables: headers, groups, bits, waves. Data only.

Source: GE 8005313, "Datex-Ohmeda Record Interface", checked against recordings of real monitors.
All integers are little endian; structures are packed.
"""

import struct
from dataclasses import dataclass

from nurse_station.vitals.readings import Missing

# r_len, r_nbr, dri_level, plug_id, r_time, n_subnet, 2 reserved, r_maintype
HEADER = struct.Struct("<hBBHIBBHh")
SUBRECORDS_AT = 16
SUBRECORD = struct.Struct("<hB")
SUBRECORD_COUNT = 8
LIST_END = 0xFF

PHYSIOLOGICAL, WAVE, ALARM = 0, 1, 4
REQUEST = 0
DISPLAYED = 1
AUX_INFO = 4
DISPLAYED_SIZE = 278
DISPLAYED_DATA_AT = 4  # after the subrecord's own time
CLASS_AT = 276  # bits 8-11: 0 basic, 1-3 extended
AUX_SIZE = 114
WAVE_HEADER = struct.Struct("<hHH")  # act_len, status, label

CODES_FROM = -32000  # anything at or below is a code, not a value
CODES: dict[int, Missing] = {
    -32767: Missing.INVALID,
    -32766: Missing.NOT_UPDATED,
    -32765: Missing.DISCONTINUITY,
    -32764: Missing.UNDER_RANGE,
    -32763: Missing.OVER_RANGE,
    -32762: Missing.NOT_CALIBRATED,
}

EXISTS, ACTIVE = 1 << 0, 1 << 1


@dataclass(frozen=True, slots=True)
class Group:
    """One group of the basic class: u32 status, u16 label, then i16 values.

    Attributes:
        at: Offset inside the 270 data bytes.
        values: (parameter key, position of its i16, factor to the parameter's unit).
    """

    at: int
    values: tuple[tuple[str, int, float], ...]


def _pressure(channel: int, at: int) -> Group:
    names = (f"p{channel}_sys", f"p{channel}_dia", f"p{channel}_mean")
    return Group(at, tuple((name, position, 0.01) for position, name in enumerate(names)))


GROUPS: dict[str, Group] = {
    "ecg": Group(0, (("hr", 0, 1.0), ("rr_imp", 4, 1.0))),
    "p1": _pressure(1, 16),
    "p2": _pressure(2, 30),
    "p3": _pressure(3, 44),
    "p4": _pressure(4, 58),
    "nibp": Group(72, (("nibp_sys", 0, 0.01), ("nibp_dia", 1, 0.01), ("nibp_mean", 2, 0.01))),
    "t1": Group(86, (("temp1", 0, 0.01),)),
    "t2": Group(94, (("temp2", 0, 0.01),)),
    "t3": Group(102, (("temp3", 0, 0.01),)),
    "t4": Group(110, (("temp4", 0, 0.01),)),
    "spo2": Group(118, (("spo2", 0, 0.01), ("pr", 1, 1.0))),
    # EtCO2 and FiCO2 are in 1/100 %; times the ambient pressure they are mmHg.
    "co2": Group(132, (("etco2", 0, 0.01), ("fico2", 1, 0.01), ("rr_co2", 2, 1.0))),
    "p5": _pressure(5, 240),
    "p6": _pressure(6, 254),
}
GROUP_HEADER = struct.Struct("<IH")
AMBIENT_PRESSURE_POSITION = 3  # of the CO2 group, 1/10 mmHg
STANDARD_PRESSURE_MMHG = 760.0
AMBIENT_RANGE_MMHG = (300.0, 850.0)
"""From the highest place people live at to the highest pressure on record; else it is no pressure."""

# Groups that every bed is expected to have: that they are not there is said in each record.
# Temperatures and invasive pressures speak only where a module is, or was.
ALWAYS_TOLD = ("ecg", "nibp", "spo2", "co2")

HR_SOURCE_SHIFT, HR_SOURCE_MASK = 3, 0xF
HR_SOURCES: dict[int, str] = {
    0: "", 1: "ECG", 2: "P1", 3: "P2", 4: "P3", 5: "P4", 6: "pleth", 9: "ECG",
}  # fmt: skip
PRESSURE_LABELS: dict[int, str] = {1: "ART", 2: "CVP", 3: "PA", 8: "ABP"}

# From this interface level on, co2.rr comes from CO2 whatever its label says.
RR_FROM_CO2_LEVEL = 8
RR_SOURCE_MASK, RR_SOURCE_IMPEDANCE = 0b111, 2


@dataclass(frozen=True, slots=True)
class Bit:
    """A device condition: any bit of `mask` is set, and none of `unless`.

    Attributes:
        condition: Key of the device condition.
        group: The group that it is in; a group that is absent has no conditions.
        word: "status" or "label".
        doubts: Parameters that are questionable while it is so.
    """

    condition: str
    group: str
    word: str
    mask: int
    unless: int = 0
    doubts: tuple[str, ...] = ()


_CO2 = ("etco2", "fico2", "rr_co2")
APNOEA = 1 << 2
_APNOEA_OFF = 1 << 8

BITS: tuple[Bit, ...] = (
    Bit("asystole", "ecg", "status", 1 << 2),
    Bit("ecg_noise", "ecg", "status", 1 << 7, doubts=("hr",)),
    Bit("ecg_artefact", "ecg", "status", 1 << 8, doubts=("hr",)),
    Bit("ecg_learning", "ecg", "status", 1 << 9, doubts=("hr",)),
    Bit("ecg_pacer", "ecg", "status", 1 << 10),
    Bit("ecg1_off", "ecg", "status", 1 << 11),
    Bit("ecg2_off", "ecg", "status", 1 << 12),
    Bit("ecg3_off", "ecg", "status", 1 << 13),
    Bit("nibp_auto", "nibp", "label", 1 << 3),
    Bit("nibp_stat", "nibp", "label", 1 << 4),
    Bit("nibp_measuring", "nibp", "label", 1 << 5),
    Bit("nibp_stasis", "nibp", "label", 1 << 6),
    Bit("nibp_calibrating", "nibp", "label", 1 << 7),
    # A real monitor sets bit 2 together with bit 8 while it counts sixteen breaths a minute:
    # with the apnoea alarm deactivated, the bit says nothing of the patient.
    Bit("apnoea", "co2", "status", APNOEA, unless=_APNOEA_OFF),
    Bit("apnoea_impedance", "co2", "status", 1 << 7, unless=_APNOEA_OFF),
    Bit("apnoea_deactivated", "co2", "status", _APNOEA_OFF),
    Bit("co2_calibrating", "co2", "status", 1 << 3, doubts=_CO2),
    Bit("co2_zeroing", "co2", "status", 1 << 4, doubts=_CO2),
    Bit("co2_occlusion", "co2", "status", 1 << 5, doubts=_CO2),
    Bit("co2_air_leak", "co2", "status", 1 << 6, doubts=_CO2),
)
# One more for each group that is expected: "ecg_absent", "nibp_absent", "spo2_absent", "co2_absent".
NIBP_MEASURING = 1 << 5
NIBP_OLDER_THAN_60_S = 1 << 8


@dataclass(frozen=True, slots=True)
class WaveType:
    """A wave subrecord: the key of the wave, samples a second, and its unit for one count.

    For CO2 the count is 1/100 %; the ambient pressure makes it mmHg.
    """

    wave: str
    rate_hz: float
    count: float


WAVE_TYPES: dict[int, WaveType] = {
    1: WaveType("ecg1", 300, 0.001),  # uV -> mV
    2: WaveType("ecg2", 300, 0.001),
    3: WaveType("ecg3", 300, 0.001),
    4: WaveType("p1", 100, 0.01),
    5: WaveType("p2", 100, 0.01),
    6: WaveType("p3", 100, 0.01),
    7: WaveType("p4", 100, 0.01),
    8: WaveType("pleth", 100, 0.01),
    9: WaveType("co2", 25, 0.01),
    10: WaveType("o2", 25, 0.01),
    11: WaveType("n2o", 25, 0.01),
    12: WaveType("agent", 25, 0.01),
    13: WaveType("awp", 25, 0.1),
    14: WaveType("flow", 25, 0.1),
    15: WaveType("resp", 25, 0.01),
    32: WaveType("entropy", 100, 0.1),
}
WAVE_NUMBERS: dict[str, int] = {row.wave: number for number, row in WAVE_TYPES.items()}
