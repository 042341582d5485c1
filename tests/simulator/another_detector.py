"""A detector of heart beats that is not ours: that of wfdb. Says why when it is not installed."""

import importlib.util
import warnings

import numpy as np
import pytest
from numpy.typing import NDArray

RATE_HZ = 250
INSTALLED = importlib.util.find_spec("wfdb") is not None
needs_another = pytest.mark.skipif(not INSTALLED, reason="wfdb is not installed: nobody else counts")


def beats_in(ecg: NDArray[np.float32], rate_hz: float = RATE_HZ) -> NDArray[np.float64]:
    """Seconds from the start of the ECG at which a beat was found."""
    with warnings.catch_warnings():
        # wfdb 4.3.1 makes its tables, when it is imported, in a way that pandas 3.1 gives up.
        warnings.filterwarnings("ignore", message="The inplace keyword in DataFrame.set_index is deprecated")
        from wfdb import processing  # type: ignore[import-not-found,import-untyped,unused-ignore]
    found = processing.xqrs_detect(ecg.astype(np.float64), fs=rate_hz, verbose=False)
    return np.asarray(found, dtype=np.float64) / rate_hz
