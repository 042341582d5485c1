"""The waves of one bed: the heart's rows at the speed that was set, the breath's below them and slower."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor

from nurse_station.station.history import WaveTrack
from nurse_station.ui.views.wave_area import BREATHING, trace
from nurse_station.ui.widgets import sweep_canvas
from nurse_station.ui.widgets.sweep import NO_SIGNAL_S
from nurse_station.ui.widgets.sweep_trace import Trace
from nurse_station.ui.widgets.waves import BREATHING_MM_S, LINE, WavesWidget
from nurse_station.vitals.waves import WAVES

START = 1000.0
FOUR = ("ecg1", "pleth", "co2", "resp")
BREATH_S = 5.0
"""Twelve breaths a minute."""


def track_of(key: str, seconds: int, rate: float = 25.0) -> WaveTrack:
    track = WaveTrack(key, rate)
    for second in range(seconds):
        times = START + second + np.arange(round(rate)) / rate
        track.add((20 + 20 * np.sin(times)).astype(np.float32), START + second + 1.0)
    return track


@pytest.fixture
def waves(qtbot: QtBot) -> WavesWidget:
    widget = WavesWidget()
    qtbot.addWidget(widget)
    widget.resize(480, 401)
    widget.set_colours(QColor("black"), QColor("red"), QColor("white"))
    widget.show_traces([trace(key) for key in FOUR])
    widget.show()
    return widget


def speeds(waves: WavesWidget) -> list[float]:
    return [sweep._mm_s for sweep in waves.sweeps]


def keys(waves: WavesWidget) -> list[list[str]]:
    return [[spec.key for spec in sweep.traces] for sweep in waves.sweeps]


@pytest.mark.parametrize("mm_s", [6.25, 12.5, 25.0, 50.0])
def test_breathing_waves_go_no_faster_than_on_a_bedside_monitor(waves: WavesWidget, mm_s: float) -> None:
    waves.set_speed(mm_s)
    assert speeds(waves) == [mm_s, BREATHING_MM_S]


def test_a_speed_below_a_bedside_monitors_is_that_of_all_rows(waves: WavesWidget) -> None:
    waves.set_speed(3.0)
    assert speeds(waves) == [3.0, 3.0]


@pytest.mark.parametrize("mm_s", [0.0, -25.0, float("nan")])
def test_a_speed_that_is_none_is_refused(waves: WavesWidget, mm_s: float) -> None:
    with pytest.raises(ValueError, match="sweep speed"):
        waves.set_speed(mm_s)


def test_two_breaths_are_seen_in_the_smallest_window(waves: WavesWidget) -> None:
    waves.resize(360, 300)
    heart, breath = waves.sweeps
    assert breath.span_s >= 2 * BREATH_S > heart.span_s


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (FOUR, [["ecg1", "pleth"], ["co2", "resp"]]),
        (("ecg1", "pleth", "co2", "p1"), [["ecg1", "pleth", "p1"], ["co2"]]),
        (("pleth",), [["pleth"]]),
        (("co2",), [["co2"]]),
        ((), []),
    ],
)
def test_breathing_waves_stand_below_the_others(
    waves: WavesWidget, shown: tuple[str, ...], expected: list[list[str]]
) -> None:
    waves.show_traces([trace(key) for key in shown])
    assert keys(waves) == expected
    assert [spec.key for spec in waves.traces] == [key for part in expected for key in part]
    for sweep in (waves._heart, waves._breath):
        assert sweep.isVisible() is bool(sweep.traces)


def test_every_key_that_breathes_is_a_wave() -> None:
    assert set(WAVES) >= BREATHING


@pytest.mark.parametrize("height", [401, 400, 322, 90])
@pytest.mark.parametrize("shown", [FOUR, ("ecg1", "co2", "resp"), ("ecg1", "ecg2", "pleth", "co2")])
def test_all_rows_are_of_one_height_and_end_in_one_line(
    waves: WavesWidget, shown: tuple[str, ...], height: int
) -> None:
    waves.show_traces([trace(key) for key in shown])
    waves.resize(480, height)
    waves.grab()
    heart, breath = waves.sweeps
    boxes = [place.box for sweep in waves.sweeps for place in sweep._places]
    assert max(box.height() for box in boxes) - min(box.height() for box in boxes) <= 1 + LINE
    assert len({(box.left(), box.right()) for box in boxes}) == 1
    assert (breath.y(), breath.geometry().bottom()) == (heart.height() + LINE, height - 1)


def test_the_line_between_heart_and_breath_is_that_between_rows(waves: WavesWidget) -> None:
    picture = waves.grab().toImage()
    heart, breath = waves.sweeps
    lines = [y for y in range(picture.height()) if picture.pixelColor(QPoint(2, y)) == QColor("red")]
    inner = [sweep.y() + sweep._places[1].band.top() for sweep in (heart, breath)]
    assert lines == [inner[0], heart.height(), inner[1]]


def test_waves_of_one_kind_have_all_the_room(waves: WavesWidget) -> None:
    for key in ("pleth", "co2"):
        waves.show_traces([trace(key)])
        assert [sweep.geometry() for sweep in waves.sweeps] == [waves.rect()]


def test_every_row_tells_its_own_speed(waves: WavesWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, str]] = []
    monkeypatch.setattr(
        "nurse_station.ui.widgets.sweep_words.SweepWords.draw_band",
        lambda _self, _painter, _place, spec, speed: told.append((spec.key, speed)),
    )
    waves.set_speed(25.0)
    waves.grab()
    assert told == [("ecg1", "25 mm/s"), ("pleth", "25 mm/s"), ("co2", "6.25 mm/s"), ("resp", "6.25 mm/s")]


def test_its_parts_tell_their_waves_and_which_are_silent(waves: WavesWidget) -> None:
    waves.set_tracks({key: track_of(key, 9) for key in ("ecg1", "resp")})
    waves.advance(START + 8.0 + NO_SIGNAL_S)
    assert [sweep.accessibleName() for sweep in waves.sweeps] == ["Waves: ECG 1, Pleth", "Waves: CO₂, Resp"]
    assert [sweep.accessibleDescription() for sweep in waves.sweeps] == ["no signal: Pleth", "no signal: CO₂"]


def test_hidden_waves_draw_nothing(waves: WavesWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    waves.set_tracks({key: track_of(key, 9) for key in FOUR})
    waves.advance(START + 3.0)
    waves.hide()
    monkeypatch.setattr(sweep_canvas.SweepCanvas, "_draw", lambda *_: pytest.fail("drew"))
    for frame in range(5):
        waves.advance(START + 3.0 + frame)


def test_another_bed_shows_its_breaths_at_once(waves: WavesWidget) -> None:
    waves.set_tracks({key: track_of(key, 60) for key in FOUR})
    waves.advance(START + 60.0)
    heart, breath = waves.sweeps
    for sweep in (heart, breath):
        assert sweep._canvas is not None
        assert sweep._canvas.cursor == sweep._canvas.laps.cursor(START + 60.0 - sweep.delay_s)
    assert breath._traces[0]._times[0] < START + 60.0 - breath.delay_s - breath.span_s


def test_a_window_made_wider_shows_the_breaths_that_it_had_let_go_of(waves: WavesWidget) -> None:
    waves.set_tracks({key: track_of(key, 60) for key in FOUR})
    waves.advance(START + 60.0)
    waves.resize(960, 401)
    waves.advance(START + 60.1)
    for sweep in waves.sweeps:
        assert sweep._traces[1]._times[0] < START + 60.1 - sweep.delay_s - sweep.span_s


def test_a_pause_of_breathing_is_not_drawn_as_high_as_the_breaths_before_it() -> None:
    kept_s, breaths = 20.0, Trace(None)
    times = START + np.arange(60 * 25) / 25
    impedance = np.where(times < START + 50, np.sin(times), 0.02 * np.sin(6 * times))
    track = WaveTrack("resp", 25.0)
    breaths.follow(track)
    for second in range(60):
        track.add(impedance[second * 25 : second * 25 + 25].astype(np.float32), START + second + 1.0)
        breaths.take(kept_s)
    assert breaths.shown is not None
    low, high = breaths.shown
    assert low <= -0.99
    assert high >= 0.99
