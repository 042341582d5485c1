"""Looking back on the screen: the list, a review, two days, the paper. Never in the way of live."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from room import FakeStation, alarmed, bed, desaturation, past_day, station

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractButton, QDialog

from nurse_station.reports.model import Report
from nurse_station.reports.pages import Pages
from nurse_station.reports.pdf import Paper, ReportError
from nurse_station.station.past import PastError
from nurse_station.ui.dialogs.paper import PaperDialog, lay_out, paint_on, wanted
from nurse_station.ui.dialogs.sessions import SessionsDialog
from nurse_station.ui.errand import Errand
from nurse_station.ui.views.review_view import ReviewView
from nurse_station.ui.window import MainWindow

Opened = Callable[..., MainWindow]
FIRST, SECOND, OTHER = "20260103-01", "20260104-01", "20260104-02"


@pytest.fixture
def peer() -> FakeStation:
    made = station(bed(1), alarmed(2, desaturation()))
    made.kept = {
        SECOND: past_day(SECOND),
        FIRST: past_day(FIRST, day=2, ago_s=48 * 3600),
        OTHER: past_day(OTHER, patient=None),
    }
    return made


def dialog(window: MainWindow, kind: type[QDialog]) -> QDialog | None:
    return next((each for each in window.findChildren(kind) if each.isVisible()), None)


def listed(qtbot: QtBot, window: MainWindow) -> SessionsDialog:
    window.review_desk.open_sessions()
    found = dialog(window, SessionsDialog)
    assert isinstance(found, SessionsDialog)
    qtbot.waitUntil(lambda: found.list.count() == 3)
    return found


def reviewed(qtbot: QtBot, window: MainWindow, *sessions: str) -> ReviewView:
    window.review_desk.review(*sessions)
    found = dialog(window, ReviewView)
    assert isinstance(found, ReviewView)
    qtbot.waitUntil(lambda: found.opened)
    return found


def test_the_list_finds_and_opens_by_keyboard(qtbot: QtBot, opened: Opened, peer: FakeStation) -> None:
    window = opened(peer)
    found = listed(qtbot, window)
    found.search.setText("berg day 2")
    assert found.chosen == FIRST
    qtbot.keyClick(found.list, Qt.Key.Key_Return)
    review = dialog(window, ReviewView)
    assert isinstance(review, ReviewView)
    assert review.sessions == (FIRST,)


def test_two_days_of_a_course_are_marked_and_compared(
    qtbot: QtBot, opened: Opened, peer: FakeStation
) -> None:
    window = opened(peer)
    found = listed(qtbot, window)
    for row in (0, 1):
        found.list.setCurrentRow(row)
        found.mark()
    assert found.marked == (FIRST, SECOND)
    found.compare()
    review = dialog(window, ReviewView)
    assert isinstance(review, ReviewView)
    assert review.sessions == (FIRST, SECOND)


def test_another_patient_s_day_is_not_compared(qtbot: QtBot, opened: Opened, peer: FakeStation) -> None:
    found = listed(qtbot, opened(peer))
    for row in (0, 2):
        found.list.setCurrentRow(row)
        found.mark()
    assert not found.compare_button.isEnabled()


def test_a_record_that_cannot_be_read_is_said(
    qtbot: QtBot, opened: Opened, peer: FakeStation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> tuple[()]:
        msg = "The disk is gone."
        raise PastError(msg)

    monkeypatch.setattr(peer, "past_sessions", broken)
    window = opened(peer)
    window.review_desk.open_sessions()
    found = dialog(window, SessionsDialog)
    assert found is not None
    qtbot.waitUntil(lambda: "The disk is gone." in [label.text() for label in _labels(found)])


def _labels(widget: QDialog) -> list[object]:
    from PySide6.QtWidgets import QLabel

    return list(widget.findChildren(QLabel))


def test_a_review_says_that_it_is_not_live(qtbot: QtBot, opened: Opened, peer: FakeStation) -> None:
    review = reviewed(qtbot, opened(peer), SECOND)
    assert review.band.words.startswith("REVIEW · not live · Berg, Anna")
    assert "now" not in " ".join(label.text() for label in _labels(review)).lower().split()  # type: ignore[attr-defined]


def test_the_room_s_alarm_stays_in_sight_and_leads_back(
    qtbot: QtBot, opened: Opened, peer: FakeStation
) -> None:
    window = opened(peer)
    review = reviewed(qtbot, window, SECOND)
    assert (
        review.y() >= window.room_view.top_bar.mapToGlobal(window.room_view.top_bar.rect().bottomLeft()).y()
    )
    window.answer_alarm()
    assert dialog(window, ReviewView) is None
    assert window.chosen == "chair-2"
    assert peer.sent == []


def test_an_alarm_of_the_covered_bed_is_first_shown_not_acknowledged(
    qtbot: QtBot, opened: Opened, peer: FakeStation
) -> None:
    window = opened(peer)
    window.choose_bed("chair-2")
    reviewed(qtbot, window, SECOND)
    peer.clock.advance(5)  # type: ignore[attr-defined]
    window.answer_alarm()
    assert dialog(window, ReviewView) is None
    assert peer.sent == []


def test_a_key_of_care_leads_back_before_it_enters_anything(
    qtbot: QtBot, opened: Opened, peer: FakeStation
) -> None:
    window = opened(peer)
    reviewed(qtbot, window, SECOND)
    window.care("usual")
    assert dialog(window, ReviewView) is None
    assert peer.sent == []


def test_choosing_a_bed_leaves_the_review(qtbot: QtBot, opened: Opened, peer: FakeStation) -> None:
    window = opened(peer)
    reviewed(qtbot, window, SECOND)
    window.choose_bed(window.chosen)
    assert dialog(window, ReviewView) is None


def test_a_moment_brings_its_waves(qtbot: QtBot, opened: Opened, peer: FakeStation) -> None:
    review = reviewed(qtbot, opened(peer), SECOND)
    at = peer.kept[SECOND].until - 1000
    review.ribbons[0].moment_chosen.emit(at)
    qtbot.waitUntil(lambda: review.waves.waves is not None)
    assert review.waves.waves is not None
    assert (review.waves.waves.start, review.waves.waves.end) == (at - 5, at + 5)
    review.step_waves(1)
    qtbot.waitUntil(lambda: review.waves.waves is not None and review.waves.waves.start == at + 5)
    assert "ECG" in review.waves.accessibleName()


def test_two_days_show_the_same_stretch_from_their_zeros(
    qtbot: QtBot, opened: Opened, peer: FakeStation
) -> None:
    review = reviewed(qtbot, opened(peer), FIRST, SECOND)
    review.ribbons[0].show_width(900.0)
    spans, pasts = [each.span for each in review.ribbons], [peer.kept[name] for name in (FIRST, SECOND)]
    starts = [span.start - (past.infused_from or 0) for span, past in zip(spans, pasts, strict=True)]
    assert spans[0].width == spans[1].width == 900.0
    assert starts[0] == pytest.approx(starts[1])


def test_only_a_session_that_runs_can_be_corrected(qtbot: QtBot, opened: Opened, peer: FakeStation) -> None:
    review = reviewed(qtbot, opened(peer), SECOND)
    (record,) = review.records
    record.list.setCurrentRow(0)
    asked: list[tuple[str, int]] = []
    review.correct_asked.connect(lambda at, number: asked.append((at, number)))
    record.correct()
    assert asked == []
    peer.room = replace(peer.room, beds=(bed(1, session=SECOND),))
    review.show_running(peer.room)
    record.correct()
    assert asked == [("chair-1", len(peer.kept[SECOND].care))]


def test_a_session_that_is_gone_is_said(qtbot: QtBot, opened: Opened, peer: FakeStation) -> None:
    window = opened(peer)
    window.review_desk.review("nobody")
    review = dialog(window, ReviewView)
    assert review is not None
    qtbot.waitUntil(lambda: any("no session nobody" in label.text() for label in _labels(review)))  # type: ignore[attr-defined]


def test_every_button_of_a_review_has_a_name(qtbot: QtBot, opened: Opened, peer: FakeStation) -> None:
    review = reviewed(qtbot, opened(peer), FIRST, SECOND)
    own = [each for each in review.findChildren(QAbstractButton) if each.isVisible() and each.text()]
    assert own
    assert all(each.accessibleName() or each.text() for each in own)


# The paper


def _picture() -> bytes:
    from PySide6.QtCore import QBuffer

    image, buffer = QImage(60, 80, QImage.Format.Format_RGB32), QBuffer()
    image.fill(Qt.GlobalColor.white)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def pages(paper: Paper, *, patient: bool) -> Pages:
    report = Report(
        title="t", header="h", identifiers="i", subject="s", footer="f", simulated=False, sections=()
    )
    return Pages(report=report, paper=paper, pdf=b"%PDF", pictures=(_picture(),) * (1 if patient else 3))


def test_the_paper_is_shown_page_by_page(qtbot: QtBot) -> None:
    made = PaperDialog(SECOND, pages)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.words == "3 pages")
    made.what.setCurrentIndex(1)
    made.paper.setCurrentIndex(1)
    qtbot.waitUntil(lambda: made.words == "1 page")
    assert made.pages is not None
    assert made.pages.paper is Paper.LETTER


def test_the_pdf_is_kept_where_one_says(qtbot: QtBot, tmp_path: Path) -> None:
    made = PaperDialog(SECOND, pages)
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made.pages is not None)
    assert made.save_to(tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == b"%PDF"
    assert not made.save_to(tmp_path / "nowhere" / "a.pdf")
    assert "cannot be written" in made.words


def test_paper_that_cannot_be_set_is_said_and_nothing_is_offered(qtbot: QtBot) -> None:
    def fails(paper: Paper, *, patient: bool) -> Pages:
        msg = "The record cannot be read."
        raise ReportError(msg)

    made = PaperDialog(SECOND, fails)
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made.words == "The record cannot be read.")
    assert not made.print_button.isEnabled()


def test_pages_go_to_a_printer(qtbot: QtBot, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    lay_out(printer, Paper.LETTER)
    sheets = (_picture(), _picture())
    assert paint_on(printer, wanted(printer, sheets))
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")
    assert wanted(printer, sheets) == sheets


def test_without_a_session_there_is_nothing_to_print(opened: Opened) -> None:
    window = opened(station(bed(1, session=None)))
    window.review_desk.print_chosen()
    assert "No session runs at this bed" in window.room_view.answer_bar.sentence


def test_an_errand_tells_nobody_who_has_forgotten_it(qtbot: QtBot, qapp: object) -> None:
    from PySide6.QtCore import QObject

    owner, told = QObject(), []
    errand = Errand(lambda: 1, (), owner)
    errand.done.connect(told.append)
    errand.forget()
    qtbot.wait(60)
    assert told == []
