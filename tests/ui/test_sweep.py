"""The erase-bar sweep: what is drawn strip by strip equals what is drawn at once."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QImage, QPaintEvent, QPixmap

from nurse_station.station.history import WaveTrack
from nurse_station.ui.widgets import sweep_canvas
from nurse_station.ui.widgets.sweep import DELAY_S, NO_SIGNAL_S, SweepWidget
from nurse_station.ui.widgets.sweep_spec import TraceSpec
from nurse_station.ui.widgets.sweep_trace import Trace

Signal = Callable[[NDArray[np.float64]], NDArray[np.float64]]
START = 1000.0
LIT = 32


def sharp(times: NDArray[np.float64]) -> NDArray[np.float64]:
    """A wave with edges as steep as an ECG's."""
    phase = times % 0.8
    wave: NDArray[np.float64] = np.where(phase < 0.03, 1.0, 0.1 * np.sin(7 * times)) - 0.2 * (phase > 0.77)
    return wave


def track_of(rate: float, seconds: int, signal: Signal = sharp, start: float = START) -> WaveTrack:
    """A track that was sent in packets of a second."""
    track = WaveTrack("ecg1", rate)
    for second in range(seconds):
        add_second(track, start + second, signal)
    return track


def add_second(track: WaveTrack, start: float, signal: Signal = sharp, late: float = 0.0) -> None:
    times = start + np.arange(round(track.rate_hz)) / track.rate_hz
    track.add(signal(times).astype(np.float32), start + 1.0 + late)


def spec(key: str, shown: tuple[float, float] | None = (-0.6, 1.2)) -> TraceSpec:
    return TraceSpec(key=key, label=key, unit="mV", colour=QColor("lime"), shown=shown)


class Scaled(SweepWidget):
    """A sweep on a screen of another scale, that counts its paint events."""

    def __init__(self) -> None:
        self.scale = 1.0
        self.painted = 0
        super().__init__()

    def devicePixelRatioF(self) -> float:
        return self.scale

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1
        super().paintEvent(event)

    def place(self, moment: float) -> int:
        assert self._canvas is not None
        return int(self._canvas.laps.place(moment))


@pytest.fixture
def sweep(qtbot: QtBot) -> Scaled:
    widget = Scaled()
    qtbot.addWidget(widget)
    widget.resize(420, 240)
    widget.show_traces([spec("fast"), spec("slow"), spec("fitted", None)])
    widget.show()
    return widget


def pixels(pixmap: QPixmap) -> NDArray[np.int16]:
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return flat[:, :, :3].astype(np.int16)


def share_of_lit_pixels_that_differ(sweep: Scaled) -> float:
    """Between the picture as it was built and one drawn in single strokes, outside of the erase bar."""
    built = pixels(sweep.image())
    sweep.redraw_at_once()
    whole = pixels(sweep.image())
    for bar in sweep.erase_bar():
        for picture in (built, whole):
            picture[bar.top() : bar.bottom() + 1, bar.left() : bar.right() + 1] = 0
    lit = np.maximum(built, whole).max(axis=2) > LIT
    differs = np.abs(built - whole).max(axis=2) > LIT
    assert lit.sum() > 500
    return float(differs.sum() / lit.sum())


def lit_at(sweep: Scaled, start: float, end: float) -> NDArray[np.bool_]:
    """For moments between the two, whether the highest row is lit there."""
    places = [sweep.place(moment) for moment in np.linspace(start, end, 50)]
    box = sweep._places[0].box
    found: NDArray[np.bool_] = (
        pixels(sweep.image())[box.top() : box.bottom() + 1, places, 1].max(axis=0) > 100
    )
    return found


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_strips_give_the_picture_of_a_full_redraw(sweep: Scaled, scale: float) -> None:
    sweep.scale = scale
    sweep.set_tracks({"fast": track_of(300, 9), "slow": track_of(25, 9), "fitted": track_of(100, 9)})
    for frame in range(210):
        sweep.advance(START + 2.0 + frame * 0.033)
    assert share_of_lit_pixels_that_differ(sweep) <= 0.002


def test_the_comparison_would_see_a_seam(sweep: Scaled, monkeypatch: pytest.MonkeyPatch) -> None:
    sweep.set_tracks({"fast": track_of(300, 9)})
    with monkeypatch.context() as patch:
        patch.setattr(sweep_canvas, "OVERLAP", 0)
        for frame in range(210):
            sweep.advance(START + 2.0 + frame * 0.033)
    assert share_of_lit_pixels_that_differ(sweep) > 0.002


