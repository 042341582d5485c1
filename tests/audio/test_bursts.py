"""The table of bursts, and the sound that is rendered from it, against the auditory windows."""

import wave
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from nurse_station.alarms.words import Priority
from nurse_station.audio.bursts import BURSTS, SELF_TEST, Burst, departures, heard_harmonics
from nurse_station.audio.render import RATE_HZ, rendered, write_wav
from nurse_station.audio.windows import (
    FUNDAMENTAL_HZ,
    HARMONIC_HZ,
    HARMONICS_AT_LEAST,
    RISE_SHARE,
    WINDOWS,
    Window,
)

HIGH, MEDIUM, LOW = Priority.HIGH, Priority.MEDIUM, Priority.LOW
each_burst = pytest.mark.parametrize("burst", BURSTS.values(), ids=lambda burst: burst.priority.name)
# However a pulse is measured: over nearly all of it, or from 90 % to 90 % of its height.
each_height = pytest.mark.parametrize("height", [0.02, 0.5, 0.9])


def envelope(samples: NDArray[np.float32], burst: Burst) -> NDArray[np.float32]:
    """The largest amplitude within a period of the fundamental around each sample."""
    period = round(RATE_HZ / burst.fundamental_hz)
    padded = np.pad(np.abs(samples), (period // 2, period - period // 2 - 1))
    return np.lib.stride_tricks.sliding_window_view(padded, period).max(axis=1)


def pulses_of(burst: Burst, height: float) -> list[tuple[float, float]]:
    """Start and end of each pulse in the rendered sound, seconds, at a share of its full height."""
    loud = np.concatenate(([0], envelope(rendered(burst), burst) >= height * burst.peak, [0])).astype(np.int8)
    edges = np.flatnonzero(np.diff(loud)) / RATE_HZ
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def silences_of(burst: Burst, height: float) -> list[float]:
    pulses = pulses_of(burst, height)
    return [start - end for (_, end), (start, _) in zip(pulses, pulses[1:], strict=False)]


def peaks_of(burst: Burst) -> list[tuple[int, float]]:
    """Frequency (Hz) and level (dB against the largest) of every peak of the first pulse within 15 dB."""
    pulse = rendered(burst)[: round(burst.pulse_s * RATE_HZ)]
    spectrum = np.abs(np.fft.rfft(pulse * np.hanning(pulse.size), RATE_HZ))
    level = 20 * np.log10(spectrum / spectrum.max() + 1e-12)
    tops = np.flatnonzero((level[1:-1] > level[:-2]) & (level[1:-1] >= level[2:]) & (level[1:-1] >= -15)) + 1
    return [(int(top), float(level[top])) for top in tops]


@each_burst
def test_a_burst_of_the_table_fits_every_window(burst: Burst) -> None:
    assert departures(burst) == ()


def test_every_priority_that_sounds_has_a_burst_and_windows() -> None:
    assert BURSTS.keys() == WINDOWS.keys() == set(Priority) - {Priority.NONE}
    assert all(burst.priority is priority for priority, burst in BURSTS.items())


@pytest.mark.parametrize(
    ("priority", "changes", "name"),
    [
        (HIGH, {"pulses": 9}, "pulses"),
        (MEDIUM, {"pulses": 2}, "pulses"),
        (LOW, {"pulses": 3}, "pulses"),
        (HIGH, {"pulse_s": 0.074, "rise_s": 0.010}, "pulse_s"),
        (HIGH, {"pulse_s": 0.201, "rise_s": 0.030}, "pulse_s"),
        (MEDIUM, {"pulse_s": 0.124, "rise_s": 0.015}, "pulse_s"),
        (HIGH, {"spacing_s": 0.049}, "spacing_s"),
        (HIGH, {"spacing_s": 0.126}, "spacing_s"),
        (LOW, {"spacing_s": 0.251}, "spacing_s"),
        (HIGH, {"gap_s": 0.34}, "gap_s"),
        (HIGH, {"gap_s": 1.31}, "gap_s"),
        (HIGH, {"gap_s": None}, "gap_s"),
        (MEDIUM, {"gap_s": 0.5}, "gap_s"),
        (HIGH, {"interburst_s": 2.4}, "interburst_s"),
        (HIGH, {"interburst_s": 15.1}, "interburst_s"),
        (MEDIUM, {"interburst_s": 30.1}, "interburst_s"),
        (LOW, {"interburst_s": 14.9}, "interburst_s"),
        (HIGH, {"rise_s": 0.014}, "rise_s"),
        (HIGH, {"rise_s": 0.031}, "rise_s"),
        (HIGH, {"fall_s": 0.061}, "fall_s"),
        (HIGH, {"fundamental_hz": 149.0}, "fundamental_hz"),
        (HIGH, {"fundamental_hz": 1001.0}, "harmonics_db"),
        (LOW, {"harmonics_db": (-3.0, -3.0, -3.0)}, "harmonics_db"),
        (LOW, {"harmonics_db": (-3.0, -3.0, -3.0, -15.1)}, "harmonics_db"),
        (LOW, {"peak": 1.01}, "peak"),
        (LOW, {"peak": 0.0}, "peak"),
    ],
)
def test_what_leaves_a_window_is_named(priority: Priority, changes: dict[str, object], name: str) -> None:
    assert name in departures(replace(BURSTS[priority], **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(("value", "inside"), [(0.9, False), (1.0, True), (2.0, True), (2.1, False)])
def test_a_window_holds_its_ends(value: float, inside: bool) -> None:
    assert Window(low=1.0, high=2.0).holds(value) is inside


@each_burst
def test_a_fundamental_and_four_harmonics_are_heard(burst: Burst) -> None:
    peaks = peaks_of(burst)
    lowest = peaks[0][0]
    assert FUNDAMENTAL_HZ.holds(lowest)
    assert lowest == pytest.approx(burst.fundamental_hz, abs=2.0)
    overtones = [hz for hz, _ in peaks[1:] if HARMONIC_HZ.holds(hz)]
    assert len(overtones) >= HARMONICS_AT_LEAST
    assert len(overtones) == heard_harmonics(burst)
    for number, hz in enumerate(overtones, start=2):
        assert hz == pytest.approx(number * burst.fundamental_hz, abs=2.0)


@each_burst
def test_the_harmonics_have_the_levels_of_the_table(burst: Burst) -> None:
    levels = [level for _, level in peaks_of(burst)]
    assert levels == pytest.approx([0.0, *burst.harmonics_db], abs=1.0)


@each_burst
@each_height
def test_the_pulses_are_as_many_and_as_long_as_allowed(burst: Burst, height: float) -> None:
    pulses = pulses_of(burst, height)
    allowed = WINDOWS[burst.priority]
    assert len(pulses) in allowed.pulses
    assert all(allowed.pulse_s.holds(end - start) for start, end in pulses)


@each_height
@pytest.mark.parametrize("priority", [MEDIUM, LOW])
def test_the_spacing_is_heard_as_allowed(priority: Priority, height: float) -> None:
    silences = silences_of(BURSTS[priority], height)
    assert all(WINDOWS[priority].spacing_s.holds(silence) for silence in silences)


@each_height
def test_ten_pulses_come_as_three_and_two_and_again(height: float) -> None:
    burst, allowed = BURSTS[HIGH], WINDOWS[HIGH]
    x1, x2, pause, x3, gap, *again = silences_of(burst, height)
    assert all(allowed.spacing_s.holds(x) for x in (x1, x2, x3))
    assert pause == pytest.approx(2 * burst.spacing_s + burst.pulse_s, abs=0.04)
    assert allowed.gap_s is not None
    assert allowed.gap_s.holds(gap)
    assert again == pytest.approx([x1, x2, pause, x3], abs=0.001)


@each_burst
def test_the_rise_is_slow_enough_to_be_no_click(burst: Burst) -> None:
    (start, end), low = pulses_of(burst, 0.9)[0], pulses_of(burst, 0.1)[0]
    assert RISE_SHARE.holds((start - low[0]) / (end - start))


@each_burst
def test_the_rendered_length_is_the_tables(burst: Burst) -> None:
    assert rendered(burst).size / RATE_HZ == pytest.approx(burst.length_s, abs=0.001)


@each_burst
def test_a_burst_is_never_clipped(burst: Burst) -> None:
    assert np.abs(rendered(burst)).max() == pytest.approx(burst.peak)
    assert rendered(burst).dtype == np.float32


def test_the_priorities_differ_in_rhythm_in_pitch_and_in_strength() -> None:
    high, medium, low = BURSTS[HIGH], BURSTS[MEDIUM], BURSTS[LOW]
    assert high.pulses > medium.pulses > low.pulses
    # At least three semitones from each to the next.
    assert high.fundamental_hz / medium.fundamental_hz > 2 ** (3 / 12)
    assert medium.fundamental_hz / low.fundamental_hz > 2 ** (3 / 12)
    assert high.peak > medium.peak > low.peak
    assert high.interburst_s < medium.interburst_s < low.interburst_s


def test_the_self_test_is_softer_and_shorter_than_any_alarm() -> None:
    assert all(
        SELF_TEST.peak < burst.peak and SELF_TEST.length_s < burst.length_s for burst in BURSTS.values()
    )


def test_a_written_sound_reads_the_same(tmp_path: Path) -> None:
    samples = rendered(BURSTS[HIGH])
    write_wav(tmp_path / "high.wav", samples)
    with wave.open(str(tmp_path / "high.wav"), "rb") as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE_HZ, 1, 2)
        read = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2") / 32767
    assert np.abs(read - samples).max() < 1 / 32000
