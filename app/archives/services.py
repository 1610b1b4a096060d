"""What the archives' ledgers do besides being written."""

from __future__ import annotations

from sqlalchemy import select

from app.core import clock
from app.core.numbering import keep_up, next_number
from app.core.refusals import Refusal, Refused, refuse_any
from app.core.writing import Saving, before_saving

from . import rules
from .models import ArchiveFile, ArchiveLoan


@before_saving("archive_files")
def number_the_file(saving: Saving) -> None:
    """Give a filed document its place and archival number; a number that came along from paper is kept, and the series follows."""
    if not saving.is_new and not saving.changed(*rules.PARTS, "item_no", "file_no"):
        return
    values = saving.values
    if values["year"] is None and values["dated_on"] is not None:
        values["year"] = values["dated_on"].year
    if values["year"] is None:
        raise Refused(Refusal("required", "year"))
    _forget_what_no_longer_holds(saving)
    if values["file_no"] is not None:
        refuse_any(rules.item_agrees(values))
        item_no = rules.item_in(values, values["file_no"])
        if item_no is not None:
            values["item_no"] = item_no
            keep_up(saving.writing.session, *_series(saving), item_no)
        return
    if values["fonds_no"] is None:
        values["fonds_no"] = _last_fonds(saving)
    if values["fonds_no"] is None:
        raise Refused(Refusal("required", "fonds_no"))
    if values["item_no"] is None:
        values["item_no"] = next_number(saving.writing.session, *_series(saving))
    else:
        keep_up(saving.writing.session, *_series(saving), values["item_no"])
    values["file_no"] = rules.file_number(values, values["item_no"])


def _forget_what_no_longer_holds(saving: Saving) -> None:
    """A document moved to another class gets the next number there; a new item number makes a new archival number."""
    values, before = saving.values, saving.before
    if saving.is_new or saving.changed("file_no") or before["item_no"] is None:
        return
    was_ours = before["file_no"] == rules.file_number(before, before["item_no"])
    if was_ours and (values["item_no"] is None or values["file_no"] != rules.file_number(values, values["item_no"])):
        values["file_no"] = None
        if not saving.changed("item_no"):
            values["item_no"] = None


def _series(saving: Saving) -> tuple[int, str, int]:
    """One series for each class, as DA/T 22-2015 numbers items within the lowest class."""
    assert saving.station_id is not None
    values = saving.values
    parts = (values["fonds_no"] or "", values["category"], values["retention"], values["organ_code"] or "")
    return saving.station_id, "archive_files:" + "-".join(parts), values["year"]


def _last_fonds(saving: Saving) -> str | None:
    return saving.writing.session.scalars(
        select(ArchiveFile.fonds_no).where(ArchiveFile.station_id == saving.station_id, ArchiveFile.fonds_no.is_not(None))
        .order_by(ArchiveFile.id.desc()).limit(1)
    ).first()


@before_saving("archive_loans")
def lend_only_what_is_in(saving: Saving) -> None:
    others = saving.writing.session.execute(
        select(ArchiveLoan.out_on, ArchiveLoan.back_on)
        .where(ArchiveLoan.file_id == saving.values["file"], ArchiveLoan.id != (saving.row.id or 0))
        .order_by(ArchiveLoan.out_on)
    ).all()
    refuse_any(rules.file_is_in(saving.values["out_on"], saving.values["back_on"], [(out_on, back_on) for out_on, back_on in others]))


@before_saving("archive_checks")
def check_is_of_the_past(saving: Saving) -> None:
    refuse_any(rules.not_after_today(saving.values, clock.today()))
