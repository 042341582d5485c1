"""IntelliVue alarm lists, demographics and operating mode: what conditions they become."""

import struct

import pytest

from nurse_station.devices.philips_intellivue.clock import bcd
from nurse_station.devices.philips_intellivue.framing import frame
from nurse_station.vitals.readings import DeviceCondition, FrameAccepted
from tests.devices.philips_messages import (
    ALARMS,
    BPM,
    MDS,
    NUMERICS,
    PATIENT,
    alarm,
    conditions,
    counted,
    created,
    heard,
    readings,
    reply,
    result,
    told,
    utf16,
    value,
)


def alarms(patient: list[bytes] | None, technical: list[bytes] | None = None) -> bytes:
    lists = ((0x0902, patient), (0x0904, technical))
    return told(ALARMS, [(number, counted(*each)) for number, each in lists if each is not None])


def test_an_alarm_is_told_in_the_monitors_words() -> None:
    said = conditions(alarms([alarm(19384, 62, words="** SpO2 LOW", kind=512)], []))["monitor_alarm"]
    assert said.active
    assert said.detail == "** SpO2 LOW (medium priority)"


def test_an_alarm_without_words_is_told_in_ours() -> None:
    said = conditions(alarms([alarm(16770, 3076)], [alarm(4107, 71, kind=1)]))
    assert said["monitor_alarm"].detail == (
        "HR asystole (high priority); part 4107 malfunction (technical, low priority)"
    )


@pytest.mark.parametrize(
    ("source", "code", "key"),
    [
        (16770, 3076, "asystole"),
        (20498, 3072, "apnoea"),
        (20490, 3072, "apnoea_impedance"),
        (256, 274, "ecg_leads_off"),
        (21, 268, "ecg_leads_off"),
        (19384, 308, "spo2_off"),
        (19384, 432, "spo2_artefact"),
    ],
)
def test_an_alarm_that_everybody_knows_is_a_condition_of_its_own(source: int, code: int, key: str) -> None:
    said = conditions(alarms([alarm(source, code)], []))
    assert {k for k, c in said.items() if c.active} == {"monitor_alarm", key}


@pytest.mark.parametrize("state", [0x8000, 0x4000, 0x2000, 0x0400, 0x0100])
def test_an_alarm_that_is_not_so_now_is_told_and_no_condition(state: int) -> None:
    said = conditions(alarms([alarm(16770, 3076, state=state)]))
    assert said["monitor_alarm"].active
    assert not said["asystole"].active


def test_every_state_bit_of_an_alarm_has_its_word() -> None:
    detail = conditions(alarms([alarm(16770, 3076, state=0xF708)]))["monitor_alarm"].detail
    for word in (
        "switched off",
        "suspended",
        "latched",
        "silenced",
        "test",
        "standby",
        "demonstration",
        "new",
    ):
        assert word in detail


def test_an_alarm_ends_and_the_other_list_stands() -> None:
    frames = [alarms([alarm(16770, 3076, words="ASYSTOLE")], [alarm(256, 274, words="LEADS OFF", kind=1)]),
              alarms([]), alarms(None, [])]  # fmt: skip
    said = [e for e in heard(*frames) if isinstance(e, DeviceCondition) and e.key == "monitor_alarm"]
    assert [(c.active, "ASYSTOLE" in c.detail, "LEADS OFF" in c.detail) for c in said] == [
        (True, True, True), (True, False, True), (False, False, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "key"), [(0x8000, "alarms_off"), (0x4000, "alarms_suspended"), (0x0100, "demonstration")]
)
def test_the_alert_condition_says_whether_the_monitor_alarms_at_all(state: int, key: str) -> None:
    said = conditions(told(ALARMS, [(0x0916, struct.pack(">5H", state, 0, 0, 0, 0))]))
    assert {k for k, c in said.items() if c.active} == {key}


# The patient and the monitor itself


def patient(family: str, given: str, number: str, state: int | None = 2) -> bytes:
    listed = [(0x095C, utf16(family)), (0x095D, utf16(given)), (0x095A, utf16(number)), (0x0961, b"\0\1")]
    return told(PATIENT, listed + ([] if state is None else [(0x0957, struct.pack(">H", state))]))


