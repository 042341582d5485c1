"""A session -> the report of it: the sections in the order of paper, what stands on every page. Pure."""

from nurse_station import __version__
from nurse_station.reports import alarms, before, care, chart, infusion, integrity, observations, patient
from nurse_station.reports.model import Report
from nurse_station.reports.recorded import Recorded


def session_report(recorded: Recorded) -> Report:
    """The whole session, for the chart."""
    sections = (
        before.who(recorded), before.time_out(recorded), before.screening(recorded),
        before.baseline(recorded), before.drug(recorded), infusion.titration(recorded),
        chart.graph(recorded), observations.observations(recorded), alarms.alarms(recorded),
        care.interventions(recorded), infusion.totals(recorded), care.recovery(recorded),
        care.outcome(recorded), integrity.record(recorded),
    )  # fmt: skip
    footer = f"{integrity.NOT_A_DEVICE} nurse station {__version__}"
    return Report(
        title="Infusion session", header=recorded.clinic or "Infusion session",
        identifiers=identifiers(recorded), subject=_subject(recorded), footer=footer,
        simulated=recorded.summary.simulated, sections=sections,
    )  # fmt: skip


def patient_summary(recorded: Recorded) -> Report:
    """One page to take home."""
    return Report(
        title="Your infusion day", header=recorded.clinic or "Your infusion day",
        identifiers=identifiers(recorded), subject=recorded.times.day(recorded.started),
        footer="Made from your clinic's record. It does not replace what your clinic tells you.",
        simulated=recorded.summary.simulated, large=True, sections=patient.sections(recorded),
    )  # fmt: skip


def identifiers(recorded: Recorded) -> str:
    """Name and date of birth, and the number where there is one."""
    who = recorded.day.patient
    if who is None:
        return "NO PATIENT BOUND"
    number = f" · {who.number}" if who.number.strip() else ""
    return f"{who.name} · born {who.born:%Y-%m-%d}{number}"


def _subject(recorded: Recorded) -> str:
    summary = recorded.summary
    return f"{summary.name} · {summary.bed_name} · {recorded.times.day(recorded.started)}"
