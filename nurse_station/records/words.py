"""The journal entries that the record itself makes, and its way of writing a time. Names only."""

from datetime import UTC, datetime, timedelta

SESSION_STARTED = "session_started"
SESSION_RESUMED = "session_resumed"
"""The program was gone without ending the session, and goes on with it."""
SESSION_ENDED = "session_ended"
VITALS_LOST = "vitals_lost"
"""Memory could not hold what the disk did not take; body: seconds."""
ROWS_REFUSED = "rows_refused"
"""The record's own rules refused rows; body: rows. A fault of this program."""
SESSION_DELETED = "session_deleted"
"""A session was taken out of the record for good; body: as deletion.py."""
RECORD_RESTARTED = "record_restarted"
"""The record's thread met a fault of its own and began anew; body: seconds of vitals that it had in hand."""

STATION = "station"
"""Who decided what no person did."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(wall: datetime) -> int:
    """Unix time of an aware datetime, in whole microseconds: exact."""
    return (wall - EPOCH) // timedelta(microseconds=1)


def wall_time(unix_us: int) -> datetime:
    """The UTC datetime of unix microseconds: exact."""
    return EPOCH + timedelta(microseconds=unix_us)
