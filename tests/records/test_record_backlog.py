"""What the disk does not take waits in order; entries are never given up; the oldest vitals go first."""

from nurse_station.records.backlog import KEEP_BATCHES, Backlog, Batch, Entry


def batch(number: int) -> Batch:
    return Batch(rows=((str(number), ()),), seconds=1.0)


def entry(number: int) -> Entry:
    return Entry(row=(str(number), ()))


def test_at_least_four_hours_of_seconds_are_held() -> None:
    assert KEEP_BATCHES >= 4 * 3600
    assert Backlog().keep == KEEP_BATCHES


def test_beyond_the_bound_the_oldest_batch_is_dropped_and_counted() -> None:
    backlog = Backlog(keep=3)
    for number in range(5):
        backlog.add([], batch(number))
    assert backlog.front(9)[1] == [batch(2), batch(3), batch(4)]
    assert (backlog.dropped_s, backlog.waiting_s) == (2.0, 3.0)


def test_no_entry_is_ever_dropped() -> None:
    backlog = Backlog(keep=1)
    for number in range(5):
        backlog.add([entry(number)], batch(number))
    assert backlog.front(0)[0] == [entry(number) for number in range(5)]


def test_what_was_looked_at_stays_until_it_is_removed() -> None:
    backlog = Backlog()
    backlog.add([entry(1)], batch(1))
    backlog.front(1)
    assert (backlog.entries, backlog.batches) == (1, 1)
    backlog.remove(*backlog.front(1))
    assert (backlog.entries, backlog.batches) == (0, 0)
