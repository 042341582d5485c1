"""From a bed's snapshot to the value blocks of its screen. Formats; no limit is known here, no Qt."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from nurse_station.sessions.deeds import Measured
from nurse_station.station.snapshots import Age, BedSnapshot, LineState, Numeric, RoomSnapshot
from nurse_station.ui import texts
from nurse_station.ui.models import words
from nurse_station.ui.models.units import WARD, Units
from nurse_station.vitals.parameters import PARAMETERS
from nurse_station.vitals.readings import Missing, Quality

HAND_OLD_S, HAND_GONE_S = 15 * 60.0, 60 * 60.0
"""A pressure by hand is old, and is not shown any longer, as one of a cuff whose interval is not known."""
STANDS_IN = "stands in"
CONTRADICTS = "≠"
"""Before the value of another monitor that contradicts the one that is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumericBlock:
    """What one value block says.

    Attributes:
        key: Which block: "hr", "spo2", "rr", "etco2", "nibp", "temp1", "p1", ...
        label, unit: The words at its head.
        value: `82`, `128/76`, `---`.
        beside: Smaller, after the value: the mean pressure in brackets.
        mark: `?` when the monitor doubts the value.
        origin: What it was measured from, and by which monitor where there are several, small.
        aside: A second value of the same sensor, e.g. the pulse rate.
        note: Beneath the value: why there is none, or how old it is.
        token: Its colour.
        monitor: Which monitor gave it, where the bed has several; else empty.
        faded: The value is old.
        primary: Read from four metres.
        wide: Takes the whole width of the column.
        minor: Gives way to the others: temperatures and invasive pressures.
    """

    key: str
    label: str
    unit: str
    value: str
    token: str
    beside: str = ""
    mark: str = ""
    origin: str = ""
    aside: str = ""
    note: str = ""
    monitor: str = ""
    faded: bool = False
    primary: bool = False
    wide: bool = False
    minor: bool = False

    @property
    def spoken(self) -> str:
        """The block as a screen reader says it."""
        value = "no value" if self.value == texts.NOT_MEASURED else f"{self.value} {self.unit}"
        doubt = "questionable" if self.mark else ""
        whose = f"from {self.monitor}" if self.monitor else ""
        said = (f"{self.label} {value}", self.beside, doubt, whose, self.note, self.aside)
        return ", ".join(part for part in said if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The time for which a screen is drawn, in both clocks, and the units it is drawn in."""

    now: float
    wall: datetime
    units: Units = WARD

    @classmethod
    def of(cls, room: RoomSnapshot, units: Units = WARD) -> "Moment":
        return cls(now=room.at, wall=room.wall, units=units)

    def wall_at(self, at: float) -> datetime:
        """The time of day at monotonic second `at`."""
        return self.wall + timedelta(seconds=at - self.now)


def blocks(bed: BedSnapshot, moment: Moment) -> tuple[NumericBlock, ...]:
    """The value blocks of a bed, from top to bottom."""
    rows = [heart_rate(bed, moment), oxygen(bed, moment)]
    carbon = carbon_dioxide(bed, moment)
    rows.append(breathing(bed, moment, wide=carbon is None))
    if carbon is not None:
        rows.append(carbon)
    rows.append(cuff(bed, moment))
    rows += _pressures(bed, moment) + _temperatures(bed, moment)
    return tuple(rows)


def heart_rate(bed: BedSnapshot, moment: Moment) -> NumericBlock:
    return _single(bed, moment, "hr", key="hr", label="HR", primary=True, wide=True)


def oxygen(bed: BedSnapshot, moment: Moment) -> NumericBlock:
    pulse = bed.numerics.get("pr")
    aside = f"PR {_value(pulse)}" if pulse is not None and pulse.value is not None else ""
    own = bed.numerics.get("spo2")
    if aside and pulse is not None and own is not None and pulse.monitor != own.monitor:
        aside = f"{aside} {pulse.monitor}"
    return _single(bed, moment, "spo2", key="spo2", label="SpO₂", primary=True, wide=True, aside=aside)


def breathing(bed: BedSnapshot, moment: Moment, *, wide: bool = False) -> NumericBlock:
    """The breath rate from CO₂; from the chest's impedance when there is none from CO₂."""
    parameter = breath_parameter(bed)
    origin = "CO₂" if parameter == "rr_co2" else "impedance" if parameter in bed.numerics else ""
    return _single(bed, moment, parameter, key="rr", label="RR", wide=wide, origin=origin)


def breath_parameter(bed: BedSnapshot) -> str:
    """Which of the two breath rates is shown: one that has a value, else one that may have."""
    if "apnoea" in bed.conditions and "rr_co2" in bed.numerics:
        return "rr_co2"  # the chest moves on in an obstruction: impedance must not stand in for breath
    sent = [key for key in ("rr_co2", "rr_imp") if key in bed.numerics]
    valued = [key for key in sent if bed.numerics[key].value is not None]
    present = [key for key in sent if bed.numerics[key].why is not Missing.ABSENT]
    return next(iter(valued + present + sent), "rr_imp")


def carbon_dioxide(bed: BedSnapshot, moment: Moment) -> NumericBlock | None:
    """None: no monitor of the bed has a CO₂ module."""
    if not _present(bed, "etco2"):
        return None
    inspired = bed.numerics.get("fico2")
    aside = (
        f"Fi {_value(inspired, moment.units)}" if inspired is not None and inspired.value is not None else ""
    )
    return _single(bed, moment, "etco2", key="etco2", label="EtCO₂", aside=aside)


def cuff(bed: BedSnapshot, moment: Moment) -> NumericBlock:
    numeric = bed.numerics.get("nibp_sys")
    next_one = ""
    if bed.nibp_measuring:
        next_one = "measuring…"
    elif bed.nibp_next_at is not None:
        next_one = f"next {words.clock_time(moment.wall_at(bed.nibp_next_at))}"
    measured = _measured(numeric, moment)
    by_hand = _by_hand(bed, moment)
    if by_hand is not None:
        return replace(by_hand, note=words.joined(by_hand.note, next_one))
    note = words.joined(measured or _reason(bed, "nibp_sys", moment), next_one, _stands_in(numeric))
    return _pair(bed, "nibp", key="nibp", label="NIBP", note=note)


def _by_hand(bed: BedSnapshot, moment: Moment) -> NumericBlock | None:
    """The pressure that a nurse entered last; None: there is none, or the cuff has a newer one."""
    found = hand_pressure(bed)
    if found is None or moment.now - found.at > HAND_GONE_S:
        return None
    cuff_at = _measured_at(bed.numerics.get("nibp_sys"))
    if cuff_at is not None and cuff_at >= found.at:
        return None
    when = f"by hand {words.clock_time(moment.wall_at(found.at))}"
    row = PARAMETERS["nibp_mean"]
    return NumericBlock(
        key="nibp", label="NIBP by hand", unit=row.unit_shown, value=f"{found.sys:.0f}/{found.dia:.0f}",
        note=words.joined(when, words.ago(moment.now - found.at), found.who), token=row.colour,
        faded=moment.now - found.at > HAND_OLD_S, wide=True,
    )  # fmt: skip


def _measured_at(numeric: Numeric | None) -> float | None:
    """When the cuff measured what it shows; None: it shows nothing, or nobody knows when."""
    return None if numeric is None or numeric.value is None else numeric.measured_at


@dataclass(frozen=True, slots=True, kw_only=True)
class HandPressure:
    """A blood pressure that a nurse entered, mmHg: when, monotonic seconds, and who."""

    at: float
    sys: float
    dia: float
    who: str


def hand_pressure(bed: BedSnapshot) -> HandPressure | None:
    """The newest of the day; None: none was entered."""
    if bed.care is None:
        return None
    for timed in reversed(bed.care.session.stands):
        values = timed.deed.values if isinstance(timed.deed, Measured) else {}
        if {"nibp_sys", "nibp_dia"} <= values.keys():
            return HandPressure(at=timed.at - bed.care.offset, sys=values["nibp_sys"],
                                dia=values["nibp_dia"], who=timed.who)  # fmt: skip
    return None


def _measured(numeric: Numeric | None, moment: Moment) -> str:
    if numeric is None or numeric.value is None:
        return ""
    at = numeric.measured_at
    if at is None:
        return "time unknown"
    return f"{words.clock_time(moment.wall_at(at))} · {words.ago(moment.now - at)}"


def _pressures(bed: BedSnapshot, moment: Moment) -> list[NumericBlock]:
    rows = []
    for channel in range(1, 7):
        name = f"p{channel}"
        keys = [f"{name}_{part}" for part in ("sys", "dia", "mean") if _present(bed, f"{name}_{part}")]
        if keys:
            origin = bed.numerics[keys[0]].origin
            note = _note(bed, keys[0], moment)
            block = _pair(bed, name, key=name, label=origin or name.upper(), note=note)
            rows.append(replace(block, minor=True))
    return rows


def _temperatures(bed: BedSnapshot, moment: Moment) -> list[NumericBlock]:
    keys = [f"temp{number}" for number in range(1, 5) if _present(bed, f"temp{number}")]
    alone = keys[-1] if len(keys) % 2 else ""
    found = [
        _single(bed, moment, key, key=key, label=PARAMETERS[key].label, wide=key == alone) for key in keys
    ]
    return [replace(block, minor=True) for block in found]


def _present(bed: BedSnapshot, parameter: str) -> bool:
    numeric = bed.numerics.get(parameter)
    return numeric is not None and numeric.why is not Missing.ABSENT


def _single(
    bed: BedSnapshot, moment: Moment, parameter: str, *, key: str, label: str, origin: str = "",
    aside: str = "", primary: bool = False, wide: bool = False,
) -> NumericBlock:  # fmt: skip
    row = PARAMETERS[parameter]
    numeric = bed.numerics.get(parameter)
    monitor = _monitor(numeric)
    origin = _origin(numeric, origin or (numeric.origin if numeric else ""), narrow=not wide)
    return NumericBlock(
        key=key, label=label, unit=moment.units.of(parameter).unit, token=row.colour,
        value=_value(numeric, moment.units), mark=_mark(numeric), origin=origin, aside=aside, monitor=monitor,
        note=_note(bed, parameter, moment, narrow=not wide), faded=_faded(numeric), primary=primary,
        wide=wide,
    )  # fmt: skip


def _pair(bed: BedSnapshot, name: str, *, key: str, label: str, note: str) -> NumericBlock:
    """A pressure: upper over lower with the mean in brackets, or the mean alone."""
    upper, lower, mean = (bed.numerics.get(f"{name}_{part}") for part in ("sys", "dia", "mean"))
    row = PARAMETERS[f"{name}_mean"]
    has_pair = upper is not None and upper.value is not None
    has_mean = mean is not None and mean.value is not None
    if has_pair:
        value, beside = f"{_value(upper)}/{_value(lower)}", f"({_value(mean)})" if has_mean else ""
    else:
        value, beside = _value(mean), ""
    parts = (upper, lower) if has_pair else (mean,)
    monitor = next((_monitor(part) for part in parts if _monitor(part)), "")
    return NumericBlock(
        key=key, label=label if has_pair or not has_mean else f"{label} mean", unit=row.unit_shown,
        value=value, beside=beside, mark=next((_mark(p) for p in parts if _mark(p)), ""),
        origin=monitor, monitor=monitor, note=note, token=row.colour,
        faded=any(_faded(p) for p in parts), wide=True,
    )  # fmt: skip


def _value(numeric: Numeric | None, units: Units = WARD) -> str:
    if numeric is None:
        return texts.NOT_MEASURED
    scale = units.of(numeric.parameter)
    return words.number(scale.shown(numeric.value), scale.precision)


def _mark(numeric: Numeric | None) -> str:
    doubted = numeric is not None and numeric.value is not None and numeric.quality is Quality.QUESTIONABLE
    return "?" if doubted else ""


def _faded(numeric: Numeric | None) -> bool:
    return numeric is not None and numeric.age is Age.OLD


def _note(bed: BedSnapshot, parameter: str, moment: Moment, *, narrow: bool = False) -> str:
    numeric = bed.numerics.get(parameter)
    if numeric is not None and numeric.value is not None:
        old = words.ago(moment.now - numeric.at) if numeric.age is Age.OLD else ""
        return _rival(numeric, moment) or words.joined(old, "" if narrow else _stands_in(numeric))
    return _reason(bed, parameter, moment)


def _monitor(numeric: Numeric | None) -> str:
    return numeric.monitor if numeric is not None and numeric.value is not None else ""


def _stands_in(numeric: Numeric | None) -> str:
    """That another monitor should say this, and has no value."""
    return f"{STANDS_IN} for {numeric.instead_of}" if numeric is not None and numeric.instead_of else ""


def _origin(numeric: Numeric | None, measured_from: str, *, narrow: bool) -> str:
    """`ECG · GE`; where there is no room for a note, also that it stands in."""
    monitor = _monitor(numeric)
    if narrow and numeric is not None and numeric.instead_of:
        return f"{monitor} {STANDS_IN}"
    if narrow and monitor and measured_from == "CO₂":
        return monitor  # where there is room for one of the two, CO₂ goes without saying
    return words.joined(measured_from, monitor)


def _rival(numeric: Numeric, moment: Moment) -> str:
    """What another monitor says that cannot be true as well: `≠ PR 96 Masimo`."""
    rival = numeric.against
    if rival is None or rival.value is None:
        return ""
    scale = moment.units.of(rival.parameter)
    number = words.number(scale.shown(rival.value), scale.precision)
    label = "" if rival.parameter == numeric.parameter else PARAMETERS[rival.parameter].label
    return " ".join(part for part in (CONTRADICTS, label, number, rival.monitor) if part)


def _reason(bed: BedSnapshot, parameter: str, moment: Moment) -> str:
    """Why there is no value: a condition of the device says it best, then the reading, then the line."""
    numeric = bed.numerics.get(parameter)
    for condition, sentence in texts.CAUSES.get(parameter, ()):
        if condition in bed.conditions:
            return sentence
    if numeric is None:
        return line_reason(bed)
    if numeric.why is not None:
        return texts.MISSING[numeric.why]
    return f"none for {words.lasting(moment.now - numeric.at)}"


def line_reason(bed: BedSnapshot) -> str:
    """What the lines of a bed say about a value that never came."""
    states = {line.state for line in bed.lines}
    if not states:
        return texts.NO_MONITOR.lower()
    if LineState.RECEIVING in states:
        return "not sent"
    return texts.LINE[bed.lines[0].state]
