"""The opinions that are filed in one item: a filter that an item's page leads to."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from app.core.access.actor import Actor
from app.core.database import db
from app.core.dictionary.fields import read_id
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.several import link
from app.core.dictionary.titles import titles_of
from app.core.lists.filters import Derived
from app.core.web.pages import visible_references

from ..models import ArchiveFile


def _in_item(text: str) -> Any:
    row_id, kept = read_id(text), link(ArchiveFile, ArchiveFile.fields["opinions"])
    opinions: Any = LEDGERS["opinions"]
    return opinions.id.in_(select(kept.other).where(kept.own == row_id)) if row_id is not None else None


def _chosen(actor: Actor, text: str) -> list[tuple[str, str]]:
    """The item that the address names, where the actor may see it."""
    row_id = read_id(text)
    known = visible_references(actor, {("archive_files", row_id)}) if row_id is not None else set()
    return [(text, title) for title in titles_of(db.session(), known).values()]


FILTERS = {"filed_in": Derived(_("Filed in"), _in_item, _chosen, ("archive_files",))}
