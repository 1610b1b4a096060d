"""Accounts of the portal, the own password, and which station to look at."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, session
from flask_appbuilder import expose
from flask_appbuilder.security.sqla.models import User
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.security import check_password_hash

from app.core.access.accounts import Account
from app.core.access.actor import Actor
from app.core.access.current import the_actor
from app.core.access.security import sign_in
from app.core.database import db
from app.core.dictionary.fields import read_id
from app.core.dictionary.roles import ROLES
from app.core.dictionary.titles import titles_of
from app.core.refusals import Refusal, Refused
from app.core.web.ownforms import Errors, control, form
from app.core.web.pages import button
from app.core.web.screens import Screen
from app.core.words import presidium

from .accounts import change_account, create_account, givable_roles, set_password
from .models import Station

KEEPERS = frozenset({"admin", "head"})


def role_label(name: str) -> str:
    return str(presidium) if name == "presidium" else str(ROLES[name].label)


class AccountScreen(Screen):
    """What everyone may do with the own account."""

    route_base = "/account"

    @expose("/password", methods=["GET", "POST"])
    def password(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor = the_actor()
        errors: Errors = {}
        if request.method == "POST":
            user = db.session.get_one(User, actor.account_id)
            try:
                if not check_password_hash(user.password, request.form.get("old", "")):
                    raise Refused(Refusal("wrong_password", "old"))
                set_password(actor, user.id, request.form.get("password", ""), request.form.get("again", ""))
                sign_in(db.session.get_one(User, actor.account_id))
                flash(_("The new password holds from now on; other devices must sign in anew"), "success")
                return redirect("/")
            except Refused as refused:
                errors = refused.by_field()
        fields = [
            control("old", _("Present password"), "password", errors),
            control("password", _("New password"), "password", errors, hint=_("At least 8 characters")),
            control("again", _("New password once more"), "password", errors),
        ]
        return form(_("Change password"), [(_("Change password"), fields)], "/"), 422 if errors else 200

    @expose("/station/<int:station_id>")
    def look_at(self, station_id: int) -> Any:
        """Accounts of all stations narrow their view to one; 0: all again."""
        if (answer := self.admit()) is not None:
            return answer
        account = db.session.get(Account, the_actor().account_id)
        if account is not None and account.station_id is not None:
            abort(404)
        if station_id == 0:
            session.pop("station", None)
        elif read_id(station_id) is None or db.session.get(Station, station_id) is None:
            abort(404)
        else:
            session["station"] = station_id
        return redirect("/")


class AccountsScreen(Screen):
    """An administrator keeps all accounts, a head those of the own station."""

    route_base = "/accounts"
    open_to = KEEPERS

    @expose("/list/")
    def accounts(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor = the_actor()
        users = [self._row(user, account) for user, account in self._kept(actor)]
        heads = [
            (_("Account name"), ""),
            (_("Name"), ""),
            (_("Roles"), "wide"),
            (_("Station"), ""),
            (_("Last sign-in"), "narrow"),
            (_("State"), "narrow"),
        ]
        columns = [
            {"name": str(label), "label": label, "sort_url": None, "sorted": "", "numeric": False, "width": width} for label, width in heads
        ]
        return render_template(
            "list.html",
            ledger={"key": "accounts", "label": _("Accounts"), "articles": []},
            count=str(len(users)),
            filters=[],
            filtered=False,
            clear_url="",
            columns=columns,
            rows=users,
            pager={"page": 1, "pages": 1, "first": 1, "last": len(users), "prev_url": None, "next_url": None, "sizes": []},
            toolbar=[button(_("New %(what)s", what=_("account")), "/accounts/add", primary=True)],
            bulk=[],
            empty_hint="",
            hidden_fields=[],
            crumbs=[(_("Accounts"), None)],
        )

    def _kept(self, actor: Actor) -> list[Any]:
        statement = select(User, Account).join(Account, Account.user_id == User.id).order_by(User.username).limit(2000)
        if "admin" not in actor.roles:
            statement = statement.where(Account.station_id == actor.station_id)
        return list(db.session.execute(statement).all())

    def _row(self, user: User, account: Account) -> dict[str, Any]:
        station = db.session.get(Station, account.station_id) if account.station_id else None
        url = f"/accounts/edit/{user.id}"
        texts = [
            (user.username, ""),
            (user.first_name, ""),
            ("、".join(role_label(role.name) for role in user.roles if role.name in ROLES), ""),
            (station.name if station else _("All stations"), ""),
            (f"{user.last_login:%Y-%m-%d %H:%M}" if user.last_login else "", ""),
            (_("In use") if user.active else _("Not in use"), "ok" if user.active else "mute"),
        ]
        cells = [
            {"text": text, "tone": tone, "note": "", "url": url if not index else None, "numeric": False}
            for index, (text, tone) in enumerate(texts)
        ]
        return {
            "id": user.id,
            "url": url,
            "cells": cells,
            "actions": [{"label": _("Edit"), "url": url}, {"label": _("Set password"), "url": f"/accounts/password/{user.id}"}],
        }

    def _one(self, actor: Actor, user_id: int) -> tuple[User, Account]:
        found = next(((user, account) for user, account in self._kept(actor) if user.id == user_id), None)
        return found or abort(404)

    @expose("/add", methods=["GET", "POST"])
    def add(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, errors = the_actor(), {}
        values = self._typed(actor) if request.method == "POST" else {"roles": set(), "station_id": actor.station_id, "active": True}
        if request.method == "POST":
            try:
                create_account(actor, values, request.form.get("password", ""))
                flash(_("Saved"), "success")
                return redirect("/accounts/list/")
            except Refused as refused:
                errors = refused.by_field()
        password = control("password", _("Password"), "password", errors, hint=_("At least 8 characters"))
        return self._form(actor, _("New %(what)s", what=_("account")), values, errors, [password]), 422 if errors else 200

    @expose("/edit/<int:user_id>", methods=["GET", "POST"])
    def edit(self, user_id: int) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, errors = the_actor(), {}
        user, account = self._one(actor, user_id)
        if request.method == "POST":
            values = self._typed(actor)
            try:
                change_account(actor, user_id, values)
                flash(_("Saved"), "success")
                return redirect("/accounts/list/")
            except Refused as refused:
                errors = refused.by_field()
        else:
            values = {
                "username": user.username,
                "name": user.first_name,
                "roles": {role.name for role in user.roles},
                "station_id": account.station_id,
                "deputy_id": account.deputy_id,
                "active": user.active,
            }
        return self._form(
            actor,
            _("Edit %(what)s", what=user.username),
            values,
            errors,
            [control("active", _("In use"), "bool", errors, "1" if values["active"] else "")],
        ), 422 if errors else 200

    @expose("/password/<int:user_id>", methods=["GET", "POST"])
    def reset(self, user_id: int) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor = the_actor()
        user, _account = self._one(actor, user_id)
        errors: Errors = {}
        if request.method == "POST":
            try:
                set_password(actor, user_id, request.form.get("password", ""), request.form.get("again", ""))
                flash(_("The new password holds from now on; other devices must sign in anew"), "success")
                return redirect("/accounts/list/")
            except Refused as refused:
                errors = refused.by_field()
        fields = [
            control("password", _("New password"), "password", errors, hint=_("At least 8 characters")),
            control("again", _("New password once more"), "password", errors),
        ]
        return form(_("Password of %(who)s", who=user.username), [(_("Set password"), fields)], "/accounts/list/"), 422 if errors else 200

    def _typed(self, actor: Actor) -> dict[str, Any]:
        posted = request.form
        station = posted.get("station_id", "") if "admin" in actor.roles else str(actor.station_id or "")
        return {
            "username": posted.get("username", "").strip()[:200],
            "name": posted.get("name", "").strip()[:64],
            "active": posted.get("active") == "1",
            "roles": {role for role in ROLES if posted.get(f"role_{role}")},
            "station_id": read_id(station),
            "deputy_id": read_id(posted.get("deputy_id", "")),
        }

    def _form(self, actor: Actor, title: str, values: dict[str, Any], errors: Errors, more: list[dict[str, Any]]) -> str:
        person = [
            control("username", _("Account name"), "text", errors, values.get("username", "")),
            control("name", _("Name"), "text", errors, values.get("name", "")),
            *more,
        ]
        hints = {"convenor": _("A convenor who keeps the own record and asks for leave here is a deputy too: tick both")}
        roles = [
            control(f"role_{name}", role_label(name), "bool", {}, "1" if name in values["roles"] else "", hint=hints.get(name, ""))
            for name in givable_roles(actor)
        ]
        roles[0]["errors"] = errors.get("roles", [])
        stations = [(str(row_id), name) for row_id, name in db.session.execute(select(Station.id, Station.name).order_by(Station.name))]
        place = []
        if "admin" in actor.roles:
            place.append(
                {
                    **control("station_id", _("Station"), "choice", errors, str(values.get("station_id") or ""), required=False),
                    "options": stations,
                }
            )
        deputy = values.get("deputy_id")
        title_of_deputy = titles_of(db.session, [("deputies", deputy)]).get(("deputies", deputy), "") if deputy else ""
        place.append(
            {
                **control(
                    "deputy_id",
                    _("Deputy"),
                    "reference",
                    errors,
                    str(deputy or ""),
                    required=False,
                    hint=_("For deputies and group convenors"),
                ),
                "lookup_url": "/lookup/deputies",
                "text": title_of_deputy,
            }
        )
        return form(
            title,
            [(_("Person"), person), (_("Roles"), roles), (_("Whose account"), place)],
            "/accounts/list/",
            [(_("Accounts"), "/accounts/list/"), (title, None)],
        )
