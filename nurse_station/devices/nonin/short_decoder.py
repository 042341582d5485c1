"""Nonin DF1 and DF8: bytes in; readings and conditions out, once a second. No port, no clock, no thread."""

from dataclasses import replace

from nurse_station.devices.contract import Event
from nurse_station.devices.nonin import layout
from nurse_station.devices.nonin.layout import ShortFormat
from nurse_station.devices.nonin.oximeter import ToldConditions, effect_of, reading
from nurse_station.devices.nonin.short_frames import Found, Refused, ShortFrame, ShortSplitter
from nurse_station.vitals.readings import FrameAccepted, FrameRefused, Quality, Reading

CONDITIONS = ("spo2_off", "spo2_no_sensor", "spo2_out_of_track", "spo2_low_perfusion", "spo2_weak",
              "spo2_artefact")  # fmt: skip


class ShortDecoder:
    """Decoder of `devices.contract.Decoder` for the formats of one frame a second."""

    def __init__(self, form: ShortFormat) -> None:
        self._form = form
        self._frames = ShortSplitter(form)
        raw = ("monitor_status",) if form.has_status_2 else ()
        self._told = ToldConditions(form.key, (*CONDITIONS, *raw))

    def feed(self, chunk: bytes, at: float) -> list[Event]:
        """See `devices.contract.Decoder.feed`. A frame comes when the next begins, with its own time."""
        return [event for found in self._frames.feed(chunk, at) for event in self._found(found, at)]

    def finish(self, at: float) -> list[Event]:
        """See `devices.contract.Decoder.finish`. The last frame, stale if nothing speaks for it."""
        events = [event for found in self._frames.finish() for event in self._found(found, at)]
        self._told.forget()
        return events

    def _found(self, found: Found, at: float) -> list[Event]:
        if isinstance(found, Refused):
            return [FrameRefused(reason=found.reason, frame=found.data, at=at, size=len(found.data))]
        return self._frame(found)

    def _frame(self, frame: ShortFrame) -> list[Event]:
        bits = [bit for bit in layout.SHORT_BITS if frame.data[0] & bit.mask]
        effect = max(effect_of(bits), layout.Effect.DOUBTS if frame.jumped else layout.Effect.NONE)
        raw = {"spo2": frame.spo2, "pr": frame.pr}
        readings = [
            reading(self._form.key, each, raw[each], effect, frame.at) for each in layout.PARAMETERS_SENT
        ]
        accepted = FrameAccepted(at=frame.at, size=len(frame.data))
        if frame.jumped and not frame.confirmed:
            return [accepted, *(_stale(each) for each in readings)]
        active = {condition: "" for bit in bits for condition in bit.conditions}
        if self._form.has_status_2 and frame.data[3]:
            active["monitor_status"] = f"status 2: {frame.data[3]:02x}"
        return [accepted, *readings, *self._told.changes(active, frame.at)]


def _stale(each: Reading) -> Reading:
    return each if each.value is None else replace(each, quality=Quality.STALE)
