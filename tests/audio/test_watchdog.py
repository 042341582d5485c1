"""The watchdog: its rule by a clock moved by hand, its sound by its spectrum, once a real process killed."""

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from nurse_station.audio.outputs import OutputError, Outputs
from nurse_station.audio.render import RATE_HZ
from nurse_station.audio.siren import NOTE_S, NOTES, NOTES_HZ, PAUSE_S, PEAK, READY, SOUNDS, Siren, siren
from nurse_station.audio.vigil import (
    FAREWELL,
    GONE,
    LATE_S,
    PARTS,
    SCREEN,
    SOUND_S,
    STANDS_STILL,
    STATION,
    Vigil,
)
from nurse_station.audio.watchdog import COMMAND, Watchdog, watch
from nurse_station.vitals.clock import ManualClock
from tests.audio.fake_outputs import SPEAKERS, FakeOutputs

ROOT = Path(__file__).parents[2]


class Night:
    """A vigil and a clock moved by hand."""

    def __init__(self) -> None:
        self.clock = ManualClock(100.0)
        self.vigil = Vigil(self.clock.now(), self.clock.wall())

    def passes(self, seconds: float, beating: tuple[str, ...] = ()) -> str:
        """That many seconds in tenths, with these parts alive; what is wrong then."""
        for _ in range(round(seconds * 10)):
            self.clock.advance(0.1)
            for part in beating:
                self.vigil.hear(part, self.clock.now())
            self.step()
        return self.vigil.trouble

    def step(self) -> None:
        self.vigil.step(self.clock.now(), self.clock.wall())

    def ends(self) -> None:
        self.vigil.desert(self.clock.now())
        self.step()


@pytest.fixture
def night() -> Night:
    return Night()


