"""Published population models of ketamine in adults: a table. Computes nothing, knows no patient."""

from dataclasses import dataclass
from types import MappingProxyType

from nurse_station.infusion.order import DrugForm

# Half-time of the effects on pain, cognition and dissociation 6.1 min (0 to 11.8; Anesthesiology 117:353).
KE0_MIND_PER_MIN = 0.114
# Blood pressure and heart rate follow the plasma within a minute: a default without a published figure.
KE0_CIRCULATION_PER_MIN = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Three compartments, all volumes in proportion to weight, so that the constants are everybody's.

    Attributes:
        key: The word in settings and record.
        name: On the screen.
        source: Where the figures are from, and how well they are supported.
        forms: Which ketamine it may be used for.
        v1_l_kg: Central volume, L/kg.
        k10, k12, k13, k21, k31: Per minute; a model of two compartments has 0 in the third.
    """

    key: str
    name: str
    source: str
    forms: frozenset[DrugForm]
    v1_l_kg: float
    k10: float
    k12: float
    k13: float = 0.0
    k21: float
    k31: float = 0.0


def _from_clearances(v1: float, v2: float, v3: float, cl: float, q2: float, q3: float) -> dict[str, float]:
    """Volumes in L and clearances in L/h, all for 70 kg."""
    return {
        "v1_l_kg": v1 / 70,
        "k10": cl / v1 / 60,
        "k12": q2 / v1 / 60,
        "k13": q3 / v1 / 60,
        "k21": q2 / v2 / 60,
        "k31": q3 / v3 / 60,
    }


BOTH = frozenset(DrugForm)
RACEMIC = frozenset({DrugForm.RACEMIC})

_ROWS = (
    # Sums to 238 L and 84 L/h; the abstract's means over 14 studies are 252 L and 79 L/h per 70 kg.
    # Not told apart by form: S-ketamine is cleared about 20 % faster by women (Anesthesiology 111:892).
    Model(
        key="kamp",
        name="Kamp 2020",
        source="Kamp et al., Anesthesiology 133:1192 (2020); figures as in opentiva, original table not seen",
        forms=BOTH,
        **_from_clearances(v1=25, v2=56, v3=157, cl=84, q2=161, q3=79),
    ),
    Model(
        key="domino",
        name="Domino 1984",
        source="Domino et al., Clin Pharmacol Ther (1984), PMID 7198883; as in opentiva and stanpumpR",
        forms=RACEMIC,
        v1_l_kg=0.063, k10=0.4381, k12=0.5921, k13=0.5900, k21=0.2470, k31=0.0146,
    ),
    # Two compartments, without the first distribution: too low for the first ten minutes.
    Model(
        key="clements",
        name="Clements 1981",
        source="Clements and Nimmo, Br J Anaesth 53:27 (1981), 250 µg/kg; figures as in opentiva",
        forms=RACEMIC,
        v1_l_kg=1.7522, k10=0.0109, k12=0.0186, k21=0.0137,
    ),
)  # fmt: skip

MODELS = MappingProxyType({row.key: row for row in _ROWS})
DEFAULT_MODEL = MODELS["kamp"]


def models_for(form: DrugForm) -> tuple[Model, ...]:
    """The models that may be used for a form, the default first."""
    return tuple(model for model in MODELS.values() if form in model.forms)
