"""Limit sets as TOML: a table for each condition, `name = number`. Loads nothing that it cannot vouch for."""

import math
import os
import tempfile
import tomllib
from pathlib import Path
from types import MappingProxyType

from nurse_station.alarms.limits import LimitsError, Numbers, checked

PACKAGE = Path(__file__).resolve().parents[1]


def factory_file() -> Path:
    """The limits that the program comes with: inside the package of a wheel, else in the checkout."""
    inside = PACKAGE / "resources"
    folder = inside if inside.is_dir() else PACKAGE.parent / "resources"
    return folder / "alarms" / "factory.toml"


def load(path: Path) -> Numbers:
    """The limits in a file.

    Raises:
        LimitsError: it cannot be read, or something in it is wrong; the text names the file.
    """
    try:
        return parse(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        msg = f"{path} cannot be read ({error.strerror}); make it readable, or choose another file."
        raise LimitsError(msg) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        msg = f"{path} is not TOML ({error}); write name = number under the [condition] it belongs to."
        raise LimitsError(msg) from error
    except LimitsError as error:
        msg = f"{path}: {error}"
        raise LimitsError(msg) from error


def parse(text: str) -> Numbers:
    """The limits in the text of a file. Raises LimitsError or tomllib.TOMLDecodeError."""
    numbers: dict[str, float] = {}
    for condition, table in tomllib.loads(text).items():
        if not isinstance(table, dict):
            msg = f"{condition} stands alone; put it under the [condition] that it belongs to."
            raise LimitsError(msg)
        for name, number in table.items():
            if isinstance(number, bool) or not isinstance(number, int | float):
                msg = f"{condition}.{name} is not a number; write digits without quotation marks."
                raise LimitsError(msg)
            numbers[f"{condition}.{name}"] = _as_float(number)
    return MappingProxyType(dict(checked(numbers)))


def _as_float(number: float) -> float:
    try:
        return float(number)
    except OverflowError:  # digits without end are a number, in TOML and in Python
        return math.inf


def text_of(numbers: Numbers) -> str:
    """A file's text, which `parse` turns into the same numbers."""
    lines: list[str] = []
    before = ""
    for key, number in sorted(numbers.items()):
        condition, _, name = key.partition(".")
        if condition != before:
            lines += ["", f"[{condition}]"] if lines else [f"[{condition}]"]
            before = condition
        lines.append(f"{name} = {int(number) if number == int(number) else repr(number)}")
    return "".join(line + "\n" for line in lines)


def save(path: Path, numbers: Numbers) -> None:
    """Write a limit set, whole or not at all. Raises LimitsError."""
    text = text_of(checked(numbers))
    try:
        _replace(path, text)
    except OSError as error:
        msg = f"{path} cannot be written ({error.strerror}); make its folder writable for this user."
        raise LimitsError(msg) from error


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
