"""The ranges that no order can leave, whatever a protocol says. Data only.

They catch slips of the hand (a weight of 680 kg, a concentration of 0); a clinic's own, narrower limits
are in its protocol files. All are defaults without a published source, but where one is named.
"""

from dataclasses import dataclass

from nurse_station.infusion.units import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A number on a form.

    Attributes:
        field: The word of the code.
        name: The word on the form.
        low, high: Both ends allowed.
        unit: As a ward writes it.
    """

    field: str
    name: str
    low: float
    high: float
    unit: str

    def refusal(self, value: float) -> str | None:
        """Why `value` cannot be; None: it can."""
        # Written so that a value that is no number (nan) is refused as well.
        if self.low <= value <= self.high:
            return None
        return (
            f"{self.name} of {shown(value)} {self.unit} cannot be; "
            f"enter {shown(self.low)} to {shown(self.high)} {self.unit}."
        )


# Adults in an outpatient clinic.
WEIGHT = Range(field="weight_kg", name="A weight", low=35, high=180, unit="kg")

ORDER_RANGES: tuple[Range, ...] = (
    # Infusions are 1 or 2 mg/mL (CHEO manual); 10 mg/mL runs from a syringe. Stronger vials are diluted.
    Range(field="concentration_mg_ml", name="A concentration", low=0.1, high=10, unit="mg/mL"),
    Range(field="bag_ml", name="A bag", low=10, high=1000, unit="mL"),
    # 2 mg/kg/h: the top of the range for pain in the consensus guideline (Cohen 2018).
    Range(field="start_mg_kg_h", name="A start", low=0.01, high=2, unit="mg/kg/h"),
    Range(field="step_every_min", name="A step interval", low=15, high=60, unit="min"),
    Range(field="max_step_mg_kg_h", name="A largest step", low=0.01, high=0.5, unit="mg/kg/h"),
    Range(field="max_mg_kg_h", name="A maximum", low=0.01, high=2, unit="mg/kg/h"),
    Range(field="max_mg_h", name="A maximum", low=1, high=150, unit="mg/h"),
    Range(field="max_total_mg", name="A total", low=1, high=500, unit="mg"),
    Range(field="duration_min", name="A duration", low=10, high=480, unit="min"),
    Range(field="day", name="A day", low=1, high=30, unit="of the course"),
)
