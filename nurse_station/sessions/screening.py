"""The questions before an infusion, as a table. A clinic's list of contraindications; it decides nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. `yes` is what needs a look.

    Attributes:
        key: The word in the record.
        asks: As it is asked.
        absolute: A yes lets nobody start without a licensed prescriber's override.
    """

    key: str
    asks: str
    absolute: bool = False


# Cohen et al. 2018 (consensus guideline), Cleveland Clinic patient page, esketamine safety information.
_ROWS = (
    Question(key="psychosis", asks="Schizophrenia, psychosis or mania?", absolute=True),
    Question(key="arrhythmia", asks="Heart rhythm problems?", absolute=True),
    Question(key="heart", asks="Angina, heart failure or poorly controlled heart disease?", absolute=True),
    Question(key="hypertension", asks="High blood pressure that is not controlled?", absolute=True),
    Question(key="aneurysm", asks="Aneurysm, vessel malformation or bleeding in the brain?", absolute=True),
    Question(key="pressure", asks="Raised pressure in the head or the eye, glaucoma?", absolute=True),
    Question(key="liver", asks="Severe liver disease?", absolute=True),
    Question(key="pregnancy", asks="Pregnant or breast-feeding?", absolute=True),
    Question(key="substances", asks="Active substance use?", absolute=True),
    Question(key="reaction", asks="A bad reaction to ketamine before, or an allergy to it?", absolute=True),
    Question(key="apnoea", asks="Sleep apnoea?"),
    Question(key="thyroid", asks="Overactive thyroid, porphyria or seizures?"),
    Question(key="drugs", asks="Benzodiazepines, opioids, clonidine, MAO inhibitors or stimulants today?"),
    Question(key="bladder", asks="Pain or frequency when passing water?"),
    Question(key="fasting", asks="Ate or drank against the clinic's rule?"),
    Question(key="side_effects", asks="Side effects since the last infusion?"),
)
QUESTIONS: Mapping[str, Question] = MappingProxyType({row.key: row for row in _ROWS})
"""Every question, in the order of the form."""
