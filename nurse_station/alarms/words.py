"""The words of an alarm, after IEC 60601-1-8 and IEEE 11073-10207. Enumerations only."""

from enum import IntEnum, StrEnum


class Kind(StrEnum):
    """Where an alarm condition comes from."""

    PHYSIOLOGICAL = "physiological"
    """From a value of the patient: held, never cleared, when that value vanishes."""
    TECHNICAL = "technical"
    """From the equipment: a sensor, the line, the station itself."""
    CARE = "care"
    """From what a nurse found, or has not looked for yet (`Oth` in 11073-10207)."""


class Priority(IntEnum):
    """How soon someone has to respond. NONE: nothing to signal."""

    NONE = 0
    LOW = 1
    """Awareness."""
    MEDIUM = 2
    """Prompt response."""
    HIGH = 3
    """Immediate response."""


class Latch(StrEnum):
    """Which signals outlive their condition until someone acknowledges them."""

    NONE = "none"
    VISUAL = "visual"
    AUDIO_AND_VISUAL = "audio_and_visual"


class Phase(StrEnum):
    """Where a patient is in the treatment, as far as alarms care."""

    IDLE = "idle"
    INFUSING = "infusing"
    RECOVERING = "recovering"


class Fault(StrEnum):
    """What the station says of itself; told with `SetFault`."""

    AUDIO_UNUSABLE = "audio_unusable"
    """The sound output is missing, muted or failed its test."""
    WRITE_FAILED = "write_failed"
    DISK_FULL = "disk_full"
    """Less than 100 MB free."""
    DISK_LOW = "disk_low"
    """Less than 1 GB free."""
    RECORD_ALTERED = "record_altered"
    """The record's chain is broken: something in it is not as it was written."""
    IDENTITY_CHANGED = "identity_changed"
    """The monitor is another one than before, or two beds claim one port."""
    FRAMES_IDENTICAL = "frames_identical"
    """The monitor sends the same bytes again and again."""
    LINE_LOST = "line_lost"
    """One monitor of several is not heard any more: what it alone measured is not known."""
    SOURCE_FALLBACK = "source_fallback"
    """The monitor that is preferred for a value has none: another one's is used."""
    CONTRADICTION = "contradiction"
    """Two monitors at the bed give values that cannot both be right."""
    PROGRAM_FAULT = "program_fault"
    """The program met a fault of its own at this bed: nobody watches it."""


class Truth(StrEnum):
    """What a rule finds."""

    BEYOND = "beyond"
    """The value is beyond its limit."""
    WITHIN = "within"
    """It is not beyond, but not inside by enough to clear an alarm that is present."""
    CLEAR = "clear"
    UNKNOWN = "unknown"
    """There is no valid value: this clears nothing and does not count as in limits."""
