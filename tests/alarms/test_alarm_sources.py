"""Values of several monitors in one engine: a change of monitor is no jump, ends nothing, voids nothing."""

from dataclasses import replace

import pytest

from nurse_station.alarms.bedside import UNHEARD
from nurse_station.alarms.commands import Acknowledge, ExpectMonitor, SetFault, SetPhase
from nurse_station.alarms.lifecycle import State
from nurse_station.alarms.trace import SETTLES_S
from nurse_station.alarms.words import Fault, Phase, Priority
from nurse_station.vitals.readings import FrameAccepted
from tests.alarms.bed import Bed, reading

LOW = Priority.LOW


def hold(bed: Bed, seconds: float, source: str, **values: float | None) -> None:
    """A monitor says this once a second."""
    for _ in range(round(seconds)):
        said = [replace(reading(key, value, bed.now), source=source) for key, value in values.items()]
        bed.hear([FrameAccepted(at=bed.now, size=1), *said])
        bed.wait(1)


def test_a_step_from_one_monitor_to_another_is_not_doubted() -> None:
    bed = Bed()
    hold(bed, 3, "masimo", spo2=97)
    hold(bed, 4, "ge", spo2=50)
    assert bed.state("spo2_desaturation") is State.ACTIVE
    assert not bed.events("implausible")


def test_the_first_values_of_another_monitor_end_no_alarm() -> None:
    bed = Bed()
    hold(bed, 10, "masimo", spo2=80)
    hold(bed, SETTLES_S, "ge", spo2=97)
    assert bed.state("spo2_desaturation") is State.ACTIVE
    hold(bed, 5, "ge", spo2=97)
    assert bed.state("spo2_desaturation") is State.LATCHED


def test_a_monitor_that_was_always_the_one_ends_its_alarm_as_before() -> None:
    bed = Bed()
    hold(bed, 10, "masimo", spo2=80)
    hold(bed, 5, "masimo", spo2=97)
    assert bed.state("spo2_desaturation") is State.LATCHED


@pytest.mark.parametrize("key", ["spo2_off", "spo2_no_sensor"])
def test_a_probe_that_is_off_voids_the_saturation(key: str) -> None:
    bed = Bed()
    bed.say(spo2=80)
    bed.hear([bed.device(key)])
    hold(bed, 20, "test", spo2=80)
    assert bed.state("spo2_desaturation") is State.INACTIVE
    assert bed.state("sensor_off") is State.ACTIVE


@pytest.mark.parametrize(("key", "condition"), [("apnoea", "apnoea"), ("asystole", "asystole")])
def test_what_a_lost_monitor_reported_is_unresolved_until_it_is_heard_again(key: str, condition: str) -> None:
    bed = Bed()
    hold(bed, 3, "ge", hr=70)
    bed.hear([bed.device(key)])
    hold(bed, 3, "ge", hr=70)
    bed.hear([replace(bed.device(key), detail=UNHEARD)])
    hold(bed, 60, "ge", hr=70)
    assert bed.state(condition) is State.UNRESOLVED
    bed.hear([bed.device(key)])
    assert bed.state(condition) is State.ACTIVE
    bed.hear([bed.device(key, active=False)])
    hold(bed, 5, "ge", hr=70)
    assert bed.state(condition) is State.LATCHED


def test_breath_by_the_chest_ends_no_apnoea_of_a_lost_capnometer() -> None:
    bed = Bed()
    hold(bed, 3, "ge", rr_imp=12)
    bed.hear([bed.device("no_breath")])
    hold(bed, 25, "ge", rr_imp=12)
    assert bed.state("apnoea") is State.ACTIVE
    bed.hear([replace(bed.device("no_breath"), detail=UNHEARD)])
    hold(bed, 30, "ge", rr_imp=12)
    assert bed.state("apnoea") is State.UNRESOLVED


def test_of_what_a_disconnected_monitor_measured_nothing_is_expected() -> None:
    bed = Bed()
    hold(bed, 3, "ge", hr=70, etco2=38)
    bed.do(ExpectMonitor(expected=True, who="nurse", keeps=frozenset({"hr"})))
    hold(bed, 40, "ge", hr=70)
    assert bed.active() == set()


