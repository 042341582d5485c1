"""IntelliVue sample arrays: how they are told to be read, and what becomes of them."""

import struct
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from nurse_station.vitals.waves import WaveBlock
from tests.devices.philips_messages import (
    KPA,
    MILLIVOLT,
    PERCENT,
    WAVES,
    Attributes,
    counted,
    heard,
    told,
)

NOT_A_NUMBER = 0x007FFFFF

ECG_SCALE = struct.pack(">IIHH", 0xFEFFF000, 0xFD009FFB, 0, 16383)  # -40.96 to 40.955 mV
PLETH_SCALE = struct.pack(">IIHH", NOT_A_NUMBER, NOT_A_NUMBER, 0, 4095)
SPEC = struct.pack(">HBBH", 128, 16, 14, 0x1000)


def samples(physio: int, numbers: list[int] | NDArray[np.uint16], state: int = 0) -> bytes:
    data = np.asarray(numbers).astype(">u2").tobytes()
    return struct.pack(">HHH", physio, state, len(data)) + data


def ecg(*more: tuple[int, bytes], numbers: list[int] | None = None, state: int = 0) -> Attributes:
    return [*more, (0x096E, samples(0x0102, numbers or [8192, 8392, 7992, 8192], state))]


CONTEXT = [(0x096D, SPEC), (0x096F, ECG_SCALE), (0x098D, struct.pack(">I", 16)),
           (0x0996, struct.pack(">H", MILLIVOLT))]  # fmt: skip


def blocks(*frames: bytes) -> list[WaveBlock]:
    return [event for event in heard(*frames) if isinstance(event, WaveBlock)]


def test_samples_are_scaled_by_scale_and_range() -> None:
    (block,) = blocks(told(WAVES, ecg(*CONTEXT)))
    assert (block.wave, block.rate_hz, block.resolution) == ("ecg1", 500.0, 0.005)
    assert block.samples.tolist() == pytest.approx([0, 1, -1, 0])
    assert np.rint(block.samples / block.resolution).tolist() == [0, 200, -200, 0]


def test_how_samples_are_read_is_kept_for_what_follows() -> None:
    first, second = blocks(told(WAVES, ecg(*CONTEXT)), told(WAVES, ecg()))
    assert first.samples.tolist() == second.samples.tolist()


def test_a_new_scale_counts_from_its_result_on() -> None:
    wider = (0x096F, struct.pack(">IIHH", 0xFEFFE000, 0xFD013FF6, 0, 16383))
    first, second = blocks(told(WAVES, ecg(*CONTEXT)), told(WAVES, ecg(wider)))
    assert second.resolution == 2 * first.resolution


def test_a_wave_whose_scale_was_never_told_waits_for_it() -> None:
    assert blocks(told(WAVES, ecg())) == []


def test_a_wave_that_is_not_calibrated_takes_its_calibration() -> None:
    nothing = (0x096F, struct.pack(">IIHH", NOT_A_NUMBER, NOT_A_NUMBER, 0, 16383))
    bar = (0x0964, struct.pack(">IIHHHH", 0, 1, 8192, 8392, 1, 0))
    assert blocks(told(WAVES, ecg(nothing))) == []
    (block,) = blocks(told(WAVES, ecg(nothing, bar)))
    assert block.samples.tolist() == pytest.approx([0, 1, -1, 0])


def test_a_wave_in_another_unit_is_brought_to_its_own() -> None:
    scale = (0x096F, struct.pack(">IIHH", 0, 0x00000014, 0, 2000))  # 0 to 20 kPa
    co2 = [scale, (0x0996, struct.pack(">H", KPA)), (0x096E, samples(0x50AC, [500]))]
    (block,) = blocks(told(WAVES, co2))
    assert (block.wave, block.samples[0]) == ("co2", pytest.approx(37.5, abs=0.01))
    percent = [scale, (0x0996, struct.pack(">H", PERCENT)), (0x096E, samples(0x50AC, [500]))]
    assert blocks(told(WAVES, percent)) == []


def test_the_pleth_has_no_absolute_values() -> None:
    (block,) = blocks(told(WAVES, [(0x096F, PLETH_SCALE), (0x096E, samples(0x4BB4, [0, 4095]))]))
    assert (block.wave, block.samples.tolist()) == ("pleth", pytest.approx([0, 100]))


