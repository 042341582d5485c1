"""Live physiology: the store of oxygen first, then the hidden state beside what the monitor shows of it."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

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
LONGEST_OF_DRUG = "1000.0"
IN_A_ROW_PX, SIDE_BY_SIDE_PX = 500, 600
"""So much room four numbers in a row need, and two columns beside each other."""


class OxygenStore(QWidget):
    """PAO₂ large, with its bar; the blood against the monitor; for how long no air has moved."""

    def __init__(self) -> None:
        super().__init__()
        self.tension, self.blood, self.shown = WordsLabel("rate"), WordsLabel("rate"), WordsLabel("rate")
        self.still = WordsLabel("rate")
        self._still_name = WordsLabel("doubtful", "Unventilated for")
        self.bar = PartBar(14, body.EDGE_PAO2 / body.AIR_PAO2)
        self.bar.setToolTip(f"Full at {body.AIR_PAO2:g} mmHg, what air can fill; "
                            f"line at {body.EDGE_PAO2:g} mmHg: SaO₂ leaves 90 %")  # fmt: skip
        self.bar.setAccessibleName("Store of oxygen")
        self.lag = wrapped("heading")
        self._grid, self._across = QGridLayout(), 0
        self._arrange()

    def _arrange(self) -> None:
        size = current().size
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(size(4))
        self._grid.setHorizontalSpacing(size(16))
        self._grid.setVerticalSpacing(0)
        self._pairs = [
            (WordsLabel("dim", "Oxygen store, PAO₂"), self.tension),
            (WordsLabel("dim", "Blood, SaO₂"), self.blood),
            (WordsLabel("dim", "Monitor, SpO₂"), self.shown),
            (self._still_name, self.still),
        ]
        self.fit(size(IN_A_ROW_PX))
        column.addLayout(self._grid)
        column.addWidget(self.bar)
        column.addWidget(self.lag)

    def fit(self, width: float) -> None:
        """There are `width` pixels for it: four numbers in a row, or two."""
        across = 4 if width >= current().size(IN_A_ROW_PX) else 2
        if across == self._across:
            return
        self._across = across
        for place, pair in enumerate(self._pairs):
            for line, label in enumerate(pair):
                self._grid.removeWidget(label)
                self._grid.addWidget(label, 2 * (place // across) + line, place % across)
        for column in range(5):
            self._grid.setColumnStretch(column, int(column == across))

    def show_oxygen(self, oxygen: Oxygen | None) -> None:
        """None: the run has not begun."""
        none = texts.NOT_MEASURED
        self.tension.show_words(oxygen.pao2 if oxygen else none)
        self.blood.show_words(oxygen.blood if oxygen else none)
        self.shown.show_words(oxygen.shown if oxygen else none)
        self.lag.show_words(oxygen.lag if oxygen else "")
        self.still.show_words(oxygen.still if oxygen else "")
        self._still_name.setVisible(oxygen is not None and bool(oxygen.still))
        self.bar.show_share(oxygen.share if oxygen else None)


class MeasureRow:
    """One row of a grid: name, value, unit, bar, what the monitor shows."""

    def __init__(self, measure: Measure) -> None:
        self.measure = measure
        self.value, self.shown = WordsLabel(), ElidedLabel("small")
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
        self.befallen, self.worn = wrapped("heading"), wrapped()
        inside, column = panel()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(inside)
        column.addWidget(self.oxygen)
        column.addLayout(self._told("What is on", self.befallen))
        sides = self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        sides.setSpacing(current().size(18))
        for place, names in enumerate(SIDES):
            sides.addLayout(self._side(names, with_shown=place == 0), 3 if place == 0 else 2)
        column.addLayout(sides)
        column.addLayout(self._told("Lies", self.worn))

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
        longest = LONGEST_VALUE if with_shown else LONGEST_OF_DRUG
        grid.setHorizontalSpacing(size(6))
        grid.setVerticalSpacing(size(1))
        grid.setColumnMinimumWidth(1, self.fontMetrics().horizontalAdvance(longest))
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
            grid.setRowMinimumHeight(line, size(6))
            line += 1
        column = QVBoxLayout()
        column.addLayout(grid)
        column.addStretch(1)
        return column

    def fit(self, width: float) -> None:
        """There are `width` pixels for it."""
        self.oxygen.fit(width)
        beside = width >= current().size(SIDE_BY_SIDE_PX)
        self._sides.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )

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
        self.worn.show_words(body.worn_words(hidden))
