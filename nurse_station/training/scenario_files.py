"""Scenarios as TOML files that a nurse teacher can read and write. Loads nothing that it cannot vouch for."""

from collections.abc import Mapping, Set
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from nurse_station.infusion.protocol_files import factory_folder as protocol_folder
from nurse_station.infusion.protocol_files import load_all as load_protocols
from nurse_station.simulator.person import History, Sex
from nurse_station.training import conditions
from nurse_station.training.conditions import Condition
from nurse_station.training.events import EVENTS, NUMBERS, Deed
from nurse_station.training.scenario import Against, Begins, Expected, Happens, Hint, Patient, Scenario
from nurse_station.training.scenario_faults import all_faults, is_policy
from nurse_station.training.toml_lines import lines_of, with_line
from nurse_station.training.toml_tree import FileError, Tree, read, rows, texts, tree_of

LATE_TIMES = 3.0
"""What is not done in time may be done late for so many times the limit, if the file does not say."""
NO_SCENARIO = (
    "this is a scripted nurse (policy) and no scenario; "
    "nurse-station train SCENARIO --policy FILE lets her play one."
)
_PERSON = ("name", "age", "sex", "weight_kg")


def factory_folder() -> Path:
    """The scenarios that the program comes with."""
    return protocol_folder().with_name("scenarios")


def load_all(folder: Path) -> Mapping[str, Scenario]:
    """Every scenario of a folder by its key. Raises FileError: one is none, or two have one key."""
    found: dict[str, Scenario] = {}
    for path in sorted(folder.glob("*.toml")):
        scenario = load(path)
        if scenario.key in found:
            raise FileError(
                [f'key "{scenario.key}" is another file\'s as well; give each its own.'], str(path)
            )
        found[scenario.key] = scenario
    return MappingProxyType(found)


def own_of(
    folder: Path, protocols: Set[str], shipped: Mapping[str, Scenario]
) -> tuple[tuple[Scenario, ...], tuple[str, ...]]:
    """A clinic's own scenarios, and one sentence for each file of its folder that is none.

    Args:
        folder: It need not be there.
        protocols: As for `load`.
        shipped: Whose keys are taken.
    """
    found: dict[str, Scenario] = {}
    whose = dict.fromkeys(shipped, "a scenario of the program")
    faults: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            scenario = load(path, protocols)
        except FileError as error:
            faults.append(_briefly(error, path))
            continue
        key = scenario.key
        if key in whose:
            faults.append(f'{path}: key "{key}" is that of {whose[key]} as well; give it its own.')
        else:
            found[key], whose[key] = scenario, path.name
    return tuple(found.values()), tuple(faults)


def _briefly(error: FileError, path: Path) -> str:
    """The first mistake, and how to see the others."""
    first, *others = error.sentences
    count = f"{len(others)} more mistake{'s' * (len(others) > 1)}"
    return f"{first} And {count}: nurse-station scenario check {path}" if others else first


def load(path: Path, protocols: Set[str] | None = None) -> Scenario:
    """The scenario in a file. Raises FileError, which names the file in every sentence.

    Args:
        path: The file.
        protocols: Keys of the protocols that there are; None: the program's own.
    """
    scenario: Scenario = read(path, partial(parse, protocols=protocols))
    return scenario


def parse(text: str, protocols: Set[str] | None = None) -> Scenario:
    """The scenario in the text of a file, as `load`. Raises FileError with a sentence for every mistake."""
    tree = tree_of(text)
    if is_policy(tree):
        raise FileError([NO_SCENARIO])
    wrong = tuple(
        all_faults(tree, load_protocols(protocol_folder()).keys() if protocols is None else protocols)
    )
    if wrong:
        lines = lines_of(text)
        raise FileError([with_line(sentence, lines) for sentence in wrong])
    return _scenario(tree)


def _scenario(tree: Tree) -> Scenario:
    return Scenario(
        key=tree["key"], name=tree["name"], version=tree["version"], summary=tree["summary"],
        sources=tuple(tree["sources"]), protocol=tree["protocol"], monitors=tuple(tree["monitors"]),
        ordered=MappingProxyType({drug: float(dose) for drug, dose in tree.get("ordered", {}).items()}),
        lasts_min=float(tree["lasts_min"]), ends=_condition(tree.get("ends_when")),
        patient=_patient(tree["patient"]), begins=Begins(**tree.get("begins", {})),
        happens=tuple(map(_happens, rows(tree, "event"))),
        expected=tuple(map(_expected, rows(tree, "expected"))),
        against=tuple(map(_against, rows(tree, "against"))),
        hints=tuple(Hint(when=conditions.parse(row["when"]), say=row["say"]) for row in rows(tree, "hint")),
        learning=tuple(tree["learning"]),
    )  # fmt: skip


def _condition(text: str | None) -> Condition | None:
    return None if text is None else conditions.parse(text)


def _patient(table: Tree) -> Patient:
    history = History(**{key: value for key, value in table.items() if key not in _PERSON})
    sex = Sex(table["sex"]) if "sex" in table else None
    return Patient(name=table["name"], age=table.get("age"), sex=sex,
                   weight_kg=float(table.get("weight_kg", 70.0)), history=history)  # fmt: skip


def _happens(row: Tree) -> Happens:
    """An event without `do` only says something, or marks a moment."""
    kind = EVENTS[row.get("do", "say")]
    numbers = MappingProxyType({name: float(row[name]) for name in NUMBERS if name in row})
    deed = Deed(kind=kind.key, what=row.get("what", ""), numbers=numbers)
    return Happens(name=row["name"], when=conditions.parse(row["when"]), say=row.get("say", ""),
                   deeds=() if kind.key == "say" else (deed,))  # fmt: skip


def _expected(row: Tree) -> Expected:
    rest: dict[str, Any] = {name: row[name] for name in ("after", "early", "needed", "record") if name in row}
    within_s = float(row["within_s"])
    return Expected(name=row["name"], words=row["words"], do=texts(row["do"]), within_s=within_s,
                    late_s=float(row.get("late_s", LATE_TIMES * within_s)),
                    before=texts(row.get("before", [])), **rest)  # fmt: skip


def _against(row: Tree) -> Against:
    return Against(name=row["name"], words=row["words"], do=texts(row.get("do", [])),
                   when=_condition(row.get("when")), fails=row.get("fails", True))  # fmt: skip
