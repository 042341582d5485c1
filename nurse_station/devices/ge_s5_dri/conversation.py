"""What the station says to an S/5 monitor so that it sends values and waves. Read-only."""

from nurse_station.devices.contract import Decoder
from nurse_station.devices.ge_s5_dri import layout
from nurse_station.devices.ge_s5_dri.decoder import GeS5Decoder
from nurse_station.devices.ge_s5_dri.requests import ONCE, ask_values, ask_waves

# 425 samples a second, of the 600 that the line holds beside the values. More waves make some
# monitors stop all of them after some forty minutes (field notes on the B105M).
WAVES = ("ecg1", "pleth", "co2")
ASK_AGAIN_S = 5.0
"""The monitor wants at least so long between two requests to send once."""
VALUES_SILENT_S = 6.0
"""Longer than the documented minimum of 5 s between two records of a monitor that keeps to it."""
EVERY_SECOND_SILENT_S = 3.5
"""Where values came every second: asked so soon, a monitor that was restarted is back within 5 s."""
AT_MOST_APART_S = 1.5
"""Values so close together come every second."""
WAVES_SILENT_S = 3.5
"""Waves come several times a second, whatever the sensors do."""
EVERY_SECOND = 1
BY_THE_BOOK = 5
"""The interface's documented minimum, for monitors that do not give values every second."""
TRIES_AT_ONE_SECOND = 2
BY_THE_BOOK_AGAIN = 5
"""Even where values came every second, each fifth try is by the book: it may be another monitor."""


class GeS5Conversation:
    """Asks for displayed values and waves, and again for whichever falls silent."""

    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder
        self._values_asked = self._waves_asked = 0.0
        self._tries = 0
        self._cuff_time_asked = False
        self._values_at: float | None = None
        self._asked_every = EVERY_SECOND
        self._every_second = self._can_every_second = False

    def opened(self, now: float) -> bytes:
        """See `devices.contract.Conversation.opened`."""
        self._tries = 0
        self._cuff_time_asked = False
        self._waves_asked = now
        return self._ask_values(now) + ask_waves(WAVES)

    def tick(self, now: float, last_frame_at: float | None) -> bytes:
        """See `devices.contract.Conversation.tick`."""
        heard = self._decoder if isinstance(self._decoder, GeS5Decoder) else None
        values_at = heard.displayed_at if heard else last_frame_at
        waves_at = heard.wave_at if heard else last_frame_at
        self._learn(values_at)
        question = self._ask_cuff_time(now) if values_at is not None else b""
        silent_s = EVERY_SECOND_SILENT_S if self._every_second else VALUES_SILENT_S
        if now - max(values_at or 0.0, self._values_asked) >= silent_s or self._is_slowed(now):
            question += self._ask_values(now)
        if now - max(waves_at or 0.0, self._waves_asked) >= WAVES_SILENT_S:
            question += ask_waves(WAVES)
            self._waves_asked = now
        return question

    def closing(self) -> bytes:
        """See `devices.contract.Conversation.closing`."""
        return ask_values(0) + ask_waves(())

    def _learn(self, values_at: float | None) -> None:
        """How often values come; what was learned outlasts a restart of the monitor."""
        if values_at is None or values_at == self._values_at:
            return
        self._tries = 0
        if self._values_at is not None:
            self._every_second = values_at - self._values_at <= AT_MOST_APART_S
            self._can_every_second |= self._every_second
        self._values_at = values_at

    def _is_slowed(self, now: float) -> bool:
        """A monitor that can send every second came back on a request by the book. Asked for once."""
        slowed = self._can_every_second and self._asked_every == BY_THE_BOOK and not self._tries
        if slowed and now - self._values_asked >= ASK_AGAIN_S:
            self._can_every_second = False
            return True
        return False

    def _ask_cuff_time(self, now: float) -> bytes:
        """Once: when the cuff last measured. Papers disagree on whether monitors answer."""
        if self._cuff_time_asked or now - self._values_asked < ASK_AGAIN_S:
            return b""
        self._cuff_time_asked = True
        return ask_values(ONCE, kind=layout.AUX_INFO)

    def _ask_values(self, now: float) -> bytes:
        self._values_asked = now
        self._tries += 1
        soon = self._tries <= TRIES_AT_ONE_SECOND or (
            self._can_every_second and self._tries % BY_THE_BOOK_AGAIN
        )
        self._asked_every = EVERY_SECOND if soon else BY_THE_BOOK
        return ask_values(self._asked_every)
