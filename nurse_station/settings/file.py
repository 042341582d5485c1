"""The settings file: read with its faults named by line, written whole or not at all. Decides no value."""

import os
import re
import shutil
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from nurse_station.settings.check import Place, as_tree, faults, from_tree
from nurse_station.settings.edit import edited
from nurse_station.settings.errors import SettingsError
from nurse_station.settings.fresh import fresh
from nurse_station.settings.model import Settings


def load(path: Path) -> Settings:
    """The settings in the file at `path`; the defaults where there is none.

    Raises:
        SettingsError: the file cannot be read or something in it is wrong.
    """
    text = _read(path)
    return Settings() if text is None else _settings_in(text, path)


def save(path: Path, settings: Settings) -> None:
    """Write the settings to `path`, at once and whole, with the comments and the order that are there.

    A file whose way of writing cannot be kept (beds in one inline list) is written anew, and the old
    one stays beside it as settings.toml.old.

    Raises:
        SettingsError: the settings, or the file that is there, have a fault, or the file cannot be
            written. The file is then as it was.
    """
    for fault in faults(as_tree(settings)):
        msg = f"{path} was not written: {fault.sentence}."
        raise SettingsError(msg)
    old = _read(path)
    if old is None:
        _write(path, fresh(settings))
    elif settings != _settings_in(old, path):
        new = edited(old, settings)
        if new is None:
            _write(path.with_name(path.name + ".old"), old)
        _write(path, fresh(settings) if new is None else new)


def _settings_in(text: str, path: Path) -> Settings:
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(_syntax_sentence(error, text, path)) from error
    for fault in faults(tree):
        msg = f"{path} line {_line_of(fault.place, text)}: {fault.sentence}{_stop(fault.sentence)}"
        raise SettingsError(msg)
    return from_tree(tree)


def _stop(sentence: str) -> str:
    return "" if sentence.endswith("?") else "."


def _syntax_sentence(error: tomllib.TOMLDecodeError, text: str, path: Path) -> str:
    said = re.fullmatch(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", str(error), re.DOTALL)
    words, line = said.groups() if said else (str(error), None)
    at = line or text.count("\n") + 1
    words = words[:1].lower() + words[1:]
    return f"{path} line {at}: this is not TOML ({words}); write name = value, text between quotation marks."


def _line_of(place: Place, text: str) -> int:
    """The line on which `place` is written, or what holds it.

    It is the line after the longest beginning of the file that is TOML and does not have the place yet.
    """
    lines = text.splitlines(keepends=True)
    without = 0
    for count in range(len(lines) + 1):
        try:
            tree = tomllib.loads("".join(lines[:count]))
        except tomllib.TOMLDecodeError:
            continue
        if _holds(tree, place):
            break
        without = count
    return min(without + 1, max(len(lines), 1))


def _holds(tree: Any, place: Place) -> bool:
    for step in place:
        try:
            tree = tree[step]
        except (KeyError, IndexError, TypeError):
            return False
    return True


def _read(path: Path) -> str | None:
    try:
        data = path.read_bytes()
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        return None
    except OSError as error:
        msg = f"{path} cannot be read ({error.strerror}); make it readable for this user, or remove it."
        raise SettingsError(msg) from error
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        msg = f"{path} line {line}: there is a byte that is not UTF-8; save the file as UTF-8."
        raise SettingsError(msg) from error


def _write(path: Path, text: str) -> None:
    try:
        _replace(path.resolve(), text)
    except OSError as error:
        msg = f"{path} cannot be written ({error.strerror}); make its folder writable for this user."
        raise SettingsError(msg) from error


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, name)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
