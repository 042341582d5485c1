"""`scenario check` and `protocol check` say the same of a file that is neither, with the same exit code."""

from pathlib import Path

import pytest

from nurse_station.app import main

NO_TOML = {
    "words": b"Dear colleague,\nplease find the protocol below.\n",
    "a number beyond reading": b"version = " + b"9" * 5000,
    "a list beyond reading": b"key = " + b"[" * 5000,
}


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads the settings of whoever runs it."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))


@pytest.mark.parametrize("verb", ["scenario", "protocol"])
@pytest.mark.parametrize("content", NO_TOML.values(), ids=NO_TOML)
def test_a_file_that_is_no_toml_is_a_mistake_in_one_line(
    verb: str, content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ours.toml"
    path.write_bytes(content)
    assert main([verb, "check", str(path)]) == 1
    said = capsys.readouterr()
    assert said.out.startswith(f"{path}: it is not TOML (")
    assert said.out.endswith("write key = value, a line each.\n")
    assert said.out.count("\n") == 1
    assert not said.err


@pytest.mark.parametrize("verb", ["scenario", "protocol"])
def test_bytes_that_are_no_text_are_a_mistake(
    verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ours.toml"
    path.write_bytes(b"\xff\xfe\x00")
    assert main([verb, "check", str(path)]) == 1
    assert capsys.readouterr().out == f"{path}: it is not UTF-8 text; save it as UTF-8.\n"


@pytest.mark.parametrize("verb", ["scenario", "protocol"])
@pytest.mark.parametrize("name", ["none.toml", "."])
def test_what_is_no_file_cannot_be_checked(
    verb: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([verb, "check", str(tmp_path / name)]) == 2
    assert "is no file: check its name" in capsys.readouterr().err
