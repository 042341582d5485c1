"""A simulated patient who stops breathing: the monitor itself says so, 20 s after the last breath."""

import pytest

from nurse_station.devices.registry import DRIVERS
from nurse_station.simulator.acts import Befall, Sensor, Wear
from nurse_station.simulator.body import Body
from nurse_station.simulator.person import Person
from nurse_station.vitals.readings import DeviceCondition

STOPS_AT, LASTS_S = 30, 75
FAMILIES = pytest.mark.parametrize("family", ["ge-s5-dri", "capnostream"])


def told(family: str, body: Body) -> list[DeviceCondition]:
    """What the decoder says of apnoea, a look a second."""
    driver = DRIVERS[family]
    decoder, emulator = driver.decoder(), driver.emulator(body, 1)
    conversation = driver.conversation(decoder)
    emulator.receive(conversation.opened(0.0), 0.0)
    events = [event for second in range(1, LASTS_S + 1)
              for event in decoder.feed(emulator.emit(float(second)), float(second))]  # fmt: skip
    return [each for each in events if isinstance(each, DeviceCondition) and each.key == "apnoea"]


@FAMILIES
def test_the_monitor_itself_reports_an_apnoea_20_s_after_the_last_breath(family: str) -> None:
    body = Body(Person.drawn(3), 3)
    body.act(Befall(what="deep_apnoea"), STOPS_AT)
    first = next(each.at for each in told(family, body) if each.active)
    assert STOPS_AT + 14 <= first <= STOPS_AT + 26  # the last breath may have begun before or just run on


@FAMILIES
def test_who_breathes_gives_no_apnoea(family: str) -> None:
    assert not [each for each in told(family, Body(Person.drawn(3), 3)) if each.active]


@FAMILIES
def test_a_cannula_that_is_off_is_no_apnoea(family: str) -> None:
    body = Body(Person.drawn(3), 3)
    body.act(Wear(sensor=Sensor.CANNULA, on=False), STOPS_AT)
    assert not [each for each in told(family, body) if each.active]
