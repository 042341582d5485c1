"""What the instructor's panel says: conditions, deeds, the body, the score so far, the log, the curve."""

import math
import re
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from instructor_peer import AIRWAY, LOG, SCENARIOS, FakeLesson, events, falling, hidden, lesson, point
from room import bed, numerics

from nurse_station.classroom.view import Bookmark, EventShown, Stage, Waiting
from nurse_station.simulator.drugs import DRUGS
from nurse_station.simulator.happenings import HAPPENINGS
from nurse_station.simulator.hidden import COLUMNS
from nurse_station.training import facts
from nurse_station.training.events import EVENTS, NUMBERS, body_act
from nurse_station.training.log import Line, What
from nurse_station.training.scenario import Scenario
from nurse_station.ui.models import instructor as model
from nurse_station.ui.models import instructor_body as body
from nurse_station.ui.models import instructor_curve as curve
from nurse_station.ui.models import instructor_deeds as deeds
from nurse_station.ui.models.instructor import FILTERS, Became
from nurse_station.ui.models.instructor_words import HIDDEN, condition_words

# Conditions


@pytest.mark.parametrize(("text", "said"), [
    ("second >= 90", "From 1:30 on"),
    ("minute >= 45 and raise.due >= 0", "From 45:00 on and the next raise of the plan is due"),
    ("shown.spo2 < 90", "Shown SpO₂ below 90 %"),
    ("not shown.spo2", "Shown SpO₂ has no value"),
    ("alarm.apnoea and not done.jaw_thrust",
     "The alarm “Apnoea” is there and “Head tilt, chin lift, jaw thrust” is not yet done"),
    ("done.shake > 2", "Times that “Shake the shoulder, call aloud” was done above 2"),
    ("since.cuff_shows > 120 or happened.faints",
     "More than 2:00 after “cuff shows”, or “faints” has happened"),
    ("not happened.rise_a", "“rise a” has not happened"),
    ("hidden.finger < 75", "Saturation at the finger below 75 %"),
    ("befallen.obstruction and hidden.patency < 0.2",
     "Airway obstruction is on and patency of the airway below 0.2"),
    ("due.responsiveness >= 60", "The check of responsiveness is due for at least 1:00"),
    ("end.due >= -60", "The planned end is due in at most 1:00"),
    ("seen.snoring", "Snoring is seen or heard"),
    ("state.paused", "The session is: paused"),
    ("pump.off_order", "The pump is off the order"),
    ("pump.ml_h > 0", "The rate that the pump shows above 0 mL/h"),
    ("unacknowledged >= 2", "Alarms that nobody acknowledged at least 2"),
    ("not second >= 5", "Not from 0:05 on"),
    ("this is none", "this is none"),
])  # fmt: skip
def test_a_condition_is_read_in_words(text: str, said: str) -> None:
    assert condition_words(text) == said


def conditions_of(scenario: Scenario) -> list[str]:
    """Every condition of a scenario, as it was written."""
    asked = [row.when for row in (*scenario.happens, *scenario.against, *scenario.hints)]
    return [when.text for when in (*asked, scenario.ends) if when is not None]


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=lambda row: row.key)
def test_every_condition_of_a_shipped_scenario_is_read_without_its_keys(scenario: Scenario) -> None:
    for text in conditions_of(scenario):
        assert not re.search(r"[a-z]\.[a-z]|_|>=|<", condition_words(text)), text


@pytest.mark.parametrize("form", ["{}", "not {}", "{} >= 1.5", "{} < 0", "{} == 60"])
def test_every_fact_that_a_scenario_may_ask_for_has_words(form: str) -> None:
    for kind, known in facts.for_scenario(["it_happens"]).items():
        for word in known or [""]:
            said = condition_words(form.format(f"{kind}.{word}" if word else kind))
            assert said
            assert not re.search(r"[a-z]\.[a-z]|_", said), said


