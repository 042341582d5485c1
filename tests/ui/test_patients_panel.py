"""The list of patients and courses beside the window."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from pytestqt.qtbot import QtBot
from room import PATIENT, FakeStation, bed, station

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem, QTreeWidgetItemIterator

from nurse_station.infusion.protocol_files import factory_folder, load_all
from nurse_station.sessions.course import Day
from nurse_station.sessions.states import State
from nurse_station.station.view import PatientDay
from nurse_station.ui.models.day_courses import EMPTY, NOBODY, patients
from nurse_station.ui.views.patients import PatientsPanel, open_patients
from nurse_station.ui.window import MainWindow

Opener = Callable[..., MainWindow]
ANNA = PatientDay(
    session="s1", patient=PATIENT, course="1", day=1, days=5, bed="Chair 1", state=State.DISCHARGED,
    started=datetime(2026, 1, 4, 8, tzinfo=UTC),
    outcome=Day(day=1, on=date(2026, 1, 4), pain_before=8, pain_after=4, benefit=True, given_mg=71.2,
                stopped_early=False),
)  # fmt: skip
UTE = replace(ANNA, session="s2", patient=replace(PATIENT, name="Adler, Ute", number="9"), outcome=None)


def opened_panel(opened: Opener, qtbot: QtBot, *days: PatientDay) -> tuple[FakeStation, PatientsPanel]:
    peer = station(bed(1))
    peer.past_days = days
    panel = open_patients(peer, opened(peer))
    qtbot.waitUntil(lambda: not panel._timer.isActive())
    return peer, panel


def lines(panel: PatientsPanel) -> list[str]:
    found, walk = [], QTreeWidgetItemIterator(panel.tree)
    while walk.value() is not None:
        item: QTreeWidgetItem = walk.value()
        found.append("  ".join(item.text(column) for column in range(panel.tree.columnCount())).strip())
        walk += 1  # type: ignore[assignment, operator]
    return found


def test_a_patient_has_courses_and_days(opened: Opener, qtbot: QtBot) -> None:
    _, panel = opened_panel(opened, qtbot, ANNA)
    assert lines(panel) == [
        "Berg, Anna", "born 1980-04-02 · no. 4417", "Course 1",
        "2026-01-04 · day 1 of 5 · Chair 1  discharged  71.2 mg  8 → 4  yes",
    ]  # fmt: skip


def test_an_empty_record_says_what_to_do(opened: Opener, qtbot: QtBot) -> None:
    _, panel = opened_panel(opened, qtbot)
    assert panel._said.text() == EMPTY
    assert not panel.tree.isVisible()


def test_words_search_name_number_and_date(opened: Opener, qtbot: QtBot) -> None:
    _, panel = opened_panel(opened, qtbot, ANNA, UTE)
    for search, name in (("anna", "Berg, Anna"), ("4417", "Berg, Anna"), ("adl 2026-01-04", "Adler, Ute")):
        panel.search.setText(search)
        assert [line for line in lines(panel) if ", " in line and "·" not in line] == [name]
    panel.search.setText("nobody")
    assert panel._said.text() == NOBODY


def test_a_record_that_cannot_be_read_is_said(opened: Opener, qtbot: QtBot) -> None:
    peer = station(bed(1))

    def fail() -> tuple[PatientDay, ...]:
        msg = "the disk is gone"
        raise OSError(msg)

    peer.days = fail  # type: ignore[method-assign]
    panel = open_patients(peer, opened(peer))
    qtbot.waitUntil(lambda: "the disk is gone" in panel._said.text())


def test_one_key_opens_it_and_again_reads_anew(opened: Opener, qtbot: QtBot) -> None:
    peer = station(bed(1))
    window = opened(peer)
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    [panel] = window.findChildren(PatientsPanel)
    peer.past_days = (ANNA,)
    assert open_patients(peer, window) is panel
    qtbot.waitUntil(lambda: len(lines(panel)) == 4)


def test_a_day_is_advised_by_the_protocol_that_it_names() -> None:
    """Both protocols have courses of five days; only the clinic's own reviews after one month."""
    shipped = load_all(factory_folder())
    usual = shipped["crps_4h_titrated"]
    ours = replace(usual, key="ours", course=replace(usual.course, review_months=(1,)))
    assert ANNA.outcome is not None
    last = replace(ANNA, day=5, outcome=replace(ANNA.outcome, day=5))
    reviews = {}
    for named in ("crps_4h_titrated", "ours", ""):
        [one] = patients((replace(last, protocol=named),), "", {**shipped, "ours": ours})
        reviews[named] = one.courses[0].advice[0]
    assert "2026-02-04" in reviews["ours"]
    assert "2026-02-04" not in reviews["crps_4h_titrated"]
    assert reviews[""] == reviews["crps_4h_titrated"]
