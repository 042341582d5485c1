"""Answers what is asked of alarms, limits and sound, in sentences. For the station's thread alone."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Protocol

from nurse_station.alarms.commands import (
    Acknowledge,
    AlarmCommand,
    CancelPause,
    ExpectMonitor,
    NewPatient,
    PauseAudio,
    ReportGap,
    SetFault,
    SetLimit,
    SwitchOff,
    SwitchOn,
)
from nurse_station.alarms.limits import LimitChange, Limits, LimitsError, Scope
from nurse_station.audio.mixer import VOLUME_FLOOR
from nurse_station.records.writer import RecordWriter
from nurse_station.station.bed import BedMonitor
from nurse_station.station.bed_alarms import NOT_WATCHED
from nurse_station.station.commands import AskAlarms, PauseRoom, SetVolume, TestSound
from nurse_station.station.limit_book import LimitBook
from nurse_station.station.view import Answer
from nurse_station.station.voice import Voice
from nurse_station.vitals.clock import Clock

NURSE = "nurse"
"""Who asked when nobody said who."""
OF_THE_STATION = (SetFault, ExpectMonitor, ReportGap, NewPatient)
"""What the station itself says to the alarms; a person ends the session, or disconnects the monitor."""
WITHOUT_A_PATIENT = (Acknowledge, PauseAudio, CancelPause)
"""What may be asked before a session runs: a line that is lost then alarms already. Nothing that lasts, for
the patient who comes would have it."""


class Room(Protocol):
    """What the desk needs of the station around it."""

    clock: Clock
    record: RecordWriter
    limits: LimitBook
    voice: Voice


class AlarmDesk:
    """Does what is asked of the alarms of one bed, or of the sound of the room."""

    def __init__(self, room: Room, volume_set: Callable[[float], None]) -> None:
        self._room = room
        self._volume_set = volume_set

    def ask(self, bed: BedMonitor, beds: Mapping[str, BedMonitor], command: AskAlarms) -> Answer:
        """Something for one bed."""
        asked = _named(command.command)
        if isinstance(asked, SetLimit) and asked.scope is Scope.CLINIC:
            return self._set_clinic_limit(asked, beds)
        refusal = _why_not(bed, asked) or bed.alarms.ask(asked, self._room.clock.now())
        sentence = refusal or _done(asked)
        return Answer(done=not refusal, sentence=f"{bed.name}: {sentence}", bed=bed.bed)

    def pause_room(self, beds: Mapping[str, BedMonitor], command: PauseRoom) -> Answer:
        """Pause every bed's sound, or end every pause."""
        who, now = command.who or NURSE, self._room.clock.now()
        ended = [bed for bed in beds.values() if bed.alarms.cancel_pause(who, now)]
        if ended:
            return Answer(done=True, sentence="The sound is on again at every bed.")
        paused = [bed for bed in beds.values() if bed.alarms.pause(who, now)]
        status = self._room.voice.status(now)
        if paused and not status.usable:
            return Answer(done=True, sentence=f"Paused for 120 s, but alarms cannot be heard at all: "
                          f"{status.trouble}")  # fmt: skip
        if paused:
            return Answer(done=True, sentence="The sound is paused at every bed for 120 s; "
                          "something new and as urgent sounds all the same.")  # fmt: skip
        return Answer(done=False, sentence="There is no sound to pause: nothing is watched.")

    def test_sound(self, command: TestSound) -> Answer:
        """Play the self-test, and say whether the output takes sound."""
        status = self._room.voice.status(self._room.clock.now())
        self._room.voice.test()
        body = {"usable": status.usable, "device": status.device, "trouble": status.trouble}
        self._room.record.journal(None, "sound_tested", body, command.who or NURSE)
        if not status.usable:
            return Answer(done=False, sentence=f"Alarms cannot be heard: {status.trouble}")
        return Answer(
            done=True, sentence=f"The self-test plays on {status.device}: listen whether you hear it."
        )

    def set_volume(self, command: SetVolume) -> Answer:
        """Another volume, never silence."""
        if not 0 < command.volume <= 1:
            return Answer(done=False, sentence="The volume goes from 1 to 100 %: alarms are never silent.")
        share = max(command.volume, VOLUME_FLOOR)
        self._room.voice.set_volume(share)
        self._volume_set(share)
        self._room.record.journal(None, "volume_set", {"volume": share}, command.who or NURSE)
        return Answer(done=True, sentence=f"The volume is {share:.0%}.")

    def _set_clinic_limit(self, asked: SetLimit, beds: Mapping[str, BedMonitor]) -> Answer:
        """At every bed and in the clinic's file; or nowhere, with the sentence that says why."""
        book = self._room.limits
        watched = [bed for bed in beds.values() if bed.alarms.watching]
        try:
            limits, change = book.limits.set(Scope.CLINIC, asked.key, asked.number, asked.who, asked.why)
            for bed in watched:
                _try(bed, asked)
            book.keep(limits)
        except LimitsError as error:
            return Answer(done=False, sentence=str(error))
        self._room.record.journal(None, "clinic_limit_set", _body(change), asked.who, asked.why)
        for bed in watched:
            bed.alarms.ask(asked, self._room.clock.now())
        return Answer(done=True, sentence=f"The clinic's limit {asked.key} is {asked.number:g} "
                      f"(was {change.old:g}), at every bed.")  # fmt: skip


def _named(asked: AlarmCommand) -> AlarmCommand:
    """Who asked is never left open: an empty name in the journal would pass for the program's own."""
    if isinstance(asked, OF_THE_STATION) or asked.who:
        return asked
    return replace(asked, who=NURSE)


def _try(bed: BedMonitor, asked: SetLimit) -> None:
    """See that a clinic's limit fits what is set for the patient of a bed. Raises LimitsError."""
    limits: Limits | None = bed.alarms.limits
    try:
        if limits is not None:
            limits.set(Scope.CLINIC, asked.key, asked.number, asked.who)
    except LimitsError as error:
        msg = f"{bed.name}: {error}"
        raise LimitsError(msg) from error


def _body(change: LimitChange) -> dict[str, object]:
    return {"key": change.key, "old": change.old, "new": change.new}


def _why_not(bed: BedMonitor, asked: AlarmCommand) -> str:
    if isinstance(asked, OF_THE_STATION):
        return f"only the station says {type(asked).__name__}; end the session or disconnect the monitor."
    if not bed.alarms.watching:
        return NOT_WATCHED
    if bed.session is None and not isinstance(asked, WITHOUT_A_PATIENT):
        return "no session is running: nothing can be set for a patient who is not there."
    return ""


_SENTENCES: Mapping[type, str] = {
    Acknowledge: "acknowledged.",
    PauseAudio: "the sound is paused for 120 s.",
    CancelPause: "the sound is on again.",
    SwitchOff: "switched off for this patient.",
    SwitchOn: "switched on again.",
    SetLimit: "the limit is set for this patient.",
}


def _done(asked: AlarmCommand) -> str:
    return _SENTENCES.get(type(asked), "done.")
