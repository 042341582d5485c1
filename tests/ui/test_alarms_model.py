"""What is shown of the alarms of a room: which is first, where it stands, what stands beside the values."""

from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

import pytest
from room import (
    HIGH,
    LOW,
    MEDIUM,
    MUTE,
    START,
    VALUES,
    alarm,
    alarmed,
    bed,
    desaturation,
    line,
    numeric,
    numerics,
    room,
    slow_breath,
)

from nurse_station.alarms.conditions import CONDITIONS
from nurse_station.alarms.lifecycle import State
from nurse_station.alarms.limit_files import factory_file, load
from nurse_station.alarms.limits import Limits, Scope
from nurse_station.station.snapshots import NOT_HEARD, AudioSnapshot, LineState, RecordSnapshot, RecordState
from nurse_station.ui.models import alarms, rooms
from nurse_station.ui.models.alarm_marks import (
    AudioState,
    audio,
    off_words,
    pause_left,
    signs,
    silent_banner,
)
from nurse_station.ui.models.alarm_news import AlarmNews
from nurse_station.ui.models.alarms import Look, bed_after, blocks_of, in_bar, of_bed, of_room
from nurse_station.ui.models.numerics import Moment
from nurse_station.ui.models.units import Units

MOMENT = Moment(now=START, wall=datetime(2026, 1, 5, 8, 0, tzinfo=UTC))
LATCHED = desaturation(state=State.LATCHED, value=97.0)
SEEN = desaturation(acknowledged=True)


def places(*beds: object) -> list[str]:
    return [a.place for a in of_room(room(*beds))]  # type: ignore[arg-type]


def test_a_more_urgent_alarm_comes_first_whatever_its_age() -> None:
    old = slow_breath(since=START - 900)
    assert places(alarmed(1, old), alarmed(2, desaturation(since=START - 1))) == ["Chair 2", "Chair 1"]


def test_of_one_priority_what_nobody_has_seen_comes_first() -> None:
    older = desaturation(acknowledged=True, since=START - 900)
    assert places(alarmed(1, older), alarmed(2, desaturation(since=START - 1))) == ["Chair 2", "Chair 1"]


def test_of_one_priority_the_oldest_comes_first() -> None:
    assert places(alarmed(1, desaturation(since=START - 1)), alarmed(2, desaturation(since=START - 60))) == [
        "Chair 2",
        "Chair 1",
    ]


def test_what_is_there_comes_before_what_was() -> None:
    older = desaturation(state=State.LATCHED, since=START - 900)
    assert places(alarmed(1, older), alarmed(2, desaturation(since=START - 1))) == ["Chair 2", "Chair 1"]


def test_a_condition_that_the_table_does_not_know_is_shown() -> None:
    strange = replace(desaturation(), condition="oxygen_empty", text="alarm.oxygen_empty")
    assert of_room(room(alarmed(1, strange)))[0].statement == "Oxygen empty: SpO₂"


def test_what_a_stronger_alarm_hides_is_not_shown() -> None:
    hidden = slow_breath(hidden_by="apnoea")
    assert [a.condition for a in of_room(room(alarmed(1, alarm("apnoea"), hidden)))] == ["apnoea"]


def test_an_alarm_that_is_off_is_shown_when_it_is_high() -> None:
    off = desaturation(off=True, why_off="x")
    quiet = slow_breath(off=True, why_off="x")
    assert [a.condition for a in of_room(room(alarmed(1, off, quiet)))] == ["spo2_desaturation"]


@pytest.mark.parametrize(
    ("status", "look"),
    [(desaturation(), Look.FLASHING), (SEEN, Look.STEADY), (LATCHED, Look.LATCHED),
     (slow_breath(), Look.FLASHING), (alarm("check_overdue", LOW), Look.STEADY),
     (desaturation(state=State.UNRESOLVED, value=None), Look.FLASHING),
     (desaturation(state=State.UNRESOLVED, value=None, acknowledged=True), Look.STEADY)],
)  # fmt: skip
def test_what_flashes_is_there_and_unseen_and_not_low(status: object, look: Look) -> None:
    assert alarms.look_of(status) is look  # type: ignore[arg-type]


def test_an_alarm_says_for_how_long() -> None:
    assert of_room(room(alarmed(3, desaturation())))[0].sentence == "*** Chair 3 · SpO₂ 84 < 85 · 1:24"


def test_an_alarm_that_somebody_has_seen_carries_a_sign_of_it() -> None:
    [seen] = of_room(room(alarmed(3, desaturation(acknowledged=True))))
    assert seen.sentence == "*** ✓ Chair 3 · SpO₂ 84 < 85 · 1:24"


def test_a_length_of_time_is_not_said_twice() -> None:
    overdue = alarm("check_overdue", LOW, value=130.0, limit=0.0)
    assert of_room(room(alarmed(1, overdue)))[0].sentence == "* Chair 1 · MOAA/S overdue 2:10"


def test_what_is_the_stations_own_is_said_once_for_all_beds() -> None:
    fault = alarm("not_recording", HIGH, detail=("write_failed",))
    found = of_room(room(alarmed(1, fault), alarmed(2, fault)))
    assert [(a.place, a.beds) for a in found] == [("", ("chair-1", "chair-2"))]


