"""Whether there is a screen to show a window on. It is asked first: imports Python's own only."""

import os
import sys


def has_screen() -> bool:
    """Whether a window can be shown. Systems other than Linux always have a screen."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
