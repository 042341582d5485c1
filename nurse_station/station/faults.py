"""What is wrong with the station itself, as the alarms of each bed are told. Pure functions."""

from nurse_station.alarms.words import Fault
from nurse_station.audio.speaker import SpeakerStatus
from nurse_station.records.state import RecordState, RecordStatus

Faults = dict[Fault, str]
"""Fault -> why, one sentence."""
About = dict[Fault, tuple[str, ...]]
"""Fault -> what it is about: parameters and monitors, `spo2@GE`, `line_lost@Capnostream`."""
FULL_BYTES = 100_000_000
LOW_BYTES = 1_000_000_000


def faults_of_room(speaker: SpeakerStatus, record: RecordStatus) -> Faults:
    """What is wrong for every bed."""
    found: Faults = {}
    if not speaker.usable:
        found[Fault.AUDIO_UNUSABLE] = speaker.trouble
    if record.state is RecordState.FAILING:
        found[Fault.WRITE_FAILED] = record.trouble
    if record.chain:
        found[Fault.RECORD_ALTERED] = record.chain
    return found | _faults_of_disk(record)


def _faults_of_disk(record: RecordStatus) -> Faults:
    free = record.disk_free
    if free is None or free >= LOW_BYTES:
        return {}
    fault = Fault.DISK_FULL if free < FULL_BYTES else Fault.DISK_LOW
    return {fault: f"{free / 1e6:.0f} MB are free on the disk of {record.place}."}
