"""Bad input is refused beside its field, in words; the baseline is a median; an entry has its time."""

from dataclasses import replace
from datetime import date
from statistics import median

import pytest
from days_of_care import (
    ALDRETE,
    BAG,
    MINUTE,
    ORDER,
    PATIENT,
    PROTOCOL,
    REST,
    Day,
    answered,
    arrived,
    discharged,
    in_baseline,
    in_screening,
    infusing,
    override,
    ready,
    scored,
)
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.sessions import deeds
from nurse_station.sessions.decide import FUTURE_S, decide
from nurse_station.sessions.deeds import Deed
from nurse_station.sessions.session import medians
from nurse_station.sessions.words import sentence

ANSWERED = deeds.Answered(question="shoe size", reply=deeds.Reply.NO)


def bound(**changed: object) -> Deed:
    return deeds.PatientBound(patient=replace(PATIENT, **changed))  # type: ignore[arg-type]


def order(**changed: object) -> Deed:
    return deeds.OrderWritten(order=replace(ORDER, **changed))  # type: ignore[arg-type]


WRONG: list[tuple[str, Day, Deed, str, str]] = [
    ("weight", Day(), bound(weight_kg=680), "weight_kg", "680 kg"),
    ("no weight", Day(), bound(weight_kg=float("nan")), "weight_kg", "35 to 180"),
    ("name", Day(), bound(name=" "), "name", "name is empty"),
    ("not born", Day(), bound(born=date(2026, 1, 6)), "born", "2026-01-06 cannot be"),
    ("too old", Day(), bound(born=date(1899, 1, 6)), "born", "cannot be"),
    ("no patient", Day(), order(), "", "needs a patient"),
    ("concentration", arrived(), order(concentration_mg_ml=0), "concentration_mg_ml", "concentration of 0"),
    ("expired", arrived(), order(expiry=date(2026, 1, 4)), "expiry", "expired on 2026-01-04"),
    ("prescriber", arrived(), order(prescriber=""), "prescriber", "name who ordered"),
    ("start", arrived(), order(start_mg_kg_h=0.4), "start_mg_kg_h", "above the maximum of 0.35"),
    ("day", arrived(), deeds.ScreeningBegun(day=6, days=5), "day", "Day 6 of 5"),
    ("question", in_screening(), ANSWERED, "question", "no question"),
    ("declined", in_screening(), deeds.Declined(why=""), "why", "Why is empty"),
    ("no value", in_baseline(), deeds.BaselineTaken(values={}), "values", "no value"),
    ("vital", in_baseline(), deeds.BaselineTaken(values={"spo2": 101}), "spo2", "101 %"),
    ("unknown vital", in_baseline(), deeds.BaselineTaken(values={"mood": 1}), "mood", "no vital sign"),
    ("upside down", in_baseline(), deeds.BaselineTaken(values=REST | {"nibp_dia": 140}), "nibp_dia",
     "above the systolic"),
    ("second nurse", ready(), deeds.SecondCheck(nurse=""), "nurse", "Nurse is empty"),
    ("escort", ready(), deeds.EscortNoted(name=""), "name", "Name is empty"),
    ("hold", infusing(), deeds.Held(why=" "), "why", "Why is empty"),
    ("score", infusing(), deeds.Scored(scale="moaas", score=6), "score", "from 0 to 5, not 6"),
    ("scale", infusing(), deeds.Scored(scale="mood", score=6), "scale", "no scale"),
    ("sheet", infusing(), deeds.Questioned(key="mood", answers={}), "key", "no score"),
    ("open sheet", infusing(), deeds.Questioned(key="padss", answers={}), "answers", "not answered"),
    ("points", infusing(), deeds.Questioned(key="aldrete", answers=ALDRETE | {"activity": 3}), "answers",
     "give 0, 1 or 2, not 3"),
    ("bag", infusing(), deeds.BagChanged(bag=replace(BAG, ml=5000)), "ml", "5000 mL"),
    ("strength", infusing(), deeds.BagChanged(bag=replace(BAG, mg_ml=100)), "mg_ml", "100 mg/mL"),
    ("waste", discharged(), deeds.WasteNoted(ml=-1, witness="Ek"), "ml", "-1 mL"),
    ("witness", discharged(), deeds.WasteNoted(ml=1, witness=""), "witness", "Witness is empty"),
    ("dose", infusing(), deeds.RateSet(mg_kg_h=-0.1, pump_ml_h=7), "mg_kg_h", "-0.1 mg/kg/h"),
    ("pump", infusing(), deeds.RateSet(mg_kg_h=0.1, pump_ml_h=2450), "pump_ml_h", "2450 mL/h"),
    ("note", infusing(), deeds.Noted(text=""), "text", "Text is empty"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "deed", "field", "says"), [row[1:] for row in WRONG],
                         ids=[row[0] for row in WRONG])  # fmt: skip
