"""Paper's last section: what was changed, what is missing, who signs, and how to tell that it is whole."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from nurse_station import __version__
from nurse_station.alarms.changes import Act
from nurse_station.reports.alarms import limit_changes
from nurse_station.reports.before import Pair, said
from nurse_station.reports.model import Block, Column, Facts, Section, Signatures, Table, Text
from nurse_station.reports.observations import coverage
from nurse_station.reports.recorded import Recorded
from nurse_station.reports.words import lasting
from nurse_station.sessions import deeds
from nurse_station.sessions.deeds import Entry

NOT_A_DEVICE = "Not a certified medical device; the bedside monitor is the primary alarm."


def corrections(recorded: Recorded) -> Block:
    """Every entry that was replaced or withdrawn, with what stood there before."""
    first = {entry.number: entry for entry in recorded.entries}
    rows = tuple(
        (recorded.times.second(recorded.written.get(entry.number, entry.at)), _before(recorded, first, entry),
         said(recorded, entry.number), entry.why, entry.who)
        for entry in recorded.entries
        if entry.corrects is not None
    )  # fmt: skip
    if not rows:
        return Text(words="No entry was corrected.")
    columns = (
        Column(title="Written", width=20), Column(title="What stood there", width=56),
        Column(title="The correction", width=56), Column(title="Why", width=26), Column(title="By", width=22),
    )  # fmt: skip
    return Table(title="Entries that were corrected", columns=columns, rows=rows)


def _before(recorded: Recorded, first: Mapping[int, Entry], entry: Entry) -> str:
    was = first.get(entry.corrects) if entry.corrects is not None else None
    if was is None:
        return f"entry {entry.corrects}, which is not there"
    return f"{recorded.times.second(was.at)} {said(recorded, was.number)} ({was.who})"


def _seconds(body: Mapping[str, Any]) -> str:
    seconds = body.get("seconds")
    return f" for {lasting(seconds)}" if isinstance(seconds, int | float) else ""


def _port(words: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda body: f"{words} {body.get('port', '')}".rstrip()


_GAPS: Mapping[str, Callable[[Mapping[str, Any]], str]] = MappingProxyType({
    str(Act.GAP): lambda body: f"Nobody was watching{_seconds(body)}",
    "session_resumed": lambda body: "The program was gone and goes on with this session",
    "line_silent": _port("No values from the monitor on"),
    "line_back": _port("Values again from the monitor on"),
    "line_lost": lambda body: f"Line lost: {body.get('trouble', '')}",
    "monitor_connected": _port("Monitor connected on"),
    "monitor_disconnected": _port("Monitor disconnected from"),
    "identity_asked": lambda body: f"The patient was to be confirmed again: {body.get('why', '')}",
    "patient_changed": lambda body: f"The monitor names another patient: {body.get('identity', '')}",
    "source_changed": lambda body: (
        f"{body.get('parameter', '')} from {body.get('new', '')}, before from {body.get('old', '')}"
    ),
    "vitals_lost": lambda body: f"Vital signs that no disk took were lost{_seconds(body)}",
    "rows_refused": lambda body: f"The record refused {body.get('rows', '')} rows: a fault of this program",
    "record_restarted": lambda body: f"The record's writer began anew{_seconds(body)}",
})  # fmt: skip
"""Kinds of the journal that interrupt the watching -> what they say."""


def gaps(recorded: Recorded) -> Block:
    """Monitors that came, went and fell silent; the program's own absences."""
    rows = tuple(
        (recorded.times.second(entry.wall.timestamp()), _GAPS[entry.kind](entry.body), entry.why, entry.who)
        for entry in recorded.journal
        if entry.kind in _GAPS
    )
    if not rows:
        return Text(words="No interruption was recorded.")
    columns = (
        Column(title="Time", width=20), Column(title="What interrupted or resumed the watching", width=96),
        Column(title="Why", width=36), Column(title="By", width=28),
    )  # fmt: skip
    return Table(title="Data gaps and monitors", columns=columns, rows=rows)


def record(recorded: Recorded) -> Section:
    """All of it, with the lines to sign on."""
    facts = Facts(rows=tuple(_facts(recorded)))
    blocks: tuple[Block, ...] = (
        limit_changes(recorded), corrections(recorded), gaps(recorded), coverage(recorded), facts,
        Signatures(lines=tuple(_signers(recorded))),
    )  # fmt: skip
    return Section(title="Record and signatures", blocks=blocks)


def _facts(recorded: Recorded) -> Iterator[Pair]:
    yield "Printed", f"{recorded.times.whole(recorded.printed)} by nurse station {__version__}"
    yield "Entries", f"{len(recorded.journal)} in the journal, {len(recorded.entries)} of them of the day"
    yield "Vital signs", f"{recorded.summary.numerics} rows, {recorded.summary.waves} rows of waves"
    yield "Clock", "the computer's; the monitors' clocks are not compared with it"
    chain = recorded.chain
    if chain is None:
        yield "Chain digest", "not chained"
        return
    yield "Chain digest", f"{chain.link} (SHA-256, journal entry {chain.entry})"
    signed = "covered by a signed checkpoint" if chain.signed else "not covered by a signed checkpoint yet"
    yield "Signature", f"{signed}; to check: nurse-station verify {recorded.summary.name}"


def _signers(recorded: Recorded) -> Iterator[str]:
    day = recorded.day
    nurses = tuple(dict.fromkeys(entry.who for entry in recorded.entries))
    yield from (f"Entered by: {name}" for name in nurses)
    if not nurses:
        yield "Nurse"
    noted = [each.name for _, each in day.of(deeds.PresenceNoted)]
    prescribers = dict.fromkeys(([day.order.prescriber] if day.order is not None else []) + noted)
    yield from (f"Prescriber: {name}" for name in prescribers)
    if not prescribers:
        yield "Prescriber"
    yield from (f"Witness: {name}" for name in dict.fromkeys(
        each.witness for _, each in day.of(deeds.WasteNoted) if each.witness.strip()))  # fmt: skip
