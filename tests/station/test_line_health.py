"""How well a line did: silences from the last good frame on, shares of time, and the report in the record."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.app import main
from nurse_station.commands.lines import totals
from nurse_station.records.reader import RecordReader
from nurse_station.station.commands import DisconnectMonitor, EndSession
from nurse_station.station.journal import LINE_HEALTH
from nurse_station.station.line_health import HealthWatch
from nurse_station.station.line_report import EVERY_S
from nurse_station.station.snapshots import LineHealth, LineState
from nurse_station.vitals.clock import ManualClock
from tests.station.rooms import GE, bed_of, opened, run, simulator

RECEIVING, SILENT, LOST, ENDED, LISTENING = (
    LineState.RECEIVING, LineState.SILENT, LineState.LOST, LineState.ENDED, LineState.LISTENING,
)  # fmt: skip


def watched(*steps: tuple[float, LineState, float | None]) -> LineHealth:
    watch = HealthWatch()
    for step in steps:
        watch.step(*step)
    return watch.health()


def test_a_line_that_receives_all_the_time_has_no_silence() -> None:
    health = watched((0.0, RECEIVING, 0.0), (10.0, RECEIVING, 9.9))
    assert health == LineHealth(watched_s=10.0, receiving_s=10.0)
    assert health.share == 1.0


def test_a_silence_counts_from_the_last_good_frame_not_from_when_it_was_noticed() -> None:
    health = watched((0.0, RECEIVING, 0.0), (10.0, RECEIVING, 6.0), (11.0, SILENT, 6.0), (20.0, SILENT, 6.0))
    assert (health.receiving_s, health.silent_s, health.silences) == (6.0, 14.0, 1)


def test_a_line_lost_during_a_silence_is_one_silence() -> None:
    health = watched((0.0, RECEIVING, 0.0), (5.0, SILENT, 0.0), (8.0, LOST, 0.0), (9.0, RECEIVING, 9.0))
    assert health.silences == 1


def test_the_time_before_the_first_frame_is_neither_received_nor_silent() -> None:
    health = watched((0.0, LISTENING, None), (4.0, LISTENING, None))
    assert health == LineHealth(watched_s=4.0)


def test_the_time_after_the_end_of_a_recording_does_not_count() -> None:
    assert watched((0.0, RECEIVING, 0.0), (5.0, RECEIVING, 5.0), (500.0, ENDED, 5.0)).watched_s == 5.0


@given(st.lists(st.tuples(st.floats(0, 50), st.sampled_from(sorted(LineState)), st.floats(0, 60))))
def test_shares_add_up_whatever_happens(steps: list[tuple[float, LineState, float]]) -> None:
    watch, now = HealthWatch(), 100.0
    for passed, state, ago in steps:
        now += passed
        watch.step(now, state, now - ago)
    health = watch.health()
    assert min(health.receiving_s, health.silent_s) >= 0.0
    assert health.receiving_s + health.silent_s <= health.watched_s + 1e-6


def test_a_line_without_any_time_has_no_share() -> None:
    assert LineHealth().share is None


# In the record


def reports(folder: Path, session: str) -> list[dict[str, object]]:
    with RecordReader(folder) as reader:
        return [entry.body for entry in reader.journal(session) if entry.kind == LINE_HEALTH]


def test_a_report_is_written_when_a_line_is_closed_and_every_ten_minutes(tmp_path: Path) -> None:
    clock = ManualClock(1000.0)
    with opened(tmp_path, clock) as station:
        station.send(simulator())
        run(station, clock, 20)
        session = bed_of(station).session or ""
        assert bed_of(station).lines[0].raw
        run(station, clock, EVERY_S, step=0.5)
        station.send(DisconnectMonitor(bed="chair-1", source=GE))
        run(station, clock, 1)
        assert LINE_HEALTH not in {entry.kind for entry in bed_of(station).entries}
        station.send(EndSession(bed="chair-1"))
        run(station, clock, 1)
    first, last = reports(tmp_path, session)
    assert (last["monitor"], last["port"]) == (GE, "simulator")
    assert isinstance(last["watched_s"], float)
    assert last["watched_s"] == pytest.approx(620, abs=2)
    assert last["receiving_s"] == pytest.approx(620, abs=5)
    assert isinstance(first["bytes"], int)
    assert first["bytes"] <= last["bytes"]  # type: ignore[operator]


def test_the_end_of_the_program_writes_a_report_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = ManualClock(1000.0)
    with opened(tmp_path, clock) as station:
        station.send(simulator())
        run(station, clock, 20)
        session = bed_of(station).session or ""
    assert len(reports(tmp_path, session)) == 1
    assert main(["lines", session, "--data-dir", str(tmp_path)]) == 0
    head, row = capsys.readouterr().out.splitlines()
    assert head.split()[:3] == ["MONITOR", "PORT", "WATCHED"]
    assert row.split()[:2] == [GE, "simulator"]
    assert main(["lines", session, "--json", "--data-dir", str(tmp_path)]) == 0
    [line] = json.loads(capsys.readouterr().out)["lines"]
    assert 0.8 < line["receiving_share"] <= 1.0
    assert line["frames"] > 10


def test_a_session_that_is_not_there_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(tmp_path, ManualClock(1000.0)):
        pass
    assert main(["lines", "2026-01-01-001", "--data-dir", str(tmp_path)]) == 2
    assert "no session 2026-01-01-001" in capsys.readouterr().err


def entry(monitor: str, watched_s: float, frames: int, **refused: int) -> dict[str, object]:
    counted = {"bytes": frames * 10, "frames": frames, "refused": refused, "reconnections": 1}
    times = {"watched_s": watched_s, "receiving_s": watched_s / 2, "silences": 1, "silent_s": watched_s / 2}
    return {"monitor": monitor, "port": "COM4", "settings": "9600 8N1", **counted, **times}


def test_reports_of_one_connection_replace_and_those_of_several_add_up() -> None:
    found = totals([entry("a", 600, 100, checksum=1), entry("b", 5, 1), entry("a", 900, 150, checksum=2),
                    entry("a", 10, 3, short=4)])  # fmt: skip
    [a, b] = found
    assert (a.connected, a.watched_s, a.frames, a.refused) == (2, 910, 153, {"checksum": 2, "short": 4})
    assert (a.share, b.connected) == (0.5, 1)
