"""Patients and practice have a station each: neither takes what belongs to the other, whatever is asked."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nurse_station.records.reader import RecordReader
from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import Patient
from nurse_station.station.commands import (
    FOR_PATIENTS,
    FOR_PRACTICE,
    Command,
    ConnectMonitor,
    DisconnectMonitor,
    DoDeed,
    EndSession,
    PortKind,
    why_apart,
)
from nurse_station.vitals.clock import ManualClock
from tests.station.rooms import GE, bed_of, opened, run, serial, simulator
from tests.station.wards import Ill, real_line, told

CAPTURE = ConnectMonitor(bed="chair-1", driver=GE, kind=PortKind.CAPTURE, port="no.raw")
ANNA = Patient(name="Berg, Anna", born=date(1980, 4, 2), weight_kg=70)
BOUND = DoDeed(bed="chair-1", deed=deeds.PatientBound(patient=ANNA), who="A")
ASKED: tuple[Command, ...] = (
    simulator(), serial("no-such-port"), CAPTURE, BOUND, EndSession(bed="chair-1"),
    DisconnectMonitor(bed="chair-1", source=GE),
)  # fmt: skip
both_kinds = pytest.mark.parametrize("practice", [False, True], ids=["patients", "practice"])


@pytest.mark.parametrize("kind", PortKind)
@both_kinds
def test_every_source_belongs_to_one_kind_of_station(kind: PortKind, practice: bool) -> None:
    assert bool(why_apart(kind, practice=practice)) is not bool(why_apart(kind, practice=not practice))


@pytest.mark.hazard("H-17")
@pytest.mark.parametrize(
    ("practice", "command", "why"),
    [
        (False, simulator(), FOR_PATIENTS),
        (False, CAPTURE, FOR_PATIENTS),
        (True, serial("COM4"), FOR_PRACTICE),
    ],
    ids=["simulator", "recording", "port"],
)
def test_what_is_of_the_other_kind_is_not_connected(
    tmp_path: Path, practice: bool, command: ConnectMonitor, why: str
) -> None:
    with opened(tmp_path, ManualClock(), practice=practice) as station:
        assert told(station, command) == (False, f"Chair 1: {why}")
        assert bed_of(station).lines == ()


@pytest.mark.hazard("H-17")
@both_kinds
@settings(max_examples=12, deadline=None)
@given(asked=st.lists(st.sampled_from(ASKED), max_size=6))
def test_no_session_of_the_other_kind_is_ever_begun(
    tmp_path_factory: pytest.TempPathFactory, practice: bool, asked: list[Command]
) -> None:
    folder, clock = tmp_path_factory.mktemp("record"), ManualClock(100.0)
    with opened(folder, clock, practice=practice) as station:
        for command in asked:
            station.send(command)
            run(station, clock, 2.5, step=0.25)
            assert bed_of(station).simulated is practice
    with RecordReader(folder) as reader:
        assert {session.simulated for session in reader.sessions()} <= {practice}


@both_kinds
def test_a_day_without_a_monitor_is_of_the_station_s_kind(tmp_path: Path, practice: bool) -> None:
    with opened(tmp_path, ManualClock(), practice=practice) as station:
        assert told(station, BOUND)[0]
        assert station.snapshot().practice is practice
    with RecordReader(tmp_path) as reader:
        assert [session.simulated for session in reader.sessions()] == [practice]


@both_kinds
def test_what_nobody_confirmed_is_kept_apart_in_its_own_kind(tmp_path: Path, practice: bool) -> None:
    clock = ManualClock(100.0)
    with opened(tmp_path, clock, practice=practice) as station:
        bed = station._reception.beds["chair-1"]
        told(station, BOUND)
        for seed in (1, 2):
            bed.connect(real_line(Ill(seed)))
            run(station, clock, 3.0)
        assert told(station, EndSession(bed="chair-1"))[0]
    with RecordReader(tmp_path) as reader:
        assert [session.simulated for session in reader.sessions()] == [practice, practice]
