"""What the system says of a port, as a sentence for a person: what is wrong and what to do."""

import errno
import socket
from pathlib import Path

# Two numbers for one fact where a system has two.
IN_USE = "{name} is in use by another program: close that program, or choose another port"
GONE = "{name} does not exist: is the adaptor plugged in?"
NOT_SERIAL = "{name} is not a serial port: choose one from the list of ports"
HUNG = "{name} does not answer: unplug the adaptor and plug it in again"
TAKES_NOTHING = "{name} takes no bytes: is the monitor on, and has the cable the handshake lines?"
REFUSES = "{name} refuses the connection: is the serial server running there?"
UNREACHABLE = "{name} cannot be reached: is it switched on and in this network?"
NO_SETTINGS = "{name} does not take line settings: set them at the serial server and use socket://"
NO_RFC2217 = "{name} does not speak RFC 2217: use socket:// and set the line at the serial server"

_SENTENCES = {
    errno.ENOENT: GONE,
    errno.ENODEV: GONE,
    errno.EAGAIN: IN_USE,
    errno.EBUSY: IN_USE,
    errno.ENOTTY: NOT_SERIAL,
    errno.EISDIR: NOT_SERIAL,
    errno.ENXIO: HUNG,
    errno.EIO: HUNG,
    errno.ECONNREFUSED: REFUSES,
    errno.ETIMEDOUT: UNREACHABLE,
    errno.EHOSTUNREACH: UNREACHABLE,
    errno.ENETUNREACH: UNREACHABLE,
}

# pyserial keeps no number in these cases, only words (Windows' own among them).
_WORDS = {
    "PermissionError": IN_USE,
    "FileNotFoundError": GONE,
    "Connection refused": REFUSES,
    "timed out": UNREACHABLE,
    "does not accept parameter change": NO_SETTINGS,
    "does not seem to support RFC2217": NO_RFC2217,
    "could not configure port": NOT_SERIAL,
    "cannot configure port": HUNG,
}


def why_not_open(name: str, error: Exception) -> str:
    """One sentence for a port that could not be opened."""
    if isinstance(error, socket.gaierror):
        return f"{name}: no computer of this name is known in this network"
    number = error.errno if isinstance(error, OSError) else None
    if number in (errno.EACCES, errno.EPERM):
        return f"no permission for {name}: add the user to the group {_group_of(name)} and log in again"
    sentence = _SENTENCES.get(number or 0) or _by_words(error)
    return sentence.format(name=name) if sentence else f"{name} cannot be opened: {error}"


def why_lost(name: str, error: Exception) -> str:
    """One sentence for a line that was open and is no more."""
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return f"{name} was lost: the adaptor was unplugged or the far end went away ({reason})"


def _by_words(error: Exception) -> str | None:
    text = str(error)
    return next((sentence for words, sentence in _WORDS.items() if words.lower() in text.lower()), None)


def _group_of(path: str) -> str:
    """The group that may use the port: "dialout" on Debian, "uucp" on Arch; by the port itself."""
    try:
        group = Path(path).group()
    except (OSError, KeyError, NotImplementedError):
        return "dialout"
    return "dialout" if group == "root" else group
