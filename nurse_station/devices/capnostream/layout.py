"""Capnostream, the messages: which byte and bit is what. Tables only.

Source: the reader of mdpnp (BSD-2-Clause). Bytes 10 to 12 of the numerics are not known to anybody.
"""

import struct
from dataclasses import dataclass
from types import MappingProxyType

CO2_WAVE, NUMERICS, IDENTITY = 0, 1, 4
NO_VALUE = 0xFF
WAVE_RATE_HZ = 20.0
WAVE_RESOLUTION_MMHG = 1 / 256
WAVE_SIZE = 4

# seconds of the device's local clock, EtCO2, FiCO2, RR, SpO2, PR, slow status, three unknown bytes,
# CO2 alarms, SpO2 alarms, no-breath seconds, nine limits, unit of CO2, extended status
NUMERICS_HEAD = struct.Struct(">I6B3x3B9B2B")
# Places among the nine limits (EtCO2 high, low, RR high, low, FiCO2 high, SpO2 high, low, PR high, low).
HIGH_AND_LOW = ((0, 1), (2, 3), (5, 6), (7, 8))

KPA_IN_MMHG = 7.50062
SEA_LEVEL_MMHG = 760.0
MMHG, KPA, VOLUME_PERCENT = 1, 2, 3
# Unit of CO2 -> mmHg for one count. The last two carry a tenth.
CO2_COUNT_MMHG = MappingProxyType({MMHG: 1.0, KPA: KPA_IN_MMHG / 10, VOLUME_PERCENT: SEA_LEVEL_MMHG / 1000})
MAX_SPO2 = 100


@dataclass(frozen=True, slots=True)
class Bits:
    """One status byte: bit -> condition key, and the bits that nobody documented."""

    conditions: MappingProxyType[int, str]
    unknown: int = 0


def _bits(conditions: dict[int, str], unknown: int = 0) -> Bits:
    return Bits(MappingProxyType(conditions), unknown)


# Bit 08, the end of a breath, is read apart from these.
END_OF_BREATH = 0x08
WAVE_STATUS = _bits({
    0x01: "co2_invalid", 0x02: "co2_initialising", 0x04: "co2_occlusion", 0x10: "co2_self_maintenance",
    0x20: "co2_purging", 0x40: "co2_cannula_off", 0x80: "co2_malfunction",
})  # fmt: skip
BREATHING = "co2_breaths_seen"
BREATHS_SEEN_FOR_S = 30.0

SLOW_STATUS = _bits({
    0x01: "neonatal", 0x02: "alarms_silenced", 0x04: "alarms_off", 0x40: "beeps_off", 0x80: "spo2_masimo",
})  # fmt: skip
SLOW_ALARMS = MappingProxyType({
    0x08: "high-priority alarm sounds", 0x10: "low-priority alarm sounds", 0x20: "advisory sounds",
})  # fmt: skip
CO2_ALARMS = _bits({0x01: "apnoea"}, unknown=0xC0)
CO2_LIMITS = MappingProxyType({
    0x02: "EtCO₂ high", 0x04: "EtCO₂ low", 0x08: "RR high", 0x10: "RR low", 0x20: "FiCO₂ high",
})  # fmt: skip
SPO2_ALARMS = _bits({0x01: "spo2_searching", 0x20: "spo2_off", 0x40: "spo2_no_sensor"}, unknown=0x80)
SPO2_LIMITS = MappingProxyType({
    0x02: "SpO₂ high", 0x04: "SpO₂ low", 0x08: "PR high", 0x10: "PR low",
})  # fmt: skip
EXTENDED = _bits({
    0x01: "co2_check_calibration", 0x02: "co2_check_flow", 0x04: "co2_pump_off", 0x80: "battery_low",
}, unknown=0x78)  # fmt: skip

# What a condition does to the values, whatever digits stand in the message.
CO2_PARAMETERS = ("etco2", "fico2", "rr_co2")
CO2_NOT_RUNNING = frozenset({"co2_cannula_off", "co2_pump_off"})
CO2_WITHOUT_VALUE = frozenset({"co2_initialising", "co2_occlusion", "co2_purging", "co2_malfunction"})
CO2_DOUBTED = frozenset({"co2_self_maintenance", "co2_check_calibration", "co2_check_flow"})
SPO2_NOT_RUNNING = frozenset({"spo2_off", "spo2_no_sensor"})
SPO2_DOUBTED = frozenset({"spo2_searching"})
