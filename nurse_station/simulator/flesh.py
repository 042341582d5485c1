"""One step of a body after the other: drug, mind, breath, gas, circulation, finger. Knows no asker.

The order within a step is the order of cause: what is in the blood, what the mind makes of it, whether a
breath comes of that, what the breath brings, what the heart does about it, and what a probe would see.
"""

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
    StopPump,
    Suction,
    Ventilate,
    Wear,
)
from nurse_station.simulator.airway import Airway
from nurse_station.simulator.befallen import Befallen
from nurse_station.simulator.breathing import DEAD_SPACE, Breathing, Effort
from nurse_station.simulator.consciousness import BY_HAND, BY_JAW, BY_VOICE, Consciousness
from nurse_station.simulator.drive import effort, wanted
from nurse_station.simulator.drugs import NONE_ACTING, acting
from nurse_station.simulator.finger import Finger
from nurse_station.simulator.gases import Gases, inspired
from nurse_station.simulator.heart import Heart
from nurse_station.simulator.ketamine import Ketamine
from nurse_station.simulator.person import Person
from nurse_station.simulator.response import Response
from nurse_station.simulator.slow import Slow
from nurse_station.simulator.tape import STEP_S, STEPS_A_SECOND
from nurse_station.simulator.vessels import Vessels

_PLACE = {Position.FLAT: -1.0, Position.RECLINED: 0.0, Position.UPRIGHT: 1.0}


