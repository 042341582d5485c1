"""Keeps the raw bytes of a line with their times, so that any session's line can be replayed.

The file, all numbers little-endian:

    line 1   the words `nurse-station line 1` and a newline (1 is the version of this format)
    line 2   a JSON object in ASCII and a newline: whatever the owner wants to say of the line
    then     records, one after another, until the end of the file:
               8 bytes  microseconds since the first record
               1 byte   direction: 0 received from the device, 1 sent to it
               2 bytes  length n of the data
               4 bytes  CRC-32 (zlib's) of the 11 bytes before it and the data
               n bytes  data

A program that is killed leaves a torn last record; a reader takes all records up to the first that is
cut off or whose checksum is wrong, and forgets the rest. No record is ever changed. A recording that is
complete may be gzipped as a whole (`compress`); it is read the same.
"""

import gzip
import json
import os
import shutil
import struct
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from nurse_station.links.link import LinkError

MAGIC = b"nurse-station line 1\n"
MOST_DATA = 0xFFFF
_HEAD = struct.Struct("<QBH")
_CHECK = struct.Struct("<I")
_RECEIVED, _SENT = 0, 1
_GZIP = b"\x1f\x8b"
GZIPPED = ".gz"
"""What a compressed recording's name ends with."""
_PIECE = 1 << 16

HeaderValue = str | float | int
Chunk = tuple[float, bytes]


class LineRecorder:
    """Writes one recording. The file is made with its first bytes: a silent line leaves none."""

    def __init__(self, path: Path, *, header: dict[str, HeaderValue]) -> None:
        self._path = path
        self._header = header
        self._file: BinaryIO | None = None
        self._start = 0.0
        self._closed = False

    def write(self, at: float, data: bytes, *, sent: bool = False) -> None:
        """Keep bytes that were received (or sent) at monotonic second `at`.

        Raises LinkError when the file exists already, cannot be written, or was closed.
        """
        try:
            file = self._opened(at)
            for first in range(0, len(data), MOST_DATA):
                file.write(self._record(at, data[first : first + MOST_DATA], _SENT if sent else _RECEIVED))
        except OSError as error:
            raise self._cannot_write(error) from error

    def _opened(self, at: float) -> BinaryIO:
        if self._closed:
            msg = f"the recording {self._path} is closed"
            raise LinkError(msg)
        if self._file is None:
            self._file = self._path.open("xb")
            self._file.write(MAGIC + json.dumps(self._header).encode("ascii") + b"\n")
            self._start = at
        return self._file

    def _record(self, at: float, data: bytes, direction: int) -> bytes:
        head = _HEAD.pack(max(0, round((at - self._start) * 1e6)), direction, len(data))
        return head + _CHECK.pack(zlib.crc32(data, zlib.crc32(head))) + data

    def flush(self) -> None:
        """Hand all to the system: it survives the program's death from here on. Raises LinkError."""
        try:
            if self._file is not None:
                self._file.flush()
        except OSError as error:
            raise self._cannot_write(error) from error

    def close(self) -> None:
        """End the recording. Closing twice does nothing. Raises LinkError when the end cannot be written."""
        file, self._file, self._closed = self._file, None, True
        try:
            if file is not None:
                file.close()
        except OSError as error:
            raise self._cannot_write(error) from error

    def _cannot_write(self, error: OSError) -> LinkError:
        return LinkError(f"the line cannot be recorded in {self._path}: {error.strerror or error}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A recorded line.

    Attributes:
        header: What its owner said of it.
        chunks: Bytes received, as (seconds from the first record, bytes).
        sent: Bytes sent to the device, likewise.
        torn: The file's last record was cut off or damaged; what is here is whole.
    """

    header: dict[str, HeaderValue] = field(default_factory=dict)
    chunks: list[Chunk] = field(default_factory=list)
    sent: list[Chunk] = field(default_factory=list)
    torn: bool = False


def is_recording(path: Path) -> bool:
    """Whether the file begins as a recording does. A file that cannot be read is none."""
    try:
        with _opened(path) as file:
            return file.read(len(MAGIC)) == MAGIC
    except (OSError, EOFError, zlib.error):
        return False


def compress(path: Path) -> Path:
    """Gzip a recording that nobody writes any more; the plain file goes when the other is whole on the disk.

    Returns:
        Where it is now. Raises LinkError when it cannot be done; the plain file is there then.
    """
    done = path.with_name(path.name + GZIPPED)
    part = done.with_name(done.name + ".part")
    try:
        with path.open("rb") as plain, part.open("wb") as file:
            with gzip.open(file, "wb", compresslevel=6) as packed:
                shutil.copyfileobj(plain, packed)
            file.flush()
            os.fsync(file.fileno())
        shutil.copystat(path, part)
        os.replace(part, done)
        path.unlink()
    except OSError as error:
        msg = f"{path} cannot be compressed: {error.strerror or error}"
        raise LinkError(msg) from error
    return done


def _opened(path: Path) -> BinaryIO:
    """The file's plain bytes, compressed or not."""
    with path.open("rb") as file:
        packed = file.read(len(_GZIP)) == _GZIP
    return cast(BinaryIO, gzip.open(path, "rb")) if packed else path.open("rb")


def _content(path: Path) -> tuple[bytes, bool]:
    """All plain bytes; of a compressed file that is damaged, those before the damage. And whether it is."""
    found = bytearray()
    with _opened(path) as file:
        try:
            while piece := file.read(_PIECE):
                found += piece
        except (EOFError, zlib.error, gzip.BadGzipFile):
            return bytes(found), True
    return bytes(found), False


def read_recording(path: Path) -> Recording:
    """Read a whole recording. Raises LinkError for a file that is missing or is not one."""
    try:
        content, damaged = _content(path)
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror or error}"
        raise LinkError(msg) from error
    header, place = _read_header(path, content)
    recording = Recording(header=header)
    lists = {_RECEIVED: recording.chunks, _SENT: recording.sent}
    while record := _record_at(content, place):
        at, direction, data = record
        lists[direction].append((at, data))
        place += _HEAD.size + _CHECK.size + len(data)
    torn = damaged or place < len(content)
    return Recording(header=header, chunks=recording.chunks, sent=recording.sent, torn=torn)


def _read_header(path: Path, content: bytes) -> tuple[dict[str, HeaderValue], int]:
    end = content.find(b"\n", len(MAGIC)) + 1
    if not content.startswith(MAGIC) or not end:
        msg = f"{path} is not a recording of this station"
        raise LinkError(msg)
    try:
        return dict(json.loads(content[len(MAGIC) : end])), end
    except (ValueError, TypeError) as error:
        msg = f"{path} is a recording whose first lines are damaged"
        raise LinkError(msg) from error


def _record_at(content: bytes, place: int) -> tuple[float, int, bytes] | None:
    """The whole record that begins at `place`; None: there is none."""
    body = place + _HEAD.size + _CHECK.size
    if body > len(content):
        return None
    microseconds, direction, length = _HEAD.unpack_from(content, place)
    (check,) = _CHECK.unpack_from(content, place + _HEAD.size)
    data = content[body : body + length]
    head = content[place : place + _HEAD.size]
    if (
        len(data) < length
        or direction not in (_RECEIVED, _SENT)
        or zlib.crc32(data, zlib.crc32(head)) != check
    ):
        return None
    return microseconds / 1e6, direction, data
