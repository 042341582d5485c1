"""Each part of the screen: what it shows, what it says to a screen reader, when it paints."""

from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

import pytest
from pytestqt.qtbot import QtBot
from room import START, bed, empty_bed, line, room, told

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from nurse_station.station.snapshots import LineState, RecordSnapshot, RecordState
from nurse_station.station.view import Answer
from nurse_station.ui import texts
from nurse_station.ui.models.numerics import Moment, NumericBlock, blocks
from nurse_station.ui.models.rooms import Notice, Weight, tile
from nurse_station.ui.theme import apply_theme
from nurse_station.ui.widgets.bars import AnswerBar, Footer, NoticeBanner, SimulationBand, TopBar
from nurse_station.ui.widgets.bed_header import BedHeader
from nurse_station.ui.widgets.bed_tile import BedTile
from nurse_station.ui.widgets.labels import ElidedLabel
from nurse_station.ui.widgets.monitor_panel import MonitorPanel
from nurse_station.ui.widgets.numeric_block import NumericBlockWidget
from nurse_station.ui.widgets.numeric_column import NumericColumn, in_rows
from nurse_station.ui.widgets.rail import BedRail

MOMENT = Moment(now=START, wall=datetime(2026, 1, 5, 8, 0, tzinfo=UTC))
BLOCK = NumericBlock(key="hr", label="HR", unit="/min", value="82", token="hr", primary=True, wide=True)


class CountingBlock(NumericBlockWidget):
    """Counts how often it is asked to paint."""

    asked = 0

    def update(self, *args: object) -> None:
        self.asked += 1


def test_a_block_paints_only_what_changed(qtbot: QtBot) -> None:
    widget = CountingBlock()
    qtbot.addWidget(widget)
    for block in (BLOCK, BLOCK, replace(BLOCK, value="83")):
        widget.show_numeric(block)
    assert widget.asked == 2


def test_a_block_is_named_with_value_and_unit(qtbot: QtBot) -> None:
    widget = NumericBlockWidget()
    qtbot.addWidget(widget)
    widget.show_numeric(BLOCK)
    assert widget.accessibleName() == "HR 82 /min"


@pytest.mark.parametrize("size", [(80, 40), (160, 84), (350, 200)])
@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("theme", ["dark", "light", "contrast"])
def test_every_block_paints_at_any_size(
    qtbot: QtBot, qapp: QApplication, theme: str, scale: float, size: tuple[int, int]
) -> None:
    apply_theme(qapp, theme, text_scale=scale)
    for block in blocks(bed(nibp_measuring=True), MOMENT):
        widget = NumericBlockWidget()
        qtbot.addWidget(widget)
        widget.resize(*size)
        widget.show_numeric(replace(block, mark="?", note="07:26 · 33 min ago · measuring…"))
        assert not widget.grab().isNull()


def test_two_narrow_blocks_share_a_row() -> None:
    rows = in_rows(blocks(bed(), MOMENT))
    assert [[block.key for block in row] for row in rows] == [["hr"], ["spo2"], ["rr", "etco2"], ["nibp"]]


def test_a_column_shows_the_blocks_of_another_bed_without_those_of_the_first(qtbot: QtBot) -> None:
    column = NumericColumn()
    qtbot.addWidget(column)
    column.show_numerics(blocks(bed(), MOMENT))
    column.show_numerics(blocks(bed(numerics=MappingProxyType({})), MOMENT))
    assert set(column.blocks) == {"hr", "spo2", "rr", "nibp"}


def test_blocks_do_not_overlap(qtbot: QtBot) -> None:
    column = NumericColumn()
    qtbot.addWidget(column)
    column.show_numerics(blocks(bed(), MOMENT))
    column.resize(300, 700)
    column.show()
    places = [widget.geometry() for widget in column.blocks.values()]
    assert not any(a.intersects(b) for n, a in enumerate(places) for b in places[n + 1 :])
    assert all(column.rect().contains(place) for place in places)


def test_a_long_name_is_cut_and_read_whole_in_the_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel("title", "Recovery lounge, window seat by the garden door")
    qtbot.addWidget(label)
    label.resize(120, 30)
    label.show()
    assert label.text().endswith("…")
    assert label.toolTip() == label.words == label.accessibleName()


def test_a_tile_tells_a_screen_reader_everything(qtbot: QtBot) -> None:
    widget = BedTile()
    qtbot.addWidget(widget)
    widget.show_tile(tile(bed(simulated=True), 1, MOMENT))
    for word in ("Chair 1", "simulation", "GE CARESCAPE on COM1", "HR 82 /min", "NIBP 128/76 mmHg"):
        assert word in widget.accessibleName()


def test_a_bed_without_a_monitor_offers_to_connect_one(qtbot: QtBot) -> None:
    widget = BedTile()
    qtbot.addWidget(widget)
    widget.show_tile(tile(empty_bed(4), 4, MOMENT))
    widget.show()
    button = widget.findChild(QPushButton)
    with qtbot.waitSignal(widget.connect_asked) as asked:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked.args == ["chair-4"]


def test_a_tile_is_pressed_by_key(qtbot: QtBot) -> None:
    rail = BedRail()
    qtbot.addWidget(rail)
    rail.show_room(room(bed(1), bed(2)), "chair-1")
    rail.show()
    with qtbot.waitSignal(rail.bed_chosen) as chosen:
        qtbot.keyClick(rail.tiles[1], Qt.Key.Key_Space)
    assert chosen.args == ["chair-2"]


def test_the_rail_follows_the_number_of_beds(qtbot: QtBot) -> None:
    rail = BedRail()
    qtbot.addWidget(rail)
    for beds in (3, 8, 1, 0):
        rail.show_room(room(*(bed(number) for number in range(1, beds + 1))), "chair-1")
        assert len(rail.tiles) == beds


