"""What a screen reader is told: alarms that are new since the last picture. Remembers one picture, no Qt."""

from nurse_station.station.snapshots import RoomSnapshot
from nurse_station.ui.models.alarms import AlarmShown, Look, of_room
from nurse_station.ui.models.units import WARD, Units

Key = tuple[str, str]


class AlarmNews:
    """Compares each picture with the one before."""

    def __init__(self) -> None:
        self._told: dict[Key, AlarmShown] = {}

    def of(self, room: RoomSnapshot, units: Units = WARD) -> list[str]:
        """A sentence for each alarm that came, came back or became more urgent, the most urgent first."""
        present = [alarm for alarm in of_room(room, units) if alarm.look is not Look.LATCHED]
        news = [alarm.spoken for alarm in present if _is_news(alarm, self._told.get(_key(alarm)))]
        self._told = {_key(alarm): alarm for alarm in present}
        return news


def _key(alarm: AlarmShown) -> Key:
    return (alarm.bed if alarm.place else "", alarm.condition)


def _is_news(alarm: AlarmShown, before: AlarmShown | None) -> bool:
    if before is None:
        return not alarm.acknowledged
    again = before.acknowledged and not alarm.acknowledged
    return again or alarm.priority > before.priority
