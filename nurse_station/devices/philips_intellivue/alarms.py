"""The monitor's alarm lists -> one text, and the conditions that they mean. Shown, never decided anew."""

from nurse_station.devices.philips_intellivue import alarm_words as table
from nurse_station.devices.philips_intellivue.content import AlarmEntry

CONDITIONS = tuple(dict.fromkeys(key for key, _, _ in table.CONDITIONS))


def told(entry: AlarmEntry) -> str:
    """One entry in words: the monitor's own text, or event and source; then priority and state."""
    extra = [word for kind, word in table.PRIORITIES if entry.kind & kind][:1]
    extra += [word for bit, word in table.STATES if entry.state & bit]
    text = entry.text or _in_words(entry)
    return f"{text} ({', '.join(extra)})" if extra else text


def _in_words(entry: AlarmEntry) -> str:
    event = table.EVENTS.get(entry.code & ~1, f"alarm {entry.code}")
    return f"{_source(entry)} {event}"


def _source(entry: AlarmEntry) -> str:
    # An odd code says that the source is a part of the monitor, numbered in another table.
    known = None if entry.code & 1 else table.SOURCES.get(entry.source)
    return known or f"{'part' if entry.code & 1 else 'source'} {entry.source}"


def meant(entries: list[AlarmEntry]) -> set[str]:
    """The conditions that are so now, by the entries in force."""
    found = {_condition(entry) for entry in entries if not entry.state & table.NOT_SO_NOW}
    return found - {""}


def _condition(entry: AlarmEntry) -> str:
    if entry.code & 1:
        return ""
    for key, events, sources in table.CONDITIONS:
        if entry.code in events and (not sources or entry.source in sources):
            return key
    return ""
