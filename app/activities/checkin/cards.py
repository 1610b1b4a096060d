"""Personal cards of deputies: given out, replaced, recognised."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access.actor import Actor
from app.core.access.scope import visible
from app.core.database import db, write_transaction
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.paths import Paths
from app.core.dictionary.roles import Verb
from app.core.refusals import Refusal, Refused

from .models import DeputyCard

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without those that people and cheap scanners take for one another; capitals and digits make the smallest QR code."""
CODE_LENGTH = 16


def deputy_of_card(session: Session, code: str, station_id: int) -> int:
    """The deputy whose card this is. Raises Refused with the reason why it is none, or none any more."""
    typed = "".join(code.split()).upper()
    card = session.scalars(select(DeputyCard).where(DeputyCard.code == typed)).first() if len(typed) == CODE_LENGTH else None
    if card is None:
        raise Refused(Refusal("card_unknown", None, {"code": typed[:20]}))
    if card.station_id != station_id:
        raise Refused(Refusal("card_foreign"))
    if card.void_at is not None or session.get(LEDGERS["deputies"], card.deputy_id) is None:
        raise Refused(Refusal("card_old"))
    return card.deputy_id


def cards_of(session: Session, deputies: Collection[int]) -> dict[int, DeputyCard]:
    """The card that is good, by deputy."""
    found = select(DeputyCard).where(DeputyCard.deputy_id.in_(deputies), DeputyCard.void_at.is_(None))
    return {card.deputy_id: card for card in session.scalars(found)}


def marks_of_cards(session: Session, station_id: int) -> dict[int, str]:
    """What screens recognise cards by, by deputy."""
    found = select(DeputyCard.deputy_id, DeputyCard.code).where(DeputyCard.station_id == station_id, DeputyCard.void_at.is_(None))
    return {row.deputy_id: row.code[:8] for row in session.execute(found)}


def issue(actor: Actor, deputies: Iterable[int], anew: bool = False) -> int:
    """Give a card to each deputy who has none; `anew`: void the one that is out and give another. Gives how many were made."""
    model: Any = LEDGERS["deputies"]
    with write_transaction(db.session) as session:
        paths = Paths(model)
        statement = select(model.id, model.station_id).where(model.id.in_(list(deputies)), *visible(actor, model, paths, Verb.EDIT))
        mine = {row.id: row.station_id for row in session.execute(paths.join(statement))}
        if not mine:
            raise Refused(Refusal("nothing_chosen"))
        if anew:
            good = (DeputyCard.deputy_id.in_(list(mine)), DeputyCard.void_at.is_(None))
            session.execute(update(DeputyCard).where(*good).values(void_at=clock.utc_now()))
        there = cards_of(session, list(mine))
        made = [DeputyCard(deputy_id=row_id, station_id=home, code=new_code()) for row_id, home in mine.items() if row_id not in there]
        session.add_all(made)
        return len(made)


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _each in range(CODE_LENGTH))
