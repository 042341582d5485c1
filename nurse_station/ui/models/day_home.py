"""Going home: what stands for each line, what the course asks for next. Enters nothing; no Qt."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from nurse_station.assessments.scales import SCALES
from nurse_station.assessments.scores import QUESTIONNAIRES
from nurse_station.infusion.units import shown
from nurse_station.sessions import deeds
from nurse_station.sessions.course import Day, advice, day_of
from nurse_station.sessions.deeds import Deed
from nurse_station.sessions.rules_home import FRESH_MIN
from nurse_station.sessions.session import Session
from nurse_station.sessions.states import ENDED, State
from nurse_station.station.snapshots import CareSnapshot
from nurse_station.station.view import PatientDay
from nurse_station.ui.models import words
from nurse_station.ui.models.day_checklist import SCORED_AT_HOME, Marked, score_key, score_of
from nurse_station.ui.models.day_steps import of_patient

Points = Mapping[str, Mapping[str, int]]
"""Questionnaire -> item -> points that were given in this form."""


def marks(session: Session, now: float, points: Points) -> dict[str, Marked]:
    """What stands for each line at session second `now`; what is older than half an hour stands no more."""
    found: dict[str, Marked] = {}
    for scale in SCORED_AT_HOME:
        last = session.last(scale)
        if last is not None and now - last.at <= FRESH_MIN * 60:
            found[scale] = Marked(answer=score_key(last.score), aside=words.ago(now - last.at),
                                  doubtful=scale != "pain" and last.score != SCALES[scale].usual)  # fmt: skip
    for key in QUESTIONNAIRES:
        for item, given in {**fresh(session, key, now), **points.get(key, {})}.items():
            found[f"{key}.{item}"] = Marked(answer=str(given), doubtful=given < 2)
    if session.steady is not None:
        found["walked"] = Marked(answer="Y" if session.steady else "N", doubtful=not session.steady)
    if session.line_out:
        found["line_out"] = Marked(answer="Y")
    if session.instructed:
        found["instructed"] = Marked(answer="Y")
    if session.escort is not None:
        here = session.escort.present
        found["escort"] = Marked(answer="Y" if here else "N", aside=session.escort.name, doubtful=not here)
    return found


def fresh(session: Session, key: str, now: float) -> Mapping[str, int]:
    """The points of a questionnaire that still say something of now; empty: none do."""
    at, answers = session.totals.get(key, (0.0, {}))
    return answers if answers and now - at <= FRESH_MIN * 60 else {}


def scored(session: Session, row: str, key: str, now: float, points: Points) -> tuple[Points, Deed | None]:
    """One point more: the points as they are then, and the score once every item has some."""
    sheet, _, item = row.partition(".")
    given = {**fresh(session, sheet, now), **points.get(sheet, {}), item: int(key)}
    whole = QUESTIONNAIRES[sheet].total(given) is not None
    return {**points, sheet: given}, deeds.Questioned(key=sheet, answers=given) if whole else None


def deed_of(row: str, key: str, session: Session, escort: str, phone: str) -> Deed | str:
    """What a key on a line enters, or why it cannot. Not for items of a questionnaire."""
    if row in SCALES:
        return deeds.Scored(scale=row, score=score_of(key))
    match row:
        case "walked":
            return deeds.Walked(steady=key == "Y")
        case "line_out":
            return deeds.LineOut()
        case "instructed":
            return deeds.Instructed()
        case _:
            known = session.escort.name if session.escort is not None else ""
            if not (escort.strip() or known):
                return "Write who takes the patient home, then mark that the escort is here."
            number = phone.strip() or (session.escort.phone if session.escort is not None else "")
            return deeds.EscortNoted(name=escort.strip() or known, phone=number, present=key == "Y")


def totals_words(session: Session, now: float) -> str:
    """`Aldrete 10 of 10, PADSS, adapted not scored`."""
    said = []
    for key, sheet in QUESTIONNAIRES.items():
        total = sheet.total(fresh(session, key, now))
        said.append(f"{sheet.name} {'not scored' if total is None else f'{total} of {sheet.most}'}")
    return words.joined(*said)


def time_words(care: CareSnapshot) -> str:
    """How long recovery has lasted, and must last still."""
    since, now, wanted = care.session.recovering_since, care.seen.at, care.protocol.recovery.min_min
    if care.summary.state in ENDED:
        return care.summary.words.capitalize()
    if since is None:
        return "Recovery has not begun"
    left = wanted * 60 - (now - since)
    lasted = f"Recovery {words.minutes(now - since)}"
    return (
        f"{lasted} · {words.minutes(left)} left of {wanted:g} min" if left > 0 else f"{lasted} · time is met"
    )


def left_in_bag(session: Session, now: float) -> str:
    """What should be left in the bag, by what was given; empty: not known."""
    left = session.delivery.bag_left_ml(now) if session.delivery is not None else None
    return "" if left is None else f"by what was given {shown(max(0.0, left), 1)} mL are left"


def step_deed(state: State) -> Deed:
    """The next move: fit to go, then gone."""
    return deeds.Discharged() if state is State.DISCHARGE_READY else deeds.ReadyToGo()


def advised(care: CareSnapshot, past: Iterable[PatientDay], this_session: str) -> tuple[str, ...]:
    """What is to be talked about or planned after this day; nothing before the infusion is over."""
    session = care.session
    if session.patient is None or session.stopped_at is None or session.delivery is None:
        return ()
    own = [day for day in of_patient(tuple(past), session.patient) if day.session != this_session]
    given = [day for day in own if day.outcome is not None]
    on = datetime.fromtimestamp(session.stopped_at, UTC).astimezone().date()
    course = [day.outcome for day in given if day.course == session.course and day.outcome is not None]
    courses = len({day.course for day in given} | {session.course})
    days: Sequence[Day] = (*course, day_of(session, on, care.seen.at))
    return advice(days, courses, care.protocol)
