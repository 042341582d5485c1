"""A scripted nurse: conditions and what she does about them, and how soon. Sees no hidden state."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from nurse_station.training import actions, conditions, facts
from nurse_station.training.actions import Action
from nurse_station.training.conditions import Condition
from nurse_station.training.scenario_faults import condition_faults, is_scenario, key_faults
from nurse_station.training.scenario_files import factory_folder as scenario_folder
from nurse_station.training.toml_lines import lines_of, with_line
from nurse_station.training.toml_tree import FileError, Key, Tree, faults, read, rows, texts, tree_of

_KINDS = frozenset({"right", "nothing", "tempting", "own"})
_SECONDS = Key(kind="number", high=3600)
_TOP = {"key": Key(kind="text", needed=True), "name": Key(kind="text", needed=True),
        "scenario": Key(kind="text", needed=True), "named": Key(kind="texts"),
        "kind": Key(kind="text", needed=True, words=_KINDS)}  # fmt: skip
_RULE = {"when": Key(kind="text", needed=True), "do": Key(kind="texts", needed=True), "after_s": _SECONDS,
         "each_s": _SECONDS, "again_s": _SECONDS}  # fmt: skip


NO_POLICY = (
    "this is a scenario and no scripted nurse (policy), which has scenario, kind and [[rule]]; "
    "nurse-station train FILE --policy NURSE plays it."
)
UNSEEN: Mapping[str, str] = MappingProxyType({
    "happened": "she cannot know events",
    "hidden": "she cannot see what is true of the body",
    "befallen": "she cannot see what is true of the body",
})  # fmt: skip
"""What a scenario may ask for and a nurse may not, and why."""
_ASK = "ask for what she sees (shown., alarm., seen.) or did (done., since.jaw_thrust)"


class Kind(StrEnum):
    """What a policy is there for."""

    RIGHT = "right"
    NOTHING = "nothing"
    TEMPTING = "tempting"
    OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When this is so, do that.

    Attributes:
        after_s: Reaction time to the first action; by seed 20 % shorter to 25 % longer.
        each_s: From one action to the next.
        again_s: It may be done again so long after it was begun; 0: once only.
    """

    when: Condition
    do: tuple[Action, ...]
    after_s: float = 8.0
    each_s: float = 4.0
    again_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A nurse.

    Attributes:
        key, name: In scores and in words.
        scenario: Key of the scenario that it is for; "any": of every one.
        kind: What it is there for.
        named: What the score must name it for (`Against.name`, or `Expected.name` done wrong).
        rules: Looked at every second, the first first.
    """

    key: str
    name: str
    scenario: str
    kind: Kind
    named: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()


def factory_folder() -> Path:
    """The policies that the program comes with."""
    return scenario_folder().with_name("policies")


def load_all(folder: Path) -> Mapping[str, Policy]:
    """Every policy of a folder by its key. Raises FileError."""
    return MappingProxyType({policy.key: policy for policy in map(load, sorted(folder.glob("*.toml")))})


def load(path: Path) -> Policy:
    """The policy in a file. Raises FileError, which names the file in every sentence."""
    policy: Policy = read(path, parse)
    return policy


def parse(text: str) -> Policy:
    """The policy in the text of a file. Raises FileError with a sentence for every mistake."""
    tree = tree_of(text)
    if is_scenario(tree):
        raise FileError([NO_POLICY])
    wrong = [*faults(tree, "", _TOP, frozenset({"rule"})), *key_faults(tree)]
    if not isinstance(tree.get("rule", []), list):
        wrong.append("rule is no list; write [[rule]] in double brackets.")
    for number, row in enumerate(rows(tree, "rule"), 1):
        wrong += _faults_of_rule(f"rule {number}", row)
    if wrong:
        lines = lines_of(text)
        raise FileError([with_line(sentence, lines) for sentence in wrong])
    return Policy(
        key=tree["key"], name=tree["name"], scenario=tree["scenario"], kind=Kind(tree["kind"]),
        named=texts(tree.get("named", [])), rules=tuple(map(_rule, rows(tree, "rule"))),
    )  # fmt: skip


def _faults_of_rule(place: str, row: Tree) -> list[str]:
    wrong = list(faults(row, place, _RULE))
    if isinstance(row.get("when"), str) and row["when"].strip():
        blind = [f"{place}.when: {sentence}" for sentence in _unseen(row["when"])]
        wrong += blind or condition_faults(f"{place}.when", row["when"], facts.for_nurse())
    for text in texts(row.get("do")):
        try:
            actions.parse(text)
        except actions.ActionError as error:
            wrong.append(f"{place}.do: {error}" + ("" if str(error).endswith("?") else "."))
    return wrong


def _unseen(text: str) -> Iterator[str]:
    """A sentence for each fact that only a scenario may ask for."""
    try:
        asked = conditions.parse(text).facts
    except conditions.ConditionError:
        return
    for fact in sorted(asked):
        kind, _, word = fact.partition(".")
        if kind in UNSEEN:
            yield f'there is nothing called "{kind}" for a scripted nurse: {UNSEEN[kind]}; {_ASK}.'
        elif (
            kind == "since"
            and word not in actions.DONE_KEYS
            and not get_close_matches(word, actions.DONE_KEYS, n=1, cutoff=0.8)
        ):
            yield f'"{fact}" asks for an event: a nurse cannot know when one happened; {_ASK}.'


def _rule(row: Tree) -> Rule:
    times = {name: float(row[name]) for name in ("after_s", "each_s", "again_s") if name in row}
    return Rule(when=conditions.parse(row["when"]), do=tuple(map(actions.parse, texts(row["do"]))), **times)
