"""What every benchmark relies on: ratios within repetitions, results that are kept, peers that are named."""

import argparse
import json
from pathlib import Path

import pytest

from benchmarks import measure, peers
from benchmarks.measure import Measured
from benchmarks.performance_page import PAGE, SECTIONS, brought_up_to_date
from benchmarks.sweep_waves import ERASED, POINTS, Sweeps


def test_a_ratio_is_the_median_of_those_within_each_repetition() -> None:
    ours, theirs = Measured(values=(1.0, 2.0, 4.0)), Measured(values=(10.0, 40.0, 40.0))
    assert theirs.over(ours) == 10.0


def test_peers_take_turns() -> None:
    called: list[str] = []

    def run(name: str) -> float:
        called.append(name)
        return 1.0

    measure.interleaved({"a": lambda: run("a"), "b": lambda: run("b")}, 2)
    assert called == ["a", "b", "a", "b"]


def test_a_result_is_kept_with_machine_and_versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "RESULTS", tmp_path / "results")
    path = measure.keep("sweep", {"figure": 1.5})
    record = json.loads(path.read_text())
    assert path.name == f"sweep-{record['taken'][:10]}.json"
    assert record["figure"] == 1.5
    assert record["machine"]["cores"] >= 1
    assert "PySide6_Essentials" in record["versions"]


def test_the_newest_result_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "RESULTS", tmp_path)
    assert measure.newest("sweep") is None
    for day in ("2026-02-01", "2026-01-05"):
        (tmp_path / f"sweep-{day}.json").write_text(json.dumps({"day": day}))
    (tmp_path / "sweep-of-another-2027-01-01.json").write_text("{}")
    assert measure.newest("sweep") == {"day": "2026-02-01"}


@pytest.mark.parametrize("word", ["0", "-1", "1.5", "many", ""])
def test_no_repetition_is_refused(word: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        measure.at_least_one(word)


def test_a_peer_that_is_not_installed_is_left_out_and_named() -> None:
    peer = peers.Peer(name="another", module="a_package_that_there_is_not", screen="Screen")
    assert peers.made([peer], 4) == ({}, {"another": "a_package_that_there_is_not is not installed"})


def test_a_peer_that_cannot_draw_here_is_left_out_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def screen(count: int) -> None:
        message = "no OpenGL"
        raise peers.DoesNotRunError(message)

    monkeypatch.setattr(peers, "import_module", lambda _: argparse.Namespace(Screen=screen))
    peer = peers.Peer(name="another", module="m", screen="Screen")
    assert peers.made([peer], 4) == ({}, {"another": "does not run here: no OpenGL"})


def test_the_erase_bar_is_all_that_a_peer_leaves_out() -> None:
    sweeps = Sweeps(2)
    for _ in range(400):
        sweeps.advance()
        assert (sweeps.y != sweeps.y).sum(axis=1).tolist() == [ERASED, ERASED]
        left, right = sweeps.pieces()
        assert not (sweeps.y[:, left] != sweeps.y[:, left]).any()
        assert not (sweeps.y[:, right] != sweeps.y[:, right]).any()
        drawn = len(range(*left.indices(POINTS))) + len(range(*right.indices(POINTS)))
        assert drawn == POINTS - ERASED


def test_the_page_has_a_place_for_every_table() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for name in SECTIONS:
        assert f"<!-- {name} -->\n" in page


def test_the_page_shows_the_newest_results() -> None:
    kept = {name: measure.newest(name) for name in SECTIONS}
    results = {name: record for name, record in kept.items() if record is not None}
    page = PAGE.read_text(encoding="utf-8")
    assert brought_up_to_date(page, results) == page, (
        "python -m benchmarks.performance_page brings it up to date"
    )


def test_a_page_without_a_place_is_refused() -> None:
    with pytest.raises(ValueError, match="sweep"):
        brought_up_to_date("no mark", {"sweep": {}})
