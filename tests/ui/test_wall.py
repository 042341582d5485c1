"""All chairs: what the wall says, how it is used by keyboard, and that nothing unseen is drawn."""

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

import pytest
from pytestqt.qtbot import QtBot
from room import (
    LOW,
    MEDIUM,
    START,
    FakeStation,
    age_of,
    alarm,
    alarmed,
    bed,
    care,
    desaturation,
    empty_bed,
    feed_waves,
    fill,
    line,
    numeric,
    numerics,
    slow_breath,
    station,
)

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QAbstractButton, QWidget

from nurse_station.alarms.commands import Acknowledge
from nurse_station.alarms.lifecycle import State
from nurse_station.alarms.words import Priority
from nurse_station.station.commands import AskAlarms
from nurse_station.station.snapshots import Age, LineState
from nurse_station.ui import screens, texts
from nurse_station.ui.models.frame_budget import FrameBudget
from nurse_station.ui.models.numerics import Moment
from nurse_station.ui.models.wall import (
    TypedPlace,
    WallTile,
    Wording,
    page_words,
    size_words,
    speed_for,
    two_waves,
    wall_tile,
    worded,
)
from nurse_station.ui.models.wall_layout import Ground, lay_out
from nurse_station.ui.screens import other_screen
from nurse_station.ui.views.wall_view import WallView
from nurse_station.ui.widgets.wall_tile import parts
from nurse_station.ui.window import MainWindow
from nurse_station.vitals.clock import ManualClock

Opener = Callable[..., MainWindow]
SMALL = (1280, 800)


def moved(peer: FakeStation, shown: MainWindow, seconds: float) -> None:
    """The station makes a picture some seconds later, and the screen looks."""
    assert isinstance(peer.clock, ManualClock)
    peer.clock.advance(seconds)
    peer.room = age_of(peer.room, peer.clock)
    shown.bridge.look()


@pytest.fixture
def on_wall(opened: Opener) -> Callable[..., tuple[FakeStation, MainWindow, WallView]]:
    """A window with all chairs."""

    def open_it(
        *beds: object, size: tuple[int, int] = SMALL, **settings: object
    ) -> tuple[FakeStation, MainWindow, WallView]:
        peer = station(*beds)  # type: ignore[arg-type]
        shown = opened(peer, size, **settings)
        shown.show_wall()
        wall = shown.screens.wall
        assert wall is not None
        shown.activateWindow()
        return peer, shown, wall

    return open_it


OnWall = Callable[..., tuple[FakeStation, MainWindow, WallView]]


def tile_of(wall: WallView, key: str) -> WallTile:
    return next(tile for tile in wall.canvas.tiles if tile.tile.bed == key)


# What is shown


def test_every_bed_of_the_room_is_on_the_wall(on_wall: OnWall) -> None:
    _, _, wall = on_wall(bed(1), empty_bed(2), bed(3))
    assert [tile.tile.bed for tile in wall.canvas.tiles] == ["chair-1", "chair-2", "chair-3"]


def test_a_tile_has_all_values_two_waves_the_state_and_what_is_due(on_wall: OnWall) -> None:
    values = {**numerics(), "temp1": numeric("temp1", 36.8)}
    _, _, wall = on_wall(bed(1, care=care(), numerics=MappingProxyType(values)))
    tile = wall.canvas.tiles[0]
    assert {"hr", "spo2", "rr", "etco2", "nibp"} <= tile.blocks.keys()
    assert tile.minor == "T1 36.8"
    assert tile.waves == ("ecg2", "co2")
    assert tile.tile.patient == "Berg, Anna"
    assert tile.tile.day.startswith("infusing")
    assert tile.tile.due


@pytest.mark.parametrize(
    ("sent", "shown"),
    [(("ecg1", "ecg2", "pleth", "co2"), ("ecg2", "co2")), (("ecg1", "ecg3", "pleth"), ("ecg1", "pleth")),
     (("pleth", "co2"), ("pleth", "co2")), (("pleth",), ("pleth",)), (("p1", "p2", "p3"), ("p1", "p2")),
     ((), ())],
)  # fmt: skip
def test_a_wave_of_the_heart_and_one_of_the_breath(sent: tuple[str, ...], shown: tuple[str, ...]) -> None:
    assert two_waves(sent) == shown


