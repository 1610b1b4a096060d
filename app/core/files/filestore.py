"""Files on this machine, outside the web root, under random names: `files/ab/abcdef…` in the instance folder.

A file is written whole to `files/incoming/` before its row is; it is moved to its place once the row is committed. Whatever
stops the program in between, nothing is half: before the commit there is a file without a row, which the sweep removes a day
later; after it the file is found in `incoming` and moved then.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from ..refusals import Refusal, Refused

INCOMING = "incoming"
SMALL = ".small"
"""Ending of a picture's small one, beside it."""
DAY_S = 24 * 60 * 60
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NAME = re.compile(r"[0-9a-f]{32}\Z")


@dataclass(frozen=True)
class FileStore:
    """The files below one folder."""

    folder: Path

    def take(self, source: BinaryIO, small: bytes | None = None) -> tuple[str, str]:
        """Writes a file to `incoming`, its small picture beside it; gives its new name and its SHA-256. Raises Refused (disk_full)."""
        name = secrets.token_hex(16)
        digest = hashlib.sha256()
        target = self.folder / INCOMING / name
        try:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            source.seek(0)
            with target.open("xb") as written:
                while piece := source.read(256 * 1024):
                    digest.update(piece)
                    written.write(piece)
                written.flush()
                os.fsync(written.fileno())
            if small is not None:
                target.with_name(name + SMALL).write_bytes(small)
        except OSError as error:
            self.drop(name)
            if error.errno in _FULL:
                raise Refused(Refusal("disk_full")) from error
            raise
        return name, digest.hexdigest()

    def settle(self, name: str) -> None:
        """Moves a file whose row is committed to its place; where that fails it is found in `incoming` all the same."""
        for ending in (SMALL, ""):
            waiting, place = self.folder / INCOMING / (name + ending), self._place(name + ending)
            if waiting.is_file():
                try:
                    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                    waiting.replace(place)
                except OSError:
                    return

    def path(self, name: str, small: bool = False) -> Path | None:
        """Where the file lies; None where it is gone."""
        wanted = name + (SMALL if small else "")
        for path in (self._place(wanted), self.folder / INCOMING / wanted):
            if path.is_file():
                return path
        return None

    def drop(self, name: str) -> None:
        """Removes a file and its small picture. One that is being read is left to the sweep (Windows does not let go of it)."""
        for ending in (SMALL, ""):
            for path in (self._place(name + ending), self.folder / INCOMING / (name + ending)):
                try:
                    path.unlink(missing_ok=True)
                except OSError:
                    continue

    def _place(self, name: str) -> Path:
        return self.folder / name[:2] / name

    def _files(self) -> Iterator[Path]:
        for folder in sorted(self.folder.iterdir()) if self.folder.is_dir() else ():
            if folder.is_dir() and (folder.name == INCOMING or re.fullmatch("[0-9a-f]{2}", folder.name)):
                yield from sorted(path for path in folder.iterdir() if _NAME.match(path.name.removesuffix(SMALL)))


@dataclass
class Swept:
    """What a sweep found."""

    kept: int = 0
    young: int = 0
    settled: int = 0
    removed: list[Path] = field(default_factory=list)
    freed: int = 0
    missing: list[str] = field(default_factory=list)


def sweep(store: FileStore, named: set[str], *, remove: bool = True) -> Swept:
    """Removes files that no row names and that are older than a day; settles those that wait although their row is there."""
    found = Swept()
    seen: set[str] = set()
    for path in store._files():
        name = path.name.removesuffix(SMALL)
        if name in named:
            seen.add(name)
            found.kept += path.name == name
            if path.parent.name == INCOMING:
                found.settled += path.name == name
                if remove:
                    store.settle(name)
        elif (old := _stat(path)) is not None:
            if time.time() - old.st_mtime < DAY_S:
                found.young += 1
            else:
                found.removed.append(path)
                found.freed += old.st_size
                if remove:
                    path.unlink(missing_ok=True)
    found.missing = sorted(named - seen)
    return found


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None  # moved or removed meanwhile
