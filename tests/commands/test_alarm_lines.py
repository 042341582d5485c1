"""What a nurse without a screen reads of the alarms."""

import pytest

from nurse_station.alarms.changes import Act, ActTaken, AlarmChange, Entry
from nurse_station.alarms.lifecycle import Event, State
from nurse_station.alarms.words import Kind, Priority
from nurse_station.commands.alarm_lines import alarm_line


def change(event: Event, before: State = State.PENDING, **more: object) -> AlarmChange:
    words: dict[str, object] = {
        "number": 1, "at": 5.0, "condition": "spo2_low", "kind": Kind.PHYSIOLOGICAL, "event": event,
        "before": before, "after": State.ACTIVE, "priority": Priority.HIGH, "acknowledged": False,
        "value": 84.0, "limit": 88.0, "delay_s": 10.0, "detail": ("spo2",), "onset": 0.0, **more,
    }  # fmt: skip
    return AlarmChange(**words)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        (change(Event.DELAY_ELAPSED), "ALARM HIGH  spo2 low  SpO₂ 84 % (limit 88)"),
        (change(Event.RESTORED), "ALARM HIGH  spo2 low  SpO₂ 84 % (limit 88)"),
        (
            change(Event.DELAY_ELAPSED, hidden_by="spo2_desaturation"),
            "ALARM HIGH  spo2 low  SpO₂ 84 % (limit 88)  (said by spo2 desaturation)",
        ),
        (change(Event.ENDED, State.ACTIVE), "ALARM ENDED  spo2 low  SpO₂ 84 % (limit 88)"),
        (change(Event.ENDED, State.PENDING), ""),
        (change(Event.STARTED, State.INACTIVE), ""),
        (change(Event.ACKNOWLEDGED, State.ACTIVE, who="Ann"), "ALARM ACKNOWLEDGED  spo2 low  by Ann"),
        (
            change(
                Event.DELAY_ELAPSED, condition="no_audio", value=None, limit=None, detail=("audio_unusable",)
            ),
            "ALARM HIGH  no audio  audio unusable",
        ),
        (
            change(Event.DELAY_ELAPSED, condition="apnoea", value=23.0, limit=20.0, detail=()),
            "ALARM HIGH  apnoea  23 s (limit 20)",
        ),
        (ActTaken(number=1, at=0.0, act=Act.AUDIO_PAUSED, who="Ann"), "SOUND PAUSED"),
        (ActTaken(number=1, at=0.0, act=Act.FAULT, who="station", why="x"), ""),
        (
            ActTaken(number=1, at=0.0, act=Act.SWITCHED_OFF, who="A", condition="hr_low", why="athlete"),
            "ALARM OFF  hr low  athlete",
        ),
    ],
)
def test_an_entry_is_one_line_or_none(entry: Entry, line: str) -> None:
    assert alarm_line(entry) == line
