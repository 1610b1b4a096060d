"""Accounts: one person, one station or all, perhaps one deputy. Verbs, each one transaction; refusals as everywhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from flask import current_app
from flask_appbuilder.security.sqla.models import Role, User
from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.security import generate_password_hash

from app.core import clock, refusals
from app.core.access.accounts import Account
from app.core.access.actor import Actor
from app.core.database import db, write_transaction
from app.core.dictionary.roles import ROLES
from app.core.records.history import Change
from app.core.refusals import Refusal, refuse_any

from .models import Deputy, Station

LEAST_PASSWORD = 8
EVERYWHERE = frozenset({"admin", "county"})
"""Roles that an administrator alone gives."""
_USERNAME = re.compile(r"[\w.@-]{2,40}")

refusals.SENTENCES.update(
    {
        "username_taken": _("This account name is taken"),
        "username_form": _("2 to 40 letters, digits or Chinese characters, without spaces"),
        "password_short": _("At least %(least)s characters"),
        "passwords_differ": _("The two passwords differ"),
        "wrong_password": _("The present password is wrong"),
        "role_needed": _("Choose at least one role"),
        "role_not_yours": _("You may not give this role"),
        "station_needed": _("These roles need a station"),
        "deputy_needed": _("Choose the deputy whose account this is"),
        "last_admin": _("The last administrator keeps the role and the account"),
    }
)


def password_hash(password: str) -> str:
    """By the method that FAB checks and hashes with elsewhere."""
    return generate_password_hash(password, method=current_app.config.get("FAB_PASSWORD_HASH_METHOD", "scrypt"))


def check_account(values: Mapping[str, Any], givable: Collection[str]) -> list[Refusal]:
    """Pure: what is wrong with an account as filled in. `roles` a collection, ids or None."""
    found = []
    if not values.get("name"):
        found.append(Refusal("required", "name"))
    if not _USERNAME.fullmatch(values.get("username") or ""):
        found.append(Refusal("username_form", "username"))
    roles = set(values.get("roles") or ())
    if not roles:
        found.append(Refusal("role_needed", "roles"))
    elif not roles <= set(givable):
        found.append(Refusal("role_not_yours", "roles"))
    if roles - EVERYWHERE and not values.get("station_id"):
        found.append(Refusal("station_needed", "station_id"))
    if roles & {"deputy", "convenor"} and not values.get("deputy_id"):
        found.append(Refusal("deputy_needed", "deputy_id"))
    return found


def check_password(password: str, again: str | None = None) -> list[Refusal]:
    if len(password) < LEAST_PASSWORD:
        return [Refusal("password_short", "password", {"least": LEAST_PASSWORD})]
    return [Refusal("passwords_differ", "again")] if again is not None and again != password else []


def givable_roles(actor: Actor) -> list[str]:
    """An administrator gives every role, a head those of the own station."""
    return [name for name in ROLES if "admin" in actor.roles or name not in EVERYWHERE]


def create_account(actor: Actor, values: Mapping[str, Any], password: str) -> int:
    """A new account; gives the user's id. Raises Refused."""
    refuse_any([*check_account(values, givable_roles(actor)), *check_password(password)])
    with write_transaction(db.session) as session:
        return add_account(session, actor, values, password)


def add_account(session: Session, actor: Actor, values: Mapping[str, Any], password: str) -> int:
    """The same within a transaction under way."""
    refuse_any(_against_database(session, actor, values, None))
    user = User(
        username=values["username"],
        first_name=values["name"][:64],
        last_name="",
        email=f"{values['username']}@portal.invalid",
        active=True,
        password=password_hash(password),
    )
    user.roles = list(session.scalars(select(Role).where(Role.name.in_(values["roles"]))))
    session.add(user)
    session.flush()
    session.add(Account(user_id=user.id, station_id=values.get("station_id"), deputy_id=values.get("deputy_id")))
    _record(session, actor, user, "add", {"username": values["username"], "roles": sorted(values["roles"])})
    return int(user.id)


def change_account(actor: Actor, user_id: int, values: Mapping[str, Any]) -> None:
    """Name, roles, station, deputy, active. Taking a role or the account away ends its sessions. Raises Refused."""
    refuse_any(check_account(values, givable_roles(actor)))
    with write_transaction(db.session) as session:
        user, account = session.get_one(User, user_id), session.get_one(Account, user_id)
        refuse_any([*_against_database(session, actor, values, user_id), *_last_admin(session, user, values)])
        before = {role.name for role in user.roles}
        user.first_name, user.username, user.active = values["name"][:64], values["username"], bool(values.get("active"))
        user.email = f"{values['username']}@portal.invalid"
        user.roles = list(session.scalars(select(Role).where(Role.name.in_(values["roles"]))))
        account.station_id, account.deputy_id = values.get("station_id"), values.get("deputy_id")
        if before - set(values["roles"]) or not user.active:
            account.sessions_from = clock.utc_now()
        _record(session, actor, user, "edit", {"roles": sorted(values["roles"]), "active": user.active})


def set_password(actor: Actor, user_id: int, password: str, again: str) -> None:
    """A new password; every session and token of the account ends. Raises Refused."""
    refuse_any(check_password(password, again))
    with write_transaction(db.session) as session:
        user = session.get_one(User, user_id)
        user.password = password_hash(password)
        account = session.get(Account, user_id) or Account(user_id=user_id)
        account.sessions_from, account.locked_until = clock.utc_now(), None
        session.add(account)
        _record(session, actor, user, "edit", {"password": True})


def _against_database(session: Session, actor: Actor, values: Mapping[str, Any], user_id: int | None) -> list[Refusal]:
    found = []
    same = select(User.id).where(func.lower(User.username) == values["username"].lower())
    if session.scalars(same if user_id is None else same.where(User.id != user_id)).first() is not None:
        found.append(Refusal("username_taken", "username"))
    station_id = values.get("station_id")
    foreign = "admin" not in actor.roles and station_id != actor.station_id
    if station_id is not None and (foreign or session.get(Station, station_id) is None):
        found.append(Refusal("no_such_row", "station_id"))
    deputy = session.get(Deputy, values["deputy_id"]) if values.get("deputy_id") else None
    if values.get("deputy_id") and (deputy is None or deputy.station_id != station_id):
        found.append(Refusal("no_such_row", "deputy_id"))
    return found


def _last_admin(session: Session, user: User, values: Mapping[str, Any]) -> list[Refusal]:
    if "admin" in values["roles"] and values.get("active"):
        return []
    others = session.scalar(
        select(func.count()).select_from(User).where(User.roles.any(Role.name == "admin"), User.active.is_(True), User.id != user.id)
    )
    was_admin = any(role.name == "admin" for role in user.roles)
    return [Refusal("last_admin", "roles")] if was_admin and not others else []


def _record(session: Session, actor: Actor, user: User, action: str, data: Mapping[str, Any]) -> None:
    session.add(
        Change(
            change_set="accounts",
            account_id=actor.account_id,
            by=actor.name,
            source=actor.source,
            ledger="accounts",
            row_id=user.id,
            action=action,
            data=dict(data),
        )
    )
