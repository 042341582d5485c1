"""The attributes of polled objects -> typed content. Each class of objects reads its own attributes.

Attributes that are not in the table of the class, and classes that have no table, are skipped by their
length: a store of old measurements has numerics too, and they are nobody's current values.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from nurse_station.devices.philips_intellivue import layout
from nurse_station.devices.philips_intellivue.cursor import Cursor


@dataclass(frozen=True, slots=True)
class Numeric:
    """One observed value: identifier, state, unit code and FLOAT word, as sent."""

    physio: int
    state: int
    unit: int
    word: int


@dataclass(frozen=True, slots=True)
class Samples:
    """The samples of one wave, as bytes."""

    physio: int
    state: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Scale:
    """What two sample values stand for: FLOAT words and samples."""

    low: int
    high: int
    low_sample: int
    high_sample: int


@dataclass(frozen=True, slots=True)
class SampleSpec:
    """How samples are packed: bits of each, bits of them that are value, flags."""

    bits: int
    significant: int
    flags: int


@dataclass(frozen=True, slots=True)
class AlarmEntry:
    """One alarm in force. `text` is the monitor's own, in its language; "" if it sent none."""

    source: int
    code: int
    kind: int
    state: int
    text: str


@dataclass(slots=True)
class Content:
    """What the attributes of one object say. None or empty: it was not among them."""

    context: int = 0
    handle: int = 0
    values: list[Numeric] = field(default_factory=list)
    samples: list[Samples] = field(default_factory=list)
    scale: Scale | None = None
    calibration: Scale | None = None
    spec: SampleSpec | None = None
    period: int | None = None
    unit: int | None = None
    marks: dict[int, int] | None = None
    stamp_absolute: bytes | None = None
    stamp_relative: int | None = None
    clock_time: bytes | None = None
    relative_time: int | None = None
    mode: int | None = None
    alerts: int | None = None
    patient_alarms: list[AlarmEntry] | None = None
    technical_alarms: list[AlarmEntry] | None = None
    demographics_state: int | None = None
    names: dict[int, str] = field(default_factory=dict)


Reader = Callable[[Content, Cursor], None]


def _value(content: Content, cursor: Cursor) -> None:
    content.values.append(Numeric(cursor.u16(), cursor.u16(), cursor.u16(), cursor.u32()))


def _values(content: Content, cursor: Cursor) -> None:
    for element in cursor.listed():
        _value(content, element)


def _samples(content: Content, cursor: Cursor) -> None:
    content.samples.append(Samples(cursor.u16(), cursor.u16(), cursor.take(cursor.u16())))


def _all_samples(content: Content, cursor: Cursor) -> None:
    for element in cursor.listed():
        _samples(content, element)


def _scale(cursor: Cursor) -> Scale:
    return Scale(cursor.u32(), cursor.u32(), cursor.u16(), cursor.u16())


def _set_scale(content: Content, cursor: Cursor) -> None:
    content.scale = _scale(cursor)


def _set_calibration(content: Content, cursor: Cursor) -> None:
    content.calibration = _scale(cursor)


def _set_spec(content: Content, cursor: Cursor) -> None:
    cursor.u16()  # samples at most
    content.spec = SampleSpec(cursor.u8(), cursor.u8(), cursor.u16())


def _set_marks(content: Content, cursor: Cursor) -> None:
    content.marks = {element.u16(): element.u16() for element in cursor.listed()}


def _set_alerts(content: Content, cursor: Cursor) -> None:
    content.alerts = cursor.u16()


def _set_patient_alarms(content: Content, cursor: Cursor) -> None:
    content.patient_alarms = [_alarm(element) for element in cursor.listed()]


def _set_technical_alarms(content: Content, cursor: Cursor) -> None:
    content.technical_alarms = [_alarm(element) for element in cursor.listed()]


GENERAL_INFO, TEXT_INFO = 513, 516
_INFO_BEFORE_TEXT = 10  # instance, text identifier, priority, flags


def _alarm(cursor: Cursor) -> AlarmEntry:
    source, code, kind, state = cursor.u16(), cursor.u16(), cursor.u16(), cursor.u16()
    cursor.take(6)  # the object that it comes from
    info_kind, info = cursor.u16(), cursor.window(cursor.u16())
    text = ""
    if info_kind == TEXT_INFO and len(info) > _INFO_BEFORE_TEXT:
        info.take(_INFO_BEFORE_TEXT)
        text = words(info)
    return AlarmEntry(source, code, kind, state, text)


def words(cursor: Cursor) -> str:
    """A text of the monitor: a length and UTF-16 up to a NUL. Control characters are left out.

    A length that is longer than what is there takes what is there: it is only text.
    """
    if len(cursor) < 2:
        return ""
    size = min(cursor.u16(), len(cursor)) // 2 * 2  # some end with a single NUL byte
    text = cursor.take(size).decode("utf-16-be", errors="replace").split("\0")[0]
    return "".join(letter for letter in text if letter.isprintable()).strip()


def _u16(name: str) -> Reader:
    return lambda content, cursor: setattr(content, name, cursor.u16())


def _u32(name: str) -> Reader:
    return lambda content, cursor: setattr(content, name, cursor.u32())


def _eight(name: str) -> Reader:
    return lambda content, cursor: setattr(content, name, cursor.take(8))


def _name(attribute: int) -> Reader:
    return lambda content, cursor: content.names.update({attribute: words(cursor)})


READERS: Mapping[int, Mapping[int, Reader]] = {
    layout.NUMERIC: {
        layout.VALUE: _value,
        layout.COMPOUND_VALUE: _values,
        layout.STAMP_ABSOLUTE: _eight("stamp_absolute"),
        layout.STAMP_RELATIVE: _u32("stamp_relative"),
    },
    layout.WAVE: {
        layout.SAMPLES: _samples,
        layout.COMPOUND_SAMPLES: _all_samples,
        layout.SCALE: _set_scale,
        layout.CALIBRATION: _set_calibration,
        layout.SAMPLE_SPEC: _set_spec,
        layout.FIXED_VALUES: _set_marks,
        layout.SAMPLE_PERIOD: _u32("period"),
        layout.UNIT_CODE: _u16("unit"),
    },
    layout.ALARMS: {
        layout.PATIENT_ALARMS: _set_patient_alarms,
        layout.TECHNICAL_ALARMS: _set_technical_alarms,
        layout.ALERT_CONDITION: _set_alerts,
    },
    layout.DEMOGRAPHICS: {
        layout.DEMOGRAPHICS_STATE: _u16("demographics_state"),
        **{name: _name(name) for name in (layout.PATIENT_ID, layout.FAMILY_NAME, layout.GIVEN_NAME)},
    },
    layout.MDS: {
        layout.OPERATING_MODE: _u16("mode"),
        layout.CLOCK_TIME: _eight("clock_time"),
        layout.RELATIVE_TIME: _u32("relative_time"),
    },
}
NOTHING: Mapping[int, Reader] = {}


def read_attributes(content: Content, object_class: int, cursor: Cursor) -> Content:
    """Read a list of attributes into `content`.

    Raises:
        BoundsError: A length or count points outside of what holds it, or an attribute is too short.
    """
    readers = READERS.get(object_class, NOTHING)
    for element in cursor.listed():
        attribute, value = element.u16(), element.window(element.u16())
        reader = readers.get(attribute)
        if reader is not None:
            reader(content, value)
    return content
