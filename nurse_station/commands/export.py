"""`export`: a session as a file for other tools, whole or de-identified. Never replaces a file."""

import argparse
import json
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path

from nurse_station.commands.choices import session_folder
from nurse_station.commands.trouble import UserError, in_one_sentence
from nurse_station.exports.content import Content, content_of
from nurse_station.exports.csv_file import write_csv
from nurse_station.exports.deidentify import deidentified
from nurse_station.exports.edf_file import write_edf
from nurse_station.exports.edf_signals import EdfError
from nurse_station.exports.fhir_bundle import fhir_bundle
from nurse_station.records.reader import RecordReader


def _csv(content: Content, path: Path) -> None:
    with path.open("x", encoding="utf-8", newline="") as file:
        write_csv(content, file)


def _edf(content: Content, path: Path) -> None:
    with path.open("xb") as file:
        write_edf(content, file)


def _fhir(content: Content, path: Path) -> None:
    with path.open("x", encoding="utf-8") as file:
        json.dump(fhir_bundle(content), file, ensure_ascii=False)


FORMATS: Mapping[str, Callable[[Content, Path], None]] = {"csv": _csv, "edf": _edf, "fhir": _fhir}


def run(options: argparse.Namespace) -> int:
    """Write the file and say where it is."""
    path = Path(options.output)
    if path.exists():
        msg = f"{path} is there already: choose another name"
        raise UserError(msg)
    with in_one_sentence(), RecordReader(session_folder(options)) as reader:
        content = content_of(reader, options.session)
        whose = deidentified(content, uuid.uuid4) if options.deidentify else content
        _write(whose, options.format, path)
    print(f"{path}: {path.stat().st_size / 1e6:.2f} MB")
    return 0


def _write(content: Content, form: str, path: Path) -> None:
    try:
        FORMATS[form](content, path)
    except EdfError as error:
        path.unlink(missing_ok=True)
        raise UserError(str(error)) from error
    except OSError as error:
        msg = f"{path} cannot be written ({error.strerror})"
        raise UserError(msg) from error
