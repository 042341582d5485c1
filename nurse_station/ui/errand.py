"""Work that takes longer than a frame, in a thread of its own. Touches no widget from there."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from PySide6.QtCore import QObject, QTimer, Signal

LOOK_MS = 20
FAULT = "The program met a fault of its own there; the log file has it."


class Errand(QObject):
    """Runs `work` once. Whoever asked hears of it in their own thread, unless they are gone by then.

    Signals:
        done: What `work` gave back.
        failed: Why it gave nothing, one sentence.
    """

    done = Signal(object)
    failed = Signal(str)

    def __init__(
        self, work: Callable[[], object], expected: tuple[type[Exception], ...], parent: QObject
    ) -> None:
        """`expected`: errors whose text is a sentence for a person; any other is a fault of the program."""
        super().__init__(parent)
        self._expected = expected
        pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="errand")
        self._future: Future[object] = pool.submit(work)
        pool.shutdown(wait=False)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @property
    def running(self) -> bool:
        """Whether nothing was told yet."""
        return self._timer.isActive()

    def forget(self) -> None:
        """Nobody wants to hear of it any more; the work itself goes to its end."""
        self._timer.stop()

    def look(self) -> None:
        """Tell what became of it, once."""
        if not self._future.done() or not self.running:
            return
        self._timer.stop()
        error = self._future.exception()
        if error is None:
            self.done.emit(self._future.result())
        elif isinstance(error, self._expected):
            self.failed.emit(str(error))
        else:
            self.failed.emit(FAULT)
            raise error
