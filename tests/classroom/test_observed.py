"""What an entry made in the window counts as in practice: the table, an entry a line."""

from collections.abc import Sequence

import pytest

from nurse_station.alarms.changes import Act, ActTaken
from nurse_station.classroom.observed import ENTERED, alarms_count_as, counts_as, is_moaas, note_counts_as
from nurse_station.records.words import STATION
from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import Deed, Entry, StopReason
from nurse_station.training.actions import DONE_KEYS
from nurse_station.training.headless import begun
from tests.training.wards_of_practice import PROTOCOLS, SCENARIOS

SCENARIO = SCENARIOS["pressor_response"]
_BEDSIDE, DAY = begun(SCENARIO, 1, PROTOCOLS[SCENARIO.protocol])
BEFORE = tuple(practised.entry for practised in DAY.entries)
NOW = BEFORE[-1].at + 300.0
PADSS = dict.fromkeys(("vitals", "activity", "comfort", "iv_site", "intake"), 2)
HOME: tuple[Deed, ...] = (
    deeds.Questioned(key="aldrete", answers={"activity": 2}), deeds.Questioned(key="padss", answers=PADSS),
    deeds.LineOut(), deeds.Walked(steady=True), deeds.Instructed(),
)  # fmt: skip


def entered(*done: Deed, each_s: float = 10.0, corrects: int | None = None) -> list[Entry]:
    journal = list(BEFORE)
    for number, deed in enumerate(done):
        journal.append(Entry(number=len(journal) + 1, at=NOW + number * each_s, who="A", deed=deed,
                             corrects=corrects, why="slip" if corrects else ""))  # fmt: skip
    return journal


def all_counted(journal: Sequence[Entry]) -> list[str]:
    new = range(len(BEFORE), len(journal))
    return [key for place in new for key in counts_as(journal[place], journal[: place + 1])]


def scored(scale: str, score: int = 1) -> Deed:
    return deeds.Scored(scale=scale, score=score)


@pytest.mark.parametrize(("deed", "keys"), [
    (scored("moaas"), ["assess_responsiveness"]),
    (scored("rass"), ["assess_agitation"]),
    (scored("iv_site"), ["assess_iv_site"]),
    (scored("pain"), []),
    (deeds.Held(why="x"), ["enter_hold"]),
    (deeds.Released(), ["enter_release"]),
    (deeds.Paused(why="x"), ["enter_pause"]),
    (deeds.Stopped(reason=StopReason.COMPLETE), ["end_infusion"]),
    (deeds.Stopped(reason=StopReason.ADVERSE), ["enter_stop"]),
    (deeds.Intervened(what="oxygen"), ["enter_intervention"]),
    (deeds.Noted(text="sleeps"), ["enter_intervention"]),
    (deeds.Noted(text="12.5 mg given"), ["enter_intervention", "enter_dose"]),
    (deeds.RateSet(mg_kg_h=0.4, pump_ml_h=60.0), ["raise_rate"]),
    (deeds.RateSet(mg_kg_h=0.01, pump_ml_h=0.5), []),
    (deeds.Resumed(mg_kg_h=0.1, pump_ml_h=7.0), ["resume"]),
    (deeds.EmergencyCalled(why="x"), ["call_emergency"]),
    (deeds.Discharged(), ["discharge"]),
    (deeds.Measured(values={"nibp_sys": 120, "nibp_dia": 70}), ["repeat_pressure"]),
    (deeds.Measured(values={"nibp_sys": 120, "nibp_dia": 70, "hr": 60}), ["measure_by_hand"]),
    (deeds.PresenceNoted(name="Dr B", present=True), []),
])  # fmt: skip
def test_an_entry_counts_as_what_it_says(deed: Deed, keys: list[str]) -> None:
    assert all_counted(entered(deed)) == keys
    assert set(keys) <= DONE_KEYS


def test_symptoms_are_assessed_when_all_three_are_scored_together() -> None:
    three = (scored("pain"), scored("nausea"), scored("hallucination"))
    assert all_counted(entered(*three)) == ["assess_symptoms"]
    assert all_counted(entered(*three, *three)) == ["assess_symptoms"] * 2
    assert all_counted(entered(*three, each_s=100.0)) == []


def test_who_is_ready_for_home_has_everything_whatever_came_last() -> None:
    assert all_counted(entered(*HOME)) == ["prepare_home"]
    assert all_counted(entered(*reversed(HOME))) == ["prepare_home"]
    assert all_counted(entered(*HOME[1:])) == []
    assert all_counted(entered(*HOME, deeds.LineOut())) == ["prepare_home"]


def test_a_correction_is_no_second_deed() -> None:
    assert all_counted(entered(scored("moaas"), corrects=BEFORE[-3].number)) == []


def test_a_moaas_says_how_the_patient_answered() -> None:
    assert is_moaas(scored("moaas"))
    assert not is_moaas(scored("rass"))


@pytest.mark.parametrize(("text", "doses"), [("5 mg", 1), ("5MG i.v.", 1), ("mgmt", 0), ("sleeps", 0)])
def test_a_note_with_milligrams_names_a_dose(text: str, doses: int) -> None:
    assert list(note_counts_as(deeds.Noted(text=text))).count("enter_dose") == doses


def paused(who: str) -> ActTaken:
    return ActTaken(number=1, at=0.0, act=Act.AUDIO_PAUSED, who=who)


def test_what_the_station_itself_does_is_nobodys_deed() -> None:
    assert alarms_count_as([paused("Anna"), paused("Anna")]) == ("pause_audio",)
    assert alarms_count_as([paused(STATION), paused("")]) == ()


def test_an_entry_that_stands_alone_says_only_that_it_was_entered() -> None:
    assert set(ENTERED) <= DONE_KEYS
    assert all(words.startswith("Enter ") for words in ENTERED.values())
