"""A session without what tells whose it is. What is not known to be harmless does not pass.

After the eighteen kinds of the US Safe Harbor rule (45 CFR 164.514(b)(2)): no names, places, numbers,
serial numbers or other codes, no date but relative seconds, and no free text, which may hold any of them.
A new random identity each time, so that two exports of one session cannot be joined. Whether an export may
be given away is for the clinic to decide: a rare course of values can itself be recognised.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from nurse_station.exports.content import SESSION_KIND, Content, Event
from nurse_station.sessions import deeds
from nurse_station.vitals.readings import Reading

DEEDS: frozenset[str] = frozenset(kind.__name__ for kind in (
    deeds.Screened, deeds.BaselineSet, deeds.BaselineTaken, deeds.Started, deeds.RateSet, deeds.Held,
    deeds.Released, deeds.Paused, deeds.Resumed, deeds.Stopped, deeds.Scored, deeds.Questioned,
    deeds.Measured, deeds.EmergencyCalled, deeds.EmergencyOver, deeds.LineOut, deeds.Walked,
    deeds.Instructed, deeds.ReadyToGo, deeds.NotYet, deeds.Discharged, deeds.Withdrawn,
))  # fmt: skip
"""Deeds that pass, without their free words."""

KEYS: frozenset[str] = frozenset({
    "deed", "number", "corrects", "mg_kg_h", "pump_ml_h", "reason", "scale", "score", "key", "answers",
    "values", "on_air", "steady", "condition", "kind", "event", "before", "after", "priority",
    "acknowledged", "value", "limit", "delay_s", "hidden_by", "act", "active", "seconds", "simulated",
})  # fmt: skip
"""Fields whose values are numbers, truths or words of the station's own tables."""

KINDS: frozenset[str] = frozenset({
    SESSION_KIND, "alarm", "condition", "alarm_off", "alarm_on", "audio_paused", "audio_pause_ended",
    "limit_set", "phase_set", "monitoring_gap", "session_started", "session_resumed", "session_ended",
    "vitals_lost",
})  # fmt: skip
"""Kinds of entries that pass."""

Random = Callable[[], UUID]


def deidentified(content: Content, random: Random) -> Content:
    """The same session of nobody. `random` gives a new identity, e.g. `uuid.uuid4`."""
    identity = random().hex
    return Content(
        identity=(identity, identity), start=None, seconds=content.seconds, ended=content.ended,
        simulated=content.simulated, bed="", readings=lambda: map(_reading, content.readings()),
        waves=content.waves, events=tuple(_events(content.events)), session=None, doses=content.doses,
    )  # fmt: skip


def _reading(timed: tuple[float, Reading]) -> tuple[float, Reading]:
    """Without the device's clock, which tells the date, and without its words."""
    t, reading = timed
    return t, replace(reading, device_time=None, origin="")


def _events(events: Sequence[Event]) -> Iterator[Event]:
    for event in events:
        if event.kind in KINDS and (event.kind != SESSION_KIND or event.name in DEEDS):
            name = event.name if event.kind in {SESSION_KIND, "alarm", "condition"} else ""
            yield Event(t=event.t, kind=event.kind, name=name, body=_plain(event))


def _plain(event: Event) -> dict[str, Any]:
    body = event.body.get("body", {}) if event.kind == SESSION_KIND else event.body
    return {key: value for key, value in body.items() if key in KEYS and _harmless(value)}


def _harmless(value: object) -> bool:
    """A number, a truth, a single word of a table, or a mapping of such words to numbers."""
    if isinstance(value, Mapping):
        return all(_word(key) and isinstance(each, int | float) for key, each in value.items())
    if isinstance(value, float):
        return math.isfinite(value)
    return value is None or isinstance(value, int) or _word(value)


def _word(value: object) -> bool:
    return isinstance(value, str) and len(value) <= 40 and value.replace("_", "").replace(" ", "").isalnum()
