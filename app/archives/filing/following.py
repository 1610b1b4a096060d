"""What follows when an item comes or goes, and what stays because of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.core.dictionary.ledger import LEDGERS
from app.core.files.attachments import attachments_of
from app.core.records.hooks import Saving, after_erasing, after_saving, before_detaching, before_erasing, before_restoring, before_saving
from app.core.refusals import Refusal, Refused, refuse_any

from ..models import ArchiveVolume
from . import rules
from .kinds import KINDS, OPINIONS, item_of


@before_saving("archive_files")
def box_is_of_its_class(saving: Saving) -> None:
    """A box holds one year and one retention."""
    values = saving.values
    if values["volume"] is not None and saving.changed("volume", "year", "retention"):
        box = saving.writing.get(ArchiveVolume, values["volume"])
        year = values["year"] if values["year"] is not None else values["dated_on"].year if values["dated_on"] is not None else None
        given = {"year": year, "retention": values["retention"]}
        refuse_any(rules.fits(given, {"number": box.number, "year": box.year, "retention": box.retention}))


@after_saving("archive_files")
def opinions_are_filed(saving: Saving) -> None:
    """An opinion stands as filed from when its item is there, also where the item returns from the recycle bin.

    Of two items that are written at once with one opinion the later is refused: by now the earlier is seen, or the opinion's own row
    has waited for it and is stale.
    """
    for row_id in saving.values["opinions"] if saving.is_new else ():
        _not_filed_elsewhere(saving, OPINIONS, row_id)
        opinion: Any = saving.writing.get(LEDGERS[OPINIONS], row_id)
        if opinion.filed_on is None:
            day = max(saving.values["filed_on"], opinion.closed_on)
            saving.writing.save(OPINIONS, {"filed_on": day}, row=opinion, by_program=True)


@after_erasing("archive_files")
def opinions_wait_again(saving: Saving) -> None:
    for row_id in saving.before["opinions"]:
        opinion: Any = saving.writing.get(LEDGERS[OPINIONS], row_id)
        saving.writing.save(OPINIONS, {"filed_on": None}, row=opinion, by_program=True)


@before_restoring("archive_files")
def record_is_not_filed_anew(saving: Saving) -> None:
    """An item does not return where its record was filed anew meanwhile."""
    values = saving.values
    records = [(OPINIONS, row_id) for row_id in values["opinions"]]
    if values["source_ledger"]:
        records.append((values["source_ledger"], values["source_row"]))
    for key, row_id in records:
        _not_filed_elsewhere(saving, key, row_id)


def _not_filed_elsewhere(saving: Saving, key: str, row_id: int) -> None:
    item = item_of(saving.writing.session, key, row_id, but=saving.row.id)
    if item is not None:
        raise Refused(Refusal("already_filed", None, {"file_no": item.file_no}))


@before_saving(OPINIONS)
def filed_opinion_stays_filed(saving: Saving) -> None:
    """The day of filing is the item's affair as long as there is one."""
    if not saving.is_new and saving.before["filed_on"] is not None and saving.values["filed_on"] is None:
        item = item_of(saving.writing.session, OPINIONS, saving.row.id)
        if item is not None:
            raise Refused(Refusal("in_the_files", None, {"file_no": item.file_no}))


@before_erasing(*KINDS)
def filed_record_stays(session: Session, row: Any) -> None:
    """What the files were made from is not deleted."""
    item = item_of(session, row.__tablename__, row.id)
    if item is not None:
        raise Refused(Refusal("filed_stays", None, {"file_no": item.file_no}))


@before_detaching("archive_files")
def papers_of_an_item_stay(_session: Session, attachment: Any) -> None:
    """What an item was made with is the item; a scan added by hand may go."""
    if attachment.drawn_from:
        raise Refused(Refusal("paper_of_item"))


@before_detaching(*{ledger for kind in KINDS.values() for ledger in (kind.key, *dict(kind.attached))})
def filed_attachment_stays(session: Session, attachment: Any) -> None:
    """A file of which the files keep a copy stays with its record too; one that came later may go."""
    for kind in KINDS.values():
        for ledger, path in ((kind.key, ""), *kind.attached):
            if ledger != attachment.ledger:
                continue
            row: Any = session.get(LEDGERS[ledger], attachment.row_id)
            item = item_of(session, kind.key, getattr(row, f"{path}_id") if path else row.id)
            if item is not None and attachment.sha256 in {each.sha256 for each in attachments_of(session, "archive_files", item.id)}:
                raise Refused(Refusal("attachment_filed", None, {"file_no": item.file_no}))
