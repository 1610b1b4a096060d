"""The yearly summary (年度汇总), the contents of the year's volume, and the volume itself (S8-6, R11) as Word documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select

from app.core import refusals
from app.core.dictionary.titles import titles_of
from app.core.paperwork.papers import FORMS as EVERY_FORM
from app.core.paperwork.papers import MOST_SHEETS, Form, Letterhead, Reading, Sheet, Slot, filled
from app.core.paperwork.templates import template_of
from app.core.refusals import Refusal, Refused
from app.paper import bound, long_date, render
from app.reception.models import HANDLING, Opinion
from app.reception.outcomes import SATISFACTION

from . import tables
from .reading import Standing
from .rules import NONE, Tally, share, whole_year
from .services import Analysis, analysis, year_closed

refusals.SENTENCES.update({
    "nothing_to_bind": _("No opinion was closed in %(year)s, so there is nothing to bind"),
    "no_such_volume": _("The year's opinions fill %(parts)s volumes; there is no further one"),
})
MATTER = 40
"""Characters of an opinion that its line of the contents has."""
_opinions: Any = Opinion


def opinion_summary(reading: Reading, _ids: Sequence[int]) -> list[Sheet]:
    head = reading.letterhead_of(reading.actor.station_id)
    found = analysis(reading.session, reading.actor, whole_year(reading.year))
    name = gettext("Yearly summary of opinions")
    return [Sheet(f"{name}{reading.year}", head.station_id, summary_facts(found, head, reading))]


def summary_facts(found: Analysis, head: Letterhead, reading: Reading) -> dict[str, Any]:
    """The page's figures, in words and tables for paper."""
    whole = found.figures.whole
    content = share(whole.content, whole.rated)
    by_part = {table.key: table for table in tables.tables(found, None, reading.actor.sees_all_stations)}
    late = tables.overdue(found, None)
    return {
        "station": head.station or gettext("All stations"),
        "office": head.office,
        "year": str(reading.year),
        "made_on": long_date(reading.today),
        "received": str(whole.received),
        "closed": str(whole.closed),
        "open": str(whole.received - whole.closed),
        "to_sign": tables.days(whole.to_sign.median),
        "to_answer": tables.days(whole.to_answer.median),
        "content": "—" if content is None else f"{content:g}%",
        "rated": str(whole.rated),
        "late": str(whole.late),
        **{f"{key}_lines": _lines(found, key, by_part[key]) for key in ("month", "category", "organ", "village")},
        "late_lines": [
            {"who": each.label, "what": each.what, "count": each.figure.text, "oldest": each.oldest} for each in late
        ],
    }


def _lines(found: Analysis, key: str, table: tables.Table) -> list[dict[str, str]]:
    parts = tables.tallies(found, key)[: len(table.lines)]
    lines = [_figures(line.label, tally) for line, tally in zip(table.lines, parts, strict=True)]
    return [*lines, _figures(table.whole.label, found.figures.whole)]


def _figures(label: str, tally: Tally) -> dict[str, str]:
    return {
        "name": label,
        "received": str(tally.received),
        **{each: str(tally.handling.get(code, 0)) for each, code in HANDLED.items()},
        "closed": str(tally.closed),
        "open": str(tally.received - tally.closed),
        "to_sign": tables.days(tally.to_sign.median),
        "to_answer": tables.days(tally.to_answer.median),
        **{each: str(tally.satisfaction.get(code, 0)) for each, code in CONTENT.items()},
        "late": str(tally.late),
    }


HANDLED = {**{code: code for code in HANDLING.labels}, "handling_none": NONE}
CONTENT = {**{code: code for code in SATISFACTION.labels}, "satisfaction_none": NONE}


