"""The panel of limits: what it sends, refuses and takes back, and that no patient gets another's."""

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from nurse_station.alarms.commands import SetBaseline, SetLimit, SwitchOff, SwitchOn
from nurse_station.alarms.engine import AlarmEngine
from nurse_station.alarms.limits import Limits, Scope
from nurse_station.alarms.words import Phase
from nurse_station.station.commands import AskAlarms, Command
from nurse_station.station.view import Answer
from nurse_station.ui import theme
from nurse_station.ui.dialogs.alarm_openers import open_limits
from nurse_station.ui.dialogs.limits import (
    ANOTHER,
    CLINIC_WARNING,
    NO_NAME,
    NO_REASON,
    NOT_WATCHED,
    LimitsDialog,
)
from nurse_station.ui.dialogs.limits_baseline import INFUSING
from nurse_station.ui.models.alarm_marks import WIDER
from nurse_station.ui.models.units import Units
from tests.alarms.bed import FACTORY
from tests.ui.room import START, FakeStation, alarmed, empty_bed, station

NAME = "Recliner by the garden window, second row"
CLINIC = Limits(factory=FACTORY.factory, clinic={"hr_low.medium": 48.0})


@pytest.fixture(autouse=True)
def _nothing_left_over(qapp: QApplication) -> Iterator[None]:
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class Peer(FakeStation):
    """A station whose first bed has a real engine: it does what it is asked, or says why not."""

    def begin(self) -> None:
        self.engine = AlarmEngine(CLINIC, START)
        self.show()

    def show(self, **more: object) -> None:
        first, *others = self.room.beds
        alarms = replace(
            first.alarms, limits=self.engine.limits, off=MappingProxyType(dict(self.engine.off)),
            phase=self.engine.phase,
        )  # fmt: skip
        self.room = replace(self.room, beds=(replace(first, alarms=alarms, **more), *others))

    def send(self, command: Command) -> None:
        super().send(command)
        assert isinstance(command, AskAlarms)
        answer = self.engine.command(command.command, START)
        self.waiting.append(Answer(done=answer.done, sentence=answer.sentence or "done.", bed=command.bed))
        self.show()

    @property
    def asked(self) -> list[object]:
        return [command.command for command in self.sent if isinstance(command, AskAlarms)]


@pytest.fixture
def peer() -> Peer:
    made = station(alarmed(1, name=NAME), empty_bed(2))
    result = Peer(made.room, made.clock)
    result.begin()
    return result


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(1600, 900)
    widget.show()
    return widget


@pytest.fixture
def panel(peer: Peer, window: QWidget) -> LimitsDialog:
    made = LimitsDialog(peer, "chair-1", "hr", window)
    made.show()
    field(made, "Your name").setText("  Ana   Lindqvist ")
    return made


def words(panel: QWidget) -> str:
    return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def field(panel: QWidget, name: str) -> QLineEdit:
    return next(edit for edit in panel.findChildren(QLineEdit) if edit.accessibleName() == name)


def press(panel: QWidget, name: str) -> None:
    found = [b for b in panel.findChildren(QPushButton) if b.accessibleName() == name and b.isVisible()]
    found[0].click()


def write(panel: LimitsDialog, qtbot: QtBot, key: str, text: str) -> QLineEdit:
    edit = panel.table.fields[key]
    edit.selectAll()
    qtbot.keyClicks(edit, text)
    return edit


def test_it_shows_what_counts_beside_the_clinics_and_the_factorys(panel: LimitsDialog) -> None:
    assert panel.table.fields["hr_low.medium"].text() == "48"
    assert "clinic 48, 10 s\nfactory 50, 10 s" in words(panel)


def test_a_number_is_set_for_the_patient_with_the_name_and_the_reason(
    panel: LimitsDialog, peer: Peer, qtbot: QtBot
) -> None:
    write(panel, qtbot, "hr_low.medium", "44")
    field(panel, "Reason").setText("athlete")
    press(panel, "Set for this patient")
    assert peer.asked == [SetLimit(key="hr_low.medium", number=44, who="Ana Lindqvist", why="athlete")]
    panel.look()
    assert panel.table.fields["hr_low.medium"].text() == "44"
    assert WIDER in words(panel)


