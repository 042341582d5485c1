"""Every control of docs/hazards.yaml names a test that is there and says so; no mark names nothing."""

import ast
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "tests"
HAZARDS: list[dict[str, Any]] = yaml.safe_load((ROOT / "docs" / "hazards.yaml").read_text("utf-8"))["hazards"]
CONTROLS = [
    pytest.param(hazard["id"], control, id=f"{hazard['id']}-{number}")
    for hazard in HAZARDS
    for number, control in enumerate(hazard["controls"], start=1)
]
every_control = pytest.mark.parametrize(("hazard", "control"), CONTROLS)


@cache
def marks(file: str) -> dict[str, set[str]]:
    """Test function -> the hazards that it is marked with."""
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    return {
        node.name: {str(name) for decorator in node.decorator_list for name in _hazards(decorator)}
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def _hazards(decorator: ast.expr) -> list[object]:
    if not isinstance(decorator, ast.Call) or ast.unparse(decorator.func) != "pytest.mark.hazard":
        return []
    return [arg.value for arg in decorator.args if isinstance(arg, ast.Constant)]


@every_control
def test_a_control_names_a_test(hazard: str, control: dict[str, Any]) -> None:
    assert control["tests"], f"{hazard}: nothing shows that this control works: {control['control']}"


@every_control
def test_a_test_of_a_control_is_there_and_marked(hazard: str, control: dict[str, Any]) -> None:
    for name in control["tests"]:
        file, _, function = name.partition("::")
        assert (TESTS / file).is_file(), f"{hazard}: there is no {file}"
        assert function in marks(file), f"{hazard}: there is no {name}"
        assert hazard in marks(file)[function], f'{name} lacks @pytest.mark.hazard("{hazard}")'


def test_every_mark_stands_in_the_hazard_log() -> None:
    listed = {(h["id"], test) for h in HAZARDS for control in h["controls"] for test in control["tests"]}
    for path in sorted(TESTS.rglob("test_*.py")):
        file = path.relative_to(TESTS).as_posix()
        for function, hazards in marks(file).items():
            for hazard in hazards:
                assert (hazard, f"{file}::{function}") in listed, f"{hazard} does not list {file}::{function}"


@pytest.mark.parametrize("hazard", HAZARDS, ids=[hazard["id"] for hazard in HAZARDS])
def test_a_hazard_is_told_whole(hazard: dict[str, Any]) -> None:
    assert re.fullmatch(r"H-\d\d", hazard["id"])
    assert all(hazard[word] for word in ("hazard", "sequence", "harm", "remains", "controls"))
    assert 1 <= hazard["severity"] <= 5
    assert 1 <= hazard["probability"] <= 4
    assert {control["kind"] for control in hazard["controls"]} <= {"design", "protective", "information"}


def test_each_hazard_has_its_own_number() -> None:
    numbers = [hazard["id"] for hazard in HAZARDS]
    assert numbers == sorted(set(numbers))


def test_the_safety_page_names_every_hazard() -> None:
    page = (ROOT / "docs" / "SAFETY.md").read_text(encoding="utf-8")
    assert not [hazard["id"] for hazard in HAZARDS if hazard["id"] not in page]
