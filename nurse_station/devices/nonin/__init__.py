"""Nonin oximeters: OEM III, Xpod, WristOx2 in the serial formats DF1, DF2, DF7 and DF8.

Read README.md in this folder for cable, settings, what is supported and how sure we are.
"""

from nurse_station.devices.contract import Decoder, Driver, Emulator, LineSettings, Patient
from nurse_station.devices.nonin.emulator import PacketEmulator, ShortEmulator
from nurse_station.devices.nonin.layout import (
    DF1,
    DF2,
    DF7,
    DF8,
    PACKET_SIZE,
    PACKETS_A_SECOND,
    PacketFormat,
    ShortFormat,
)
from nurse_station.devices.nonin.listening import Listening
from nurse_station.devices.nonin.pace import pace
from nurse_station.devices.nonin.packet_decoder import PacketDecoder
from nurse_station.devices.nonin.short_decoder import ShortDecoder

LINE = LineSettings(baud_rate=9600)
MODELS = ("OEM III", "Xpod", "WristOx2")
NOTES = (
    "Choose the format at the oximeter, as its manual says: the station never changes it. The table-top "
    "Avant's line of text is another format and is not read."
)
NO_CHECKSUM = (
    " This format has no checksum: DF2 or DF7 is safer where the oximeter offers it. Values are shown a "
    "second late, when the next frame confirms them."
)

CONDITIONS = {
    "spo2_off": "SpO₂ sensor off the patient",
    "spo2_no_sensor": "SpO₂ sensor not connected, or inoperable",
    "spo2_artefact": "SpO₂ artefact",
    "spo2_out_of_track": "SpO₂ out of track: no good pulses in a row",
    "spo2_low_perfusion": "SpO₂ low perfusion",
    "spo2_weak": "SpO₂ weak pulse (marginal perfusion)",
}
PACKET_CONDITIONS = {
    **CONDITIONS,
    "battery_low": "Oximeter's battery low",
    "spo2_smartpoint": "SpO₂ high-quality measurement (SmartPoint)",
}
STATUS_2 = "monitor_status"

PACKET_REFUSALS = {
    "checksum": "a frame of the packet was damaged or lost bytes on the line: check cable and adaptor",
    "status": "a frame of the packet without its fixed bits: damaged, or another Nonin format",
    "sync": "a packet with fewer or more than 25 frames: bytes were lost on the line",
    "places": "a packet whose numbers contradict each other: frames were lost on the line",
    "start": "bytes arrive but no packet begins: wrong speed, or the oximeter is set to another format",
}
SHORT_REFUSALS = {
    "short": "a frame with too few bytes: bytes were lost, or the oximeter is set to another format",
    "long": "a frame with too many bytes: bytes were damaged, or the oximeter is set to another format",
    "range": "a number that no oximeter sends: bytes were damaged, or wrong speed",
    "unconfirmed": "a frame that the next one did not confirm, with damage beside it",
    "start": "bytes arrive but no frame begins: wrong speed, or not an oximeter of this format",
}


def _packets(form: PacketFormat, name: str) -> Driver:
    def decoder() -> Decoder:
        return PacketDecoder(form)

    def emulator(patient: Patient, seed: int) -> Emulator:
        return PacketEmulator(form, patient, seed)

    return Driver(
        key=form.key,
        name=name,
        models=MODELS,
        line=LINE,
        silence_after_s=3.0,
        notes=NOTES,
        decoder=decoder,
        conversation=Listening,
        emulator=emulator,
        pace=lambda capture: pace(capture, PACKET_SIZE, 1 / PACKETS_A_SECOND),
        refusals=PACKET_REFUSALS,
        conditions=PACKET_CONDITIONS,
        ordinary=frozenset({"spo2_smartpoint"}),
    )


UNVERIFIED_STATUS_2 = (
    " Which bits of its second status byte are low battery, critical battery and spot-check mode could not "
    "be verified: the byte is shown as sent."
)


def _short(form: ShortFormat, name: str, *, models: tuple[str, ...], raw: tuple[str, ...] = ()) -> Driver:
    def decoder() -> Decoder:
        return ShortDecoder(form)

    def emulator(patient: Patient, seed: int) -> Emulator:
        return ShortEmulator(form, patient, seed)

    status_2 = {STATUS_2: "Second status byte of the oximeter, as sent"} if form.has_status_2 else {}
    return Driver(
        key=form.key,
        name=name,
        models=models,
        line=LINE,
        silence_after_s=4.0,
        notes=NOTES + NO_CHECKSUM + (UNVERIFIED_STATUS_2 if form.has_status_2 else ""),
        decoder=decoder,
        conversation=Listening,
        emulator=emulator,
        pace=lambda capture: pace(capture, form.size, 1.0),
        refusals=SHORT_REFUSALS,
        conditions={**CONDITIONS, **status_2},
        checksum=False,
        shown_raw=raw,
    )


DF1_DRIVER = _short(DF1, "Nonin DF1", models=MODELS)
DF2_DRIVER = _packets(DF2, "Nonin DF2")
DF7_DRIVER = _packets(DF7, "Nonin DF7")
DF8_DRIVER = _short(
    DF8,
    "Nonin DF8",
    models=("WristOx2",),
    raw=(
        "status 2: spot-check mode, low battery and critical battery are among its bits; "
        "which bit is which could not be verified",
    ),
)
