"""Paper's graph of a whole day, as an anaesthetic chart: curves, cuff marks, rate, checks, alarms.

Black on white; curves differ by line and lane, never by colour. Marks that have no room are counted in words.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from nurse_station.alarms.history import episodes
from nurse_station.alarms.words import Priority
from nurse_station.assessments.scales import SCALES
from nurse_station.reports.cuffs import Cuff
from nurse_station.reports.envelope import Span, envelope
from nurse_station.reports.lanes import LANES, RATE, Lane, Scale, scale_of, uncovered
from nurse_station.reports.model import Figure, Section, Text
from nurse_station.reports.recorded import Recorded
from nurse_station.reports.svg import Drawing

WIDTH, LEFT, RIGHT, TOP = 180.0, 18.0, 176.0, 6.0
GAP = 3.0
CELL = 3.3
"""Width of a check's cell, mm."""
CHECKS = ("moaas", "rass", "pain", "nausea", "dissociation", "hallucination", "anxiety", "iv_site")
STEPS_S = (300, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400)
"""Between two lines of time, seconds: the first that gives fourteen lines or fewer."""
PRIORITIES = ((Priority.HIGH, "HIGH"), (Priority.MEDIUM, "MEDIUM"), (Priority.LOW, "LOW"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """Where a time is, mm from the left."""

    span: Span

    def x(self, at: float) -> float:
        share = (min(max(at, self.span.start), self.span.end) - self.span.start) / (
            self.span.end - self.span.start
        )
        return LEFT + share * (RIGHT - LEFT)


def graph(recorded: Recorded) -> Section:
    """The figure, or why there is none."""
    if not recorded.curves and not recorded.cuffs and recorded.day.delivery is None:
        return Section(title="Graph", blocks=(Text(words="No vital signs and no infusion were recorded."),))
    axis = Axis(span=span_of(recorded))
    drawing = Drawing(width=WIDTH, height=0.0)
    bottom = _lanes(drawing, recorded, axis)
    bottom, crowded = _checks(drawing, recorded, axis, bottom)
    bottom = _alarms(drawing, recorded, axis, bottom)
    drawing.height = _time_lines(drawing, recorded, axis, bottom) + 1
    figure = Figure(svg=drawing.svg(), alt=_alt(recorded), caption=_caption(crowded))
    return Section(title="Graph", blocks=(figure,), own_page=True)


def span_of(recorded: Recorded) -> Span:
    """From the first thing that is drawn to the last; at least five minutes."""
    firsts = [float(series.at[0]) for series in recorded.curves.values()]
    lasts = [float(series.at[-1]) for series in recorded.curves.values()]
    marks = [cuff.at for cuff in recorded.cuffs] + [timed.at for timed in recorded.day.stands]
    start = min([recorded.started, *firsts, *marks])
    return Span(start=start, end=max([recorded.until, *lasts, *marks, start + 300]))


def _caption(crowded: int) -> str:
    words = (
        "Thin lines: HR, SpO₂, RR (CO₂), EtCO₂; dashed where pulse or chest impedance stands in. Each "
        "quarter of a millimetre has its lowest and highest value. Bars with hooks: systolic and diastolic "
        "pressure. "
        "Rate: line given, dashes ordered. Numbers: scores."
    )
    return f"{words} {crowded} scores had no room here: see the observations." if crowded else words


def _alt(recorded: Recorded) -> str:
    times, span = recorded.times, span_of(recorded)
    return (f"Graph from {times.minute(span.start)} to {times.minute(span.end)}: heart rate, blood pressure, "
            "SpO₂, respiratory rate, EtCO₂, infusion rate, scores and alarms over time. Its values are in "
            "the tables of this report or in the record.")  # fmt: skip


def _lanes(drawing: Drawing, recorded: Recorded, axis: Axis) -> float:
    top = TOP
    for place, lane in enumerate(LANES):
        lines = [
            envelope(recorded.curves[key], axis.span) if key in recorded.curves else () for key in lane.curves
        ]
        cuffs = recorded.cuffs if place == 0 else ()
        pressures = [value for cuff in cuffs for value in (cuff.sys, cuff.dia) if value is not None]
        scale = scale_of(lane, [*(v for each in lines for line in each for _, v in line), *pressures], top)
        _frame(drawing, lane, scale)
        shown = lines[:1] + [uncovered(each, lines[0], 60.0) for each in lines[1:]]
        for number, each in enumerate(shown):
            for line in each:
                points = [(axis.x(at), scale.y(value)) for at, value in line]
                drawing.line(points, width=0.22, dash="0.8 0.5" if number and len(points) > 1 else "")
        _cuffs(drawing, cuffs, scale, axis)
        top = scale.bottom + GAP
    return _rate(drawing, recorded, axis, top)


def _frame(drawing: Drawing, lane: Lane, scale: Scale) -> None:
    for value in scale.lines:
        drawing.line([(LEFT, scale.y(value)), (RIGHT, scale.y(value))], width=0.1, grey=190)
        drawing.words(LEFT - 1, scale.y(value) + 0.8, f"{value:g}", anchor="end", size=2.2)
    _title(drawing, lane.title, (scale.top + scale.bottom) / 2)
    drawing.box(LEFT, scale.top, RIGHT - LEFT, scale.bottom - scale.top)


def _title(drawing: Drawing, title: str, middle: float) -> None:
    lines = title.split("\n")
    for number, line in enumerate(lines):
        drawing.words(0, middle + 0.8 + 2.7 * (number - (len(lines) - 1) / 2), line, size=2.2)


def _cuffs(drawing: Drawing, cuffs: Iterable[Cuff], scale: Scale, axis: Axis) -> None:
    own = list(cuffs)
    places = [axis.x(cuff.at) for cuff in own]
    apart = min((b - a for a, b in zip(places[:-1], places[1:], strict=True)), default=2.0)
    half = min(max(apart * 0.45, 0.3), 0.9)
    for cuff, x in zip(own, places, strict=True):
        if cuff.sys is not None and cuff.dia is not None:
            drawing.line([(x, scale.y(cuff.sys)), (x, scale.y(cuff.dia))], width=0.18)
        for value, way in ((cuff.sys, -1), (cuff.dia, 1)):
            if value is not None:
                y = scale.y(value)
                drawing.line(
                    [(x - half, y + way * 1.4 * half), (x, y), (x + half, y + way * 1.4 * half)], 0.3
                )


def _rate(drawing: Drawing, recorded: Recorded, axis: Axis, top: float) -> float:
    day = recorded.day
    if day.delivery is None or day.order is None:
        _title(drawing, "Ketamine", top + 2)
        drawing.words(LEFT, top + 3, "no order was recorded")
        return top + 4 + GAP
    end = recorded.until if day.stopped_at is None else day.stopped_at
    done = [*day.delivery.rates(), (end, 0.0)]
    planned = _planned(recorded)
    scale = scale_of(RATE, [rate for _, rate in (*done, *planned)], top)
    _frame(drawing, RATE, scale)
    drawing.line(_stairs(planned, axis, scale), width=0.2, dash="0.5 0.7")
    drawing.line(_stairs(done, axis, scale), width=0.45)
    return scale.bottom + GAP


def _planned(recorded: Recorded) -> list[tuple[float, float]]:
    day = recorded.day
    began = day.delivery.started_at() if day.delivery is not None else None
    if day.order is None or day.patient is None or began is None:
        return []
    order, weight = day.order, day.patient.weight_kg
    stairs = [
        (began + 60 * step.after_min, float(order.rate_mg_h(step.mg_kg_h, weight))) for step in order.stairs
    ]
    return [*stairs, (began + 60 * order.duration_min, 0.0)]


def _stairs(rates: list[tuple[float, float]], axis: Axis, scale: Scale) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    height = scale.y(0.0)
    for at, rate in rates:
        points += [(axis.x(at), height), (axis.x(at), scale.y(rate))]
        height = scale.y(rate)
    return points


def _checks(drawing: Drawing, recorded: Recorded, axis: Axis, top: float) -> tuple[float, int]:
    """A row of cells a scale. Returns the bottom, and how many scores had no room."""
    crowded = 0
    keys = [key for key in CHECKS if key in recorded.day.scores]
    for key in keys:
        drawing.words(0, top + 2.5, SCALES[key].name if key in SCALES else key, size=2.1)
        last = LEFT - CELL
        for score in sorted(recorded.day.scores[key], key=lambda each: each.at):
            x = axis.x(score.at)
            place = min(max(x - CELL / 2, last + CELL, LEFT), RIGHT - CELL)
            if place < last + CELL - 0.01 or place > x + CELL:
                crowded += 1
                continue
            drawing.box(place, top, CELL, 3.2, fill="white", edge=0.1)
            drawing.words(place + CELL / 2, top + 2.4, str(score.score), anchor="middle", size=2.1)
            last = place
        top += 3.6
    if not keys:
        drawing.words(0, top + 2.5, "Checks", size=2.1)
        drawing.words(LEFT, top + 2.5, "no scores were recorded")
        top += 3.6
    return top + 1.5, crowded


def _alarms(drawing: Drawing, recorded: Recorded, axis: Axis, top: float) -> float:
    found = [each for each in episodes(recorded.alarms) if not each.hidden]
    for priority, words in PRIORITIES:
        drawing.words(0, top + 2.3, f"Al. {words}", size=2.1)
        drawing.line([(LEFT, top + 3), (RIGHT, top + 3)], width=0.1, grey=190)
        fill, height = {Priority.HIGH: ("black", 3.0), Priority.MEDIUM: ("grey", 2.2)}.get(
            priority, ("white", 1.4)
        )
        for x, end in _merged(_bars([each for each in found if each.priority is priority], recorded, axis)):
            drawing.box(x, top + 3 - height, end - x, height, fill=fill, edge=0.12)
        top += 3.8
    return top + 1


def _bars(found: Iterable[object], recorded: Recorded, axis: Axis) -> list[tuple[float, float]]:
    bars = []
    for each in found:
        began, ended = getattr(each, "began", 0.0), getattr(each, "ended", None)
        x = min(axis.x(began), RIGHT - 0.5)
        bars.append((x, max(axis.x(recorded.until if ended is None else ended), x + 0.5)))
    return sorted(bars)


def _merged(bars: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Bars that touch are one: no mark lies on another."""
    found: list[tuple[float, float]] = []
    for x, end in bars:
        if found and x <= found[-1][1] + 0.15:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((x, end))
    return found


def _time_lines(drawing: Drawing, recorded: Recorded, axis: Axis, bottom: float) -> float:
    """The lines lie under everything else, the words above and below. Returns the lowest."""
    span, lines = axis.span, Drawing(width=0, height=0)
    step = next((each for each in STEPS_S if (span.end - span.start) / each <= 14), STEPS_S[-1])
    offset = recorded.times.offset_s
    at = -step * (-(span.start + offset) // step) - offset
    while at <= span.end:
        x = axis.x(at)
        lines.line([(x, TOP), (x, bottom)], width=0.1, dash="0.4 0.8", grey=120)
        for y in (TOP - 1.5, bottom + 2.5):
            lines.words(x, y, recorded.times.minute(at).partition(" ")[0], anchor="middle", size=2.2)
        at += step
    drawing.parts[:0] = lines.parts
    return bottom + 3
