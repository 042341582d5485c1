"""Which beds stand on which page of a wall. Hides no alarm: beds in alarm come to every page. No Qt.

A page is a stretch of the clinic's order, so that a bed is found where it always is. A bed in alarm from
elsewhere takes a free seat, else that of a calm bed at the page's end; who lost a seat has one on a last
page. Where the beds in alarm would fill a page, the most urgent half page of them stands on every page.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page shows.

    Attributes:
        beds: Keys of the beds, seat by seat.
        brought: Those that came from another page for their alarm.
        elsewhere: How many beds in alarm stand on other pages only.
    """

    beds: tuple[str, ...]
    brought: frozenset[str] = frozenset()
    elsewhere: int = 0


def pages(order: Sequence[str], seats: int, alarmed: Sequence[str] = (), kept: str = "") -> tuple[Page, ...]:
    """Every page, at least one.

    Args:
        order: Keys of all beds, in the clinic's order.
        seats: Places on a page, at least 1.
        alarmed: Those of them in alarm, the most urgent first.
        kept: A bed that keeps its seat if any can: the chosen one.
    """
    if len(order) <= seats:
        return (Page(beds=tuple(order)),)
    if len(alarmed) >= seats:
        return tuple(_counted(page, alarmed) for page in _crowded(order, seats, alarmed))
    return tuple(_counted(page, alarmed) for page in _calm(order, seats, alarmed, kept))


def _calm(order: Sequence[str], seats: int, alarmed: Sequence[str], kept: str) -> Iterator[Page]:
    displaced: list[str] = []
    for part in _parts(order, _evenly(len(order), seats)):
        foreign = [bed for bed in alarmed if bed not in part]
        calm = [bed for bed in part if bed not in alarmed]
        calm.sort(key=lambda bed: bed == kept, reverse=True)
        leave = max(0, len(part) + len(foreign) - seats)
        out = calm[len(calm) - leave :] if leave else []
        displaced += [bed for bed in part if bed in out]
        yield Page(beds=(*(bed for bed in part if bed not in out), *foreign), brought=frozenset(foreign))
    for part in _parts(displaced, seats - len(alarmed)):
        yield Page(beds=(*part, *alarmed), brought=frozenset(alarmed))


def _crowded(order: Sequence[str], seats: int, alarmed: Sequence[str]) -> Iterator[Page]:
    first, others = alarmed[: seats // 2], alarmed[seats // 2 :]
    rest = [*others, *(bed for bed in order if bed not in alarmed)]
    for part in _parts(rest, seats - len(first)):
        yield Page(beds=(*first, *part), brought=frozenset(first))


def _counted(page: Page, alarmed: Sequence[str]) -> Page:
    return Page(beds=page.beds, brought=page.brought,
                elsewhere=sum(bed not in page.beds for bed in alarmed))  # fmt: skip


def _evenly(beds: int, seats: int) -> int:
    """Beds a page when all pages have about as many."""
    return math.ceil(beds / math.ceil(beds / seats))


def _parts(beds: Sequence[str], size: int) -> list[Sequence[str]]:
    return [beds[first : first + size] for first in range(0, len(beds), size)]


def page_of(shown: Sequence[Page], bed: str, present: int) -> int:
    """The page on which to see a bed: the present one if it is there, else its first; 0 when it has none."""
    if 0 <= present < len(shown) and bed in shown[present].beds:
        return present
    return next((number for number, page in enumerate(shown) if bed in page.beds), 0)
