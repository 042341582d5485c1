"""Rules R1 to R7, R14 and R16: for each line a day that passes and one that fails, with the sentence."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from days_of_care import (
    BAG,
    MINUTE,
    ORDER,
    PADSS,
    PATIENT,
    REST,
    Day,
    answered,
    arrived,
    discharge_ready,
    in_screening,
    infusing,
    keys,
    may_leave,
    may_raise,
    measured,
    on_hold,
    override,
    paused,
    rated,
    ready,
    scored,
)

from nurse_station.sessions import deeds
from nurse_station.sessions.decide import Decision
from nurse_station.sessions.deeds import Deed, Override, Reply
from nurse_station.sessions.findings import Finding, Level
from nurse_station.sessions.seen import PresentAlarm, Pressure, Seen, Vital

START = deeds.Started(mg_kg_h=0.1, pump_ml_h=7)
RAISE = rated(0.2)
RESUME = deeds.Resumed(mg_kg_h=0.1, pump_ml_h=7)
CHECK = deeds.SecondCheck(nurse="Nurse Ek")
AT_LIMITS = scored(moaas=4, hallucination=1, nausea=1)
ALARM = PresentAlarm(condition="rr_low", words="RR 9 < 10", high=False)


def of(decision: Decision, key: str) -> Finding:
    """The line with that key. Fails where there is none, with those that are."""
    found = {finding.key: finding for finding in decision.findings}
    assert key in found, sorted(found)
    return found[key]


def changed(make: Callable[[], Day], change: Callable[[Day], object]) -> Callable[[], Day]:
    def made() -> Day:
        day = make()
        change(day)
        return day

    made.__name__ = make.__name__
    return made


def sees(**differently: object) -> Callable[[Day], object]:
    def change(day: Day) -> None:
        day.calm = False
        day.seen = replace(may_raise().now, **differently)  # type: ignore[arg-type]
        day.seen = replace(day.seen, at=day.at)

    return change


def pressed(
    make: Callable[[], Day], sys: float, minutes_ago: float = 1, dia: float = 80
) -> Callable[[], Day]:
    """A day whose only pressure is this one."""

    def made() -> Day:
        day = make()
        vitals = {"spo2": Vital(value=98, at=day.at)}
        pressure = Pressure(at=day.at - minutes_ago * MINUTE, sys=sys, dia=dia)
        day.calm, day.seen = False, Seen(at=day.at, vitals=vitals, pressures=(pressure,))
        return day

    return made


def later(make: Callable[[], Day], minutes: float) -> Callable[[], Day]:
    return changed(make, lambda day: setattr(day, "at", day.at + minutes * MINUTE))


PASSES: list[tuple[str, Callable[[], Day], Deed]] = [
    ("screened", answered, deeds.Screened()),
    ("screened on day 2", changed(lambda: answered(2), lambda day: day.do(*scored(nightmare=2))),
     deeds.Screened()),
    ("baseline", measured, deeds.BaselineSet()),
    ("start", ready, START),
    ("raise", changed(may_raise, lambda day: day.do(CHECK)), RAISE),
    ("raise at the limits of R6",
     pressed(changed(may_raise, lambda day: day.do(CHECK, *AT_LIMITS)), 160, 20),
     RAISE),
    ("lower at any time", infusing, rated(0.05)),
    ("lower on hold", on_hold, rated(0.05)),
    ("resume", paused, RESUME),
    ("bag of the same strength", infusing, deeds.BagChanged(bag=BAG)),
    ("ready to go", may_leave, deeds.ReadyToGo()),
    ("discharge", discharge_ready, deeds.Discharged()),
]  # fmt: skip


@pytest.mark.parametrize(("make", "deed"), [row[1:] for row in PASSES], ids=[row[0] for row in PASSES])
def test_what_the_rules_want_is_allowed_without_a_word(make: Callable[[], Day], deed: Deed) -> None:
    assert make().asked(deed).findings == ()


B, R, W = Level.BLOCK, Level.REFUSE, Level.WARN
one_missing = changed(in_screening, lambda day: day.do(deeds.Answered(question="liver", reply=Reply.NO)))
FAILS: list[tuple[str, Level, Callable[[], Day], Deed, str]] = [
    # R1
    ("identity", R, Day, deeds.ScreeningBegun(), "Nobody knows yet"),
    ("R1", R, one_missing, deeds.Screened(), "15 questions are not answered yet"),
    ("R1:liver", B, lambda: answered(liver=Reply.YES), deeds.Screened(), "Severe liver disease? Yes."),
    ("R1:liver", B, lambda: answered(liver=Reply.UNKNOWN), deeds.Screened(), "Not known."),
    ("R1:apnoea", W, lambda: answered(apnoea=Reply.YES), deeds.Screened(), "Sleep apnoea? Yes."),
    # R16
    ("R16", R, lambda: answered(2), deeds.Screened(), "were not asked"),
    ("R16:nightmare", B, changed(lambda: answered(2), lambda day: day.do(*scored(nightmare=3))),
     deeds.Screened(), "grade 3"),
    # R2
    ("R2", R, lambda: measured(sets=2), deeds.BaselineSet(), "2 of 3 complete sets"),
    ("R2", R, lambda: measured({"hr": 70.0}), deeds.BaselineSet(), "0 of 3 complete sets"),
    ("R2:time", B, lambda: measured(apart_min=2.4), deeds.BaselineSet(), "span 4 min; they must span 5 min"),
    ("R2:nibp_sys", B, lambda: measured(REST | {"nibp_sys": 161}), deeds.BaselineSet(), "161, above 160"),
    ("R2:nibp_dia", B, lambda: measured(REST | {"nibp_dia": 101}), deeds.BaselineSet(), "101, above 100"),
    ("R2:spo2", B, lambda: measured(REST | {"spo2": 93}), deeds.BaselineSet(), "93 %, below 94 %"),
    ("R2:air", B, changed(measured, lambda day: day.do(deeds.BaselineTaken(values=REST, on_air=False))),
     deeds.BaselineSet(), "oxygen"),
    # the order
    ("R5:order_max_mg_kg_h", B, arrived, deeds.OrderWritten(order=replace(ORDER, max_mg_kg_h=0.5)),
     "0.5 mg/kg/h is above the protocol's, 0.35"),
    ("R5:order_max_mg_h", B, arrived, deeds.OrderWritten(order=replace(ORDER, max_mg_h=30)), "30 mg/h"),
    ("R5:order_max_total_mg", B, arrived, deeds.OrderWritten(order=replace(ORDER, max_total_mg=120)),
     "120 mg"),
    ("R5:order_duration", B, arrived, deeds.OrderWritten(order=replace(ORDER, duration_min=260)), "260 min"),
    ("R7:order_max_step", B, arrived, deeds.OrderWritten(order=replace(ORDER, max_step_mg_kg_h=0.2)), "0.2"),
    ("R5:order_start", W, arrived, deeds.OrderWritten(order=replace(ORDER, start_mg_kg_h=0.15)), "0.15"),
    # the start
    ("order", R, lambda: measured().do(deeds.BaselineSet()), START, "no order"),
    ("R4", R, changed(ready, lambda day: day.do(deeds.PresenceNoted(name="Dr Okafor", present=False))),
     START, "No licensed prescriber"),
    ("second_check", R, later(ready, 61), START, "61 min ago"),
    ("second_check", R, changed(ready, lambda day: day.do(deeds.OrderWritten(order=ORDER))), START,
     "changed after the second nurse's check"),
    ("second_check", R, lambda: measured().do(deeds.BaselineSet()), START, "No second nurse"),
    ("R3", W, lambda: measured().do(deeds.BaselineSet()), START, "takes the patient home"),
    ("R18", B, changed(ready, sees(unmonitored_s=20)), START, "for 20 s"),
    ("R6:alarm:rr_low", B, changed(ready, sees(alarms=(ALARM,))), START, "RR 9 < 10"),
    # R6
    ("R6:interval", B, lambda: infusing().do(*scored(moaas=5, hallucination=0, nausea=0), after_min=29.9),
     RAISE, "29 min ago; 30 min"),
    ("R6:hold", B, changed(may_raise, lambda day: day.do(deeds.Held(why="x"))), RAISE, "on hold"),
    ("R6:moaas", B, changed(may_raise, lambda day: day.do(*scored(moaas=3))), RAISE, "is 3; it must be 4"),
    ("R6:moaas_age", B, later(may_raise, 10.1), RAISE, "10 min ago; it may be 10 min old"),
    ("R6:pressure_age", B, pressed(may_raise, 130, 20.1), RAISE, "of the last 20 min"),
    ("R6:pressure", B, pressed(may_raise, 161), RAISE, "161, above 160"),
    ("R6:pressure_rise", B, pressed(may_raise, 161), RAISE, "26 % from 128 mmHg; at most 25 %"),
    ("R6:hallucination", B, changed(may_raise, lambda day: day.do(*scored(hallucination=2))), RAISE,
     "grade 2; it may be 1"),
    ("R6:nausea", B, changed(may_raise, lambda day: day.do(*scored(nausea=2))), RAISE,
     "grade 2; it may be 1"),
    ("R6:nausea", B, lambda: infusing().do(*scored(moaas=5), after_min=30), RAISE, "not asked yet"),
    ("R18", B, changed(may_raise, sees(unmonitored_s=15)), RAISE, "for 15 s"),
    ("second_check", W, may_raise, RAISE, "since the last change"),
    # R5, R7
    ("R5:above_max_mg_kg_h", B, may_raise, rated(0.36), "0.36 mg/kg/h is above the order's maximum of 0.35"),
    ("R5:above_max_mg_h", B, may_raise, rated(0.36), "25.2 mg/h is above the order's maximum of 25"),
    ("R7:step_too_large", B, may_raise, rated(0.25), "0.15; the order allows 0.1"),
    ("R5:above_plan", B, may_raise, rated(0.25), "above the plan, which is 0.2"),
    ("R5:pump_disagrees", B, may_raise, rated(0.2, 15), "shows 15 mL/h"),
    ("R5:total_exceeded", B, may_raise, rated(0.45), "the order allows 100 mg"),
    ("R5:bag_empty_early", B,
     changed(may_raise, lambda day: day.do(deeds.BagChanged(bag=replace(BAG, ml=30)))), RAISE,
     "empty in 129 min"),
    ("R5:bag_empty_early", W, infusing, deeds.BagChanged(bag=replace(BAG, ml=20)), "empty in 171 min"),
    ("rate", R, may_raise, rated(0.2, 0), "cannot give 0 mL/h"),
    ("rate", R, may_raise, rated(float("inf"), 14), "cannot give inf mg/kg/h"),
    ("rate", R, may_raise, rated(0.2, float("nan")), "cannot give nan mL/h"),
    # another bag is another dose
    ("R5:bag_strength", B, infusing, deeds.BagChanged(bag=replace(BAG, mg_ml=2)), "the order says 1"),
    ("R7:step_too_large", B, infusing, deeds.BagChanged(bag=replace(BAG, mg_ml=10)), "From 0.1"),
    ("R6:interval", B, infusing, deeds.BagChanged(bag=replace(BAG, mg_ml=2)), "30 min must lie between"),
    ("R5:bag_strength", B, paused, deeds.BagChanged(bag=replace(BAG, mg_ml=2)), "2 mg/mL"),
    # R9, R13: after a pause
    ("R6:alarm:rr_low", B, changed(paused, sees(alarms=(ALARM,))), RESUME, "RR 9 < 10"),
    ("R18", B, changed(paused, sees(unmonitored_s=70)), RESUME, "for 70 s"),
    ("R9:moaas", B, changed(paused, lambda day: day.do(*scored(moaas=3))), RESUME, "it must be above 3"),
    ("R13:end", B, later(paused, 240), RESUME, "10 min ago"),
    ("R13:end", B, later(may_raise, 215), RAISE, "5 min ago"),
    # R14, R3
    ("R14:time", B, lambda: Day.do(infusing(), deeds.Stopped(reason=deeds.StopReason.REQUEST)),
     deeds.ReadyToGo(), "lasted 0 min; it must last 60 min"),
    ("R14:aldrete", B, later(may_leave, 31), deeds.ReadyToGo(), "the last 30 min"),
    ("R14:padss", B, changed(may_leave, lambda day: day.do(
        deeds.Questioned(key="padss", answers=PADSS | {"comfort": 0}))), deeds.ReadyToGo(),
     "is 8; it must be 9"),
    ("R14:moaas", B, changed(may_leave, lambda day: day.do(*scored(moaas=4))), deeds.ReadyToGo(),
     "is 4; it must be 5"),
    ("R14:nausea", B, changed(may_leave, lambda day: day.do(*scored(nausea=2))), deeds.ReadyToGo(),
     "grade 2; it may be 1"),
    ("R14:hallucination", B, changed(may_leave, lambda day: day.do(*scored(hallucination=1))),
     deeds.ReadyToGo(), "grade 1; it may be 0"),
    ("R14:nausea", B, later(may_leave, 31), deeds.ReadyToGo(), "not asked in the last 30 min"),
    ("R14:pressure", B, pressed(may_leave, 154), deeds.ReadyToGo(), "154; it must be within 20 % of 128"),
    ("R14:pressure", B, pressed(may_leave, 102), deeds.ReadyToGo(), "102"),
    ("R14:pressure", B, changed(may_leave, sees(pressures=())), deeds.ReadyToGo(), "no blood pressure"),
    ("R14:spo2", B, changed(may_leave, sees(vitals={"spo2": Vital(value=93, at=0)})), deeds.ReadyToGo(),
     "93 %; it must be 94 %"),
    ("R14:spo2", B, changed(may_leave, sees(vitals={})), deeds.ReadyToGo(), "not measured"),
    ("R14:gait", B, changed(may_leave, lambda day: day.do(deeds.Walked(steady=False))), deeds.ReadyToGo(),
     "not walk steadily"),
    ("R14:gait", B, lambda: infusing().do(deeds.Stopped(reason=deeds.StopReason.REQUEST)),
     deeds.ReadyToGo(), "not seen walking"),
    ("R14:line", B, lambda: infusing().do(deeds.Stopped(reason=deeds.StopReason.REQUEST)),
     deeds.ReadyToGo(), "IV"),
    ("R14:instructions", B, lambda: infusing().do(deeds.Stopped(reason=deeds.StopReason.REQUEST)),
     deeds.ReadyToGo(), "instructions"),
    ("R14:escort", B, changed(discharge_ready, lambda day: day.do(deeds.EscortNoted(name="Sven Berg"))),
     deeds.Discharged(), "escort is not here"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "level", "make", "deed", "says"), FAILS, ids=[f"{row[0]}-{i}" for i, row in enumerate(FAILS)]
)
def test_the_line_that_fails_is_named_with_its_number(
    key: str, level: Level, make: Callable[[], Day], deed: Deed, says: str
) -> None:
    finding = of(make().asked(deed), key)
    assert finding.level is level
    assert says in finding.whole
    assert finding.sentence.endswith(".")
    assert finding.clears or finding.level is not Level.BLOCK


@pytest.mark.parametrize(
    ("key", "level", "make", "deed", "says"), FAILS, ids=[f"{row[0]}-{i}" for i, row in enumerate(FAILS)]
)
def test_a_block_is_passed_by_name_and_a_refusal_by_nobody(
    key: str, level: Level, make: Callable[[], Day], deed: Deed, says: str
) -> None:
    decision = make().asked(deed, [override(key)])
    assert (key in keys(decision.open)) is (level is Level.REFUSE)
    assert [each.rule for each in decision.used] == [key] * (level is Level.BLOCK)


@pytest.mark.parametrize("condition", ["rr_low", "spo2_low", "oversedated", "link_lost"])
@pytest.mark.hazard("H-16")
def test_a_raise_is_refused_while_an_alarm_is_present(condition: str) -> None:
    day = may_raise()
    alarm = PresentAlarm(condition=condition, words=f"{condition} in words", high=True)
    decision = day.asked(RAISE, seen=replace(day.now, alarms=(alarm,)))
    assert not decision.allowed
    (finding,) = decision.open
    assert finding.sentence == f"An alarm is present: {condition} in words."


@pytest.mark.parametrize("weak", [
    override("R6:hold", by=""), override("R6:hold", by="  "), override("R6:hold", why=""),
    override("R6:interval"), override("R6"), override(""),
])  # fmt: skip
def test_without_name_reason_and_the_line_itself_nothing_passes(weak: Override) -> None:
    day = may_raise().do(deeds.Held(why="pressure"))
    decision = day.asked(RAISE, [weak])
    assert keys(decision.open) == {"R6:hold"}
    assert decision.used == ()


def test_what_was_let_pass_stands_in_the_entry_and_nothing_else_does() -> None:
    day = may_raise().do(deeds.Held(why="pressure"))
    given = (override("R6:hold"), override("R6:interval"), override("R99"))
    day.do(RAISE, overrides=given)
    assert day.entries[-1].overrides == (override("R6:hold"),)


def test_a_contraindication_that_is_corrected_after_the_screening_stops_the_start() -> None:
    day = ready()
    number = next(e.number for e in day.entries if e.deed == deeds.Answered(question="heart", reply=Reply.NO))
    assert day.corrected(number, deeds.Answered(question="heart", reply=Reply.YES)).allowed
    assert keys(day.asked(START).open) == {"R1:heart"}


def test_a_contraindication_that_was_let_pass_does_not_stop_the_start_again() -> None:
    day = answered(heart=Reply.YES).do(deeds.Screened(), overrides=[override("R1:heart")])
    for _ in range(3):
        day.do(deeds.BaselineTaken(values=REST), after_min=3)
    day.do(deeds.BaselineSet(), deeds.OrderWritten(order=ORDER), deeds.SecondCheck(nurse="Ek"))
    assert keys(day.asked(START).open) == {"R4"}


@pytest.mark.parametrize("deed", [deeds.SecondCheck(nurse="nurse lind "),
                                  deeds.WasteNoted(ml=20, witness="Nurse Lind")])  # fmt: skip
def test_what_needs_two_people_is_not_signed_by_one(deed: Deed) -> None:
    (finding,) = infusing().asked(deed).open
    assert "as well" in finding.sentence


def test_a_stronger_bag_hung_in_a_pause_is_no_dose_that_ran() -> None:
    names = [override("R5:bag_strength"), override("R5:usual_strength")]
    day = paused().do(deeds.BagChanged(bag=replace(BAG, mg_ml=10)), overrides=names)
    found = keys(day.asked(RESUME).open)
    assert {"R5:tenfold", "R5:pump_disagrees", "R7:step_too_large", "R6:interval"} <= found
    assert day.asked(deeds.Resumed(mg_kg_h=0.1, pump_ml_h=0.7)).allowed


def test_another_patient_is_refused_and_the_same_one_is_confirmed() -> None:
    day = infusing()
    other = replace(PATIENT, name="Berg, Annika")
    assert keys(day.asked(deeds.PatientBound(patient=other), [override("identity")]).open) == {"identity"}
    heavier = deeds.PatientBound(patient=replace(PATIENT, weight_kg=90))
    assert not day.asked(heavier).allowed
    assert day.asked(deeds.PatientBound(patient=PATIENT)).findings == ()


def test_a_pressure_measured_by_hand_counts_for_a_raise() -> None:
    day = pressed(may_raise, 150, 25)()
    assert keys(day.asked(RAISE).open) == {"R6:pressure_age"}
    day.do(deeds.Measured(values={"nibp_sys": 134, "nibp_dia": 80}))
    assert day.asked(RAISE).allowed


def test_a_withdrawal_is_no_deed_of_its_own() -> None:
    assert keys(infusing().asked(deeds.Withdrawn()).open) == {"form"}
