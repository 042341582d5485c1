"""What the monitor says beside the values -> conditions that are so or not. Tells each change once."""

from collections.abc import Iterable

from nurse_station.devices.philips_intellivue import alarm_words, layout
from nurse_station.devices.philips_intellivue.alarms import CONDITIONS, meant, told
from nurse_station.devices.philips_intellivue.content import AlarmEntry, Content
from nurse_station.devices.philips_intellivue.numerics import Value
from nurse_station.vitals.readings import DeviceCondition

_IN_STATE: tuple[tuple[int, str], ...] = (
    (layout.DEMO_DATA, "demonstration"),
    (layout.TEST_DATA, "test_data"),
    (layout.CALIBRATING, "calibrating"),
)


class Conditions:
    """What was last told of each condition, for as long as an association lasts."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._last: dict[str, tuple[bool, str]] = {}
        self._states: dict[str, int] = {}
        self._voices: dict[str, dict[str, bool]] = {}
        self._alarms: dict[tuple[int, int, str], list[AlarmEntry]] = {}

    def say(self, key: str, active: bool, at: float, detail: str = "") -> list[DeviceCondition]:
        """The condition as it is now, unless just that was told before."""
        if self._last.get(key) == (active, detail):
            return []
        self._last[key] = (active, detail)
        return [DeviceCondition(key=key, active=active, at=at, source=self._source, detail=detail)]

    def of_values(self, values: Iterable[Value], at: float) -> list[DeviceCondition]:
        """What the state words of these values say."""
        self._states |= {value.parameter: value.state for value in values}
        said: list[DeviceCondition] = []
        for bit, key in _IN_STATE:
            so = any(state & bit for state in self._states.values())
            said += self._by("values", key, so, at)
        raw = [f"{name} {word:04X}" for name, state in self._states.items() if (word := _raw(name, state))]
        return said + self.say("monitor_status", bool(raw), at, ", ".join(raw))

    def of_cuff(self, measuring: bool, at: float) -> list[DeviceCondition]:
        """Whether the cuff is measuring."""
        return self.say("nibp_measuring", measuring, at)

    def of_alarms(self, objects: Iterable[Content], at: float) -> list[DeviceCondition]:
        """What the alarm lists say; a list that did not come stands as it was."""
        said: list[DeviceCondition] = []
        for content in objects:
            if content.alerts is not None:
                said += self._alerts(content.alerts, at)
            for name in ("patient_alarms", "technical_alarms"):
                entries: list[AlarmEntry] | None = getattr(content, name)
                if entries is not None:
                    self._alarms[content.context, content.handle, name] = entries
        return said + self._lists(at) if self._alarms else said

    def of_mode(self, mode: int, at: float) -> list[DeviceCondition]:
        """What the operating mode says."""
        said: list[DeviceCondition] = []
        for bit, key in layout.MODE_BITS:
            said += self._by("mode", key, bool(mode & bit), at)
        return said

    def of_patient(self, content: Content, at: float) -> list[DeviceCondition]:
        """Who the monitor says that its patient is."""
        state = content.demographics_state
        family, given, number = (
            content.names.get(part, "") for part in (layout.FAMILY_NAME, layout.GIVEN_NAME, layout.PATIENT_ID)
        )
        if state is None and not content.names:
            return []
        who = ", ".join(part for part in (family, given, f"ID {number}" if number else "") if part)
        here = bool(who) and state not in (layout.NO_PATIENT, layout.DISCHARGED)
        return self.say("patient_identity", here, at, who)

    def _alerts(self, state: int, at: float) -> list[DeviceCondition]:
        return [
            *self.say("alarms_off", bool(state & alarm_words.INHIBITED), at),
            *self.say("alarms_suspended", bool(state & alarm_words.SUSPENDED), at),
            *self._by("alarms", "demonstration", bool(state & alarm_words.DEMO), at),
        ]

    def _lists(self, at: float) -> list[DeviceCondition]:
        entries = [entry for listed in self._alarms.values() for entry in listed]
        so = meant(entries)
        said = [one for key in CONDITIONS for one in self.say(key, key in so, at)]
        return said + self.say("monitor_alarm", bool(entries), at, "; ".join(map(told, entries)))

    def _by(self, voice: str, key: str, so: bool, at: float) -> list[DeviceCondition]:
        """A condition that several parts of the monitor may tell: it is so while one of them says so."""
        self._voices.setdefault(key, {})[voice] = so
        return self.say(key, any(self._voices[key].values()), at)


def _raw(parameter: str, state: int) -> int:
    """The bits of a state word that are shown as they are."""
    known = layout.ONGOING if parameter.startswith("nibp") else 0
    return state & layout.SHOWN_RAW_STATE & ~known
