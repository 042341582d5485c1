"""The palette of the bedside alone, by keyboard and by mouse: what it offers, asks for and refuses."""

from dataclasses import replace
from typing import Any

import pytest
from practice_room import line, snapshot
from pytestqt.qtbot import QtBot

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from nurse_station.classroom.view import PumpShown, Stage
from nurse_station.training.actions import Action, Group
from nurse_station.training.log import What
from nurse_station.ui.models import practice
from nurse_station.ui.practice.forms import NO_DRUG, NO_NUMBER, TOO_FAST
from nurse_station.ui.practice.palette import NOT_DONE, STANDS_STILL, ActButton, Palette
from nurse_station.ui.theme import apply_theme, current

Key, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier
NARROWEST_PX = 244


class Bench:
    """A palette as narrow as it gets, and hands on it."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.shown = snapshot()
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.deeds = Palette(self.shown.scenario)
        column = QVBoxLayout(self.window)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.deeds)
        self.window.setFixedWidth(NARROWEST_PX)
        self.window.resize(NARROWEST_PX, 460)
        self.asked: list[Action] = []
        self.deeds.asked.connect(self.asked.append)
        self.window.show()
        self.show()
        with qtbot.waitActive(self.window):
            self.window.activateWindow()

    def show(self, **change: Any) -> None:
        """The lesson as it is now."""
        self.shown = replace(self.shown, **change)
        self.deeds.show_lesson(self.shown)

    def press(self, key: str) -> None:
        card = self.deeds.cards[key]
        assert isinstance(card, ActButton)
        self._qtbot.mouseClick(card, Qt.MouseButton.LeftButton)

    @property
    def done(self) -> list[str]:
        """Keys of what was asked for; doses and rates with their number."""
        return [each.key if each.number is None else f"{each.key} {each.number:g}" for each in self.asked]

    @property
    def words(self) -> list[str]:
        return [label.text() for label in self.deeds.findChildren(QLabel) if label.isVisible()]


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def test_a_press_on_a_button_does_it_at_the_bed(bench: Bench, qtbot: QtBot) -> None:
    bench.show()
    bench.press("call_name")
    assert bench.done == ["call_name"]


def test_enter_with_nothing_typed_does_nothing(bench: Bench, qtbot: QtBot) -> None:
    bench.show()
    bench.deeds.take_focus()
    qtbot.keyClick(bench.deeds.field, Key.Key_Return)
    assert bench.done == []


def test_arrows_walk_through_what_was_found(bench: Bench, qtbot: QtBot) -> None:
    bench.show()
    bench.deeds.take_focus()
    qtbot.keyClicks(bench.deeds.field, "oxygen")
    qtbot.keyClick(bench.deeds.field, Key.Key_Down)
    assert QApplication.focusWidget() is bench.deeds.cards["oxygen"]
    qtbot.keyClick(bench.deeds.cards["oxygen"], Key.Key_Down)
    assert QApplication.focusWidget() is bench.deeds.cards["oxygen_high"]
    qtbot.keyClick(bench.deeds.cards["oxygen_high"], Key.Key_Return)
    assert bench.done == ["oxygen_high"]


def test_held_hands_let_go_by_the_same_button(bench: Bench, qtbot: QtBot) -> None:
    bench.show()
    bench.deeds.choose_group(Group.AIRWAY)
    bench.press("jaw_thrust")
    bench.show(log=(line(113, What.DONE, "jaw_thrust", "Jaw thrust"),))
    button = bench.deeds.cards["jaw_thrust"]
    assert isinstance(button, ActButton)
    assert button.said == "HOLDING · press: let go of the jaw"
    bench.press("jaw_thrust")
    assert bench.done == ["jaw_thrust", "release_jaw"]


def filled(widget: QWidget) -> bool:
    """Whether the accent's colour fills the button, as what is on is filled."""
    picture = widget.grab().toImage()
    return picture.pixelColor(8, picture.height() // 2) == current().colour("accent_fill")


def test_what_has_the_focus_is_framed_and_only_what_is_on_is_filled(bench: Bench, qtbot: QtBot) -> None:
    apply_theme(application(), "dark")
    bench.show()
    bench.deeds.choose_group(Group.AIRWAY)
    button = bench.deeds.cards["ventilate"]
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: button.hasFocus(), timeout=1000)
    assert not filled(button)
    bench.show(log=(line(113, What.DONE, "ventilate", ""),))
    assert filled(button)
    bench.show(log=(*bench.shown.log, line(114, What.DONE, "stop_ventilating", "")))
    assert button.hasFocus()
    assert not filled(button)


