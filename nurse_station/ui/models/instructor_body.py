"""The hidden state of a simulated body as rows, beside what the monitor shows of it. Formats; no Qt."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from nurse_station.classroom.view import LessonSnapshot, PumpShown
from nurse_station.simulator.happenings import HAPPENINGS
from nurse_station.simulator.hidden import Hidden
from nurse_station.station.snapshots import BedSnapshot, Numeric
from nurse_station.training.log import Point
from nurse_station.ui import texts
from nurse_station.ui.models import words
from nurse_station.vitals.parameters import PARAMETERS

AIR_PAO2 = 110.0
"""The bar of the store is full here, mmHg: a little above what air alone can fill."""
EDGE_PAO2 = 60.0
"""Below this tension, mmHg, saturation leaves 90 % (Severinghaus's curve: `simulator.gases`)."""
AIR = 0.05
"""Less alveolar ventilation than this part of that at rest is none (as in `training.run`)."""
AGREES = 1.5
"""So many per cent between blood and monitor are no difference."""
PART = (0.0, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One row of the table.

    Attributes:
        key: Its column of the hidden state, or a word of `_SPECIAL`.
        label, unit: Before and after the value.
        precision: Digits after the point.
        scale: What its bar covers; None: it has none.
        shown: Parameters that show it on the monitor, the first that was sent counts; two of a cuff: both.
        mark: Where the bar has a line; None: nowhere.
    """

    key: str
    label: str
    unit: str = ""
    precision: int = 0
    scale: tuple[float, float] | None = None
    shown: tuple[str, ...] = ()
    mark: float | None = None


def _row(key: str, label: str, unit: str = "", precision: int = 0, scale: tuple[float, float] | None = None,
         shown: tuple[str, ...] = (), mark: float | None = None) -> Measure:  # fmt: skip
    return Measure(key=key, label=label, unit=unit, precision=precision, scale=scale, shown=shown, mark=mark)


GROUPS: Mapping[str, tuple[Measure, ...]] = MappingProxyType({
    "Blood and circulation": (
        _row("sao2", "SaO₂, blood", "%", 0, (50.0, 100.0), ("spo2",), 90.0),
        _row("finger", "at the finger", "%", 0, (50.0, 100.0), (), 90.0),
        _row("heart_rate", "Heart rate", "/min", shown=("hr", "pr")),
        _row("pressure", "Pressure", "mmHg", shown=("nibp_sys", "nibp_dia")),
        _row("perfusion", "Perfusion", "", 2, PART),
        _row("temperature", "Temperature", "°C", 1, shown=("temp1", "temp2")),
    ),
    "Airway and breathing": (
        _row("patency", "Patency", "", 2, PART),
        _row("drive", "Drive", "", 2, PART),
        _row("ventilation", "Ventilation", "", 2, PART, ("rr_co2", "rr_imp")),
        _row("fio2", "FiO₂", "", 2, PART),
        _row("paco2", "PaCO₂", "mmHg", shown=("etco2",)),
    ),
    "Ketamine": (
        _row("pump_ml_h", "Pump shows", "mL/h", 1),
        _row("pump_mg_h", "Pump gives", "mg/h", 1),
        _row("given_mg", "Given", "mg", 1),
        _row("depot_mg", "Beside the vein", "mg", 1),
        _row("plasma", "Plasma", "ng/mL"),
        _row("mind", "Effect site", "ng/mL"),
    ),
    "Brain": (
        _row("moaas", "MOAA/S", "", 1, (0.0, 5.0)),
        _row("sedation", "Other sedation", "", 1, (0.0, 5.0)),
        _row("arousal", "Arousal", "", 2, PART),
        _row("dissociation", "Dissociation", "", 1, (0.0, 4.0)),
        _row("agitation", "Agitation", "", 1, (0.0, 4.0)),
        _row("nausea", "Nausea", "", 1, (0.0, 3.0)),
        _row("pain", "Pain", "", 1, (0.0, 10.0)),
    ),
})  # fmt: skip
"""The table, from the first column to the last."""
SHOWN_LABELS: Mapping[str, str] = MappingProxyType({
    "spo2": "SpO₂", "hr": "HR", "pr": "PR", "nibp_sys": "NIBP", "rr_co2": "RR", "rr_imp": "RR imp",
    "etco2": "EtCO₂", "temp1": "T1", "temp2": "T2",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a row says now.

    Attributes:
        value: `62`, `128/76`, `---`.
        share: Of its bar, 0 to 1; None: nothing to draw.
        shown: What the monitor shows: `SpO₂ 97`; empty: it shows nothing of it.
    """

    value: str = texts.NOT_MEASURED
    share: float | None = None
    shown: str = ""


def cells(lesson: LessonSnapshot, bed: BedSnapshot | None) -> Mapping[str, Cell]:
    """Every row of GROUPS by its key; before the run, and where nothing is known, `---`."""
    rows = [row for group in GROUPS.values() for row in group]
    return {row.key: _cell(row, lesson.hidden, lesson.pump, bed) for row in rows}


def _cell(row: Measure, hidden: Hidden | None, pump: PumpShown, bed: BedSnapshot | None) -> Cell:
    if hidden is None:
        return Cell()
    shown = shown_words(row.shown, bed)
    if row.key == "pressure":
        pair = f"{words.number(hidden.systolic)}/{words.number(hidden.diastolic)}"
        return Cell(value=pair, shown=shown)
    if row.key == "pump_ml_h":
        return Cell(value=words.number(pump.ml_h, row.precision), shown="" if pump.runs else "off")
    value: float = getattr(hidden, row.key)
    return Cell(value=words.number(value, row.precision), share=share(value, row.scale), shown=shown)


def share(value: float, scale: tuple[float, float] | None) -> float | None:
    """Where a value lies on a scale, 0 to 1; None: there is no scale."""
    if scale is None:
        return None
    low, high = scale
    return min(max((value - low) / (high - low), 0.0), 1.0)


def shown_words(parameters: Sequence[str], bed: BedSnapshot | None) -> str:
    """What a bed's monitor shows: `HR 82`, `NIBP 128/76`, `SpO₂ ---`; empty: no monitor has sent it."""
    sent = [key for key in parameters if bed is not None and key in bed.numerics]
    if bed is None or not sent:
        return ""
    if sent[0] == "nibp_sys":
        pair = "/".join(_number(bed.numerics.get(key)) for key in ("nibp_sys", "nibp_dia"))
        return f"NIBP {texts.NOT_MEASURED if texts.NOT_MEASURED in pair else pair}"
    first = next((key for key in sent if bed.numerics[key].value is not None), sent[0])
    return f"{SHOWN_LABELS.get(first, first)} {_number(bed.numerics[first])}"


def _number(numeric: Numeric | None) -> str:
    if numeric is None or numeric.value is None:
        return texts.NOT_MEASURED
    return words.number(numeric.value, PARAMETERS[numeric.parameter].precision)


def shown_spo2(bed: BedSnapshot | None) -> float | None:
    """The saturation on the screen, %; None: `---`, or there is no monitor."""
    numeric = bed.numerics.get("spo2") if bed is not None else None
    return numeric.value if numeric is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Oxygen:
    """What matters most, and is not seen.

    Attributes:
        pao2: `62 mmHg`.
        share: Of the bar up to AIR_PAO2.
        low: The store is so low that saturation falls.
        blood, shown: `84 %`.
        lag: The sentence about the two.
        still: For about how long no air has reached the alveoli, `0:45`; empty: it does.
    """

    pao2: str
    share: float
    low: bool
    blood: str
    shown: str
    lag: str
    still: str


def oxygen(hidden: Hidden, spo2: float | None, points: Sequence[Point], at: float) -> Oxygen:
    """The store of oxygen, and by how much the monitor is behind it, at second `at` of the run."""
    none = texts.NOT_MEASURED
    return Oxygen(
        pao2=f"{words.number(hidden.pao2)} mmHg", share=share(hidden.pao2, (0.0, AIR_PAO2)) or 0.0,
        low=hidden.pao2 < EDGE_PAO2, blood=f"{words.number(hidden.sao2)} %",
        shown=none if spo2 is None else f"{words.number(spo2)} %",
        lag=_lag_words(hidden.sao2, spo2, lag_s(points, at, hidden.sao2, spo2)),
        still=_still_words(no_air_s(points, at, hidden)),
    )  # fmt: skip


def _lag_words(sao2: float, spo2: float | None, late_s: float | None) -> str:
    if spo2 is None:
        return "The monitor shows no SpO₂."
    apart = round(spo2) - round(sao2)
    if abs(spo2 - sao2) <= AGREES or apart == 0:
        return "The monitor shows what is in the blood."
    side = "above" if apart > 0 else "below"
    since = "" if late_s is None else f", as it was {words.lasting(late_s)} ago"
    return f"The monitor shows {abs(apart)} % {side} the blood{since}."


def lag_s(points: Sequence[Point], at: float, sao2: float, spo2: float | None) -> float | None:
    """For how long the blood has not been what the monitor shows, seconds.

    None: the two agree, nothing is shown, or the blood never was so.
    """
    if spo2 is None or abs(spo2 - sao2) <= AGREES:
        return None
    falling = spo2 > sao2
    later: tuple[float, float] = (at, sao2)
    for point in reversed(points):
        if point.at < later[0]:
            if (point.sao2 >= spo2) == falling:
                return at - _crossing((point.at, point.sao2), later, spo2)
            later = (point.at, point.sao2)
    return None


def _crossing(before: tuple[float, float], after: tuple[float, float], level: float) -> float:
    """When a straight line between two points (second, value) crosses a level; where it is flat: the end."""
    rise = after[1] - before[1]
    part = 1.0 if rise == 0 else (level - before[1]) / rise
    return before[0] + min(max(part, 0.0), 1.0) * (after[0] - before[0])


def no_air_s(points: Sequence[Point], at: float, hidden: Hidden) -> float | None:
    """For about how long no air has reached the alveoli, seconds (points are 5 s apart); None: it does."""
    if hidden.ventilation > AIR:
        return None
    moved = next((point.at for point in reversed(points) if point.ventilation > AIR), 0.0)
    return max(0.0, at - moved)


def _still_words(seconds: float | None) -> str:
    return "" if seconds is None else words.minutes(seconds)


def befallen_words(hidden: Hidden | None) -> str:
    """What is on or fading now: `Airway obstruction, Nausea`."""
    if hidden is None:
        return texts.NOT_MEASURED
    names = [HAPPENINGS[key].name if key in HAPPENINGS else texts.own_words(key) for key in hidden.befallen]
    return ", ".join(sorted(names)) or "nothing"


def position_words(hidden: Hidden) -> str:
    """`reclined`, with what lies between for one who is being moved."""
    if abs(hidden.position) < 0.25:
        return "reclined"
    side = "flat, legs raised" if hidden.position < 0 else "upright"
    return side if abs(hidden.position) > 0.75 else f"nearly {side}"


def worn_words(hidden: Hidden | None) -> str:
    """`reclined · probe on · ECG leads on · CO₂ cannula OFF · the cuff closes the probe's arm`."""
    return texts.NOT_MEASURED if hidden is None else words.joined(position_words(hidden), *_sensors(hidden))


def _sensors(hidden: Hidden) -> Iterator[str]:
    for name, worn in (("probe", hidden.probe), ("ECG leads", hidden.leads), ("CO₂ cannula", hidden.cannula)):
        yield f"{name} {'on' if worn >= 0.5 else 'OFF'}"
    if hidden.cuff >= 0.5:
        yield "the cuff closes the probe's arm"
    if hidden.movement >= 0.1:
        yield f"moves ({words.number(hidden.movement, 1)})"
