"""What is true of a simulated patient, shown or not: for instructor and debrief, not for the trainee."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """The state of a body.

    Attributes:
        at: Seconds since the patient's beginning.
        befallen: Keys of what is on or fading (`happenings.HAPPENINGS`).
        pump_mg_h: What the pump is set to.
        given_mg: Ketamine that has left the pump; `depot_mg` of it lies beside the vein.
        plasma, mind, circulation: Ketamine in plasma and at the two effect sites, ng/mL.
        sedation: Bands of MOAA/S that other drugs take.
        arousal: What is left of the last voice or hand, 0 to 1.
        moaas: 0 to 5.
        dissociation: 0 to 4.
        agitation: RASS above 0, 0 to 4; grade of hallucination as well, up to 3.
        nausea: Grade 0 to 3.
        pain: 0 to 10.
        drive: To breathe, 1: at rest.
        patency: Of the airway, 1: open.
        ventilation: Alveolar, as a part of that at rest, now.
        fio2: Inspired part of oxygen.
        pao2, paco2: Alveolar oxygen and arterial CO2, mmHg.
        sao2: True arterial saturation, %.
        heart_rate: /min; 0 in asystole.
        systolic, diastolic: mmHg.
        perfusion: Pulse of the finger, 1: at rest.
        temperature: Degrees Celsius.
        position: -1 flat, 0 reclined, 1 upright.
        probe, leads, cannula: 1 worn, 0 off.
        cuff: 1 while it closes the arm of the probe.
        movement: 0 to 1.
        finger: What the oximeter makes of the saturation, %: late and averaged.
        pulse_s: For how long it has had a pulse, seconds; a short loss is bridged.
    """

    at: float
    befallen: frozenset[str]
    pump_mg_h: float
    given_mg: float
    depot_mg: float
    plasma: float
    mind: float
    circulation: float
    sedation: float
    arousal: float
    moaas: float
    dissociation: float
    agitation: float
    nausea: float
    pain: float
    drive: float
    patency: float
    ventilation: float
    fio2: float
    pao2: float
    paco2: float
    sao2: float
    heart_rate: float
    systolic: float
    diastolic: float
    perfusion: float
    temperature: float
    position: float
    probe: float
    leads: float
    cannula: float
    cuff: float
    movement: float
    finger: float
    pulse_s: float


COLUMNS = tuple(field.name for field in fields(Hidden) if field.name not in ("at", "befallen"))
"""What the tape keeps of each step."""
PLACE = {name: place for place, name in enumerate(COLUMNS)}
