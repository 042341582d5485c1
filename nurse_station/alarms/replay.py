"""A recording at one row a second -> the engine's inputs -> its episodes. Opens no file, reads no clock."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nurse_station.alarms.bedside import Heard
from nurse_station.alarms.engine import AlarmEngine
from nurse_station.alarms.history import Episode, EpisodeBook
from nurse_station.alarms.limits import Limits
from nurse_station.vitals.readings import DeviceCondition, FrameAccepted, Missing, Quality, Reading

SOURCE = "recording"
ROW_S = 1.0
_TICKS_AT_MOST = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One second of a recording.

    Attributes:
        at: Seconds from its start.
        spo2: %; None: probe off or no signal.
        pr: /min; None: no pulse counted.
        breathing: Whether breaths are seen; None: not known.
    """

    at: float
    spo2: float | None
    pr: float | None
    breathing: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What a recording gave: when it began and ended in its own seconds, and every alarm."""

    began: float
    ended: float
    episodes: tuple[Episode, ...]

    @property
    def seconds(self) -> float:
        """Its length."""
        return self.ended - self.began


def replay(rows: Iterable[Row], limits: Limits) -> Replayed:
    """Run a recording through an engine of its own, as fast as it goes. Each row lasts one second."""
    book = EpisodeBook()
    engine: AlarmEngine | None = None
    start = now = 0.0
    for row in rows:
        if engine is None:
            engine, start, now = AlarmEngine(limits, row.at), row.at, row.at
        for second in _between(now, row.at):
            book.add(engine.tick(second))
        now = row.at
        book.add(engine.update(heard(row), now))
    if engine is None:
        return Replayed(began=0.0, ended=0.0, episodes=())
    now += ROW_S
    book.add(engine.tick(now))
    return Replayed(began=start, ended=now, episodes=tuple(book.episodes))


def heard(row: Row) -> list[Heard]:
    """A row as a monitor would have said it. No value is ever zero: zero means that there is none."""
    searching = row.spo2 is not None and row.pr is None
    return [
        FrameAccepted(at=row.at, size=0),
        _reading("spo2", row.spo2, row.at),
        _reading("pr", row.pr, row.at),
        _condition("spo2_off", row.spo2 is None, row.at),
        _condition("spo2_searching", searching, row.at),
        _condition("breath_unknown", row.breathing is None, row.at),
        _condition("no_breath", row.breathing is False, row.at),
    ]


def _reading(parameter: str, value: float | None, at: float) -> Reading:
    if value is None:
        return Reading(parameter=parameter, value=None, at=at, source=SOURCE,
                       quality=Quality.MISSING, why=Missing.INVALID)  # fmt: skip
    return Reading(parameter=parameter, value=value, at=at, source=SOURCE)


def _condition(key: str, active: bool, at: float) -> DeviceCondition:
    return DeviceCondition(key=key, active=active, at=at, source=SOURCE)


def _between(last: float, at: float) -> Iterator[float]:
    """The seconds that a gap in the rows leaves out: nothing is heard, and the engine must notice."""
    for count in range(1, min(int(at - last), _TICKS_AT_MOST)):
        yield last + count
