"""The tables of a debrief: rows of words, some of which must not be overlooked. Decides nothing."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QGridLayout, QHeaderView, QTableView, QWidget

from nurse_station.reports.debrief_rows import BAD, GOOD, Row, Rows
from nurse_station.ui.dialogs.side import label_with_look
from nurse_station.ui.models.debrief import row_at
from nurse_station.ui.theme import current

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
TOKENS = {GOOD: "good", BAD: "doubtful"}
COLUMN_PX, MARGIN_PX = 20, 10
LOOKS = {GOOD: "good", BAD: "doubtful"}


class RowsModel(QAbstractTableModel):
    """Frozen rows for Qt."""

    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self.rows = rows

    def show_rows(self, rows: Rows) -> None:
        """Others, of the same columns."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows.titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, title = self.rows.rows[index.row()], self.rows.titles[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.cells[index.column()]
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{title} {row.cells[index.column()]}".strip()
            case Qt.ItemDataRole.ForegroundRole:
                return current().colour(TOKENS[row.tone]) if row.tone in TOKENS else None
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            case _:
                return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.rows.titles[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class RowsTable(QTableView):
    """A long table: its rows can be chosen, long words wrap.

    Signals:
        chosen: The second of the run that a chosen row is about.
    """

    chosen = Signal(float)

    def __init__(self, name: str, rows: Rows, wide: int) -> None:
        """`wide`: the column that takes the room that is left."""
        super().__init__()
        self.setAccessibleName(name)
        self._rows, self._wide = rows, wide
        self._model = RowsModel(rows)
        self.setModel(self._model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)  # Tab leaves the table, arrows walk in it
        self.setWordWrap(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._lay_head()
        self.selectionModel().currentRowChanged.connect(self._tell)

    @property
    def rows(self) -> Rows:
        """What stands in it."""
        return self._rows

    def show_rows(self, rows: Rows) -> None:
        """Others, of the same columns; none of them is chosen."""
        self._rows = rows
        self._model.show_rows(rows)
        self._lay_columns()
        self._lay_rows(self._wide, 0, self.columnWidth(self._wide))

    def _lay_head(self) -> None:
        self.ensurePolished()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._lay_columns()
        head.sectionResized.connect(self._lay_rows)
        head.setSectionResizeMode(self._wide, QHeaderView.ResizeMode.Stretch)

    def _lay_columns(self) -> None:
        """Measured once: Qt's own fitting asks for every cell again and again, seconds for a long run."""
        letters = self.fontMetrics()
        for column, title in enumerate(self._rows.titles):
            words = {title, *(row.cells[column] for row in self._rows.rows)}
            widest = max(letters.horizontalAdvance(each) for each in words)
            self.setColumnWidth(column, widest + current().size(COLUMN_PX))

    def _lay_rows(self, column: int, _before: int, width: int) -> None:
        """Each as high as its words need in the wide column, which the scroll bar may make narrower later."""
        if column != self._wide:
            return
        letters, edge = self.fontMetrics(), current().size(MARGIN_PX)
        room = QRect(0, 0, max(width - edge, 1), 1 << 20)
        for place, row in enumerate(self._rows.rows):
            words = letters.boundingRect(room, Qt.TextFlag.TextWordWrap, row.cells[column])
            self.setRowHeight(place, max(words.height(), letters.height()) + edge)

    def _tell(self, index: QModelIndex) -> None:
        at = self._rows.rows[index.row()].at if index.isValid() else None
        if at is not None:
            self.chosen.emit(at)

    def show_at(self, at: float) -> None:
        """Choose the last row that is not later; tells nobody."""
        place = row_at([row.at for row in self._rows.rows], at)
        if place is None or place == self.currentIndex().row():
            return
        self.selectionModel().blockSignals(True)
        self.setCurrentIndex(self.model().index(place, 0))
        self.selectionModel().blockSignals(False)
        self.selectRow(place)
        self.scrollTo(self.model().index(place, 0))
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape is the window's."""
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


def grid(rows: Rows, wide: int) -> QWidget:
    """A short table whose every word is seen at once."""
    held = QWidget()
    layout = QGridLayout(held)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setHorizontalSpacing(current().size(12))
    layout.setVerticalSpacing(current().size(5))
    layout.setColumnStretch(wide, 1)
    for column, title in enumerate(rows.titles):
        _put(layout, 0, column, title, "small", wide)
    for number, row in enumerate(rows.rows, 1):
        _row(layout, number, row, wide)
    return held


def _row(layout: QGridLayout, number: int, row: Row, wide: int) -> None:
    for column, words in enumerate(row.cells):
        _put(layout, number, column, words, LOOKS.get(row.tone, ""), wide)


def _put(layout: QGridLayout, row: int, column: int, words: str, look: str, wide: int) -> None:
    label = label_with_look(look, words)
    label.setWordWrap(column == wide)
    layout.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
