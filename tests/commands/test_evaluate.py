"""`nurse-station evaluate`, run as a person runs it."""

import json
import sys
from pathlib import Path

import pytest

from nurse_station.alarms.conditions import CONDITIONS
from nurse_station.app import main

HEADER = "t_s,spo2_pct,pr_bpm,tcpco2_mmhg,midazolam_mg,fentanyl_mcg,resp_state,intervention\n"


def recording(path: Path, spo2: list[str], state: str = "0") -> Path:
    rows = (f"{second},{value},70,,,,{state}," for second, value in enumerate(spo2))
    path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def low(tmp_path: Path) -> Path:
    """40 s well, 20 s at 91 %, 40 s with the probe off, 20 s well."""
    return recording(tmp_path / "low.csv", ["97"] * 40 + ["91"] * 20 + ["0"] * 40 + ["97"] * 20)


def told(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    assert main(["evaluate", *(str(word) for word in words)]) == 0
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    assert main(["evaluate", *(str(word) for word in words)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    return said


def test_json_counts_every_condition(low: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(told(capsys, low, low, "--format", "json"))
    assert found.keys() == {"files", "hours", "conditions", "per_file"}
    assert (found["files"], found["hours"]) == (2, round(240 / 3600, 4))
    assert found["conditions"].keys() == CONDITIONS.keys()
    oxygen = found["conditions"]["spo2_low"]
    assert (oxygen["count"], oxygen["per_hour"], oxygen["kind"]) == (2, 30, "physiological")
    # Active from 55 to 60, without data until 100, clear for 3 s.
    assert (oxygen["median_s"], oxygen["total_s"], oxygen["unresolved_s"]) == (48, 96, 80)
    assert oxygen["onset_to_activation_s"] == 15
    assert found["conditions"]["apnoea"]["median_s"] is None
    assert found["per_file"] == {str(low): {"spo2_low": 1, "sensor_off": 1}}


def test_a_file_goes_by_its_name(low: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(told(capsys, low, "--format", "json"))["per_file"].keys() == {"low.csv"}


def test_the_table_tells_technical_alarms_apart(low: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = told(capsys, low).splitlines()
    assert lines[0] == "1 files, 0.03 h"
    patient, technical = lines.index("Of the patient"), lines.index("Technical")
    assert lines[patient + 2].split()[:2] == ["spo2_low", "1"]
    assert lines[technical + 2].split()[:2] == ["sensor_off", "1"]
    assert lines[-1] == "  low.csv: spo2_low 1, sensor_off 1"


def test_a_quiet_recording_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = recording(tmp_path / "quiet.csv", ["97"] * 60)
    assert told(capsys, path).splitlines()[-1] == "  quiet.csv: no alarm"


def test_an_empty_recording_has_no_hours(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(told(capsys, recording(tmp_path / "e.csv", []), "--format", "json"))
    assert (found["hours"], found["conditions"]["apnoea"]["per_hour"]) == (0, 0)


def test_label_five_is_no_breath(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(told(capsys, recording(tmp_path / "a.csv", ["97"] * 20, "5"), "--format", "json"))
    assert found["per_file"]["a.csv"] == {"apnoea": 1}


def test_a_clinic_s_limits_count(low: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    limits = tmp_path / "clinic.toml"
    limits.write_text("[spo2_low]\nmedium = 90\n", encoding="utf-8")
    found = json.loads(told(capsys, low, "--limits", limits, "--format", "json"))
    assert found["conditions"]["spo2_low"]["count"] == 0


@pytest.mark.parametrize(("text", "says"), [
    ("a,b\n1,2\n", "has no column t_s"),
    ("t_s,spo2_pct\n1,2\n", "has no column pr_bpm"),
    (HEADER + "0,high,70,,,,0,\n", "line 2: spo2_pct 'high' is no number"),
    (HEADER + "0,inf,70,,,,0,\n", "line 2: spo2_pct 'inf' is no number"),
    (HEADER + "0,97,70,,,,apnoea,\n", "line 2: resp_state 'apnoea' is no number"),
    (HEADER + ",97,70,,,,0,\n", "line 2: t_s is empty"),
    (HEADER + "1,97,70,,,,0,\n0,97,70,,,,0,\n", "line 3: t_s goes back"),
    ("", "has no column t_s"),
])  # fmt: skip
def test_what_is_no_recording_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, says: str
) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(text, encoding="utf-8")
    assert says in refused(capsys, path)


def test_bytes_are_no_recording(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bytes.csv"
    path.write_bytes(b"t_s,spo2_pct,pr_bpm\n\xff\xfe\n")
    assert "cannot be read as a recording" in refused(capsys, path)


def test_a_file_that_is_not_there_is_refused(
    low: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "is no file" in refused(capsys, tmp_path / "none.csv")
    assert "is no file" in refused(capsys, low, "--limits", tmp_path / "none.toml")


def test_limits_with_a_mistake_are_refused(
    low: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    limits = tmp_path / "clinic.toml"
    limits.write_text("[spo2_low]\nmedium = 40\n", encoding="utf-8")
    assert "spo2_low.medium cannot be 40 %; give 85 to 96" in refused(capsys, low, "--limits", limits)


def test_words_for_no_value_are_no_value(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = recording(tmp_path / "na.csv", ["97"] * 5 + ["NA"] * 20 + ["nan"] * 5)
    assert json.loads(told(capsys, path, "--format", "json"))["per_file"]["na.csv"] == {"sensor_off": 1}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_columns_in_another_order_and_rows_without_a_cell_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], end: str, encoding: str
) -> None:
    lines = ["Resp_State, pr_bpm, t_s, SpO2_pct"]
    lines += [f"0, 70, {t}, {97 if t < 20 else 91}" for t in range(40)]
    path = tmp_path / "order.csv"
    path.write_text(end.join([*lines, ",,,", ""]), encoding=encoding, newline="")
    assert json.loads(told(capsys, path, "--format", "json"))["per_file"]["order.csv"] == {"spo2_low": 1}


def test_a_terminal_sees_how_far_it_is(
    low: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert main(["evaluate", str(low)]) == 0
    said = capsys.readouterr().err
    assert "0/1 files" in said
    assert said.endswith(f"[{'#' * 30}] 1/1 files\n")