def test_every_column_of_the_hidden_state_has_a_name() -> None:
    assert set(HIDDEN) == set(COLUMNS)


# What can be let happen

WHATS = [
    (kind, what) for kind, _ in deeds.kinds() for what in ([key for key, _ in deeds.whats(kind)] or [""])
]


def test_everything_of_the_tables_can_be_let_happen_but_words_which_have_their_own_field() -> None:
    assert {kind for kind, _ in deeds.kinds()} == set(EVENTS) - {"say"}
    assert {key for key, _ in deeds.whats("befall")} == set(HAPPENINGS)
    assert {key for key, _ in deeds.whats("give")} == set(DRUGS)


FIELDS = [(kind, what, row) for kind, what in WHATS for row in deeds.fields(kind, what)]


@pytest.mark.parametrize("end", ["low", "high"])
def test_the_ends_of_every_range_make_a_deed_that_the_body_takes(end: str) -> None:
    for kind, what in WHATS:
        typed = {row.key: str(getattr(row, end)) for row in deeds.fields(kind, what)}
        read = deeds.read(kind, what, typed)
        assert read.deed is not None, (kind, what)
        assert read.deed.words
        body_act(read.deed, 0.0)


def test_beyond_its_range_every_number_is_refused_beside_its_field() -> None:
    for kind, what, row in FIELDS:
        needed = {each.key: str(each.high) for each in deeds.fields(kind, what)}
        for wrong in (str(row.low - 1), str(row.high + 1), "much", "nan", "inf"):
            read = deeds.read(kind, what, needed | {row.key: wrong})
            assert read.deed is None
            assert set(read.wrong) == {row.key}
            assert read.wrong[row.key].endswith(".")


@pytest.mark.parametrize(("kind", "what", "typed", "wrong"), [
    ("give", "midazolam", {"dose": ""}, {"dose"}),
    ("noise", "", {}, {"share"}),
    ("pump", "", {"ml_h": " "}, {"ml_h"}),
    ("befall", "", {}, {""}),
    ("befall", "hiccup", {}, {""}),
    ("say", "", {}, {""}),
    ("", "", {}, {""}),
])  # fmt: skip
def test_what_is_not_said_is_refused(kind: str, what: str, typed: dict[str, str], wrong: set[str]) -> None:
    read = deeds.read(kind, what, typed)
    assert read.deed is None
    assert set(read.wrong) == wrong


def test_what_need_not_be_said_is_left_to_the_body() -> None:
    read = deeds.read("befall", "apnoea", {"size": "", "lasts_s": "45,5"})
    assert read.deed is not None
    assert read.deed.numbers == {"lasts_s": 45.5}


def test_a_field_says_its_range_and_what_is_usual() -> None:
    size, lasts = deeds.fields("befall", "bradycardia")
    assert size.range == "20 to 60 /min, usually 38"
    assert lasts.range == "1 to 36000 s, usually 180"


def test_every_number_has_words() -> None:
    assert set(deeds.WORDS) == set(NUMBERS)


@given(
    kind=st.sampled_from([*EVENTS, "other"]), what=st.sampled_from([*HAPPENINGS, *DRUGS, "", "other"]),
    typed=st.dictionaries(st.sampled_from([*NUMBERS, "other"]), st.text(max_size=8)),
)  # fmt: skip
def test_whatever_is_typed_becomes_a_deed_or_is_refused(kind: str, what: str, typed: dict[str, str]) -> None:
    read = deeds.read(kind, what, typed)
    assert (read.deed is None) == bool(read.wrong)
    for key, number in (read.deed.numbers if read.deed else {}).items():
        low, high = NUMBERS[key]
        assert low <= number <= high


# The body


def test_every_column_that_the_table_names_is_there_and_every_parameter_has_a_label() -> None:
    rows = [row for group in body.GROUPS.values() for row in group]
    assert {row.key for row in rows} - {"pressure", "pump_ml_h"} <= set(COLUMNS)
    assert {row.shown[0] for row in rows if row.shown} <= set(body.SHOWN_LABELS)
    assert len({row.key for row in rows}) == len(rows)