@pytest.mark.hazard("H-07")
def test_a_stopped_station_leaves_no_value_on_the_wall(on_wall: OnWall) -> None:
    peer, shown, wall = on_wall(bed(1))
    assert isinstance(peer.clock, ManualClock)
    peer.clock.advance(3)
    shown.bridge.look()
    assert wall.canvas.tiles == ()
    assert not wall.canvas.isVisible()
    assert wall.top_bar.banner.words.endswith(texts.STOPPED)
    assert not shown.room_view.bed_view.numerics.isVisible()


def test_a_wall_that_cannot_be_filled_shows_no_value(
    on_wall: OnWall, monkeypatch: pytest.MonkeyPatch
) -> None:
    peer, shown, wall = on_wall(bed(1))

    def fail(*_args: object, **_more: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(wall.canvas, "show_tiles", fail)
    with pytest.raises(ZeroDivisionError):
        shown.show_room(age_of(peer.room, peer.clock))
    assert not wall.canvas.isVisible()
    assert wall.canvas.tiles == ()


@pytest.mark.parametrize(
    ("more", "note"),
    [({"value": None}, "not measured"), ({"value": None, "age": Age.EXPIRED}, "none for")],
)
def test_a_missing_value_is_missing_on_the_wall(on_wall: OnWall, more: dict[str, object], note: str) -> None:
    values = {**numerics(), "spo2": numeric("spo2", **more)}  # type: ignore[arg-type]
    _, _, wall = on_wall(bed(1, numerics=MappingProxyType(values)))
    block = wall.canvas.tiles[0].blocks["spo2"]
    assert block.value == texts.NOT_MEASURED
    assert block.note.startswith(note)


def test_an_old_value_is_faded_on_the_wall(on_wall: OnWall) -> None:
    values = {**numerics(), "nibp_sys": numeric("nibp_sys", 131, age=Age.OLD, measured_at=START - 2400)}
    _, _, wall = on_wall(bed(1, numerics=MappingProxyType(values)))
    assert wall.canvas.tiles[0].blocks["nibp"].faded


def test_a_rooms_highest_alarm_is_in_the_walls_bar(on_wall: OnWall) -> None:
    _, _, wall = on_wall(alarmed(1, slow_breath()), alarmed(2, desaturation()))
    shown = wall.top_bar.alarm_bar.alarm
    assert shown is not None
    assert shown.bed == "chair-2"


def test_simulated_beds_are_said_to_be_simulated(on_wall: OnWall) -> None:
    _, _, wall = on_wall(bed(1, simulated=True), bed(2))
    assert wall.band.isVisible()
    assert tile_of(wall, "chair-1").tile.simulated
    assert "simulation" in wall.canvas.seats[0].accessibleName()


def test_a_screen_reader_hears_the_whole_tile(on_wall: OnWall) -> None:
    _, _, wall = on_wall(alarmed(1, desaturation(), care=care()))
    said = wall.canvas.seats[0].accessibleName()
    for word in ("Chair 1", "Berg, Anna", "high priority", "SpO₂ 84", "EtCO₂ 38"):
        assert word in said


def test_every_button_of_the_wall_has_a_name(on_wall: OnWall) -> None:
    _, _, wall = on_wall(*(bed(n) for n in range(1, 41)))
    for button in wall.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.text() or button.accessibleName()


@pytest.mark.parametrize(("theme", "scale"), [("dark", 1.0), ("light", 2.0), ("contrast", 1.0)])
def test_every_look_is_painted_in_every_phase(on_wall: OnWall, theme: str, scale: float) -> None:
    off = {"off": MappingProxyType({"rr_high": "talks", "hr_high": "athlete"})}
    beds = [alarmed(1, desaturation(), alarms=off, pause_s=60, care=care()), empty_bed(2),
            alarmed(3, desaturation(state=State.UNRESOLVED, value=None), simulated=True),
            alarmed(4, desaturation(state=State.LATCHED, value=None)), bed(5, waves=()),
            alarmed(6, alarm("link_lost", MEDIUM), slow_breath(), lines=(line(LineState.LOST),)),
            alarmed(7, alarm("sensor_off", LOW, detail=("spo2",)))]  # fmt: skip
    peer, shown, wall = on_wall(*beds, theme=theme, text_scale=scale)
    for seconds in (0.1, 0.25, 0.9):
        moved(peer, shown, seconds)
        assert not wall.grab().isNull()


# Pages


def a_room(beds: int, **alarms: object) -> list[object]:
    """Calm beds, those named (`chair_7=...`) in alarm."""
    named = {int(key.removeprefix("chair_")): status for key, status in alarms.items()}
    return [alarmed(n, named[n]) if n in named else bed(n) for n in range(1, beds + 1)]  # type: ignore[arg-type]


def test_more_beds_than_are_legible_are_paged(on_wall: OnWall) -> None:
    _, _, wall = on_wall(*a_room(40))
    assert wall.page_layout is not None
    assert wall.page_layout.pages > 1
    assert wall.wall_bar.page_words.startswith("Page 1 of")


@pytest.mark.hazard("H-07")
def test_a_bed_in_alarm_comes_to_the_page_that_is_shown(on_wall: OnWall) -> None:
    _, _, wall = on_wall(*a_room(40, chair_40=desaturation(), chair_39=slow_breath()))
    assert {"chair-39", "chair-40"} <= {tile.tile.bed for tile in wall.canvas.tiles}
    assert tile_of(wall, "chair-40").brought
    assert not tile_of(wall, "chair-1").brought


def test_the_bar_counts_beds_in_alarm_that_have_no_seat(on_wall: OnWall) -> None:
    _, _, wall = on_wall(*(alarmed(n, slow_breath()) for n in range(1, 41)))
    assert wall.page is not None
    assert wall.page.elsewhere == 40 - len(wall.canvas.tiles)
    assert f"{wall.page.elsewhere} more beds in alarm on other pages" in wall.wall_bar.page_words


@pytest.mark.parametrize(
    ("number", "pages", "elsewhere", "said"),
    [
        (0, 1, 0, ""),
        (0, 3, 0, "Page 1 of 3"),
        (2, 3, 1, "Page 3 of 3 · ▲ 1 more bed in alarm on other pages"),
    ],
)
def test_words_of_a_page(number: int, pages: int, elsewhere: int, said: str) -> None:
    assert page_words(number, pages, elsewhere) == said


def test_turning_the_page_chooses_a_bed_of_it(on_wall: OnWall, qtbot: QtBot) -> None:
    _, shown, wall = on_wall(*a_room(40))
    first = {tile.tile.bed for tile in wall.canvas.tiles}
    qtbot.keyClick(wall, Qt.Key.Key_PageDown)
    assert shown.chosen not in first
    assert tile_of(wall, shown.chosen).chosen


def test_the_page_does_not_turn_by_itself(on_wall: OnWall) -> None:
    peer, shown, wall = on_wall(*a_room(40))
    before = [tile.tile.bed for tile in wall.canvas.tiles]
    for _ in range(5):
        moved(peer, shown, 60)
    assert [tile.tile.bed for tile in wall.canvas.tiles] == before


@pytest.mark.parametrize(("beds", "said"), [(1, "read from 4.0 m"), (16, "(wanted: 4 m)")])
def test_the_wall_says_from_how_far_it_is_read(beds: int, said: str) -> None:
    ground = Ground(width=1920, height=940, pixels_per_mm=3.61, line_px=17)
    assert size_words(lay_out(beds, ground)).endswith(said)


def test_a_screen_that_is_too_small_says_so() -> None:
    ground = Ground(width=200, height=100, pixels_per_mm=8, line_px=17)
    assert "too small" in size_words(lay_out(4, ground))


# By keyboard


def test_f11_shows_all_chairs_and_again_the_bed(opened: Opener, qtbot: QtBot) -> None:
    shown = opened(station(bed(1), bed(2)))
    with qtbot.waitActive(shown):
        shown.activateWindow()
    qtbot.keyClick(shown, Qt.Key.Key_F11)
    assert shown.screens.wall is not None
    assert not shown.room_view.isVisible()
    qtbot.keyClick(shown, Qt.Key.Key_F11)
    assert shown.screens.wall is None
    assert shown.room_view.isVisible()


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [([Qt.Key.Key_Right], "chair-2"), ([Qt.Key.Key_Left], "chair-1"),
     ([Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left], "chair-2"),
     ([Qt.Key.Key_Down, Qt.Key.Key_Up], "chair-1")],
)  # fmt: skip
def test_arrows_walk_over_the_wall(on_wall: OnWall, qtbot: QtBot, keys: list[Qt.Key], chosen: str) -> None:
    _, shown, wall = on_wall(*a_room(4))
    for key in keys:
        qtbot.keyClick(wall.canvas.seats[0], key)
    assert shown.chosen == chosen
    assert tile_of(wall, chosen).chosen


