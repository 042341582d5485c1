"""Who lies in the bed: a normal adult and the values of a quiet hour. Refuses illness and drugs."""

from dataclasses import dataclass
from enum import StrEnum

from nurse_station.simulator.chance import Stream


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"


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

    @classmethod
    def drawn(cls, seed: int) -> "Person":
        """The person of this seed: always the same one, and unlike the next seed's."""

        def normal(word: str, mean: float, sd: float, low: float, high: float) -> float:
            return Stream(seed, word).normal(mean, sd, low, high)

        def even(word: str, low: float, high: float) -> float:
            return Stream(seed, word).between(low, high)

        age = int(even("age", 20, 76))
        sex = Sex.FEMALE if even("sex", 0, 1) < 0.5 else Sex.MALE
        # Women's hearts at rest beat some 4 /min faster; systolic pressure rises with age.
        faster = 4.0 if sex is Sex.FEMALE else 0.0
        usual_kg, spread_kg = (69.0, 11.0) if sex is Sex.FEMALE else (83.0, 12.0)
        return cls(
            age=age,
            sex=sex,
            weight_kg=round(normal("weight", usual_kg, spread_kg, 45, 115), 1),
            heart_rate=normal("heart rate", 66 + faster, 7.5, 56, 84),
            respiratory_rate=normal("respiratory rate", 14, 1.5, 11, 17),
            systolic=normal("systolic", 112 + 0.2 * (age - 20), 7, 104, 138),
            diastolic=normal("diastolic", 72, 5, 60, 84),
            spo2=normal("spo2", 97.6, 0.4, 96.8, 98.4),
            etco2=normal("etco2", 38, 1.5, 35, 41),
            temperature=normal("temperature", 36.7, 0.2, 36.3, 37.1),
            sinus_arrhythmia=even("sinus arrhythmia", 0.7, 1.3) * max(0.02, 0.085 - 0.001 * age),
            pulse_strength=normal("pulse strength", 4.0, 1.2, 2.0, 6.5),
        )
