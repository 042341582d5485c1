"""The watch over an output: its death, its return, and a default that changes. Time is moved by hand."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from nurse_station.audio.kept_output import (
    HANGING,
    LOOK_S,
    MAX_CLOSING,
    NO_OUTPUT,
    PROOF_S,
    SILENT_S,
    START_S,
    STARTING,
    KeptOutput,
)
from nurse_station.audio.outputs import Output, OutputError, Outputs, chosen
from tests.audio.fake_outputs import HEADSET, SPEAKERS, FakeOutputs

NEW_DEFAULT = [replace(SPEAKERS, is_default=False), replace(HEADSET, is_default=True)]


class Kept:
    """A kept output on fake ones, and a time."""

    def __init__(self, outputs: FakeOutputs, wanted: str = "") -> None:
        self.outputs, self.now, self.opened = outputs, 100.0, 0
        self.output = KeptOutput(outputs.find, self._give, self._opened, wanted)

    def _give(self, frames: int) -> bytes:
        self.output.taken(self.now)
        return np.ones(frames, dtype=np.float32).tobytes()

    def _opened(self) -> None:
        self.opened += 1

    def step(self, seconds: float = 0.0, *, taking: bool = True) -> None:
        """Go on for that long in tenths of a second, with an output that takes samples or does not."""
        for _ in range(max(1, round(seconds / 0.1))):
            self.now += 0.1 if seconds else 0.0
            if taking and self.output.device:
                self.outputs.newest.take()
            self.output.step(self.now)


@pytest.fixture
def outputs() -> Iterator[FakeOutputs]:
    fake = FakeOutputs()
    yield fake
    for stream in fake.streams:
        stream.may_close.set()


@pytest.fixture
def kept(outputs: FakeOutputs) -> Kept:
    kept = Kept(outputs)
    kept.step()
    return kept


def test_the_default_output_is_opened(kept: Kept) -> None:
    assert kept.outputs.names == ["Speakers"]
    assert (kept.output.device, kept.output.trouble) == ("Speakers", "")


def test_nothing_is_opened_before_the_first_step(outputs: FakeOutputs) -> None:
    kept = Kept(outputs)
    assert outputs.streams == []
    assert kept.output.trouble == STARTING


def test_an_output_that_takes_samples_is_left_alone(kept: Kept) -> None:
    kept.step(60)
    assert kept.outputs.names == ["Speakers"]


def test_an_output_that_stops_taking_samples_is_closed_and_opened_anew(kept: Kept) -> None:
    kept.step(5)
    first = kept.outputs.newest
    kept.step(SILENT_S + 0.2, taking=False)
    assert kept.outputs.names == ["Speakers", "Speakers"]
    assert first.closed.wait(timeout=5)
    assert not kept.outputs.newest.closed.is_set()


def test_an_output_that_never_takes_a_sample_is_opened_anew(kept: Kept) -> None:
    kept.step(2 * START_S + 0.5, taking=False)
    assert len(kept.outputs.streams) == 3


def test_an_output_that_wakes_slowly_is_given_its_time(kept: Kept) -> None:
    kept.step(START_S - 0.2, taking=False)
    kept.step(5)
    assert len(kept.outputs.streams) == 1
    assert kept.output.taken_at == kept.now


def test_an_output_that_takes_one_buffer_and_stops_is_never_believed(kept: Kept) -> None:
    for count in range(1, 5):
        assert len(kept.outputs.streams) == count
        kept.outputs.newest.take(960)
        kept.outputs.newest.take(960)
        kept.step(START_S + 0.1, taking=False)
    assert kept.output.taken_at is None


def test_an_output_is_believed_that_has_taken_samples_for_a_while(kept: Kept) -> None:
    kept.outputs.newest.take()
    assert kept.output.taken_at is None
    kept.now += PROOF_S
    kept.outputs.newest.take()
    assert kept.output.taken_at == kept.now


def test_an_output_that_took_long_to_open_is_given_its_time_all_the_same(kept: Kept) -> None:
    kept.now += 2 * START_S
    kept.step(0.5, taking=False)
    assert len(kept.outputs.streams) == 1


def test_a_stream_that_was_given_up_takes_silence_and_counts_for_nothing(kept: Kept) -> None:
    dead = kept.outputs.newest
    kept.step(1)
    kept.step(SILENT_S + 0.2, taking=False)
    taken_at = kept.output.taken_at
    kept.now += 0.3
    assert not np.any(dead.take())
    assert kept.output.taken_at == taken_at


def test_the_samples_reach_the_open_stream(kept: Kept) -> None:
    assert np.all(kept.outputs.newest.take() == 1.0)


def test_a_changed_default_is_followed(kept: Kept) -> None:
    kept.outputs.there = NEW_DEFAULT
    kept.step(LOOK_S + 0.1)
    assert kept.outputs.names == ["Speakers", "Headset"]
    assert kept.outputs.streams[0].closed.wait(timeout=5)
    assert kept.output.device == "Headset"


@pytest.mark.hazard("H-06")
def test_an_output_that_was_unplugged_comes_back_by_itself(kept: Kept) -> None:
    kept.outputs.there = []
    kept.step(LOOK_S + 0.1)
    assert (kept.output.device, kept.output.trouble, kept.output.is_open) == ("", NO_OUTPUT, False)
    kept.outputs.there = [SPEAKERS]
    kept.step(LOOK_S + 0.1)
    assert (kept.output.device, kept.output.trouble) == ("Speakers", "")


def test_each_stream_is_announced_before_it_asks(kept: Kept) -> None:
    assert kept.opened == 1
    kept.outputs.there = NEW_DEFAULT
    kept.step(LOOK_S + 0.1)
    assert kept.opened == 2


def test_the_wanted_output_comes_before_the_default(outputs: FakeOutputs) -> None:
    outputs.there = [SPEAKERS, HEADSET]
    kept = Kept(outputs, "Headset")
    kept.step()
    assert kept.output.device == "Headset"


def test_a_wanted_output_that_is_missing_is_said_and_another_sounds(outputs: FakeOutputs) -> None:
    kept = Kept(outputs, "Headset")
    kept.step()
    assert kept.output.device == "Speakers"
    assert "Headset is missing" in kept.output.trouble
    outputs.there = [SPEAKERS, HEADSET]
    kept.step(LOOK_S + 0.1)
    assert (kept.output.device, kept.output.trouble) == ("Headset", "")


def test_an_output_that_cannot_be_opened_is_said_and_tried_again(outputs: FakeOutputs) -> None:
    outputs.refuses_open = "The sound output Speakers cannot be opened."
    kept = Kept(outputs)
    kept.step()
    assert (kept.output.trouble, kept.output.is_open) == (outputs.refuses_open, False)
    outputs.refuses_open = ""
    kept.step(LOOK_S + 0.1)
    assert (kept.output.device, kept.output.trouble) == ("Speakers", "")


def test_a_list_that_fails_leaves_a_stream_that_takes_samples(kept: Kept) -> None:
    kept.outputs.refuses_list = "The sound system does not answer."
    kept.step(10)
    assert (kept.outputs.names, kept.output.trouble) == (["Speakers"], "")


def test_a_list_that_fails_is_said_where_nothing_is_open(outputs: FakeOutputs) -> None:
    outputs.refuses_list = "The sound system does not answer."
    kept = Kept(outputs)
    kept.step(10)
    assert kept.output.trouble == outputs.refuses_list


def test_a_missing_library_is_said_and_looked_for_again(outputs: FakeOutputs) -> None:
    missing = True

    def find() -> Outputs:
        if missing:
            msg = "The sound library is missing."
            raise OutputError(msg)
        return outputs

    kept = KeptOutput(find, lambda frames: bytes(4 * frames), lambda: None, "")
    kept.step(0.0)
    assert (kept.trouble, kept.is_open) == ("The sound library is missing.", False)
    missing = False
    kept.step(LOOK_S)
    assert kept.device == "Speakers"


def test_a_stream_that_hangs_while_it_is_closed_keeps_no_other_from_sounding(outputs: FakeOutputs) -> None:
    outputs.hangs_on_close = True
    kept = Kept(outputs)
    kept.step()
    kept.step(1)
    kept.step(SILENT_S + 0.2, taking=False)
    assert len(outputs.streams) == 2
    assert kept.output.device == "Speakers"
    assert not outputs.streams[0].closed.is_set()


def test_streams_that_hang_do_not_pile_up(outputs: FakeOutputs) -> None:
    outputs.hangs_on_close = True
    kept = Kept(outputs)
    kept.step()
    kept.step(60, taking=False)
    assert len(outputs.streams) == MAX_CLOSING
    assert (kept.output.trouble, kept.output.device) == (HANGING, "")
    outputs.streams[0].may_close.set()
    assert outputs.streams[0].closed.wait(timeout=5)
    for thread in kept.output._closing[:1]:
        thread.join(timeout=5)
    kept.step(LOOK_S + 0.1)
    assert kept.output.device == "Speakers"


def test_a_closed_output_is_not_open(kept: Kept) -> None:
    kept.output.close()
    assert kept.outputs.newest.closed.is_set()
    assert not kept.output.is_open


@pytest.mark.parametrize(
    ("there", "wanted", "name"),
    [
        ([], "", None),
        ([], "Headset", None),
        ([SPEAKERS, HEADSET], "", "Speakers"),
        ([HEADSET, SPEAKERS], "", "Speakers"),
        ([HEADSET], "", "Headset"),
        ([SPEAKERS, HEADSET], "Headset", "Headset"),
        ([HEADSET, SPEAKERS], "Beamer", "Speakers"),
    ],
)
def test_the_choice_of_an_output(there: list[Output], wanted: str, name: str | None) -> None:
    found = chosen(there, wanted)
    assert (found.name if found else None) == name
