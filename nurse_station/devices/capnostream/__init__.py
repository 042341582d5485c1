"""Capnostream 20, 20p and 35: CO2, breathing rate, SpO2 and pulse rate. Refuses to send any setting.

Read README.md in this folder for cable, settings, what is supported and how sure we are.
"""

from nurse_station.devices.capnostream.conversation import CapnostreamConversation
from nurse_station.devices.capnostream.decoder import KEY, CapnostreamDecoder
from nurse_station.devices.capnostream.emulator import CapnostreamEmulator
from nurse_station.devices.capnostream.pace import pace
from nurse_station.devices.contract import Driver, LineSettings

DRIVER = Driver(
    key=KEY,
    name="Capnostream",
    models=("Capnostream 20", "Capnostream 20p", "Capnostream 35"),
    line=LineSettings(baud_rate=115200),
    silence_after_s=3.0,
    notes="Set the monitor's CO₂ unit to mmHg or kPa: percent of volume is converted for sea level and "
    "shown as questionable. The layout comes from one other reader of this monitor, not from its maker: "
    "compare the numbers with the monitor's own screen before use.",
    decoder=CapnostreamDecoder,
    conversation=CapnostreamConversation,
    emulator=CapnostreamEmulator,
    pace=pace,
    refusals={
        "checksum": "bytes were damaged on the line: check cable and adaptor",
        "escape": "an escape that no monitor sends: bytes were damaged",
        "length": "a frame without a message: bytes were damaged",
        "short": "a frame cut off by the next one: bytes were lost, or another monitor's software",
        "stray": "bytes that belong to no frame: wrong speed, or not a monitor of this family",
        "echo": "a request came back: receive and transmit are joined, or two hosts share the line",
        "unit": "values in a unit that no monitor sends: bytes were lost or changed places",
        "range": "values that no monitor can send: bytes were lost or changed places",
    },
    conditions={
        "apnoea": "Apnoea reported by the monitor (CO₂)",
        "monitor_alarm": "Alarm at the monitor",
        "monitor_status": "Status bits of unknown meaning",
        "alarms_silenced": "Monitor's alarms silenced for a time",
        "alarms_off": "All of the monitor's alarms silenced",
        "beeps_off": "Monitor's pulse beeps off",
        "neonatal": "Monitor is set to a neonatal patient",
        "battery_low": "Monitor's battery low",
        "spo2_off": "SpO₂ sensor off the patient",
        "spo2_no_sensor": "No SpO₂ sensor",
        "spo2_searching": "SpO₂ pulse not found",
        "spo2_masimo": "SpO₂ measured by a Masimo module",
        "co2_cannula_off": "FilterLine not connected",
        "co2_initialising": "CO₂ initialising",
        "co2_occlusion": "CO₂ sample line occluded",
        "co2_purging": "CO₂ sample line purging",
        "co2_self_maintenance": "CO₂ self-maintenance",
        "co2_malfunction": "CO₂ malfunction",
        "co2_invalid": "CO₂ sample invalid",
        "co2_breaths_seen": "Breaths seen in the CO₂ wave",
        "co2_check_calibration": "CO₂: check calibration",
        "co2_check_flow": "CO₂: check flow",
        "co2_pump_off": "CO₂ pump off",
        "co2_sea_level": "CO₂ sent in percent of volume, converted for sea level",
    },
    ordinary=frozenset({"spo2_masimo", "beeps_off", "co2_breaths_seen", "monitor_status"}),
    shown_raw=(
        "numerics byte 13 (CO₂ alarms), bits 40 and 80",
        "numerics byte 14 (SpO₂ alarms), bit 80",
        "numerics byte 26 (extended status), bits 08 to 40",
    ),
)
