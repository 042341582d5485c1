"""Patients with their courses and days, searched by name, number or date. Changes nothing."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QSizePolicy,
    QSpacerItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from nurse_station.station.view import StationView
from nurse_station.ui import theme
from nurse_station.ui.dialogs.side import SideDialog, button, label_with_look
from nurse_station.ui.models.day_courses import EMPTY, HEADINGS, NOBODY, CourseShown, PatientShown, patients
from nurse_station.ui.models.day_reading import DaysReading

LOOK_MS = 100
LEAST_PX, WISH_PX = 320, 720
READING = "Reading the record…"


class PatientsPanel(SideDialog):
    """Reads the record once each time it is opened, beside the screen's own thread."""

    reaches_down = True

    def __init__(self, view: StationView, parent: QWidget | None = None) -> None:
        super().__init__("Patients and courses", parent)
        self.setObjectName("patients")
        self._view = view
        self.search, self.tree = QLineEdit(), QTreeWidget()
        self._said = label_with_look("dim", READING)
        self._build()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self.read()

    def _build(self) -> None:
        self.search.setObjectName("patients_search")
        self.search.setAccessibleName("Search by name, number or date")
        self.search.setPlaceholderText("Name, number, or date as 2026-01-05")
        self.search.setToolTip("All words must be found; any part of one is enough")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._show)
        self.tree.setObjectName("patients_tree")
        self.tree.setAccessibleName("Patients, courses and days")
        self.tree.setHeaderLabels(list(HEADINGS))
        self.tree.setWordWrap(True)
        self.tree.setMinimumHeight(theme.current().size(LEAST_PX))
        header = self.tree.header()
        header.setStretchLastSection(False)
        for column in range(len(HEADINGS)):
            mode = QHeaderView.ResizeMode.Stretch if column == 0 else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(column, mode)
        self._said.setObjectName("patients_said")
        wish = theme.current().size(WISH_PX)
        self.body.addItem(QSpacerItem(wish, 0, QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed))
        for part in (self.search, self._said, self.tree):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.body.setStretchFactor(self.tree, 100)
        again = button("&Read again", self.read)
        again.setObjectName("patients_read")
        again.setToolTip("What was recorded since this panel was opened")
        self.add_buttons(again, button("C&lose", self.reject))
        self.search.setFocus()

    def read(self) -> None:
        """Look into the record anew."""
        self._reading = DaysReading(self._view)
        self._say(READING)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Whether the record was read."""
        if self._reading.done:
            self._timer.stop()
            self._show()

    @Slot()
    def _show(self) -> None:
        if not self._reading.done:
            return
        days = self._reading.days
        found = patients(days, self.search.text(), self._view.protocols())
        self._say(self._reading.trouble or (EMPTY if not days else NOBODY if not found else ""))
        self.tree.setVisible(bool(found))
        self.tree.clear()
        for place, patient in enumerate(found):
            self._add(patient, opened=place == 0 or len(found) <= 3)

    def _add(self, patient: PatientShown, *, opened: bool) -> None:
        top = _item((patient.title,))
        top.setFont(0, theme.current().font(14, bold=True))
        self.tree.addTopLevelItem(top)
        top.setFirstColumnSpanned(True)
        known_by = _item((patient.known_by,))
        top.addChild(known_by)
        known_by.setFirstColumnSpanned(True)
        for course in patient.courses:
            _add_course(top, course)
        top.setExpanded(opened)

    def _say(self, words: str) -> None:
        self._said.setText(words)
        self._said.setVisible(bool(words))


def _add_course(top: QTreeWidgetItem, course: CourseShown) -> None:
    under = _item((course.title,))
    top.addChild(under)
    under.setFirstColumnSpanned(True)
    for said in course.advice:
        line = _item((f"▲ {said}",))
        under.addChild(line)
        line.setFirstColumnSpanned(True)
    under.setExpanded(True)
    for day in course.days:
        under.addChild(_item(day))


def _item(words: Sequence[str]) -> QTreeWidgetItem:
    item = QTreeWidgetItem(list(words))
    for column, said in enumerate(words):
        item.setToolTip(column, said)
    return item


def open_patients(view: StationView, window: QWidget) -> PatientsPanel:
    """Open the list beside the window; one that is open comes to the front and is read anew."""
    there = [panel for panel in window.findChildren(PatientsPanel) if panel.isVisible()]
    panel = there[0] if there else PatientsPanel(view, window)
    if there:
        panel.read()
    panel.show()
    panel.activateWindow()
    return panel
