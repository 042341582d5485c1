"""An alarm is sounded and shown when it is heard: it waits neither for other lines nor for the tick."""

from pathlib import Path

import pytest

from nurse_station.links.poller import Arrival
from nurse_station.station.bed import BedMonitor
from nurse_station.vitals.clock import ManualClock
from tests.station.rooms import opened, run, simulator


@pytest.mark.parametrize(("alarms", "published"), [(1, ["published"]), (0, [])])
def test_an_arrival_is_published_at_once_when_it_changed_an_alarm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, alarms: int, published: list[str]
) -> None:
    clock, told = ManualClock(100.0), []
    with opened(tmp_path / "data", clock) as station:
        station.send(simulator())
        run(station, clock, 5.0)
        bed = station._reception.beds["chair-1"]
        entry = bed.alarms.log[-1]

        def receive(monitored: BedMonitor, *_: object) -> None:
            monitored.alarms.log.extend([entry] * alarms)

        monkeypatch.setattr(BedMonitor, "receive", receive)
        monkeypatch.setattr(type(station), "_publish", lambda *_: told.append("published"))
        station._arrived(Arrival(link=station.links()[0], data=b"."))
        assert told == published
