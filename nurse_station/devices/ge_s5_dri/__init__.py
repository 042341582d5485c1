"""GE S/5 family over the Datex-Ohmeda record interface: B20, B40, B105, B125, B450, B650, B850, S/5.

Read README.md in this folder for cable, settings, what is supported and how sure we are.
"""

from nurse_station.devices.contract import Driver, LineSettings
from nurse_station.devices.ge_s5_dri.conversation import GeS5Conversation
from nurse_station.devices.ge_s5_dri.decoder import KEY, GeS5Decoder
from nurse_station.devices.ge_s5_dri.emulator import GeS5Emulator
from nurse_station.devices.ge_s5_dri.pace import pace

# fmt: off
ORDINARY = frozenset({
    "ecg_learning", "ecg_pacer", "ecg_absent", "nibp_absent", "spo2_absent", "co2_absent",
    "ecg1_off", "ecg2_off", "ecg3_off", "nibp_auto", "nibp_stat", "nibp_measuring",
})
# fmt: on
DRIVER = Driver(
    key=KEY,
    name="GE S/5 family",
    models=("B20", "B40", "B105", "B125", "B450", "B650", "B850", "S/5"),
    line=LineSettings(baud_rate=19200, parity="E", rts_cts=True),
    other_baud_rates=(115200,),
    silence_after_s=4.0,
    notes="Even parity and RTS/CTS: a three-wire cable loses most of the waves. "
    "On B105 and B125 the S/5 output is switched on in the service menu.",
    decoder=GeS5Decoder,
    conversation=GeS5Conversation,
    emulator=GeS5Emulator,
    pace=pace,
    refusals={
        "checksum": "bytes were damaged on the line: check cable, adaptor and even parity",
        "short": "a frame too short to hold a record: bytes were lost, check RTS/CTS wiring",
        "length": "a frame whose length is not what it says: bytes were lost or added",
        "bounds": "a record that points outside of itself: bytes were damaged",
        "escape": "an escape that no monitor sends: bytes were damaged",
        "overlong": "bytes without an end of frame: wrong speed, or not a monitor of this family",
    },
    ordinary=ORDINARY,
    conditions={
        "ecg_absent": "No ECG module",
        "nibp_absent": "No NIBP module",
        "spo2_absent": "No SpO₂ module",
        "co2_absent": "No CO₂ module",
        "asystole": "Asystole reported by the monitor",
        "ecg_noise": "ECG noise",
        "ecg_artefact": "ECG artefact",
        "ecg_learning": "ECG learning",
        "ecg_pacer": "Pacemaker pulses",
        "ecg1_off": "ECG channel 1 off",
        "ecg2_off": "ECG channel 2 off",
        "ecg3_off": "ECG channel 3 off",
        "nibp_auto": "NIBP automatic",
        "nibp_stat": "NIBP STAT",
        "nibp_measuring": "NIBP measuring",
        "nibp_stasis": "NIBP venous stasis",
        "nibp_calibrating": "NIBP calibrating",
        "apnoea": "Apnoea reported by the monitor (CO₂)",
        "apnoea_impedance": "Apnoea reported by the monitor (impedance)",
        "apnoea_deactivated": "Monitor's apnoea alarm is deactivated",
        "co2_calibrating": "CO₂ calibrating",
        "co2_zeroing": "CO₂ zeroing",
        "co2_occlusion": "CO₂ sample line occluded",
        "co2_air_leak": "CO₂ air leak",
    },
)
