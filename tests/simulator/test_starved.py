"""What want of oxygen and of blood does to heart, breath and mind; and that it is not forgotten at once."""

from nurse_station.simulator.acts import Act, Befall, Relent, SetPump, Ventilate
from nurse_station.simulator.body import Body
from nurse_station.simulator.person import Person
from nurse_station.simulator.vessels import _STARVED, _strength


def led(*acts: tuple[Act, float]) -> Body:
    body = Body(Person.drawn(1), 1)
    for act, at in acts:
        body.act(act, at)
    return body


def not_breathing(until: float) -> tuple[tuple[Act, float], ...]:
    """No breath from second 10 to `until`, and bag and mask from there on."""
    apnoea = Befall(what="deep_apnoea", lasts_s=2000)
    return (apnoea, 10), (Relent(what="deep_apnoea"), until), (Ventilate(), until)


LONG = 400.0


def test_a_heart_with_oxygen_holds_its_pressure() -> None:
    assert _strength(_STARVED) == _strength(100.0) == 1.0


def test_a_starved_heart_holds_a_fifth() -> None:
    assert _strength(1.0) == 0.2


def test_without_oxygen_the_pressures_fall() -> None:
    body = led(*not_breathing(2000))
    first = next(at for at in range(20, 400) if body.hidden(at).sao2 < 30)
    assert body.hidden(first + 15).systolic < 70


def test_a_minute_without_oxygen_stops_the_heart() -> None:
    body = led(*not_breathing(2000))
    nothing = next(at for at in range(20, 400) if body.hidden(at).sao2 < 15)
    assert body.hidden(nothing + 50).heart_rate > 0
    assert body.hidden(nothing + 65).heart_rate == 0


def test_a_heart_that_stopped_for_want_of_oxygen_beats_again_with_it() -> None:
    body = led(*not_breathing(LONG))
    assert body.hidden(LONG).heart_rate == 0
    assert body.hidden(LONG + 120).systolic > 80


def test_who_had_no_oxygen_for_minutes_does_not_answer_as_soon_as_there_is_some() -> None:
    body = led(*not_breathing(LONG))
    assert body.hidden(LONG + 60).sao2 > 75
    assert body.hidden(LONG + 90).moaas <= 2
    assert body.hidden(LONG + 900).moaas == 5


def test_a_short_want_of_oxygen_leaves_nothing_behind() -> None:
    body = led((Befall(what="deep_apnoea", lasts_s=75), 10), (Ventilate(), 85))
    assert body.hidden(140).moaas == 5


def test_nobody_breathes_20_s_after_the_heart_has_stopped() -> None:
    body = led((Befall(what="asystole", lasts_s=120), 10))
    assert body.hidden(20).drive > 0
    assert body.hidden(33).drive == 0
    assert body.hidden(40).ventilation == 0


def test_bag_and_mask_breathe_for_one_whose_heart_stands_still() -> None:
    body = led((Befall(what="asystole", lasts_s=120), 10), (Ventilate(), 30))
    assert any(body.hidden(at).ventilation > 0.5 for at in range(40, 50))


def test_a_bookmark_remembers_what_was_starved() -> None:
    body = led(*not_breathing(LONG))
    body.hidden(LONG - 100)
    again = body.copied()
    assert repr(again.hidden(LONG + 200)) == repr(body.hidden(LONG + 200))


def test_a_bookmark_has_the_same_drug_to_the_last_bit() -> None:
    body = led((SetPump(mg_h=20), 0))
    body.hidden(60)
    assert repr(body.copied().hidden(900)) == repr(body.hidden(900))


def test_one_who_breathes_has_no_moment_without_ventilation() -> None:
    body = led()
    assert min(body.hidden(at / 4).ventilation for at in range(600)) > 0.3


def test_one_who_does_not_breathe_has_none() -> None:
    assert led(*not_breathing(2000)).hidden(30).ventilation == 0
