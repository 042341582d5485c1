"""What comes of a deed that nobody answers: who was called, what the pump shows. Decides nothing."""

from collections.abc import Mapping
from types import MappingProxyType

from nurse_station.classroom.view import LessonSnapshot, PumpShown
from nurse_station.infusion.units import shown as in_figures
from nurse_station.station.snapshots import CareSnapshot
from nurse_station.training.actions import ACTIONS
from nurse_station.training.log import Line, What

COMES: Mapping[str, str] = MappingProxyType({
    "call_prescriber": "The prescriber is told, and comes.",
    "call_help": "A colleague is called, and comes.",
    "call_emergency": "The emergency team is called, and comes.",
    "check_cable": "Followed to both ends: the cable is plugged in.",
    "dim_light": "The light is dim, the room is quiet.",
})  # fmt: skip
"""Deed -> what is seen to come of it. All else is answered by the patient, the monitor or the record."""
COMPARED = "check_pump"


def compared(pump: PumpShown, care: CareSnapshot | None) -> str:
    """`The pump shows 245 mL/h. Recorded: 24.5 mL/h. Ordered: at most 25 mL/h.`"""
    rate = f"{in_figures(pump.ml_h)} mL/h" if pump.runs else "0 mL/h, STOPPED"
    said = [f"The pump shows {rate}."]
    if care is not None:
        day = care.summary
        running = day.running
        recorded = "no rate" if running is None else f"{in_figures(running.ml_h)} mL/h"
        said.append(f"Recorded: {recorded}.")
        if day.limits is not None:
            said.append(f"Ordered: at most {in_figures(day.limits.ml_h)} mL/h.")
    return f"{ACTIONS[COMPARED].words}: {' '.join(said)}"


def comes_of(
    lesson: LessonSnapshot, care: CareSnapshot | None, before: Mapping[Line, str]
) -> Mapping[Line, str]:
    """Deeds of the log with what came of each.

    Args:
        lesson: As it is now.
        care: The day as the station shows it now.
        before: What was given last time: a pump is compared once, at the time.
    """
    deeds = [line for line in lesson.log if line.what is What.DONE]
    now = {line: compared(lesson.pump, care) for line in deeds if line.key == COMPARED}
    return {line: before.get(line, now.get(line) or COMES[line.key])
            for line in deeds if line in now or line.key in COMES}  # fmt: skip
