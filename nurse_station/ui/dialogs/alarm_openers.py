"""Opens the alarm list and the limits beside the window; one that is open already comes to the front."""

from typing import TypeVar

from PySide6.QtWidgets import QWidget

from nurse_station.station.snapshots import BedSnapshot
from nurse_station.station.view import StationView
from nurse_station.ui.dialogs.alarm_list import AlarmListDialog
from nurse_station.ui.dialogs.limits import LimitsDialog
from nurse_station.ui.dialogs.side import SideDialog

Panel = TypeVar("Panel", bound=SideDialog)


def open_alarms(view: StationView, bed: BedSnapshot, about: str, window: QWidget) -> AlarmListDialog:
    """List the alarms of `bed`; `about` is not needed: the list has its own filters."""
    for panel in _there(AlarmListDialog, window):
        panel.show_bed(bed.bed)
        return _raised(panel)
    return _raised(AlarmListDialog(view, bed.bed, window))


def open_limits(view: StationView, bed: BedSnapshot, about: str, window: QWidget) -> LimitsDialog:
    """Show the limits of `bed`, those of the value block `about` first."""
    for panel in _there(LimitsDialog, window):
        if panel.bed == bed.bed:
            panel.show_about(about)
            return _raised(panel)
    return _raised(LimitsDialog(view, bed.bed, about, window))


def _there(kind: type[Panel], window: QWidget) -> list[Panel]:
    return [panel for panel in window.findChildren(kind) if panel.isVisible()]


def _raised(panel: Panel) -> Panel:
    panel.show()
    panel.raise_()
    panel.activateWindow()
    return panel
