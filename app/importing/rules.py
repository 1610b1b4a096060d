"""What may follow what in an import, how long its file is kept, and which answers are answers: pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

KEPT_FOR = timedelta(days=30)
"""An uploaded file holds personal data: it is kept while it is worked on, and no longer."""

STEPS: Mapping[str, frozenset[str]] = {
    "rehearsing": frozenset({"matched", "rehearsed", "failed"}),
    "writing": frozenset({"rehearsed"}),
    "undoing": frozenset({"done"}),
}
"""What goes on in the background -> the states from which it may begin."""
CORRECTABLE = STEPS["rehearsing"]
"""States in which columns may still be said to mean something else."""
UNDER_WAY = frozenset(STEPS)
NEW = "new"
MOST_FILE_NAME = 200


def given_up_before(now: datetime) -> datetime:
    """Files that came before this moment are dropped."""
    return now - KEPT_FOR


def file_name(name: str) -> str:
    """The name alone, without folders and signs that no name has; its end is what tells the kind of file."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable()).strip()[-MOST_FILE_NAME:] or "?"


def answer_of(key: str, text: str, codes: Mapping[str, Mapping[str, Any]], ledgers: frozenset[str]) -> int | str | None:
    """What was answered, None where it is no answer to anything that an import asks. `codes`: `<ledger>.<field>` -> its codes."""
    if key.startswith("@"):
        return _id(text) if key.count(":") >= 2 else None
    head, sign, _said = key.partition("=")
    if not sign:
        return None
    if head in codes:
        return text if text in codes[head] else None
    if head in ledgers:
        return NEW if text == NEW else _id(text)
    return None


def _id(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
