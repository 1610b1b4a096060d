"""A duty report on its way: drafted from the ledgers, written, handed in, received by the group (S9-3, S9-4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access.actor import Actor
from app.core.database import db
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import Verb
from app.core.files.attachments import attachments_of
from app.core.records.bulk import Draft, save_all
from app.core.records.saving import Writing
from app.core.records.writing import change_set, write
from app.core.refusals import Refusal, Refused, refuse_any

from ..models import DutyReport
from . import rules
from .drafting import drafts
from .yearly import Line, year_of

_reports: Any = DutyReport


def report_of(session: Session, mandate_id: int, year: int, form: str) -> Any:
    """The report of a mandate; None: there is none yet."""
    same = (_reports.mandate_id == mandate_id, _reports.year == year, _reports.form == form)
    return session.scalars(select(DutyReport).where(*same)).first()


def begin(actor: Actor, mandate_id: int, year: int, form: str, from_ledgers: bool) -> int:
    """A report to be written: a draft of what the ledgers know, or blank. One that is there is never touched; its id is given.
    Raises Refused, NotThere."""
    session = db.session()
    mandate: Any = Writing(session, actor).existing("mandates", mandate_id, Verb.SHOW)
    if not actor.may("duty_reports", Verb.ADD):
        raise Refused(Refusal("not_permitted"))
    there = report_of(session, mandate_id, year, form)
    if there is not None:
        return int(there.id)
    texts = drafts(session, mandate.station_id, year, {mandate_id: mandate.deputy_id})[mandate_id] if from_ledgers else {}
    return write(actor, "duty_reports", {
        "mandate": mandate_id, "year": str(year), "form": form, "station_id": mandate.station_id, **_said(texts)})


def draft_all(actor: Actor, year: int, group: int | None) -> int:
    """A draft in writing for every mandate that owes one and has none; how many were made. Raises Refused."""
    if not actor.may("duty_reports", Verb.ADD) or actor.station_id is None:
        raise Refused(Refusal("not_permitted"))
    with change_set(actor) as writing:
        missing = [line for line in year_of(writing.session, actor, year).missing if group is None or line.group == group]
        texts = drafts(writing.session, actor.station_id, year, {line.mandate: line.deputy for line in missing})
        outcomes = save_all(writing, [_draft(line, year, texts[line.mandate]) for line in missing])
        for each in outcomes:
            if isinstance(each, tuple):
                raise Refused(*each)
    return len(outcomes)


def _draft(line: Line, year: int, texts: Mapping[str, str]) -> Draft:
    return Draft("duty_reports", {"mandate": line.mandate, "year": year, "form": "written", "station": line.station, **_said(texts)})


def _said(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if text}


def fill_up(actor: Actor, report: Any, version: str | None) -> bool:
    """Write into the headings that are still empty what the ledgers know; whether there was anything. Raises Refused, NotThere."""
    session = db.session()
    kept = {name: getattr(report, name) for name in rules.HEADINGS}
    mandate: Any = session.get_one(LEDGERS["mandates"], report.mandate_id)
    texts = drafts(session, report.station_id, report.year, {mandate.id: mandate.deputy_id})[mandate.id]
    added = rules.filled_up(kept, texts)
    if added:
        write(actor, "duty_reports", added, row_id=report.id, version=version)
    return bool(added)


def keep(actor: Actor, report: Any, texts: Mapping[str, str], version: str | None) -> None:
    """What was written under the headings. Raises Refused, NotThere."""
    write(actor, "duty_reports", texts, row_id=report.id, version=version)


def hand_in(actor: Actor, report: Any, texts: Mapping[str, str], day: date | None, version: str | None) -> None:
    """The report as it stands goes to the group. Raises Refused, NotThere."""
    files = len(attachments_of(db.session(), "duty_reports", report.id))
    refuse_any(rules.handing_in(texts, files, day, clock.today()))
    write(actor, "duty_reports", {**texts, "submitted_on": day}, row_id=report.id, version=version)


def take_back(actor: Actor, report: Any, version: str | None) -> None:
    """It was not handed in after all: a draft again. Raises Refused, NotThere."""
    write(actor, "duty_reports", {"submitted_on": None, "received_on": None}, row_id=report.id, version=version)


def receive(actor: Actor, report: Any, day: date | None, version: str | None) -> None:
    """The group has it since that day (R14). Raises Refused, NotThere."""
    if day is None:
        raise Refused(Refusal("required", "received_on"))
    if day > clock.today():
        raise Refused(Refusal("handed_in_ahead", "received_on"))
    write(actor, "duty_reports", {"received_on": day}, row_id=report.id, version=version)
