"""The journal's entries in the words of the record. Formats; decides nothing, no Qt."""

from collections.abc import Callable, Mapping

from nurse_station.station.snapshots import BedSnapshot, EntrySnapshot
from nurse_station.ui import texts
from nurse_station.ui.models import alarm_entries, alarm_words, words

Body = Mapping[str, object]


def _seconds(body: Body) -> float:
    seconds = body.get("seconds", 0.0)
    return float(seconds) if isinstance(seconds, int | float) else 0.0


def _moved(body: Body) -> str:
    label = alarm_words.part(str(body.get("parameter")))
    new, old = (texts.own_words(str(body.get(key))) for key in ("new", "old"))
    return f"{label} now from {new}, before from {old}"


SENTENCES: dict[str, Callable[[Body], str]] = {
    "session_started": lambda body: "Record began" + (" · simulation" if body.get("simulated") else ""),
    "session_resumed": lambda body: "Record goes on after the program was gone",
    "session_ended": lambda body: "Record ended",
    "monitoring_gap": lambda body: f"Nobody looked for {words.lasting(_seconds(body))}",
    "monitor_connected": lambda body: f"Monitor connected on {body.get('port')}",
    "monitor_disconnected": lambda body: f"Monitor disconnected from {body.get('port')}",
    "line_silent": lambda body: f"No values from {body.get('port')}",
    "line_back": lambda body: f"Values again from {body.get('port')}",
    "line_lost": lambda body: f"Line lost: {body.get('trouble')}",
    "source_changed": _moved,
    "bed_renamed": lambda body: f"{body.get('old')} is now {body.get('new')}",
    "session": lambda body: str(body.get("said", "An entry of the day")),
    "identity_asked": lambda body: f"The patient is to be confirmed again: {body.get('why')}",
    "note": lambda body: f"Note: {body.get('text')}",
}


def sentence(entry: EntrySnapshot) -> str:
    """What happened, in words; a kind that is not known here is shown as it is written."""
    about_alarms = alarm_entries.sentence(entry.body)
    if about_alarms is not None:
        return about_alarms
    worded = SENTENCES.get(entry.kind)
    return worded(entry.body) if worded else entry.kind.replace("_", " ")


def lines(bed: BedSnapshot) -> list[str]:
    """The newest entries, the newest first: `10:42  Note: patient reads a book`."""
    return [f"{words.clock_time(entry.wall)}  {sentence(entry)}" for entry in reversed(bed.entries)]
