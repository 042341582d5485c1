"""What is asked of an S/5 monitor, and when: soon after a restart, never faster than its book allows."""

import pytest

from nurse_station.devices.ge_s5_dri import DRIVER, layout
from nurse_station.devices.ge_s5_dri.conversation import BY_THE_BOOK, EVERY_SECOND
from nurse_station.devices.ge_s5_dri.requests import ONCE, ask_values
from tests.devices.bedside import Bedside

AT_ONE_SECOND, AT_FIVE = ask_values(EVERY_SECOND), ask_values(BY_THE_BOOK)
CUFF_TIME = ask_values(ONCE, kind=layout.AUX_INFO)


def asked(bedside: Bedside, seconds: float) -> list[tuple[float, bytes]]:
    """The requests for values in so many seconds, each with the seconds since they began."""
    start, found = bedside.now, []
    for _ in range(round(seconds * 4)):
        before = len(bedside.sent)
        bedside.run(0.25)
        said = b"".join(bedside.sent[before:])
        found += [(bedside.now - start, ask) for ask in (AT_ONE_SECOND, AT_FIVE) if ask in said]
    return found


@pytest.fixture
def bedside() -> Bedside:
    made = Bedside(DRIVER).open()
    made.run(20)
    return made


def test_a_monitor_that_speaks_is_asked_nothing_more(bedside: Bedside) -> None:
    assert asked(bedside, 60) == []


def test_a_monitor_that_never_spoke_is_asked_by_the_book_from_the_third_time_on() -> None:
    made = Bedside(DRIVER)
    made.plugged = False
    made.open()
    assert asked(made, 25) == [(6.0, AT_ONE_SECOND), (12.0, AT_FIVE), (18.0, AT_FIVE), (24.0, AT_FIVE)]


def test_a_monitor_that_sent_every_second_is_asked_soon_after_it_fell_silent(bedside: Bedside) -> None:
    bedside.plugged = False
    times = [at for at, _ in asked(bedside, 30)]
    assert times[0] <= 3.5
    assert {b - a for a, b in zip(times, times[1:], strict=False)} == {3.5}


def test_each_fifth_of_these_requests_is_by_the_book(bedside: Bedside) -> None:
    bedside.plugged = False
    assert [ask == AT_FIVE for _, ask in asked(bedside, 36)] == [False] * 4 + [True] + [False] * 4 + [True]


def test_a_monitor_that_came_back_on_a_request_by_the_book_is_asked_for_every_second(
    bedside: Bedside,
) -> None:
    bedside.plugged = False
    while asked(bedside, 0.25)[:1] == [] or bedside.sent[-1].find(AT_FIVE) < 0:
        pass
    bedside.plugged = True
    bedside.monitor = DRIVER.emulator(bedside.patient, 2)
    bedside.monitor.receive(AT_FIVE, bedside.now)
    assert [ask for _, ask in asked(bedside, 12)] == [AT_ONE_SECOND]


def test_the_time_of_the_cuff_is_asked_once_and_five_seconds_after_the_values() -> None:
    made = Bedside(DRIVER).open()
    made.run(4.75)
    assert not [said for said in made.sent if CUFF_TIME in said]
    made.run(30)
    assert len([said for said in made.sent if CUFF_TIME in said]) == 1
