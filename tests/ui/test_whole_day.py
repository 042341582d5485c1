"""A whole day by keyboard through the real window, with a real station and a simulated monitor behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from nurse_station.records import writer
from nurse_station.sessions.deeds import RateSet
from nurse_station.sessions.states import State
from nurse_station.station.commands import ConnectMonitor, PortKind
from nurse_station.station.snapshots import CareSnapshot
from nurse_station.station.station import Station
from nurse_station.ui.dialogs.day_form import DayForm
from nurse_station.ui.dialogs.rate import RateDialog
from nurse_station.ui.window import MainWindow
from nurse_station.vitals.clock import ManualClock
from tests.station.rooms import bed_of, opened, run
from tests.ui.shown import shown

Key = Qt.Key
Control = Qt.KeyboardModifier.ControlModifier
Plain = Qt.KeyboardModifier.NoModifier


@dataclass
class Nurse:
    """Somebody who has a keyboard and nothing else."""

    station: Station
    clock: ManualClock
    window: MainWindow
    qtbot: QtBot

    @property
    def care(self) -> CareSnapshot:
        found = bed_of(self.station).care
        assert found is not None
        return found

    @property
    def state(self) -> State:
        return self.care.summary.state

    def wait(self, minutes: float) -> None:
        """Time passes, and the window looks."""
        run(self.station, self.clock, minutes * 60, step=2.0)
        self.look()

    def look(self) -> None:
        run(self.station, self.clock, 0.5, step=0.25)
        self.window.bridge.look()
        if QApplication.activeWindow() is None:  # a panel closed; a window system gives the keyboard back
            self.window.activateWindow()
        for form in self.window.findChildren(DayForm):
            if form.isVisible():
                form.look()
        QCoreApplication.processEvents()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Plain) -> None:
        self.qtbot.keyClick(self._focus(), key, modifier)
        self.look()

    def write(self, text: str) -> None:
        """Into the field that has the keyboard, in place of what stands there."""
        field = self._focus()
        assert isinstance(field, QLineEdit), field
        field.selectAll()
        self.qtbot.keyClicks(field, text)
        self.look()

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def fill(self, form: str, **texts: str) -> None:
        """Fields of a form by their names, and Enter."""
        for name, text in texts.items():
            self._field(form, name).setFocus()
            self.write(text)
        self.press(Key.Key_Return)

    def _field(self, form: str, name: str) -> QLineEdit:
        field = self.window.findChild(QLineEdit, f"{form}_{name}")
        assert field is not None, f"{form}_{name}"
        return field

    def until_open(self, form: str) -> None:
        """Until its first button may be pressed."""

        def open_now() -> bool:
            self.look()
            return any(
                each.key == form and each.primary.isEnabled() for each in self.window.findChildren(DayForm)
            )

        self.qtbot.waitUntil(open_now, timeout=5000)

    def shown(self, form: str) -> bool:
        return any(each.key == form and each.isVisible() for each in self.window.findChildren(DayForm))

    def pump(self, key: Qt.Key, dose: str, shows: str) -> None:
        """What is meant, and what the pump shows."""
        self.press(key)
        panel = next(each for each in self.window.findChildren(RateDialog) if each.isVisible())
        for name, text in (("mg_kg_h", dose), ("pump_ml_h", shows)):
            panel.fields[name].setFocus()
            panel.fields[name].selectAll()
            self.qtbot.keyClicks(panel.fields[name], text)
        assert panel.record.isEnabled(), (list(panel.findings.rows), panel._told.text())
        self.qtbot.keyClick(panel.fields["pump_ml_h"], Key.Key_Return)
        self.look()
        panel.look()
        assert not panel.isVisible()

    def round(self, pressure: str = "124/76") -> None:
        """What is asked again and again: pressure, responsiveness, everything else as usual, the pain."""
        self.press(Key.Key_P)
        self.write(pressure)
        self.press(Key.Key_Return)
        self.press(Key.Key_R)
        self.press(Key.Key_U)
        self.write("4")
        self.press(Key.Key_Return)


@pytest.fixture
def nurse(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Nurse]:
    monkeypatch.setattr(writer, "STUCK_S", 1e9)  # a disk is slow beside a clock moved by hand
    clock = ManualClock(1000.0)
    with opened(tmp_path, clock) as station:
        station.send(ConnectMonitor(bed="chair-1", driver="masimo-ascii1", kind=PortKind.SIMULATOR, seed=3))
        run(station, clock, 5, step=0.5)
        with shown(station, qtbot) as window:
            yield Nurse(station, clock, window, qtbot)


def before_the_start(nurse: Nurse) -> None:
    nurse.press(Key.Key_D, Control)
    nurse.fill("patient", name="Berg, Anna", born="1984-03-02", weight_kg="70")
    for _ in range(2):  # both identifiers agree
        nurse.press(Key.Key_Space)
        nurse.press(Key.Key_Return)
    assert nurse.care.session.patient is not None
    assert nurse.shown("screening")
    nurse.until_open("screening")  # the list of days is read beside
    nurse.press(Key.Key_Return)
    assert nurse.state is State.SCREENING
    for _ in range(16):
        nurse.press(Key.Key_N)
    nurse.press(Key.Key_Return)
    assert nurse.state is State.BASELINE
    order(nurse)
    baseline(nurse)
    assert nurse.state is State.READY
    nurse.fill("ready", prescriber="Dr Stone", nurse="Ben Moss", escort="Carl Berg", phone="555-0100")


def order(nurse: Nurse) -> None:
    if not nurse.shown("order"):
        nurse.press(Key.Key_D, Control)
    nurse.fill("order", prescriber="Dr Stone", lot="L1", expiry="2099-01-01")
    assert nurse.care.session.order is not None


def baseline(nurse: Nurse) -> None:
    if not nurse.shown("baseline"):
        nurse.press(Key.Key_D, Control)
    for _ in range(3):
        nurse.fill("baseline", nibp_sys="120", nibp_dia="72", rr_imp="14")
        nurse.wait(2.6)
    nurse.press(Key.Key_Return)


def test_a_day_from_arrival_to_going_home(nurse: Nurse) -> None:
    before_the_start(nurse)
    nurse.pump(Key.Key_Return, "0.1", "7")
    assert nurse.state is State.INFUSING
    for dose, shows in (("0.2", "14"), ("0.3", "21")):
        nurse.wait(14)
        nurse.round()
        nurse.wait(16)
        nurse.round()
        nurse.pump(Key.Key_F5, dose, shows)
    nurse.wait(10)
    nurse.round("168/96")
    nurse.press(Key.Key_F7)
    nurse.press(Key.Key_Down)  # to the first of the reasons
    nurse.press(Key.Key_Return)
    assert nurse.state is State.HOLD
    nurse.wait(10)
    nurse.round()
    nurse.press(Key.Key_F7)
    assert nurse.state is State.INFUSING
    nurse.wait(11)
    nurse.round()
    nurse.pump(Key.Key_F5, "0.35", "24.5")
    nurse.wait(5)
    nurse.press(Key.Key_3, Control)
    nurse.press(Key.Key_F10)  # a hold is proposed
    nurse.press(Key.Key_Return)
    assert nurse.state is State.HOLD
    nurse.wait(5)
    nurse.round()
    nurse.press(Key.Key_F3)
    nurse.press(Key.Key_F7)
    nurse.wait(5)
    nurse.press(Key.Key_F9)
    nurse.press(Key.Key_Down)
    nurse.press(Key.Key_Return)
    assert nurse.state is State.RECOVERY
    go_home(nurse)
    assert nurse.state is State.DISCHARGED
    said = "\n".join(nurse.window.room_view.bed_view.record.words)
    wanted = (
        "Patient confirmed: Berg, Anna", "Infusion started at 0.1 mg/kg/h", "raised to 0.35 mg/kg/h",
        "Rate held", "MOAA/S 3", "Infusion stopped", "Discharged",
    )  # fmt: skip
    for words in wanted:
        assert words in said


def go_home(nurse: Nurse) -> None:
    for _ in range(4):
        nurse.wait(15.2)
        nurse.round()
    nurse.press(Key.Key_D, Control)
    form = next(each for each in nurse.window.findChildren(DayForm) if each.key == "discharge")
    nurse.qtbot.waitUntil(lambda: form.isAncestorOf(QApplication.focusWidget() or nurse.window), timeout=5000)
    for key in (*[Key.Key_2] * 10, *[Key.Key_Y] * 4):  # what was just asked stands already
        nurse.press(key)
    nurse.press(Key.Key_Return)
    assert nurse.state is State.DISCHARGE_READY
    nurse.press(Key.Key_Return)


README = (
    # keys, and what the day has come to with them; text is written as it stands
    ((Key.Key_F, "patient"), Key.Key_Return, State.DRAFT),
    (Key.Key_Return, State.SCREENING),
    ((Key.Key_F, "screening"), Key.Key_Return, State.BASELINE),
    ((Key.Key_F, "order"), Key.Key_Return, State.BASELINE),
    *(((Key.Key_F, "baseline"), Key.Key_Return, State.BASELINE) for _ in range(3)),
    ((Key.Key_F, "baseline"), Key.Key_Return, State.READY),
    ((Key.Key_F, "ready"), Key.Key_Return, Key.Key_Return, "7", Key.Key_Return, State.INFUSING),
    (Key.Key_P, "122/74", Key.Key_Return, Key.Key_R, Key.Key_U, "3", Key.Key_Return, State.INFUSING),
    (Key.Key_F5, "14", Key.Key_Return, Key.Key_Down, Key.Key_Return, "practice", Key.Key_Return,
     State.INFUSING),
    (Key.Key_F9, Key.Key_Down, Key.Key_Return, State.RECOVERY),
)  # fmt: skip
"""README, "An infusion day, in three minutes", line by line; F stands for Alt+F in that form."""


def test_the_day_of_the_readme_needs_its_keys_and_no_waiting(nurse: Nurse) -> None:
    nurse.press(Key.Key_D, Control)
    for line in README:
        if line == (Key.Key_Return, State.SCREENING):
            nurse.until_open("screening")  # the list of days is read beside
        for each in line:
            if isinstance(each, State):
                assert nurse.state is each, line
            elif isinstance(each, tuple):
                fill(nurse, each[1])
            elif isinstance(each, str):
                to_the_panel(nurse)
                nurse.qtbot.keyClicks(nurse._focus(), each)
            else:
                to_the_panel(nurse)
                nurse.press(each)
                nurse.wait(2 / 60)  # two seconds a key
                to_the_panel(nurse)
    rates = [entry for entry in nurse.care.entries if isinstance(entry.deed, RateSet)]
    assert [each.rule for entry in rates for each in entry.overrides] == ["R6:interval"]
    assert nurse.care.seen.at - nurse.care.entries[0].at < 180


def to_the_panel(nurse: Nurse) -> None:
    """A window system gives the keyboard to the panel that was opened last; this platform has none."""
    panels = [each for each in nurse.window.findChildren(RateDialog) if each.isVisible()]
    for panel in panels:
        panel.look()
    shown = [each for each in panels if each.isVisible()]
    forms = [each for each in nurse.window.findChildren(DayForm) if each.isVisible()]
    if not shown and not forms and QApplication.activeWindow() is not nurse.window:
        with nurse.qtbot.waitActive(nurse.window):
            nurse.window.activateWindow()
        nurse.look()
    if shown and QApplication.activeWindow() is not shown[0]:
        shown[0].activateWindow()
        QCoreApplication.processEvents()


def fill(nurse: Nurse, form: str) -> None:
    button = nurse.window.findChild(QPushButton, f"{form}_practice")
    assert button is not None
    assert button.text().replace("&F", "F") == "Fill for practice"
    button.click()
    nurse.wait(2 / 60)
