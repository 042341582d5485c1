"""What was done to the alarms of a bed, in words. Formats; decides nothing, no Qt."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from nurse_station.alarms.changes import Act, ActTaken
from nurse_station.alarms.limit_rows import LIMIT_ROWS
from nurse_station.ui.models import words
from nurse_station.ui.models.limit_words import SCOPES, condition_name, limit_name
from nurse_station.ui.texts import own_words

PHASES: Mapping[str, str] = MappingProxyType({
    "idle": "Alarms as without an infusion", "infusing": "Alarms as during an infusion",
    "recovering": "Alarms as in recovery",
})  # fmt: skip
"""An emergency too is watched as an infusion is: this says nothing of the pump."""


def _limit(act: ActTaken) -> str:
    change = act.change
    if change is None:
        return "Limit set"
    name = limit_name(change.key)
    unit = LIMIT_ROWS[change.key].unit if change.key in LIMIT_ROWS else ""
    moved = f"{change.old:g} → {change.new:g} {unit}".strip()
    return words.joined(f"{name[:1].upper()}{name[1:]}: {moved}", SCOPES[change.scope])


def _gap(act: ActTaken) -> str:
    return f"Nobody was watching for {words.lasting(act.seconds or 0.0)}"


def _ended(act: ActTaken) -> str:
    return {
        "elapsed": "Audio pause over", "breakthrough": "Audio pause ended by a new alarm",
        "new patient": "Audio pause ended: another patient",
    }.get(act.why, "Audio on again")  # fmt: skip


_SAYS: Mapping[Act, Callable[[ActTaken], str]] = MappingProxyType({
    Act.AUDIO_PAUSED: lambda act: "Audio paused for 120 s",
    Act.AUDIO_PAUSE_ENDED: _ended,
    Act.SWITCHED_OFF: lambda act: f"Alarm off: {condition_name(act.condition)}",
    Act.SWITCHED_ON: lambda act: f"Alarm on: {condition_name(act.condition)}",
    Act.LIMIT_SET: _limit,
    Act.PHASE_SET: lambda act: PHASES.get(act.why, own_words(act.why)),
    Act.FOUND: lambda act: f"Responsiveness: {act.why}",
    Act.DUE_SET: lambda act: f"Due anew: {condition_name(act.condition)}",
    Act.FAULT: lambda act: f"Station: {own_words(act.why)}",
    Act.MONITOR_EXPECTED: lambda act: f"Monitor {own_words(act.why)}",
    Act.GAP: _gap,
    Act.NEW_PATIENT: lambda act: "Another patient",
})  # fmt: skip
"""Every act has its sentence."""

_REASONED = frozenset({Act.SWITCHED_OFF, Act.SWITCHED_ON, Act.LIMIT_SET, Act.GAP})


def sentence(act: ActTaken) -> str:
    """`Alarm off: SpO₂ low`."""
    return _SAYS[act.act](act)


def reason(act: ActTaken) -> str:
    """The reason that was given, where there is one to show."""
    return act.why if act.act in _REASONED else ""
