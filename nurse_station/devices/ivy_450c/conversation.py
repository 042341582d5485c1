"""What the station says to an Ivy 450C: nothing. It sends by itself, and has nothing to be asked."""

from nurse_station.devices.contract import Decoder


class Ivy450cConversation:
    """Conversation of `devices.contract.Conversation`: listens."""

    def __init__(self, decoder: Decoder) -> None:
        """Take the decoder as the contract has it; nothing is looked up in it."""

    def opened(self, now: float) -> bytes:
        """See `devices.contract.Conversation.opened`."""
        return b""

    def tick(self, now: float, last_frame_at: float | None) -> bytes:
        """See `devices.contract.Conversation.tick`."""
        return b""

    def closing(self) -> bytes:
        """See `devices.contract.Conversation.closing`."""
        return b""