def test_before_the_run_every_value_is_unmeasured() -> None:
    said = body.cells(lesson(hidden=None), None)
    assert {cell.value for cell in said.values()} == {"---"}
    assert {cell.share for cell in said.values()} == {None}


def test_the_hidden_state_stands_beside_what_the_monitor_shows() -> None:
    fake = FakeLesson()
    said = body.cells(fake.shown, fake.station.room.beds[0])
    assert (said["sao2"].value, said["sao2"].shown) == ("85", "SpO₂ 93")
    assert (said["pressure"].value, said["pressure"].shown) == ("138/82", "NIBP 138/82")
    assert (said["paco2"].value, said["paco2"].shown) == ("52", "EtCO₂ ---")
    assert said["patency"].share == 0
    assert said["pump_ml_h"].value == "12.5"


def test_a_pump_that_stands_still_is_told() -> None:
    shown = lesson()
    stopped = replace(shown, pump=replace(shown.pump, runs=False))
    assert body.cells(stopped, None)["pump_ml_h"].shown == "off"


@pytest.mark.parametrize(("values", "parameters", "words"), [
    ({"hr": 82.0, "pr": 81.0}, ("hr", "pr"), "HR 82"),
    ({"hr": None, "pr": 81.0}, ("hr", "pr"), "PR 81"),
    ({"hr": None}, ("hr", "pr"), "HR ---"),
    ({}, ("hr", "pr"), ""),
    ({"nibp_sys": 128.0, "nibp_dia": None}, ("nibp_sys", "nibp_dia"), "NIBP ---"),
])  # fmt: skip
def test_what_the_monitor_shows_is_said_as_it_stands_there(
    values: dict[str, float | None], parameters: tuple[str, ...], words: str
) -> None:
    assert body.shown_words(parameters, bed(numerics=MappingProxyType(numerics(values)))) == words


def test_the_lag_is_since_the_blood_was_as_the_monitor_shows() -> None:
    points = tuple(point(at, sao2=100.0 - at) for at in (0.0, 5.0, 10.0, 15.0))
    assert body.lag_s(points, 16.0, 84.0, 92.5) == pytest.approx(8.5)


@pytest.mark.parametrize(("sao2", "spo2", "said"), [
    (85.0, 85.4, "The monitor shows what is in the blood."),
    (85.0, None, "The monitor shows no SpO₂."),
    (85.0, 93.0, "The monitor shows 8 % above the blood, as it was 20 s ago."),
    (99.0, 93.0, "The monitor shows 6 % below the blood."),
])  # fmt: skip
def test_the_monitor_behind_the_blood_is_said_in_a_sentence(
    sao2: float, spo2: float | None, said: str
) -> None:
    points = falling(130.0 if sao2 < 90 else 90.0)
    assert body.oxygen(hidden(sao2=sao2), spo2, points, 130.0).lag == said


def test_the_store_is_low_below_the_edge_of_the_curve() -> None:
    assert body.oxygen(hidden(pao2=59.0), 97.0, (), 0.0).low
    assert not body.oxygen(hidden(pao2=61.0), 97.0, (), 0.0).low


@pytest.mark.parametrize(("ventilation", "said"), [(0.0, "0:40"), (0.5, "")])
def test_it_is_told_for_how_long_no_air_has_moved(ventilation: float, said: str) -> None:
    assert body.oxygen(hidden(ventilation=ventilation), 93.0, falling(), 130.0).still == said


@given(
    sao2=st.floats(0, 100), spo2=st.none() | st.floats(0, 100), at=st.floats(0, 1e4),
    blood=st.lists(st.floats(0, 100), max_size=20),
)  # fmt: skip
def test_a_lag_is_never_longer_than_the_run(
    sao2: float, spo2: float | None, at: float, blood: list[float]
) -> None:
    points = tuple(point(at * place / len(blood), sao2=each) for place, each in enumerate(blood))
    late = body.lag_s(points, at, sao2, spo2)
    assert late is None or -1e-6 <= late <= at + 1e-6


