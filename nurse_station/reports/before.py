"""Paper's first sections: who, time-out, screening, baseline, drug. Says what was not recorded."""

from collections.abc import Iterator

from nurse_station.assessments.scales import SCALES
from nurse_station.infusion.order import Bag, Order, OrderedDrug
from nurse_station.infusion.units import dose, mg_h_of_ml_h, shown
from nurse_station.reports.model import Block, Column, Facts, Section, Table, Text
from nurse_station.reports.recorded import Recorded
from nurse_station.reports.words import label, or_said, vital
from nurse_station.sessions import deeds
from nurse_station.sessions.screening import QUESTIONS
from nurse_station.sessions.session import Timed
from nurse_station.sessions.states import WORDS
from nurse_station.vitals.parameters import PARAMETERS

NO_PATIENT = "No patient was bound to this session."
Pair = tuple[str, str]


def who(recorded: Recorded) -> Section:
    """Patient, session, people."""
    blocks: list[Block] = []
    if recorded.summary.simulated:
        blocks.append(Text(words="SIMULATION: these values are not a patient's.", strong=True))
    if recorded.summary.ended is None:
        blocks.append(Text(words="This session has not ended: what comes after the print is not here.",
                           strong=True))  # fmt: skip
    if recorded.unread:
        numbers = ", ".join(str(number) for number in recorded.unread)
        words = f"Entries of the journal that could not be read and are not on this paper: {numbers}."
        blocks.append(Text(words=words, strong=True))
    blocks.append(Facts(rows=(*_patient(recorded), *_session(recorded))))
    return Section(title="Patient and session", blocks=tuple(blocks))


def _patient(recorded: Recorded) -> Iterator[Pair]:
    patient = recorded.day.patient
    if patient is None:
        yield "Patient", NO_PATIENT
        return
    yield "Patient", patient.name
    yield "Date of birth", f"{patient.born:%Y-%m-%d}"
    yield "Number", or_said(patient.number, "none was entered")
    yield "Sex", {True: "female", False: "male", None: "not noted"}[patient.female]
    yield "Weight", f"{shown(patient.weight_kg)} kg, as entered for today"
    yield "Allergies", or_said(patient.allergies, "none was entered")
    yield "Diagnosis", or_said(patient.diagnosis, "none was entered")


def _session(recorded: Recorded) -> Iterator[Pair]:
    day, times = recorded.day, recorded.times
    if day.of(deeds.ScreeningBegun):
        yield "Course", f"{or_said(day.course, 'not named')}, day {day.day} of {day.days}"
    yield "Session", f"{recorded.summary.name}, {recorded.summary.uuid}"
    yield "Place", recorded.summary.bed_name
    yield "Record began", times.whole(recorded.started)
    ended = "not ended" if recorded.summary.ended is None else times.whole(recorded.until)
    yield "Record ended", ended
    if recorded.entries:
        yield "State of the day", WORDS[day.state]
    yield "Prescriber", or_said(day.order.prescriber if day.order else "", "no order was recorded")
    nurses = dict.fromkeys(entry.who for entry in recorded.entries)
    yield "Entered by", or_said(", ".join(nurses), "nobody entered anything")
    yield "Protocol", _protocol(recorded)
    yield "Times", f"{times.name}, of the computer's clock"


def _protocol(recorded: Recorded) -> str:
    protocol = recorded.protocol
    if protocol is None:
        return f"{recorded.protocol_key}, not known here" if recorded.protocol_key else "none was recorded"
    approved = f"approved by {protocol.approved_by}" if protocol.approved_by else "approved by nobody yet"
    return f"{protocol.name} ({protocol.key}), version {protocol.version} at the time of print, {approved}"


