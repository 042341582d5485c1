"""Paper's drawings of a debrief: the run over one time axis, a trainee's runs. Black on white, in lines."""

from collections.abc import Iterable, Sequence

from nurse_station.reports.debrief_lanes import (
    MARK_ROWS,
    NAMES,
    Mark,
    lanes_of,
    length,
    lines,
    marks,
    scale_of,
    ticks,
    values,
)
from nurse_station.reports.debrief_rows import Attempt
from nurse_station.reports.debrief_words import clock
from nurse_station.reports.lanes import Lane, Scale
from nurse_station.reports.svg import Drawing
from nurse_station.training.debrief import Debrief
from nurse_station.training.log import What

WIDTH, LEFT, RIGHT, TOP = 180.0, 24.0, 177.0, 5.0
GAP, ROW = 3.2, 4.2
SIGN_APART, LINE_APART = 3.4, 4.5
"""Signs nearer to each other, mm, are not all written (the timeline has every one); lines not all drawn."""
DASH = "1.2 0.8"
LETTER = 1.25
"""A letter of a legend at most, mm."""
RUNS_HEIGHT, RUNS_TOP, RUNS_BOTTOM = 37.0, 6.0, 32.0


class _Axis:
    """Where a second is, mm from the left."""

    def __init__(self, length_s: float) -> None:
        self.length_s = length_s

    def x(self, at: float) -> float:
        share = min(max(at, 0.0), self.length_s) / self.length_s
        return LEFT + share * (RIGHT - LEFT)


def run_svg(debrief: Debrief) -> str:
    """What could not be seen over the run, with events, alarms, deeds and what counts against."""
    axis, found = _Axis(length(debrief)), marks(debrief)
    drawing = Drawing(width=WIDTH, height=0.0)
    top = TOP
    for lane in lanes_of(debrief.curve):
        top = _lane(drawing, debrief, lane, axis, top)
    bottom = top + _mark_rows(drawing, found, axis, top)
    _time(drawing, axis, bottom)
    _events(drawing, found, axis, top)
    drawing.height = bottom + 4
    return drawing.svg()


