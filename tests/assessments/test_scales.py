"""The scales: every score of every table, the sums, the bands of NEWS2."""

import pytest

from nurse_station.assessments.scales import SCALES, Scale
from nurse_station.assessments.scores import ALDRETE, PADSS, QUESTIONNAIRES, news2

every_scale = pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES.keys())


@every_scale
def test_no_score_stands_twice(scale: Scale) -> None:
    assert len(set(scale.scores)) == len(scale.levels)


@every_scale
def test_the_usual_score_is_one_of_the_scale(scale: Scale) -> None:
    assert scale.level(scale.usual)


@every_scale
def test_every_step_has_words_that_fit_a_button(scale: Scale) -> None:
    assert all(level.words and 0 < len(level.short) <= 14 for level in scale.levels)


@every_scale
def test_a_scale_names_its_version_and_source(scale: Scale) -> None:
    assert scale.version
    assert scale.source


@every_scale
def test_scores_leave_no_gap(scale: Scale) -> None:
    assert sorted(scale.scores) == list(range(min(scale.scores), max(scale.scores) + 1))


def test_a_score_that_a_scale_has_not_is_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match=r"MOAA/S goes from 0 to 5, not 6\."):
        SCALES["moaas"].level(6)


@pytest.mark.parametrize("row", QUESTIONNAIRES.values(), ids=QUESTIONNAIRES.keys())
def test_ten_points_are_the_most_and_nine_let_leave(row: object) -> None:
    assert (row.most, row.leaves_at) == (10, 9)  # type: ignore[attr-defined]


def test_a_sum_needs_every_item() -> None:
    answers = {item.key: 2 for item in ALDRETE.items}
    assert ALDRETE.total(answers) == 10
    assert ALDRETE.total(dict.fromkeys(list(answers)[:-1], 2)) is None


def test_points_that_an_item_has_not_are_refused() -> None:
    with pytest.raises(ValueError, match=r"PADSS, adapted, IV site: give 0, 1 or 2, not 3\."):
        PADSS.total({item.key: 3 if item.key == "iv_site" else 2 for item in PADSS.items})


WELL = {
    "rr": 16,
    "spo2": 98,
    "oxygen": False,
    "systolic": 120,
    "pulse": 70,
    "alert": True,
    "temperature": 37.0,
}


@pytest.mark.parametrize(("name", "value", "points"), [
    ("rr", 8, 3), ("rr", 9, 1), ("rr", 11, 1), ("rr", 12, 0), ("rr", 20, 0), ("rr", 21, 2), ("rr", 24, 2),
    ("rr", 25, 3),
    ("spo2", 91, 3), ("spo2", 92, 2), ("spo2", 93, 2), ("spo2", 94, 1), ("spo2", 95, 1), ("spo2", 96, 0),
    ("oxygen", True, 2), ("alert", False, 3),
    ("systolic", 90, 3), ("systolic", 91, 2), ("systolic", 100, 2), ("systolic", 101, 1),
    ("systolic", 110, 1),
    ("systolic", 111, 0), ("systolic", 219, 0), ("systolic", 220, 3),
    ("pulse", 40, 3), ("pulse", 41, 1), ("pulse", 50, 1), ("pulse", 51, 0), ("pulse", 90, 0),
    ("pulse", 91, 1),
    ("pulse", 110, 1), ("pulse", 111, 2), ("pulse", 130, 2), ("pulse", 131, 3),
    ("temperature", 35.0, 3), ("temperature", 35.1, 1), ("temperature", 36.0, 1), ("temperature", 36.1, 0),
    ("temperature", 38.0, 0), ("temperature", 38.1, 1), ("temperature", 39.0, 1), ("temperature", 39.1, 2),
])  # fmt: skip
def test_news2_gives_the_points_of_its_table(name: str, value: float, points: int) -> None:
    assert news2(**{**WELL, name: value}).total == points  # type: ignore[arg-type]


@pytest.mark.parametrize(("spo2", "oxygen", "points"), [
    (83, True, 3), (84, True, 2), (86, True, 1), (88, True, 0), (92, True, 0), (93, True, 1), (95, True, 2),
    (97, True, 3), (97, False, 0), (87, False, 1),
])  # fmt: skip
def test_scale_two_counts_too_much_oxygen(spo2: float, oxygen: bool, points: int) -> None:
    found = news2(**{**WELL, "spo2": spo2, "oxygen": oxygen}, hypercapnic=True)  # type: ignore[arg-type]
    assert found.points["spo2"] == points


@pytest.mark.parametrize("name", WELL)
def test_without_one_value_news2_is_incomplete(name: str) -> None:
    found = news2(**{**WELL, name: None})  # type: ignore[arg-type]
    assert (found.total, found.missing, found.band) == (None, (name,), "")


@pytest.mark.parametrize(("changes", "band"), [
    ({}, "0"), ({"rr": 21}, "1-4"), ({"rr": 25}, "3 in one"), ({"rr": 25, "pulse": 111}, "5-6"),
    ({"rr": 25, "pulse": 131, "spo2": 94}, "7 or more"),
])  # fmt: skip
def test_the_sum_falls_into_its_band(changes: dict[str, float], band: str) -> None:
    assert news2(**{**WELL, **changes}).band == band  # type: ignore[arg-type]


def test_news2_does_not_see_a_pressor_response() -> None:
    assert news2(**{**WELL, "systolic": 180}).total == 0  # type: ignore[arg-type]
