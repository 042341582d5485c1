"""For how long a bed had no valid SpO₂ or respiratory rate, from what it has seen. No Qt."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from nurse_station.station.history import Floats, History

HOLDS_S = 5.0
"""For so long a value counts after it came: then it is `---` on the screen."""
SOURCES: Mapping[str, tuple[str, ...]] = MappingProxyType({"spo2": ("spo2",), "rr": ("rr_co2", "rr_imp")})


def without_s(history: History, began: float, now: float) -> dict[str, float]:
    """Seconds without a valid value between two monotonic seconds, as `history.figures` takes them."""
    return {
        name: _unmeasured(_seconds(history, parameters, began, now), began, now)
        for name, parameters in SOURCES.items()
    }


def _seconds(history: History, parameters: tuple[str, ...], began: float, now: float) -> Floats:
    tracks = [track for parameter in parameters if (track := history.numeric(parameter)) is not None]
    seen = [track.between(began - HOLDS_S, now)[0] for track in tracks]
    return np.unique(np.concatenate(seen)) if seen else np.empty(0)


def _unmeasured(at: Floats, began: float, now: float) -> float:
    """What is left of the time when each value covers the seconds after it."""
    edges = np.concatenate(([began - HOLDS_S], np.clip(at, began - HOLDS_S, now), [now]))
    gaps = np.diff(edges) - HOLDS_S
    return float(gaps[gaps > 0].sum())