@pytest.mark.parametrize(
    ("fault", "condition"),
    [(Fault.SOURCE_FALLBACK, "source_fallback"), (Fault.CONTRADICTION, "contradiction"),
     (Fault.LINE_LOST, "link_lost")],
)  # fmt: skip
def test_an_alarm_between_monitors_says_what_it_is_about_now(fault: Fault, condition: str) -> None:
    bed = Bed()
    for about in (("spo2@GE",), ("spo2@GE", "etco2@Masimo")):
        bed.do(SetFault(fault=fault, present=True, detail="why", about=about))
        hold(bed, 5, "ge", hr=70)
        status = bed.status(condition)
        assert status is not None
        assert status.detail == about
    bed.do(SetFault(fault=fault, present=False))
    hold(bed, 5, "ge", hr=70)
    assert condition not in bed.active()


@pytest.mark.parametrize("fault", [Fault.SOURCE_FALLBACK, Fault.CONTRADICTION])
def test_between_monitors_alarms_are_low(fault: Fault) -> None:
    bed = Bed()
    bed.do(SetFault(fault=fault, present=True, about=("spo2@GE",)))
    assert bed.priority(fault.value) is LOW


@pytest.mark.hazard("H-01")
def test_one_lost_monitor_of_several_does_not_hide_a_probe_that_is_off_at_another() -> None:
    bed = Bed()
    bed.do(SetPhase(phase=Phase.INFUSING, who="x"))
    hold(bed, 3, "ge", spo2=97)
    bed.do(SetFault(fault=Fault.LINE_LOST, present=True, about=("line_lost@Capnostream",)))
    hold(bed, 6, "ge", spo2=97)
    bed.do(Acknowledge(who="x"))
    hold(bed, 12, "ge", spo2=None)
    status = bed.status("sensor_off")
    assert status is not None
    assert (status.visible, status.hidden_by, status.priority) == (True, "", Priority.MEDIUM)
    sound = bed.engine.sound()
    assert sound is not None
    assert sound.condition == "sensor_off"


def test_with_every_monitor_of_several_lost_the_link_alone_is_told() -> None:
    bed = Bed()
    hold(bed, 3, "ge", spo2=97)
    bed.do(SetFault(fault=Fault.LINE_LOST, present=True, about=("line_lost@GE", "line_lost@Capnostream")))
    bed.wait(40)
    assert {status.condition for status in bed.engine.statuses() if status.visible} == {"link_lost"}


@pytest.mark.hazard("H-03")
def test_the_loss_of_a_second_monitor_sounds_though_that_of_the_first_was_acknowledged() -> None:
    bed = Bed()
    bed.do(SetPhase(phase=Phase.INFUSING, who="x"))
    hold(bed, 3, "ge", spo2=97)
    bed.do(SetFault(fault=Fault.LINE_LOST, present=True, about=("line_lost@Capnostream",)))
    hold(bed, 6, "ge", spo2=97)
    bed.do(Acknowledge(who="x"))
    assert bed.engine.sound() is None
    bed.do(SetFault(fault=Fault.LINE_LOST, present=True, about=("line_lost@GE", "line_lost@Capnostream")))
    bed.wait(4.5)
    sound = bed.engine.sound()
    assert sound is not None
    assert (sound.condition, sound.priority) == ("link_lost", Priority.HIGH)


@pytest.mark.hazard("H-01")
def test_a_probe_that_is_off_sounds_though_the_cannula_s_alarm_was_acknowledged() -> None:
    bed = Bed()
    bed.do(SetPhase(phase=Phase.INFUSING, who="x"))
    hold(bed, 3, "ge", spo2=97, etco2=38)
    hold(bed, 12, "ge", spo2=97, etco2=None)
    bed.do(Acknowledge(who="x"))
    hold(bed, 60, "ge", spo2=97, etco2=None)
    assert bed.engine.sound() is None
    hold(bed, 5, "ge", spo2=None, etco2=None)  # no longer than the delay
    hold(bed, 5, "ge", spo2=97, etco2=None)
    assert bed.engine.sound() is None
    hold(bed, 11, "ge", spo2=None, etco2=None)
    sound = bed.engine.sound()
    assert sound is not None
    assert (sound.condition, sound.priority) == ("sensor_off", Priority.MEDIUM)
    status = bed.status("sensor_off")
    assert status is not None
    assert set(status.detail) == {"spo2", "co2"}
