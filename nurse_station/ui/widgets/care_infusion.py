"""The infusion as it runs: dose, limits, ends, the next step, and the buttons of the pump. Sends nothing."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from nurse_station.sessions.states import State
from nurse_station.ui.models.care import InfusionShown
from nurse_station.ui.models.care_acts import ACTS, CareAct, acts
from nurse_station.ui.theme import current, set_look
from nurse_station.ui.widgets.labels import ElidedLabel, WordsLabel

DOSE_PX = 38
COLUMNS = 3
UNSURE = "Confirm the patient first"


class ShareBar(QWidget):
    """How much of the order's total was given, as a thin bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float | None) -> None:
        self.setVisible(share is not None)
        if share != self._share:
            self._share = share
            said = "" if share is None else f"{share * 100:.0f} % of the order's total was given"
            self.setToolTip(said)
            self.setAccessibleName(said)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(100, current().size(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        theme, box = current(), QRectF(self.rect())
        for width, token in ((1.0, "line"), (min(self._share or 0.0, 1.0), "drug")):
            painter.setBrush(theme.colour(token))
            painter.drawRoundedRect(
                box.adjusted(0, 0, -box.width() * (1 - width), 0), box.height() / 2, box.height() / 2
            )
        painter.end()


class EmergencyHead(QFrame):
    """That there is an emergency, for how long, and what is to be done first. It does not flash."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, "emergency_head")
        self._clock, self._first = WordsLabel("emergency_clock"), WordsLabel("emergency_first")
        self._first.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setSpacing(current().size(4))
        column.addWidget(self._clock)
        column.addWidget(self._first)
        self.hide()

    @property
    def words(self) -> tuple[str, str]:
        """What is said: the clock, and what to do."""
        return self._clock.text(), self._first.text()

    def show_emergency(self, clock: str, first: tuple[str, ...]) -> None:
        """Empty words: there is none."""
        self._clock.show_words(clock)
        self._first.show_words("\n".join(first))
        self.setAccessibleName(" ".join((clock, *first)))
        self.setVisible(bool(clock))


class CareInfusion(QWidget):
    """Says an InfusionShown.

    Signals:
        act_asked: Key of an act (`care_acts.ACTS`).
    """

    act_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.emergency, self._above = EmergencyHead(), WordsLabel("doubtful")
        self._state = ElidedLabel("heading", keep=120)
        self._drug = ElidedLabel("small")
        self._dose = WordsLabel("dose")
        self._unit = WordsLabel("dim", "mg/kg/h")
        self._rate, self._rates = WordsLabel("rate"), WordsLabel("small")
        self._given, self._allowed, self._ends = (WordsLabel(look) for look in ("", "small", "small"))
        self._share = ShareBar()
        self._next, self._why_not, self._waits = (
            WordsLabel("heading"),
            WordsLabel("small"),
            WordsLabel("small"),
        )
        self.buttons = {act.key: self._button(act) for act in ACTS}
        self._grid = QGridLayout()
        self._width: int | None = None
        self._shown: tuple[State, bool] | None = None
        self._arrange()

    def _button(self, act: CareAct) -> QPushButton:
        made = QPushButton(f"{act.words}  {act.keys}")
        set_look(made, act.look)
        made.setAccessibleName(act.words.rstrip("…"))
        made.setToolTip(f"{act.words.rstrip('…')}  {act.keys}")
        made.setAutoDefault(True)
        made.clicked.connect(lambda: self.act_asked.emit(act.key))
        made.hide()
        return made

    def _arrange(self) -> None:
        size = current().size
        for label in (self._above, self._given, self._allowed, self._ends, self._next, self._why_not,
                      self._waits):  # fmt: skip
            label.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(size(3))
        large, right = QHBoxLayout(), QVBoxLayout()
        right.setSpacing(0)
        for label in (self._rate, self._rates):
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            right.addWidget(label)
        large.addWidget(self._dose)
        large.addWidget(self._unit, 0, Qt.AlignmentFlag.AlignBottom)
        large.addStretch(1)
        large.addLayout(right)
        self._grid.setSpacing(size(6))
        column.addWidget(self.emergency)
        column.addWidget(self._state)
        column.addWidget(self._drug)
        column.addLayout(large)
        for part in (self._above, self._given, self._share, self._allowed, self._ends, self._next,
                     self._why_not, self._waits):  # fmt: skip
            column.addWidget(part)
        column.addLayout(self._grid)

    def show_infusion(self, shown: InfusionShown, state: State, *, unsure: bool) -> None:
        """As it is now; while the patient is to be confirmed only what lessens can be done."""
        self.emergency.show_emergency(shown.emergency, shown.first)
        self._state.show_words(shown.state)
        self._state.setVisible(not shown.emergency)
        self._drug.show_words(shown.drug)
        self._dose.show_words(shown.dose)
        self._dose.setAccessibleName(f"{shown.dose} mg/kg/h")
        self._share.show_share(shown.share)
        above = f"▲ {shown.above}" if shown.above else ""
        rows = (
            (self._above, above), (self._rate, shown.rate), (self._rates, shown.rates),
            (self._next, shown.next), (self._why_not, shown.why_not), (self._waits, _listed(shown.waits)),
        )  # fmt: skip
        for label, said in rows:
            label.show_words(said)
            label.setVisible(bool(said))
        for line, said in (
            (self._given, shown.given),
            (self._allowed, shown.allowed),
            (self._ends, shown.ends),
        ):
            line.show_words(said)
            line.setVisible(bool(said))
        for part in (self._dose, self._unit):
            part.setVisible(bool(shown.drug))
        self._offer(state, unsure)

    def _offer(self, state: State, unsure: bool) -> None:
        if self._shown == (state, unsure):
            return
        self._shown = (state, unsure)
        for button in self.buttons.values():
            self._grid.removeWidget(button)
            button.hide()
        for act in acts(state):
            button = self.buttons[act.key]
            button.setEnabled(act.lessens or not unsure)
            button.setToolTip(f"{act.words.rstrip('…')}  {act.keys}" if button.isEnabled() else UNSURE)
            button.show()
        self._place()

    def fit(self, width: int) -> None:
        """Three buttons in a row where the panel is so wide, else two: none may run out of it."""
        self._width = width
        self._place()

    def _place(self) -> None:
        shown = [self.buttons[act.key] for act in acts(self._shown[0])] if self._shown is not None else []
        for button in shown:
            button.ensurePolished()
        rows = [shown[at : at + COLUMNS] for at in range(0, len(shown), COLUMNS)]
        widest = [max((row[at].minimumSizeHint().width() for row in rows if at < len(row)), default=0)
                  for at in range(COLUMNS)]  # fmt: skip
        needed = sum(widest) + (COLUMNS - 1) * self._grid.spacing()
        columns = COLUMNS if self._width is None or needed <= self._width else COLUMNS - 1
        for place, button in enumerate(shown):
            self._grid.addWidget(button, place // columns, place % columns)


def _listed(sentences: tuple[str, ...]) -> str:
    return "\n".join(["Waits for:", *(f"• {sentence}" for sentence in sentences)]) if sentences else ""
