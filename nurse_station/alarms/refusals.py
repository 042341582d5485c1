"""What may not be done to alarms, each with its sentence: what is wrong and what to do. Pure functions."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from nurse_station.alarms.commands import (
    AlarmCommand,
    CancelPause,
    EnterResponsiveness,
    ExpectMonitor,
    PauseAudio,
    SetBaseline,
    SetCuffInterval,
    SwitchOff,
    SwitchOn,
)
from nurse_station.alarms.conditions import CONDITIONS
from nurse_station.alarms.signals import Pause
from nurse_station.alarms.words import Phase
from nurse_station.vitals.parameters import PARAMETERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What a refusal depends on."""

    now: float
    phase: Phase
    pause: Pause | None
    off: Collection[str]


def _pause(_command: PauseAudio, seen: Situation) -> str:
    if seen.pause is None:
        return ""
    return f"The sound is paused already; it returns in {seen.pause.until - seen.now:.0f} s."


def _cancel(_command: CancelPause, seen: Situation) -> str:
    return "The sound is not paused." if seen.pause is None else ""


def _switch_off(command: SwitchOff, seen: Situation) -> str:
    row = CONDITIONS.get(command.condition)
    if row is None:
        return f"There is no alarm called {command.condition}."
    if not command.why.strip():
        return "An alarm is switched off only with a reason; write why."
    if row.guarded and seen.phase is Phase.INFUSING:
        return f"{row.key} cannot be switched off while the infusion runs; acknowledge it or pause the sound."
    return ""


def _switch_on(command: SwitchOn, seen: Situation) -> str:
    return "" if command.condition in seen.off else f"{command.condition} is not switched off."


def _responsiveness(command: EnterResponsiveness, _seen: Situation) -> str:
    if command.moaas is not None and not 0 <= command.moaas <= 5:
        return f"MOAA/S goes from 0 to 5, not {command.moaas}."
    if command.rass is not None and not -5 <= command.rass <= 4:
        return f"RASS goes from -5 to 4, not {command.rass}."
    return ""


def _expect(command: ExpectMonitor, seen: Situation) -> str:
    if command.expected or seen.phase is not Phase.INFUSING:
        return ""
    return "A monitor cannot be disconnected while the infusion runs; stop the infusion first."


def _cuff(command: SetCuffInterval, _seen: Situation) -> str:
    if command.seconds is None or command.seconds > 0:
        return ""
    return "The cuff's interval must be longer than 0 s."


def _baseline(command: SetBaseline, _seen: Situation) -> str:
    for key, value in command.baseline.items():
        row = PARAMETERS.get(key)
        if row is None or not row.accepts(value):
            return f"{value:g} cannot be the baseline of {key}; measure again."
    return ""


_REFUSALS: Mapping[type, Callable[[Any, Situation], str]] = MappingProxyType({
    PauseAudio: _pause,
    CancelPause: _cancel,
    SwitchOff: _switch_off,
    SwitchOn: _switch_on,
    EnterResponsiveness: _responsiveness,
    ExpectMonitor: _expect,
    SetCuffInterval: _cuff,
    SetBaseline: _baseline,
})  # fmt: skip


def refusal(command: AlarmCommand, seen: Situation) -> str:
    """Why a command cannot be done, one sentence; empty: it can."""
    refuse = _REFUSALS.get(type(command))
    return "" if refuse is None else refuse(command, seen)
