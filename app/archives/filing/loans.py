"""Loans (借阅, S11-4): what is out and since when, what is overdue, and taking a file back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access.actor import Actor
from app.core.dictionary.roles import Verb
from app.core.dictionary.standings import STANDINGS, Note, Standing
from app.core.lists.listing import Listing
from app.core.records.hooks import Saving, before_saving
from app.core.records.writing import change_set
from app.core.refusals import Refusal, Refused
from app.work.services import setting

from ..models import ArchiveFile, ArchiveLoan
from . import rules

_loans: Any = ArchiveLoan
_files: Any = ArchiveFile
COLUMNS = ("file", "borrower", "unit", "purpose", "approved_by", "out_on", "due_on")


def out(session: Session, actor: Actor, overdue: bool = False) -> Listing:
    """What is out, the earliest due first."""
    listing = Listing(session, actor, ArchiveLoan, COLUMNS, sort="due_on")
    listing.predicates.append(_loans.back_on.is_(None))
    if overdue:
        listing.predicates.append(_loans.due_on < clock.today())
    return listing


def give_back(actor: Actor, loan_id: int, condition: str) -> str:
    """The file is back today, in that condition; gives the file's number. Raises NotThere, Refused."""
    with change_set(actor) as writing:
        loan: Any = writing.existing("archive_loans", loan_id, Verb.EDIT)
        if loan.back_on is not None:
            raise Refused(Refusal("loan_is_back"))
        writing.save("archive_loans", {"back_on": max(clock.today(), loan.out_on), "condition": condition}, row=loan)
        return str(writing.get(ArchiveFile, loan.file_id).file_no)


def open_loan(session: Session, file_id: int) -> Any:
    """The loan on which a file is out; None where it is in."""
    return session.scalars(select(ArchiveLoan).where(_loans.file_id == file_id, _loans.back_on.is_(None)).limit(1)).first()


@before_saving("archive_loans")
def due_by_the_rule(saving: Saving) -> None:
    """Who does not say when a file is due gets the office's term."""
    values = saving.values
    if saving.is_new and values["due_on"] is None and values["back_on"] is None:
        days = setting(saving.writing.session, saving.station_id, "archive_loan_days")
        values["due_on"] = values["out_on"] + timedelta(days=days)


def _late(session: Session, ids: Sequence[int]) -> Mapping[int, Note]:
    """Words under the due day of what is out."""
    today, soon = clock.today(), int(setting(session, None, "due_soon_days"))
    asked = select(_loans.id, _loans.due_on).where(_loans.id.in_(ids), _loans.back_on.is_(None), _loans.due_on.is_not(None))
    found = {}
    for row_id, due_on in session.execute(asked):
        if late := rules.days_late(due_on, today):
            found[row_id] = Note(gettext("%(days)s days overdue", days=late), "bad")
        elif (due_on - today).days <= soon:
            found[row_id] = Note(gettext("due in %(days)s days", days=(due_on - today).days), "warn")
    return found


def _of_lateness(code: str) -> list[Any]:
    late = _loans.due_on < clock.today()
    return [_loans.back_on.is_(None), late if code == "late" else or_(~late, _loans.due_on.is_(None))]


STANDINGS["archive_loans"] = Standing(
    path="due_on",
    name="lateness",
    label=_("Overdue"),
    options={"late": _("Out and overdue"), "in_time": _("Out and in time")},
    notes=_late,
    condition=_of_lateness,
)


def _whereabouts(session: Session, ids: Sequence[int]) -> Mapping[int, Note]:
    """Words under the number of a file that is out."""
    asked = select(_loans.file_id, _loans.borrower, _loans.due_on).where(_loans.file_id.in_(ids), _loans.back_on.is_(None))
    today = clock.today()
    return {
        file_id: Note(
            gettext("Lent to %(borrower)s, overdue", borrower=borrower)
            if rules.days_late(due_on, today)
            else gettext("Lent to %(borrower)s", borrower=borrower),
            "bad" if rules.days_late(due_on, today) else "warn",
        )
        for file_id, borrower, due_on in session.execute(asked)
    }


def _of_whereabouts(code: str) -> list[Any]:
    lent = _files.id.in_(select(_loans.file_id).where(_loans.back_on.is_(None)))
    match code:
        case "out":
            return [lent]
        case "in":
            return [~lent]
        case _:
            return [_files.volume_id.is_(None)]


STANDINGS["archive_files"] = Standing(
    path="file_no",
    name="whereabouts",
    label=_("Where it is"),
    options={"in": _("In the archive"), "out": _("Lent out"), "loose": _("In no box yet")},
    notes=_whereabouts,
    condition=_of_whereabouts,
)
