"""What independent readers find in an export is what the station decoded."""

import csv
import io
import json
import uuid
import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import edfio
import numpy as np
import pyedflib
import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given
from hypothesis import strategies as st
from recorded_day import DAY, SECRETS, START

from nurse_station.app import main
from nurse_station.devices.contract import Event as DeviceEvent
from nurse_station.exports.content import Content, Event
from nurse_station.exports.csv_file import COLUMNS, write_csv
from nurse_station.exports.deidentify import deidentified
from nurse_station.exports.edf_file import write_edf
from nurse_station.exports.edf_signals import (
    GAP_S,
    EdfError,
    Signal,
    numeric_signals,
    record_seconds,
    wave_signals,
)
from nurse_station.exports.fhir_bundle import fhir_bundle
from nurse_station.vitals.parameters import PARAMETERS
from nurse_station.vitals.readings import Quality, Reading
from nurse_station.vitals.waves import WaveBlock

Values = dict[str, dict[int, float | None]]


def expected(events: Sequence[DeviceEvent]) -> Values:
    """Parameter -> second -> the last value in it, straight from the decoder."""
    found: Values = {}
    for event in events:
        if isinstance(event, Reading):
            usable = event.quality is not Quality.STALE
            found.setdefault(event.parameter, {})[int(event.at)] = event.value if usable else None
    return found


def samples(events: Sequence[DeviceEvent], wave: str) -> np.ndarray[Any, Any]:
    blocks = [event.samples for event in events if isinstance(event, WaveBlock) and event.wave == wave]
    whole = np.concatenate(blocks)
    return whole[~np.isnan(whole)]


def as_csv(content: Content) -> list[dict[str, str]]:
    file = io.StringIO()
    write_csv(content, file)
    return list(csv.DictReader(io.StringIO(file.getvalue())))


def as_edf(content: Content, tmp_path: Path) -> Path:
    path = tmp_path / "session.edf"
    with path.open("wb") as file:
        write_edf(content, file)
    return path


# CSV


def test_csv_gives_back_every_reading_with_its_unit(content: Content, db02: list[DeviceEvent]) -> None:
    rows = [row for row in as_csv(content) if row["kind"] == "reading"]
    said = [event for event in db02 if isinstance(event, Reading)]
    assert [(row["name"], row["value"]) for row in rows] == [
        (each.parameter, "" if each.value is None else str(each.value)) for each in said
    ]
    assert {row["unit"] for row in rows if row["name"] == "etco2"} == {"mm[Hg]"}
    assert [float(row["t_s"]) for row in rows] == pytest.approx([each.at for each in said], abs=0.001)


def test_csv_holds_entries_rates_and_kinds_that_are_not_known(content: Content) -> None:
    rows = as_csv(content)
    assert [row["name"] for row in rows if row["kind"] == "session"] == [type(d).__name__ for _, d in DAY]
    assert [row["value"] for row in rows if row["kind"] == "rate"] == ["7.0", "14.0", "0.0"]
    (strange,) = [row for row in rows if row["kind"] == "unheard_of"]
    assert json.loads(strange["detail"]) == {"text": "of a later program: Sven"}


def test_no_cell_of_a_person_is_a_formula(content: Content) -> None:
    assert [row["who"] for row in as_csv(content) if row["kind"] == "unheard_of"] == ["'=cmd|' /C calc'!A0"]
    assert list(as_csv(content)[0]) == list(COLUMNS)


# EDF+


def pyedflib_signals(path: Path) -> dict[str, tuple[float, np.ndarray[Any, Any], float]]:
    with pyedflib.EdfReader(str(path)) as file:
        return {
            label: (file.getSampleFrequency(i), file.readSignal(i), float(file.getPhysicalMinimum(i)))
            for i, label in enumerate(file.getSignalLabels())
        }


def edfio_signals(path: Path) -> dict[str, tuple[float, np.ndarray[Any, Any], float]]:
    file = edfio.read_edf(path)
    return {s.label: (s.sampling_frequency, s.data, s.physical_min) for s in file.signals}


READERS = pytest.mark.parametrize("read", [pyedflib_signals, edfio_signals])


@READERS
def test_edf_gives_back_every_sample_of_every_wave(
    content: Content, db02: list[DeviceEvent], tmp_path: Path, read: Callable[[Path], Any]
) -> None:
    signals = read(as_edf(content, tmp_path))
    for wave in {event.wave for event in db02 if isinstance(event, WaveBlock)}:
        rate, data, nothing = signals[wave]
        wanted = samples(db02, wave)
        assert rate == 100
        assert data[data > nothing * (1 - 1e-6) if nothing < 0 else slice(None)] == pytest.approx(
            wanted, abs=1e-4
        )


