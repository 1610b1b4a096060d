"""What filing adds to pages: the mark and the button on a record, the way back and the stamp on an item, the papers on a box."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from app.core.access.actor import Actor
from app.core.database import db
from app.core.dictionary.ledger import LEDGERS, Ledger
from app.core.dictionary.roles import Verb
from app.core.dictionary.titles import title_of
from app.core.web import rowpages
from app.core.web.pages import button

from . import boxes, loans
from .kinds import KINDS, OPINIONS, item_of
from .papers import stamp_of
from .screens import FILERS
from .services import record_of, waits_now

RECORDS = (*KINDS, "receptions", "inspections", "major_events", "review_meetings")
"""Ledgers on whose rows' pages filing shows: the records, and the details that share an activity's life."""


def record_tags(actor: Actor, row: Ledger) -> list[dict[str, str]]:
    """已归档, with the archival number, for who may read the files."""
    item = item_of(db.session(), *record_of(row))
    if item is None:
        return []
    if not actor.may("archive_files", Verb.SHOW):
        return [{"text": _("Filed"), "tone": "ok"}]
    return [{"text": _("Filed as %(file_no)s", file_no=item.file_no), "tone": "ok", "url": f"/archive_files/show/{item.id}"}]


def record_buttons(actor: Actor, row: Ledger) -> list[dict[str, Any]]:
    """The way to filing what is closed; an opinion has it among its steps."""
    key, row_id = record_of(row)
    if key == OPINIONS or not actor.may("archive_files", Verb.ADD) or not waits_now(db.session(), actor, KINDS[key], row_id):
        return []
    return [button(_("File"), f"/filing/record/{key}/{row_id}")]


def item_tags(actor: Actor, row: Any) -> list[dict[str, str]]:
    """The record that an item was made from."""
    if row.source_ledger in KINDS and actor.may(row.source_ledger, Verb.SHOW):
        record: Any = db.session.get(LEDGERS[row.source_ledger], row.source_row)
        if record is not None:
            return [{"text": _("Made from: %(title)s", title=title_of(db.session(), record)), "tone": "info",
                     "url": f"/{row.source_ledger}/show/{row.source_row}"}]
    return []


def item_buttons(actor: Actor, row: Any) -> list[dict[str, Any]]:
    """Lending, taking back, and the opinions bound in it."""
    session, found = db.session(), []
    if actor.may(OPINIONS, Verb.LIST) and row.id and boxes.holds_opinions(session, row.id):
        found.append(button(_("Opinions filed in it"), f"/opinions/list/?filed_in={row.id}"))
    if actor.may("archive_loans", Verb.ADD):
        out = loans.open_loan(session, row.id)
        found.append(button(_("Take it back"), "/loans_out/") if out else button(_("Lend it"), f"/archive_loans/add?file={row.id}"))
    return found


def item_summary(_actor: Actor, row: Any) -> list[dict[str, Any]]:
    """The six fields of the stamp (归档章), as they are written on the first page."""
    said = stamp_of(row)
    labels = {
        "fonds": _("Fonds no."), "year": _("Year"), "item": _("Item no."), "organ": _("Organ or subject code"),
        "retention": _("Retention"), "pages": _("Number of pages"),
    }
    return [{"label": label, "value": said[name] or "—", "note": "", "tone": "", "url": ""} for name, label in labels.items()]


def box_buttons(actor: Actor, row: Any) -> list[dict[str, Any]]:
    if not actor.may("archive_volumes", Verb.EXPORT) or not actor.may("archive_files", Verb.EXPORT):
        return []
    catalogue = button(_("Catalogue"), f"/archive_files/papers/file_catalogue?volume={row.id}")
    if not FILERS & set(actor.roles):
        return [catalogue]
    return [
        catalogue,
        button(_("Spine"), f"/boxing/paper/box_spines/{row.id}"),
        button(_("Label"), f"/boxing/paper/box_labels/{row.id}"),
    ]


def box_summary(_actor: Actor, row: Any) -> list[dict[str, Any]]:
    count, first, last = boxes.spans(db.session(), [row.id]).get(row.id, (0, "", ""))
    return [
        {"label": _("Items in it"), "value": str(count), "note": "", "tone": "", "url": f"/archive_files/list/?volume={row.id}"},
        {"label": _("First and last item no."), "value": f"{first}-{last}" if count else "—", "note": "", "tone": "", "url": ""},
    ]


def show_on_pages() -> None:
    """Put all this on the pages; called by the registry."""
    for key in RECORDS:
        rowpages.buttons_of.setdefault(key, []).append(record_buttons)
        rowpages.tags_of.setdefault(key, []).append(record_tags)
    rowpages.tags_of.setdefault("archive_files", []).append(item_tags)
    rowpages.buttons_of.setdefault("archive_files", []).append(item_buttons)
    rowpages.buttons_of.setdefault("archive_volumes", []).append(box_buttons)
    rowpages.summary_of.update({"archive_files": item_summary, "archive_volumes": box_summary})
