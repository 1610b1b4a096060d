"""What the pages of dossiers show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from flask import request
from flask_babel import gettext as _

from app.core import clock
from app.core.access.actor import Actor
from app.core.database import db
from app.core.dictionary.roles import Verb
from app.core.paperwork.papers import FORMS
from app.core.web.historypages import when
from app.core.web.pages import button
from app.work.services import setting

from . import rules
from .copies import Sealed
from .papers import COLUMNS, grouped, note_of
from .record import CATEGORIES, MISSED, Item, Record
from .sealing import SEALERS, window_of
from .services import Dossier, narrow, terms_of
from .wording import (
    FIGURES,
    HEADINGS,
    HEADS,
    choices,
    difference_line,
    line_of,
    missed_line,
    office_line,
    person_line,
    shown,
)

STANDINGS: Mapping[str, tuple[Any, str]] = {
    "sealed": (lambda: _("Sealed"), "ok"),
    "late": (lambda: _("Sealed late"), "warn"),
    "ahead": (lambda: _("Year under way"), "mute"),
    "open": (lambda: _("To be sealed"), "info"),
    "soon": (lambda: _("To be sealed soon"), "warn"),
    "overdue": (lambda: _("Overdue for sealing"), "bad"),
}
tags_of_sealed: list[Callable[[Actor, int], list[dict[str, str]]]] = []
buttons_of_sealed: list[Callable[[Actor, int], list[dict[str, Any]]]] = []
"""What other areas put on the page of a year that is sealed."""
_LEVELS = (0, 1, 2, 4, 7)
"""From how many entries on a field of the strip is a shade darker."""
_TILES = (
    ("rate", ("came", "invited")),
    ("receptions", ()),
    ("visits", ()),
    ("opinions", ("closed", "content")),
    ("suggestions", ("motions",)),
    ("deeds", ()),
    ("inspections", ()),
    ("reports", ()),
    ("sessions", ("sessions_attended", "speeches")),
    ("total", ()),
)


def year_page(actor: Actor, year: int, found: Dossier) -> dict[str, Any]:
    person = found.record.person
    window = window_of(db.session(), person.station_id, year)
    sealable = found.sealed is None and SEALERS & set(actor.roles) and person.station_id == actor.station_id
    page = _page(actor, found, _("%(name)s: performance archive of %(year)s", name=person.name, year=year), _months(found.record))
    now = clock.today().year
    toolbar = [button("‹ " + str(year - 1), f"/dossiers/{person.deputy_id}/{year - 1}")]
    toolbar += [button(f"{year + 1} ›", f"/dossiers/{person.deputy_id}/{year + 1}")] if year < now else []
    toolbar += [button(label, f"/dossiers/{person.deputy_id}/term/{term}") for term, label in terms_of(db.session(), person.deputy_id)]
    sealed = found.sealed.id if found.sealed is not None else None
    toolbar += [each for of in buttons_of_sealed for each in of(actor, sealed)] if sealed is not None else []
    if FORMS["dossier"].open_to(actor, Verb.SHOW):
        toolbar.append(button(_("Word"), f"/deputies/paper/dossier/{person.deputy_id}?year={year}", primary=True))
    return page | {
        "year": year,
        "tag": _standing(found.sealed, person.station_id, window),
        "marks": [each for of in tags_of_sealed for each in of(actor, sealed)] if sealed is not None else [],
        "seal": _seal(found.sealed),
        "addendum": [difference_line(each) for each in found.addendum],
        "moved": [(str(FIGURES[name]), shown(was, name), shown(now, name)) for name, was, now in found.moved if name in FIGURES],
        "sealing": _sealing(actor, year, window) | {"deputy": person.deputy_id} if sealable else None,
        "toolbar": toolbar,
    }


def term_page(actor: Actor, term: Any, found: Dossier) -> dict[str, Any]:
    person = found.record.person
    label = f"{choices('terms', 'level').label(term.level)}{term.name or ''}"
    page = _page(actor, found, _("%(name)s: performance archive of the term %(term)s", name=person.name, term=label), _years(found.record))
    years = range(found.record.first.year, min(found.record.last.year, clock.today().year) + 1)
    return page | {"year": None, "toolbar": [button(str(year), f"/dossiers/{person.deputy_id}/{year}") for year in years]}


def _page(actor: Actor, found: Dossier, title: str, strip: dict[str, Any]) -> dict[str, Any]:
    record, person = found.record, found.record.person
    counts, own = rules.category_counts(record), narrow(actor)
    crumbs: list[tuple[str, str | None]] = [(_("Performance archives"), "/dossiers/"), (title, None)]
    return {
        "title": title,
        "crumbs": crumbs,
        "person": person_line(person),
        "deputy_url": f"/deputies/show/{person.deputy_id}",
        "offices": [office_line(each) for each in person.offices],
        "tiles": [_tile(found, name, beside) for name, beside in _TILES],
        "strip": strip,
        "headings": [
            {"name": name, "label": str(HEADINGS[name]), "count": counts.get(name), "lines": _lines(record.under(name), own)}
            for name in (*CATEGORIES, MISSED)
        ],
        "missed": [
            {"text": missed_line(office, each), "tone": "danger" if each.level == "alarm" else "warning"} for office, each in found.missed
        ],
        "waiting": record.waiting,
        "waiting_url": "/own_entries/" if own else "/confirming/",
        "peers": bool(found.medians),
    }


def _lines(items: Iterable[Item], own: bool) -> list[Any]:
    """A deputy opens the own rows alone: what was led by another is told without a link."""
    return [line_of(item, linked=not (own and item.kind.endswith("_joint"))) for item in items]


def _tile(found: Dossier, name: str, beside: tuple[str, ...]) -> dict[str, str]:
    middle = found.medians.get(name)
    more = "，".join(f"{FIGURES[each]} {shown(found.figures[each], each)}" for each in beside)
    return {
        "label": str(FIGURES[name]),
        "value": shown(found.figures[name], name),
        "more": more,
        "median": _("Median of the group %(n)s", n=shown(middle, name)) if middle is not None else "",
    }


def _months(record: Record) -> dict[str, Any]:
    return _strip([_("%(n)s.", n=month) for month in range(1, 13)], rules.by_month(record))


def _years(record: Record) -> dict[str, Any]:
    strip = rules.by_year(record)
    return _strip([str(year) for year in strip], list(strip.values()))


def _strip(heads: list[str], columns: Sequence[Mapping[str, int]]) -> dict[str, Any]:
    """A line a heading, a field a month, the darker the more; the last line is all together."""
    lines = [(str(HEADINGS[name]), [column[name] for column in columns]) for name in CATEGORIES]
    lines.append((_("All together"), [sum(column.values()) for column in columns]))
    return {
        "heads": heads,
        "lines": [{"label": label, "fields": [(count, _level(count)) for count in counts], "sum": sum(counts)} for label, counts in lines],
    }


def _level(count: int) -> int:
    return sum(count >= least for least in _LEVELS[1:])


def _standing(sealed: Sealed | None, station_id: int, window: Any) -> dict[str, str]:
    if sealed is not None and not sealed.intact:
        return {"text": _("Seal broken"), "tone": "bad"}
    soon = setting(db.session(), station_id, "due_soon_days")
    words, tone = STANDINGS[rules.seal_standing(sealed.signed_on if sealed is not None else None, clock.today(), window, soon)]
    return {"text": words(), "tone": tone}


def _seal(sealed: Sealed | None) -> dict[str, Any] | None:
    if sealed is None:
        return None
    return {
        "seal": grouped(sealed.seal),
        "signed_by": sealed.signed_by,
        "signed_on": sealed.signed_on.isoformat(),
        "entered_by": sealed.entered_by,
        "sealed_at": when(sealed.sealed_at),
        "intact": sealed.intact,
        "readable": sealed.record is not None,
    }


def _sealing(actor: Actor, year: int, window: Any) -> dict[str, Any]:
    """The form that seals: by the presidium with one touch, by the head with the name of who signed."""
    refusals = list(rules.may_seal(year, clock.today(), window))
    return {
        "year": year,
        "signed_by": actor.name if "presidium" in actor.roles else "",
        "today": clock.today().isoformat(),
        "first": window[0].isoformat(),
        "not_yet": refusals[0].sentence() if refusals else "",
        "late": clock.today() > window[1],
    }


def list_page(actor: Actor, year: int, station: int, stations: Sequence[tuple[str, str]], found: Sequence[Dossier]) -> dict[str, Any]:
    window, soon = window_of(db.session(), station, year), setting(db.session(), station, "due_soon_days")
    group = request.args.get("group", "")
    groups = sorted({(each.record.person.group_id, each.record.person.group) for each in found if each.record.person.group_id is not None})
    shown_ones = [each for each in found if not group or str(each.record.person.group_id) == group]
    query = {"station": station} if stations else {}
    unsealed = sum(each.sealed is None for each in found)
    return {
        "title": _("Performance archives"),
        "crumbs": [(_("Performance archives"), None)],
        "year": year,
        "years": [str(each) for each in range(clock.today().year, clock.today().year - 6, -1)],
        "station": str(station),
        "stations": stations,
        "group": group,
        "groups": [(str(code), name) for code, name in groups],
        "heads": [str(HEADS[name]) for name in COLUMNS],
        "lines": [_line(each, year, window, soon) for each in shown_ones],
        "whole": _whole(shown_ones),
        "sealed": len(found) - unsealed,
        "count": len(found),
        "waiting": sum(each.record.waiting for each in found),
        "sealing": _sealing(actor, year, window) if unsealed and SEALERS & set(actor.roles) and actor.station_id == station else None,
        "unsealed": unsealed,
        "toolbar": _buttons(actor, year, query),
    }


def _buttons(actor: Actor, year: int, query: Mapping[str, Any]) -> list[dict[str, Any]]:
    if not FORMS["dossier_summary"].open_to(actor, Verb.EXPORT):
        return []
    more = f"?{urlencode(query)}" if query else ""
    found = [button(_("Export Excel"), f"/dossiers/{year}/workbook{more}")]
    if actor.station_id is not None:
        found.append(button(_("All as Word (zip)"), f"/dossiers/{year}/zip"))
        found.append(button(_("Summary as Word"), f"/deputies/papers/dossier_summary?year={year}", primary=True))
    return found


def _line(each: Dossier, year: int, window: Any, soon: int) -> dict[str, Any]:
    person, sealed = each.record.person, each.sealed
    standing = rules.seal_standing(sealed.signed_on if sealed is not None else None, clock.today(), window, soon)
    words, tone = STANDINGS[standing]
    return {
        "name": person.name,
        "group": person.group,
        "url": f"/dossiers/{person.deputy_id}/{year}",
        "figures": [shown(each.figures[name], name) for name in COLUMNS],
        "note": note_of(each),
        "alarm": any(missed.level == "alarm" for _office, missed in each.missed),
        "waiting": each.record.waiting,
        "state": words(),
        "tone": tone,
        "addendum": len(each.addendum),
    }


def _whole(found: Sequence[Dossier]) -> list[str]:
    """The sums, and the rate over all who were to attend."""
    sums = {name: sum(each.figures[name] or 0 for each in found) for name in COLUMNS if name != "rate"}
    rate = round(100 * sums["came"] / sums["invited"], 1) if sums["invited"] else None
    return [shown(rate, name) if name == "rate" else shown(sums[name]) for name in COLUMNS]
