"""What stands beside the values: limits, alarm-off and wider marks, the pause, the sound. No Qt."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from nurse_station.alarms.conditions import CONDITIONS
from nurse_station.alarms.limits import Limits
from nurse_station.station.snapshots import NOT_HEARD, AudioSnapshot, BedSnapshot, RoomSnapshot
from nurse_station.ui import alarm_texts
from nurse_station.ui.models import words
from nurse_station.ui.models.alarms import AlarmShown, blocks_of, by_block, of_bed
from nurse_station.ui.models.numerics import Moment, breath_parameter
from nurse_station.ui.models.units import Units

LIMITS: Mapping[str, tuple[str, str, str]] = MappingProxyType({
    "hr": ("hr", "hr_low.medium", "hr_high.medium"),
    "spo2": ("spo2", "spo2_low.medium", ""),
    "rr": ("rr_co2", "rr_low.medium", "rr_high.medium"),
    "etco2": ("etco2", "etco2_low.medium", "etco2_high.medium"),
    "nibp": ("nibp_sys", "nibp_sys_low.medium", "nibp_sys_high.medium"),
})  # fmt: skip
"""Block -> its parameter, and the limits that stand beside its value; empty: there is none on that side."""

WIDER = "↕"
"""Beside a limit that alarms later than the clinic's own."""
WIDER_WORDS = "limits are wider than the clinic's"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockSigns:
    """What a value block shows beside its value.

    Attributes:
        alarm: The most urgent alarm about it; None: none.
        low, high: The limits in the unit that is shown; empty: there is none.
        wider: The sides, "low" and "high", on which a limit or a delay alarms later than the clinic's own.
        off: Alarms of this value that are switched off, each with its reason.
        beyond: The value is beyond "low" or "high" now, though its alarm's delay may still run; else empty.
    """

    alarm: AlarmShown | None = None
    low: str = ""
    high: str = ""
    wider: frozenset[str] = frozenset()
    off: tuple[str, ...] = ()
    beyond: str = ""

    @property
    def spoken(self) -> str:
        """The signs as a screen reader says them."""
        limits = f"limits {self.low or 'none'} to {self.high or 'none'}" if self.low or self.high else ""
        off = f"alarm off: {', '.join(self.off)}" if self.off else ""
        alarm = self.alarm.spoken if self.alarm is not None else ""
        return ", ".join(p for p in (alarm, limits, WIDER_WORDS if self.wider else "", off) if p)


NO_SIGNS = BlockSigns()


def signs(bed: BedSnapshot, moment: Moment) -> dict[str, BlockSigns]:
    """Block -> its signs, for every block that may have any."""
    alarms = by_block(of_bed(bed, moment))
    return {
        key: _signs(key, bed, alarms.get(key), moment.units) for key in (*LIMITS, *(alarms.keys() - LIMITS))
    }


def _signs(key: str, bed: BedSnapshot, alarm: AlarmShown | None, units: Units) -> BlockSigns:
    off = tuple(off_words(bed, (c for c in bed.alarms.off if key in blocks_of(c))))
    limits = bed.alarms.limits
    if limits is None or key not in LIMITS:
        return BlockSigns(alarm=alarm, off=off)
    parameter, low, high = LIMITS[key]
    return BlockSigns(
        alarm=alarm, off=off, wider=_wider(limits, key), beyond=_beyond(bed, key, limits),
        low=_limit(limits, low, parameter, units), high=_limit(limits, high, parameter, units),
    )  # fmt: skip


def _limit(limits: Limits, key: str, parameter: str, units: Units) -> str:
    if not key:
        return ""
    scale = units.of(parameter)
    return words.number(scale.shown(limits.effective[key]), scale.precision)


def _wider(limits: Limits, block: str) -> frozenset[str]:
    """The sides of the value; what is about neither limit (a desaturation, an apnoea) counts as low."""
    _, _, high = LIMITS[block]
    above = high.partition(".")[0]
    widened = [key.partition(".")[0] for key in limits.widened()]
    return frozenset("high" if name == above else "low" for name in widened if block in blocks_of(name))


