"""What single sections of paper say: of an emergency, of damage, of gaps, of what a nurse did to alarms."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from paper_days import PaperDay, order
from paper_text import reported, squeezed

from nurse_station.alarms.changes import Act
from nurse_station.alarms.conditions import CONDITIONS
from nurse_station.alarms.limits import LimitChange, Scope
from nurse_station.alarms.words import Kind, Priority
from nurse_station.infusion.order import Bag
from nurse_station.reports.alarm_names import NAMES
from nurse_station.reports.model import Facts, Report, Table, Text, as_json
from nurse_station.sessions import deeds
from nurse_station.ui import alarm_texts

PATIENT = deeds.Patient(name="Berg, Anna", born=date(1980, 4, 2), weight_kg=70)
Making = Callable[[PaperDay], object]


def running() -> PaperDay:
    day = PaperDay(seconds=4000.0)
    for deed in (deeds.PatientBound(patient=PATIENT), deeds.ScreeningBegun(day=5, days=5), deeds.Screened(),
                 deeds.BaselineSet(), deeds.OrderWritten(order=order()),
                 deeds.Started(mg_kg_h=0.1, pump_ml_h=7.0)):  # fmt: skip
        day.do(1, deed)
    return day


def paper(folder: Path, day: PaperDay, protocol: str = "crps_4h_titrated") -> Report:
    return reported(folder, day.write(folder, protocol))


def tables(report: Report, title: str) -> list[Table]:
    own = next(each for each in report.sections if each.title == title)
    return [block for block in own.blocks if isinstance(block, Table)]


def rows(report: Report, title: str) -> list[tuple[str, ...]]:
    return [row for table in tables(report, title) for row in table.rows]


def facts(report: Report, title: str) -> dict[str, str]:
    own = next(each for each in report.sections if each.title == title)
    return dict(row for block in own.blocks if isinstance(block, Facts) for row in block.rows)


def texts(report: Report, title: str) -> str:
    own = next(each for each in report.sections if each.title == title)
    return " ".join(block.words for block in own.blocks if isinstance(block, Text))


def test_an_emergency_stands_in_the_log_with_the_pump_off(tmp_path: Path) -> None:
    day = running()
    day.do(601, deeds.EmergencyCalled(why="no breath"))
    day.do(900, deeds.EmergencyOver(note="breathes, awake"))
    report = paper(tmp_path, day)
    assert rows(report, "Titration log")[-1][:8] == (
        "08:10:01",
        "EMERGENCY",
        "0",
        "0",
        "0",
        "0",
        "1.17",
        "1.17",
    )
    assert [row[1] for row in rows(report, "Interventions and notes")] == ["EMERGENCY", "emergency over"]


def test_a_deed_that_could_not_be_done_is_in_the_log_and_changes_nothing(tmp_path: Path) -> None:
    day = running()
    day.do(100, deeds.Stopped(reason=deeds.StopReason.REQUEST))
    day.do(200, deeds.RateSet(mg_kg_h=0.3, pump_ml_h=21.0))
    last = rows(paper(tmp_path, day), "Titration log")[-1]
    assert (last[1], last[5]) == ("NOT DONE", "0")


def test_a_rate_without_an_order_is_what_the_pump_showed_and_no_more(tmp_path: Path) -> None:
    day = PaperDay()
    for deed in (deeds.PatientBound(patient=PATIENT), deeds.ScreeningBegun(), deeds.Screened(),
                 deeds.BaselineSet(), deeds.Started(mg_kg_h=0.1, pump_ml_h=7.0)):  # fmt: skip
        day.do(1, deed)
    assert rows(paper(tmp_path, day), "Titration log")[0][2:8] == ("---", "---", "---", "7", "---", "---")


def test_what_was_discarded_is_told_in_mg_of_the_bag_that_hung(tmp_path: Path) -> None:
    day = running()
    day.do(300, deeds.BagChanged(bag=Bag(ml=250, mg_ml=2, lot="B7")))
    day.do(400, deeds.WasteNoted(ml=10.5, witness=""))
    report = paper(tmp_path, day)
    assert rows(report, "Drug and order")[-1][1:4] == ("10.5", "21", "NO WITNESS")
    assert facts(report, "Totals")["Discarded"] == "10.5 mL = 21 mg, witness NOBODY"


def test_both_orders_of_a_day_stand_on_paper(tmp_path: Path) -> None:
    day = running()
    day.do(50, deeds.OrderWritten(order=order(lot="SECOND")))
    report = paper(tmp_path, day)
    own = next(each for each in report.sections if each.title == "Drug and order")
    lots = [dict(block.rows)["Lot, expiry"] for block in own.blocks if isinstance(block, Facts)]
    assert lots == ["LOT-A123, 2027-01-31", "SECOND, 2027-01-31"]
    assert "replaced" in texts(report, "Drug and order")


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        ("line_silent", {"port": "COM4"}, "No values from the monitor on COM4"),
        ("line_back", {"port": "COM4"}, "Values again from the monitor on COM4"),
        ("line_lost", {"port": "COM4", "trouble": "unplugged"}, "Line lost: unplugged"),
        ("session_resumed", {}, "The program was gone and goes on with this session"),
        ("patient_changed", {"identity": "X9"}, "The monitor names another patient: X9"),
    ],
)
def test_an_interruption_is_a_row(kind: str, body: dict[str, object], said: str, tmp_path: Path) -> None:
    day = PaperDay(journal=[(60.0, kind, body, "station")])
    assert ("08:01:00", said, "", "station") in rows(paper(tmp_path, day), "Record and signatures")


def test_time_in_which_nobody_watched_says_how_long(tmp_path: Path) -> None:
    day = PaperDay()
    day.act(60, Act.GAP, who="station", why="started again", seconds=75.0)
    (row,) = [row for row in rows(paper(tmp_path, day), "Record and signatures") if "watching" in row[1]]
    assert row[1] == "Nobody was watching for 1:15 min"


def test_seconds_without_a_value_are_counted(tmp_path: Path) -> None:
    points = [(float(at), 97.0) for at in (*range(100), *range(400, 500))]
    report = paper(tmp_path, PaperDay(vitals={"spo2": points}))
    own = {row[0]: row[1:] for row in rows(report, "Record and signatures") if len(row) == 5}
    assert own["SpO₂ %"] == ("08:00:00", "08:08:19", "5:01 min", "5:01 min")
    assert own["HR /min"] == ("never", "", "", "")


def test_an_alarm_that_nobody_acknowledged_and_one_that_is_not_over_say_so(tmp_path: Path) -> None:
    day = PaperDay()
    day.alarm("spo2_low", 10, 30, value=84.5, limit=85.0)
    day.alarm(
        "link_lost", 40, None, value=4.0, limit=None, kind=Kind.TECHNICAL, priority=Priority.MEDIUM, seen=45
    )
    first, second = rows(paper(tmp_path, day), "Alarms")[:2]
    assert first == ("08:00:10", "*** SpO₂ low", "84.5 %", "85 %", "HIGH", "20 s", "not", "")
    assert second[1:] == (
        "!! No data from the monitor",
        "4 s",
        "---",
        "MEDIUM",
        "not over",
        "5 s",
        "Nurse Ek",
    )


def test_alarms_that_were_silenced_or_off_are_rows(tmp_path: Path) -> None:
    day = PaperDay()
    day.act(10, Act.AUDIO_PAUSED)
    day.act(20, Act.SWITCHED_OFF, condition="hr_low", why="athlete")
    found = rows(paper(tmp_path, day), "Alarms")
    assert [row[1:] for row in found] == [
        ("Sound paused", "", "Nurse Ek"),
        ("Switched off: Heart rate low", "athlete", "Nurse Ek"),
    ]


def test_a_changed_limit_has_old_new_who_and_why(tmp_path: Path) -> None:
    day = PaperDay()
    change = LimitChange(
        scope=Scope.PATIENT, key="spo2_low.medium_delay_s", who="Nurse Ek", old=10.0, new=20.0, why="cold"
    )
    day.act(10, Act.LIMIT_SET, change=change)
    row = rows(paper(tmp_path, day), "Record and signatures")[0]
    assert row == ("08:00:10", "SpO₂ low, medium delay", "10 s", "20 s", "patient", "cold", "Nurse Ek")


def test_the_last_day_of_a_course_has_its_review_dates(tmp_path: Path) -> None:
    said = facts(paper(tmp_path, running()), "Outcome and next dates")["Next dates"]
    assert said == "The course is complete: review on 2026-04-05 and 2026-07-05."


def test_an_unknown_protocol_is_said_and_rows_are_due_all_the_same(tmp_path: Path) -> None:
    report = paper(tmp_path, running(), protocol="the_clinics_own")
    assert facts(report, "Patient and session")["Protocol"] == "the_clinics_own, not known here"
    assert "a default" in texts(report, "Observations")
    assert [row[-1] for row in rows(report, "Observations")][:2] == ["NOT DONE; no values of the monitor"] * 2


def test_a_question_that_was_not_asked_is_marked(tmp_path: Path) -> None:
    day = running()
    day.do(5, deeds.Answered(question="heart", reply=deeds.Reply.NO))
    (table,) = tables(paper(tmp_path, day), "Screening")
    said = {row[0]: (row[1], place in table.marked) for place, row in enumerate(table.rows)}
    assert said["Angina, heart failure or poorly controlled heart disease? (absolute)"] == ("no", False)
    assert said["Sleep apnoea?"] == ("NOT ASKED", True)


def test_a_missing_item_of_a_discharge_score_makes_no_sum(tmp_path: Path) -> None:
    day = running()
    day.do(100, deeds.Stopped(reason=deeds.StopReason.COMPLETE))
    day.do(3000, deeds.Questioned(key="aldrete", answers={"activity": 2}))
    report = paper(tmp_path, day)
    assert ("Breathing", "---", "NOT ANSWERED") in rows(report, "Recovery and discharge")
    assert rows(report, "Recovery and discharge")[-1][:2] == ("Sum", "incomplete")
    assert "Not scored: PADSS, adapted." in texts(report, "Recovery and discharge")


def test_a_value_of_a_hand_is_marked_as_one(tmp_path: Path) -> None:
    day = running()
    day.do(900, deeds.Measured(values={"hr": 81.0, "nibp_sys": 140.0, "nibp_dia": 90.0, "temp1": 36.7}))
    row = next(row for row in rows(paper(tmp_path, day), "Observations") if row[1] == "81h")
    assert row[2] == "140/90h"
    assert row[-1].endswith("T1 36.7 °C")


def test_pulse_in_place_of_a_heart_rate_is_marked(tmp_path: Path) -> None:
    day = running()
    day.vitals["pr"] = [(float(at), 66.0) for at in range(1000)]
    assert rows(paper(tmp_path, day), "Observations")[0][1] == "66p"


def test_a_value_that_is_older_than_a_quarter_minute_is_no_value(tmp_path: Path) -> None:
    day = running()
    day.vitals["hr"] = [(float(at), 66.0) for at in range(880)]  # the row is due at 901
    assert rows(paper(tmp_path, day), "Observations")[0][1] == "---"


def test_every_condition_has_the_screens_name_on_paper() -> None:
    assert {key: NAMES.get(key) for key in CONDITIONS} == {
        key: alarm_texts.alarm_text(row.text).name for key, row in CONDITIONS.items()
    }


def test_the_template_gets_words_and_places_only(tmp_path: Path) -> None:
    body = as_json(paper(tmp_path, running()))
    kinds = {block["kind"] for section in body["sections"] for block in section["blocks"]}
    assert kinds <= {"text", "facts", "table", "figure", "signatures"}
    blocks = [block for section in body["sections"] for block in section["blocks"]]
    cells = [cell for block in blocks for row in block.get("rows", ()) for cell in row]
    assert all(isinstance(cell, str) for cell in cells)
    assert squeezed("Berg, Anna") in squeezed(body["identifiers"])


def test_what_was_entered_late_stands_where_it_was_done_with_both_times(tmp_path: Path) -> None:
    day = running()
    day.do(1801, deeds.Scored(scale="moaas", score=5))
    day.do(1201, deeds.RateSet(mg_kg_h=0.05, pump_ml_h=3.5), entered=2101)
    day.do(1261, deeds.Intervened(what="Repositioned"), entered=2101)
    day.do(1801, deeds.Paused(why="toilet"))
    day.do(901, deeds.Scored(scale="moaas", score=4), entered=2401)
    report = paper(tmp_path, day)
    log = rows(report, "Titration log")
    assert [(row[0], row[1], row[6]) for row in log] == [
        ("08:00:01", "start", "0"), ("08:20:01", "lower", "2.33"), ("08:30:01", "pause", "2.92"),
    ]  # fmt: skip
    assert log[1][8] == "meant 0.05 mg/kg/h; entered 08:35"
    assert [(row[0], row[3]) for row in rows(report, "Interventions and notes")] == [
        ("08:21:01", "Nurse Lindström-Featherstonehaugh, entered 08:35")
    ]
    looked = [row for row in rows(report, "Observations") if row[0] == "08:15"]
    assert "entered 08:40" in looked[0][-1]
