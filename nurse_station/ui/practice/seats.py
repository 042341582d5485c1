"""One lesson seen from two windows: each hears what was refused of its own wishes. Decides nothing.

A lesson tells its refusals once, to whoever asks first; the trainee is not to read the instructor's.
"""

from nurse_station.classroom.view import LessonSnapshot, LessonView, Stage, Wish


class Table:
    """Where both sit: it knows who wished last, and hands refusals out."""

    def __init__(self, lesson: LessonView) -> None:
        self.lesson = lesson
        self.trainee, self.instructor = Seat(self), Seat(self)
        self._last = self.trainee

    def send(self, seat: "Seat", wish: Wish) -> None:
        """Ask for something on behalf of a seat."""
        self.deal()  # what was refused until now is not about this wish
        self._last = seat
        self.lesson.send(wish)

    def deal(self) -> None:
        """Give what was refused to whoever wished last; of the end of a lesson, to the trainee."""
        over = self.lesson.snapshot().stage is Stage.OVER
        (self.trainee if over else self._last).waiting += self.lesson.refusals()


class Seat:
    """A `LessonView` of its own for one window; closing it leaves the lesson to the other."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self.station = table.lesson.station
        self.waiting: list[str] = []

    def snapshot(self) -> LessonSnapshot:
        """See LessonView."""
        return self._table.lesson.snapshot()

    def send(self, wish: Wish) -> None:
        """See LessonView."""
        self._table.send(self, wish)

    def refusals(self) -> list[str]:
        """Sentences about wishes of this seat."""
        self._table.deal()
        waiting, self.waiting = self.waiting, []
        return waiting

    def close(self) -> None:
        """Nothing: whoever began the lesson ends it."""
