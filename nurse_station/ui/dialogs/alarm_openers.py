"""Opens the alarm list and the limits beside the window; one that is open already comes to the front."""

from typing import Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from nurse_station.station.snapshots import BedSnapshot
from nurse_station.station.view import StationView
from nurse_station.ui.dialogs.alarm_list import AlarmListDialog
from nurse_station.ui.dialogs.limits import LimitsDialog
from nurse_station.ui.dialogs.side import SideDialog
from nurse_station.ui.models.units import WARD, Units
from nurse_station.ui.widgets.numeric_column import NumericColumn


@runtime_checkable
class RoomWindow(Protocol):
    """What a panel needs of the window that it stands beside."""

    @property
    def units(self) -> Units:
        """The units that the clinic reads."""

    def show_moment(self, bed: str, at: float) -> None:
        """Show on the bed's ribbon what was at monotonic second `at`."""


Panel = TypeVar("Panel", bound=SideDialog)


def open_alarms(view: StationView, bed: BedSnapshot, about: str, window: QWidget) -> AlarmListDialog:
    """List the alarms of `bed`; `about` is not needed: the list has its own filters."""
    for panel in _there(AlarmListDialog, window):
        panel.show_bed(bed.bed)
        return _raised(panel)
    panel = AlarmListDialog(view, bed.bed, window, _units(window))
    if isinstance(window, RoomWindow):
        panel.moment_chosen.connect(window.show_moment)
    return _raised(panel)


def open_limits(view: StationView, bed: BedSnapshot, about: str, window: QWidget) -> LimitsDialog:
    """Show the limits of `bed`, those of the value block `about` first."""
    for panel in _there(LimitsDialog, window):
        if panel.bed == bed.bed:
            panel.show_about(about)
            return _raised(panel)
    panel = LimitsDialog(view, bed.bed, about, window, _units(window))
    for column in window.findChildren(NumericColumn):
        if column.isVisible():  # limits are chosen by the values that the patient has
            panel.spare(QRect(column.mapToGlobal(QPoint(0, 0)), column.size()))
    return _raised(panel)


def _units(window: QWidget) -> Units:
    return window.units if isinstance(window, RoomWindow) else WARD


def _there(kind: type[Panel], window: QWidget) -> list[Panel]:
    return [panel for panel in window.findChildren(kind) if panel.isVisible()]


def _raised(panel: Panel) -> Panel:
    panel.show()
    panel.activateWindow()
    return panel
