"""Protocol files: what loads is what was saved, and every mistake has its sentence."""

import tomllib
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from infusions import BAG, NOW, PROTOCOLS

from nurse_station.infusion.order import DrugForm, OrderedDrug, Step
from nurse_station.infusion.protocol import (
    CHECK_KINDS,
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
from nurse_station.infusion.protocol_faults import faults
from nurse_station.infusion.protocol_fields import APART, CHECK, SECTIONS, Row
from nurse_station.infusion.protocol_files import (
    ProtocolError,
    factory_folder,
    load,
    load_all,
    parse,
    text_of,
)

PARTS = {
    "course": Course, "drug": DrugSupply, "infusion": Infusion, "baseline": BaselineNeeds,
    "raising": RaiseNeeds, "stopping": Stopping, "recovery": Recovery,
}  # fmt: skip
TITRATED = PROTOCOLS["crps_4h_titrated"]
TEXT = (factory_folder() / "crps_4h_titrated.toml").read_text(encoding="utf-8")


def mistakes(text: str) -> tuple[str, ...]:
    with pytest.raises(ProtocolError) as refused:
        parse(text)
    return refused.value.sentences


def changed(before: str, after: str) -> str:
    assert TEXT.count(before) == 1
    return TEXT.replace(before, after)


def test_three_protocols_come_with_the_program() -> None:
    assert set(PROTOCOLS) == {"crps_4h_titrated", "crps_4h_10_days", "low_dose_40min"}
    for key, protocol in PROTOCOLS.items():
        assert (factory_folder() / f"{key}.toml").is_file()
        assert protocol.approved_by == ""
        assert protocol.recovery.min_min >= 60


def test_every_number_of_a_file_says_where_it_is_from() -> None:
    for path in factory_folder().glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith("# Ketamine")
        assert text.count("default") > 15
        assert "medical director" in text


def test_the_table_and_the_classes_have_the_same_numbers() -> None:
    for section, rows in SECTIONS.items():
        own = {field.name for field in fields(PARTS[section])} - {"forms"}
        assert {row.name for row in rows} == own
    assert {row.name for row in CHECK} == {field.name for field in fields(CheckInterval)} - {"on_alarm"}


def test_what_is_compared_is_in_the_table() -> None:
    names = {f"{section}.{row.name}" for section, rows in SECTIONS.items() for row in rows}
    assert {name for pair in APART for name in pair[:2]} <= names


def test_the_titrated_day_is_a_staircase() -> None:
    steps = [
        Step(after_min=30, mg_kg_h=0.2),
        Step(after_min=60, mg_kg_h=0.3),
        Step(after_min=90, mg_kg_h=0.35),
    ]
    assert list(TITRATED.steps()) == steps
    assert (TITRATED.infusion.start_mg_kg_h, TITRATED.infusion.max_mg_h) == (0.1, 25)
    assert (TITRATED.course.days, TITRATED.infusion.duration_min) == (5, 240)


def test_no_step_is_planned_after_the_end() -> None:
    short = replace(TITRATED, infusion=replace(TITRATED.infusion, duration_min=60))
    assert len(short.steps()) == 1


def test_a_share_of_the_dose_is_a_share_of_every_step() -> None:
    shared = replace(TITRATED, course=replace(TITRATED.course, day_fractions=(0.5, 1.0)))
    assert [step.mg_kg_h for step in shared.steps(1)] == [0.1, 0.15, 0.175]
    assert [step.mg_kg_h for step in shared.steps(2)] == [0.2, 0.3, 0.35]


def test_a_steady_day_has_no_steps_though_it_starts_below_its_maximum() -> None:
    assert replace(TITRATED, infusion=replace(TITRATED.infusion, step_mg_kg_h=0.0)).steps() == ()


@pytest.mark.parametrize(("day", "share"), [(1, 0.5), (2, 0.75), (3, 1), (10, 1), (11, 1), (0, 0.5)])
def test_the_first_days_are_a_share_of_the_dose_and_of_its_limits(day: int, share: float) -> None:
    order = PROTOCOLS["crps_4h_10_days"].order(
        day=day, weight_kg=100, bag=BAG, expiry=NOW.date(), prescriber="Dr Okafor"
    )
    assert (order.start_mg_kg_h, order.max_mg_h) == (pytest.approx(0.35 * share), 25 * share)
    assert order.planned_mg(100) == 100 * share
    assert order.max_total_mg == 100 * share


def test_forty_minutes_give_half_a_milligram_a_kilogram() -> None:
    order = PROTOCOLS["low_dose_40min"].order(
        day=1, weight_kg=68, bag=BAG, expiry=NOW.date(), prescriber="Dr Okafor"
    )
    assert (order.planned_mg(68), order.max_total_mg, order.duration_min) == (34, 34, 40)


def test_an_order_carries_where_it_is_from() -> None:
    order = PROTOCOLS["crps_4h_10_days"].order(
        day=2, weight_kg=70, bag=BAG, expiry=NOW.date(), prescriber="Dr Okafor"
    )
    assert (order.protocol, order.day, order.lot) == ("crps_4h_10_days", 2, "A123")
    assert order.form is DrugForm.RACEMIC
    assert [drug.what.partition(",")[0] for drug in order.premedication] == ["clonidine", "midazolam"]


@pytest.mark.parametrize("key", PROTOCOLS)
def test_a_protocol_survives_being_written(key: str) -> None:
    assert parse(text_of(PROTOCOLS[key])) == PROTOCOLS[key]


texts = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30).filter(str.strip)


