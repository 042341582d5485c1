"""What is wrong with settings that were read or typed: sentences, each with its place. Touches no file.

Settings are checked as TOML gives them, a tree of dicts and lists, so that a file and a dialog meet
one set of rules.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

from nurse_station.settings.fields import BED, COLOURS, KEY, MONITOR, TOP, Field
from nurse_station.settings.model import BedSettings, MonitorSettings, Settings
from nurse_station.vitals.parameters import MEASUREMENTS, measurement_of

Place = tuple[str | int, ...]
Tree = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong.

    Attributes:
        place: Where in the tree, e.g. ("beds", 1, "key").
        sentence: What is wrong and what to do, without a full stop.
    """

    place: Place
    sentence: str


def faults(tree: Tree) -> Iterator[Fault]:
    """All that is wrong with `tree`, in the order of the table; nothing: `from_tree` will take it."""
    yield from _faults_of_table(tree, TOP, (), extra=("colours", "sources", "beds"))
    yield from _faults_of_colours(tree.get("colours", {}))
    yield from _faults_of_sources(tree.get("sources", {}))
    if "beds" in tree:
        yield from _faults_of_beds(tree["beds"])


def from_tree(tree: Tree) -> Settings:
    """The settings in a tree that has no faults."""
    plain: dict[str, Any] = {row.name: row.kind(tree[row.name]) for row in TOP if row.name in tree}
    if "beds" in tree:
        plain["beds"] = tuple(_bed(bed) for bed in tree["beds"])
    sources = {key: tuple(families) for key, families in tree.get("sources", {}).items()}
    colours = MappingProxyType(dict(tree.get("colours", {})))
    return Settings(**plain, colours=colours, sources=MappingProxyType(sources))


def as_tree(settings: Settings) -> dict[str, Any]:
    """The settings as a tree, everything written out."""
    tree: dict[str, Any] = {row.name: getattr(settings, row.name) for row in TOP}
    tree["colours"] = dict(settings.colours)
    tree["sources"] = {key: list(families) for key, families in settings.sources.items()}
    tree["beds"] = [
        {"key": bed.key, "name": bed.name, "monitors": [_monitor_tree(row) for row in bed.monitors]}
        for bed in settings.beds
    ]
    return tree


def _monitor_tree(monitor: MonitorSettings) -> dict[str, Any]:
    return {row.name: getattr(monitor, row.name) for row in MONITOR}


def _bed(tree: Tree) -> BedSettings:
    monitors = tuple(MonitorSettings(**monitor) for monitor in tree.get("monitors", ()))
    return BedSettings(key=tree["key"], name=tree["name"], monitors=monitors)


def _faults_of_table(
    tree: Tree, rows: Sequence[Field], place: Place, extra: tuple[str, ...] = ()
) -> Iterator[Fault]:
    known = {row.name: row for row in rows}
    for name, value in tree.items():
        if name in known:
            yield from _faults_of_value(known[name], value, (*place, name))
        elif name not in extra:
            yield Fault(place=(*place, name), sentence=_unknown(name, (*known, *extra)))


def _faults_of_value(row: Field, value: object, place: Place) -> Iterator[Fault]:
    if not row.accepts(value):
        # Who typed a text forgot what is allowed; who did not forgot that a text needs its marks.
        marks = " between quotation marks" if row.kind is str and not isinstance(value, str) else ""
        yield Fault(place=place, sentence=f"{row.name} is {_shown(value)}; write {row.wants}{marks}")


def _missing(tree: Tree, rows: Sequence[Field], place: Place, what: str) -> Iterator[Fault]:
    for row in rows:
        if row.default is None and row.name not in tree:
            yield Fault(place=place, sentence=f"{what} has no {row.name}; write {row.name} = and {row.wants}")


def _faults_of_colours(tree: object) -> Iterator[Fault]:
    if isinstance(tree, Mapping):
        yield from _faults_of_table(tree, COLOURS, ("colours",))
    else:
        yield Fault(
            place=("colours",), sentence=f"colours is {_shown(tree)}; write [colours] and a colour a line"
        )


