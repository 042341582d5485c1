"""What may befall a simulated patient: a table. Decides nothing; scenario and instructor say when.

Sub-anaesthetic ketamine by itself hardly ever does any of it to breathing: it is commanded, not computed.
Sizes and times are teaching defaults; no source fixes them.
"""

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One kind.

    Attributes:
        key: The word in scenarios.
        name: For the instructor.
        unit: Of its size.
        usual: Size if none is given.
        range: Lowest and highest size.
        lasts_s: Until it goes by itself if nothing is given.
        onset_s: Time constant of its coming, and `offset_s` of its going.
    """

    key: str
    name: str
    unit: str
    usual: float
    range: tuple[float, float]
    lasts_s: float
    onset_s: float
    offset_s: float


def _row(key: str, name: str, unit: str, usual: float, span: tuple[float, float], lasts_s: float,
         onset_s: float = 1.0, offset_s: float = 2.0) -> Happening:  # fmt: skip
    return Happening(key=key, name=name, unit=unit, usual=usual, range=span, lasts_s=lasts_s,
                     onset_s=onset_s, offset_s=offset_s)  # fmt: skip


PART = (0.0, 1.0)
_ROWS = (
    # A snore at 0.6; from 0.9 on no air moves, though the chest does.
    _row("obstruction", "Airway obstruction", "part", 1.0, PART, 180, 2, 2),
    _row("apnoea", "Apnoea", "part", 1.0, PART, 120, 0.5, 2),
    # As apnoea, but neither voice nor hand brings a breath.
    _row("deep_apnoea", "Apnoea, not rousable", "part", 1.0, PART, 240, 0.5, 5),
    _row("laryngospasm", "Laryngospasm", "part", 1.0, PART, 150, 2, 4),
    _row("hypoventilation", "Hypoventilation", "part", 0.5, (0.0, 0.9), 600, 20, 30),
    # Rapid and shallow: the movement is small, the plateau low.
    _row("shallow", "Shallow breathing", "part", 0.5, (0.0, 0.8), 600, 10, 20),
    _row("rebreathing", "Rebreathing", "mmHg", 6.0, (0.0, 30.0), 600, 10, 10),
    _row("pressor", "Pressor response", "mmHg", 40.0, (0.0, 120.0), 1800, 90, 240),
    _row("vasovagal", "Vasovagal reaction", "part", 1.0, PART, 240, 8, 25),
    _row("bradycardia", "Bradycardia", "/min", 38.0, (20.0, 60.0), 180, 5, 10),
    _row("tachycardia", "Tachycardia", "/min", 142.0, (90.0, 200.0), 300, 5, 20),
    _row("ectopy", "Ectopic beats", "/min", 8.0, (0.0, 30.0), 600, 0.1, 0.1),
    _row("asystole", "Asystole", "part", 1.0, PART, 12, 0.1, 0.1),
    _row("emergence", "Emergence reaction", "RASS", 3.0, (0.0, 4.0), 900, 20, 60),
    _row("nausea", "Nausea", "grade", 2.0, (0.0, 3.0), 1800, 60, 300),
    _row("vomiting", "Vomiting", "grade", 3.0, (0.0, 3.0), 60, 2, 10),
    # The part of what the pump gives that runs beside the vein.
    _row("infiltration", "Cannula beside the vein", "part", 1.0, PART, 36_000, 0.1, 0.1),
    _row("low_perfusion", "Cold finger", "part", 0.7, PART, 900, 30, 60),
    _row("movement", "Movement", "part", 0.6, PART, 15, 0.5, 1),
)

HAPPENINGS = MappingProxyType({row.key: row for row in _ROWS})
