"""Nonin DF2 and DF7: bytes in; readings, pleth and conditions out, three times a second. No port."""

import numpy as np

from nurse_station.devices.contract import Event
from nurse_station.devices.nonin import layout
from nurse_station.devices.nonin.layout import Bit, PacketFormat
from nurse_station.devices.nonin.oximeter import MISSING, ToldConditions, effect_of, reading
from nurse_station.devices.nonin.packets import KEPT_OF_REFUSED, Packet, PacketSplitter, Refused
from nurse_station.vitals.readings import FrameAccepted, FrameRefused
from nurse_station.vitals.waves import WaveBlock

CONDITIONS = ("spo2_off", "spo2_no_sensor", "spo2_artefact", "spo2_out_of_track", "spo2_low_perfusion",
              "spo2_weak", "battery_low", "spo2_smartpoint")  # fmt: skip
_NO_COLOUR = Bit(0, ())


class PacketDecoder:
    """Decoder of `devices.contract.Decoder` for the formats with a pleth."""

    def __init__(self, form: PacketFormat) -> None:
        self._form = form
        self._packets = PacketSplitter(form)
        self._told = ToldConditions(form.key, CONDITIONS)
        self._colour = _NO_COLOUR

    def feed(self, chunk: bytes, at: float) -> list[Event]:
        """See `devices.contract.Decoder.feed`."""
        events: list[Event] = []
        for found in self._packets.feed(chunk):
            events += [_refused(found, at)] if isinstance(found, Refused) else self._packet(found, at)
        return events

    def finish(self, at: float) -> list[Event]:
        """See `devices.contract.Decoder.finish`."""
        events: list[Event] = [_refused(found, at) for found in self._packets.forget()]
        self._told.forget()
        self._colour = _NO_COLOUR
        return events

    def _packet(self, packet: Packet, at: float) -> list[Event]:
        averages = averages_of(packet.column(layout.FLOAT_AT))
        if any(contradicted(parameter, *found) for parameter, found in averages.items()):
            return [_refused(Refused("places", packet.data[:KEPT_OF_REFUSED], len(packet.data)), at)]
        bits = self._bits(packet)
        effect = effect_of(bits)
        raw = {parameter: shown for parameter, (shown, *_) in averages.items()}
        active = {condition: "" for bit in bits for condition in bit.conditions}
        return [
            FrameAccepted(at=at, size=len(packet.data)),
            *(reading(self._form.key, each, raw[each], effect, at) for each in layout.PARAMETERS_SENT),
            self._pleth(packet, at, leads_off="spo2_off" in active),
            *self._told.changes(active, at),
        ]

    def _bits(self, packet: Packet) -> list[Bit]:
        """The bits that are set in any of the frames, the colour of the last pulse among them."""
        statuses = packet.column(self._form.status_at)
        status_2 = packet.column(layout.FLOAT_AT)[layout.STATUS_2_AT]
        for status in statuses:
            self._colour = layout.PERFUSION_COLOURS.get(status & layout.PERFUSION, self._colour)
        union = int(np.bitwise_or.reduce(np.frombuffer(statuses, np.uint8)))
        seen = [bit for bit in layout.PACKET_BITS if union & bit.mask]
        if effect_of(seen) is layout.Effect.ENDS:
            self._colour = _NO_COLOUR  # of a pulse that is gone
        return [*seen, self._colour, *(bit for bit in layout.STATUS_2_BITS if status_2 & bit.mask)]

    def _pleth(self, packet: Packet, at: float, *, leads_off: bool) -> WaveBlock:
        places = range(self._form.status_at + 1, layout.FLOAT_AT)
        counts = np.zeros(layout.FRAMES, np.int64)
        for place in places:
            counts = counts * 256 + np.frombuffer(packet.column(place), np.uint8)
        samples = (counts * self._form.resolution).astype(np.float32)
        return WaveBlock(wave="pleth", samples=samples, rate_hz=layout.PLETH_HZ, at=at, source=self._form.key,
                         resolution=self._form.resolution, leads_off=leads_off)  # fmt: skip


def averages_of(floats: bytes) -> dict[str, list[int]]:
    """Every average of a parameter as it was sent, the one that is shown first."""
    return {
        "spo2": [floats[place] & layout.LOW_SEVEN for place in layout.SPO2_PLACES],
        "pr": [
            (floats[place] & layout.PR_HIGH_BITS) << 7 | floats[place + 1] & layout.LOW_SEVEN
            for place in layout.PR_PLACES
        ],
    }


def contradicted(parameter: str, shown: int, *others: int) -> bool:
    """Whether a number is far from every other average of the same beats.

    Each frame has its checksum, none has its number: where two losses of whole frames leave 25 of two
    packets, every frame is good and stands in another's place.
    """
    compared = [other for other in others if other not in (0, MISSING[parameter])]
    if shown == MISSING[parameter] or not compared:
        return False
    return all(abs(shown - other) > layout.CONTRADICTION[parameter] for other in compared)


def _refused(refused: Refused, at: float) -> FrameRefused:
    return FrameRefused(reason=refused.reason, frame=refused.head, at=at, size=refused.size)
