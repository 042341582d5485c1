"""NEWS2 of this moment from what is measured and found; incomplete where one is unknown. Advises nothing.

National Early Warning Score 2, Royal College of Physicians 2017. It does not see ketamine's rise in blood
pressure, so that it stands beside the rules of the day and is none of them.
"""

from dataclasses import dataclass

from nurse_station.assessments.scores import News2, news2
from nurse_station.sessions import deeds
from nurse_station.sessions.seen import Seen, with_hands
from nurse_station.sessions.session import Score, Session
from nurse_station.station.snapshots import CareSnapshot

FOUND_HOLDS_S = 1800.0
"""A responsiveness found longer ago says nothing of now: a default, as for the scores of going home."""
TEMPERATURE_HOLDS_S = 4 * 3600.0
"""A temperature taken by hand says something of now for so long, the length of an infusion: a default."""
CONFUSED = 1
"""AVPU's score of new confusion."""
TEMPERATURES = ("temp1", "temp2", "temp3", "temp4")
WORDS = {"rr": "respiratory rate", "spo2": "SpO₂", "oxygen": "air or oxygen", "systolic": "blood pressure",
         "pulse": "pulse", "alert": "responsiveness", "temperature": "temperature"}  # fmt: skip
BLIND = "It does not see a rise in blood pressure: 180 mmHg scores 0. Royal College of Physicians 2017."


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsShown:
    """NEWS2 in words: in one line, all of it, and whether it needs a look."""

    words: str
    tip: str
    pressing: bool = False


def news(care: CareSnapshot) -> NewsShown:
    """NEWS2 with SpO₂ scale 1, now."""
    found = _news(care)
    points = ", ".join(f"{WORDS[key]} {score}" for key, score in found.points.items())
    tip = f"NEWS2: {points or 'nothing is known'}. {BLIND}"
    if found.total is None:
        lacks = ", ".join(WORDS[key] for key in found.missing)
        return NewsShown(words=f"incomplete, without {lacks}", tip=tip)
    band = f" ({found.band})" if found.total else ""
    return NewsShown(
        words=f"{found.total}{band}", tip=tip, pressing=found.total >= 5 or found.band == "3 in one"
    )


def _news(care: CareSnapshot) -> News2:
    session, seen = care.session, with_hands(care.seen, care.session)
    pressure = seen.pressure
    return news2(
        rr=seen.value("rr_co2", "rr_imp"), spo2=seen.value("spo2"), oxygen=oxygen(session),
        systolic=pressure.sys if pressure is not None else None, pulse=seen.value("hr", "pr"),
        alert=alert(session, seen.at), temperature=_temperature(session, seen),
    )  # fmt: skip


def _temperature(session: Session, seen: Seen) -> float | None:
    by_hand = [measured.values["temp1"] for at, measured in session.of(deeds.Measured)
               if "temp1" in measured.values and seen.at - at <= TEMPERATURE_HOLDS_S]  # fmt: skip
    live = seen.value(*TEMPERATURES)
    return by_hand[-1] if live is None and by_hand else live


def oxygen(session: Session) -> bool | None:
    """Whether the patient gets oxygen, by the record: once it was given nobody has noted its end."""
    if any("oxygen" in done.what.casefold() for _, done in session.of(deeds.Intervened)):
        return True
    taken = session.of(deeds.BaselineTaken)
    return not taken[-1][1].on_air if taken else None


def alert(session: Session, at: float) -> bool | None:
    """Whether the patient is alert and not confused; None: not looked at lately."""
    moaas, avpu, dissociation = (_fresh(session, key, at) for key in ("moaas", "avpu", "dissociation"))
    looks = [each for each in (moaas, avpu) if each is not None]
    if not looks:
        return None
    newest = max(looks, key=lambda each: each.at)
    awake = newest.score == 0 if newest is avpu else newest.score >= 5
    # MOAA/S asks for no confusion: what AVPU or the grade of dissociation found stands beside it.
    confused = avpu is not None and avpu.score == CONFUSED
    lost = dissociation is not None and dissociation.score >= 4
    return awake and not confused and not lost


def _fresh(session: Session, scale: str, at: float) -> Score | None:
    last = session.last(scale)
    return None if last is None or at - last.at > FOUND_HOLDS_S else last
