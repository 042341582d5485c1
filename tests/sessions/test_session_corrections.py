"""Corrections: the old entry stays readable, what followed stays possible, limits hold all the same."""

from dataclasses import replace

import pytest
from days_of_care import (
    BAG,
    MINUTE,
    ORDER,
    PATIENT,
    Day,
    answered,
    discharged,
    infusing,
    keys,
    may_raise,
    override,
    paused,
    rated,
    scored,
)

from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import Deed, Reply
from nurse_station.sessions.seen import PresentAlarm
from nurse_station.sessions.session import extended, fold, fold_before
from nurse_station.sessions.words import note

PASS_RATE = [override(key) for key in ("R5:pump_disagrees", "R5:above_plan", "R5:tenfold",
                                       "R7:step_too_large",
                                       "R5:above_max_mg_kg_h", "R5:above_max_mg_h", "R5:limit",
                                       "R5:total_exceeded", "R5:bag_empty_early")]  # fmt: skip


def raised() -> Day:
    """To 0.2 mg/kg/h after 30 min, and 10 min on."""
    day = may_raise().do(rated(0.2))
    day.at += 10 * MINUTE
    return day


def test_a_slip_of_the_finger_is_put_right_and_stays_readable() -> None:
    day = infusing().do(*scored(moaas=2))
    number, before = day.number(deeds.Scored), len(day.entries)
    assert day.corrected(number, *scored(moaas=5), why="wrong key").allowed
    last = day.session.last("moaas")
    assert last is not None
    assert last.score == 5
    assert day.entries[number - 1].deed == scored(moaas=2)[0]
    assert len(day.entries) == before + 1
    assert note(day.entries[-1], day.session).startswith(
        f"Correction of entry {number} (wrong key): MOAA/S 5"
    )


SLIPS = [deeds.Paused(why="slip"), deeds.Stopped(reason=deeds.StopReason.REQUEST), deeds.EmergencyCalled()]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda deed: type(deed).__name__)
def test_a_slip_that_stopped_the_pump_is_taken_back_at_once_and_not_later(slip: Deed) -> None:
    soon = infusing().do(slip, after_min=1)
    soon.at += 100
    assert soon.corrected(soon.number(type(slip)), deeds.Withdrawn(), why="slip").allowed
    assert soon.session.delivery is not None
    assert soon.session.delivery.mg_h(soon.at) == 7.0
    late = infusing().do(slip, after_min=1)
    late.at += 130
    assert not late.corrected(late.number(type(slip)), deeds.Withdrawn(), why="slip").allowed


def test_what_was_done_since_is_no_slip() -> None:
    day = infusing().do(deeds.Paused(why="MOAA/S 3"), *scored(moaas=5), after_min=1)
    assert not day.corrected(day.number(deeds.Paused), deeds.Withdrawn(), why="slip").allowed


def test_a_correction_takes_the_time_of_what_it_corrects() -> None:
    day = infusing().do(*scored(moaas=2))
    number, at = day.number(deeds.Scored), day.at
    day.at += 5 * MINUTE
    day.corrected(number, *scored(moaas=5))
    last = day.session.last("moaas")
    assert last is not None
    assert last.at == at


def test_a_correction_of_a_correction_counts_and_a_withdrawn_entry_never_happened() -> None:
    day = infusing().do(deeds.Noted(text="a"))
    first = day.number(deeds.Noted)
    day.corrected(first, deeds.Noted(text="b"))
    day.corrected(day.number(deeds.Noted), deeds.Noted(text="c"))
    assert [noted.text for _, noted in day.session.of(deeds.Noted)] == ["c"]
    day.corrected(first, deeds.Withdrawn())
    assert day.session.of(deeds.Noted) == ()


def test_a_correction_of_nothing_stands_by_itself() -> None:
    day = infusing()
    day.write(deeds.Noted(text="x"), corrects=99, why="?")
    assert [noted.text for _, noted in day.session.of(deeds.Noted)] == ["x"]


WRONG: list[tuple[type, Deed, str, str]] = [
    (deeds.Started, deeds.Withdrawn(), "", "needs a reason"),
    (deeds.Started, deeds.Noted(text="x"), "slip", "the same kind"),
    (deeds.Started, deeds.Withdrawn(), "slip", "what followed could not have been done"),
    (deeds.BaselineSet, deeds.Withdrawn(), "slip", "what followed could not have been done"),
    (deeds.BaselineTaken, deeds.Withdrawn(), "slip", "what followed could not have been done"),
    (deeds.OrderWritten, deeds.Withdrawn(), "slip", "what followed could not have been done"),
    (deeds.PatientBound, deeds.Withdrawn(), "slip", "what followed could not have been done"),
    (deeds.SecondCheck, deeds.Withdrawn(), "slip", "what followed could not have been done"),
    (deeds.Answered, deeds.Withdrawn(), "slip", "what followed could not have been done"),
    (deeds.Scored, *scored(moaas=7), "slip", "not 7"),
    (deeds.PatientBound, deeds.PatientBound(patient=replace(PATIENT, weight_kg=680)), "slip", "680 kg"),
]


@pytest.mark.parametrize(
    ("kind", "deed", "why", "says"), WRONG, ids=[f"{w[0].__name__}-{w[3]}" for w in WRONG]
)
def test_what_cannot_be_corrected_so_is_refused_by_any_name(
    kind: type, deed: Deed, why: str, says: str
) -> None:
    day = raised().do(deeds.Held(why="x"), deeds.Released())
    decision = day.corrected(
        day.number(kind), deed, why, overrides=[override("correction"), override("form")]
    )
    assert not decision.allowed
    assert any(says in finding.sentence for finding in decision.open)