def time_out(recorded: Recorded) -> Section:
    """Consent, identity, second nurse, prescriber, escort."""
    rows = [
        (recorded.times.second(timed.at), words, timed.who)
        for timed in recorded.day.stands
        if (words := _agreed(timed.deed))
    ]
    consent = Text(words="Consent, fasting times and pregnancy test are not recorded by this program beyond "
                   "the answers of the screening: see the paper chart.")  # fmt: skip
    columns = (
        Column(title="Time", width=22), Column(title="What", width=122), Column(title="Entered by", width=36),
    )  # fmt: skip
    found: Block = Table(title="", columns=columns, rows=tuple(rows))
    if not rows:
        found = Text(words="No time-out was recorded.")
    return Section(title="Consent and time-out", blocks=(consent, found))


def _agreed(deed: deeds.Deed) -> str:
    match deed:
        case deeds.PatientBound(patient=patient):
            return f"Identity confirmed by name and date of birth: {patient.name}, {patient.born:%Y-%m-%d}"
        case deeds.SecondCheck(nurse=nurse):
            return f"Patient, drug, bag, order and pump checked by a second nurse: {nurse}"
        case deeds.PresenceNoted(name=name, present=present):
            return f"Prescriber {'in the facility' if present else 'no longer in the facility'}: {name}"
        case deeds.EscortNoted(name=name, phone=phone, present=present):
            return f"Escort {'here' if present else 'named'}: {name}, phone {or_said(phone, 'not noted')}"
        case _:
            return ""


def screening(recorded: Recorded) -> Section:
    """Every question, answered or not, and what was let pass by name."""
    answers = {timed.deed.question: timed for timed in recorded.day.stands
               if isinstance(timed.deed, deeds.Answered)}  # fmt: skip
    blocks: list[Block] = []
    if not recorded.day.of(deeds.ScreeningBegun):
        blocks.append(Text(words="No screening was recorded."))
    if answers or recorded.day.of(deeds.ScreeningBegun):
        blocks.append(_questions(recorded, answers))
    blocks += [Text(words=f"No infusion today: {or_said(each.why, 'no reason was entered')}", strong=True)
               for _, each in recorded.day.of(deeds.Declined)]  # fmt: skip
    blocks.append(_overrides(recorded))
    return Section(title="Screening", blocks=tuple(blocks))


def _questions(recorded: Recorded, answers: dict[str, Timed]) -> Table:
    rows, marked = [], []
    for key in dict.fromkeys((*QUESTIONS, *answers)):
        row = QUESTIONS.get(key)
        asks = f"{row.asks}{' (absolute)' if row.absolute else ''}" if row else key
        timed = answers.get(key)
        if timed is None or not isinstance(timed.deed, deeds.Answered):
            rows.append((asks, "NOT ASKED", "", "", ""))
        else:
            reply = timed.deed.reply
            word = "no" if reply is deeds.Reply.NO else reply.value.upper()
            rows.append((asks, word, timed.deed.note, recorded.times.minute(timed.at), timed.who))
        if rows[-1][1] != "no":
            marked.append(len(rows) - 1)
    columns = (
        Column(title="Question", width=78), Column(title="Answer", width=22), Column(title="Note", width=36),
        Column(title="Time", width=14), Column(title="Entered by", width=30),
    )  # fmt: skip
    return Table(title="", columns=columns, rows=tuple(rows), marked=tuple(marked))


def _overrides(recorded: Recorded) -> Block:
    rows = [
        (
            recorded.times.second(entry.at),
            each.rule,
            said(recorded, entry.number),
            each.by,
            each.why,
            entry.who,
        )
        for entry in recorded.entries
        for each in entry.overrides
    ]
    if not rows:
        return Text(words="No rule was let pass by name.")
    columns = (
        Column(title="Time", width=20), Column(title="Rule", width=24), Column(title="For", width=44),
        Column(title="Let pass by", width=28), Column(title="Reason", width=34),
        Column(title="Entered by", width=30),
    )  # fmt: skip
    return Table(title="Rules that were let pass by name, whole day", columns=columns, rows=tuple(rows))


def said(recorded: Recorded, number: int) -> str:
    """The sentence that was shown when an entry was made; of an older program the kind of the entry."""
    kinds = {entry.number: type(entry.deed).__name__ for entry in recorded.entries}
    return recorded.said.get(number, "") or kinds.get(number, "")


