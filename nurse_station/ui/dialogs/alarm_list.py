"""The alarms of a bed's session, or of every bed: figures, filters, the list. Changes nothing."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from nurse_station.alarms.changes import Entry
from nurse_station.alarms.history import figures
from nurse_station.alarms.words import Priority
from nurse_station.station.snapshots import BedSnapshot, RoomSnapshot
from nurse_station.station.view import StationView
from nurse_station.ui import theme
from nurse_station.ui.dialogs.alarm_model import AlarmListModel
from nurse_station.ui.dialogs.alarm_view import AlarmListView
from nurse_station.ui.dialogs.side import SideDialog, button, label_with_look, toggle
from nurse_station.ui.models.alarm_list import FigureShown, Row, Sort, Wanted, figures_shown
from nurse_station.ui.models.units import WARD, Units
from nurse_station.ui.models.unmeasured import without_s
from nurse_station.ui.models.words import count

LOOK_MS = 250
WISH_PX = 600
LARGE_TEXT = 1.4
"""From this text scale on the figures wait to be asked for: the list needs the room."""
FIGURES_EVERY_S, FIGURES_AFTER_S = 5.0, 1.0
"""Rates and medians need not run before one's eyes: this often at rest, and while alarms come."""
ALL_BEDS = "All beds"
PRIORITIES: tuple[tuple[str, frozenset[Priority]], ...] = (
    ("All priorities", frozenset()),
    ("High", frozenset({Priority.HIGH})),
    ("High and medium", frozenset({Priority.HIGH, Priority.MEDIUM})),
    ("Medium", frozenset({Priority.MEDIUM})),
    ("Low", frozenset({Priority.LOW})),
)
SORTS: tuple[tuple[str, frozenset[Sort]], ...] = (
    ("Alarms and acts", frozenset()),
    ("All alarms", frozenset({Sort.PATIENT, Sort.EQUIPMENT, Sort.CARE})),
    ("Physiological", frozenset({Sort.PATIENT})),
    ("Technical", frozenset({Sort.EQUIPMENT})),
    ("Care", frozenset({Sort.CARE})),
    ("Acts: pauses, off, limits", frozenset({Sort.ACT})),
)
NO_SESSION = "No session runs at this bed: there are no alarms to list."
NO_ALARMS = "No alarm so far in this session."
NONE_MATCH = "Nothing matches: change the filters."


