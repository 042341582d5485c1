"""The rules, by name: what is known of a bed -> whether a condition is there. They remember nothing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from nurse_station.alarms.bedside import SENSORS, Bedside
from nurse_station.alarms.conditions import Condition
from nurse_station.alarms.words import Fault, Priority, Truth
from nurse_station.vitals.parameters import PARAMETERS

CONFIRMED_WITHIN_S = 300.0
"""A repeated cuff measurement within this confirms the one before."""
PATTERN_WITHIN_S = 60.0
FLAT_WAVE_S = 5.0
UNCHANGED_S = 120.0
UNCHANGED_AT_LEAST = 3
VARYING = ("hr", "pr", "spo2", "rr_co2", "rr_imp", "etco2")
"""Numerics that do not all stand still in a living patient."""
BREATH = ("rr_co2", "rr_imp")
AIRWAY_PARTS = {"rr_low": "rr_low", "spo2_low": "spo2_low", "etco2_high": "etco2",
                "etco2_low": "etco2", "oversedated": "oversedated"}  # fmt: skip
"""Condition -> the part of the pattern that it is: etco2 high and low are one."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found.

    Attributes:
        truth: Whether the condition is there.
        value: What was measured, in the limit's unit; None: nothing to measure, or not known.
        limit: The limit it was compared with; None: none.
        detail: What it concerns: parameters, sensors, parts of a pattern.
        at: When it was measured, for a value that stands until the next; None: now.
        partial: It concerns one of several monitors: what the others say is not said by it.
    """

    truth: Truth
    value: float | None = None
    limit: float | None = None
    detail: tuple[str, ...] = ()
    at: float | None = None
    partial: bool = False


Rule = Callable[[Condition, str, Bedside, float], Finding]
UNKNOWN = Finding(Truth.UNKNOWN)
CLEAR = Finding(Truth.CLEAR)


def below(row: Condition, key: str, bed: Bedside, now: float) -> Finding:
    """The value is below the limit."""
    return _compared(row, bed.limits[key], -1, bed, now)


def above(row: Condition, key: str, bed: Bedside, now: float) -> Finding:
    """The value is above the limit."""
    return _compared(row, bed.limits[key], +1, bed, now)


def above_confirmed(row: Condition, key: str, bed: Bedside, now: float) -> Finding:
    """Two cuff measurements in a row, at most five minutes apart, are above the limit."""
    found = above(row, key, bed, now)
    if found.truth is not Truth.BEYOND:
        return found
    measured = bed.traces[row.parameters[0]].measurements
    limit = bed.limits[key]
    confirmed = (
        len(measured) > 1
        and measured[0].value > limit
        and measured[1].at - measured[0].at <= CONFIRMED_WITHIN_S
    )
    return found if confirmed else Finding(Truth.WITHIN, found.value, limit, found.detail, found.at)


def desaturation(row: Condition, key: str, bed: Bedside, now: float) -> Finding:
    """SpO2 is below the deep limit, or so many points below the MEDIUM one."""
    deep = bed.limits[key]
    drop = bed.limits["spo2_low.medium"] - bed.limits["spo2_desaturation.drop"]
    found = _compared(row, max(deep, drop), -1, bed, now)
    if found.value == drop and found.truth is not Truth.BEYOND:  # the drop itself counts, the limit does not
        return Finding(Truth.BEYOND, found.value, drop, found.detail)
    return found


def no_breath(_row: Condition, key: str, bed: Bedside, now: float) -> Finding:
    """No breath is seen by CO2 or impedance. Never judged from the pleth."""
    limit = bed.limits[f"{key}_delay_s"]
    rate = bed.first(BREATH, now)
    told = "no_breath" in bed.told and "breath_unknown" not in bed.device
    if bed.silent(now) or (rate is None and not told) or "no_breath" in bed.unheard:
        return UNKNOWN
    if told and "no_breath" in bed.device:
        return Finding(Truth.BEYOND, now - bed.device["no_breath"], limit)
    if rate is not None and rate[1] == 0:
        return Finding(Truth.BEYOND, now - bed.traces[rate[0]].changed_at, limit, (rate[0],))
    return CLEAR


def etco2_low(row: Condition, key: str, bed: Bedside, now: float) -> Finding:
    """EtCO2 is low, and not merely because the cannula is off the nose of someone who breathes."""
    found = below(row, key, bed, now)
    off_nose = found.value is not None and found.value < bed.limits["etco2_low.low"] and _breathes(bed, now)
    return Finding(Truth.CLEAR, found.value, found.limit, found.detail) if off_nose else found


def etco2_low_at_all(row: Condition, _key: str, bed: Bedside, now: float) -> Finding:
    """EtCO2 is low, whatever the reason."""
    return below(row, "etco2_low.medium", bed, now)


def airway(_row: Condition, _key: str, bed: Bedside, now: float) -> Finding:
    """Two different signs of a failing airway within a minute."""
    live = [key for key, (priority, until) in bed.parts.items() if key in AIRWAY_PARTS
            and priority >= Priority.MEDIUM and now - until <= PATTERN_WITHIN_S]  # fmt: skip
    parts = {AIRWAY_PARTS[key] for key in live}
    truth = Truth.BEYOND if len(parts) > 1 else Truth.CLEAR
    return Finding(truth, detail=tuple(sorted(live)))


def oversedated(_row: Condition, key: str, bed: Bedside, _now: float) -> Finding:
    """The last responsiveness score is this low: MOAA/S where it was given, else RASS."""
    if bed.care.moaas is not None:
        return _scored(bed.care.moaas, bed.limits[key], -1, "moaas")
    if bed.care.rass is not None:
        return _scored(bed.care.rass, bed.limits[f"{key}_rass"], -1, "rass")
    return CLEAR


def agitated(_row: Condition, key: str, bed: Bedside, _now: float) -> Finding:
    """The last RASS is this high."""
    return CLEAR if bed.care.rass is None else _scored(bed.care.rass, bed.limits[key], +1, "rass")


def check_overdue(_row: Condition, key: str, bed: Bedside, now: float) -> Finding:
    """The responsiveness check was due so long ago."""
    return CLEAR if bed.care.check_due_at is None else _late(now - bed.care.check_due_at, bed.limits[key])


def nibp_overdue(_row: Condition, key: str, bed: Bedside, now: float) -> Finding:
    """The next cuff measurement was due so long ago."""
    if bed.care.cuff_interval_s is None:
        return CLEAR
    trace = bed.traces.get("nibp_sys")
    last = trace.measurements[-1].at if trace is not None and trace.measurements else bed.care.cuff_since
    due = max(last, bed.care.cuff_since) + bed.care.cuff_interval_s
    return _late(now - due, bed.limits[key])


def link_lost(_row: Condition, _key: str, bed: Bedside, now: float) -> Finding:
    """No valid frame, for so long that values are no longer shown; or one monitor of several is lost."""
    silence = bed.silence(now)
    told = (*_fault(Fault.LINE_LOST, bed), *_fault(Fault.PROGRAM_FAULT, bed))
    silent = silence > bed.silent_after_s
    truth = Truth.BEYOND if told or silent else Truth.CLEAR
    return Finding(truth, silence, bed.silent_after_s, told, partial=not silent)


def value_expired(_row: Condition, key: str, bed: Bedside, now: float) -> Finding:
    """Parameters that no longer arrive."""
    return _of(_expired(bed, now, bed.limits[key]))


def vital_value_expired(_row: Condition, key: str, bed: Bedside, now: float) -> Finding:
    """SpO2, or breathing from every source, no longer arrives."""
    gone = _expired(bed, now, bed.limits[key])
    breathing = bed.first(BREATH, now) is not None
    return _of(p for p in gone if p == "spo2" or (p in BREATH and not breathing))


def sensor_off(_row: Condition, _key: str, bed: Bedside, now: float) -> Finding:
    """A sensor is not on the patient: the monitor says so, or still speaks and has no value."""
    return _of(name for name in SENSORS if _is_off(name, bed, now))


def searching(_row: Condition, _key: str, bed: Bedside, now: float) -> Finding:
    """A sensor is on and finds no signal to count."""
    return _of(name for name in SENSORS if not _is_off(name, bed, now) and _searches(name, bed, now))


def signal_poor(_row: Condition, _key: str, bed: Bedside, now: float) -> Finding:
    """The monitor doubts a value that it sends."""
    return _of(key for key, trace in bed.traces.items()
               if trace.questionable and bed.value(key, now) is not None)  # fmt: skip


def frozen(_row: Condition, _key: str, bed: Bedside, now: float) -> Finding:
    """What arrives does not move: frames, a beating wave, or all numerics that vary."""
    flat = [wave for wave, since in bed.flat_since.items()
            if bed.wave_at[wave] - since >= FLAT_WAVE_S >= now - bed.wave_at[wave]]  # fmt: skip
    varying = [key for key in VARYING if bed.value(key, now) is not None]
    still = [key for key in varying if now - bed.traces[key].changed_at >= UNCHANGED_S]
    numerics = still if len(still) == len(varying) >= UNCHANGED_AT_LEAST else []
    return _of([*_fault(Fault.FRAMES_IDENTICAL, bed), *flat, *numerics])


def line_errors(_row: Condition, key: str, bed: Bedside, now: float) -> Finding:
    """The share of damaged frames is above the limit."""
    share, limit = bed.refused_share(now), bed.limits[key]
    return Finding(Truth.BEYOND if share > limit else Truth.CLEAR, share, limit)


def implausible(_row: Condition, key: str, bed: Bedside, _now: float) -> Finding:
    """So many samples in a row that no patient can have."""
    return _of(parameter for parameter, trace in bed.traces.items() if trace.implausible >= bed.limits[key])


def monitoring_gap(_row: Condition, _key: str, bed: Bedside, _now: float) -> Finding:
    """The program was not watching for a while."""
    return Finding(Truth.BEYOND) if bed.gap else CLEAR


def _compared(row: Condition, limit: float, sign: int, bed: Bedside, now: float) -> Finding:
    found = bed.first(row.parameters, now)
    if found is None:
        return UNKNOWN
    parameter, value = found
    outside = (value - limit) * sign
    # Another monitor's first good values end nothing that the one before has found.
    settled = bed.traces[parameter].settled(now)
    inside = Truth.CLEAR if outside <= -row.margin and settled else Truth.WITHIN
    truth = Truth.BEYOND if outside > 0 else inside
    measured = bed.traces[parameter].measurements
    return _finding(truth, value, limit, parameter, measured[-1].at if measured else None)


@lru_cache(maxsize=4096, typed=True)
def _finding(truth: Truth, value: float, limit: float, parameter: str, at: float | None) -> Finding:
    """The same finding again, ten times a second for as long as a value stands, is the same object."""
    return Finding(truth, value, limit, (parameter,), at)


def _scored(score: int, limit: float, sign: int, scale: str) -> Finding:
    truth = Truth.BEYOND if (score - limit) * sign >= 0 else Truth.CLEAR
    return Finding(truth, float(score), limit, (scale,))


def _late(late: float, limit: float) -> Finding:
    return Finding(Truth.BEYOND if late >= limit else Truth.CLEAR, late, limit)


def _of(detail: Iterable[str]) -> Finding:
    """The condition is there if it concerns anything."""
    parts = tuple(detail)
    return Finding(Truth.BEYOND, detail=parts) if parts else CLEAR


def _breathes(bed: Bedside, now: float) -> bool:
    rate = bed.first(BREATH, now)
    return rate is not None and rate[1] > 0


def _expired(bed: Bedside, now: float, at_least: float) -> list[str]:
    return [key for key, trace in bed.traces.items()
            if trace.at is not None and not PARAMETERS[key].episodic
            and now - trace.heard_at > trace.expires_after(at_least)]  # fmt: skip


def _gone_missing(parameter: str, bed: Bedside, now: float) -> bool:
    trace = bed.traces.get(parameter)
    return trace is not None and trace.at is not None and trace.missing(now)


def _is_off(name: str, bed: Bedside, now: float) -> bool:
    """One who does not breathe ends no breath: no EtCO2, and a rate of 0, come from a cannula that is on."""
    sensor = SENSORS[name]
    on = any(bed.value(parameter, now) is not None for parameter in sensor.on_by)
    return _told(sensor.off, bed) or (_gone_missing(sensor.main, bed, now) and not on)


def _searches(name: str, bed: Bedside, now: float) -> bool:
    sensor = SENSORS[name]
    gone = any(_gone_missing(p, bed, now) for p in sensor.others)
    return _told(sensor.searching, bed) or gone or _gone_impossible(sensor.main, bed)


def _gone_impossible(parameter: str, bed: Bedside) -> bool:
    """No value that can be true comes any more: a saturation of 0 is how some monitors say "probe off"."""
    trace = bed.traces.get(parameter)
    return trace is not None and trace.at is not None and trace.implausible > 0


def _told(keys: tuple[str, ...], bed: Bedside) -> bool:
    return not bed.device.keys().isdisjoint(keys)


def _fault(fault: Fault, bed: Bedside) -> tuple[str, ...]:
    """What a fault is about, else its own word; nothing: it is not there."""
    return (bed.faults[fault] or (fault.value,)) if fault in bed.faults else ()


def _when_told(*keys: str) -> Rule:
    """The monitor itself reports it; with the line silent nobody knows."""

    def rule(_row: Condition, _key: str, bed: Bedside, now: float) -> Finding:
        said = [key for key in keys if key in bed.device]
        known = [key for key in said if key not in bed.unheard]
        if bed.silent(now) or (said and not known):
            return UNKNOWN
        return _of(known)

    return rule


def _when_faulty(*faults: Fault) -> Rule:
    def rule(_row: Condition, _key: str, bed: Bedside, _now: float) -> Finding:
        return _of(name for fault in faults for name in _fault(fault, bed))

    return rule


RULES: Mapping[str, Rule] = MappingProxyType({
    "below": below, "above": above, "above_confirmed": above_confirmed, "desaturation": desaturation,
    "no_breath": no_breath, "etco2_low": etco2_low, "etco2_low_at_all": etco2_low_at_all, "airway": airway,
    "oversedated": oversedated, "agitated": agitated, "check_overdue": check_overdue,
    "nibp_overdue": nibp_overdue, "link_lost": link_lost, "value_expired": value_expired,
    "vital_value_expired": vital_value_expired, "sensor_off": sensor_off, "searching": searching,
    "signal_poor": signal_poor, "frozen": frozen, "line_errors": line_errors, "implausible": implausible,
    "monitoring_gap": monitoring_gap,
    "reported_asystole": _when_told("asystole"),
    "reported_apnoea": _when_told("apnoea", "apnoea_impedance"),
    "no_audio": _when_faulty(Fault.AUDIO_UNUSABLE),
    "not_recording": _when_faulty(Fault.WRITE_FAILED, Fault.DISK_FULL),
    "disk_low": _when_faulty(Fault.DISK_LOW),
    "record_altered": _when_faulty(Fault.RECORD_ALTERED),
    "wrong_patient": _when_faulty(Fault.IDENTITY_CHANGED),
    "source_fallback": _when_faulty(Fault.SOURCE_FALLBACK),
    "contradiction": _when_faulty(Fault.CONTRADICTION),
})  # fmt: skip
"""Every rule that a row may name."""
