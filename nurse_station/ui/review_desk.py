"""Opens the list of sessions, a review, a paper; one of each at a time. Shows and decides nothing itself."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog

from nurse_station.station.snapshots import BedSnapshot
from nurse_station.station.view import Answer, StationView
from nurse_station.ui.dialogs.side import TOP_BAR
from nurse_station.ui.shortcuts import REVIEW_KEYS
from nurse_station.ui.theme import current

if TYPE_CHECKING:
    from nurse_station.ui.window import MainWindow

NO_SESSION = "No session runs at this bed: choose one from the list of sessions (Ctrl+R) to print it."


class ReviewDesk(QObject):
    """One a window; keys of `REVIEW_KEYS` are bound here."""

    def __init__(self, view: StationView, window: MainWindow) -> None:
        super().__init__(window)
        self._view, self._window = view, window
        self._open: dict[str, QDialog] = {}
        for row in REVIEW_KEYS:
            QShortcut(QKeySequence(row.keys), window, getattr(self, row.action))

    def do(self, action: str) -> None:
        """A word of the bed's menu: "sessions" or "print"."""
        if action == "print":
            self.print_chosen()
        else:
            self.open_sessions()

    def open_sessions(self) -> None:
        """The list of sessions."""
        from nurse_station.ui.dialogs.sessions import SessionsDialog

        if self._raised("sessions"):
            return
        made = SessionsDialog(self._view, self._window)
        made.review_asked.connect(lambda session: self.review(session))
        made.compare_asked.connect(lambda first, second: self.review(first, second))
        made.print_asked.connect(self.print_session)
        self._keep("sessions", made)

    def review(self, *sessions: str) -> None:
        """Look back on one session, or on two days of a course."""
        from nurse_station.ui.views.review_view import ReviewView

        self.leave()
        window = self._window
        made = ReviewView(self._view, sessions, window.units, window)
        made.print_asked.connect(self.print_session)
        made.correct_asked.connect(lambda bed, number: window.care_desk.do(bed, "correct", number))
        QShortcut(QKeySequence("F2"), made, window.pause_room)
        QShortcut(QKeySequence("F4"), made, window.choose_alarm)
        made.place_over(self._area())
        self._close("sessions")
        self._keep("review", made)

    def leave(self) -> bool:
        """Back to the room. False: no review was open."""
        return self._close("review")

    def print_chosen(self) -> None:
        """The paper of the session that runs at the chosen bed."""
        beds = self._view.snapshot().beds
        bed: BedSnapshot | None = next((each for each in beds if each.bed == self._window.chosen), None)
        if bed is None or bed.session is None:
            self._window.screens.show_answer(Answer(done=False, sentence=NO_SESSION))
        else:
            self.print_session(bed.session)

    def print_session(self, session: str) -> None:
        """The paper of a session."""
        from nurse_station.reports.aside import make_pages_aside
        from nurse_station.ui.dialogs.paper import PaperDialog

        self._close("paper")
        room = self._view.snapshot()
        make = partial(make_pages_aside, Path(room.record.place), session, clinic=room.clinic,
                       protocols=self._view.protocols())  # fmt: skip
        self._keep("paper", PaperDialog(session, make, self._window))

    def _area(self) -> QRect:
        """Where a review stands: over the bed, or where the bed would be; in global pixels."""
        room = self._window.room_view
        if room.isVisible():
            return QRect(room.bed_view.mapToGlobal(QPoint(0, 0)), room.bed_view.size())
        window, top = self._window.geometry(), current().size(TOP_BAR)
        return window.adjusted(0, top, 0, 0)

    def _keep(self, what: str, made: QDialog) -> None:
        self._open[what] = made
        made.finished.connect(lambda _: self._open.pop(what, None))
        made.show()
        made.activateWindow()

    def _raised(self, what: str) -> bool:
        found = self._open.get(what)
        if found is not None:
            found.show()
            found.raise_()
            found.activateWindow()
        return found is not None

    def _close(self, what: str) -> bool:
        found = self._open.pop(what, None)
        if found is not None:
            found.reject()
        return found is not None
