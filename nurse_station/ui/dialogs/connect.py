"""Connect a monitor to a bed, and see how its line does. Sends commands; decides nothing of the line."""

from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QGridLayout, QPushButton, QStackedWidget, QWidget

from nurse_station.station.commands import ConnectMonitor, DisconnectMonitor, PortKind, why_apart
from nurse_station.station.snapshots import BedSnapshot
from nurse_station.station.view import Answer, Recognised, Recognition, RecognitionState, StationView
from nurse_station.ui import theme
from nurse_station.ui.bridge import Bridge
from nurse_station.ui.dialogs.connect_family import NONE_KNOWN, FamilyChoice
from nurse_station.ui.dialogs.connect_finding import Finding
from nurse_station.ui.dialogs.connect_lines import LinesView
from nurse_station.ui.dialogs.connect_sources import PAGES, Page, SimulatorPage, Source
from nurse_station.ui.dialogs.side import EDGE, SideDialog, button, label_with_look

LOOK_MS = 250
HEIGHT_PX = 680
LARGE_TEXT = 1.4
"""From this text scale on, the sources stand two by two: four do not fit into half a window."""


class ConnectDialog(SideDialog):
    """Stays open after `Connect`, so that one sees the line come to life."""

    def __init__(self, view: StationView, bed: str, parent: QWidget | None = None) -> None:
        super().__init__(f"Connect a monitor · {_name_of(view, bed)}", parent)
        self._view, self._bed = view, bed
        self._practice = view.snapshot().practice
        self._family = FamilyChoice(view.monitors())
        self._finding = Finding(_name_of(view, bed))
        self._recognition: Recognition | None = None
        self._stack = QStackedWidget()
        self._pages: list[Page] = [page(view, _name_of(view, bed)) for page in PAGES]
        self._sources: list[QPushButton] = []
        self._said = label_with_look("trouble")
        self._said.hide()
        self._lines = LinesView()
        self._go = button("&Connect", self.connect_now, primary=True)
        self._build()
        self._listen()
        self._look()

    def _build(self) -> None:
        self._add_sources()
        self.body.addWidget(self._family)
        self.body.addWidget(self._finding)
        self.foot.addWidget(self._said)
        self.body.addWidget(label_with_look("heading", "Line"))
        self.body.addWidget(self._lines)
        self.body.addStretch(1)
        self._lines.disconnect_asked.connect(self._disconnect)
        self._family.changed.connect(self._stop_finding)
        self.finished.connect(self._stop_finding)
        self.add_buttons(self._go, button("C&lose", self.reject))
        self.show_source(PAGES.index(SimulatorPage) if self._practice else 0)

    def _add_sources(self) -> None:
        grid = QGridLayout()
        columns = len(self._pages) if theme.current().text_scale < LARGE_TEXT else 2
        for number, page in enumerate(self._pages):
            choice = button(page.title, partial(self.show_source, number))
            choice.setCheckable(True)
            choice.setEnabled(not self._why_apart(page))
            choice.setToolTip(self._why_apart(page))
            self._sources.append(choice)
            self._stack.addWidget(page)
            page.chosen.connect(self.connect_now)
            grid.addWidget(choice, number // columns, number % columns)
        self.body.addLayout(grid)
        self.body.addWidget(label_with_look("small", next(filter(None, map(self._why_apart, self._pages)))))
        self.body.addWidget(self._stack)

    def _why_apart(self, page: Page) -> str:
        return why_apart(page.kind, practice=self._practice)

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

    def _stand_beside(self) -> None:
        """As high as it will be once something is being found out: it must not jump under the finger."""
        super()._stand_beside()
        parent = self.parentWidget()
        bottom = parent.window().frameGeometry().bottom() - EDGE if parent is not None else self.height()
        height = min(theme.current().size(HEIGHT_PX), bottom - self.geometry().top())
        self.resize(self.width(), max(self.height(), height))

    @Slot(int)
    def show_source(self, number: int) -> None:
        """Show the page of the source with that number, from 0; one that is kept apart is not shown."""
        if self._why_apart(self._pages[number]):
            return
        for place, choice in enumerate(self._sources):
            choice.setChecked(place == number)
            theme.set_look(choice, "primary" if place == number else "")
        self._stack.setCurrentIndex(number)
        self._family.let_find_out(self._is_port)
        first = self._page.nextInFocusChain()
        if self.isVisible() and first is not None:
            first.setFocus()
        self._said.hide()

    @property
    def _page(self) -> Page:
        return self._pages[self._stack.currentIndex()]

    @property
    def _is_port(self) -> bool:
        return self._page.kind is PortKind.SERIAL

    @property
    def _found(self) -> Recognised | None:
        return None if self._recognition is None else self._recognition.picture().found

    @property
    def _running(self) -> bool:
        recognition = self._recognition
        return recognition is not None and recognition.picture().state is RecognitionState.RUNNING

    @Slot()
    def connect_now(self) -> None:
        """Ask the station for what is chosen, or say why that cannot be; first find out what it is."""
        self._follow_choice()
        source, family, found = self._page.source(), self._family.family, self._found
        if source.refusal:
            self._say(source.refusal, "trouble")
        elif family is not None:
            self._connect(source, family.key, self._family.baud_rate if self._is_port else None)
        elif not self._family.families:
            self._say(NONE_KNOWN, "trouble")
        elif found is not None:
            self._family.choose(found.family, found.baud_rate)  # so that a refusal loses nothing
            self._connect(source, found.family, found.baud_rate)
        elif self._running:
            self._stop_finding()
        else:
            self._find_out(source)

    def _connect(self, source: Source, family: str, baud_rate: int | None) -> None:
        self._stop_finding()
        self._say("Asked; waiting for the station.", "dim")
        self._view.send(
            ConnectMonitor(
                bed=self._bed, driver=family, kind=source.kind, port=source.port, baud_rate=baud_rate,
                serial_number=source.serial_number, speed=source.speed, seed=source.seed,
            )
        )  # fmt: skip

    def _find_out(self, source: Source) -> None:
        self._said.hide()
        self._recognition = self._view.identify(source.port)
        self._look()

    @Slot()
    def _stop_finding(self) -> None:
        if self._recognition is not None:
            self._recognition.stop()
        self._recognition = None
        self._finding.hide()
        self._name_the_key()

    def _follow_choice(self) -> None:
        """What was found out is of the port that was chosen then."""
        recognition = self._recognition
        if recognition is not None and recognition.picture().port != self._page.source().port:
            self._stop_finding()

    def _name_the_key(self) -> None:
        """The one key does what is next."""
        finds_out = self._family.family is None and self._found is None
        words = "St&op" if self._running else "&Find out" if finds_out else "&Connect"
        if self._go.text() != words:
            self._go.setText(words)
            self._go.setAccessibleName(words.replace("&", ""))

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
        self._follow_choice()
        if self._recognition is not None:
            self._finding.show_picture(self._recognition.picture())
        self._name_the_key()
        bed = _bed_of(self._view, self._bed)
        self._lines.show_lines(bed.lines if bed is not None else (), self._view.clock.now())


def _bed_of(view: StationView, key: str) -> BedSnapshot | None:
    return next((bed for bed in view.snapshot().beds if bed.bed == key), None)


def _name_of(view: StationView, key: str) -> str:
    bed = _bed_of(view, key)
    return key if bed is None else bed.name
