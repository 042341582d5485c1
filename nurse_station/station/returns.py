"""When a line may come from another patient: plugged in again, or silent for long. Decides; tells nobody."""

from nurse_station.station.line import MonitorLine
from nurse_station.station.snapshots import LineState

MOVED_S = 30.0
"""In a longer silence a cable can have been moved to another patient's monitor: a default."""


class Returns:
    """What is known of the comings and goings of a bed's lines."""

    def __init__(self) -> None:
        self._silent: dict[str, float] = {}
        self._returns: dict[str, int] = {}

    def forget(self, source: str) -> None:
        """The line was taken away on purpose."""
        self._silent.pop(source, None)
        self._returns.pop(source, None)

    def changed(self, line: MonitorLine, now: float) -> str:
        """Whether the line fell "silent" or came "back" since the last call; empty: neither."""
        source, silent = line.driver.key, line.state(now) in (LineState.SILENT, LineState.LOST)
        if silent == (source in self._silent):
            return ""
        if silent:
            self._silent[source] = now
            return "silent"
        del self._silent[source]
        return "back"

    def doubt(self, line: MonitorLine, now: float) -> str:
        """Why what a line brings at monotonic second `now` may be of another patient; empty: it is not."""
        source, name = line.driver.key, f"{line.driver.name} on {line.port}"
        if line.reconnections != self._returns.get(source, 0):
            self._returns[source] = line.reconnections
            return f"{name} was plugged in again"
        silent_s = now - self._silent.get(source, now)
        return f"{name} was silent for {silent_s:.0f} s" if silent_s > MOVED_S else ""
