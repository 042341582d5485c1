"""What the window's process does besides showing: ends politely when told to, and logs its own faults."""

import logging
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from PySide6.QtCore import QCoreApplication

log = logging.getLogger(__name__)


@contextmanager
def ended_by_signals(app: QCoreApplication) -> Iterator[None]:
    """Ctrl+C and a polite end of the process close the window, and so the lines and the record."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda *_: app.exit(0)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


@contextmanager
def faults_logged() -> Iterator[None]:
    """A fault in a slot goes into the log file."""
    before, sys.excepthook = sys.excepthook, log_fault
    try:
        yield
    finally:
        sys.excepthook = before


def log_fault(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    """A fault in a slot of the window: into the log file, and where whoever started us can see it."""
    log.error("a fault of the program", exc_info=(kind, fault, trace))
    sys.__excepthook__(kind, fault, trace)