def application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def test_the_flow_of_oxygen_is_ticked(bench: Bench) -> None:
    bench.show(log=(line(3, What.DONE, "oxygen", ""),))
    said = {key: card.said for key, card in bench.deeds.cards.items() if isinstance(card, ActButton)}
    assert [key for key, words in said.items() if words.startswith("✓")] == ["oxygen"]


def test_the_pump_is_set_on_its_own_face(bench: Bench, qtbot: QtBot) -> None:
    bench.show()
    pump = bench.deeds.pump
    assert pump.face.text() == "24.5 mL/h · runs"
    assert pump.button.text() == "Set"
    qtbot.keyClicks(pump.field, "7,25")
    qtbot.keyClick(pump.field, Key.Key_Return)
    assert bench.done == ["set_pump 7.2"]
    assert pump.field.text() == ""


def test_a_stopped_pump_is_started_and_offers_what_it_ran_at(bench: Bench) -> None:
    bench.show()
    bench.show(pump=PumpShown(ml_h=0.0, runs=False))
    pump = bench.deeds.pump
    assert (pump.face.text(), pump.button.text()) == ("0.0 mL/h · STOPPED", "Start")
    assert pump.field.placeholderText() == "24.5"


@pytest.mark.parametrize(
    ("typed", "why"),
    [("", NO_NUMBER), ("abc", NO_NUMBER), ("0", NO_NUMBER), ("-3", NO_NUMBER), ("inf", NO_NUMBER),
     ("5000", TOO_FAST)],
)  # fmt: skip
def test_no_rate_is_refused_beside_the_field(bench: Bench, typed: str, why: str) -> None:
    bench.show()
    bench.deeds.choose_group(Group.PUMP)
    bench.deeds.pump.field.setText(typed)
    bench.deeds.pump.do()
    assert bench.deeds.pump.trouble == why
    assert bench.done == []


def test_a_drug_is_found_by_its_name_and_given_in_its_unit(bench: Bench, qtbot: QtBot) -> None:
    bench.show()
    bench.deeds.take_focus()
    qtbot.keyClicks(bench.deeds.field, "ephed")
    qtbot.keyClick(bench.deeds.field, Key.Key_Return)
    give = bench.deeds.give
    assert give.chosen == "ephedrine"
    assert QApplication.focusWidget() is give.field
    qtbot.keyClicks(give.field, "6")
    qtbot.keyClick(give.field, Key.Key_Return)
    assert give.doubt.sentence == "Ephedrine 6 mg is not ordered. Give it all the same?"
    qtbot.mouseClick(give.doubt.yes, Qt.MouseButton.LeftButton)
    assert bench.done == ["give_ephedrine 6"]
    qtbot.keyClick(give.field, Key.Key_Return)
    assert bench.done == ["give_ephedrine 6"], "the same dose must be written again"


def dosed(bench: Bench, qtbot: QtBot, dose: str) -> None:
    """Midazolam, of which 2 mg are ordered, by keyboard."""
    bench.deeds.choose_group(Group.BODY)
    bench.deeds.give.choose("midazolam")
    bench.deeds.give.take_focus()
    qtbot.keyClicks(bench.deeds.give.field, dose)
    qtbot.keyClick(bench.deeds.give.field, Key.Key_Return)


def test_an_ordered_dose_is_given_at_once(bench: Bench, qtbot: QtBot) -> None:
    dosed(bench, qtbot, "2")
    assert bench.done == ["give_midazolam 2"]


def test_what_is_ordered_of_the_drug_stands_beside_its_dose(bench: Bench) -> None:
    bench.deeds.choose_group(Group.BODY)
    bench.deeds.give.choose("midazolam")
    assert "Ordered: up to 2 mg" in bench.words


