"""Which of the station's channels a pressure, a temperature or a lead takes. First come, first kept."""


class Channels:
    """Gives each source a channel of its own, the one it prefers if that is free, else the first that is.

    A channel never changes its source: two sources on one channel would be one false wave.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._taken: dict[object, int] = {}

    def of(self, source: object, preferred: int) -> int | None:
        """The source's channel, from 1; None: all are taken by others."""
        if source not in self._taken:
            free = sorted(set(range(1, self._count + 1)) - set(self._taken.values()))
            if not free:
                return None
            self._taken[source] = preferred if preferred in free else free[0]
        return self._taken[source]