def _beyond(bed: BedSnapshot, block: str, limits: Limits) -> str:
    """Colours the number before the alarm's delay is over; whether it alarms is decided elsewhere."""
    parameter, low, high = LIMITS[block]
    numeric = bed.numerics.get(breath_parameter(bed) if block == "rr" else parameter)
    if numeric is None or numeric.value is None:
        return ""
    if low and numeric.value < limits.effective[low]:
        return "low"
    return "high" if high and numeric.value > limits.effective[high] else ""


def off_words(bed: BedSnapshot, conditions: Iterable[str] | None = None) -> list[str]:
    """`SpO₂ low: probe on a cold hand` for each alarm that is switched off."""
    keys = bed.alarms.off if conditions is None else conditions
    return [f"{_name(key)}: {bed.alarms.off[key]}" for key in sorted(keys)]


def _name(condition: str) -> str:
    row = CONDITIONS.get(condition)
    return alarm_texts.alarm_text(row.text if row is not None else f"alarm.{condition}").name


def pause_left(bed: BedSnapshot, now: float) -> str:
    """How long the bed's sound stays paused, `1:52`; empty: it is not paused."""
    pause = bed.alarms.pause
    return words.minutes(pause.until - now) if pause is not None and pause.until > now else ""


class AudioState(StrEnum):
    """What the nurse may expect to hear."""

    ON = "on"
    PAUSED = "paused"
    """At one bed at least."""
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioShown:
    """The state of the sound.

    Attributes:
        state: See AudioState.
        words: `Audio on`, `Paused 1:52`, `Chair 2 paused 1:52`, `No alarm sound`.
        short: The same where it is narrow, beside the sign: nothing, `1:52`, `No sound`.
        detail: More, for a tooltip.
    """

    state: AudioState
    words: str
    short: str = ""
    detail: str = ""


def audio(room: RoomSnapshot) -> AudioShown:
    """Whether alarms are heard now, all in all."""
    if room.audio is None or not room.audio.usable:
        return AudioShown(
            state=AudioState.UNUSABLE, words="No alarm sound", short="No sound", detail=_trouble(room.audio)
        )
    if room.practice and room.audio.trouble.startswith(NOT_HEARD):
        return AudioShown(
            state=AudioState.UNUSABLE,
            words="Practice: not heard",
            short="Not heard",
            detail=room.audio.trouble,
        )
    paused = [bed for bed in room.beds if pause_left(bed, room.at)]
    if not paused:
        return AudioShown(state=AudioState.ON, words="Audio on", detail=_output(room.audio))
    left = max((pause_left(bed, room.at) for bed in paused), key=lambda text: (len(text), text))
    watched = [bed for bed in room.beds if bed.lines or bed.session]
    each = "\n".join(f"{bed.name}: paused {pause_left(bed, room.at)}" for bed in paused)
    return AudioShown(
        state=AudioState.PAUSED, words=_paused(paused, len(watched), left), short=left, detail=each
    )


def _paused(paused: list[BedSnapshot], watched: int, left: str) -> str:
    if len(paused) >= watched:
        return f"Paused {left}"
    return f"{paused[0].name if len(paused) == 1 else f'{len(paused)} beds'} paused {left}"


def _trouble(audio: AudioSnapshot | None) -> str:
    return audio.trouble if audio is not None else "This station has no sound output."


def _output(audio: AudioSnapshot) -> str:
    return words.joined(audio.device, f"volume {audio.volume:.0%}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentBanner:
    """The full-width banner of a station that cannot be heard.

    Attributes:
        words: What it says.
        flashes: Nobody has acknowledged it yet.
    """

    words: str
    flashes: bool


def silent_banner(room: RoomSnapshot) -> SilentBanner | None:
    """The banner; None: alarms can be heard."""
    raised = [s for bed in room.beds for s in bed.alarms.present if s.condition == "no_audio"]
    if not raised and (room.audio is None or room.audio.usable):
        return None
    trouble = room.audio.trouble if room.audio is not None else ""
    said = words.joined(alarm_texts.NO_SOUND, trouble, alarm_texts.NO_SOUND_REMEDY)
    return SilentBanner(words=said, flashes=any(not status.acknowledged for status in raised))
