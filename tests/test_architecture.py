"""The layout is a promise; this file keeps it."""

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "nurse_station"
QT = {"PySide6", "pyqtgraph", "shiboken6"}
MAX_LINES = 400

# package -> the sibling packages it may import; commands and app join everything.
ALLOWED: dict[str, set[str]] = {
    "vitals": set(),
    "links": set(),
    "settings": {"vitals"},
    "devices": {"vitals"},
    "simulator": {"vitals", "devices", "infusion"},
    "alarms": {"vitals"},
    "audio": {"vitals", "alarms"},
    "infusion": {"vitals"},
    "assessments": {"vitals"},
    "sessions": {"vitals", "alarms", "infusion", "assessments"},
    "records": {"vitals"},
    "exports": {"vitals", "records", "sessions", "infusion", "assessments"},
    "reports": {"vitals", "alarms", "sessions", "infusion", "assessments", "records", "training"},
    "training": {"vitals", "devices", "alarms", "infusion", "assessments", "sessions", "simulator"},
    "station": {
        "vitals",
        "links",
        "devices",
        "records",
        "alarms",
        "audio",
        "sessions",
        "infusion",
        "assessments",
    },
    "classroom": {
        "vitals",
        "links",
        "devices",
        "simulator",
        "records",
        "alarms",
        "audio",
        "sessions",
        "infusion",
        "assessments",
        "station",
        "training",
    },
    "ui": {
        "vitals",
        "settings",
        "station",
        "alarms",
        "sessions",
        "infusion",
        "assessments",
        "reports",
        "simulator",
        "training",
        "classroom",
    },
    "commands": {
        "vitals",
        "links",
        "settings",
        "devices",
        "simulator",
        "records",
        "exports",
        "reports",
        "station",
        "ui",
        "alarms",
        "audio",
        "infusion",
        "assessments",
        "sessions",
        "training",
        "classroom",
    },
}
# Of the station a screen sees pictures, commands and history, never what makes them.
SEEN_BY_UI = {"snapshots", "commands", "view", "history", "past"}
# Of practice it sees values: what can be done, what happened, what came of it.
SEEN_OF_PRACTICE = {
    "classroom": {"view"},
    "training": {"actions", "conditions", "debrief", "events", "log", "scenario", "score"},
    "simulator": {"drugs", "happenings", "hidden", "person"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))
named = pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))


def imported(path: Path) -> set[str]:
    """Every module that a file imports, `a.b` for `from a import b` where that is a module."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: use absolute imports"
            names.add(node.module or "")
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def package_of(path: Path) -> str | None:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else None


@named
def test_imports_follow_the_direction_of_the_data(path: Path) -> None:
    here = package_of(path)
    if here is None:
        return
    for name in imported(path):
        top, _, rest = name.partition(".")
        if top == "nurse_station" and rest:
            there = rest.split(".")[0]
            known = there == here or there in ALLOWED[here] or there == "__version__"
            assert known, f"{here} must not import {there}"


@named
def test_only_the_screen_imports_qt(path: Path) -> None:
    qt = {name for name in imported(path) if name.partition(".")[0] in QT}
    assert not qt or package_of(path) == "ui", f"only ui/ may import {qt}"


@named
def test_a_screen_sees_snapshots_and_never_the_station(path: Path) -> None:
    if package_of(path) != "ui":
        return
    seen = {n.split(".")[2] for n in imported(path) if n.startswith("nurse_station.station.")}
    assert seen <= SEEN_BY_UI


@named
def test_a_screen_sees_values_of_practice_and_never_the_run(path: Path) -> None:
    if package_of(path) != "ui":
        return
    for package, known in SEEN_OF_PRACTICE.items():
        seen = {n.split(".")[2] for n in imported(path) if n.startswith(f"nurse_station.{package}.")}
        assert seen <= known


@named
def test_only_links_open_ports(path: Path) -> None:
    serial = {name for name in imported(path) if name.partition(".")[0] == "serial"}
    assert not serial or package_of(path) == "links"


@named
def test_only_the_clock_reads_the_time(path: Path) -> None:
    if path.name == "clock.py":
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            call = ast.unparse(node.func)
            assert call not in {"time.time", "time.monotonic", "datetime.now", "datetime.utcnow"}, call


@named
def test_a_file_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@named
def test_the_first_line_says_what_the_file_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not text or ast.get_docstring(ast.parse(text)), "no docstring"


def test_the_map_names_every_package_and_no_other() -> None:
    lines = (PACKAGE / "__init__.py").read_text(encoding="utf-8").splitlines()
    described = {line.split()[0] for line in lines if line.startswith("    ")}
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert described == packages


def test_every_package_has_its_place_in_the_direction() -> None:
    assert {path.parent.name for path in PACKAGE.glob("*/__init__.py")} == ALLOWED.keys()


def test_colours_and_style_sheets_live_in_one_place() -> None:
    for path in (PACKAGE / "ui").rglob("*.py"):
        if path.name != "theme.py":
            assert "setStyleSheet" not in path.read_text(encoding="utf-8"), path


def test_no_file_names_a_package_registry_or_a_path_of_a_machine() -> None:
    words = ("pypi" + ".org", "pythonhosted" + ".org", "/ro" + "ot/", "/ho" + "me/", "/wo" + "rk/")
    for path in [
        *ROOT.glob("*.*"),
        *(ROOT / "docs").rglob("*.md"),
        *MODULES,
        *(ROOT / "tests").rglob("*.py"),
    ]:
        if path.is_file() and path.suffix in {".py", ".md", ".toml", ".yaml"}:
            text = path.read_text(encoding="utf-8")
            assert not [word for word in words if word in text], path


def test_direct_dependencies_are_pinned_from_below() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert all(">=" in dependency for dependency in project["dependencies"])
