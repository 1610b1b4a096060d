"""Sealed dossiers become items of the files: singly from their page, several at once, with the Word dossier, each once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from flask import Flask
from sqlalchemy import select

from app.archives.dossier.models import SealedDossier
from app.archives.filing import services
from app.archives.filing.kinds import item_of
from app.archives.filing.sources import SEALED, SOURCES
from app.archives.models import ArchiveFile
from app.core import clock
from app.core.database import db
from app.core.files.attaching import opens
from app.core.files.attachments import attachments_of, file_store
from app.core.records.history import Deleted
from app.core.records.restoring import restore
from app.core.records.writing import erase
from app.core.refusals import NotThere, Refused
from tests.support.databases import Scene
from tests.support.office import OFFICE, Office, form_of, setting, words_of
from tests.support.records import sealed

pytestmark = pytest.mark.both_databases
TODAY = datetime(2026, 1, 20, 10)
_sealed: Any = SealedDossier


@pytest.fixture
def scene() -> Scene:
    return OFFICE


@pytest.fixture
def office(app: Flask, tmp_path: Path) -> Iterator[Office]:
    with clock.clock_at(TODAY), setting(app, INSTANCE=tmp_path):
        yield Office(app)


def test_sealed_dossiers_are_filed_from_their_page_and_several_at_once(office: Office) -> None:
    (first, deputy), *others = sealed(office)
    browser = office.browser("archivist1")
    page = f"/dossiers/{deputy}/2025"
    assert f"/filing/record/{SEALED}/{first}" in browser.get(page).get_data(as_text=True)
    asked = f"/filing/record/{SEALED}/{first}"
    sent = form_of(browser.get(asked)) | {"pages": "8"}
    assert sent["retention"] == ["permanent"]
    answer = browser.post(asked, data=sent)
    assert answer.headers["Location"] == browser.post(asked, data=sent).headers["Location"]
    item = browser.get(answer.headers["Location"]).get_data(as_text=True)
    assert page in item
    seen = browser.get(page)
    assert "0001-WS·2025-Y-0001" in words_of(seen)
    assert answer.headers["Location"] in seen.get_data(as_text=True)
    assert asked not in seen.get_data(as_text=True)
    again = browser.post(asked, data=sent | {"request_id": "another"}, follow_redirects=True)
    assert "0001-WS·2025-Y-0001" in words_of(again)
    listed = browser.get(f"/filing/?kind={SEALED}").get_data(as_text=True)
    assert all(f"/filing/record/{SEALED}/{row_id}" in listed for row_id, _deputy in others)
    assert asked not in listed
    several = {"kind": SEALED, "rows": [row_id for row_id, _deputy in others], "filed_on": "2026-01-20"}
    pages = {f"pages_{row_id}": "6" for row_id, _deputy in others} | {f"retention_{row_id}": "permanent" for row_id, _deputy in others}
    assert browser.post("/filing/several", data=several | pages).status_code == 302
    rows = office.rows("archive_files")
    assert [(row.year, row.item_no, row.pages, row.source_ledger) for row in rows] == [
        (2025, 1, 8, SEALED), (2025, 2, 6, SEALED), (2025, 3, 6, SEALED),
    ]
    assert browser.post("/filing/several", data=several | pages).status_code == 422
    assert len(office.rows("archive_files")) == 3
    assert office.browser("archivist2").get(asked).status_code == 404
    assert office.browser("deputy1").get(asked).status_code == 403


def test_the_item_keeps_the_word_dossier_and_a_second_filing_is_refused(office: Office) -> None:
    (first, _deputy), *_others = sealed(office)
    archivist = office.actor("archivist1")
    with office.app.test_request_context():
        filed = services.file_record(archivist, SEALED, first, {"pages": 8})
        (kept,) = attachments_of(db.session(), "archive_files", filed)
        assert opens(archivist, kept)
        path = file_store().path(kept.stored)
        assert path is not None
        said = "".join(Document(str(path)).element.body.itertext())
        row = db.session.get_one(SealedDossier, first)
        assert row.seal[:8] in said
        with pytest.raises(Refused) as refused:
            services.file_record(archivist, SEALED, first, {"pages": 8})
        assert refused.value.codes == {"already_filed"}
        assert db.session.get_one(ArchiveFile, filed).file_no in refused.value.refusals[0].sentence()
        with pytest.raises(NotThere):
            services.file_record(office.actor("archivist2"), SEALED, first, {"pages": 8})
        erase(archivist, "archive_files", filed)
        assert item_of(db.session(), SEALED, first) is None
        assert SOURCES[SEALED].queue(db.session(), archivist).count() == 3
        anew = services.file_record(archivist, SEALED, first, {"pages": 8})
        assert db.session.get_one(ArchiveFile, anew).item_no == 2
        with pytest.raises(Refused) as refused:
            restore(archivist, db.session.scalars(select(Deleted)).one().id)
        assert refused.value.codes & {"already_filed", "in_the_way"}