def test_the_loss_of_sound_stands_in_its_banner_and_not_in_the_bar() -> None:
    mute = room(alarmed(1, alarm("no_audio", MEDIUM)), audio=MUTE)
    assert in_bar(mute) == ()
    banner = silent_banner(mute)
    assert banner is not None
    assert "No sound output is connected." in banner.words


@pytest.mark.parametrize(("acknowledged", "flashes"), [(False, True), (True, False)])
def test_the_banner_of_a_mute_station_flashes_until_somebody_has_seen_it(
    acknowledged: bool, flashes: bool
) -> None:
    banner = silent_banner(room(alarmed(1, alarm("no_audio", MEDIUM, acknowledged=acknowledged)), audio=MUTE))
    assert banner is not None
    assert banner.flashes is flashes


def test_the_banner_comes_with_the_fault_even_before_its_alarm() -> None:
    assert silent_banner(room(bed(1), audio=MUTE)) is not None
    assert silent_banner(room(bed(1))) is None


@pytest.mark.parametrize("key", sorted(CONDITIONS))
def test_every_condition_of_a_value_is_shown_at_its_block(key: str) -> None:
    row = CONDITIONS[key]
    assert bool(blocks_of(key)) is bool(row.parameters or key in ("asystole", "nibp_overdue"))


@pytest.mark.parametrize(
    ("condition", "detail", "blocks"),
    [("sensor_off", ("spo2", "ecg"), ("spo2", "hr")), ("value_expired", ("rr_co2", "etco2"), ("rr", "etco2")),
     ("airway_pattern", ("rr_low", "spo2_low"), ("rr", "spo2")), ("link_lost", (), ()),
     ("frozen", ("pleth", "hr"), ("spo2", "hr"))],
)  # fmt: skip
def test_an_alarm_that_names_its_values_is_shown_at_them(
    condition: str, detail: tuple[str, ...], blocks: tuple[str, ...]
) -> None:
    assert blocks_of(condition, detail) == blocks


def test_a_block_shows_its_most_urgent_alarm() -> None:
    both = alarmed(1, alarm("signal_poor", LOW, detail=("spo2",)), desaturation(), slow_breath())
    found = signs(both, MOMENT)
    assert (found["spo2"].alarm.condition, found["rr"].alarm.condition) == ("spo2_desaturation", "rr_low")  # type: ignore[union-attr]
    assert found["hr"].alarm is None


def test_limits_stand_beside_the_values() -> None:
    found = signs(alarmed(1), MOMENT)
    assert {key: (s.low, s.high) for key, s in found.items()} == {
        "hr": ("50", "120"), "spo2": ("92", ""), "rr": ("10", "25"), "etco2": ("25", "50"),
        "nibp": ("100", "160"),
    }  # fmt: skip


def test_limits_stand_in_the_clinics_unit() -> None:
    found = signs(alarmed(1), replace(MOMENT, units=Units(co2="kPa")))
    assert (found["etco2"].low, found["etco2"].high) == ("3.3", "6.7")


def test_a_bed_without_limits_shows_none() -> None:
    assert signs(bed(1), MOMENT)["hr"].low == ""


@pytest.mark.parametrize(
    ("key", "number", "block", "sides"),
    [("hr_high.medium", 130, "hr", {"high"}), ("spo2_low.medium_delay_s", 20, "spo2", {"low"}),
     ("apnoea.high_delay_s", 30, "rr", {"low"}), ("hr_high.medium", 110, "hr", set())],
)  # fmt: skip
def test_a_limit_that_is_wider_than_the_clinics_is_marked(
    key: str, number: float, block: str, sides: set[str]
) -> None:
    limits, _ = Limits(factory=load(factory_file())).set(Scope.PATIENT, key, number, "nurse")
    assert signs(alarmed(1, alarms={"limits": limits}), MOMENT)[block].wider == sides


@pytest.mark.parametrize(("value", "beyond"), [(92.0, ""), (91.0, "low"), (None, "")])
def test_a_value_beyond_its_limit_is_marked_before_its_delay_is_over(
    value: float | None, beyond: str
) -> None:
    values = numerics() | {"spo2": numeric("spo2", value)}
    assert signs(alarmed(1, numerics=MappingProxyType(values)), MOMENT)["spo2"].beyond == beyond


def test_an_alarm_that_is_off_is_marked_with_its_reason() -> None:
    off = alarmed(1, alarms={"off": MappingProxyType({"rr_high": "talks all the time"})})
    assert signs(off, MOMENT)["rr"].off == ("Respiratory rate high: talks all the time",)
    assert off_words(off) == ["Respiratory rate high: talks all the time"]
    assert rooms.tile(off, 1, MOMENT).off == ("Respiratory rate high: talks all the time",)


@pytest.mark.parametrize(("seconds", "said"), [(112, "1:52"), (0.5, "0:00"), (0, "")])
def test_a_pause_counts_down(seconds: float, said: str) -> None:
    assert pause_left(alarmed(1, pause_s=seconds), START) == said


