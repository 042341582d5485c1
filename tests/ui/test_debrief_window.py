"""The debrief's window by keyboard: verdict, graph, tables, paper; SIMULATION; another run, or none."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdf
import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableView, QTabWidget, QWidget

from nurse_station.classroom.view import KeptRun
from nurse_station.reports import debrief_rows
from nurse_station.reports.pdf import ReportError
from nurse_station.training.debrief import Debrief
from nurse_station.training.policy import Kind
from nurse_station.ui.practice.debrief import SETTING, DebriefWindow
from nurse_station.ui.practice.debrief_tables import RowsModel
from nurse_station.ui.practice.progress import RunsPlot
from nurse_station.ui.theme import apply_theme
from nurse_station.ui.widgets.bars import SimulationBand
from tests.training.wards_of_practice import practised

RUN = replace(practised("laryngospasm", Kind.TEMPTING, 1), trainee="Lind, Anna")
AT = datetime(2026, 1, 5, 10, tzinfo=UTC)
PAST = tuple(
    KeptRun(name=f"{day}", at=AT + timedelta(days=day), debrief=replace(RUN, seed=10 + day))
    for day in range(3)
)
Open = Callable[..., DebriefWindow]


@pytest.fixture
def opened(qtbot: QtBot) -> Open:
    def open_it(
        debrief: Debrief = RUN, earlier: tuple[KeptRun, ...] = (), size: tuple[int, int] = (1280, 800),
        print_pdf: Callable[[Path], None] | None = None,
    ) -> DebriefWindow:  # fmt: skip
        window = DebriefWindow(debrief, earlier, print_pdf)
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        window.activateWindow()
        QApplication.processEvents()
        return window

    return open_it


def said(window: QWidget) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel))


def press(qtbot: QtBot, widget: QWidget, key: Qt.Key, control: bool = False) -> None:
    held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(widget, key, held)


def test_it_says_simulation_and_whose_run_it_was(opened: Open) -> None:
    window = opened()
    assert window.findChildren(SimulationBand)
    for words in ("SIMULATION", RUN.name, "Lind, Anna"):
        assert words in window.windowTitle()


def test_the_verdict_and_why_stand_at_the_top(opened: Open) -> None:
    window = opened()
    assert window.headline.text() == "✗ Not passed"
    assert "Firm jaw thrust (missed)" in window.why.text()


def test_a_passed_run_says_so(opened: Open) -> None:
    assert opened(practised("laryngospasm", Kind.RIGHT, 1)).headline.text() == "✓ Passed"


def test_what_was_expected_the_margins_and_the_learning_points_are_there(opened: Open) -> None:
    words = said(opened())
    score = RUN.score
    wanted = [*(result.words for result in score.results), *(each.words for each in score.against),
              *debrief_rows.margins(RUN), *RUN.learning, *debrief_rows.sums(score)]  # fmt: skip
    assert [each for each in wanted if each not in words] == []


def test_the_timeline_has_every_row(opened: Open) -> None:
    window = opened()
    assert window.timeline.model().rowCount() == len(debrief_rows.timeline(RUN).rows)


# The graph by keys


def test_the_graph_has_the_keys_when_it_opens(opened: Open) -> None:
    window = opened()
    assert window.focusWidget() is window.graph


def test_arrows_move_the_cursor_and_the_reading(opened: Open, qtbot: QtBot) -> None:
    window = opened()
    press(qtbot, window.graph, Qt.Key.Key_Home)
    press(qtbot, window.graph, Qt.Key.Key_Right)
    assert window.graph.at == 5.0
    assert "0:05" in said(window)
    assert "0:05" in window.graph.accessibleDescription()
    press(qtbot, window.graph, Qt.Key.Key_Left)
    press(qtbot, window.graph, Qt.Key.Key_Left)
    assert window.graph.at == 0.0


def test_control_and_arrow_go_to_what_happened(opened: Open, qtbot: QtBot) -> None:
    window = opened()
    press(qtbot, window.graph, Qt.Key.Key_Home)
    stops = sorted({line.at for line in RUN.log if line.what.value in ("event", "alarm", "done", "against")})
    for stop in stops[:3]:
        press(qtbot, window.graph, Qt.Key.Key_Right, control=True)
        assert window.graph.at == stop
    assert "Done 2: Oxygen 4 L/min by cannula" in window.graph.reading.there
    press(qtbot, window.graph, Qt.Key.Key_Left, control=True)
    assert window.graph.at == stops[1]


def test_end_goes_to_the_end(opened: Open, qtbot: QtBot) -> None:
    window = opened()
    press(qtbot, window.graph, Qt.Key.Key_End)
    press(qtbot, window.graph, Qt.Key.Key_Right)
    assert window.graph.at == RUN.lasted_s
    press(qtbot, window.graph, Qt.Key.Key_PageUp)
    assert window.graph.at == RUN.lasted_s - 60


def test_the_pointer_reads_too(opened: Open, qtbot: QtBot) -> None:
    window = opened()
    qtbot.mouseMove(window.graph, QPoint(window.graph.width() // 2, 80))
    assert 100 < window.graph.at < 260


def test_the_timeline_follows_the_graph_and_the_graph_the_timeline(opened: Open, qtbot: QtBot) -> None:
    window = opened()
    window.tabs.setCurrentWidget(window.timeline)
    window.graph.show_at(61.0)
    rows = debrief_rows.timeline(RUN).rows
    here = rows[window.timeline.currentIndex().row()]
    assert here.at == 61.0
    window.timeline.setFocus()
    press(qtbot, window.timeline, Qt.Key.Key_Down)
    assert window.graph.at == rows[window.timeline.currentIndex().row()].at == 72.0


def test_an_alarm_that_is_chosen_is_shown_in_the_graph(opened: Open) -> None:
    window = opened()
    window.alarms.selectRow(3)
    assert window.graph.at == RUN.score.alarms[3].began


# Its keys


def test_every_part_can_be_reached_by_tab(opened: Open, qtbot: QtBot) -> None:
    window = opened(earlier=PAST)
    reached = []
    for _ in range(12):
        reached.append(window.focusWidget())
        qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
    for each in (window.graph, window.save_button, window.print_button, window.again_button,
                 window.close_button):  # fmt: skip
        assert each in reached


@pytest.mark.parametrize("tab", range(4))
def test_tab_does_not_get_lost_in_a_table(opened: Open, qtbot: QtBot, tab: int) -> None:
    window = opened(earlier=PAST)
    window.tabs.setCurrentIndex(tab)
    window.graph.setFocus()
    for _ in range(8):
        qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
        if window.focusWidget() is window.close_button:
            return
    pytest.fail("the last button was not reached")


def test_escape_closes_it_and_it_tells(opened: Open, qtbot: QtBot) -> None:
    window = opened()
    with qtbot.waitSignal(window.closed, timeout=1000):
        press(qtbot, window.graph, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_escape_closes_it_from_a_table_too(opened: Open, qtbot: QtBot) -> None:
    window = opened()
    window.tabs.setCurrentWidget(window.timeline)
    window.timeline.setFocus()
    with qtbot.waitSignal(window.closed, timeout=1000):
        press(qtbot, window.timeline, Qt.Key.Key_Escape)


def test_practise_again_tells_and_leaves_it_open(opened: Open, qtbot: QtBot) -> None:
    window = opened()
    with qtbot.waitSignal(window.again, timeout=1000):
        press(qtbot, window.again_button, Qt.Key.Key_Space)
    assert window.isVisible()


# On paper


def test_the_paper_is_made_in_another_thread_and_said(opened: Open, qtbot: QtBot, tmp_path: Path) -> None:
    threads: list[threading.Thread] = []

    def print_pdf(path: Path) -> None:
        threads.append(threading.current_thread())
        path.write_bytes(b"%PDF-")

    window = opened(print_pdf=print_pdf)
    window.save_to(tmp_path / "d.pdf")
    assert window.words == SETTING
    assert not window.save_button.isEnabled()
    qtbot.waitUntil(lambda: window.words == f"Saved as {tmp_path / 'd.pdf'}.", timeout=5000)
    assert window.save_button.isEnabled()
    assert threads[0] is not threading.main_thread()


@pytest.mark.parametrize("error", [ReportError("The disk is full."), OSError("The disk is full.")])
def test_a_paper_that_cannot_be_made_is_said(opened: Open, qtbot: QtBot, error: Exception) -> None:
    def print_pdf(_path: Path) -> None:
        raise error

    window = opened(print_pdf=print_pdf)
    window.save_to(Path("d.pdf"))
    qtbot.waitUntil(lambda: window.words == "The disk is full.", timeout=5000)
    assert window.save_button.isEnabled()


def test_without_a_printer_of_its_own_it_sets_the_paper_itself(
    opened: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    window = opened(earlier=PAST)
    window.save_to(tmp_path / "d.pdf")
    qtbot.waitUntil(lambda: window.words.startswith("Saved"), timeout=20_000)
    pages = [page.extract_text() for page in pypdf.PdfReader(tmp_path / "d.pdf").pages]
    assert all("SIMULATION" in page for page in pages)
    assert "Runs of Lind, Anna" in "".join(pages)


# The runs before


def test_the_runs_before_are_a_table_and_a_plot(opened: Open) -> None:
    window = opened(earlier=PAST)
    assert window.progress.table.model().rowCount() == 4
    assert window.findChildren(RunsPlot)


def test_of_another_trainee_nothing_is_shown(opened: Open) -> None:
    other = KeptRun(name="x", at=AT, debrief=replace(RUN, trainee="Ek, Bo"))
    window = opened(earlier=(other,))
    assert window.progress.table.model().rowCount() == 1
    assert "first run of Lind, Anna" in said(window)
    assert not window.findChildren(RunsPlot)


# How it looks


@pytest.mark.parametrize(("theme", "size"), [
    ("dark", (1280, 800)), ("light", (1920, 1080)), ("contrast", (1280, 800)),
])  # fmt: skip
def test_it_fits_and_paints_in_every_theme(
    opened: Open, qapp: QApplication, theme: str, size: tuple[int, int]
) -> None:
    apply_theme(qapp, theme)
    window = opened(earlier=PAST, size=size)
    for tab in range(window.tabs.count()):
        window.tabs.setCurrentIndex(tab)
        assert not window.grab().isNull()
    assert (window.width(), window.height()) == size


@pytest.mark.parametrize("scale", [1.0, 1.6])
def test_it_fits_a_small_screen_with_long_words_and_large_letters(
    opened: Open, qapp: QApplication, scale: float
) -> None:
    apply_theme(qapp, "dark", text_scale=scale)
    long = " ".join(["Take the hand off the pump and look at the chest, the capnogram and the colour"] * 6)
    results = tuple(replace(each, words=long) for each in RUN.score.results)
    window = opened(replace(RUN, learning=(long,) * 3, score=replace(RUN.score, results=results)))
    assert window.minimumSizeHint().width() <= 1280
    assert window.minimumSizeHint().height() <= 800


@pytest.mark.parametrize("width", [1280, 1920, 1000])
def test_no_words_of_the_run_are_cut(opened: Open, width: int) -> None:
    table = opened(size=(width, 800)).timeline
    table.window().findChild(QTabWidget).setCurrentWidget(table)
    QApplication.processEvents()
    room = QRect(0, 0, table.columnWidth(3) - 8, 10_000)
    for place, row in enumerate(debrief_rows.timeline(RUN).rows):
        words = table.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, row.cells[3])
        assert words.height() <= table.rowHeight(place), row.cells
        assert table.fontMetrics().horizontalAdvance(row.cells[2]) < table.columnWidth(2)


def test_a_run_of_nothing_can_be_shown(opened: Open, qtbot: QtBot) -> None:
    score = replace(RUN.score, results=(), against=(), alarms=(), checks=0, late_checks=0)
    window = opened(replace(RUN, log=(), curve=(), checks=(), learning=(), score=score, lasted_s=0.0))
    press(qtbot, window.graph, Qt.Key.Key_Right, control=True)
    assert not window.grab().isNull()
    assert "Nothing was expected." in said(window)


def test_everything_that_takes_keys_has_a_name(opened: Open) -> None:
    window = opened(earlier=PAST)
    for each in [*window.findChildren(QPushButton), *window.findChildren(QTableView), window.graph]:
        assert each.accessibleName()


def test_the_tables_are_models_as_qt_wants_them() -> None:
    model = RowsModel(debrief_rows.timeline(RUN))
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
