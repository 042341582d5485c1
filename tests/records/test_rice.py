"""Any 32-bit numbers come back; small steps take few bits."""

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from nurse_station.records import rice

NUMBERS = st.lists(st.integers(-(2**31), 2**31 - 1) | st.integers(-300, 300), max_size=80)


@given(NUMBERS)
@example([])
@example([-(2**31), 2**31 - 1, -(2**31), 2**31 - 1])
@example([5] * 50)
def test_any_numbers_come_back(numbers: list[int]) -> None:
    integers = np.array(numbers, dtype=np.int32)
    assert rice.decode(rice.encode(integers), len(integers)).tolist() == numbers


@given(NUMBERS)
def test_no_numbers_take_more_than_33_bits_each(numbers: list[int]) -> None:
    assert len(rice.encode(np.array(numbers, dtype=np.int32))) <= 2 + (33 * len(numbers) + 7) // 8


def test_a_steady_wave_takes_a_third_of_sixteen_bits() -> None:
    wave = np.rint(500 * np.sin(np.arange(300) / 30)).astype(np.int32)
    assert len(rice.encode(wave)) * 3 < 2 * len(wave)
