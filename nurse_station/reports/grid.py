"""Which looks at the patient were due, and which were made: late and missing ones stay. Pure.

A look is what was scored or measured by hand within two minutes. A due look is done by the nearest one
with a responsiveness score, within half an interval.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from nurse_station.infusion.protocol import CheckInterval, Protocol
from nurse_station.sessions import deeds
from nurse_station.sessions.dues import RESPONSIVENESS
from nurse_station.sessions.session import Session, Timed
from nurse_station.sessions.states import State

TOGETHER_S = 120.0
DEFAULT = CheckInterval(every_min=15.0)
"""Where the protocol is not known: a row every 15 min (Dunstan sedation record), late after 2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the grid.

    Attributes:
        at: When the look was made, or when it was due and was not.
        due: When it was due; None: it was none that the interval asked for.
        late_s: So long after it was due; 0: in time, or none was due.
        found: What was scored and measured; empty: nobody looked.
        every_s: The interval of its phase; the age at which a cuff pressure is another row's.
    """

    at: float
    due: float | None = None
    late_s: float = 0.0
    found: tuple[Timed, ...] = ()
    every_s: float = 900.0

    @property
    def missing(self) -> bool:
        """It was due and nobody looked."""
        return not self.found


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A time in which looks are due: from, to, how often."""

    start: float
    end: float
    interval: CheckInterval


def phases(day: Session, protocol: Protocol | None, until: float) -> tuple[Phase, ...]:
    """The infusion and the recovery, as far as the day went."""
    began = day.delivery.started_at() if day.delivery is not None else None
    if began is None:
        return ()
    stopped = until if day.stopped_at is None else day.stopped_at
    found = [Phase(start=began, end=stopped, interval=_interval(protocol, recovery=False))]
    since = day.recovering_since
    if since is not None:
        left = day.since if day.state in (State.DISCHARGED, State.TRANSFERRED) else None
        end = until if left is None else left
        found.append(Phase(start=since, end=end, interval=_interval(protocol, recovery=True)))
    return tuple(found)


def _interval(protocol: Protocol | None, *, recovery: bool) -> CheckInterval:
    if protocol is None:
        return DEFAULT
    return (protocol.recovery_checks if recovery else protocol.checks).get("observations", DEFAULT)


def rows(day: Session, protocol: Protocol | None, until: float) -> tuple[Row, ...]:
    """The grid, in the order of time: every look and every one that was due."""
    free = list(looks(timed for timed in day.stands if isinstance(timed.deed, deeds.Scored | deeds.Measured)))
    found: list[Row] = []
    spans = phases(day, protocol, until)
    for phase in spans:
        found += [_row(due, phase, free) for due in _due(phase)]
    found += [Row(at=look[0].at, found=look, every_s=_every(look[0].at, spans)) for look in free]
    return tuple(sorted(found, key=lambda row: row.at))


def _every(at: float, spans: Sequence[Phase]) -> float:
    of = [phase for phase in spans if phase.start <= at <= phase.end]
    return (of[0].interval if of else DEFAULT).every_min * 60


def _due(phase: Phase) -> Iterator[float]:
    every = phase.interval.every_min * 60
    count = int((phase.end - phase.start) // every) if every > 0 else 0
    yield from (phase.start + number * every for number in range(1, count + 1))


def _row(due: float, phase: Phase, free: list[tuple[Timed, ...]]) -> Row:
    """The row of a due look; takes the look that did it."""
    every = phase.interval.every_min * 60
    near = [look for look in free if abs(look[0].at - due) < every / 2 and _responds(look)]
    if not near:
        return Row(at=due, due=due, every_s=every)
    look = min(near, key=lambda each: abs(each[0].at - due))
    free.remove(look)
    row = Row(at=look[0].at, due=due, found=look, every_s=every)
    late = look[0].at - due
    return replace(row, late_s=late) if late >= phase.interval.late_after_min * 60 else row


def _responds(look: tuple[Timed, ...]) -> bool:
    return any(isinstance(each.deed, deeds.Scored) and each.deed.scale in RESPONSIVENESS for each in look)


def looks(found: Iterable[Timed]) -> Iterator[tuple[Timed, ...]]:
    """What belongs together: within two minutes, each scale once."""
    own: list[Timed] = []
    for timed in sorted(found, key=lambda each: each.at):
        if own and (timed.at - own[0].at > TOGETHER_S or _again(timed, own)):
            yield tuple(own)
            own = []
        own.append(timed)
    if own:
        yield tuple(own)


def _again(timed: Timed, own: Iterable[Timed]) -> bool:
    mine = _names(timed)
    return any(mine & _names(each) for each in own)


def _names(timed: Timed) -> set[str]:
    if isinstance(timed.deed, deeds.Scored):
        return {timed.deed.scale}
    return set(timed.deed.values) if isinstance(timed.deed, deeds.Measured) else set()
