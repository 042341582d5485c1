"""What is done to a body, and what befalls it, has its effect; and only that."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from nurse_station.simulator.acts import (
    Act,
    Befall,
    Bolus,
    CallName,
    CuffOnProbeArm,
    Give,
    JawThrust,
    Lay,
    Oxygen,
    Position,
    Reassure,
    Relent,
    Resite,
    Sensor,
    SetPump,
    Shake,
    Suction,
    Ventilate,
    Wear,
)
from nurse_station.simulator.body import Body
from nurse_station.simulator.drugs import DRUGS
from nurse_station.simulator.happenings import HAPPENINGS
from nurse_station.simulator.hidden import Hidden
from nurse_station.simulator.person import History, Person, Sex
from nurse_station.simulator.replies import Question
from nurse_station.simulator.response import AVERAGE

PERSON = Person.drawn(1, age=45, sex=Sex.MALE, weight_kg=70.0, history=History(pain=7))


def led(*acts: tuple[Act, float], person: Person = PERSON) -> Body:
    body = Body(person, 1, AVERAGE)
    for act, at in acts:
        body.act(act, at)
    return body


def after(seconds: float, *acts: Act) -> Hidden:
    """The state so many seconds after all of these were done at second 10."""
    return led(*((act, 10) for act in acts)).hidden(10 + seconds)


def shown(body: Body, key: str, at: float) -> float:
    value = body.numerics(at)[key]
    assert value is not None
    return value


Sign = Callable[[Hidden, Hidden], bool]
SIGNS: dict[str, tuple[float, Sign]] = {
    "obstruction": (
        40,
        lambda now, then: now.patency < 0.01 and now.drive > 0.8 and now.sao2 < then.sao2 - 4,
    ),
    "apnoea": (40, lambda now, then: now.drive == 0 and now.patency == 1 and now.sao2 < then.sao2 - 4),
    "deep_apnoea": (40, lambda now, then: now.drive == 0 and now.sao2 < then.sao2 - 4),
    "laryngospasm": (40, lambda now, then: now.patency < 0.01 and now.drive > 0.8),
    "hypoventilation": (120, lambda now, then: now.drive < 0.7 and now.paco2 > then.paco2 + 3),
    "shallow": (120, lambda now, then: now.paco2 > then.paco2 + 3),
    "rebreathing": (60, lambda now, then: now.patency == 1),
    "pressor": (400, lambda now, then: 30 < now.systolic - then.systolic < 50),
    "vasovagal": (60, lambda now, then: now.heart_rate < 45 and now.systolic < 85 and now.perfusion < 0.4),
    "bradycardia": (30, lambda now, then: now.heart_rate < 42),
    "tachycardia": (30, lambda now, then: now.heart_rate > 135),
    "ectopy": (30, lambda now, then: abs(now.heart_rate - then.heart_rate) < 8),
    "asystole": (8, lambda now, then: now.heart_rate == 0 and now.perfusion == 0),
    "emergence": (120, lambda now, then: now.agitation > 2.5 and now.heart_rate > 95 and now.movement > 0.3),
    "nausea": (200, lambda now, then: now.nausea > 1.7),
    "vomiting": (20, lambda now, then: now.nausea > 2.8 and now.movement > 0.5),
    "infiltration": (60, lambda now, then: now.plasma == 0),
    "low_perfusion": (120, lambda now, then: now.perfusion < 0.5),
    "movement": (5, lambda now, then: now.movement > 0.5),
}


@pytest.mark.parametrize("what", HAPPENINGS)
def test_what_befalls_shows_in_the_body(what: str) -> None:
    seconds, sign = SIGNS[what]
    now = after(seconds, Befall(what=what))
    assert sign(now, after(seconds))
    assert now.befallen == {what}


@pytest.mark.parametrize("what", HAPPENINGS)
def test_what_befell_goes_again(what: str) -> None:
    body = led((Befall(what=what, lasts_s=20), 10), (Relent(what="apnoea"), 25))
    assert body.hidden(31 + 6.5 * HAPPENINGS[what].offset_s).befallen == frozenset()


@pytest.mark.parametrize("row", HAPPENINGS.values(), ids=HAPPENINGS)
def test_the_usual_size_of_what_befalls_is_within_its_range(row: object) -> None:
    assert row.range[0] <= row.usual <= row.range[1]  # type: ignore[attr-defined]


def test_an_instructor_can_end_what_befell() -> None:
    assert led((Befall(what="obstruction"), 10), (Relent(what="obstruction"), 20)).hidden(40).patency == 1


def test_an_obstruction_moves_the_chest_and_no_gas() -> None:
    body = led((Befall(what="obstruction"), 10))
    assert np.ptp(body.wave("resp", 40, 250, 25)) > 0.8
    assert np.max(body.wave("co2", 40, 250, 25)) < 1
    assert shown(body, "rr_imp", 50) > 10
    assert shown(body, "rr_co2", 50) == 0
    assert body.numerics(50)["etco2"] is None


def test_a_snore_is_a_shark_fin() -> None:
    quiet, snoring = led(), led((Befall(what="obstruction", size=0.6), 10))
    pace = [float(np.max(np.diff(body.wave("co2", 40, 500, 25)))) for body in (quiet, snoring)]
    assert pace[1] < 0.6 * pace[0]
    assert np.max(snoring.wave("co2", 40, 500, 25)) > 20


def test_hypoventilation_is_taller_and_fewer_and_shallow_breathing_lower() -> None:
    slow, shallow = led((Befall(what="hypoventilation"), 10)), led((Befall(what="shallow", size=0.7), 10))
    assert shown(slow, "rr_co2", 200) < 11
    assert shown(slow, "etco2", 200) > 42
    assert shown(shallow, "rr_co2", 60) > 15
    assert shown(shallow, "etco2", 60) < 34


def test_rebreathing_lifts_the_foot_of_the_capnogram() -> None:
    body = led((Befall(what="rebreathing"), 10))
    assert np.min(body.wave("co2", 60, 500, 25)) > 4
    assert shown(body, "fico2", 80) == pytest.approx(6, abs=1)


def test_what_is_breathed_in_again_stays_in_the_blood_and_drives_the_breath() -> None:
    now = led((Befall(what="rebreathing", size=30), 10)).hidden(300)
    assert now.paco2 > 45
    assert now.drive > 1.2


def test_the_end_of_a_breath_is_no_higher_than_the_blood_it_comes_from() -> None:
    body = led((Befall(what="rebreathing", size=30), 10))
    assert shown(body, "etco2", 200) == pytest.approx(body.hidden(200).paco2, abs=2)


def test_an_asystole_is_a_flat_line_and_a_rate_of_zero() -> None:
    body = led((Befall(what="asystole", lasts_s=15), 10))
    assert shown(body, "hr", 20) == 0
    assert np.ptp(body.wave("ecg2", 16, 900, 300)) < 0.3
    assert body.numerics(24)["nibp_sys"] is None
    assert shown(body, "hr", 45) > 50


def test_an_ectopic_beat_is_early_wide_and_followed_by_a_pause() -> None:
    ecg = led((Befall(what="ectopy", size=20), 10)).wave("ecg2", 20, 60 * 300, 300).astype(float)
    tall = np.flatnonzero(ecg > 0.5)
    groups = np.split(tall, np.flatnonzero(np.diff(tall) > 60) + 1)
    widths = np.array([group.size for group in groups])
    beats = np.array([group.mean() for group in groups])
    wide = np.flatnonzero(widths > 1.8 * np.median(widths))
    wide = wide[(wide > 0) & (wide < beats.size - 1)]
    assert 5 <= wide.size <= 35
    assert (beats[wide] - beats[wide - 1] < beats[wide + 1] - beats[wide]).all()


@pytest.mark.parametrize(
    ("trouble", "help_", "gas"),
    [
        ("obstruction", JawThrust(), True),
        ("obstruction", Shake(), True),
        ("apnoea", CallName(), True),
        ("apnoea", Ventilate(), True),
        ("deep_apnoea", Shake(), False),
        ("deep_apnoea", JawThrust(), False),
        ("deep_apnoea", Ventilate(), True),
        ("laryngospasm", Shake(), False),
        ("laryngospasm", JawThrust(), False),
    ],
)
def test_each_help_helps_where_it_can(trouble: str, help_: Act, gas: bool) -> None:
    body = led((Befall(what=trouble), 10), (help_, 40))
    breathed = [body.hidden(40 + second).ventilation > 0.2 for second in range(4, 18)]
    assert any(breathed) is gas


def test_what_a_voice_brought_wears_off() -> None:
    body = led((Befall(what="obstruction", lasts_s=600), 10), (Shake(), 30))
    assert body.hidden(33).patency > 0.3
    assert body.hidden(120).patency < 0.1


def test_a_firm_jaw_thrust_ends_a_laryngospasm_and_pressure_sooner() -> None:
    alone = led((Befall(what="laryngospasm"), 10), (JawThrust(), 20))
    both = led((Befall(what="laryngospasm"), 10), (JawThrust(), 20), (Ventilate(), 20))
    open_at = [next(at for at in range(20, 200) if body.hidden(at).patency > 0.8) for body in (alone, both)]
    assert open_at[1] < open_at[0] < 65


def test_oxygen_makes_an_apnoea_longer_bearable() -> None:
    fell = [
        next(at for at in range(200, 500) if shown(led_, "spo2", at) < 90)
        for led_ in (led((Oxygen(l_min=l_min), 0), (Befall(what="deep_apnoea"), 200)) for l_min in (0.0, 4.0))
    ]
    assert fell[1] - fell[0] > 60


def test_lying_flat_with_a_bolus_of_fluid_brings_the_pressure_back() -> None:
    left = after(60, Befall(what="vasovagal"))
    laid = after(60, Befall(what="vasovagal"), Lay(position=Position.FLAT))
    fluid = after(60, Befall(what="vasovagal"), Lay(position=Position.FLAT), Give(drug="fluid", dose=500))
    assert left.systolic + 15 < laid.systolic < fluid.systolic


def test_sitting_up_and_suction_clear_a_soiled_mouth() -> None:
    soiled = Befall(what="vomiting")
    assert after(90, soiled).patency < 0.7
    assert after(90, soiled, Suction()).patency == 1
    assert after(90, soiled, Lay(position=Position.UPRIGHT)).patency == 1


@pytest.mark.parametrize("calming", [Give(drug="midazolam", dose=2), Reassure()])
def test_an_emergence_reaction_is_calmed(calming: Act) -> None:
    assert (
        after(240, Befall(what="emergence"), calming).agitation
        < after(240, Befall(what="emergence")).agitation - 0.3
    )


@pytest.mark.parametrize("drug", DRUGS)
def test_every_drug_does_something_and_ends(drug: str) -> None:
    person = replace(PERSON, history=History(opioid=True, benzodiazepine=True))
    trouble = (Befall(what="nausea", lasts_s=9000), 0)
    given, without = (
        led(trouble, (Give(drug=drug, dose=2 * DRUGS[drug].usual), 10), person=person),
        led(trouble, person=person),
    )
    at = 10 + min(600.0, 2 * DRUGS[drug].onset_s)
    now, then = given.hidden(at), without.hidden(at)
    keys = ("systolic", "heart_rate", "drive", "sedation", "nausea", "agitation")
    assert any(abs(getattr(now, key) - getattr(then, key)) > 0.02 for key in keys)


def test_a_drug_beside_the_vein_is_taken_up_slowly_and_a_new_vein_helps() -> None:
    beside = (Befall(what="infiltration"), 0)
    lost = led(beside, (SetPump(mg_h=60), 10)).hidden(900)
    whole = led((SetPump(mg_h=60), 10)).hidden(900)
    resited = led(beside, (SetPump(mg_h=60), 10), (Resite(), 300)).hidden(900)
    assert lost.plasma < 0.4 * whole.plasma
    assert lost.depot_mg > 5
    assert lost.plasma < resited.plasma
    assert lost.given_mg == whole.given_mg


@pytest.mark.parametrize(
    ("sensor", "numbers", "waves"),
    [
        (Sensor.PROBE, {"spo2", "pr"}, {"pleth"}),
        (Sensor.LEADS, {"hr", "rr_imp"}, {"ecg1", "ecg2", "ecg3", "resp"}),
        (Sensor.CANNULA, {"rr_co2", "etco2", "fico2"}, {"co2"}),
    ],
)
def test_a_sensor_that_is_off_takes_its_own_numbers_and_waves(
    sensor: Sensor, numbers: set[str], waves: set[str]
) -> None:
    off, on = led((Wear(sensor=sensor, on=False), 10)), led()
    gone = {
        key for key, value in off.numerics(30).items() if value is None and on.numerics(30)[key] is not None
    }
    blank = {key for key in ("ecg1", "ecg2", "ecg3", "pleth", "co2", "resp")
             if np.isnan(off.wave(key, 20, 100, 25)).all()}  # fmt: skip
    assert (gone, blank) == (numbers, waves)
    assert off.hidden(30).sao2 == on.hidden(30).sao2


def test_a_probe_put_back_finds_the_pulse_within_ten_seconds() -> None:
    body = led((Wear(sensor=Sensor.PROBE, on=False), 10), (Wear(sensor=Sensor.PROBE, on=True), 30))
    assert body.numerics(31)["spo2"] is None
    assert shown(body, "spo2", 40) > 94


def test_a_cuff_on_the_arm_of_the_probe_takes_the_pulse_but_not_the_heart() -> None:
    body = led((CuffOnProbeArm(), 0))
    assert body.numerics(270)["pr"] is None
    assert shown(body, "hr", 270) > 50
    assert np.ptp(body.wave("pleth", 262, 500, 100)) < 0.3 * np.ptp(body.wave("pleth", 240, 500, 100))
    assert shown(body, "pr", 300) > 50


def test_movement_spoils_the_ecg_and_not_the_heart() -> None:
    body = led((Befall(what="movement", size=1.0), 20))
    assert np.std(body.wave("ecg2", 22, 3000, 300)) > 1.5 * np.std(body.wave("ecg2", 5, 3000, 300))
    assert shown(body, "hr", 30) == shown(led(), "hr", 30)


@pytest.mark.parametrize(
    ("mg", "question", "says"),
    [
        (0, Question.NAME, "Yes"),
        (20, Question.NAME, "Mm"),
        (90, Question.NAME, ""),
        (0, Question.PAIN, "7 of 10"),
    ],
)
def test_a_patient_answers_as_awake_as_they_are(mg: float, question: Question, says: str) -> None:
    body = led((Bolus(mg=mg), 0))
    answer = body.reply(question, 300)
    assert says in answer.says
    assert bool(answer.says) is bool(says)
    assert answer.moaas == body.hidden(300).moaas


def test_what_a_nurse_sees_and_hears_tells_what_is_wrong() -> None:
    body = led(
        (Befall(what="infiltration"), 0), (SetPump(mg_h=60), 1), (Befall(what="obstruction", size=0.5), 290)
    )
    assert "burns" in body.reply(Question.ARM, 300).says
    assert "swollen" in body.reply(Question.ARM, 300).does
    assert "snores" in body.reply(Question.NAME, 300).does
    assert "walls" in led((Befall(what="emergence"), 0)).reply(Question.PERCEPTION, 200).says


@pytest.mark.parametrize("question", Question)
@pytest.mark.parametrize("mg", [0, 60, 120, 400])
def test_there_is_an_answer_to_every_question_in_every_state(question: Question, mg: float) -> None:
    assert led((Bolus(mg=mg), 0)).reply(question, 120).does


def test_want_of_oxygen_takes_consciousness() -> None:
    assert led((Befall(what="deep_apnoea"), 10)).hidden(230).moaas <= 1


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: SetPump(mg_h=-1),
        lambda: Bolus(mg=float("nan")),
        lambda: Oxygen(l_min=40),
        lambda: Oxygen(fio2=0.1),
        lambda: Give(drug="propofol", dose=1),
        lambda: Befall(what="plague"),
        lambda: Befall(what="obstruction", size=2),
        lambda: Befall(what="apnoea", lasts_s=0),
        lambda: Relent(what="plague"),
    ],
)
def test_what_cannot_be_done_is_refused(wrong: Callable[[], Act]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        wrong()


def test_the_throat_of_one_with_sleep_apnoea_narrows_in_deep_sedation() -> None:
    snorer = replace(PERSON, history=History(sleep_apnoea=True))
    dose = (Bolus(mg=90), 0)
    assert led(dose).hidden(300).patency == 1
    asleep = led(dose, (JawThrust(), 301), person=snorer)
    assert asleep.hidden(300).patency < 0.8
    assert asleep.hidden(330).patency > 0.95
