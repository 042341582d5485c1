"""Limit sets: levels, ranges, files, and what they refuse."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_station.alarms.baseline import proposals
from nurse_station.alarms.conditions import CONDITIONS
from nurse_station.alarms.limit_files import factory_file, load, parse, save, text_of
from nurse_station.alarms.limit_rows import APART, LIMIT_ROWS
from nurse_station.alarms.limits import Limits, LimitsError, Scope, checked
from tests.alarms.bed import FACTORY


@st.composite
def limit_sets(draw: st.DrawFn) -> dict[str, float]:
    """Any set that the table accepts: some rows, numbers in range, neighbours apart."""
    keys = draw(st.lists(st.sampled_from(sorted(LIMIT_ROWS)), unique=True))
    numbers: dict[str, float] = {}
    for key in keys:
        row = LIMIT_ROWS[key]
        candidate = {**numbers, key: draw(st.floats(row.low, row.high))}
        try:
            numbers = dict(checked(candidate))
        except LimitsError:
            continue
    return numbers


@given(limit_sets())
def test_a_set_read_from_its_own_text_is_the_same_set(numbers: dict[str, float]) -> None:
    assert parse(text_of(numbers)) == numbers


def test_a_set_that_was_saved_loads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "new" / "clinic.toml"
    numbers = {"spo2_low.medium": 93.5, "hr_low.medium": 45.0}
    save(path, numbers)
    assert load(path) == numbers
    save(path, FACTORY.factory)
    assert load(path) == FACTORY.factory
    assert list(path.parent.iterdir()) == [path]


def test_the_factory_has_a_number_for_every_row_and_no_other() -> None:
    assert load(factory_file()).keys() == LIMIT_ROWS.keys()


def test_every_row_belongs_to_a_condition() -> None:
    assert {key.partition(".")[0] for key in LIMIT_ROWS} <= CONDITIONS.keys()


def test_every_pair_that_must_stay_apart_is_of_rows() -> None:
    assert {key for low, high, _ in APART for key in (low, high)} <= LIMIT_ROWS.keys()


@pytest.mark.parametrize("scope", [Scope.CLINIC, Scope.PROTOCOL, Scope.PATIENT])
def test_the_more_particular_number_counts(scope: Scope) -> None:
    limits, change = FACTORY.set(scope, "spo2_low.medium", 94, "M. Roy", "asked")
    assert limits.effective["spo2_low.medium"] == 94
    assert limits.at(scope) == {"spo2_low.medium": 94}
    assert (change.scope, change.who, change.old, change.new, change.why) == (
        scope,
        "M. Roy",
        92,
        94,
        "asked",
    )


def test_a_patient_s_number_counts_before_the_protocol_s_and_the_clinic_s() -> None:
    limits = Limits(factory=FACTORY.factory, clinic={"hr_low.medium": 48}, protocol={"hr_low.medium": 46},
                    patient={"hr_low.medium": 44})  # fmt: skip
    assert limits.effective["hr_low.medium"] == 44
    assert limits.of_clinic("hr_low.medium") == 48
    assert limits.for_new_patient().effective["hr_low.medium"] == 48


def test_the_factory_s_limits_cannot_be_changed() -> None:
    with pytest.raises(LimitsError, match="set the clinic's instead"):
        FACTORY.set(Scope.FACTORY, "spo2_low.medium", 90, "x")


def test_a_factory_without_a_number_is_refused() -> None:
    with pytest.raises(LimitsError, match="no factory limit for agitated.high"):
        Limits(factory={})


@pytest.mark.parametrize(("key", "number", "wider"), [
    ("spo2_low.medium", 90, True),
    ("spo2_low.medium", 94, False),
    ("spo2_low.medium", 92, False),
    ("hr_high.medium", 130, True),
    ("spo2_low.medium_delay_s", 20, True),
])  # fmt: skip
@pytest.mark.hazard("H-10")
def test_a_limit_that_alarms_less_than_the_clinic_s_is_marked(key: str, number: float, wider: bool) -> None:
    limits, _ = FACTORY.set(Scope.PATIENT, key, number, "x")
    assert limits.wider(key) is wider
    assert limits.widened() == ((key,) if wider else ())


@pytest.mark.parametrize("key", sorted(LIMIT_ROWS))
@pytest.mark.hazard("H-10")
def test_no_limit_leaves_its_range(key: str) -> None:
    row = LIMIT_ROWS[key]
    for number in (row.low - 0.5, row.high + 0.5, float("nan"), float("inf")):
        with pytest.raises(LimitsError, match=f"{key} cannot be .* give "):
            FACTORY.set(Scope.PATIENT, key, number, "x")


@pytest.mark.parametrize(("low", "high", "gap"), APART)
def test_neighbours_stay_apart(low: str, high: str, gap: float) -> None:
    upper = LIMIT_ROWS[high].low
    lower = min(LIMIT_ROWS[low].high, upper)
    if upper - lower >= gap:  # the ranges themselves keep them apart
        assert checked({low: lower, high: upper})
        return
    with pytest.raises(LimitsError, match=f"{low} .* must stay at least {gap:g} below {high}"):
        checked({low: lower, high: upper})


def test_a_word_that_is_no_limit_is_refused() -> None:
    with pytest.raises(LimitsError, match="There is no limit called spo2_low.meduim"):
        FACTORY.set(Scope.PATIENT, "spo2_low.meduim", 90, "x")


@pytest.mark.parametrize(("text", "says"), [
    ("medium = 92", "medium stands alone"),
    ("[spo2_low]\nmedium = '92'", "spo2_low.medium is not a number"),
    ("[spo2_low]\nmedium = true", "spo2_low.medium is not a number"),
    ("[spo2_low]\nmedium = 50", "spo2_low.medium cannot be 50 %; give 85 to 96"),
    ("[spo2_low]\nmedium = " + "9" * 400, "spo2_low.medium cannot be inf %"),
    ("[spo2_low\n", "is not TOML"),
])  # fmt: skip
def test_a_file_with_a_mistake_is_refused_in_a_sentence(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "clinic.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LimitsError, match=says) as refused:
        load(path)
    assert str(path) in str(refused.value)


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LimitsError, match="cannot be read"):
        load(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LimitsError, match="is not TOML"):
        load(tmp_path / "bytes.toml")


def test_a_file_that_cannot_be_written_is_left_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "clinic.toml"
    folder.mkdir()
    with pytest.raises(LimitsError, match="cannot be written"):
        save(folder, {"spo2_low.medium": 93})
    assert list(tmp_path.iterdir()) == [folder]


def test_a_set_that_is_refused_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(LimitsError):
        save(tmp_path / "clinic.toml", {"spo2_low.medium": 50})
    assert not list(tmp_path.iterdir())


def test_the_factory_file_says_where_its_numbers_come_from() -> None:
    text = factory_file().read_text(encoding="utf-8")
    assert "102 recorded sedations" in text
    assert tomllib.loads(text)["spo2_low"]["medium"] == 92


@pytest.mark.parametrize(("baseline", "key", "new"), [
    ({"hr": 60}, "hr_low.medium", 48),  # 0.8 x 60
    ({"hr": 80}, "hr_high.medium", 104),  # 1.3 x 80
    ({"nibp_sys": 140}, "nibp_sys_high.medium", 175),  # 1.25 x 140
    ({"nibp_sys": 110}, "nibp_sys_low.medium", 88),  # 0.8 x 110
    ({"nibp_sys": 170}, "nibp_sys_high.medium", 179),  # 212 would pass the HIGH limit
    ({"hr": 35}, "hr_low.medium", 30),  # 28 would leave the range
])  # fmt: skip
def test_a_baseline_proposes_limits(baseline: dict[str, float], key: str, new: float) -> None:
    found = {each.key: each for each in proposals(FACTORY, baseline)}
    assert (found[key].old, found[key].new) == (FACTORY.effective[key], new)


@pytest.mark.parametrize("baseline", [{}, {"hr": 70, "nibp_sys": 126}, {"hr": 100}, {"spo2": 97}])
def test_a_baseline_that_fits_the_clinic_s_limits_proposes_nothing(baseline: dict[str, float]) -> None:
    # 1.3 x 70 is under 100 and 1.3 x 100 over 120: the limit stays.
    assert proposals(FACTORY, baseline) == ()


def test_a_corrected_baseline_takes_back_the_limits_of_the_mistaken_one() -> None:
    limits = FACTORY
    for key, number in (("hr_low.medium", 36.0), ("nibp_sys_high.medium", 179.0)):
        limits, _ = limits.set(Scope.PATIENT, key, number, "x", "from baseline")
    found = {each.key: each.new for each in proposals(limits, {"hr": 75, "nibp_sys": 126})}
    assert found == {"hr_low.medium": 50, "nibp_sys_high.medium": 160}
