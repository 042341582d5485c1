"""What the values, bits and waves of the S/5 record interface become."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.devices.ge_s5_dri.decoder import GeS5Decoder
from nurse_station.devices.ge_s5_dri.framing import frame
from nurse_station.devices.ge_s5_dri.record import Subrecord, build
from nurse_station.vitals.readings import (
    DeviceCondition,
    FrameAccepted,
    FrameRefused,
    Missing,
    Quality,
    Reading,
)
from nurse_station.vitals.waves import WaveBlock
from tests.devices.ge_records import QUIET, displayed, live_decoder, readings, wave


@pytest.mark.parametrize(
    ("parameter", "value", "origin"),
    [
        ("hr", 80, "ECG"),
        ("rr_imp", 16, "impedance"),
        ("nibp_sys", 120, "cuff"),
        ("nibp_dia", 80, "cuff"),
        ("nibp_mean", 93, "cuff"),
        ("spo2", 97, ""),
        ("pr", 79, "pleth"),
        ("etco2", 38, ""),
        ("fico2", 1.52, ""),
        ("rr_co2", 15, "CO2"),
    ],
)
def test_a_value_comes_out_in_its_unit(parameter: str, value: float, origin: str) -> None:
    reading = readings(displayed())[parameter]
    assert (reading.value, reading.origin, reading.quality) == (value, origin, Quality.GOOD)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (-32767, Missing.INVALID),
        (-32766, Missing.NOT_UPDATED),
        (-32765, Missing.DISCONTINUITY),
        (-32764, Missing.UNDER_RANGE),
        (-32763, Missing.OVER_RANGE),
        (-32762, Missing.NOT_CALIBRATED),
        (-32000, Missing.INVALID),
        (0, Missing.IMPLAUSIBLE),
        (10100, Missing.IMPLAUSIBLE),
    ],
)
def test_a_code_is_no_value(code: int, why: Missing) -> None:
    reading = readings(displayed(spo2=(0b11, 0, (code, 79, 400, 0))))["spo2"]
    assert (reading.value, reading.why, reading.quality) == (None, why, Quality.MISSING)


def test_a_monitor_without_a_co2_module_says_absent() -> None:
    found = readings(displayed(co2=None))
    assert {found[p].why for p in ("etco2", "fico2", "rr_co2")} == {Missing.ABSENT}


def test_a_module_that_does_not_measure_is_off() -> None:
    assert readings(displayed(spo2=(0b01, 0, (9700, 79, 0, 0))))["spo2"].why is Missing.OFF


def test_the_last_cuff_pressure_stands_while_the_cuff_rests() -> None:
    assert readings(displayed(nibp=(0b01, 0, (12000, 8000, 9300, 0))))["nibp_sys"].value == 120


def test_a_temperature_module_that_is_pulled_is_told_once() -> None:
    decoder = live_decoder()
    assert readings(displayed(1000, t1=(0b11, 1, (3670,))), decoder)["temp1"].value == 36.7
    assert readings(displayed(1001), decoder, 1.0)["temp1"].why is Missing.ABSENT
    assert "temp1" not in readings(displayed(1002), decoder, 2.0)


@pytest.mark.parametrize(("source", "origin"), [(0, ""), (1, "ECG"), (2, "P1"), (6, "pleth"), (9, "ECG")])
def test_the_source_of_the_heart_rate_is_told(source: int, origin: str) -> None:
    ecg = (0b11 | source << 3, 0, QUIET["ecg"][2])
    assert readings(displayed(ecg=ecg))["hr"].origin == origin


@pytest.mark.parametrize(("level", "value"), [(7, None), (8, 15), (10, 15)])
def test_an_impedance_rate_is_never_called_a_rate_from_co2(level: int, value: float | None) -> None:
    co2 = (0b11, 2, QUIET["co2"][2])
    assert readings(displayed(co2=co2, level=level))["rr_co2"].value == value


def test_invasive_pressures_carry_their_site() -> None:
    found = readings(displayed(p1=(0b11, 1, (12100, 8000, 9000, 80))))
    assert (found["p1_sys"].value, found["p1_sys"].origin) == (121, "ART")


def conditions(frames: bytes, decoder: GeS5Decoder) -> dict[str, bool]:
    return {e.key: e.active for e in decoder.feed(frames, 0.0) if isinstance(e, DeviceCondition)}


@pytest.mark.parametrize(
    ("group", "status", "label", "key"),
    [
        ("ecg", 1 << 2, 0, "asystole"),
        ("ecg", 1 << 7, 0, "ecg_noise"),
        ("ecg", 1 << 8, 0, "ecg_artefact"),
        ("ecg", 1 << 9, 0, "ecg_learning"),
        ("ecg", 1 << 10, 0, "ecg_pacer"),
        ("ecg", 1 << 11, 0, "ecg1_off"),
        ("ecg", 1 << 12, 0, "ecg2_off"),
        ("ecg", 1 << 13, 0, "ecg3_off"),
        ("nibp", 0, 1 << 3, "nibp_auto"),
        ("nibp", 0, 1 << 4, "nibp_stat"),
        ("nibp", 0, 1 << 5, "nibp_measuring"),
        ("nibp", 0, 1 << 6, "nibp_stasis"),
        ("nibp", 0, 1 << 7, "nibp_calibrating"),
        ("co2", 1 << 2, 0, "apnoea"),
        ("co2", 1 << 7, 0, "apnoea_impedance"),
        ("co2", 1 << 8, 0, "apnoea_deactivated"),
        ("co2", 1 << 3, 0, "co2_calibrating"),
        ("co2", 1 << 4, 0, "co2_zeroing"),
        ("co2", 1 << 5, 0, "co2_occlusion"),
        ("co2", 1 << 6, 0, "co2_air_leak"),
    ],
)
def test_a_bit_is_the_condition_it_stands_for(group: str, status: int, label: int, key: str) -> None:
    quiet = {"nibp": (0b11, 0b11, QUIET["nibp"][2])}
    groups = {**quiet, group: (0b11 | status, 0b11 | label, QUIET[group][2])}
    found = conditions(displayed(**groups), live_decoder())
    assert [k for k, active in found.items() if active] == [key]


def test_apnoea_with_the_alarm_deactivated_is_not_apnoea() -> None:
    found = conditions(displayed(co2=(0x107, 9, QUIET["co2"][2])), live_decoder())
    assert (found["apnoea"], found["apnoea_deactivated"]) == (False, True)


def test_a_condition_is_told_when_it_changes_and_not_again() -> None:
    decoder = live_decoder()
    conditions(displayed(1000), decoder)
    assert conditions(displayed(1001), decoder) == {}
    occluded = displayed(1002, co2=(0b11 | 1 << 5, 1, QUIET["co2"][2]))
    assert conditions(occluded, decoder) == {"co2_occlusion": True}
    assert conditions(displayed(1003), decoder) == {"co2_occlusion": False}


def test_values_under_a_doubt_are_questionable() -> None:
    found = readings(displayed(co2=(0b11 | 1 << 5, 1, QUIET["co2"][2])))
    assert found["etco2"].quality is Quality.QUESTIONABLE
    assert found["spo2"].quality is Quality.GOOD


def test_a_wave_comes_out_in_its_unit() -> None:
    [block] = [e for e in live_decoder().feed(wave(1, [1000, -500, -32767]), 5.0) if isinstance(e, WaveBlock)]
    assert (block.wave, block.rate_hz, block.at) == ("ecg1", 300, 5.0)
    assert block.samples[:2] == pytest.approx([1.0, -0.5])
    assert math.isnan(block.samples[2])


def test_a_co2_wave_is_scaled_by_the_ambient_pressure() -> None:
    decoder = live_decoder()
    decoder.feed(displayed(1000, co2=(0b11, 1, (500, 20, 15, 7000))), 0.0)
    [block] = [e for e in decoder.feed(wave(9, [500], 1001), 1.0) if isinstance(e, WaveBlock)]
    assert block.samples[0] == pytest.approx(35.0)
    assert np.rint(block.samples / block.resolution).tolist() == [500]


@pytest.mark.parametrize(
    "body",
    [
        b"\x05\x00" + bytes(4) + bytes(8),  # says five samples, holds four
        b"\xff\xff" + bytes(4) + bytes(8),  # a negative count
        b"\x00",
    ],
)
def test_a_wave_that_lies_about_its_length_is_refused(body: bytes) -> None:
    events = GeS5Decoder().feed(frame(build(1, [Subrecord(8, body)])), 0.0)
    assert [e.reason for e in events if isinstance(e, FrameRefused)] == ["bounds"]


def test_a_record_without_subrecords_is_accepted_and_says_nothing() -> None:
    events = GeS5Decoder().feed(frame(build(0, [])), 0.0)
    assert [type(event) for event in events] == [FrameAccepted]


def test_a_record_that_lies_about_its_length_is_refused() -> None:
    record = bytearray(build(0, [Subrecord(1, bytes(278))]))
    record[0] += 1
    [event] = GeS5Decoder().feed(frame(bytes(record)), 0.0)
    assert isinstance(event, FrameRefused)
    assert event.reason == "length"


@given(st.binary(min_size=40, max_size=1490))
def test_a_record_of_any_bytes_with_a_good_checksum_never_raises(record: bytes) -> None:
    decoder = GeS5Decoder()
    decoder.feed(frame(record), 0.0)
    decoder.feed(frame(len(record).to_bytes(2, "little") + record[2:]), 0.0)
    decoder.finish(0.0)


class TestCuffTime:
    """When the pressure was measured."""

    MEASURING, RESTING, OLD = 0b101011, 0b001011, 0b100001011

    def times(self, *steps: tuple[int, int]) -> list[float | None]:
        """(label, systolic) a second -> when the pressure of each second was measured."""
        decoder = live_decoder()
        found = []
        for second, (label, systolic) in enumerate(steps):
            nibp = (0b11, label, (systolic * 100, 8000, 9300, 0))
            records = readings(displayed(1000 + second, nibp=nibp), decoder, float(second))
            found.append(records["nibp_sys"].measured_at)
        return found

    def test_a_new_value_was_measured_when_it_appeared(self) -> None:
        steps = [(self.OLD, 120), (self.MEASURING, 120), (self.MEASURING, 130), (self.RESTING, 130)]
        assert self.times(*steps) == [None, None, 2.0, 2.0]

    def test_the_same_value_again_was_measured_when_the_cuff_came_to_rest(self) -> None:
        steps = [(self.OLD, 120), (self.MEASURING, 120), (self.RESTING, 120), (self.RESTING, 120)]
        assert self.times(*steps) == [None, None, 2.0, 2.0]

    def test_an_old_value_at_the_start_is_of_unknown_age(self) -> None:
        assert self.times((self.OLD, 120), (self.OLD, 120)) == [None, None]

    def test_a_young_value_at_the_start_is_dated_when_it_turns_a_minute_old(self) -> None:
        assert self.times((self.RESTING, 120), (self.RESTING, 120), (self.OLD, 120)) == [None, None, -58.0]

    def test_another_value_that_is_old_already_is_of_unknown_age(self) -> None:
        assert self.times((self.RESTING, 120), (self.OLD, 95)) == [None, None]

    def test_a_value_while_measuring_at_the_start_is_the_old_one(self) -> None:
        assert self.times((self.MEASURING, 120)) == [None]


class TestStaleRecords:
    """Old records sent again are recognised by their stamps."""

    def qualities(self, *steps: tuple[str, int]) -> list[str]:
        decoder, found = GeS5Decoder(), []
        for kind, stamp in steps:
            data = displayed(stamp) if kind == "d" else wave(8, [0], stamp)
            found += [e for e in decoder.feed(data, 0.0) if isinstance(e, Reading)]
        found += [e for e in decoder.finish(0.0) if isinstance(e, Reading)]
        return [e.quality.value[0] for e in found if e.parameter == "hr"]

    @pytest.mark.parametrize(
        ("steps", "expected"),
        [
            # as recorded: the buffered record is 33 s older
            ([("d", 765), ("d", 798), ("w", 798), ("d", 799)], "sgg"),
            ([("d", 765), ("d", 798), ("d", 799), ("d", 800)], "sggg"),
            ([("d", 765), ("w", 798), ("d", 799)], "sg"),
            ([("d", 798), ("w", 798), ("d", 799)], "gg"),
            ([("w", 798), ("d", 798), ("d", 799)], "gg"),
            # asked for every ten seconds, without waves
            ([("d", 0), ("d", 10), ("d", 20), ("d", 30)], "gggg"),
            # in the middle: the monitor was asked again
            ([("d", 1), ("d", 2), ("d", 3), ("d", 1), ("d", 20), ("d", 21)], "gggsgg"),
            # somebody set the monitor's clock an hour back, or on
            ([("d", 5000), ("d", 5001), ("d", 1400), ("d", 1401), ("d", 1402)], "ggggg"),
            ([("d", 1400), ("d", 1401), ("d", 5000), ("d", 5001), ("d", 5002)], "ggggg"),
            # never confirmed
            ([("d", 765)], "s"),
        ],
    )
    def test_what_does_not_follow_is_stale(self, steps: list[tuple[str, int]], expected: str) -> None:
        assert "".join(self.qualities(*steps)) == expected

    def hr_of(self, *frames: tuple[int, float]) -> list[Quality]:
        """(stamp, arrival) of displayed records after a live start -> how far each is trusted."""
        decoder, found = live_decoder(), []
        decoder.feed(displayed(1000), 0.0)
        for stamp, at in frames:
            found += decoder.feed(displayed(stamp), at)
        return [e.quality for e in found if isinstance(e, Reading) and e.parameter == "hr"]

    def test_a_record_that_lay_in_a_buffer_is_stale(self) -> None:
        good, stale = Quality.GOOD, Quality.STALE
        assert self.hr_of((1001, 9.0), (1010, 10.0), (1011, 11.0)) == [stale, good, good]

    def test_a_line_that_falls_behind_more_and_more_is_seen(self) -> None:
        qualities = self.hr_of(*((1000 + i, 2.0 * i) for i in range(1, 60)))
        assert qualities[:4] == [Quality.GOOD] * 4
        assert set(qualities[6:]) == {Quality.STALE}

    def test_a_monitor_that_repeats_one_record_for_ever_is_seen(self) -> None:
        qualities = self.hr_of(*((1000, float(i)) for i in range(1, 60)))
        assert set(qualities[6:]) == {Quality.STALE}

    def test_a_clock_that_is_a_little_slow_is_no_lag(self) -> None:
        qualities = self.hr_of(*((1000 + i, i * 1.001) for i in range(1, 8000)))
        assert set(qualities) == {Quality.GOOD}