@given(
    late=st.lists(st.floats(0.0, 0.45), min_size=6, max_size=6),
    frames=st.lists(st.floats(0.001, 0.4), min_size=5, max_size=30),
    delay=st.floats(0.0, 1.5),
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_packets_and_frames_come_the_picture_is_that_of_a_full_redraw(
    sweep: Scaled, late: list[float], frames: list[float], delay: float
) -> None:
    tracks = {"fast": track_of(300, 3), "slow": track_of(25, 3)}
    sweep.delay_s = delay
    sweep.set_tracks(tracks)
    sweep.advance(START + 3.0)
    now, waiting = START + 3.0, [(START + 3.0 + n, lateness) for n, lateness in enumerate(late)]
    for seconds in frames:
        now += seconds
        while waiting and waiting[0][0] + 1.0 + waiting[0][1] <= now:
            start, lateness = waiting.pop(0)
            for track in tracks.values():
                add_second(track, start, late=lateness)
        sweep.advance(now)
    assert share_of_lit_pixels_that_differ(sweep) <= 0.002


def test_a_range_that_changes_redraws_the_whole_row(sweep: Scaled) -> None:
    track = track_of(100, 4)
    sweep.set_tracks({"fast": track_of(100, 9), "fitted": track})
    for frame in range(60):
        sweep.advance(START + 2.0 + frame * 0.033)
    add_second(track, START + 4.0, lambda times: 30 * sharp(times))
    for frame in range(60, 120):
        sweep.advance(START + 2.0 + frame * 0.033)
    assert share_of_lit_pixels_that_differ(sweep) <= 0.002


def test_missing_samples_are_a_gap(sweep: Scaled) -> None:
    track = track_of(300, 2)
    add_second(track, START + 3.5)  # a second and a half are missing
    sweep.set_tracks({"fast": track})
    sweep.advance(START + 4.5 + DELAY_S)
    assert not lit_at(sweep, START + 2.1, START + 3.4).any()
    assert lit_at(sweep, START + 3.6, START + 4.4).all()


def test_invalid_samples_are_a_gap(sweep: Scaled) -> None:
    samples = np.zeros(900, dtype=np.float32)
    samples[300:600] = np.nan
    track = WaveTrack("ecg1", 300)
    track.add(samples, START + 3.0)
    sweep.set_tracks({"fast": track})
    sweep.advance(START + 3.0 + DELAY_S)
    assert not lit_at(sweep, START + 1.1, START + 1.9).any()
    assert lit_at(sweep, START + 0.1, START + 0.9).all()


def test_what_has_not_come_is_a_gap_until_it_comes(sweep: Scaled) -> None:
    track = track_of(300, 2)
    sweep.set_tracks({"fast": track})
    for frame in range(90):
        sweep.advance(START + 1.5 + frame * 0.033)
    assert not lit_at(sweep, START + 2.1, START + 2.9).any()
    add_second(track, START + 2.0, late=0.2)
    sweep.advance(START + 4.5)
    assert lit_at(sweep, START + 2.1, START + 2.9).all()
    assert share_of_lit_pixels_that_differ(sweep) <= 0.002


def test_a_sample_alone_is_a_point(sweep: Scaled) -> None:
    track = WaveTrack("ecg1", 1.0)
    track.add(np.array([0.0, np.nan, 0.0, np.nan], np.float32), START + 4.0)
    sweep.set_tracks({"fast": track})
    sweep.advance(START + 4.0 + DELAY_S)
    assert lit_at(sweep, START + 2.0, START + 2.0).all()


def test_another_bed_shows_its_full_wave_at_once(sweep: Scaled) -> None:
    sweep.advance(START + 9.0)
    sweep.set_tracks({"fast": track_of(300, 9)})
    sweep.advance(START + 9.03)
    assert lit_at(sweep, START + 9.0 - DELAY_S - 0.8 * sweep.span_s, START + 9.0 - DELAY_S).all()


def test_a_wave_beyond_its_range_runs_along_the_edge(sweep: Scaled) -> None:
    sweep.set_tracks({"fast": track_of(300, 9, lambda times: np.full_like(times, 50.0))})
    sweep.advance(START + 8.0)
    assert lit_at(sweep, START + 5.0, START + 6.5).all()


@pytest.mark.parametrize(
    ("now", "silent"),
    [
        (START + 3.0, (False, True, True)),
        (START + 3.0 + NO_SIGNAL_S - 0.1, (False, True, True)),
        (START + 3.0 + NO_SIGNAL_S + 0.1, (True, True, True)),
    ],
)
def test_a_row_without_samples_says_so(sweep: Scaled, now: float, silent: tuple[bool, ...]) -> None:
    sweep.set_tracks({"fast": track_of(300, 3)})
    sweep.advance(now)
    sweep.grab()
    assert sweep._silent == silent
    assert ("fast" in sweep.accessibleDescription()) is silent[0]


@pytest.mark.parametrize("later", [8000.0, -500.0])
def test_after_a_jump_of_time_the_picture_is_drawn_anew(sweep: Scaled, later: float) -> None:
    sweep.set_tracks({"fast": track_of(300, 3)})
    sweep.advance(START + 3.0)
    sweep.advance(START + later)
    assert sweep.erase_bar()
    assert not lit_at(sweep, START + later - 2.0, START + later).any()


def test_a_hidden_sweep_draws_nothing(sweep: Scaled, monkeypatch: pytest.MonkeyPatch) -> None:
    sweep.set_tracks({"fast": track_of(300, 9)})
    sweep.advance(START + 3.0)
    sweep.hide()
    with monkeypatch.context() as patch:
        patch.setattr(sweep_canvas.SweepCanvas, "_draw", lambda *_: pytest.fail("drew"))
        for frame in range(10):
            sweep.advance(START + 3.0 + frame)
    sweep.show()
    sweep.advance(START + 9.0)
    assert lit_at(sweep, START + 6.0, START + 7.5).all()


def test_a_frame_paints_only_the_strip(sweep: Scaled, qtbot: QtBot) -> None:
    sweep.set_tracks({"fast": track_of(300, 9)})
    sweep.advance(START + 3.0)
    QCoreApplication.processEvents()
    before = sweep.painted
    sweep.advance(START + 3.033)
    sweep.advance(START + 3.033)  # not a pixel further
    QCoreApplication.processEvents()
    assert sweep.painted == before + 1


@pytest.mark.parametrize("size", [(0, 0), (10, 5), (2000, 20), (40, 900), (1, 300)])
def test_any_size_is_survived(sweep: Scaled, size: tuple[int, int]) -> None:
    sweep.set_tracks({"fast": track_of(300, 3)})
    sweep.resize(*size)
    for frame in range(10):
        sweep.advance(START + 2.0 + frame * 0.5)
    sweep.grab()


def test_after_a_resize_the_waves_are_there_at_once(sweep: Scaled) -> None:
    sweep.set_tracks({"fast": track_of(300, 9)})
    sweep.advance(START + 8.0)
    sweep.resize(800, 300)
    QCoreApplication.processEvents()
    assert lit_at(sweep, START + 4.0, START + 6.6).all()
    assert share_of_lit_pixels_that_differ(sweep) <= 0.002


@pytest.mark.parametrize("mm_s", [6.25, 12.5, 25.0, 50.0])
def test_a_lap_lasts_as_long_as_the_speed_says(sweep: Scaled, mm_s: float) -> None:
    sweep.set_speed(25.0)
    at_25 = sweep.span_s
    sweep.set_speed(mm_s)
    assert sweep.span_s == pytest.approx(at_25 * 25.0 / mm_s)


@pytest.mark.parametrize("mm_s", [0.0, -25.0, float("nan")])
def test_a_speed_that_is_none_is_refused(sweep: Scaled, mm_s: float) -> None:
    with pytest.raises(ValueError, match="mm/s"):
        sweep.set_speed(mm_s)


def test_no_traces_are_survived(sweep: Scaled) -> None:
    sweep.show_traces([])
    sweep.set_tracks({})
    sweep.advance(1.0)
    sweep.grab()
    assert sweep.accessibleName() == "Waves"


def test_its_name_tells_its_waves(sweep: Scaled) -> None:
    assert sweep.accessibleName() == "Waves: fast, slow, fitted"


def test_many_beds_can_stand_in_columns(sweep: Scaled) -> None:
    sweep.show_traces([spec(f"bed {number}") for number in range(7)], columns=3)
    sweep.set_tracks({f"bed {number}": track_of(100, 9) for number in range(7)})
    for frame in range(100):
        sweep.advance(START + 4.0 + frame * 0.033)
    assert len({rect.left() for rect in sweep.erase_bar()}) >= 3
    assert share_of_lit_pixels_that_differ(sweep) <= 0.002


def test_a_fault_while_drawing_leaves_no_painter_open(sweep: Scaled, monkeypatch: pytest.MonkeyPatch) -> None:
    sweep.set_tracks({"fast": track_of(300, 3)})
    sweep.advance(START + 2.0)
    with monkeypatch.context() as patch:
        patch.setattr(Trace, "between", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            sweep.advance(START + 2.5)
        assert not sweep._pixmap.paintingActive()
    sweep.advance(START + 3.0)
    sweep.grab()
