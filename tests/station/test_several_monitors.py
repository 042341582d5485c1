"""A bed with a GE and a Capnostream, or a Masimo: what shows, alarms and is kept when either is pulled."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from nurse_station.alarms.commands import SetPhase
from nurse_station.alarms.lifecycle import State
from nurse_station.alarms.words import Phase, Priority
from nurse_station.links.capture_link import CaptureLink
from nurse_station.links.link import LinkError
from nurse_station.records.reader import RecordReader
from nurse_station.station.commands import ConnectMonitor, DisconnectMonitor, PortKind
from nurse_station.station.line import MonitorLine
from nurse_station.station.preferences import Preferences
from nurse_station.station.snapshots import Age, BedSnapshot, Numeric
from nurse_station.vitals.clock import ManualClock
from tests.station.rooms import GE, bed_of, opened, run
from tests.station.test_station_alarms import Room
from tests.station.wards import Ear, Ill, Ward, alarm_at, ask, told

CAPNO, MASIMO = "capnostream", "masimo-ascii1"


class TwoMonitors(Room):
    """Chair 1 with a GE (patient 1) and another monitor (patient 3: the same person, unless made ill)."""

    @property
    def bed(self) -> BedSnapshot:
        return bed_of(self.station)

    def shown(self, parameter: str) -> Numeric:
        return self.bed.numerics[parameter]

    def line(self, source: str) -> MonitorLine:
        return self.station._reception.beds["chair-1"]._lines[source]

    @contextmanager
    def pulled(self, source: str) -> Iterator[None]:
        """The cable is out for as long as this lasts."""
        line = self.line(source)
        make = line._kept._make
        line._kept._make = _no_port
        line.lost(LinkError("pulled"), self.clock.now())
        yield
        line._kept._make = make


def _no_port() -> CaptureLink:
    msg = "there is no such port"
    raise LinkError(msg)


@contextmanager
def beside_ge(
    folder: Path, other: str, *, without: tuple[str, ...] = (), **more: object
) -> Iterator[TwoMonitors]:
    """The GE does not measure what it is `without`."""
    ward, ear, clock = Ward(), Ear(), ManualClock(50.0)
    ward.patients = {1: Ill(1, **dict.fromkeys(without)), 3: Ill(1)}
    equipment = {"patient": ward.patient, "speaker": ear, "beds": (("chair-1", "Chair 1"),), **more}
    with opened(folder, clock, **equipment) as station:
        room = TwoMonitors(station, clock, ward, ear)
        for driver, seed in ((GE, 1), (other, 3)):
            connect = ConnectMonitor(bed="chair-1", driver=driver, kind=PortKind.SIMULATOR, seed=seed)
            assert told(station, connect)[0]
        room.run(12)
        yield room


def conditions(room: TwoMonitors) -> set[str]:
    return {status.condition for status in room.bed.alarms.present if status.state is not State.LATCHED}


def test_each_value_comes_from_the_monitor_that_is_preferred_for_it(tmp_path: Path) -> None:
    with beside_ge(tmp_path, CAPNO) as room:
        sources = {key: room.shown(key).source for key in ("hr", "spo2", "pr", "nibp_sys", "etco2", "rr_co2")}
        assert room.bed.alarms.present == ()
    assert sources == {"hr": GE, "spo2": GE, "pr": GE, "nibp_sys": GE, "etco2": CAPNO, "rr_co2": CAPNO}


def test_a_clinic_may_prefer_another_monitor(tmp_path: Path) -> None:
    preferences = Preferences(clinic={"spo2": (GE, MASIMO)})
    with beside_ge(tmp_path, MASIMO, preferences=preferences) as room:
        assert (room.shown("spo2").source, room.shown("pr").source) == (GE, MASIMO)


@pytest.mark.parametrize(("other", "parameters"), [(CAPNO, ("etco2", "rr_co2")), (MASIMO, ("spo2", "pr"))])
def test_a_pulled_preferred_monitor_is_stood_in_for_at_once_and_said(
    tmp_path: Path, other: str, parameters: tuple[str, ...]
) -> None:
    with beside_ge(tmp_path, other) as room:
        name = room.shown(parameters[0]).monitor
        with room.pulled(other):
            room.run(0.3)
            for key in parameters:
                shown = room.shown(key)
                assert (shown.source, shown.instead_of, shown.age) == (GE, name, Age.CURRENT)
                assert shown.value is not None
            fallback = alarm_at(room.station, "source_fallback")
            assert fallback is not None
            assert fallback.priority is Priority.LOW
            assert all(key in fallback.detail[0] for key in parameters)
            assert fallback.detail[0].endswith("@GE")
            room.run(11)
            lost = alarm_at(room.station, "link_lost")
            assert lost is not None
            assert lost.detail == (f"line_lost@{name}",)
        room.run(11)
        assert {room.shown(key).source for key in parameters} == {other}
        assert conditions(room) == set()


def test_a_pulled_ge_leaves_what_the_other_measures(tmp_path: Path) -> None:
    with beside_ge(tmp_path, CAPNO) as room:
        with room.pulled(GE):
            room.run(11)
            assert room.shown("hr").value is None
            assert (room.shown("spo2").source, room.shown("spo2").instead_of) == (CAPNO, "GE")
            assert (room.shown("etco2").source, room.shown("etco2").instead_of) == (CAPNO, "")
            assert {"link_lost", "source_fallback", "value_expired"} <= conditions(room)
        room.run(11)
        assert room.shown("spo2").source == GE
        assert conditions(room) == set()


def test_a_change_of_monitor_holds_for_some_seconds_even_if_nothing_is_known_then(tmp_path: Path) -> None:
    with beside_ge(tmp_path, MASIMO) as room:
        with room.pulled(MASIMO):
            room.run(1)
        with room.pulled(GE):
            room.run(1)
            assert (room.shown("spo2").source, room.shown("spo2").value) == (GE, None)
            room.run(4)
            assert (room.shown("spo2").source, room.shown("spo2").age) == (MASIMO, Age.CURRENT)


def test_with_both_pulled_nothing_is_known(tmp_path: Path) -> None:
    with beside_ge(tmp_path, CAPNO) as room:
        with room.pulled(GE), room.pulled(CAPNO):
            room.run(11)
            assert all(
                room.shown(key).value is None for key in ("hr", "spo2", "etco2", "rr_co2", "pr", "rr_imp")
            )
            lost = alarm_at(room.station, "link_lost")
            assert lost is not None
            assert set(lost.detail) == {"line_lost@GE", "line_lost@Capnostream"}
            assert alarm_at(room.station, "source_fallback") is None
        room.run(11)
        assert conditions(room) == set()


def test_the_record_keeps_both_with_their_source(tmp_path: Path) -> None:
    with beside_ge(tmp_path, MASIMO) as room:
        session = room.bed.session
        with room.pulled(MASIMO):
            room.run(8)
        room.run(8)
    assert session is not None
    with RecordReader(tmp_path) as reader:
        kept = {reading.source for reading in reader.readings(session) if reading.parameter == "spo2"}
        moves = [entry.body for entry in reader.journal(session) if entry.kind == "source_changed"]
    assert kept == {GE, MASIMO}
    assert {"parameter": "spo2", "old": MASIMO, "new": GE} in moves
    assert {"parameter": "spo2", "old": GE, "new": MASIMO} in moves


def test_the_history_holds_what_counted_once(tmp_path: Path) -> None:
    with beside_ge(tmp_path, MASIMO) as room:
        room.ward.set(1, spo2=90.0)
        since = room.clock.now()
        room.run(20)
        track = room.station.history("chair-1").numeric("spo2")
        assert track is not None
        _, low, high = track.between(since + 3, room.clock.now())
    assert min(low) > 95
    assert len(high) <= 21


def test_waves_of_two_monitors_are_not_doubled(tmp_path: Path) -> None:
    with beside_ge(tmp_path, CAPNO) as room:
        assert room.bed.waves.count("co2") == 1
        sources = room.station._reception.beds["chair-1"]._sources
        assert sources._waves["co2"].source == CAPNO
        with room.pulled(CAPNO):
            room.run(6)
            assert sources._waves["co2"].source == GE


class TestAlarms:
    def test_a_probe_that_is_off_at_one_monitor_does_not_void_the_other(self, tmp_path: Path) -> None:
        with beside_ge(tmp_path, MASIMO) as room:
            room.ward.set(3, spo2=None, pr=None)
            room.run(20)
            assert (room.shown("spo2").source, room.shown("spo2").instead_of) == (GE, "Masimo")
            assert alarm_at(room.station, "sensor_off") is None
            room.ward.set(1, spo2=80.0)
            room.until("spo2_desaturation", 15)

    def test_a_change_of_monitor_is_no_jump(self, tmp_path: Path) -> None:
        with beside_ge(tmp_path, MASIMO) as room:
            room.ward.set(1, pr=200.0, spo2=60.0)
            room.run(2)
            with room.pulled(MASIMO):
                room.run(6)
                assert alarm_at(room.station, "implausible") is None
                assert alarm_at(room.station, "spo2_desaturation") is not None

    def test_a_good_value_of_the_other_monitor_does_not_end_an_alarm_at_once(self, tmp_path: Path) -> None:
        with beside_ge(tmp_path, MASIMO) as room:
            room.ward.set(3, spo2=80.0)
            room.until("spo2_desaturation", 15)
            with room.pulled(MASIMO):
                room.run(8)
                assert "spo2_desaturation" in conditions(room)
                room.run(8)
                assert "spo2_desaturation" not in conditions(room)
                assert alarm_at(room.station, "spo2_desaturation") is not None  # latched

    def test_an_apnoea_of_a_lost_monitor_is_unresolved_and_not_ended(self, tmp_path: Path) -> None:
        with beside_ge(tmp_path, CAPNO) as room:
            room.ward.set(3, rr_co2=0.0, etco2=None)
            room.until("apnoea", 60)
            with room.pulled(CAPNO):
                room.run(20)
                status = alarm_at(room.station, "apnoea")
                assert status is not None
                assert status.state in (State.UNRESOLVED, State.ACTIVE)

    def test_values_that_cannot_both_be_right_are_marked_and_said(self, tmp_path: Path) -> None:
        with beside_ge(tmp_path, MASIMO) as room:
            room.ward.set(3, pr=110.0)
            room.until("contradiction", 25)
            status = alarm_at(room.station, "contradiction")
            assert status is not None
            assert status.priority is Priority.LOW
            hr, pr = room.shown("hr"), room.shown("pr")
            assert hr.against is not None
            assert pr.against is not None
            assert (hr.against.parameter, hr.against.monitor) == ("pr", "Masimo")
            assert pr.against.monitor == "GE"
            room.ward.patients[3].values.clear()
            room.run(11)
            assert alarm_at(room.station, "contradiction") is None

    def test_of_a_monitor_that_was_disconnected_nothing_is_expected(self, tmp_path: Path) -> None:
        with beside_ge(tmp_path, CAPNO, without=("etco2", "rr_co2", "fico2")) as room:
            assert told(room.station, DisconnectMonitor(bed="chair-1", source=CAPNO))[0]
            room.run(15)
            assert conditions(room) == set()

    def test_the_loss_of_one_monitor_is_high_while_infusing(self, tmp_path: Path) -> None:
        with beside_ge(tmp_path, CAPNO) as room:
            ask(room.station, SetPhase(phase=Phase.INFUSING, who="x"))
            with room.pulled(CAPNO):
                room.run(11)
                lost = alarm_at(room.station, "link_lost")
                assert lost is not None
                assert lost.priority is Priority.HIGH


def test_a_shaky_cable_changes_the_monitor_seldom(tmp_path: Path) -> None:
    with beside_ge(tmp_path, MASIMO) as room:
        seen = []
        for _ in range(20):
            with room.pulled(MASIMO):
                run(room.station, room.clock, 0.5)
            run(room.station, room.clock, 1.5)
            seen.append(room.shown("spo2").source)
        changes = sum(one != other for one, other in zip(seen, seen[1:], strict=False))
    assert changes <= 8
    assert GE in seen
