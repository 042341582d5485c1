"""What the station says to a Nellcor monitor: "go on" when it fell silent, and nothing else. Read-only."""

from nurse_station.devices.contract import Decoder
from nurse_station.devices.nellcor_ascii.lines import XON

SILENT_S = 6.0
"""Three lines that did not come: an XOFF may have reached the monitor from the line's noise."""
GO_ON = bytes((XON,))


class NellcorConversation:
    """Listens; sends XON, the line's own flow control, to a monitor that fell silent."""

    def __init__(self, decoder: Decoder) -> None:
        """Needs nothing of what was heard."""
        self._said_at = 0.0

    def opened(self, now: float) -> bytes:
        """See `devices.contract.Conversation.opened`."""
        self._said_at = now
        return b""

    def tick(self, now: float, last_frame_at: float | None) -> bytes:
        """See `devices.contract.Conversation.tick`."""
        if now - max(last_frame_at or 0.0, self._said_at) < SILENT_S:
            return b""
        self._said_at = now
        return GO_ON

    def closing(self) -> bytes:
        """See `devices.contract.Conversation.closing`. The monitor prints whether or not anyone listens."""
        return b""
