"""An IntelliVue monitor, attached to a patient: polls in, the monitor's own bytes out.

It does what guide and captures tell of real ones: presents itself again until it is confirmed, sends
results of extended polls every second (waves every 256 ms) for as long as asked, tells of one wave a
second how its samples are to be read, splits what is long into linked results, and takes the association
back after ten seconds without a word. No port, no clock, no thread.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from nurse_station.devices.contract import Patient
from nurse_station.devices.philips_intellivue import answers, body, layout
from nurse_station.devices.philips_intellivue.clock import bcd
from nurse_station.devices.philips_intellivue.framing import FrameSplitter, frame
from nurse_station.devices.philips_intellivue.messages import (
    Confirmed,
    Message,
    PollRequest,
    SessionWord,
    parse,
)

MONITOR_EPOCH = 1_767_600_000
"""What the monitor's clock says when it is switched on, unix seconds; a monitor's clock is its own."""
UP_FOR_TICKS = 3600 * layout.TICKS_A_SECOND
ASSOCIATION_LASTS_S = 10.0
PRESENTS_AGAIN_S = 3.0
CONTEXT_EVERY = 4  # wave results: 1024 ms
NIBP_EVERY_S = 300.0
NIBP_LASTS_S = 30.0
NIBP_LAST_BEFORE_START_S = 45.0
MDS_HANDLE, ALARMS_HANDLE, PATIENT_HANDLE = 1, 0x1301, 0x1302
PERIODS_S = {layout.NUMERIC: 1.0, layout.ALARMS: 1.0, layout.WAVE: layout.WAVE_RESULT_S}
MONITORING = 0x4000


@dataclass(slots=True)
class _Stream:
    """An extended poll that is being answered."""

    request: PollRequest
    start: float
    until: float
    sent: int = 0

    @property
    def due(self) -> float:
        return self.start + (self.sent + 1) * PERIODS_S[self.request.object_class]


class IntellivueEmulator:
    """Emulator of `devices.contract.Emulator` for IntelliVue monitors."""

    def __init__(self, patient: Patient, seed: int) -> None:
        self._patient = patient
        self._seed = seed
        self._epoch = MONITOR_EPOCH + 3600 * (seed % 1000)
        self._frames = FrameSplitter()
        self._started: float | None = None
        self._out = b""
        self._part()

    def receive(self, chunk: bytes, now: float) -> None:
        """See `devices.contract.Emulator.receive`. What is no message is ignored."""
        at = self._since_start(now)
        self._run(at)
        for raw in self._frames.feed(chunk):
            message = raw.refused or parse(raw.message)
            if not isinstance(message, str):
                self._answer(message, at)

    def emit(self, now: float) -> bytes:
        """See `devices.contract.Emulator.emit`."""
        self._run(self._since_start(now))
        sent, self._out = self._out, b""
        return sent

    def _part(self) -> None:
        """No association: nothing is sent, and all that was asked for is forgotten."""
        self._associated = self._confirmed = False
        self._heard_at = self._presented_at = 0.0
        self._streams: dict[int, _Stream] = {}

    def _since_start(self, now: float) -> float:
        if self._started is None:
            self._started = now
        return now - self._started

    def _send(self, *messages: bytes) -> None:
        self._out += b"".join(map(frame, messages))

    def _ticks(self, at: float) -> int:
        return UP_FOR_TICKS + round(at * layout.TICKS_A_SECOND)

    # What it is asked

    def _answer(self, message: Message, at: float) -> None:
        self._heard_at = at
        match message:
            case SessionWord():
                self._session_word(message.kind, at)
            case Confirmed() if self._associated:
                self._confirmed = True
            case PollRequest() if self._confirmed:
                self._poll(message, at)
            case _:
                pass

    def _session_word(self, kind: int, at: float) -> None:
        if kind == layout.ASSOCIATE:
            self._part()
            self._associated, self._heard_at = True, at
            self._send(answers.acceptance())
            self._present(at)
        elif kind in (layout.RELEASE, layout.ABORT):
            # A release that comes before the presentation was confirmed is not answered by real monitors.
            if kind == layout.RELEASE and self._confirmed:
                self._send(answers.RELEASED)
            self._part()

    def _present(self, at: float) -> None:
        self._presented_at = at
        self._send(answers.presentation(1, self._ticks(at) % layout.TICKS_WRAP, self._system(at)))

    def _poll(self, request: PollRequest, at: float) -> None:
        if request.active is None:
            self._send(*answers.results(request, self._ticks(at), self._all_of(request, at)))
        elif request.object_class in PERIODS_S:
            until = at + request.active / layout.TICKS_A_SECOND
            known = self._streams.get(request.object_class)
            if known is not None:  # renewed: it goes on without a gap
                known.request, known.until = request, until
            else:
                self._streams[request.object_class] = _Stream(request, at, until)
            self._send(*answers.results(request, self._ticks(at), [], 0))

    # What it sends by itself

    def _run(self, at: float) -> None:
        """All that was due until now, in its order."""
        while (due := min(self._due(), key=lambda each: each[0], default=None)) is not None and due[0] <= at:
            due[1](due[0])

    def _due(self) -> Iterator[tuple[float, Callable[[float], None]]]:
        if not self._associated:
            return
        yield self._heard_at + ASSOCIATION_LASTS_S, self._give_up
        if not self._confirmed:
            yield self._presented_at + PRESENTS_AGAIN_S, self._present
        for stream in self._streams.values():
            if stream.due <= stream.until:
                yield stream.due, self._result_of(stream)
            else:
                yield stream.until, self._end_of(stream)

    def _give_up(self, at: float) -> None:
        self._part()
        self._send(answers.ABORT)

    def _end_of(self, stream: _Stream) -> Callable[[float], None]:
        return lambda at: self._streams.__delitem__(stream.request.object_class)

    def _result_of(self, stream: _Stream) -> Callable[[float], None]:
        return lambda at: self._send_result(stream, at)

    def _send_result(self, stream: _Stream, at: float) -> None:
        request, begins = stream.request, at
        if request.object_class == layout.WAVE:
            objects, begins = self._wave_result(stream, at), at - layout.WAVE_RESULT_S
        else:
            objects = self._all_of(request, at)
        stream.sent += 1
        self._send(*answers.results(request, self._ticks(begins), objects, stream.sent))

    # What it knows

    def _all_of(self, request: PollRequest, at: float) -> list[answers.ObjectAttributes]:
        match request.object_class:
            case layout.NUMERIC:
                return [*body.numeric_objects(self._patient.numerics(at)), self._cuff(at)]
            case layout.WAVE:
                return [body.context_of(wave) for wave in body.waves_of(self._patient, at)]
            case layout.ALARMS:
                static = request.group == layout.STATIC_CONTEXT
                said = [] if static else body.alarm_attributes(self._patient.numerics(at))
                return [(ALARMS_HANDLE, said)]
            case layout.DEMOGRAPHICS:
                return [(PATIENT_HANDLE, body.patient_attributes(self._seed))]
            case layout.MDS:
                return [(MDS_HANDLE, self._system(at))]
            case _:
                return []

    def _wave_result(self, stream: _Stream, at: float) -> list[answers.ObjectAttributes]:
        waves = body.waves_of(self._patient, at)
        samples = body.sample_objects(self._patient, waves, at - layout.WAVE_RESULT_S)
        turn, rest = divmod(stream.sent, CONTEXT_EVERY)
        told = [] if rest or stream.request.group else [body.context_of(waves[turn % len(waves)])]
        return [*told, *samples]

    def _system(self, at: float) -> list[answers.Attribute]:
        return [
            (layout.OPERATING_MODE, struct.pack(">H", MONITORING)),
            (layout.CLOCK_TIME, bcd(self._epoch + at)),
            (layout.RELATIVE_TIME, struct.pack(">I", self._ticks(at) % layout.TICKS_WRAP)),
        ]

    def _cuff(self, at: float) -> answers.ObjectAttributes:
        """The old pressures stand while new ones are measured."""
        phase = (at + NIBP_LAST_BEFORE_START_S) % NIBP_EVERY_S
        ended = at - phase + NIBP_LASTS_S
        measured = ended if at >= ended else ended - NIBP_EVERY_S
        values = self._patient.numerics(max(measured, 0.0))
        return body.cuff_object(values, measuring=phase < NIBP_LASTS_S, measured=bcd(self._epoch + measured))