# What is compared with another number keeps the bundled file's.
COMPARED = {name for pair in APART for name in pair[:2]} | {"course.days"}


def number(row: Row) -> st.SearchStrategy[float]:
    one = st.integers(int(row.low), int(row.high)) if row.whole else st.floats(row.low, row.high)
    return st.lists(one, min_size=1, max_size=4).map(tuple) if row.many else one


def numbers(rows: Sequence[Row]) -> st.SearchStrategy[dict[str, Any]]:
    needed = {row.name: number(row) for row in rows if row.needed}
    return st.fixed_dictionaries(needed, optional={row.name: number(row) for row in rows if not row.needed})


def part(section: str) -> st.SearchStrategy[Any]:
    free = [row for row in SECTIONS[section] if f"{section}.{row.name}" not in COMPARED]
    return numbers(free).map(lambda values: replace(getattr(TITRATED, section), **values))


interval = st.builds(lambda row, alarm: CheckInterval(**row, on_alarm=alarm), numbers(CHECK), st.booleans())
checks = st.fixed_dictionaries(
    {"responsiveness": interval},
    optional={kind: interval for kind in CHECK_KINDS if kind != "responsiveness"},
).map(MappingProxyType)
drugs = st.lists(st.builds(OrderedDrug, what=texts, when=texts), max_size=2).map(tuple)
forms = st.lists(st.sampled_from(list(DrugForm)), min_size=1, unique=True).map(tuple)
protocols = st.builds(
    Protocol, key=texts, name=texts, version=st.integers(1, 99), approved_by=texts | st.just(""),
    sources=st.lists(texts, min_size=1, max_size=2).map(tuple), checks=checks, recovery_checks=checks,
    premedication=drugs, as_needed=drugs,
    **{section: part(section) for section in SECTIONS},
)  # fmt: skip


