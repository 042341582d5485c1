"""The station asks and never sets: every byte that any family ever sends is in this table, in words.

To add a family that asks, add its requests here with what each of them does at the monitor. What is
not in the table fails; a request that changes a setting, starts a cuff or silences an alarm has no
place in it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pytest

from nurse_station.devices.contract import Driver
from nurse_station.devices.registry import DRIVERS
from tests.devices.bedside import NOT_ATTACHED, Bedside, SteadyPatient

every_driver = pytest.mark.parametrize("driver", DRIVERS.values(), ids=lambda driver: driver.key)


def as_it_stands(said: bytes) -> list[bytes]:
    return [said]


def s5_frames(said: bytes) -> list[bytes]:
    return [b"\x7e" + frame + b"\x7e" for frame in said.split(b"\x7e") if frame]


def oridion_frames(said: bytes) -> list[bytes]:
    """Cut at each header; a bare 85 is nothing else."""
    before, *frames = said.split(b"\x85")
    return [before, *(b"\x85" + frame for frame in frames)] if before else [b"\x85" + f for f in frames]


def mib_frames(said: bytes) -> list[bytes]:
    """The payloads of C0 11 01 length payload FCS C1, unescaped."""
    payloads = []
    for frame in said.split(b"\xc1")[:-1]:
        plain = re.sub(rb"\x7d(.)", lambda m: bytes((m[1][0] ^ 0x20,)), frame, flags=re.DOTALL)
        assert plain[:3] == b"\xc0\x11\x01"
        assert int.from_bytes(plain[3:5], "big") == len(plain) - 7
        payloads.append(plain[5:-2])
    assert said.endswith(b"\xc1")
    return payloads


@dataclass(frozen=True, slots=True)
class Requests:
    """What a family may say.

    Attributes:
        frames: Cuts what was said at one time into its frames.
        may: What a request does -> the bytes that it is (hex, `..`: any byte, `*`: any more).
    """

    frames: Callable[[bytes], list[bytes]]
    may: dict[str, str]


S5_HEADER = "31 00 00 00 00 00 00 00 00 00 00 00 00 00 {} 00 00 00 00 00 00 ff" + " 00" * 18
S5_VALUES = "7e " + S5_HEADER.format("00")
S5_WAVES = "7e " + S5_HEADER.format("01").replace("31", "48", 1)
POLL = "e1 00 00 02 00 01 .. .. .. .. 00 07 .. .. 00 21 00 00 00 00 00 00 00 00"

READ_ONLY: dict[str, Requests] = {
    "ge-s5-dri": Requests(s5_frames, {
        "send displayed values every second": f"{S5_VALUES} 01 01 00 00 00 00 00 00 00 32 7e",
        "send displayed values every five seconds": f"{S5_VALUES} 01 05 00 00 00 00 00 00 00 36 7e",
        "send displayed values no more": f"{S5_VALUES} 01 00 00 00 00 00 00 00 00 31 7e",
        "say once when the cuff last measured": f"{S5_VALUES} 04 ff ff 00 00 00 00 00 00 32 7e",
        "send the waves ECG 1, pleth and CO2": f"{S5_WAVES} 00 00 00 00 01 08 09 ff" + " 00" * 24 + " 59 7e",
        "send waves no more": f"{S5_WAVES} 01 00 00 00 ff" + " 00" * 27 + " 48 7e",
    }),
    "capnostream": Requests(oridion_frames, {
        "begin to communicate": "85 01 01 00",
        "communicate no more": "85 01 02 03",
        "send waves and values": "85 01 04 05",
        "send waves and values no more": "85 01 05 04",
        "the station still listens": "85 01 06 07",
        "say which revision of the protocol is spoken": "85 01 09 08",
        "say one value once": "85 02 03 (01|02|03|04|05) ..",
    }),
    "nellcor-ascii": Requests(as_it_stands, {
        "go on after a pause (XON, the line's own flow control)": "11",
    }),
    "philips-intellivue": Requests(mib_frames, {
        "begin an association": "0d *",
        "the association is over": "09 18 c1 16 61 80 30 80 02 01 01 a0 80 62 80 80 01 00" + " 00" * 8,
        "the association is broken off": "19 *",
        "the description of the monitor has been heard":
            "e1 00 00 02 00 02 00 14 .. .. 00 01 00 0e 00 21 00 00 00 00 00 00 00 00 0d 06 00 00",
        "send values, waves, alarms or the patient's name once": f"{POLL} 0c 16 *",
        "send them again and again for a time": f"{POLL} f1 3b *",
    }),
}  # fmt: skip
SPEAKS_BY_ITSELF = Requests(as_it_stands, {})


def pattern(hexadecimal: str) -> re.Pattern[bytes]:
    """`7e .. *` -> a pattern of bytes."""
    words = hexadecimal.replace("(", " ( ").replace(")", " ) ").replace("|", " | ").split()
    signs = {"..": b".", "*": b".*", "(": b"(", ")": b")", "|": b"|"}
    return re.compile(b"".join(signs.get(w) or re.escape(bytes.fromhex(w)) for w in words), flags=re.DOTALL)


def everything_said(driver: Driver) -> list[bytes]:
    """What the station says in a life with all that can happen to a line."""
    return _said(driver.key)


@cache
def _said(key: str) -> list[bytes]:
    bedside = Bedside(DRIVERS[key])
    bedside.plugged = False
    bedside.open().run(60, step=0.5)  # nobody there
    bedside.plugged = True
    bedside.run(60, step=0.5)
    bedside.plugged = False
    bedside.run(90, step=0.5)
    bedside.plugged = True
    bedside.run(30, step=0.5)
    bedside.restart_monitor()
    bedside.run(60, step=0.5)
    bedside.close()
    bedside.open().run(20, step=0.5)
    bedside.patient = SteadyPatient(NOT_ATTACHED)
    bedside.restart_monitor()
    bedside.run(340, step=1.0)
    bedside.monitor.receive(b"\x00\xff noise", bedside.now)
    bedside.events += bedside.decoder.feed(bytes(range(256)) * 8, bedside.now)
    bedside.run(30, step=0.5)
    bedside.close()
    return bedside.sent


def not_in_the_table(key: str, said: bytes) -> list[str]:
    """The frames of what was said that are no request of the family's table, in hex."""
    requests = READ_ONLY.get(key, SPEAKS_BY_ITSELF)
    allowed = [pattern(frame) for frame in requests.may.values()]
    return [
        frame.hex(" ") for frame in requests.frames(said) if not any(row.fullmatch(frame) for row in allowed)
    ]


