"""A recognition as a screen may watch it: in a thread of its own, told in pictures, stopped at any time."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace

from nurse_station.devices.advice import advice
from nurse_station.devices.contract import Driver
from nurse_station.devices.identify import Attempt, Heard, Hearing
from nurse_station.links.link import LinkError
from nurse_station.station.identifying import LISTENS_S, listen_in, plan_for
from nurse_station.station.view import Recognised, RecognitionSnapshot, RecognitionState
from nurse_station.vitals.clock import Clock

RAW_SHOWN = 128
FAULT = "The program met a fault of its own; choose the monitor by hand."
IN_USE = "{port} is in use by {bed}: a patient's line is never tried."


class PortRecognition:
    """Finds out which monitor speaks on one port. `view.Recognition` for a screen."""

    def __init__(
        self,
        port: str,
        drivers: Mapping[str, Driver],
        clock: Clock,
        holder: Callable[[], str],
        seconds: float = LISTENS_S,
    ) -> None:
        """Store what to try.

        Args:
            port: A path or a URL.
            drivers: Key -> family.
            clock: The time.
            holder: Name of the bed that holds the port now; empty: none. Asked again and again.
            seconds: How long to listen at each setting.
        """
        self._port, self._drivers, self._clock = port, drivers, clock
        self._holder, self._seconds = holder, seconds
        self._heard: list[Heard] = []
        self._plan = plan_for(port, drivers)
        self._picture = RecognitionSnapshot(port=port, steps=len(self._plan))
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"recognition of {port}", daemon=True)

    def start(self) -> None:
        """Begin; once."""
        self._thread.start()

    def picture(self) -> RecognitionSnapshot:
        """See `view.Recognition.picture`."""
        return self._picture

    def stop(self) -> None:
        """See `view.Recognition.stop`."""
        self._stopping.set()

    def join(self) -> None:
        """Wait until the port is free again: after `stop`, within a second on a serial port."""
        self._thread.join()

    @property
    def running(self) -> bool:
        """Whether it may still hold the port."""
        return self._thread.is_alive()

    def _run(self) -> None:
        try:
            for number, attempt in enumerate(self._plan, 1):
                if self._must_end():
                    return
                self._try(number, attempt)
                if self._heard[-1].sure:
                    break
            if not self._must_end():
                self._conclude()
        except LinkError as error:
            self._end(RecognitionState.FAILED, str(error))
        finally:
            if self._picture.state is RecognitionState.RUNNING:
                self._end(RecognitionState.FAILED, FAULT)

    def _must_end(self) -> bool:
        bed = self._holder()
        if bed:
            self._end(RecognitionState.FAILED, IN_USE.format(port=self._port, bed=bed))
        elif self._stopping.is_set():
            self._end(RecognitionState.STOPPED)
        return self._picture.state is not RecognitionState.RUNNING

    def _try(self, number: int, attempt: Attempt) -> None:
        doing = self._words(attempt)
        self._picture = replace(self._picture, step=number, doing=doing, bytes_heard=0, raw=b"")
        heard = listen_in(self._port, attempt, self._seconds, self._drivers, self._clock, self._heed)
        self._heard.append(heard)
        self._show(heard.data)
        count = f"{len(heard.data)} bytes" if heard.data else "nothing"
        self._picture = replace(self._picture, tried=(*self._picture.tried, f"{doing}: {count}"))

    def _heed(self, hearing: Hearing) -> bool:
        self._show(hearing.data)
        return not (self._stopping.is_set() or self._holder())

    def _show(self, data: bytes) -> None:
        if len(data) != self._picture.bytes_heard:
            self._picture = replace(self._picture, bytes_heard=len(data), raw=data[-RAW_SHOWN:])

    def _words(self, attempt: Attempt) -> str:
        line = str(attempt.line) if attempt.line else "the server's own settings"
        return (
            f"asking as {self._drivers[attempt.ask].name} at {line}"
            if attempt.ask
            else f"listening at {line}"
        )

    def _conclude(self) -> None:
        last = self._heard[-1]
        if len(last.sure) != 1:
            self._end(RecognitionState.NOT_FOUND, *advice(self._drivers, self._heard))
            return
        driver, line = self._drivers[last.sure[0].family], last.attempt.line
        usual = line is None or line == driver.line
        found = Recognised(
            family=driver.key,
            name=driver.name,
            line=str(line) if line else "the server's own settings",
            baud_rate=None if usual or line is None else line.baud_rate,
        )
        self._picture = replace(self._picture, state=RecognitionState.FOUND, found=found)

    def _end(self, state: RecognitionState, *advice: str) -> None:
        self._picture = replace(self._picture, state=state, advice=advice)
