"""Files sent to rows as a browser sends them, and what is kept of them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from app.core.database import db
from app.core.files.attachments import Attachment
from tests.support import files
from tests.support.office import Office

PHOTO, SCAN = "三月走访 现场.jpg", "交办单（签字）.pdf"


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
