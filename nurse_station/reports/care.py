"""Paper's interventions, recovery, discharge scores item by item, outcome and next dates."""

from collections.abc import Iterator
from datetime import date

from nurse_station.assessments.scores import QUESTIONNAIRES, Item
from nurse_station.infusion.units import shown
from nurse_station.reports.before import Pair
from nurse_station.reports.model import Block, Column, Facts, Section, Table, Text
from nurse_station.reports.recorded import Recorded, entered_late
from nurse_station.reports.words import minutes, or_said, yes_no
from nurse_station.sessions import deeds
from nurse_station.sessions.course import months_after
from nurse_station.sessions.session import Timed
from nurse_station.sessions.states import ENDED

NOTE = "note"
"""Kind of a journal entry that somebody typed at the bed."""


def interventions(recorded: Recorded) -> Section:
    """What was done for the patient, calls and notes, in the order of time."""
    found = [(timed.at, *words, _by(recorded, timed)) for timed in recorded.day.stands
             if (words := _done(timed.deed))]  # fmt: skip
    found += [(entry.wall.timestamp(), "note", str(entry.body.get("text", "")), entry.who)
              for entry in recorded.journal if entry.kind == NOTE]  # fmt: skip
    if not found:
        return Section(title="Interventions and notes", blocks=(Text(words="No intervention and no note was "
                                                                     "recorded."),))  # fmt: skip
    columns = (
        Column(title="Time", width=22), Column(title="Kind", width=28), Column(title="What", width=98),
        Column(title="By", width=32),
    )  # fmt: skip
    lines = sorted(found, key=lambda each: each[0])
    rows = tuple((recorded.times.second(at), kind, what, who) for at, kind, what, who in lines)
    marked = tuple(place for place, row in enumerate(rows) if row[1] == "EMERGENCY")
    return Section(title="Interventions and notes",
                   blocks=(Table(title="", columns=columns, rows=rows, marked=marked),))  # fmt: skip


def _by(recorded: Recorded, timed: Timed) -> str:
    late = entered_late(recorded, timed)
    return f"{timed.who}, {late}" if late else timed.who


def _done(deed: deeds.Deed) -> tuple[str, str] | None:
    match deed:
        case deeds.Intervened(what=what, note=note):
            return "intervention", f"{what}; {note}" if note.strip() else what
        case deeds.Noted(text=text):
            return "note", text
        case deeds.EmergencyCalled(why=why):
            return "EMERGENCY", f"called; {or_said(why, 'no reason was entered')}"
        case deeds.EmergencyOver(note=note):
            return "emergency over", or_said(note, "the patient recovers here")
        case deeds.Transferred(to=to):
            return "transfer", f"to {to}"
        case _:
            return None


def recovery(recorded: Recorded) -> Section:
    """From the stop to the way home, and every score item by item."""
    day = recorded.day
    if day.stopped_at is None and not day.of(deeds.Questioned):
        return Section(title="Recovery and discharge", blocks=(Text(words="No recovery was recorded."),))
    sheets = [timed for timed in day.stands if isinstance(timed.deed, deeds.Questioned)]
    scores: tuple[Block, ...] = tuple(_sheet(recorded, timed) for timed in sheets)
    missing = [row.name for key, row in QUESTIONNAIRES.items() if key not in day.totals]
    if missing:
        scores = (*scores, Text(words=f"Not scored: {', '.join(missing)}.", strong=True))
    return Section(title="Recovery and discharge", blocks=(Facts(rows=tuple(_recovery(recorded))), *scores))


def _recovery(recorded: Recorded) -> Iterator[Pair]:
    day, times = recorded.day, recorded.times
    over = day.since if day.state in ENDED and day.since is not None else None
    if day.recovering_since is not None:
        yield "Recovery since", times.second(day.recovering_since)
        yield "In recovery for", minutes((recorded.until if over is None else over) - day.recovering_since)
    yield "IV out", _when(recorded, deeds.LineOut)
    steady = {True: "steady", False: "UNSTEADY", None: "not seen"}[day.steady]
    yield "Gait", f"{steady}{_last(recorded, deeds.Walked)}"
    yield "Written instructions", _when(recorded, deeds.Instructed)
    escort = day.escort
    named = "not noted" if escort is None else f"{escort.name}, here: {yes_no(escort.present)}"
    yield "Escort", named
    yield "Ready to go home", _when(recorded, deeds.ReadyToGo)
    yield "Discharged", _when(recorded, deeds.Discharged)
    yield "Standing blood pressure", "not recorded by this program"


