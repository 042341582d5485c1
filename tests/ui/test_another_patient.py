"""After a session ended, nothing of it stays on the screen of the next patient at that bed."""

from datetime import UTC, datetime

from pytestqt.qtbot import QtBot
from room import START, bed, fill

from nurse_station.station.history import History
from nurse_station.ui.models.numerics import Moment
from nurse_station.ui.views.bed_view import BedView


def test_the_ribbon_follows_the_history_of_the_bed_not_its_key(qtbot: QtBot) -> None:
    view = BedView(25.0)
    qtbot.addWidget(view)
    view.make_ribbon()
    moment = Moment(now=START, wall=datetime(2026, 1, 5, 8, 0, tzinfo=UTC))
    first, second = History(START - 600), History(START - 600)
    fill(first, START, minutes=2)
    shown: list[History] = []
    assert view.ribbon is not None
    view.ribbon.show_bed = lambda history, *_: shown.append(history)  # type: ignore[method-assign]
    for history in (first, first, second):
        view.show_bed(bed(), history, moment)
    assert shown == [first, second]
