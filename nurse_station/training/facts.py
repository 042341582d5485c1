"""The names of everything that may be asked of a moment: tables. What each is now is `moment`.

A scripted nurse reads only what a nurse could see; `hidden` and `befallen` are for scenarios.
"""

from collections.abc import Iterable, Mapping, Set
from types import MappingProxyType

from nurse_station.alarms.conditions import CONDITIONS
from nurse_station.assessments.scales import SCALES
from nurse_station.infusion.protocol import CHECK_KINDS
from nurse_station.sessions.states import State
from nurse_station.simulator.happenings import HAPPENINGS
from nurse_station.simulator.hidden import COLUMNS
from nurse_station.training.actions import DONE_KEYS
from nurse_station.vitals.parameters import PARAMETERS

SIGHTS = frozenset(
    {"snoring", "crowing", "retching", "agitated", "pale", "still", "probe_off", "swollen_arm"}
)
"""What somebody at the bedside sees and hears without asking."""
_ALONE: frozenset[str] = frozenset()

VISIBLE: Mapping[str, Set[str]] = MappingProxyType({
    "second": _ALONE,  # since the scenario began
    "minute": _ALONE,
    "shown": frozenset(PARAMETERS),  # a current value on the screen; a cuff's stands
    "alarm": frozenset(CONDITIONS),  # 1: present or latched, and not hidden by a stronger one
    "unacknowledged": _ALONE,  # how many HIGH and MEDIUM alarms nobody has seen
    "state": frozenset(state.value for state in State),
    "due": frozenset(CHECK_KINDS) - {"observations"},  # seconds since a check became due; below 0: until then
    "raise": frozenset({"due"}),  # seconds since the next raise of the plan became due
    "end": frozenset({"due"}),  # seconds since the planned end
    "score": frozenset(SCALES),  # as last entered
    "moaas": _ALONE,  # as the last answer showed it
    "seen": SIGHTS,
    "pump": frozenset({"ml_h", "off_order"}),  # what it shows; 1: that is not what was entered
    "done": DONE_KEYS,  # how often
})  # fmt: skip
"""For everybody."""


def for_scenario(events: Iterable[str]) -> Mapping[str, Set[str]]:
    """For a scenario with these events."""
    names = frozenset(events)
    return MappingProxyType({
        **VISIBLE,
        "happened": names,  # 1: the event has happened
        "since": names | DONE_KEYS,  # seconds since it first happened, or was last done
        "hidden": frozenset(COLUMNS),
        "befallen": frozenset(HAPPENINGS),
    })  # fmt: skip


def for_nurse() -> Mapping[str, Set[str]]:
    """For a scripted nurse: nothing that she could not see."""
    return MappingProxyType({**VISIBLE, "since": DONE_KEYS})
