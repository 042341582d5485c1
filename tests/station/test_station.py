"""The whole station over simulated monitors, with a clock moved by hand."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from nurse_station.devices.contract import Event
from nurse_station.devices.registry import DRIVERS
from nurse_station.records.reader import RecordReader
from nurse_station.station.commands import (
    AddNote,
    ArrangeBeds,
    Command,
    ConnectMonitor,
    DisconnectMonitor,
    EndSession,
    PortKind,
    RenameBed,
)
from nurse_station.station.line import MonitorLine
from nurse_station.station.snapshots import LineState, RecordState
from nurse_station.station.station import Station
from nurse_station.vitals.clock import ManualClock
from tests.devices.test_every_driver import stream_of
from tests.station.rooms import GE, bed_of, opened, run, serial, simulator


def answer(station: Station, command: Command) -> tuple[bool, str]:
    station.send(command)
    station.step()
    [found] = station.answers()
    return found.done, found.sentence


def test_a_simulated_patient_is_seen_within_three_seconds(tmp_path: Path) -> None:
    clock = ManualClock()
    with opened(tmp_path, clock) as station:
        station.send(simulator())
        run(station, clock, 3.0)
        bed = bed_of(station)
    assert 50 < (bed.numerics["hr"].value or 0) < 100
    assert bed.waves == ("ecg1", "pleth", "co2")
    assert bed.lines[0].state is LineState.RECEIVING
    assert bed.simulated


def test_eight_beds_show_eight_different_patients(tmp_path: Path) -> None:
    clock = ManualClock()
    beds = tuple((f"chair-{n}", f"Chair {n}") for n in range(1, 9))
    with opened(tmp_path, clock, beds=beds) as station:
        for number, (bed, _) in enumerate(beds):
            station.send(simulator(bed, seed=number))
        run(station, clock, 4.0)
        shown = {tuple(n.value for n in bed.numerics.values()) for bed in station.snapshot().beds}
    assert len(shown) == 8


def test_a_session_begins_with_the_first_good_frame_and_is_in_the_record(tmp_path: Path) -> None:
    clock = ManualClock()
    with opened(tmp_path, clock) as station:
        assert bed_of(station).session is None
        station.send(simulator())
        run(station, clock, 3.0)
        session = bed_of(station).session
        assert station.snapshot().record.state is not RecordState.FAILING
    with RecordReader(tmp_path) as reader:
        [summary] = reader.sessions()
        kinds = [entry.kind for entry in reader.journal(summary.name)]
    assert (summary.name, summary.simulated, summary.ended) == (session, True, None)
    assert kinds[:2] == ["session_started", "monitor_connected"]


def test_the_history_holds_what_was_shown(tmp_path: Path) -> None:
    clock = ManualClock(100.0)
    with opened(tmp_path, clock) as station:
        station.send(simulator())
        run(station, clock, 20.0)
        history = station.history("chair-1")
        track = history.numeric("hr")
        assert track is not None
        seconds, low, high = track.between(100, 121)
        ecg = history.wave("ecg1")
    assert len(seconds) >= 18
    assert (low == high).all()
    assert ecg is not None
    assert ecg.count >= 18 * 300


def test_cuff_pressures_stand_in_the_history_once_each(tmp_path: Path) -> None:
    clock = ManualClock()
    with opened(tmp_path, clock) as station:
        station.send(simulator())
        run(station, clock, 700.0, step=0.25)
        track = station.history("chair-1").numeric("nibp_sys")
        bed = bed_of(station)
    assert track is not None
    assert list(track.between(0, 800)[0]) == [284, 584]  # not the one from before the start
    assert bed.nibp_next_at is not None


def test_a_lost_line_shows_nothing_at_once_and_comes_back(tmp_path: Path) -> None:
    clock = ManualClock()
    with opened(tmp_path, clock, practice=False) as station:
        station.send(serial(str(tmp_path / "no-such-port")))
        run(station, clock, 3.0)
        line = bed_of(station).lines[0]
    assert line.state is LineState.LOST
    assert "no-such-port" in line.trouble
    assert line.retry_at is not None


@pytest.mark.parametrize(
    ("command", "part"),
    [
        (ConnectMonitor(bed="chair-9", driver=GE, kind=PortKind.SIMULATOR), "no bed chair-9"),
        (ConnectMonitor(bed="chair-1", driver="acme", kind=PortKind.SIMULATOR), "known are ge-s5-dri"),
        (ConnectMonitor(bed="chair-1", driver=GE, kind=PortKind.CAPTURE, port="no.raw"), "no.raw"),
        (DisconnectMonitor(bed="chair-1", source=GE), "no such monitor"),
        (EndSession(bed="chair-1"), "no session is running"),
        (AddNote(bed="chair-1", text="x"), "no session is running"),
        (RenameBed(bed="chair-1", name="Chair 2"), "another bed is"),
        (ArrangeBeds(clinic="", beds=(("chair-1", "A"), ("chair-2", "A"))), "one name"),
        (ArrangeBeds(clinic="", beds=(("chair-1", "A"), ("chair-1", "B"))), "one key"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(tmp_path: Path, command: Command, part: str) -> None:
    with opened(tmp_path, ManualClock()) as station:
        done, sentence = answer(station, command)
    assert not done
    assert part in sentence


@pytest.mark.hazard("H-02")
def test_a_line_that_stutters_does_not_make_old_values_current(tmp_path: Path) -> None:
    clock, oldest = ManualClock(), 0.0
    with opened(tmp_path, clock) as station:
        station.send(simulator())
        run(station, clock, 4.0)
        line = station._reception.beds["chair-1"].lines[0]
        receive, began = line.receive, clock.now()

        def stuttering(data: bytes, now: float) -> list[Event]:
            return receive(data, now) if (now - began) % 9.0 < 1.2 else []

        line.receive = stuttering  # type: ignore[method-assign]
        for _ in range(600):
            run(station, clock, 0.2, step=0.2)
            numeric = bed_of(station).numerics["spo2"]
            oldest = max(oldest, 0.0 if numeric.value is None else clock.now() - numeric.at)
    assert oldest <= 5.0


@pytest.mark.hazard("H-05")
def test_one_port_is_never_given_to_two_beds(tmp_path: Path) -> None:
    with opened(tmp_path, ManualClock(), practice=False) as station:
        assert answer(station, serial("COM4"))[0]
        done, sentence = answer(station, serial("COM4", "chair-2"))
    assert not done
    assert "already used by Chair 1" in sentence


@pytest.mark.hazard("H-05")
def test_ending_a_session_closes_its_lines_and_forgets_its_values(tmp_path: Path) -> None:
    clock = ManualClock()
    with opened(tmp_path, clock) as station:
        station.send(simulator())
        run(station, clock, 3.0)
        station.answers()
        assert answer(station, EndSession(bed="chair-1", who="A. Nurse"))[0]
        run(station, clock, 1.0)
        bed = bed_of(station)
        assert station.history("chair-1").numeric("hr") is None
    assert (bed.session, bed.lines, dict(bed.numerics)) == (None, (), {})
    with RecordReader(tmp_path) as reader:
        [summary] = reader.sessions()
        assert summary.ended is not None


def test_a_second_session_of_a_bed_is_another(tmp_path: Path) -> None:
    clock = ManualClock()
    with opened(tmp_path, clock) as station:
        for _ in range(2):
            station.send(simulator())
            run(station, clock, 3.0)
            station.send(EndSession(bed="chair-1"))
            run(station, clock, 0.5)
    with RecordReader(tmp_path) as reader:
        assert len({session.name for session in reader.sessions()}) == 2


def test_a_note_and_a_new_name_are_in_the_journal(tmp_path: Path) -> None:
    clock = ManualClock()
    with opened(tmp_path, clock) as station:
        station.send(simulator())
        run(station, clock, 3.0)
        session = bed_of(station).session
        station.send(AddNote(bed="chair-1", text="patient reads a book", who="A. Nurse"))
        station.send(RenameBed(bed="chair-1", name="Window"))
        run(station, clock, 0.5)
        assert bed_of(station).name == "Window"
    with RecordReader(tmp_path) as reader:
        entries = {entry.kind: entry for entry in reader.journal(session)}
    assert (entries["note"].body["text"], entries["note"].who) == ("patient reads a book", "A. Nurse")
    assert entries["bed_renamed"].body["old"] == "Chair 1"


def test_a_bed_in_use_cannot_be_removed(tmp_path: Path) -> None:
    clock = ManualClock()
    with opened(tmp_path, clock) as station:
        station.send(simulator())
        run(station, clock, 3.0)
        station.answers()
        done, sentence = answer(station, ArrangeBeds(beds=(("chair-2", "Two"),)))
        assert not done
        assert "Chair 1" in sentence
        assert answer(station, ArrangeBeds(beds=(("chair-1", "One"), ("chair-3", "Three")), clinic="C"))[0]
        room = station.snapshot()
    assert [bed.name for bed in room.beds] == ["One", "Three"]


def test_what_is_connected_on_a_serial_port_is_told_to_whoever_remembers(tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []
    remember = {"remember": lambda bed, monitors: told.append((bed, len(monitors)))}
    with opened(tmp_path, ManualClock(), practice=False, **remember) as station:
        answer(station, serial("COM4"))
        answer(station, DisconnectMonitor(bed="chair-1", source=GE))
    assert told == [("chair-1", 1), ("chair-1", 0)]


@pytest.mark.hazard("H-05")
def test_a_link_to_a_port_in_use_is_that_port(tmp_path: Path) -> None:
    (tmp_path / "port").touch()
    (tmp_path / "alias").symlink_to(tmp_path / "port")
    with opened(tmp_path / "data", ManualClock(), practice=False) as station:
        assert answer(station, serial(str(tmp_path / "port")))[0]
        done, sentence = answer(station, serial(str(tmp_path / "alias"), "chair-2"))
    assert not done
    assert "already used by Chair 1" in sentence


@pytest.mark.hazard("H-07")
def test_a_fault_at_one_bed_leaves_the_others_their_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = ManualClock()
    with opened(tmp_path, clock) as station:
        for bed in ("chair-1", "chair-2"):
            station.send(simulator(bed))
        run(station, clock, 3.0)
        station.answers()
        monkeypatch.setattr(station._reception.beds["chair-1"], "receive", lambda *_: 1 / 0)
        run(station, clock, 6.0)
        answers = station.answers()
        first, second = bed_of(station), bed_of(station, "chair-2")
    assert [line.state for line in first.lines] == [LineState.LOST]
    assert dict(first.numerics) == {}
    assert second.numerics["hr"].value is not None
    assert [a.sentence.partition(":")[0] for a in answers] == ["Chair 1"]


def test_a_monitor_that_falls_silent_stays_silent_until_it_speaks(tmp_path: Path) -> None:
    clock = ManualClock()
    master, slave = os.openpty()
    with opened(tmp_path, clock, practice=False) as station:
        station.send(serial(os.ttyname(slave)))
        run(station, clock, 4.0)
        assert bed_of(station).lines[0].state is LineState.LISTENING
        run(station, clock, 2.0)
        states = set()
        for _ in range(60):
            run(station, clock, 1.0, step=0.25)
            states.add(bed_of(station).lines[0].state)
    os.close(master)
    os.close(slave)
    assert states <= {LineState.SILENT, LineState.LOST}


def test_silence_and_its_end_are_in_the_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = ManualClock()
    with opened(tmp_path, clock) as station:
        station.send(simulator())
        run(station, clock, 3.0)
        with monkeypatch.context() as patch:
            patch.setattr(MonitorLine, "state", lambda line, now: LineState.SILENT)
            run(station, clock, 1.0)
        run(station, clock, 1.0)
        kinds = [entry.kind for entry in bed_of(station).entries]
    assert kinds[-2:] == ["line_silent", "line_back"]


@pytest.mark.parametrize("speed", [1.0, 4.0])
def test_a_recording_shows_its_waves_at_every_speed(tmp_path: Path, speed: float) -> None:
    capture = tmp_path / "line.raw"
    capture.write_bytes(stream_of(DRIVERS[GE], 60.0))
    clock = ManualClock()
    with opened(tmp_path / "data", clock) as station:
        station.send(
            ConnectMonitor(bed="chair-1", driver=GE, kind=PortKind.CAPTURE, port=str(capture), speed=speed)
        )
        run(station, clock, 10.0)
        track = station.history("chair-1").wave("ecg1")
    assert track is not None
    assert track.count >= 9 * 300 * speed
    _, times, _ = track.since(0)
    assert times.max() <= clock.now() + 0.5


class TestAfterTheProgramWasGone:
    """Sessions that were not ended go on."""

    def stopped_session(self, folder: Path, clock: ManualClock) -> str | None:
        with opened(folder, clock, practice=False) as station:
            # A real line, as the record sees it: only a simulation ends with the program.
            bed = station._reception.beds["chair-1"]
            bed.connect(_not_simulated(station))
            run(station, clock, 30.0)
            return bed_of(station).session

    def test_the_session_goes_on_with_its_history(self, tmp_path: Path) -> None:
        clock = ManualClock(500.0)
        session = self.stopped_session(tmp_path, clock)
        after = ManualClock(10.0, clock.wall() + timedelta(minutes=2))
        with opened(tmp_path, after, practice=False) as station:
            bed = bed_of(station)
            track = station.history("chair-1").numeric("hr")
            assert track is not None
            seconds, _, _ = track.between(-1000, 1000)
        assert bed.session == session
        assert seconds.max() == pytest.approx(10.0 - 120.0, abs=3)

    def test_the_gap_is_in_the_journal(self, tmp_path: Path) -> None:
        clock = ManualClock()
        session = self.stopped_session(tmp_path, clock)
        clock.advance(300)
        with opened(tmp_path, clock, practice=False):
            pass
        with RecordReader(tmp_path) as reader:
            [gap] = [e.body["seconds"] for e in reader.journal(session) if e.kind == "monitoring_gap"]
        assert gap == pytest.approx(300, abs=3)

    def test_after_a_day_it_is_ended_instead(self, tmp_path: Path) -> None:
        clock = ManualClock()
        self.stopped_session(tmp_path, clock)
        clock.advance(24 * 3600)
        with opened(tmp_path, clock, practice=False) as station:
            assert bed_of(station).session is None
        with RecordReader(tmp_path) as reader:
            assert reader.sessions()[0].ended is not None

    def test_a_simulation_ends_with_the_program(self, tmp_path: Path) -> None:
        clock = ManualClock()
        with opened(tmp_path, clock) as station:
            station.send(simulator())
            run(station, clock, 3.0)
        with opened(tmp_path, clock) as station:
            assert bed_of(station).session is None


def _not_simulated(station: Station) -> "object":
    from dataclasses import replace

    from nurse_station.commands.patients import simulated_patient
    from nurse_station.devices.registry import DRIVERS
    from nurse_station.station.opening import opening_for

    opening = opening_for(simulator(), DRIVERS[GE], simulated_patient)
    return MonitorLine(DRIVERS[GE], replace(opening, simulated=False))
