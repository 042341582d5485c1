"""The key that signs the record's checkpoints: Ed25519, in the user's keystore or in a file beside it.

Never replaces a key that it cannot read: what that key signed could no longer be told from a forgery.
"""

import importlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from nurse_station.records.state import RecordError

SERVICE, ACCOUNT = "nurse-station", "record signing key"
_OTHERS = 0o077


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """A private key, ready to sign.

    Attributes:
        public: Its public half, 32 bytes.
        sign: Message -> signature, 64 bytes.
        warning: What is unsafe about where the key is kept, one sentence; else empty.
    """

    public: bytes
    sign: Callable[[bytes], bytes]
    warning: str = ""


def key_file(folder: Path) -> Path:
    """Where the key of the record in `folder` is kept without a keystore: beside it, so that no copy of
    the folder carries it along."""
    whole = folder.resolve()
    return whole.with_name(f"{whole.name}.key")


def load_signer(folder: Path) -> Signer:
    """The station's key; makes one where there is none. May wait for a person to unlock the keystore.

    Raises:
        RecordError: There is a key that cannot be read, or the new one cannot be kept.
    """
    stored = _from_keystore()
    if stored is not None:
        return _signer(stored, "")
    path = key_file(folder)
    warning = (
        f"The key that signs the record is a file ({path}): whoever can read it can sign. Keep it apart."
    )
    try:
        return _signer(_from_file(path), warning + _open_to_others(path))
    except OSError as error:
        msg = f"The key that signs the record cannot be kept in {path} ({error.strerror})."
        raise RecordError(msg) from error


def stored_public(folder: Path) -> bytes | None:
    """The public half of the key in the file beside the record; None: there is none to be read."""
    try:
        return _signer(key_file(folder).read_text(encoding="ascii"), "").public
    except (OSError, UnicodeError, RecordError):
        return None


def signed_by(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the holder of the key signed `message`."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def _signer(text: str, warning: str) -> Signer:
    try:
        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(text.strip()))
    except ValueError as error:
        msg = "The key that signs the record is damaged: put it back from a copy."
        raise RecordError(msg) from error
    return Signer(public=key.public_key().public_bytes_raw(), sign=key.sign, warning=warning)


def _new() -> str:
    return Ed25519PrivateKey.generate().private_bytes_raw().hex()


def _from_keystore() -> str | None:
    """The key in the user's keystore, made if need be; None: there is no keystore that works."""
    try:
        keyring: Any = importlib.import_module("keyring")
    except ImportError:
        return None
    try:
        stored: str | None = keyring.get_password(SERVICE, ACCOUNT)
        if stored is None:
            keyring.set_password(SERVICE, ACCOUNT, _new())
            stored = keyring.get_password(SERVICE, ACCOUNT)
    except (keyring.errors.KeyringError, OSError):
        return None
    return stored


def _from_file(path: Path) -> str:
    if not path.exists():
        _keep(_new(), path)
    return path.read_text(encoding="ascii", errors="replace")


def _keep(secret: str, path: Path) -> None:
    """Whole or not at all: half a key would stand in the way of a whole one for ever."""
    part = path.with_name(f"{path.name}.part")
    with os.fdopen(
        os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="ascii"
    ) as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _open_to_others(path: Path) -> str:
    if os.name == "posix" and path.stat().st_mode & _OTHERS:
        return " Other users of this computer can read it now: take that right away (chmod 600)."
    return ""
