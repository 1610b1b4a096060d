"""Screens that run without a login: a tablet at a door, a wall, a desk. Each is opened for one row by somebody who may edit it.

What a screen holds is a signed key that names its opening and nothing else. Whether it still opens anything is asked of the
database at each request: the time it was opened for, whether it was withdrawn, and whether its opener still has an account that
may edit the row. So a lost tablet, a closed account or a role taken away end it at once, and no session travels with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from flask_appbuilder import Model
from flask_appbuilder.security.sqla.models import Role, User, assoc_user_role
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import DateTime, ForeignKey, Index, Integer, bindparam, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from .. import clock
from ..access.accounts import Account
from ..access.actor import Actor
from ..database import db, write_transaction
from ..dictionary.columns import bytewise
from ..dictionary.ledger import LEDGERS
from ..dictionary.roles import Verb
from ..records.saving import Writing
from ..records.search import station_of
from ..refusals import Refusal, Refused

SOURCE = "screen"
"""Where a change came from, as the history names it."""


class OpenScreen(Model):
    """A screen opened for a row. `revision` grows with every change that the screen would show: asking for it is all that an
    open screen does while nothing happens."""

    __tablename__ = "open_screens"
    __table_args__ = (Index("ix_open_screens_row", "ledger", "row_id", "screen"), {"sqlite_autoincrement": True})
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    screen: Mapped[str] = mapped_column(bytewise(20), nullable=False)
    ledger: Mapped[str] = mapped_column(bytewise(40), nullable=False)
    row_id: Mapped[int] = mapped_column(Integer, nullable=False)
    station_id: Mapped[int] = mapped_column(Integer, ForeignKey("stations.id", name="fk_open_screens_station"), nullable=False)
    account_id: Mapped[int] = mapped_column(Integer, nullable=False)
    opened_at: Mapped[datetime] = mapped_column(DateTime, nullable=False, default=clock.utc_now)
    good_until: Mapped[datetime] = mapped_column(DateTime, nullable=False)
    withdrawn_at: Mapped[datetime | None] = mapped_column(DateTime)
    revision: Mapped[int] = mapped_column(Integer, nullable=False, default=0)


_OPENED = (
    select(OpenScreen, User.active, User.first_name, Account.station_id, Account.deputy_id, Role.name)
    .join(User, User.id == OpenScreen.account_id)
    .join(Account, Account.user_id == User.id, isouter=True)
    .join(assoc_user_role, assoc_user_role.c.user_id == User.id, isouter=True)
    .join(Role, Role.id == assoc_user_role.c.role_id, isouter=True)
    .where(OpenScreen.id == bindparam("opening"), OpenScreen.screen == bindparam("of_screen"))
)
"""Put together once: every open screen asks it every two seconds."""


@dataclass(frozen=True)
class Opened:
    """A screen at work: which row it is for, who opened it, and at which revision the row stands."""

    id: int
    screen: str
    ledger: str
    row_id: int
    station_id: int
    revision: int
    actor: Actor


def open_screen(actor: Actor, screen: str, ledger: str, row_id: int, lasting: timedelta) -> int:
    """Open a screen for a row, or prolong the one that this account has open. Raises NotThere, Refused."""
    with write_transaction(db.session) as session:
        row = Writing(session, actor).existing(ledger, row_id, Verb.EDIT)
        if actor.account_id is None:
            raise Refused(Refusal("not_permitted"))
        found = opening_of(session, actor, screen, ledger, row_id)
        if found is None:
            station_id = station_of(row)
            found = OpenScreen(screen=screen, ledger=ledger, row_id=row_id, station_id=station_id, account_id=actor.account_id)
            session.add(found)
        found.good_until = clock.utc_now() + lasting
        session.flush()
        return found.id


def opening_of(session: Session, actor: Actor, screen: str, ledger: str, row_id: int) -> OpenScreen | None:
    """The opening of this account that is still good."""
    of_row = (OpenScreen.screen == screen, OpenScreen.ledger == ledger, OpenScreen.row_id == row_id)
    good = (OpenScreen.account_id == actor.account_id, OpenScreen.withdrawn_at.is_(None), OpenScreen.good_until > clock.utc_now())
    return session.scalars(select(OpenScreen).where(*of_row, *good).order_by(OpenScreen.id.desc()).limit(1)).first()


def withdraw(actor: Actor, screen: str, ledger: str, row_id: int) -> None:
    """All keys given out for this row are void from now on, whoever opened them. Raises NotThere, Refused."""
    with write_transaction(db.session) as session:
        Writing(session, actor).existing(ledger, row_id, Verb.EDIT)
        of_row = (OpenScreen.screen == screen, OpenScreen.ledger == ledger, OpenScreen.row_id == row_id)
        session.execute(update(OpenScreen).where(*of_row, OpenScreen.withdrawn_at.is_(None)).values(withdrawn_at=clock.utc_now()))


def changed(session: Session, ledger: str, row_id: int) -> None:
    """Tell every screen of a row that there is something new to show."""
    session.execute(
        update(OpenScreen)
        .where(OpenScreen.ledger == ledger, OpenScreen.row_id == row_id, OpenScreen.withdrawn_at.is_(None))
        .values(revision=OpenScreen.revision + 1)
    )


def key_of(opening_id: int) -> str:
    """What the screen's address carries behind the #, where neither a server's log nor another site gets to see it."""
    return str(_serializer().dumps(opening_id))


def opened_by(key: str, screen: str) -> Opened:
    """The screen that a key opens; one statement. Raises Refused with the reason why it opens nothing (any more)."""
    try:
        opening_id = _serializer().loads(key[:200])
    except BadSignature:
        raise Refused(Refusal("screen_key_unknown")) from None
    found: Any = db.session.execute(_OPENED, {"opening": opening_id, "of_screen": screen}).all()
    if not found:
        raise Refused(Refusal("screen_key_unknown"))
    opening, active, name, home_id, deputy_id, _role = found[0]
    if opening.withdrawn_at is not None:
        raise Refused(Refusal("screen_withdrawn"))
    if opening.good_until <= clock.utc_now():
        raise Refused(Refusal("screen_expired"))
    roles = tuple(sorted(row.name for row in found if row.name))
    actor = Actor(name, roles, opening.account_id, opening.station_id, home_id, deputy_id, source=SOURCE)
    if not active or home_id not in (None, opening.station_id) or not actor.may(opening.ledger, Verb.EDIT):
        raise Refused(Refusal("screen_opener_gone"))
    return Opened(opening.id, opening.screen, opening.ledger, opening.row_id, opening.station_id, opening.revision, actor)


def row_of(opened: Opened) -> Any:
    """The row that the screen is for, or Refused where it was deleted meanwhile."""
    row = db.session.get(LEDGERS[opened.ledger], opened.row_id)
    if row is None:
        raise Refused(Refusal("screen_row_gone"))
    return row


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="open screen")
