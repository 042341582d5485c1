"""Bursts as samples. Pure arithmetic: no file, no device."""

import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nurse_station.audio.bursts import Burst

RATE_HZ = 48_000
Samples = NDArray[np.float32]
"""Mono, -1 to 1."""


def rendered(burst: Burst, rate_hz: int = RATE_HZ) -> Samples:
    """The burst at full volume, from the first pulse's start to the last one's end."""
    pulse = _pulse(burst, rate_hz)
    parts = [pulse]
    for silence_s in burst.silences_s:
        parts += [np.zeros(round(silence_s * rate_hz), dtype=np.float32), pulse]
    return np.concatenate(parts)


def write_wav(path: Path, samples: Samples, rate_hz: int = RATE_HZ) -> None:
    """Write 16-bit mono. Raises OSError when it cannot be written."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes((samples * 32767).round().astype("<i2").tobytes())


def _pulse(burst: Burst, rate_hz: int) -> Samples:
    frames = round(burst.pulse_s * rate_hz)
    seconds = np.arange(frames) / rate_hz
    tone = _tone(burst, seconds) * _envelope(burst, seconds, frames / rate_hz)
    return np.asarray(tone * (burst.peak / np.abs(tone).max()), dtype=np.float32)


def _tone(burst: Burst, seconds: NDArray[np.float64]) -> NDArray[np.float64]:
    levels = (0.0, *burst.harmonics_db)
    tone = np.zeros_like(seconds)
    for number, level_db in enumerate(levels, start=1):
        # Phases after Schroeder keep the peaks of the harmonics apart: louder for the same amplitude.
        phase = -np.pi * number * (number - 1) / len(levels)
        tone += 10 ** (level_db / 20) * np.sin(2 * np.pi * number * burst.fundamental_hz * seconds + phase)
    return tone


def _envelope(burst: Burst, seconds: NDArray[np.float64], length_s: float) -> NDArray[np.float64]:
    rise = seconds / burst.rise_s
    fall = (length_s - seconds) / burst.fall_s
    return np.clip(np.minimum(rise, fall), 0.0, 1.0)
