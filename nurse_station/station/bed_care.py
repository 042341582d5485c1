"""One patient's day at a bed: takes deeds, asks the rules, keeps the journal, tells the alarms.

The station's thread alone calls it. The day is the fold of its journal, so a restart goes on where it was.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from nurse_station.infusion.protocol import Protocol
from nurse_station.records.words import STATION
from nurse_station.sessions import codec, deeds
from nurse_station.sessions.day import DaySummary, summary
from nurse_station.sessions.decide import Decision, decide, decide_correction
from nurse_station.sessions.deeds import Entry, Patient
from nurse_station.sessions.dues import dues
from nurse_station.sessions.rules_rate import is_raise
from nurse_station.sessions.seen import Seen
from nurse_station.sessions.session import Session, fold
from nurse_station.sessions.states import ENDED
from nurse_station.sessions.told import NOTHING_TOLD, commands, told
from nurse_station.sessions.words import note
from nurse_station.station.bed_alarms import AlarmKeeper
from nurse_station.station.commands import CorrectDeed, DoDeed
from nurse_station.station.journal import DEED, BedJournal
from nurse_station.station.snapshots import CareSnapshot
from nurse_station.vitals.clock import Clock

log = logging.getLogger(__name__)

REFRESH_S = 0.5
"""The summary is made anew so often, and at once when something was entered."""
LATE_S = 60.0
"""What is entered so long after it was done says so."""
Look = Callable[[float, float], Seen]
"""(monotonic seconds, offset) -> what the rules know of this moment."""


class BedCare:
    """A bed's day.

    Attributes:
        unconfirmed: Why the patient must be confirmed again; empty: confirmed, or nobody is bound.
    """

    def __init__(
        self,
        journal: BedJournal,
        alarms: AlarmKeeper,
        clock: Clock,
        protocols: Mapping[str, Protocol],
        look: Look,
    ) -> None:
        self.unconfirmed = ""
        self._journal, self._alarms, self._clock, self._look = journal, alarms, clock, look
        self._protocols = protocols
        self._protocol = next(iter(protocols.values()), None)
        self._entries: list[Entry] = []
        self._session = Session()
        self._offset = 0.0
        self._told = NOTHING_TOLD
        self._picture: CareSnapshot | None = None
        self._made_at = -1.0

    @property
    def patient(self) -> Patient | None:
        """Who was bound to this bed; None: nobody."""
        return self._session.patient

    @property
    def running(self) -> bool:
        """Whether somebody's day goes on here."""
        return self.patient is not None and self._session.state not in ENDED

    def do(self, command: DoDeed) -> tuple[bool, str]:
        """Do it, or say why not: (whether it was done, the sentence)."""
        protocol = self._protocols.get(command.protocol) if command.protocol else self._protocol
        if protocol is None:
            return False, f"there is no protocol {command.protocol or 'at all'}; look at the settings."
        if not command.who.strip():
            return False, "nobody is named who did it; enter your name or initials."
        seen = self._seen(self._clock.now())
        refusal = self._another(command.deed) or self._unconfirmed(command.deed)
        if refusal:
            return False, refusal
        decision = decide(self._session, command.deed, seen, protocol, command.overrides,
                          who=command.who, at=command.at)  # fmt: skip
        if not decision.allowed:
            return False, _sentence(decision)
        if isinstance(command.deed, deeds.ScreeningBegun):
            self._protocol = protocol
        if isinstance(command.deed, deeds.PatientBound):
            self.unconfirmed = ""
        at = seen.at if command.at is None else min(command.at, seen.at)  # never ahead of the day's clock
        entry = Entry(
            number=len(self._entries) + 1, at=at, who=command.who, deed=command.deed, overrides=decision.used,
            entered=seen.at if seen.at - at >= LATE_S else None,
        )  # fmt: skip
        return True, self._take(entry, command.who)

    def correct(self, command: CorrectDeed) -> tuple[bool, str]:
        """Replace an entry, or say why not."""
        if self._protocol is None:
            return False, "there is no protocol; look at the settings."
        seen = self._seen(self._clock.now())
        decision = decide_correction(self._entries, command.number, command.deed, command.why, seen,
                                     self._protocol, command.overrides, who=command.who)  # fmt: skip
        if not decision.allowed:
            return False, _sentence(decision)
        entry = Entry(number=len(self._entries) + 1, at=seen.at, who=command.who, deed=command.deed,
                      overrides=decision.used, corrects=command.number, why=command.why)  # fmt: skip
        return True, self._take(entry, command.who)

    def _another(self, deed: deeds.Deed) -> str:
        """Why this deed would put another patient into this day; empty: it would not."""
        bound = self.patient
        if not isinstance(deed, deeds.PatientBound) or bound is None:
            return ""
        if (deed.patient.name.casefold(), deed.patient.born) == (bound.name.casefold(), bound.born):
            return ""
        return f"this is the session of {bound.name}, born {bound.born:%Y-%m-%d}; end it first."

    def _unconfirmed(self, deed: deeds.Deed) -> str:
        """While nobody knows whose monitor this is, nothing more may run into the patient."""
        at = self._clock.now() + self._offset
        runs = isinstance(deed, deeds.Started | deeds.Resumed) or is_raise(self._session, deed, at)
        if not self.unconfirmed or not runs:
            return ""
        return f"{self.unconfirmed}: confirm the patient first."

    def _take(self, entry: Entry, who: str) -> str:
        before = self._session
        said = note(entry, before)
        body: dict[str, Any] = codec.as_json(entry)
        protocol = self._protocol.key if self._protocol is not None else ""
        self._journal.note(DEED, {**body, "said": said, "protocol": protocol}, who, entry.why)
        self._entries.append(entry)
        self._session = fold(self._entries)
        self._picture = None
        self._tell(self._clock.now(), who)
        return said

    def tick(self, now: float) -> None:
        """Several times a second: what has become due is told to the alarms."""
        if self.patient is not None and (self._picture is None or now - self._made_at >= REFRESH_S):
            self._picture = None
            self._tell(now, STATION)

    def _tell(self, now: float, who: str) -> None:
        if self._protocol is None or not self._alarms.watching:
            return
        seen = self._seen(now)
        news = told(self._session, seen, self._protocol, dues(self._session, seen, self._protocol))
        for command in commands(self._told, news, who, session_ahead_s=self._offset):
            refused = self._alarms.ask(command, now)
            if refused:
                log.warning("the alarms refused %s: %s", command, refused)
        self._told = news

    def monitors_changed(self, why: str) -> None:
        """A monitor is another one, or was plugged in again: is it still this patient's?"""
        if self.running and not self.unconfirmed:
            self.unconfirmed = why
            self._picture = None
            self._journal.note("identity_asked", {"why": why}, STATION)

    def alarms_renewed(self) -> None:
        """The alarms began anew: tell them everything again."""
        self._told = NOTHING_TOLD

    def resume(self, entries: Iterable[Entry], protocol: str) -> None:
        """Go on with the day that these entries tell."""
        self._entries = list(entries)
        self._session = fold(self._entries)
        self._protocol = self._protocols.get(protocol, self._protocol)
        self._set_offset()
        if self._entries:  # session time never goes back, whatever the clock was set to
            last = max(entry.at if entry.entered is None else entry.entered for entry in self._entries)
            self._offset = max(self._offset, last - self._clock.now())
        self._picture, self._told = None, NOTHING_TOLD

    def end(self) -> None:
        """Whoever comes next is another patient."""
        self._entries, self._session = [], Session()
        self._protocol = next(iter(self._protocols.values()), None)
        self._told, self._picture, self.unconfirmed, self._offset = NOTHING_TOLD, None, "", 0.0

    def picture(self) -> CareSnapshot | None:
        """The day as it is now; None: nobody was bound to this bed."""
        now = self._clock.now()
        if self.patient is None or self._protocol is None:
            return None
        if self._picture is None or now - self._made_at >= REFRESH_S:
            self._picture, self._made_at = self._made(now, self._protocol), now
        return self._picture

    def _made(self, now: float, protocol: Protocol) -> CareSnapshot:
        seen = self._seen(now)
        made: DaySummary = summary(self._session, seen, protocol)
        return CareSnapshot(
            session=self._session, entries=tuple(self._entries), seen=seen, protocol=protocol,
            summary=made, offset=self._offset, unconfirmed=self.unconfirmed,
        )  # fmt: skip

    def _seen(self, now: float) -> Seen:
        if not self._entries and not self._offset:
            self._set_offset()
        return self._look(now, self._offset)

    def _set_offset(self) -> None:
        self._offset = self._clock.wall().timestamp() - self._clock.now()


def _sentence(decision: Decision) -> str:
    return " ".join(dict.fromkeys(finding.whole for finding in decision.open))


def read_day(bodies: Sequence[Mapping[str, Any]]) -> tuple[list[Entry], str]:
    """The entries of a day from its journal, and the protocol's key. What cannot be read is logged."""
    entries, protocol = [], ""
    for body in bodies:
        try:
            entries.append(codec.from_json(body))
        except codec.CodecError:
            log.exception("an entry of a session cannot be read and is left out")
            continue
        protocol = str(body.get("protocol", protocol))
    return entries, protocol
