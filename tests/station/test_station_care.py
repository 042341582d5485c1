"""A patient's day at a bed of a whole station: deeds, journal, alarms, identity, restart."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from nurse_station.alarms.words import Phase
from nurse_station.infusion.order import Bag
from nurse_station.records.reader import RecordReader
from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import Deed, Override, Patient, Reply
from nurse_station.sessions.screening import QUESTIONS
from nurse_station.sessions.states import State
from nurse_station.station.commands import AskAlarms, CorrectDeed, DoDeed, EndSession
from nurse_station.station.snapshots import CareSnapshot
from nurse_station.station.station import Station
from nurse_station.vitals.clock import ManualClock
from tests.station.rooms import bed_of, opened, run, simulator

ANNA = Patient(name="Berg, Anna", born=date(1984, 3, 2), weight_kg=70)
REST = {"hr": 72.0, "spo2": 98.0, "nibp_sys": 120.0, "nibp_dia": 70.0}


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(1000.0)


def do(station: Station, deed: Deed, overrides: Sequence[Override] = (), who: str = "nurse A") -> str:
    """The sentence of the answer; fails when it was not done."""
    answer = ask(station, deed, overrides, who)
    assert answer.done, answer.sentence
    return answer.sentence


def ask(station: Station, deed: Deed, overrides: Sequence[Override] = (), who: str = "nurse A"):  # noqa: ANN201
    station.answers()
    station.send(DoDeed(bed="chair-1", deed=deed, who=who, overrides=tuple(overrides)))
    station.step()
    [answer] = station.answers()
    return answer


def care(station: Station) -> CareSnapshot:
    found = bed_of(station).care
    assert found is not None
    return found


def ready(station: Station, clock: ManualClock) -> None:
    """A patient of whom everything before the start is done."""
    do(station, deeds.PatientBound(patient=ANNA))
    do(station, deeds.ScreeningBegun(course="2026-1"))
    for key in QUESTIONS:
        do(station, deeds.Answered(question=key, reply=Reply.NO))
    do(station, deeds.Screened())
    for _ in range(3):
        do(station, deeds.BaselineTaken(values=REST))
        run(station, clock, 160, step=0.5)
    do(station, deeds.BaselineSet())
    protocol = care(station).protocol
    order = protocol.order(day=1, weight_kg=70, bag=Bag(ml=500, mg_ml=1, lot="L1"), expiry=date(2099, 1, 1),
                           prescriber="Dr Stone")  # fmt: skip
    do(station, deeds.OrderWritten(order=order))
    do(station, deeds.PresenceNoted(name="Dr Stone", present=True))
    do(station, deeds.SecondCheck(nurse="nurse B"))


def start(station: Station) -> None:
    do(station, deeds.Started(mg_kg_h=0.1, pump_ml_h=7.0))


def monitored(station: Station, clock: ManualClock) -> None:
    station.send(simulator())
    run(station, clock, 5)


def test_without_a_patient_there_is_no_day(tmp_path: Path, clock: ManualClock) -> None:
    with opened(tmp_path, clock) as station:
        monitored(station, clock)
        assert bed_of(station).care is None


def test_a_day_begins_before_a_monitor_is_connected(tmp_path: Path, clock: ManualClock) -> None:
    with opened(tmp_path, clock) as station:
        do(station, deeds.PatientBound(patient=ANNA))
        assert bed_of(station).session is not None
        assert care(station).session.patient == ANNA


def test_what_a_rule_stops_is_answered_with_its_sentence(tmp_path: Path, clock: ManualClock) -> None:
    with opened(tmp_path, clock) as station:
        do(station, deeds.PatientBound(patient=ANNA))
        answer = ask(station, deeds.Started(mg_kg_h=0.1, pump_ml_h=7.0))
        assert not answer.done
        assert answer.sentence.startswith("Chair 1: You cannot start the infusion now")


def test_nobody_does_anything_without_a_name(tmp_path: Path, clock: ManualClock) -> None:
    with opened(tmp_path, clock) as station:
        assert "enter your name" in ask(station, deeds.PatientBound(patient=ANNA), who=" ").sentence


def test_a_start_is_told_to_the_alarms(tmp_path: Path, clock: ManualClock) -> None:
    with opened(tmp_path, clock) as station:
        monitored(station, clock)
        ready(station, clock)
        start(station)
        run(station, clock, 2)
        assert care(station).session.state is State.INFUSING
        assert bed_of(station).alarms.phase is Phase.INFUSING
        assert bed_of(station).alarms.check_due_at is not None


def test_a_check_that_is_late_is_an_alarm_and_ends_when_it_is_done(
    tmp_path: Path, clock: ManualClock
) -> None:
    with opened(tmp_path, clock) as station:
        monitored(station, clock)
        ready(station, clock)
        start(station)
        run(station, clock, 16 * 60, step=0.5)
        assert "check_overdue" in {each.condition for each in bed_of(station).alarms.present}
        do(station, deeds.Scored(scale="moaas", score=5))
        run(station, clock, 2)
        [late] = [each for each in bed_of(station).alarms.present if each.condition == "check_overdue"]
        assert late.state.value == "latched"


def test_a_score_of_two_is_a_high_alarm_and_proposes_a_stop(tmp_path: Path, clock: ManualClock) -> None:
    with opened(tmp_path, clock) as station:
        monitored(station, clock)
        ready(station, clock)
        start(station)
        do(station, deeds.Scored(scale="moaas", score=2))
        run(station, clock, 1)
        assert bed_of(station).alarms.present[0].condition == "oversedated"
        assert care(station).summary.prompts[0].proposal.value == "stop the infusion"


def test_the_journal_reads_like_a_note(tmp_path: Path, clock: ManualClock) -> None:
    with opened(tmp_path, clock) as station:
        monitored(station, clock)
        ready(station, clock)
        start(station)
        said = [str(e.body.get("said")) for e in bed_of(station).entries if e.kind == "session"]
    assert said[-1] == "Infusion started at 0.1 mg/kg/h (7 mg/h, 7 mL/h)."


def test_a_correction_is_an_entry_that_names_the_old_one(tmp_path: Path, clock: ManualClock) -> None:
    with opened(tmp_path, clock) as station:
        monitored(station, clock)
        ready(station, clock)
        start(station)
        do(station, deeds.Scored(scale="pain", score=6))
        number = care(station).entries[-1].number
        station.send(CorrectDeed(bed="chair-1", number=number, deed=deeds.Scored(scale="pain", score=5),
                                 who="nurse A", why="mistyped"))  # fmt: skip
        station.step()
        assert care(station).session.last("pain").score == 5  # type: ignore[union-attr]
        assert [e.deed for e in care(station).entries[-2:]] == [
            deeds.Scored(scale="pain", score=6), deeds.Scored(scale="pain", score=5)]  # fmt: skip


def test_another_patient_needs_another_session(tmp_path: Path, clock: ManualClock) -> None:
    with opened(tmp_path, clock) as station:
        do(station, deeds.PatientBound(patient=ANNA))
        other = Patient(name="Moss, Ben", born=date(1990, 1, 1), weight_kg=80)
        assert not ask(station, deeds.PatientBound(patient=other)).done
        station.send(EndSession(bed="chair-1", who="nurse A"))
        station.step()
        do(station, deeds.PatientBound(patient=other))
        assert care(station).session.patient == other
        assert len(care(station).entries) == 1


@pytest.mark.hazard("H-05")
def test_after_a_monitor_was_replaced_nothing_is_recorded_until_the_patient_is_confirmed(
    tmp_path: Path, clock: ManualClock
) -> None:
    with opened(tmp_path, clock) as station:
        monitored(station, clock)
        do(station, deeds.PatientBound(patient=ANNA))
        station.send(simulator(seed=7))
        run(station, clock, 5)
        name = bed_of(station).session
        assert name is not None
        assert "was connected" in care(station).unconfirmed
        station.record.flush()
        before = _rows(tmp_path, name)
        run(station, clock, 20)
        station.record.flush()
        assert _rows(tmp_path, name) == before
        do(station, deeds.PatientBound(patient=ANNA))
        run(station, clock, 2)
        station.record.flush()
        assert care(station).unconfirmed == ""
        assert _rows(tmp_path, name) >= before + 20


@pytest.mark.hazard("H-05")
def test_until_the_patient_is_confirmed_nothing_more_runs_and_everything_stops(
    tmp_path: Path, clock: ManualClock
) -> None:
    with opened(tmp_path, clock) as station:
        monitored(station, clock)
        ready(station, clock)
        start(station)
        station.send(simulator(seed=7))
        run(station, clock, 3)
        do(station, deeds.Paused(why="whose monitor is this?"))
        refused = ask(station, deeds.Resumed(mg_kg_h=0.1, pump_ml_h=7.0))
        assert "confirm the patient first" in refused.sentence
        do(station, deeds.PatientBound(patient=ANNA))
        do(station, deeds.Resumed(mg_kg_h=0.1, pump_ml_h=7.0))


def _rows(folder: Path, name: str) -> int:
    with RecordReader(folder) as reader:
        return sum(1 for reading in reader.readings(name) if reading.parameter == "hr")


def test_the_list_of_patients_has_the_day(tmp_path: Path, clock: ManualClock) -> None:
    with opened(tmp_path, clock) as station:
        do(station, deeds.PatientBound(patient=ANNA))
        station.record.flush()
        [day] = station.days()
        assert (day.patient, day.state, day.ended) == (ANNA, State.DRAFT, False)
        assert day.protocol == next(iter(station.protocols()))


def test_after_a_restart_the_day_is_the_same(tmp_path: Path, clock: ManualClock) -> None:
    with opened(tmp_path, clock, practice=False) as station:
        do(station, deeds.PatientBound(patient=ANNA))
        do(station, deeds.ScreeningBegun(course="2026-1", day=2))
        do(station, deeds.Answered(question="heart", reply=Reply.NO))
        before = care(station)
    clock.advance(5)
    with opened(tmp_path, clock, practice=False) as station:
        run(station, clock, 1)
        assert care(station).session == before.session
        assert care(station).entries == before.entries


def test_acknowledging_works_on_a_bed_whose_day_began_without_a_monitor(
    tmp_path: Path, clock: ManualClock
) -> None:
    from nurse_station.alarms.commands import Acknowledge  # noqa: PLC0415

    with opened(tmp_path, clock) as station:
        do(station, deeds.PatientBound(patient=ANNA))
        station.answers()
        station.send(AskAlarms(bed="chair-1", command=Acknowledge(who="nurse A")))
        station.step()
        assert station.answers()[0].done


def test_what_is_entered_late_keeps_both_times_through_a_restart(tmp_path: Path, clock: ManualClock) -> None:
    with opened(tmp_path, clock, practice=False) as station:
        do(station, deeds.PatientBound(patient=ANNA))
        clock.advance(600)
        do(station, deeds.Scored(scale="moaas", score=5))
        now = care(station).seen.at
        station.send(DoDeed(bed="chair-1", deed=deeds.Noted(text="asleep"), who="nurse A", at=now - 180))
        station.step()
        assert station.answers()[-1].sentence.endswith("asleep Entered late, 3 min after.")
        station.send(DoDeed(bed="chair-1", deed=deeds.Noted(text="x"), who="nurse A", at=now + 30))
        station.step()
    with opened(tmp_path, clock, practice=False) as station:
        run(station, clock, 1)
        late, ahead = care(station).entries[-2:]
        assert (late.at, late.entered) == (pytest.approx(now - 180), pytest.approx(now))
        assert (ahead.at, ahead.entered) == (pytest.approx(now), None)
        assert [timed.number for timed in care(station).session.stands] == [1, 3, 2, 4]
