"""A patient as the objects of an IntelliVue monitor: values, samples, alarms. For the emulator."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nurse_station.devices.contract import Patient
from nurse_station.devices.philips_intellivue import layout
from nurse_station.devices.philips_intellivue.answers import Attribute, ObjectAttributes, listed, text
from nurse_station.devices.philips_intellivue.cursor import float_word

NOT_DERIVED = layout.UNAVAILABLE
SENSOR_OFF, LEADS_OFF = 308, 274
LOW_TECHNICAL, TEXT_INFO = 1, 516
INVALID_MARK, SIGNIFICANT_BITS = 0x8000, 14
LARGEST_SAMPLE = (1 << SIGNIFICANT_BITS) - 1

Numerics = dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Shown:
    """One value that the monitor shows: its identifier, parameter, unit code and decimals."""

    physio: int
    parameter: str
    unit: int
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class ShownWave:
    """One wave that the monitor sends.

    Attributes:
        key: The patient's wave.
        period: Between two samples, 1/8 ms.
        low: What sample 0 stands for, in the unit.
        step: One count; both None: the wave has no absolute values.
        decimals: Of the scale.
    """

    handle: int
    physio: int
    key: str
    period: int
    unit: int
    low: float | None
    step: float
    decimals: int = 3

    @property
    def count(self) -> int:
        """Samples in one result of 256 ms."""
        return round(layout.WAVE_RESULT_S * layout.TICKS_A_SECOND / self.period)


# The handles are made up: a monitor gives its objects any.
NUMERICS: dict[int, tuple[Shown, ...]] = {
    0x1101: (Shown(16770, "hr", layout.BEATS),),
    0x1102: (Shown(19384, "spo2", layout.PERCENT),),
    0x1103: (Shown(18466, "pr", layout.BEATS),),
    0x1104: (Shown(20490, "rr_imp", layout.BREATHS),),
    0x1105: (Shown(20498, "rr_co2", layout.BREATHS),),
    0x1106: (Shown(20656, "etco2", layout.MMHG), Shown(20666, "fico2", layout.MMHG)),
    0x1107: (Shown(61639, "temp1", layout.CELSIUS, 1),),
    0x1108: (
        Shown(18965, "p1_sys", layout.MMHG),
        Shown(18966, "p1_dia", layout.MMHG),
        Shown(18967, "p1_mean", layout.MMHG),
    ),
}
ONLY_WITH_A_SENSOR = frozenset((0x1108,))
CUFF_HANDLE = 0x1109
CUFF = (
    Shown(18949, "nibp_sys", layout.MMHG),
    Shown(18950, "nibp_dia", layout.MMHG),
    Shown(18951, "nibp_mean", layout.MMHG),
)

# The patient's leads are I, II and V5. All leads of a monitor are one object.
_ECG = 0x1201
WAVES: tuple[ShownWave, ...] = (
    ShownWave(_ECG, 0x0102, "ecg2", 16, layout.MILLIVOLT, -40.96, 0.005),
    ShownWave(_ECG, 0x0101, "ecg1", 16, layout.MILLIVOLT, -40.96, 0.005),
    ShownWave(_ECG, 0x0107, "ecg3", 16, layout.MILLIVOLT, -40.96, 0.005),
    ShownWave(0x1202, 0x4BB4, "pleth", 64, layout.NO_DIMENSION, None, 100 / LARGEST_SAMPLE),
    ShownWave(0x1203, 0x50AC, "co2", 128, layout.MMHG, 0.0, 0.01, 2),
    ShownWave(0x1204, 0x5000, "resp", 128, layout.OHM, -8.192, 0.001),
    ShownWave(0x1205, 0x4A14, "p1", 64, layout.MMHG, -50.0, 0.05, 2),
)
PLETH_MIDDLE = 50.0
"""The patient's pulse goes around 0; the monitor's samples have no sign."""


def numeric_objects(values: Numerics) -> list[ObjectAttributes]:
    """The continuous values; what cannot be measured is unavailable, what has no sensor is not there."""
    return [
        (handle, [_values(shown, values)])
        for handle, shown in NUMERICS.items()
        if handle not in ONLY_WITH_A_SENSOR or any(values.get(each.parameter) is not None for each in shown)
    ]


def cuff_object(values: Numerics, *, measuring: bool, measured: bytes) -> ObjectAttributes:
    """What the cuff measured last, with the time of day at which it did (eight BCD bytes)."""
    state = layout.ONGOING if measuring else 0
    return CUFF_HANDLE, [_values(CUFF, values, state), (layout.STAMP_ABSOLUTE, measured)]


def _values(shown: Sequence[Shown], values: Numerics, state: int = 0) -> Attribute:
    each = [_value(one, values.get(one.parameter), state) for one in shown]
    return (layout.VALUE, each[0]) if len(each) == 1 else (layout.COMPOUND_VALUE, listed(*each))


def _value(shown: Shown, value: float | None, state: int) -> bytes:
    state |= NOT_DERIVED if value is None else 0
    return struct.pack(">3HI", shown.physio, state, shown.unit, float_word(value, shown.decimals))


def waves_of(patient: Patient, at: float) -> tuple[ShownWave, ...]:
    """The waves that this patient has a sensor for."""
    arterial = patient.numerics(at).get("p1_sys") is not None
    return tuple(wave for wave in WAVES if wave.key != "p1" or arterial)


def sample_objects(patient: Patient, waves: Sequence[ShownWave], start: float) -> list[ObjectAttributes]:
    """The samples of the 256 ms that begin at `start`."""
    return [(wave.handle, [(layout.SAMPLES, _samples(patient, wave, start))]) for wave in waves]


def context_of(wave: ShownWave) -> ObjectAttributes:
    """How the samples of a wave are to be read."""
    high = None if wave.low is None else wave.low + LARGEST_SAMPLE * wave.step
    scale = struct.pack(
        ">2I2H", float_word(wave.low, wave.decimals), float_word(high, wave.decimals), 0, LARGEST_SAMPLE
    )
    marks = struct.pack(">2H", layout.INVALID_SAMPLE, INVALID_MARK)
    return wave.handle, [
        (layout.SAMPLE_SPEC, struct.pack(">HBBH", wave.count, 16, SIGNIFICANT_BITS, layout.MASK_BITS)),
        (layout.FIXED_VALUES, listed(marks)),
        (layout.SAMPLE_PERIOD, struct.pack(">I", wave.period)),
        (layout.SCALE, scale),
        (layout.UNIT_CODE, struct.pack(">H", wave.unit)),
        (layout.LABEL, struct.pack(">I", 0x00020000 | wave.physio)),
    ]


def _samples(patient: Patient, wave: ShownWave, start: float) -> bytes:
    values = patient.wave(wave.key, start, wave.count, layout.TICKS_A_SECOND / wave.period)
    low = -PLETH_MIDDLE if wave.low is None else wave.low
    with np.errstate(invalid="ignore"):
        counts = np.clip(np.rint((values.astype(np.float64) - low) / wave.step), 0, LARGEST_SAMPLE)
    sent = np.where(np.isnan(values), INVALID_MARK, np.nan_to_num(counts)).astype(">u2").tobytes()
    return struct.pack(">3H", wave.physio, 0, len(sent)) + sent


def alarm_attributes(values: Numerics) -> list[Attribute]:
    """The alarm lists: technical alarms for sensors that are off; the emulator judges no patient."""
    off = []
    if values.get("spo2") is None:
        off.append(_alarm(19384, SENSOR_OFF, "SpO₂ SENSOR OFF"))
    if values.get("hr") is None:
        off.append(_alarm(256, LEADS_OFF, "ECG LEADS OFF"))
    highest = LOW_TECHNICAL if off else 0
    return [
        (layout.PATIENT_ALARMS, listed()),
        (layout.TECHNICAL_ALARMS, listed(*off)),
        (layout.ALERT_CONDITION, struct.pack(">5H", 0, 0, 0, highest, 0)),
    ]


def _alarm(source: int, code: int, words: str) -> bytes:
    info = struct.pack(">HI2H", 1, 0, 0, 0) + text(words)
    head = struct.pack(">4H", source, code, LOW_TECHNICAL, 0) + layout.MDS_OBJECT
    return head + struct.pack(">2H", TEXT_INFO, len(info)) + info


def patient_attributes(seed: int) -> list[Attribute]:
    """An admitted patient with a name that cannot be taken for anybody's."""
    return [
        (layout.DEMOGRAPHICS_STATE, struct.pack(">H", layout.ADMITTED)),
        (layout.PATIENT_ID, text(f"SIM-{seed}")),
        (layout.FAMILY_NAME, text("SIMULATED")),
        (layout.GIVEN_NAME, text("PATIENT")),
    ]