def test_pressing_the_chosen_tile_leaves_it_chosen(qtbot: QtBot) -> None:
    rail = BedRail()
    qtbot.addWidget(rail)
    rail.show_room(room(bed(1)), "chair-1")
    rail.tiles[0].click()
    assert rail.tiles[0].isChecked()


def test_a_banner_goes_to_its_bed(qtbot: QtBot) -> None:
    banner = NoticeBanner()
    qtbot.addWidget(banner)
    banner.show_notice(Notice(weight=Weight.DOUBTFUL, text="Chair 2 · line lost", bed="chair-2"))
    with qtbot.waitSignal(banner.bed_asked) as asked:
        qtbot.mouseClick(banner, Qt.MouseButton.LeftButton)
    assert asked.args == ["chair-2"]


def test_a_calm_banner_goes_nowhere(qtbot: QtBot) -> None:
    banner = NoticeBanner()
    qtbot.addWidget(banner)
    banner.show_notice(Notice(weight=Weight.DOUBTFUL, text="Chair 2 · line lost", bed="chair-2"))
    banner.show_notice(None)
    with qtbot.assertNotEmitted(banner.bed_asked):
        qtbot.mouseClick(banner, Qt.MouseButton.LeftButton)
    assert banner.words == ""


def test_the_clocks_zone_is_in_its_tooltip(qtbot: QtBot) -> None:
    bar = TopBar(())
    qtbot.addWidget(bar)
    bar.show_time(datetime(2026, 1, 5, 8, 0, tzinfo=UTC))
    assert any("UTC" in label.toolTip() for label in bar.findChildren(ElidedLabel.__bases__[0]))


def test_a_refusal_stays_until_it_is_closed(qtbot: QtBot) -> None:
    bar = AnswerBar()
    qtbot.addWidget(bar)
    bar.STAYS_MS = 10  # type: ignore[misc]
    bar.show_answer(Answer(done=False, sentence="COM4 is used by Chair 2."))
    qtbot.wait(40)
    assert bar.isVisible()
    assert "COM4 is used by Chair 2." in bar.sentence


def test_what_was_done_is_said_for_a_while(qtbot: QtBot) -> None:
    bar = AnswerBar()
    qtbot.addWidget(bar)
    bar.STAYS_MS = 10  # type: ignore[misc]
    bar.show_answer(Answer(done=True, sentence="Connected."))
    qtbot.waitUntil(lambda: not bar.isVisible(), timeout=2000)


def test_the_footer_always_names_the_primary_alarm(qtbot: QtBot) -> None:
    footer = Footer()
    qtbot.addWidget(footer)
    footer.resize(1024, 30)
    footer.show()
    shown = [label.text() for label in footer.findChildren(ElidedLabel.__bases__[0]) if label.isVisible()]
    assert f"{texts.PRIMARY_ALARM} · {texts.NOT_A_DEVICE}" in shown


def test_a_failing_record_is_loud(qtbot: QtBot) -> None:
    footer = Footer()
    qtbot.addWidget(footer)
    failing = RecordSnapshot(state=RecordState.FAILING, place="records", trouble="The disk is full.")
    footer.show_room(room(bed(), record=failing))
    assert "NOT BEING SAVED · The disk is full." in footer.record_words


def test_the_band_says_that_it_is_a_simulation(qtbot: QtBot) -> None:
    band = SimulationBand()
    qtbot.addWidget(band)
    band.resize(900, 24)
    assert not band.grab().isNull()
    assert band.accessibleName() == texts.SIMULATION_SENTENCE


def test_the_header_marks_a_simulated_bed(qtbot: QtBot) -> None:
    header = BedHeader()
    qtbot.addWidget(header)
    header.show()
    for simulated in (True, False):
        header.show_bed(bed(simulated=simulated), MOMENT)
        assert header.simulation_is_marked is simulated


@pytest.mark.parametrize("state", list(LineState))
def test_the_header_shows_every_state_of_a_line(qtbot: QtBot, state: LineState) -> None:
    header = BedHeader()
    qtbot.addWidget(header)
    header.show_bed(bed(lines=(line(), line(state))), MOMENT)
    assert header.line_words[1].endswith(texts.LINE[state])


def test_the_menu_offers_only_what_can_be_done(qtbot: QtBot) -> None:
    header = BedHeader()
    qtbot.addWidget(header)
    with_session = [action.text() for action in header.menu(bed()).actions()]
    without = [action.text() for action in header.menu(replace(bed(), session=None)).actions()]
    assert "End the session…" in with_session
    assert "End the session…" not in without
    assert "Disconnect GE CARESCAPE on COM1" in without


def test_the_menu_says_what_was_chosen(qtbot: QtBot) -> None:
    header = BedHeader()
    qtbot.addWidget(header)
    action = next(a for a in header.menu(bed()).actions() if a.text().startswith("Disconnect"))
    with qtbot.waitSignal(header.asked) as asked:
        action.trigger()
    assert asked.args == ["disconnect", "ge-s5-dri"]


def test_the_panel_tells_what_the_monitor_says(qtbot: QtBot) -> None:
    panel = MonitorPanel()
    qtbot.addWidget(panel)
    said = {
        "co2_occlusion": told("CO₂ sample line occluded"),
        "nibp_auto": told("NIBP automatic", ordinary=True),
    }
    panel.show_bed(bed(conditions=MappingProxyType(said)), START)
    assert "▲ CO₂ sample line occluded" in panel.words
    assert "● NIBP automatic" in panel.words
    assert "19200 8E1" in panel.words
