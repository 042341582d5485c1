"""Oxygen and carbon dioxide: stores, and how they run down. Knows neither why one breathes nor what is shown.

Oxygen: alveoli, and a venous pool; Severinghaus's curve (its constants from memory of the facts: J Appl
Physiol 46:599). Carbon dioxide: lungs with arterial blood, and tissue, set so that apnoea raises it by about
12 mmHg in the first minute and 3 to 4 a minute after it. Leaves out apnoeic oxygenation and the washout of
nitrogen: a patient apnoeic on oxygen is served a little too strictly.
"""

from nurse_station.simulator.person import Person

CARDIAC_OUTPUT_L_MIN = 5.5
RESIDUAL_ML, RESIDUAL_OBESE_ML = 2200.0, 1300.0
UPTAKE_ML_MIN, UPTAKE_OBESE_ML_MIN = 250.0, 300.0
HAEMOGLOBIN_G_DL = 14.0
SHUNT = 0.05
# What makes arterial saturation fall below 90 % after 28 s in air and 71 s at 30 % (source: 29 and 72).
VENOUS_POOL_DL = 40.0
EXCHANGE_RATIO = 0.8
DRY_MMHG = 713.0
MMHG_ML = 863.0

_CO2_RISE_PER_MIN = 3.5
_CO2_TISSUE_ABOVE = 9.5
_CO2_LUNG_ML_MMHG = 5.0
_LUNG_LOWEST = 1.0


def saturation(mmhg: float) -> float:
    """Part of haemoglobin that holds oxygen at a tension above 0, after Severinghaus."""
    return 1.0 / (1.0 + 23400.0 / (mmhg * (mmhg * mmhg + 150.0)))


def content(mmhg: float) -> float:
    """Oxygen of blood, mL/dL."""
    return 1.34 * HAEMOGLOBIN_G_DL * saturation(mmhg) + 0.003 * mmhg


class Gases:
    """The stores of one person, at rest in air at first.

    Attributes:
        pao2: Alveolar oxygen, mmHg.
        paco2: Arterial CO2, mmHg.
        tissue_co2: CO2 of tissue and venous blood, mmHg.
        resting_ventilation: Alveolar, mL/min.
    """

    def __init__(self, person: Person) -> None:
        size: float = (person.weight_kg / 70.0) ** 0.75
        obese = person.history.obese
        self._residual = (RESIDUAL_OBESE_ML if obese else RESIDUAL_ML) * size
        self._uptake = (UPTAKE_OBESE_ML_MIN if obese else UPTAKE_ML_MIN) * size
        self._output = CARDIAC_OUTPUT_L_MIN * 10.0 * size
        self._pool = VENOUS_POOL_DL * size
        self._made = self._uptake * EXCHANGE_RATIO
        self._flow = self._made / _CO2_TISSUE_ABOVE
        self._lung = _CO2_LUNG_ML_MMHG * size
        self._tissue = self._made / _CO2_RISE_PER_MIN - self._lung
        self.resting_ventilation = MMHG_ML * self._made / person.etco2
        self.paco2 = self.resting_co2 = person.etco2
        self.tissue_co2 = person.etco2 + _CO2_TISSUE_ABOVE
        self.pao2 = DRY_MMHG * 0.21 - person.etco2 / EXCHANGE_RATIO
        self._venous = content(self.pao2) - self._uptake / self._output / (1.0 - SHUNT)

    @property
    def sao2(self) -> float:
        """True arterial saturation, %, 0 to 100."""
        arterial = (1.0 - SHUNT) * content(self.pao2) + SHUNT * self._venous
        bound = arterial - 0.003 * min(self.pao2, 100.0)
        return 100.0 * min(1.0, max(0.0, bound) / (1.34 * HAEMOGLOBIN_G_DL))

    @property
    def tissue_above(self) -> float:
        """How far the tissue's CO2 is above that at rest, mmHg."""
        return self.tissue_co2 - self.resting_co2 - _CO2_TISSUE_ABOVE

    def advance(
        self, seconds: float, ventilation: float, fio2: float, output: float, *, fico2: float = 0.0
    ) -> None:
        """Breathe for a time (0.25 s or so) at `ventilation` (alveolar, mL/min, of `fio2`).

        Args:
            output: Cardiac output as a part of the usual one, 0 in asystole.
            fico2: CO2 that is breathed in, mmHg: so much is not washed out.
        """
        minutes = seconds / 60.0
        self._advance_oxygen(minutes, ventilation, fio2, output)
        to_lung = self._flow * output * (self.tissue_co2 - self.paco2)
        washed = ventilation * (self.paco2 - fico2) / MMHG_ML
        self.paco2 += (to_lung - washed) / self._lung * minutes
        self.tissue_co2 += (self._made - to_lung) / self._tissue * minutes

    def _advance_oxygen(self, minutes: float, ventilation: float, fio2: float, output: float) -> None:
        end_capillary, blood = content(self.pao2), self._output * output
        arterial = (1.0 - SHUNT) * end_capillary + SHUNT * self._venous
        taken = blood * (1.0 - SHUNT) * (end_capillary - self._venous)
        brought = ventilation * (DRY_MMHG * fio2 - self.pao2) / MMHG_ML
        self.pao2 = max(_LUNG_LOWEST, self.pao2 + MMHG_ML / self._residual * (brought - taken) * minutes)
        # Starved tissue takes less: the pool is never drawn below nothing.
        used = self._uptake * min(1.0, self._venous / 3.0)
        self._venous += (blood * (arterial - self._venous) - used) / self._pool * minutes


def inspired(l_min: float) -> float:
    """Inspired part of oxygen at a flow: cannula to 6 L/min (4 % a litre), mask above to 0.9 at 15."""
    return 0.21 + 0.04 * l_min if l_min <= 6 else 0.45 + 0.05 * (l_min - 6)
