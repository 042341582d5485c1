"""All that hands and a voice can do at the bed: by group, or by what is typed. Does nothing by itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from nurse_station.classroom.view import LessonSnapshot, PumpShown, Stage
from nurse_station.training.actions import ACTIONS, HELD, Action, Doable, Group, parse
from nurse_station.training.log import Line, What
from nurse_station.training.scenario import Scenario
from nurse_station.ui.dialogs.side import label_with_look
from nurse_station.ui.models import practice, words
from nurse_station.ui.practice.forms import BolusForm, Form, GiveForm, PumpFace
from nurse_station.ui.theme import current, set_look
from nurse_station.ui.widgets.labels import WordsLabel

SHORT = {
    Group.SPEAK: "Speak", Group.AIRWAY: "Airway", Group.BODY: "Patient",
    Group.PUMP: "Pump", Group.MONITOR: "Monitor", Group.CALL: "Call",
}  # fmt: skip
ACROSS = 3
FIRST = ("set_pump", "give")
"""Forms that stand before the buttons of their group."""
HANDS = "•"
"""Beside the name of a group in which hands hold something: it goes on while another group is open."""
HOLDING = "HOLDING"
STANDS_STILL = "The lesson stands still: nothing can be done until it goes on."
NOT_DONE = "✗ not done, as said above"
NOTHING_FITS = "Nothing fits what is typed."


class ActButton(QPushButton):
    """A button whose words stand on two lines where one is too short for them."""

    def __init__(self, said: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said = ""
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        set_look(self, "act")
        self.show_words(said)

    def show_words(self, said: str) -> None:
        if said != self.said:
            self.said = said
            self.setAccessibleName(said)
            self._break()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._break()

    def _break(self) -> None:
        self.ensurePolished()
        text = broken(self.said, self.fontMetrics(), self.width() - current().size(16))
        if text != self.text():
            self.setText(text)


def broken(text: str, metrics: QFontMetrics, width: int) -> str:
    """The text on one line if it fits, else on two of about equal length."""
    if metrics.horizontalAdvance(text) <= width or " " not in text:
        return text
    places = [place for place, letter in enumerate(text) if letter == " "]
    best = min(places, key=lambda place: max(metrics.horizontalAdvance(text[:place]),
                                             metrics.horizontalAdvance(text[place + 1 :])))  # fmt: skip
    return f"{text[:best]}\n{text[best + 1 :]}"


def _holding(away: str) -> str:
    """On the button of what hands hold: that they do, and what a press is now."""
    said = ACTIONS[away].words
    return f"{HOLDING} · press: {said[:1].lower()}{said[1:]}"


class Palette(QWidget):
    """Follows one lesson.

    Signals:
        asked: An Action that is to be done at the bed.
        left: The keyboard goes back to the room.
    """

    asked = Signal(object)
    left = Signal()

    def __init__(self, scenario: Scenario, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = Group.SPEAK
        self._waits_for = ""
        self._seen: Line | None = None
        self._held: frozenset[str] = frozenset()
        self.field = QLineEdit()
        self.group_buttons: dict[Group, QPushButton] = {}
        self.cards: dict[str, ActButton | Form] = {}
        self._heads: dict[Group, WordsLabel] = {}
        self.pump, self.bolus = PumpFace(), BolusForm()
        self.give = GiveForm(practice.ordered(scenario), scenario.ordered)
        self._last = label_with_look("small")
        self._nothing = label_with_look("dim", NOTHING_FITS)
        self._arrange()
        self._connect()
        self.choose_group(self._group)

    # How it stands

    def _arrange(self) -> None:
        size = current().size
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(size(6))
        self.field.setPlaceholderText("Type what to do  Ctrl+K")
        self.field.setClearButtonEnabled(True)
        self.field.setAccessibleName("Type what to do at the bed; Enter does the first")
        self._last.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._last.setMinimumHeight(size(18))
        column.addWidget(self._last)
        column.addWidget(self.field)
        column.addLayout(self._group_row())
        column.addWidget(self._scroll(), 1)

    def _group_row(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(current().size(4))
        for place, (group, _) in enumerate(practice.groups()):
            made = QPushButton(SHORT[group])
            set_look(made, "score")
            made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            made.setAccessibleName(f"Group: {group.value}")
            made.setToolTip(f"{group.value.capitalize()}  Alt+{place + 1}")
            made.setAutoDefault(True)
            made.clicked.connect(partial(self.open_group, group))
            QShortcut(QKeySequence(f"Alt+{place + 1}"), self, partial(self.open_group, group),
                      context=Qt.ShortcutContext.WindowShortcut)  # fmt: skip
            self.group_buttons[group] = made
            grid.addWidget(made, place // ACROSS, place % ACROSS)
        return grid

    def _scroll(self) -> QScrollArea:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, current().size(4), 0)
        rows.setSpacing(current().size(4))
        for group, doables in practice.groups():
            self._heads[group] = WordsLabel("small", group.value.capitalize())
            rows.addWidget(self._heads[group])
            for row in sorted(doables, key=lambda each: each.key not in FIRST):
                self.cards[row.key] = self._card(row)
                rows.addWidget(self.cards[row.key])
        rows.addWidget(self._nothing)
        rows.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inside)
        return self._area

    def _card(self, row: Doable) -> ActButton | Form:
        forms: dict[str, Form] = {"set_pump": self.pump, "give": self.give, "bolus": self.bolus}
        if row.key in forms:
            return forms[row.key]
        made = ActButton(row.words)
        made.clicked.connect(partial(self._press, row.key))
        return made

    def _connect(self) -> None:
        self.field.textChanged.connect(lambda _: self._choose_cards())
        self.field.installEventFilter(self)
        for form in (self.pump, self.give, self.bolus):
            form.asked.connect(self._ask)

    # What is seen

    @property
    def group(self) -> Group:
        """Which group is open while nothing is typed."""
        return self._group

    @property
    def offered(self) -> tuple[str, ...]:
        """Keys of what can be pressed now, from above."""
        return tuple(key for key, card in self.cards.items() if card.isVisibleTo(self))

    @property
    def last_words(self) -> str:
        """What is said of the newest action."""
        return self._last.text()

    def choose_group(self, group: Group) -> None:
        """Show this group's cards."""
        self._group = group
        self._choose_cards()
        self._area.verticalScrollBar().setValue(0)

    def open_group(self, group: Group) -> None:
        """Show the group, and give the keyboard to its first card."""
        self.field.clear()
        self.choose_group(group)
        self._first(lambda card: card.isEnabled())

    def _choose_cards(self) -> None:
        typed = self.field.text().strip()
        meant = practice.found(typed) if typed else frozenset()
        any_fits = False
        for group, doables in practice.groups():
            for row in doables:
                shown = row.key in meant if typed else group is self._group
                self.cards[row.key].setVisible(shown)
                any_fits |= shown
            self._heads[group].setVisible(any(row.key in meant for row in doables))
            set_look(self.group_buttons[group], "scored" if group is self._group and not typed else "score")
        self._nothing.setVisible(not any_fits)

    def show_lesson(self, shown: LessonSnapshot) -> None:
        """The lesson as it is now."""
        runs = shown.stage is Stage.RUNNING
        for card in self.cards.values():
            card.setEnabled(runs)
        self.pump.show_pump(shown.pump)
        self._show_held(practice.held(shown.log))
        self._show_oxygen(practice.oxygen(shown.log, shown.scenario.begins))
        self._show_stopped(shown.pump)
        self._show_last(practice.last_done(shown.log), runs=runs)

    def _show_held(self, held: frozenset[str]) -> None:
        self._held = held
        for key, away in HELD.items():
            holds = key in held
            self._say(key, _holding(away) if holds else ACTIONS[key].words, on=holds)
        for group, rows in practice.groups():
            busy = any(row.key in held for row in rows)
            self.group_buttons[group].setText(f"{SHORT[group]} {HANDS}" if busy else SHORT[group])

    def _show_oxygen(self, now: str) -> None:
        for key in practice.OXYGEN:
            self._say(key, f"✓ {ACTIONS[key].words}" if key == now else ACTIONS[key].words, on=key == now)

    def _show_stopped(self, pump: PumpShown) -> None:
        self._say("stop_pump", ACTIONS["stop_pump"].words, on=False, last=pump.runs)

    def _say(self, key: str, said: str, *, on: bool, last: bool = False) -> None:
        card = self.cards[key]
        assert isinstance(card, ActButton)
        card.show_words(said)
        set_look(card, "act_first" if on else "act_last" if last else "act")

    def _show_last(self, done: Line | None, *, runs: bool) -> None:
        if done is not self._seen:
            self._seen, self._waits_for = done, ""
        if not runs:
            said = STANDS_STILL
        elif self._waits_for:
            said = f"… {self._waits_for}"
        elif done is None:
            said = ""
        else:
            what = f"✓ {done.words}" if done.what is What.DONE else NOT_DONE
            said = f"{words.minutes(done.at)}  {what}"
        if said != self._last.text():
            self._last.setText(said)

    # What is done

    def take_focus(self) -> None:
        """To the field, ready to type."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the field that walk through what was found."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._typed(event)
        return super().eventFilter(watched, event)

    def _typed(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Down:
                self._first(lambda card: card.isEnabled())
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if not event.isAutoRepeat():
                    self._do_first()
            case Qt.Key.Key_Escape:
                self.field.clear()
                self.left.emit()
            case _:
                return False
        return True

    def _first(self, wanted: Callable[[QWidget], bool]) -> QWidget | None:
        found = next((self.cards[key] for key in self.offered if wanted(self.cards[key])), None)
        if isinstance(found, Form):
            found.take_focus()
        elif found is not None:
            found.setFocus(Qt.FocusReason.TabFocusReason)
        return found

    def _do_first(self) -> None:
        """The first that fits what is typed; nothing typed does nothing, however often Enter is pressed."""
        typed = self.field.text().strip()
        card = next((self.cards[key] for key in self.offered), None) if typed else None
        if isinstance(card, Form):
            if card is self.give:
                self.give.choose(practice.drug_typed(typed))
            self.field.clear()
            self.choose_group(self._group_of(card))
            card.take_focus()
        elif card is not None and card.isEnabled():
            card.click()
            self.field.clear()

    def _group_of(self, card: QWidget) -> Group:
        return next(group for group, rows in practice.groups()
                    if any(self.cards[row.key] is card for row in rows))  # fmt: skip

    def _press(self, key: str) -> None:
        self._ask(parse(HELD[key] if key in self._held else key))

    def _ask(self, action: Action) -> None:
        self._waits_for = action.words
        self._last.setText(f"… {action.words}")
        self.asked.emit(action)
