"""Alarms through the whole station: from a monitor's bytes to the screen, the speaker and the record."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from nurse_station.alarms.changes import Act, ActTaken, AlarmChange
from nurse_station.alarms.commands import (
    Acknowledge,
    NewPatient,
    PauseAudio,
    SetFault,
    SetLimit,
    SetPhase,
    SwitchOff,
)
from nurse_station.alarms.lifecycle import Event, State
from nurse_station.alarms.limit_files import load
from nurse_station.alarms.limits import Scope
from nurse_station.alarms.words import Fault, Phase, Priority
from nurse_station.links.capture_link import CaptureLink
from nurse_station.links.link import LinkError
from nurse_station.records.reader import RecordReader
from nurse_station.records.state import RecordState, RecordStatus
from nurse_station.station.commands import (
    AskAlarms,
    DisconnectMonitor,
    EndSession,
    PauseRoom,
    SetVolume,
    TestSound,
)
from nurse_station.station.faults import faults_of_room
from nurse_station.station.gaps import GapWatch
from nurse_station.station.journal import ALARM_MEMORY
from nurse_station.station.limit_book import LimitBook
from nurse_station.station.line import MonitorLine
from nurse_station.station.station import Station
from nurse_station.vitals.clock import ManualClock, SystemClock
from nurse_station.vitals.readings import DeviceCondition
from tests.station.rooms import GE, bed_of, opened, run, simulator
from tests.station.wards import Ear, Ill, Ward, alarm_at, ask, kept, real_line, told, until

LOW = 84.0
WELL = 97.0


class Room:
    """A station with two simulated patients and an ear."""

    def __init__(self, station: Station, clock: ManualClock, ward: Ward, ear: Ear) -> None:
        self.station, self.clock, self.ward, self.ear = station, clock, ward, ear

    def run(self, seconds: float) -> None:
        run(self.station, self.clock, seconds, step=0.1)

    def until(self, condition: str, within_s: float, bed: str = "chair-1") -> float:
        return until(self.station, self.clock, condition, within_s, bed)


@contextmanager
def watched(folder: Path, clock: ManualClock | None = None, **equipment: object) -> Iterator[Room]:
    """Two beds, each with a patient who has been well for four seconds."""
    ward, ear, clock = Ward(), Ear(), clock or ManualClock(50.0)
    with opened(folder, clock, patient=ward.patient, **{"speaker": ear, **equipment}) as station:
        station.send(simulator("chair-1", seed=1))
        station.send(simulator("chair-2", seed=2))
        room = Room(station, clock, ward, ear)
        room.run(4.0)
        station.answers()
        yield room


class TestFromBytesToAlarm:
    def test_a_low_saturation_alarms_on_the_screen_and_in_the_ear(self, tmp_path: Path) -> None:
        with watched(tmp_path) as room:
            assert bed_of(room.station).alarms.present == ()
            room.ward.set(1, spo2=LOW)
            took = room.until("spo2_desaturation", 10)
            status = alarm_at(room.station, "spo2_desaturation")
            audio = room.station.snapshot().audio
        assert status is not None
        assert (status.priority, status.value, status.visible) == (Priority.HIGH, LOW, True)
        assert took < 6  # 2 s of delay, a reading a second, which the decoder holds until the next
        assert room.ear.signal is not None
        assert room.ear.signal.priority is Priority.HIGH
        assert audio is not None
        assert (audio.usable, audio.bed, audio.signal) == (True, "chair-1", room.ear.signal)

    def test_the_loudest_bed_sounds_and_among_equals_the_oldest(self, tmp_path: Path) -> None:
        with watched(tmp_path) as room:
            room.ward.set(1, spo2=90.0)
            room.until("spo2_low", 25)
            assert room.ear.signal is not None
            assert room.ear.signal.priority is Priority.MEDIUM
            room.ward.set(2, spo2=LOW)
            room.until("spo2_desaturation", 10, "chair-2")
            audio = room.station.snapshot().audio
            assert audio is not None
            assert audio.bed == "chair-2"
            room.ward.set(1, spo2=LOW)
            room.until("spo2_desaturation", 10, "chair-1")
            audio = room.station.snapshot().audio
        assert audio is not None
        assert audio.bed == "chair-2"

    def test_an_acknowledged_alarm_is_silent_and_stays_visible(self, tmp_path: Path) -> None:
        with watched(tmp_path) as room:
            room.ward.set(1, spo2=LOW)
            room.until("spo2_desaturation", 10)
            assert ask(room.station, Acknowledge(who="A. Nurse")) == (True, "Chair 1: acknowledged.")
            status = alarm_at(room.station, "spo2_desaturation")
            assert room.ear.signal is None
            entries = bed_of(room.station).entries
        assert status is not None
        assert (status.acknowledged, status.visible) == (True, True)
        assert [e.body["event"] for e in entries if e.kind == "alarm"][-1] == "acknowledged"
        assert entries[-1].who == "A. Nurse"

    def test_only_begin_change_and_end_of_an_alarm_are_read_in_the_growing_record(
        self, tmp_path: Path
    ) -> None:
        with watched(tmp_path) as room:
            room.ward.set(1, spo2=90.0)
            room.until("spo2_low", 25)
            room.ward.set(1, spo2=WELL)
            room.run(8)
            entries = [e for e in bed_of(room.station).entries if e.kind == "alarm"]
        assert [e.body["event"] for e in entries] == ["delay_elapsed", "ended"]
        assert {e.kind for e in bed_of(room.station).entries} == {
            "session_started", "monitor_connected", "alarm"
        }  # fmt: skip

    def test_a_capture_played_as_fast_as_it_goes_neither_alarms_nor_sounds(self, tmp_path: Path) -> None:
        with opened(tmp_path, ManualClock(), speaker=Ear()) as station:
            bed = station._reception.beds["chair-1"]
            line = real_line(Ill(1, spo2=LOW))
            bed.connect(MonitorLine(line.driver, replace(line.opening, speed=float("inf"))))
            run(station, station.clock, 20.0, step=0.1)  # type: ignore[arg-type]
            picture = bed_of(station)
        assert picture.numerics["spo2"].value == LOW
        assert picture.alarms.limits is None
        assert picture.alarms.present == ()

    def test_a_capture_that_was_played_to_its_end_is_not_missed(self, tmp_path: Path) -> None:
        clock = ManualClock()
        with opened(tmp_path, clock, speaker=Ear()) as station:
            line = real_line(Ill(1))
            played = CaptureLink("short", [(0.0, b"\x7e\x7e")], speed=1.0)
            opening = replace(line.opening, make=lambda: played, simulated=True)
            station._reception.beds["chair-1"].connect(MonitorLine(line.driver, opening))
            run(station, clock, 20.0, step=0.1)
            assert alarm_at(station, "link_lost") is None


class TestPauses:
    def test_a_pause_of_the_room_silences_every_bed_and_a_second_press_ends_it(self, tmp_path: Path) -> None:
        with watched(tmp_path) as room:
            room.ward.set(1, spo2=LOW)
            room.until("spo2_desaturation", 10)
            assert told(room.station, PauseRoom(who="x"))[0]
            pauses = [bed.alarms.pause for bed in room.station.snapshot().beds]
            assert [pause is not None and pause.until - pause.began for pause in pauses] == [120, 120]
            assert room.ear.signal is None
            told(room.station, PauseRoom())
            assert [bed.alarms.pause for bed in room.station.snapshot().beds] == [None, None]
            assert room.ear.signal is not None

    def test_another_beds_alarm_breaks_through_its_own_pause_alone(self, tmp_path: Path) -> None:
        with watched(tmp_path) as room:
            room.ward.set(1, spo2=LOW)
            room.until("spo2_desaturation", 10)
            told(room.station, PauseRoom())
            room.ward.set(2, spo2=LOW)
            room.until("spo2_desaturation", 10, "chair-2")
            first, second = room.station.snapshot().beds
            audio = room.station.snapshot().audio
        assert first.alarms.pause is not None
        assert second.alarms.pause is None
        assert audio is not None
        assert audio.bed == "chair-2"

    def test_a_pause_at_a_station_that_cannot_be_heard_says_so(self, tmp_path: Path) -> None:
        with watched(tmp_path) as room:
            room.ear.usable = False
            _done, sentence = told(room.station, PauseRoom(who="x"))
        assert "alarms cannot be heard at all" in sentence

    def test_with_nothing_watched_there_is_nothing_to_pause(self, tmp_path: Path) -> None:
        with opened(tmp_path, ManualClock()) as station:
            assert not told(station, PauseRoom())[0]


class TestAnotherPatient:
    def test_limits_pauses_and_switched_off_alarms_never_carry_over(self, tmp_path: Path) -> None:
        with watched(tmp_path) as room:
            for command in (
                SetLimit(key="spo2_low.medium", number=90, who="x"),
                SwitchOff(condition="hr_low", why="athlete", who="x"),
                PauseAudio(who="x"),
            ):
                assert ask(room.station, command)[0]
            log, session = room.station.alarm_log("chair-1"), bed_of(room.station).session
            room.station.send(EndSession(bed="chair-1", who="A. Nurse"))
            room.run(1)
            assert bed_of(room.station).alarms.limits is None
            assert room.station.alarm_log("chair-1") == []
            room.station.send(simulator("chair-1", seed=3))
            room.run(4)
            alarms = bed_of(room.station).alarms
        assert alarms.limits is not None
        assert (dict(alarms.limits.patient), dict(alarms.off), alarms.pause) == ({}, {}, None)
        assert kept(tmp_path, session) == list(log)[1:]  # the first came before the session began
        acts = [entry.act for entry in log if isinstance(entry, ActTaken)]
        assert acts[-4:] == [Act.NEW_PATIENT, Act.SWITCHED_ON, Act.AUDIO_PAUSE_ENDED, Act.MONITOR_EXPECTED]

    def test_the_journal_of_a_session_ends_with_its_end(self, tmp_path: Path) -> None:
        with watched(tmp_path) as room:
            session = bed_of(room.station).session
            room.ward.set(1, spo2=LOW)
            room.until("spo2_desaturation", 10)
            room.station.send(EndSession(bed="chair-1", who="x"))
            room.run(1)
        with RecordReader(tmp_path) as reader:
            assert reader.journal(session)[-1].kind == "session_ended"


class TestTheRecord:
    def test_every_entry_is_in_the_journal_once_and_in_order(self, tmp_path: Path) -> None:
        with watched(tmp_path) as room:
            session = bed_of(room.station).session
            for spo2 in (LOW, WELL, 90.0, WELL):
                room.ward.set(1, spo2=spo2)
                room.run(12)
                ask(room.station, Acknowledge(who="x"))
            log = list(room.station.alarm_log("chair-1"))
        numbers = [entry.number for entry in log]
        assert numbers == list(range(1, len(log) + 1))
        assert len(log) > 10
        early = kept(tmp_path, None)  # before the first frame there is no session
        assert [e for e in early if isinstance(e, ActTaken)][:1] == log[:1]
        assert kept(tmp_path, session) == log[1:]

    def test_a_failing_record_is_an_alarm(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        with watched(tmp_path) as room:
            status = RecordStatus(state=RecordState.FAILING, place="here", trouble="The disk is full.")
            monkeypatch.setattr(room.station.record, "snapshot", lambda: status)
            assert room.until("not_recording", 5) < 2.5
            found = alarm_at(room.station, "not_recording")
            assert found is not None
            assert (found.priority, found.detail) == (Priority.HIGH, ("write_failed",))

    @pytest.mark.parametrize(
        ("free", "faults"),
        [(None, []), (1_000_000_000, []), (999_999_999, [Fault.DISK_LOW]), (99_999_999, [Fault.DISK_FULL])],
    )
    def test_a_disk_that_fills_is_a_fault(self, free: int | None, faults: list[Fault]) -> None:
        status = RecordStatus(state=RecordState.WRITING, place="here", disk_free=free)
        assert list(faults_of_room(Ear().status(0), status)) == faults

    def test_a_broken_chain_is_a_fault_and_an_unsigned_record_is_none(self) -> None:
        sealed = RecordStatus(state=RecordState.WRITING, place="here", signing="The key is in a file.")
        assert faults_of_room(Ear().status(0), sealed) == {}
        broken = RecordStatus(state=RecordState.WRITING, place="here", chain="Entry 7 is not as written.")
        assert faults_of_room(Ear().status(0), broken) == {Fault.RECORD_ALTERED: "Entry 7 is not as written."}

    def test_a_running_record_knows_how_much_of_its_disk_is_free(self, tmp_path: Path) -> None:
        with watched(tmp_path) as room:
            room.station.record.flush()
            assert (room.station.record.snapshot().disk_free or 0) > 0


class TestTheSound:
    def test_an_output_that_takes_nothing_is_an_alarm_within_two_seconds(self, tmp_path: Path) -> None:
        with watched(tmp_path) as room:
            room.ear.usable = False
            assert room.until("no_audio", 3, "chair-2") <= 2.0
            audio = room.station.snapshot().audio
            assert audio is not None
            assert (audio.usable, audio.trouble) == (False, "The output takes nothing.")
            room.ear.usable = True
            room.run(1)
            assert alarm_at(room.station, "no_audio") is None

    def test_a_station_without_a_speaker_says_that_it_is_silent(self, tmp_path: Path) -> None:
        clock = ManualClock()
        with opened(tmp_path, clock) as station:
            station.send(simulator())
            assert until(station, clock, "no_audio", 5) < 2.5

    def test_a_speaker_with_a_fault_of_ours_blinds_no_bed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with watched(tmp_path) as room:
            monkeypatch.setattr(room.ear, "status", lambda now: 1 / 0)
            monkeypatch.setattr(room.ear, "sound", lambda signal: 1 / 0)
            room.until("no_audio", 3)
            assert bed_of(room.station).numerics["spo2"].value is not None

    def test_a_station_whose_steps_fail_is_heard(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with opened(tmp_path, SystemClock(), speaker=Ear()) as station:
            ear = station._equipment.speaker
            assert isinstance(ear, Ear)
            monkeypatch.setattr(station, "_tick", lambda now: 1 / 0)
            station.start()
            deadline = time.perf_counter() + 5
            while ear.signal is None and time.perf_counter() < deadline:
                time.sleep(0.01)
            assert ear.signal is not None
            began = ear.signal.began
            time.sleep(0.25)
            assert (ear.signal.priority, ear.signal.began) == (Priority.HIGH, began)

    def test_an_order_without_a_name_is_the_nurses(self, tmp_path: Path) -> None:
        with watched(tmp_path) as room:
            ask(room.station, PauseAudio(who=""))
            pause = bed_of(room.station).alarms.pause
        assert pause is not None
        assert pause.who == "nurse"

    def test_the_self_test_is_played_and_says_whether_it_can_be_heard(self, tmp_path: Path) -> None:
        with watched(tmp_path) as room:
            assert told(room.station, TestSound(who="x"))[0]
            room.ear.usable = False
            done, sentence = told(room.station, TestSound())
        assert room.ear.tests == 2
        assert (done, sentence) == (False, "Alarms cannot be heard: The output takes nothing.")
        assert room.ear.closed

    @pytest.mark.parametrize(("asked", "heard"), [(0.5, 0.5), (0.01, 0.25), (0.0, 0.8), (1.5, 0.8)])
    def test_the_volume_is_never_silence(self, tmp_path: Path, asked: float, heard: float) -> None:
        told_volumes: list[float] = []
        with watched(tmp_path, volume_set=told_volumes.append) as room:
            done, _ = told(room.station, SetVolume(volume=asked))
        assert room.ear.volume == heard
        assert told_volumes == ([heard] if done else [])


class TestLines:
    def test_a_cable_that_is_pulled_while_infusing_alarms_high_within_ten_seconds(
        self, tmp_path: Path
    ) -> None:
        with watched(tmp_path) as room:
            assert ask(room.station, SetPhase(phase=Phase.INFUSING, who="x"))[0]
            [line] = room.station._reception.beds["chair-1"].lines
            line.opening = replace(line.opening, make=_no_port)  # type: ignore[misc]
            line._kept._make = _no_port
            line.lost(LinkError("the cable was pulled"), room.clock.now())
            assert room.until("link_lost", 12) <= 10
            status = alarm_at(room.station, "link_lost")
        assert status is not None
        assert (status.priority, status.visible) == (Priority.HIGH, True)
        assert room.ear.signal is not None

    def test_no_monitor_is_disconnected_while_infusing(self, tmp_path: Path) -> None:
        with watched(tmp_path) as room:
            ask(room.station, SetPhase(phase=Phase.INFUSING, who="x"))
            done, sentence = told(room.station, DisconnectMonitor(bed="chair-1", source=GE))
            assert len(bed_of(room.station).lines) == 1
        assert not done
        assert "stop the infusion first" in sentence

    def test_no_session_is_ended_while_infusing(self, tmp_path: Path) -> None:
        with watched(tmp_path) as room:
            ask(room.station, SetPhase(phase=Phase.INFUSING, who="x"))
            room.ward.set(1, spo2=LOW)
            room.until("spo2_desaturation", 10)
            done, sentence = told(room.station, EndSession(bed="chair-1", who="x"))
            assert not done
            assert "stop the infusion first" in sentence
            assert room.ear.signal is not None
            ask(room.station, SetPhase(phase=Phase.RECOVERING, who="x"))
            assert told(room.station, EndSession(bed="chair-1", who="x"))[0]

    def test_a_monitor_disconnected_on_purpose_is_not_missed(self, tmp_path: Path) -> None:
        with watched(tmp_path) as room:
            assert told(room.station, DisconnectMonitor(bed="chair-1", source=GE))[0]
            room.run(15)
            assert bed_of(room.station).alarms.present == ()
            assert bed_of(room.station).session is not None

    def test_a_monitor_that_never_speaks_is_missed(self, tmp_path: Path) -> None:
        clock = ManualClock()
        with opened(tmp_path, clock, speaker=Ear()) as station:
            line = real_line(Ill(1))
            opening = replace(line.opening, make=_no_port)
            station._reception.beds["chair-1"].connect(MonitorLine(line.driver, opening))
            assert until(station, clock, "link_lost", 12) <= 10
            assert ask(station, Acknowledge(who="x"))[0]

    def test_of_two_monitors_the_loss_of_one_alarms(self, tmp_path: Path) -> None:
        with watched(tmp_path) as room:
            second = _second_monitor(room, Ill(9, spo2=None, temp1=36.6))
            room.run(6)
            assert bed_of(room.station).alarms.present == ()
            second._kept._make = _no_port
            second.lost(LinkError("gone"), room.clock.now())
            assert room.until("link_lost", 12) <= 10
            status = alarm_at(room.station, "link_lost")
            assert status is not None
            assert status.detail == ("line_lost@Second",)

    def test_a_second_monitors_reading_counts_only_where_the_first_has_none(self, tmp_path: Path) -> None:
        with watched(tmp_path) as room:
            _second_monitor(room, Ill(9, spo2=LOW))
            room.run(15)
            assert alarm_at(room.station, "spo2_desaturation") is None
            room.ward.set(1, spo2=None)
            room.until("spo2_desaturation", 15)
            assert bed_of(room.station).numerics["spo2"].value == LOW

    def test_a_fault_of_the_program_at_a_bed_alarms(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with watched(tmp_path) as room:
            bed = room.station._reception.beds["chair-1"]
            monkeypatch.setattr(bed, "receive", lambda *_: 1 / 0)
            room.run(2)
            at_once = alarm_at(room.station, "link_lost")
            room.run(10)
            later = alarm_at(room.station, "link_lost")
            assert room.ear.signal is not None
            monkeypatch.setattr(bed.alarms, "picture", lambda: 1 / 0)
            room.run(1)
            assert alarm_at(room.station, "link_lost") is not None
            assert alarm_at(room.station, "link_lost", "chair-2") is None
        assert at_once is not None
        assert later is not None
        assert later.detail == ("program_fault",)

    def test_a_bed_that_met_a_fault_is_watched_again_when_its_monitor_is_connected_anew(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with watched(tmp_path) as room:
            bed = room.station._reception.beds["chair-1"]
            with monkeypatch.context() as patch:
                patch.setattr(bed, "receive", lambda *_: 1 / 0)
                room.run(10)
            room.station.send(simulator("chair-1", seed=1))
            room.run(4)
            ask(room.station, Acknowledge(who="x"))
            room.run(1)
            assert bed_of(room.station).numerics["spo2"].value is not None
            assert alarm_at(room.station, "link_lost") is None

    def test_what_fails_after_the_alarms_holds_none_back_and_what_they_fail_at_is_recorded(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with watched(tmp_path) as room:
            bed = room.station._reception.beds["chair-1"]
            session = bed.session
            monkeypatch.setattr(bed.alarms, "hear", lambda *_: 1 / 0)
            began = room.clock.now()
            room.run(3)
        with RecordReader(tmp_path) as reader:
            assert any(reading.at > began for reading in reader.readings(session or ""))


def _no_port() -> CaptureLink:
    msg = "there is no such port"
    raise LinkError(msg)


def _second_monitor(room: Room, patient: Ill) -> MonitorLine:
    """A monitor of another family at the first bed; it speaks as the first does."""
    line = real_line(patient)
    driver = replace(line.driver, key="second", name="Second")
    found = MonitorLine(driver, replace(line.opening, simulated=True))
    room.station._reception.beds["chair-1"].connect(found)
    return found


class TestLimits:
    def test_a_clinics_limit_counts_at_every_bed_and_is_kept_in_its_file(self, tmp_path: Path) -> None:
        file = tmp_path / "limits.toml"
        with watched(tmp_path / "data", limits=LimitBook(file)) as room:
            asked = SetLimit(key="spo2_low.medium", number=94, who="Dr M", scope=Scope.CLINIC, why="policy")
            done, sentence = ask(room.station, asked)
            numbers = [
                bed.alarms.limits.effective["spo2_low.medium"]
                for bed in room.station.snapshot().beds if bed.alarms.limits
            ]  # fmt: skip
        assert (done, numbers) == (True, [94, 94])
        assert "was 92" in sentence
        assert load(file) == {"spo2_low.medium": 94}
        assert LimitBook(file).limits.of_clinic("spo2_low.medium") == 94
        with RecordReader(tmp_path / "data") as reader:
            [entry] = [e for e in reader.journal(None) if e.kind == "clinic_limit_set"]
        assert (entry.who, entry.why) == ("Dr M", "policy")
        assert entry.body == {"key": "spo2_low.medium", "old": 92, "new": 94}

    def test_a_clinics_limit_can_be_set_with_no_patient_there(self, tmp_path: Path) -> None:
        with opened(tmp_path, ManualClock()) as station:
            assert ask(station, SetLimit(key="spo2_low.medium", number=94, who="x", scope=Scope.CLINIC))[0]
            assert station.limits.limits.of_clinic("spo2_low.medium") == 94

    def test_a_clinics_limit_that_meets_a_patients_is_refused_everywhere(self, tmp_path: Path) -> None:
        with watched(tmp_path, limits=LimitBook(tmp_path / "limits.toml")) as room:
            ask(room.station, SetLimit(key="spo2_low.high", number=91, who="x"), "chair-2")
            asked = SetLimit(key="spo2_low.medium", number=91, who="x", scope=Scope.CLINIC)
            done, sentence = ask(room.station, asked)
            limits = bed_of(room.station).alarms.limits
        assert not done
        assert sentence.startswith("Chair 2: ")
        assert limits is not None
        assert limits.effective["spo2_low.medium"] == 92
        assert not (tmp_path / "limits.toml").exists()

    def test_with_a_broken_clinic_file_the_factorys_limits_count_and_the_file_stays(
        self, tmp_path: Path
    ) -> None:
        file = tmp_path / "limits.toml"
        file.write_text("[spo2_low]\nmedium = 12\n")
        clock = ManualClock()
        with opened(tmp_path / "data", clock, limits=LimitBook(file)) as station:
            [said] = station.answers()
            station.send(simulator())
            run(station, clock, 4.0)
            limits = bed_of(station).alarms.limits
            asked = SetLimit(key="spo2_low.medium", number=94, who="x", scope=Scope.CLINIC)
            done, _ = ask(station, asked)
        assert not said.done
        assert str(file) in said.sentence
        assert limits is not None
        assert limits.effective["spo2_low.medium"] == 92
        assert not done
        assert file.read_text() == "[spo2_low]\nmedium = 12\n"

    def test_a_limit_outside_its_range_is_refused_in_words(self, tmp_path: Path) -> None:
        with watched(tmp_path) as room:
            done, sentence = ask(room.station, SetLimit(key="spo2_low.medium", number=50, who="x"))
        assert not done
        assert "give 85 to 96" in sentence


class TestWhatIsRefused:
    def test_nothing_is_set_for_a_patient_who_is_not_there(self, tmp_path: Path) -> None:
        with opened(tmp_path, ManualClock()) as station:
            done, sentence = ask(station, SetLimit(key="spo2_low.medium", number=90, who="x"))
        assert (done, sentence) == (False, "Chair 1: nothing is watched here: connect a monitor first.")

    @pytest.mark.parametrize(
        "command",
        [SetFault(fault=Fault.DISK_LOW, present=True), NewPatient(who="x")],
        ids=lambda c: type(c).__name__,
    )
    def test_what_the_station_itself_says_cannot_be_said_for_it(
        self, tmp_path: Path, command: SetFault | NewPatient
    ) -> None:
        with watched(tmp_path) as room:
            assert not ask(room.station, command)[0]

    def test_a_bed_that_is_not_there_has_no_alarms(self, tmp_path: Path) -> None:
        with opened(tmp_path, ManualClock()) as station:
            done, _ = told(station, AskAlarms(bed="chair-9", command=Acknowledge(who="x")))
        assert not done


class TestAfterARestart:
    def test_the_alarm_is_there_again_with_its_limits_and_the_gap(self, tmp_path: Path) -> None:
        clock, patient = ManualClock(500.0), Ill(1)
        with opened(tmp_path, clock, speaker=Ear(), practice=False) as station:
            station._reception.beds["chair-1"].connect(real_line(patient))
            run(station, clock, 5.0)
            assert ask(station, SetLimit(key="spo2_low.high", number=90, who="x"))[0]
            patient.values["spo2"] = 89.0
            until(station, clock, "spo2_low", 30)
            run(station, clock, 12)
            before, session = list(station.alarm_log("chair-1")), bed_of(station).session
        after = ManualClock(10.0, clock.wall() + timedelta(minutes=2))
        ear = Ear()
        with opened(tmp_path, after, speaker=ear, practice=False) as station:
            run(station, after, 0.5)
            status = alarm_at(station, "spo2_low")
            limits = bed_of(station).alarms.limits
            log = station.alarm_log("chair-1")
            gap = alarm_at(station, "monitoring_gap")
        assert status is not None
        assert (status.priority, status.state, status.value) == (Priority.HIGH, State.UNRESOLVED, None)
        assert limits is not None
        assert limits.patient == {"spo2_low.high": 90}
        assert gap is not None
        assert ear.signal is not None
        began = [e for e in before if isinstance(e, AlarmChange) and e.event is Event.DELAY_ELAPSED]
        again = [e for e in log if isinstance(e, AlarmChange) and e.event is Event.DELAY_ELAPSED]
        assert [e.condition for e in again][: len(began)] == [e.condition for e in began]
        assert again[0].at == pytest.approx(began[0].at - clock.now() + 10.0 - 120.0, abs=1)
        assert len(kept(tmp_path, session)) >= len(before)

    def test_a_clock_that_was_put_back_meanwhile_forgets_nothing(self, tmp_path: Path) -> None:
        clock, patient = ManualClock(500.0), Ill(1)
        with opened(tmp_path, clock, speaker=Ear(), practice=False) as station:
            station._reception.beds["chair-1"].connect(real_line(patient))
            run(station, clock, 5.0)
            assert ask(station, SetLimit(key="spo2_low.high", number=90, who="x"))[0]
            patient.values["spo2"] = LOW
            until(station, clock, "spo2_desaturation", 30)
            session = bed_of(station).session
        after = ManualClock(10.0, clock.wall() - timedelta(minutes=2))
        with opened(tmp_path, after, speaker=Ear(), practice=False) as station:
            run(station, after, 0.5)
            status = alarm_at(station, "spo2_desaturation")
            limits = bed_of(station).alarms.limits
            assert bed_of(station).session == session
        assert status is not None
        assert status.state is State.UNRESOLVED
        assert limits is not None
        assert limits.patient == {"spo2_low.high": 90}

    def test_a_session_whose_monitor_is_not_connected_again_misses_it(self, tmp_path: Path) -> None:
        clock = ManualClock(500.0)
        with opened(tmp_path, clock, practice=False) as station:
            station._reception.beds["chair-1"].connect(real_line(Ill(1)))
            run(station, clock, 5.0)
        with opened(tmp_path, clock, speaker=Ear(), practice=False) as station:
            assert until(station, clock, "link_lost", 12) <= 10


class TestGaps:
    def test_a_clock_that_is_set_is_no_gap_where_monotonic_seconds_go_on_in_sleep(self) -> None:
        clock = ManualClock()
        watch = GapWatch(0.0, clock.wall(), goes_on_in_sleep=True)
        assert watch.step(1.0, clock.wall() + timedelta(hours=1)) == (0.0, 3599.0)

    def test_a_step_of_the_day_is_a_gap_where_they_stand_still(self) -> None:
        clock = ManualClock()
        watch = GapWatch(0.0, clock.wall(), goes_on_in_sleep=False)
        assert watch.step(1.0, clock.wall() + timedelta(hours=1)) == (3599.0, 0.0)
        assert watch.step(2.0, clock.wall()) == (0.0, -3601.0)

    def test_a_clock_that_is_set_alarms_nobody_and_is_written_down(self, tmp_path: Path) -> None:
        with watched(tmp_path) as room:
            room.clock.set_wall(room.clock.wall() + timedelta(hours=1))
            room.run(1)
            assert alarm_at(room.station, "monitoring_gap") is None
        with RecordReader(tmp_path) as reader:
            assert [e.body["seconds"] for e in reader.journal(None) if e.kind == "clock_set"] == [3600.0]

    def test_a_computer_that_slept_is_a_gap_at_every_watched_bed(self, tmp_path: Path) -> None:
        with watched(tmp_path) as room:
            room.clock.advance(60)
            room.run(0.5)
            assert alarm_at(room.station, "monitoring_gap") is not None
            assert alarm_at(room.station, "monitoring_gap", "chair-2") is not None
            [entry] = [e for e in bed_of(room.station).entries if e.kind == "monitoring_gap"]
        assert entry.body["seconds"] == pytest.approx(60, abs=1)


def test_a_memory_that_cannot_be_read_keeps_nobody_from_monitoring(tmp_path: Path) -> None:
    clock = ManualClock(500.0)
    with opened(tmp_path, clock, practice=False) as station:
        station._reception.beds["chair-1"].connect(real_line(Ill(1)))
        run(station, clock, 5.0)
        session = bed_of(station).session
        station.record.journal(session, ALARM_MEMORY, {"patient": "spoilt"}, "station").result(5)
        station.record.journal(session, "alarm", {"event": "of another program"}, "station").result(5)
    with opened(tmp_path, clock, practice=False) as station:
        limits = bed_of(station).alarms.limits
        assert bed_of(station).session == session
    assert limits is not None
    assert dict(limits.patient) == {}


def test_a_monitor_that_names_another_patient_alarms_and_is_written_down(tmp_path: Path) -> None:
    with watched(tmp_path) as room:
        bed = room.station._reception.beds["chair-1"]
        [line] = bed.lines
        for name in ("Ann", "Bea"):
            spoken = DeviceCondition(
                key="patient_identity", active=True, at=room.clock.now(), source=GE, detail=name
            )
            bed._take(line, [spoken], room.clock.now())
            room.run(1)
        status = alarm_at(room.station, "wrong_patient")
        kinds = [entry.kind for entry in bed_of(room.station).entries]
        assert bed_of(room.station).session is not None  # the record goes on: nothing is lost
    assert status is not None
    assert status.priority is Priority.MEDIUM
    assert kinds.count("patient_changed") == 1
