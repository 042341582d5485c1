"""Recordings of real S/5 monitors decode as an independent decoder found them to."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from nurse_station.devices.contract import Event
from nurse_station.devices.registry import DRIVERS
from nurse_station.vitals.readings import FrameAccepted, FrameRefused, Quality, Reading
from nurse_station.vitals.waves import WaveBlock

GE = DRIVERS["ge-s5-dri"]
COLUMNS = {"hr": "hr", "rr_imp": "imp_rr", "nibp_sys": "sys", "nibp_dia": "dia", "nibp_mean": "mean",
           "spo2": "spo2", "pr": "pr", "etco2": "etco2_mmHg", "rr_co2": "rr"}  # fmt: skip


def events_of(shared: Path, name: str) -> list[Event]:
    data = (shared / "captures/ge_s5_dri" / f"{name}.raw").read_bytes()
    decoder = GE.decoder()
    events = [event for at, piece in GE.pace(data) for event in decoder.feed(piece, at)]
    return events + decoder.finish(0.0)


@pytest.fixture(scope="module")
def db01(shared: Path) -> list[Event]:
    return events_of(shared, "db01")


@pytest.fixture(scope="module")
def db02(shared: Path) -> list[Event]:
    return events_of(shared, "db02")


@pytest.fixture(scope="module")
def expected(shared: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared / "captures/ge_s5_dri/expected.json").read_text())
    return found


def refused(events: list[Event]) -> Counter[str]:
    return Counter(e.reason for e in events if isinstance(e, FrameRefused))


def accepted(events: list[Event]) -> int:
    return sum(isinstance(e, FrameAccepted) for e in events)


def rows(events: list[Event]) -> list[dict[str, float | None]]:
    """The displayed records, in the columns of the independent decode."""
    found: dict[int, dict[str, float | None]] = {}
    index = Counter[str]()
    for event in events:
        if isinstance(event, Reading) and event.parameter in COLUMNS:
            row = found.setdefault(index[event.parameter], {"t": event.device_time})
            row[COLUMNS[event.parameter]] = event.value
            index[event.parameter] += 1
    return list(found.values())


def test_the_clean_capture_has_213_good_frames(db02: list[Event]) -> None:
    assert (accepted(db02), refused(db02)) == (213, {})


def test_the_dirty_line_has_2126_good_frames(db01: list[Event]) -> None:
    assert accepted(db01) == 2126


def test_twelve_frames_of_the_dirty_line_pass_the_checksum_but_not_the_length(db01: list[Event]) -> None:
    assert refused(db01)["length"] == 12


def test_all_other_frames_of_the_dirty_line_are_refused(db01: list[Event]) -> None:
    assert refused(db01).total() == 165 + 143 + 12


def test_the_clean_capture_has_107_displayed_records(db02: list[Event]) -> None:
    assert len(rows(db02)) == 107


def test_the_first_records_equal_the_independent_decode(db02: list[Event], expected: dict[str, Any]) -> None:
    want = [{k: row[k] for k in ("t", *COLUMNS.values())} for row in expected["db02"]["first5"]]
    assert rows(db02)[:5] == want


def test_the_last_record_equals_the_independent_decode(db02: list[Event], expected: dict[str, Any]) -> None:
    [want] = [{k: row[k] for k in ("t", *COLUMNS.values())} for row in expected["db02"]["last"]]
    assert rows(db02)[-1] == want


def test_the_first_record_is_stale_and_no_other(db02: list[Event]) -> None:
    stale = [e.device_time for e in db02 if isinstance(e, Reading) and e.quality is Quality.STALE]
    assert set(stale) == {1532624765.0}


def test_on_the_dirty_line_the_buffered_record_is_never_taken_as_live(db01: list[Event]) -> None:
    live = {e.device_time for e in db01 if isinstance(e, Reading) and e.quality is Quality.GOOD}
    assert 1532624765.0 not in live


def test_on_the_dirty_line_few_live_records_are_taken_as_stale(db01: list[Event]) -> None:
    stale = Counter(e.device_time for e in db01 if isinstance(e, Reading) and e.quality is Quality.STALE)
    others = stale.total() - stale[1532624765.0]
    assert others / len(db01) < 0.001


def test_the_waves_are_all_there(db02: list[Event]) -> None:
    found = Counter((e.wave, len(e.samples)) for e in db02 if isinstance(e, WaveBlock))
    assert found == {("pleth", 100): 106, ("entropy", 100): 106}


def test_the_pace_of_a_capture_is_that_of_the_monitor(shared: Path) -> None:
    data = (shared / "captures/ge_s5_dri/db02.raw").read_bytes()
    pieces = GE.pace(data)
    assert b"".join(piece for _, piece in pieces) == data
    assert pieces[-1][0] == 105.0


def test_no_apnoea_is_told_where_the_monitor_had_deactivated_it(db02: list[Event]) -> None:
    assert not [e for e in db02 if getattr(e, "key", "") == "apnoea" and getattr(e, "active", False)]
