"""How well a line did, in words on the monitor's panel."""

import pytest
from pytestqt.qtbot import QtBot

from nurse_station.station.snapshots import LineHealth
from nurse_station.ui.models.line_health import health_words
from nurse_station.ui.widgets.monitor_panel import MonitorPanel
from tests.ui import room

WORDS = [
    (LineHealth(watched_s=30, receiving_s=30), ""),
    (LineHealth(watched_s=7500, receiving_s=7500), "Received for 100 % of 2 h 05 min · no silence"),
    (LineHealth(watched_s=7500, receiving_s=7499.9, silences=1, silent_s=0.1),
     "Received for 99.9 % of 2 h 05 min · 1 silence, 0 s in all"),
    (LineHealth(watched_s=600, receiving_s=528, silences=3, silent_s=72),
     "Received for 88.0 % of 10 min · 3 silences, 1 min in all"),
]  # fmt: skip


@pytest.mark.parametrize(("health", "said"), WORDS)
def test_a_line_says_how_long_it_received_and_how_often_it_was_silent(health: LineHealth, said: str) -> None:
    assert health_words(room.line(health=health)).replace("\N{NARROW NO-BREAK SPACE}", " ") == said


def test_the_monitors_panel_says_it_beneath_the_line(qtbot: QtBot) -> None:
    panel = MonitorPanel()
    qtbot.addWidget(panel)
    health = LineHealth(watched_s=600, receiving_s=528, silences=3, silent_s=72)
    panel.show_bed(room.bed(1, lines=(room.line(health=health),)), room.START)
    assert "Received for 88.0 % of 10 min" in panel.words
