"""Capnostream, one numerics message: its values, limits and status bytes; refuses what cannot be one."""

from dataclasses import dataclass

from nurse_station.devices.capnostream import layout


@dataclass(frozen=True, slots=True, kw_only=True)
class Numerics:
    """What a numerics message holds. Values as sent; None: the monitor has none.

    Attributes:
        seconds: The monitor's own clock, which runs in local time.
        etco2, fico2: mmHg.
        rr_co2, pr: a minute.
        spo2: Percent.
        sea_level: CO2 was sent in percent of volume: the pressures hold at sea level only.
        slow, co2_alarms, spo2_alarms, extended: Status bytes.
    """

    seconds: int
    etco2: float | None
    fico2: float | None
    rr_co2: float | None
    spo2: float | None
    pr: float | None
    sea_level: bool
    slow: int
    co2_alarms: int
    spo2_alarms: int
    extended: int


def read_numerics(payload: bytes) -> Numerics | str:
    """Read a payload; a string is the reason to refuse it: "short", "unit", "range".

    The XOR that guards a frame does not see bytes that changed places. Shifted payloads have been
    reported, so what no monitor can send is refused whole.
    """
    if len(payload) < layout.NUMERICS_HEAD.size:
        return "short"
    seconds, etco2, fico2, rr, spo2, pr, slow, co2_alarms, spo2_alarms, _, *rest = (
        layout.NUMERICS_HEAD.unpack_from(payload)
    )
    *limits, unit, extended = rest
    count = layout.CO2_COUNT_MMHG.get(unit)
    if count is None:
        return "unit"
    if _turned_round(limits) or layout.MAX_SPO2 < spo2 < layout.NO_VALUE:
        return "range"
    return Numerics(
        seconds=seconds, etco2=_value(etco2, count), fico2=_value(fico2, count), rr_co2=_value(rr),
        spo2=_value(spo2), pr=_value(pr), sea_level=unit == layout.VOLUME_PERCENT,
        slow=slow, co2_alarms=co2_alarms, spo2_alarms=spo2_alarms, extended=extended,
    )  # fmt: skip


def conditions_of(numerics: Numerics) -> dict[str, str | None]:
    """Condition key -> its detail; None: it is not so."""
    found: dict[str, str | None] = {"co2_sea_level": "" if numerics.sea_level else None}
    for bits, byte in (
        (layout.SLOW_STATUS, numerics.slow),
        (layout.CO2_ALARMS, numerics.co2_alarms),
        (layout.SPO2_ALARMS, numerics.spo2_alarms),
        (layout.EXTENDED, numerics.extended),
    ):
        found |= {key: "" if byte & bit else None for bit, key in bits.conditions.items()}
    return found | {"monitor_alarm": _alarms(numerics), "monitor_status": _raw(numerics)}


def _value(byte: int, count: float = 1.0) -> float | None:
    return None if byte == layout.NO_VALUE else byte * count


def _turned_round(limits: list[int]) -> bool:
    """Whether an upper limit lies under its lower one."""
    pairs = ((limits[high], limits[low]) for high, low in layout.HIGH_AND_LOW)
    return any(high < low != layout.NO_VALUE for high, low in pairs)


def _alarms(numerics: Numerics) -> str | None:
    words = [
        word
        for table, byte in (
            (layout.CO2_LIMITS, numerics.co2_alarms),
            (layout.SPO2_LIMITS, numerics.spo2_alarms),
            (layout.SLOW_ALARMS, numerics.slow),
        )
        for bit, word in table.items()
        if byte & bit
    ]
    return ", ".join(words) or None


def _raw(numerics: Numerics) -> str | None:
    """The bits that nobody documented, of the CO2 alarms, the SpO2 alarms and the extended status."""
    words = bytes((
        numerics.co2_alarms & layout.CO2_ALARMS.unknown,
        numerics.spo2_alarms & layout.SPO2_ALARMS.unknown,
        numerics.extended & layout.EXTENDED.unknown,
    ))  # fmt: skip
    return words.hex(" ") if any(words) else None
