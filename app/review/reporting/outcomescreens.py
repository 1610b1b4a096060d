"""The list of what votes may lead to: for those alone who decide on commendation, talks and candidates (S9-5)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import render_template, request
from flask_appbuilder import expose
from flask_babel import gettext as _

from app.core import clock
from app.core.access.actor import Actor
from app.core.access.current import the_actor
from app.core.database import db
from app.core.dictionary.fields import read_id
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.titles import titles_of
from app.core.lists.exporting import download
from app.core.web.pages import address, button
from app.core.web.screens import Screen
from app.excel import Column, Cover, Sheet

from ..rules import GRADES
from . import rules
from .outcomes import Outcome, on_list, outcomes, shares_of, terms_reviewed

ROLES = frozenset({"county", "head", "presidium"})
SIZE = 100
_LISTS = tuple(rules.LEADS_TO)


class OutcomeScreen(Screen):
    """Nobody else opens it: an archivist or a deputy who types the address gets nothing."""

    route_base = "/review_outcomes"
    open_to = ROLES

    @expose("/")
    def figures(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        session, actor = db.session(), the_actor()
        asked = _asked()
        found = outcomes(session, actor, asked["term"], asked["year"])
        shown = on_list(found, asked["list"])
        number = read_id(request.args.get("page", "1")) or 1
        rows = shown[(number - 1) * SIZE : number * SIZE]
        shares = shares_of(session, actor.station_id)
        return render_template(
            "review/outcomes.html",
            title=_("Results of reviews and what they may lead to"),
            tiles=self._tiles(found, shares),
            filters=self._filters(actor, asked),
            filtered=bool(request.args),
            rows=[{"each": each, "leads": [(rules.LEAD_TONES[code], str(rules.LEADS_TO[code])) for code in each.leads_to]}
                  for each in rows],
            grades=[(name, str(rules.GRADE_WORDS[name])) for name in GRADES],
            stations=_stations(actor, rows),
            count=len(shown),
            prev_url=address(page=number - 1) if number > 1 else None,
            next_url=address(page=number + 1) if len(shown) > number * SIZE else None,
            toolbar=[button(_("Export Excel"), "/review_outcomes/workbook" + _query())],
            crumbs=[(str(LEDGERS["review_results"].entry.label), "/review_results/list/"), (_("What they may lead to"), None)],
        )

    @expose("/workbook")
    def excel(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        session, actor, asked = db.session(), the_actor(), _asked()
        found = on_list(outcomes(session, actor, asked["term"], asked["year"]), asked["list"])
        return download(*_workbook(actor, found, asked["list"]))

    @staticmethod
    def _tiles(found: list[Outcome], shares: rules.Shares) -> list[dict[str, Any]]:
        limits = {
            "commended": _("%(share)s%% and more", share=shares.commended), "candidate": _("%(share)s%% and more", share=shares.candidate),
            "talk": _("below %(share)s%%", share=shares.talk),
        }
        tiles = [{"label": _("Deputies reviewed"), "number": len(found), "tone": "", "note": "", "url": address(list=None, page=None)}]
        for name in _LISTS:
            number = len(on_list(found, name))
            tone = rules.LEAD_TONES[name] if number else ""
            url = address(list=name, page=None) if number else ""
            tiles.append({"label": str(rules.LEADS_TO[name]), "number": number, "tone": tone, "note": limits[name], "url": url})
        return tiles

    @staticmethod
    def _filters(actor: Actor, asked: dict[str, Any]) -> list[dict[str, Any]]:
        this_year = clock.today().year
        return [
            {"name": "term", "label": _("Term"), "value": str(asked["term"] or ""),
             "options": [(str(row_id), name) for row_id, name in terms_reviewed(db.session(), actor)]},
            {"name": "year", "label": _("Year"), "value": str(asked["year"] or ""),
             "options": [(str(each), str(each)) for each in range(this_year, this_year - 8, -1)]},
            {"name": "list", "label": _("List"), "value": asked["list"],
             "options": [(name, str(label)) for name, label in rules.LEADS_TO.items()]},
        ]


def _asked() -> dict[str, Any]:
    """What of the address can be read."""
    year, chosen = request.args.get("year", ""), request.args.get("list", "")
    return {
        "term": read_id(request.args.get("term", "")),
        "year": int(year) if year.isdecimal() and len(year) == 4 and 1950 <= int(year) <= 2100 else None,
        "list": chosen if chosen in _LISTS else "",
    }


def _query() -> str:
    given = {name: value for name, value in request.args.items() if value and name != "page"}
    return f"?{urlencode(given)}" if given else ""


def _stations(actor: Actor, rows: list[Outcome]) -> dict[int, str]:
    """Names of stations, for who sees several."""
    if actor.station_id is not None:
        return {}
    return {row_id: name for (_key, row_id), name in titles_of(db.session(), {("stations", each.station) for each in rows}).items()}


def _workbook(actor: Actor, found: list[Outcome], chosen: str) -> tuple[list[Sheet], Cover, str]:
    stations = _stations(actor, found)
    columns = [
        *([Column(_("Station"), width=20)] if stations else []),
        Column(_("Name"), width=10), Column(_("Term"), width=16), Column(_("Deputy group"), width=14), Column(_("Held on"), "date"),
        Column(_("Review meeting"), width=28), Column(_("Valid ballots"), "integer", 9),
        *(Column(rules.GRADE_WORDS[name], "integer", 9) for name in GRADES),
        Column(_("Share of satisfied votes (%)"), "decimal", 12), Column(_("May lead to"), width=20), Column(_("Seal"), width=14),
    ]
    rows = [
        (
            *([stations[each.station]] if stations else []),
            each.name, each.term, each.group, each.day, each.title, each.valid, *(each.votes[name] for name in GRADES), each.share,
            "、".join(str(rules.LEADS_TO[name]) for name in each.leads_to), _("fits") if each.sound else _("does not fit the figures"),
        )
        for each in found
    ]
    label = str(rules.LEADS_TO[chosen]) if chosen else _("All")
    title = _("Results of reviews: %(list)s", list=label)
    made = (_("Made on"), clock.now().strftime("%Y-%m-%d %H:%M")), (_("Made by"), actor.name)
    note = _("One basis among others; people decide.")
    return [Sheet(_("Results of reviews"), title, columns, rows, note)], Cover(title, list(made)), f"{title}.xlsx"
