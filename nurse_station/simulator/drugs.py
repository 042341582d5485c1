"""The other drugs that a simulated patient may be given: a table, and what is acting of a dose.

Teaching approximations: the directions and times are those of practice, the sizes defaults without a source,
but for midazolam (2 mg: a band of MOAA/S for 45 minutes, a design default of the clinical facts).
Refuses to be a dose guide.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Drug:
    """One drug, given into a vein or by mouth.

    Attributes:
        key: The word in scenarios.
        name: For the screen.
        unit: Of a dose.
        usual: A dose that is commonly ordered.
        onset_s: Time constant of its coming to act.
        half_life_s: Of its acting.
        does: What a unit of it does, by `Acting`'s words.
    """

    key: str
    name: str
    unit: str
    usual: float
    onset_s: float
    half_life_s: float
    does: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """What all drugs together do now.

    Attributes:
        sedation: Bands of MOAA/S downward.
        drive: Part of the drive to breathe that is taken away.
        systolic: mmHg; diastolic pressure moves by half of it.
        heart_rate: /min.
        dilation: How far vessels give way to a high pressure: `relieved` says what is left of it.
        filling: mL that fill the vessels: `filled` says what a low pressure gains by it.
        antiemesis, calm, opioid_relief, benzodiazepine_relief: Part that is taken away of nausea, of
            agitation, and of what the patient came with; 0 to 1.
    """

    sedation: float = 0.0
    drive: float = 0.0
    systolic: float = 0.0
    heart_rate: float = 0.0
    dilation: float = 0.0
    filling: float = 0.0
    antiemesis: float = 0.0
    calm: float = 0.0
    opioid_relief: float = 0.0
    benzodiazepine_relief: float = 0.0


def _row(key: str, name: str, unit: str, usual: float, onset_min: float, half_life_min: float,
         **does: float) -> Drug:  # fmt: skip
    return Drug(key=key, name=name, unit=unit, usual=usual, onset_s=60 * onset_min,
                half_life_s=60 * half_life_min, does=MappingProxyType(does))  # fmt: skip


_ROWS = (
    _row("midazolam", "Midazolam", "mg", 2, 1.5, 45, sedation=0.5, drive=0.07, systolic=-1.5, calm=0.4),
    _row("ondansetron", "Ondansetron", "mg", 4, 5, 240, antiemesis=0.21),
    _row("fluid", "Crystalloid", "mL", 250, 5, 60, filling=1),
    _row("labetalol", "Labetalol", "mg", 10, 3, 150, dilation=0.0092, heart_rate=-0.3),
    _row("clonidine", "Clonidine", "mg", 0.1, 30, 480, systolic=-100, heart_rate=-40, sedation=2),
    _row("ephedrine", "Ephedrine", "mg", 6, 1, 20, systolic=2.5, heart_rate=1.2),
    _row("atropine", "Atropine", "mg", 0.5, 1, 40, heart_rate=50),
    _row("naloxone", "Naloxone", "mg", 0.1, 1, 40, opioid_relief=5),
    _row("flumazenil", "Flumazenil", "mg", 0.2, 1, 50, benzodiazepine_relief=4),
)

DRUGS = MappingProxyType({row.key: row for row in _ROWS})
_PARTS = ("antiemesis", "calm", "opioid_relief", "benzodiazepine_relief")
NONE_ACTING = Acting()


def acting(doses: Iterable[tuple[float, str, float]], at: float) -> Acting:
    """What is acting at `at` (seconds) of doses: (seconds, key of the drug, dose in its unit)."""
    total: dict[str, float] = {}
    for given, key, dose in doses:
        drug = DRUGS[key]
        present = dose * _left(drug, at - given)
        for effect, size in drug.does.items():
            total[effect] = total.get(effect, 0.0) + size * present
    return Acting(**{word: min(1.0, value) if word in _PARTS else value for word, value in total.items()})


def _left(drug: Drug, since_s: float) -> float:
    """The part of a dose that is acting: it comes with one time constant and goes with another."""
    coming, going = 1.0 / drug.onset_s, math.log(2.0) / drug.half_life_s
    if since_s <= 0:
        return 0.0
    return coming / (coming - going) * (math.exp(-going * since_s) - math.exp(-coming * since_s))