def test_an_entry_that_is_not_there_cannot_be_corrected() -> None:
    assert keys(infusing().corrected(99, deeds.Withdrawn()).open) == {"correction"}


def test_a_rate_after_a_pause_keeps_its_resume() -> None:
    day = paused().do(deeds.Resumed(mg_kg_h=0.1, pump_ml_h=7), rated(0.05))
    assert keys(day.corrected(day.number(deeds.Resumed), deeds.Withdrawn()).open) == {"correction"}


@pytest.mark.parametrize("pump", [140.0, 245.0])
def test_a_rate_corrected_beyond_the_order_needs_the_same_names(pump: float) -> None:
    day = raised()
    number = day.number(deeds.RateSet)
    refused = day.corrected(number, rated(0.2, pump))
    assert {"R5:limit", "R5:above_max_mg_h", "R5:pump_disagrees"} <= keys(refused.open)
    allowed = day.corrected(number, rated(0.2, pump), overrides=[*PASS_RATE, *R6_INTERVAL])
    assert allowed.allowed, keys(allowed.open)
    assert "R5:limit" in {each.rule for each in day.entries[-1].overrides}


R6_INTERVAL = [override("R6:interval")]


def test_a_correction_that_raises_what_runs_now_is_a_raise() -> None:
    day = infusing().do(rated(0.1), *scored(moaas=5, hallucination=0, nausea=0), after_min=30)
    number = day.number(deeds.RateSet)
    alarmed = PresentAlarm(condition="spo2_low", words="SpO₂ 88 < 90", high=True)
    day.seen = replace(day.seen, alarms=(alarmed,))
    assert keys(day.corrected(number, rated(0.2)).open) == {"R6:alarm:spo2_low"}


def test_a_lighter_patient_makes_a_rate_that_ran_too_much_of_a_rate() -> None:
    day = raised()
    lighter = deeds.PatientBound(patient=replace(PATIENT, weight_kg=36))
    assert keys(day.corrected(day.number(deeds.PatientBound), lighter).open) == {"R5:limit"}
    assert day.corrected(day.number(deeds.PatientBound), lighter, overrides=[override("R5:limit")]).allowed
    assert day.session.patient == lighter.patient


def test_a_lower_total_in_the_order_meets_what_was_given() -> None:
    day = raised()
    lower = deeds.OrderWritten(order=replace(ORDER, max_total_mg=5, steps=(), start_mg_kg_h=0.01))
    assert keys(day.corrected(day.number(deeds.OrderWritten), lower).open) == {"R5:total"}


def test_an_order_corrected_beyond_the_protocol_needs_a_name() -> None:
    day = answered().do(deeds.OrderWritten(order=ORDER))
    more = deeds.OrderWritten(order=replace(ORDER, max_mg_h=40))
    assert keys(day.corrected(day.number(deeds.OrderWritten), more).open) == {"R5:order_max_mg_h"}


def test_a_corrected_bag_is_weighed_as_a_new_one() -> None:
    day = infusing().do(deeds.BagChanged(bag=BAG))
    stronger = deeds.BagChanged(bag=replace(BAG, mg_ml=10))
    found = keys(day.corrected(day.number(deeds.BagChanged), stronger).open)
    assert {"R5:bag_strength", "R5:limit", "R5:tenfold"} <= found


def test_a_corrected_weight_counts_though_the_patient_was_confirmed_again() -> None:
    day = infusing()
    first = day.number(deeds.PatientBound)
    day.do(deeds.PatientBound(patient=PATIENT))
    heavier = replace(PATIENT, weight_kg=72)
    assert day.corrected(first, deeds.PatientBound(patient=heavier)).allowed
    assert day.session.patient == heavier


def test_the_day_before_an_entry_knows_the_corrections_of_it() -> None:
    day = infusing()
    first = day.number(deeds.PatientBound)
    heavier = replace(PATIENT, weight_kg=72)
    day.corrected(first, deeds.PatientBound(patient=heavier))
    assert fold_before(day.entries, first).patient is None
    assert fold_before(day.entries, day.number(deeds.Started)).patient == heavier


def test_a_correction_cannot_be_folded_onto_a_session() -> None:
    day = infusing().do(deeds.Noted(text="a"))
    day.corrected(day.number(deeds.Noted), deeds.Withdrawn())
    with pytest.raises(ValueError, match="fold the whole journal"):
        extended(fold(day.entries[:-1]), day.entries[-1])


def test_an_answer_may_be_corrected_though_it_should_have_stopped_the_day() -> None:
    day = raised()
    number = next(e.number for e in day.entries if e.deed == deeds.Answered(question="liver", reply=Reply.NO))
    assert day.corrected(number, deeds.Answered(question="liver", reply=Reply.YES)).allowed


def test_a_day_that_is_over_can_still_be_put_right() -> None:
    day = discharged()
    assert day.corrected(
        day.number(deeds.EscortNoted), deeds.EscortNoted(name="Sven Bergh", present=True)
    ).allowed


def test_where_everything_is_withdrawn_a_withdrawn_entry_can_be_put_back() -> None:
    day = Day().do(deeds.PresenceNoted(name="Dr Okafor", present=True))
    number = day.number(deeds.PresenceNoted)
    assert day.corrected(number, deeds.Withdrawn()).allowed
    assert day.corrected(number, deeds.PresenceNoted(name="Dr Stone", present=True)).allowed
    assert day.session.prescriber == "Dr Stone"
