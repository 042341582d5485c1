"""The day that every ribbon of the benchmark shows: hours of vital signs, and one second more at a time."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WIDTH, HEIGHT = 1400, 420
START = 50_000.0
EVERY_S = {"hr": 1, "spo2": 1, "rr_co2": 1, "etco2": 1, "nibp_sys": 300, "nibp_dia": 300, "nibp_mean": 300}
"""Seconds from one value to the next."""
MIDDLE = {"hr": 80, "spo2": 97, "rr_co2": 14, "etco2": 38, "nibp_sys": 125, "nibp_dia": 75, "nibp_mean": 92}
LANES = (("hr",), ("spo2",), ("rr_co2",), ("etco2",), ("nibp_sys", "nibp_dia"))
SCALES = ((40, 140), (80, 100), (0, 30), (0, 60), (40, 180))
COLOURS = ("#00ff00", "#00bfff", "#ffd700", "#ffd700", "#ffb6c1")
MORE_S = 3600
"""Seconds that can still come."""


class Day:
    """Values that wander about their middle, as a monitor gives them.

    Attributes:
        seconds, values: By key, those to come included, shape (n,).
        now: The monotonic second up to which they have come.
    """

    def __init__(self, hours: float, seed: int = 1) -> None:
        random = np.random.default_rng(seed)
        length = round(hours * 3600)
        self.seconds: dict[str, Floats] = {}
        self.values: dict[str, Floats] = {}
        self.now = START + length
        for key, every in EVERY_S.items():
            count = (length + MORE_S) // every
            self.seconds[key] = START + np.arange(count, dtype=np.float64) * every
            drift = 3 * np.sin(np.arange(count) * every / 700 + random.uniform(0, 6))
            noise = random.normal(0, 0.5, count)
            self.values[key] = np.asarray(np.round(MIDDLE[key] + drift + noise), dtype=np.float64)

    def advance(self) -> None:
        """A second later."""
        self.now += 1.0

    def known(self, key: str) -> tuple[Floats, Floats]:
        """Seconds and values that have come."""
        count = int(np.searchsorted(self.seconds[key], self.now))
        return self.seconds[key][:count], self.values[key][:count]

    def at(self, second: float) -> list[str]:
        """What a nurse reads at a second, a word a value."""
        words = []
        for key in EVERY_S:
            seconds, values = self.known(key)
            if number := int(np.searchsorted(seconds, second, side="right")):
                words.append(f"{key} {values[number - 1]:.0f}")
        return words
