"""What all tests of the classroom share."""

import math

import pytest

from nurse_station.records import writer


@pytest.fixture(autouse=True)
def _the_disk_is_not_hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clocks moved by hand run faster than any disk: a commit that lasts seconds of theirs is no trouble."""
    monkeypatch.setattr(writer, "STUCK_S", math.inf)
