"""Ivy 450C vital signs monitor, its serial output: a message a second, without a checksum.

Read README.md in this folder for cable, settings, what is supported and how sure we are.
"""

from nurse_station.devices.contract import Driver, LineSettings
from nurse_station.devices.ivy_450c.conversation import Ivy450cConversation
from nurse_station.devices.ivy_450c.decoder import KEY, Ivy450cDecoder
from nurse_station.devices.ivy_450c.emulator import Ivy450cEmulator
from nurse_station.devices.ivy_450c.pace import pace

DRIVER = Driver(
    key=KEY,
    name="Ivy 450C",
    models=("450C",),
    line=LineSettings(baud_rate=9600),
    silence_after_s=4.0,
    notes="Sends by itself once its serial output is on. The format has no checksum: a damaged digit "
    "cannot be told from a true one.",
    decoder=Ivy450cDecoder,
    conversation=Ivy450cConversation,
    emulator=Ivy450cEmulator,
    pace=pace,
    refusals={
        "noise": "bytes without the head of a message: wrong speed, or not a monitor of this family",
        "cut": "a message that was cut by the next one: bytes were lost, check the cable",
        "overlong": "a message without an end: bytes were damaged, or wrong speed",
        "text": "a message with bytes in its text that are no text: damaged on the line, check the cable",
        "line": "a message with a line that is not whole: bytes were lost or added",
    },
    conditions={
        "asystole": "Asystole reported by the monitor",
        "ecg_leads_off": "ECG leads off",
        "apnoea": "Apnoea reported by the monitor",
        "monitor_alarm": "Alarm at the monitor",
        "monitor_status": "State numbers of the monitor",
    },
    ordinary=frozenset({"monitor_status"}),
    checksum=False,
    shown_raw=("the state number of every line (HR=1, NIBP=4): its meaning is not documented",),
)
