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
    Shortcut(action="open_day", keys="Ctrl+D", words="The form of the next step of the chosen bed's day"),
    Shortcut(action="open_patients", keys="Ctrl+F", words="Find a patient: patients and courses"),
    Shortcut(action="test_sound", keys="Ctrl+T", words="Test the alarm sound"),
    Shortcut(action="connect_monitor", keys="Ctrl+N", words="Connect a monitor to the chosen bed"),
    Shortcut(action="write_note", keys="N", words="Write a note into the chosen bed's record"),
    Shortcut(action="open_bed_menu", keys="B", words="Open the chosen bed's menu"),
    Shortcut(action="practise", keys="Ctrl+Shift+L", words="Practise: a simulated patient in a window apart"),
    Shortcut(action="change_settings", keys="Ctrl+,", words="Settings"),
    Shortcut(action="show_wall", keys="F11", words="All chairs; again: the chosen bed"),
    Shortcut(action="show_second_wall", keys="Ctrl+F11", words="All chairs on the second screen, on and off"),
    Shortcut(action="toggle_full_screen", keys="Shift+F11", words="Full screen on and off"),
    Shortcut(action="show_shortcuts", keys="F1", words="This sheet"),
    Shortcut(action="close", keys="Ctrl+Q", words="Quit"),
)

CARE_KEYS: tuple[Shortcut, ...] = (
    Shortcut(action="emergency", keys="F12", words="EMERGENCY: the pump is off, help is called; at once"),
    Shortcut(action="F5", keys="F5", words="Start, raise or resume; in an emergency: it is over"),
    Shortcut(action="F6", keys="F6", words="Lower the rate"),
    Shortcut(action="F7", keys="F7", words="Hold the rate; again: end the hold"),
    Shortcut(action="F8", keys="F8", words="Pause the infusion"),
    Shortcut(action="F9", keys="F9", words="Stop the infusion"),
    Shortcut(action="G", keys="G", words="Another bag"),
    Shortcut(action="propose", keys="F10", words="Do what is proposed first"),
    Shortcut(action="usual", keys="R", words="Responds readily (MOAA/S 5)"),
    *(Shortcut(action=f"moaas_{score}", keys=f"Ctrl+{score}", words=f"MOAA/S {score}")
      for score in range(5, -1, -1)),
    Shortcut(action="round", keys="U", words="All else as usual; the pain is asked"),
    Shortcut(action="pressure", keys="P", words="Blood pressure by hand"),
    Shortcut(action="action", keys="I", words="What was done: drug, oxygen, airway"),
    Shortcut(action="undo", keys="Ctrl+Z", words="Take back your last entry; it stays readable"),
    Shortcut(action="who", keys="W", words="Who works at this window"),
)  # fmt: skip
"""Keys of the care of the chosen bed's patient; `action` is a word of the care panel."""

REVIEW_KEYS: tuple[Shortcut, ...] = (
    Shortcut(
        action="open_sessions", keys="Ctrl+R", words="Sessions of the record: look back, compare, print"
    ),
    Shortcut(action="print_chosen", keys="Ctrl+P", words="Print the chosen bed's session"),
)
"""Keys of the record; `action` is a slot of the review desk."""

NUMBER_KEYS = range(10)
"""The keys 1 to 9 choose the bed at that place of the room, two digits typed quickly one from 10 on."""

WALL_WINDOW_KEYS: tuple[Shortcut, ...] = tuple(
    row for row in SHORTCUTS
    if row.action in {"acknowledge", "choose_alarm", "pause_room", "pause_bed", "test_sound",
                      "show_second_wall", "show_shortcuts"}
)  # fmt: skip
"""Keys of the window on the second screen besides digits, arrows, Enter and Esc: none enters anything."""
