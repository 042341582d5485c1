"""IntelliVue data export: bytes in, readings, waves and conditions out. No port, no clock, no thread."""

from dataclasses import dataclass

from nurse_station.devices.contract import Event
from nurse_station.devices.philips_intellivue import layout
from nurse_station.devices.philips_intellivue.clock import MonitorClock, time_of_day
from nurse_station.devices.philips_intellivue.content import Content
from nurse_station.devices.philips_intellivue.cuff import CuffTime
from nurse_station.devices.philips_intellivue.framing import FrameSplitter, RawFrame
from nurse_station.devices.philips_intellivue.judgement import Conditions
from nurse_station.devices.philips_intellivue.messages import (
    MdsCreated,
    Message,
    PollResult,
    SessionWord,
    parse,
)
from nurse_station.devices.philips_intellivue.numerics import Names, Value
from nurse_station.devices.philips_intellivue.waves import Waves
from nurse_station.vitals.readings import FrameAccepted, FrameRefused, Reading

KEY = "philips-intellivue"
CUFF_KEYS = ("nibp_sys", "nibp_dia", "nibp_mean")


@dataclass(slots=True)
class Heard:
    """What the monitor said of the association; the conversation answers it.

    Attributes:
        accepted: An association stands, as far as was heard.
        created: The monitor presented itself in it.
        creations: How often it did so since the line was opened: each is to be confirmed.
        frame_at: When the last good frame arrived, monotonic seconds; None: none yet.
        last_at: The same for results of each class of objects that said something.
    """

    accepted: bool = False
    created: MdsCreated | None = None
    creations: int = 0
    frame_at: float | None = None
    last_at: dict[int, float] | None = None


class IntellivueDecoder:
    """Decoder of `devices.contract.Decoder` for IntelliVue monitors.

    Attributes:
        heard: What was heard of the association since the line was opened.
    """

    def __init__(self) -> None:
        self._frames = FrameSplitter()
        # Kept over a loss of the line: the same pressures after it were not measured anew.
        self._cuff = CuffTime()
        self.heard = Heard()
        self._begin()

    def _begin(self) -> None:
        """A new association: handles, labels and what was told belong to the one before."""
        self._clock = MonitorClock()
        self._names = Names()
        self._waves = Waves(self._names.pressures)
        self._conditions = Conditions(KEY)

    def feed(self, chunk: bytes, at: float) -> list[Event]:
        """See `devices.contract.Decoder.feed`."""
        events: list[Event] = []
        for frame in self._frames.feed(chunk):
            events += self._frame(frame, at)
        return events

    def finish(self, at: float) -> list[Event]:
        """See `devices.contract.Decoder.finish`. Nothing is held back."""
        self._frames.forget()
        self.heard = Heard()
        self._begin()
        return []

    def _frame(self, frame: RawFrame, at: float) -> list[Event]:
        message = frame.refused or parse(frame.message)
        if isinstance(message, str):
            return [FrameRefused(reason=message, frame=frame.head, at=at, size=frame.size)]
        self.heard.frame_at = at
        events = self._message(message, at)
        return [FrameAccepted(at=at, size=frame.size, device_time=self._device_time(message)), *events]

    def _device_time(self, message: Message) -> float | None:
        return self._clock.unix(message.relative_time) if isinstance(message, PollResult) else None

    def _message(self, message: Message, at: float) -> list[Event]:
        match message:
            case SessionWord():
                return self._session_word(message.kind, at)
            case MdsCreated():
                return self._created(message, at)
            case PollResult():
                return self._result(message, at)
            case _:
                return []

    def _session_word(self, kind: int, at: float) -> list[Event]:
        if kind == layout.ASSOCIATE:
            return []  # our own word, echoed by the line
        self.heard.accepted, self.heard.created = kind == layout.ACCEPT, None
        if kind == layout.ACCEPT:
            self._begin()
        return [*self._conditions.say("association_refused", kind == layout.REFUSE, at)]

    def _created(self, created: MdsCreated, at: float) -> list[Event]:
        self.heard.accepted, self.heard.created = True, created
        self.heard.creations += 1
        return self._system(created.content, at)

    def _system(self, content: Content, at: float) -> list[Event]:
        self._clock.told(content.clock_time, content.relative_time)
        return [] if content.mode is None else [*self._conditions.of_mode(content.mode, at)]

    def _result(self, result: PollResult, at: float) -> list[Event]:
        if time_of_day(result.absolute_time) is not None:
            self._clock.told(result.absolute_time, result.relative_time)
        if result.objects:
            self.heard.last_at = {**(self.heard.last_at or {}), result.object_class: at}
        match result.object_class:
            case layout.NUMERIC:
                return self._numerics(result, at)
            case layout.WAVE:
                return [*self._waves.blocks(result.objects, at, KEY)]
            case layout.ALARMS:
                return [*self._conditions.of_alarms(result.objects, at)]
            case layout.DEMOGRAPHICS:
                return [c for content in result.objects for c in self._conditions.of_patient(content, at)]
            case layout.MDS:
                return [event for content in result.objects for event in self._system(content, at)]
            case _:
                return []

    def _numerics(self, result: PollResult, at: float) -> list[Event]:
        values = self._names.values(result.objects)
        measured_at, measuring = self._cuff_time(result, values, at)
        device_time = self._clock.unix(result.relative_time)
        events: list[Event] = [_reading(value, at, device_time, measured_at) for value in values]
        if measuring is not None:
            events += self._conditions.of_cuff(measuring, at)
        return events + ([*self._conditions.of_values(values, at)] if values else [])

    def _cuff_time(
        self, result: PollResult, values: list[Value], at: float
    ) -> tuple[float | None, bool | None]:
        """When the cuff pressures of this result were measured, and whether it measures (None: no cuff)."""
        of_cuff = {value.parameter: value for value in values if value.parameter in CUFF_KEYS}
        if not of_cuff:
            return None, None
        content = next(c for c in result.objects if any(v.physio in layout.CUFF for v in c.values))
        age = self._clock.age_s(
            result.relative_time, ticks=content.stamp_relative, stamp=content.stamp_absolute
        )
        measuring = any(value.state & layout.ONGOING for value in of_cuff.values())
        shown = tuple(of_cuff[key].value if key in of_cuff else None for key in CUFF_KEYS)
        return self._cuff.update(shown, measuring=measuring, at=at, age_s=age), measuring


def _reading(value: Value, at: float, device_time: float | None, measured_at: float | None) -> Reading:
    cuff = value.parameter in CUFF_KEYS and value.value is not None
    return Reading(
        parameter=value.parameter,
        value=value.value,
        at=at,
        source=KEY,
        quality=value.quality,
        why=value.why,
        origin=value.origin,
        device_time=device_time,
        measured_at=measured_at if cuff else None,
    )