@pytest.mark.parametrize("state", [2, 1, None])
def test_the_monitors_patient_is_told_as_sent(state: int | None) -> None:
    said = conditions(patient("Müller", "Jane", "4711-b", state))["patient_identity"]
    assert (said.active, said.detail) == (True, "Müller, Jane, ID 4711-b")


def test_another_patient_is_told_and_the_same_one_is_not_told_again() -> None:
    frames = [patient("Doe", "Jane", "1"), patient("Doe", "Jane", "1"), patient("Doe", "John", "2")]
    said = [e.detail for e in heard(*frames) if isinstance(e, DeviceCondition)]
    assert said == ["Doe, Jane, ID 1", "Doe, John, ID 2"]


@pytest.mark.parametrize("state", [0, 8])
def test_an_empty_or_discharged_patient_is_none(state: int) -> None:
    assert not conditions(patient("Doe", "Jane", "1", state))["patient_identity"].active
    assert not conditions(patient("", "", ""))["patient_identity"].active


def test_demographics_in_linked_parts_are_heard() -> None:
    listed = [(0x095C, utf16("Doe")), (0x095A, utf16("1")), (0x0957, b"\0\2")]
    part = frame(result(reply(PATIENT, [(1, listed)]), link=(1, 1)))
    end = frame(result(reply(PATIENT, [])))
    assert conditions(part, end)["patient_identity"].detail == "Doe, ID 1"


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        (utf16("Doe"), "Doe"),
        (b"\0\6" + "Doe".encode("utf-16-be"), "Doe"),
        (b"\0\7" + "Doe".encode("utf-16-be") + b"\0", "Doe"),
        (b"\0\x10" + "Doe".encode("utf-16-be") + bytes(10), "Doe"),
        (b"\xff\xff" + "Doe".encode("utf-16-be"), "Doe"),
        (b"\0\x0a" + "D\x07o\ne".encode("utf-16-be"), "Doe"),
        (b"\0\4\xd8\0\0a", "\ufffda"),
        (b"\0\0", ""),
        (b"\0", ""),
        (b"", ""),
    ],
)
def test_a_text_is_read_as_far_as_it_is_there(sent: bytes, text: str) -> None:
    said = conditions(told(PATIENT, [(0x095C, sent), (0x0957, b"\0\2")]))["patient_identity"]
    assert (said.detail, said.active) == (text, bool(text))


@pytest.mark.parametrize(
    ("mode", "keys"),
    [
        (0x4000, set()),
        (0x2000, {"demonstration"}),
        (0x1000, {"monitor_service"}),
        (0x0002, {"monitor_standby"}),
        (0x0001, {"monitor_configuration"}),
    ],
)
def test_the_operating_mode_is_told(mode: int, keys: set[str]) -> None:
    for said in (
        created([(0x0946, struct.pack(">H", mode))]),
        told(MDS, [(0x0946, struct.pack(">H", mode))]),
    ):
        assert {key for key, c in conditions(said).items() if c.active} == keys


def test_the_monitors_time_of_day_goes_with_the_frame() -> None:
    clock = created([(0x0987, bcd(1_700_000_000)), (0x098F, struct.pack(">I", 80_000))])
    last = [e for e in heard(clock, told(NUMERICS, value(16770, 72, BPM), ticks=96_000))
            if isinstance(e, FrameAccepted)][-1]  # fmt: skip
    assert last.device_time == pytest.approx(1_700_000_002)
    absolute = told(NUMERICS, value(16770, 72, BPM), absolute=bcd(1_600_000_000))
    assert readings(absolute)["hr"].device_time == pytest.approx(1_600_000_000)


def test_a_refusal_is_a_condition_until_the_monitor_accepts() -> None:
    refuse, accept = frame(b"\x0c\x02\0\0"), frame(b"\x0e\x00")
    said = [e.active for e in heard(refuse, accept) if isinstance(e, DeviceCondition)]
    assert said == [True, False]
