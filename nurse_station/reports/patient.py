"""A page to take home, for the patient: plain words, no abbreviations, no doses by weight. Advises little."""

from collections.abc import Iterator

from nurse_station.infusion.units import shown
from nurse_station.reports.before import NO_PATIENT, Pair
from nurse_station.reports.model import Block, Facts, Section, Text
from nurse_station.reports.recorded import Recorded
from nurse_station.sessions import deeds

AT_HOME = (
    "Somebody takes you home and stays with you today.",
    "Do not drive, cycle, use machines or sign anything important until tomorrow, or longer if told so.",
    "You may feel tired, dizzy or unsteady today. Get up slowly and hold on to something.",
    "Strange feelings or vivid dreams can come back within a day. A quiet room and a person you trust help.",
    "No alcohol today. Take your usual medicines as your clinic told you.",
)
CALL = (
    "Call your clinic if you feel very sick, cannot keep drinks down, see or hear things that are not there, "
    "have bad pain, or if the place of the drip gets red, hot or swollen."
)
EMERGENCY = (
    "Call the emergency number at once for trouble breathing, chest pain, or if you cannot be woken properly."
)


def sections(recorded: Recorded) -> tuple[Section, ...]:
    """The page."""
    return (
        Section(title="Your day", blocks=(Facts(rows=tuple(_day(recorded))),)),
        Section(title="At home", blocks=tuple(Text(words=f"• {words}") for words in AT_HOME)),
        Section(title="When to call", blocks=tuple(_call(recorded))),
        Section(title="What comes next", blocks=tuple(_next(recorded))),
    )


def _day(recorded: Recorded) -> Iterator[Pair]:
    day, times = recorded.day, recorded.times
    yield "Name", day.patient.name if day.patient is not None else NO_PATIENT
    yield "Date", times.day(recorded.started)
    delivery = day.delivery
    began = delivery.started_at() if delivery is not None else None
    if delivery is None or began is None:
        yield "Medicine", "You had no ketamine today."
    else:
        end = recorded.until if day.stopped_at is None else day.stopped_at
        yield "Medicine", f"Ketamine through a drip, {shown(delivery.mg(end), 0)} mg in all"
        yield "From, to", f"{times.minute(began)} to {times.minute(end)}"
    yield "Your pain", _pain(recorded)


def _pain(recorded: Recorded) -> str:
    pains = recorded.day.scores.get("pain", ())
    if not pains:
        return "was not asked"
    if len(pains) == 1:
        return f"{pains[0].score} (0 is none, 10 is the worst)"
    return f"{pains[0].score} before, {pains[-1].score} at the end (0 is none, 10 is the worst)"


def _call(recorded: Recorded) -> Iterator[Block]:
    yield Text(words=CALL)
    where = f"{recorded.clinic}: " if recorded.clinic else "Your clinic's number: "
    yield Text(words=f"{where}______________________________")
    yield Text(words=EMERGENCY, strong=True)


def _next(recorded: Recorded) -> Iterator[Block]:
    day = recorded.day
    plans = [each.plan for _, each in day.of(deeds.OutcomeNoted) if each.plan.strip()]
    yield from (Text(words=plan) for plan in plans)
    if day.of(deeds.ScreeningBegun):
        yield Text(words=f"This was day {day.day} of {day.days}.")
    yield Text(words="Your next visit: ______________________________")
    yield Text(words="This page is a summary. Your clinic keeps the whole record.")
