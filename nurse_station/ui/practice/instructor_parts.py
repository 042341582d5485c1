"""Pieces of the instructor's panel: buttons, headings, a bar, a question in place. They know no lesson."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from nurse_station.ui.theme import current, set_look
from nurse_station.ui.widgets.labels import WordsLabel


def push(words: str, act: Callable[[], object], tip: str = "", look: str = "act") -> QPushButton:
    """A button of the panel. A click leaves the focus where it was, so that Space goes on pausing."""
    made = QPushButton(words)
    made.setAccessibleName(words.replace("&", "").rstrip("…"))
    made.setToolTip(tip)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setAutoDefault(True)  # so that Enter presses what has the focus
    made.clicked.connect(lambda: act())
    set_look(made, look)
    _make_room(made)
    return made


def _make_room(button: QPushButton) -> None:
    """Words are bold while the button has the focus, and wider than Qt reckons."""
    bold = QFontMetrics(current().font(12, bold=True))
    button.setMinimumWidth(bold.horizontalAdvance(button.text().replace("&", "")) + current().size(18))


def say_on(button: QPushButton, words: str, look: str = "act") -> None:
    """Other words on a button; its name for a screen reader is the caller's."""
    if button.text() != words:
        button.setText(words)
        _make_room(button)
    set_look(button, look)


def wrapped(look: str = "", words: str = "") -> WordsLabel:
    """Words that go on in the next line where there is no room."""
    label = WordsLabel(look, words)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return label


def panel(*, spacing: int = 6) -> tuple[QWidget, QVBoxLayout]:
    """A panel and its column."""
    made = QWidget()
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    set_look(made, "panel")
    size = current().size
    column = QVBoxLayout(made)
    column.setContentsMargins(size(10), size(8), size(10), size(8))
    column.setSpacing(size(spacing))
    return made, column


def scrolling(inside: QWidget, name: str) -> QScrollArea:
    """What is taller than its place."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    area.setWidget(inside)
    return area


class PartBar(QWidget):
    """A part of a whole, with a line at a mark. Beyond the mark (below it) it takes the doubtful colour."""

    def __init__(self, height: int = 8, mark: float | None = None) -> None:
        super().__init__()
        self._height, self._mark = height, mark
        self._share: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def share(self) -> float | None:
        """What is drawn, 0 to 1; None: nothing."""
        return self._share

    def sizeHint(self) -> QSize:
        return QSize(current().size(44), current().size(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(current().size(30), current().size(self._height))

    def show_share(self, share: float | None) -> None:
        if share != self._share:
            self._share = share
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        box, style = QRectF(self.rect()), current()
        painter.fillRect(box, style.colour("line"))
        if self._share is not None:
            low = self._mark is not None and self._share < self._mark
            filled = QRectF(box.left(), box.top(), box.width() * self._share, box.height())
            painter.fillRect(filled, style.colour("doubtful" if low else "accent"))
        if self._mark is not None:
            painter.fillRect(QRectF(box.width() * self._mark - 1, 0, 2, box.height()), style.colour("text"))
        painter.end()


class Question(QFrame):
    """Asks once, in place. Esc, and Enter at once, leave all as it is.

    Signals:
        agreed: What was asked about.
        closed: Nobody is asked any more, whatever was answered; before `agreed`.
    """

    agreed = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_look(self, "question")
        self._about: object = None
        self._sentence = wrapped("heading")
        self.yes = push("Yes", self._agree, look="act_last")
        self.no = push("Leave it  Esc", self.close_question)
        row = QHBoxLayout(self)
        size = current().size
        row.setContentsMargins(size(12), size(6), size(12), size(6))
        row.addWidget(self._sentence, 1)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is asked; empty: nothing."""
        return self._sentence.text() if not self.isHidden() else ""

    def ask(self, sentence: str, yes: str, about: object) -> None:
        """Ask; `about` is given back when it was agreed."""
        self._about = about
        self._sentence.show_words(sentence)
        self.setAccessibleName(sentence)
        say_on(self.yes, yes, "act_last")
        self.yes.setAccessibleName(yes.replace("&", ""))
        self.show()
        self.no.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_question(self) -> None:
        """Nobody is asked any more."""
        self._about = None
        if not self.isHidden():
            self.hide()
            self.window().setFocus()  # else Space presses whatever comes next, and does not pause
            self.closed.emit()

    def _agree(self) -> None:
        about = self._about
        self.close_question()
        if about is not None:
            self.agreed.emit(about)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_question()
        else:
            super().keyPressEvent(event)


def heading(words: str) -> QLabel:
    """The heading of a section."""
    return WordsLabel("heading", words)