def test_down_goes_to_the_tile_below(on_wall: OnWall, qtbot: QtBot) -> None:
    _, shown, wall = on_wall(*a_room(4))
    assert wall.page_layout is not None
    below = f"chair-{1 + wall.page_layout.columns}"
    qtbot.keyClick(wall.canvas.seats[0], Qt.Key.Key_Down)
    assert shown.chosen == below


def test_enter_opens_the_chosen_bed_and_esc_goes_back(on_wall: OnWall, qtbot: QtBot) -> None:
    _, shown, wall = on_wall(*a_room(3))
    qtbot.keyClick(wall, Qt.Key.Key_Right)
    qtbot.keyClick(wall.canvas.seats[1], Qt.Key.Key_Return)
    assert (shown.screens.wall, shown.chosen) == (None, "chair-2")
    shown.show_wall()
    qtbot.keyClick(wall.canvas.seats[0], Qt.Key.Key_Escape)
    assert shown.screens.wall is None
    assert shown.room_view.isVisible()


def test_a_press_opens_the_bed(on_wall: OnWall, qtbot: QtBot) -> None:
    _, shown, wall = on_wall(*a_room(3))
    qtbot.mouseClick(wall.canvas.seats[2], Qt.MouseButton.LeftButton)
    assert (shown.screens.wall, shown.chosen) == (None, "chair-3")


