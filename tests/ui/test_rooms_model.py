"""What tiles, bars and header say."""

from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

import pytest
from room import START, bed, empty_bed, line, numerics, room, told

from nurse_station.station.snapshots import Age, LineState, RecordSnapshot, RecordState
from nurse_station.ui.models import rooms
from nurse_station.ui.models.numerics import Moment, breathing
from nurse_station.ui.models.rooms import Weight
from nurse_station.vitals.readings import Missing, Quality

MOMENT = Moment(now=START, wall=datetime(2026, 1, 5, 8, 0, tzinfo=UTC))
LOST = (line(LineState.LOST, port="COM7", trouble="COM7 is gone."),)


def test_a_tile_says_where_the_monitor_is_and_how_its_line_does() -> None:
    tile = rooms.tile(bed(), 1, MOMENT)
    assert (tile.place, tile.state) == ("GE CARESCAPE on COM1", "good")
    assert [value.value for value in tile.values] == ["82", "98", "14", "128/76"]


def test_a_tile_without_a_monitor_says_so_and_shows_no_values() -> None:
    tile = rooms.tile(empty_bed(), 1, MOMENT)
    assert (tile.state, tile.values, tile.connected) == ("No monitor", (), False)


@pytest.mark.parametrize("state", [LineState.LOST, LineState.SILENT])
def test_a_broken_line_weighs(state: LineState) -> None:
    assert rooms.tile(bed(lines=(line(state),)), 1, MOMENT).weight is Weight.DOUBTFUL


def test_of_several_lines_the_worst_is_told() -> None:
    both = bed(lines=(line(), line(LineState.LOST, port="COM9")))
    assert rooms.state_words(both) == "GE CARESCAPE on COM9 · line lost · 2 monitors"


def test_a_screen_reader_hears_that_a_bed_is_simulated() -> None:
    assert "simulation" in rooms.tile(bed(simulated=True), 1, MOMENT).spoken


def test_a_calm_room_has_no_notice() -> None:
    assert rooms.notice(room(bed())) is None


def test_a_lost_line_is_noticed_with_its_bed() -> None:
    found = rooms.notice(room(bed(1), bed(2, lines=LOST)))
    assert found is not None
    assert (found.bed, found.text) == ("chair-2", "Chair 2 · line lost: GE CARESCAPE on COM7")


def test_a_failing_record_comes_before_a_lost_line() -> None:
    failing = RecordSnapshot(state=RecordState.FAILING, place="records", trouble="The disk is full.")
    found = rooms.notice(room(bed(1, lines=LOST), record=failing))
    assert found is not None
    assert (found.weight, found.text) == (Weight.LOUD, "THE RECORD IS NOT BEING SAVED · +1 more")
    assert "The disk is full." in found.detail


def test_a_lost_line_comes_before_a_silent_one() -> None:
    silent = (line(LineState.SILENT),)
    assert [n.bed for n in rooms.notices(room(bed(1, lines=silent), bed(2, lines=LOST)))] == [
        "chair-2",
        "chair-1",
    ]


@pytest.mark.parametrize(
    ("record", "said"),
    [(RecordSnapshot(state=RecordState.IDLE, place="r"), "Record ready"),
     (RecordSnapshot(state=RecordState.IDLE, place="r", disk_hours=42.4), "Record ready · 42 h of disk left"),
     (RecordSnapshot(state=RecordState.IDLE, place="r", disk_hours=480.0),
      "Record ready · 20 days of disk left"),
     (RecordSnapshot(state=RecordState.FAILING, place="r", trouble="The disk is full.", waiting_s=75),
      "THE RECORD IS NOT BEING SAVED · The disk is full. · 1 min held in memory")],
)  # fmt: skip
def test_the_record_says_how_it_does(record: RecordSnapshot, said: str) -> None:
    assert rooms.record_words(record) == said


