"""Follows what the trainee enters in the station's own window, and writes it into the log of the run.

What the palette entered itself is left out: it is in the log already. The lesson's thread alone calls it.
"""

from nurse_station.classroom import observed
from nurse_station.classroom.desk import LiveDesk
from nurse_station.sessions.deeds import Entry, Noted, RateSet, Resumed
from nurse_station.sessions.session import fold
from nurse_station.sessions.words import note
from nurse_station.station.snapshots import EntrySnapshot
from nurse_station.training.actions import Action, words_of
from nurse_station.training.log import What
from nurse_station.training.run import Run
from nurse_station.training.score import UNASKED

SAME_RAISE_S = 300.0
"""A raise at the pump and its entry within so long of each other, to the same mL/h, are one raise."""
SAME_ML_H = 0.05
RAISE = "raise_rate"
NOTE = "note"
"""The journal's word for a free note that is no deed of the day."""


class Window:
    """What was seen of the window so far."""

    def __init__(self, run: Run, desk: LiveDesk) -> None:
        self._run, self._desk = run, desk
        self._entries = len(desk.day.entries)
        self._alarms = len(desk.alarm_log)
        self._notes = _notes(desk)
        self._raised: tuple[float, float] | None = None  # (when, to what mL/h)
        self._running = desk.day.running_ml_h(run.now)

    def look(self) -> None:
        """Write what was entered since the last look."""
        desk = self._desk
        desk.refresh()
        entries = desk.day.entries
        for place in range(self._entries, len(entries)):
            if entries[place].number not in desk.own:
                self._entered(entries[: place + 1])
        self._entries = len(entries)
        self._running = desk.day.running_ml_h(self._run.now)
        self._look_at_alarms()
        self._look_at_notes()

    def did(self, action: Action, ran_ml_h: float) -> None:
        """The palette did something; the pump showed `ran_ml_h` before. What it entered is not looked at."""
        self._entries = len(self._desk.day.entries)
        shows = self._run.pump_ml_h
        above = action.key == "set_pump" and shows > (ran_ml_h or self._run.ran_ml_h)
        if action.key in (RAISE, "resume") or above:
            self._raised = (self._run.now, shows)

    def _entered(self, entries: tuple[Entry, ...]) -> None:
        entry, run = entries[-1], self._run
        run.entered(type(entry.deed).__name__, note(entry, fold(entries[:-1])), self._running)
        if observed.is_moaas(entry.deed) and entry.corrects is None and not self._asked():
            run.count_against(UNASKED, observed.UNASKED_WORDS)
        for key in observed.counts_as(entry, entries):
            if key == RAISE and isinstance(entry.deed, RateSet | Resumed):
                self._raise(entry.deed.pump_ml_h)
            else:
                run.done(key, observed.ENTERED.get(key) or words_of(key))

    def _asked(self) -> bool:
        asked = (self._run.last_done.get(key) for key in observed.ASKING)
        return any(at is not None and self._run.now - at <= observed.ASKED_S for at in asked)

    def _raise(self, ml_h: float) -> None:
        now = self._run.now
        if self._raised is not None:
            at, before = self._raised
            if now - at <= SAME_RAISE_S and abs(before - ml_h) < SAME_ML_H:
                return
        self._raised = (now, ml_h)
        self._run.done(RAISE, words_of(RAISE))

    def _look_at_alarms(self) -> None:
        log = self._desk.alarm_log
        new = [entry for entry in log[self._alarms :] if entry.number not in self._desk.own_alarms]
        self._alarms = len(log)
        for key in observed.alarms_count_as(new):
            self._run.done(key, words_of(key))

    def _look_at_notes(self) -> None:
        notes = _notes(self._desk)
        for each in notes:
            if not any(each is known for known in self._notes):
                text = str(each.body.get("text", ""))
                self._run.note(What.ENTERED, NOTE, text)
                for key in observed.note_counts_as(Noted(text=text)):
                    self._run.done(key, words_of(key))
        self._notes = notes


def _notes(desk: LiveDesk) -> list[EntrySnapshot]:
    return [entry for entry in desk.bed.entries if entry.kind == NOTE]
