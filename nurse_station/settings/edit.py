"""Changes a settings file's text and leaves the rest of it as a person wrote it. Reads and writes no file.

Beds are put in order as pieces of text, each with the comment above it; then single values are set.
"""

import re
import tomllib
from collections.abc import Mapping, MutableMapping, Sequence
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from nurse_station.settings.check import as_tree, faults, from_tree
from nurse_station.settings.fields import MONITOR, TOP
from nurse_station.settings.fresh import fresh_bed
from nurse_station.settings.model import BedSettings, Settings

_BED = re.compile(r"\s*\[\[\s*beds\s*\]\]")
_OTHER = re.compile(r"\s*\[(?!\[?\s*beds\b)")
_COMMENT = re.compile(r"\s*#")


def edited(text: str, settings: Settings) -> str | None:
    """`text` with the values of `settings` in it; None: it is written in a way that cannot be kept.

    `text` must be a settings file without faults.
    """
    try:
        document = tomlkit.parse(_with_beds(text, settings.beds))
        _set_values(document, settings)
        new = tomlkit.dumps(document)
        tree = tomllib.loads(new)
    except (TOMLKitError, tomllib.TOMLDecodeError, KeyError):
        return None
    kept = not any(faults(tree)) and from_tree(tree) == settings
    return new if kept else None


def _with_beds(text: str, beds: Sequence[BedSettings]) -> str:
    before, pieces, after = _pieces(text.splitlines(keepends=True))
    if not pieces and beds == Settings().beds:
        return text
    written = {_key(piece): piece for piece in pieces}
    wanted = [written.get(bed.key) or f"\n{fresh_bed(bed)}" for bed in beds]
    return "".join(_ended(piece) for piece in (before, *wanted, after))


def _ended(piece: str) -> str:
    return piece if not piece or piece.endswith("\n") else piece + "\n"


def _key(piece: str) -> str:
    return str(tomllib.loads(piece)["beds"][0]["key"])


def _pieces(lines: list[str]) -> tuple[str, list[str], str]:
    """What stands before the beds, each bed from the comment above it on, and what stands after them."""
    starts = [_above(lines, number) for number, line in enumerate(lines) if _BED.match(line)]
    if not starts:
        return "".join(lines), [], ""
    others = [n for n, line in enumerate(lines) if n > starts[-1] and _OTHER.match(line)]
    end = _above(lines, others[0]) if others else len(lines)
    pieces = ["".join(lines[a:b]) for a, b in zip(starts, [*starts[1:], end], strict=True)]
    return "".join(lines[: starts[0]]), pieces, "".join(lines[end:])


def _above(lines: list[str], number: int) -> int:
    """The first line of the comment that stands right above line `number`."""
    while number > 0 and _COMMENT.match(lines[number - 1]):
        number -= 1
    return number


def _set_values(document: MutableMapping[str, Any], settings: Settings) -> None:
    tree = as_tree(settings)
    for row in TOP:
        _set(document, row.name, tree[row.name], row.default)
    _set_table(document, "colours", settings.colours)
    _set_table(document, "sources", tree["sources"])
    for index, bed in enumerate(tree["beds"]):
        if "beds" in document:
            _set(document["beds"][index], "name", bed["name"], None)
            _set_monitors(document["beds"][index], bed["monitors"])


def _set(table: MutableMapping[str, Any], name: str, value: Any, default: str | float | None) -> None:
    """A value that is as it was is left as it is written; a default is not written where nothing stood."""
    if table.get(name, default) != value:
        table[name] = value


def _set_table(document: MutableMapping[str, Any], name: str, rows: Mapping[str, Any]) -> None:
    if not rows and name not in document:
        return
    if name not in document:
        document[name] = tomlkit.table()
    table = document[name]
    for key in [key for key in table if key not in rows]:
        del table[key]
    for key, value in rows.items():
        _set(table, key, value, None)


def _set_monitors(bed: MutableMapping[str, Any], monitors: Sequence[Mapping[str, Any]]) -> None:
    if len(bed.get("monitors", ())) != len(monitors):
        _replace_monitors(bed, monitors)
        return
    for index, monitor in enumerate(monitors):
        for row in MONITOR:
            _set(bed["monitors"][index], row.name, monitor[row.name], row.default)


def _replace_monitors(bed: MutableMapping[str, Any], monitors: Sequence[Mapping[str, Any]]) -> None:
    bed.pop("monitors", None)
    if monitors:
        tables = tomlkit.aot()
        for monitor in monitors:
            tables.append(tomlkit.item(dict(monitor)))
        bed["monitors"] = tables
