"""What the trainee entered in the station's own window -> what it counts as in practice. A table.

To enter is not to do: nothing here moves a pump or a body.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from nurse_station.alarms.changes import Act, ActTaken, AlarmChange
from nurse_station.alarms.changes import Entry as AlarmEntry
from nurse_station.alarms.lifecycle import Event
from nurse_station.records.words import STATION
from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import Deed, Entry, StopReason
from nurse_station.sessions.dues import SYMPTOMS
from nurse_station.sessions.session import Session, fold

TOGETHER_S = 120.0
"""Pain, nausea and hallucination that were scored within so long were asked for at once."""
ASKED_S = 120.0
"""So long before a MOAA/S is entered the name was called for it."""
ASKING = ("call_name", "shake", "assess_responsiveness")
UNASKED_WORDS = "Entered MOAA/S without asking"
ENTERED: Mapping[str, str] = MappingProxyType({
    "assess_responsiveness": "Enter MOAA/S", "assess_symptoms": "Enter pain, nausea, hallucination",
    "assess_iv_site": "Enter the IV site", "measure_by_hand": "Enter what was measured by hand",
})  # fmt: skip
"""What counts as -> the words of its entry alone: that somebody asked or looked is not known by it."""
_CUFF = frozenset({"nibp_sys", "nibp_dia", "nibp_mean"})
_HOME = frozenset({"aldrete", "padss"})
_MG = re.compile(r"(?<![^\W\d_])mg\b", re.IGNORECASE)

Keys = Iterator[str]
Reads = Callable[[Any, float, Session, Session], Keys]
"""(deed, when, the day before, the day after) -> what was done: keys of `actions.DONE_KEYS`."""


def counts_as(entry: Entry, entries: Sequence[Entry]) -> tuple[str, ...]:
    """What an entry counts as; a correction says nothing new. `entries`: the journal, it the last."""
    read = _READS.get(type(entry.deed))
    if read is None or entry.corrects is not None:
        return ()
    before, after = fold(entries[:-1]), fold(entries)
    return tuple(read(entry.deed, entry.at, before, after))


def is_moaas(deed: Deed) -> bool:
    """Whether it says how the patient answered."""
    return isinstance(deed, deeds.Scored) and deed.scale == "moaas"


def alarms_count_as(entries: Sequence[AlarmEntry]) -> tuple[str, ...]:
    """What a person did at the alarms, each once: one key press acknowledges many."""
    found: dict[str, None] = {}
    for entry in entries:
        if not entry.who or entry.who == STATION:
            continue
        if isinstance(entry, AlarmChange) and entry.event is Event.ACKNOWLEDGED:
            found["acknowledge"] = None
        elif isinstance(entry, ActTaken) and entry.act is Act.AUDIO_PAUSED:
            found["pause_audio"] = None
    return tuple(found)


def _just(*keys: str) -> Reads:
    return lambda deed, at, before, after: iter(keys)


def _scored(deed: deeds.Scored, _at: float, before: Session, after: Session) -> Keys:
    match deed.scale:
        case "moaas":
            yield "assess_responsiveness"
        case "rass":
            yield "assess_agitation"
        case "iv_site":
            yield "assess_iv_site"
        case _ if _asked_for_symptoms(after) > _asked_for_symptoms(before):
            yield "assess_symptoms"
        case _:
            pass


def _asked_for_symptoms(session: Session) -> int:
    """How often all three were scored within `TOGETHER_S`, each score counted once."""
    times, open_since = 0, dict[str, float]()
    for at, scored in session.of(deeds.Scored):
        if scored.scale in SYMPTOMS:
            open_since = {key: then for key, then in open_since.items() if at - then <= TOGETHER_S}
            open_since[scored.scale] = at
            if len(open_since) == len(SYMPTOMS):
                times, open_since = times + 1, {}
    return times


def _stopped(deed: deeds.Stopped, _at: float, _before: Session, _after: Session) -> Keys:
    yield "end_infusion" if deed.reason is StopReason.COMPLETE else "enter_stop"


def note_counts_as(noted: deeds.Noted) -> Keys:
    """What a free note counts as: what was done, and the dose if it names one."""
    yield "enter_intervention"
    if _MG.search(noted.text):
        yield "enter_dose"


def _noted(deed: deeds.Noted, _at: float, _before: Session, _after: Session) -> Keys:
    yield from note_counts_as(deed)


def _rate_set(_deed: deeds.RateSet, _at: float, before: Session, after: Session) -> Keys:
    if len(after.raises) > len(before.raises):
        yield "raise_rate"


def _measured(deed: deeds.Measured, _at: float, _before: Session, _after: Session) -> Keys:
    yield "repeat_pressure" if deed.values.keys() <= _CUFF else "measure_by_hand"


def _towards_home(_deed: Deed, _at: float, before: Session, after: Session) -> Keys:
    if _at_the_door(after) and not _at_the_door(before):
        yield "prepare_home"


def _at_the_door(session: Session) -> bool:
    return session.line_out and session.instructed and bool(session.steady) and session.totals.keys() >= _HOME


_READS: Mapping[type, Reads] = MappingProxyType({
    deeds.Scored: _scored,
    deeds.Held: _just("enter_hold"),
    deeds.Released: _just("enter_release"),
    deeds.Paused: _just("enter_pause"),
    deeds.Stopped: _stopped,
    deeds.Intervened: _just("enter_intervention"),
    deeds.Noted: _noted,
    deeds.RateSet: _rate_set,
    deeds.Resumed: _just("resume"),
    deeds.EmergencyCalled: _just("call_emergency"),
    deeds.Measured: _measured,
    deeds.Questioned: _towards_home,
    deeds.LineOut: _towards_home,
    deeds.Walked: _towards_home,
    deeds.Instructed: _towards_home,
    deeds.Discharged: _just("discharge"),
})  # fmt: skip
"""Kind of deed -> what it counts as."""
