"""Debriefs on disk: kept whole, never one over another, found in order; what cannot be read is named."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from nurse_station.classroom.kept import KeptError, KeptRuns
from nurse_station.training.debrief import Debrief
from nurse_station.training.policy import Kind
from tests.training.wards_of_practice import practised

AT = datetime(2026, 1, 5, 10, 14, 5, tzinfo=UTC)


def run_of(trainee: str = "Lind, Anna") -> Debrief:
    return replace(practised("laryngospasm", Kind.RIGHT, 1), trainee=trainee)


@pytest.fixture
def kept(tmp_path: Path) -> KeptRuns:
    return KeptRuns(tmp_path / "practice" / "runs")


def test_what_was_kept_is_found_again(kept: KeptRuns) -> None:
    name = kept.keep(run_of(), AT)
    (found,) = kept.runs()
    assert (found.name, found.at, found.debrief) == (name, AT, run_of())


def test_another_program_finds_it_too(kept: KeptRuns, tmp_path: Path) -> None:
    kept.keep(run_of(), AT)
    assert KeptRuns(tmp_path / "practice" / "runs").runs() == kept.runs()


def test_where_nothing_was_kept_there_is_nothing(kept: KeptRuns) -> None:
    assert (kept.runs(), kept.trainees(), kept.faults()) == ((), (), ())


def test_two_runs_of_one_second_are_two_files(kept: KeptRuns) -> None:
    names = [kept.keep(run_of(f"Trainee {number}"), AT) for number in range(3)]
    assert len(set(names)) == 3
    assert {run.debrief.trainee for run in kept.runs()} == {"Trainee 0", "Trainee 1", "Trainee 2"}


def test_many_that_keep_at_once_lose_none(kept: KeptRuns) -> None:
    with ThreadPoolExecutor(max_workers=4) as pool:
        names = list(pool.map(lambda number: kept.keep(run_of(f"{number}"), AT), range(12)))
    assert len(set(names)) == 12
    assert {run.debrief.trainee for run in kept.runs()} == {f"{number}" for number in range(12)}


def test_the_oldest_run_comes_first_whatever_its_zone(kept: KeptRuns) -> None:
    east = timezone(timedelta(hours=9))
    for trainee, at in (("b", AT), ("a", (AT - timedelta(minutes=1)).astimezone(east)),
                        ("c", AT + timedelta(seconds=1))):  # fmt: skip
        kept.keep(run_of(trainee), at)
    assert [run.debrief.trainee for run in kept.runs()] == ["a", "b", "c"]


def test_a_trainee_is_found_whatever_the_case(kept: KeptRuns) -> None:
    kept.keep(run_of("Lind, Anna"), AT)
    kept.keep(run_of("lind,  anna "), AT + timedelta(hours=1))
    kept.keep(run_of("Ek, Bo"), AT + timedelta(hours=2))
    assert len(kept.runs("LIND, ANNA")) == 2
    assert kept.trainees() == ("Ek, Bo", "lind,  anna ")


def test_the_name_of_a_file_says_nobodys_name(kept: KeptRuns) -> None:
    assert kept.keep(run_of(), AT) == "2026-01-05-101405-laryngospasm.json"


@pytest.mark.parametrize("scenario", ["../../etc", "a/b\\c:d", "", "Ä" * 300])
def test_a_scenario_of_any_name_stays_in_the_folder(kept: KeptRuns, scenario: str, tmp_path: Path) -> None:
    name = kept.keep(replace(run_of(), scenario=scenario), AT)
    assert (tmp_path / "practice" / "runs" / name).is_file()
    assert kept.runs()[0].debrief.scenario == scenario


@pytest.mark.parametrize("content", [
    b"", b"{", b"[]", b"{}", b'{"form": 1}', b"\xff\xfe", b'{"form": 2, "at": "2026-01-05T10:00:00+00:00"}',
    b'{"form": 1, "at": "2026-01-05T10:00:00+00:00", "debrief": {}}', b'{"form": 1, "at": 7, "debrief": {}}',
    b'{"form": 1, "at": "2026-01-05T10:00:00", "debrief": {}}',
])  # fmt: skip
def test_a_file_that_cannot_be_read_is_named_and_left(kept: KeptRuns, tmp_path: Path, content: bytes) -> None:
    kept.keep(run_of(), AT)
    path = tmp_path / "practice" / "runs" / "torn.json"
    path.write_bytes(content)
    assert len(kept.runs()) == 1
    (fault,) = kept.faults()
    assert fault.startswith("torn.json: ")
    assert path.read_bytes() == content


def test_a_half_cut_file_is_named(kept: KeptRuns, tmp_path: Path) -> None:
    path = tmp_path / "practice" / "runs" / kept.keep(run_of(), AT)
    path.write_bytes(path.read_bytes()[:2000])
    assert kept.runs() == ()
    assert kept.faults() == (f"{path.name}: This is no JSON, or only a part of it.",)


def test_a_file_that_was_mended_is_read_anew(kept: KeptRuns, tmp_path: Path) -> None:
    path = tmp_path / "practice" / "runs" / kept.keep(run_of(), AT)
    whole = path.read_bytes()
    path.write_bytes(b"{")
    assert kept.faults()
    path.write_bytes(whole)
    os.utime(path, (1, 1))
    assert kept.runs()
    assert not kept.faults()


def test_nothing_half_written_stays(kept: KeptRuns, tmp_path: Path) -> None:
    kept.keep(run_of(), AT)
    assert [path.suffix for path in (tmp_path / "practice" / "runs").iterdir()] == [".json"]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with pytest.raises(KeptError, match="print it now"):
        KeptRuns(tmp_path / "file" / "runs").keep(run_of(), AT)


def test_a_disk_that_fails_leaves_no_empty_run(
    kept: KeptRuns, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("nurse_station.classroom.kept.os.fsync", full)
    with pytest.raises(KeptError, match="No space left"):
        kept.keep(run_of(), AT)
    assert not list((tmp_path / "practice" / "runs").iterdir())


def test_a_name_of_any_letters_comes_back(kept: KeptRuns) -> None:
    kept.keep(run_of("Ψαρρά \udcff 🙂"), AT)
    assert kept.trainees() == ("Ψαρρά \udcff 🙂",)


# Deleting


def test_a_run_that_is_forgotten_is_gone_from_the_disk_and_no_other(kept: KeptRuns, tmp_path: Path) -> None:
    names = [kept.keep(run_of(f"Trainee {number}"), AT) for number in range(3)]
    kept.forget(names[1])
    assert [path.name for path in sorted((tmp_path / "practice" / "runs").iterdir())] == [
        names[number] for number in (2, 0)
    ]
    assert set(kept.trainees()) == {"Trainee 0", "Trainee 2"}


@pytest.mark.parametrize("name", ["", ".", "..", "../secret.json", "sub/../../secret.json", "nobody.json",
                                  "torn.json", "notes.txt", "\0"])  # fmt: skip
def test_nothing_but_a_run_of_the_folder_can_be_forgotten(kept: KeptRuns, tmp_path: Path, name: str) -> None:
    run = kept.keep(run_of(), AT)
    folder = tmp_path / "practice" / "runs"
    others = [folder / "torn.json", folder / "notes.txt", folder.parent / "secret.json"]
    for other in others:
        other.write_text("{", encoding="utf-8")
    with pytest.raises(KeptError, match="is no debrief that is kept here"):
        kept.forget(name)
    assert all(path.is_file() for path in (*others, folder / run))


def test_an_absolute_path_of_a_run_is_no_name(kept: KeptRuns, tmp_path: Path) -> None:
    path = tmp_path / "practice" / "runs" / kept.keep(run_of(), AT)
    with pytest.raises(KeptError):
        kept.forget(str(path))
    assert path.is_file()


def test_what_a_link_points_to_stays(kept: KeptRuns, tmp_path: Path) -> None:
    path = tmp_path / "practice" / "runs" / kept.keep(run_of(), AT)
    other = path.replace(tmp_path / "other.json")
    try:
        path.symlink_to(other)
    except OSError:
        pytest.skip("this computer lets nobody make links")
    kept.forget(path.name)
    assert not path.is_symlink()
    assert other.is_file()


def test_a_run_that_somebody_else_deleted_is_said(kept: KeptRuns, tmp_path: Path) -> None:
    name = kept.keep(run_of(), AT)
    (tmp_path / "practice" / "runs" / name).unlink()
    with pytest.raises(KeptError, match="deleted already"):
        kept.forget(name)


def test_a_folder_that_may_not_be_written_keeps_its_runs_and_says_so(
    kept: KeptRuns, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    name = kept.keep(run_of(), AT)
    monkeypatch.setattr(Path, "unlink", refused)
    with pytest.raises(KeptError, match=r"could not be deleted \(Permission denied\): see who may write"):
        kept.forget(name)
    assert len(kept.runs()) == 1
