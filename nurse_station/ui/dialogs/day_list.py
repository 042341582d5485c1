"""A list that is answered by single keys: each goes on to the next line. Enters nothing by itself."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from nurse_station.ui import theme
from nurse_station.ui.dialogs.side import label_with_look
from nurse_station.ui.models.day_checklist import CheckRow, Marked

OPEN, STANDS, LOOK = "·", "✓", "▲"
ROW = Qt.ItemDataRole.UserRole
LINES_SEEN = 9


class _Lines(QListWidget):
    """Letters and digits answer, arrows move; Enter and Esc are for the form."""

    typed = Signal(str)

    def event(self, event: QEvent) -> bool:
        """A letter here is an answer, never a shortcut of the window behind."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _answers(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            event.ignore()
        elif _answers(event):
            self.typed.emit(event.text().upper())
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), LINES_SEEN * theme.current().size(26))


def _answers(event: QKeyEvent) -> bool:
    return bool(event.text().strip()) and not event.modifiers() & ~_HARMLESS


_HARMLESS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class KeyList(QWidget):
    """Lines, and for the chosen one a button for each of its answers.

    Signals:
        answered: Key of the line, key of the answer.
        chosen: Key of the line that is chosen now.
    """

    answered = Signal(str, str)
    chosen = Signal(str)

    def __init__(self, form: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self._rows: tuple[CheckRow, ...] = ()
        self._marks: Mapping[str, Marked] = {}
        self._items: dict[str, QListWidgetItem] = {}
        self.lines = _Lines()
        self.lines.setObjectName(f"{form}_list")
        self.lines.setAccessibleName(words)
        self.lines.setWordWrap(True)
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines.typed.connect(self.answer)
        self.lines.currentItemChanged.connect(lambda *_: self._show_answers())
        self._buttons: list[QPushButton] = []
        self._row = QHBoxLayout()
        self._said = label_with_look("dim")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.lines, 1)
        column.addWidget(self._said)
        column.addLayout(self._row)
        self.setFocusProxy(self.lines)

    @property
    def key(self) -> str:
        """Of the chosen line; empty: none is."""
        item = self.lines.currentItem()
        return str(item.data(ROW) or "") if item is not None else ""

    def show_rows(self, rows: Sequence[CheckRow], marks: Mapping[str, Marked]) -> None:
        """These lines, with what stands for each."""
        news = marks != self._marks or not self._marks
        self._marks = dict(marks)  # known before the lines are made: it begins at the first that is open
        if tuple(rows) != self._rows:
            self._make(tuple(rows))
        elif news:
            for row in self._rows:
                self._say(row)

    def _make(self, rows: tuple[CheckRow, ...]) -> None:
        self._rows = rows
        self.lines.clear()
        self._items = {}
        for row in rows:
            if row.heading:
                self._add_heading(row.heading)
            item = QListWidgetItem()
            item.setData(ROW, row.key)
            self._items[row.key] = item
            self.lines.addItem(item)
            self._say(row)
        first = next((row.key for row in rows if row.key not in self._marks), rows[0].key if rows else "")
        if first:
            self.lines.setCurrentItem(self._items[first])

    def _add_heading(self, words: str) -> None:
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(theme.current().font(12, bold=True))
        self.lines.addItem(item)

    def _say(self, row: CheckRow) -> None:
        mark = self._marks.get(row.key, Marked())
        answer = row.answers.get(mark.answer, mark.answer)
        sign = OPEN if not mark.answer else LOOK if mark.doubtful else STANDS
        aside = f" ({mark.aside})" if mark.aside else ""
        score = f"{mark.answer} " if mark.answer.isdigit() or mark.answer == "X" else ""
        said = f"{sign} {row.words}" + (f"   {score}{answer}{aside}" if mark.answer else "")
        item = self._items[row.key]
        if item.text() != said:
            item.setText(said)
            item.setToolTip(said)

    def _show_answers(self) -> None:
        row = next((row for row in self._rows if row.key == self.key), None)
        answers = row.answers if row is not None else {}
        while len(self._buttons) < len(answers):
            self._add_button()
        for button, key in zip(self._buttons, answers, strict=False):
            button.setText(f"{answers[key]}  {key}" if len(answers) <= 3 else key)
            button.setToolTip(f"{key}: {answers[key]}")
            button.setAccessibleName(f"{answers[key]}, key {key}")
            button.setProperty("answer", key)
        for number, button in enumerate(self._buttons):
            button.setVisible(number < len(answers))
        scale = "   ".join(f"{key} {said}" for key, said in answers.items()) if len(answers) > 3 else ""
        self._said.setText(scale if len(answers) < 8 else "0 to 9; X is 10")
        self._said.setVisible(bool(scale))
        self.chosen.emit(self.key)

    def _add_button(self) -> None:
        button = QPushButton()
        theme.set_look(button, "score")
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self.answer(str(button.property("answer"))))
        self._buttons.append(button)
        self._row.addWidget(button, 1)

    def answer(self, key: str) -> None:
        """Answer the chosen line, and go on to the next one; another key does nothing."""
        row = next((row for row in self._rows if row.key == self.key), None)
        if row is None or key not in row.answers:
            return
        here = row.key
        self._go_on(here)
        self.answered.emit(here, key)

    def _go_on(self, here: str) -> None:
        keys = [row.key for row in self._rows]
        place = keys.index(here)
        later = keys[place + 1 :]
        following = next((key for key in later if key not in self._marks), later[0] if later else here)
        self.go_to(following)

    def go_to(self, key: str) -> None:
        """Choose a line."""
        if key in self._items:
            self.lines.setCurrentItem(self._items[key])
            QTimer.singleShot(0, self, self._reveal)  # its buttons may change the room for the list

    def _reveal(self) -> None:
        item = self.lines.currentItem()
        if item is not None:
            self.lines.scrollToItem(item)