def _when(recorded: Recorded, kind: type[deeds.Deed]) -> str:
    found = recorded.day.of(kind)
    return recorded.times.second(found[-1][0]) if found else "not recorded"


def _last(recorded: Recorded, kind: type[deeds.Deed]) -> str:
    found = recorded.day.of(kind)
    return f", {recorded.times.second(found[-1][0])}" if found else ""


def _sheet(recorded: Recorded, timed: Timed) -> Table:
    deed = timed.deed
    assert isinstance(deed, deeds.Questioned)
    columns = (
        Column(title="Item", width=54), Column(title="Points", width=20, right=True),
        Column(title="Found", width=106),
    )  # fmt: skip
    sheet = QUESTIONNAIRES.get(deed.key)
    if sheet is None:  # of a later version
        rows = tuple((item, str(points), "") for item, points in deed.answers.items())
        return Table(
            title=f"{deed.key}, {recorded.times.second(timed.at)}, {timed.who}", columns=columns, rows=rows
        )
    items = tuple(_item(item, deed.answers.get(item.key)) for item in sheet.items)
    known = {item.key for item in sheet.items}
    others = tuple((key, str(points), "") for key, points in deed.answers.items() if key not in known)
    whole = all(item.key in deed.answers for item in sheet.items)
    total = str(sum(deed.answers[item.key] for item in sheet.items)) if whole else "incomplete"
    sum_row = ("Sum", total, f"of {sheet.most}; {sheet.leaves_at} or more to leave ({sheet.version})")
    title = f"{sheet.name}, {recorded.times.second(timed.at)}, {timed.who}"
    return Table(title=title, columns=columns, rows=(*items, *others, sum_row), marked=(len(items + others),))


def _item(item: Item, points: int | None) -> tuple[str, str, str]:
    if points is None:
        return item.name, "---", "NOT ANSWERED"
    return item.name, str(points), item.answers.get(points, "")


def outcome(recorded: Recorded) -> Section:
    """Pain before and after, benefit, plan, dates."""
    facts = Facts(rows=tuple(_outcome(recorded)))
    return Section(title="Outcome and next dates", blocks=(facts,))


def _outcome(recorded: Recorded) -> Iterator[Pair]:
    day = recorded.day
    yield "Pain", pain_change(recorded)
    noted = day.of(deeds.OutcomeNoted)
    if not noted:
        yield "Benefit", "No outcome was recorded."
    for at, each in noted:
        word = {True: "better than before", False: "no benefit", None: "not asked"}[each.benefit]
        yield "Benefit", f"{word} ({recorded.times.second(at)})"
        yield "Plan", or_said(each.plan, "none was entered")
    protocol = recorded.protocol
    if protocol is None:
        return
    course = protocol.course
    yield (
        "Benefit rule of the protocol",
        (
            f"{shown(course.benefit_percent)} % or {shown(course.benefit_points)} points less pain; without "
            f"it by day {course.no_benefit_days}, stopping is talked about"
        ),
    )
    yield "Next dates", next_dates(recorded, course.review_months)
    yield "Liver tests", f"due from course {course.liver_tests_from_course} on, by the protocol"


def pain_change(recorded: Recorded) -> str:
    """First and last pain score, difference and per cent."""
    pains = recorded.day.scores.get("pain", ())
    if not pains:
        return "No pain score was recorded."
    first, last = pains[0].score, pains[-1].score
    if len(pains) == 1:
        return f"{first} of 10, once ({recorded.times.minute(pains[0].at)})"
    percent = f", {100 * (last - first) / first:+.0f} %" if first else ""
    return (f"first {first} of 10 ({recorded.times.minute(pains[0].at)}), last {last} of 10 "
            f"({recorded.times.minute(pains[-1].at)}): {last - first:+d} points{percent}")  # fmt: skip


def next_dates(recorded: Recorded, review_months: tuple[int, ...]) -> str:
    """The next day of the course, or the reviews after its last."""
    day = recorded.day
    if not day.of(deeds.ScreeningBegun):
        return "The day of the course was not recorded."
    if day.day < day.days:
        return f"Day {day.day + 1} of {day.days}; its date is not recorded here."
    dates = [f"{months_after(_date(recorded), months):%Y-%m-%d}" for months in review_months]
    return f"The course is complete: review on {' and '.join(dates)}." if dates else "The course is complete."


def _date(recorded: Recorded) -> date:
    return recorded.times.first
