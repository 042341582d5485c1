"""What every form of the day has: whose it is, what it sent, what was typed. Decides nothing.

It stands beside, is never in front of an alarm, and belongs to one bed's session: closed and opened again
it holds what was typed; for another session nothing of it is left.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QLayout, QPushButton, QSizePolicy, QSpacerItem, QWidget

from nurse_station.sessions.deeds import Deed, Override
from nurse_station.sessions.states import State
from nurse_station.station.snapshots import BedSnapshot, CareSnapshot
from nurse_station.station.view import Answer, StationView
from nurse_station.ui import texts, theme
from nurse_station.ui.bridge import STOPPED_AFTER_S, Bridge
from nurse_station.ui.dialogs.day_fields import SIDE_BY_SIDE_UP_TO
from nurse_station.ui.dialogs.rate_findings import FindingRows
from nurse_station.ui.dialogs.side import SideDialog, button, label_with_look
from nurse_station.ui.models import day_practice
from nurse_station.ui.models.care import identifiers
from nurse_station.ui.models.care_names import prescribers
from nurse_station.ui.models.day_practice import SimulatedBed

if TYPE_CHECKING:
    from nurse_station.ui.care_desk import CareDesk

LOOK_MS = 250
ANSWER_S = 3.0
WISH_PX = 600
PRIMARY_PX, MOST_PX, CLOSE_PX = 212, 396, 146
"""The primary button holds the widest of its words; large text takes the room of the other one."""
ANOTHER = "Another patient's session runs at this bed now: nothing can be entered here. Close this panel."
NOBODY = "Nobody is bound to this bed: confirm the patient first (Ctrl+D)."
UNSURE = "Confirm the patient first."
NOT_TAKEN = "Not recorded yet: read the message at the top of the window, then try again."


class DayForm(SideDialog):
    """A form of one bed's day. What it shows comes from the newest picture, what it sends goes to the desk.

    Attributes:
        key: Of `bed_actions.OPENERS`.
        title: Its heading, before the bed's name.
        bed: Key of its bed.
    """

    key = ""
    title = ""
    reaches_down = True

    def __init__(
        self, view: StationView, desk: CareDesk, bed: BedSnapshot, parent: QWidget | None = None
    ) -> None:
        super().__init__(f"{self.title} · {bed.name}", parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.setObjectName(f"day_{self.key}")
        self.view, self.desk = view, desk
        self.bed, self.session = bed.bed, bed.session
        self.care: CareSnapshot | None = bed.care
        self.blocked = ""
        self._allowed = False
        self._sent: tuple[tuple[Deed, ...], int, float] | None = None
        self._then: Callable[[], None] = self._nothing
        self.heading.setWordWrap(True)
        self._who = label_with_look("heading")
        self._who.setObjectName(f"{self.key}_who")
        self._said = label_with_look("trouble")
        self._said.setObjectName(f"{self.key}_said")
        self.body.addWidget(self._who)
        wish = theme.current().size(WISH_PX)
        self.body.addItem(QSpacerItem(wish, 0, QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed))
        self.build()
        self.foot.addWidget(self._said)
        self._said.hide()
        self.practice_button = button(day_practice.BUTTON, self._practise)
        self.practice_button.setObjectName(f"{self.key}_practice")
        self.practice_button.setToolTip(day_practice.TIP)
        self.practice_button.hide()
        self.foot.addWidget(self.practice_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.primary = button("&OK", self.enter, primary=True)
        self.primary.setMinimumWidth(
            min(theme.current().size(PRIMARY_PX), MOST_PX)
        )  # for the widest of its words
        self.primary.setObjectName(f"{self.key}_primary")
        self.close_button = button("Cl&ose", self.reject, "Close; what is typed stays")
        self.close_button.setObjectName(f"{self.key}_close")
        self.close_button.setToolTip("What is typed stays here until the session ends")
        more = self.more_buttons()
        if theme.current().text_scale > SIDE_BY_SIDE_UP_TO:  # beneath each other, as there is no room beside
            for each in more:
                self.add_buttons(each)
            more = ()
            self.close_button.setMinimumWidth(CLOSE_PX)
        self.add_buttons(*more, self.primary, self.close_button)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        bridge = parent.window().findChild(Bridge) if parent is not None else None
        if bridge is not None:
            bridge.answered.connect(self._hear)

    # For each form to say

    def build(self) -> None:
        """Make what stands in the body."""

    def more_buttons(self) -> tuple[QPushButton, ...]:
        """Those beside the primary one."""
        return ()

    def show_care(self, care: CareSnapshot) -> None:
        """Show this moment, and judge what is typed against it."""

    def enter(self) -> None:
        """Enter was pressed: do it, or go to what is missing."""

    def begin_at(self) -> None:
        """Where the keyboard begins; by default where Qt has it."""

    practised_in: frozenset[State] = frozenset()
    """States of the day in which there is something to fill in for practice."""

    def practise(self, bed: SimulatedBed) -> None:
        """Write what a made-up patient says. At a simulated bed alone, by the type of what is given."""

    # What all of them do

    @staticmethod
    def _nothing() -> None:
        return

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self.look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, also where the button that goes on waits for something: to what it waits for."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        if self.focusWidget() is self.practice_button:  # pressed by its own key: Enter goes on
            self.enter()
            return
        here = self.focusWidget()
        if isinstance(here, QPushButton) and not here.isCheckable() and here is not self.primary:
            here.click()
        else:
            self.enter()

    @Slot()
    def look(self) -> None:
        """Take the newest picture. Four times a second, and with each key."""
        self.blocked = self._take_picture()
        who = self.care.session.patient if self.care is not None else None
        _say(self._who, " · ".join(identifiers(who)) if who is not None else "")
        self._allowed = not self.blocked
        if self.blocked:
            self.say(self.blocked)
        elif self._sent is not None:
            self._look_for_answer()
        if not self.blocked and self.care is not None:
            self.show_care(self.care)
        self.show_practice(self._bed_now())
        self._show_allowed()

    def _bed_now(self) -> BedSnapshot | None:
        return next((each for each in self.view.snapshot().beds if each.bed == self.bed), None)

    def show_practice(self, bed: BedSnapshot | None) -> None:
        """Only a simulated bed offers a made-up patient."""
        can = self.care is not None and self.care.summary.state in self.practised_in
        self.practice_button.setVisible(can and not self.blocked and day_practice.simulated(bed) is not None)

    @Slot()
    def _practise(self) -> None:
        bed = day_practice.simulated(self._bed_now())  # looked at anew: it may be another's by now
        if bed is not None and not self.blocked and not self.waiting:
            self.practise(bed)

    def offer_names(self, findings: FindingRows, care: CareSnapshot) -> None:
        """Whom the nurse may ask to let something pass."""
        findings.offer(prescribers(care.session, self.desk.who), self.desk.who)

    def allow(self, allowed: bool) -> None:
        """Whether the primary button may be pressed; Enter goes to what is missing where it may not."""
        self._allowed = allowed

    def _show_allowed(self) -> None:
        allowed = self._allowed and not self.waiting
        if not allowed and self.focusWidget() is self.primary:
            self.setFocus()  # else it would go on to another button, which the next Enter would press
        self.primary.setEnabled(allowed)

    def _take_picture(self) -> str:
        """The newest picture of this form's own session; why nothing can be entered now, or empty."""
        room = self.view.snapshot()
        if self.view.clock.now() - room.at > STOPPED_AFTER_S:
            return texts.STOPPED
        bed = next((each for each in room.beds if each.bed == self.bed), None)
        if bed is None or bed.session != self.session:
            self.care = None
            return ANOTHER
        self.care = bed.care
        if bed.care is None:
            return NOBODY
        if bed.care.unconfirmed:
            return f"{bed.care.unconfirmed} {UNSURE}"
        return ""

    def say(self, sentence: str) -> None:
        """What stands against it, above the buttons; empty: nothing."""
        _say(self._said, sentence)

    # What is sent

    @property
    def waiting(self) -> bool:
        """Whether something was sent of which nothing is known yet."""
        return self._sent is not None

    def send(
        self, *done: Deed, overrides: tuple[Override, ...] = (), then: Callable[[], None] | None = None
    ) -> None:
        """Enter deeds; once all of them stand in the record, go on with `then`."""
        if self.blocked or self.care is None or not done:
            return
        last = self.care.entries[-1].number if self.care.entries else 0
        self._sent = (done, last, self.view.clock.now())
        self._then = then or self._nothing
        self.say("")
        self.desk.send(self.bed, *done, overrides=overrides)
        self.look()

    def _look_for_answer(self) -> None:
        assert self._sent is not None
        done, last, at = self._sent
        entries = [entry.deed for entry in self.care.entries if entry.number > last] if self.care else []
        if all(deed in entries for deed in done):
            self._sent = None
            then, self._then = self._then, self._nothing
            then()
        elif self.view.clock.now() - at > ANSWER_S:
            self._sent = None
            self.say(NOT_TAKEN)

    @Slot(object)
    def _hear(self, answer: Answer) -> None:
        """A refusal stands here as well as at the top of the window."""
        if self._sent is not None and answer.bed == self.bed and not answer.done:
            self._sent = None
            self.say(answer.sentence)

    def go_on(self) -> None:
        """This form is done: close it, and open the next one of the day."""
        from nurse_station.ui.dialogs.day_openers import open_next

        self.hide()
        parent = self.parentWidget()
        if parent is not None:
            open_next(self.view, self.bed, parent.window(), after=self.key)


def _say(label: QLabel, words: str) -> None:
    if label.text() != words:
        label.setText(words)
    label.setVisible(bool(words))


def add_all(layout: QLayout, *parts: QWidget) -> None:
    """Widgets, one beneath the other."""
    for part in parts:
        layout.addWidget(part)


def show_all(seen: bool, *parts: QWidget) -> None:
    """Show or hide them together."""
    for part in parts:
        part.setVisible(seen)
