"""The journal's entries in words."""

from datetime import UTC, datetime

import pytest
from room import bed

from nurse_station.alarms.changes import Act, ActTaken, AlarmChange
from nurse_station.alarms.lifecycle import Event, State
from nurse_station.alarms.words import Kind, Priority
from nurse_station.station.snapshots import EntrySnapshot
from nurse_station.ui.models import entries

AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


DELAY_ELAPSED = Event.DELAY_ELAPSED


def change(event: Event, who: str = "") -> AlarmChange:
    """A transition of a desaturation."""
    return AlarmChange(
        number=1, at=5.0, condition="spo2_desaturation", kind=Kind.PHYSIOLOGICAL, event=event,
        before=State.PENDING, after=State.ACTIVE, priority=Priority.HIGH, acknowledged=False, value=84.0,
        limit=85.0, delay_s=2.0, detail=("spo2",), onset=3.0, who=who,
    )  # fmt: skip


def entry(kind: str, /, **body: object) -> EntrySnapshot:
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
        (
            entry("source_changed", parameter="spo2", old="masimo-ascii1", new="ge-s5-dri"),
            "SpO₂ now from ge s5 dri, before from masimo ascii1",
        ),
        (entry("bed_renamed", old="A", new="B"), "A is now B"),
        (entry("note", text="reads a book"), "Note: reads a book"),
        (entry("something_new"), "something new"),
        (entry("alarm", **change(DELAY_ELAPSED).as_json()), "*** SpO₂ 84 < 85"),
        (entry("alarm", **change(Event.ENDED_UNSEEN).as_json()), "Desaturation: over, not acknowledged"),
        (
            entry("alarm", **change(Event.ACKNOWLEDGED, who="nurse").as_json()),
            "Desaturation: acknowledged · nurse",
        ),
        (entry("alarm", **change(Event.RESET).as_json()), "Desaturation: reset"),
        (entry("alarm", event="nonsense"), "alarm"),
    ],
)
def test_an_entry_is_said_in_words(one: EntrySnapshot, said: str) -> None:
    assert entries.sentence(one) == said


def test_the_newest_entry_stands_first() -> None:
    shown = entries.lines(bed(entries=(entry("session_started"), entry("note", text="x"))))
    assert [line.partition("  ")[2] for line in shown] == ["Note: x", "Record began"]


@pytest.mark.parametrize("act", list(Act))
def test_every_act_on_alarms_is_said_in_words(act: Act) -> None:
    taken = ActTaken(number=1, at=5.0, act=act, who="nurse", condition="spo2_low", why="cold hand")
    said = entries.sentence(entry(act.value, **taken.as_json()))
    assert said
    assert "None" not in said
    assert "spo2_low" not in said
