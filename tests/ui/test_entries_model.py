"""The journal's entries in words."""

from datetime import UTC, datetime

import pytest
from room import bed

from nurse_station.station.snapshots import EntrySnapshot
from nurse_station.ui.models import entries

AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


def entry(kind: str, **body: object) -> EntrySnapshot:
    return EntrySnapshot(wall=AT, kind=kind, who="A. Nurse", body=body)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (entry("session_started", simulated=False), "Record began"),
        (entry("session_started", simulated=True), "Record began · simulation"),
        (entry("session_resumed"), "Record goes on after the program was gone"),
        (entry("monitoring_gap", seconds=125.0), "Nobody looked for 2 min"),
        (entry("monitor_connected", port="COM4"), "Monitor connected on COM4"),
        (entry("monitor_disconnected", port="COM4"), "Monitor disconnected from COM4"),
        (entry("line_lost", trouble="COM4 was lost"), "Line lost: COM4 was lost"),
        (entry("bed_renamed", old="A", new="B"), "A is now B"),
        (entry("note", text="reads a book"), "Note: reads a book"),
        (entry("something_new"), "something new"),
    ],
)
def test_an_entry_is_said_in_words(one: EntrySnapshot, said: str) -> None:
    assert entries.sentence(one) == said


def test_the_newest_entry_stands_first() -> None:
    shown = entries.lines(bed(entries=(entry("session_started"), entry("note", text="x"))))
    assert [line.partition("  ")[2] for line in shown] == ["Note: x", "Record began"]
