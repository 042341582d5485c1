"""What is wrong with a scenario's file: the tables of its keys, and a sentence for every mistake."""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from difflib import get_close_matches

from nurse_station.devices.registry import DRIVERS
from nurse_station.simulator.drugs import DRUGS
from nurse_station.simulator.happenings import HAPPENINGS
from nurse_station.training import conditions
from nurse_station.training.actions import DONE_KEYS, done_meant, drug_meant
from nurse_station.training.events import EVENTS, NUMBERS
from nurse_station.training.facts import for_scenario
from nurse_station.training.toml_tree import Key, Tree, faults, rows, texts

_TEXT, _NEEDED_TEXT = Key(kind="text"), Key(kind="text", needed=True)
TOP: Mapping[str, Key] = {
    "key": _NEEDED_TEXT, "name": _NEEDED_TEXT, "version": Key(kind="whole", needed=True, low=1),
    "summary": _NEEDED_TEXT, "sources": Key(kind="texts", needed=True), "protocol": _NEEDED_TEXT,
    "monitors": Key(kind="texts", needed=True), "lasts_min": Key(kind="number", needed=True, low=1, high=600),
    "ends_when": _TEXT, "learning": Key(kind="texts", needed=True),
}  # fmt: skip
TABLES = frozenset({"patient", "begins", "ordered", "event", "expected", "against", "hint"})
PATIENT: Mapping[str, Key] = {
    "name": _NEEDED_TEXT, "age": Key(kind="whole", low=20, high=75),
    "sex": Key(kind="text", words=frozenset({"female", "male"})),
    "weight_kg": Key(kind="number", low=45, high=115), "asa": Key(kind="whole", low=1, high=4),
    **dict.fromkeys(("hypertension", "sleep_apnoea", "obese", "opioid", "benzodiazepine", "responder"),
                    Key(kind="yes")),
    "anxiety": Key(kind="number", high=10), "pain": Key(kind="number", high=10),
    "day": Key(kind="whole", low=1, high=30),
}  # fmt: skip
BEGINS: Mapping[str, Key] = {
    "minutes_in": Key(kind="number", high=240), "recovering_min": Key(kind="number", high=120),
    "oxygen_l_min": Key(kind="number", high=15),
}  # fmt: skip
EVENT: Mapping[str, Key] = {
    "name": _NEEDED_TEXT, "when": _NEEDED_TEXT, "say": _TEXT, "what": _TEXT,
    "do": Key(kind="text", words=frozenset(EVENTS)),
    **{name: Key(kind="number", low=low, high=high) for name, (low, high) in NUMBERS.items()},
}  # fmt: skip
_SECONDS = Key(kind="number", high=36_000)
EXPECTED: Mapping[str, Key] = {
    "name": _NEEDED_TEXT, "words": _NEEDED_TEXT, "do": Key(kind="texts", needed=True), "after": _TEXT,
    "early": _TEXT,
    "within_s": Key(kind="number", needed=True, low=1, high=36_000), "late_s": _SECONDS,
    "needed": Key(kind="yes"), "before": Key(kind="texts"), "record": Key(kind="yes"),
}  # fmt: skip
AGAINST: Mapping[str, Key] = {
    "name": _NEEDED_TEXT, "words": _NEEDED_TEXT, "do": Key(kind="texts"), "when": _TEXT,
    "fails": Key(kind="yes"),
}  # fmt: skip
HINT: Mapping[str, Key] = {"when": _NEEDED_TEXT, "say": _NEEDED_TEXT}
LISTS = {"event": EVENT, "expected": EXPECTED, "against": AGAINST, "hint": HINT}
_OF_A_POLICY = frozenset({"scenario", "kind", "named", "rule"})
_OF_A_SCENARIO = frozenset({"monitors", "protocol", "lasts_min", "patient", "event", "expected"})
_PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


def is_policy(tree: Tree) -> bool:
    """Whether a file is rather a scripted nurse than a scenario."""
    return len(_OF_A_POLICY & tree.keys()) > len(_OF_A_SCENARIO & tree.keys())


def is_scenario(tree: Tree) -> bool:
    """Whether a file is rather a scenario than a scripted nurse."""
    return len(_OF_A_SCENARIO & tree.keys()) > len(_OF_A_POLICY & tree.keys())


def key_faults(tree: Tree) -> Iterator[str]:
    """What is wrong with the key of a scenario or a scripted nurse: it is a word of the command line."""
    key = tree.get("key")
    if isinstance(key, str) and key.strip() and _PLAIN.fullmatch(key) is None:
        yield f'key is "{key}"; write a plain word of small letters, digits, _ or -, at most 60, as our_day.'


def all_faults(tree: Tree, protocols: Set[str]) -> Iterator[str]:
    """Everything that is wrong with a file; nothing: it is a scenario."""
    yield from faults(tree, "", TOP, TABLES)
    yield from faults(tree.get("patient"), "patient", PATIENT)
    yield from faults(tree.get("begins", {}), "begins", BEGINS)
    for name, keys in LISTS.items():
        yield from _of_list(tree, name, keys)
    yield from key_faults(tree)
    yield from _of_words(tree, protocols)
    yield from _of_ordered(tree)
    for place, row in _placed(tree, "event"):
        yield from _of_event(place, row)
    yield from _of_names(tree)
    yield from _of_conditions(tree)
    for name in ("expected", "against"):
        for place, row in _placed(tree, name):
            yield from _of_done(place, row)


