"""What is seen of a patient whom nobody asks: eyes, breath, colour."""

from dataclasses import replace

import pytest

from nurse_station.simulator.acts import Befall, JawThrust
from nurse_station.simulator.body import Body
from nurse_station.simulator.person import Person
from nurse_station.simulator.replies import SWOLLEN_MG, Question, Reply, reply


def asked(question: Question, what: str, after_s: float = 60.0, size: float | None = None) -> Reply:
    body = Body(Person.drawn(1), 1)
    body.act(Befall(what=what, size=size, lasts_s=300), 10)
    return body.reply(question, 10 + after_s)


def seen(what: str = "", after_s: float = 60.0, size: float | None = None) -> str:
    body = Body(Person.drawn(1), 1)
    if what:
        body.act(Befall(what=what, size=size, lasts_s=300), 10)
    return body.reply(Question.LOOK, 10 + after_s).does


def test_one_who_is_well_has_open_eyes_and_breathes() -> None:
    assert seen() == "eyes open, looks at you; breathes"


def test_behind_a_closed_airway_the_chest_works_and_no_air_is_felt() -> None:
    assert "the chest works, no air is felt at the mouth; no breath is heard" in seen("obstruction", 20)


def test_in_an_apnoea_the_chest_does_not_move() -> None:
    assert "the chest does not move" in seen("deep_apnoea", 20)


def test_without_oxygen_the_lips_turn_blue() -> None:
    assert "lips blue" in seen("deep_apnoea", 150)


def test_after_a_vasovagal_reaction_the_patient_is_pale() -> None:
    assert "pale and clammy" in seen("vasovagal", 60)


def test_looking_says_nothing() -> None:
    assert not Body(Person.drawn(1), 1).reply(Question.LOOK, 5).says


@pytest.mark.parametrize("question", [each for each in Question if each is not Question.LOOK])
def test_one_whose_cords_are_shut_has_no_voice(question: Question) -> None:
    told = asked(question, "laryngospasm", 20, 1.0)
    assert (told.says, told.does.split(";")[0]) == ("", "the mouth moves, no voice")


def test_one_whose_cords_are_half_shut_still_speaks() -> None:
    assert asked(Question.NAME, "laryngospasm", 20, 0.5).says


@pytest.mark.parametrize(("what", "size", "heard"), [
    ("obstruction", 0.6, "snores"),
    ("obstruction", 1.0, "no breath is heard"),
    ("laryngospasm", 0.5, "a high crowing sound"),
    ("laryngospasm", 1.0, "no sound at the throat"),
])  # fmt: skip
def test_a_narrow_airway_sounds_and_a_shut_one_is_silent(what: str, size: float, heard: str) -> None:
    assert seen(what, 20, size).endswith(heard)
    assert asked(Question.NAME, what, 20, size).does.endswith(heard)


def test_under_a_jaw_thrust_that_opens_the_throat_nobody_snores() -> None:
    body = Body(Person.drawn(1), 1)
    body.act(Befall(what="obstruction", size=0.6, lasts_s=300), 10)
    body.act(JawThrust(), 30)
    assert "snores" not in body.reply(Question.LOOK, 60).does


@pytest.mark.parametrize(("systolic", "hurts"), [(165, False), (175, False), (186, True), (205, True)])
def test_the_head_is_felt_from_about_185_on(systolic: float, hurts: bool) -> None:
    hidden = replace(Body(Person.drawn(1), 1).hidden(5), systolic=systolic)
    assert ("head" in reply(Question.HEADACHE_CHEST_VISION, hidden).says) is hurts


@pytest.mark.parametrize(("depot_mg", "hurts"), [(SWOLLEN_MG - 0.05, False), (SWOLLEN_MG + 0.05, True)])
def test_an_arm_that_is_swollen_is_felt_as_well(depot_mg: float, hurts: bool) -> None:
    told = reply(Question.ARM, replace(Body(Person.drawn(1), 1).hidden(5), depot_mg=depot_mg))
    assert ("burns" in told.says, "swollen" in told.does) == (hurts, hurts)


@pytest.mark.parametrize("question", [Question.NAUSEA, Question.PERCEPTION, Question.HEADACHE_CHEST_VISION])
def test_one_whose_pressure_has_fallen_below_85_feels_faint(question: Question) -> None:
    told = asked(question, "vasovagal")
    assert (told.says, told.moaas) == ("I feel faint.", 4)
    assert told.does.endswith("pale and clammy")


def test_one_who_is_faint_answers_slowly() -> None:
    assert "answers slowly" in asked(Question.NAME, "vasovagal").does
