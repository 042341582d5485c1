"""IntelliVue numerics: what values and their states become, and when a cuff measured."""

import struct

import pytest

from nurse_station.devices.philips_intellivue.clock import bcd
from nurse_station.devices.philips_intellivue.decoder import IntellivueDecoder
from nurse_station.vitals.readings import DeviceCondition, Missing, Quality, Reading
from tests.devices.philips_messages import (
    BPM,
    CELSIUS,
    KPA,
    MMHG,
    NUMERICS,
    PERCENT,
    Attributes,
    conditions,
    counted,
    created,
    heard,
    observed,
    readings,
    told,
    value,
)

NOT_A_NUMBER = 0x007FFFFF


def compound(*each: bytes) -> Attributes:
    return [(0x094B, counted(*each))]


def cuff(*numbers: int, state: int = 0, stamps: Attributes | None = None) -> Attributes:
    parts = zip((18949, 18950, 18951), numbers, strict=True)
    return compound(*(observed(p, n, MMHG, state) for p, n in parts)) + (stamps or [])


@pytest.mark.parametrize(
    ("physio", "word", "unit", "parameter", "number", "origin"),
    [
        (16770, 72, BPM, "hr", 72, "ECG"),
        (19384, 97, PERCENT, "spo2", 97, "pleth"),
        (18466, 71, BPM, "pr", 71, "pleth"),
        (18442, 70, BPM, "pr", 70, "pulse"),
        (20490, 14, 2784, "rr_imp", 14, "impedance"),
        (20498, 13, 2784, "rr_co2", 13, "CO2"),
        (20656, 38, MMHG, "etco2", 38, "CO2"),
        (20656, 0xFF000032, KPA, "etco2", 37.5, "CO2"),
        (20666, 1, MMHG, "fico2", 1, "CO2"),
        (19272, 0xFF00016F, CELSIUS, "temp1", 36.7, "Temp"),
        (61641, 0xFF00016F, CELSIUS, "temp3", 36.7, "T3"),
        (19272, 0xFF0003DA, 0x1140, "temp1", 37.0, "Temp"),
        (18965, 131, MMHG, "p1_sys", 131, "ABP"),
        (19015, 8, MMHG, "p2_mean", 8, "CVP"),
        (18973, 0xFF000021, KPA, "p3_sys", 24.75, "PAP"),
    ],
)
def test_a_value_is_known_by_its_identifier(
    physio: int, word: int, unit: int, parameter: str, number: float, origin: str
) -> None:
    (reading,) = readings(told(NUMERICS, value(physio, word, unit))).values()
    assert (reading.parameter, reading.origin, reading.quality) == (parameter, origin, Quality.GOOD)
    assert reading.value == pytest.approx(number, abs=0.01)


@pytest.mark.parametrize("physio", [19376, 16993, 61669, 61638, 18948, 0, 0xFFFF])
def test_what_the_table_has_no_row_for_is_left_out(physio: int) -> None:
    assert readings(told(NUMERICS, value(physio, 5, MMHG))) == {}


def test_a_compound_value_gives_each_of_its_parts() -> None:
    found = readings(told(NUMERICS, cuff(124, 78, 93)))
    assert {key: r.value for key, r in found.items()} == {"nibp_sys": 124, "nibp_dia": 78, "nibp_mean": 93}


@pytest.mark.parametrize(
    ("state", "quality", "why"),
    [
        (0x8000, Quality.MISSING, Missing.INVALID),
        (0x4000, Quality.QUESTIONABLE, None),
        (0x2000, Quality.MISSING, Missing.INVALID),
        (0x1000, Quality.MISSING, Missing.NOT_CALIBRATED),
        (0x0800, Quality.MISSING, Missing.INVALID),
        (0x0400, Quality.MISSING, Missing.INVALID),
        (0x0200, Quality.MISSING, Missing.INVALID),
        (0x0080, Quality.GOOD, None),
        (0x0040, Quality.QUESTIONABLE, None),
        (0x0020, Quality.GOOD, None),
        (0x0002, Quality.GOOD, None),
        (0x0001, Quality.GOOD, None),
        (0xC000, Quality.MISSING, Missing.INVALID),
    ],
)
def test_each_bit_of_the_state_says_how_far_a_value_is_trusted(
    state: int, quality: Quality, why: Missing | None
) -> None:
    reading = readings(told(NUMERICS, value(16770, 72, BPM, state)))["hr"]
    assert (reading.quality, reading.why) == (quality, why)
    assert reading.value == (None if quality is Quality.MISSING else 72)


