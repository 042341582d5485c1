"""What the debrief's window says of one moment of the run, and where its cursor can go. Pure; no Qt."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from types import MappingProxyType

from nurse_station.reports.debrief_lanes import MARK_ROWS, NAMES, Mark, lanes_of, value
from nurse_station.reports.debrief_rows import Row, Rows
from nurse_station.reports.debrief_words import clock
from nurse_station.training.debrief import Debrief
from nurse_station.training.log import Point, What
from nurse_station.ui.models.words import joined, number
from nurse_station.ui.texts import SIMULATION

TOKENS: Mapping[str, str] = MappingProxyType({
    "plasma": "concentration", "mind": "concentration", "alveolar_o2": "other", "sao2": "spo2",
    "shown_spo2": "spo2", "ventilation": "co2", "patency": "co2", "hr": "hr", "nibp_sys": "nibp",
    "nibp_dia": "nibp", "rr": "resp", "etco2": "co2", "pump_mg_h": "drug",
})  # fmt: skip
"""Curve -> its colour; all but a lane's first are dashed as well."""
UNITS: Mapping[str, str] = MappingProxyType({
    "plasma": "ng/mL", "mind": "ng/mL", "alveolar_o2": "mmHg", "sao2": "%", "shown_spo2": "%",
    "ventilation": "% of rest", "patency": "%", "hr": "/min", "nibp_sys": "mmHg", "nibp_dia": "mmHg",
    "rr": "/min", "etco2": "mmHg", "pump_mg_h": "mg/h",
})  # fmt: skip
NEAR_S = 2.5
"""What happened so near to the cursor is read with it: half of the time between two points."""
NOTHING_THERE = "Nothing happened here."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One moment in words.

    Attributes:
        at: `2:05`.
        values: What was true, each with its unit.
        there: What happened there, and which alarms were present.
    """

    at: str
    values: str
    there: str

    @property
    def spoken(self) -> str:
        """For a screen reader."""
        return f"{self.at}. {self.there} {self.values}"


def reading(debrief: Debrief, marks: Sequence[Mark], at: float, near_s: float = NEAR_S) -> Reading:
    """The moment `at` (seconds of the run); what is within `near_s` of it is told with it."""
    point = point_at(debrief.curve, at)
    values = joined(*_values(debrief, point)) if point is not None else "No values are kept of this moment."
    near = [mark for mark in marks if mark.at - near_s <= at <= mark.end + near_s]
    there = [_words(mark) for mark in near if mark.what is not What.ALARM]
    alarmed = dict.fromkeys(mark.words for mark in near if mark.what is What.ALARM)
    if alarmed:
        there.append(f"Alarms: {', '.join(alarmed)}")
    return Reading(at=clock(at), values=values, there=f"{'; '.join(there)}." if there else NOTHING_THERE)


def _values(debrief: Debrief, point: Point) -> tuple[str, ...]:
    told = [f"{NAMES[curve]} {number(value(point, curve), _digits(curve))} {UNITS[curve]}"
            for lane in lanes_of(debrief.curve) for curve in lane.curves]  # fmt: skip
    return (f"MOAA/S {number(point.moaas)}", *told)


def _digits(curve: str) -> int:
    return 1 if curve == "pump_mg_h" else 0


def _words(mark: Mark) -> str:
    kind = MARK_ROWS[mark.what].removesuffix("s")
    sign = f" {mark.sign}" if mark.sign else ""
    return f"{kind}{sign}: {mark.words.rstrip('.')}"


def point_at(points: Sequence[Point], at: float) -> Point | None:
    """The nearest point; None: there is none."""
    if not points:
        return None
    place = bisect_left(points, at, key=lambda point: point.at)
    return min(points[max(place - 1, 0) : place + 1], key=lambda point: abs(point.at - at))


def next_stop(stops: Sequence[float], at: float, way: int) -> float:
    """The nearest of growing `stops` after (`way` 1) or before (-1) a moment; without one the moment."""
    place = bisect_right(stops, at) if way > 0 else bisect_left(stops, at) - 1
    return stops[place] if 0 <= place < len(stops) else at


def row_at(seconds: Sequence[float | None], at: float) -> int | None:
    """The last row that is not later than a moment; None: none is."""
    found = [place for place, each in enumerate(seconds) if each is not None and each <= at]
    return found[-1] if found else None


def stacked(rows: Rows, first: int, wide: int, bare: Set[int] = frozenset()) -> Rows:
    """The same for a narrow place: one column, the main one, beneath it the others with their titles.

    `bare`: columns whose words say themselves what they are.
    """
    titles = ["" if place in bare else title for place, title in enumerate(rows.titles)]
    return Rows(titles=(rows.titles[first], rows.titles[wide]),
                rows=tuple(_stacked(titles, row, first, wide) for row in rows.rows))  # fmt: skip


def _stacked(titles: Sequence[str], row: Row, first: int, wide: int) -> Row:
    others = [f"{title[:1].lower()}{title[1:]} {cell}".strip()
              for place, (title, cell) in enumerate(zip(titles, row.cells, strict=True))
              if cell and place not in (first, wide)]  # fmt: skip
    return replace(row, cells=(row.cells[first], f"{row.cells[wide]}\n{joined(*others)}"))


def against(rows: Rows) -> Rows:
    """What counts against, for a narrow place: `first at, what` with `3 times · fails the run` beneath."""
    return Rows(titles=rows.titles[:2], rows=tuple(_against(row) for row in rows.rows))


def _against(row: Row) -> Row:
    first, what, times, fails = row.cells
    return replace(row, cells=(first, f"{what}\n{joined(times, fails)}"))


def file_name(debrief: Debrief) -> str:
    """What its PDF may be called: no sign that a disk refuses."""
    words = f"{SIMULATION} debrief {debrief.trainee} {debrief.name}"
    return "".join(each if each.isalnum() or each in " -,." else "-" for each in words) + ".pdf"
