"""Names and reasons: what may stand beneath a decision."""

import pytest

from nurse_station.infusion.signatures import wrong_name, wrong_reason


@pytest.mark.parametrize("text", ["Dr Okafor", "Wu, L.", "Å. Ek", "Dr Adaeze Okafor-Montgomery", "李小明"])
def test_a_name_is_a_name(text: str) -> None:
    assert wrong_name(text) == ""


@pytest.mark.parametrize("text", ["", "3", "0", "52.5", "aa", "Dr 3", "Dr Okafor 3", "...", " - "])
def test_a_slip_of_the_hand_is_no_name(text: str) -> None:
    assert wrong_name(text)


@pytest.mark.parametrize("text", ["as decided", "seen, decided", "discussed", "known from yesterday"])
def test_a_reason_is_a_reason(text: str) -> None:
    assert wrong_reason(text) == ""


@pytest.mark.parametrize("text", ["", "aa", "ok", "a b", "1 2", "asked", "........", "12345678"])
def test_what_explains_nothing_is_no_reason(text: str) -> None:
    assert wrong_reason(text)