def _faults_of_sources(tree: object) -> Iterator[Fault]:
    if not isinstance(tree, Mapping):
        said = f"sources is {_shown(tree)}; write [sources] and a parameter with its monitor families a line"
        yield Fault(place=("sources",), sentence=said)
        return
    for parameter, families in tree.items():
        place = ("sources", parameter)
        if parameter not in MEASUREMENTS:
            yield Fault(place=place, sentence=_no_measurement(parameter))
        elif not _are_keys(families):
            wants = 'monitor families in order, e.g. ["capnostream", "ge-s5-dri"]'
            said = f"{parameter} is {_shown(families)}; write {wants}"
            yield Fault(place=place, sentence=said)
        else:
            twins = [(place, family) for family in families]
            yield from _twins(twins, f"the family {{}} stands twice in the order for {parameter}; leave one")


def _are_keys(families: object) -> bool:
    if not isinstance(families, list) or not families:
        return False
    return all(isinstance(each, str) and KEY.fullmatch(each) for each in families)


def _no_measurement(parameter: str) -> str:
    whole = measurement_of(parameter)
    if whole != parameter and whole in MEASUREMENTS:
        return f"{parameter} comes from the monitor that gives {whole}; write the order for {whole}"
    return _unknown(parameter, MEASUREMENTS)


def _faults_of_beds(beds: object) -> Iterator[Fault]:
    place: Place = ("beds",)
    if not isinstance(beds, list) or not all(isinstance(bed, Mapping) for bed in beds):
        yield Fault(
            place=place, sentence=f"beds is {_shown(beds)}; write [[beds]] before each bed's key and name"
        )
        return
    if not beds:
        yield Fault(place=place, sentence="there is no bed; write [[beds]] with a key and a name")
    for index, bed in enumerate(beds):
        yield from _missing(bed, BED, (*place, index), "this bed")
        yield from _faults_of_table(bed, BED, (*place, index), extra=("monitors",))
        yield from _faults_of_monitors(bed.get("monitors", []), (*place, index, "monitors"))
    yield from _twins(_each(beds, "key"), "two beds have the key {}; give each its own")
    yield from _twins(_each(beds, "name"), "two beds have the name {}; give each its own")
    yield from _twins(_ports(beds), "the port {} is at two beds; leave it at the bed where the cable is")


def _faults_of_monitors(monitors: object, place: Place) -> Iterator[Fault]:
    if not isinstance(monitors, list) or not all(isinstance(row, Mapping) for row in monitors):
        yield Fault(
            place=place,
            sentence=f"monitors is {_shown(monitors)}; write [[beds.monitors]] before each monitor",
        )
        return
    for index, monitor in enumerate(monitors):
        yield from _missing(monitor, MONITOR, (*place, index), "this monitor")
        yield from _faults_of_table(monitor, MONITOR, (*place, index))
        if monitor.get("kind") == "capture" and monitor.get("port", "") == "":
            yield Fault(
                place=(*place, index), sentence="this capture has no port; write the path of its file"
            )
    drivers = [((*place, index, "driver"), row.get("driver")) for index, row in enumerate(monitors)]
    yield from _twins(drivers, "the bed has two monitors of the family {}; leave one")


def _each(beds: Sequence[Tree], name: str) -> Iterator[tuple[Place, object]]:
    for index, bed in enumerate(beds):
        value = bed.get(name)
        yield ("beds", index, name), value.strip().casefold() if isinstance(value, str) else None


def _ports(beds: Sequence[Tree]) -> Iterator[tuple[Place, object]]:
    for index, bed in enumerate(beds):
        monitors = bed.get("monitors", [])
        for number, monitor in enumerate(monitors if isinstance(monitors, list) else []):
            if isinstance(monitor, Mapping) and monitor.get("kind", "serial") == "serial":
                yield ("beds", index, "monitors", number, "port"), monitor.get("port") or None


def _twins(values: Iterable[tuple[Place, object]], sentence: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, value in values:
        if not isinstance(value, str):
            continue
        if value in seen:
            yield Fault(place=place, sentence=sentence.format(_shown(value)))
        seen.add(value)


def _unknown(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    remedy = f"did you mean {near[0]}?" if near else f"take it out, or write one of {', '.join(known)}"
    return f"{_shown(name)} is not a setting; {remedy}"


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value).encode("unicode_escape").decode() if str(value).isascii() else str(value)
    text = text if len(text) <= 60 else f"{text[:57]}..."
    return f'"{text}"' if isinstance(value, str) else text
