"""The bedside of a run: a body, the monitors on it, the pump, and what befalls them. No nurse, no screen."""

import copy
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from nurse_station.devices.registry import DRIVERS
from nurse_station.infusion.delivery import Delivery
from nurse_station.simulator import acts
from nurse_station.simulator.acts import Act
from nurse_station.simulator.body import Body
from nurse_station.simulator.disturbances import DisturbedEmulator
from nurse_station.simulator.hidden import Hidden
from nurse_station.simulator.person import Person
from nurse_station.simulator.replies import Question, Reply
from nurse_station.training import events
from nurse_station.training.day import EPOCH
from nurse_station.training.scenario import Begins, Patient, Scenario

AT_REST = ("hr", "spo2", "nibp_sys", "nibp_dia")
"""What a nurse measures before anything is given."""


class Later:
    """A body seen from a later second 0; satisfies `devices.contract.Patient`."""

    def __init__(self, body: Body, lead_s: float) -> None:
        self._body, self._lead_s = body, lead_s

    def numerics(self, at: float) -> dict[str, float | None]:
        """See `devices.contract.Patient.numerics`."""
        return self._body.numerics(at + self._lead_s)

    def wave(self, key: str, start: float, count: int, rate_hz: float) -> NDArray[np.float32]:
        """See `devices.contract.Patient.wave`."""
        return self._body.wave(key, start + self._lead_s, count, rate_hz)


class Bedside:
    """A patient, the monitors and the pump. Times are seconds of the run; the body has lived `lead_s` before.

    Attributes:
        lead_s: What was given until second 0 was given in so many seconds.
        body, patient: The body, whose second 0 is the run's `-lead_s`; the same as monitors see it.
        lines: What can be done to each monitor of the scenario, in its order: cable, power, noise.
        pump_ml_h: What the pump shows; 0: it stands.
    """

    def __init__(self, scenario: Scenario, seed: int) -> None:
        begins = scenario.begins
        self.lead_s = 60.0 * (begins.minutes_in + (begins.recovering_min or 0.0))
        self.body = Body(_person(scenario.patient, seed), seed)
        self.patient = Later(self.body, self.lead_s)
        self.lines = tuple(DisturbedEmulator(DRIVERS[key], self.patient, seed) for key in scenario.monitors)
        self.pump_ml_h = 0.0

    def at_rest(self) -> Mapping[str, float]:
        """What a nurse measured before anything was given."""
        rest = self.body.numerics(0.0)
        return {key: round(value) for key in AT_REST if (value := rest.get(key)) is not None}

    def lead_in(self, begins: Begins, delivery: Delivery | None, pump_ml_h: float) -> None:
        """What was given before second 0, and what the pump shows then."""
        for at, mg_h in delivery.rates() if delivery is not None else ():
            self.body.act(acts.SetPump(mg_h=mg_h), at - EPOCH + self.lead_s)
        if begins.oxygen_l_min:
            self.body.act(acts.Oxygen(l_min=begins.oxygen_l_min), 0.0)
        self.pump_ml_h = pump_ml_h

    def hidden(self, now: float) -> Hidden:
        """What is true of the body."""
        return self.body.hidden(now + self.lead_s)

    def numerics(self, now: float) -> dict[str, float | None]:
        """What hands and a cuff would measure."""
        return self.body.numerics(now + self.lead_s)

    def ask(self, question: Question, now: float) -> Reply:
        """What the patient says and does."""
        return self.body.reply(question, now + self.lead_s)

    def act(self, act: Act, now: float) -> None:
        """Something is done to the body."""
        self.body.act(act, now + self.lead_s)
        if isinstance(act, acts.StopPump):
            self.pump_ml_h = 0.0

    def set_pump(self, ml_h: float, strength_mg_ml: float, now: float) -> None:
        """Somebody sets the pump, or it sets itself."""
        self.pump_ml_h = ml_h
        self.act(acts.SetPump(mg_h=ml_h * strength_mg_ml), now)

    def befall(self, deed: events.Deed, strength_mg_ml: float, now: float) -> None:
        """Something of the table `events` happens."""
        act = events.body_act(deed, now + self.lead_s)
        if act is not None:
            self.act(act, now)
        if deed.kind == "pump":
            self.set_pump(deed.numbers["ml_h"], strength_mg_ml, now)
        for line in self.lines:
            _disturb(line, deed, now)

    def plug_in(self) -> None:
        """Every cable is followed and in its place, every monitor takes values again."""
        for line in self.lines:
            line.plug_in()
            line.thaw()
            line.spoil(0.0)

    def copied(self) -> "Bedside":
        """The same bedside at the same moment, to be led another way from here. Drivers are shared."""
        shared = {id(driver): driver for driver in DRIVERS.values()}
        return copy.deepcopy(self, shared)


def _disturb(line: DisturbedEmulator, deed: events.Deed, now: float) -> None:
    match deed.kind:
        case "pull_cable":
            line.pull_cable()
        case "freeze":
            line.freeze(now)
        case "restart_monitor":
            line.restart(now)
        case "noise":
            line.spoil(deed.numbers["share"])
        case _:
            pass


def _person(who: Patient, seed: int) -> Person:
    return Person.drawn(seed, age=who.age, sex=who.sex, weight_kg=who.weight_kg, history=who.history)
