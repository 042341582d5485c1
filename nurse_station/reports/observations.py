"""Paper's observation grid: what the monitor showed and what a nurse found, late and missing rows named."""

import re
from collections.abc import Iterable, Iterator, Mapping

from nurse_station.assessments.scales import SCALES
from nurse_station.infusion.units import shown
from nurse_station.reports.cuffs import Cuff
from nurse_station.reports.grid import Row, phases, rows
from nurse_station.reports.model import Block, Column, Section, Table, Text
from nurse_station.reports.recorded import Recorded
from nurse_station.reports.words import NONE, label, lasting, listed, vital
from nurse_station.sessions import deeds
from nurse_station.vitals.parameters import PARAMETERS

CURRENT_S = 15.0
"""A monitor's value stands in a row if it is not older than this."""
LATE_ENTRY_S = 60.0
"""An entry that was written so long after what it tells is said to be."""
VITALS = (("hr", "pr", "p"), ("rr_co2", "rr_imp", "i"), ("spo2", "", ""), ("etco2", "", ""))
"""Parameter, the one that stands in for it, and the mark of that."""
SCORED = ("moaas", "rass", "pain", "nausea", "dissociation", "hallucination", "anxiety", "iv_site")
"""Always columns; a scale of another kind gets one where it was scored."""
FEW = 6
"""A longer grid begins a page, as it is read as a whole."""
IN_GRID = frozenset({key for row in VITALS for key in row[:2]} | {"nibp_sys", "nibp_dia", "nibp_mean"})


def observations(recorded: Recorded) -> Section:
    """The grid and what its signs mean."""
    found = rows(recorded.day, recorded.protocol, recorded.until)
    if not found:
        return Section(title="Observations", blocks=(Text(words="No observations were recorded."),))
    scales, codes = _scales(found), initials(timed.who for row in found for timed in row.found)
    lines = tuple(_line(recorded, row, scales, codes) for row in found)
    marked = tuple(place for place, row in enumerate(found) if row.missing or row.late_s)
    table = Table(title="", columns=_columns(scales), rows=lines, marked=marked)
    blocks: tuple[Block, ...] = (
        Text(words=_interval(recorded)),
        table,
        Text(words=_legend(codes)),
        Text(words=ABSENT),
    )
    whole = (*blocks, *_notes(recorded, found))
    return Section(title="Observations", blocks=whole, own_page=len(found) > FEW)


LEGEND = (
    "Numbers without a letter are the monitor's, not older than 15 s. h: measured by hand. p: pulse in place "
    "of an ECG's heart rate. i: from chest impedance. ?: doubted by the monitor. ~: time of first sight, the "
    f"monitor told none. {NONE}: no value. IV site 0: fine."
)
ABSENT = "Rhythm and oxygen flow are not recorded by this program."


def initials(names: Iterable[str]) -> dict[str, str]:
    """Name -> its initials, told apart by a number where two have the same: `NL`, `NL2`."""
    found: dict[str, str] = {}
    for name in names:
        if name not in found:
            own = "".join(word[0] for word in re.split(r"[\W_]+", name) if word).upper() or "?"
            same = sum(1 for code in found.values() if code.rstrip("0123456789") == own)
            found[name] = f"{own}{same + 1}" if same else own
    return found


def _legend(codes: Mapping[str, str]) -> str:
    names = "; ".join(f"{code} {name}" for name, code in codes.items())
    return f"{LEGEND} By: {names}." if names else LEGEND


def _interval(recorded: Recorded) -> str:
    spans = phases(recorded.day, recorded.protocol, recorded.until)
    said = [
        f"every {shown(each.interval.every_min)} min from {recorded.times.minute(each.start)}"
        for each in spans
    ]
    if not said:
        return "No infusion ran: no observation was due."
    source = (
        "the protocol" if recorded.protocol is not None else "a default, as the protocol is not known here"
    )
    late = shown(spans[0].interval.late_after_min)
    return f"Due {' and '.join(said)}, after {source}; late after {late} min."


def _scales(found: tuple[Row, ...]) -> tuple[str, ...]:
    scored = {
        timed.deed.scale for row in found for timed in row.found if isinstance(timed.deed, deeds.Scored)
    }
    return (*SCORED, *sorted(scored - set(SCORED)))


def _columns(scales: tuple[str, ...]) -> tuple[Column, ...]:
    names = [SCALES[key].name if key in SCALES else key for key in scales]
    return (
        Column(title="Time", width=12), Column(title="HR", width=9.5, right=True),
        Column(title="BP mmHg", width=15, right=True), Column(title="Mean", width=9.5, right=True),
        Column(title="BP at", width=13, right=True), Column(title="RR", width=9, right=True),
        Column(title="SpO₂ %", width=9, right=True), Column(title="EtCO₂ mmHg", width=10.5, right=True),
        *(Column(title=name, width=6.8, right=True, tall=True) for name in names),
        Column(title="By", width=12), Column(title="Remark", width=33),
    )  # fmt: skip


