"""What goes wrong between patient and station, seen by each family's own decoder."""

import pytest

from nurse_station.devices.contract import Driver, Event
from nurse_station.devices.registry import DRIVERS
from nurse_station.simulator.acts import Befall, Sensor, Wear
from nurse_station.simulator.body import Body
from nurse_station.simulator.disturbances import RESTART_S, DisturbedEmulator
from nurse_station.simulator.person import Person
from nurse_station.vitals.readings import FrameAccepted, FrameRefused, Reading

START = 100.0
every_family = pytest.mark.parametrize("driver", DRIVERS.values(), ids=DRIVERS)


class Room:
    """A body, its disturbed monitor and the station's end of the line."""

    def __init__(self, driver: Driver, seed: int = 1) -> None:
        self.body = Body(Person.drawn(seed), seed)
        self.monitor = DisturbedEmulator(driver, self.body, seed)
        self._decoder = driver.decoder()
        self._conversation = driver.conversation(self._decoder)
        self.now = START
        self.monitor.receive(self._conversation.opened(self.now), self.now)
        self._frame_at: float | None = None

    def live(self, seconds: float) -> list[Event]:
        """What the decoder gave in so many seconds."""
        events: list[Event] = []
        until = self.now + seconds
        while self.now < until:
            self.now += 0.25
            heard = self._decoder.feed(self.monitor.emit(self.now), self.now)
            events += heard
            if any(isinstance(event, FrameAccepted) for event in heard):
                self._frame_at = self.now
            self.monitor.receive(self._conversation.tick(self.now, self._frame_at), self.now)
        return events


def last(events: list[Event], parameter: str) -> float | None:
    values = [event.value for event in events if isinstance(event, Reading) and event.parameter == parameter]
    return values[-1] if values else None


def pulse(events: list[Event]) -> float | None:
    rate = last(events, "hr")
    return last(events, "pr") if rate is None else rate


def frames(events: list[Event]) -> int:
    return sum(isinstance(event, FrameAccepted) for event in events)


@every_family
def test_what_befalls_the_body_arrives_through_the_monitors_own_bytes(driver: Driver) -> None:
    room = Room(driver)
    before = pulse(room.live(20))
    room.body.act(Befall(what="tachycardia"), room.now - START)
    after = pulse(room.live(40))
    assert before is not None
    assert before < 95
    assert after == pytest.approx(142, abs=8)


@every_family
def test_a_pulled_cable_is_silence_and_the_monitor_goes_on(driver: Driver) -> None:
    room = Room(driver)
    assert frames(room.live(15)) > 0
    room.monitor.pull_cable()
    assert room.live(10) == []
    room.monitor.plug_in()
    assert frames(room.live(20)) > 0


@every_family
def test_a_frozen_monitor_sends_on_with_values_that_stand(driver: Driver) -> None:
    room = Room(driver)
    before = pulse(room.live(20))
    room.monitor.freeze(room.now)
    room.body.act(Befall(what="tachycardia"), room.now - START)
    frozen = room.live(40)
    assert frames(frozen) > 0
    assert pulse(frozen) == pytest.approx(before, abs=3)
    room.monitor.thaw()
    assert pulse(room.live(20)) == pytest.approx(142, abs=8)


@every_family
def test_a_restarted_monitor_is_dark_and_comes_back_to_the_same_patient(driver: Driver) -> None:
    room = Room(driver)
    room.live(20)
    room.body.act(Befall(what="tachycardia"), room.now - START)
    room.monitor.restart(room.now)
    assert frames(room.live(RESTART_S - 1)) == 0
    assert pulse(room.live(40)) == pytest.approx(142, abs=8)


@every_family
def test_the_wrong_patients_monitor_shows_the_wrong_patient(driver: Driver) -> None:
    room = Room(driver)
    room.live(20)
    other = Body(Person.drawn(9), 9)
    other.act(Befall(what="tachycardia", lasts_s=600), 0)
    room.monitor.attach(other)
    assert pulse(room.live(20)) == pytest.approx(142, abs=8)
    room.monitor.attach(room.body)
    assert pulse(room.live(20)) == pytest.approx(room.body.numerics(60)["hr"], abs=6)


@pytest.mark.parametrize("key", [key for key, driver in DRIVERS.items() if driver.checksum])
def test_noise_on_the_line_is_refused_where_there_is_a_checksum(key: str) -> None:
    room = Room(DRIVERS[key])
    room.live(5)
    room.monitor.spoil(0.02)
    refused = [event for event in room.live(20) if isinstance(event, FrameRefused)]
    assert refused


def test_noise_does_not_hang_on_how_the_bytes_were_split() -> None:
    def sent(step: float) -> bytes:
        monitor = DisturbedEmulator(DRIVERS["masimo-ascii1"], Body(Person.drawn(1), 1), 1)
        monitor.spoil(0.05)
        monitor.emit(START)
        return b"".join(monitor.emit(START + step * (number + 1)) for number in range(int(20 / step)))

    assert sent(0.5) == sent(2.5)


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_no_more_than_every_byte_is_spoilt(share: float) -> None:
    with pytest.raises(ValueError, match="0 to 1"):
        DisturbedEmulator(DRIVERS["masimo-ascii1"], Body(Person.drawn(1), 1), 1).spoil(share)


@every_family
def test_a_probe_that_is_off_shows_no_saturation(driver: Driver) -> None:
    room = Room(driver)
    room.live(15)
    room.body.act(Wear(sensor=Sensor.PROBE, on=False), room.now - START)
    assert last(room.live(20), "spo2") is None


@every_family
@pytest.mark.parametrize("what", ["asystole", "deep_apnoea", "pressor"])
def test_no_extreme_of_the_body_is_more_than_the_monitor_can_say(driver: Driver, what: str) -> None:
    room = Room(driver)
    room.body.act(Befall(what=what, lasts_s=200), 5)
    heard = room.live(30)
    assert frames(heard) > 0
    assert [event for event in heard if isinstance(event, FrameRefused)] == []
