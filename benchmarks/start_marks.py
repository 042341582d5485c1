"""The station's start with marks in it: prints when each step was done, in ms of wall and of processor time.

`python -m benchmarks.start_marks SECOND WORD...`: the monotonic second at which it was asked for, and the
words of the command line. Wraps what it watches as that is loaded: the order of loading is the program's own.
"""

import json
import os
import sys
from collections.abc import Callable
from functools import partial, wraps
from time import monotonic, process_time
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

LONGEST_MS = 20_000
STEPS = ("interpreter", "first paint", "station loaded", "station opened", "window loaded", "window made",
         "room painted", "numbers", "waves")  # fmt: skip
"""In the order in which they are done, but for the last two."""


class Marks:
    """The steps that were done, and what waits for them."""

    def __init__(self, begin: float) -> None:
        self._begin = begin
        self.done: dict[str, tuple[float, float]] = {}

    def mark(self, step: str) -> None:
        """The step is done; only its first time counts. After the last one the program ends."""
        from PySide6.QtWidgets import QApplication

        self.done.setdefault(step, ((monotonic() - self._begin) * 1e3, process_time() * 1e3))
        if len(self.done) == len(STEPS):
            QApplication.exit(0)

    def after(self, module: Any, name: str, step: str, then: Callable[[], None] = lambda: None) -> None:
        """Mark `step` when that function of the module has returned, then prepare what comes next."""
        function = getattr(module, name)

        @wraps(function)
        def marked(*given: Any, **named: Any) -> Any:
            returned = function(*given, **named)
            self.mark(step)
            then()
            return returned

        setattr(module, name, marked)


def watch(marks: Marks) -> None:
    """Wrap the first thing that is loaded; each wraps what comes after it."""
    from nurse_station.ui import starting

    marks.after(starting, "show_start", "first paint", partial(_watch_station, marks))


def _watch_station(marks: Marks) -> None:
    from nurse_station.commands import run_station

    marks.mark("station loaded")
    marks.after(run_station, "_opened_station", "station opened")
    run_window = run_station._run_window

    def watched(*given: Any) -> int:
        _watch_window(marks)
        return run_window(*given)

    run_station._run_window = watched  # type: ignore[assignment]


def _watch_window(marks: Marks) -> None:
    from nurse_station.ui import window

    marks.mark("window loaded")
    marks.after(window.MainWindow, "__init__", "window made")
    show = window._show

    def watched(shown: window.MainWindow, *, fullscreen: bool) -> None:
        shown.show_watch = _Watch(marks, shown)  # type: ignore[attr-defined]  # lives as long as the window
        show(shown, fullscreen=fullscreen)

    window._show = watched  # type: ignore[assignment]


class _Watch:
    """Looks, frame by frame, at what the room's window has painted."""

    def __init__(self, marks: Marks, window: Any) -> None:
        from PySide6.QtCore import QEvent, QObject, QTimer
        from PySide6.QtWidgets import QApplication

        class Paints(QObject):
            def eventFilter(self, watched: QObject, event: QEvent) -> bool:
                if event.type() == QEvent.Type.Paint and "room painted" not in marks.done:
                    QTimer.singleShot(0, self, partial(marks.mark, "room painted"))
                return False

        self._marks, self._window = marks, window
        self._numbers = False
        self._paints = Paints()
        window.installEventFilter(self._paints)
        window.bridge.ticked.connect(self._look)
        QTimer.singleShot(LONGEST_MS, window, partial(QApplication.exit, 1))

    def _look(self, now: float) -> None:
        """A frame was begun: what was asked for in the one before is painted by now."""
        if "room painted" not in self._marks.done:
            return
        if self._numbers:
            self._marks.mark("numbers")
        self._numbers = all(bed.numerics for bed in self._window._room.beds)
        if self._waves():
            self._marks.mark("waves")

    def _waves(self) -> bool:
        """Whether a sample of the shown bed lies left of the cursor."""
        from nurse_station.ui.widgets.sweep import SweepWidget

        sweep = self._window.room_view.bed_view.findChild(SweepWidget)
        if sweep is None or sweep._now is None:
            return False
        drawn = sweep._now - sweep.delay_s
        return any(len(trace._times) and trace._times[0] < drawn for trace in sweep._traces)


def main(argv: list[str]) -> int:
    marks = Marks(float(argv[0]))
    marks.done["interpreter"] = ((monotonic() - float(argv[0])) * 1e3, process_time() * 1e3)
    watch(marks)
    from nurse_station.app import main as run

    code = run(argv[1:])
    print(json.dumps(marks.done))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
