"""Masimo ASCII 1, the exception word: which bit is what, and what it does to the values. Tables, two rules.

Source: the operator's manuals of Rad-8 (p. 4-24) and Rad-87 (p. 93). What the bits of ALARM mean is not
published and was guessed by users, so they are shown as they are, and no alarm rests on them.
"""

from types import MappingProxyType

EXCEPTIONS = MappingProxyType({
    0x001: "spo2_no_sensor", 0x002: "spo2_sensor_fault", 0x004: "spo2_low_perfusion",
    0x008: "spo2_searching", 0x010: "spo2_interference", 0x020: "spo2_off", 0x040: "spo2_ambient_light",
    0x080: "spo2_sensor_unrecognised", 0x400: "spo2_weak", 0x800: "masimo_set",
})  # fmt: skip
NOT_RUNNING = frozenset({"spo2_no_sensor", "spo2_off"})
WITHOUT_VALUE = frozenset({"spo2_sensor_fault", "spo2_sensor_unrecognised"})
DOUBTED = frozenset({
    "spo2_low_perfusion", "spo2_searching", "spo2_interference", "spo2_ambient_light", "spo2_weak",
})  # fmt: skip
_KNOWN = sum(EXCEPTIONS)


def conditions_of(words: dict[str, str]) -> dict[str, str | None]:
    """Condition key -> its detail; None: it is not so. Of a word that the line has not, nothing is told."""
    found: dict[str, str | None] = {}
    if "EXC" in words:
        exceptions = int(words["EXC"], 16)
        found = {key: "" if exceptions & bit else None for bit, key in EXCEPTIONS.items()}
    return found | {"monitor_status": _raw(words)}


def _raw(words: dict[str, str]) -> str | None:
    """The words that hold bits which are not decoded, as the monitor sent them."""
    shown = [
        f"{key}={word}" for key, word in words.items() if int(word, 16) & ~(_KNOWN if key == "EXC" else 0)
    ]
    return " ".join(shown) or None
