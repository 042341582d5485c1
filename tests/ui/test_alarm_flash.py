"""Flashing: the rates of what was painted, in phase, under load, and nothing painted beside it."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot
from room import (
    HIGH,
    LOW,
    MEDIUM,
    START,
    age_of,
    alarm,
    alarmed,
    desaturation,
    feed_waves,
    fill,
    slow_breath,
    station,
)

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget

from nurse_station.alarms.words import Priority
from nurse_station.station.history import History
from nurse_station.ui.models.flash import FLASHES, lights, lit
from nurse_station.ui.theme import current
from nurse_station.ui.widgets.alarm_bar import AlarmBar
from nurse_station.ui.window import MainWindow
from nurse_station.vitals.clock import SystemClock

WINDOWS = {HIGH: (1.4, 2.8), MEDIUM: (0.4, 0.8)}
"""Flashes a second (IEC 60601-1-8, as the facts quote it)."""
DUTY = (0.2, 0.6)


@pytest.mark.parametrize("priority", [HIGH, MEDIUM])
def test_the_table_is_inside_its_windows(priority: Priority) -> None:
    low, high = WINDOWS[priority]
    assert low <= FLASHES[priority].hz <= high
    assert DUTY[0] <= FLASHES[priority].duty <= DUTY[1]


@given(st.floats(0, 1e7))
def test_low_is_always_lit_and_nothing_never(now: float) -> None:
    assert lit(LOW, now)
    assert not lit(Priority.NONE, now)


@given(st.floats(0, 1e6), st.sampled_from([HIGH, MEDIUM]))
def test_a_flash_comes_back_after_its_period(now: float, priority: Priority) -> None:
    period = 1 / FLASHES[priority].hz
    edges = [now * FLASHES[priority].hz % 1.0, (now * FLASHES[priority].hz + 0.5) % 1.0]
    if min(edges) > 1e-6 and max(edges) < 1 - 1e-6:
        assert lit(priority, now) is lit(priority, now + period)


def transitions(frames: np.ndarray, priority: Priority) -> tuple[np.ndarray, np.ndarray]:
    """(lengths of the periods, lit part of each) as frames at these times paint them."""
    shown = np.array([lit(priority, float(at)) for at in frames])
    turns = np.flatnonzero(np.diff(shown.astype(int)))
    ons, offs = frames[turns[~shown[turns]] + 1], frames[turns[shown[turns]] + 1]
    offs = offs[offs > ons[0]]
    count = min(len(ons) - 1, len(offs))
    return np.diff(ons)[:count], (offs[:count] - ons[:count]) / np.diff(ons)[:count]


@pytest.mark.parametrize(("late", "by_s", "inside"), [(0.02, (0.02, 0.06), 0.99), (0.1, (0.02, 0.09), 0.93)])
@pytest.mark.parametrize("priority", [HIGH, MEDIUM])
def test_with_late_frames_the_painted_rate_stays_inside_its_window(
    priority: Priority, late: float, by_s: tuple[float, float], inside: float
) -> None:
    """Ten minutes of frames of 33 ms, a part of them late."""
    random = np.random.default_rng(3)
    steps = np.full(18_000, 0.033)
    hit = random.random(len(steps)) < late
    steps[hit] += random.uniform(*by_s, hit.sum())
    periods, duty = transitions(START + np.cumsum(steps), priority)
    low, high = WINDOWS[priority]
    rate_holds = (1 / periods >= low) & (1 / periods <= high)
    assert rate_holds.all()
    assert (rate_holds & (duty >= DUTY[0]) & (duty <= DUTY[1])).mean() >= inside


def test_a_window_full_of_beds_paints_a_high_alarm_at_its_rate(
    opened: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    """Eight beds with running waves, in real time: the rate is taken from what the bar painted."""
    clock = SystemClock()
    peer = station(*(alarmed(number, desaturation()) for number in range(1, 9)))
    peer.clock, peer.room = clock, age_of(peer.room, clock)
    history = History(clock.now() - 30)
    peer.histories["chair-1"] = history
    shown = opened(peer)
    bar, turns = shown.room_view.top_bar.alarm_bar, []
    before = HIGH in bar.lights

    def frame() -> None:
        nonlocal before
        feed_waves(history, clock.now() - 0.033, clock.now())
        peer.room = age_of(peer.room, clock)
        if (HIGH in bar.lights) is not before:
            before = HIGH in bar.lights
            turns.append(clock.now())

    shown.bridge.ticked.connect(lambda _now: frame())
    shown.bridge.start()
    qtbot.wait(2600)
    rate = 1 / (2 * np.median(np.diff(turns)))
    assert WINDOWS[HIGH][0] <= rate <= WINDOWS[HIGH][1]


class Painted(QObject):
    """Keeps which widgets paint, and when."""

    def __init__(self, clock: object) -> None:
        super().__init__()
        self.clock = clock
        self.seen: list[tuple[float, QObject]] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.seen.append((self.clock.now(), watched))  # type: ignore[attr-defined]
        return False


@pytest.fixture
def window(opened: Callable[..., MainWindow], qtbot: QtBot) -> MainWindow:
    """One bed in a HIGH alarm and a MEDIUM one, another quiet, no waves that go on."""
    peer = station(alarmed(1, desaturation(), slow_breath(), waves=()), alarmed(2))
    fill(peer.history("chair-1"), START, minutes=1)
    shown = opened(peer)
    shown.room_view.bed_view.make_ribbon()
    qtbot.wait(60)
    return shown


def frames(shown: MainWindow, seconds: float, stop: float = 0.033) -> None:
    """Let the screen's time go on, with the pictures standing still."""
    clock = shown._view.clock
    for _ in range(round(seconds / stop)):
        clock.advance(stop)  # type: ignore[attr-defined]
        shown.room_view.advance(clock.now())
        QApplication.processEvents()


