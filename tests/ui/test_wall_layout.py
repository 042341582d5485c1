"""How a wall is laid out and paged, over screens of every size and rooms of every number of beds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nurse_station.ui.models.wall_layout import LEGIBLE_MM, WANTED_MM, Box, Ground, lay_out
from nurse_station.ui.models.wall_pages import Page, page_of, pages

GROUNDS = st.builds(
    Ground, width=st.integers(600, 3840), height=st.integers(320, 2160),
    pixels_per_mm=st.floats(2.9, 11.8), line_px=st.integers(13, 34),
)  # fmt: skip
DESK = Ground(width=1920, height=940, pixels_per_mm=3.61, line_px=17)
"""24 inches, 1920 x 1080."""
LARGE = Ground(width=3840, height=2000, pixels_per_mm=4.03, line_px=17)
"""43 inches, 3840 x 2160."""
LAPTOP = Ground(width=1536, height=720, pixels_per_mm=4.46, line_px=17)
"""15 inches, 1920 x 1080 at 125 %."""


@pytest.mark.parametrize(
    ("ground", "beds", "rows", "columns", "page_count"),
    [
        (DESK, 1, 1, 1, 1), (DESK, 4, 2, 2, 1), (DESK, 8, 3, 3, 1), (DESK, 16, 3, 6, 1),
        (DESK, 40, 5, 4, 2), (LARGE, 16, 4, 4, 1), (LARGE, 40, 8, 5, 1), (LAPTOP, 16, 2, 4, 2),
    ],
)  # fmt: skip
def test_a_wall_of_so_many_beds(ground: Ground, beds: int, rows: int, columns: int, page_count: int) -> None:
    layout = lay_out(beds, ground)
    assert (layout.rows, layout.columns, layout.pages) == (rows, columns, page_count)


@pytest.mark.parametrize(("beds", "least"), [(1, 20), (4, 20), (8, 19), (16, 10)])
def test_digits_are_as_high_as_a_room_of_that_size_allows(beds: int, least: float) -> None:
    assert lay_out(beds, DESK).digits_mm >= least


def parts(beds: int, ground: Ground) -> tuple[Box, list[Box]]:
    plan = lay_out(beds, ground).plan
    boxes = [plan.head, plan.strip, plan.foot, *plan.waves, *plan.names, *plan.blocks.values()]
    whole = Box(left=0, top=0, width=plan.width, height=plan.height)
    return whole, [box for box in boxes if box.width and box.height]


@settings(max_examples=60, deadline=None)
@given(beds=st.integers(1, 64), ground=GROUNDS)
def test_everything_of_a_tile_fits_and_nothing_overlaps(beds: int, ground: Ground) -> None:
    whole, boxes = parts(beds, ground)
    assert all(whole.holds(box) for box in boxes)
    assert not [(a, b) for n, a in enumerate(boxes) for b in boxes[:n] if a.meets(b)]


@settings(max_examples=60, deadline=None)
@given(beds=st.integers(1, 64), ground=GROUNDS)
def test_every_tile_is_on_the_ground_and_none_overlaps(beds: int, ground: Ground) -> None:
    layout = lay_out(beds, ground)
    tiles = [layout.tile(seat) for seat in range(layout.seats)]
    whole = Box(left=0, top=0, width=ground.width, height=ground.height)
    assert all(whole.holds(tile) for tile in tiles)
    assert not [(a, b) for n, a in enumerate(tiles) for b in tiles[:n] if a.meets(b)]


@settings(max_examples=60, deadline=None)
@given(beds=st.integers(1, 64), ground=GROUNDS)
def test_digits_are_legible_unless_one_bed_alone_has_no_room(beds: int, ground: Ground) -> None:
    layout = lay_out(beds, ground)
    assert layout.digits_mm <= WANTED_MM + 1e-9
    assert layout.digits_mm >= LEGIBLE_MM or layout.seats == 1
    assert layout.pages * layout.seats >= beds > (layout.pages - 1) * layout.seats


@settings(max_examples=60, deadline=None)
@given(beds=st.integers(1, 64), ground=GROUNDS)
def test_a_value_has_room_for_its_digits(beds: int, ground: Ground) -> None:
    plan = lay_out(beds, ground).plan
    assert plan.blocks["hr"].height + 1 >= min(plan.digits, plan.blocks["hr"].height)
    if plan.waves:
        assert plan.blocks["hr"].width >= 3 * plan.digits - 2
        assert plan.blocks["hr"].height >= plan.digits + plan.label - 2


def test_a_screen_too_small_for_anything_still_shows_one_bed() -> None:
    layout = lay_out(8, Ground(width=120, height=70, pixels_per_mm=8, line_px=30))
    assert (layout.seats, layout.legible, layout.pages) == (1, False, 8)


# Pages

ROOMS = st.integers(1, 64).flatmap(
    lambda beds: st.tuples(
        st.just([f"chair-{n}" for n in range(1, beds + 1)]),
        st.lists(st.sampled_from([f"chair-{n}" for n in range(1, beds + 1)]), unique=True),
    )
)


@given(room=ROOMS, seats=st.integers(1, 40))
def test_every_bed_is_on_some_page_and_no_page_is_overfull(
    room: tuple[list[str], list[str]], seats: int
) -> None:
    order, alarmed = room
    shown = pages(order, seats, alarmed)
    assert {bed for page in shown for bed in page.beds} == set(order)
    assert all(len(page.beds) <= seats and len(set(page.beds)) == len(page.beds) for page in shown)


@given(room=ROOMS, seats=st.integers(1, 40))
def test_beds_in_alarm_are_on_every_page_as_long_as_they_leave_a_seat(
    room: tuple[list[str], list[str]], seats: int
) -> None:
    order, alarmed = room
    for page in pages(order, seats, alarmed):
        if len(alarmed) < seats or len(order) <= seats:
            assert set(alarmed) <= set(page.beds)
            assert page.elsewhere == 0
        else:
            assert set(alarmed[: seats // 2]) <= set(page.beds)
        assert page.elsewhere == len(set(alarmed) - set(page.beds))


@given(room=ROOMS, seats=st.integers(2, 40))
def test_a_chosen_bed_keeps_its_page_while_any_other_calm_bed_can_leave(
    room: tuple[list[str], list[str]], seats: int
) -> None:
    order, alarmed = room
    first = pages(order, seats)[0].beds
    if len(alarmed) < seats:
        assert first[-1] in pages(order, seats, alarmed, kept=first[-1])[0].beds


@pytest.mark.parametrize(
    ("alarmed", "shown"),
    [("", ["abc", "def"]), ("b", ["abc", "deb", "fb"]), ("fb", ["abf", "dfb", "cfb", "efb"]),
     ("fba", ["fba", "fcd", "fe"])],
)  # fmt: skip
def test_who_loses_a_seat_has_one_on_a_last_page(alarmed: str, shown: list[str]) -> None:
    assert ["".join(page.beds) for page in pages("abcdef", 3, alarmed)] == shown


def test_a_bed_that_came_for_its_alarm_is_known_as_a_guest() -> None:
    assert pages("abcd", 2, ("d",))[0] == Page(beds=("a", "d"), brought=frozenset("d"))


@pytest.mark.parametrize(
    ("bed", "present", "page"), [("a", 0, 0), ("a", 1, 0), ("d", 0, 0), ("d", 1, 1), ("x", 7, 0)]
)
def test_a_page_is_left_only_for_a_bed_that_is_not_on_it(bed: str, present: int, page: int) -> None:
    assert page_of(pages("abcd", 2, ("d",)), bed, present) == page
