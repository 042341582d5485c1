"""A session on paper: look at its pages, print them, keep them as a PDF. Changes nothing in the record."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QLocale, QMarginsF, QRect, QSaveFile, QSize, QTemporaryDir, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QPageLayout, QPageSize, QPainter, QPaintEvent, QPixmap
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from nurse_station.reports.pages import Pages, for_printer
from nurse_station.reports.pdf import Paper, ReportError
from nurse_station.ui import theme
from nurse_station.ui.dialogs.side import SideDialog, button, label_with_look
from nurse_station.ui.errand import Errand
from nurse_station.ui.marking import marked
from nurse_station.ui.texts import SIMULATION

WISH_PX, LEAST_PX = 680, 320
WHOLE, PATIENT = "The whole session, for the chart", "One page for the patient to take home"
PAPERS: tuple[tuple[str, Paper], ...] = (("A4", Paper.A4), ("Letter", Paper.LETTER))
SIZES = {Paper.A4: QPageSize.PageSizeId.A4, Paper.LETTER: QPageSize.PageSizeId.Letter}
SETTING, PRINTING = "Setting the paper …", "Sending it to the printer …"
NO_PRINTER = "This computer has no printer: open the PDF or save it, and print it elsewhere."


class Make(Protocol):
    """Sets the paper: `reports.pages.make_pages` of one session."""

    def __call__(self, paper: Paper, /, *, patient: bool) -> Pages: ...


class PaperDialog(SideDialog):
    """Sets the paper in a thread of its own, anew when another one is chosen."""

    reaches_down = True

    def __init__(self, session: str, make: Make, parent: QWidget | None = None) -> None:
        super().__init__(f"Paper · {session}", parent)
        self._session, self._make = session, make
        self._folder = QTemporaryDir()
        self._errand: Errand | None = None
        self.pages: Pages | None = None
        self.what, self.paper = QComboBox(), QComboBox()
        self._progress = QProgressBar()
        self._said = label_with_look("dim")
        self._sheets = QVBoxLayout()
        self.print_button = button("&Print…", self.print_it, "Print", primary=True)
        self.save_button = button("&Save as…", self.save, "Save as PDF")
        self.open_button = button("&Open", self.open, "Open the PDF in the computer's own viewer")
        self._build()
        self.what.currentIndexChanged.connect(self.set_paper)
        self.paper.currentIndexChanged.connect(self.set_paper)
        self.set_paper()

    def _build(self) -> None:
        for words in (WHOLE, PATIENT):
            self.what.addItem(words)
        for words, paper in PAPERS:
            self.paper.addItem(words, paper)
        american = QLocale.system().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
        self.paper.setCurrentIndex(1 if american else 0)
        form = QFormLayout()
        for words, combo in (("&What", self.what), ("Pa&per", self.paper)):
            label = QLabel(words)
            label.setBuddy(combo)
            combo.setAccessibleName(words.replace("&", ""))
            form.addRow(label, combo)
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        wish = QSpacerItem(theme.current().size(WISH_PX), 0, QSizePolicy.Policy.Preferred)
        self.body.addItem(wish)
        self.body.addLayout(form)
        self.body.addWidget(self._progress)
        self.body.addWidget(self._said)
        self.body.addLayout(self._sheets)
        self.body.addStretch(1)
        self.add_buttons(self.print_button, self.save_button)
        self.add_buttons(self.open_button, button("C&lose", self.reject))
        self.what.setFocus()

    @property
    def words(self) -> str:
        """What is said of the paper."""
        return self._said.text()

    @Slot()
    def set_paper(self) -> None:
        """Set what is chosen."""
        self.pages = None
        self._clear()
        work = partial(self._make, Paper(self.paper.currentData()), patient=self.what.currentIndex() == 1)
        self._run(SETTING, work, self._show)

    def _run(self, words: str, work: Callable[[], object], then: Callable[[object], None]) -> None:
        if self._errand is not None:
            self._errand.forget()
        self._say(words, "dim")
        self._progress.setAccessibleName(words)
        self._progress.show()
        self._enable()
        self._errand = Errand(work, (ReportError,), self)
        self._errand.done.connect(then)
        self._errand.failed.connect(self._fail)

    def _say(self, words: str, look: str) -> None:
        theme.set_look(self._said, look)
        self._said.setText(words)

    def _fail(self, sentence: str) -> None:
        self._progress.hide()
        self._say(sentence, "doubtful")
        self._enable()

    def _enable(self) -> None:
        ready = self.pages is not None and not self._progress.isVisibleTo(self)
        for each in (self.print_button, self.save_button, self.open_button):
            each.setEnabled(ready)

    def _clear(self) -> None:
        while (item := self._sheets.takeAt(0)) is not None:
            if (sheet := item.widget()) is not None:
                sheet.deleteLater()

    def _show(self, made: object) -> None:
        assert isinstance(made, Pages)
        self.pages = made
        self._progress.hide()
        total = len(made.pictures)
        self._say(f"{total} page{'s' if total > 1 else ''}", "dim")
        for number, picture in enumerate(made.pictures, start=1):
            self._sheets.addWidget(Sheet(picture, f"Page {number} of {total}"))
        self._enable()

    # What can be done with it

    def save(self) -> None:
        """Ask where, and keep the PDF there."""
        name, _ = QFileDialog.getSaveFileName(self, "Save as PDF", self._name(), "PDF (*.pdf)")
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> bool:
        """Keep the PDF there, whole or not at all. False: it could not be written; it is said why."""
        file = QSaveFile(str(path))
        pdf = self.pages.pdf if self.pages is not None else b""
        kept = file.open(QSaveFile.OpenModeFlag.WriteOnly) and file.write(pdf) == len(pdf) and file.commit()
        if kept:
            self._say(f"Saved as {path}.", "good")
        else:
            self._say(f"{path} cannot be written: {file.errorString()}.", "doubtful")
        return kept

    def open(self) -> None:
        """Show the PDF in the computer's own viewer; the copy is deleted when this panel closes."""
        path = Path(self._folder.path()) / self._name()
        if self.save_to(path) and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._say("This computer has no viewer for PDF files: save it and open it elsewhere.", "doubtful")

    def _name(self) -> str:
        """A simulation's paper is told from a patient's of the same number wherever it is kept."""
        simulated = marked(self) or (self.pages is not None and self.pages.report.simulated)
        kind = "-patient" if self.what.currentIndex() == 1 else ""
        return f"{f'{SIMULATION} ' if simulated else ''}{self._session}{kind}.pdf"

    def print_it(self) -> None:
        """Ask for a printer, and print."""
        if self.pages is None:
            return
        if not QPrinterInfo.availablePrinters():
            self._say(NO_PRINTER, "doubtful")
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        lay_out(printer, self.pages.paper)
        asked = QPrintDialog(printer, self)
        if asked.exec() == QPrintDialog.DialogCode.Accepted:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print the pages that the printer was asked for."""
        if self.pages is not None:
            lay_out(printer, self.pages.paper)
            self._run(PRINTING, partial(for_printer, self.pages), partial(self._paint, printer))

    def _paint(self, printer: QPrinter, sheets: object) -> None:
        self._progress.hide()
        assert isinstance(sheets, tuple)
        done = paint_on(printer, wanted(printer, sheets))
        said = "Sent to the printer." if done else "The printer did not take it."
        self._say(said, "good" if done else "doubtful")
        self._enable()


def lay_out(printer: QPrinter, paper: Paper) -> None:
    """The sheet without margins: the pages have their own."""
    printer.setPageSize(QPageSize(SIZES[paper]))
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)


def wanted(printer: QPrinter, sheets: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """The pages that were asked for; 0 to 0: all."""
    return sheets[max(printer.fromPage() - 1, 0) : printer.toPage() or None]


def paint_on(printer: QPrinter, sheets: tuple[bytes, ...]) -> bool:
    """A picture a page. False: the printer took nothing."""
    painter = QPainter()
    if not painter.begin(printer):
        return False
    for number, sheet in enumerate(sheets):
        if number:
            printer.newPage()
        page = QPixmap()
        page.loadFromData(sheet, "PNG")
        painter.drawPixmap(painter.viewport(), page)
    return painter.end()


class Sheet(QWidget):
    """A page, as wide as there is room."""

    def __init__(self, picture: bytes, words: str) -> None:
        super().__init__()
        self._page = QPixmap()
        self._page.loadFromData(picture, "PNG")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(words)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(width * self._page.height() / max(1, self._page.width()))

    def sizeHint(self) -> QSize:
        width = theme.current().size(LEAST_PX)
        return QSize(width, self.heightForWidth(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        height = self.heightForWidth(self.width())
        painter.drawPixmap(QRect(0, 0, self.width(), height), self._page)
        painter.setPen(theme.current().colour("line"))
        painter.drawRect(0, 0, self.width() - 1, height - 1)
        painter.end()
