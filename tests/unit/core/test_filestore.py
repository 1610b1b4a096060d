"""Files on disk: whole or not at all, found whenever the program was stopped, swept when nobody needs them."""

from __future__ import annotations

import errno
import hashlib
import os
import time
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from app.core.files.filestore import FileStore, sweep
from app.core.refusals import Refused

CONTENT = b"content " * 5000


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def all_files(store: FileStore) -> list[str]:
    return sorted(path.name for path in store.folder.rglob("*") if path.is_file())


def aged(path: Path | None, hours: float) -> None:
    assert path is not None
    moment = time.time() - hours * 3600
    os.utime(path, (moment, moment))


def test_a_file_waits_under_a_random_name_and_moves_once_its_row_is_there(store: FileStore) -> None:
    name, digest = store.take(BytesIO(CONTENT), b"small")
    assert digest == hashlib.sha256(CONTENT).hexdigest()
    assert len(name) == 32
    waiting = store.path(name)
    assert waiting is not None
    assert waiting.parent.name == "incoming"
    store.settle(name)
    settled, small = store.path(name), store.path(name, small=True)
    assert settled == store.folder / name[:2] / name
    assert settled.read_bytes() == CONTENT
    assert small is not None
    assert small.read_bytes() == b"small"
    assert len(all_files(store)) == 2


def test_dropping_leaves_nothing(store: FileStore) -> None:
    for settle in (True, False):
        name, _digest = store.take(BytesIO(CONTENT), b"small")
        if settle:
            store.settle(name)
        store.drop(name)
        assert store.path(name) is None
    assert all_files(store) == []


def test_a_full_disk_leaves_nothing_half(store: FileStore) -> None:
    def full(_descriptor: int) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    with patch("os.fsync", full), pytest.raises(Refused) as refused:
        store.take(BytesIO(CONTENT), b"small")
    assert refused.value.codes == {"disk_full"}
    assert all_files(store) == []


def test_a_sweep_takes_what_no_row_names_and_is_older_than_a_day(store: FileStore) -> None:
    named, orphan, young, waiting, waiting_orphan = (store.take(BytesIO(CONTENT), b"small")[0] for _ in range(5))
    for name in (named, orphan, young):
        store.settle(name)
    for name in (named, orphan, waiting, waiting_orphan):
        aged(store.path(name), 25)
        aged(store.path(name, small=True), 25)
    (store.folder / "README.txt").write_text("not ours", encoding="utf-8")

    looked = sweep(store, {named, waiting, "f" * 32}, remove=False)
    assert len(looked.removed) == 4
    assert len(all_files(store)) == 11
    found = sweep(store, {named, waiting, "f" * 32})
    assert (found.kept, found.young, found.settled, found.missing) == (2, 2, 1, ["f" * 32])
    assert {path.name.split(".")[0] for path in found.removed} == {orphan, waiting_orphan}
    assert found.freed == 2 * (len(CONTENT) + 5)
    assert store.path(orphan) is None
    assert store.path(waiting) == store.folder / waiting[:2] / waiting
    assert store.path(young) is not None
    assert "README.txt" in all_files(store)
    assert sweep(store, {named, waiting}).removed == []


def test_sweeping_where_there_was_never_a_file_finds_nothing(store: FileStore) -> None:
    assert sweep(store, set()).kept == 0
