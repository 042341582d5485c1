"""What a scenario can make happen: to the body, to a sensor, to a monitor's line, to the pump. A table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from nurse_station.simulator import acts
from nurse_station.simulator.acts import Act, Position, Sensor
from nurse_station.simulator.happenings import HAPPENINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class EventKind:
    """One kind.

    Attributes:
        key: The word in a scenario: `do = "befall"`.
        words: For the storyboard.
        needs: Keys that must stand beside it.
        may: Keys that may.
    """

    key: str
    words: str
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()


_ROWS = (
    EventKind(key="befall", words="begins", needs=("what",), may=("size", "lasts_s")),
    EventKind(key="relent", words="is over", needs=("what",)),
    EventKind(key="give", words="is given by another", needs=("what", "dose")),
    EventKind(key="probe_off", words="the SpO₂ probe comes off"),
    EventKind(key="leads_off", words="the ECG leads come off"),
    EventKind(key="cannula_off", words="the CO₂ cannula comes off"),
    EventKind(key="cuff_on_probe_arm", words="the cuff is on the arm of the probe", may=("every_s", "in_s")),
    EventKind(key="stands_up", words="the patient stands up"),
    EventKind(key="pull_cable", words="the monitor's cable is pulled"),
    EventKind(key="freeze", words="the monitor repeats its values"),
    EventKind(key="restart_monitor", words="the monitor is switched off and on"),
    EventKind(key="noise", words="the line is spoilt", needs=("share",)),
    EventKind(key="pump", words="the pump is set to mL/h", needs=("ml_h",)),
    EventKind(key="pump_stops", words="the pump stops by itself"),
    EventKind(key="say", words="somebody says"),
)
EVENTS: Mapping[str, EventKind] = MappingProxyType({row.key: row for row in _ROWS})
NUMBERS: Mapping[str, tuple[float, float]] = MappingProxyType({
    "size": (0.0, 200.0), "lasts_s": (1.0, 36_000.0), "dose": (0.0, 2000.0), "every_s": (60.0, 3600.0),
    "in_s": (0.0, 3600.0), "share": (0.0, 1.0), "ml_h": (0.0, 1200.0),
})  # fmt: skip
"""Lowest and highest of each number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing to make happen: which kind, of what, and its numbers."""

    kind: str
    what: str = ""
    numbers: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def words(self) -> str:
        """For the storyboard."""
        if self.kind == "pump":
            return f"the pump is set to {self.numbers['ml_h']:g} mL/h"
        name = HAPPENINGS[self.what].name if self.what in HAPPENINGS else self.what
        numbers = ", ".join(f"{key} {value:g}" for key, value in self.numbers.items())
        said = f"{name} {EVENTS[self.kind].words}".strip()
        return f"{said} ({numbers})" if numbers else said


def body_act(deed: Deed, at: float) -> Act | None:
    """What it does to the body at the body's second `at`; None: it is done to something else."""
    numbers = deed.numbers
    match deed.kind:
        case "befall":
            return acts.Befall(what=deed.what, size=numbers.get("size"), lasts_s=numbers.get("lasts_s"))
        case "relent":
            return acts.Relent(what=deed.what)
        case "give":
            return acts.Give(drug=deed.what, dose=numbers["dose"])
        case "probe_off" | "leads_off" | "cannula_off":
            return acts.Wear(sensor=Sensor(deed.kind.removesuffix("_off")), on=False)
        case "cuff_on_probe_arm":
            return acts.CuffOnProbeArm(first_s=at + numbers.get("in_s", 0.0),
                                       every_s=numbers.get("every_s", 300.0))  # fmt: skip
        case "stands_up":
            return acts.Lay(position=Position.UPRIGHT)
        case "pump_stops":
            return acts.StopPump()
        case _:
            return None
