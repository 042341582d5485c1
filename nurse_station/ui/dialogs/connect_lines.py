"""The lines of a bed as they are: how each does, its raw bytes, and the button that ends it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from nurse_station.station.snapshots import LineSnapshot
from nurse_station.ui.dialogs.connect_raw import RawView
from nurse_station.ui.dialogs.side import button, label_with_look
from nurse_station.ui.models.rooms import line_story


class LinesView(QWidget):
    """The raw state of a bed's lines, each with its Disconnect."""

    disconnect_asked = Signal(str)
    """The source of the line to close."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._none = label_with_look("dim", "Not connected.")
        self._column.addWidget(self._none)
        self._rows: dict[str, LineRow] = {}

    def show_lines(self, lines: tuple[LineSnapshot, ...], now: float) -> None:
        """Show these lines as they are at monotonic second `now`."""
        for source in self._rows.keys() - {line.source for line in lines}:
            self._rows.pop(source).deleteLater()
        for line in lines:
            row = self._rows.get(line.source) or self._new_row(line)
            row.story.setText(line_story(line, now))
            row.raw.show_bytes(line.raw)
        self._none.setVisible(not lines)

    def _new_row(self, line: LineSnapshot) -> "LineRow":
        source = line.source
        row = self._rows[source] = LineRow(line, lambda: self.disconnect_asked.emit(source))
        self._column.addWidget(row)
        return row


class LineRow(QWidget):
    """One line: its story, its button, and the bytes that came last."""

    def __init__(self, line: LineSnapshot, ask: Callable[[], object]) -> None:
        super().__init__()
        self.story = label_with_look("small")
        self.story.setAccessibleName(f"State of the line to {line.monitor}")
        self.button = button("&Disconnect", ask, f"Disconnect {line.monitor}")
        self.raw = RawView()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.story, 0, 0)
        grid.addWidget(self.button, 0, 1)
        grid.addWidget(self.raw, 1, 0, 1, 2)
