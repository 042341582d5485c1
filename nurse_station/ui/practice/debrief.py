"""The debrief's window: the verdict, the run with what could not be seen, the tables, the runs before.

It is practice and says so across its top. It keeps nothing and changes nothing; a PDF is written on demand.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, QTemporaryDir, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from nurse_station.classroom.view import KeptRun
from nurse_station.reports import debrief_rows
from nurse_station.reports.debrief import write_debrief
from nurse_station.reports.debrief_rows import Rows
from nurse_station.reports.debrief_words import clock
from nurse_station.reports.pdf import Paper, ReportError
from nurse_station.training.debrief import Debrief
from nurse_station.ui.dialogs.side import button, label_with_look
from nurse_station.ui.errand import Errand
from nurse_station.ui.models.debrief import against, file_name, stacked
from nurse_station.ui.models.debriefs import practised
from nurse_station.ui.models.words import joined
from nurse_station.ui.practice.debrief_graph import KEYS_TOLD, DebriefGraph
from nurse_station.ui.practice.debrief_tables import RowsTable, grid
from nurse_station.ui.practice.progress import ProgressPage
from nurse_station.ui.theme import current, set_look
from nurse_station.ui.widgets.bars import SimulationBand
from nurse_station.vitals.clock import SystemClock

SETTING = "Setting the paper …"
NO_VIEWER = "This computer has no viewer for PDF files: save it and open it elsewhere."
NOTHING_EXPECTED, NOTHING_AGAINST = "Nothing was expected.", "Nothing counts against."
WISH_PX = (1280, 780)
SHARES = (6200, 3800)
"""Of the width: the graph, the tables."""


class DebriefWindow(QWidget):
    """What came of a run.

    Signals:
        again: The trainee wants to practise again; the window stays until it is closed.
        closed: The window was closed.
    """

    again = Signal()
    closed = Signal()

    def __init__(
        self, debrief: Debrief, earlier: Sequence[KeptRun] = (),
        print_pdf: Callable[[Path], None] | None = None, parent: QWidget | None = None, *,
        at: datetime | None = None,
    ) -> None:  # fmt: skip
        """`earlier`: kept runs, of which this trainee's are shown. `print_pdf`: writes the paper, in another
        thread, raising ReportError or OSError; None: as `reports.debrief` sets it. `at`: when it was
        practised, aware; None: not known."""
        super().__init__(parent, Qt.WindowType.Window)
        set_look(self, "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._practised = "" if at is None else f"practised {practised(at)}"
        self.setWindowTitle(joined("SIMULATION", "Debrief", debrief.name, debrief.trainee, self._practised))
        self.setAccessibleName(self.windowTitle())
        self._debrief = debrief
        self._print_pdf = print_pdf or partial(_write, debrief=debrief, earlier=tuple(earlier), at=at)
        self._folder = QTemporaryDir()
        self.graph = DebriefGraph(debrief)
        self.timeline = RowsTable("The run, line by line", debrief_rows.timeline(debrief), wide=3)
        self.progress = ProgressPage(debrief.trainee, debrief_rows.attempts(debrief, earlier))
        self.tabs = QTabWidget()
        self._at, self._there = label_with_look("heading"), label_with_look("")
        self._values, self._said = label_with_look("dim"), label_with_look("dim")
        self.save_button = button("&Save as PDF…", self.save, "Save the debrief as PDF")
        self.print_button = button("&Print…", self.open, "Open the PDF in the computer's viewer, to print it")
        self.again_button = button("Practise &again", self.again.emit)
        self.close_button = button("C&lose", self.close, primary=True)
        self._errand: Errand | None = None
        self._build()
        self._connect()
        self.resize(*(current().size(each) for each in WISH_PX))
        self.graph.setFocus()

    # What stands where

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(SimulationBand())
        inside = QVBoxLayout()
        edge = current().size(14)
        inside.setContentsMargins(edge, current().size(8), edge, edge)
        inside.setSpacing(current().size(8))
        inside.addLayout(self._head())
        inside.addWidget(self._middle(), 1)
        inside.addLayout(self._foot())
        column.addLayout(inside, 1)

    def _head(self) -> QVBoxLayout:
        debrief, said = self._debrief, debrief_rows.verdict(self._debrief.score)
        self.headline = label_with_look("title", said.headline)
        self.headline.setWordWrap(False)
        self.why = label_with_look("" if said.passed else "doubtful", said.why)
        facts = joined(debrief.name, f"trainee {debrief.trainee}", self._practised,
                       f"version {debrief.version}", f"seed {debrief.seed}",
                       f"lasted {clock(debrief.lasted_s)}")  # fmt: skip
        row = QHBoxLayout()
        row.setSpacing(current().size(18))
        row.addWidget(self.headline)
        row.addWidget(label_with_look("heading", facts), 1)
        column = QVBoxLayout()
        column.setSpacing(current().size(4))
        column.addLayout(row)
        if said.why:
            column.addWidget(self.why)
        return column

    def _middle(self) -> QSplitter:
        left, splitter = QWidget(), QSplitter(Qt.Orientation.Horizontal)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, current().size(8), 0)
        column.setSpacing(current().size(4))
        column.addWidget(self.graph, 1)
        column.addWidget(self._readout())
        self._fill_tabs()
        area = _scrolled(left, "The run over time", Qt.FocusPolicy.NoFocus)
        area.setMinimumWidth(left.minimumSizeHint().width())
        splitter.addWidget(area)
        splitter.addWidget(self.tabs)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes(list(SHARES))
        for place, share in enumerate(SHARES):
            splitter.setStretchFactor(place, share // 100)
        return splitter

    def _readout(self) -> QWidget:
        """Of a fixed height, so that the graph does not jump while the cursor moves."""
        panel = QWidget()
        set_look(panel, "panel")
        panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout()
        row.setSpacing(current().size(12))
        row.addWidget(self._at, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._there, 1, Qt.AlignmentFlag.AlignTop)
        self._at.setWordWrap(False)
        self._at.setMinimumWidth(current().size(64))
        self._there.setFixedHeight(current().size(38))
        self._there.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._values.setFixedHeight(current().size(56))
        self._values.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(panel)
        column.setSpacing(current().size(2))
        column.addLayout(row)
        column.addWidget(self._values)
        column.addWidget(label_with_look("small", KEYS_TOLD))
        return panel

    def _fill_tabs(self) -> None:
        self.tabs.setUsesScrollButtons(False)
        self.tabs.addTab(_scrolled(self._expected(), "What was expected"), "&Expected")
        self.tabs.addTab(self.timeline, "&Run")
        self.tabs.addTab(self._alarms(), "Alar&ms")
        self.tabs.addTab(self.progress, "Pro&gress")

    def _expected(self) -> QWidget:
        debrief, score = self._debrief, self._debrief.score
        page = QWidget()
        column = QVBoxLayout(page)
        column.setSpacing(current().size(8))
        rows, wrong = debrief_rows.expected(score), debrief_rows.against(score)
        column.addWidget(label_with_look("heading", "What was expected"))
        column.addWidget(_listed(stacked(rows, 0, 1, {4}), NOTHING_EXPECTED))
        column.addWidget(_listed(against(wrong), NOTHING_AGAINST))
        column.addWidget(label_with_look("heading", "What the alarms won"))
        for sentence in debrief_rows.margins(debrief):
            column.addWidget(label_with_look("", sentence))
        column.addWidget(label_with_look("heading", "What to take along"))
        for point in debrief.learning:
            column.addWidget(label_with_look("", f"•  {point}"))
        column.addStretch(1)
        return page

    def _alarms(self) -> QWidget:
        debrief, page = self._debrief, QWidget()
        checked, noted = debrief_rows.sums(debrief.score)
        self.alarms = RowsTable("Alarms", stacked(debrief_rows.alarms(debrief), 0, 1, {2}), wide=1)
        self.checks = RowsTable("Checks", stacked(debrief_rows.checks(debrief), 3, 0), wide=1)
        column = QVBoxLayout(page)
        for widget, share in ((label_with_look("heading", "Alarms"), 0), (self.alarms, 3),
                              (label_with_look("heading", checked), 0), (self.checks, 2),
                              (label_with_look("heading", noted), 0)):  # fmt: skip
            column.addWidget(widget, share)
        return page

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self._said, 1)
        for each in (self.save_button, self.print_button, self.again_button, self.close_button):
            row.addWidget(each)
        return row

    def _connect(self) -> None:
        self.graph.moved.connect(self._read)
        self.graph.moved.connect(self.timeline.show_at)
        for table in (self.timeline, self.alarms, self.checks):
            table.chosen.connect(self.graph.show_at)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close)
        QShortcut(QKeySequence("Ctrl+Q"), self, self.close)
        QShortcut(QKeySequence.StandardKey.Save, self, self.save)
        QShortcut(QKeySequence.StandardKey.Print, self, self.open)
        self._read(self.graph.at)
        self.timeline.show_at(self.graph.at)

    def _read(self, _at: float) -> None:
        said = self.graph.reading
        for label, words in ((self._at, said.at), (self._there, said.there), (self._values, said.values)):
            label.setText(words)
        self._there.setToolTip(said.there)

    # What can be done with it

    @property
    def words(self) -> str:
        """What became of the paper."""
        return self._said.text()

    def save(self) -> None:
        """Ask where, and write the PDF there."""
        name, _ = QFileDialog.getSaveFileName(self, "Save as PDF", file_name(self._debrief), "PDF (*.pdf)")
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Write the PDF there, in a thread of its own; `words` tells how it went."""
        self._make(path, lambda _: self._say(f"Saved as {path}.", "good"))

    def open(self) -> None:
        """Show the PDF in the computer's own viewer, which prints it; the copy goes with this window."""
        path = Path(self._folder.path()) / file_name(self._debrief)
        self._make(path, lambda _: self._opened(path))

    def _opened(self, path: Path) -> None:
        shown = QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        self._say("Opened in the computer's viewer: print it there." if shown else NO_VIEWER,
                  "good" if shown else "doubtful")  # fmt: skip

    def _make(self, path: Path, then: Callable[[object], None]) -> None:
        if self._errand is not None and self._errand.running:
            return
        self._say(SETTING, "dim")
        self._enable(False)
        self._errand = Errand(partial(self._print_pdf, path), (ReportError, OSError), self)
        self._errand.done.connect(then)
        self._errand.failed.connect(lambda sentence: self._say(sentence, "doubtful"))
        self._errand.done.connect(lambda _: self._enable(True))
        self._errand.failed.connect(lambda _: self._enable(True))

    def _enable(self, on: bool) -> None:
        for each in (self.save_button, self.print_button):
            each.setEnabled(on)

    def _say(self, words: str, look: str) -> None:
        set_look(self._said, look)
        self._said.setText(words)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if event.isAccepted():
            self.closed.emit()


def _listed(rows: Rows, otherwise: str) -> QWidget:
    return grid(rows, 1) if rows.rows else label_with_look("dim", otherwise)


def _scrolled(page: QWidget, name: str, focus: Qt.FocusPolicy = Qt.FocusPolicy.StrongFocus) -> QScrollArea:
    """With the focus, arrow keys scroll it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(focus)
    area.setAccessibleName(name)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area


def local_paper() -> Paper:
    """The paper that this computer's country uses."""
    american = QLocale.system().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
    return Paper.LETTER if american else Paper.A4


def _write(path: Path, *, debrief: Debrief, earlier: Sequence[KeptRun], at: datetime | None) -> None:
    write_debrief(path, debrief, earlier, paper=local_paper(), made_at=SystemClock().wall(), practised_at=at)
