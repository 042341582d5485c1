"""A dialog that leaves the room in sight: in the right half, under the top bar. It stops nothing."""

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from nurse_station.ui import marking, theme
from nurse_station.ui.shortcuts import SHORTCUTS
from nurse_station.ui.widgets.bars import SimulationStrip

ALARM_KEYS = frozenset({"acknowledge", "choose_alarm", "pause_room", "pause_bed"})
"""Actions of the window that go from every panel."""
TOP_BAR = 96
WIDEST = 760
EDGE = 12
RAIL = 320
"""So much of the window's left edge is left to the other beds, where there is room."""
EDGES, UNDER_STRIP = 18, 4
"""Pixels around what a panel holds; above it, where the strip of simulation already is."""
LOW, NARROWEST = 480, 560


def place_beside(window: QRect, wish: tuple[int, int], top: int, widest: int) -> QRect:
    """Where a dialog of `wish` width and height stands: in the right half of `window`, `top` pixels down."""
    width = min(max(wish[0], window.width() // 3), widest, window.width() // 2 - EDGE)
    height = min(wish[1], window.height() - top - EDGE)
    return QRect(window.right() - width - EDGE, window.top() + top, width, height)


def place_left_of(numbers: QRect, window: QRect, width: int, lowest: int) -> QRect | None:
    """Where a dialog stands that hides nothing of `numbers`, nor what is above them; None: no room for it.

    Args:
        numbers: What is to stay in sight, on the screen.
        window: The window, on the screen.
        width: Of the dialog.
        lowest: So high it is at least, even where it must then begin above the numbers.
    """
    left, bottom = numbers.left() - EDGE - width, window.bottom() - EDGE
    if left < window.left() + EDGE:
        return None
    top = max(min(numbers.top(), bottom - lowest), window.top() + EDGE)
    return QRect(left, top, width, bottom - top)


class SideDialog(QDialog):
    """Heading, a body that scrolls when it must, and what stands below it.

    Attributes:
        reaches_down: It stands down to the window's lower edge, however little it holds.
    """

    reaches_down = False

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.strip = SimulationStrip(self)
        self._placed = False
        self._numbers: QRect | None = None
        self.heading = QLabel()
        theme.set_look(self.heading, "title")
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.current().size(10))
        self.foot = QVBoxLayout()
        self.entitle(title)
        self._arrange()
        self._bind_alarm_keys(parent)

    def entitle(self, title: str) -> None:
        """Call the panel so; where no patient is meant the word stands before it, and across the top."""
        said = marking.entitled(title, self)
        self.strip.setVisible(marking.marked(self))
        if said != self.windowTitle():
            self.heading.setText(title)
            self.setWindowTitle(said)
            self.setAccessibleName(said)

    def _bind_alarm_keys(self, parent: QWidget | None) -> None:
        """The keys of alarms work from every panel: nobody need close it first."""
        window = parent.window() if parent is not None else None
        for row in SHORTCUTS:
            slot = getattr(window, row.action, None) if row.action in ALARM_KEYS else None
            if slot is not None:
                QShortcut(QKeySequence(row.keys), self, slot)

    def _arrange(self) -> None:
        inside = QWidget()
        inside.setLayout(self.body)
        self.body.setContentsMargins(0, 0, theme.current().size(8), 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # so that arrow keys scroll a long sheet
        area.setAccessibleName(self.windowTitle())
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self._inside = inside
        column = QVBoxLayout()
        edge = theme.current().size(EDGES)
        top = theme.current().size(UNDER_STRIP) if marking.marked(self) else edge
        column.setContentsMargins(edge, top, edge, edge)
        column.setSpacing(theme.current().size(12))
        column.addWidget(self.heading)
        column.addWidget(area, 1)
        column.addLayout(self.foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.strip)
        whole.addLayout(column, 1)

    def add_buttons(self, *buttons: QPushButton) -> None:
        """Put buttons below all else, at the right."""
        row = QHBoxLayout()
        row.addStretch(1)
        for one in buttons:
            row.addWidget(one)
        self.foot.addLayout(row)

    def spare(self, numbers: QRect) -> None:
        """Stand where these numbers, a rectangle of the screen, stay in sight; before it is shown."""
        self._numbers = numbers

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._placed:
            self._placed = True
            self._stand_beside()

    def _stand_beside(self) -> None:
        parent = self.parentWidget()
        window = parent.window().frameGeometry() if parent is not None else self.screen().availableGeometry()
        size = theme.current().size
        inside = self._inside.sizeHint()
        edges = (
            2 * size(EDGES) + 2 * size(12) + self.heading.sizeHint().height() + self.foot.sizeHint().height()
        )
        height = window.height() if self.reaches_down else inside.height() + edges + size(8)
        wish = (inside.width() + 3 * size(18), height)
        placed = place_beside(window, wish, size(TOP_BAR), size(WIDEST))
        if self._numbers is not None and placed.intersects(self._numbers):
            free = self._numbers.left() - window.left() - size(RAIL)
            width = max(size(NARROWEST), min(placed.width(), free))
            placed = place_left_of(self._numbers, window, width, size(LOW)) or placed
        self.setGeometry(placed)


def button(words: str, act: Callable[[], object], name: str = "", *, primary: bool = False) -> QPushButton:
    """A push button; a screen reader says `name`, by default its words. Enter presses the primary one."""
    made = QPushButton(words)
    made.setAccessibleName(name or words.replace("&", "").rstrip("…"))
    made.setAutoDefault(False)
    made.setDefault(primary)
    # The style's bold words of a default button are wider than Qt reckons.
    made.setMinimumWidth(theme.current().size(112))
    made.clicked.connect(lambda: act())
    return made


def toggle(words: str, tip: str, *, on: bool = False) -> QPushButton:
    """A button that stays pressed: filled while it is, as a box to tick would hardly be seen."""
    made = button(words, lambda: None)
    made.setCheckable(True)
    made.setToolTip(tip)
    made.toggled.connect(lambda checked: theme.set_look(made, "primary" if checked else ""))
    made.setChecked(on)
    return made


def label_with_look(look: str, words: str = "") -> QLabel:
    """A wrapped line of plain words."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    theme.set_look(label, look)
    return label
