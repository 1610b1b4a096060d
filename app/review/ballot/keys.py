"""The key of a vote: a file of its own beside the database, never in it, in no copy and no backup.

Without it ballots are noise. It is made with the slips and destroyed when the vote is closed or void; from then on neither the
database nor anything that was ever written of it (its log, dead rows, copies) says how anybody voted. docs/secret-ballot.md tells
what a disk may keep all the same.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from flask import current_app

from .sheets import KEY_BYTES

_ENDING = ".key"


def make(ref: str) -> bytes:
    """A new key, on the disk before the first code that it marks is."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = os.urandom(KEY_BYTES)
    descriptor = os.open(folder / (ref + _ENDING), os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    _settle(folder)
    return key


def read(ref: str) -> bytes | None:
    """The key of a vote; None: it was destroyed, or lies on another machine."""
    with suppress(FileNotFoundError):
        key = (_folder() / (ref + _ENDING)).read_bytes()
        return key if len(key) == KEY_BYTES else None
    return None


def destroy(ref: str) -> None:
    """Overwrite the key, then remove its file. Where somebody holds the file open (Windows), what is left holds nothing any more and
    is removed by the next sweep."""
    path = _folder() / (ref + _ENDING)
    with suppress(FileNotFoundError):
        with open(path, "r+b") as file:
            file.write(os.urandom(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        with suppress(PermissionError):
            path.unlink()
        _settle(path.parent)


def kept() -> Iterator[tuple[str, float]]:
    """The votes whose keys lie here, and when each key was made."""
    for path in sorted(_folder().glob("*" + _ENDING)):
        with suppress(FileNotFoundError):
            yield path.stem, path.stat().st_mtime


def _folder() -> Path:
    return Path(current_app.config["BALLOT_KEYS"])


def _settle(folder: Path) -> None:
    """A folder's entry is on the disk only when the folder is (Windows does that by itself)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
