"""The same nurse in the same scenario, headless and at a real station: the same things happen, and count."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from nurse_station.training.debrief import Debrief
from nurse_station.training.log import What
from nurse_station.training.policy import Kind
from tests.classroom.lessons import WHO, taught
from tests.training.wards_of_practice import SCENARIOS, policy_of, practised

PLAYED = ("laryngospasm", "emergence")
WRITTEN = "airway_obstruction"


def told(debrief: Debrief, *whats: What) -> Counter[tuple[str, str]]:
    return Counter((line.what.value, line.key) for line in debrief.log if line.what in whats)


@pytest.mark.parametrize("key", PLAYED)
def test_who_does_right_at_the_palette_passes_as_headless(key: str, tmp_path: Path) -> None:
    with taught(tmp_path, key) as lesson:
        live = lesson.play(policy_of(key, Kind.RIGHT))
    headless = practised(key, Kind.RIGHT, 1)
    assert live.score.passed, live.score.verdict
    assert live.score.named == headless.score.named
    assert live.lasted_s == pytest.approx(headless.lasted_s, abs=3)
    kinds = (What.DONE, What.ENTERED, What.EVENT, What.REFUSED, What.AGAINST)
    assert told(live, *kinds) == told(headless, *kinds)
    assert live.trainee == WHO


def test_who_writes_in_the_window_passes_as_well(tmp_path: Path) -> None:
    with taught(tmp_path, WRITTEN) as lesson:
        live = lesson.play(policy_of(WRITTEN, Kind.RIGHT), in_window=True)
    assert live.score.passed, live.score.verdict
    assert not live.score.named
    headless = practised(WRITTEN, Kind.RIGHT, 1)
    assert told(headless, What.DONE) - told(live, What.DONE) == Counter()
    assert live.score.recorded == headless.score.recorded


def test_who_does_nothing_does_not_pass(tmp_path: Path) -> None:
    with taught(tmp_path, replace(SCENARIOS["laryngospasm"], lasts_min=3)) as lesson:
        live = lesson.play(policy_of("laryngospasm", Kind.NOTHING))
    assert not live.score.passed
    assert live.score.margin_s is not None
    assert live.untouched_margin_s == pytest.approx(live.score.margin_s, abs=5)
