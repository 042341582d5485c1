"""Who lies in the bed: the values of a quiet hour, and what an anaesthetist asks about. Gives no drug."""

from dataclasses import dataclass
from enum import StrEnum

from nurse_station.simulator.chance import Stream


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"


_WEIGHT_KG = {Sex.FEMALE: (69.0, 11.0), Sex.MALE: (83.0, 12.0)}


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What a person brings to the bed, beyond the values of a quiet hour. Sizes of effect are defaults.

    Attributes:
        asa: Class of the American Society of Anesthesiologists, 1 to 4; to be read, nothing follows from it.
        hypertension: Adds to the pressures at rest and to what ketamine does to them.
        sleep_apnoea: The airway narrows by itself from MOAA/S 3 on.
        obese: Functional residual capacity 1.3 L and oxygen uptake 300 mL/min, as 70 kg.
        opioid: An opioid is on board: less drive to breathe.
        benzodiazepine: One is on board: sedation adds to it.
        anxiety: 0 to 10.
        pain: 0 to 10 on the first day, before the drug.
        day: Of the course, from 1.
        responder: Whether the pain goes down from day to day; 67 of 100 did under the drug (Dahan 2011).
    """

    asa: int = 1
    hypertension: bool = False
    sleep_apnoea: bool = False
    obese: bool = False
    opioid: bool = False
    benzodiazepine: bool = False
    anxiety: float = 0.0
    pain: float = 0.0
    day: int = 1
    responder: bool = True

    @classmethod
    def drawn(cls, seed: int, *, day: int = 1) -> "History":
        """One of a pain clinic's patients; the shares are defaults without a source, but for `responder`."""

        def even(word: str) -> float:
            return Stream(seed, word).between(0, 1)

        hypertension, sleep_apnoea = even("hypertension") < 0.25, even("sleep apnoea") < 0.12
        ill = hypertension or sleep_apnoea
        return cls(
            asa=3 if ill and even("asa") < 0.3 else 2 if ill or even("asa") < 0.6 else 1,
            hypertension=hypertension,
            sleep_apnoea=sleep_apnoea,
            obese=sleep_apnoea and even("obese") < 0.5,
            opioid=even("opioid") < 0.3,
            benzodiazepine=even("benzodiazepine") < 0.12,
            anxiety=round(8.0 * even("anxiety") ** 1.5, 1),
            pain=round(5.0 + 4.0 * even("pain"), 1),
            day=day,
            responder=even("responder") < 0.67,
        )


NOTHING_KNOWN = History()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One adult, awake and at rest.

    Attributes:
        age: Years, 20 to 75.
        sex: Female or male.
        weight_kg: 45 to 115.
        heart_rate: /min, 56 to 84.
        respiratory_rate: /min, 11 to 17.
        systolic: mmHg, 104 to 138.
        diastolic: mmHg, 60 to 84.
        spo2: %, 96.8 to 98.4.
        etco2: mmHg, 35 to 41.
        temperature: Degrees Celsius, 36.3 to 37.1.
        sinus_arrhythmia: How far breathing moves the heart rate, as a part of it; fades with age.
        pulse_strength: Peak to foot of the pleth, %.
        history: What is known of them besides; the values above are without what it adds.
    """

    age: int
    sex: Sex
    weight_kg: float
    heart_rate: float
    respiratory_rate: float
    systolic: float
    diastolic: float
    spo2: float
    etco2: float
    temperature: float
    sinus_arrhythmia: float
    pulse_strength: float
    history: History = NOTHING_KNOWN

    @classmethod
    def drawn(
        cls,
        seed: int,
        *,
        age: int | None = None,
        sex: Sex | None = None,
        weight_kg: float | None = None,
        history: History = NOTHING_KNOWN,
    ) -> "Person":
        """The person of this seed: always the same one, and unlike the next seed's. What is given is kept."""

        def normal(word: str, mean: float, sd: float, low: float, high: float) -> float:
            return Stream(seed, word).normal(mean, sd, low, high)

        def even(word: str, low: float, high: float) -> float:
            return Stream(seed, word).between(low, high)

        age = int(even("age", 20, 76)) if age is None else age
        if sex is None:
            sex = Sex.FEMALE if even("sex", 0, 1) < 0.5 else Sex.MALE
        if weight_kg is None:
            usual_kg, spread_kg = _WEIGHT_KG[sex]
            weight_kg = round(normal("weight", usual_kg, spread_kg, 45, 115), 1)
        # Women's hearts at rest beat some 4 /min faster; systolic pressure rises with age.
        faster = 4.0 if sex is Sex.FEMALE else 0.0
        return cls(
            age=age,
            sex=sex,
            weight_kg=weight_kg,
            heart_rate=normal("heart rate", 66 + faster, 7.5, 56, 84),
            respiratory_rate=normal("respiratory rate", 14, 1.5, 11, 17),
            systolic=normal("systolic", 112 + 0.2 * (min(age, 90) - 20), 7, 104, 138),
            diastolic=normal("diastolic", 72, 5, 60, 84),
            spo2=normal("spo2", 97.6, 0.4, 96.8, 98.4),
            etco2=normal("etco2", 38, 1.5, 35, 41),
            temperature=normal("temperature", 36.7, 0.2, 36.3, 37.1),
            sinus_arrhythmia=even("sinus arrhythmia", 0.7, 1.3) * max(0.02, 0.085 - 0.001 * age),
            pulse_strength=normal("pulse strength", 4.0, 1.2, 2.0, 6.5),
            history=history,
        )
