"""The guide for adding a monitor, tried: its made-up monitor is added to a copy of the program.

One folder and one row, taken from the guide's own text; then the program and its contract tests run in
the copy. Nothing else of the copy is changed.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "adding-a-monitor.md"
BLOCK = re.compile(r"^(`{3,4})(?:python|markdown) (\S[^\n]*)\n(.*?)^\1$", flags=re.MULTILINE | re.DOTALL)
KEY = "acme-p1"
TEN_SECONDS = b"".join(b"$097,071*24\r\n" for _ in range(10))


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program with the monitor of the guide."""
    folder = tmp_path_factory.mktemp("copy")
    unwanted = shutil.ignore_patterns("__pycache__")
    for name in ("nurse_station", "tests/devices"):
        shutil.copytree(ROOT / name, folder / name, ignore=unwanted)
    (folder / "tests/commands").mkdir()
    for name in ("pyproject.toml", "tests/conftest.py", "tests/commands/test_identify.py"):
        shutil.copy(ROOT / name, folder / name)
    blocks = {name: text for _, name, text in BLOCK.findall(GUIDE.read_text(encoding="utf-8"))}
    add_row(folder, blocks.pop("registry import"), blocks.pop("registry row"))
    for name, text in blocks.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def add_row(folder: Path, line: str, row: str) -> None:
    registry = folder / "nurse_station/devices/registry.py"
    text = registry.read_text(encoding="utf-8")
    text = text.replace("from nurse_station.devices.", line + "from nurse_station.devices.", 1)
    registry.write_text(text.replace("        for driver in (\n", "        for driver in (\n" + row, 1))


def run(copy: Path, *words: str) -> subprocess.CompletedProcess[str]:
    settings = {name: str(copy / name) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    return subprocess.run(
        [sys.executable, *words], cwd=copy, env=os.environ | settings | {"PYTHONPATH": str(copy)},
        capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip


def test_the_guide_makes_one_folder_and_one_row(copy: Path) -> None:
    def files(root: Path) -> dict[str, bytes]:
        return {
            str(path.relative_to(root)): path.read_bytes()
            for path in (root / "nurse_station").rglob("*.*")
            if path.is_file() and "__pycache__" not in path.parts
        }

    before, after = files(ROOT), files(copy)
    added = {str(Path(name).parent) for name in after.keys() - before.keys()}
    assert added == {os.path.join("nurse_station", "devices", "acme_p1")}
    assert [name for name in before if after.get(name) != before[name]] == [
        os.path.join("nurse_station", "devices", "registry.py")
    ]


def test_its_line_is_decoded_by_the_command_line(copy: Path, tmp_path: Path) -> None:
    capture = tmp_path / "line.raw"
    capture.write_bytes(TEN_SECONDS + b"$097,072*24\r\n")
    words = ("decode", "--monitor", KEY, str(capture), "--format", "summary")
    done = run(copy, "-m", "nurse_station", *words)
    summary = json.loads(done.stdout)
    assert summary["frames_accepted"] == 10
    assert summary["frames_refused"] == {"checksum": 1}
    assert summary["numerics"]["spo2"]["last"] == 97
    assert done.stderr == ""


def test_it_holds_the_contract_that_every_family_holds(copy: Path) -> None:
    done = run(copy, "-m", "pytest", "tests", "-q", "-k", KEY, "-p", "no:cacheprovider")
    assert done.returncode == 0, done.stdout[-3000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed is not None
    assert int(passed[1]) >= 25


def test_a_mistake_in_it_is_found_by_the_contract(copy: Path) -> None:
    decoder = copy / "nurse_station/devices/acme_p1/decoder.py"
    good = decoder.read_text(encoding="utf-8")
    decoder.write_text(good.replace("!= int(match[3], 16)", "== -1"), encoding="utf-8")
    try:
        done = run(
            copy, "-m", "pytest", "tests/devices/test_fuzz.py", "-q", "-k", KEY, "-p", "no:cacheprovider"
        )
    finally:
        decoder.write_text(good, encoding="utf-8")
    assert done.returncode == 1
    assert "test_one_wrong_bit_in_a_frame_never_gives_another_value[acme-p1]" in done.stdout
