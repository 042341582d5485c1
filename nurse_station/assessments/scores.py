"""Scores of several items: modified Aldrete, adapted PADSS, NEWS2. Tables and sums; no advice.

NEWS2: National Early Warning Score 2, Royal College of Physicians 2017, reproduced with acknowledgement.
It does not see ketamine's rise in blood pressure: a systolic pressure of 180 mmHg scores 0 there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question of a score.

    Attributes:
        key: The word used in code and record.
        name: As a nurse says it.
        answers: Points -> what is found, best first.
    """

    key: str
    name: str
    answers: Mapping[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """A score of several items.

    Attributes:
        key, name: In code and as a nurse says it.
        items: Its questions.
        leaves_at: With so many points the patient may go: a default that a protocol may raise.
        version, source: Which form, and where it is published.
    """

    key: str
    name: str
    items: tuple[Item, ...]
    leaves_at: int
    version: str
    source: str

    @property
    def most(self) -> int:
        """The highest sum."""
        return sum(max(item.answers) for item in self.items)

    def total(self, answers: Mapping[str, int]) -> int | None:
        """The sum; None: an item is not answered. Raises ValueError for points that an item has not."""
        points = []
        for item in self.items:
            if item.key not in answers:
                return None
            if answers[item.key] not in item.answers:
                msg = f"{self.name}, {item.name}: give {_choices(item)}, not {answers[item.key]}."
                raise ValueError(msg)
            points.append(answers[item.key])
        return sum(points)


def _choices(item: Item) -> str:
    *most, last = sorted(item.answers)
    return f"{', '.join(str(points) for points in most)} or {last}"


def _item(key: str, name: str, two: str, one: str, none: str) -> Item:
    return Item(key=key, name=name, answers=MappingProxyType({2: two, 1: one, 0: none}))


ALDRETE = Questionnaire(
    key="aldrete", name="Aldrete", leaves_at=9, version="modified 1995, short labels",
    source="Aldrete, J Clin Anesth 1995; 7: 89",
    items=(
        _item("activity", "Activity", "Moves four limbs", "Moves two limbs", "Moves none"),
        _item("respiration", "Breathing", "Breathes deeply, coughs", "Shallow or laboured", "Apnoea"),
        _item("circulation", "Circulation", "BP within 20 % of baseline", "20 to 49 %", "50 % or more"),
        _item("consciousness", "Consciousness", "Fully awake", "Rouses to voice", "Does not respond"),
        _item("oxygen", "Oxygen", "SpO₂ above 92 % on air", "Needs O₂ for 90 %", "Below 90 % on O₂"),
    ),
)  # fmt: skip

PADSS = Questionnaire(
    key="padss", name="PADSS, adapted", leaves_at=9,
    version="adapted for infusions: bleeding is replaced by the IV site",
    source="after Chung, J Clin Anesth 1995; 7: 500",
    items=(
        _item("vitals", "Vital signs", "Within 20 % of baseline", "20 to 40 %", "More than 40 %"),
        _item("activity", "Mind and gait", "Oriented and steady", "Either one", "Neither"),
        _item("comfort", "Pain, nausea, vomiting", "Minimal", "Moderate, treated", "Severe"),
        _item("iv_site", "IV site", "Fine, IV out", "Red or sore", "Swollen, bleeding or leaking"),
        _item("intake", "Drinks and passes water", "Both", "Either one", "Neither"),
    ),
)  # fmt: skip

QUESTIONNAIRES: Mapping[str, Questionnaire] = MappingProxyType({row.key: row for row in (ALDRETE, PADSS)})


@dataclass(frozen=True, slots=True, kw_only=True)
class News2:
    """A NEWS2.

    Attributes:
        points: Parameter -> its points, for what is known.
        missing: What is not known: with any, the sum is incomplete and is not shown as a score.
        band: "0", "1-4", "3 in one", "5-6", "7 or more"; empty while incomplete.
    """

    points: Mapping[str, int]
    missing: tuple[str, ...]
    band: str

    @property
    def total(self) -> int | None:
        """0 to 20; None: incomplete."""
        return None if self.missing else sum(self.points.values())


# (highest value with these points, points), the last row without an upper end.
_Bands = tuple[tuple[float, int], ...]
_INF = float("inf")
_RR: _Bands = ((8, 3), (11, 1), (20, 0), (24, 2), (_INF, 3))
_SPO2_1: _Bands = ((91, 3), (93, 2), (95, 1), (_INF, 0))
_SPO2_2_AIR: _Bands = ((83, 3), (85, 2), (87, 1), (_INF, 0))
_SPO2_2_OXYGEN: _Bands = ((83, 3), (85, 2), (87, 1), (92, 0), (94, 1), (96, 2), (_INF, 3))
_SYSTOLIC: _Bands = ((90, 3), (100, 2), (110, 1), (219, 0), (_INF, 3))
_PULSE: _Bands = ((40, 3), (50, 1), (90, 0), (110, 1), (130, 2), (_INF, 3))
_TEMPERATURE: _Bands = ((35.0, 3), (36.0, 1), (38.0, 0), (39.0, 1), (_INF, 2))


def news2(
    *, rr: float | None, spo2: float | None, oxygen: bool | None, systolic: float | None,
    pulse: float | None, alert: bool | None, temperature: float | None, hypercapnic: bool = False,
) -> News2:  # fmt: skip
    """The NEWS2 of what was measured.

    Args:
        rr: Breaths a minute.
        spo2: %.
        oxygen: Whether the patient gets oxygen.
        systolic: mmHg.
        pulse: Beats a minute.
        alert: False: confused, or responds to voice, pain or nothing.
        temperature: °C.
        hypercapnic: Use SpO2 scale 2, which a clinician prescribes.

    None anywhere: not measured; the score is then incomplete.
    """
    scale = _SPO2_1 if not hypercapnic else _SPO2_2_OXYGEN if oxygen else _SPO2_2_AIR
    found = {
        "rr": _points(rr, _RR),
        "spo2": _points(spo2, scale),
        "oxygen": None if oxygen is None else 2 * oxygen,
        "systolic": _points(systolic, _SYSTOLIC),
        "pulse": _points(pulse, _PULSE),
        "alert": None if alert is None else 3 * (not alert),
        "temperature": _points(temperature, _TEMPERATURE),
    }
    points = {key: value for key, value in found.items() if value is not None}
    missing = tuple(key for key, value in found.items() if value is None)
    return News2(points=MappingProxyType(points), missing=missing, band="" if missing else _band(points))


def _points(value: float | None, bands: _Bands) -> int | None:
    if value is None:
        return None
    return next(points for highest, points in bands if value <= highest)


def _band(points: Mapping[str, int]) -> str:
    total = sum(points.values())
    if total >= 7:
        return "7 or more"
    if total >= 5:
        return "5-6"
    if 3 in points.values():
        return "3 in one"
    return "1-4" if total else "0"
