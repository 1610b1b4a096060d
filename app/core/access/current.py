"""The actor of the current request."""

from __future__ import annotations

from flask import abort, g, request, session
from flask_appbuilder.security.sqla.models import User
from flask_jwt_extended import current_user as token_user
from flask_login import current_user as session_user
from sqlalchemy import select

from ..database import db
from ..dictionary.ledger import LEDGERS
from ..words import station_kind
from .accounts import Account
from .actor import Actor

API_PREFIX = "/api/"


def current_actor() -> Actor | None:
    """Who is signed in: by token for the API, by session elsewhere; the two never mix."""
    by_token = request.path.startswith(API_PREFIX)
    cached = "token_actor" if by_token else "session_actor"
    if cached not in g:
        user = token_user if by_token else session_user
        known = bool(user) and (by_token or user.is_authenticated) and user.is_active
        setattr(g, cached, _actor(user, "REST" if by_token else "web") if known else None)
    return getattr(g, cached)


def the_actor() -> Actor:
    """The signed-in actor; 401 where there is none."""
    actor = current_actor()
    if actor is None:
        abort(401)
    return actor


def _actor(user: User, source: str) -> Actor:
    account = db.session.get(Account, user.id) or Account(user_id=user.id)
    roles = tuple(sorted(role.name for role in user.roles))
    groups: tuple[int, ...] = ()
    if account.deputy_id and "convenor" in roles:
        group = LEDGERS["deputy_groups"]
        groups = tuple(db.session.scalars(select(group.id).where(group.convenor_id == account.deputy_id)))
    station_id = account.station_id
    g.bound_to_station = station_id is not None
    if station_id is None and source == "web":
        station_id = session.get("station")
    return Actor(
        name=user.first_name,
        roles=roles,
        account_id=user.id,
        station_id=station_id,
        home_id=account.station_id,
        deputy_id=account.deputy_id,
        convened_groups=groups,
        source=source,
    )


def set_words() -> None:
    """Before each request: the words of the station at work."""
    actor = current_actor() if not request.path.startswith(("/static/", API_PREFIX)) else None
    kind = None
    if actor is not None and actor.station_id is not None:
        g.station = db.session.get(LEDGERS["stations"], actor.station_id)
        kind = getattr(g.station, "kind", None)
    station_kind.set(kind or "township")
