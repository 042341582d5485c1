"""What the patient says and does, what the room brings, hints and refusals: newest first, as text.

A screen reader is told each sentence. What of it is spoken without one, `speaking` decides.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from nurse_station.ui.dialogs.side import label_with_look
from nurse_station.ui.models import words
from nurse_station.ui.models.practice import Kind, Said
from nurse_station.ui.theme import current, set_look

KEPT = 40
SILENT = "Nobody has said anything yet."
HEADS = {
    Kind.PATIENT: "Patient",
    Kind.ROOM: "At the bed",
    Kind.SOUND: "Sound",
    Kind.HINT: "HINT",
    Kind.REFUSED: "Not done",
    Kind.LESSON: "Lesson",
}
LOOKS = {
    Kind.PATIENT: "heading",
    Kind.ROOM: "heading",
    Kind.SOUND: "dim",
    Kind.HINT: "",
    Kind.REFUSED: "doubtful",
    Kind.LESSON: "heading",
}


class SaidView(QFrame):
    """One thing that was said or seen."""

    def __init__(self, said: Said, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, "question" if said.kind is Kind.HINT else "prompt")
        self.said = said
        head = words.joined(words.minutes(said.at), HEADS[said.kind])
        self.setAccessibleName(f"{head}: {said.sentence}")
        size = current().size
        column = QVBoxLayout(self)
        column.setContentsMargins(size(8), size(4), size(6), size(5))
        column.setSpacing(size(1))
        column.addWidget(label_with_look("small", head))
        for look, text in ((LOOKS[said.kind], said.words), ("dim" if said.words else "", said.seen)):
            if text:
                label = label_with_look(look, text)
                label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
                column.addWidget(label)


class VoiceStrip(QScrollArea):
    """Grows at its top; after a rewinding it begins anew."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("What is said and seen at the bed")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._shown: tuple[Said, ...] = ()
        self._views: list[SaidView] = []
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, current().size(4), 0)
        self._column.setSpacing(current().size(4))
        self._none = label_with_look("dim", SILENT)
        self._column.addWidget(self._none)
        self._column.addStretch(1)
        self.setWidget(inside)

    @property
    def shown(self) -> tuple[Said, ...]:
        """What stands there, newest first."""
        return tuple(view.said for view in self._views)

    def show_said(self, said: Sequence[Said]) -> int:
        """All that was heard, oldest first. Returns how much of it is new."""
        now, before = tuple(said), self._shown
        if now == before:
            return 0
        self._shown = now
        if now[: len(before)] != before:
            self.forget()
            before = ()
        for each in now[len(before) :]:
            self._add(each)
        return len(now) - len(before)

    def say(self, said: Said) -> None:
        """Something that the lesson's log does not have."""
        if not any(view.said.words.endswith(said.words) and abs(view.said.at - said.at) <= 2  # noqa: PLR2004
                   for view in self._views):  # fmt: skip
            self._add(said)

    def forget(self) -> None:
        """What was said before belongs to another past."""
        for view in self._views:
            self._column.removeWidget(view)
            view.hide()
            view.deleteLater()
        self._views.clear()
        self._none.show()

    def _add(self, said: Said) -> None:
        view = SaidView(said)
        self._none.hide()
        self._views.insert(0, view)
        self._column.insertWidget(0, view)
        self.verticalScrollBar().setValue(0)
        if len(self._views) > KEPT:
            last = self._views.pop()
            self._column.removeWidget(last)
            last.deleteLater()
        self._announce(said.sentence)

    def _announce(self, sentence: str) -> None:
        event = QAccessibleAnnouncementEvent(self, sentence)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)
