"""What the station says to a Capnostream so that it sends values and the CO2 wave. Read-only."""

from nurse_station.devices.capnostream.decoder import CapnostreamDecoder
from nurse_station.devices.capnostream.requests import DISABLE, ENABLE, LINK_IS_ACTIVE, START, STOP
from nurse_station.devices.contract import Decoder

ASK_AGAIN_S = 2.5
"""So long without values or without the wave, and since the last request (mdpnp asks every 3 s). Values
come every second: asked so soon, a monitor that was switched on again is back within 5 s."""
LINK_IS_ACTIVE_EVERY_S = 5.0


class CapnostreamConversation:
    """Enables, starts, keeps the link alive, and does it again when values or wave fall silent.

    By the book the monitor answers to "enable" with its identity, and is then told to start. Both are
    sent at once, for a monitor that was enabled before may not answer; when the identity comes and
    nothing follows, "start" is said once more.
    """

    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder
        self._asked = self._alive = 0.0
        self._started = False

    def opened(self, now: float) -> bytes:
        """See `devices.contract.Conversation.opened`."""
        self._alive = now
        return self._ask(now)

    def tick(self, now: float, last_frame_at: float | None) -> bytes:
        """See `devices.contract.Conversation.tick`."""
        words = b""
        if now - max(self._heard(last_frame_at), self._asked) >= ASK_AGAIN_S:
            words += self._ask(now)
        elif self._identified():
            self._started = True
            words += START
        if now - self._alive >= LINK_IS_ACTIVE_EVERY_S:
            self._alive = now
            words += LINK_IS_ACTIVE
        return words

    def closing(self) -> bytes:
        """See `devices.contract.Conversation.closing`."""
        return STOP + DISABLE

    def _ask(self, now: float) -> bytes:
        self._asked = now
        self._started = False
        return ENABLE + START

    def _heard(self, last_frame_at: float | None) -> float:
        """When values and wave were both last heard; -inf: one of them was not."""
        if not isinstance(self._decoder, CapnostreamDecoder):
            return float("-inf") if last_frame_at is None else last_frame_at
        times = (self._decoder.numerics_at, self._decoder.wave_at)
        return min(float("-inf") if at is None else at for at in times)

    def _identified(self) -> bool:
        """The monitor answered to "enable" and has not sent anything since."""
        heard = self._decoder
        if self._started or not isinstance(heard, CapnostreamDecoder) or heard.identified_at is None:
            return False
        newest = max(heard.numerics_at or 0.0, heard.wave_at or 0.0)
        return self._asked <= heard.identified_at and newest < heard.identified_at
