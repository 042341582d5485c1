"""Readings and wave blocks come back from their rows as they were, field by field."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.records import numeric_rows, wave_rows
from nurse_station.records.wave_rows import WaveKind
from nurse_station.vitals.parameters import PARAMETERS
from nurse_station.vitals.readings import Missing, Quality, Reading
from nurse_station.vitals.waves import WaveBlock

TIMES = st.floats(0, 1e9) | st.sampled_from([0.0, 12.5])
VALUES = st.none() | st.floats(allow_nan=False) | st.integers(-9000, 40000).map(lambda n: n / 100)
READINGS = st.builds(
    Reading,
    parameter=st.sampled_from([*PARAMETERS, "unknown"]),
    value=VALUES,
    at=TIMES,
    source=st.sampled_from(["ge-s5-dri", "nonin-onyx"]),
    quality=st.sampled_from(Quality),
    why=st.none() | st.sampled_from(Missing),
    origin=st.sampled_from(["", "ECG", "pléth"]),
    device_time=st.none() | st.floats(0, 4e9),
    measured_at=st.none() | TIMES,
)
SINGLES = st.floats(width=32, allow_infinity=True, allow_nan=True)
RESOLUTIONS = st.sampled_from([0.001, 0.01, 0.1, 1.0, 759.8e-4, 1e-30, 0.0])
SAMPLES = st.lists(SINGLES | st.just(float("nan")), max_size=20) | st.lists(
    st.integers(-32000, 32000), max_size=20
)
BLOCKS = st.builds(
    WaveBlock,
    wave=st.sampled_from(["ecg1", "pleth", "unknown"]),
    samples=SAMPLES.map(lambda numbers: np.array(numbers, dtype=np.float32)),
    rate_hz=st.sampled_from([100.0, 300.0]),
    resolution=RESOLUTIONS,
    at=st.floats(100, 105),
    source=st.just("ge-s5-dri"),
    leads_off=st.booleans(),
    paced=st.booleans(),
)


class Numbers:
    """Gives numbers to wave kinds, and the kinds back."""

    def __init__(self) -> None:
        self.kinds: dict[int, WaveKind] = {}

    def __call__(self, kind: WaveKind) -> int:
        for number, known in self.kinds.items():
            if known == kind:
                return number
        self.kinds[len(self.kinds) + 1] = kind
        return len(self.kinds)


def through_numeric_rows(readings: list[Reading]) -> list[Reading]:
    rows = [numeric_rows.encode(frame) for frame in numeric_rows.frames(readings)]
    return [
        reading
        for row in rows
        for reading in numeric_rows.decode(
            numeric_rows.read_columns(row.columns), row.mono, row.device_time, row.vitals, row.measured
        )
    ]


def through_wave_rows(blocks: list[WaveBlock], wave: str | None = None) -> list[WaveBlock]:
    numbers = Numbers()
    rows = [wave_rows.encode(span, numbers) for span in wave_rows.spans(blocks)]
    return [block for row in rows for block in wave_rows.decode(row, numbers.kinds, wave)]


@given(st.lists(READINGS, max_size=30))
@pytest.mark.hazard("H-13")
def test_readings_come_back_as_they_were(readings: list[Reading]) -> None:
    assert through_numeric_rows(readings) == readings


@given(st.lists(BLOCKS, max_size=12))
def test_wave_blocks_come_back_as_they_were(blocks: list[WaveBlock]) -> None:
    assert through_wave_rows(blocks) == blocks


@given(st.lists(BLOCKS, max_size=8))
def test_one_wave_can_be_asked_for(blocks: list[WaveBlock]) -> None:
    assert through_wave_rows(blocks, "pleth") == [block for block in blocks if block.wave == "pleth"]


@given(st.lists(st.integers(-32000, 32000), min_size=1, max_size=50), st.sampled_from([0.001, 0.01, 0.0759]))
def test_the_devices_own_integers_come_back(integers: list[int], resolution: float) -> None:
    samples = (np.array(integers) * resolution).astype(np.float32)
    block = WaveBlock(wave="co2", samples=samples, rate_hz=25, resolution=resolution, at=1.0, source="x")
    (back,) = through_wave_rows([block])
    assert np.rint(back.samples / resolution).astype(int).tolist() == integers


@given(st.lists(BLOCKS, max_size=30))
def test_a_wave_row_spans_less_than_two_seconds(blocks: list[WaveBlock]) -> None:
    for span in wave_rows.spans(blocks):
        assert 0 <= max(block.at for block in span) - span[0].at < wave_rows.SPAN_S


@pytest.mark.parametrize("quality", Quality)
def test_every_quality_has_a_code_of_its_own(quality: Quality) -> None:
    assert list(numeric_rows.QUALITY_CODES.values()).count(numeric_rows.QUALITY_CODES[quality]) == 1


@pytest.mark.parametrize("why", [None, *Missing])
def test_every_reason_has_a_code_of_its_own(why: Missing | None) -> None:
    assert list(numeric_rows.WHY_CODES.values()).count(numeric_rows.WHY_CODES[why]) == 1


def test_a_parameter_that_comes_again_begins_a_new_row() -> None:
    reading = Reading(parameter="hr", value=60.0, at=1.0, source="a")
    assert [len(frame) for frame in numeric_rows.frames([reading, reading, reading])] == [1, 1, 1]


def test_not_measured_comes_back_as_none_and_not_as_a_number() -> None:
    reading = Reading(
        parameter="spo2", value=None, at=1.0, source="a", quality=Quality.MISSING, why=Missing.OFF
    )
    (back,) = through_numeric_rows([reading])
    assert back.value is None


def test_a_second_of_usual_numerics_takes_under_seven_bytes_a_value() -> None:
    frame = [
        Reading(parameter=key, value=index + 0.25, at=1.0, source="a") for index, key in enumerate(PARAMETERS)
    ]
    assert len(numeric_rows.encode(frame).vitals) < 7 * len(frame)