def test_enter_in_a_field_sets_once(panel: LimitsDialog, peer: Peer, qtbot: QtBot) -> None:
    edit = write(panel, qtbot, "hr_low.medium", "44")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert len(peer.asked) == 1


def test_what_cannot_be_is_refused_beside_its_field_before_it_is_sent(
    panel: LimitsDialog, peer: Peer, qtbot: QtBot
) -> None:
    edit = write(panel, qtbot, "hr_low.medium", "12")
    assert "Heart rate low, MEDIUM cannot be 12 /min; give 30 to 70." in words(panel)
    assert edit.property("look") == "wrong"
    press(panel, "Set for this patient")
    assert peer.asked == []
    assert edit.text() == "12"


def test_words_are_no_number(panel: LimitsDialog, peer: Peer, qtbot: QtBot) -> None:
    write(panel, qtbot, "hr_low.medium", "low")
    press(panel, "Set for this patient")
    assert "Write a number." in words(panel)
    assert peer.asked == []


def test_what_would_be_wider_is_marked_while_it_is_typed(panel: LimitsDialog, qtbot: QtBot) -> None:
    assert WIDER not in words(panel)
    write(panel, qtbot, "hr_high.medium", "130")
    assert WIDER in words(panel)


def test_without_a_name_nothing_is_sent(panel: LimitsDialog, peer: Peer, qtbot: QtBot) -> None:
    field(panel, "Your name").setText(" ")
    write(panel, qtbot, "hr_low.medium", "44")
    for name in ("Set for this patient", "Confirm these limits"):
        press(panel, name)
        assert NO_NAME in words(panel)
    assert peer.asked == []


def test_what_is_typed_stays_while_the_station_goes_on(panel: LimitsDialog, qtbot: QtBot) -> None:
    edit = write(panel, qtbot, "hr_low.medium", "44")
    panel.look()
    assert edit.text() == "44"


def test_a_refusal_of_the_station_stays_until_something_else_is_asked(
    panel: LimitsDialog, peer: Peer, qtbot: QtBot
) -> None:
    write(panel, qtbot, "hr_low.medium", "44")
    write(panel, qtbot, "hr_high.medium", "130")
    press(panel, "Set for this patient")
    peer.waiting = [
        Answer(done=False, sentence="hr_low.medium cannot be 44 /min.", bed="chair-1"),
        Answer(done=True, sentence="done.", bed="chair-1"),
    ]
    panel.look()
    assert "Heart rate low, MEDIUM cannot be 44 /min." in words(panel)


def test_the_last_change_is_undone_as_a_whole(panel: LimitsDialog, peer: Peer, qtbot: QtBot) -> None:
    write(panel, qtbot, "hr_high.medium", "145")
    write(panel, qtbot, "hr_high.high", "160")
    press(panel, "Set for this patient")
    panel.look()
    press(panel, "Undo the last change")
    assert peer.engine.limits.effective == CLINIC.effective
    panel.look()
    assert not next(b for b in panel.findChildren(QPushButton) if "Undo" in b.accessibleName()).isEnabled()


def test_back_to_the_clinics(panel: LimitsDialog, peer: Peer, qtbot: QtBot) -> None:
    write(panel, qtbot, "hr_low.medium", "44")
    press(panel, "Set for this patient")
    panel.look()
    press(panel, "Back to the clinic's")
    assert peer.engine.limits.effective == CLINIC.effective


def test_what_was_typed_for_another_patient_is_gone(panel: LimitsDialog, peer: Peer, qtbot: QtBot) -> None:
    edit = write(panel, qtbot, "hr_low.medium", "44")
    peer.show(session="next")
    press(panel, "Set for this patient")
    assert peer.asked == []
    panel.look()
    assert edit.text() == "48"
    assert ANOTHER in words(panel)
    assert field(panel, "Your name").text().strip()