@every_driver
def test_every_byte_that_is_ever_sent_is_a_request_of_the_table(driver: Driver) -> None:
    for said in everything_said(driver):
        assert not not_in_the_table(driver.key, said)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("capnostream", "85 03 3c 04 02 39"),  # what the device does when the station falls silent
        ("capnostream", "85 01 01 00 85 03 3c 01 01 3f"),  # alarms silenced, after a good request
        ("nonin-df2", "02 70 02 02 08 03"),  # another data format
        ("masimo-ascii1", "0d"),
        ("ge-s5-dri", S5_VALUES + " 01 02 00 00 00 00 00 00 00 33 7e"),
        # A confirmed set: operation 5 in place of 7.
        (
            "philips-intellivue",
            "c0 11 01 00 16 e1 00 00 02 00 01 00 0e 00 01 00 05 00 08" + " 00" * 10 + " c1",
        ),
    ],
)
def test_what_is_not_a_request_of_the_table_is_found(key: str, said: str) -> None:
    assert not_in_the_table(key, bytes.fromhex(said))


@pytest.mark.parametrize("key", READ_ONLY)
def test_the_table_has_no_family_that_nobody_has(key: str) -> None:
    if key not in DRIVERS:
        pytest.skip(f"{key} is not in the registry")
    assert everything_said(DRIVERS[key]), f"{key} says nothing: it needs no rows"
