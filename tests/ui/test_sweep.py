"""The erase-bar sweep: what is drawn strip by strip equals what is drawn at once."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from PySide6.QtGui import QColor, QImage, QPixmap

from nurse_station.station.history import WaveTrack
from nurse_station.ui.widgets import sweep_canvas
from nurse_station.ui.widgets.sweep import DELAY_S, SweepWidget
from nurse_station.ui.widgets.sweep_lap import Laps
from nurse_station.ui.widgets.sweep_spec import TraceSpec
from nurse_station.ui.widgets.sweep_trace import Trace

Signal = Callable[[NDArray[np.float64]], NDArray[np.float64]]


def sharp(times: NDArray[np.float64]) -> NDArray[np.float64]:
    """A wave with edges as steep as an ECG's."""
    phase = times % 0.8
    return np.where(phase < 0.03, 1.0, 0.1 * np.sin(7 * times)) - 0.2 * (phase > 0.77)


def track_of(rate: float, start: float, seconds: int, signal: Signal = sharp) -> WaveTrack:
    """A track that was sent in packets of a second."""
    track = WaveTrack("ecg1", rate)
    for second in range(seconds):
        times = start + second + np.arange(round(rate)) / rate
        track.add(signal(times).astype(np.float32), start + second + 1.0)
    return track


def spec(key: str, shown: tuple[float, float] | None = (-0.6, 1.2)) -> TraceSpec:
    return TraceSpec(key=key, label=key, unit="mV", colour=QColor("lime"), shown=shown)


class Scaled(SweepWidget):
    """A sweep on a screen of another scale."""

    scale = 1.0

    def _scale(self) -> float:
        return self.scale


@pytest.fixture
def sweep(qtbot: QtBot) -> Scaled:
    widget = Scaled()
    qtbot.addWidget(widget)
    widget.resize(420, 240)
    widget.show_traces([spec("fast"), spec("slow"), spec("fitted", None)])
    widget.show()
    return widget


def pixels(pixmap: QPixmap) -> NDArray[np.uint8]:
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_RGB32)
    return (
        np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[:, :, :3].copy()
    )


def share_of_lit_pixels_that_differ(sweep: Scaled) -> float:
    """Between the picture as it was built and a full redraw of it, outside of the erase bar."""
    built = pixels(sweep.image()).astype(int)
    sweep.redraw_all()
    whole = pixels(sweep.image()).astype(int)
    bar = sweep.erase_bar()
    outside = np.ones(built.shape[1], dtype=bool)
    outside[max(bar.left(), 0) : bar.right() + 1] = False
    outside[: max(bar.right() + 1 - built.shape[1], 0) + sweep._left()] = (
        False  # a bar cut at the edge goes on left
    )
    differs = (np.abs(built - whole).max(axis=2) > 32)[:, outside]
    lit = (whole.max(axis=2) > 32)[:, outside]
    assert lit.sum() > 500
    return float(differs.sum() / lit.sum())


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_strips_give_the_picture_of_a_full_redraw(sweep: Scaled, scale: float) -> None:
    sweep.scale = scale
    start = 1000.0
    sweep.set_tracks(
        {
            "fast": track_of(300, start, 14),
            "slow": track_of(25, start, 14),
            "fitted": track_of(100, start, 14),
        }
    )
    sweep._rebuild()
    now = start + 2.0
    while now < start + 12.0:
        sweep.advance(now)
        now += 0.033
    assert share_of_lit_pixels_that_differ(sweep) <= 0.002


def test_the_comparison_would_see_a_seam(sweep: Scaled, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweep_canvas, "OVERLAP", 0)
    start = 1000.0
    sweep.set_tracks({"fast": track_of(300, start, 14)})
    for frame in range(300):
        sweep.advance(start + 2.0 + frame * 0.033)
    assert share_of_lit_pixels_that_differ(sweep) > 0.002


def lit_columns(sweep: Scaled) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = (pixels(sweep.image())[30:78, sweep._left() :, 1] > 100).any(axis=0)
    return found


def test_missing_samples_are_a_gap(sweep: Scaled) -> None:
    track = track_of(300, 1000.0, 2)
    track.add(np.zeros(300, dtype=np.float32), 1005.0)  # two seconds are missing
    sweep.set_tracks({"fast": track})
    sweep.advance(1005.0 + DELAY_S)
    laps = sweep._canvas.laps  # type: ignore[union-attr]
    lit = lit_columns(sweep)
    in_gap = [int(laps.position(moment) % laps.width) for moment in np.linspace(1002.1, 1003.9, 50)]
    assert not lit[in_gap].any()


