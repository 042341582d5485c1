"""Refuses the one pair of Qt and Python that is known to fail; starts nothing."""

import sys

import PySide6

ADVICE = (
    "PySide6 6.12 stops within seconds on Python before 3.12. "
    "Install PySide6-Essentials below 6.12, or use Python 3.12 or newer."
)


def unsuitable(pyside: tuple[int, int], python: tuple[int, int]) -> bool:
    """Whether this Qt must not be used with this Python: 6.12 drops references to None before 3.12."""
    return pyside == (6, 12) and python < (3, 12)


def unsuitable_qt() -> str | None:
    """Why the Qt that is installed must not be used with this Python; None: it may."""
    major, minor = PySide6.__version__.split(".")[:2]
    return ADVICE if unsuitable((int(major), int(minor)), sys.version_info[:2]) else None
