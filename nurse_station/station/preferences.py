"""Which monitor is believed first, measurement by measurement: a table, and the clinic's own order over it.

A monitor that a row does not name comes after those it names, in the order in which they were connected.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from nurse_station.vitals.parameters import measurement_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """One row.

    Attributes:
        measurements: Keys of parameters, a pressure by its systolic (`vitals.parameters.measurement_of`).
        sources: Keys of monitor families, the one that is believed first at the beginning.
        why: The reason.
    """

    measurements: tuple[str, ...]
    sources: tuple[str, ...]
    why: str


OXIMETERS = ("masimo-ascii1", "nellcor-ascii", "nonin-df7", "nonin-df8", "nonin-df2", "nonin-df1")
BEDSIDE = ("ge-s5-dri", "philips-intellivue")
PRESSURES = ("nibp_sys", *(f"p{channel}_sys" for channel in range(1, 7)))
TEMPERATURES = tuple(f"temp{number}" for number in range(1, 5))

PREFERENCES: tuple[Preference, ...] = (
    Preference(
        measurements=("etco2", "rr_co2", "fico2"), sources=("capnostream", *BEDSIDE),
        why="A Capnostream samples 50 ml/min from a cannula made for patients who breathe by themselves; "
        "the modules of bedside monitors are made for a tube and dilute a shallow breath."),
    Preference(
        measurements=("spo2", "pr"), sources=(*OXIMETERS, *BEDSIDE, "capnostream", "ivy-450c"),
        why="Nobody puts an oximeter beside a monitor that has one, but to believe it; and it is on the arm "
        "without the cuff, so it does not fall silent with every pressure."),
    Preference(
        measurements=("hr",), sources=(*BEDSIDE, "ivy-450c"),
        why="From the ECG of the monitor that a nurse reads; a trigger monitor gives what is left."),
    Preference(
        measurements=("rr_imp",), sources=(*BEDSIDE, "ivy-450c"),
        why="From the chest electrodes of the monitor that a nurse reads."),
    Preference(
        measurements=PRESSURES, sources=BEDSIDE,
        why="One cuff, of the monitor that a nurse reads."),
    Preference(
        measurements=TEMPERATURES, sources=BEDSIDE,
        why="Of the monitor that a nurse reads."),
)  # fmt: skip

WAVE_OF: Mapping[str, str] = MappingProxyType({
    "ecg1": "hr", "ecg2": "hr", "ecg3": "hr", "pleth": "spo2", "co2": "etco2", "resp": "rr_imp",
})  # fmt: skip
"""Wave -> the measurement whose order it follows; any other follows the order of connection."""

_TABLE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {key: row.sources for row in PREFERENCES for key in row.measurements}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """The orders in use.

    Attributes:
        clinic: Parameter -> families in the clinic's order, where it differs from the table.
    """

    clinic: Mapping[str, Sequence[str]] = field(default_factory=lambda: MappingProxyType({}))

    def ordered(self, parameter: str, sources: Iterable[str]) -> tuple[str, ...]:
        """The sources, the most preferred for a parameter first."""
        key = measurement_of(parameter)
        given = self.clinic.get(key, ())
        wanted = (*given, *(each for each in _TABLE.get(key, ()) if each not in given))
        here = tuple(sources)
        return (*(each for each in wanted if each in here), *(each for each in here if each not in wanted))
