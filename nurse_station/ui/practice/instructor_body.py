"""Live physiology: the store of oxygen first, then the hidden state beside what the monitor shows of it."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from nurse_station.classroom.view import LessonSnapshot
from nurse_station.station.snapshots import BedSnapshot
from nurse_station.ui import texts
from nurse_station.ui.models import instructor_body as body
from nurse_station.ui.models.instructor_body import GROUPS, Cell, Measure, Oxygen
from nurse_station.ui.practice.instructor_parts import PartBar, panel, wrapped
from nurse_station.ui.theme import current, set_look
from nurse_station.ui.widgets.labels import ElidedLabel, WordsLabel

SIDES = (("Blood and circulation", "Airway and breathing"), ("Ketamine", "Brain"))
"""Groups of the two columns."""
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LONGEST_VALUE = "188/108"


class OxygenStore(QWidget):
    """PAO₂ large, with its bar; the blood against the monitor; for how long no air has moved."""

    def __init__(self) -> None:
        super().__init__()
        self.tension = WordsLabel("rate")
        self.bar = PartBar(14, body.EDGE_PAO2 / body.AIR_PAO2)
        self.bar.setToolTip(f"Full at {body.AIR_PAO2:g} mmHg, what air can fill; "
                            f"line at {body.EDGE_PAO2:g} mmHg: SaO₂ leaves 90 %")  # fmt: skip
        self.bar.setAccessibleName("Store of oxygen")
        self.blood, self.shown = WordsLabel("rate"), WordsLabel("rate")
        self.still = WordsLabel("doubtful")
        self.lag = ElidedLabel("heading")
        self._arrange()

    def _arrange(self) -> None:
        size = current().size
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(size(4))
        row = QHBoxLayout()
        row.setSpacing(size(8))
        for words, value in (("Store of oxygen, PAO₂", self.tension), ("Blood, SaO₂", self.blood),
                             ("Monitor, SpO₂", self.shown)):  # fmt: skip
            row.addWidget(WordsLabel("dim", words))
            row.addWidget(value)
            row.addSpacing(size(8))
        row.addStretch(1)
        below = QHBoxLayout()
        below.addWidget(self.lag, 1)
        below.addWidget(self.still)
        column.addLayout(row)
        column.addWidget(self.bar)
        column.addLayout(below)

    def show_oxygen(self, oxygen: Oxygen | None) -> None:
        """None: the run has not begun."""
        none = texts.NOT_MEASURED
        self.tension.show_words(oxygen.pao2 if oxygen else none)
        self.blood.show_words(oxygen.blood if oxygen else none)
        self.shown.show_words(oxygen.shown if oxygen else none)
        self.lag.show_words(oxygen.lag if oxygen else "")
        self.still.show_words(oxygen.still if oxygen else "")
        self.bar.show_share(oxygen.share if oxygen else None)


class MeasureRow:
    """One row of a grid: name, value, unit, bar, what the monitor shows."""

    def __init__(self, measure: Measure) -> None:
        self.measure = measure
        self.value, self.shown = WordsLabel(), WordsLabel("small")
        self.value.setAlignment(RIGHT)
        self.bar: PartBar | None = None
        if measure.scale is not None:
            self.bar = PartBar(8, body.share(measure.mark, measure.scale) if measure.mark else None)

    def add_to(self, grid: QGridLayout, line: int, *, with_shown: bool) -> None:
        name = WordsLabel("dim", self.measure.label)
        self.value.setAccessibleName(self.measure.label)
        grid.addWidget(name, line, 0)
        grid.addWidget(self.value, line, 1)
        grid.addWidget(WordsLabel("small", self.measure.unit), line, 2)
        if self.bar is not None:
            grid.addWidget(self.bar, line, 3)
        grid.addWidget(self.shown, line, 4 if with_shown else 3)

    def show_cell(self, cell: Cell) -> None:
        self.value.show_words(cell.value)
        self.value.setAccessibleName(f"{self.measure.label} {cell.value} {self.measure.unit}".strip())
        self.shown.show_words(cell.shown)
        if self.bar is not None:
            self.bar.show_share(cell.share)


class BodyPanel(QWidget):
    """All of it. Made once; `show_lesson` only sets words and shares."""

    def __init__(self) -> None:
        super().__init__()
        self.oxygen = OxygenStore()
        self.rows: dict[str, MeasureRow] = {}
        self.befallen, self.sensors, self.position = wrapped("heading"), wrapped(), wrapped()
        inside, column = panel()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(inside)
        column.addWidget(self.oxygen)
        column.addLayout(self._told("What is on", self.befallen))
        sides = QHBoxLayout()
        sides.setSpacing(current().size(18))
        for place, names in enumerate(SIDES):
            sides.addLayout(self._side(names, with_shown=place == 0), 3 if place == 0 else 2)
        column.addLayout(sides)
        column.addLayout(self._told("Sensors", self.sensors))
        column.addLayout(self._told("Position", self.position))

    def _told(self, name: str, words: WordsLabel) -> QHBoxLayout:
        row = QHBoxLayout()
        label = WordsLabel("dim", name)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        row.addWidget(label)
        row.addWidget(words, 1)
        return row

    def _side(self, names: Iterable[str], *, with_shown: bool) -> QVBoxLayout:
        size = current().size
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(size(6))
        grid.setVerticalSpacing(size(1))
        grid.setColumnMinimumWidth(1, self.fontMetrics().horizontalAdvance(LONGEST_VALUE))
        grid.setColumnStretch(3, 1)
        if with_shown:
            grid.setColumnMinimumWidth(4, size(88))
        line = 0
        for name in names:
            title = WordsLabel("small", name)
            set_look(title, "heading")
            grid.addWidget(title, line, 0, 1, 4)
            if with_shown:
                grid.addWidget(WordsLabel("small", "on the monitor"), line, 4)
            for measure in GROUPS[name]:
                line += 1
                row = self.rows[measure.key] = MeasureRow(measure)
                row.add_to(grid, line, with_shown=with_shown)
            line += 1
        column = QVBoxLayout()
        column.addLayout(grid)
        column.addStretch(1)
        return column

    def show_lesson(self, lesson: LessonSnapshot, bed: BedSnapshot | None) -> None:
        """The body as it is now, and what the bed's monitor shows."""
        for key, cell in body.cells(lesson, bed).items():
            self.rows[key].show_cell(cell)
        hidden = lesson.hidden
        spo2 = body.shown_spo2(bed)
        self.oxygen.show_oxygen(
            None if hidden is None else body.oxygen(hidden, spo2, lesson.points, lesson.at)
        )
        self.befallen.show_words(body.befallen_words(hidden))
        self.sensors.show_words(body.sensors_words(hidden))
        self.position.show_words(body.position_words(hidden))
