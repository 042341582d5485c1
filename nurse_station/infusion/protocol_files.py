"""Protocols as TOML files that a medical director can read. Loads nothing that it cannot vouch for."""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

from nurse_station.infusion.models import DEFAULT_MODEL
from nurse_station.infusion.order import DrugForm, OrderedDrug
from nurse_station.infusion.protocol import (
    BaselineNeeds,
    CheckInterval,
    Course,
    DrugSupply,
    Infusion,
    Protocol,
    RaiseNeeds,
    Recovery,
    Stopping,
)
from nurse_station.infusion.protocol_faults import CHECK_SECTIONS, DRUG_LISTS, FORMS, WORDS, Tree, faults
from nurse_station.infusion.protocol_fields import CHECK, SECTIONS, Row

PACKAGE = Path(__file__).resolve().parents[1]

_SECTION_TYPES = {
    "course": Course, "drug": DrugSupply, "infusion": Infusion, "baseline": BaselineNeeds,
    "raising": RaiseNeeds, "stopping": Stopping, "recovery": Recovery,
}  # fmt: skip


class ProtocolError(Exception):
    """A file that is no protocol. `sentences`: each names the key, what is wrong and what to do."""

    def __init__(self, sentences: Sequence[str], file: str = "") -> None:
        self.sentences = tuple(f"{file}: {sentence}" if file else sentence for sentence in sentences)
        super().__init__("\n".join(self.sentences))


def factory_folder() -> Path:
    """The protocols that the program comes with: inside the package of a wheel, else in the checkout."""
    inside = PACKAGE / "resources"
    return (inside if inside.is_dir() else PACKAGE.parent / "resources") / "protocols"


def load_all(folder: Path) -> Mapping[str, Protocol]:
    """Every protocol of a folder by its key: the shortest course first, then by the file names.

    Raises:
        ProtocolError: one of them is none, or two have one key.
    """
    found: dict[str, Protocol] = {}
    for path in sorted(folder.glob("*.toml")):
        protocol = load(path)
        if protocol.key in found:
            raise ProtocolError(
                [f'key "{protocol.key}" is another file\'s as well; give each its own.'], str(path)
            )
        found[protocol.key] = protocol
    return MappingProxyType(dict(sorted(found.items(), key=lambda item: item[1].course.days)))


def load(path: Path) -> Protocol:
    """The protocol in a file. Raises ProtocolError, which names the file in every sentence."""
    try:
        return parse(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise ProtocolError(
            [f"it cannot be read ({error.strerror}); choose another file."], str(path)
        ) from error
    except UnicodeDecodeError as error:
        raise ProtocolError(["it is not UTF-8 text; save it as UTF-8."], str(path)) from error
    except ProtocolError as error:
        raise ProtocolError(error.sentences, str(path)) from error


def parse(text: str) -> Protocol:
    """The protocol in the text of a file. Raises ProtocolError with a sentence for every mistake."""
    try:
        tree = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also of a number or a list that is beyond reading
        raise ProtocolError([f"it is not TOML ({error}); write key = value, a line each."]) from error
    wrong = tuple(faults(tree))
    if wrong:
        raise ProtocolError(wrong)
    return _protocol(tree)


def _protocol(tree: Tree) -> Protocol:
    parts: dict[str, Any] = {name: _section(name, tree[name]) for name in SECTIONS}
    for section in CHECK_SECTIONS:
        parts[section] = MappingProxyType(
            {kind: CheckInterval(**_numbers(CHECK, row)) for kind, row in tree[section].items()}
        )
    for name in DRUG_LISTS:
        parts[name] = tuple(OrderedDrug(**row) for row in tree.get(name, []))
    return Protocol(
        key=tree["key"], name=tree["name"], version=tree["version"],
        approved_by=tree.get("approved_by", ""), model=tree.get("model", DEFAULT_MODEL.key),
        sources=tuple(tree["sources"]), **parts,
    )  # fmt: skip


def _section(name: str, table: Tree) -> Any:
    values = _numbers(SECTIONS[name], table)
    if name == "drug":
        values["forms"] = tuple(FORMS[form] for form in table["forms"])
    return _SECTION_TYPES[name](**values)


def _numbers(rows: Sequence[Row], table: Tree) -> dict[str, Any]:
    values: dict[str, Any] = dict(table)
    for row in rows:
        if row.name in table:
            kind = int if row.whole else float
            given = table[row.name]
            values[row.name] = tuple(kind(one) for one in given) if row.many else kind(given)
    return values


def text_of(protocol: Protocol) -> str:
    """A file's text, which `parse` turns into the same protocol. Comments are the clinic's own to write."""
    lines = [f"{name} = {_written(getattr(protocol, name))}" for name in WORDS]
    for section in SECTIONS:
        lines += ["", f"[{section}]", *_lines(getattr(protocol, section))]
    for section in CHECK_SECTIONS:
        for kind, interval in getattr(protocol, section).items():
            lines += ["", f"[{section}.{kind}]", *_lines(interval)]
    for name in DRUG_LISTS:
        for drug in getattr(protocol, name):
            lines += ["", f"[[{name}]]", *_lines(drug)]
    return "".join(line + "\n" for line in lines)


def _lines(part: Any) -> Iterator[str]:
    for row in fields(part):
        value = getattr(part, row.name)
        if value is not None:
            yield f"{row.name} = {_written(value)}"


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, DrugForm):
        return _written(value.value)
    if isinstance(value, str):
        # A text of JSON is one of TOML, but for the one sign that TOML wants escaped as well.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value).lower() if isinstance(value, bool) else repr(value)
