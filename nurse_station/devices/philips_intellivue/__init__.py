"""Philips IntelliVue MP and MX over MIB/RS232: association, polls, values, waves, alarms shown.

Read README.md in this folder for cable, settings, what is supported and how sure we are.
"""

from nurse_station.devices.contract import Driver, LineSettings
from nurse_station.devices.philips_intellivue.conversation import IntellivueConversation
from nurse_station.devices.philips_intellivue.decoder import KEY, IntellivueDecoder
from nurse_station.devices.philips_intellivue.emulator import IntellivueEmulator
from nurse_station.devices.philips_intellivue.layout import SHOWN_RAW
from nurse_station.devices.philips_intellivue.pace import pace

DRIVER = Driver(
    key=KEY,
    name="Philips IntelliVue",
    models=("MP20", "MP30", "MP40", "MP50", "MP60", "MP70", "MP80", "MP90", "MX600", "MX700", "MX800"),
    line=LineSettings(baud_rate=115200),
    silence_after_s=5.0,
    notes="The port must be set to MIB/RS232 data export at 115200 bit/s by biomedical engineering, and can "
    "lose that after a power failure. MP2, X2 and X3 have no such port. One computer at a time. Which "
    "waves are sent is chosen at the monitor. The cuff is started at the bedside. Never tried on hardware.",
    decoder=IntellivueDecoder,
    conversation=IntellivueConversation,
    emulator=IntellivueEmulator,
    pace=pace,
    refusals={
        "checksum": "bytes were damaged on the line: check cable, adaptor and 115200 bit/s",
        "short": "a frame too short to hold a message: bytes were lost",
        "length": "a frame whose length is not what it says: bytes were lost or added",
        "bounds": "a message that points outside of itself: it was not made by the guide",
        "header": "a frame that is no data export: the port is set to another service",
        "unknown": "a message of no known kind: the port is set to another service",
        "cut": "a frame began inside another: bytes were lost",
        "aborted": "the monitor broke off a frame itself",
        "noise": "bytes between frames: the mark of a frame was lost, or the port is set to another speed",
        "overlong": "bytes without an end of frame: wrong speed, or not a monitor of this family",
    },
    conditions={
        "association_refused": "The monitor refuses the connection: another computer may hold it",
        "patient_identity": "The monitor's patient",
        "monitor_alarm": "Alarm at the monitor",
        "monitor_status": "Monitor status",
        "alarms_off": "Alarms at the monitor are switched off",
        "alarms_suspended": "Alarms at the monitor are paused",
        "asystole": "Asystole reported by the monitor",
        "apnoea": "Apnoea reported by the monitor (CO₂)",
        "apnoea_impedance": "Apnoea reported by the monitor (impedance)",
        "ecg_leads_off": "ECG leads off",
        "spo2_off": "SpO₂ sensor off",
        "spo2_artefact": "SpO₂ artefact",
        "nibp_measuring": "NIBP measuring",
        "calibrating": "Calibrating",
        "test_data": "Test signal: the values are not the patient's",
        "demonstration": "Demonstration: the values are not the patient's",
        "monitor_standby": "Monitor in standby",
        "monitor_service": "Monitor in service mode",
        "monitor_configuration": "Monitor in configuration mode",
    },
    ordinary=frozenset(("patient_identity", "monitor_status", "nibp_measuring", "calibrating")),
    shown_raw=SHOWN_RAW,
)
