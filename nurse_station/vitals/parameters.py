"""The table of vital signs that the station knows. To add one, add a row.

Codes are IEEE 11073-10101 (partition 2, code = 2 x 65536 + term). Units are UCUM codes; `unit_shown`
is what a ward writes. The plausible range is what a living adult and a working sensor can give:
outside of it a value is a fault of the line, shown as `---`, never an alarm of the patient.
"""

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One vital sign.

    Attributes:
        key: The word used in code, settings, record and exports.
        label: The word on the screen.
        mdc: IEEE 11073-10101 reference identifier.
        mdc_code: Its 32-bit code.
        unit: UCUM code.
        unit_shown: The unit as a ward writes it.
        precision: Digits after the point on the screen.
        plausible: Lowest and highest value that can be true, in `unit`.
        colour: Name of the colour token.
        episodic: Measured now and then (a cuff), so its value carries the time it was measured.
    """

    key: str
    label: str
    mdc: str
    mdc_code: int
    unit: str
    unit_shown: str
    precision: int
    plausible: tuple[float, float]
    colour: str
    episodic: bool = False

    def accepts(self, value: float) -> bool:
        """Whether a living adult and a working sensor can give `value`."""
        low, high = self.plausible
        return low <= value <= high


def _rate(key: str, label: str, mdc: str, code: int, high: float, colour: str) -> Parameter:
    return Parameter(key=key, label=label, mdc=mdc, mdc_code=code, unit="/min", unit_shown="/min",
                     precision=0, plausible=(0.0, high), colour=colour)  # fmt: skip


def _pressure(
    key: str, label: str, mdc: str, code: int, colour: str, low: float = -40.0, high: float = 400.0,
    *, episodic: bool = False,
) -> Parameter:  # fmt: skip
    return Parameter(key=key, label=label, mdc=mdc, mdc_code=code, unit="mm[Hg]", unit_shown="mmHg",
                     precision=0, plausible=(low, high), colour=colour, episodic=episodic)  # fmt: skip


def _temperature(number: int) -> Parameter:
    return Parameter(key=f"temp{number}", label=f"T{number}", mdc="MDC_TEMP", mdc_code=150344,
                     unit="Cel", unit_shown="°C", precision=1, plausible=(10.0, 46.0),
                     colour="temperature")  # fmt: skip


def _invasive(channel: int) -> tuple[Parameter, ...]:
    return (
        _pressure(f"p{channel}_sys", f"P{channel} sys", "MDC_PRESS_BLD_SYS", 150017, "pressure"),
        _pressure(f"p{channel}_dia", f"P{channel} dia", "MDC_PRESS_BLD_DIA", 150018, "pressure"),
        _pressure(f"p{channel}_mean", f"P{channel} mean", "MDC_PRESS_BLD_MEAN", 150019, "pressure"),
    )


_ROWS: tuple[Parameter, ...] = (
    _rate("hr", "HR", "MDC_ECG_HEART_RATE", 147842, 350, "hr"),
    _rate("pr", "PR", "MDC_PULS_OXIM_PULS_RATE", 149530, 350, "spo2"),
    Parameter(key="spo2", label="SpO₂", mdc="MDC_PULS_OXIM_SAT_O2", mdc_code=150456, unit="%",
              unit_shown="%", precision=0, plausible=(1.0, 100.0), colour="spo2"),
    _rate("rr_co2", "RR", "MDC_CO2_RESP_RATE", 151594, 150, "co2"),
    _rate("rr_imp", "RR imp", "MDC_TTHOR_RESP_RATE", 151578, 150, "resp"),
    _pressure("etco2", "EtCO₂", "MDC_AWAY_CO2_ET", 151728, "co2", 0, 150),
    _pressure("fico2", "FiCO₂", "MDC_AWAY_CO2_INSP_MIN", 151738, "co2", 0, 150),
    _pressure("nibp_sys", "NIBP sys", "MDC_PRESS_BLD_NONINV_SYS", 150021, "nibp", 20, 300, episodic=True),
    _pressure("nibp_dia", "NIBP dia", "MDC_PRESS_BLD_NONINV_DIA", 150022, "nibp", 10, 250, episodic=True),
    _pressure("nibp_mean", "NIBP mean", "MDC_PRESS_BLD_NONINV_MEAN", 150023, "nibp", 10, 275, episodic=True),
    *(_temperature(number) for number in range(1, 5)),
    *(row for channel in range(1, 7) for row in _invasive(channel)),
)  # fmt: skip

PARAMETERS: MappingProxyType[str, Parameter] = MappingProxyType({row.key: row for row in _ROWS})


def measurement_of(key: str) -> str:
    """The parameter that stands for the measurement: a pressure's systolic for its diastolic and its mean.

    The three were measured at once, so they are taken from one monitor or not at all; any other
    parameter stands for itself.
    """
    channel, _, part = key.rpartition("_")
    return f"{channel}_sys" if channel and part in ("dia", "mean") else key


MEASUREMENTS: tuple[str, ...] = tuple(key for key in PARAMETERS if measurement_of(key) == key)
"""The parameters that stand for a measurement."""
