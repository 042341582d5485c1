"""Every key of the main window, as one table: the window binds it, the shortcuts sheet prints it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    """A key and what it does.

    Attributes:
        action: The name of the window's slot.
        keys: As Qt reads them, e.g. "Ctrl+N".
        words: What it does, for the sheet.
    """

    action: str
    keys: str
    words: str


SHORTCUTS: tuple[Shortcut, ...] = (
    Shortcut(action="choose_next", keys="PgDown", words="Next bed"),
    Shortcut(action="choose_previous", keys="PgUp", words="Previous bed"),
    Shortcut(action="acknowledge", keys="F3", words="Acknowledge the alarms of the chosen bed"),
    Shortcut(action="choose_alarm", keys="F4", words="Go to the next bed in alarm, the most urgent first"),
    Shortcut(action="pause_room", keys="F2", words="Pause the sound of all beds; again: sound"),
    Shortcut(action="pause_bed", keys="Shift+F2", words="Pause the sound of the chosen bed; again: sound"),
    Shortcut(action="open_alarms", keys="A", words="List the alarms of the chosen bed's session"),
    Shortcut(action="open_limits", keys="L", words="Alarm limits of the chosen bed"),
    Shortcut(action="test_sound", keys="Ctrl+T", words="Test the alarm sound"),
    Shortcut(action="connect_monitor", keys="Ctrl+N", words="Connect a monitor to the chosen bed"),
    Shortcut(action="write_note", keys="N", words="Write a note into the chosen bed's record"),
    Shortcut(action="open_bed_menu", keys="B", words="Open the chosen bed's menu"),
    Shortcut(action="change_settings", keys="Ctrl+,", words="Settings"),
    Shortcut(action="toggle_full_screen", keys="F11", words="Full screen on and off"),
    Shortcut(action="show_shortcuts", keys="F1", words="This sheet"),
    Shortcut(action="close", keys="Ctrl+Q", words="Quit"),
)

NUMBER_KEYS = range(1, 10)
"""The keys 1 to 9 choose the bed at that place of the rail."""
