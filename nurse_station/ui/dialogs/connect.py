"""Connect a monitor to a bed, and see how its line does. Sends commands; decides nothing of the line."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nurse_station.station.commands import ConnectMonitor, DisconnectMonitor
from nurse_station.station.snapshots import BedSnapshot, LineSnapshot
from nurse_station.station.view import Answer, MonitorChoice, StationView
from nurse_station.ui import theme
from nurse_station.ui.bridge import Bridge
from nurse_station.ui.dialogs.connect_sources import PAGES, Page
from nurse_station.ui.dialogs.side import SideDialog, button, label_with_look
from nurse_station.ui.models.rooms import line_story

LOOK_MS = 250
LARGE_TEXT = 1.4
"""From this text scale on, the sources stand two by two: four do not fit into half a window."""


class ConnectDialog(SideDialog):
    """Stays open after `Connect`, so that one sees the line come to life."""

    def __init__(self, view: StationView, bed: str, parent: QWidget | None = None) -> None:
        super().__init__(f"Connect a monitor · {_name_of(view, bed)}", parent)
        self._view, self._bed = view, bed
        self._families = view.monitors()
        self._family = QComboBox()
        self._notes = label_with_look("small")
        self._stack = QStackedWidget()
        self._pages: list[Page] = [page(view, _name_of(view, bed)) for page in PAGES]
        self._sources: list[QPushButton] = []
        self._said = label_with_look("trouble")
        self._said.hide()
        self._lines = LinesView()
        self._build()
        self._listen()
        self._look()

    def _build(self) -> None:
        self._add_family()
        self._add_sources()
        self.foot.addWidget(self._said)
        self.body.addWidget(label_with_look("heading", "Line"))
        self.body.addWidget(self._lines)
        self.body.addStretch(1)
        self._lines.disconnect_asked.connect(self._disconnect)
        self.add_buttons(button("&Connect", self.connect_now, primary=True), button("C&lose", self.reject))

    def _add_family(self) -> None:
        for family in self._families:
            self._family.addItem(family.name)
        self._family.setAccessibleName("Monitor family")
        self._family.currentIndexChanged.connect(self._show_family)
        name = QLabel("&Monitor")
        name.setBuddy(self._family)
        for part in (name, self._family, self._notes):
            self.body.addWidget(part)
        self._show_family(self._family.currentIndex())

    def _add_sources(self) -> None:
        grid = QGridLayout()
        columns = len(self._pages) if theme.current().text_scale < LARGE_TEXT else 2
        for number, page in enumerate(self._pages):
            choice = button(page.title, partial(self.show_source, number))
            choice.setCheckable(True)
            self._sources.append(choice)
            self._stack.addWidget(page)
            page.chosen.connect(self.connect_now)
            grid.addWidget(choice, number // columns, number % columns)
        self.body.addLayout(grid)
        self.body.addWidget(self._stack)
        self.show_source(0)

    def _listen(self) -> None:
        """Answers come once: from the window's bridge where there is one, else from the station itself."""
        parent = self.parentWidget()
        bridge = parent.window().findChild(Bridge) if parent is not None else None
        self._asks_itself = bridge is None
        if bridge is not None:
            bridge.answered.connect(self.show_answer)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @property
    def family(self) -> MonitorChoice | None:
        """The family that is chosen; None: there is none to choose."""
        number = self._family.currentIndex()
        return self._families[number] if 0 <= number < len(self._families) else None

    @Slot(int)
    def show_source(self, number: int) -> None:
        """Show the page of the source with that number, from 0."""
        for place, choice in enumerate(self._sources):
            choice.setChecked(place == number)
            theme.set_look(choice, "primary" if place == number else "")
        self._stack.setCurrentIndex(number)
        first = self._pages[number].nextInFocusChain()
        if self.isVisible() and first is not None:
            first.setFocus()
        self._said.hide()

    @Slot(int)
    def _show_family(self, number: int) -> None:
        family = self._families[number] if 0 <= number < len(self._families) else None
        words = [] if family is None else [", ".join(family.models), f"Line: {family.line}", family.notes]
        self._notes.setText("\n".join(line for line in words if line))

    @Slot()
    def connect_now(self) -> None:
        """Ask the station for what is chosen, or say why that cannot be."""
        source, family = self._pages[self._stack.currentIndex()].source(), self.family
        if family is None:
            self._say("No monitor family is known.", "trouble")
        elif source.refusal:
            self._say(source.refusal, "trouble")
        else:
            self._say("Asked; waiting for the station.", "dim")
            self._view.send(
                ConnectMonitor(
                    bed=self._bed, driver=family.key, kind=source.kind, port=source.port,
                    serial_number=source.serial_number, speed=source.speed, seed=source.seed,
                )
            )  # fmt: skip

    @Slot(str)
    def _disconnect(self, source: str) -> None:
        self._view.send(DisconnectMonitor(bed=self._bed, source=source))

    @Slot(object)
    def show_answer(self, answer: Answer) -> None:
        """Show what became of a command of this bed."""
        if answer.bed in (self._bed, ""):
            self._say(answer.sentence, "good" if answer.done else "trouble")

    def _say(self, sentence: str, look: str) -> None:
        self._said.setText(sentence)
        theme.set_look(self._said, look)
        self._said.show()

    @Slot()
    def _look(self) -> None:
        if self._asks_itself:
            for answer in self._view.answers():
                self.show_answer(answer)
        bed = _bed_of(self._view, self._bed)
        self._lines.show_lines(bed.lines if bed is not None else (), self._view.clock.now())


class LinesView(QWidget):
    """The raw state of a bed's lines, each with its Disconnect."""

    disconnect_asked = Signal(str)
    """The source of the line to close."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._none = label_with_look("dim", "Not connected.")
        self._column.addWidget(self._none)
        self._rows: dict[str, LineRow] = {}

    def show_lines(self, lines: tuple[LineSnapshot, ...], now: float) -> None:
        """Show these lines as they are at monotonic second `now`."""
        for source in self._rows.keys() - {line.source for line in lines}:
            self._rows.pop(source).deleteLater()
        for line in lines:
            row = self._rows.get(line.source) or self._new_row(line)
            row.story.setText(line_story(line, now))
        self._none.setVisible(not lines)

    def _new_row(self, line: LineSnapshot) -> "LineRow":
        source = line.source
        row = self._rows[source] = LineRow(line, lambda: self.disconnect_asked.emit(source))
        self._column.addWidget(row)
        return row


class LineRow(QWidget):
    """One line: its story and its button."""

    def __init__(self, line: LineSnapshot, ask: Callable[[], object]) -> None:
        super().__init__()
        self.story = label_with_look("small")
        self.story.setAccessibleName(f"State of the line to {line.monitor}")
        self.button = button("&Disconnect", ask, f"Disconnect {line.monitor}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.story, 1)
        row.addWidget(self.button)


def _bed_of(view: StationView, key: str) -> BedSnapshot | None:
    return next((bed for bed in view.snapshot().beds if bed.bed == key), None)


def _name_of(view: StationView, key: str) -> str:
    bed = _bed_of(view, key)
    return key if bed is None else bed.name
