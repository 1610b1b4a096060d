"""A workbook that came with a request."""

from __future__ import annotations

from flask import request

from app.core.refusals import Refusal, Refused

ACCEPT = ".xlsx,.xls,.et,.csv,.txt"


def uploaded() -> tuple[bytes, str]:
    """Content and name of the form's file. Raises Refused where none was chosen, or it is empty."""
    file = request.files.get("file")
    content = file.read() if file is not None else b""
    if file is None or not content:
        raise Refused(Refusal("workbook_missing" if file is None or not file.filename else "workbook_empty"))
    return content, file.filename or ""