def test_a_dose_beyond_the_order_is_asked_about_and_then_given(bench: Bench, qtbot: QtBot) -> None:
    dosed(bench, qtbot, "500")
    doubt = bench.deeds.give.doubt
    assert bench.done == []
    assert doubt.sentence == "Midazolam 500 mg is more than the 2 mg that are ordered. Give it all the same?"
    qtbot.keyClick(doubt.no, Key.Key_Down)
    assert QApplication.focusWidget() is doubt.yes
    qtbot.keyClick(doubt.yes, Key.Key_Return)
    assert bench.done == ["give_midazolam 500"]
    assert doubt.sentence == ""


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Escape])
def test_enter_pressed_twice_and_escape_give_no_dose_beyond_the_order(
    bench: Bench, qtbot: QtBot, key: Qt.Key
) -> None:
    dosed(bench, qtbot, "500")
    qtbot.keyClick(bench.deeds.give.doubt.no, key)
    assert bench.done == []
    assert bench.deeds.give.field.text() == "500", "it can be corrected"
    assert QApplication.focusWidget() is bench.deeds.give.field


def test_another_number_is_no_answer_to_the_question(bench: Bench, qtbot: QtBot) -> None:
    dosed(bench, qtbot, "500")
    bench.deeds.give.field.setText("1")
    assert bench.deeds.give.doubt.sentence == ""
    bench.deeds.give.do()
    assert bench.done == ["give_midazolam 1"]


def test_the_order_stands_where_a_drug_is_given(bench: Bench) -> None:
    bench.show()
    bench.deeds.choose_group(Group.BODY)
    assert "Ordered as needed: Midazolam up to 2 mg." in bench.words


def test_a_dose_without_a_drug_is_refused(bench: Bench) -> None:
    bench.show()
    bench.deeds.choose_group(Group.BODY)
    bench.deeds.give.field.setText("4")
    bench.deeds.give.do()
    assert bench.deeds.give.trouble == NO_DRUG
    assert bench.done == []


def test_another_drug_takes_the_dose_away(bench: Bench) -> None:
    give = bench.deeds.give
    give.choose("atropine")
    give.field.setText("0.5")
    give.choose("labetalol")
    assert give.field.text() == ""


def test_a_bolus_is_given_once(bench: Bench) -> None:
    bench.show()
    bolus = bench.deeds.bolus
    bolus.field.setText("10")
    bolus.button.click()
    bolus.button.click()
    assert bench.done == ["bolus 10"]


def test_what_was_done_is_said_with_its_second(bench: Bench, qtbot: QtBot) -> None:
    bench.show()
    bench.press("call_name")
    assert bench.deeds.last_words == "… Call the name"
    bench.show(log=(line(113, What.DONE, "call_name", "Call the name"),))
    assert bench.deeds.last_words == "1:53  ✓ Call the name"
    bench.show(log=(*bench.shown.log, line(114, What.REFUSED, "raise_rate", "Raise: no.")))
    assert bench.deeds.last_words == f"1:54  {NOT_DONE}"


@pytest.mark.parametrize(("number", "group"), list(enumerate(dict(practice.groups()), start=1)))
def test_alt_and_a_number_open_a_group(bench: Bench, qtbot: QtBot, number: int, group: Group) -> None:
    bench.show()
    qtbot.keyClick(bench.deeds, Key(Key.Key_0 + number), ALT)
    assert bench.deeds.group is group
    assert set(bench.deeds.offered) == {row.key for row in dict(practice.groups())[group]}


@pytest.mark.parametrize("group", [group for group, _ in practice.groups()])
def test_no_button_of_the_palette_cuts_its_words(bench: Bench, qtbot: QtBot, group: Group) -> None:
    bench.show()
    bench.deeds.choose_group(group)
    qtbot.wait(20)
    for key in bench.deeds.offered:
        card = bench.deeds.cards[key]
        if isinstance(card, ActButton):
            longest = max(card.text().split("\n"), key=len)
            assert card.fontMetrics().horizontalAdvance(longest) <= card.width() - 8, card.said


@pytest.mark.parametrize("stage", [Stage.PAUSED, Stage.OVER])
def test_of_a_lesson_that_stands_still_nothing_can_be_pressed(bench: Bench, stage: Stage) -> None:
    bench.show(stage=stage)
    assert bench.deeds.last_words == STANDS_STILL
    assert not any(card.isEnabled() for card in bench.deeds.cards.values())


def test_escape_leaves_the_field_empty_and_the_palette(bench: Bench, qtbot: QtBot) -> None:
    bench.deeds.take_focus()
    qtbot.keyClicks(bench.deeds.field, "oxy")
    with qtbot.waitSignal(bench.deeds.left, timeout=1000):
        qtbot.keyClick(bench.deeds.field, Key.Key_Escape)
    assert bench.deeds.field.text() == ""