@settings(max_examples=40)
@given(protocols, forms)
def test_any_protocol_survives_being_written(protocol: Protocol, own: tuple[DrugForm, ...]) -> None:
    whole = replace(protocol, drug=replace(protocol.drug, forms=own))
    assert parse(text_of(whole)) == whole


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("duration_min = 240\n", "", "infusion has no duration_min; write duration_min = and a number"),
        ("duration_min = 240", "duration_min = 240\nduration = 4", "infusion.duration is not known; did you"),
        ("max_mg_kg_h = 0.35 ", "max_mg_kg_h = 3.5 ", "infusion.max_mg_kg_h is 3.5; write a number from"),
        ("max_mg_h = 25 ", 'max_mg_h = "25" ', 'max_mg_h is "25"; write a number from 1 to 150 (mg/h)'),
        ("max_mg_h = 25 ", "max_mg_h = nan ", "infusion.max_mg_h is nan; write a number"),
        ("start_mg_kg_h = 0.10 ", "start_mg_kg_h = 0.5 ",
         "infusion.start_mg_kg_h is 0.5; it must be at most infusion.max_mg_kg_h, which is 0.35"),
        ("stop_moaas = 2 ", "stop_moaas = 3 ", "stop_moaas is 3; it must be less than stopping.hold_moaas"),
        ("stop_moaas = 2 ", "stop_moaas = 2.5 ", "stop_moaas is 2.5; write a whole number from 1 to 3"),
        ("days = 5", "days = true", "course.days is true; write a whole number"),
        ("days = 5", "days = 2\nday_fractions = [0.5, 0.7, 1]", "day_fractions has 3 numbers for 2 days"),
        ("review_months = [3, 6]", "review_months = []", "course.review_months is an empty list"),
        ('key = "crps_4h_titrated"', "key = 4", 'key is 4; write key = and a text between "quotation marks"'),
        ('key = "crps_4h_titrated"', 'key = "  "', 'key is "  "'),
        ("version = 1", "version = 0", "version is 0; write 1, and one more with every change"),
        ('approved_by = ""', "approved_by = 7", "approved_by is 7; write a name"),
        ('forms = ["racemic"]', 'forms = ["esketamine"]', 'write a list of "racemic" and "s-ketamine"'),
        ('forms = ["racemic"]', "forms = [[]]", "drug.forms is [an empty list]"),
        ("[checks.iv_site]", "[checks.pain]", "checks.pain is not known"),
        ("[checks.responsiveness] ", "[checks.symptom] ", "checks has no responsiveness"),
        ("on_alarm = true   ", "on_alarm = 1   ", "checks.responsiveness.on_alarm is 1; write true or false"),
        ("[recovery]  ", "[recover]  ", "recover is not known; did you mean recovery?"),
        ("[recovery]  ", "[recover]  ", "recovery is missing; write [recovery] and its keys below"),
        ('what = "ondansetron, dose as ordered"', "what = 4", "as_needed 1 names no drug"),
        ('what = "ondansetron, dose as ordered"', 'drug = "x"', "as_needed 1: drug is not known"),
    ],
)  # fmt: skip
def test_each_mistake_is_said_with_its_key_and_what_to_do(before: str, after: str, says: str) -> None:
    found = mistakes(changed(before, after))
    assert any(says in sentence for sentence in found), found
    assert all(sentence.endswith((".", "?")) for sentence in found)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "checks = 3\nas_needed = 4\ninfusion = 5\nsources = []",
            "checks is 3; write [checks.responsiveness]",
        ),
        ("checks = 3\nas_needed = 4", "as_needed is 4; write [[as_needed]] before each drug"),
        ("infusion = 5", "infusion is 5; write [infusion] and its keys below"),
        ("sources = []", "sources is an empty list; write a list of texts"),
        ("[checks]\nnibp = 5", "checks.nibp is 5; write [checks.nibp] and its keys below"),
        ("key = ", "it is not TOML"),
    ],
)
def test_a_file_of_another_shape_is_told_what_to_write(text: str, says: str) -> None:
    assert any(says in sentence for sentence in mistakes(text))


def test_every_mistake_is_said_at_once() -> None:
    text = TEXT.replace("duration_min = 240", "duration_min = 0").replace("days = 5", "days = 0")
    assert len(mistakes(text)) == 2


json_like = st.recursive(
    st.booleans() | st.integers(-5, 500) | st.floats(allow_nan=True) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=60)
@given(st.sampled_from([*SECTIONS, "checks", "premedication", "key", "sources", "drug"]), json_like)
def test_no_value_anywhere_breaks_the_check(name: str, value: object) -> None:
    assert all(isinstance(sentence, str) for sentence in faults({**tomllib.loads(TEXT), name: value}))


def test_a_mistake_names_its_file(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(TEXT.replace("days = 5", "days = 0"), encoding="utf-8")
    with pytest.raises(
        ProtocolError, match=r"ours\.toml: course\.days is 0; write a whole number from 1 to 30"
    ):
        load(path)


def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ProtocolError, match="cannot be read"):
        load(tmp_path)
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b'name = "\xb5g"')
    with pytest.raises(ProtocolError, match="not UTF-8"):
        load(latin)


def test_two_files_with_one_key_are_refused(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    with pytest.raises(ProtocolError, match=r"b\.toml: key .* is another file's as well"):
        load_all(tmp_path)