def test_a_written_record_says_when_it_was_saved() -> None:
    assert rooms.record_words(room(bed()).record).startswith("Saved ")


def test_frames_are_counted_with_those_refused() -> None:
    counted = rooms.line_counts(line(frames_refused={"checksum": 3, "length": 9}), START)
    assert counted == "12\N{NARROW NO-BREAK SPACE}345 frames · 12 refused · last byte just now"


def test_the_story_of_a_line_names_every_reason_of_a_refusal() -> None:
    story = rooms.line_story(
        line(frames_refused={"checksum": 3, "odd_thing": 1}, refusals={"checksum": "damaged bytes"}), START
    )
    assert "damaged bytes: 3" in story
    assert "odd thing: 1" in story


def test_the_story_of_a_lost_line_says_when_it_is_tried_again() -> None:
    story = rooms.line_story(line(LineState.LOST, trouble="COM7 is gone.", retry_at=START + 4), START)
    assert "COM7 is gone." in story
    assert "Next try in 4 s" in story


def test_a_session_says_since_when() -> None:
    assert "58 min" in rooms.session_words(bed(), MOMENT)
    assert rooms.session_words(empty_bed(), MOMENT) == "Nothing is being recorded"


def test_conditions_are_told_apart_by_whether_something_is_wrong() -> None:
    auto = told("NIBP automatic", ordinary=True, detail="every 5 min")
    said = bed(
        conditions=MappingProxyType({"nibp_auto": auto, "co2_occlusion": told("Sample line occluded")})
    )
    assert rooms.condition_words(said) == (["Sample line occluded"], ["NIBP automatic · every 5 min"])


def test_beds_in_use_are_counted() -> None:
    assert rooms.in_use(room(bed(1), empty_bed(2), replace(empty_bed(3), session="s"))) == "2 of 3 in use"
    assert rooms.in_use(room()) == ""


def test_a_monitor_that_sends_waves_and_no_values_is_noticed() -> None:
    expired = {key: replace(numeric, value=None, age=Age.EXPIRED) for key, numeric in numerics().items()}
    mute = bed(numerics=MappingProxyType(expired))
    found = rooms.notice(room(mute))
    assert found is not None
    assert (found.weight, found.bed) == (Weight.DOUBTFUL, "chair-1")
    assert "no values" in found.text
    assert rooms.tile(mute, 1, MOMENT).weight is Weight.DOUBTFUL


def test_a_bed_with_one_current_value_is_not_mute() -> None:
    values = numerics()
    values["hr"] = replace(values["hr"], value=None, age=Age.EXPIRED)
    assert not rooms.is_mute(bed(numerics=MappingProxyType(values)))


@pytest.mark.parametrize(("hours", "noticed"), [(23.0, True), (25.0, False), (None, False)])
def test_a_disk_that_will_not_last_the_day_is_noticed(hours: float | None, noticed: bool) -> None:
    record = replace(room(bed()).record, disk_hours=hours)
    assert (rooms.notice(replace(room(bed()), record=record)) is not None) is noticed


def test_a_raw_line_that_is_not_kept_is_noticed() -> None:
    record = replace(room(bed()).record, trouble="the folder is gone")
    found = rooms.notice(replace(room(bed()), record=record))
    assert found is not None
    assert found.weight is Weight.DOUBTFUL


def test_impedance_does_not_stand_in_for_breath_while_the_monitor_reports_apnoea() -> None:
    values = numerics()
    values["rr_co2"] = replace(values["rr_co2"], value=None, quality=Quality.MISSING, why=Missing.INVALID)
    values["rr_imp"] = replace(
        values["rr_co2"], parameter="rr_imp", value=14.0, quality=Quality.GOOD, why=None
    )
    one = bed(numerics=MappingProxyType(values), conditions=MappingProxyType({"apnoea": told("Apnoea")}))
    shown = breathing(one, MOMENT)
    assert (shown.value, shown.note) == ("---", "apnoea at the monitor")
