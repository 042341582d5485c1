"""S/5 record interface: the groups of a displayed record -> what each value is and how far it is trusted."""

from dataclasses import dataclass

from nurse_station.devices.ge_s5_dri import layout
from nurse_station.vitals.parameters import PARAMETERS
from nurse_station.vitals.readings import Missing, Quality


@dataclass(frozen=True, slots=True)
class GroupWords:
    """The two words at the head of a group, and its raw values."""

    status: int
    label: int
    raw: tuple[int, ...]

    @property
    def exists(self) -> bool:
        return bool(self.status & layout.EXISTS)

    @property
    def active(self) -> bool:
        return bool(self.status & layout.ACTIVE)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a group, ready to become a reading."""

    parameter: str
    value: float | None
    quality: Quality
    why: Missing | None
    origin: str


def read_groups(data: bytes) -> dict[str, GroupWords]:
    """All groups of the 270 data bytes of a displayed record."""
    found: dict[str, GroupWords] = {}
    for name, group in layout.GROUPS.items():
        status, label = layout.GROUP_HEADER.unpack_from(data, group.at)
        count = 4 if name == "co2" else max(position for _, position, _ in group.values) + 1
        start = group.at + layout.GROUP_HEADER.size
        raw = tuple(
            int.from_bytes(data[start + 2 * i : start + 2 * i + 2], "little", signed=True)
            for i in range(count)
        )
        found[name] = GroupWords(status, label, raw)
    return found


def ambient_pressure_mmhg(co2: GroupWords) -> float | None:
    """The pressure that turns percent into mmHg; None: the monitor does not tell."""
    pressure = co2.raw[layout.AMBIENT_PRESSURE_POSITION] * 0.1
    low, high = layout.AMBIENT_RANGE_MMHG
    return pressure if co2.exists and low <= pressure <= high else None


def conditions_of(groups: dict[str, GroupWords]) -> dict[str, bool]:
    """Every device condition of the table: whether it is so in this record."""
    found = {f"{name}_absent": not groups[name].exists for name in layout.ALWAYS_TOLD}
    for bit in layout.BITS:
        group = groups[bit.group]
        word = group.status if bit.word == "status" else group.label
        found[bit.condition] = bool(group.exists and word & bit.mask and not word & bit.unless)
    return found


def values_of(groups: dict[str, GroupWords], level: int, ambient: float) -> list[Value]:
    """The values of all groups that are there, and of those that always should be.

    Args:
        groups: From `read_groups`.
        level: Interface level of the record.
        ambient: Ambient pressure in mmHg, for the CO2 values.
    """
    conditions = conditions_of(groups)
    doubted = {p for bit in layout.BITS if conditions[bit.condition] for p in bit.doubts}
    values: list[Value] = []
    for name, group in layout.GROUPS.items():
        words = groups[name]
        if words.exists or name in layout.ALWAYS_TOLD:
            values += [
                _value(parameter, words, position, factor * _co2_factor(parameter, ambient),
                       _origin(parameter, words), parameter in doubted)
                for parameter, position, factor in group.values
            ]  # fmt: skip
    return [_rate_not_from_co2(value, groups["co2"], level) for value in values]


def _value(
    parameter: str, words: GroupWords, position: int, factor: float, origin: str, doubted: bool
) -> Value:
    why = _why_missing(parameter, words, words.raw[position])
    if why is not None:
        return Value(parameter, None, Quality.MISSING, why, origin)
    value = round(words.raw[position] * factor, 2)
    if not PARAMETERS[parameter].accepts(value):
        return Value(parameter, None, Quality.MISSING, Missing.IMPLAUSIBLE, origin)
    return Value(parameter, value, Quality.QUESTIONABLE if doubted else Quality.GOOD, None, origin)


def _why_missing(parameter: str, words: GroupWords, raw: int) -> Missing | None:
    if not words.exists:
        return Missing.ABSENT
    if raw <= layout.CODES_FROM:
        return layout.CODES.get(raw, Missing.INVALID) if words.active else Missing.OFF
    # A cuff rests between measurements and its last value stands; anything else that does not
    # measure has nothing to say.
    if not words.active and not PARAMETERS[parameter].episodic:
        return Missing.OFF
    return None


def _co2_factor(parameter: str, ambient: float) -> float:
    return ambient / 100 if parameter in ("etco2", "fico2") else 1.0


def _origin(parameter: str, words: GroupWords) -> str:
    if parameter == "hr":
        return layout.HR_SOURCES.get((words.status >> layout.HR_SOURCE_SHIFT) & layout.HR_SOURCE_MASK, "")
    if parameter.startswith("p") and parameter != "pr":
        return layout.PRESSURE_LABELS.get(words.label, "")
    return _ORIGINS.get(parameter, "")


_ORIGINS = {"pr": "pleth", "rr_imp": "impedance", "rr_co2": "CO2", "nibp_sys": "cuff",
            "nibp_dia": "cuff", "nibp_mean": "cuff"}  # fmt: skip


def _rate_not_from_co2(value: Value, co2: GroupWords, level: int) -> Value:
    """Before level 8 the CO2 group may carry the impedance rate: that is not a rate from CO2."""
    impedance = co2.label & layout.RR_SOURCE_MASK == layout.RR_SOURCE_IMPEDANCE
    if value.parameter == "rr_co2" and impedance and level < layout.RR_FROM_CO2_LEVEL:
        return Value("rr_co2", None, Quality.MISSING, Missing.OFF, "")
    return value
