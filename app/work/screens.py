"""The page of the month's Excel."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import abort, g, render_template, request
from flask_appbuilder import expose
from flask_babel import gettext as _
from sqlalchemy import select

from app.core import clock
from app.core.access.accounts import Account
from app.core.access.actor import Actor
from app.core.access.current import the_actor
from app.core.database import db, write_transaction
from app.core.dictionary.fields import read_id
from app.core.dictionary.ledger import LEDGERS
from app.core.lists.exporting import download
from app.core.lists.filters import month_span
from app.core.web.layout import MENU
from app.core.web.screens import Screen

from .month import last_month, month_workbook, monthly_ledgers, rows_by_ledger


class MonthScreen(Screen):
    """Choose month, station and ledgers; one workbook comes down. What was left out is remembered for the account."""

    route_base = "/month"
    open_to = frozenset({"county", "head", "liaison", "archivist", "presidium"})

    @expose("/", methods=["GET", "POST"])
    def month(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, errors = self._for_station(the_actor()), []
        month = request.values.get("month") or last_month(clock.today())
        if month_span(month) is None:
            errors.append(_("“%(month)s” is no month; write it like 2026-10", month=month[:20]))
            month = last_month(clock.today())
        elif request.method == "POST":
            return self._workbook(actor, month, request.form.getlist("ledgers"))
        return self._page(actor, month, errors), 422 if errors else 200

    def _for_station(self, actor: Actor) -> Actor:
        """Who works for all stations chooses one of them, or all."""
        chosen = request.values.get("station", "")
        if g.bound_to_station or not chosen:
            return actor
        station_id = read_id(chosen)
        if station_id is not None and db.session.get(LEDGERS["stations"], station_id) is None:
            abort(404)
        return replace(actor, station_id=station_id)

    def _workbook(self, actor: Actor, month: str, wanted: list[str]) -> Any:
        keys = [key for key in monthly_ledgers(actor) if key in wanted]
        self._remember(actor, month, keys)
        station = db.session.get(LEDGERS["stations"], actor.station_id) if actor.station_id is not None else None
        name = getattr(station, "name", None) or _("All stations")
        sheets, cover = month_workbook(db.session, actor, month, keys, name)
        return download(sheets, cover, f"{name}{month}{_('Monthly ledgers')}.xlsx")

    def _left_out(self, actor: Actor) -> set[str]:
        kept = db.session.scalar(select(Account.month_choice).where(Account.user_id == actor.account_id))
        return set((kept or "").split(","))

    def _remember(self, actor: Actor, month: str, keys: list[str]) -> None:
        """Ledgers with rows that were not wanted are left out next time too; an empty one says nothing about that."""
        offered = {key for key, rows in rows_by_ledger(db.session, actor, month).items() if rows}
        left_out = (self._left_out(actor) | offered) - set(keys)
        with write_transaction(db.session) as session:
            account = session.get(Account, actor.account_id)
            if account is not None:
                account.month_choice = ",".join(sorted(key for key in left_out if key))

    def _page(self, actor: Actor, month: str, errors: list[str]) -> str:
        left_out = self._left_out(actor)
        counts = rows_by_ledger(db.session, actor, month)
        groups = []
        for group in MENU:
            items = [
                {
                    "key": item.key,
                    "label": str(LEDGERS[item.key].entry.label),
                    "rows": counts[item.key],
                    "checked": bool(counts[item.key]) and item.key not in left_out,
                }
                for item in group.items
                if item.key in counts
            ]
            if items:
                groups.append({"label": str(group.label), "items": items})
        stations = []
        if not g.bound_to_station:
            station: Any = LEDGERS["stations"]
            names = db.session.execute(select(station.id, station.name))
            stations = [("0", _("All stations")), *((str(row.id), row.name) for row in names)]
        note = "" if any(counts.values()) else _("Nothing was entered for this month: the workbook would be a cover that says so.")
        return render_template(
            "month.html",
            title=_("Monthly ledgers"),
            month=month,
            stations=stations,
            station=str(actor.station_id or 0),
            groups=groups,
            note=note,
            errors=errors,
            crumbs=[(_("Monthly ledgers"), None)],
        )
