"""What a monitor says: a reading, a condition, a frame that was refused. Frozen values, no behaviour."""

from dataclasses import dataclass
from enum import StrEnum


class Quality(StrEnum):
    """How far a reading may be trusted."""

    GOOD = "good"
    QUESTIONABLE = "questionable"
    """The device doubts it (low perfusion, artefact): shown with `?`."""
    STALE = "stale"
    """The device sent an old value as if it were new: recorded, never shown as current."""
    MISSING = "missing"
    """There is no value; `Reading.why` says why."""


class Missing(StrEnum):
    """Why there is no value."""

    ABSENT = "absent"
    """The monitor has no such module."""
    OFF = "off"
    """The module is there; the measurement is not running."""
    INVALID = "invalid"
    NOT_UPDATED = "not_updated"
    DISCONTINUITY = "discontinuity"
    UNDER_RANGE = "under_range"
    OVER_RANGE = "over_range"
    NOT_CALIBRATED = "not_calibrated"
    IMPLAUSIBLE = "implausible"
    """The device sent a number that no patient can have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One value of one parameter, or the word that there is none.

    Attributes:
        parameter: Key of the parameter (`vitals.parameters.PARAMETERS`).
        value: In the parameter's unit; None: not measured.
        quality: How far it may be trusted.
        why: Why there is no value; None when there is one.
        at: Monotonic seconds at which the frame's last byte arrived.
        source: Which monitor said so (the driver's key).
        origin: What the monitor itself measured it from, in its words: "ECG", "pleth", "ART".
        device_time: The device's own clock, unix seconds; None: it sent none.
        measured_at: Monotonic seconds at which an episodic value was measured, where it differs
            from `at`; None: unknown or not episodic.
    """

    parameter: str
    value: float | None
    at: float
    source: str
    quality: Quality = Quality.GOOD
    why: Missing | None = None
    origin: str = ""
    device_time: float | None = None
    measured_at: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceCondition:
    """Something the device says of itself or of its sensors: it is so, or it is so no longer.

    Attributes:
        key: e.g. "leads_off", "nibp_measuring", "co2_occlusion"; each family lists its own.
        active: Whether it is so now. Sent when it changes, and once after a (re)start.
        at: Monotonic seconds.
        source: Which monitor said so.
        detail: What the device adds, in its words; may be empty.
    """

    key: str
    active: bool
    at: float
    source: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameAccepted:
    """A frame that passed every check.

    Attributes:
        at: Monotonic seconds at which its last byte arrived.
        size: Bytes on the line.
        device_time: The device's own clock, unix seconds; None: it sent none.
    """

    at: float
    size: int
    device_time: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameRefused:
    """A frame that failed a check, kept so that the record shows why a number is missing.

    Attributes:
        reason: One word from the family's list: "checksum", "length", "bounds", "escape", ...
        frame: The bytes as they stood on the line, at most 64 of them.
        at: Monotonic seconds at which its last byte arrived.
        size: Bytes on the line.
    """

    reason: str
    frame: bytes
    at: float
    size: int
