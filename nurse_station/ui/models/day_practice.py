"""A made-up patient's day, form by form, for whoever tries the station. For simulated beds alone; no Qt.

Every function asks for a `SimulatedBed`, which cannot be made of a bed whose values may be a patient's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from nurse_station.sessions.screening import QUESTIONS
from nurse_station.station.snapshots import BedSnapshot, CareSnapshot

BUTTON = "&Fill for practice"
TIP = "SIMULATION: writes a made-up patient's answers into this form; only at a simulated chair"
WHY = "practice, not a patient"
PRESCRIBER = "Dr Practice"
_AT_REST: Mapping[str, int] = MappingProxyType({
    "nibp_sys": 120, "nibp_dia": 72, "hr": 70, "spo2": 98, "rr_imp": 14,
})  # fmt: skip
_SPREAD = (0, 2, 1)
"""What each set differs by, as sets do."""


@dataclass(frozen=True, slots=True)
class SimulatedBed:
    """A bed that was seen to be simulated.

    Raises:
        ValueError: its values may be a patient's.
    """

    seen: BedSnapshot

    def __post_init__(self) -> None:
        if not self.seen.simulated:
            msg = f"{self.seen.name} is not simulated: nothing is made up there"
            raise ValueError(msg)


def simulated(bed: BedSnapshot | None) -> SimulatedBed | None:
    """None: there is no such bed, or it is not simulated."""
    return SimulatedBed(bed) if bed is not None and bed.simulated else None


def patient(_bed: SimulatedBed) -> dict[str, str]:
    """Fields of the form of the patient; the name says that it is none."""
    return {
        "name": "SIMULATION, Petra", "born": "1984-03-02", "weight_kg": "70", "number": "",
        "allergies": "none known", "diagnosis": "CRPS, made up",
    }  # fmt: skip


def order(_bed: SimulatedBed, today: date) -> dict[str, str]:
    """What a person copies from the order and the vial."""
    expiry = (today + timedelta(days=365)).isoformat()
    return {"prescriber": PRESCRIBER, "lot": "SIMULATION", "expiry": expiry}


def answers(_bed: SimulatedBed, care: CareSnapshot) -> dict[str, str]:
    """Question -> key of the answer, for those that are open: no, and no nightmares."""
    session = care.session
    open_ones = {key: "N" for key in QUESTIONS if key not in session.answers}
    asked = session.last("nightmare") is not None or session.day < 2
    return open_ones if asked else {**open_ones, "nightmare": "0"}


def at_rest(_bed: SimulatedBed, care: CareSnapshot, measured: Mapping[str, float]) -> dict[str, str]:
    """Vital signs of a calm adult, for what the simulated monitor does not measure just now."""
    spread = _SPREAD[len(care.session.baseline_sets) % len(_SPREAD)]
    return {key: str(value + (spread if key.startswith("nibp") else 0))
            for key, value in _AT_REST.items() if key not in measured}  # fmt: skip


def checks(_bed: SimulatedBed) -> dict[str, str]:
    """Fields of what is asked before the start."""
    return {"prescriber": PRESCRIBER, "nurse": "B. Practice", "escort": "C. Practice", "phone": ""}
