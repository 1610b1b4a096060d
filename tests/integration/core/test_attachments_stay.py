"""Files on the disk follow their rows: into the recycle bin and back, through a full disk, a stop, a sweep."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import pytest
from sqlalchemy import select

from app.core.database import db, write_transaction
from app.core.files.attaching import attach
from app.core.files.attachments import attachments_of, bring_back, file_store, named_files
from app.core.files.filestore import FileStore
from app.core.records.history import Deleted
from app.core.records.restoring import restore
from tests.integration.core.attached import PHOTO, SCAN, kept, on_disk, send, sent
from tests.support import files
from tests.support.databases import Scene
from tests.support.office import OFFICE, Office, setting, words_of

pytestmark = pytest.mark.both_databases


@pytest.fixture
def scene() -> Scene:
    return OFFICE


@pytest.fixture(autouse=True)
def own_files(office: Office, tmp_path: Path) -> Iterator[None]:
    """No file of another test lies about."""
    with setting(office.app, INSTANCE=tmp_path):
        yield


def test_files_go_into_the_recycle_bin_with_their_row_and_are_there_again_with_it(office: Office) -> None:
    activity = office.id_of("activities", "青石学习会")
    notice = office.rows("activity_notices")[0].id
    send(office, "liaison1", activity, (PHOTO, files.picture()), key="activities")
    send(office, "liaison1", notice, (SCAN, files.PDF), key="activity_notices")
    before = [(each.id, each.name, each.stored, each.at) for each in kept(office)]
    assert office.browser("liaison1").post(f"/activities/delete/{activity}").status_code == 302
    assert kept(office) == []
    assert len(on_disk(office)) == 3
    assert office.browser("liaison1").get(f"/attachments/{before[0][0]}").status_code == 404
    with office.app.app_context():
        parts = db.session.scalars(select(Deleted)).one().snapshot
        assert {part["ledger"]: [each["name"] for each in part.get("attachments", [])] for part in parts} == {
            "activities": [PHOTO], "attendance": [], "activity_notices": [SCAN],
        }
        assert named_files(db.session()) == {each[2] for each in before}
        with write_transaction(db.session) as session:
            for part in parts:
                assert bring_back(session, part["ledger"], part["columns"]["id"], part.get("attachments", ())) == []
        assert [each.name for each in attachments_of(db.session(), "activities", activity)] == [PHOTO]
    assert [(each.id, each.name, each.stored, each.at) for each in kept(office)] == before


def test_a_full_disk_is_said_and_nothing_of_the_upload_is_kept(office: Office) -> None:
    opinion = office.opinion_of(office.township)
    room = [1, 1]
    really = os.fsync

    def fill_up(descriptor: int) -> None:
        if not room:
            raise OSError(errno.ENOSPC, "No space left on device")
        room.pop()
        really(descriptor)

    with patch("app.core.files.filestore.os.fsync", fill_up):
        answer = send(office, "liaison1", opinion, (PHOTO, files.picture()), (SCAN, files.PDF), ("三.png", files.picture("PNG")))
    assert "服务器磁盘已满，什么都没有保存" in words_of(answer)
    assert kept(office) == []
    assert on_disk(office) == []


def test_no_room_for_the_form_itself_is_said_too(office: Office) -> None:
    opinion = office.opinion_of(office.township)

    def full(*_: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with patch("app.core.web.filescreen._attached", full):
        answer = send(office, "liaison1", opinion, (SCAN, files.PDF))
    assert answer.status_code == 507
    assert "磁盘已满" in words_of(answer)


def test_a_stop_after_the_commit_loses_nothing(office: Office) -> None:
    """The row is there, its file was not moved yet: it is handed over all the same, and the sweep moves it."""
    opinion = office.opinion_of(office.township)
    with patch.object(FileStore, "settle", lambda *_: None):
        send(office, "liaison1", opinion, (SCAN, files.PDF))
    assert [path.parent.name for path in on_disk(office)] == ["incoming"]
    answer = office.browser("liaison1").get(f"/attachments/{kept(office)[0].id}")
    assert answer.data == files.PDF
    answer.close()
    assert "已归位的附件 1 个" in office.app.test_cli_runner().invoke(args=["sweep-files"]).output
    assert [path.parent.name for path in on_disk(office)] == [kept(office)[0].stored[:2]]


def test_a_failing_commit_leaves_no_file(office: Office) -> None:
    opinion = office.opinion_of(office.township)
    failing = patch("app.core.files.attaching._record", side_effect=RuntimeError)
    with office.app.test_request_context(), failing, pytest.raises(RuntimeError):
        attach(office.actor("liaison1"), "opinions", opinion, [(SCAN, BytesIO(files.PDF))])
    assert kept(office) == []
    assert on_disk(office) == []


def test_the_sweep_keeps_files_of_rows_and_of_the_recycle_bin(office: Office) -> None:
    activity = office.id_of("activities", "青石学习会")
    sent(office)
    send(office, "liaison1", activity, (SCAN, files.PDF), key="activities")
    office.browser("liaison1").post(f"/activities/delete/{activity}")
    with office.app.app_context():
        orphan, _digest = file_store().take(BytesIO(b"orphan"))
        file_store().settle(orphan)
    for path in on_disk(office):
        os.utime(path, (time.time() - 90_000,) * 2)
    run = office.app.test_cli_runner().invoke
    looked = run(args=["sweep-files", "--dry-run"]).output
    assert f"无主文件：{orphan}" in looked
    assert "在用附件 3 个；可清理无主文件 1 个" in looked
    assert len(on_disk(office)) == 5
    assert "在用附件 3 个；已清理无主文件 1 个" in run(args=["sweep-files"]).output
    assert len(on_disk(office)) == 4


def test_a_file_gone_from_the_disk_is_not_found_and_the_sweep_says_so(office: Office) -> None:
    photo, _scan = sent(office)
    stored = kept(office)[0].stored
    with office.app.app_context():
        file_store().drop(stored)
    assert office.browser("liaison1").get(f"/attachments/{photo}").status_code == 404
    assert stored in office.app.test_cli_runner().invoke(args=["sweep-files"]).output


def test_files_come_back_from_the_recycle_bin_with_their_row(office: Office) -> None:
    photo, _scan = sent(office)
    opinion = office.opinion_of(office.township)
    head = office.browser("head1")
    assert head.post(f"/opinions/delete/{opinion}").status_code == 302
    assert head.get(f"/attachments/{photo}").status_code == 404
    with office.app.app_context():
        entry = db.session.scalars(select(Deleted.id).where(Deleted.ledger == "opinions", Deleted.row_id == opinion)).one()
        restore(office.actor("head1"), entry)
    assert [each.name for each in kept(office)] == [PHOTO, SCAN]
    answer = head.get(f"/attachments/{photo}")
    assert answer.status_code == 200
    answer.close()
    assert SCAN in head.get(f"/opinions/show/{opinion}?tab=history").text