@READERS
def test_edf_gives_back_every_number_of_every_second(
    content: Content, db02: list[DeviceEvent], tmp_path: Path, read: Callable[[Path], Any]
) -> None:
    signals = read(as_edf(content, tmp_path))
    for parameter, values in expected(db02).items():
        rate, data, nothing = signals[parameter]
        assert rate == 1
        found = {second: value for second, value in enumerate(data) if abs(value - nothing) > 1e-4}
        assert found == pytest.approx({s: v for s, v in values.items() if v is not None}, abs=1e-4)


def test_edf_annotations_and_times_are_read_by_both(content: Content, tmp_path: Path) -> None:
    path = as_edf(content, tmp_path)
    with pyedflib.EdfReader(str(path)) as file:
        onsets, _, texts = file.readAnnotations()
        started = file.getStartdatetime()
    ours = edfio.read_edf(path)
    assert sorted(texts) == sorted(note.text for note in ours.annotations)
    # pyedflib takes the fraction's 100 ns for microseconds, ten times too small; edfio reads it right.
    assert started.replace(microsecond=0) == START.astimezone().replace(tzinfo=None, microsecond=0)
    assert ours.starttime == START.astimezone().time()
    at = {text.split(" {")[0]: onset for text, onset in zip(texts, onsets, strict=True)}
    assert at["rate 14 mg/h"] == pytest.approx(40.0, abs=1e-3)
    assert at["session_ended"] == pytest.approx(200.0, abs=1e-3)
    assert {"session Started", "alarm spo2_low", "unheard_of"} <= at.keys()


def test_edf_names_the_patient_as_edf_plus_wants_it(content: Content, tmp_path: Path) -> None:
    patient = edfio.read_edf(as_edf(content, tmp_path)).patient
    assert (patient.code, patient.sex, str(patient.birthdate)) == ("MRN-4711", "F", "1931-04-02")
    assert patient.name == "Berg,_Anna_Lova"


def test_a_session_without_values_is_no_edf(content: Content, tmp_path: Path) -> None:
    empty = replace(content, readings=lambda: iter(()), waves=lambda: iter(()))
    with pytest.raises(EdfError, match="no values"):
        as_edf(empty, tmp_path)


def block(
    at: float, values: Sequence[float], rate_hz: float = 4.0, resolution: float = 0.5
) -> tuple[float, WaveBlock]:
    made = WaveBlock(wave="co2", samples=np.array(values, np.float32), rate_hz=rate_hz, resolution=resolution,
                     at=at, source="x")  # fmt: skip
    return at, made


def there(signal: Signal) -> list[tuple[int, int]]:
    return [(place, int(each)) for place, each in enumerate(signal.samples) if each != -32768]


def test_blocks_that_come_in_time_follow_each_other() -> None:
    (signal,) = wave_signals([block(1.0, [1, 2, 3, 4]), block(2.2, [5, 6, 7, 8])])
    assert there(signal) == [(i, 2 * (i + 1)) for i in range(8)]


def test_after_a_gap_a_wave_goes_on_at_its_time() -> None:
    (signal,) = wave_signals([block(1.0, [1, 1, 1, 1]), block(5.0 + GAP_S, [2, 2, 2, 2])])
    assert [place for place, _ in there(signal)] == [0, 1, 2, 3, 20, 21, 22, 23]


def test_holes_stay_holes() -> None:
    (signal,) = wave_signals([block(1.0, [1, float("nan"), 3, 4])])
    assert there(signal) == [(0, 2), (2, 6), (3, 8)]


@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=50))
def test_no_sample_is_taken_for_nothing_and_none_is_far_off(integers: list[int]) -> None:
    (signal,) = wave_signals([block(100.0, [float(each) for each in integers], rate_hz=1.0, resolution=1.0)])
    kept = [each for _, each in there(signal)]
    assert len(kept) == len(integers)
    step = (signal.high - signal.low) / 65535
    found = [signal.low + (each + 32768) * step for each in kept]
    assert found == pytest.approx(integers, abs=step / 2 + 1e-6)
    exact = max(integers) - min(integers) < 65534
    assert not exact or found == pytest.approx(integers, abs=1e-6)


