"""The ribbon's strip of the drug: when it is there, when it is reckoned, what it says and paints."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot
from room import PROTOCOL, START, bed, care, fill, infusing, may_raise

from PySide6.QtGui import QColor, QImage

from nurse_station.sessions import deeds
from nurse_station.station.history import History
from nurse_station.ui import theme
from nurse_station.ui.models.day_ribbon import drug
from nurse_station.ui.widgets.ribbon import RibbonWidget
from nurse_station.ui.widgets.ribbon_drug import DrugStrip
from nurse_station.ui.widgets.ribbon_span import AHEAD_PLANNED, Span
from nurse_station.vitals.clock import ManualClock

WALL = ManualClock().wall()
SPAN = Span(start=START - 3600, end=START + 600)
Made = Callable[[], DrugStrip]


@pytest.fixture
def strip(qtbot: QtBot) -> DrugStrip:
    made = DrugStrip()
    qtbot.addWidget(made)
    made.resize(900, made.height())
    made.show_span(SPAN, START)
    return made


def pixels(image: QImage, token: str) -> int:
    wanted = QColor(theme.current().colour(token)).rgb()
    return sum(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def test_without_an_order_there_is_no_strip(strip: DrugStrip) -> None:
    strip.show_care(None)
    assert strip.isHidden()
    strip.show_care(care(((5, may_raise()[0][1]),)))
    assert strip.isHidden()


def test_it_is_reckoned_with_an_entry_and_else_once_a_minute(strip: DrugStrip) -> None:
    now = care()
    for second in range(120):
        later = replace(now, seen=replace(now.seen, at=now.seen.at + second))
        strip.show_care(later)
    assert strip.made == 2
    strip.show_care(care((*may_raise(), (0, deeds.Noted(text="x")))))
    assert strip.made == 3


def test_rate_prediction_and_checks_are_painted_in_their_colours(strip: DrugStrip) -> None:
    strip.show_care(care())
    picture = strip.grab().toImage()
    assert pixels(picture, "drug") > 200
    assert pixels(picture, "concentration") > 20
    assert pixels(picture, "good") > 20


def test_a_low_score_is_a_filled_cell(strip: DrugStrip) -> None:
    strip.show_care(care((*infusing(), (5, deeds.Scored(scale="moaas", score=3)))))
    assert pixels(strip.grab().toImage(), "doubtful") > 120


def test_reading_names_rate_model_and_check(strip: DrugStrip) -> None:
    strip.show_care(care())
    said = strip.words_at(START - 240)
    assert "0.1 mg/kg/h" in said
    assert "model" in said
    assert "ng/mL" in said
    assert "MOAA/S 5" in said
    assert strip.words_at(START - 36_000) == ""


def test_the_ribbon_reads_the_drug_and_leaves_room_for_the_plan(qtbot: QtBot) -> None:
    history = History(START - 7200)
    fill(history, START, minutes=60)
    ribbon = RibbonWidget()
    qtbot.addWidget(ribbon)
    ribbon.resize(900, 500)
    ribbon.show_care(care())
    ribbon.show()
    ribbon.refresh(START)
    ribbon.show_bed(history, bed(1), lambda at: wall_of(at))
    span = ribbon._plot.span
    assert span.end == pytest.approx(START + AHEAD_PLANNED * span.width, abs=10)
    ribbon.show_moment(START - 240)
    assert "mg/kg/h" in ribbon._reading.text()
    ribbon.show_care(None)
    assert ribbon.drug.isHidden()


def wall_of(at: float) -> datetime:
    return WALL + timedelta(seconds=at - START)


def test_the_protocol_chooses_whose_prediction_is_drawn() -> None:
    shown = drug(replace(care(), protocol=replace(PROTOCOL, model="domino")))
    assert shown is not None
    assert shown.model == "model Domino 1984"
