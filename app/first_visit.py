"""The first visit: a page whose address holds a one-time code creates the station and the first account, or the demo."""

from __future__ import annotations

import hmac
import secrets
from pathlib import Path
from typing import Any

from flask import Flask, abort, current_app, flash, redirect, render_template, request
from flask_appbuilder import BaseView, expose
from flask_appbuilder.security.sqla.models import User
from flask_babel import gettext as _
from sqlalchemy import func, select

from app.core.access.actor import program
from app.core.access.security import sign_in
from app.core.database import db
from app.core.records.writing import change_set
from app.core.refusals import Refusal, Refused
from app.people.accounts import add_account, check_account, check_password, givable_roles
from app.people.models import STATION_KINDS, Station
from app.work.services import seed_settings


def _code_file(app: Flask) -> Path:
    return Path(app.config["INSTANCE"]) / "setup.code"


def one_time_address(app: Flask, base_url: str) -> str | None:
    """The address of the set-up page while there is no account; None afterwards."""
    with app.app_context():
        if _accounts():
            _code_file(app).unlink(missing_ok=True)
            return None
    file = _code_file(app)
    if not file.exists():
        file.write_text(secrets.token_urlsafe(16), encoding="ascii")
        file.chmod(0o600)
    return f"{base_url.rstrip('/')}/setup?code={file.read_text(encoding='ascii')}"


def _accounts() -> int:
    return db.session.scalar(select(func.count()).select_from(User)) or 0


class SetupScreen(BaseView):
    """Open only with the code that the server printed, and only until there is an account."""

    route_base = "/setup"

    @expose("", methods=["GET", "POST"])
    def page(self) -> Any:
        file = _code_file(current_app)
        code = file.read_text(encoding="ascii") if file.exists() else ""
        given = request.values.get("code", "")
        if not code or not hmac.compare_digest(code.encode(), given.encode()) or _accounts():
            abort(404)
        if request.method == "GET":
            return self._page({}, {}, given)
        if request.form.get("choice") == "demo":
            return self._demo(file)
        return self._create(file, given)

    def _create(self, file: Path, given: str) -> Any:
        typed = {name: request.form.get(name, "").strip() for name in ("station", "kind", "town", "county", "name", "username")}
        password = request.form.get("password", "")
        try:
            user_id = create_first(typed, password, request.form.get("again", ""))
        except Refused as refused:
            return self._page(typed, refused.by_field(), given), 422
        file.unlink(missing_ok=True)
        sign_in(db.session.get_one(User, user_id))
        flash(_("The station is set up. Begin with the deputies, or with what happened today."), "success")
        return redirect("/")

    def _demo(self, file: Path) -> Any:
        from app.demo import fill

        passwords = fill(password=None)
        file.unlink(missing_ok=True)
        return render_template("accounts_made.html", title=_("The demonstration is ready"), accounts=passwords)

    def _page(self, typed: dict[str, str], errors: dict[str | None, list[str]], code: str) -> str:
        def control(name: str, label: str, kind: str = "text", hint: str = "", **more: Any) -> dict[str, Any]:
            shown = {
                "name": name,
                "id": name,
                "label": label,
                "kind": kind,
                "value": typed.get(name, ""),
                "values": [],
                "text": "",
                "options": [],
                "required": True,
                "hint": hint,
                "errors": errors.get(name, []),
                "wide": False,
                "maxlength": 60,
                "lookup_url": "",
                "autofocus": False,
            }
            return {**shown, **more}

        fields = [
            control("station", _("Station name"), hint=_("As on the door, for example 青石镇人大代表联络站"), autofocus=True),
            control(
                "kind",
                _("Kind"),
                "choice",
                options=[(code, str(label)) for code, label in STATION_KINDS.labels.items()],
                value=typed.get("kind", "township"),
            ),
            control("town", _("Township or street"), required=False),
            control("county", _("County"), required=False),
            control("name", _("Your name")),
            control("username", _("Account name"), hint=_("For signing in")),
            control("password", _("Password"), "password", value="", hint=_("At least 8 characters")),
            control("again", _("Password once more"), "password", value=""),
        ]
        return render_template("setup.html", fields=fields, errors=errors.get(None, []), hidden=[("code", code)], title=_("Set-up"))


def create_first(typed: dict[str, str], password: str, again: str) -> int:
    """The station, the county's settings and the first account (admin and head) in one transaction; gives the user's id."""
    first = program(None, "setup", typed["name"])
    account = {"name": typed["name"], "username": typed["username"], "roles": {"admin", "head"}, "station_id": 1}
    problems = [*check_account(account, givable_roles(first)), *check_password(password, again)]
    if not typed["station"]:
        problems.append(Refusal("required", "station"))
    if problems:
        raise Refused(*problems)
    with change_set(first) as writing:
        if writing.session.scalar(select(func.count()).select_from(User)):
            raise Refused(Refusal("not_permitted"))
        try:
            row: Station = writing.save(
                "stations", {"name": typed["station"], **{name: typed[name] for name in ("kind", "town", "county")}}
            )
        except Refused as refused:
            raise Refused(
                *(Refusal(each.code, "station" if each.field == "name" else each.field, each.facts) for each in refused.refusals)
            ) from refused
        seed_settings(writing)
        return add_account(writing.session, first, {**account, "station_id": row.id}, password)