def test_what_cannot_be_is_refused_beside_its_field_by_any_name(
    day: Day, deed: Deed, field: str, says: str
) -> None:
    names = [override(key) for key in ("form", "order", "identity", "rate", "state")]
    found = [each for each in day.asked(deed, names).open if each.field == field]
    assert len(found) == 1
    assert says in found[0].whole


@pytest.mark.parametrize(("ahead_s", "allowed"), [(0, True), (-0.0, True), (FUTURE_S, True),
                                                  (FUTURE_S + 1, False), (float("nan"), False),
                                                  (-120, True), (-400, True), (-840, True),
                                                  (-841, False), (-86400, False)])  # fmt: skip
def test_an_entry_is_dated_neither_in_the_future_nor_before_the_session(
    ahead_s: float, allowed: bool
) -> None:
    day = infusing()
    day.at += 5 * MINUTE
    decision = decide(day.session, deeds.Noted(text="x"), day.now, PROTOCOL, at=day.at + ahead_s)
    assert decision.allowed is allowed
    assert [each.field for each in decision.open] == ["at"] * (not allowed)


def test_a_raise_that_is_dated_back_is_judged_by_its_own_time() -> None:
    day = infusing().do(*scored(moaas=5, hallucination=0, nausea=0), after_min=25)
    day.at += 6 * MINUTE
    deed = deeds.RateSet(mg_kg_h=0.2, pump_ml_h=14)
    assert decide(day.session, deed, day.now, PROTOCOL).allowed
    back = decide(day.session, deed, day.now, PROTOCOL, at=day.at - 2 * MINUTE)
    assert "29 min ago" in back.open[0].sentence


@given(st.lists(st.dictionaries(st.sampled_from(("hr", "spo2", "nibp_sys")), st.floats(1, 300)), max_size=6))
def test_the_baseline_is_the_median_of_what_each_set_has(sets: list[dict[str, float]]) -> None:
    found = medians((float(at), values) for at, values in enumerate(sets))
    for key in {key for values in sets for key in values}:
        assert found[key] == median(values[key] for values in sets if key in values)


def test_the_baseline_set_is_the_median_and_stays() -> None:
    day = in_baseline()
    for pressure in (120.0, 150.0, 130.0):
        day.do(deeds.BaselineTaken(values=REST | {"nibp_sys": pressure}), after_min=3)
    assert day.session.baseline == {}
    assert day.session.rest["nibp_sys"] == 130
    assert day.do(deeds.BaselineSet()).session.baseline["nibp_sys"] == 130


SAID: list[tuple[Day, Deed, str]] = [
    (Day(), deeds.PatientBound(patient=PATIENT), "Patient confirmed: Berg, Anna, born 1980-04-02, 70 kg."),
    (ready(), deeds.Started(mg_kg_h=0.1, pump_ml_h=7),
     "Infusion started at 0.1 mg/kg/h (7 mg/h, 7 mL/h)."),
    (infusing(), deeds.RateSet(mg_kg_h=0.2, pump_ml_h=14), "Rate raised to 0.2 mg/kg/h (14 mg/h, 14 mL/h)."),
    (infusing(), deeds.RateSet(mg_kg_h=0.05, pump_ml_h=3.5),
     "Rate lowered to 0.05 mg/kg/h (3.5 mg/h, 3.5 mL/h)."),
    (infusing(), deeds.RateSet(mg_kg_h=0.1, pump_ml_h=7), "Rate confirmed at 0.1 mg/kg/h (7 mg/h, 7 mL/h)."),
    (infusing(), deeds.Scored(scale="moaas", score=3),
     "MOAA/S 3: responds only after name is called loudly or repeatedly."),
    (infusing(), deeds.Scored(scale="moaas", score=9), "moaas 9."),
    (infusing(), deeds.Questioned(key="aldrete", answers=ALDRETE), "Aldrete 10 of 10."),
    (in_baseline(), deeds.BaselineTaken(values={"spo2": 97.0}, on_air=False),
     "Baseline set 1: SpO₂ 97 %, on oxygen."),
    (answered(), deeds.Answered(question="liver", reply=deeds.Reply.UNKNOWN, note="asked the GP"),
     "Severe liver disease? Unknown, asked the GP."),
    (infusing(), deeds.EmergencyCalled(why="apnoea"), "EMERGENCY called, apnoea."),
]  # fmt: skip


@pytest.mark.parametrize(("day", "deed", "says"), SAID, ids=[row[2][:30] for row in SAID])
def test_an_entry_reads_like_a_note(day: Day, deed: Deed, says: str) -> None:
    assert sentence(deed, day.session) == says


def test_a_name_that_let_something_pass_is_in_no_finding_twice() -> None:
    day = answered(liver=deeds.Reply.YES)
    twice = [override("R1:liver", by="Dr One"), override("R1:liver", by="Dr Two")]
    assert [each.by for each in day.asked(deeds.Screened(), twice).used] == ["Dr Two"]
