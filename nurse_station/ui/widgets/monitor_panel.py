"""What the bed's monitors say of themselves, how their lines do, and the record as it grows."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from nurse_station.station.snapshots import BedSnapshot, LineSnapshot
from nurse_station.ui.models import entries, rooms
from nurse_station.ui.models.line_health import health_words
from nurse_station.ui.theme import current, set_look
from nurse_station.ui.widgets.labels import ElidedLabel, WordsLabel


class MonitorPanel(QWidget):
    """Conditions on top, a story a line, the record's entries; scrolls when it is longer than its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_look(self, "panel")
        self._troubles = WordsLabel("doubtful")
        self._ordinary = WordsLabel("dim")
        self._story = WordsLabel("small")
        self._record_head = WordsLabel("heading", "Record")
        self._record = WordsLabel("small")
        for label in (self._troubles, self._ordinary, self._story, self._record):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._place()

    def _place(self) -> None:
        size = current().size
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(size(8))
        for label in (self._troubles, self._ordinary, self._story, self._record_head, self._record):
            column.addWidget(label)
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
        troubles, ordinary = rooms.condition_words(bed)
        for label, said, sign in ((self._troubles, troubles, "▲"), (self._ordinary, ordinary, "●")):
            label.show_words("\n".join(f"{sign} {sentence}" for sentence in said))
            label.setVisible(bool(said))
        self._story.show_words("\n\n".join(_story(line, now) for line in bed.lines))
        self._record.show_words("\n".join(entries.lines(bed)))
        self._record_head.setVisible(bool(bed.entries))

    @property
    def words(self) -> str:
        """All that is said now."""
        return "\n".join(
            label.text() for label in (self._troubles, self._ordinary, self._story, self._record)
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(160, current().size(80))


def _story(line: LineSnapshot, now: float) -> str:
    health = health_words(line)
    return f"{rooms.line_story(line, now)}\n{health}" if health else rooms.line_story(line, now)
