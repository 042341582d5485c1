"""What the station says to a Masimo monitor: nothing. It speaks by itself and listens to nobody."""

from nurse_station.devices.contract import Decoder


class MasimoConversation:
    """Silence. The station could not make the monitor speak, and does not try."""

    def __init__(self, decoder: Decoder) -> None:
        """`decoder` is not asked anything."""

    def opened(self, now: float) -> bytes:
        """See `devices.contract.Conversation.opened`."""
        return b""

    def tick(self, now: float, last_frame_at: float | None) -> bytes:
        """See `devices.contract.Conversation.tick`."""
        return b""

    def closing(self) -> bytes:
        """See `devices.contract.Conversation.closing`."""
        return b""
