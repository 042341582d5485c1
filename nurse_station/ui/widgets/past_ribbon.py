"""The session ribbon of a day that is over: the same lanes, and nowhere the word now."""

from datetime import UTC, datetime

from PySide6.QtWidgets import QWidget

from nurse_station.station.past import PastSession
from nurse_station.ui.models.review import date_first, relative_ticks, whose
from nurse_station.ui.models.units import WARD, Units
from nurse_station.ui.widgets.ribbon import RibbonWidget
from nurse_station.ui.widgets.ribbon_span import Gaze, Reach, Span, span_of
from nurse_station.ui.widgets.ribbon_words import clock_text


class PastRibbon(RibbonWidget):
    """Trends of one session of the record; its seconds are unix seconds."""

    hint = "Press for the waves of a moment · drag · wheel to zoom · hover to read"
    end_words, end_name = "E&nd", "Go to the end of the session"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zero: float | None = None

    def show_past(self, past: PastSession, units: Units = WARD, zero: float | None = None) -> None:
        """Show a session, all of it.

        Args:
            past: The session.
            units: The units that the clinic reads.
            zero: The second from which the time axis counts; None: it tells the time of day.
        """
        self._zero, self._now, self._gaze = zero, past.until, Gaze(width=None)
        self.show_alarm_log(past.alarms)
        self._show(past.history, whose(past.summary), lambda at: datetime.fromtimestamp(at, UTC), units)
        self._title.show_words(date_first(past.summary))

    @property
    def span(self) -> Span:
        """What is shown, unix seconds."""
        return span_of(self._gaze, self._reach())

    def show_moment(self, at: float) -> None:
        """Read the values at unix second `at`; the picture moves only when that lies outside."""
        if self.span.holds(at):
            self._read_at(at)
        else:
            super().show_moment(at)

    def show_span(self, span: Span) -> None:
        """Show that stretch, be it beside the session; tells nobody."""
        self._gaze = Gaze(width=span.width, end=span.end)
        self._draw()

    def _ticks(self, span: Span, step: int) -> list[tuple[float, str]]:
        if self._zero is None:
            return super()._ticks(span, step)
        return list(relative_ticks(span.start, span.end, step, self._zero))

    def _state_words(self, span: Span, reach: Reach) -> str:
        start, end = (datetime.fromtimestamp(at, UTC) for at in
                      (max(span.start, reach.first), min(span.end, reach.now)))  # fmt: skip
        if start >= end:
            return "REVIEW · nothing recorded here"
        return f"REVIEW {clock_text(start)} – {clock_text(end)}"
