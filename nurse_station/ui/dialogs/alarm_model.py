"""The rows of the alarm list for Qt: newest first, filtered, each moved alone. Folds nothing."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from nurse_station.alarms.changes import Entry
from nurse_station.ui.models import alarm_list
from nurse_station.ui.models.alarm_list import AlarmRows, Row, Wanted
from nurse_station.ui.models.units import WARD, Units
from nurse_station.ui.models.words import clock_seconds

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
ROW_ROLE = Qt.ItemDataRole.UserRole
TIME_ROLE = ROW_ROLE + 1
PLACE_ROLE = ROW_ROLE + 2
FACTS_ROLE = ROW_ROLE + 3
MANY = 200
"""More new rows than this are not moved one by one: the list is laid anew."""


class AlarmListModel(QAbstractListModel):
    """Show it logs as often as wished: what did not change is not touched."""

    def __init__(self, units: Units = WARD) -> None:
        super().__init__()
        self._book = AlarmRows(units)
        self._wanted = Wanted()
        self._shown: list[int] = []
        self._names: Mapping[str, str] = {}
        self._wall_of: alarm_list.WallOf | None = None
        self._now = 0.0
        self._second = 0

    @property
    def total(self) -> int:
        """How many rows there are, shown or not."""
        return len(self._book.rows)

    def row_at(self, number: int) -> Row:
        """The row at that line."""
        return self._book.rows[self._shown[number]]

    def line_of(self, row: Row) -> int:
        """The line of a row that began at the same time; -1: it is not shown."""
        number = bisect_left(self._shown, row.order, key=self._order)
        found = number < len(self._shown) and self.row_at(number).order == row.order
        return number if found else -1

    def want(self, wanted: Wanted) -> None:
        """Show only these."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._lay()

    def show_logs(
        self,
        logs: Mapping[str, Sequence[Entry]],
        names: Mapping[str, str],
        now: float,
        wall_of: alarm_list.WallOf,
    ) -> bool:
        """Take what came.

        Args:
            logs: Bed -> its log.
            names: Bed -> its name; a row tells its bed only where there are several.
            now: Monotonic seconds.
            wall_of: The time of day, aware, at a monotonic second.

        Returns:
            Whether anything but the lengths of what is present has changed.
        """
        self._names, self._now, self._wall_of = names if len(logs) > 1 else {}, now, wall_of
        news = self._book.take(logs)
        if news.anew or len(news.added) > MANY:
            self._lay()
        else:
            for place in (*news.changed, *news.added):
                self._put(place)
        self._tell_lengths()
        return bool(news.anew or news.added or news.changed)

    def _lay(self) -> None:
        self.beginResetModel()
        there = (place for place, row in enumerate(self._book.rows) if self._wanted.has(row))
        self._shown = sorted(there, key=self._order)
        self.endResetModel()

    def _order(self, place: int) -> tuple[float, int, str]:
        return self._book.rows[place].order

    def _put(self, place: int) -> None:
        """Put a row where it belongs, take it away, or tell that it changed. Its order never changes."""
        number = bisect_left(self._shown, self._order(place), key=self._order)
        there = number < len(self._shown) and self._shown[number] == place
        wanted = self._wanted.has(self._book.rows[place])
        if wanted and there:
            self._changed(number)
        elif wanted:
            self.beginInsertRows(ROOT, number, number)
            self._shown.insert(number, place)
            self.endInsertRows()
        elif there:
            self.beginRemoveRows(ROOT, number, number)
            del self._shown[number]
            self.endRemoveRows()

    def _changed(self, number: int) -> None:
        self.dataChanged.emit(self.index(number), self.index(number))

    def _tell_lengths(self) -> None:
        """Once a second: what is present has lasted longer."""
        if int(self._now) == self._second:
            return
        self._second = int(self._now)
        for place in self._book.running():
            number = bisect_left(self._shown, self._order(place), key=self._order)
            if number < len(self._shown) and self._shown[number] == place:
                self._changed(number)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._shown):
            return None
        row = self.row_at(index.row())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{row.marks} {row.title}".strip()
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return self._spoken(row)
            case _ if role == ROW_ROLE:
                return row
            case _ if role == TIME_ROLE:
                return self._time(row)
            case _ if role == PLACE_ROLE:
                return self._names.get(row.bed, "")
            case _ if role == FACTS_ROLE:
                return alarm_list.facts(row, self._now)
            case _:
                return None

    def _time(self, row: Row) -> str:
        return clock_seconds(self._wall_of(row.at)) if self._wall_of is not None else ""

    def _spoken(self, row: Row) -> str:
        return alarm_list.spoken(row, self._time(row), self._names.get(row.bed, ""), self._now)
