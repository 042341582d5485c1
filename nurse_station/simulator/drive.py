"""Whether, how fast and how deep a patient would breathe now: functions. Moves no gas.

Sub-anaesthetic ketamine hardly touches the drive; what stops breathing here is commanded or another drug.
"""

from collections.abc import Mapping

from nurse_station.simulator.airway import Airway
from nurse_station.simulator.befallen import Befallen
from nurse_station.simulator.breathing import Effort
from nurse_station.simulator.drugs import Acting
from nurse_station.simulator.person import History

# BioGears: at most 0.10 of the rate, half of it at 0.5 µg/mL.
_KETAMINE_MOST, _KETAMINE_HALF_NG_ML = 0.10, 500.0
_OPIOID, _OPIOID_WITH_SEDATION = 0.15, 0.08
_CO2_PER_MMHG = 0.04
_ROUSED_BREATHES = 0.35
_LEAST = 0.12
_BLOODLESS_MMHG = 25.0
"""Systolic pressure below which nothing breathes: about 20 s after the heart has stopped."""
_BAG_RATE, _BAG_AIR, _BAG_SPASM_AIR = 12.0, 0.75, 0.3


def wanted(
    history: History,
    drugs: Acting,
    befallen: Befallen,
    *,
    ketamine_ng_ml: float,
    co2_above: float,
    roused: float,
    agitation: float,
    systolic: float,
) -> float:
    """The drive to breathe, 1 at rest, 0 in apnoea."""
    held = befallen.level("apnoea") > 0.5 and roused < _ROUSED_BREATHES
    if held or befallen.level("deep_apnoea") > 0.5 or systolic < _BLOODLESS_MMHG:
        return 0.0
    drive = 1.0 - _KETAMINE_MOST * ketamine_ng_ml / (_KETAMINE_HALF_NG_ML + ketamine_ng_ml)
    drive *= 1.0 - min(0.9, max(0.0, drugs.drive * (1.0 - drugs.benzodiazepine_relief)))
    if history.opioid:
        opioid = _OPIOID + _OPIOID_WITH_SEDATION * max(0.0, drugs.sedation)
        drive *= 1.0 - min(0.8, opioid * (1.0 - drugs.opioid_relief))
    drive *= 1.0 - befallen.level("hypoventilation")
    drive *= 1.0 + _CO2_PER_MMHG * max(-10.0, min(20.0, co2_above))
    return drive + 0.3 * roused * (drive < 1.0) + 0.12 * agitation


def effort(
    resting_rate: float,
    drive: float,
    airway: Airway,
    befallen: Befallen,
    slow: Mapping[str, float],
    *,
    etco2: float,
) -> Effort:
    """What a breath that began now would be."""
    fico2 = befallen.level("rebreathing")
    if airway.bagged:
        open_ = max(airway.patency, _BAG_SPASM_AIR if befallen.level("laryngospasm") > 0.5 else _BAG_AIR)
        return Effort(rate=_BAG_RATE, depth=1.1, air=open_, etco2=etco2, fico2=fico2)
    shallow = befallen.level("shallow")
    return Effort(
        rate=0.0
        if drive < _LEAST
        else resting_rate * drive**0.6 * (1.0 + 0.6 * shallow) * (1.0 + 0.1 * slow["rate"]),
        depth=max(drive, 0.0) ** 0.4 * (1.0 - shallow) * (1.0 + 0.2 * slow["depth"]),
        air=min(1.0, 1.2 * airway.patency),
        etco2=etco2,
        fico2=fico2,
    )
