"""Masimo ASCII 1: Rad-8, Rad-87, Radical-7 and Root, SpO2 and pulse rate. Nothing is ever sent to them.

Read README.md in this folder for cable, settings, what is supported and how sure we are.
"""

from nurse_station.devices.contract import Driver, LineSettings
from nurse_station.devices.masimo_ascii1.conversation import MasimoConversation
from nurse_station.devices.masimo_ascii1.decoder import KEY, MasimoDecoder
from nurse_station.devices.masimo_ascii1.emulator import MasimoEmulator
from nurse_station.devices.masimo_ascii1.pace import pace

DRIVER = Driver(
    key=KEY,
    name="Masimo (ASCII 1)",
    models=("Rad-8", "Rad-87", "Radical-7", "Root"),
    line=LineSettings(baud_rate=9600),
    other_baud_rates=(19200,),
    silence_after_s=3.0,
    checksum=False,
    notes="A Rad-8 leaves the factory set to ASCII 2: choose ASCII 1 in its menu. A Radical-7 speaks only "
    "while it is docked. A Root speaks at 19200 bit/s over USB. The format has no checksum: a digit that "
    "was damaged on the line can look like another value.",
    decoder=MasimoDecoder,
    conversation=MasimoConversation,
    emulator=MasimoEmulator,
    pace=pace,
    refusals={
        "date": "a line without date and time: its beginning was lost, or ASCII 1 is not chosen",
        "field": "a line with something that is no KEY=VALUE: bytes were lost or damaged",
        "twice": "a line with the same key twice: two lines ran together, bytes were lost",
        "keys": "a line without SPO2 or BPM: bytes were lost, or another output format",
        "value": "SPO2, BPM or a status word that cannot be read: bytes were damaged",
        "width": "a value or status word shorter or longer than this monitor writes it: a digit was lost",
        "range": "SPO2 or BPM that no patient can have: bytes were damaged",
        "characters": "bytes that are no text: wrong speed, or not a monitor of this family",
        "overlong": "text without an end of line: wrong speed, or not a monitor of this family",
    },
    conditions={
        "spo2_off": "SpO₂ sensor off the patient",
        "spo2_no_sensor": "No SpO₂ sensor",
        "spo2_sensor_fault": "SpO₂ sensor defective",
        "spo2_sensor_unrecognised": "SpO₂ sensor not recognised",
        "spo2_searching": "SpO₂ searching for the pulse",
        "spo2_low_perfusion": "SpO₂ low perfusion",
        "spo2_interference": "SpO₂ interference",
        "spo2_ambient_light": "SpO₂ too much light",
        "spo2_weak": "SpO₂ signal weak (low Signal IQ)",
        "masimo_set": "SpO₂ measured with Masimo SET",
        "monitor_status": "Status bits as the monitor sent them",
    },
    ordinary=frozenset({"masimo_set", "monitor_status"}),
    shown_raw=(
        "ALARM: every bit (their meaning is not published)",
        "EXC: bits 100, 200 and those above 800",
        "EXC1: every bit",
    ),
)
