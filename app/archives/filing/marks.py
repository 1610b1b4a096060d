"""What filing adds to pages: the mark and the button on a record, the way back and the stamp on an item, the papers on a box."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from app.core.access.actor import Actor
from app.core.database import db
from app.core.dictionary.ledger import Ledger
from app.core.dictionary.roles import Verb
from app.core.web import rowpages
from app.core.web.pages import button

from ..dossier import pages as dossierpages
from . import boxes, loans
from .kinds import KINDS, OPINIONS, item_of
from .papers import stamp_of
from .screens import FILERS
from .services import record_of
from .sources import SEALED, SOURCES

RECORDS = (*KINDS, "receptions", "inspections", "major_events", "review_meetings")
"""Ledgers on whose rows' pages filing shows: the records, and the details that share an activity's life."""


def record_tags(actor: Actor, row: Ledger) -> list[dict[str, str]]:
    return _tags(actor, *record_of(row))


def record_buttons(actor: Actor, row: Ledger) -> list[dict[str, Any]]:
    """An opinion has it among its steps."""
    key, row_id = record_of(row)
    return [] if key == OPINIONS else _buttons(actor, key, row_id)


def sealed_tags(actor: Actor, sealed_id: int) -> list[dict[str, str]]:
    return _tags(actor, SEALED, sealed_id)


def sealed_buttons(actor: Actor, sealed_id: int) -> list[dict[str, Any]]:
    return _buttons(actor, SEALED, sealed_id)


def _tags(actor: Actor, key: str, row_id: int) -> list[dict[str, str]]:
    """已归档, with the archival number, for who may read the files."""
    item = item_of(db.session(), key, row_id)
    if item is None:
        return []
    if not actor.may("archive_files", Verb.SHOW):
        return [{"text": _("Filed"), "tone": "ok"}]
    return [{"text": _("Filed as %(file_no)s", file_no=item.file_no), "tone": "ok", "url": f"/archive_files/show/{item.id}"}]


def _buttons(actor: Actor, key: str, row_id: int) -> list[dict[str, Any]]:
    """The way to filing what is closed."""
    if not actor.may("archive_files", Verb.ADD) or not SOURCES[key].waits(db.session(), actor, row_id):
        return []
    return [button(_("File"), f"/filing/record/{key}/{row_id}")]


def item_tags(actor: Actor, row: Any) -> list[dict[str, str]]:
    """The record that an item was made from."""
    source = SOURCES.get(row.source_ledger)
    if source is None or not source.open_to(actor):
        return []
    found = source.named(db.session(), [row.source_row]).values()
    return [{"text": _("Made from: %(title)s", title=name.title), "tone": "info", "url": name.url} for name in found]


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
    dossierpages.tags_of_sealed.append(sealed_tags)
    dossierpages.buttons_of_sealed.append(sealed_buttons)
    rowpages.tags_of.setdefault("archive_files", []).append(item_tags)
    rowpages.buttons_of.setdefault("archive_files", []).append(item_buttons)
    rowpages.buttons_of.setdefault("archive_volumes", []).append(box_buttons)
    rowpages.summary_of.update({"archive_files": item_summary, "archive_volumes": box_summary})
