"""Moments that can be gone back to. Sets them at once; goes back only when somebody has agreed elsewhere."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from nurse_station.classroom.view import Bookmark, LessonSnapshot, SetBookmark
from nurse_station.ui.models.instructor import LIVE, bookmark_words
from nurse_station.ui.practice.instructor_parts import push, scrolling
from nurse_station.ui.theme import current
from nurse_station.ui.widgets.labels import ElidedLabel

LONGEST = 80


class BookmarkLine(QWidget):
    """One moment, with its button.

    Signals:
        rewind_asked: Its Bookmark.
    """

    rewind_asked = Signal(object)

    def __init__(self, bookmark: Bookmark) -> None:
        super().__init__()
        words = bookmark_words(bookmark)
        self.words = ElidedLabel("", words)
        self.rewind = push("Rewind…", lambda: self.rewind_asked.emit(bookmark), "Go back to this moment")
        self.rewind.setAccessibleName(f"Rewind to {words}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.words, 1)
        row.addWidget(self.rewind)


class BookmarkPanel(QWidget):
    """The newest first.

    Signals:
        wished: SetBookmark.
        rewind_asked: A Bookmark to go back to.
    """

    wished = Signal(object)
    rewind_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._bookmarks: tuple[Bookmark, ...] = ()
        self.lines: list[BookmarkLine] = []
        self.field = QLineEdit()
        self.field.setMaxLength(LONGEST)
        self.field.setPlaceholderText("Words for the bookmark, if you like")
        self.field.setAccessibleName("Words for the bookmark")
        self.field.returnPressed.connect(self.set_bookmark)
        self.set_button = push("Bookmark  Ctrl+B", self.set_bookmark, "Remember this moment")
        size = current().size
        head = QHBoxLayout()
        head.addWidget(self.field, 1)
        head.addWidget(self.set_button)
        inside = QWidget()
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(0, 0, size(6), 0)
        self._rows.setSpacing(size(4))
        self._rows.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, size(6), 0, 0)
        column.setSpacing(size(6))
        column.addLayout(head)
        column.addWidget(scrolling(inside, "Bookmarks"), 1)

    def set_bookmark(self) -> None:
        """Remember this very moment, with the words that are in the field."""
        words = " ".join(self.field.text().split())
        self.field.clear()
        self.wished.emit(SetBookmark(words=words))

    def show_lesson(self, lesson: LessonSnapshot) -> None:
        """The bookmarks that there are."""
        if lesson.bookmarks != self._bookmarks:
            self._bookmarks = lesson.bookmarks
            self._make_lines()
        live = lesson.stage in LIVE
        for line in self.lines:
            line.rewind.setEnabled(live)
        self.set_button.setEnabled(live)
        self.field.setEnabled(live)

    def _make_lines(self) -> None:
        for line in self.lines:
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [BookmarkLine(bookmark) for bookmark in reversed(self._bookmarks)]
        for place, line in enumerate(self.lines):
            line.rewind_asked.connect(self.rewind_asked)
            self._rows.insertWidget(place, line)
