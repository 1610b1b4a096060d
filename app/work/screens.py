"""The page of the month's Excel."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request
from flask_appbuilder import expose
from flask_babel import gettext as _
from sqlalchemy import select

from app.core import clock
from app.core.accounts import Account
from app.core.actor import Actor
from app.core.current import the_actor
from app.core.database import db, write_transaction
from app.core.exporting import download
from app.core.filters import month_span
from app.core.layout import MENU
from app.core.ledger import LEDGERS
from app.core.screens import Screen

from .month import last_month, month_workbook, monthly_ledgers, rows_by_ledger


class MonthScreen(Screen):
    """Choose month, station and ledgers; one workbook comes down. What was left out is remembered for the account."""

    route_base = "/month"
    open_to = frozenset({"county", "head", "liaison", "archivist", "presidium"})

    @expose("/", methods=["GET", "POST"])
    def month(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, errors = the_actor(), []
        month = request.values.get("month") or last_month(clock.today())
        if month_span(month) is None:
            errors.append(_("“%(month)s” is no month; write it like 2026-10", month=month[:20]))
            month = last_month(clock.today())
        elif request.method == "POST":
            return self._workbook(actor, month, request.form.getlist("ledgers"))
        return self._page(actor, month, errors), 422 if errors else 200

    def _workbook(self, actor: Actor, month: str, wanted: list[str]) -> Any:
        keys = [key for key in monthly_ledgers(actor) if key in wanted]
        self._remember(actor, sorted(set(monthly_ledgers(actor)) - set(keys)))
        station = g.get("station")
        name = station.name if station is not None else _("All stations")
        sheets, cover = month_workbook(db.session, actor, month, keys, name)
        return download(sheets, cover, f"{name}{month}{_('Monthly ledgers')}.xlsx")

    def _remember(self, actor: Actor, left_out: list[str]) -> None:
        with write_transaction(db.session) as session:
            account = session.get(Account, actor.account_id)
            if account is not None:
                account.month_choice = ",".join(left_out)

    def _page(self, actor: Actor, month: str, errors: list[str]) -> str:
        left_out = set((db.session.scalar(select(Account.month_choice).where(Account.user_id == actor.account_id)) or "").split(","))
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
        note = "" if any(counts.values()) else _("Nothing was entered for this month: the workbook would be a cover that says so.")
        return render_template(
            "month.html",
            title=_("Monthly ledgers"),
            month=month,
            stations=[],
            station="",
            groups=groups,
            note=note,
            errors=errors,
            crumbs=[(_("Monthly ledgers"), None)],
        )
