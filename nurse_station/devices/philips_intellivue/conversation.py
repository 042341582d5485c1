"""What the station says to an IntelliVue monitor so that it sends values, waves and alarms. Read-only.

Association, confirmation of the monitor's presentation, polls, keep-alive, release. A monitor that was
restarted, or took the association back, is asked again without end: one refusal is often the echo of the
association before, which the monitor forgets after ten seconds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from nurse_station.devices.contract import Decoder
from nurse_station.devices.philips_intellivue import layout
from nurse_station.devices.philips_intellivue.decoder import Heard, IntellivueDecoder
from nurse_station.devices.philips_intellivue.framing import frame
from nurse_station.devices.philips_intellivue.requests import (
    RELEASE_REQUEST,
    association_request,
    confirmation,
    extended_poll,
    single_poll,
)

ASK_AGAIN_S = 2.5
"""An association request without an answer is repeated after so long."""
SILENT_S = 3.0
"""So long without any frame: the monitor was restarted, or the line is cut. Numerics come every second."""
NOT_READY_S = 10.0
"""So long after it accepted, a monitor that did not present itself is asked anew."""
RESULTS_SILENT_S = 6.0
"""Results of a class that should come every second are asked for again after so long."""
FRAMES_AT_ONCE = 3
FRAMES_APART_S = 0.128
"""The monitor takes at most four frames in 128 ms."""
CLASS_APART_S = 1.0
"""More than one poll a second of the same class is ignored."""


@dataclass(frozen=True, slots=True)
class Poll:
    """One poll of the schedule.

    Attributes:
        every_s: It is repeated so often; for an extended poll, well before `active_s` is over.
        active_s: How long the monitor is to go on sending; None: it answers once.
        expected: Whether results that stay away are asked for again.
    """

    object_class: int
    group: int
    every_s: float
    active_s: float | None = None
    expected: bool = False


# Waves are asked for with all groups: the monitor then tells, of one object a second, how its samples are
# to be read. The single poll hears it of all of them at once, where the monitor answers it.
POLLS: tuple[Poll, ...] = (
    Poll(layout.NUMERIC, layout.OBSERVED_VALUES, every_s=40.0, active_s=60.0, expected=True),
    Poll(layout.ALARMS, layout.ALARM_GROUP, every_s=40.0, active_s=60.0, expected=True),
    Poll(layout.WAVE, layout.ALL_GROUPS, every_s=20.0, active_s=30.0, expected=True),
    Poll(layout.WAVE, layout.ALL_GROUPS, every_s=60.0),
    Poll(layout.DEMOGRAPHICS, layout.DEMOGRAPHICS_GROUP, every_s=10.0),
    # Short, and recommended to keep the association: it ends ten seconds after the last request.
    Poll(layout.ALARMS, layout.STATIC_CONTEXT, every_s=3.0),
    Poll(layout.MDS, layout.SYSTEM_GROUP, every_s=30.0),
)


class IntellivueConversation:
    """Keeps an association and its polls alive."""

    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder
        self._asked_at = 0.0
        self._confirmed = 0
        self._sent_at: float | None = None
        self._polled_at: dict[Poll, float] = {}
        self._number = 0

    def opened(self, now: float) -> bytes:
        """See `devices.contract.Conversation.opened`."""
        self._confirmed = self._heard().creations
        return self._associate(now)

    def tick(self, now: float, last_frame_at: float | None) -> bytes:
        """See `devices.contract.Conversation.tick`."""
        heard = self._heard()
        if heard.creations < self._confirmed:
            self._confirmed = 0  # the decoder was told that the line is another
        if heard.created is not None and heard.creations > self._confirmed:
            return self._confirm(heard, now)
        if self._lost(heard, now):
            return self._associate(now)
        if heard.created is None or not self._may_send(now):
            return b""
        return self._send_polls(heard, now)

    def closing(self) -> bytes:
        """See `devices.contract.Conversation.closing`."""
        return frame(RELEASE_REQUEST)

    def _heard(self) -> Heard:
        return self._decoder.heard if isinstance(self._decoder, IntellivueDecoder) else Heard()

    def _lost(self, heard: Heard, now: float) -> bool:
        """Whether an association is to be asked for now."""
        waited = now - self._asked_at
        silent = now - (heard.frame_at or 0.0) >= SILENT_S
        if not heard.accepted or silent:
            return waited >= ASK_AGAIN_S
        return heard.created is None and waited >= NOT_READY_S

    def _associate(self, now: float) -> bytes:
        self._asked_at = now
        self._polled_at.clear()
        return frame(association_request())

    def _confirm(self, heard: Heard, now: float) -> bytes:
        """Each presentation is confirmed; the first of an association starts the polls."""
        self._confirmed = heard.creations
        self._polled_at.clear()
        self._sent_at = now
        return b"" if heard.created is None else frame(confirmation(heard.created))

    def _may_send(self, now: float) -> bool:
        return self._sent_at is None or now - self._sent_at >= FRAMES_APART_S

    def _send_polls(self, heard: Heard, now: float) -> bytes:
        requests = b"".join(islice(self._requests(heard, now), FRAMES_AT_ONCE))
        if requests:
            self._sent_at = now
        return requests

    def _due(self, poll: Poll, heard: Heard, now: float) -> bool:
        of_class = [at for other, at in self._polled_at.items() if other.object_class == poll.object_class]
        if of_class and now - max(of_class) < CLASS_APART_S:
            return False
        polled = self._polled_at.get(poll)
        if polled is None or now - polled >= poll.every_s:
            return True
        last = (heard.last_at or {}).get(poll.object_class, 0.0)
        return poll.expected and now - max(last, polled) >= RESULTS_SILENT_S

    def _requests(self, heard: Heard, now: float) -> Iterator[bytes]:
        for poll in POLLS:
            if self._due(poll, heard, now):
                self._polled_at[poll] = now
                self._number = self._number % 0xFFFF + 1
                yield frame(_request(poll, self._number))


def _request(poll: Poll, number: int) -> bytes:
    if poll.active_s is None:
        return single_poll(number, poll.object_class, poll.group, invoke_id=number)
    return extended_poll(number, poll.object_class, poll.group, active_s=poll.active_s, invoke_id=number)