@pytest.mark.parametrize(("more", "said"), [
    ({}, "reclined · probe on · ECG leads on · CO₂ cannula on"),
    ({"position": -1.0, "cannula": 0.0}, "flat, legs raised · probe on · ECG leads on · CO₂ cannula OFF"),
    ({"position": 0.5, "cuff": 1.0, "movement": 0.6},
     "nearly upright · probe on · ECG leads on · CO₂ cannula on · the cuff closes the probe's arm"
     " · moves (0.6)"),
])  # fmt: skip
def test_position_and_sensors_are_said_in_words(more: dict[str, float], said: str) -> None:
    assert body.worn_words(hidden(**more)) == said


def test_what_is_on_is_named() -> None:
    assert body.befallen_words(hidden(befallen=("obstruction", "nausea"))) == "Airway obstruction, Nausea"
    assert body.befallen_words(hidden()) == "nothing"
    assert body.befallen_words(None) == body.worn_words(None) == "---"


# The lesson


@pytest.mark.parametrize(("more", "said"), [
    ({"speed": 10.0, "wanted": 10.0}, ""),
    ({"speed": 1.0, "wanted": 10.0}, "Goes at 1× while an alarm is there; 10× after it"),
    ({"speed": 1.0, "wanted": 10.0, "stage": Stage.PAUSED}, ""),
])  # fmt: skip
def test_it_is_said_why_it_goes_slower_than_asked(more: dict[str, object], said: str) -> None:
    assert model.speed_words(lesson(**more)) == said


@pytest.mark.parametrize(("more", "said"), [
    ({"stage": Stage.PREPARING, "share": 0.43},
     "The time before second 0 is being lived: 43%. It begins by itself."),
    ({"stage": Stage.RUNNING}, ""), ({"stage": Stage.PAUSED}, ""),
    ({"stage": Stage.OVER}, "The lesson is over. The debrief is being made."),
    ({"stage": Stage.FAILED, "trouble": "The body fell silent."},
     "The lesson cannot go on. The body fell silent."),
])  # fmt: skip
def test_a_lesson_that_is_not_live_says_so(more: dict[str, object], said: str) -> None:
    assert model.stage_sentence(lesson(**more)) == said


@pytest.mark.parametrize("stage", list(Stage))
def test_every_stage_has_words(stage: Stage) -> None:
    assert model.stage_words(lesson(stage=stage))


@pytest.mark.parametrize(("state", "at", "said", "waits", "kept"), [
    (Waiting.WAITING, None, "waiting", True, False),
    (Waiting.WITHHELD, None, "kept back", True, True),
    (Waiting.HAPPENED, 90.0, "happened 1:30", False, False),
    (Waiting.HAPPENED, None, "happened", False, False),
])  # fmt: skip
def test_an_event_says_where_it_is(
    state: Waiting, at: float | None, said: str, *, waits: bool, kept: bool
) -> None:
    [row] = model.event_rows(
        [EventShown(name="cuff_shows", words="x", when="second >= 5", state=state, at=at)]
    )
    assert (row.title, row.when) == ("Cuff shows", "From 0:05 on")
    assert (row.state, row.waiting, row.withheld) == (said, waits, kept)


@pytest.mark.parametrize(("said", "read"), [
    ("Airway obstruction begins (size 1, lasts_s 270)", "Airway obstruction begins (size 1, for 270 s)"),
    ("the pump is set to mL/h (ml_h 120)", "The pump is set to 120 mL/h"),
    ("the cuff is on the arm of the probe (every_s 60, in_s 5)",
     "The cuff is on the arm of the probe (every 60 s, in 5 s)"),
    ("", "Marks a moment"),
])  # fmt: skip
def test_the_numbers_of_a_deed_are_read_as_a_ward_says_them(said: str, read: str) -> None:
    assert model.deed_sentence(said) == read


