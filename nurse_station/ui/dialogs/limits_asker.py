"""What is asked of a bed's limits and alarms: sent to the station, remembered for one undo. Shows nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nurse_station.alarms.commands import AlarmCommand, SetBaseline, SetLimit, SwitchOff, SwitchOn
from nurse_station.alarms.limits import Limits, Scope
from nurse_station.alarms.refusals import Situation, refusal
from nurse_station.station.commands import AskAlarms
from nurse_station.station.snapshots import BedSnapshot
from nurse_station.station.view import Answer, StationView
from nurse_station.ui.models.limit_rows import back_to_clinic, from_baseline, plan, undoing
from nurse_station.ui.models.limit_words import condition_name, plain

BACK = "back to the clinic's"
UNDONE = "undone"
UNDONE_ALREADY = "It is as it was already."


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The last change, as far as taking it back needs it.

    Attributes:
        words: What it was.
        scope, before, keys: Limits that were set, and all limits before it; None: no limits were.
        condition: The alarm that was switched; empty: none was.
        why: Why it was off before; empty: it was on.
    """

    words: str
    scope: Scope = Scope.PATIENT
    before: Limits | None = None
    keys: tuple[str, ...] = ()
    condition: str = ""
    why: str = ""


def bed_of(view: StationView, key: str) -> BedSnapshot | None:
    """The bed as it is now; None: the room does not have it any more."""
    return next((bed for bed in view.snapshot().beds if bed.bed == key), None)


class LimitsAsker:
    """Asks for one bed. The methods that ask need a bed that is watched; the answer comes later.

    Attributes:
        done: What `undo` would take back; None: nothing.
    """

    def __init__(self, view: StationView, bed: str) -> None:
        self.done: Done | None = None
        self._view, self._bed = view, bed
        self._waiting, self._refused = 0, False

    def set_limits(
        self, bed: BedSnapshot, scope: Scope, steps: Iterable[tuple[str, float]], who: str, why: str
    ) -> None:
        """Set limits one after another, in this order."""
        kept = tuple(steps)
        keys = tuple(key for key, _ in kept)
        self.done = Done(words=why or "limits set", scope=scope, before=bed.alarms.limits, keys=keys)
        self._send_limits(scope, kept, who, why)

    def back_to_clinic(self, bed: BedSnapshot, who: str) -> None:
        """All limits of this patient as the clinic has them."""
        if bed.alarms.limits is not None:
            made = plan(bed.alarms.limits, Scope.PATIENT, back_to_clinic(bed.alarms.limits))
            self.set_limits(bed, Scope.PATIENT, made.steps, who, BACK)

    def set_baseline(self, bed: BedSnapshot, values: Mapping[str, float], who: str) -> None:
        """Set what the baseline gives; the station reckons it again from the same values."""
        if bed.alarms.limits is not None:
            keys = tuple(each.key for each in from_baseline(bed.alarms.limits, values).proposals)
            self.done = Done(words="limits from baseline", before=bed.alarms.limits, keys=keys)
            self._send(SetBaseline(baseline=dict(values), who=who))

    def why_not_off(self, bed: BedSnapshot, condition: str, why: str) -> str:
        """Why the station would refuse to switch an alarm off now, one sentence; empty: it would not."""
        seen = Situation(now=self._view.clock.now(), phase=bed.alarms.phase, pause=bed.alarms.pause,
                         off=bed.alarms.off.keys())  # fmt: skip
        return plain(refusal(SwitchOff(condition=condition, why=why, who=""), seen))

    def switch_off(self, condition: str, who: str, why: str) -> None:
        self.done = Done(words=f"{condition_name(condition)} off", condition=condition)
        self._send(SwitchOff(condition=condition, why=why, who=who))

    def switch_on(self, bed: BedSnapshot, condition: str, who: str) -> None:
        why = bed.alarms.off.get(condition, "")
        self.done = Done(words=f"{condition_name(condition)} on", condition=condition, why=why)
        self._send(SwitchOn(condition=condition, who=who))

    def undo(self, bed: BedSnapshot, who: str) -> str:
        """Take the last change back, as far as it still stands; or the sentence that says why not."""
        done, self.done = self.done, None
        if done is None:
            return UNDONE_ALREADY
        return self._undo_switch(bed, done, who) if done.condition else self._undo_limits(bed, done, who)

    def _undo_limits(self, bed: BedSnapshot, done: Done, who: str) -> str:
        now = bed.alarms.limits
        if done.before is None or now is None:
            return UNDONE_ALREADY
        made = plan(now, done.scope, undoing(done.before, now, done.scope, done.keys))
        if made.refused or not made.steps:
            return " ".join(made.refused.values()) or UNDONE_ALREADY
        self._send_limits(done.scope, made.steps, who, UNDONE)
        return ""

    def _undo_switch(self, bed: BedSnapshot, done: Done, who: str) -> str:
        off = done.condition in bed.alarms.off
        if off is bool(done.why):
            return UNDONE_ALREADY
        if off:
            self._send(SwitchOn(condition=done.condition, who=who))
        else:
            self._send(SwitchOff(condition=done.condition, why=done.why, who=who))
        return ""

    def _send_limits(self, scope: Scope, steps: Iterable[tuple[str, float]], who: str, why: str) -> None:
        for key, number in steps:
            self._send(SetLimit(key=key, number=number, who=who, scope=scope, why=why))

    def _send(self, command: AlarmCommand) -> None:
        self._refused = self._refused and self._waiting > 0
        self._waiting += 1
        self._view.send(AskAlarms(bed=self._bed, command=command))

    def heard(self, answer: Answer) -> Answer | None:
        """An answer to what was asked here, in plain words.

        None: it is another's, or comes after a refusal of the same change, which counts.
        """
        if not self._waiting or answer.bed not in (self._bed, ""):
            return None
        self._waiting -= 1
        told = None if self._refused else Answer(done=answer.done, sentence=plain(answer.sentence))
        self._refused = self._refused or not answer.done
        return told
