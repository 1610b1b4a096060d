"""Attachments of rows: who may send, see and remove them, how they are handed over, where they go with their row."""

from __future__ import annotations

import errno
import os
import re
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import quote

import pytest
from PIL import Image
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from app.core.database import db, write_transaction
from app.core.files.attaching import attach
from app.core.files.attachments import Attachment, attachments_of, bring_back, file_store, named_files
from app.core.files.filestore import FileStore
from app.core.records.history import Change, Deleted
from app.core.records.restoring import restore
from app.core.refusals import Refused
from tests.support import files
from tests.support.databases import Scene
from tests.support.office import OFFICE, Office, setting, words_of

pytestmark = pytest.mark.both_databases
PHOTO, SCAN = "三月走访 现场.jpg", "交办单（签字）.pdf"


@pytest.fixture
def scene() -> Scene:
    return OFFICE


@pytest.fixture(autouse=True)
def own_files(office: Office, tmp_path: Path) -> Iterator[None]:
    """No file of another test lies about."""
    with setting(office.app, INSTANCE=tmp_path):
        yield


def send(office: Office, username: str, opinion: int, *sent: tuple[str, bytes], note: str = "", key: str = "opinions") -> TestResponse:
    return posted(office, username, f"/attachments/to/{key}/{opinion}", *sent, note=note)


def posted(office: Office, username: str, path: str, *sent: tuple[str, bytes], note: str = "") -> TestResponse:
    data: dict[str, Any] = {"files": [FileStorage(BytesIO(content), name) for name, content in sent], "note": note}
    boundary, body = encode_multipart(data)
    kind = f"multipart/form-data; boundary={boundary}"
    return office.browser(username).post(path, data=body, content_type=kind, follow_redirects=True)


def kept(office: Office) -> list[Attachment]:
    with office.app.app_context():
        return list(db.session.scalars(select(Attachment).order_by(Attachment.id)))


def on_disk(office: Office) -> list[Path]:
    return sorted(path for path in (Path(office.app.config["INSTANCE"]) / "files").rglob("*") if path.is_file())


def sent(office: Office) -> tuple[int, int]:
    """A photo and a scan on the station's opinion: their ids."""
    opinion = office.opinion_of(office.township)
    send(office, "liaison1", opinion, (PHOTO, files.picture(turned=True)), (SCAN, files.PDF), note="走访时拍")
    first, second = (each.id for each in kept(office))
    return first, second


def test_several_files_at_once_are_shown_with_their_chinese_names(office: Office) -> None:
    opinion = office.opinion_of(office.township)
    answer = send(office, "liaison1", opinion, (PHOTO, files.picture()), (SCAN, files.PDF), note="走访时拍")
    words = words_of(answer)
    assert "已添加 2 个附件" in words
    assert PHOTO in words
    assert SCAN in words
    assert "走访时拍" in words
    assert re.search(r"附件\s*2", words)
    photo, scan = kept(office)
    assert (photo.ledger, photo.row_id, photo.station_id, photo.by) == ("opinions", opinion, office.township, "liaison1先生")
    assert (photo.type, photo.has_thumbnail, scan.type, scan.has_thumbnail) == ("jpg", True, "pdf", False)
    assert [path.name for path in on_disk(office)] == sorted([photo.stored, photo.stored + ".small", scan.stored])
    assert all(path.parent.name == path.name[:2] for path in on_disk(office))


