"""What the bed's monitors say of themselves, and how their lines do, in full. Decides nothing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from nurse_station.station.snapshots import BedSnapshot
from nurse_station.ui.models import rooms
from nurse_station.ui.theme import current, set_look
from nurse_station.ui.widgets.labels import ElidedLabel, WordsLabel


class MonitorPanel(QWidget):
    """Conditions on top, then one story a line; scrolls when it is longer than its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_look(self, "panel")
        self._conditions = WordsLabel("doubtful")
        self._story = WordsLabel("small")
        for label in (self._conditions, self._story):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._place()

    def _place(self) -> None:
        size = current().size
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(size(8))
        column.addWidget(self._conditions)
        column.addWidget(self._story)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(size(12), size(10), size(6), size(10))
        rows.setSpacing(size(6))
        rows.addWidget(ElidedLabel("heading", "Monitor"))
        rows.addWidget(area, 1)

    def show_bed(self, bed: BedSnapshot, now: float) -> None:
        said = rooms.condition_words(bed)
        self._conditions.show_words("\n".join(said))
        set_look(self._conditions, "doubtful" if any(line.startswith("▲") for line in said) else "dim")
        self._conditions.setVisible(bool(said))
        self._story.show_words("\n\n".join(rooms.line_story(line, now) for line in bed.lines))