def test_two_digits_typed_quickly_choose_a_bed_beyond_nine(on_wall: OnWall, qtbot: QtBot) -> None:
    _, shown, _ = on_wall(*a_room(16))
    with qtbot.waitActive(shown):
        shown.activateWindow()
    qtbot.keyClick(shown, Qt.Key.Key_1)
    qtbot.keyClick(shown, Qt.Key.Key_4)
    assert shown.chosen == "chair-14"


@pytest.mark.parametrize(
    ("typed", "beds", "places"),
    [
        ([(3, 0.0)], 8, [3]),
        ([(9, 0.0)], 8, [None]),
        ([(0, 0.0)], 8, [None]),
        ([(1, 0.0), (2, 0.5)], 16, [1, 12]),
        ([(1, 0.0), (2, 3.0)], 16, [1, 2]),
        ([(1, 0.0), (2, 0.5)], 8, [1, 2]),
        ([(6, 0.0), (4, 0.9)], 64, [6, 64]),
        ([(6, 0.0), (5, 0.9)], 64, [6, 5]),
        ([(1, 0.0), (0, 0.2), (3, 0.4)], 64, [1, 10, 3]),
    ],
)  # fmt: skip
def test_typed_digits(typed: list[tuple[int, float]], beds: int, places: list[int | None]) -> None:
    place = TypedPlace()
    assert [place.take(digit, at, beds) for digit, at in typed] == places


def test_f4_goes_to_the_bed_in_alarm_on_whatever_page(on_wall: OnWall, qtbot: QtBot) -> None:
    _, shown, wall = on_wall(*a_room(40, chair_40=desaturation()))
    shown.choose_alarm()
    assert shown.chosen == "chair-40"
    assert tile_of(wall, "chair-40").chosen
    assert shown.screens.wall is wall


def test_a_press_on_the_walls_alarm_goes_to_its_bed_and_acknowledges_nothing(on_wall: OnWall) -> None:
    peer, shown, wall = on_wall(*a_room(3, chair_3=desaturation()))
    wall.top_bar.alarm_bar.click()
    assert shown.chosen == "chair-3"
    assert peer.sent == []


def test_what_is_acknowledged_from_the_wall_is_of_the_marked_bed(on_wall: OnWall) -> None:
    peer, shown, wall = on_wall(alarmed(1, slow_breath()), alarmed(2, desaturation()))
    shown.choose_alarm()
    shown.acknowledge()
    assert peer.sent == [AskAlarms(bed="chair-2", command=Acknowledge(who="nurse"))]
    assert [tile.tile.bed for tile in wall.canvas.tiles if tile.chosen] == ["chair-2"]