def became(log: tuple[Line, ...], at: float, *, over: bool = False) -> tuple[Became, str]:
    """What became of the jaw thrust: within 45 s of "closes", late until 135."""
    rows = model.judged(AIRWAY, log, at, over=over).expected
    row = next(each for each in rows if each.words == "Open the airway by jaw thrust")
    return row.became, row.state


CLOSED = (Line(at=90, what=What.EVENT, key="closes"),)


def thrust(at: float) -> Line:
    return Line(at=at, what=What.DONE, key="jaw_thrust")


@pytest.mark.parametrize(("log", "at", "over", "expected"), [
    ((), 80, False, (Became.NOT_YET, "waits for “closes”")),
    (CLOSED, 100, False, (Became.OPEN, "0:35 left")),
    (CLOSED, 150, False, (Became.OVERDUE, "overdue by 0:15")),
    (CLOSED, 230, False, (Became.MISSED, "missed")),
    ((*CLOSED, thrust(128)), 130, False, (Became.DONE, "done after 0:38")),
    ((*CLOSED, thrust(150)), 151, False, (Became.LATE, "late after 1:00")),
    ((*CLOSED, thrust(250)), 251, False, (Became.MISSED, "missed after 2:40")),
    (CLOSED, 100, True, (Became.STILL_TO_COME, "was still to come")),
    (CLOSED, 150, True, (Became.MISSED, "missed")),
    ((), 80, True, (Became.NOT_ASKED, "not asked")),
])  # fmt: skip
def test_what_is_expected_says_what_became_of_it_so_far(
    log: tuple[Line, ...], at: float, *, over: bool, expected: tuple[Became, str]
) -> None:
    assert became(log, at, over=over) == expected


def test_what_was_done_before_what_it_had_to_follow_is_in_the_wrong_order() -> None:
    first, *rest = AIRWAY.expected
    scenario = replace(AIRWAY, expected=(replace(first, before=("call_prescriber",)), *rest))
    log = (*CLOSED, Line(at=95, what=What.DONE, key="call_prescriber"),
           Line(at=100, what=What.DONE, key="shake"))  # fmt: skip
    row = model.judged(scenario, log, 110).expected[0]
    assert (row.became, row.state) == (Became.WRONG, "in the wrong order, after 0:10")


def test_what_counts_against_says_when_and_whether_it_fails_the_run() -> None:
    said = model.judged(AIRWAY, LOG, 130).against
    assert said == ("2:06  Looked for the fault at the probe while no air moved (does not fail the run)",)


lines = st.builds(
    Line, at=st.floats(0, 1e4), what=st.sampled_from(What),
    key=st.text(max_size=12) | st.sampled_from(["apnoea", "jaw_thrust", "closes", "snores", "shake"]),
    words=st.text(max_size=20), high=st.booleans(),
)  # fmt: skip


@given(log=st.lists(lines, max_size=12), at=st.floats(0, 1e4), over=st.booleans())
def test_any_log_gives_rows_without_raising(log: list[Line], at: float, *, over: bool) -> None:
    judged = model.judged(AIRWAY, log, at, over=over)
    assert [row.words for row in judged.expected] == [row.words for row in AIRWAY.expected]
    assert all(row.state and row.limit for row in judged.expected)
    for kinds in FILTERS.values():
        rows = model.log_rows(log, kinds)
        assert len(rows) == sum(line.what in kinds for line in log)
        assert all(row.text for row in rows)