def _lane(drawing: Drawing, debrief: Debrief, lane: Lane, axis: _Axis, top: float) -> float:
    scale = scale_of(
        lane, values(debrief.curve, lane), top, top + lane.height, int(lane.height // LINE_APART)
    )
    for line in scale.lines:
        drawing.line([(LEFT, scale.y(line)), (RIGHT, scale.y(line))], width=0.1, grey=190)
        drawing.words(LEFT - 1, scale.y(line) + 0.8, f"{line:g}", anchor="end", size=2.1)
    for row, words in enumerate(lane.title.split("\n")):
        drawing.words(0, (scale.top + scale.bottom) / 2 + 3 * row - 0.7, words, size=2.2)
    for place, curve in enumerate(lane.curves):
        for piece in lines(debrief.curve, curve):
            points = [(axis.x(at), scale.y(height)) for at, height in piece]
            drawing.line(points, width=0.3, dash=DASH if place else "")
    drawing.box(LEFT, scale.top, RIGHT - LEFT, scale.bottom - scale.top)
    _legend(drawing, lane, scale)
    return scale.bottom + GAP


def _legend(drawing: Drawing, lane: Lane, scale: Scale) -> None:
    """Right above the lane: which line is which."""
    x = RIGHT
    for place, curve in reversed(list(enumerate(lane.curves))):
        x -= LETTER * len(NAMES[curve])
        drawing.words(x, scale.top - 0.7, NAMES[curve], size=2.1)
        drawing.line([(x - 6.4, scale.top - 1.4), (x - 0.8, scale.top - 1.4)], 0.3, DASH if place else "")
        x -= 9


def _mark_rows(drawing: Drawing, found: Sequence[Mark], axis: _Axis, top: float) -> float:
    """A row a kind. Returns their height."""
    for place, (what, title) in enumerate(MARK_ROWS.items()):
        base = top + ROW * (place + 1)
        drawing.words(0, base - 1, title, size=2.2)
        drawing.line([(LEFT, base), (RIGHT, base)], width=0.1, grey=190)
        own = [mark for mark in found if mark.what is what]
        if what is What.ALARM:
            _bars(drawing, own, axis, base)
        else:
            _signs(drawing, own, axis, base)
    return ROW * len(MARK_ROWS)


def _bars(drawing: Drawing, own: Iterable[Mark], axis: _Axis, base: float) -> None:
    """HIGH ones black and tall, drawn last: none is hidden by another."""
    for mark in sorted(own, key=lambda each: each.high):
        x = axis.x(mark.at)
        width = max(axis.x(mark.end) - x, 0.6)
        height, fill = (3.0, "black") if mark.high else (1.6, "grey")
        drawing.box(x, base - height, width, height, fill=fill, edge=0.12)


def _signs(drawing: Drawing, own: Iterable[Mark], axis: _Axis, base: float) -> None:
    last = -SIGN_APART
    for mark in own:
        x = axis.x(mark.at)
        drawing.line([(x, base), (x, base - 1.1)], width=0.35)
        if x - last >= SIGN_APART:
            drawing.words(x, base - 1.4, mark.sign or "✗", anchor="middle", size=2.1)
            last = x


def _events(drawing: Drawing, found: Iterable[Mark], axis: _Axis, bottom: float) -> None:
    """A line through all lanes where something happened, beneath the curves."""
    under = Drawing(width=0, height=0)
    for x in (axis.x(mark.at) for mark in found if mark.what is What.EVENT):
        under.line([(x, TOP), (x, bottom)], width=0.25, grey=150)
    drawing.parts[:0] = under.parts


def _time(drawing: Drawing, axis: _Axis, bottom: float) -> None:
    """Lines of time beneath all else; the times below."""
    under = Drawing(width=0, height=0)
    for at in ticks(axis.length_s, 14):
        under.line([(axis.x(at), TOP), (axis.x(at), bottom)], width=0.1, dash="0.4 0.8", grey=140)
        under.words(axis.x(at), bottom + 2.6, clock(at), anchor="middle", size=2.2)
    drawing.parts[:0] = under.parts


def runs_svg(runs: Sequence[Attempt]) -> str:
    """Seconds from alarm to action, a mark a run: filled if passed; on the upper edge if nothing was done."""
    drawing = Drawing(width=WIDTH, height=RUNS_HEIGHT)
    known = [run.action_s for run in runs if run.action_s is not None]
    lane = Lane(title="", height=RUNS_BOTTOM - RUNS_TOP, low=0, high=30, step=15, curves=())
    scale = scale_of(lane, known, RUNS_TOP, RUNS_BOTTOM, 4)
    for line in scale.lines:
        drawing.line([(LEFT, scale.y(line)), (RIGHT, scale.y(line))], width=0.1, grey=190)
        drawing.words(LEFT - 1, scale.y(line) + 0.8, f"{line:g}", anchor="end", size=2.1)
    drawing.words(0, (RUNS_TOP + RUNS_BOTTOM) / 2, "Alarm to", size=2.2)
    drawing.words(0, (RUNS_TOP + RUNS_BOTTOM) / 2 + 3, "action, s", size=2.2)
    drawing.box(LEFT, RUNS_TOP, RIGHT - LEFT, RUNS_BOTTOM - RUNS_TOP)
    _run_marks(drawing, runs, scale)
    return drawing.svg()


def _run_marks(drawing: Drawing, runs: Sequence[Attempt], scale: Scale) -> None:
    step = (RIGHT - LEFT) / max(len(runs), 1)
    places = [LEFT + step * (number + 0.5) for number in range(len(runs))]
    drawing.line([(x, scale.y(run.action_s)) for x, run in zip(places, runs, strict=True)
                  if run.action_s is not None], width=0.2)  # fmt: skip
    each = -(-len(runs) * 6 // int(RIGHT - LEFT)) or 1
    for number, (x, run) in enumerate(zip(places, runs, strict=True)):
        if number % each == 0 or number == len(runs) - 1:
            drawing.words(x, RUNS_BOTTOM + 3.2, f"{number + 1}", anchor="middle", size=2.2)
        if not run.alarmed:
            drawing.line([(x - 1.2, RUNS_BOTTOM - 1.5), (x + 1.2, RUNS_BOTTOM - 1.5)], width=0.4)
        elif run.action_s is None:
            drawing.words(x, RUNS_TOP - 1, "none", anchor="middle", size=2.1)
        else:
            y = scale.y(run.action_s)
            drawing.box(x - 0.9, y - 0.9, 1.8, 1.8, fill="black" if run.passed else "white", edge=0.3)
