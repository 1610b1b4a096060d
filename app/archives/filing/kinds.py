"""What can be filed: for each ledger when its rows are closed, what an item made of one says, and which papers it keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.core.access.actor import Actor
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import Verb
from app.core.dictionary.several import link
from app.core.lists.listing import Listing, Row

from ..models import ArchiveFile
from . import rules

OPINIONS = "opinions"
_files: Any = ArchiveFile


@dataclass(frozen=True)
class Proposal:
    """What an item says before anybody has looked at it."""

    title: str
    dated_on: date | None
    word: str
    """What the table of retention calls it."""
    document_no: str = ""
    year: int | None = None
    """Of what it tells, where that is not the year of its date."""


@dataclass(frozen=True)
class Kept:
    """An official form that is kept with the item: of the record itself, or of the rows whose `path` leads to it."""

    form: str
    ledger: str
    path: str = ""
    needs: str = ""
    """A column without which there is nothing on the form."""


@dataclass(frozen=True)
class Kind:
    """One ledger whose closed rows are filed."""

    key: str
    closed_on: str
    """The column that says since when a row is closed."""
    columns: tuple[str, ...]
    propose: Callable[[Row, date], Proposal]
    """From a row and the day it was closed."""
    states: Mapping[str, tuple[str, ...]]
    """Columns, and what they must hold besides."""
    forms: tuple[Kept, ...]
    attached: tuple[tuple[str, str], ...] = ()
    """Ledgers whose files are kept too, and the path that leads to the record."""

    @property
    def label(self) -> str:
        return str(LEDGERS[self.key].entry.label)

    @property
    def closed(self) -> str:
        """The name of the day on which a row is closed."""
        return str(LEDGERS[self.key].fields[self.closed_on].label)


def _activity(row: Row, _closed: date) -> Proposal:
    word = rules.OF_ACTIVITY.get(row.values["type"], rules.OTHER)
    return Proposal(gettext("%(title)s: papers of the activity", title=row.texts["title"]), row.values["start"].date(), word)


def _opinion(row: Row, closed: date) -> Proposal:
    where = " ".join(row.texts[name] for name in ("village", "category") if row.texts[name])
    title = gettext("Handling of the opinion %(number)s %(where)s", number=row.texts["number"], where=where).strip()
    return Proposal(title, closed, rules.OPINIONS)


def _suggestion(row: Row, closed: date) -> Proposal:
    title = gettext("Suggestion “%(title)s” and its answer", title=row.texts["title"])
    return Proposal(title, closed, rules.SUGGESTIONS, row.texts["number"])


def _plan(row: Row, closed: date) -> Proposal:
    word = rules.YEAR_PLAN if row.values["period"] == "year" else rules.QUARTER_PLAN
    return Proposal(gettext("Work plan %(year)s, %(period)s", year=row.texts["year"], period=row.texts["period"]), closed, word)


KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind(
            OPINIONS,
            "closed_on",
            ("number", "village", "category"),
            _opinion,
            {"status": ("closed",)},
            (Kept("opinion_register", OPINIONS), Kept("assignment_sheet", "assignments", "opinion")),
            (("assignments", "opinion"), ("replies", "opinion")),
        ),
        Kind(
            "activities",
            "finished_at",
            ("type", "title", "start"),
            _activity,
            {"status": ("held", "reported")},
            (
                Kept("activity_notice", "activities"),
                Kept("sign_in_sheet", "activities"),
                Kept("activity_report", "activity_reports", "activity"),
                Kept("inspection_report", "inspections", "activity"),
                Kept("review_minutes", "review_meetings", "activity", needs="record"),
                Kept("count_sheet", "review_meetings", "activity", needs="record"),  # minutes are written when the count is announced
            ),
            tuple(
                (key, "activity") for key in ("activity_notices", "receptions", "inspections", "activity_reports", "review_meetings")
            ),
        ),
        Kind("suggestions", "answered_on", ("number", "title"), _suggestion, {}, (Kept("suggestion_form", "suggestions"),)),
        Kind(
            "plans",
            "approved_on",
            ("year", "period"),
            _plan,
            {},
            (Kept("work_plan", "plans"), Kept("annual_summary", "plans", needs="summary")),
        ),
    )
}
"""In the order of the page of what waits."""


def waiting(session: Session, actor: Actor, kind: Kind, verb: Verb = Verb.LIST) -> Listing:
    """The kind's closed rows that are not filed, the longest closed first."""
    model: Any = LEDGERS[kind.key]
    listing = Listing(session, actor, model, [*kind.columns, kind.closed_on], sort=kind.closed_on, verb=verb)
    closed = listing.paths.column(kind.closed_on)
    states = [listing.paths.column(name).in_(values) for name, values in kind.states.items()]
    listing.predicates += [closed.is_not(None), *states, ~exists().where(_files.source_ledger == kind.key, _files.source_row == model.id)]
    if kind.key == OPINIONS:
        kept = link(ArchiveFile, ArchiveFile.fields["opinions"])
        listing.predicates.append(model.id.not_in(select(kept.other)))
    return listing


def closed_day(kind: Kind, row: Row) -> date:
    """The day on which a row of `waiting` was closed."""
    found = row.values[kind.closed_on]
    return found.date() if isinstance(found, datetime) else found


def item_of(session: Session, key: str, row_id: int, but: int | None = None) -> Any:
    """The item in which a record is filed, other than `but`; None where there is none."""
    if key == OPINIONS:
        kept = link(ArchiveFile, ArchiveFile.fields["opinions"])
        asked = select(ArchiveFile).join(kept.kept_in, kept.own == _files.id).where(kept.other == row_id)
    else:
        asked = select(ArchiveFile).where(_files.source_ledger == key, _files.source_row == row_id)
    return session.scalars(asked.where(_files.id != but).limit(1) if but is not None else asked.limit(1)).first()