def until(true: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait for what another thread or process will do."""
    give_up = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < give_up, "it did not come true"
        time.sleep(0.01)


# The rule


def test_a_station_that_beats_is_left_alone(night: Night) -> None:
    assert night.passes(60, PARTS) == ""


@pytest.mark.hazard("H-07")
@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_stops_beating_sounds_after_three_seconds(night: Night, part: str) -> None:
    others = tuple(each for each in PARTS if each != part)
    night.passes(10, PARTS)
    assert night.passes(LATE_S - 0.1, others) == ""
    assert night.passes(0.2, others) == STANDS_STILL[part]


def test_a_part_that_never_beat_is_not_expected(night: Night) -> None:
    assert night.passes(60, (STATION,)) == ""


def test_before_the_first_beat_nothing_is_expected(night: Night) -> None:
    assert night.passes(60) == ""


def test_what_stands_still_sounds_until_it_beats_again(night: Night) -> None:
    night.passes(1, PARTS)
    assert night.passes(10 * SOUND_S, (SCREEN,)) == STANDS_STILL[STATION]
    assert night.passes(0.1, PARTS) == ""
    assert not night.vigil.over


@pytest.mark.hazard("H-07")
def test_a_station_that_was_killed_sounds_for_two_minutes(night: Night) -> None:
    night.passes(1, PARTS)
    night.ends()
    assert night.vigil.trouble == GONE
    assert night.passes(SOUND_S - 0.1) == GONE
    assert night.passes(0.2) == ""
    assert night.vigil.over


def test_a_station_that_was_killed_before_its_first_beat_sounds(night: Night) -> None:
    night.ends()
    assert night.vigil.trouble == GONE


def test_a_farewell_ends_the_watch_without_a_sound(night: Night) -> None:
    night.passes(1, PARTS)
    night.vigil.hear(FAREWELL, night.clock.now())
    night.ends()
    assert (night.vigil.trouble, night.vigil.over) == ("", True)


def test_the_next_watchdog_silences_the_one_of_a_station_that_is_gone(night: Night) -> None:
    night.ends()
    night.vigil.relieve()
    assert (night.vigil.trouble, night.vigil.over) == ("", True)


def test_no_other_watchdog_silences_that_of_a_station_that_is_there(night: Night) -> None:
    night.passes(1, PARTS)
    night.passes(10)
    night.vigil.relieve()
    assert night.vigil.trouble == STANDS_STILL[STATION]


@pytest.mark.parametrize("word", ["", "stat", "STATION", "farewell ", "\x00"])
def test_a_word_that_is_none_means_nothing(night: Night, word: str) -> None:
    night.vigil.hear(word, night.clock.now())
    assert night.passes(10) == ""
    assert not night.vigil.over


def test_after_the_computers_sleep_every_part_has_its_time_anew(night: Night) -> None:
    night.passes(10, PARTS)
    night.clock.advance(3600.0)
    night.step()
    assert night.vigil.trouble == ""
    assert night.passes(LATE_S - 0.2) == ""
    assert night.passes(10, PARTS) == ""


def test_a_sleep_that_only_the_time_of_day_shows_is_one_too(night: Night) -> None:
    night.passes(10, PARTS)
    night.passes(LATE_S - 0.1)
    night.clock.set_wall(night.clock.wall() + timedelta(hours=1))
    assert night.passes(1.0) == ""


def test_a_station_that_does_not_wake_with_the_computer_sounds(night: Night) -> None:
    night.passes(10, PARTS)
    night.clock.advance(3600.0)
    night.step()
    assert night.passes(LATE_S + 0.1) == STANDS_STILL[STATION]


def test_a_watchdog_that_sleeps_again_and_again_sounds_all_the_same(night: Night) -> None:
    night.passes(10, PARTS)
    for _ in range(3):
        night.clock.advance(2.0)
        night.step()
    assert night.vigil.trouble == STANDS_STILL[STATION]


def test_a_clock_set_back_is_no_reason_for_silence(night: Night) -> None:
    night.passes(1, PARTS)
    night.clock.set_wall(night.clock.wall() - timedelta(days=365))
    assert night.passes(LATE_S + 0.1) == STANDS_STILL[STATION]


# The watch


def test_the_watch_hears_words_and_sounds_what_they_mean() -> None:
    words: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    clock, heard = ManualClock(), list[str]()
    for word in (STATION, None):
        words.put(word)

    def sound(trouble: str) -> None:
        heard.append(trouble)
        clock.advance(1.0)

    watch(words, Vigil(clock.now(), clock.wall(), sound_s=2.0), clock, sound, lambda: False)
    assert heard == ["", GONE, GONE, ""]


def test_a_watch_that_was_relieved_ends() -> None:
    words: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    words.put(None)
    clock, heard = ManualClock(), list[str]()
    watch(words, Vigil(clock.now(), clock.wall()), clock, heard.append, lambda: True)
    assert heard == [""]


# The sound


def test_the_sound_is_notes_longer_than_any_pulse_and_a_pause() -> None:
    sound = siren()
    assert sound.size == round((NOTES * NOTE_S + PAUSE_S) * RATE_HZ)
    assert np.abs(sound).max() == pytest.approx(PEAK)
    assert not np.any(sound[-round(PAUSE_S * RATE_HZ) :])
    assert NOTE_S > 3 * 0.2  # the longest pulse that an alarm may have


@pytest.mark.parametrize(("number", "hz"), list(enumerate(NOTES_HZ)))
def test_the_notes_are_heard_at_their_pitch(number: int, hz: float) -> None:
    size = round(NOTE_S * RATE_HZ)
    spectrum = np.abs(np.fft.rfft(siren()[number * size : (number + 1) * size], RATE_HZ))
    assert int(spectrum.argmax()) == pytest.approx(hz, abs=2.0)


class Sounding:
    """A siren on a fake output, and what it said."""

    def __init__(self, find: Callable[[], Outputs], clock: ManualClock) -> None:
        self.said: list[str] = []
        self.siren = Siren(clock, find, self.said.append)
        self.siren.open()


def test_the_output_is_tried_at_the_start_in_silence_and_given_back() -> None:
    outputs, clock = FakeOutputs(), ManualClock()
    sounding = Sounding(outputs.find, clock)
    until(lambda: outputs.streams)
    silent = outputs.newest.take()
    clock.advance(0.5)
    outputs.newest.take()
    until(lambda: sounding.said)
    assert sounding.said == [f"{READY}{SPEAKERS.name}"]
    assert not np.any(silent)
    assert outputs.newest.closed.wait(timeout=5)
    sounding.siren.close()


def test_an_output_that_takes_nothing_is_told_and_tried_again_to_sound() -> None:
    outputs, clock = FakeOutputs(), ManualClock()
    sounding = Sounding(outputs.find, clock)
    until(lambda: outputs.streams)
    clock.advance(60.0)
    until(lambda: sounding.said)
    assert sounding.said[0].startswith("not heard: ")
    tried = len(outputs.streams)
    sounding.siren.want(True)
    until(lambda: len(outputs.streams) > tried)
    assert np.any(outputs.newest.take(48_000))
    assert sounding.said[-1] == SOUNDS
    sounding.siren.want(False)
    assert outputs.newest.closed.wait(timeout=5)
    sounding.siren.close()


def test_a_computer_without_sound_is_told() -> None:
    asked = threading.Event()

    def find() -> Outputs:
        asked.set()
        msg = "The sound library is missing."
        raise OutputError(msg)

    clock = ManualClock()
    sounding = Sounding(find, clock)
    assert asked.wait(timeout=10)
    clock.advance(60.0)
    until(lambda: sounding.said)
    assert sounding.said == ["not heard: The sound library is missing."]
    sounding.siren.close()


# The two processes


def test_a_watchdog_that_cannot_be_started_is_told_and_nothing_else_happens() -> None:
    watchdog = Watchdog(command=("/there/is/no/such/program",))
    watchdog.start()
    until(lambda: watchdog.trouble)
    watchdog.beat(STATION)
    assert watchdog.trouble.startswith("If this program stops, nothing will sound")
    watchdog.farewell()


def test_a_watchdog_that_ends_is_told() -> None:
    watchdog = Watchdog(command=(sys.executable, "-c", "pass"))
    watchdog.start()
    until(lambda: watchdog.trouble)
    assert "its watchdog ended" in watchdog.trouble
    watchdog.farewell()


def test_a_watchdog_that_says_it_is_not_heard_is_told() -> None:
    saying = "print('not heard: there is no loudspeaker.', flush=True); input()"
    watchdog = Watchdog(command=(sys.executable, "-c", saying))
    watchdog.start()
    until(lambda: watchdog.trouble)
    assert "there is no loudspeaker. " in watchdog.trouble
    watchdog.farewell()


def test_a_watchdog_that_hangs_holds_up_no_beat_and_no_farewell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nurse_station.audio.watchdog.END_S", 0.1)
    watchdog = Watchdog(command=(sys.executable, "-c", "import time; time.sleep(60)"))
    watchdog.start()
    until(lambda: watchdog._process is not None)
    for _ in range(100_000):
        watchdog.beat(STATION)
    watchdog.farewell()
    assert watchdog._process is not None
    until(lambda: watchdog._process.poll() is not None)  # type: ignore[union-attr]


def test_a_farewell_ends_the_other_process_in_silence(tmp_path: Path) -> None:
    watchdog = Watchdog(tmp_path / "watchdog", command=(*COMMAND, "--null"))
    watchdog.start()
    until(lambda: (tmp_path / "watchdog").exists())
    watchdog.beat(STATION)
    watchdog.farewell()
    assert watchdog._process is not None
    assert watchdog._process.poll() == 0


STATION_OF_A_TEST = """
import sys, time
from nurse_station.audio.watchdog import COMMAND, Watchdog
watchdog = Watchdog(command=(*COMMAND, "--null", "--seconds", sys.argv[1]))
watchdog.start()
while True:
    watchdog.beat("station")
    if watchdog._process is not None:
        print("beating", flush=True)
    time.sleep(0.1)
"""


class Lines:
    """What a process writes to stderr, as it comes; `ended` when nobody can write any more."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.lines: list[str] = []
        self.ended = threading.Event()
        self._process = process
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self.lines.append(line)  # noqa: PERF402 - each as it comes
        self.ended.set()

    def has(self, words: str) -> bool:
        return any(words in line for line in self.lines)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.hazard("H-07")
def test_a_station_that_is_killed_is_cried_by_its_watchdog_which_then_ends() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", STATION_OF_A_TEST, "0.5"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    with process:
        said = Lines(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "beating\n"
        process.send_signal(signal.SIGKILL)
        until(lambda: said.has(GONE), 5.0)
        until(lambda: said.has(SOUNDS), 5.0)
        # Its stderr was the watchdog's too: it is at its end when both processes are.
        assert said.ended.wait(timeout=10)
