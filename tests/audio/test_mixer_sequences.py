"""What holds for every sequence of calls: read back from the samples, not from the mixer's word."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nurse_station.alarms.signals import AudioSignal
from nurse_station.alarms.words import Priority
from nurse_station.audio.bursts import BURSTS, SELF_TEST
from nurse_station.audio.mixer import FADE_S, VOLUME_FLOOR, Mixer
from nurse_station.audio.render import Samples, rendered
from nurse_station.audio.windows import WINDOWS

RATE = 8000
FADE = round(FADE_S * RATE)
SOUNDS = {burst.priority: rendered(burst, RATE) for burst in (*BURSTS.values(), SELF_TEST)}
TELLING = 2
"""So many samples tell the bursts apart: the first is zero, the second goes by pitch and strength."""


@dataclass(frozen=True)
class Heard:
    """One burst in the samples: frames from the start of the run."""

    priority: Priority
    start: int
    end: int
    whole: bool


signals = st.builds(
    AudioSignal,
    condition=st.sampled_from(["apnoea", "spo2_low"]),
    priority=st.sampled_from(list(BURSTS)),
    repeats=st.booleans(),
    began=st.sampled_from([0.0, 1.0]),
)
calls = st.lists(
    st.one_of(
        st.tuples(st.just("sound"), st.one_of(st.none(), signals)),
        st.tuples(st.just("take"), st.one_of(st.integers(1, 900), st.integers(1, 6 * RATE))),
        st.tuples(st.just("test"), st.none()),
    ),
    max_size=14,
)


def played(mixer: Mixer, sequence: list[tuple[str, object]]) -> Samples:
    parts = [np.zeros(0, dtype=np.float32)]
    for name, value in sequence:
        if name == "take":
            assert isinstance(value, int)
            parts.append(mixer.take(value))
        elif name == "test":
            mixer.test()
        else:
            assert value is None or isinstance(value, AudioSignal)
            mixer.sound(value)
    return np.concatenate(parts)


def begins(samples: Samples, at: int, sound: Samples) -> bool:
    part = samples[at : at + TELLING]
    return at >= 0 and part.size == TELLING and np.array_equal(part, sound[:TELLING])


def what_begins(samples: Samples, at: int) -> Priority | None:
    found = [priority for priority, sound in SOUNDS.items() if begins(samples, at, sound)]
    return found[0] if found else None


def end_of(samples: Samples, priority: Priority, start: int) -> tuple[int, bool]:
    """Where the burst ends, and whether it is whole. Fails unless whole or rightly cut."""
    sound = SOUNDS[priority]
    part = samples[start : start + sound.size]
    same = part == sound[: part.size]
    if same.all():
        return start + part.size, part.size == sound.size
    differs = start + int(np.argmin(same))
    for cut in range(differs + 1, max(start, differs - FADE - TELLING) - 1, -1):
        rest = sound[cut - start : cut - start + FADE]
        end = cut + rest.size
        higher = what_begins(samples, end)
        faded = rest * np.linspace(1, 0, rest.size, dtype=np.float32)
        if higher is not None and higher > priority and np.array_equal(samples[cut:end], faded):
            return end, False
    assert samples.size - differs < FADE + TELLING, f"{priority.name} at {start} was neither whole nor cut"
    return samples.size, False


def read(samples: Samples) -> list[Heard]:
    """The bursts, one after the other. Fails when anything but whole or rightly cut bursts is in it."""
    found: list[Heard] = []
    at = 0
    while np.any(samples[at:]):
        # A burst begins with one sample of zero.
        start = at + int(np.flatnonzero(samples[at:])[0]) - 1
        if samples.size - start < TELLING:
            break
        priority = what_begins(samples, start)
        assert priority is not None, f"something that is no burst begins at {start}"
        at, whole = end_of(samples, priority, start)
        found.append(Heard(priority, start, at, whole))
    return found


def test_two_samples_tell_the_sounds_from_one_another() -> None:
    assert len({float(sound[TELLING - 1]) for sound in SOUNDS.values()}) == len(SOUNDS)


@settings(max_examples=150, deadline=None)
@given(calls)
def test_only_whole_bursts_or_those_that_a_higher_one_cut_are_ever_heard(
    sequence: list[tuple[str, object]],
) -> None:
    for earlier, later in zip(found := read(played(Mixer(rate_hz=RATE), sequence)), found[1:], strict=False):
        assert earlier.end <= later.start
        assert earlier.whole or later.priority > earlier.priority


@settings(max_examples=150, deadline=None)
@given(calls)
def test_the_intervals_between_bursts_are_never_shorter_than_allowed(
    sequence: list[tuple[str, object]],
) -> None:
    ended: dict[Priority, int] = {}
    for burst in read(played(Mixer(rate_hz=RATE), sequence)):
        if burst.priority is Priority.NONE:
            continue
        for priority, end in ended.items():
            if priority >= burst.priority:
                assert burst.start - end >= WINDOWS[priority].interburst_s.low * RATE - 1
        ended[burst.priority] = burst.end


@settings(max_examples=60, deadline=None)
@given(calls, st.sampled_from([Priority.HIGH, Priority.MEDIUM]))
def test_a_signal_that_stays_is_repeated_within_its_interval_whatever_was_before(
    sequence: list[tuple[str, object]], priority: Priority
) -> None:
    mixer = Mixer(rate_hz=RATE)
    played(mixer, sequence)
    mixer.sound(AudioSignal(condition="new", priority=priority, repeats=True, began=9.0))
    # What was cut by the end of the run before is still there: let it end.
    while mixer.playing is not None:
        mixer.take(80)
    starts = [h.start for h in read(mixer.take(70 * RATE)) if h.priority is priority]
    length = BURSTS[priority].length_s * RATE
    longest = WINDOWS[priority].interburst_s.high * RATE
    assert starts[0] <= longest
    assert all(
        later - earlier - length <= longest for earlier, later in zip(starts, starts[1:], strict=False)
    )


@settings(max_examples=60, deadline=None)
@given(calls)
@pytest.mark.hazard("H-06")
def test_no_high_signal_goes_unheard_however_short_it_was(sequence: list[tuple[str, object]]) -> None:
    mixer = Mixer(rate_hz=RATE)
    played(mixer, sequence)
    mixer.sound(AudioSignal(condition="new", priority=Priority.HIGH, repeats=True, began=9.0))
    mixer.sound(None)
    while mixer.playing is Priority.HIGH:
        mixer.take(1)
    after = mixer.take(
        round((WINDOWS[Priority.HIGH].interburst_s.low + BURSTS[Priority.HIGH].length_s + 1) * RATE)
    )
    sound = SOUNDS[Priority.HIGH]
    loud = np.flatnonzero(after)
    starts = [int(at) - 1 for at in loud if begins(after, int(at) - 1, sound)]
    assert any(np.array_equal(after[start : start + sound.size], sound) for start in starts)


@settings(max_examples=60, deadline=None)
@given(calls, st.lists(st.floats(allow_nan=True), min_size=1, max_size=5))
@pytest.mark.hazard("H-06")
def test_no_volume_clips_or_silences_an_alarm(
    sequence: list[tuple[str, object]], shares: list[float]
) -> None:
    mixer = Mixer(rate_hz=RATE)
    for share in shares:
        mixer.set_volume(share)
        samples = played(mixer, sequence)
        assert np.abs(samples).max(initial=0.0) <= 1.0
    mixer.restart(after_long=False)
    mixer.sound(AudioSignal(condition="new", priority=Priority.HIGH, repeats=True, began=9.0))
    loudest = np.abs(mixer.take(RATE)).max()
    assert loudest >= VOLUME_FLOOR * BURSTS[Priority.HIGH].peak * 0.99


@settings(max_examples=60, deadline=None)
@given(calls)
def test_the_size_of_the_bites_changes_no_sample(sequence: list[tuple[str, object]]) -> None:
    whole = played(Mixer(rate_hz=RATE), sequence)
    bites: list[tuple[str, object]] = []
    for name, value in sequence:
        if name == "take" and isinstance(value, int):
            bites += [("take", value // 3), ("take", value - value // 3)]
        else:
            bites.append((name, value))
    assert np.array_equal(whole, played(Mixer(rate_hz=RATE), bites))