def baseline(recorded: Recorded) -> Section:
    """The sets, their median, and what was scored before the start."""
    sets = [timed for timed in recorded.day.stands if isinstance(timed.deed, deeds.BaselineTaken)]
    blocks: list[Block] = [_sets(recorded, sets)] if sets else [Text(words="No baseline was recorded.")]
    if sets and not recorded.day.baseline:
        blocks.append(Text(words="The baseline was measured and never set.", strong=True))
    blocks.append(_scores_before(recorded))
    return Section(title="Baseline", blocks=tuple(blocks))


def _sets(recorded: Recorded, sets: list[Timed]) -> Table:
    found = {key for timed in sets for key in getattr(timed.deed, "values", {})}
    keys = [key for key in PARAMETERS if key in found] + sorted(found - PARAMETERS.keys())
    rows = [_set(recorded, timed, keys) for timed in sets]
    rest = recorded.day.baseline
    if rest:
        rows.append(("median", *(vital(key, rest.get(key)) for key in keys), "", ""))
    share = 114 / len(keys) if keys else 114
    columns = (
        Column(title="Time", width=20), *(Column(title=label(key), width=share, right=True) for key in keys),
        Column(title="On air", width=16), Column(title="Entered by", width=30),
    )  # fmt: skip
    marked = (len(rows) - 1,) if rest else ()
    return Table(title="", columns=columns, rows=tuple(rows), marked=marked)


def _set(recorded: Recorded, timed: Timed, keys: list[str]) -> tuple[str, ...]:
    deed = timed.deed
    assert isinstance(deed, deeds.BaselineTaken)
    values = (vital(key, deed.values.get(key)) for key in keys)
    return (recorded.times.second(timed.at), *values, "yes" if deed.on_air else "on oxygen", timed.who)


def _scores_before(recorded: Recorded) -> Block:
    began = recorded.day.delivery.started_at() if recorded.day.delivery is not None else None
    rows = [
        (recorded.times.second(timed.at), *score_words(timed.deed), timed.who)
        for timed in recorded.day.stands
        if isinstance(timed.deed, deeds.Scored) and (began is None or timed.at < began)
    ]
    if not rows:
        return Text(words="No scores were recorded before the start.")
    return Table(title="Scores before the start", columns=SCORES, rows=tuple(rows))


SCORES = (
    Column(title="Time", width=22), Column(title="Scale", width=30),
    Column(title="Score", width=14, right=True),
    Column(title="Found", width=48), Column(title="Note", width=36), Column(title="Entered by", width=30),
)  # fmt: skip


def score_words(deed: deeds.Scored) -> tuple[str, str, str, str]:
    """Scale, score, its words, the note."""
    row = SCALES.get(deed.scale)
    if row is None or deed.score not in row.scores:  # a scale of a later version
        return deed.scale, str(deed.score), "", deed.note
    return row.name, str(deed.score), row.level(deed.score).words, deed.note


def drug(recorded: Recorded) -> Section:
    """Every order, every bag, what was discarded and who saw it."""
    orders = [timed for timed in recorded.day.stands if isinstance(timed.deed, deeds.OrderWritten)]
    blocks: list[Block] = [] if orders else [Text(words="No order was recorded.")]
    for place, timed in enumerate(orders):
        if place < len(orders) - 1:
            blocks.append(Text(words="This order was replaced by the next one:"))
        blocks.append(_order(recorded, timed))
    blocks += [_bags(recorded), _waste(recorded)]
    return Section(title="Drug and order", blocks=tuple(blocks))


