"""What all tests of commands share: none marks this computer as watching patients, none slows pytest."""

import pytest


@pytest.fixture(autouse=True)
def places(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mark of stations that run in this process is kept where no other program looks."""
    place = tmp_path_factory.mktemp("everybody")
    monkeypatch.setattr("nurse_station.commands.watch_mark.PLACES", (place,))
    monkeypatch.setattr("nurse_station.commands.practise.step_back", lambda: None)
