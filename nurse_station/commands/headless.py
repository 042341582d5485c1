"""The station without a window: a line of vitals a second, or a whole recording as fast as it goes."""

import signal
import sys
import threading
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from nurse_station.commands.alarm_lines import AlarmPrinter
from nurse_station.commands.patients import simulated_patient
from nurse_station.commands.trouble import UserError, in_one_sentence
from nurse_station.devices.registry import DRIVERS
from nurse_station.links.capture_link import CaptureLink
from nurse_station.settings.model import BedSettings, Settings
from nurse_station.station.commands import ConnectMonitor, EndSession
from nurse_station.station.equipment import Equipment
from nurse_station.station.snapshots import Age, BedSnapshot, LineState, Numeric, RecordState, RoomSnapshot
from nurse_station.station.station import Station
from nurse_station.vitals.clock import FollowingClock, SystemClock
from nurse_station.vitals.parameters import PARAMETERS
from nurse_station.vitals.readings import Quality

SHOWN = ("hr", "spo2", "rr_co2", "etco2")
NOTHING = "---"
STOPPED_AFTER_S = 2.0
"""A picture that is older is not of now."""


def run_headless(station: Station) -> int:
    """Print a line of vitals a second for each bed, until interrupted or until every recording has ended."""
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda signum, frame: stopped.set())
    alarms = AlarmPrinter()
    while not stopped.wait(1.0):
        for answer in station.answers():
            print(answer.sentence, file=sys.stderr, flush=True)
        room = station.snapshot()
        if station.clock.now() - room.at > STOPPED_AFTER_S:
            print("THE STATION HAS STOPPED: look at the bedside monitors", flush=True)
            continue
        for line in [*alarms.news(station, room), *_vitals(room)]:
            print(line, flush=True)
        if room.record.state is RecordState.FAILING:
            print(f"NOT RECORDING: {room.record.trouble}", file=sys.stderr, flush=True)
        if _all_ended(room):
            return 0
    return 0


def _vitals(room: RoomSnapshot) -> list[str]:
    lines = [vitals_line(room, bed) for bed in room.beds if bed.lines]
    return lines or ["No monitor is connected."]


def run_replay(replay: ConnectMonitor, folder: Path, settings: Settings, beds: Sequence[BedSettings]) -> int:
    """Play a recording through the whole station as fast as it goes; its session is in the record after.

    Args:
        replay: Which recording, at which bed.
        folder: Of the record of practice.
        settings: The clinic's.
        beds: Of the room.

    Raises:
        UserError: It cannot be played.
    """
    played = _Played()
    station = Station(
        Equipment(
            clock=FollowingClock(played.position, SystemClock().wall()),
            drivers=DRIVERS,
            patient=simulated_patient,
            data_dir=folder,
            practice=True,
            clinic=settings.clinic,
            beds=[(bed.key, bed.name) for bed in beds],
        )
    )
    with in_one_sentence():
        station.open()
    try:
        station.send(replay)
        station.step()
        played.watch(station)
        refusals = [answer.sentence for answer in station.answers() if not answer.done]
        if refusals:
            raise UserError(refusals[0])
        while not _all_ended(station.snapshot()):
            station.step()
        return _close_replay(station, replay)
    finally:
        station.stop()


class _Played:
    """How far the recording has been played: the clock of a replay."""

    def __init__(self) -> None:
        self._link: CaptureLink | None = None

    def watch(self, station: Station) -> None:
        self._link = next((link for link in station.links() if isinstance(link, CaptureLink)), None)

    def position(self) -> float:
        return self._link.position_s if self._link is not None else 0.0


def _close_replay(station: Station, replay: ConnectMonitor) -> int:
    [bed] = [bed for bed in station.snapshot().beds if bed.bed == replay.bed]
    [line] = bed.lines
    station.send(EndSession(bed=bed.bed, who="station"))
    station.step()
    kept = f"session {bed.session} (--simulation)" if bed.session else "no session: no good frame in it"
    print(f"{line.port}: {line.frames_accepted} frames, {line.refused} refused, {kept}")
    return 0


def _all_ended(room: RoomSnapshot) -> bool:
    lines = [line for bed in room.beds for line in bed.lines]
    return bool(lines) and all(line.state is LineState.ENDED for line in lines)


def vitals_line(room: RoomSnapshot, bed: BedSnapshot) -> str:
    """One bed as one line of text: local time, name, values with units; `---` for what is not known now."""
    time = room.wall.astimezone().strftime("%H:%M:%S")
    values = [_value(key, bed.numerics.get(key)) for key in SHOWN]
    words = [time, bed.name, *values, _cuff(room, bed)]
    if bed.simulated:
        words.append("SIMULATION")
    words += [
        f"{line.monitor} on {line.port}: {line.state.value}"
        for line in bed.lines
        if line.state is not LineState.RECEIVING
    ]
    return "  ".join(words)


def _value(key: str, numeric: Numeric | None) -> str:
    parameter = PARAMETERS[key]
    if numeric is None or numeric.value is None:
        return f"{parameter.label} {NOTHING}"
    doubt = "?" if numeric.quality is Quality.QUESTIONABLE else ""
    return f"{parameter.label} {numeric.value:.{parameter.precision}f}{doubt} {parameter.unit_shown}"


def _cuff(room: RoomSnapshot, bed: BedSnapshot) -> str:
    found = [bed.numerics.get(key) for key in ("nibp_sys", "nibp_dia", "nibp_mean")]
    if any(numeric is None or numeric.value is None for numeric in found):
        return f"NIBP {NOTHING}"
    systolic, diastolic, mean = (f"{numeric.value:.0f}" for numeric in found if numeric is not None)
    return f"NIBP {systolic}/{diastolic} ({mean}) mmHg {_cuff_time(room, found[0])}"


def _cuff_time(room: RoomSnapshot, numeric: Numeric | None) -> str:
    if numeric is None or numeric.measured_at is None:
        return "time unknown"
    measured = room.wall - timedelta(seconds=room.at - numeric.measured_at)
    old = ", old" if numeric.age is Age.OLD else ""
    return f"at {measured.astimezone():%H:%M}{old}"