def _order(recorded: Recorded, timed: Timed) -> Facts:
    deed = timed.deed
    assert isinstance(deed, deeds.OrderWritten)
    order = deed.order
    return Facts(rows=(
        ("Drug", f"ketamine, {order.form.value}"),
        ("Bag", f"{shown(order.bag_ml)} mL of {shown(order.concentration_mg_ml)} mg/mL"),
        ("Lot, expiry", f"{or_said(order.lot, 'no lot was entered')}, {order.expiry:%Y-%m-%d}"),
        ("Start", f"{dose(order.start_mg_kg_h)} mg/kg/h{_less(recorded, order, order.start_mg_kg_h)}"),
        ("Planned raises", _steps(recorded, order)),
        ("Raises", f"at most {dose(order.max_step_mg_kg_h)} mg/kg/h, "
                   f"{shown(order.step_every_min)} min apart or more"),
        ("At most", f"{dose(order.max_mg_kg_h)} mg/kg/h, {shown(order.max_mg_h)} mg/h, "
                    f"{shown(order.max_total_mg)} mg in all"),
        ("Duration", f"{shown(order.duration_min)} min"),
        ("Premedication", _drugs(order.premedication)),
        ("As needed", _drugs(order.as_needed)),
        ("Ordered by", f"{order.prescriber}, entered {recorded.times.second(timed.at)} by {timed.who}"),
    ))  # fmt: skip


def _steps(recorded: Recorded, order: Order) -> str:
    said = [f"{dose(each.mg_kg_h)} mg/kg/h{_less(recorded, order, each.mg_kg_h)} after "
            f"{shown(each.after_min)} min" for each in order.steps]  # fmt: skip
    return "; ".join(said) or "none"


def _less(recorded: Recorded, order: Order, mg_kg_h: float) -> str:
    """What this patient gets of it where the order's limits make it less."""
    patient = recorded.day.patient
    planned = order.planned_dose(mg_kg_h, patient.weight_kg) if patient is not None else None
    if planned is None or not planned.why:
        return ""
    limit = order.limit_words(patient.weight_kg) if patient is not None else ""
    return f" (given as {dose(planned.mg_kg_h)}: {limit})"


def _drugs(drugs: tuple[OrderedDrug, ...]) -> str:
    return "; ".join(f"{each.what} ({each.when})" if each.when else each.what for each in drugs) or "none"


def _bags(recorded: Recorded) -> Block:
    rows = [
        (recorded.times.second(timed.at), f"{shown(bag.ml)} mL of {shown(bag.mg_ml)} mg/mL",
         or_said(bag.lot, "no lot was entered"), timed.who)
        for timed in recorded.day.stands
        if isinstance(timed.deed, deeds.BagChanged) and (bag := timed.deed.bag)
    ]  # fmt: skip
    if not rows:
        return Text(words="No further bag was recorded. The pump's number is not recorded by this program.")
    columns = (
        Column(title="Time", width=30), Column(title="Bag", width=60), Column(title="Lot", width=50),
        Column(title="Entered by", width=40),
    )  # fmt: skip
    return Table(title="Further bags", columns=columns, rows=tuple(rows))


def _waste(recorded: Recorded) -> Block:
    rows = [
        (recorded.times.second(timed.at), shown(timed.deed.ml), wasted_mg(recorded, timed),
         or_said(timed.deed.witness, "NO WITNESS"), timed.who)
        for timed in recorded.day.stands
        if isinstance(timed.deed, deeds.WasteNoted)
    ]  # fmt: skip
    if not rows:
        return Text(words="No discarded drug was recorded.")
    columns = (
        Column(title="Time", width=30), Column(title="Discarded mL", width=30, right=True),
        Column(title="mg", width=30, right=True), Column(title="Witness", width=50),
        Column(title="Entered by", width=40),
    )  # fmt: skip
    return Table(title="Discarded", columns=columns, rows=tuple(rows))


def wasted_mg(recorded: Recorded, timed: Timed) -> str:
    """The mg in what was discarded, from the bag that hung then; `---`: no bag is known."""
    bag = _bag_at(recorded, timed.at)
    if bag is None or not isinstance(timed.deed, deeds.WasteNoted):
        return "---"
    return shown(mg_h_of_ml_h(timed.deed.ml, bag.mg_ml))


def _bag_at(recorded: Recorded, at: float) -> Bag | None:
    day = recorded.day
    segment = day.delivery.segment_at(at) if day.delivery is not None else None
    if segment is not None:
        return segment.bag
    return day.order.bag if day.order is not None else None