class AlarmListDialog(SideDialog):
    """Looks at the station by itself as long as it is open.

    Signals:
        moment_chosen: (bed, monotonic seconds): that moment is to be shown on the ribbon.
    """

    moment_chosen = Signal(str, float)
    reaches_down = True

    def __init__(
        self, view: StationView, bed: str, parent: QWidget | None = None, units: Units = WARD
    ) -> None:
        super().__init__("Alarms", parent)
        self.heading.setWordWrap(True)
        self._view = view
        self._room: RoomSnapshot = view.snapshot()
        self._rows = AlarmListModel(units)
        self.list = AlarmListView(self._rows)
        self._beds, self._priorities, self._sorts = QComboBox(), QComboBox(), QComboBox()
        self._unseen = toggle(
            "Only &unacknowledged", "Only alarms that nobody has acknowledged, ended ones too"
        )
        roomy = theme.current().text_scale < LARGE_TEXT
        self._shows_figures = toggle("&Figures", "The session's figures above the list", on=roomy)
        self._text = QLineEdit()
        self._figures = FiguresView()
        self._count, self._empty = label_with_look("small"), label_with_look("dim")
        self._reckoned_at: float | None = None
        self._listed: dict[str, Sequence[Entry]] = {}
        self._fill(bed)
        self._build()
        self._connect()
        self.look()

    def _fill(self, bed: str) -> None:
        for one in self._room.beds:
            self._beds.addItem(one.name, one.bed)
        self._beds.addItem(ALL_BEDS, "")
        self._beds.setCurrentIndex(max(0, self._beds.findData(bed)))
        for words, _ in PRIORITIES:
            self._priorities.addItem(words)
        for words, _ in SORTS:
            self._sorts.addItem(words)

    def _build(self) -> None:
        self.body.addWidget(self._figures)
        wish = theme.current().size(WISH_PX)
        self.body.addItem(QSpacerItem(wish, 0, QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed))
        self.body.addLayout(self._filters())
        self.body.addWidget(self._count)
        self.body.addWidget(self._empty)
        self.body.addWidget(self.list, 1)
        self.add_buttons(button("C&lose", self.reject))

    def _filters(self) -> QVBoxLayout:
        names = ((self._beds, "Bed"), (self._priorities, "Priority"), (self._sorts, "Kind"))
        first, second = QHBoxLayout(), QHBoxLayout()
        for combo, name in names:
            combo.setAccessibleName(name)
            combo.setToolTip(f"{name} of what is listed")
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(8)
            first.addWidget(combo, 1)
        self._text.setPlaceholderText("Search")
        self._text.setClearButtonEnabled(True)
        self._text.setAccessibleName("Search in the list")
        self._text.setToolTip("Words in the alarm, who acknowledged it, or the reason")
        second.addWidget(self._text, 1)
        second.addWidget(self._unseen)
        second.addWidget(self._shows_figures)
        both = QVBoxLayout()
        both.addLayout(first)
        both.addLayout(second)
        return both

    def _connect(self) -> None:
        self._beds.currentIndexChanged.connect(self._choose_bed)
        for combo in (self._priorities, self._sorts):
            combo.currentIndexChanged.connect(self._want)
        self._unseen.toggled.connect(self._want)
        self._shows_figures.toggled.connect(self._choose_bed)
        self._text.textChanged.connect(self._want)
        self.list.row_opened.connect(self._open)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.list.setFocus()

    @property
    def bed(self) -> str:
        """Key of the bed whose alarms are listed; empty: every bed's."""
        return str(self._beds.currentData() or "")

    def show_bed(self, bed: str) -> None:
        """List the alarms of another bed; empty: of all."""
        self._beds.setCurrentIndex(max(0, self._beds.findData(bed)))

    def wanted(self) -> Wanted:
        """What the filters ask for."""
        return Wanted(
            priorities=PRIORITIES[self._priorities.currentIndex()][1],
            sorts=SORTS[self._sorts.currentIndex()][1],
            unacknowledged=self._unseen.isChecked(),
            text=self._text.text(),
        )

    @Slot()
    def _want(self) -> None:
        self.list.while_standing(lambda: self._rows.want(self.wanted()))
        self._show_count()

    @Slot()
    def _choose_bed(self) -> None:
        self._reckoned_at = None
        self.look()

    @Slot()
    def look(self) -> None:
        """Take what is new. Called four times a second."""
        self._room = self._view.snapshot()
        shown = [bed for bed in self._room.beds if self.bed in (bed.bed, "")]
        logs = {bed.bed: self._view.alarm_log(bed.bed) for bed in shown}
        names = {bed.bed: bed.name for bed in shown}
        now, changed = self._view.clock.now(), []
        self.list.while_standing(
            lambda: changed.append(self._rows.show_logs(logs, names, now, self._wall_of(self._room)))
        )
        self.entitle(f"Alarms · {shown[0].name if self.bed and shown else ALL_BEDS}")
        self._show_count()
        if any(self._listed.get(bed) is not log for bed, log in logs.items()):
            self._reckoned_at = None  # the figures of another patient
        self._listed = logs
        waited = FIGURES_EVERY_S if self._reckoned_at is None else now - self._reckoned_at
        if waited >= (FIGURES_AFTER_S if changed[0] else FIGURES_EVERY_S):
            self._reckon(shown, logs, now)

    @staticmethod
    def _wall_of(room: RoomSnapshot) -> Callable[[float], datetime]:
        return lambda at: room.wall + timedelta(seconds=at - room.at)

    def _show_count(self) -> None:
        shown, total = self._rows.rowCount(), self._rows.total
        self._count.setText(f"{count(shown)} of {count(total)} shown, newest first" if total else "")
        self._empty.setText("" if shown else self._why_empty(total))
        self._empty.setVisible(not shown)
        self._count.setVisible(bool(total))

    def _why_empty(self, total: int) -> str:
        if total:
            return NONE_MATCH
        running = any(
            bed.session is not None for bed in self._room.beds if bed.bed == self.bed or not self.bed
        )
        return NO_ALARMS if running else NO_SESSION

    def _reckon(self, shown: Sequence[BedSnapshot], logs: dict[str, Sequence[Entry]], now: float) -> None:
        """The figures of one bed's session; of several beds they would mean nothing."""
        self._reckoned_at = now
        asked = self._shows_figures.isChecked() and self.bed and len(shown) == 1
        entries = logs[shown[0].bed] if asked else ()
        self._figures.setVisible(bool(entries))
        if entries:
            began = _began(shown[0], entries, self._room)
            missing = without_s(self._view.history(shown[0].bed), began, now)
            self._figures.show_figures(figures_shown(figures(entries, began, now, missing)))

    @Slot(object)
    def _open(self, row: Row) -> None:
        self.moment_chosen.emit(row.bed, row.at)


def _began(bed: BedSnapshot, entries: Sequence[Entry], room: RoomSnapshot) -> float:
    """When the session began, monotonic seconds; the first entry may be older: the monitor came first."""
    first = entries[0].at
    if bed.session_started is None:
        return first
    return min(first, room.at - (room.wall - bed.session_started).total_seconds())


class FiguresView(QWidget):
    """The session's figures: a number and its words each, three in a line."""

    COLUMNS = 3

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.current().size(14))
        self._grid.setVerticalSpacing(theme.current().size(6))
        self._values: list[QLabel] = []

    def show_figures(self, shown: Sequence[FigureShown]) -> None:
        """Show these, in this order; always as many."""
        if not self._values:
            for number, figure in enumerate(shown):
                self._add(number, figure)
        for label, figure in zip(self._values, shown, strict=True):
            label.setText(figure.value)
            label.setAccessibleName(f"{figure.value} {figure.words}")

    def _add(self, number: int, figure: FigureShown) -> None:
        value, said = label_with_look("heading"), label_with_look("small", figure.words)
        self._values.append(value)
        line, column = divmod(number, self.COLUMNS)
        self._grid.addWidget(value, 2 * line, column)
        self._grid.addWidget(said, 2 * line + 1, column)
        self._grid.setColumnStretch(column, 1)
