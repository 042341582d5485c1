"""Recognising a family by its bytes, and what is said when none is recognised. No port here."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nurse_station.devices.advice import AMBIGUOUS, ECHO, NOTHING, advice
from nurse_station.devices.contract import Driver
from nurse_station.devices.identify import Attempt, Fit, Hearing, asks, lines_of, plan, recognise
from nurse_station.devices.registry import DRIVERS
from tests.devices.bedside import stream_of

EVERYONE = Attempt(line=None, families=tuple(DRIVERS))
MOST_HEARD = 9000
every_driver = pytest.mark.parametrize("driver", DRIVERS.values(), ids=lambda driver: driver.key)


def heard_families(data: bytes) -> list[str]:
    return [fit.family for fit in recognise(DRIVERS, EVERYONE, [(1.0, data)]).sure]


@every_driver
def test_a_monitor_is_told_from_all_others_by_what_it_sends(driver: Driver) -> None:
    assert heard_families(stream_of(driver, 10.0)[:MOST_HEARD]) == [driver.key]


@every_driver
def test_it_does_not_matter_where_in_a_frame_the_listening_begins(driver: Driver) -> None:
    stream = stream_of(driver, 12.0)
    cut = random.Random(driver.key).randrange(1, len(stream) // 4)
    assert heard_families(stream[cut : cut + MOST_HEARD]) == [driver.key]


@pytest.mark.parametrize("seed", range(6))
def test_noise_is_no_monitor(seed: int) -> None:
    assert heard_families(random.Random(seed).randbytes(2000)) == []


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_that_happen_to_come_are_a_monitor(noise: bytes) -> None:
    assert heard_families(noise) == []


def read_at_another_speed(data: bytes, ratio: float) -> bytes:
    """What a receiver makes of a line whose bits are `ratio` times as long as it thinks; 8N1, no pause."""
    levels = [1, *(bit for byte in data for bit in (0, *(byte >> i & 1 for i in range(8)), 1)), *[1] * 20]
    read, at, end = bytearray(), 1.0, len(levels) - 12 / ratio
    while at < end:
        if levels[int(at)]:
            at += 0.25 / ratio  # idle: wait for a start bit
            continue
        bits = [levels[int(at + (i + 1.5) / ratio)] for i in range(8)]
        read.append(sum(bit << i for i, bit in enumerate(bits)))
        at += 9.5 / ratio
    return bytes(read)


def test_a_line_read_at_its_own_speed_is_what_was_sent() -> None:
    assert read_at_another_speed(b"SPO2=097 HR=061\r\n", 1.0) == b"SPO2=097 HR=061\r\n"


@every_driver
@pytest.mark.parametrize("ratio", [0.25, 0.5, 2.0, 4.0, 6.0, 12.0])
def test_no_family_is_recognised_at_a_wrong_speed(driver: Driver, ratio: float) -> None:
    stream = stream_of(driver, 10.0)
    assert heard_families(read_at_another_speed(stream[:1500], ratio)[:MOST_HEARD]) == []


@pytest.mark.parametrize("name", ["db01.raw", "db02.raw"])
@pytest.mark.parametrize("begin", [0, 50_000, 100_003])
def test_real_lines_of_a_ge_monitor_are_recognised(shared: Path, name: str, begin: int) -> None:
    capture = (shared / "captures/ge_s5_dri" / name).read_bytes()
    assert heard_families(capture[begin : begin + MOST_HEARD]) == ["ge-s5-dri"]


@pytest.mark.parametrize(
    "driver", [driver for driver in DRIVERS.values() if not driver.checksum], ids=lambda driver: driver.key
)
def test_a_format_without_a_checksum_is_not_believed_amid_noise(driver: Driver) -> None:
    chance = random.Random(driver.key)
    stream = stream_of(driver, 10.0)
    step = max(20, len(stream) // 12)
    mixed = b"".join(stream[at : at + step] + chance.randbytes(step) for at in range(0, len(stream), step))
    assert driver.key not in heard_families(mixed[:MOST_HEARD])


@every_driver
def test_a_single_byte_is_not_enough(driver: Driver) -> None:
    assert heard_families(stream_of(driver, 8.0)[:1]) == []


def test_the_plan_listens_at_every_setting_before_it_asks_anyone() -> None:
    attempts = plan(DRIVERS)
    asked = [bool(attempt.ask) for attempt in attempts]
    assert asked == sorted(asked)
    listened = [attempt.line for attempt in attempts if not attempt.ask]
    assert len(set(listened)) == len(listened)
    assert set(listened) == {line for driver in DRIVERS.values() for line in lines_of(driver)}
    assert {attempt.ask for attempt in attempts if attempt.ask} == {
        key for key, driver in DRIVERS.items() if asks(driver)
    }


def test_a_family_is_only_heard_at_a_setting_of_its_own() -> None:
    for attempt in plan(DRIVERS):
        assert all(attempt.line in lines_of(DRIVERS[key]) for key in attempt.families)


def test_a_line_that_cannot_be_set_is_listened_to_once_for_all() -> None:
    first, *others = plan(DRIVERS, settable=False)
    assert first == EVERYONE
    assert all(attempt.ask for attempt in others)


def say(data: bytes, sent: bytes = b"", families: tuple[str, ...] = tuple(DRIVERS)) -> tuple[str, ...]:
    hearing = Hearing(DRIVERS, Attempt(line=None, families=families))
    hearing.said(sent)
    hearing.feed(data, 1.0)
    return advice(DRIVERS, [hearing.heard()])


def test_when_nothing_arrives_it_says_where_to_look() -> None:
    assert say(b"") == (NOTHING,)
    assert advice(DRIVERS, []) == (NOTHING,)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (random.Random(1).randbytes(300), "300 bytes arrive but no frame"),
        (random.Random(1).randbytes(300), "GE monitors need even parity"),
        (b"\x00" * 40, "40 bytes arrive and all are 00"),
        (
            bytes(b | (b.bit_count() % 2) << 7 for b in b"SPO2 97 PR 71\r\n" * 3),
            "7 data bits with even parity",
        ),
        (bytes(b | (b.bit_count() % 2 ^ 1) << 7 for b in b"SPO2 97 PR 71\r\n" * 3), "with odd parity"),
    ],
)
def test_what_the_bytes_look_like_is_said(data: bytes, words: str) -> None:
    assert words in " ".join(say(data))


def test_its_own_echo_is_no_monitor() -> None:
    driver = DRIVERS["ge-s5-dri"]
    sent = driver.conversation(driver.decoder()).opened(0.0)
    assert say(sent, sent=sent) == (ECHO,)


def test_a_damaged_line_of_a_known_family_names_it_and_the_reason() -> None:
    stream = bytearray(stream_of(DRIVERS["ge-s5-dri"], 20.0))
    for at in range(4000, len(stream), 60):
        stream[at] ^= 1 + at % 15
    [sentence] = say(bytes(stream), families=("ge-s5-dri",))
    assert "of GE S/5 family came whole" in sentence
    assert "even parity" in sentence


def test_one_frame_of_a_family_asks_for_patience() -> None:
    [sentence] = say(stream_of(DRIVERS["ivy-450c"], 1.5), families=("ivy-450c",))
    assert sentence == "1 frames of Ivy 450C came, too few to be sure: listen longer (--seconds)."


def test_two_families_that_fit_alike_are_both_named() -> None:
    a, b = list(DRIVERS)[:2]
    fits = tuple(
        Fit(family=key, accepted=9, refused={}, share=share, tells=True, sure=True)
        for key, share in ((a, 0.97), (b, 1.0))
    )
    heard = recognise(DRIVERS, EVERYONE, [])
    both = type(heard)(attempt=EVERYONE, data=b"..", sent=b"", fits=fits)
    assert [fit.family for fit in both.sure] == [b, a]
    names = f"{DRIVERS[b].name} and {DRIVERS[a].name}"
    assert advice(DRIVERS, [both]) == (AMBIGUOUS.format(names=names),)


def test_one_that_fits_clearly_better_wins() -> None:
    a, b = list(DRIVERS)[:2]
    fits = tuple(
        Fit(family=key, accepted=9, refused={}, share=share, tells=True, sure=True)
        for key, share in ((a, 0.4), (b, 1.0))
    )
    heard = recognise(DRIVERS, EVERYONE, [])
    assert [f.family for f in type(heard)(attempt=EVERYONE, data=b".", sent=b"", fits=fits).sure] == [b]
