"""What the rules need to know besides the journal: alarms and vital signs now. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Vital:
    """A value that is current, and when it was measured, seconds of the session's clock."""

    value: float
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressure:
    """One cuff measurement, mmHg."""

    at: float
    sys: float
    dia: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentAlarm:
    """An alarm that is present or held: its condition, its words, and whether it is HIGH (else MEDIUM)."""

    condition: str
    words: str
    high: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The moment in which something is decided.

    Attributes:
        at: Seconds of the session's clock.
        vitals: Parameter -> its current value; what is not known is not there.
        pressures: Cuff measurements of the last half hour, oldest first.
        alarms: HIGH and MEDIUM physiological alarms that are present.
        airway_alarms: When alarms of breathing or oxygen became active, in this session.
        unmonitored_s: For how long no vital sign has been valid; 0: there are some.
    """

    at: float
    vitals: Mapping[str, Vital] = field(default_factory=lambda: MappingProxyType({}))
    pressures: tuple[Pressure, ...] = ()
    alarms: tuple[PresentAlarm, ...] = ()
    airway_alarms: tuple[float, ...] = ()
    unmonitored_s: float = 0.0

    def value(self, *parameters: str) -> float | None:
        """The first of the parameters that is known; None: none is."""
        return next((self.vitals[key].value for key in parameters if key in self.vitals), None)
