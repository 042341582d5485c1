"""What shows no patient says so: in every title and panel, at every size of text, and never half a word."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from practice_room import FakeLesson, bedside, debrief, snapshot
from pytestqt.qtbot import QtBot
from room import FakeStation, bed, care, past_day, station

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QMessageBox, QWidget

from nurse_station.classroom.view import LessonSnapshot, Stage
from nurse_station.reports.model import Report
from nurse_station.reports.pages import Pages
from nurse_station.reports.pdf import Paper
from nurse_station.settings.model import Settings
from nurse_station.ui import screens
from nurse_station.ui.bed_actions import agrees
from nurse_station.ui.dialogs.connect_addresses import EMULATED, doubt, why_not
from nurse_station.ui.dialogs.connect_sources import AddressPage
from nurse_station.ui.dialogs.paper import PaperDialog
from nurse_station.ui.dialogs.side import SideDialog
from nurse_station.ui.dress import dress
from nurse_station.ui.marking import entitled, mark
from nurse_station.ui.models.debrief import file_name
from nurse_station.ui.models.review import band_words, compare_words
from nurse_station.ui.practice.band import PracticeBand
from nurse_station.ui.practice.window import PracticeWindow
from nurse_station.ui.starting import StartWindow
from nurse_station.ui.widgets.bars import SimulationBand, SimulationStrip, fitting
from nurse_station.ui.window import MainWindow

WORD = "SIMULATION"
NOT_HEARD = "A station watches patients on this computer."
PANELS = ("open_limits", "open_alarms", "open_day", "open_patients", "show_shortcuts", "show_about",
          "change_settings")  # fmt: skip
Opener = Callable[..., MainWindow]
HARD = snapshot(wanted=30.0, speed=1.0)
"""An alarm is seen: much is to be said beside the word."""


@pytest.fixture
def lesson_at(qapp: QApplication) -> Iterator[Callable[..., PracticeWindow]]:
    made: list[PracticeWindow] = []

    def enter(scale: float, size: tuple[int, int], shown: LessonSnapshot = HARD) -> PracticeWindow:
        settings = Settings(text_scale=scale)
        dress(settings)
        window = PracticeWindow(FakeLesson(shown, bedside(alarm=True)), settings)
        window.resize(*size)
        window.show()
        window.bridge.look()
        window.show_silence(NOT_HEARD)
        qapp.processEvents()
        made.append(window)
        return window

    yield enter
    for window in made:
        window.stop()
        window.hide()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def simulated(**more: object) -> FakeStation:
    return station(bed(1, simulated=True, care=care()), bed(2, simulated=True), practice=True, **more)


def panels(window: QWidget) -> list[SideDialog]:
    return [each for each in window.findChildren(SideDialog) if each.isVisible()]


# The band of a lesson


@pytest.mark.hazard("H-17")
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("size", [(1024, 640), (1280, 800), (1920, 1080)])
def test_the_word_is_whole_in_a_lesson_at_every_size(
    lesson_at: Callable[..., PracticeWindow], scale: float, size: tuple[int, int]
) -> None:
    window = lesson_at(scale, size)
    bar = window.bar
    assert window.size().toTuple() == size
    assert bar.band.isVisible()
    assert bar.band.width() >= bar.band.least_width
    assert bar.band.shown.startswith(WORD)
    assert bar.band.accessibleName().startswith(WORD)
    assert bar.rect().contains(bar.band.geometry())
    parts = (bar.band, bar.silent, bar.stage, bar.time, bar.speed, bar.hold, bar.end, bar.fold)
    places = [part.geometry() for part in parts]
    assert all(bar.rect().contains(place) for place in places), "something is cut off"
    assert not any(one.intersects(other) for n, one in enumerate(places) for other in places[:n])


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_what_comes_later_leaves_the_word_whole(
    lesson_at: Callable[..., PracticeWindow], scale: float
) -> None:
    """The palette folds with much unread, the lesson is paused and grows long: no button moves for it."""
    window = lesson_at(scale, (1024, 640), snapshot())
    height = window.bar.height()
    window.bar.show_folded(12, folded=True)
    window.bar.show_lesson(replace(HARD, stage=Stage.PAUSED, at=1190.0, lasts_s=1200.0))
    QCoreApplication.processEvents()
    assert window.bar.band.width() >= window.bar.band.least_width
    assert window.bar.height() == height
    for part in (window.bar.silent, window.bar.time, window.bar.fold):
        assert part.width() >= part.sizeHint().width()
        assert window.bar.rect().contains(part.geometry())


def test_where_there_is_room_all_the_words_stand_there(lesson_at: Callable[..., PracticeWindow]) -> None:
    band = lesson_at(1.0, (1920, 1080)).bar.band
    assert band.shown == band.words


@pytest.mark.parametrize(("room", "said"), [
    (100, "ONE · two · three"), (16, "ONE · two"), (9, "ONE · two"), (8, "ONE"), (3, "ONE"), (0, "ONE"),
])  # fmt: skip
def test_of_what_does_not_fit_the_last_parts_go_and_the_first_stays_whole(room: float, said: str) -> None:
    assert fitting("ONE · two · three", len, room) == said


@pytest.mark.parametrize("kind", [SimulationBand, SimulationStrip, PracticeBand])
def test_the_least_of_a_band_paints_the_word_within_its_edges(
    qtbot: QtBot, kind: type[SimulationBand]
) -> None:
    band = kind()
    qtbot.addWidget(band)
    band.resize(band.least_width, band.sizeHint().height())
    assert band.minimumSizeHint().width() == band.least_width
    assert band.shown == WORD
    ink = written(band.grab().toImage())
    assert ink
    assert min(ink) > 0
    assert max(ink) < band.width() - 1


def written(picture: QImage) -> set[int]:
    """Columns where there is something nearly white: letters, on stripes that are not."""
    return {x for x in range(picture.width()) for y in range(picture.height())
            if min(picture.pixelColor(x, y).getRgb()[:3]) > 200}  # fmt: skip


# Titles and panels


@pytest.mark.hazard("H-17")
def test_every_panel_beside_a_lesson_bears_the_word_however_often_it_looks(
    lesson_at: Callable[..., PracticeWindow],
) -> None:
    window = lesson_at(1.0, (1280, 800))
    for panel in PANELS:
        shown = opened_by(window, panel)
        QCoreApplication.processEvents()
        if hasattr(shown, "look"):
            shown.look()
        bears_the_word(shown)
        shown.hide()


@pytest.mark.hazard("H-17")
def test_every_panel_of_a_simulating_station_bears_the_word(opened: Opener) -> None:
    window = opened(simulated())
    assert window.windowTitle() == "SIMULATION · Nurse Station"
    for panel in PANELS:
        shown = opened_by(window, panel)
        bears_the_word(shown)
        shown.hide()


def opened_by(window: MainWindow, slot: str) -> SideDialog:
    getattr(window, slot)()
    [shown] = panels(window)
    return shown


def bears_the_word(shown: SideDialog) -> None:
    assert shown.windowTitle().startswith("SIMULATION · ")
    assert shown.windowTitle().count(WORD) == 1
    assert shown.accessibleName() == shown.windowTitle()
    assert shown.strip.isVisible()
    assert shown.strip.width() == shown.width()
    assert shown.strip.shown.startswith(WORD)
    assert shown.strip.accessibleName().startswith(WORD)
    assert not shown.heading.text().startswith(WORD), "it stands right above it"


def test_nothing_of_a_patient_bears_the_word(opened: Opener) -> None:
    window = opened(station(bed(1, care=care()), bed(2)))
    assert window.windowTitle() == "Nurse Station"
    for panel in PANELS:
        shown = opened_by(window, panel)
        assert WORD not in shown.windowTitle() + shown.accessibleName()
        assert not shown.strip.isVisible()
        shown.hide()


def test_the_title_follows_the_room(opened: Opener) -> None:
    peer = simulated()
    window = opened(peer)
    peer.room = replace(peer.room, practice=False, beds=(bed(1),))
    window.bridge.look()
    assert window.windowTitle() == "Nurse Station"
    peer.room = replace(peer.room, practice=True)
    window.bridge.look()
    assert window.windowTitle() == "SIMULATION · Nurse Station"


def test_a_lesson_keeps_its_title_whatever_the_room_says(
    lesson_at: Callable[..., PracticeWindow],
) -> None:
    window = lesson_at(1.0, (1280, 800))
    before = window.windowTitle()
    window.show_room(replace(window._room, practice=False, beds=(bed(1),)))  # noqa: SLF001
    assert window.windowTitle() == before
    assert entitled("Any", window) == "SIMULATION · Any"


def test_a_panel_in_front_of_a_panel_bears_the_word(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    mark(window, simulated=True)
    first = SideDialog("First", window)
    assert SideDialog("Second", first).windowTitle() == "SIMULATION · Second"
    mark(window, simulated=False)
    assert SideDialog("Third", first).windowTitle() == "Third"


def test_a_question_bears_the_word(opened: Opener) -> None:
    window = opened(simulated())
    titles: list[str] = []

    def look() -> None:
        [box] = [each for each in window.findChildren(QMessageBox) if each.isVisible()]
        titles.append(box.windowTitle())
        box.reject()

    QTimer.singleShot(0, look)
    assert not agrees(window, "Quit", "Quit the station?", "&Quit")
    assert titles == ["SIMULATION · Quit"]


def test_all_chairs_on_the_second_screen_bear_the_word(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screens, "other_screen", lambda _all, taken: taken)
    second = opened(simulated()).screens.second
    assert second is not None
    assert second.window().windowTitle() == "SIMULATION · Nurse Station: all chairs"
    assert second.band.isVisible()


@pytest.mark.parametrize(("on", "title"), [(True, "SIMULATION · Nurse Station"), (False, "Nurse Station")])
def test_the_start_says_what_starts(qtbot: QtBot, qapp: QApplication, on: bool, title: str) -> None:
    window = StartWindow(qapp, simulated=on)
    qtbot.addWidget(window)
    assert window.windowTitle() == title
    assert window.accessibleName().startswith(title)


# A review


def test_a_review_says_the_word_before_what_a_narrow_band_cuts() -> None:
    told = past_day(simulated=True).summary
    first = "REVIEW · not live · SIMULATION · not a patient · Berg, Anna"
    assert band_words(told).startswith(first)
    assert compare_words(told, told).startswith(first)
    assert WORD not in band_words(past_day().summary)


def test_the_title_of_a_review_bears_the_word(opened: Opener, qtbot: QtBot) -> None:
    past = past_day(simulated=True)
    peer = simulated()
    peer.kept[past.summary.session] = past
    window = opened(peer)
    window.review_desk.review(past.summary.session)
    [review] = [each for each in window.findChildren(QDialog) if each.isVisible()]
    qtbot.waitUntil(lambda: review.opened)
    assert review.windowTitle() == "SIMULATION · Review"
    assert review.accessibleName().startswith(WORD)


# Names of files, and of ports


def pages(paper: Paper, *, patient: bool, simulated: bool = True) -> Pages:
    report = Report(title="t", header="h", identifiers="i", subject="s", footer="f", simulated=simulated,
                    sections=())  # fmt: skip
    return Pages(report=report, paper=paper, pdf=b"%PDF", pictures=())


def proposed(made: PaperDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> str:
    names: list[str] = []

    def ask(_parent: QWidget, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        names.append(name)
        return "", ""

    monkeypatch.setattr("nurse_station.ui.dialogs.paper.QFileDialog.getSaveFileName", ask)
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made.pages is not None)
    made.save()
    return names[0]


@pytest.mark.parametrize("on", [True, False])
def test_a_simulations_paper_is_called_otherwise_than_a_patients(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, on: bool
) -> None:
    made = PaperDialog(
        "2026-11-22-001", lambda paper, *, patient: pages(paper, patient=patient, simulated=on)
    )
    name = proposed(made, qtbot, monkeypatch)
    assert name == ("SIMULATION 2026-11-22-001.pdf" if on else "2026-11-22-001.pdf")


def test_a_debriefs_file_is_called_a_simulation() -> None:
    assert file_name(debrief()).startswith("SIMULATION debrief ")


@pytest.mark.parametrize(("address", "doubtful"), [
    ("/dev/pts/3", True), ("/dev/ttyUSB0", False), ("COM4", False), ("socket://host:4001", False),
])  # fmt: skip
def test_a_programs_port_is_taken_with_a_doubt(address: str, doubtful: bool) -> None:
    assert bool(doubt(address)) is doubtful
    assert not doubtful or not why_not(address)


def test_the_doubt_stands_beneath_the_address_as_long_as_it_is_so(qtbot: QtBot) -> None:
    page = AddressPage(station(bed(1)), "Chair 1")
    qtbot.addWidget(page)
    page.show()
    address = page.findChild(QLineEdit)
    assert address is not None
    for typed, said in (("/dev/pts/3", [EMULATED]), ("/dev/ttyUSB0", [])):
        address.setText(typed)
        shown = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
        assert [words for words in shown if words == EMULATED] == said
