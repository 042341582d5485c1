"""Vital signs at rest: what a set would be now, the sets so far, what is needed. Sets nothing; no Qt."""

from collections.abc import Mapping
from dataclasses import dataclass

from nurse_station.infusion.units import shown
from nurse_station.sessions.rules_before import complete
from nurse_station.sessions.session import Session, medians
from nurse_station.station.snapshots import CareSnapshot
from nurse_station.ui import texts
from nurse_station.ui.models import words
from nurse_station.ui.models.care import clock
from nurse_station.ui.models.limit_rows import parsed
from nurse_station.vitals.parameters import PARAMETERS

ASKED = ("nibp_sys", "nibp_dia", "hr", "spo2", "rr_co2", "rr_imp", "etco2")
TYPED = ("nibp_sys", "nibp_dia", "hr", "spo2", "rr_imp")
"""What may be typed where no monitor measures it."""
CUFF_HOLDS_S = 300.0
"""An older cuff measurement is not of this set: a default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetShown:
    """What a set would be, were it taken now.

    Attributes:
        values: Parameter -> value; typed ones stand before measured ones.
        live: Parameter -> what the monitor says, in words, or why it does not count.
        wrong: Parameter -> why what was typed is refused.
        missing: What a complete set still lacks, in words; empty: nothing.
    """

    values: Mapping[str, float]
    live: Mapping[str, str]
    wrong: Mapping[str, str]
    missing: str


def set_now(care: CareSnapshot, typed: Mapping[str, str]) -> SetShown:
    """The set of this moment from the monitor and from what was typed by hand."""
    live = measured(care)
    numbers = {key: parsed(text) for key, text in typed.items() if text.strip()}
    wrong = {key: refused for key, number in numbers.items() if (refused := _refused(key, number))}
    values = {**live, **{key: number for key, number in numbers.items() if number is not None}}
    said = {key: _live_words(care, key, live) for key in TYPED}
    return SetShown(values=values, live=said, wrong=wrong, missing=_missing(values))


def measured(care: CareSnapshot) -> dict[str, float]:
    """What the monitor measures now; a cuff's values only once, and only of the last minutes."""
    seen = care.seen
    values = {
        key: seen.vitals[key].value for key in ASKED if key in seen.vitals and not key.startswith("nibp")
    }
    if "hr" not in values and "pr" in seen.vitals:
        values["pr"] = seen.vitals["pr"].value
    pressure = seen.pressure
    if pressure is not None and not _stale_cuff(care):
        values |= {"nibp_sys": pressure.sys, "nibp_dia": pressure.dia}
    return values


def _stale_cuff(care: CareSnapshot) -> str:
    """Why the cuff's last measurement does not count for this set; empty: it does."""
    pressure, sets = care.seen.pressure, care.session.baseline_sets
    if pressure is None:
        return "not measured in the last half hour"
    if sets and pressure.at <= sets[-1][0]:
        return "of the last set: measure again"
    if care.seen.at - pressure.at > CUFF_HOLDS_S:
        return f"{words.ago(care.seen.at - pressure.at)}: measure again"
    return ""


def _live_words(care: CareSnapshot, key: str, live: Mapping[str, float]) -> str:
    row = PARAMETERS[key]
    if key.startswith("nibp") and (stale := _stale_cuff(care)):
        return f"cuff {stale}"
    found = live.get(key, live.get("pr") if key == "hr" else live.get("rr_co2") if key == "rr_imp" else None)
    return "not measured: type it" if found is None else f"monitor {shown(found, 1)} {row.unit_shown}"


def _refused(key: str, number: float | None) -> str:
    if number is None:
        return "This is no number."
    row = PARAMETERS[key]
    low, high = row.plausible
    if row.accepts(number):
        return ""
    return f"{row.label} of {shown(number)} {row.unit_shown} cannot be; enter {low:g} to {high:g}."


def _missing(values: Mapping[str, float]) -> str:
    lacks = [] if {"nibp_sys", "nibp_dia"} <= values.keys() else ["blood pressure"]
    lacks += [] if "spo2" in values else ["SpO₂"]
    lacks += [] if {"hr", "pr"} & values.keys() else ["heart rate"]
    return " and ".join(lacks)


def values_words(values: Mapping[str, float]) -> str:
    """`120/70 · HR 72 · SpO₂ 98 % · RR 14`."""
    sys, dia = values.get("nibp_sys"), values.get("nibp_dia")
    pressure = texts.NOT_MEASURED if sys is None or dia is None else f"{sys:.0f}/{dia:.0f}"
    heart = values.get("hr", values.get("pr"))
    breaths = values.get("rr_co2", values.get("rr_imp"))
    saturation = values.get("spo2")
    return words.joined(
        f"BP {pressure}", f"HR {words.number(heart)}",
        f"SpO₂ {words.number(saturation)}{' %' if saturation is not None else ''}",
        f"RR {words.number(breaths)}",
    )  # fmt: skip


def set_lines(session: Session) -> tuple[str, ...]:
    """The sets so far, the oldest first."""
    return tuple(
        f"{number}   {clock(at)}   {values_words(values)}{'' if complete(values) else '   ▲ incomplete'}"
        for number, (at, values) in enumerate(session.baseline_sets, start=1)
    )


def median_words(session: Session) -> str:
    """What the baseline would be; empty: there is no set yet."""
    if session.baseline:
        return f"Baseline: {values_words(session.baseline)}"
    return f"Median: {values_words(medians(session.baseline_sets))}" if session.baseline_sets else ""


def still_needed(care: CareSnapshot) -> str:
    """`2 of 3 sets · another in 2:10`; empty: sets and time are enough."""
    needs = care.protocol.baseline
    taken = [at for at, values in care.session.baseline_sets if complete(values)]
    sets = f"{len(taken)} of {needs.sets} complete sets" if len(taken) < needs.sets else ""
    left = taken[0] + needs.over_min * 60 - care.seen.at if taken else needs.over_min * 60
    spans = bool(taken) and taken[-1] - taken[0] >= needs.over_min * 60
    if spans:
        return sets
    waits = f"the last one in {words.minutes(left)} or later" if taken and left > 0 else (
        "take the last one now" if taken else f"over {needs.over_min:g} min")  # fmt: skip
    return words.joined(sets, waits)
