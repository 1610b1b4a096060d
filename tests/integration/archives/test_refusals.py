"""What must not be done with the archives is refused with its sentence, over the web, over REST, and by two at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from app.archives.filing import services
from app.archives.filing.sources import SEALED
from app.core import clock
from app.core.database import db
from app.core.files.attaching import attach, detach
from app.core.files.attachments import attachments_of, file_store
from app.core.refusals import Refused
from tests.support import files
from tests.support.databases import Scene
from tests.support.office import OFFICE, Office, setting, words_of
from tests.support.records import closed, held, sealed

pytestmark = pytest.mark.both_databases
TODAY = datetime(2026, 4, 10, 10)


@pytest.fixture
def scene() -> Scene:
    return OFFICE


@pytest.fixture
def office(app: Flask, tmp_path: Path) -> Iterator[Office]:
    with clock.clock_at(TODAY), setting(app, INSTANCE=tmp_path):
        yield Office(app)


def filed(office: Office, key: str, row_id: int) -> int:
    with office.app.test_request_context():
        return services.file_record(office.actor("archivist1"), key, row_id, {"pages": 3})


def at_once(office: Office, filing: Callable[[], int]) -> list[str]:
    """What two clerks are told who do this at one moment."""

    def one(_number: int) -> str:
        with office.app.test_request_context(), clock.clock_at(TODAY):
            try:
                filing()
            except Refused as refused:
                return "、".join(refused.codes)
            finally:
                db.session.remove()
        return "filed"

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(one, range(2)))


def told(office: Office, who: str, address: str) -> str:
    """The sentence of the page after deleting over the web."""
    return words_of(office.browser(who).post(address, follow_redirects=True))


def called(office: Office, who: str, address: str, **given: Any) -> tuple[int, str]:
    """Status and words of a call of another program."""
    client, token = office.app.test_client(), office.token(who)
    answer = client.post(address, headers=token, json=given) if given else client.delete(address, headers=token)
    return answer.status_code, str(answer.get_json())


def test_a_sealed_dossier_is_deleted_by_nobody_and_no_way(office: Office) -> None:
    (_first, deputy), *_others = sealed(office)
    for who in ("head1", "presidium1", "archivist1"):
        assert "永不删除" in told(office, who, f"/dossiers/{deputy}/2025/delete"), who
    assert "未封存" in told(office, "head1", f"/dossiers/{deputy}/2024/delete")
    assert office.browser("head2").post(f"/dossiers/{deputy}/2025/delete").status_code == 404
    assert "已封存的履职档案" in told(office, "head1", f"/deputies/delete/{deputy}")
    status, words = called(office, "head1", f"/api/v1/deputies/{deputy}")
    assert status == 422
    assert "已封存的履职档案" in words
    for address in ("/api/v1/sealed_dossiers/1", "/api/v1/dossiers/1"):
        assert called(office, "head1", address)[0] == 404, address
    assert office.row("deputies", deputy) is not None


def test_a_filed_record_is_not_deleted_over_the_web_nor_by_a_program(office: Office) -> None:
    activity, (opinion,) = held(office), closed(office)
    for key, row_id in (("activities", activity), ("opinions", opinion)):
        item = office.row("archive_files", filed(office, key, row_id))
        assert item.file_no in told(office, "liaison1", f"/{key}/delete/{row_id}"), key
        status, words = called(office, "liaison1", f"/api/v1/{key}/{row_id}")
        assert status == 422, key
        assert item.file_no in words, key
        assert office.row(key, row_id) is not None
    chosen = {"action": "muldelete", "rowid": [activity]}
    assert office.browser("head1").post("/activities/action_post", data=chosen).status_code in (404, 405)


def test_a_fault_is_not_deleted_alone_but_goes_when_its_check_says_otherwise(office: Office) -> None:
    """A round that was not in order would be in order, and nobody would know."""
    judged = [{"point": point, "ok": point != "防潮", "words": "" if point != "防潮" else "返潮"} for point in ("防火", "防潮")]
    check = office.write("archivist1", "archive_checks", {"checked_on": "2026-01-12", "checker": "周敏", "points": judged})
    (fault,) = office.rows("archive_faults")
    assert "把“防潮”改为正常" in told(office, "archivist1", f"/archive_faults/delete/{fault.id}")
    status, words = called(office, "archivist1", f"/api/v1/archive_faults/{fault.id}")
    assert (status, "2026-01-12" in words) == (422, True)
    assert office.row("archive_checks", check).state == "fault"
    well = [{**each, "ok": True, "words": ""} for each in judged]
    office.write("archivist1", "archive_checks", {"points": well}, row_id=check, version=office.version("archive_checks", check))
    assert office.rows("archive_faults") == []
    assert office.row("archive_checks", check).state == "in_order"
    version = office.version("archive_checks", check)
    office.write("archivist1", "archive_checks", {"points": judged}, row_id=check, version=version)
    assert office.browser("archivist1").post(f"/archive_checks/delete/{check}").status_code == 302
    assert office.rows("archive_faults") == office.rows("archive_checks") == []


def test_a_file_that_is_out_is_lent_to_nobody_else(office: Office) -> None:
    item = filed(office, "activities", held(office))
    first = {"file": item, "borrower": "王芳", "out_on": "2026-01-12"}
    second = {"file": item, "borrower": "李强", "out_on": "2026-01-15"}
    browser = office.browser("archivist1")
    assert browser.post("/archive_loans/add", data=first).status_code == 302
    answer = browser.post("/archive_loans/add", data=second)
    assert answer.status_code == 422
    assert "该文件2026-01-12借出后尚未归还" in words_of(answer)
    status, words = called(office, "archivist1", "/api/v1/archive_loans/", **second)
    assert status == 422
    assert "2026-01-12" in words
    assert len(office.rows("archive_loans")) == 1


def test_a_year_is_sealed_once_over_the_web(office: Office) -> None:
    (_first, deputy), *_others = sealed(office)
    sent = {"deputy": str(deputy), "signed_by": "周主席", "signed_on": "2026-01-15"}
    answer = office.browser("head1").post("/dossiers/seal/2025", data=sent, follow_redirects=True)
    assert "已经封存" in words_of(answer)
    again = office.browser("presidium1").post("/dossiers/seal/2025", data={}, follow_redirects=True)
    assert "已全部封存" in words_of(again)


def filings(office: Office) -> Sequence[Callable[[], int]]:
    """A sealed dossier, and the opinions of a year as one register."""
    archivist, liaison, (dossier, *_others) = office.actor("archivist1"), office.actor("liaison1"), sealed(office)
    closed(office, 2)
    return (
        lambda: services.file_record(archivist, SEALED, dossier.id, {"pages": 3}),
        lambda: services.file_register(liaison, 2025, {"pages": 9}),
    )


def test_two_clerks_at_once_file_a_dossier_and_a_register_once(office: Office) -> None:
    dossier, register = filings(office)
    assert at_once(office, dossier) == ["already_filed", "filed"]
    answers = at_once(office, register)
    answers.remove("filed")
    assert set(answers) <= {"conflict", "nothing_to_file", "already_filed"}
    assert [row.item_no for row in office.rows("archive_files")] == [1, 1]


def test_a_dossier_whose_seal_is_broken_is_not_filed(office: Office) -> None:
    (first, deputy), *_others = sealed(office)
    with office.app.app_context():
        db.session.execute(text("UPDATE sealed_dossiers SET signed_by = '某人' WHERE id = :id"), {"id": first})
        db.session.commit()
    browser, address = office.browser("archivist1"), f"/filing/record/{SEALED}/{first}"
    for answer in (browser.get(address, follow_redirects=True), browser.post(address, data={"pages": "3"}, follow_redirects=True)):
        assert answer.request.path == f"/dossiers/{deputy}/2025"
        assert "与封存码不符" in words_of(answer)
    several = {"kind": SEALED, "rows": [first], f"pages_{first}": "3", "filed_on": "2026-01-20"}
    answer = browser.post("/filing/several", data=several)
    assert answer.status_code == 422
    assert "与封存码不符" in words_of(answer)
    assert office.rows("archive_files") == []


def test_an_attachment_that_is_lost_is_said_and_nothing_is_filed_without_it(office: Office) -> None:
    activity, liaison = held(office), office.actor("liaison1")
    with office.app.test_request_context():
        attach(liaison, "activities", activity, [("现场.jpg", BytesIO(files.picture()))])
        (kept,) = attachments_of(db.session(), "activities", activity)
        file_store().drop(kept.stored)
        lost = kept.id
    browser, address = office.browser("archivist1"), f"/filing/record/activities/{activity}"
    for answer in (browser.get(address, follow_redirects=True), browser.post(address, data={"pages": "3"}, follow_redirects=True)):
        assert "“现场.jpg”的文件已丢失" in words_of(answer)
    assert office.rows("archive_files") == []
    assert not [path for path in (Path(office.app.config["INSTANCE"]) / "files").rglob("*") if path.is_file()]
    with office.app.test_request_context():
        detach(liaison, lost)
    filed(office, "activities", activity)
