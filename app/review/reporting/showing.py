"""The year's duty reports as the page shows them: figures, filters, the lines of a page, and the workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access.actor import Actor
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import Verb
from app.core.dictionary.titles import titles_of
from app.core.lists.exporting import download
from app.core.web.pages import address
from app.excel import Column, Cover, Sheet

from . import rules
from .rules import AHEAD, FAILED, LATE, MET, OVERDUE, SOON
from .yearly import InPerson, Line, Year


def tag(code: str, word: str = "") -> dict[str, str]:
    return {"tone": rules.TONES[code], "text": word or str(rules.WORDS[code])}


def tiles_of(year: Year) -> list[dict[str, Any]]:
    """How the year stands, each figure with the lines it counts."""
    def tile(label: str, number: int, standing: str, tone: str, note: str = "") -> dict[str, Any]:
        return {"label": label, "number": number, "tone": tone if number else "", "note": note,
                "url": address(standing=standing, page=None) if number else ""}

    written = "in_writing"
    return [
        {**tile(_("Owe a report in writing"), year.owed, "", ""), "url": address(standing=None, page=None)},
        tile(_("Handed in in time"), year.count(written, MET), f"{written}:{MET}", "ok"),
        tile(_("Handed in late"), year.count(written, LATE), f"{written}:{LATE}", "warn"),
        tile(_("Not handed in"), year.count(written, OVERDUE), f"{written}:{OVERDUE}", "bad", _("by %(day)s", day=year.terms.due)),
        tile(_("Still to be handed in"), year.count(written, SOON, AHEAD),
             f"{written}:{SOON if year.count(written, SOON) else AHEAD}", "info", _("by %(day)s", day=year.terms.due)),
        tile(_("Reported in person in the term"), year.count("in_person", MET), f"in_person:{MET}", "ok",
             _("of %(n)s", n=year.in_office)),
        tile(_("In person: the term's last year"), year.count("in_person", SOON), f"in_person:{SOON}", "warn"),
        tile(_("In person: not reached"), year.count("in_person", FAILED), f"in_person:{FAILED}", "bad"),
    ]


def filters_of(year: Year, args: Mapping[str, str]) -> list[dict[str, Any]]:
    groups = sorted({(line.group, line.group_name) for line in year.lines if line.group is not None}, key=lambda each: each[1])
    levels = LEDGERS["terms"].fields["level"].choices
    shown = {line.level for line in year.lines}
    respects = {"in_writing": _("In writing"), "in_person": _("In person"), "with_group": _("With the group before the meeting")}
    standings = [
        (f"{respect}:{code}", f"{label}：{rules.WORDS[code]}")
        for respect, label in respects.items() for code in rules.WORDS if year.counts[respect, code]
    ]
    return [
        {"name": "group", "label": _("Deputy group"), "value": args.get("group", ""),
         "options": [(str(row_id), name) for row_id, name in groups]},
        {"name": "level", "label": _("Level"), "value": args.get("level", ""),
         "options": [(code, str(label)) for code, label in (levels.labels if levels else {}).items() if code in shown]},
        {"name": "standing", "label": _("How it stands"), "value": args.get("standing", ""), "options": standings},
    ]


def page_of(session: Session, actor: Actor, lines: Sequence[Line], number: int, size: int) -> dict[str, Any]:
    """Some of the lines, with what they lead to."""
    shown = lines[(number - 1) * size : number * size]
    stations = titles_of(session, {("stations", line.station) for line in shown}) if actor.station_id is None else {}
    may_meet = actor.may("review_meetings", Verb.SHOW)
    return {
        "rows": [_row(line, may_meet, stations.get(("stations", line.station), "")) for line in shown],
        "count": len(lines),
        "several": actor.station_id is None,
        "prev_url": address(page=number - 1) if number > 1 else None,
        "next_url": address(page=number + 1) if len(lines) > number * size else None,
    }


def _row(line: Line, may_meet: bool, station: str) -> dict[str, Any]:
    written, meeting = line.written, line.this_year[0] if line.this_year else None
    return {
        "line": line,
        "station": station,
        "written": tag(line.in_writing),
        "written_note": _written_note(line),
        "received": written.received_on if written is not None else None,
        "person": tag(line.in_person, _("Reported") if line.in_person == MET else ""),
        "given": [{"day": each.start.date(), "url": f"/review_meetings/show/{each.meeting}" if may_meet else ""} for each in line.given],
        "meeting": meeting,
        "meeting_day": meeting.start.date() if meeting else None,
        "meeting_url": f"/review_meetings/show/{meeting.meeting}" if meeting and may_meet else "",
        "with_group": tag(meeting.with_group) if meeting else None,
        "direct": meeting.report if meeting else None,
    }


def _written_note(line: Line) -> str:
    if line.written is None:
        return ""
    return _("Draft") if line.is_draft else str(line.written.submitted_on)


def workbook(session: Session, actor: Actor, year: Year, lines: Sequence[Line]) -> Any:
    """The year as an Excel, as it is filtered."""
    stations = titles_of(session, {("stations", line.station) for line in lines}) if actor.station_id is None else {}
    columns = [
        *([Column(_("Station"), width=20)] if actor.station_id is None else []),
        Column(_("Name"), width=10), Column(_("Term"), width=16), Column(_("Deputy group"), width=14), Column(_("In writing"), width=10),
        Column(_("Report submitted on"), "date"), Column(_("Received by the group on"), "date"),
        Column(_("In person in the term"), width=12), Column(_("Reported in person on"), width=24),
        Column(_("Meeting of the year"), "date"), Column(_("With the group before it"), width=14),
    ]

    def first(meetings: Sequence[InPerson]) -> tuple[Any, str]:
        return (meetings[0].start.date(), str(rules.WORDS[meetings[0].with_group])) if meetings else (None, "")

    rows = [
        (
            *([stations[("stations", line.station)]] if actor.station_id is None else []),
            line.name, line.term, line.group_name,
            _("Draft") if line.is_draft else str(rules.WORDS[line.in_writing]),
            line.written.submitted_on if line.written else None, line.written.received_on if line.written else None,
            str(rules.WORDS[line.in_person]), "、".join(str(each.start.date()) for each in line.given), *first(line.this_year),
        )
        for line in lines
    ]
    title = _("Duty reports %(year)s", year=year.year)
    cover = Cover(title, [(_("Made on"), clock.now().strftime("%Y-%m-%d %H:%M")), (_("Made by"), actor.name)])
    return download([Sheet(_("Duty reports"), title, columns, rows)], cover, f"{title}.xlsx")