@pytest.mark.parametrize(
    ("word", "unit", "why"),
    [
        (NOT_A_NUMBER, BPM, Missing.INVALID),
        (0x00800000, BPM, Missing.INVALID),
        (0x007FFFFE, BPM, Missing.OVER_RANGE),
        (0x00800002, BPM, Missing.UNDER_RANGE),
        (900, BPM, Missing.IMPLAUSIBLE),
        (0x7F7FFFFD, BPM, Missing.IMPLAUSIBLE),
        (72, 0x1234, Missing.INVALID),
    ],
)
def test_what_is_no_number_of_a_patient_is_missing(word: int, unit: int, why: Missing) -> None:
    reading = readings(told(NUMERICS, value(16770, word, unit)))["hr"]
    assert (reading.value, reading.why) == (None, why)


@pytest.mark.parametrize(
    ("state", "key"), [(0x0400, "demonstration"), (0x0800, "test_data"), (0x1000, "calibrating")]
)
def test_what_is_not_of_the_patient_is_a_condition_until_it_is_over(state: int, key: str) -> None:
    frames = [told(NUMERICS, value(16770, 72, BPM, each)) for each in (0, state, state, 0)]
    said = [e.active for e in heard(*frames) if isinstance(e, DeviceCondition) and e.key == key]
    assert said == [False, True, False]


def test_bits_that_are_not_decoded_are_shown_raw() -> None:
    said = conditions(told(NUMERICS, value(16770, 72, BPM, 0x0083), value(19384, 97, PERCENT, 0x0020)))
    assert said["monitor_status"].detail == "hr 0083, spo2 0020"


def test_a_better_source_of_the_pulse_stays_the_source() -> None:
    both = told(NUMERICS, value(18442, 70, BPM), value(18466, 71, BPM))
    assert readings(both)["pr"].origin == "pleth"
    off = told(NUMERICS, value(18442, 70, BPM), value(18466, NOT_A_NUMBER, BPM, 0x2000))
    assert readings(both, off)["pr"].value is None


def test_two_sites_never_share_a_channel() -> None:
    found = readings(told(NUMERICS, value(18965, 131, MMHG), value(18961, 129, MMHG)))
    assert {(r.parameter, r.origin) for r in found.values()} == {("p1_sys", "ABP"), ("p2_sys", "ART")}


def test_the_seventh_pressure_and_the_fifth_temperature_have_no_channel() -> None:
    sites = [0x4A00, 0x4A0C, 0x4A10, 0x4A14, 0x4A1C, 0x4A28, 0x4A30]
    listed = [value(site + 1, 100 + n, MMHG) for n, site in enumerate(sites)]
    listed += [value(19272, 37, CELSIUS) for _ in range(5)]
    found = readings(told(NUMERICS, *listed))
    assert len([key for key in found if key.startswith("p")]) == 6
    assert len([key for key in found if key.startswith("temp")]) == 4


# The cuff


@pytest.mark.parametrize(("age_s", "ticks"), [(5, 80_000), (240, 4_000_000), (5, 10)])
def test_the_monitor_stamps_when_the_cuff_measured(age_s: int, ticks: int) -> None:
    stamp = struct.pack(">I", (ticks - 8000 * age_s) % 2**32)
    found = readings(told(NUMERICS, cuff(124, 78, 93, stamps=[(0x0991, stamp)]), ticks=ticks))
    assert found["nibp_sys"].measured_at == pytest.approx(50.0 - age_s)


def test_a_stamp_in_time_of_day_needs_the_clock_that_the_monitor_told() -> None:
    stamped = told(NUMERICS, cuff(124, 78, 93, stamps=[(0x0990, bcd(1_700_000_000))]))
    assert readings(stamped)["nibp_sys"].measured_at is None
    clock = created([(0x0987, bcd(1_700_000_020)), (0x098F, struct.pack(">I", 80_000))])
    reading = readings(clock, stamped)["nibp_sys"]
    assert reading.measured_at == pytest.approx(30.0)
    assert reading.device_time == pytest.approx(1_700_000_020)


def test_without_a_stamp_a_cuff_pressure_is_of_when_it_changed() -> None:
    decoder = IntellivueDecoder()
    states = [(124, 0), (124, 0x20), (124, 0), (131, 0), (131, 0)]
    frames = [told(NUMERICS, cuff(sys, 78, 93, state=state)) for sys, state in states]
    events = [decoder.feed(one, float(at)) for at, one in enumerate(frames)]
    first = [next(e for e in each if isinstance(e, Reading)) for each in events]
    assert [reading.measured_at for reading in first] == [None, None, 2.0, 3.0, 3.0]


def test_a_cuff_that_measures_says_so_and_its_old_value_stands() -> None:
    events = heard(*(told(NUMERICS, cuff(124, 78, 93, state=state)) for state in (0, 0x20, 0)))
    said = [e.active for e in events if isinstance(e, DeviceCondition) and e.key == "nibp_measuring"]
    assert said == [False, True, False]
    assert {e.value for e in events if isinstance(e, Reading) and e.parameter == "nibp_sys"} == {124}
