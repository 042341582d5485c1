"""The windows beside the main one. `show()` them: none stops it or covers its alarms, as `exec()` would."""

from nurse_station.ui.dialogs.about import AboutDialog
from nurse_station.ui.dialogs.connect import ConnectDialog
from nurse_station.ui.dialogs.settings import SettingsDialog
from nurse_station.ui.dialogs.shortcuts import ShortcutsDialog

__all__ = ["AboutDialog", "ConnectDialog", "SettingsDialog", "ShortcutsDialog"]
