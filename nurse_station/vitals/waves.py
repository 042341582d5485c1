"""The table of waves, and the block of samples that travels. To add a wave, add a row."""

from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """One kind of wave.

    Attributes:
        key: The word used in code, record and exports.
        label: The word on the screen.
        unit: UCUM code of a sample.
        unit_shown: The unit as a ward writes it.
        shown: Lowest and highest sample drawn at gain x1, in `unit`; None: fitted to the signal.
        colour: Name of the colour token.
        order: Place from top to bottom on a bed's screen.
    """

    key: str
    label: str
    unit: str
    unit_shown: str
    shown: tuple[float, float] | None
    colour: str
    order: int


_ROWS: tuple[Wave, ...] = (
    Wave(key="ecg1", label="ECG 1", unit="mV", unit_shown="mV", shown=(-0.6, 1.4), colour="hr", order=0),
    Wave(key="ecg2", label="ECG 2", unit="mV", unit_shown="mV", shown=(-0.6, 1.4), colour="hr", order=1),
    Wave(key="ecg3", label="ECG 3", unit="mV", unit_shown="mV", shown=(-0.6, 1.4), colour="hr", order=2),
    Wave(key="pleth", label="Pleth", unit="%", unit_shown="%", shown=None, colour="spo2", order=3),
    Wave(key="co2", label="CO₂", unit="mm[Hg]", unit_shown="mmHg", shown=(0, 60), colour="co2", order=4),
    Wave(key="resp", label="Resp", unit="Ohm", unit_shown="Ω", shown=None, colour="resp", order=5),
    *(
        Wave(key=f"p{channel}", label=f"P{channel}", unit="mm[Hg]", unit_shown="mmHg", shown=None,
             colour="pressure", order=5 + channel)
        for channel in range(1, 5)
    ),
    Wave(key="entropy", label="Entropy", unit="uV", unit_shown="µV", shown=None, colour="other", order=10),
    Wave(key="o2", label="O₂", unit="%", unit_shown="%", shown=(0, 100), colour="other", order=11),
    Wave(key="n2o", label="N₂O", unit="%", unit_shown="%", shown=(0, 100), colour="other", order=12),
    Wave(key="agent", label="AA", unit="%", unit_shown="%", shown=None, colour="other", order=13),
    Wave(key="awp", label="Paw", unit="cm[H2O]", unit_shown="cmH₂O", shown=None, colour="other", order=14),
    Wave(key="flow", label="Flow", unit="L/min", unit_shown="L/min", shown=None, colour="other", order=15),
)  # fmt: skip

WAVES: MappingProxyType[str, Wave] = MappingProxyType({row.key: row for row in _ROWS})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WaveBlock:
    """Consecutive samples of one wave, as one packet of the device carried them.

    Attributes:
        wave: Key of the wave.
        samples: float32, shape (n,), in the wave's unit; NaN where the device says it has none.
        rate_hz: Nominal samples a second. The device's clock may be a percent off.
        resolution: The step of the device's own integers, in the wave's unit, so that
            round(samples / resolution) gives those integers back.
        at: Monotonic seconds at which the packet's last byte arrived.
        source: Which monitor sent it.
        leads_off: The device says that nothing is attached: the samples are not the patient's.
        paced: A pacemaker pulse lies in the block.
    """

    wave: str
    samples: NDArray[np.float32]
    rate_hz: float
    resolution: float
    at: float
    source: str
    leads_off: bool = False
    paced: bool = False

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, WaveBlock):
            return NotImplemented
        return self._words() == other._words() and np.array_equal(self.samples, other.samples, equal_nan=True)

    def _words(self) -> tuple[object, ...]:
        return (self.wave, self.rate_hz, self.resolution, self.at, self.source,
                self.leads_off, self.paced)  # fmt: skip
