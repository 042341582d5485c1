"""Nellcor ASCII output of the data port: N-560, N-595, N-600x, NPB-190, NPB-195, NPB-290, NPB-295.

Read README.md in this folder for cable, settings, what is supported and how sure we are.
"""

from nurse_station.devices.contract import Driver, LineSettings
from nurse_station.devices.nellcor_ascii.conversation import NellcorConversation
from nurse_station.devices.nellcor_ascii.decoder import KEY, NellcorDecoder
from nurse_station.devices.nellcor_ascii.emulator import NellcorEmulator
from nurse_station.devices.nellcor_ascii.pace import pace

DRIVER = Driver(
    key=KEY,
    name="Nellcor ASCII",
    models=("N-560", "N-595", "N-600x", "NPB-190", "NPB-195", "NPB-290", "NPB-295"),
    line=LineSettings(baud_rate=9600),
    other_baud_rates=(2400, 19200),
    silence_after_s=5.0,
    notes="Set the data port to ASCII. The NPB-290 sends nothing on battery: plug it in. There is no "
    "checksum: a line is checked by its shape, its date and its columns. That the N-600x prints the "
    "same could not be verified.",
    decoder=NellcorDecoder,
    conversation=NellcorConversation,
    emulator=NellcorEmulator,
    pace=pace,
    refusals={
        "shape": "a line that is no line of values: bytes were damaged or lost, wrong speed, or the port "
        "is not set to ASCII",
        "date": "a line with a date that does not exist: bytes were damaged",
        "range": "a number that no oximeter shows: bytes were damaged",
        "columns": "numbers in other columns than in the line before: bytes were lost or added",
        "overlong": "bytes without a line's end: wrong speed, or the port is not set to ASCII",
        "interactive": "the monitor is in its interactive mode and sends no values: leave it with 0",
    },
    conditions={
        "spo2_off": "SpO₂ sensor off the patient",
        "spo2_no_sensor": "SpO₂ sensor disconnected",
        "spo2_searching": "Searching for the pulse",
        "spo2_interference": "SpO₂ interference or motion",
        "pulse_lost": "Loss of pulse reported by the monitor",
        "battery_low": "Monitor's battery low",
        "monitor_alarm": "Alarm at the monitor",
        "monitor_alarm_off": "Monitor's own alarms are off",
        "monitor_alarm_silenced": "Monitor's own alarm is silenced",
        "monitor_status": "Status code of the monitor that is not known here, as sent",
        "trend_printout": "Monitor prints its trend memory: no live values",
    },
    ordinary=frozenset({"monitor_alarm_silenced"}),
    checksum=False,
    shown_raw=("two-letter codes of the status column beyond the thirteen of the manuals",),
)
