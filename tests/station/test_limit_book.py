"""The clinic's limits are read, kept and never spoilt."""

from pathlib import Path

import pytest

from nurse_station.alarms.limits import LimitsError, Scope
from nurse_station.station.limit_book import LimitBook


def test_without_a_file_the_factorys_limits_count_and_nothing_is_wrong(tmp_path: Path) -> None:
    book = LimitBook(tmp_path / "none.toml")
    assert (book.trouble, dict(book.limits.clinic)) == ("", {})


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "limits.toml"
    book = LimitBook(file)
    limits, _ = book.limits.set(Scope.CLINIC, "spo2_low.medium", 94, "Dr M")
    book.keep(limits)
    assert LimitBook(file).limits == book.limits == limits


def test_what_is_set_in_practice_lasts_for_its_run(tmp_path: Path) -> None:
    file = tmp_path / "limits.toml"
    clinic = LimitBook(file)
    limits, _ = clinic.limits.set(Scope.CLINIC, "spo2_low.medium", 94, "Dr M")
    clinic.keep(limits)
    practice = LimitBook(file, kept=False)
    assert practice.limits == clinic.limits
    other, _ = practice.limits.set(Scope.CLINIC, "spo2_low.medium", 91, "Ann")
    practice.keep(other)
    assert practice.limits.of_clinic("spo2_low.medium") == 91
    assert LimitBook(file).limits == clinic.limits


@pytest.mark.parametrize(
    "text",
    [
        "[spo2_low]\nmedium = 12\n",
        "[spo2_low]\nmedium = 88\n",
        "[spo2_low\n",
        "[no_such]\nhigh = 1\n",
        "\x00",
    ],
)
def test_a_file_with_a_mistake_is_named_and_never_overwritten(tmp_path: Path, text: str) -> None:
    file = tmp_path / "limits.toml"
    file.write_text(text)
    book = LimitBook(file)
    assert str(file) in book.trouble
    assert dict(book.limits.clinic) == {}
    with pytest.raises(LimitsError, match="not the clinic's"):
        book.keep(book.limits)
    assert file.read_text() == text


def test_a_file_that_cannot_be_read_is_no_reason_not_to_monitor(tmp_path: Path) -> None:
    assert str(tmp_path) in LimitBook(tmp_path).trouble  # a folder stands where the file should


def test_a_file_that_cannot_be_written_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    book = LimitBook(tmp_path / "limits.toml")
    limits, _ = book.limits.set(Scope.CLINIC, "spo2_low.medium", 94, "Dr M")
    book._path = tmp_path / "file" / "limits.toml"
    with pytest.raises(LimitsError):
        book.keep(limits)
    assert dict(book.limits.clinic) == {}
