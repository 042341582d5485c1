"""Nothing on paper is clipped and nothing lies on something else: every letter's place is looked at."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from paper_days import PaperDay, order
from paper_text import pages, printed

from nurse_station.reports.pdf import Paper
from nurse_station.sessions import deeds

MARGIN = 15 / 25.4 * 72
"""Points; at the sides."""
TOUCHING = 1.2
"""Letters of one word may touch by less, points (T and a hyphen)."""
Place = tuple[float, float, float, float]


def letters(path: Path) -> Iterator[tuple[float, list[tuple[str, Place]]]]:
    """For each page its width, and its letters with (left, bottom, right, top) in points."""
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            text = page.get_textpage()
            found = [
                (chr(pdfium.FPDFText_GetUnicode(text, n)), text.get_charbox(n))
                for n in range(text.count_chars())
            ]
            yield (
                page.get_width(),
                [(sign, place) for sign, place in found if sign.strip() and sign.isprintable()],
            )


def outside(path: Path) -> list[str]:
    """Letters beyond a margin."""
    return [
        sign
        for width, found in letters(path)
        for sign, (left, bottom, right, top) in found
        if left < MARGIN - 1 or right > width - MARGIN + 1 or bottom < 20 or top < bottom
    ]


def overlapping(path: Path) -> list[tuple[str, str]]:
    """Pairs of letters that lie on each other."""
    pairs = []
    for _, found in letters(path):
        near: dict[tuple[int, int], list[tuple[str, Place]]] = defaultdict(list)
        for sign, place in found:
            here = (int(place[0] // 12), int(place[1] // 12))
            around = [(here[0] + x, here[1] + y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
            pairs += [(sign, other) for key in around for other, its in near[key] if _covers(place, its)]
            near[here].append((sign, place))
    return pairs


def _covers(one: Place, other: Place) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > TOUCHING and high > TOUCHING


def crowded() -> PaperDay:
    """Names and words longer than they come, scores and cuffs each minute."""
    day = PaperDay(seconds=7200.0, bed_name="W" * 60)
    wide = "MWMWMWMWMWMW@" * 6
    day.do(1, deeds.PatientBound(patient=deeds.Patient(
        name=f"{wide}, Wilhelmina", born=date(1961, 11, 30), weight_kg=72.4, number=wide, allergies=wide,
        diagnosis="words and words " * 60)), who=wide)  # fmt: skip
    day.do(2, deeds.ScreeningBegun(), who=wide)
    day.do(
        3,
        deeds.Answered(question="heart", reply=deeds.Reply.UNKNOWN, note=f"{wide} {'and so on ' * 400}"),
        who=wide,
    )
    for deed in (
        deeds.Screened(),
        deeds.BaselineSet(),
        deeds.OrderWritten(order=order(lot=wide)),
    ):
        day.do(4, deed, who=wide)
    day.do(5, deeds.Started(mg_kg_h=0.1, pump_ml_h=1234.56), who=wide)
    for minute in range(1, 100):
        for scale, score in (("rass", -5), ("pain", 10), ("moaas", 0)):
            day.do(60.0 * minute, deeds.Scored(scale=scale, score=score), who=wide)
        day.cuffs.append((60.0 * minute, 250.0, 140.0, 180.0))
        day.alarm("nibp_dia_high", 60.0 * minute, 60.0 * minute + 20, value=123.4567, limit=110.25,
                  seen=60.0 * minute + 5, who=wide)  # fmt: skip
    day.do(7000, deeds.Noted(text="a long story " * 700), who=wide)
    day.do(7001, deeds.Intervened(what=wide * 5), who=wide)
    return day


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("crowded")
    return folder, crowded().write(folder)


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("whose", ["real", "full"])
def test_no_letter_is_clipped_and_none_lies_on_another(
    whose: str, paper: Paper, request: pytest.FixtureRequest
) -> None:
    path = printed(*request.getfixturevalue(whose), paper)
    assert outside(path) == []
    assert overlapping(path) == []


def test_the_page_to_take_home_is_one_page_even_of_a_crowded_day(full: tuple[Path, str]) -> None:
    path = printed(*full, patient=True)
    assert outside(path) == []
    with pypdfium2.PdfDocument(path) as pdf:
        assert len(pdf) == 1


def test_every_word_of_a_cell_that_runs_over_pages_is_there(full: tuple[Path, str]) -> None:
    whole = "".join(pages(printed(*full)))
    assert whole.count("story") == 700