def test_a_change_of_another_patient_cannot_be_undone(panel: LimitsDialog, peer: Peer, qtbot: QtBot) -> None:
    write(panel, qtbot, "hr_low.medium", "44")
    press(panel, "Set for this patient")
    peer.show(session="next")
    panel.look()
    panel.undo()
    assert len(peer.asked) == 1


def test_a_bed_where_nothing_is_watched_has_nothing_to_set(peer: Peer, window: QWidget) -> None:
    panel = LimitsDialog(peer, "chair-2", "", window)
    panel.show()
    assert NOT_WATCHED in words(panel)
    panel.set_typed()
    assert peer.asked == []


def test_the_panel_bears_the_beds_name_of_now(panel: LimitsDialog, peer: Peer) -> None:
    peer.show(name="Window seat")
    panel.look()
    assert panel.windowTitle() == "Alarm limits · Window seat"


# The clinic's own


def test_the_clinics_own_limits_are_marked_and_need_a_reason(
    panel: LimitsDialog, peer: Peer, qtbot: QtBot
) -> None:
    press(panel, "The clinic's own")
    assert CLINIC_WARNING in words(panel)
    write(panel, qtbot, "hr_low.medium", "46")
    press(panel, "Set for the clinic")
    assert NO_REASON in words(panel)
    assert peer.asked == []
    field(panel, "Reason").setText("agreed on Monday")
    press(panel, "Set for the clinic")
    assert peer.asked == [
        SetLimit(
            key="hr_low.medium", number=46, who="Ana Lindqvist", scope=Scope.CLINIC, why="agreed on Monday"
        )
    ]


def test_what_was_typed_for_the_patient_is_not_set_for_the_clinic(
    panel: LimitsDialog, peer: Peer, qtbot: QtBot
) -> None:
    write(panel, qtbot, "hr_low.medium", "44")
    press(panel, "The clinic's own")
    assert panel.table.fields["hr_low.medium"].text() == "48"
    field(panel, "Reason").setText("x")
    press(panel, "Set for the clinic")
    assert peer.asked == []


def test_the_clinics_own_limits_switch_no_alarm_and_take_no_baseline(panel: LimitsDialog) -> None:
    press(panel, "The clinic's own")
    assert "From baseline" not in words(panel)
    assert not [b for b in panel.findChildren(QPushButton) if b.isVisible() and b.text() == "Alarm off…"]


# Off and on


def test_an_alarm_is_switched_off_with_a_reason_and_on_again(panel: LimitsDialog, peer: Peer) -> None:
    press(panel, "Alarm off: Heart rate high")
    assert peer.asked == []
    press(panel, "Switch off")
    assert "An alarm is switched off only with a reason; write why." in words(panel)
    field(panel, "Reason").setText("anxious")
    press(panel, "Switch off")
    assert peer.asked == [SwitchOff(condition="hr_high", why="anxious", who="Ana Lindqvist")]
    panel.look()
    assert "Alarm off: anxious" in words(panel)
    press(panel, "Alarm on: Heart rate high")
    assert peer.asked[1] == SwitchOn(condition="hr_high", who="Ana Lindqvist")


def test_a_guarded_alarm_is_refused_in_words_while_infusing(peer: Peer, window: QWidget) -> None:
    peer.engine._bed.care.phase = Phase.INFUSING
    peer.show()
    panel = LimitsDialog(peer, "chair-1", "spo2", window)
    panel.show()
    press(panel, "Alarm off: SpO₂ low")
    assert "SpO₂ low cannot be switched off while the infusion runs" in words(panel)
    assert peer.asked == []


def test_switching_off_is_undone_and_so_is_switching_on(panel: LimitsDialog, peer: Peer) -> None:
    panel.switch("hr_high")
    field(panel, "Reason").setText("anxious")
    panel.switch_off()
    panel.undo()
    assert peer.engine.off == {}
    panel.switch("hr_high")
    field(panel, "Reason").setText("anxious")
    panel.switch_off()
    panel.switch("hr_high")
    panel.undo()
    assert peer.engine.off == {"hr_high": "anxious"}