@pytest.mark.parametrize(("count", "rate"), [(128, 500), (64, 250), (32, 125), (16, 62.5)])
def test_the_rate_follows_from_the_count_where_no_period_was_told(count: int, rate: float) -> None:
    (block,) = blocks(told(WAVES, [(0x096F, PLETH_SCALE), (0x096E, samples(0x4BB4, [7] * count))]))
    assert block.rate_hz == rate


def test_marked_samples_are_gaps_and_pacer_pulses_are_kept() -> None:
    marks = (0x0A16, counted(struct.pack(">HH", 1, 0x8000), struct.pack(">HH", 2, 0x4000)))
    (block,) = blocks(told(WAVES, ecg(*CONTEXT, marks, numbers=[8192, 0x8000 | 8192, 0x4000 | 8392])))
    assert block.samples.tolist() == pytest.approx([0, np.nan, 1], nan_ok=True)
    assert block.paced


@pytest.mark.parametrize("state", [0x8000, 0x2000, 0x0800, 0x0400])
def test_samples_that_are_not_the_patients_are_gaps(state: int) -> None:
    (block,) = blocks(told(WAVES, ecg(*CONTEXT, state=state)))
    assert np.isnan(block.samples).all()


def test_samples_of_eight_bits_are_read_by_their_spec() -> None:
    spec = (0x096D, struct.pack(">HBBH", 16, 8, 8, 0))
    scale = (0x096F, struct.pack(">IIHH", NOT_A_NUMBER, NOT_A_NUMBER, 0, 100))
    eight = [spec, scale, (0x096E, struct.pack(">HHH", 0x4BB4, 0, 3) + bytes((0, 50, 100)))]
    assert blocks(told(WAVES, eight))[0].samples.tolist() == pytest.approx([0, 50, 100])
    twelve = [(0x096D, struct.pack(">HBBH", 16, 12, 12, 0)), *eight[1:]]
    assert blocks(told(WAVES, twelve)) == []


def test_compound_samples_are_leads_of_their_own() -> None:
    leads = counted(samples(0x0102, [8192]), samples(0x0101, [8392]), samples(0x013D, [7992]))
    found = {b.wave: b.samples[0] for b in blocks(told(WAVES, [*CONTEXT, (0x0967, leads)]))}
    assert found == pytest.approx({"ecg1": 0.0, "ecg2": 1.0, "ecg3": -1.0})


def test_a_fourth_lead_has_no_channel() -> None:
    leads = counted(*(samples(lead, [8192]) for lead in (0x0102, 0x0101, 0x0107, 0x013D)))
    assert len(blocks(told(WAVES, [*CONTEXT, (0x0967, leads)]))) == 3


@pytest.mark.parametrize(
    "scale",
    [
        struct.pack(">IIHH", 0, 1, 5, 5),
        struct.pack(">IIHH", 0, 1, 9, 5),
        struct.pack(">IIHH", 0, 0x7F000001, 0, 100),
        struct.pack(">IIHH", 0x80000001, 0x80000002, 0, 100),
        struct.pack(">IIHH", 5, 1, 0, 100),
    ],
)
def test_a_scale_that_cannot_be_true_is_none(scale: bytes) -> None:
    assert blocks(told(WAVES, ecg((0x096F, scale)))) == []


@pytest.mark.parametrize(
    ("name", "physio", "key"),
    [("EcgII", 0x0102, "ecg1"), ("Pleth", 0x4BB4, "pleth"), ("Respiration", 0x5000, "resp")],
)
def test_samples_of_a_real_monitors_simulator_come_back(
    shared: Path, name: str, physio: int, key: str
) -> None:
    raw = np.frombuffer((shared / f"captures/philips_waves/{name}.u16le").read_bytes(), "<u2")
    scale = ECG_SCALE if key == "ecg1" else struct.pack(">IIHH", NOT_A_NUMBER, NOT_A_NUMBER, 0, 16383)
    frames = [told(WAVES, [(0x096F, scale), (0x096E, samples(physio, raw[at : at + 128]))])
              for at in range(0, len(raw), 128)]  # fmt: skip
    found = blocks(*frames)
    joined = np.concatenate([b.samples for b in found]) / found[0].resolution
    assert {b.wave for b in found} == {key}
    assert (np.rint(joined) + (8192 if key == "ecg1" else 0)).tolist() == raw.tolist()