def opinion_volume(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    """The contents of the opinions named; of all that was closed in the year where none is."""
    return [contents(reading, ids or year_closed(reading.session, reading.actor, reading.year), 1, 1)]


def contents(reading: Reading, ids: Sequence[int], part: int, parts: int, first: int = 1) -> Sheet:
    """Cover and contents of one volume; items are numbered through all volumes of the year."""
    head = reading.letterhead_of(reading.actor.station_id)
    sheets = _what_became(reading, ids)
    lines = []
    for number, row in enumerate(reading.rows("opinions", ids, ("number", "heard_on", "words", "handling")), first):
        organ, satisfaction = sheets.get(row.id, ("", ""))
        words = " ".join(row.texts["words"].split())
        lines.append({
            "no": str(number),
            "number": row.texts["number"],
            "day": row.texts["heard_on"],
            "matter": words if len(words) <= MATTER else f"{words[:MATTER]}…",
            "organ": organ or row.texts["handling"],
            "result": SATISFACTION.label(satisfaction),
        })
    facts = {
        "station": head.station or gettext("All stations"),
        "office": head.office,
        "year": str(reading.year),
        "part": str(part),
        "parts": str(parts),
        "count": str(len(lines)),
        "made_on": long_date(reading.today),
        "lines": lines,
    }
    name = gettext("Bound register of opinions")
    return Sheet(f"{name}{reading.year}", head.station_id, facts)


def _what_became(reading: Reading, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """The organ of the sheet that counts, and what the person said to the answer that counts."""
    standing = Standing(reading.today, station_id=reading.actor.station_id)
    asked = standing.join(select(_opinions.id, standing.organ, standing.satisfaction).select_from(Opinion)).where(_opinions.id.in_(ids))
    found = [tuple(row) for row in reading.session.execute(asked)]
    names = titles_of(reading.session, {("organs", organ) for _id, organ, _said in found if organ})
    return {row_id: (names.get(("organs", organ), ""), "" if said == NONE else said) for row_id, organ, said in found}


def volumes(opinions: int) -> int:
    """How many volumes the year fills: what is filled in at one time has a measure, and so has a binding."""
    return -(-opinions // MOST_SHEETS)


def bound_volume(reading: Reading, part: int) -> tuple[str, bytes]:
    """One volume of the year: cover, contents, and each opinion's form from a page of its own on. Raises Refused."""
    every = year_closed(reading.session, reading.actor, reading.year)
    parts = volumes(len(every))
    if not every:
        raise Refused(Refusal("nothing_to_bind", None, {"year": reading.year}))
    if not 1 <= part <= parts:
        raise Refused(Refusal("no_such_volume", None, {"parts": parts}))
    first = (part - 1) * MOST_SHEETS
    ids = every[first : first + MOST_SHEETS]
    front = contents(reading, ids, part, parts, first + 1)
    registers = [data for _name, data in filled(EVERY_FORM["opinion_register"], reading, ids)]
    name = front.name if parts == 1 else f"{front.name}-{part}"
    return name, bound(render(template_of("opinion_volume", front.station_id), front.facts), registers)


_LINE = (
    Slot("name", _("What the line is about"), "3月"),
    Slot("received", _("Received"), "12"),
    *(Slot(code, label, "2") for code, label in HANDLING.labels.items()),
    Slot("handling_none", _("Handling not entered"), "0"),
    Slot("closed", _("Closed matters"), "10"),
    Slot("open", _("Not closed yet"), "2"),
    Slot("to_sign", _("Reception to signing"), "4"),
    Slot("to_answer", _("Signing to answer"), "21.5"),
    *(Slot(code, label, "3") for code, label in SATISFACTION.labels.items()),
    Slot("satisfaction_none", _("Satisfaction not entered"), "1"),
    Slot("late", _("Overdue now"), "0"),
)
_HEAD = (
    Slot("station", _("Station"), "青石镇人大代表联络站"),
    Slot("office", _("In whose name it goes out"), "青石镇人大主席团"),
    Slot("year", _("Year"), "2026"),
    Slot("made_on", _("Made on"), "2026年12月31日"),
)
FORMS = (
    Form(
        "opinion_summary",
        _("Yearly summary of opinions"),
        "opinions",
        (
            *_HEAD,
            Slot("received", _("Received"), "80"),
            Slot("closed", _("Closed matters"), "71"),
            Slot("open", _("Not closed yet"), "9"),
            Slot("to_sign", _("Reception to signing"), "4"),
            Slot("to_answer", _("Signing to answer"), "21.5"),
            Slot("content", _("Rate of satisfaction"), "95.5%"),
            Slot("rated", _("Satisfaction was told"), "66"),
            Slot("late", _("Overdue now"), "2"),
            Slot("month_lines", _("A line for each month, and the total"), line=_LINE),
            Slot("category_lines", _("A line for each category, and the total"), line=_LINE),
            Slot("organ_lines", _("A line for each organ, and the total"), line=_LINE),
            Slot("village_lines", _("A line for each village, and the total"), line=_LINE),
            Slot(
                "late_lines",
                _("A line for each that is waited for"),
                line=(
                    Slot("who", _("Waits for"), "青石镇村镇建设所"),
                    Slot("what", _("What is late"), "超过交办单期限未答复"),
                    Slot("count", _("Matters"), "2"),
                    Slot("oldest", _("Longest since"), "2026-09-01"),
                ),
            ),
        ),
        opinion_summary,
        together=True,
        yearly=True,
        reads=("assignments", "replies"),
    ),
    Form(
        "opinion_volume",
        _("Contents of the bound register"),
        "opinions",
        (
            *_HEAD,
            Slot("part", _("Which volume"), "1"),
            Slot("parts", _("How many volumes"), "1"),
            Slot("count", _("How many opinions"), "2"),
            Slot(
                "lines",
                _("A line for each opinion"),
                line=(
                    Slot("no", _("Running number"), "1"),
                    Slot("number", _("Opinion no."), "2026-001"),
                    Slot("day", _("Heard on"), "2026-03-03"),
                    Slot("matter", _("Opinion as spoken"), "村口路面破损，雨天积水。"),
                    Slot("organ", _("Organ in charge"), "青石镇村镇建设所"),
                    Slot("result", _("Satisfaction"), "满意"),
                ),
            ),
        ),
        opinion_volume,
        together=True,
        yearly=True,
        reads=("assignments", "replies"),
    ),
)
