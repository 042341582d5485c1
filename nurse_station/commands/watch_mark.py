"""The mark that patients are watched on this computer: by any user, in any data folder. Stops no station.

A station holds a lock that several may hold at once; practice asks for it. On Windows there is no mark.
"""

import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from nurse_station.records.lock import take, take_patiently

log = logging.getLogger(__name__)

NAME = "nurse-station.watches"
PLACES: tuple[Path, ...] = () if sys.platform == "win32" else (Path("/tmp"), Path("/dev/shm"))  # noqa: S108
"""Folders that all users share; where one is cleaned under a station that runs for weeks the other is not.

The temporary folder of a program's own environment may be one user's alone.
"""
# Another user's link or pipe of that name must neither lead elsewhere nor hold a start up.
_GUARDED = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


@contextmanager
def patients_watched(places: Sequence[Path] | None = None) -> Iterator[None]:
    """Bear the mark. What fails is logged: a station without the mark watches as well.

    Args:
        places: Where; None: `PLACES`.
    """
    held = [file for place in (PLACES if places is None else places) if (file := _held(place)) is not None]
    try:
        yield
    finally:
        for file in held:
            os.close(file)


def are_patients_watched(places: Sequence[Path] | None = None) -> bool:
    """Whether anybody bears the mark; True where that cannot be found out. Makes no file."""
    return any(_is_held(place) for place in (PLACES if places is None else places))


def _held(place: Path) -> int | None:
    """The file of the mark, its lock held, as it is open; None: it cannot be had."""
    if not place.is_dir():
        return None
    try:
        file = _opened(place / NAME)
    except OSError as error:
        log.warning("%s cannot be opened (%s): practice may be heard here", place / NAME, error.strerror)
        return None
    try:
        take_patiently(file, shared=True)
    except OSError as error:
        log.warning("%s cannot be held (%s): practice may be heard here", place / NAME, error.strerror)
        os.close(file)
        return None
    return file


def _opened(path: Path) -> int:
    """Open for reading, made where it is missing, for all to read. Raises OSError.

    First as it is: in a folder of all users Linux lets nobody open another's file with O_CREAT.
    """
    try:
        return os.open(path, os.O_RDONLY | _GUARDED)
    except FileNotFoundError:
        pass
    try:
        file = os.open(path, os.O_RDONLY | os.O_CREAT | os.O_EXCL | _GUARDED, 0o644)
    except FileExistsError:  # another station has made it meanwhile
        return os.open(path, os.O_RDONLY | _GUARDED)
    os.chmod(file, 0o644)  # whatever the umask is
    return file


def _is_held(place: Path) -> bool:
    try:
        file = os.open(place / NAME, os.O_RDONLY | _GUARDED)
    except FileNotFoundError:
        return False
    except OSError:  # e.g. made this moment, and not yet for all to read
        return True
    try:
        take(file)
    except OSError:
        return True
    finally:
        os.close(file)
    return False
