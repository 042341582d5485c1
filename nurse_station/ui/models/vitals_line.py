"""The vital signs of now in one line, for a form that covers the large ones. Judges nothing; no Qt."""

from nurse_station.station.snapshots import BedSnapshot
from nurse_station.ui.models.numerics import Moment, NumericBlock, blocks

SHOWN = ("spo2", "rr", "etco2", "hr", "nibp")
"""What a raise is decided by, in this order."""


def vitals_line(bed: BedSnapshot, moment: Moment) -> str:
    """`SpO₂ 98 · RR 14 · EtCO₂ --- · HR 82 · NIBP 128/76 (10:31)`; what is old says how old."""
    found = {block.key: block for block in blocks(bed, moment)}
    return " · ".join(_words(found[key]) for key in SHOWN if key in found)


def _words(block: NumericBlock) -> str:
    """A value that is old, doubted or missing says so: it never looks like one of now."""
    said = f"{block.label} {block.value}{block.mark}"
    told = block.faded or block.mark or block.key == "nibp"
    return f"{said} ({block.note})" if told and block.note else said
