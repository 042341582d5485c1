"""The line below the wall: which page, what is in alarm elsewhere, from how far it is read. Turns pages."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from nurse_station.ui.theme import set_look
from nurse_station.ui.widgets.bars import Bar
from nurse_station.ui.widgets.labels import ElidedLabel, WordsLabel

HINT = "Arrows or a number choose · Enter opens · F4 next alarm · Esc back"


class WallBar(Bar):
    """Words and two buttons; the buttons are there when there is more than one page.

    Signals:
        turn_asked: -1 for the page before, 1 for the next.
    """

    turn_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__((16, 2), parent)
        self._size = ElidedLabel("small", keep=160)
        self._page = WordsLabel("heading")
        self._keys = ElidedLabel("small", HINT)
        self._before = self._button("‹ PgUp", "Page before", -1)
        self._after = self._button("PgDn ›", "Next page", 1)
        self.row.addWidget(self._size, 1)
        for part in (self._before, self._page, self._after):
            self.row.addWidget(part)
        self.row.addWidget(self._keys, 1)
        self._keys.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _button(self, words: str, name: str, step: int) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(name)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard stays with the beds
        button.clicked.connect(lambda _checked=False: self.turn_asked.emit(step))
        return button

    @property
    def page_words(self) -> str:
        """Which page is shown, and what is in alarm elsewhere; empty: there is one page."""
        return self._page.text()

    @property
    def size_words(self) -> str:
        """From how far the values are read, and how fast the waves are."""
        return self._size.words

    def show_words(self, size: str, page: str, *, alarms_elsewhere: bool) -> None:
        """Say what is shown; `page` is empty where there is one page."""
        self._size.show_words(size)
        set_look(self._page, "trouble" if alarms_elsewhere else "heading")
        self._page.show_words(page)
        for part in (self._before, self._page, self._after):
            part.setVisible(bool(page))
