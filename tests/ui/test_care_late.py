"""When it was done: how a nurse writes it, what is refused in words, and what is sent."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot
from room import NURSE, FakeStation, bed, care, care_of, day_entries, may_raise, scored, station

from PySide6.QtCore import Qt

from nurse_station.alarms.commands import EnterResponsiveness
from nurse_station.assessments.scales import SCALES
from nurse_station.sessions import deeds
from nurse_station.sessions.dues import dues
from nurse_station.sessions.prompts import Proposal
from nurse_station.sessions.told import NOTHING_TOLD, commands, told
from nurse_station.station.commands import DoDeed
from nurse_station.ui.dialogs.care_bag import BagDialog
from nurse_station.ui.dialogs.rate import RateDialog
from nurse_station.ui.models.care import clock
from nurse_station.ui.models.care_acts import COMFORT, MORE
from nurse_station.ui.models.care_news import alert
from nurse_station.ui.models.care_rate import RateMode, rate
from nurse_station.ui.models.care_record import DayRecord
from nurse_station.ui.models.care_when import NO_TIME, meant, when, zone_name
from nurse_station.ui.models.day_ribbon import drug
from nurse_station.ui.window import MainWindow

Opener = Callable[..., MainWindow]
NOW = datetime(2026, 1, 5, 14, 20, 30, tzinfo=UTC).timestamp()
BEGAN = NOW - 3 * 3600
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def at(hour: int, minute: int, day: int = 5) -> float:
    return datetime(2026, 1, day, hour, minute, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(("text", "meant"), [
    ("", None), ("   ", None), ("14:05", at(14, 5)), ("-5", NOW - 300), ("−12", NOW - 720),
    ("- 5", NOW - 300),
    ("-0", NOW), ("14:21", at(14, 21)), (" 13:00 ", at(13, 0)), ("11:20", BEGAN),
])  # fmt: skip
def test_a_time_is_read_as_a_nurse_writes_it(text: str, meant: float | None) -> None:
    assert when(text, NOW, BEGAN, UTC) == meant


@pytest.mark.parametrize(("text", "says"), [
    ("14:30", "14:30 is in the future"), ("10:59", "began at 11:20; 10:59 is before it"),
    ("-999", "before it"), ("25:00", NO_TIME), ("14:65", NO_TIME), ("5", NO_TIME), ("five", NO_TIME),
    ("+5", NO_TIME), ("1405", NO_TIME), ("٠٥:٠٥", NO_TIME), ("-", NO_TIME),
])  # fmt: skip
def test_what_is_no_time_of_this_session_is_refused_in_words(text: str, says: str) -> None:
    said = when(text, NOW, BEGAN, UTC)
    assert isinstance(said, str)
    assert says in said


def test_a_time_before_midnight_is_yesterdays() -> None:
    assert when("23:50", at(0, 10), at(22, 0, 4), UTC) == at(23, 50, 4)


def test_a_time_of_day_is_of_the_zone_of_the_wall() -> None:
    assert when("15:05", NOW, BEGAN, STOCKHOLM) == at(14, 5)


def test_the_hour_that_comes_twice_is_the_newest_that_has_been() -> None:
    second = datetime(2026, 10, 25, 1, 10, tzinfo=UTC).timestamp()  # 02:10 for the second time
    assert when("02:05", second, second - 7200, STOCKHOLM) == second - 300
    assert when("02:50", second, second - 7200, STOCKHOLM) == second - 1200


@given(st.text(max_size=6), st.integers(0, 10**6))
def test_whatever_is_written_is_of_the_session_or_refused(text: str, lasted: int) -> None:
    found = when(text, NOW, NOW - lasted, UTC)
    assert found is None or isinstance(found, str) or NOW - lasted <= found <= NOW + 60


# The window


class Nurse:
    """A window with one bed."""

    def __init__(self, opened: Opener, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.peer: FakeStation = station(bed(1, care=care()))
        self.window = opened(self.peer)
        self.window.care_desk.set_who(NURSE)
        self.panel = self.window.room_view.bed_view.care
        self.now = care().seen.at

    def sent(self) -> list[tuple[object, float | None]]:
        return [(each.deed, each.at) for each in self.peer.sent if isinstance(each, DoDeed)]

    def enter(self, widget: object) -> None:
        self._qtbot.keyClick(widget, Qt.Key.Key_Return)


@pytest.fixture
def nurse(opened: Opener, qtbot: QtBot) -> Nurse:
    return Nurse(opened, qtbot)


def score(nurse: Nurse, scale: str, value: int) -> None:
    nurse.panel.scores.rows[scale].buttons[value].click()


def test_a_tap_is_now_where_no_time_is_written(nurse: Nurse) -> None:
    score(nurse, "moaas", 4)
    assert nurse.sent() == [(deeds.Scored(scale="moaas", score=4), None)]


def test_a_time_counts_for_one_tap_and_is_gone(nurse: Nurse) -> None:
    nurse.panel.scores.when.field.setText("-5")
    score(nurse, "pain", 6)
    assert nurse.panel.scores.when.field.text() == ""
    score(nurse, "nausea", 1)
    assert nurse.sent() == [
        (deeds.Scored(scale="pain", score=6), pytest.approx(nurse.now - 300, abs=1)),
        (deeds.Scored(scale="nausea", score=1), None),
    ]


def test_a_key_is_always_now_whatever_time_is_written(nurse: Nurse) -> None:
    nurse.panel.scores.when.field.setText("-5")
    nurse.panel.act("moaas_2")
    nurse.panel.act("usual")
    assert [when for _, when in nurse.sent()] == [None, None]


def test_a_time_that_cannot_be_is_refused_beneath_and_nothing_is_sent(nurse: Nurse) -> None:
    nurse.panel.scores.when.field.setText("-600")
    score(nurse, "pain", 6)
    assert "before it" in nurse.panel.scores.when.trouble.text()
    assert nurse.sent() == []


def test_a_time_that_was_written_for_one_patient_is_not_the_next_ones(nurse: Nurse) -> None:
    nurse.panel.scores.when.field.setText("-5")
    nurse.panel.show_bed(bed(2, care=care()))
    assert nurse.panel.scores.when.field.text() == ""


def test_a_note_and_a_choice_take_the_time_of_their_question(nurse: Nurse) -> None:
    question = nurse.panel.question
    nurse.panel.act("note")
    question.field.setText("asleep")
    question.when.field.setText("-5")
    nurse.enter(question.when.field)
    nurse.panel.act("action")
    question.when.field.setText("-3")
    question.buttons[0].click()
    assert [when for _, when in nurse.sent()] == [
        pytest.approx(nurse.now - 300, abs=1), pytest.approx(nurse.now - 180, abs=1)
    ]  # fmt: skip


def test_a_measurement_with_a_time_that_is_none_stays_in_its_question(nurse: Nurse) -> None:
    question = nurse.panel.question
    nurse.panel.act("pressure")
    question.field.setText("128/76")
    question.when.field.setText("soon")
    question.write()
    assert question.when.trouble.text() == NO_TIME
    assert not question.isHidden()
    question.when.field.setText("")
    question.write()
    assert [when for _, when in nurse.sent()] == [None]


def test_a_choice_that_could_not_be_then_is_refused_in_its_question(nurse: Nurse) -> None:
    question = nurse.panel.question
    nurse.panel.act("stop")
    question.when.field.setText("-36")  # before the start
    question.buttons[0].click()
    assert not question.isHidden()
    assert nurse.sent() == []


def test_a_change_at_the_pump_is_sent_with_its_time(nurse: Nurse) -> None:
    nurse.panel.act("lower")
    dialog = nurse.window.findChild(RateDialog)
    assert dialog is not None
    dialog.fields["mg_kg_h"].setText("0.05")
    dialog.fields["pump_ml_h"].setText("3.5")
    dialog.when.field.setText("14:99")
    assert dialog.when.trouble.text() == NO_TIME
    assert not dialog.record.isEnabled()
    dialog.when.field.setText("-10")
    dialog.enter()
    [(deed, when)] = nurse.sent()
    assert deed == deeds.RateSet(mg_kg_h=0.05, pump_ml_h=3.5)
    assert when == pytest.approx(nurse.now - 600, abs=1)


def test_a_bag_is_sent_with_the_time_at_which_it_was_changed(nurse: Nurse) -> None:
    nurse.panel.act("bag")
    dialog = nurse.window.findChild(BagDialog)
    assert dialog is not None
    for key, words in (("ml", "500"), ("mg_ml", "1"), ("lot", "B7")):
        dialog.fields[key].setText(words)
    dialog.when.field.setText("-600")
    assert not dialog.record.isEnabled()
    dialog.when.field.setText("-10")
    dialog.enter()
    [(_, when)] = nurse.sent()
    assert when == pytest.approx(nurse.now - 600, abs=1)


def test_a_raise_is_judged_by_the_time_at_the_pump() -> None:
    day = care((*may_raise(), *scored(1, moaas=3)))
    assert not rate(day, RateMode.RAISE, "0.2", "14", (), NURSE).allowed
    assert rate(day, RateMode.RAISE, "0.2", "14", (), NURSE, day.seen.at - 120).allowed
    before = rate(day, RateMode.RAISE, "0.2", "14", (), NURSE, day.seen.at - 86400)
    assert "before the session began" in before.beside["at"]


def test_the_record_shows_both_times_and_the_ribbon_draws_in_the_order_of_time() -> None:
    made = day_entries((*may_raise(), (10, deeds.RateSet(mg_kg_h=0.05, pump_ml_h=3.5)),
                        (12, deeds.Scored(scale="moaas", score=4))))  # fmt: skip
    now = care().seen.at
    late = tuple(replace(entry, entered=now) for entry in made[-2:])
    entries = (*made[:-2], *late)
    line = DayRecord().lines(entries)[-2]
    assert line.text.startswith(clock(now - 600))
    assert line.words.endswith(f"Entered late, 10 min after. {NURSE}, entered {clock(now)}")
    drawn = drug(care_of(entries))
    assert drawn is not None
    for row in (drawn.done, drawn.marks, drawn.cells):
        times = [each[0] if isinstance(each, tuple) else each.at for each in row]
        assert times == sorted(times)
    assert drawn.cells[-1].score == 5  # the newest look, though a score came in after it


# Scales


def test_every_scale_can_be_scored_from_the_panel(nurse: Nurse) -> None:
    rows = nurse.panel.scores.rows
    assert set(rows) == set(SCALES) == {"moaas", *COMFORT, *MORE}
    for key, row in rows.items():
        assert set(row.buttons) == set(SCALES[key].scores)


def test_rass_is_tapped_by_its_short_label_with_its_sign(nurse: Nurse) -> None:
    button = nurse.panel.scores.rows["rass"].buttons
    assert button[3].text() == "+3  very agitated"
    assert button[-2].accessibleName().startswith("RASS −2: Light sedation")
    score(nurse, "rass", 3)
    assert nurse.sent() == [(deeds.Scored(scale="rass", score=3), None)]


def test_very_agitated_with_a_severe_hallucination_proposes_a_stop_and_tells_the_alarms() -> None:
    day = care((*may_raise(), *scored(1, rass=3, hallucination=3)))
    assert [(each.rule, each.proposal) for each in day.summary.prompts] == [("R10", Proposal.STOP)]
    news = told(day.session, day.seen, day.protocol, dues(day.session, day.seen, day.protocol))
    entered = [each for each in commands(NOTHING_TOLD, news, NURSE) if isinstance(each, EnterResponsiveness)]
    assert [each.rass for each in entered] == [3]


@pytest.mark.parametrize(("found", "awake"), [
    ({"avpu": 0}, True), ({"avpu": 1}, False), ({"avpu": 2}, False), ({"avpu": 1, "moaas": 5}, False),
    ({"moaas": 5}, True), ({}, None),
])  # fmt: skip
def test_avpu_counts_in_news2_and_proposes_nothing(found: dict[str, int], awake: bool | None) -> None:
    bare = tuple(done for done in may_raise() if getattr(done[1], "scale", "") not in ("moaas", "avpu"))
    day = care((*bare, *scored(2, **found)))
    assert alert(day.session, day.seen.at) is awake
    assert day.summary.prompts == ()


def test_the_newer_of_avpu_and_moaas_says_whether_the_patient_is_alert() -> None:
    day = care((*may_raise(), *scored(3, avpu=2), *scored(1, moaas=5)))
    assert alert(day.session, day.seen.at) is True
    day = care((*may_raise(), *scored(3, avpu=0), *scored(1, moaas=3)))
    assert alert(day.session, day.seen.at) is False


def test_what_is_written_is_said_again_in_the_other_way() -> None:
    began = NOW - 720
    assert meant("-12", began, NOW) == f"{clock(began)} {zone_name(began)}"
    assert meant(clock(began), began, NOW) == f"{zone_name(began)}, −12 min"


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_no_choice_and_no_label_of_a_scale_is_cut(
    opened: Opener, qtbot: QtBot, size: tuple[int, int], theme: str
) -> None:
    window = opened(station(bed(1, care=care())), size, theme=theme)
    panel = window.room_view.bed_view.care
    panel.act("action")
    qtbot.waitUntil(lambda: panel.question.isVisible() and panel.question.width() <= panel._area.width())
    for button in (*panel.question.buttons, *panel.scores.rows["rass"].buttons.values()):
        assert button.width() >= button.fontMetrics().horizontalAdvance(button.text()), button.text()
        right = button.mapTo(panel._area.viewport(), button.rect().topRight()).x()
        assert right <= panel._area.viewport().width(), button.text()
