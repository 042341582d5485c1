"""What Ctrl+Z takes back, asks about or refuses, and in which words. Takes nothing back itself; no Qt."""

from dataclasses import dataclass
from itertools import takewhile

from nurse_station.sessions import deeds
from nurse_station.sessions.decide import SLIP_S
from nurse_station.sessions.deeds import Deed, Entry
from nurse_station.sessions.findings import past
from nurse_station.sessions.session import AT_THE_PUMP, MOVED_BY, without
from nurse_station.sessions.words import sentence, state_words
from nurse_station.station.snapshots import CareSnapshot

UNDO_S = SLIP_S
"""An entry older than this is no slip of the finger any more: it is corrected in the record."""
TOGETHER_S = 1.0
"""Findings that one press entered lie no further apart."""
FORM_ONLY = (deeds.EmergencyCalled, deeds.EmergencyOver, deeds.Transferred, deeds.PatientBound,
             deeds.OrderWritten, deeds.Discharged, deeds.Declined)  # fmt: skip
"""Nothing that a key takes back, nor an answer in the panel: only the form of corrections."""
IN_THE_RECORD = "Older entries are corrected in the record: choose the entry there."
NOTHING_TO_UNDO = "There is no entry of your own to take back; choose the entry in the record to correct it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """What one press of undo means now.

    Attributes:
        numbers: The entries that it takes back, the newest first; empty: none.
        asks: What is asked before; empty: it is done at once.
        refused: Why nothing is taken back; else empty.
    """

    numbers: tuple[int, ...] = ()
    asks: str = ""
    refused: str = ""


def undo(care: CareSnapshot, who: str) -> Undo:
    """Only the nurse's own newest entry, and only while it can be a slip."""
    entries, at = care.entries, care.summary.at
    if not entries or entries[-1].who != who or not who:
        return Undo(refused=NOTHING_TO_UNDO)
    last = entries[-1]
    if last.corrects is not None:
        return Undo(refused=f"{_last_undo(care, last)} {IN_THE_RECORD}")
    said = sentence(last.deed, without(care.session, last.number)).rstrip(".")
    if at - _made(last) > UNDO_S:
        return Undo(refused=f"Your newest entry is {past(at - _made(last))} old: {said}. {IN_THE_RECORD}")
    if isinstance(last.deed, FORM_ONLY):
        return Undo(refused=f"“{said}” is not taken back by a key: choose it in the record to correct it.")
    if _moves(last.deed):
        return Undo(numbers=(last.number,), asks=_question(care, last, said))
    return Undo(numbers=tuple(entry.number for entry in _together(entries)))


def _last_undo(care: CareSnapshot, correction: Entry) -> str:
    former = next((entry for entry in care.entries if entry.number == correction.corrects), None)
    if former is None or not isinstance(correction.deed, deeds.Withdrawn):
        return "Your newest entry is a correction."
    said = sentence(former.deed, care.session).rstrip(".")
    return f"The last undo took back: {said}. A second one takes back nothing more."


def _question(care: CareSnapshot, entry: Entry, said: str) -> str:
    then = state_words(without(care.session, entry.number), care.summary.at)
    return f"Take back “{said}”? The record would say: {then}. What does the pump show? Why was it wrong?"


def _moves(deed: Deed) -> bool:
    return type(deed) in MOVED_BY or type(deed) in AT_THE_PUMP


def _made(entry: Entry) -> float:
    return entry.at if entry.entered is None else entry.entered


def _together(entries: tuple[Entry, ...]) -> list[Entry]:
    """What one press entered, as the findings of a round; the newest first."""
    last = entries[-1]
    if not isinstance(last.deed, deeds.Scored):
        return [last]
    return list(takewhile(lambda entry: _same_press(entry, last), reversed(entries)))


def _same_press(entry: Entry, last: Entry) -> bool:
    same = entry.who == last.who and entry.corrects is None and isinstance(entry.deed, deeds.Scored)
    return same and abs(_made(last) - _made(entry)) < TOGETHER_S