class Flesh:
    """The state of one body, from `start` (seconds) on.

    Attributes:
        now: Seconds.
        breathing, heart: The breaths and beats that have been settled.
        befallen: What is on.
    """

    def __init__(self, person: Person, seed: int, response: Response, start: float) -> None:
        self._person, self._start, self._steps = person, start, 0
        self.now = start
        self.befallen = Befallen()
        self.breathing = Breathing(person, seed, start)
        self.gases = Gases(person)
        self._ketamine = Ketamine(person.weight_kg, response.clearance)
        self._consciousness = Consciousness(person, response)
        self._airway = Airway(sleep_apnoea=person.history.sleep_apnoea)
        self._vessels = Vessels(person, response)
        self.heart = Heart(seed, start, self._vessels.rate)
        self._finger = Finger(self.gases.sao2)
        self._slow = Slow(seed, start)
        self._doses: list[tuple[float, str, float]] = []
        self._drugs = NONE_ACTING
        self._oxygen = Oxygen()
        self._position = self._drive = self._ventilation = self._movement = 0.0
        self._leads = self._cannula = True
        self._temperature = person.temperature

    def act(self, act: Act) -> None:
        """Something is done to the body now."""
        match act:
            case SetPump() | StopPump() | Bolus() | Give() | Resite():
                self._give(act)
            case CallName() | Shake() | Reassure():
                self._speak(act)
            case JawThrust() | Ventilate() | Suction() | Oxygen():
                self._open(act)
            case Lay(position=position):
                self._position = _PLACE[position]
            case Wear(sensor=sensor, on=on):
                self._wear(sensor, on)
            case CuffOnProbeArm():
                self._finger.follow(act)
            case Befall(what=what, size=size, lasts_s=lasts_s):
                self.befallen.begin(what, size, lasts_s, self.now)
                self._airway.soiled |= what == "vomiting"
            case Relent(what=what):
                self.befallen.end(what, self.now)

    def advance(self) -> None:
        """Live a step."""
        slow = self._slow.at(self._steps)
        self.befallen.advance(self.now, STEP_S)
        self._flow()
        self._consciousness.advance(
            STEP_S, self._ketamine.mind, self._drugs, self.befallen,
            sao2=self.gases.sao2, systolic=self._vessels.systolic,
        )  # fmt: skip
        self._breathe(slow)
        self._circulate(slow)
        self._feel(slow)
        self._steps += 1
        self.now = self._start + self._steps * STEP_S

    def forget(self, before: float) -> None:
        """Drop the breaths and beats of long ago."""
        self.breathing.forget(before)
        self.heart.forget(before)

    def row(self) -> tuple[float, ...]:
        """The state in the order of `hidden.COLUMNS`."""
        drug, mind, gas, vessels, finger = (
            self._ketamine, self._consciousness, self.gases, self._vessels, self._finger,
        )  # fmt: skip
        return (
            drug.mg_h, drug.given_mg, drug.depot_mg, drug.plasma, drug.mind, drug.circulation,
            mind.sedation, mind.arousal, mind.moaas, mind.dissociation,
            mind.agitation, mind.nausea, mind.pain,
            self._drive, self._airway.patency, self._ventilation, self._fio2, gas.pao2, gas.paco2, gas.sao2,
            0.0 if vessels.arrested else vessels.rate, vessels.systolic, vessels.diastolic, vessels.perfusion,
            self._temperature, self._position, finger.worn, self._leads, self._cannula, finger.cuff,
            self._movement, finger.shown, finger.pulse_s,
        )  # fmt: skip

    @property
    def _fio2(self) -> float:
        return inspired(self._oxygen.l_min) if self._oxygen.fio2 is None else self._oxygen.fio2

    def _give(self, act: SetPump | StopPump | Bolus | Give | Resite) -> None:
        match act:
            case SetPump(mg_h=mg_h):
                self._ketamine.mg_h = mg_h
            case StopPump():
                self._ketamine.mg_h = 0.0
            case Bolus(mg=mg):
                self._ketamine.bolus(mg, self.befallen.level("infiltration"))
            case Give(drug=drug, dose=dose):
                self._doses.append((self.now, drug, dose))
            case Resite():
                self.befallen.end("infiltration", self.now)

    def _speak(self, act: CallName | Shake | Reassure) -> None:
        match act:
            case CallName():
                self._consciousness.stimulate(BY_VOICE)
            case Shake():
                self._consciousness.stimulate(BY_HAND)
            case Reassure():
                self._consciousness.reassure()

    def _open(self, act: JawThrust | Ventilate | Suction | Oxygen) -> None:
        match act:
            case JawThrust(on=on):
                self._airway.held = on
                if on:
                    self._consciousness.stimulate(BY_JAW)
            case Ventilate(on=on):
                self._airway.bagged = on
            case Suction():
                self._airway.soiled = False
            case Oxygen():
                self._oxygen = act

    def _wear(self, sensor: Sensor, on: bool) -> None:
        match sensor:
            case Sensor.PROBE:
                self._finger.worn = on
            case Sensor.LEADS:
                self._leads = on
            case Sensor.CANNULA:
                self._cannula = on

    def _flow(self) -> None:
        """The pump runs at every step; what it gave spreads and what else was given acts by the second."""
        self._ketamine.pump(STEP_S, self.befallen.level("infiltration"))
        if self._steps % STEPS_A_SECOND == STEPS_A_SECOND - 1:
            self._ketamine.spread(1.0)
            self._drugs = acting(self._doses, self.now) if self._doses else NONE_ACTING

    def _breathe(self, slow: dict[str, float]) -> None:
        roused = self._consciousness.arousal
        self._airway.advance(
            self.now, STEP_S, self.befallen,
            roused=roused, moaas=self._consciousness.moaas, upright=self._position > 0,
        )  # fmt: skip
        self._drive = wanted(
            self._person.history, self._drugs, self.befallen, ketamine_ng_ml=self._ketamine.circulation,
            co2_above=self.gases.tissue_above, roused=roused, agitation=self._consciousness.agitation,
            systolic=self._vessels.systolic,
        )  # fmt: skip
        self.breathing.advance(self.now, self.now + STEP_S, self._effort(slow))
        moved = self._ventilated(*self.breathing.moved(self.now + STEP_S / 2))
        # A breath that begins in the second half of a step is no pause.
        begins = self.breathing.ends > self.now + STEP_S
        self._ventilation = self._ventilated(*self.breathing.last()) if begins else moved
        self.gases.advance(
            STEP_S, moved * self.gases.resting_ventilation, self._fio2, self._vessels.output,
            fico2=self.befallen.level("rebreathing"),
        )  # fmt: skip

    def _ventilated(self, rate: float, depth: float, air: float) -> float:
        """Alveolar, as a part of that at rest."""
        return max(0.0, depth * air - DEAD_SPACE) / (1.0 - DEAD_SPACE) * rate / self._person.respiratory_rate

    def _effort(self, slow: dict[str, float]) -> Effort:
        return effort(
            self._person.respiratory_rate, self._drive, self._airway, self.befallen, slow,
            etco2=self.gases.paco2 * (1.0 - 0.01 * min(6.0, self._oxygen.l_min)),
        )  # fmt: skip

    def _circulate(self, slow: dict[str, float]) -> None:
        self._vessels.advance(
            STEP_S, self._ketamine.circulation, self._drugs, self.befallen, slow, position=self._position,
            agitation=self._consciousness.agitation, co2_above=self.gases.paco2 - self.gases.resting_co2,
            sao2=self.gases.sao2,
        )  # fmt: skip
        breathed = 1.0 + self._person.sinus_arrhythmia * (2.0 * self.breathing.fullness(self.now) - 1.0)
        self.heart.advance(
            self.now + STEP_S,
            self._vessels.rate * breathed,
            self.befallen.level("ectopy"),
            self._vessels.arrested,
        )

    def _feel(self, slow: dict[str, float]) -> None:
        self._temperature = self._person.temperature + 0.2 * slow["temperature"]
        restless = 0.15 * self._consciousness.agitation
        self._movement = max(
            restless, self.befallen.level("movement"), 0.25 * self.befallen.level("vomiting")
        )
        self._finger.advance(self.now, self.gases.sao2, self._vessels.perfusion, self._movement)
