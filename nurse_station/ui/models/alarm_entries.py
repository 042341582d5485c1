"""The journal's entries about alarms, in the words of the record. A body that cannot be read gives None."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from nurse_station.alarms.changes import ActTaken, AlarmChange, entry_from_json
from nurse_station.alarms.lifecycle import Event, State
from nurse_station.alarms.signals import AlarmStatus
from nurse_station.ui import alarm_texts
from nurse_station.ui.models import alarm_acts, alarm_words, words

Worded = Callable[[AlarmChange], str]


def _line(change: AlarmChange) -> str:
    """`*** SpO₂ 84 < 85`."""
    status = AlarmStatus(
        condition=change.condition, kind=change.kind, priority=change.priority, state=State.ACTIVE,
        since=change.at, onset=change.onset, value=change.value, limit=change.limit,
        acknowledged=change.acknowledged, hidden_by=change.hidden_by, off=False, why_off="",
        text=f"alarm.{change.condition}", detail=change.detail, repeat_at=None,
    )  # fmt: skip
    return alarm_words.line(status)


def _named(said: str) -> Worded:
    return lambda change: f"{alarm_texts.alarm_text(f'alarm.{change.condition}').name}: {said}"


SAID: Mapping[Event, Worded] = MappingProxyType({
    Event.DELAY_ELAPSED: _line,
    Event.ESCALATED: lambda change: f"{_line(change)} · more urgent",
    Event.ACKNOWLEDGED: lambda change: words.joined(_named("acknowledged")(change), change.who),
    Event.ENDED: _named("over"),
    Event.ENDED_UNSEEN: _named("over, not acknowledged"),
    Event.RESTORED: _named("goes on after the program was gone"),
    Event.DATA_LOST: _named(alarm_texts.DATA_LOST),
    Event.DATA_RETURNED: _named("its data are back"),
    Event.REMINDED: _named("still there, sounds again"),
})  # fmt: skip
"""Event -> its sentence; another one is shown by its own word."""


def sentence(body: Mapping[str, object]) -> str | None:
    """What an entry about alarms says; None: the body is none."""
    try:
        entry = entry_from_json(body)
    except (KeyError, TypeError, ValueError):
        return None
    if isinstance(entry, ActTaken):
        return words.joined(alarm_acts.sentence(entry), alarm_acts.reason(entry))
    own = entry.event.value.replace("_", " ")
    return SAID.get(entry.event, _named(own))(entry)
