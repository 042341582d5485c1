"""A TOML file as a tree of checked values: a sentence for every key that is wrong. Knows no medicine."""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from nurse_station.training.toml_lines import mixed, twice

Tree = Mapping[str, Any]


class FileError(Exception):
    """A file that says nothing that can be used. `sentences`: each names the key, what, and what to do."""

    def __init__(self, sentences: Sequence[str], file: str = "") -> None:
        self.sentences = tuple(f"{file}: {sentence}" if file else sentence for sentence in sentences)
        super().__init__("\n".join(self.sentences))


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What may stand at a key.

    Attributes:
        kind: "text", "texts", "number", "whole", "yes".
        needed: A table without it is refused.
        low, high: Of a number.
        words: What a text may be; empty: anything that is not empty.
    """

    kind: str
    needed: bool = False
    low: float = 0.0
    high: float = 1e9
    words: Set[str] = frozenset()


_AGAIN = ("Cannot overwrite", "Cannot declare")
_WANTS = {"text": 'a text between "quotation marks"', "texts": 'a list of texts: ["...", "..."]',
          "yes": "true or false"}  # fmt: skip


def faults(table: object, place: str, keys: Mapping[str, Key], more: Set[str] = frozenset()) -> Iterator[str]:
    """All that is wrong with the keys of a table; `more`: tables that stand in it and are checked apart."""
    if not isinstance(table, Mapping):
        yield f"{place} is no table; write [{place}] and its keys below."
        return
    before = f"{place}." if place else ""
    for name in table:
        if name not in keys and name not in more:
            near = get_close_matches(name, [*keys, *more], n=1)
            yield f"{before}{name} is no key; {f'did you mean {near[0]}?' if near else 'take it out.'}"
    for name, key in keys.items():
        if name in table:
            yield from _fault(table[name], f"{before}{name}", key)
        elif key.needed:
            yield f"{before}{name} is missing; write {name} = {wants(key)}."


def wants(key: Key) -> str:
    """What is to be written there."""
    if key.kind in ("number", "whole"):
        number = f"a {'whole ' * (key.kind == 'whole')}number"
        no_end = key.high >= Key(kind="").high
        return f"{number}, {key.low:g} or more" if no_end else f"{number} from {key.low:g} to {key.high:g}"
    return f"one of {', '.join(sorted(key.words))}" if key.words else _WANTS[key.kind]


def _fault(value: object, place: str, key: Key) -> Iterator[str]:
    if not _fits(value, key):
        yield f"{place} is {value!r}; write {wants(key)}."
    elif key.words and not {value} <= key.words if isinstance(value, str) else False:
        near = get_close_matches(str(value), sorted(key.words), n=1)
        yield f'{place} is "{value}"; {f"did you mean {near[0]}?" if near else f"write {wants(key)}."}'


def _fits(value: object, key: Key) -> bool:
    if key.kind == "text":
        return isinstance(value, str) and bool(value.strip())
    if key.kind == "texts":
        return isinstance(value, list) and bool(value) and all(isinstance(one, str) and one for one in value)
    if key.kind == "yes":
        return isinstance(value, bool)
    whole = isinstance(value, int) or key.kind == "number"
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and whole and key.low <= float(value) <= key.high  # type: ignore[arg-type]


def rows(tree: Tree, name: str) -> list[Tree]:
    """The tables of a list [[name]]; what is no list is none."""
    found = tree.get(name, [])
    return [row for row in found if isinstance(row, Mapping)] if isinstance(found, list) else []


def texts(value: object) -> tuple[str, ...]:
    """A text or a list of texts as a tuple."""
    if isinstance(value, str):
        return (value,)
    return tuple(value) if isinstance(value, list) and all(isinstance(one, str) for one in value) else ()


def read(path: Path, parse: Callable[[str], Any]) -> Any:
    """What `parse` makes of a file's text. Raises FileError, which names the file in every sentence."""
    try:
        return parse(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise FileError([f"it cannot be read ({error.strerror}); choose another file."], str(path)) from error
    except UnicodeDecodeError as error:
        raise FileError(["it is not UTF-8 text; save it as UTF-8."], str(path)) from error
    except FileError as error:
        raise FileError(error.sentences, str(path)) from error


def tree_of(text: str) -> Tree:
    """A text as TOML. Raises FileError."""
    try:
        tree = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also of a number or a list that is beyond reading
        raise FileError([_no_toml(text, error)]) from error
    if not tree:
        raise FileError(["the file is empty; write key = value, a line each."])
    return tree


def _no_toml(text: str, error: Exception) -> str:
    if str(error).startswith(_AGAIN) and (single := mixed(text)):
        name, line = single
        return (
            f"{name} stands in single brackets in line {line} and in double ones elsewhere; write [[{name}]]."
        )
    again = twice(text) if str(error).startswith(_AGAIN) else None
    if again is None:
        return f"it is not TOML ({error}); write key = value, a line each."
    place, line = again
    return f"{place} is there twice; take one out, line {line} is the second."