@pytest.mark.parametrize(("line", "said"), [
    (Line(at=112, what=What.ALARM, key="apnoea", words="HIGH", high=True), "1:52  Alarm: Apnoea (HIGH)"),
    (Line(at=130, what=What.ALARM_ENDED, key="apnoea"), "2:10  Alarm over: Apnoea"),
    (Line(at=120, what=What.ACKNOWLEDGED, key="spo2_low"), "2:00  Acknowledged: SpO₂ low"),
    (Line(at=5, what=What.EVENT, key="faints", words="Movement begins (lasts_s 5)"),
     "0:05  Event: Movement begins (for 5 s)"),
    (Line(at=6, what=What.REPLY, key="call_name", words="“Yes?”"), "0:06  Patient: “Yes?”"),
    (Line(at=7, what=What.HINT, key="0", words="Look."), "0:07  Hint: Look."),
])  # fmt: skip
def test_a_line_of_the_log_is_read_in_words(line: Line, said: str) -> None:
    assert model.log_row(line).text == said


def test_the_newest_line_stands_first_and_every_kind_is_under_some_filter() -> None:
    rows = model.log_rows(LOG, FILTERS["Everything"])
    assert [row.at for row in rows] == sorted((line.at for line in LOG), reverse=True)
    narrow = [kinds for name, kinds in FILTERS.items() if name != "Everything"]
    assert frozenset().union(*narrow) == frozenset(What)


def test_the_question_before_a_rewinding_says_what_never_was() -> None:
    mark = Bookmark(number=1, at=85.0, words="before it closes")
    said = "Go back to 1:25 · before it closes? What came after 1:25, until 2:10, never was."
    assert model.rewind_question(mark, 130.0) == said
    assert model.bookmark_words(replace(mark, words="")) == "1:25 · bookmark 1"


def test_events_are_the_whole_timeline_of_a_scenario() -> None:
    rows = model.event_rows(events())
    assert [row.name for row in rows] == [row.name for row in AIRWAY.happens]


# The curve


def test_every_lane_shows_a_column_of_the_points() -> None:
    for lane in curve.LANES:
        for trace in lane.traces:
            assert hasattr(point(0.0), trace.column)


@pytest.mark.parametrize(("at", "width", "span"), [
    (10.0, None, (0.0, 60.0)), (10.0, 300.0, (0.0, 60.0)), (400.0, 300.0, (100.0, 400.0)),
    (400.0, None, (0.0, 400.0)),
])  # fmt: skip
def test_the_curve_shows_the_last_minutes(at: float, width: float | None, span: tuple[float, float]) -> None:
    assert curve.span_of(at, width) == span


def test_what_the_monitor_does_not_show_is_a_gap() -> None:
    shown = curve.picture((point(5.0), point(10.0, shown_spo2=None), point(15.0)), 15.0, None)
    gaps = np.isnan(shown.lanes[1].heights[1])
    assert gaps.tolist() == [False, True, False]


@given(
    values=st.lists(
        st.tuples(st.floats(-50, 800), st.floats(0, 100), st.floats(0, 3), st.floats(0, 2000)), max_size=30
    ),
    width=st.sampled_from([width for _, width in curve.SPANS]),
)  # fmt: skip
def test_every_value_lies_within_its_lane(
    values: list[tuple[float, float, float, float]], width: float | None
) -> None:
    points = tuple(
        point(5.0 * number, alveolar_o2=pao2, sao2=sao2, ventilation=air, plasma=plasma)
        for number, (pao2, sao2, air, plasma) in enumerate(values)
    )
    shown = curve.picture(points, 5.0 * len(values), width)
    for number, lane in enumerate(shown.lanes):
        for line in lane.heights:
            assert len(line) == len(shown.x)
            assert ((line >= -number - 1 - 1e-9) & (line <= -number + 1e-9)).all()


@given(
    at=st.floats(0, 20_000),
    width=st.sampled_from([width for _, width in curve.SPANS]),
    most=st.integers(0, 20),
)
def test_the_time_axis_has_few_words_and_all_within_it(at: float, width: float | None, most: int) -> None:
    start, end = curve.span_of(at, width)
    marks = list(curve.ticks(start, end, most))
    assert len(marks) <= max(most, 3) + 1
    assert all(start <= second <= end and math.isfinite(second) for second, _ in marks)
