"""Paper's alarms: each from activation to end, who acknowledged it and when, what was done to them."""

from collections.abc import Iterator

from nurse_station.alarms.changes import Act, ActTaken, AlarmChange
from nurse_station.alarms.history import Episode, episodes, figures
from nurse_station.alarms.lifecycle import Event
from nurse_station.infusion.units import shown
from nurse_station.reports.alarm_names import (
    PRIORITIES,
    limit_name,
    limit_unit,
    marks,
    name,
    parameters,
    part,
    unit,
)
from nurse_station.reports.model import Block, Column, Section, Table, Text
from nurse_station.reports.recorded import Recorded, acts, changes
from nurse_station.reports.words import NONE, lasting, minutes

Made = dict[tuple[str, float], list[AlarmChange]]
"""(condition, when) -> what happened to it then."""
COLUMNS = (
    Column(title="Time", width=18), Column(title="Alarm", width=50),
    Column(title="Value", width=19, right=True), Column(title="Limit", width=19, right=True),
    Column(title="Priority", width=18), Column(title="Lasted", width=19, right=True),
    Column(title="Acknowledged after", width=21, right=True), Column(title="By", width=16),
)  # fmt: skip
_DONE = frozenset({Act.AUDIO_PAUSED, Act.AUDIO_PAUSE_ENDED, Act.SWITCHED_OFF, Act.SWITCHED_ON, Act.FAULT})


def alarms(recorded: Recorded) -> Section:
    """Every alarm, in the order in which they became active."""
    found = episodes(recorded.alarms)
    if not found:
        blocks: tuple[Block, ...] = (Text(words="No alarm was recorded."),)
    else:
        made = _made(recorded)
        rows = tuple(_row(recorded, episode, made) for episode in found)
        table = Table(title="", columns=COLUMNS, rows=rows)
        blocks = (Text(words=_figures(recorded)), table, Text(words=LEGEND))
    return Section(title="Alarms", blocks=(*blocks, _done(recorded)))


LEGEND = (
    "* of the patient, ! of the equipment; three marks HIGH, two MEDIUM, one LOW: the highest priority that "
    "it had. Value and limit as they were when it became active. (merged): signalled by a stronger one. "
    "Alarms are this station's; the bedside monitor's own are not here."
)


def _figures(recorded: Recorded) -> str:
    own = figures(recorded.alarms, recorded.started, recorded.until)
    median = own.median_acknowledged_s
    said = [f"{own.alarms} signalled"]
    if own.alarms_per_hour is not None:
        said.append(f"{shown(own.alarms_per_hour, 1)} an hour")
    if median is not None:
        said.append(f"acknowledged after {lasting(median)} (median)")
    said += [f"{own.unacknowledged} not acknowledged", f"sound paused for {minutes(own.paused_min * 60)}"]
    return f"{', '.join(said)}."


def _row(recorded: Recorded, episode: Episode, made: Made) -> tuple[str, ...]:
    begun = next(iter(made.get((episode.condition, episode.began), ())), None)
    value, limit = (begun.value, begun.limit) if begun is not None else (None, None)
    merged = " (merged)" if episode.hidden else ""
    ended = NONE if episode.ended is None else lasting(episode.ended - episode.began)
    return (
        recorded.times.second(episode.began),
        f"{marks(episode.kind, episode.priority)} {name(episode.condition)}{_detail(begun)}{merged}",
        _number(episode.condition, value), _number(episode.condition, limit),
        PRIORITIES[episode.priority], "not over" if episode.ended is None else ended,
        *_acknowledged(episode, made),
    )  # fmt: skip


def _made(recorded: Recorded) -> Made:
    made: Made = {}
    for change in changes(recorded):
        made.setdefault((change.condition, change.at), []).append(change)
    return made


def _detail(begun: AlarmChange | None) -> str:
    """What it concerns, where its name does not say so."""
    if begun is None or set(begun.detail) <= set(parameters(begun.condition)):
        return ""
    return f": {', '.join(part(each) for each in begun.detail)}"


def _number(condition: str, number: float | None) -> str:
    """As the engine had it, to six digits: a value that crossed its limit is never rounded onto it."""
    return NONE if number is None else f"{number:g} {unit(condition)}".rstrip()


def _acknowledged(episode: Episode, made: Made) -> tuple[str, str]:
    at = episode.acknowledged_at
    if at is None:
        return "not", ""
    who = (each.who for each in made.get((episode.condition, at), ()) if each.event is Event.ACKNOWLEDGED)
    return lasting(at - episode.began), next(who, "")


def _done(recorded: Recorded) -> Block:
    rows = tuple(
        (recorded.times.second(act.at), _act(act), act.why, act.who)
        for act in acts(recorded)
        if act.act in _DONE
    )
    if not rows:
        return Text(words="No sound was paused and no alarm was switched off.")
    columns = (
        Column(title="Time", width=20), Column(title="What was done to the alarms", width=64),
        Column(title="Why", width=60), Column(title="By", width=36),
    )  # fmt: skip
    return Table(title="Sound pauses and alarms switched off", columns=columns, rows=rows)


def _act(act: ActTaken) -> str:
    words = {
        Act.AUDIO_PAUSED: "Sound paused", Act.AUDIO_PAUSE_ENDED: "Sound on again",
        Act.SWITCHED_OFF: "Switched off", Act.SWITCHED_ON: "Switched on", Act.FAULT: "Fault of the station",
    }[act.act]  # fmt: skip
    return f"{words}: {name(act.condition)}" if act.condition else words


def limit_changes(recorded: Recorded) -> Block:
    """Every limit that was set, old and new."""
    rows = tuple(_limits(recorded))
    if not rows:
        return Text(words="No alarm limit was changed.")
    columns = (
        Column(title="Time", width=20), Column(title="Limit", width=56),
        Column(title="From", width=20, right=True), Column(title="To", width=20, right=True),
        Column(title="Whose", width=18), Column(title="Why", width=24), Column(title="By", width=22),
    )  # fmt: skip
    return Table(title="Alarm limits that were changed", columns=columns, rows=rows)


def _limits(recorded: Recorded) -> Iterator[tuple[str, ...]]:
    for act in acts(recorded):
        change = act.change
        if act.act is Act.LIMIT_SET and change is not None:
            end = f" {limit_unit(change.key)}".rstrip()
            yield (
                recorded.times.second(act.at), limit_name(change.key), f"{change.old:g}{end}",
                f"{change.new:g}{end}", change.scope.value, change.why or act.why, change.who,
            )  # fmt: skip
