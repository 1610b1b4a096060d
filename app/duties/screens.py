"""The home page: this month in figures, what was entered lately, the ways that are walked most."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import render_template
from flask_appbuilder import IndexView, expose
from flask_babel import format_date
from flask_babel import gettext as _
from sqlalchemy import func, or_, select

from app.archives.services import reminders as archive_reminders
from app.core import clock
from app.core.access.actor import Actor
from app.core.access.current import the_actor
from app.core.database import db
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import Verb
from app.core.dictionary.titles import titles_of
from app.core.lists.filters import in_month
from app.core.lists.listing import Listing
from app.core.records.history import Change
from app.core.web.layout import MENU
from app.core.web.pages import button
from app.core.web.screens import Screen
from app.reception.services import announcements_waiting, due_now, overdue_reminders
from app.work.services import missing_years

COUNTED = ("activities", "receptions", "visits", "opinions", "assignments", "replies", "archive_checks", "publicity")
SHORTCUTS = ("activities", "receptions", "opinions", "visits", "deputies", "archive_checks")


class HomeScreen(Screen, IndexView):
    route_base = ""
    default_view = "index"

    @expose("/")
    def index(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor = the_actor()
        today = clock.today()
        last = (today.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
        toolbar = (
            [button(_("Export the ledgers of month %(month)s", month=int(last[5:])), f"/month/?month={last}", primary=True)]
            if may_export(actor)
            else []
        )
        if actor.deputy_id is not None and "deputy" in actor.roles:
            toolbar.append(button(_("Invitations and leave"), "/leave/", primary=True))
        shortcuts = [
            {"label": _("New %(what)s", what=str(LEDGERS[key].entry.one)), "url": f"/{key}/add", "primary": False}
            for key in SHORTCUTS
            if actor.may(key, Verb.ADD)
        ]
        return render_template(
            "home.html",
            date_line=format_date(today, "M月d日 EEEE"),
            cards=month_cards(actor, today.strftime("%Y-%m")),
            warnings=[
                *calendar_warnings(actor, today), *posting_warnings(actor, today), *overdue_reminders(db.session(), actor),
                *archive_reminders(db.session(), actor, today),
            ],
            recent=lately(actor),
            shortcuts=shortcuts,
            toolbar=toolbar,
            crumbs=[(_("Workbench"), None)],
        )


LOOKING_AHEAD = 30
"""Days that a reminder may lie ahead of a reception: three, and the longest holiday."""
CALENDAR_KEEPERS = frozenset({"county", "head"})


def calendar_warnings(actor: Actor, today: date) -> list[dict[str, str]]:
    """Terms that reach into a year whose holidays nobody entered are provisional: said from November on to who can mend it."""
    if not CALENDAR_KEEPERS & set(actor.roles):
        return []
    return [
        {
            "text": _(
                "The holidays of %(year)s are not entered yet (%(missing)s): terms that reach into that year are provisional.",
                year=year, missing=_(", ").join(festivals),
            ),
            "url": "/workday_overrides/list/",
            "link": str(LEDGERS["workday_overrides"].entry.label),
        }
        for year, festivals in missing_years(db.session(), today).items()
    ]


POSTERS = frozenset({"head", "liaison"})


def posting_warnings(actor: Actor, today: date) -> list[dict[str, str]]:
    """Announcements of receptions that are to be posted by now (R08), said to the office from the last working day on."""
    if not POSTERS & set(actor.roles) or actor.station_id is None:
        return []
    soon = today + timedelta(days=LOOKING_AHEAD)
    found = []
    for each in due_now(announcements_waiting(db.session(), actor.station_id, today, soon)):
        day, last = format_date(each.start, "M月d日"), format_date(each.time.last_day, "M月d日")
        text = (
            _("What the announcement of the reception on %(day)s says has changed: it is to be posted anew.", day=day)
            if each.outdated
            else _("The announcement of the reception on %(day)s is to be posted by %(last)s.", day=day, last=last)
        )
        found.append({"text": text, "url": f"/rota/{each.start.year}#posting-{each.reception}", "link": _("Announcements")})
    return found


def may_export(actor: Actor) -> bool:
    """Whether the menu leads this actor to the month's Excel."""
    return any(group.key == "month" and group.roles & set(actor.roles) for group in MENU)


def month_cards(actor: Actor, month: str) -> list[dict[str, Any]]:
    """Rows of this month in the ledgers that move most; each figure leads to its rows."""
    counts, keys = [], [key for key in COUNTED if key in LEDGERS and actor.may(key, Verb.LIST)]
    for key in keys:
        listing = Listing(db.session, actor, LEDGERS[key], [])
        listing.predicates += in_month(listing.paths, LEDGERS[key], month) or []
        statement = listing.paths.join(select(func.count()).select_from(LEDGERS[key])).where(*listing.scope, *listing.predicates)
        counts.append(statement.scalar_subquery())
    figures = db.session.execute(select(*counts)).one() if counts else ()
    return [
        {
            "label": _("%(ledger)s this month", ledger=str(LEDGERS[key].entry.label)),
            "value": str(figure),
            "url": f"/{key}/list/?month={month}",
            "note": "",
            "tone": "",
        }
        for key, figure in zip(keys, figures, strict=True)
    ]


def lately(actor: Actor, most: int = 10) -> list[dict[str, Any]]:
    """What was entered or changed lately in ledgers that the actor may open; only of rows within reach."""
    keys = [key for key in LEDGERS if actor.may(key, Verb.SHOW)]
    statement = (
        select(Change)
        .where(Change.ledger.in_(keys), Change.action != "delete", Change.source.in_(("web", "REST", "import", "screen", "demo")))
        .order_by(Change.id.desc())
        .limit(most * 4)
    )
    if actor.station_id is not None:
        statement = statement.where(or_(Change.station_id == actor.station_id, Change.station_id.is_(None)))
    changes = list(db.session.scalars(statement))
    seen: dict[tuple[str, int], Change] = {}
    for change in changes:
        seen.setdefault((change.ledger, change.row_id), change)
    there = {
        (key, row_id)
        for key in {key for key, _id in seen}
        for row_id in _within_reach(actor, key, [row_id for each, row_id in seen if each == key])
    }
    titles = titles_of(db.session, there)
    words = {"add": _("entered"), "edit": _("changed")}
    return [
        {
            "when": clock.to_office(change.at).strftime("%m-%d %H:%M"),
            "who": change.by,
            "url": f"/{key}/show/{row_id}",
            "what": f"{words.get(change.action, '')} {LEDGERS[key].entry.one}：{titles[key, row_id]}".strip(),
        }
        for (key, row_id), change in list(seen.items())
        if (key, row_id) in titles
    ][:most]


def _within_reach(actor: Actor, key: str, ids: list[int]) -> list[int]:
    listing = Listing(db.session, actor, LEDGERS[key], [], verb=Verb.SHOW)
    listing.predicates.append(LEDGERS[key].id.in_(ids))
    return listing.ids(0, len(ids))