def test_invalid_samples_are_a_gap(sweep: Scaled) -> None:
    samples = np.zeros(900, dtype=np.float32)
    samples[300:600] = np.nan
    track = WaveTrack("ecg1", 300)
    track.add(samples, 1003.0)
    sweep.set_tracks({"fast": track})
    sweep.advance(1003.0 + DELAY_S)
    laps = sweep._canvas.laps  # type: ignore[union-attr]
    lit = lit_columns(sweep)
    assert not lit[[int(laps.position(m) % laps.width) for m in np.linspace(1001.1, 1001.9, 30)]].any()
    assert lit[int(laps.position(1000.5) % laps.width)]


def test_nothing_is_drawn_of_what_has_not_come(sweep: Scaled) -> None:
    sweep.set_tracks({"fast": track_of(300, 1000.0, 2)})
    sweep.advance(1002.0 + DELAY_S + 1.5)
    laps = sweep._canvas.laps  # type: ignore[union-attr]
    late = [int(laps.position(moment) % laps.width) for moment in np.linspace(1002.1, 1003.4, 40)]
    assert not lit_columns(sweep)[late].any()


def test_a_row_without_samples_says_so(sweep: Scaled) -> None:
    sweep.set_tracks({"fast": track_of(300, 1000.0, 3)})
    sweep.advance(1002.0 + DELAY_S)
    assert sweep._words == ["", "no signal", "no signal"]


def test_after_the_computer_slept_the_picture_is_drawn_anew(sweep: Scaled) -> None:
    track = track_of(300, 1000.0, 3)
    sweep.set_tracks({"fast": track})
    sweep.advance(1002.0)
    sweep.advance(9000.0)
    assert not lit_columns(sweep).any()


def test_a_hidden_sweep_draws_nothing(sweep: Scaled, monkeypatch: pytest.MonkeyPatch) -> None:
    sweep.set_tracks({"fast": track_of(300, 1000.0, 3)})
    sweep.hide()
    monkeypatch.setattr(sweep_canvas.SweepCanvas, "_draw", lambda *_: pytest.fail("drew"))
    sweep.advance(1002.0)


@pytest.mark.parametrize("size", [(0, 0), (10, 5), (2000, 20), (40, 900)])
def test_any_size_is_survived(sweep: Scaled, size: tuple[int, int]) -> None:
    sweep.set_tracks({"fast": track_of(300, 1000.0, 3)})
    sweep.resize(*size)
    for frame in range(10):
        sweep.advance(1002.0 + frame * 0.5)
    sweep.grab()


def test_no_traces_are_survived(sweep: Scaled) -> None:
    sweep.show_traces([])
    sweep.set_tracks({})
    sweep.advance(1.0)
    sweep.grab()


def test_a_fault_while_painting_leaves_no_painter_open(
    sweep: Scaled, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep.set_tracks({"fast": track_of(300, 1000.0, 3)})
    sweep.advance(1002.0)
    with monkeypatch.context() as patch:
        patch.setattr(Trace, "between", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            sweep.advance(1002.5)
    sweep.advance(1003.0)
    sweep.grab()


@given(
    start=st.floats(-1e4, 1e4), length=st.floats(0, 3000), width=st.integers(1, 900),
)  # fmt: skip
def test_pieces_cover_every_pixel_once(start: float, length: float, width: int) -> None:
    pieces = list(Laps(width, 100.0, 0.0).pieces(start, start + length))
    covered = [p.lap_start + x for p in pieces for x in range(p.left, p.right)]
    assert covered == sorted(set(covered))
    assert all(0 <= p.left < p.right <= width for p in pieces)
    if covered:
        assert covered[0] <= start
        assert covered[-1] + 1 >= start + length


@given(st.floats(0, 1e6), st.integers(10, 4000), st.floats(10, 500))
def test_a_moment_has_one_place(moment: float, width: int, speed: float) -> None:
    laps = Laps(width, speed, 0.0)
    assert laps.moment(laps.position(moment)) == pytest.approx(moment, abs=1e-6)
    place = laps.position(moment)
    for piece in laps.pieces(place, place + 0.5):
        assert piece.lap_start % width == 0
        assert 0 <= piece.left < width


def test_an_unknown_range_is_fitted_and_stays_while_the_signal_fits() -> None:
    trace = Trace(None)
    track = track_of(100, 0.0, 3, np.sin)
    trace.follow(track)
    assert trace.take(10.0)
    fitted = trace.shown
    track.add(np.zeros(50, dtype=np.float32), 3.5)
    assert not trace.take(10.0)
    assert trace.shown == fitted
    track.add(np.full(50, 40.0, dtype=np.float32), 4.0)
    assert trace.take(10.0)
    assert trace.shown[1] > 40
