"""Where in a TOML file each key stands, and which stands there twice. Reads no value, judges none."""

import re
from collections.abc import Iterator, Mapping

_HEAD = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_-]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")
_LONG = re.compile(r'"""|\'\'\'')
_PLACE = re.compile(r"(\w+(?: \d+)?)(?: \([^()]*\))?(?:\.(\w+))?(?=[ :])")


def lines_of(text: str) -> Mapping[str, int]:
    """Place -> line, from 1: `version`, `patient.age`, `event 2`, `event 2.size`."""
    return dict(_placed(text))


def twice(text: str) -> tuple[str, int] | None:
    """The first key or table that is there again, and its line; None: none is."""
    seen: set[str] = set()
    for place, line in _placed(text):
        if place in seen:
            return place, line
        seen.add(place)
    return None


def mixed(text: str) -> tuple[str, int] | None:
    """The first table that stands both in single and in double brackets, and the line of the single ones."""
    heads = [(line, head) for line, each in _outside_of_long_texts(text) if (head := _HEAD.match(each))]
    lists = {head[2] for _, head in heads if head[1] == "[["}
    return next(((head[2], line) for line, head in heads if head[1] == "[" and head[2] in lists), None)


def with_line(sentence: str, lines: Mapping[str, int]) -> str:
    """The sentence with the line of the key that it begins with, where that is known."""
    place = _PLACE.match(sentence)
    if place is None:
        return sentence
    row, key = place.groups()
    line = lines.get(f"{row}.{key}" if key else row, lines.get(row) if key else None)
    if line is None:
        return sentence
    return f"{sentence[:-1]} (line {line})." if sentence.endswith(".") else f"{sentence} (line {line})"


def _placed(text: str) -> Iterator[tuple[str, int]]:
    before, counts = "", dict[str, int]()
    for number, line in _outside_of_long_texts(text):
        head, key = _HEAD.match(line), _KEY.match(line)
        if head is not None:
            name = head[2]
            counts[name] = counts.get(name, 0) + 1
            row = f"{name} {counts[name]}" if head[1] == "[[" else name
            before = f"{row}."
            yield row, number
        elif key is not None:
            yield f"{before}{key[1]}", number


def _outside_of_long_texts(text: str) -> Iterator[tuple[int, str]]:
    """The lines that begin outside of a text in triple quotation marks."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if not inside:
            yield number, line
        inside ^= len(_LONG.findall(line)) % 2 == 1