def _of_list(tree: Tree, name: str, keys: Mapping[str, Key]) -> Iterator[str]:
    if not isinstance(tree.get(name, []), list):
        yield f"{name} is no list; write [[{name}]] in double brackets."
    elif name in ("event", "expected") and not tree.get(name):
        yield f"{name} is missing; write [[{name}]] and its keys, once for each."
    for place, row in _placed(tree, name):
        yield from faults(row, place, keys)


def _placed(tree: Tree, name: str) -> Iterator[tuple[str, Tree]]:
    for number, row in enumerate(rows(tree, name), 1):
        said = row.get("name")
        yield f"{name} {number} ({said})" if isinstance(said, str) else f"{name} {number}", row


def _of_words(tree: Tree, protocols: Set[str]) -> Iterator[str]:
    protocol = tree.get("protocol")
    if isinstance(protocol, str) and protocol not in protocols:
        yield _ended(f'protocol is "{protocol}"; write one of {_one_of(protocol, sorted(protocols))}')
    for key in texts(tree.get("monitors")):
        if key not in DRIVERS:
            yield _ended(f'monitors has "{key}"; write one of {_one_of(key, DRIVERS)}')


def _of_ordered(tree: Tree) -> Iterator[str]:
    table = tree.get("ordered", {})
    if not isinstance(table, Mapping):
        yield "ordered is no table; write [ordered] and drug = highest dose below."
        return
    for drug, dose in table.items():
        if drug not in DRUGS:
            yield _ended(f"ordered.{drug} is no drug; {drug_meant(drug)}")
        elif isinstance(dose, bool) or not isinstance(dose, int | float) or not 0 < dose <= 2000:
            yield f"ordered.{drug} is {dose!r}; write the highest dose in {DRUGS[drug].unit}."


def _of_event(place: str, row: Tree) -> Iterator[str]:
    kind = EVENTS.get(row.get("do", "say"))
    if kind is None:
        return
    for name in kind.needs:
        if name not in row:
            yield f"{place}.{name} is missing; {kind.key} needs it."
    for name in (*NUMBERS, "what"):
        if name in row and name not in (*kind.needs, *kind.may):
            yield f"{place}.{name} says nothing for {kind.key}; take it out."
    table = DRUGS if kind.key == "give" else HAPPENINGS
    what = row.get("what")
    if "what" in kind.needs and isinstance(what, str) and what not in table:
        yield _ended(f'{place}.what is "{what}"; write one of {_one_of(what, sorted(table))}')
    elif kind.key == "befall" and isinstance(what, str) and isinstance(row.get("size"), int | float):
        low, high = HAPPENINGS[what].range
        if not low <= row["size"] <= high:
            yield f"{place}.size is {row['size']:g}; write {low:g} to {high:g} {HAPPENINGS[what].unit}."


def _of_names(tree: Tree) -> Iterator[str]:
    events = [row["name"] for row in rows(tree, "event") if isinstance(row.get("name"), str)]
    for name in ("event", "expected", "against"):
        said = [row["name"] for row in rows(tree, name) if isinstance(row.get("name"), str)]
        for twice in sorted({one for one in said if said.count(one) > 1}):
            yield f'{name} "{twice}" is there twice; give each its own name.'
    for place, row in _placed(tree, "expected"):
        for key in ("after", "early"):
            if isinstance(row.get(key), str) and row[key] not in events:
                yield _ended(
                    f'{place}.{key} is "{row[key]}"; write the name of an event: {_one_of(row[key], events)}'
                )
        if isinstance(row.get("late_s"), int | float) and row["late_s"] < row.get("within_s", 0):
            yield f"{place}.late_s is less than within_s; write the same or more."


def _of_conditions(tree: Tree) -> Iterator[str]:
    known = for_scenario(str(row.get("name")) for row in rows(tree, "event"))
    places = [(place, row.get("when")) for name in LISTS for place, row in _placed(tree, name)]
    for place, text in (
        *((f"{place}.when", text) for place, text in places),
        ("ends_when", tree.get("ends_when")),
    ):
        if isinstance(text, str) and text.strip():
            yield from condition_faults(place, text, known)


def condition_faults(place: str, text: str, known: conditions.Known) -> Iterator[str]:
    """What is wrong with a condition at a place."""
    try:
        parsed = conditions.parse(text)
    except conditions.ConditionError as error:
        yield f"{place}: {error}."
        return
    for sentence in conditions.unknown(parsed, known):
        yield _ended(f"{place}: {sentence}")


def _one_of(word: str, words: Iterable[str]) -> str:
    """All that may be written, and the nearest of them."""
    listed = list(words)
    near = get_close_matches(word, listed, n=1)
    return ", ".join(listed) + (f"; did you mean {near[0]}?" if near else "")


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith("?") else f"{sentence}."


def _of_done(place: str, row: Tree) -> Iterator[str]:
    for name in ("do", "before"):
        for key in texts(row.get(name)):
            if key not in DONE_KEYS:
                yield _ended(f'{place}.{name} has "{key}"; {done_meant(key)}')
    if place.startswith("against") and not row.get("do") and not row.get("when"):
        yield f"{place} says neither do nor when; write what counts against."
