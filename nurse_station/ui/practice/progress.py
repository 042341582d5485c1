"""A trainee's runs: a plot of how soon something was done, and a table. Practice only; decides nothing."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from nurse_station.reports.debrief import RUNS_CAPTION
from nurse_station.reports.debrief_lanes import scale_of
from nurse_station.reports.debrief_rows import Attempt, progress
from nurse_station.reports.lanes import Lane, Scale
from nurse_station.ui.dialogs.side import label_with_look
from nurse_station.ui.models.debrief import stacked
from nurse_station.ui.practice.debrief_tables import RowsTable
from nurse_station.ui.theme import current, notifier

FIRST = "The first run of {trainee} that is kept here: the next ones will stand beside it."
LANE = Lane(title="", height=1, low=0, high=30, step=15, curves=())
WISH_PX, LEAST_PX = (360, 170), (220, 130)
EDGE_PX, TOP_PX, BELOW_PX, MARK_PX, LABEL_APART_PX, LINE_APART_PX = 36, 18, 20, 5, 22, 24
_MIDDLE = Qt.AlignmentFlag.AlignCenter


class RunsPlot(QWidget):
    """A mark a run, in their order; the last is this one."""

    def __init__(self, runs: Sequence[Attempt]) -> None:
        super().__init__()
        self._runs = tuple(runs)
        self.setMinimumSize(*LEAST_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Seconds from alarm to action over the runs; the table has them")
        notifier().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(*(current().size(each) for each in WISH_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        size = current().size
        box = QRectF(size(EDGE_PX), size(TOP_PX), self.width() - size(EDGE_PX) - size(12),
                     self.height() - size(TOP_PX) - size(BELOW_PX))  # fmt: skip
        known = [run.action_s for run in self._runs if run.action_s is not None]
        steps = max(1, int(box.height() / size(LINE_APART_PX)))
        scale = scale_of(LANE, known, box.top(), box.bottom(), steps)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), current().colour("panel"))
        self._paint_scale(painter, box, scale)
        self._paint_runs(painter, box, scale)
        painter.end()

    def _paint_scale(self, painter: QPainter, box: QRectF, scale: Scale) -> None:
        size = current().size
        for value in scale.lines:
            y = scale.y(value)
            painter.setPen(QPen(current().colour("line"), 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            self._words(painter, QRectF(0, y - size(8), box.left() - 4, size(16)), f"{value:g}",
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)  # fmt: skip

    def _paint_runs(self, painter: QPainter, box: QRectF, scale: Scale) -> None:
        step = box.width() / len(self._runs)
        each = max(1, -(-current().size(LABEL_APART_PX) // max(int(step), 1)))
        places = [box.left() + step * (number + 0.5) for number in range(len(self._runs))]
        known = [QPointF(x, scale.y(run.action_s)) for x, run in zip(places, self._runs, strict=True)
                 if run.action_s is not None]  # fmt: skip
        painter.setPen(QPen(current().colour("accent"), 1.5))
        painter.drawPolyline(QPolygonF(known))
        for number, (x, run) in enumerate(zip(places, self._runs, strict=True), 1):
            if (number - 1) % each == 0 or number == len(self._runs):
                self._words(painter, QRectF(x - 20, box.bottom() + 2, 40, current().size(16)), f"{number}")
            self._paint_run(painter, x, run, box, scale)

    def _paint_run(self, painter: QPainter, x: float, run: Attempt, box: QRectF, scale: Scale) -> None:
        size = current().size
        if not run.alarmed:
            self._words(painter, QRectF(x - 20, box.bottom() - size(16), 40, size(16)), "–")
        elif run.action_s is None:
            self._words(painter, QRectF(x - 30, 0, 60, box.top()), "none", token="doubtful")
        else:
            half, y = size(MARK_PX), scale.y(run.action_s)
            painter.setPen(QPen(current().colour("accent"), 2))
            painter.setBrush(current().colour("accent" if run.passed else "panel"))
            painter.drawRect(QRectF(x - half, y - half, 2 * half, 2 * half))
            painter.setBrush(Qt.BrushStyle.NoBrush)

    def _words(self, painter: QPainter, box: QRectF, words: str, how: Qt.AlignmentFlag = _MIDDLE,
               token: str = "dim") -> None:  # fmt: skip
        painter.setFont(current().font(11))
        painter.setPen(current().colour(token))
        painter.drawText(box, how, words)


class ProgressPage(QWidget):
    """Plot and table, or that this is the first run."""

    def __init__(self, trainee: str, runs: Sequence[Attempt]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, current().size(8), 0, 0)
        self.table = RowsTable(
            f"Runs of {trainee}, oldest first", stacked(progress(runs), 0, 2, {1, 3}), wide=1
        )
        if len(runs) > 1:
            column.addWidget(RunsPlot(runs))
            column.addWidget(label_with_look("small", RUNS_CAPTION))
        else:
            column.addWidget(label_with_look("dim", FIRST.format(trainee=trainee)))
        column.addWidget(self.table, 1)