def test_a_file_is_handed_over_as_what_it_is_and_kept_by_no_cache(office: Office) -> None:
    photo, scan = sent(office)
    opinion = office.opinion_of(office.township)
    send(office, "liaison1", opinion, ("登记表.docx", files.office(files.WORD_MAIN)))
    browser = office.browser("head1")
    for number, kind, shown in (
        (photo, "image/jpeg", "inline; "),
        (scan, "application/pdf", "inline; "),
        (kept(office)[2].id, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "attachment; "),
    ):
        answer = browser.get(f"/attachments/{number}")
        assert answer.status_code == 200
        assert answer.content_type == kind
        assert answer.headers["Content-Disposition"].startswith(shown)
        assert quote(next(each.name for each in kept(office) if each.id == number), safe="()") in answer.headers["Content-Disposition"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        answer.close()
    small = browser.get(f"/attachments/{photo}/thumbnail")
    assert small.content_type == "image/jpeg"
    assert small.headers["Cache-Control"] == "no-store"
    assert Image.open(BytesIO(small.data)).size == (270, 360)
    assert browser.get(f"/attachments/{scan}/thumbnail").status_code == 404
    original = browser.get(f"/attachments/{photo}")
    assert original.data == files.picture(turned=True)
    small.close()
    original.close()


@pytest.mark.parametrize(
    ("username", "see", "delete", "send"),
    [
        ("liaison1", 200, 302, 302),
        ("head1", 200, 302, 302),
        ("archivist1", 404, 404, 403),
        ("presidium1", 404, 404, 403),
        ("county", 404, 404, 403),
        ("liaison2", 404, 404, 404),
        ("head2", 404, 404, 404),
        ("admin", 404, 404, 404),
    ],
)
def test_who_sees_the_row_in_the_clear_sees_its_files_and_who_edits_it_changes_them(
    office: Office, username: str, see: int, delete: int, send: int
) -> None:
    """A scan shows the voter's name: who sees it masked does not open the scan."""
    photo, scan = sent(office)
    opinion = office.opinion_of(office.township)
    browser = office.browser(username)
    for path in (f"/attachments/{photo}", f"/attachments/{photo}/thumbnail"):
        answer = browser.get(path)
        assert answer.status_code == see, path
        answer.close()
    page = browser.get(f"/opinions/show/{opinion}?tab=attachments")
    assert (SCAN in page.text) == (see == 200)
    assert ("data-files" in page.text) == (send == 302)
    assert browser.post(f"/attachments/{scan}/delete").status_code == delete
    another = {"files": [(BytesIO(files.PDF + b"\n"), "x.pdf")]}
    assert browser.post(f"/attachments/to/opinions/{opinion}", data=another).status_code == send
    assert [each.name for each in kept(office)] == ([PHOTO, "x.pdf"] if send == 302 else [PHOTO, SCAN])


def test_files_of_a_ledger_without_personal_data_are_opened_by_all_who_read_it(office: Office) -> None:
    bulletin = office.write(
        "liaison1", "bulletins", {"title": "三季度通报", "sent_on": "2026-10-09", "kind": "bulletin", "audience": "deputies"}
    )
    sent_to = {"files": [(BytesIO(files.PDF), SCAN)]}
    assert office.browser("liaison1").post(f"/attachments/to/bulletins/{bulletin}", data=sent_to).status_code == 302
    for username in ("archivist1", "presidium1", "county"):
        page = office.browser(username).get(f"/bulletins/show/{bulletin}?tab=attachments")
        assert SCAN in page.text, username
        assert "data-files" not in page.text, username


def test_the_right_to_a_row_is_asked_at_each_request(office: Office) -> None:
    """The address of a file says nothing: it opens for who may open the row now."""
    photo, _scan = sent(office)
    assert office.app.test_client().get(f"/attachments/{photo}").status_code == 302
    assert office.app.test_client().get(f"/attachments/{photo}/thumbnail").status_code == 302
    assert office.app.test_client().post(f"/attachments/{photo}/delete").status_code == 302
    for path in ("/attachments/0", "/attachments/999999", "/attachments/x", "/attachments/99999999999999999999", "/attachments/..%2f1"):
        assert office.browser("liaison1").get(path).status_code == 404, path
    for path in ("/attachments/to/opinions/999999", "/attachments/to/nothing/1", "/attachments/to/changes/1"):
        assert office.browser("liaison1").post(path, data={"files": [(BytesIO(files.PDF), "x.pdf")]}).status_code == 404, path
    assert len(kept(office)) == 2


def test_what_is_not_taken_is_told_by_name_and_the_rest_is_kept(office: Office) -> None:
    opinion = office.opinion_of(office.township)
    bomb = files.office(files.WORD_MAIN, x=bytes(30_000_000))
    bad = [("网页.jpg", b"<html><script>1</script>"), ("照片.xlsx", files.picture()), ("炸弹.docx", bomb)]
    words = words_of(send(office, "liaison1", opinion, *bad, ("坏.png", files.picture("PNG")[:50]), (SCAN, files.PDF)))
    for sentence in (
        "“网页.jpg”是网页或 SVG 图形，不能上传",
        "“照片.xlsx”实际是 jpg 文件，名称却以 xlsx 结尾",
        "“炸弹.docx”解开后会异常膨胀",
        "“坏.png”已损坏",
        "已添加 1 个附件",
    ):
        assert sentence in words
    assert [each.name for each in kept(office)] == [SCAN]
    assert len(on_disk(office)) == 1


def test_the_same_file_lands_once_on_a_row(office: Office) -> None:
    opinion = office.opinion_of(office.township)
    sent(office)
    more = [("又一次.pdf", files.PDF), ("两次.pdf", files.LOCKED_PDF), ("三次.pdf", files.LOCKED_PDF)]
    words = words_of(send(office, "liaison1", opinion, *more))
    assert "“又一次.pdf”没有添加" in words
    assert "“三次.pdf”没有添加" in words
    assert [each.name for each in kept(office)] == [PHOTO, SCAN, "两次.pdf"]
    assert len(on_disk(office)) == 4


def test_nothing_chosen_is_said(office: Office) -> None:
    opinion = office.opinion_of(office.township)
    answer = office.browser("liaison1").post(
        f"/attachments/to/opinions/{opinion}", data={"files": [(BytesIO(b""), "")]}, follow_redirects=True
    )
    assert "请至少选择一个文件" in words_of(answer)


def test_history_tells_of_files_and_a_form_open_meanwhile_is_not_stale(office: Office) -> None:
    opinion = office.opinion_of(office.township)
    version = office.version("opinions", opinion)
    _photo, scan = sent(office)
    assert office.browser("head1").post(f"/attachments/{scan}/delete", follow_redirects=True).status_code == 200
    with office.app.app_context():
        found = select(Change).where(Change.ledger == "opinions", Change.row_id == opinion, Change.action != "add").order_by(Change.id)
        lines = [(each.action, each.by, each.station_id, each.data, each.personal) for each in db.session.scalars(found)]
    assert lines == [
        ("attach", "liaison1先生", office.township, {}, {"attachment": [None, PHOTO]}),
        ("attach", "liaison1先生", office.township, {}, {"attachment": [None, SCAN]}),
        ("detach", "head1先生", office.township, {}, {"attachment": [SCAN, None]}),
    ]
    assert len(on_disk(office)) == 2
    assert office.version("opinions", opinion) == version


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


def test_several_large_files_may_be_sent_to_a_row_and_nowhere_else(office: Office) -> None:
    opinion = office.opinion_of(office.township)
    large = [(f"{number}.pdf", files.PDF + bytes([number]) * 15_000_000) for number in (1, 2)]
    assert "已添加 2 个附件" in words_of(send(office, "liaison1", opinion, *large))
    answer = posted(office, "liaison1", "/opinions/add", ("x", bytes(26 * 1024 * 1024)))
    assert answer.status_code == 413
    assert "超过 25 MB" in words_of(answer)
    answer = send(office, "liaison1", opinion, ("x", bytes(61 * 1024 * 1024)))
    assert answer.status_code == 413
    assert "超过 60 MB" in words_of(answer)
    words = words_of(send(office, "liaison1", opinion, ("大.pdf", files.PDF.ljust(20 * 1024 * 1024 + 1)), (SCAN, files.PDF)))
    assert "“大.pdf”超过 20 MB" in words
    assert "已添加 1 个附件" in words


def test_too_long_a_note_is_refused_and_nothing_stored(office: Office) -> None:
    opinion = office.opinion_of(office.township)
    assert "200" in words_of(send(office, "liaison1", opinion, (SCAN, files.PDF), note="长" * 201))
    assert kept(office) == []
    with office.app.test_request_context(), pytest.raises(Refused):
        attach(office.actor("archivist1"), "opinions", opinion, [(SCAN, BytesIO(files.PDF))])
    assert on_disk(office) == []


def test_rest_lists_and_hands_over_what_the_row_has(office: Office) -> None:
    photo, _scan = sent(office)
    opinion = office.opinion_of(office.township)
    client, mine, theirs = office.app.test_client(), office.token("liaison1"), office.token("liaison2")
    answer = client.get(f"/api/v1/opinions/{opinion}/attachments", headers=mine).get_json()
    assert answer["count"] == 2
    described = answer["result"][0]
    assert (described["id"], described["name"], described["type"], described["note"]) == (photo, PHOTO, "jpg", "走访时拍")
    fetched = client.get(described["url"], headers=mine)
    assert fetched.data == files.picture(turned=True)
    fetched.close()
    assert client.get(f"/api/v1/opinions/{opinion}/attachments", headers=theirs).status_code == 404
    assert client.get(described["url"], headers=theirs).status_code == 404
    assert client.get(described["url"]).status_code == 401
    other = office.id_of("deputies", "石春")
    assert client.get(f"/api/v1/deputies/{other}/attachments/{photo}", headers=mine).status_code == 404
    assert client.get(f"/api/v1/deputies/{other}/attachments", headers=mine).get_json()["result"] == []


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
