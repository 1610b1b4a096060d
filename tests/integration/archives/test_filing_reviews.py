"""A review meeting is filed as an activity is, with what the vote and the minutes add to its papers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.archives.filing import services
from app.core import clock
from app.core.access.actor import program
from app.core.database import db
from app.core.files.attachments import attachments_of
from app.core.records.writing import change_set
from tests.support.databases import Scene
from tests.support.office import OFFICE, Office, setting


@pytest.fixture
def scene() -> Scene:
    return OFFICE


@pytest.fixture
def office(app: Flask, tmp_path: Path) -> Iterator[Office]:
    with clock.clock_at(datetime(2026, 4, 3, 9, 0)), setting(app, INSTANCE=tmp_path):
        yield Office(app)


def reviewed(office: Office, title: str, record: str | None) -> int:
    """A review meeting that has taken place; its minutes where they were written."""
    with office.app.test_request_context(), change_set(program(office.township, "test")) as writing:
        activity: Any = writing.save("activities", {"type": "review", "title": title, "start": "2026-03-20 09:00"}, by_program=True)
        writing.save("activities", {"finished_at": "2026-03-21 09:00"}, row=activity, by_program=True)
        writing.save("review_meetings", {"activity": activity.id, "audience": "voters", "record": record}, by_program=True)
        return int(activity.id)


@pytest.mark.both_databases
def test_minutes_and_count_of_a_review_meeting_are_kept_with_it_once_they_are_written(office: Office) -> None:
    kept = {}
    for title, record in (("第一小组述职评议会", "会议听取了述职，当场公布测评结果。"), ("第二小组述职评议会", None)):
        activity = reviewed(office, title, record)
        with office.app.test_request_context():
            filed = services.file_record(office.actor("archivist1"), "activities", activity, {"pages": "6"})
            kept[title] = {each.note for each in attachments_of(db.session(), "archive_files", filed)}
    minutes = {"述职评议会会议记录", "计票结果单"}
    assert kept["第一小组述职评议会"] >= minutes
    assert not kept["第二小组述职评议会"] & minutes