def _line(recorded: Recorded, row: Row, scales: tuple[str, ...], codes: Mapping[str, str]) -> tuple[str, ...]:
    hr, rr, spo2, etco2 = (_vital(recorded, row, *names) for names in VITALS)
    by = " ".join(dict.fromkeys(codes[timed.who] for timed in row.found))
    no_monitor = [each for each in (hr, rr, spo2) if each == NONE]
    remark = "; ".join(_remarks(recorded, row, nothing=len(no_monitor) == 3))
    pressure = _pressure(recorded, row)
    scores = (_score(row, scale) for scale in scales)
    return (recorded.times.minute(row.at), hr, *pressure, rr, spo2, etco2, *scores, by, remark)


def _vital(recorded: Recorded, row: Row, first: str, second: str, mark: str) -> str:
    by_hand = _by_hand(row)
    for key in (first, second):
        if key in by_hand:
            return f"{vital(key, by_hand[key])}h"
    for key, sign in ((first, ""), (second, mark)):
        series = recorded.curves.get(key)
        value = series.newest(row.at, CURRENT_S) if series is not None else None
        if value is not None:
            return f"{vital(key, value)}{sign}"
    return NONE


def _by_hand(row: Row) -> dict[str, float]:
    return {key: value for timed in row.found if isinstance(timed.deed, deeds.Measured)
            for key, value in timed.deed.values.items()}  # fmt: skip


def _pressure(recorded: Recorded, row: Row) -> tuple[str, str, str]:
    """Pressure, mean, and when it was measured: the newest one since the row before was due."""
    last = max((row.at, *(timed.at for timed in row.found))) + 1
    own = [cuff for cuff in recorded.cuffs if row.at - row.every_s < cuff.at <= last]
    if not own:
        return NONE, NONE, ""
    cuff = own[-1]
    return pressure(cuff), vital("nibp_mean", cuff.mean), recorded.times.minute(cuff.at)


def pressure(cuff: Cuff) -> str:
    """`128/78`, with the signs of the legend."""
    signs = ("h" if cuff.by else "") + ("?" if cuff.doubted else "") + ("" if cuff.exact else "~")
    return f"{vital('nibp_sys', cuff.sys)}/{vital('nibp_dia', cuff.dia)}{signs}"


def _score(row: Row, scale: str) -> str:
    return next((str(timed.deed.score) for timed in row.found
                 if isinstance(timed.deed, deeds.Scored) and timed.deed.scale == scale), "")  # fmt: skip


def _remarks(recorded: Recorded, row: Row, *, nothing: bool) -> Iterator[str]:
    if row.missing:
        yield "NOT DONE"
    if row.late_s and row.due is not None:
        yield f"LATE {int(row.late_s // 60)} min, due {recorded.times.minute(row.due)}"
    if nothing:
        yield "no values of the monitor"
    written = max((recorded.written.get(timed.number, timed.at) for timed in row.found), default=row.at)
    if row.found and written - max(timed.at for timed in row.found) >= LATE_ENTRY_S:
        yield f"entered {recorded.times.minute(written)}"
    others = {key: value for key, value in _by_hand(row).items() if key not in IN_GRID}
    if others:
        yield listed(others)


def _notes(recorded: Recorded, found: tuple[Row, ...]) -> Iterator[Block]:
    """The words that were written beside scores, and all cuff measurements: a row has room for one."""
    notes = tuple(
        (recorded.times.second(timed.at), _name(timed.deed), timed.deed.note, timed.who)
        for row in found
        for timed in row.found
        if isinstance(timed.deed, deeds.Scored) and timed.deed.note.strip()
    )
    if notes:
        columns = (Column(title="Time", width=20), Column(title="Score", width=34),
                   Column(title="Note", width=90), Column(title="Entered by", width=36))  # fmt: skip
        yield Table(title="Notes beside scores", columns=columns, rows=notes)
    yield _all_pressures(recorded)


def _name(deed: deeds.Scored) -> str:
    return f"{SCALES[deed.scale].name if deed.scale in SCALES else deed.scale} {deed.score}"


def _all_pressures(recorded: Recorded) -> Block:
    if not recorded.cuffs:
        return Text(words="No blood pressure was recorded.")
    said = [f"{recorded.times.minute(cuff.at)} {pressure(cuff)} ({vital('nibp_mean', cuff.mean)})"
            for cuff in recorded.cuffs]  # fmt: skip
    return Text(words=f"Every blood pressure, systolic/diastolic (mean) mmHg: {', '.join(said)}.")


def coverage(recorded: Recorded) -> Table:
    """For each measurement: from when to when, and how long without a value."""
    columns = (
        Column(title="Measurement", width=44), Column(title="First value", width=34),
        Column(title="Last value", width=34), Column(title="Without a value", width=34, right=True),
        Column(title="Longest", width=34, right=True),
    )  # fmt: skip
    lines = [_covered(recorded, key) for key in ("hr", "pr", "spo2", "rr_co2", "rr_imp", "etco2")]
    return Table(title="Measurements between first and last value", columns=columns, rows=tuple(lines))


def _covered(recorded: Recorded, key: str) -> tuple[str, ...]:
    series = recorded.curves.get(key)
    if series is None:
        return label(key) if key in PARAMETERS else key, "never", "", "", ""
    gaps = [float(gap) for gap in series.at[1:] - series.at[:-1] if gap > CURRENT_S]
    at = recorded.times.second
    longest = lasting(max(gaps)) if gaps else "none over 15 s"
    return (label(key), at(float(series.at[0])), at(float(series.at[-1])), lasting(sum(gaps)), longest)
