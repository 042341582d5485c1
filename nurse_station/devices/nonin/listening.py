"""What the station says to a Nonin oximeter: nothing. It sends by itself; every command is a setting."""

from nurse_station.devices.contract import Decoder


class Listening:
    """Conversation of `devices.contract.Conversation` that never sends a byte."""

    def __init__(self, decoder: Decoder) -> None:
        """Needs nothing of what was heard."""

    def opened(self, now: float) -> bytes:
        """See `devices.contract.Conversation.opened`."""
        return b""

    def tick(self, now: float, last_frame_at: float | None) -> bytes:
        """See `devices.contract.Conversation.tick`."""
        return b""

    def closing(self) -> bytes:
        """See `devices.contract.Conversation.closing`."""
        return b""
