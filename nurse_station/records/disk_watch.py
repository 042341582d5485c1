"""How long the disk will last at the rate at which the record has grown. Asks the disk, writes nothing."""

import shutil
from collections import deque
from pathlib import Path

MEASURED_S = 60.0
WINDOW = 600


class DiskWatch:
    """Follows the record's growth over its last ten minutes of writing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sizes: deque[tuple[float, int]] = deque(maxlen=WINDOW)

    def grown(self, now: float, size: int) -> None:
        """The record was written at monotonic second `now` and holds `size` bytes since."""
        self._sizes.append((now, size))

    def hours_left(self) -> float | None:
        """Hours until the disk is full; None: less than a minute was measured, or the disk is gone."""
        if not self._sizes:
            return None
        (start, before), (end, after) = self._sizes[0], self._sizes[-1]
        free = self.free()
        if end - start < MEASURED_S or after <= before or free is None:
            return None
        return free / (after - before) * (end - start) / 3600

    def free(self) -> int | None:
        """Bytes that are free; None: the disk is gone."""
        try:
            return shutil.disk_usage(self._folder).free
        except OSError:
            return None
