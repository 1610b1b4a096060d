"""FAB's security with its holes closed: permissions from the dictionary, lock-out, sessions that end with the password."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask, current_app, flash, g, redirect, render_template, request, session
from flask_appbuilder import expose
from flask_appbuilder.security.sqla.manager import SecurityManager
from flask_appbuilder.security.sqla.models import Role as FabRole
from flask_appbuilder.security.sqla.models import User
from flask_appbuilder.security.views import AuthDBView
from flask_appbuilder.utils.base import get_safe_redirect
from flask_babel import gettext as _
from flask_login import login_user, logout_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.security import check_password_hash

from .. import clock
from ..database import db, write_transaction
from ..dictionary.ledger import LEDGERS
from ..dictionary.roles import ROLES, Verb
from .accounts import Account
from .current import current_actor

MOST_FAILURES = 8
LOCKED_FOR = timedelta(minutes=15)
_SIGNED_IN = "signed_in_at"

SCREENS: dict[str, frozenset[str]] = {}
"""Own screens: permission name -> roles that may open them."""


def sign_in(user: User) -> None:
    """A new session for the user: nothing of an earlier one lives on."""
    session.clear()
    login_user(user, remember=False)
    session[_SIGNED_IN] = datetime.now(UTC).timestamp()
    session.permanent = True


class LoginView(AuthDBView):
    """Sign in by form, sign out by POST (a link or an image on another page cannot do it)."""

    login_template = "login.html"

    @expose("/login/", methods=["GET", "POST"])
    def login(self) -> Any:
        target = get_safe_redirect(request.args.get("next") or request.form.get("next") or self.appbuilder.get_url_for_index)
        if current_actor() is not None:
            return redirect(target)
        errors: list[str] = []
        username = request.form.get("username", "").strip()
        if request.method == "POST":
            user = self.appbuilder.sm.auth_user_db(username, request.form.get("password", ""))
            if user is not None:
                sign_in(user)
                return redirect(target)
            # One sentence for all: it says nothing about which names exist.
            errors.append(
                _("Name or password is wrong. After %(most)s wrong attempts an account rests for a quarter of an hour", most=MOST_FAILURES)
            )
        page = render_template("login.html", username=username[:128], errors=errors, next=target, title=_("Sign in"))
        return page, 401 if errors else 200, {"Cache-Control": "no-store"}

    @expose("/logout/", methods=["POST"])
    def logout(self) -> Any:
        logout_user()
        session.clear()
        flash(_("You are signed out"), "info")
        return redirect(self.appbuilder.get_url_for_login)


class PortalSecurity(SecurityManager):
    """Asks the dictionary, not FAB's permission tables: a permission is `can_<verb>` on a ledger's key."""

    authdbview = LoginView

    def register_views(self) -> None:
        self.appbuilder.add_api(self.security_api)
        self.auth_view = self.authdbview()
        self.appbuilder.add_view_no_menu(self.auth_view)
        for view in (self.auth_view, self.appbuilder.baseviews[-2]):
            self.limiter.limit(self.auth_rate_limit, methods=["POST"])(view.blueprint)

    def has_access(self, permission_name: str, view_name: str) -> bool:
        actor = current_actor()
        if actor is None:
            return False
        if view_name in LEDGERS:
            verb = permission_name.removeprefix("can_")
            return verb in set(Verb) and actor.may(view_name, verb)
        return bool(SCREENS.get(view_name, frozenset()) & set(actor.roles))

    def is_item_public(self, permission_name: str, view_name: str) -> bool:
        return False

    def is_locked(self, username: str) -> bool:
        user = self.find_user(username=username)
        account = db.session.get(Account, user.id) if user is not None else None
        return account is not None and account.locked_until is not None and account.locked_until > clock.utc_now()

    def auth_user_db(self, username: str, password: str) -> User | None:
        if (
            not isinstance(username, str)
            or not isinstance(password, str)
            or "\x00" in username
            or len(username) > 128
            or len(password) > 512
        ):
            return None
        if self.is_locked(username):
            check_password_hash(current_app.config["AUTH_DB_FAKE_PASSWORD_HASH_CHECK"], password)  # takes as long as any other refusal
            return None
        return super().auth_user_db(username, password)

    def update_user_auth_stat(self, user: User, success: bool = True) -> None:
        """Count in one write transaction; lock the account for a while after too many failures."""
        user_id = user.id
        with write_transaction(db.session) as writing:
            found = writing.get_one(User, user_id)
            account = writing.get(Account, user_id) or Account(user_id=user_id)
            writing.add(account)
            if success:
                found.login_count = (found.login_count or 0) + 1
                found.last_login = clock.now()
                found.fail_login_count, account.locked_until = 0, None
            else:
                found.fail_login_count = (found.fail_login_count or 0) + 1
                if found.fail_login_count >= MOST_FAILURES:
                    found.fail_login_count, account.locked_until = 0, clock.utc_now() + LOCKED_FOR

    def noop_user_update(self, user: User) -> None:
        """The time an unknown name takes is balanced by the password check; the row need not be written."""

    def get_user_by_id(self, pk: int) -> User | None:
        """With the roles in the same question: every request asks for both."""
        user: User | None = self.session.get(User, pk, options=[joinedload(User.roles)])
        return user

    def load_user(self, pk: str) -> User | None:
        user = super().load_user(pk)
        return user if user is not None and _since(user.id) <= session.get(_SIGNED_IN, 0) else None

    def load_user_jwt(self, _jwt_header: Any, jwt_data: Any) -> User | None:
        user = super().load_user(jwt_data["sub"])
        return user if user is not None and _since(user.id) <= jwt_data.get("iat", 0) else None


def _since(user_id: int) -> float:
    account = g.account = db.session.get(Account, user_id)  # kept, so that the actor's is not read again
    moment = account.sessions_from if account is not None else None
    return moment.replace(tzinfo=UTC).timestamp() if moment else 0.0


def sync_permissions(app: Flask) -> None:
    """The roles of the dictionary exist in the database; what they may do is data, not rows."""
    with app.app_context(), write_transaction(db.session) as writing:
        there = set(writing.scalars(select(FabRole.name)))
        for name in ROLES:
            if name not in there:
                writing.add(FabRole(name=name))