# Baseline


def test_a_baseline_is_filled_in_proposed_and_confirmed_with_one_button(
    panel: LimitsDialog, peer: Peer
) -> None:
    assert field(panel, "HR at rest, /min").text() == "82"
    field(panel, "HR at rest, /min").setText("55")
    assert "Heart rate low, MEDIUM: 48 → 44 /min" in words(panel)
    assert peer.asked == []
    press(panel, "Confirm these limits")
    assert peer.asked == [SetBaseline(baseline={"hr": 55, "nibp_sys": 128}, who="Ana Lindqvist")]
    assert peer.engine.limits.effective["hr_low.medium"] == 44
    panel.undo()
    assert peer.engine.limits.effective == CLINIC.effective


def test_a_baseline_that_cannot_be_is_refused_beside_it(panel: LimitsDialog) -> None:
    field(panel, "HR at rest, /min").setText("900")
    assert "HR: 900 cannot be; give 0 to 350 /min." in words(panel)


def test_while_infusing_no_value_of_now_is_taken_for_one_at_rest(peer: Peer, window: QWidget) -> None:
    peer.engine._bed.care.phase = Phase.INFUSING
    peer.show()
    panel = LimitsDialog(peer, "chair-1", "hr", window)
    panel.show()
    assert field(panel, "HR at rest, /min").text() == ""
    assert INFUSING in words(panel)


# All of it


def test_a_press_on_another_value_shows_its_limits_in_the_same_panel(peer: Peer, window: QWidget) -> None:
    bed = peer.room.beds[0]
    first = open_limits(peer, bed, "hr", window)
    second = open_limits(peer, bed, "spo2", window)
    assert first is second
    assert "spo2_low.medium" in second.table.fields


def test_what_was_typed_under_another_heading_is_set_with_the_rest(
    panel: LimitsDialog, peer: Peer, qtbot: QtBot
) -> None:
    write(panel, qtbot, "hr_low.medium", "44")
    panel.show_about("spo2")
    write(panel, qtbot, "spo2_low.medium", "91")
    press(panel, "Set for this patient")
    assert [command.key for command in peer.asked if isinstance(command, SetLimit)] == [
        "hr_low.medium",
        "spo2_low.medium",
    ]


def test_tab_goes_through_the_fields_in_order(panel: LimitsDialog) -> None:
    stops = panel.table.stops
    for here, there in zip(stops, stops[1:], strict=False):
        assert here.nextInFocusChain() is there


def test_a_clinic_that_reads_kpa_sees_what_its_mmhg_are(peer: Peer, window: QWidget) -> None:
    panel = LimitsDialog(peer, "chair-1", "etco2", window, Units(co2="kPa"))
    panel.show()
    assert "now 6.7 kPa" in words(panel)


def test_every_control_has_a_name_and_keys_do_not_clash(panel: LimitsDialog) -> None:
    controls = [c for kind in (QPushButton, QLineEdit, QComboBox) for c in panel.findChildren(kind)]
    assert [control for control in controls if not control.accessibleName()] == []
    texts = [b.text() for b in panel.findChildren(QPushButton) if b.isVisible() and "&" in b.text()]
    keys = [text[text.index("&") + 1].lower() for text in texts]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("key", ["dark", "light", "contrast"])
@pytest.mark.parametrize("about", ["hr", "nibp", "equipment"])
def test_nothing_is_cut_off_at_twice_the_text(
    peer: Peer, window: QWidget, qapp: QApplication, key: str, about: str
) -> None:
    theme.apply_theme(qapp, key, text_scale=2.0)
    window.resize(1920, 1080)
    panel = LimitsDialog(peer, "chair-1", about, window)
    panel.show()
    area = panel.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()
    assert panel.width() <= window.width() // 2
    assert panel.geometry().top() >= window.frameGeometry().top() + 60
    assert not panel.isModal()
