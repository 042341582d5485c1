"""The table of a protocol file: every key, what may stand there, in which unit. Data only.

The ranges are wider than any clinic's practice; they catch slips of the hand and what would switch a
safeguard off. They are defaults of this program.
"""

from dataclasses import dataclass

from nurse_station.infusion.units import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One number, or a list of them.

    Attributes:
        name: The key in the file, and the attribute.
        low, high: Both ends allowed.
        unit: As a ward writes it.
        whole: No fractions.
        many: A list, not empty.
        needed: A file without it is refused.
    """

    name: str
    low: float
    high: float
    unit: str = ""
    whole: bool = False
    many: bool = False
    needed: bool = True

    @property
    def wants(self) -> str:
        """What is to be written there."""
        kind = "a list of numbers" if self.many else "a whole number" if self.whole else "a number"
        unit = f" ({self.unit})" if self.unit else ""
        return f"{kind} from {shown(self.low)} to {shown(self.high)}{unit}"

    def accepts(self, value: object) -> bool:
        """Whether the value that TOML gave may stand there."""
        if not self.many:
            return self._accepts_one(value)
        return isinstance(value, list) and bool(value) and all(self._accepts_one(one) for one in value)

    def _accepts_one(self, value: object) -> bool:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return self.low <= value <= self.high and (not self.whole or isinstance(value, int))


def _dose(name: str, low: float = 0.01, high: float = 2, unit: str = "mg/kg/h", needed: bool = True) -> Row:
    return Row(name=name, low=low, high=high, unit=unit, needed=needed)


def _minutes(name: str, low: float, high: float, needed: bool = True) -> Row:
    return Row(name=name, low=low, high=high, unit="min", needed=needed)


def _whole(name: str, low: int, high: int, unit: str = "", needed: bool = True) -> Row:
    return Row(name=name, low=low, high=high, unit=unit, whole=True, needed=needed)


def _pressure(name: str, low: float, high: float) -> Row:
    return Row(name=name, low=low, high=high, unit="mmHg")


def _percent(name: str, low: float, high: float) -> Row:
    return Row(name=name, low=low, high=high, unit="%")


SECTIONS: dict[str, tuple[Row, ...]] = {
    "course": (
        _whole("days", 1, 30),
        Row(name="day_fractions", low=0.05, high=1, many=True, needed=False),
        _whole("no_benefit_days", 1, 30, "days"),
        _percent("benefit_percent", 1, 100),
        Row(name="benefit_points", low=0.5, high=10, unit="points of 10"),
        Row(name="review_months", low=1, high=24, unit="months", whole=True, many=True),
        _whole("liver_tests_from_course", 1, 10),
    ),
    "drug": (
        Row(name="concentrations_mg_ml", low=0.1, high=10, unit="mg/mL", many=True),
        Row(name="bag_ml", low=10, high=1000, unit="mL"),
    ),
    "infusion": (
        _minutes("duration_min", 10, 480),
        _minutes("end_reminder_min", 0, 60),
        _dose("start_mg_kg_h"),
        _dose("step_mg_kg_h", low=0, high=0.5),
        _minutes("step_every_min", 15, 60),
        _dose("max_step_mg_kg_h", high=0.5),
        _dose("max_mg_kg_h"),
        _dose("max_mg_h", low=1, high=150, unit="mg/h"),
        _dose("max_total_mg", low=1, high=500, unit="mg"),
        _dose("max_total_mg_kg", low=0.1, high=8, unit="mg/kg", needed=False),
    ),
    "baseline": (
        _whole("sets", 1, 10),
        _minutes("over_min", 1, 60),
        _pressure("confirm_above_sys", 120, 200),
        _pressure("confirm_above_dia", 70, 120),
        _percent("confirm_below_spo2", 85, 98),
    ),
    "raising": (
        _whole("min_moaas", 3, 5, "MOAA/S"),
        _minutes("moaas_age_min", 1, 30),
        _pressure("max_sys", 120, 200),
        _percent("max_sys_rise_percent", 5, 50),
        _whole("max_hallucination", 0, 2, "grade"),
        _whole("max_nausea", 0, 2, "grade"),
    ),
    "stopping": (
        _whole("hold_moaas", 2, 4, "MOAA/S"),
        _whole("stop_moaas", 1, 3, "MOAA/S"),
        _minutes("recheck_min", 1, 15),
        _whole("hold_grade", 1, 3, "grade"),
        _whole("stop_grade", 2, 4, "grade"),
        _pressure("repeat_above_sys", 140, 210),
        _pressure("repeat_above_dia", 85, 125),
        _minutes("repeat_after_min", 1, 15),
        _pressure("pause_above_sys", 160, 230),
        _pressure("pause_above_dia", 95, 140),
        _percent("pause_below_spo2", 80, 96),
        Row(name="pause_below_rr", low=4, high=14, unit="/min"),
        Row(name="unmonitored_s", low=20, high=300, unit="s"),
    ),
    "recovery": (
        _minutes("min_min", 15, 480),
        _whole("min_aldrete", 6, 10),
        _whole("min_padss", 6, 10),
        _whole("min_moaas", 4, 5, "MOAA/S"),
        _percent("bp_within_percent", 5, 50),
        _percent("min_spo2", 85, 98),
        _whole("max_nausea", 0, 2, "grade"),
        _whole("max_hallucination", 0, 2, "grade"),
    ),
}

CHECK: tuple[Row, ...] = (
    _minutes("every_min", 1, 120),
    _minutes("after_raise_min", 1, 30, needed=False),
    _whole("repeats_after_raise", 1, 6, needed=False),
    _minutes("late_after_min", 0.5, 15, needed=False),
)

APART: tuple[tuple[str, str, bool], ...] = (
    ("infusion.start_mg_kg_h", "infusion.max_mg_kg_h", True),
    ("infusion.step_mg_kg_h", "infusion.max_step_mg_kg_h", True),
    ("infusion.end_reminder_min", "infusion.duration_min", False),
    ("stopping.stop_moaas", "stopping.hold_moaas", False),
    ("stopping.hold_moaas", "raising.min_moaas", False),
    ("stopping.hold_grade", "stopping.stop_grade", False),
    ("raising.max_hallucination", "stopping.hold_grade", False),
    ("raising.max_nausea", "stopping.hold_grade", False),
    ("raising.max_sys", "stopping.repeat_above_sys", True),
    ("stopping.repeat_above_sys", "stopping.pause_above_sys", False),
    ("stopping.repeat_above_dia", "stopping.pause_above_dia", False),
)
"""(lower, higher, may they be equal): the first is not above the second."""
