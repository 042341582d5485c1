"""Responsiveness, symptoms and the IV site, one tap each, with what is due. Scores nothing by itself."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from nurse_station.assessments.checks import Stage
from nurse_station.assessments.scales import SCALES, Level, Scale
from nurse_station.sessions.day import NextDue, usual
from nurse_station.sessions.deeds import Scored
from nurse_station.station.snapshots import CareSnapshot
from nurse_station.ui.models.care import SIGNS, LastScore, check, last_score
from nurse_station.ui.models.care_acts import COMFORT, MORE
from nurse_station.ui.models.care_news import NewsShown, news
from nurse_station.ui.theme import current, set_look
from nurse_station.ui.widgets.care_when import WhenField
from nurse_station.ui.widgets.labels import ElidedLabel, WordsLabel

RESPONSIVENESS_COLUMNS = 3
COLUMNS = {"rass": 2}
FORGETS_MS = 60_000
"""A time that is written and not used is gone: the next patient's finding is of now."""
USUAL_KEY, ROUND_KEY = "R", "U"


class ScoreRow(QWidget):
    """One scale: its name, the last score with its age, a button a level.

    Signals:
        scored: A deeds.Scored.
    """

    scored = Signal(object)

    def __init__(self, scale: Scale, columns: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scale = scale
        self.name, self._last = WordsLabel("", scale.name), ElidedLabel("small")
        self.buttons = {level.score: self._button(level, columns) for level in scale.levels}
        size = current().size
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(size(2))
        self.head = QHBoxLayout()
        self.head.setSpacing(size(8))
        self.head.addWidget(self.name)
        self.head.addWidget(self._last, 1)
        column.addLayout(self.head)
        grid = QGridLayout()
        grid.setSpacing(size(3))
        wide = columns or len(scale.levels)
        for place, button in enumerate(self.buttons.values()):
            grid.addWidget(button, place // wide, place % wide)
        column.addLayout(grid)

    def _button(self, level: Level, columns: int) -> QPushButton:
        written = self.scale.written(level.score)
        words = f"{written}  {level.short}" if columns else level.short
        made = QPushButton(words)
        set_look(made, "score")
        made.setSizePolicy(QSizePolicy.Policy.Minimum if not columns else QSizePolicy.Policy.Expanding,
                           QSizePolicy.Policy.Fixed)  # fmt: skip
        made.setAccessibleName(f"{self.scale.name} {written}: {level.words}")
        made.setToolTip(f"{written}: {level.words}")
        made.setAutoDefault(True)
        made.clicked.connect(lambda: self.scored.emit(Scored(scale=self.scale.key, score=level.score)))
        return made

    def show_last(self, last: LastScore | None) -> None:
        """Mark the newest score while it still says something of now; later its words and age are left."""
        said = "not asked yet" if last is None else f"{self.scale.level(last.score).short}, {last.age}"
        self._last.show_words(said)
        for score, button in self.buttons.items():
            marked = last is not None and last.current and score == last.score
            set_look(button, "scored" if marked else "score")


class CareScores(QWidget):
    """All that is asked and looked at every quarter of an hour.

    Signals:
        scored: A deeds.Scored.
        round_asked: Everything is as usual; only the pain is still to be asked.
    """

    scored = Signal(object)
    round_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = {
            "moaas": ScoreRow(SCALES["moaas"], RESPONSIVENESS_COLUMNS),
            **{key: ScoreRow(SCALES[key]) for key in COMFORT},
            **{key: ScoreRow(SCALES[key], COLUMNS.get(key, 0)) for key in MORE},
        }
        self._news, self.when = ElidedLabel("small"), WhenField("Found")
        self._forgets = QTimer(self)
        self._forgets.setSingleShot(True)
        self._forgets.setInterval(FORGETS_MS)
        self._care: CareSnapshot | None = None
        self._dues = {kind: WordsLabel("dim") for kind in ("responsiveness", "symptoms", "iv_site")}
        self.usual = _usual_button(f"Readily  {USUAL_KEY}", self._enter_usual)
        self.round = _usual_button(f"As usual…  {ROUND_KEY}", self.round_asked.emit)
        self._arrange()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().size(5))
        column.addWidget(self.when)
        column.addLayout(_heading("Responsiveness", self.usual))
        column.addWidget(self.rows["moaas"])
        news = QHBoxLayout()
        news.setSpacing(current().size(8))
        news.addWidget(WordsLabel("", "NEWS2"))
        news.addWidget(self._news, 1)
        column.addLayout(news)
        column.addLayout(_heading("Comfort", self.round, self._dues["symptoms"]))
        for key in COMFORT:
            column.addWidget(self.rows[key])
        column.addWidget(ElidedLabel("heading", "Agitation and more", keep=60))
        for key in MORE:
            column.addWidget(self.rows[key])
        self.rows["moaas"].head.addWidget(self._dues["responsiveness"])
        self.rows["iv_site"].head.addWidget(self._dues["iv_site"])
        for row in self.rows.values():
            row.scored.connect(self.scored)
        self.when.changed.connect(self._retimed)
        self._forgets.timeout.connect(self.when.forget)

    def _retimed(self) -> None:
        self.when.refuse("")
        self.when.show_care(self._care)
        self._forgets.start()

    def _enter_usual(self) -> None:
        self.scored.emit(usual("moaas"))

    def show_care(self, care: CareSnapshot, *, enabled: bool) -> None:
        for key, row in self.rows.items():
            row.show_last(last_score(care, key))
        self._care = care
        self.when.show_care(care)
        self._show_news(news(care))
        for kind, label in self._dues.items():
            show_due(label, check(care.summary, kind))
        self.setEnabled(enabled)

    def _show_news(self, shown: NewsShown) -> None:
        self._news.show_words(shown.words, shown.tip)
        set_look(self._news, "doubtful" if shown.pressing else "small")


def show_due(label: WordsLabel, due: NextDue | None) -> None:
    """When a check is due: `in 4 min`, `● due now`, `▲ 2 min late`."""
    label.show_words("" if due is None else f"{SIGNS.get(due.stage, '')}{due.when}")
    pressing = due is not None and due.stage in (Stage.DUE, Stage.LATE)
    set_look(label, "doubtful" if pressing else "dim")


def _heading(words: str, button: QPushButton, *dues: WordsLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(ElidedLabel("heading", words, keep=60))
    for due in dues:
        row.addWidget(due)
    row.addStretch(1)
    row.addWidget(button)
    return row


def _usual_button(words: str, act: Callable[[], object]) -> QPushButton:
    made = QPushButton(words)
    set_look(made, "act")
    made.setAutoDefault(True)
    made.setToolTip(words)
    made.clicked.connect(lambda: act())
    return made
