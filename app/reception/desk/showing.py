"""What the desk shows. The list of the day holds masked names and nothing of what was said: it stays on the device between two requests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.activities.services import shown_on as shown_at_the_door
from app.core import clock
from app.core.devices.openscreens import Opened
from app.core.devices.operations import KeptOperation
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.masks import Personal, Sight, mask
from app.core.files.attachments import Attachment
from app.core.refusals import Refusal, Refused
from app.names import pinyin_key

from ..models import CATEGORIES, HANDLING, STATUSES, Opinion
from ..outcomes import Reply
from . import rules
from .services import closing_of, opinion_entered, reception_of

_opinion: Any = Opinion
_reply: Any = Reply
MOST_VILLAGES = 80
LOOKED_THROUGH = 300
LOOKING_BACK = timedelta(days=730)
EXCERPT = 60


def shown_on(session: Session, opened: Opened) -> dict[str, Any]:
    """Everything that the desk draws, in a handful of statements however many came."""
    reception, closed = reception_of(session, opened), closing_of(session, opened)
    return {
        **shown_at_the_door(session, opened),
        "closedAt": closed.at.isoformat(timespec="minutes") if closed is not None else None,
        "received": reception.voters_received,
        "voters": voters_of(session, opened, reception.id),
        "villages": villages_of(session, opened.station_id),
        "organs": organs_of(session, opened.station_id),
    }


def voters_of(session: Session, opened: Opened, reception_id: int) -> list[dict[str, Any]]:
    """Who came today, latest last; `voter` is the device's id where the desk made the entry."""
    kept = select(KeptOperation.subject, KeptOperation.at, KeptOperation.outcome).where(
        KeptOperation.ledger == opened.ledger,
        KeptOperation.row_id == opened.row_id,
        KeptOperation.kind == rules.VOTER,
        KeptOperation.taken.is_(True),
    )
    made: dict[int, tuple[str, str, bool]] = {}
    for row in session.execute(kept.order_by(KeptOperation.at.desc())):
        at = clock.to_office(row.at).isoformat(timespec="minutes")
        made[row.outcome["opinion"]] = (row.subject.removeprefix("voter:"), at, bool(row.outcome.get("later")))
    photos = (
        select(func.count())
        .select_from(Attachment)
        .where(Attachment.ledger == "opinions", Attachment.row_id == _opinion.id)
        .scalar_subquery()
    )
    columns = (
        _opinion.id, _opinion.number, _opinion.voter_name, _opinion.anonymous, _opinion.confidential, _opinion.village,
        _opinion.category, _opinion.handling, _opinion.status, photos.label("photos"),
    )
    found = session.execute(select(*columns).where(_opinion.reception_id == reception_id).order_by(_opinion.id))
    shown = []
    for row in found:
        voter, at, later = made.get(row.id, ("", "", False))
        shown.append({
            "id": row.id, "voter": voter, "at": at, "later": later, "number": row.number, "name": _name(row),
            "village": row.village or "", "category": CATEGORIES.label(row.category),
            "handling": HANDLING.label(row.handling),
            "status": STATUSES.label(row.status), "tone": STATUSES.tone(row.status), "photos": row.photos,
        })
    return shown


def _name(row: Any) -> str:
    if row.anonymous:
        return _("Anonymous")
    return _("Kept confidential") if row.confidential else mask(Personal.NAME, row.voter_name)


def villages_of(session: Session, station_id: int) -> list[dict[str, str]]:
    """Villages named of late, the most frequent first, with their pinyin for the type-ahead."""
    recent = (_opinion.station_id == station_id, _opinion.heard_on >= clock.today() - LOOKING_BACK)
    named = select(_opinion.village).where(*recent, _opinion.village.is_not(None), _opinion.village != "")
    statement = named.group_by(_opinion.village).order_by(func.count().desc(), _opinion.village).limit(MOST_VILLAGES)
    return [{"name": name, "pinyin": pinyin_key(name)} for name in session.scalars(statement)]


def organs_of(session: Session, station_id: int) -> list[dict[str, Any]]:
    """To whom a matter before a court may be referred."""
    organ: Any = LEDGERS["organs"]
    own = or_(organ.station_id == station_id, organ.station_id.is_(None))
    return [{"id": row.id, "name": row.name} for row in session.execute(select(organ.id, organ.name).where(own).order_by(organ.name))]


def earlier_matters(session: Session, opened: Opened, given: dict[str, Any]) -> list[dict[str, Any]]:
    """The station's earlier matters that may be the same; one statement. Persons are known again only for who sees their names."""
    said = rules.Said(given)
    name, phone, village, words = said.text("name")[:40], said.text("phone")[:40], said.text("village")[:40], said.text("words")[:400]
    clear = opened.actor.sight("opinions") is Sight.CLEAR
    reception_id = reception_of(session, opened).id
    columns = (
        _opinion.id, _opinion.number, _opinion.heard_on, _opinion.voter_name, _opinion.voter_phone, _opinion.village,
        _opinion.category, func.substr(_opinion.words, 1, 400).label("words"), _opinion.status, _opinion.confidential,
        _opinion.reception_id,
    )
    recent = (_opinion.station_id == opened.station_id, _opinion.heard_on >= clock.today() - LOOKING_BACK)
    rows = session.execute(select(*columns).where(*recent).order_by(_opinion.heard_on.desc(), _opinion.id.desc()).limit(LOOKED_THROUGH))
    found = {row.id: row for row in rows if row.reception_id != reception_id}

    def same_person(row: Any) -> bool:
        return clear and not row.confidential and bool((name and row.voter_name == name) or (phone and row.voter_phone == phone))

    matters = [rules.Matter(row.id, same_person(row), row.village or "", row.words) for row in found.values()]
    return [
        {
            "number": found[matter.id].number, "day": found[matter.id].heard_on.isoformat(), "person": matter.person,
            "village": matter.village, "words": matter.words[:EXCERPT], "status": STATUSES.label(found[matter.id].status),
            "tone": STATUSES.tone(found[matter.id].status),
        }
        for matter in rules.alike(village, words, matters)
    ]


def entry_of(session: Session, opened: Opened, voter: str) -> dict[str, Any]:
    """An entry as it was typed, to be put right; only while the desk is open."""
    only_while_open(session, opened)
    row = opinion_entered(session, opened, voter)
    reply = session.scalars(select(Reply).where(_reply.opinion_id == row.id, _reply.assignment_id.is_(None)).order_by(_reply.id)).first()
    return {
        "voter": voter, "name": row.voter_name or "", "phone": row.voter_phone or "", "address": row.voter_address or "",
        "village": row.village or "", "anonymous": row.anonymous, "confidential": row.confidential, "category": row.category or "",
        "lawsuit": row.law_related, "organ": row.referred_to_id, "words": row.words, "heardBy": row.deputy_id,
        "handling": row.handling or "", "reason": row.explained_reason or "", "basis": row.legal_basis or "",
        "answer": (reply.answer or "") if reply and row.handling != rules.EXPLAINED else "", "form": (reply.form or "") if reply else "",
        "satisfaction": (reply.satisfaction or "") if reply else "", "unobtained": (reply.not_obtained_reason or "") if reply else "",
    }


def only_while_open(session: Session, opened: Opened) -> None:
    """A key reads nothing personal back once the reception is closed, and never for who sees it masked."""
    if closing_of(session, opened) is not None or opened.actor.sight("opinions") is not Sight.CLEAR:
        raise Refused(Refusal("desk_no_reading_back"))