def test_only_what_flashes_is_painted(window: MainWindow) -> None:
    view = window.room_view
    frames(window, 0.1)
    spy = Painted(window._view.clock)
    widgets = window.findChildren(QWidget)
    for widget in widgets:
        widget.installEventFilter(spy)
    frames(window, 4.0)
    blocks = view.bed_view.numerics.blocks
    wanted: set[QWidget] = {view.top_bar.alarm_bar, view.rail.tiles[0], view.bed_view.header.strip,
                            blocks["spo2"], blocks["rr"], *view.bed_view.frame.sides}  # fmt: skip
    painted = {widget for _, widget in spy.seen}
    assert wanted <= painted
    for still in (blocks["hr"], blocks["nibp"], blocks["etco2"], view.rail.tiles[1], view.footer,
                  view.bed_view.waves, view.bed_view.monitor, view.top_bar.audio.pause_button):  # fmt: skip
        assert still not in painted
    times = [at for at, widget in spy.seen if widget is blocks["spo2"]]
    assert len(times) == pytest.approx(4.0 * FLASHES[HIGH].hz * 2, abs=1)
    times = [at for at, widget in spy.seen if widget is blocks["rr"]]
    assert len(times) == pytest.approx(4.0 * FLASHES[MEDIUM].hz * 2, abs=1)


def filled(widget: QWidget) -> str:
    """The colour near the widget's upper edge, as it is painted now."""
    image: QImage = widget.grab().toImage()
    return image.pixelColor(image.width() // 2, max(8, image.height() // 8)).name()


def test_everything_in_one_alarm_goes_on_and_out_at_once(window: MainWindow) -> None:
    bed_view = window.room_view.bed_view
    red = current().colour("alarm_high").name()
    seen = set()
    for _ in range(20):
        frames(window, 0.066)
        on = lit(HIGH, window._view.clock.now())
        seen.add(on)
        assert (filled(bed_view.numerics.blocks["spo2"]) == red) is on
        assert (filled(window.room_view.top_bar.alarm_bar) == red) is on
    assert seen == {True, False}


@pytest.mark.parametrize(
    ("status", "flashes"),
    [(desaturation(), True), (desaturation(acknowledged=True), False), (alarm("check_overdue", LOW), False)],
)
def test_what_is_acknowledged_or_low_stands_still(
    opened: Callable[..., MainWindow], status: object, flashes: bool
) -> None:
    shown = opened(station(alarmed(1, status)))  # type: ignore[arg-type]
    bar = shown.room_view.top_bar.alarm_bar
    looks = set()
    for at in np.arange(0, 2, 0.1):
        shown.room_view.advance(START + float(at))
        looks.add(filled(bar))
    assert len(looks) == (2 if flashes else 1)


def test_the_value_can_be_read_while_the_flash_is_out(window: MainWindow) -> None:
    """Words in the colour of words on the panel's ground: the block is never blank."""
    block = window.room_view.bed_view.numerics.blocks["spo2"]
    for state in (lights(START + 0.01), lights(START + 0.3)):
        block.flash(state)
        image = block.grab().toImage()
        ink = current().colour("spo2" if HIGH not in state else "text_on_alarm_high")
        assert sum(image.pixelColor(x, y) == QColor(ink) for x in range(0, image.width(), 2)
                   for y in range(0, image.height(), 2)) > 200  # fmt: skip


def test_a_bar_that_shows_nothing_paints_nothing(qtbot: QtBot) -> None:
    bar = AlarmBar()
    qtbot.addWidget(bar)
    bar.flash(lights(START + 0.3))
    assert (bar.words, bar.more, bar.isVisible()) == ("", 0, False)