@pytest.mark.parametrize("act", ["usual", "F6", "undo"])
def test_nothing_is_entered_for_a_patient_who_is_not_seen_in_full(
    on_wall: OnWall, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    _, shown, _ = on_wall(bed(1, care=care()), bed(2, care=care()))
    shown.choose_bed("chair-2")
    acted: list[str] = []
    monkeypatch.setattr(shown.room_view.bed_view.care, "act", acted.append)
    shown.care(act)
    assert (acted, shown.screens.wall) == ([], None)
    shown.care(act)
    assert acted == [act]


def test_an_emergency_is_entered_at_once_for_the_bed_that_is_marked(
    on_wall: OnWall, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, shown, _ = on_wall(bed(1, care=care()), bed(2, care=care()))
    shown.choose_bed("chair-2")
    acted: list[tuple[str, str]] = []
    care_panel = shown.room_view.bed_view.care
    monkeypatch.setattr(care_panel, "act", lambda act: acted.append((act, shown.chosen)))
    shown.care("emergency")
    assert acted == [("emergency", "chair-2")]
    assert shown.screens.wall is None


# Drawing


def test_strips_and_a_full_redraw_are_the_same_picture(on_wall: OnWall) -> None:
    peer, shown, wall = on_wall(bed(1), bed(2), alarmed(3, desaturation()))
    for each in peer.room.beds:
        fill(peer.history(each.bed), START, minutes=1, wave_seconds=10)
    for step in range(40):
        for each in peer.room.beds:
            feed_waves(peer.history(each.bed), START + step * 0.05, START + (step + 1) * 0.05)
        moved(peer, shown, 0.05)
    bit_by_bit = wall.canvas.image().toImage()
    wall.canvas.redraw_all()
    at_once = wall.canvas.image().toImage()
    different = sum(bit_by_bit.pixel(x, y) != at_once.pixel(x, y)
                    for y in range(0, at_once.height(), 3) for x in range(0, at_once.width(), 3))  # fmt: skip
    assert different <= at_once.width() * at_once.height() / 9 * 0.0005


def test_nothing_is_drawn_while_the_wall_is_not_seen(on_wall: OnWall) -> None:
    peer, shown, wall = on_wall(bed(1))
    fill(peer.history("chair-1"), START, minutes=1)
    moved(peer, shown, 0.05)
    shown.show_wall()
    before = wall.canvas.image().toImage()
    for _ in range(5):
        feed_waves(peer.history("chair-1"), START, START + 1)
        moved(peer, shown, 0.5)
    assert wall.canvas.image().toImage() == before


def test_the_bed_view_draws_nothing_behind_the_wall(on_wall: OnWall, monkeypatch: pytest.MonkeyPatch) -> None:
    peer, shown, _ = on_wall(bed(1))
    calls: list[str] = []
    monkeypatch.setattr(shown.room_view, "advance", lambda _now: calls.append("advance"))
    monkeypatch.setattr(shown.room_view.bed_view, "show_bed", lambda *_a: calls.append("show"))
    moved(peer, shown, 0.5)
    assert calls == []


def test_a_part_is_painted_again_only_when_it_says_something_else() -> None:
    plan = lay_out(4, Ground(width=1900, height=900, pixels_per_mm=3.6, line_px=17)).plan
    peer = station(alarmed(1, desaturation()))
    moment = Moment.of(peer.room)
    lit = frozenset({Priority.HIGH, Priority.LOW})
    tile = wall_tile(peer.room.beds[0], moment, Wording(number=1))
    on, out = parts(tile, plan, lit), parts(tile, plan, frozenset({Priority.LOW}))
    assert {name for name in on if on[name] != out[name]} == {"frame", "strip", "spo2"}
    assert parts(tile, plan, lit | {Priority.MEDIUM}) == on


def test_a_tile_is_worded_anew_at_once_for_an_alarm_and_soon_for_a_value() -> None:
    first, ask = station(bed(1)).room, Wording(number=1)
    moment = Moment.of(first)
    before = worded(first.beds[0], moment, ask, None)
    other = bed(1, numerics=MappingProxyType(numerics({"hr": 99.0})))
    assert worded(other, replace(moment, now=START + 0.1), ask, before) is before
    later = worded(other, replace(moment, now=START + 0.3), ask, before)
    assert later.tile.blocks["hr"].value == "99"
    alarm_now = worded(alarmed(1, desaturation()), replace(moment, now=START + 0.1), ask, before)
    assert alarm_now.tile.tile.alarm is not None
    assert worded(other, moment, replace(ask, chosen=True), before).tile.chosen


@pytest.mark.parametrize(
    ("width_mm", "wanted", "speed"),
    [(200, 25, 25), (100, 25, 12.5), (60, 25, 6.25), (20, 25, 6.25), (400, 50, 50), (400, 12.5, 12.5)],
)
def test_a_narrow_wave_is_swept_more_slowly(width_mm: float, wanted: float, speed: float) -> None:
    assert speed_for(width_mm, wanted) == speed


@pytest.mark.parametrize(("cost_s", "every"), [(0.0, 1), (0.010, 1), (0.020, 2), (0.040, 3), (0.500, 5)])
def test_a_busy_computer_draws_fewer_frames_and_says_so(cost_s: float, every: int) -> None:
    budget = FrameBudget()
    for _ in range(100):
        budget.spent(cost_s)
    assert budget.every == every
    assert bool(budget.words) is (every > 1)
    assert sum(budget.due() for _ in range(60)) == 60 // every


def test_a_computer_that_is_free_again_draws_every_frame() -> None:
    budget = FrameBudget()
    for cost in [0.1] * 50 + [0.001] * 100:
        budget.spent(cost)
    assert budget.every == 1


# The second screen


@pytest.fixture
def two_screens(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """As if there were a second screen: the first one again, under another name."""
    found: list[object] = []
    monkeypatch.setattr(screens, "other_screen", lambda _all, taken: taken if found else None)
    return found


@pytest.mark.parametrize(
    ("all_screens", "taken", "other"), [(["a"], "a", None), (["a", "b"], "a", "b"), (["a", "b"], "b", "a")]
)
def test_the_other_screen(all_screens: list[str], taken: str, other: str | None) -> None:
    assert other_screen(all_screens, taken) == other


def test_a_second_screen_that_comes_shows_all_chairs_and_its_going_takes_them_away(
    opened: Opener, two_screens: list[object]
) -> None:
    peer = station(bed(1), alarmed(2, desaturation()))
    shown = opened(peer)
    assert shown.screens.second is None
    two_screens.append("second")
    moved(peer, shown, 1.1)
    second = shown.screens.second
    assert second is not None
    assert len(second.canvas.tiles) == 2
    assert shown.room_view.isVisible()
    two_screens.clear()
    moved(peer, shown, 1.1)
    assert shown.screens.second is None


def test_the_second_screen_is_closed_by_hand_and_comes_back_by_key(
    opened: Opener, two_screens: list[object], qtbot: QtBot
) -> None:
    two_screens.append("second")
    peer = station(bed(1), bed(2))
    shown = opened(peer)
    second = shown.screens.second
    assert second is not None
    window = second.parentWidget()
    assert isinstance(window, QWidget)
    assert window.close()  # else the program could not end
    qtbot.waitUntil(lambda: shown.screens.second is None)
    moved(peer, shown, 2)
    assert shown.screens.second is None
    shown.show_second_wall()
    assert shown.screens.second is not None
    shown.show_second_wall()
    assert shown.screens.second is None


def test_a_bed_opened_on_the_second_screen_is_shown_in_the_window(
    opened: Opener, two_screens: list[object], qtbot: QtBot
) -> None:
    two_screens.append("second")
    peer = station(bed(1), bed(2))
    shown = opened(peer)
    second = shown.screens.second
    assert second is not None
    qtbot.mouseClick(second.canvas.seats[1], Qt.MouseButton.LeftButton)
    assert shown.chosen == "chair-2"
    shown.show_second_wall()


def test_without_a_second_screen_the_key_says_so(opened: Opener) -> None:
    shown = opened(station(bed(1)))
    shown.show_second_wall()  # not wanted any more
    shown.show_second_wall()
    assert shown.screens.second is None


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_every_bar_of_the_wall_fits_into_the_window(on_wall: OnWall, size: tuple[int, int]) -> None:
    _, shown, wall = on_wall(*a_room(16, chair_3=desaturation()), size=size)
    assert (shown.width(), shown.height()) == size
    for part in (wall.top_bar, wall.canvas, wall.wall_bar, wall.footer):
        assert shown.rect().contains(QRect(part.mapTo(shown, part.rect().topLeft()), part.size()))
    assert isinstance(wall.canvas.image(), QPixmap)