@given(st.lists(st.integers(-10000, 40000), min_size=1, max_size=30))
def test_numbers_in_hundredths_are_exact(hundredths: list[int]) -> None:
    readings = [
        (float(t), Reading(parameter="spo2", value=each / 100, at=float(t), source="x"))
        for t, each in enumerate(hundredths)
    ]
    (signal,) = numeric_signals(readings, len(readings))
    step = (signal.high - signal.low) / 65535
    assert [signal.low + (int(each) + 32768) * step for each in signal.samples] == pytest.approx(
        [each / 100 for each in hundredths], abs=1e-6
    )


@pytest.mark.parametrize(("rates", "seconds"), [((1, 300, 100), 1), ((1, 62.5), 2), ((1, 31.25, 125), 4)])
def test_a_data_record_holds_whole_samples(rates: tuple[float, ...], seconds: int) -> None:
    signals = [
        Signal(
            label="x",
            source="x",
            unit="",
            rate_hz=Fraction(rate),
            low=0,
            high=1,
            samples=np.zeros(1, np.int16),
        )
        for rate in rates
    ]
    assert record_seconds(signals) == seconds


# FHIR


def judged(content: Content) -> Any:
    """The bundle as the judge reads it: it refuses what is no R4."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return Bundle.model_validate(json.loads(json.dumps(fhir_bundle(content))))


def resources(content: Content, kind: str) -> list[dict[str, Any]]:
    judged(content)
    found = [entry["resource"] for entry in fhir_bundle(content)["entry"]]
    return [each for each in found if each["resourceType"] == kind]


def test_fhir_is_taken_by_the_judge(content: Content) -> None:
    kinds = [entry.resource.__resource_type__ for entry in judged(content).entry]
    assert kinds[:3] == ["Patient", "Encounter", "Device"]
    assert {"Observation", "MedicationAdministration"} <= set(kinds)


def test_fhir_gives_back_every_number_of_every_second(content: Content, db02: list[DeviceEvent]) -> None:
    found: Values = {}
    for each in resources(content, "Observation"):
        if "valueSampledData" in each:
            code = next(c["code"] for c in each["code"]["coding"] if "11073" in c["system"])
            key = next(
                p.key
                for p in PARAMETERS.values()
                if str(p.mdc_code) == code and p.label == each["code"]["text"]
            )
            first = round(
                (_time(each["effectivePeriod"]["start"]) - _time(START.isoformat())).total_seconds()
            )
            data = each["valueSampledData"]["data"].split()
            found[key] = {first + i: None if v == "E" else float(v) for i, v in enumerate(data)}
    for parameter, values in expected(db02).items():
        if any(value is not None for value in values.values()):
            assert {s: v for s, v in found[parameter].items() if v is not None} == pytest.approx(
                {s: v for s, v in values.items() if v is not None}
            ), parameter


def _time(text: str) -> Any:
    return datetime.fromisoformat(text)


def test_fhir_single_values_carry_loinc_mdc_and_ucum(content: Content) -> None:
    hr = next(
        each for each in resources(content, "Observation")
        if "valueQuantity" in each and each["code"]["text"] == "HR"
    )  # fmt: skip
    assert [(c["system"], c["code"]) for c in hr["code"]["coding"]] == [
        ("http://loinc.org", "8867-4"), ("urn:iso:std:iso:11073:10101", "147842"),
    ]  # fmt: skip
    assert (hr["valueQuantity"]["system"], hr["valueQuantity"]["code"]) == (
        "http://unitsofmeasure.org",
        "/min",
    )


def test_fhir_tells_what_was_given(content: Content) -> None:
    given_doses = resources(content, "MedicationAdministration")
    assert [each["dosage"]["rateQuantity"]["value"] for each in given_doses] == [7.0, 14.0]
    assert [each["dosage"]["dose"]["value"] for each in given_doses] == pytest.approx(
        [7 * 30 / 3600, 14 * 30 / 3600], abs=1e-6
    )
    assert given_doses[0]["effectivePeriod"]["start"] == (START + timedelta(seconds=10)).isoformat(
        timespec="milliseconds"
    )


def test_fhir_names_the_patient(content: Content) -> None:
    (patient,) = resources(content, "Patient")
    assert (patient["name"][0]["family"], patient["name"][0]["given"]) == ("Berg", ["Anna", "Lova"])
    assert (patient["birthDate"], patient["gender"]) == ("1931-04-02", "female")


def test_every_reference_of_the_bundle_is_in_the_bundle(content: Content) -> None:
    bundle = fhir_bundle(content)
    there_are = {entry["fullUrl"] for entry in bundle["entry"]}
    assert len(there_are) == len(bundle["entry"])
    text = json.dumps(bundle)
    for piece in text.split('"reference": "')[1:]:
        assert piece.split('"')[0] in there_are


# De-identified


@pytest.fixture
def nobody(content: Content) -> Content:
    return deidentified(content, lambda: uuid.UUID(int=0x5EED))


def test_nothing_that_tells_whose_it_is_is_in_any_format(nobody: Content, tmp_path: Path) -> None:
    file = io.StringIO()
    write_csv(nobody, file)
    edf = as_edf(nobody, tmp_path).read_bytes()
    # Samples are bytes of any value: only the header and the annotations can hold words.
    for text in (
        file.getvalue(),
        json.dumps(fhir_bundle(nobody)),
        edf[:4096].decode("latin-1"),
        *notes(edf, tmp_path),
    ):
        assert [secret for secret in SECRETS if secret in text] == []


def notes(_edf: bytes, tmp_path: Path) -> list[str]:
    return [note.text for note in edfio.read_edf(tmp_path / "session.edf").annotations]


def test_values_and_relative_times_stay(content: Content, nobody: Content) -> None:
    strip = ("time_utc", "origin", "who", "detail")
    both = [
        [{k: v for k, v in row.items() if k not in strip} for row in as_csv(each) if row["kind"] == "reading"]
        for each in (content, nobody)
    ]
    assert both[0] == both[1]
    assert [row["value"] for row in as_csv(nobody) if row["kind"] == "rate"] == ["7.0", "14.0", "0.0"]
    assert not any(row["time_utc"] for row in as_csv(nobody))


def test_doses_scores_and_alarms_stay_and_words_do_not(nobody: Content) -> None:
    bodies = {event.name: event.body for event in nobody.events if event.kind in {"session", "alarm"}}
    assert bodies["Started"] == {"mg_kg_h": 0.1, "pump_ml_h": 7.0}
    assert bodies["Scored"] == {"scale": "pain", "score": 4}
    assert bodies["Stopped"] == {"reason": "complete"}
    assert (bodies["spo2_low"]["value"], bodies["spo2_low"]["limit"]) == (88.0, 90.0)
    assert {"Noted", "PatientBound", "OrderWritten"}.isdisjoint(bodies)
    assert "unheard_of" not in {event.kind for event in nobody.events}


def test_two_exports_of_one_session_have_nothing_in_common(content: Content) -> None:
    ids = [
        {entry["fullUrl"] for entry in fhir_bundle(deidentified(content, uuid.uuid4))["entry"]}
        for _ in range(2)
    ]
    assert ids[0].isdisjoint(ids[1])


def test_the_judge_takes_a_bundle_of_nobody(nobody: Content) -> None:
    assert judged(nobody).entry


def test_an_edf_of_nobody_begins_on_the_date_that_means_unknown(nobody: Content, tmp_path: Path) -> None:
    with pyedflib.EdfReader(str(as_edf(nobody, tmp_path))) as file:
        assert file.getStartdatetime().isoformat() == "1985-01-01T00:00:00"


@given(st.text(), st.text(max_size=60))
def test_no_free_text_passes_as_a_word(text: str, name: str) -> None:
    event = Event(
        t=0.0, kind="alarm", name="spo2_low", who=name, body={"text": text, "detail": [text], "why": text}
    )
    empty = Content(identity=("s", "u"), start=START, seconds=1.0, ended=True, simulated=False, bed="B",
                    readings=lambda: iter(()), waves=lambda: iter(()), events=(event,))  # fmt: skip
    (left,) = deidentified(empty, uuid.uuid4).events
    assert (left.body, left.who) == ({}, "")


# The command


@pytest.mark.parametrize("form", ["csv", "edf", "fhir"])
@pytest.mark.parametrize("more", [[], ["--deidentify"]])
def test_the_command_writes_a_file_and_never_over_one(
    record: tuple[Path, str], tmp_path: Path, form: str, more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, name = record
    words = [
        "export",
        name,
        "--format",
        form,
        "--output",
        str(tmp_path / "x"),
        "--data-dir",
        str(folder),
        *more,
    ]
    assert main(words) == 0
    assert (tmp_path / "x").stat().st_size > 10_000
    assert main(words) == 2
    assert "is there already" in capsys.readouterr().err


def test_a_session_that_is_not_there_is_said(
    record: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [
        "export",
        "2020-01-01-001",
        "--format",
        "csv",
        "--output",
        str(tmp_path / "x"),
        "--data-dir",
        str(record[0]),
    ]
    assert main(words) == 2
    assert "There is no session 2020-01-01-001" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()
