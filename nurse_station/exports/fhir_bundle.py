"""A session as one FHIR R4 bundle: patient, encounter, monitors, what they measured and what was given.

Of each parameter the bundle has every value of every second (SampledData, "E" where there is none) and, for
systems that read single values only, the last one of each minute. A de-identified one counts its times from
the first second of the year 2000 and has no patient's words in it. Waves are left to EDF.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from nurse_station import __version__
from nurse_station.exports import fhir_codes as codes
from nurse_station.exports.content import Content, Dose
from nurse_station.sessions.deeds import Patient
from nurse_station.vitals.parameters import PARAMETERS
from nurse_station.vitals.readings import Quality, Reading

NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
MINUTE_S = 60

SIMULATED = {"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "HTEST",
             "display": "test health data"}  # fmt: skip
"""Every resource of a simulated session says so."""

Resource = dict[str, Any]
Values = dict[tuple[str, str], dict[int, Reading]]


def fhir_bundle(content: Content) -> Resource:
    """The bundle, plain values as JSON has them."""
    subject = _Subject(content)
    resources = [
        subject.patient(), subject.encounter(), *subject.devices(), *subject.observations(),
        *subject.administrations(),
    ]  # fmt: skip
    tags = {"tag": [SIMULATED]} if content.simulated else {}
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "meta": {"source": f"urn:nurse-station:{__version__}", **tags},
        "timestamp": subject.time(content.seconds),
        "entry": [
            {"fullUrl": f"urn:uuid:{each['id']}", "resource": each | _meta(tags)} for each in resources
        ],
    }


@dataclass(frozen=True, slots=True)
class _Subject:
    """The resources of one session; each refers to the patient and the encounter."""

    content: Content

    def time(self, t: float) -> str:
        return ((self.content.start or NO_DATE) + timedelta(seconds=t)).isoformat(timespec="milliseconds")

    def id_of(self, *words: object) -> str:
        """The same for the same thing of the same export; of a random one when the identity is random."""
        return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(map(str, (*self.content.identity, *words)))))

    def refer(self, *words: object) -> Resource:
        return {"reference": f"urn:uuid:{self.id_of(*words)}"}

    def patient(self) -> Resource:
        session = self.content.session
        known = {} if session is None or session.patient is None else _who(session.patient)
        return {"resourceType": "Patient", "id": self.id_of("patient"), **known}

    def encounter(self) -> Resource:
        period = {"start": self.time(0.0)}
        if self.content.ended:
            period["end"] = self.time(self.content.seconds)
        place = {"location": [{"location": {"display": self.content.bed}}]} if self.content.bed else {}
        return {
            "resourceType": "Encounter", "id": self.id_of("encounter"),
            "status": "finished" if self.content.ended else "in-progress",
            "identifier": [{"system": "urn:nurse-station:session", "value": self.content.identity[0]}],
            "class": {"system": codes.ENCOUNTER_CLASS, "code": "AMB", "display": "ambulatory"},
            "subject": self.refer("patient"), "period": period, **place,
        }  # fmt: skip

    def devices(self) -> list[Resource]:
        sources = dict.fromkeys(reading.source for _, reading in self.content.readings())
        return [
            {"resourceType": "Device", "id": self.id_of("device", source), "status": "active",
             "deviceName": [{"name": source, "type": "model-name"}],
             "type": {"text": "Bedside patient monitor"}}
            for source in sources
        ]  # fmt: skip

    def observations(self) -> Iterator[Resource]:
        for (parameter, source), values in _seconds(self.content).items():
            known = PARAMETERS.get(parameter)
            if known is None or not any(reading.value is not None for reading in values.values()):
                continue
            yield self._sampled(parameter, source, values)
            yield from self._single(parameter, source, values)

    def _sampled(self, parameter: str, source: str, values: dict[int, Reading]) -> Resource:
        first, last = min(values), max(values)
        data = " ".join(_sample(values.get(second)) for second in range(first, last + 1))
        sampled = {
            "origin": {"value": 0, "unit": PARAMETERS[parameter].unit_shown, **_ucum(parameter)},
            "period": 1000, "dimensions": 1, "data": data,
        }  # fmt: skip
        period = {"start": self.time(first), "end": self.time(last + 1)}
        return {**self._observation(parameter, source, "all"), "effectivePeriod": period,
                "valueSampledData": sampled}  # fmt: skip

    def _single(self, parameter: str, source: str, values: dict[int, Reading]) -> Iterator[Resource]:
        """The last value of each minute; where a cuff tells when it measured, each of its values once."""
        kept: dict[tuple[bool, int], tuple[float, Reading]] = {}
        for second in sorted(values):
            reading = values[second]
            if _usable(reading):
                late = 0.0 if reading.measured_at is None else max(reading.at - reading.measured_at, 0.0)
                cuff = reading.measured_at is not None
                kept[cuff, round(second - late) if cuff else second // MINUTE_S] = (second - late, reading)
        for which, (t, reading) in kept.items():
            quantity = {"value": reading.value, "unit": PARAMETERS[parameter].unit_shown, **_ucum(parameter)}
            yield {**self._observation(parameter, source, which),
                   "effectiveDateTime": self.time(t), "valueQuantity": quantity}  # fmt: skip

    def _observation(self, parameter: str, source: str, which: object) -> Resource:
        return {
            "resourceType": "Observation", "id": self.id_of(parameter, source, which), "status": "final",
            "category": [{"coding": [{"system": codes.CATEGORY, "code": "vital-signs"}]}],
            "code": _code(parameter), "subject": self.refer("patient"),
            "encounter": self.refer("encounter"), "device": self.refer("device", source),
        }  # fmt: skip

    def administrations(self) -> Iterator[Resource]:
        for number, dose in enumerate(self.content.doses):
            if dose.ml_h > 0:
                yield self._administration(number, dose)

    def _administration(self, number: int, dose: Dose) -> Resource:
        period = {"start": self.time(dose.t)} | ({} if dose.end is None else {"end": self.time(dose.end)})
        code, display = codes.INTRAVENOUS
        route = {"coding": [{"system": codes.SNOMED, "code": code, "display": display}]}
        dosage: Resource = {
            "text": f"{dose.ml_h:g} mL/h", "route": route,
            "rateQuantity": _quantity(dose.mg_h, "mg/h"),
        }  # fmt: skip
        if dose.mg is not None:
            dosage["dose"] = _quantity(dose.mg, "mg")
        drug = {"system": codes.RXNORM, "code": codes.KETAMINE[0], "display": codes.KETAMINE[1]}
        return {
            "resourceType": "MedicationAdministration", "id": self.id_of("dose", number),
            "status": "in-progress" if dose.end is None else "completed",
            "medicationCodeableConcept": {"coding": [drug], "text": "ketamine, intravenous infusion"},
            "subject": self.refer("patient"), "context": self.refer("encounter"),
            "effectivePeriod": period, "dosage": dosage,
        }  # fmt: skip


def _meta(tags: Resource) -> Resource:
    """The `meta` of a resource; nothing where there is nothing to say."""
    return {"meta": tags} if tags else {}


def _who(patient: Patient) -> Resource:
    family, _, given = patient.name.partition(",")
    name = {"text": patient.name, "family": family.strip()}
    known: Resource = {
        "name": [name | ({"given": given.split()} if given.strip() else {})],
        "birthDate": patient.born.isoformat(),
    }
    if patient.number:
        known["identifier"] = [{"type": {"text": "MRN"}, "value": patient.number}]
    if patient.female is not None:
        known["gender"] = "female" if patient.female else "male"
    return known


def _seconds(content: Content) -> Values:
    """The last reading of each second of each parameter of each monitor."""
    found: Values = {}
    for t, reading in content.readings():
        found.setdefault((reading.parameter, reading.source), {})[int(t)] = reading
    return found


def _sample(reading: Reading | None) -> str:
    return f"{reading.value:.10g}" if reading is not None and _usable(reading) else "E"


def _usable(reading: Reading) -> bool:
    return reading.value is not None and reading.quality is not Quality.STALE


def _quantity(value: float, unit: str) -> Resource:
    return {"value": round(value, 6), "unit": unit, "system": codes.UCUM, "code": unit}


def _ucum(parameter: str) -> Resource:
    return {"system": codes.UCUM, "code": PARAMETERS[parameter].unit}


def _code(parameter: str) -> Resource:
    known = PARAMETERS[parameter]
    coding = [{"system": codes.MDC, "code": str(known.mdc_code), "display": known.mdc}]
    if parameter in codes.LOINC_OF:
        code, display = codes.LOINC_OF[parameter]
        coding.insert(0, {"system": codes.LOINC, "code": code, "display": display})
    return {"coding": coding, "text": known.label}
