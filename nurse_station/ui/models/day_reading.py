"""The record's days, read beside the screen's thread. Waits for nothing; what failed is a sentence; no Qt."""

from concurrent.futures import Future, ThreadPoolExecutor

from nurse_station.station.view import PatientDay, StationView


class DaysReading:
    """One reading of all days."""

    def __init__(self, view: StationView) -> None:
        worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="days")
        self._future: Future[tuple[PatientDay, ...]] = worker.submit(view.days)
        worker.shutdown(wait=False)

    @property
    def done(self) -> bool:
        return self._future.done()

    @property
    def days(self) -> tuple[PatientDay, ...]:
        """What was found; empty until it is done, and where the record could not be read."""
        return self._future.result() if self.done and self._future.exception() is None else ()

    @property
    def trouble(self) -> str:
        """Why nothing could be read; empty: it could, or it still goes on."""
        fault = self._future.exception() if self.done else None
        return f"The record could not be read: {fault}" if fault is not None else ""
