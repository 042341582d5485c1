"""Which codes say in FHIR what is measured: LOINC beside the IEEE 11073-10101 codes of `vitals`. Tables only.

A parameter without a row has its MDC code only: an invasive pressure, say, has a LOINC code for each site,
and the station does not know the site.
"""

from collections.abc import Mapping
from types import MappingProxyType

MDC, LOINC, UCUM = "urn:iso:std:iso:11073:10101", "http://loinc.org", "http://unitsofmeasure.org"
SNOMED, RXNORM = "http://snomed.info/sct", "http://www.nlm.nih.gov/research/umls/rxnorm"
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
ENCOUNTER_CLASS = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"

LOINC_OF: Mapping[str, tuple[str, str]] = MappingProxyType({
    "hr": ("8867-4", "Heart rate"),
    "pr": ("8889-8", "Heart rate by Pulse oximetry"),
    "spo2": ("59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry"),
    "rr_co2": ("9279-1", "Respiratory rate"),
    "rr_imp": ("9279-1", "Respiratory rate"),
    "etco2": ("19891-1", "Carbon dioxide [Partial pressure] in Exhaled gas --at end expiration"),
    "nibp_sys": ("8480-6", "Systolic blood pressure"),
    "nibp_dia": ("8462-4", "Diastolic blood pressure"),
    "nibp_mean": ("8478-0", "Mean blood pressure"),
    **{f"temp{number}": ("8310-5", "Body temperature") for number in range(1, 5)},
})  # fmt: skip
"""Parameter -> LOINC code and its name."""

KETAMINE = ("6130", "ketamine")
"""RxNorm, the ingredient."""
INTRAVENOUS = ("47625008", "Intravenous route")
"""SNOMED CT."""