def test_a_pause_that_is_over_is_not_shown_as_one() -> None:
    assert pause_left(alarmed(1, pause_s=10), START + 10) == ""


@pytest.mark.parametrize(
    ("beds", "said"),
    [((alarmed(1), alarmed(2)), "Audio on"), ((alarmed(1, pause_s=112), alarmed(2)), "Chair 1 paused 1:52"),
     ((alarmed(1, pause_s=112), alarmed(2, pause_s=5)), "Paused 1:52"),
     ((alarmed(1, pause_s=9), alarmed(2, pause_s=112), alarmed(3)), "2 beds paused 1:52")],
)  # fmt: skip
def test_the_state_of_the_sound_is_said(beds: tuple[object, ...], said: str) -> None:
    assert audio(room(*beds)).words == said  # type: ignore[arg-type]


@pytest.mark.parametrize("output", [MUTE, None])
def test_a_station_that_cannot_be_heard_is_never_shown_as_heard(output: object) -> None:
    shown = audio(room(alarmed(1, pause_s=60), audio=output))
    assert (shown.state, shown.words) == (AudioState.UNUSABLE, "No alarm sound")


def test_practice_that_nobody_hears_is_never_shown_as_heard() -> None:
    hushed = AudioSnapshot(usable=True, trouble=f"{NOT_HEARD} A station watches.")
    shown = audio(replace(room(alarmed(1)), audio=hushed, practice=True))  # type: ignore[type-var]
    assert (shown.state, shown.words) == (AudioState.UNUSABLE, "Practice: not heard")
    assert shown.detail.endswith("A station watches.")


def test_a_walk_through_the_alarms_goes_round_the_most_urgent_first() -> None:
    three = room(alarmed(1, slow_breath()), alarmed(2, desaturation()), alarmed(3))
    assert bed_after(three, "chair-3") == "chair-2"
    assert bed_after(three, "chair-2") == "chair-1"
    assert bed_after(three, "chair-1") == "chair-2"
    assert bed_after(room(alarmed(1)), "chair-1") == ""


def test_a_lost_line_that_alarms_is_not_noticed_again() -> None:
    silent = (line(LineState.SILENT),)
    lost = alarm("link_lost", HIGH, value=12.0, limit=5.0)
    assert rooms.notices(room(alarmed(1, lost, lines=silent))) == []
    assert len(rooms.notices(room(alarmed(1, lines=silent)))) == 1
    was = replace(lost, state=State.LATCHED)
    assert len(rooms.notices(room(alarmed(1, was, lines=silent)))) == 1


def test_a_record_that_alarms_is_not_noticed_again() -> None:
    failing = RecordSnapshot(state=RecordState.FAILING, place="records", trouble="The disk is full.")
    fault = alarm("not_recording", HIGH, detail=("disk_full",))
    assert rooms.notices(room(alarmed(1, fault), record=failing)) == []
    assert len(rooms.notices(room(alarmed(1), record=failing))) == 1


def test_a_tile_shows_the_alarm_of_its_bed_and_none_of_the_station() -> None:
    fault = alarm("not_recording", HIGH, detail=("write_failed",))
    tile = rooms.tile(alarmed(1, fault, slow_breath()), 1, MOMENT)
    assert tile.alarm is not None
    assert tile.alarm.condition == "rr_low"
    assert list(tile.by_block) == ["rr"]
    assert "medium priority, Respiratory rate low" in tile.spoken


def test_a_new_alarm_is_news_once() -> None:
    news = AlarmNews()
    assert news.of(room(alarmed(1))) == []
    assert news.of(room(alarmed(1, slow_breath()))) == [
        "Chair 1, medium priority, Respiratory rate low, RR 9 below 10"
    ]
    assert news.of(room(alarmed(1, slow_breath(8.0)))) == []


@pytest.mark.parametrize(
    ("before", "after", "count"),
    [(slow_breath(), replace(slow_breath(), priority=HIGH), 1), (desaturation(), SEEN, 0),
     (SEEN, desaturation(), 1), (LATCHED, desaturation(), 1), (desaturation(), LATCHED, 0)],
)  # fmt: skip
def test_what_comes_back_or_rises_is_news(before: object, after: object, count: int) -> None:
    news = AlarmNews()
    news.of(room(alarmed(1, before)))  # type: ignore[arg-type]
    assert len(news.of(room(alarmed(1, after)))) == count  # type: ignore[arg-type]


def test_a_bed_has_something_to_acknowledge_as_long_as_it_is_unseen() -> None:
    assert alarms.unseen(alarmed(1, LATCHED))
    assert not alarms.unseen(alarmed(1, SEEN))


def test_what_came_this_moment_is_known() -> None:
    fresh = alarmed(1, desaturation(since=START - 0.2))
    assert alarms.came_within(fresh, 0.7, START)
    assert not alarms.came_within(fresh, 0.7, START + 1)


def test_values_of_the_fixture_are_what_the_alarms_say() -> None:
    assert VALUES["spo2"] == 98
    assert alarmed(1, desaturation()).numerics["spo2"].value == 84
    assert of_bed(alarmed(1), MOMENT) == ()
