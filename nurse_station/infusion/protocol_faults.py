"""What is wrong with a protocol file: a sentence for every mistake. Touches no file.

A file is checked as TOML gives it, a tree of tables and lists.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from nurse_station.infusion.models import DEFAULT_MODEL, MODELS
from nurse_station.infusion.order import DrugForm
from nurse_station.infusion.protocol import CHECK_KINDS
from nurse_station.infusion.protocol_fields import APART, CHECK, SECTIONS, Row
from nurse_station.infusion.units import shown

Tree = Mapping[str, Any]

WORDS = ("key", "name", "version", "approved_by", "model", "sources")
CHECK_SECTIONS = ("checks", "recovery_checks")
DRUG_LISTS = ("premedication", "as_needed")
FORMS = {form.value: form for form in DrugForm}
_TOP = (*WORDS, *SECTIONS, *CHECK_SECTIONS, *DRUG_LISTS)


def faults(tree: Tree) -> Iterator[str]:
    """All that is wrong with a file, in the order of the table; nothing: it is a protocol."""
    for name in tree:
        if name not in _TOP:
            yield _unknown(name, name, _TOP)
    yield from _faults_of_words(tree)
    ranges = [fault for name, rows in SECTIONS.items() for fault in _faults_of_section(tree, name, rows)]
    yield from ranges
    yield from _faults_of_forms(tree)
    for section in CHECK_SECTIONS:
        yield from _faults_of_checks(tree, section)
    for name in DRUG_LISTS:
        yield from _faults_of_drugs(tree, name)
    if not ranges:
        yield from _faults_between(tree)


def _faults_of_words(tree: Tree) -> Iterator[str]:
    for name in ("key", "name"):
        if not _is_text(tree.get(name)):
            yield f'{name} is {_told(tree.get(name))}; write {name} = and a text between "quotation marks".'
    version = tree.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        yield f"version is {_told(version)}; write 1, and one more with every change."
    if not isinstance(tree.get("approved_by", ""), str):
        yield f'approved_by is {_told(tree["approved_by"])}; write a name between "quotation marks", or "".'
    if tree.get("model", DEFAULT_MODEL.key) not in list(MODELS):
        yield f"model is {_told(tree['model'])}; write {' or '.join(map(_told, MODELS))}."
    sources = tree.get("sources")
    if not isinstance(sources, list) or not sources or not all(_is_text(source) for source in sources):
        yield f"sources is {_told(sources)}; write a list of texts: where the numbers come from."


def _faults_of_section(tree: Tree, section: str, rows: Sequence[Row]) -> Iterator[str]:
    table = tree.get(section)
    if not isinstance(table, Mapping):
        yield f"{section} is {_told(table)}; write [{section}] and its keys below."
        return
    extra = ("forms",) if section == "drug" else ()
    yield from _faults_of_rows(table, section, rows, extra)


def _faults_of_rows(table: Tree, place: str, rows: Sequence[Row], extra: Sequence[str] = ()) -> Iterator[str]:
    names = [row.name for row in rows]
    for name in table:
        if name not in names and name not in extra:
            yield _unknown(f"{place}.{name}", name, (*names, *extra))
    for row in rows:
        if row.name not in table:
            if row.needed:
                yield f"{place} has no {row.name}; write {row.name} = and {row.wants}."
        elif not row.accepts(table[row.name]):
            yield f"{place}.{row.name} is {_told(table[row.name])}; write {row.wants}."


def _faults_of_forms(tree: Tree) -> Iterator[str]:
    drug = tree.get("drug")
    if not isinstance(drug, Mapping):
        return
    forms = drug.get("forms")
    if not isinstance(forms, list) or not forms or any(form not in list(FORMS) for form in forms):
        yield f"drug.forms is {_told(forms)}; write a list of {' and '.join(map(_told, FORMS))}, or of one."


def _faults_of_checks(tree: Tree, section: str) -> Iterator[str]:
    table = tree.get(section)
    if not isinstance(table, Mapping):
        yield f"{section} is {_told(table)}; write [{section}.responsiveness] and its keys below."
        return
    for kind, interval in table.items():
        place = f"{section}.{kind}"
        if kind not in CHECK_KINDS:
            yield _unknown(place, kind, CHECK_KINDS)
        elif not isinstance(interval, Mapping):
            yield f"{place} is {_told(interval)}; write [{place}] and its keys below."
        else:
            yield from _faults_of_rows(interval, place, CHECK, ("on_alarm",))
            if not isinstance(interval.get("on_alarm", False), bool):
                yield f"{place}.on_alarm is {_told(interval['on_alarm'])}; write true or false."
    # Nobody is left to fall asleep unseen, whatever else a clinic decides.
    if "responsiveness" not in table:
        yield f"{section} has no responsiveness; write [{section}.responsiveness] and every_min = below."


def _faults_of_drugs(tree: Tree, name: str) -> Iterator[str]:
    rows = tree.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        yield f"{name} is {_told(rows)}; write [[{name}]] before each drug."
        return
    for number, row in enumerate(rows, start=1):
        for key in row:
            if key not in ("what", "when"):
                yield _unknown(f"{name} {number}: {key}", key, ("what", "when"))
        if not _is_text(row.get("what")) or not isinstance(row.get("when", ""), str):
            yield f'{name} {number} names no drug; write what = and when = with "texts" behind them.'


def _faults_between(tree: Tree) -> Iterator[str]:
    for lower, higher, equal in APART:
        low, high = _at(tree, lower), _at(tree, higher)
        if low > high or (low == high and not equal):
            wanted = "at most" if equal else "less than"
            yield f"{lower} is {shown(low)}; it must be {wanted} {higher}, which is {shown(high)}."
    course = tree["course"]
    if len(course.get("day_fractions", [])) > course["days"]:
        yield (
            f"course.day_fractions has {len(course['day_fractions'])} numbers for {course['days']} days; "
            "leave one a day, or fewer."
        )


def _at(tree: Tree, place: str) -> float:
    section, _, name = place.partition(".")
    return float(tree[section][name])


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _unknown(place: str, name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    remedy = f"did you mean {near[0]}?" if near else f"take it out, or write one of {', '.join(known)}."
    return f"{place} is not known; {remedy}"


def _told(value: object) -> str:
    match value:
        case None:
            return "missing"
        case bool():
            return str(value).lower()
        case str():
            return json.dumps(value if len(value) <= 60 else f"{value[:57]}...", ensure_ascii=False)
        case list():
            return f"[{', '.join(map(_told, value[:6]))}]" if value else "an empty list"
        case Mapping():
            return "a table"
        case _:
            return str(value)
