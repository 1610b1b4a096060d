"""The dossier of a year (履职档案) and the year's summary of all (年度履职情况汇总表) as Word documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.core import clock
from app.core.paperwork.papers import MOST_LINES, Form, Letterhead, Reading, Sheet, Slot
from app.core.refusals import Refusal, Refused
from app.paper import long_date, short_date

from . import rules, wording
from .record import CATEGORIES, MISSED, Item
from .rules import Difference
from .services import READS, Dossier, dossiers_of
from .wording import FIGURES, HEADINGS, line_of, shown

TILES = (
    "rate", "invited", "came", "leave", "receptions", "visits", "opinions", "closed", "suggestions", "motions", "deeds", "inspections",
    "reports", "sessions", "sessions_attended", "speeches",
)
"""Figures of the table on a dossier's first page, two a line."""
COLUMNS = (
    "invited", "came", "rate", "receptions", "visits", "opinions", "closed", "suggestions", "deeds", "inspections", "reports",
    "sessions_attended", "speeches", "motions", "total",
)
"""Figures of the summary, in the order of its columns."""
MONTHS = tuple(f"m{month}" for month in range(1, 13))


def dossier(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    found = dossiers_of(reading.session, reading.actor, reading.year, reading.actor.station_id, ids)
    heads = {each: reading.letterhead_of(each) for each in {one.record.person.station_id for one in found}}
    return [sheet_of(each, reading.year, heads[each.record.person.station_id]) for each in found]


def sheet_of(found: Dossier, year: int, head: Letterhead) -> Sheet:
    name = found.record.person.name
    return Sheet(f"{name}{year}{gettext('Performance archive')}", head.station_id, dossier_facts(found, year, head))


def dossier_facts(found: Dossier, year: int, head: Letterhead) -> dict[str, Any]:
    """A dossier's values, as it was sealed or as the ledgers have it now."""
    record, counts = found.record, rules.category_counts(found.record)
    return {
        "station": head.station,
        "office": head.office,
        "year": str(year),
        "name": record.person.name,
        "person": wording.person_line(record.person),
        "offices": "\n".join(wording.office_line(each) for each in record.person.offices),
        "figures": _figure_lines(found),
        "months": _month_lines(found),
        **{f"{category}_count": str(counts[category]) for category in CATEGORIES},
        **{f"{category}_lines": _lines(record.under(category)) for category in CATEGORIES},
        "missed_lines": _lines(record.under(MISSED)),
        "sessions_missed": "\n".join(wording.missed_line(office, missed) for office, missed in found.missed) or gettext("There is none"),
        "seal": seal_line(found),
        "addendum_lines": [_addendum_line(each) for each in found.addendum]
        or [{"what": gettext("There is none"), "day": "", "words": ""}],
        "made_on": long_date(clock.today()),
    }


def grouped(seal: str) -> str:
    """A seal as people compare it, eight signs at a time."""
    return " ".join(seal[start : start + 8] for start in range(0, len(seal), 8))


def seal_line(found: Dossier) -> str:
    """Who sealed it and the seal, or that it is not sealed or no longer whole."""
    sealed = found.sealed
    if sealed is None:
        return gettext("Not sealed: these are the ledgers of %(day)s", day=long_date(clock.today()))
    facts = {"who": sealed.signed_by, "day": long_date(sealed.signed_on), "seal": grouped(sealed.seal)}
    told = gettext("Signed by %(who)s on %(day)s; seal %(seal)s", **facts)
    return told if sealed.intact else gettext("The stored copy does not agree with its seal (%(told)s)", told=told)


def _figure_lines(found: Dossier) -> list[dict[str, str]]:
    cells = [(str(FIGURES[name]), shown(found.figures[name], name), shown(found.medians.get(name), name)) for name in TILES]
    return [
        {**dict(zip(("label", "value", "median"), left, strict=True)), **dict(zip(("label_2", "value_2", "median_2"), right, strict=True))}
        for left, right in zip(cells[::2], cells[1::2], strict=True)
    ]


def _month_lines(found: Dossier) -> list[dict[str, str]]:
    strip = rules.by_month(found.record)
    return [
        {
            "name": str(HEADINGS[category]),
            **{name: str(month[category] or "") for name, month in zip(MONTHS, strip, strict=True)},
            "sum": str(sum(month[category] for month in strip)),
        }
        for category in CATEGORIES
    ]


def _lines(items: Sequence[Item]) -> list[dict[str, str]]:
    lines = [
        {"no": str(number), "day": short_date(item.day), "kind": line.kind, "what": line.what, "outcome": line.outcome}
        for number, (item, line) in enumerate(((item, line_of(item)) for item in items), 1)
    ]
    return lines or [{"no": "", "day": "", "kind": "", "what": gettext("There is none"), "outcome": ""}]


def _addendum_line(each: Difference) -> dict[str, str]:
    line = wording.difference_line(each)
    words = gettext("%(now)s (was: %(was)s)", now=line["words"], was=line["was"]) if line["was"] else line["words"]
    return {"what": line["what"], "day": short_date(each.item.day), "words": f"{line['kind']}　{words}"}


def summary(reading: Reading, _ids: Sequence[int]) -> list[Sheet]:
    found = dossiers_of(reading.session, reading.actor, reading.year, reading.actor.station_id)
    if len(found) > MOST_LINES:
        raise Refused(Refusal("too_many_rows", None, {"most": MOST_LINES}))
    head = reading.letterhead_of(reading.actor.station_id)
    return [Sheet(f"{gettext('Summary of performance')}{reading.year}", head.station_id, summary_facts(found, reading.year, head))]


def summary_facts(found: Sequence[Dossier], year: int, head: Letterhead) -> dict[str, Any]:
    return {
        "station": head.station or gettext("All stations"),
        "office": head.office,
        "year": str(year),
        "made_on": long_date(clock.today()),
        "count": str(len(found)),
        "sealed": str(sum(each.sealed is not None for each in found)),
        "lines": [_summary_line(number, each) for number, each in enumerate(found, 1)],
    }


def _summary_line(number: int, each: Dossier) -> dict[str, str]:
    person = each.record.person
    return {
        "no": str(number),
        "name": person.name,
        "group": person.group,
        **{name: shown(each.figures[name], name) for name in COLUMNS},
        "note": note_of(each),
    }


def note_of(each: Dossier) -> str:
    """What is to be seen about a line at a glance."""
    notes = [gettext("Missed %(n)s congress sessions", n=sum(missed.in_term for _office, missed in each.missed))] if each.missed else []
    if each.sealed is not None and not each.sealed.intact:
        notes.append(gettext("Seal broken"))
    return "；".join(notes)


_ITEM = (
    Slot("no", _("Running number"), "1"),
    Slot("day", _("Day"), "2026.03.03"),
    Slot("kind", _("Kind"), "代表接待选民日"),
    Slot("what", _("What was done"), "三月代表接待选民日"),
    Slot("outcome", _("What became of it"), "办结"),
)
FORMS = (
    Form(
        "dossier",
        _("Performance archive"),
        "deputies",
        (
            Slot("station", _("Station"), "青石镇人大代表联络站"),
            Slot("office", _("In whose name it goes out"), "青石镇人大主席团"),
            Slot("year", _("Year"), "2026"),
            Slot("name", _("Name"), "石春"),
            Slot("person", _("Sex, ethnic group, group, work unit"), "男　汉族　第一代表小组　青石村党支部书记"),
            Slot("offices", _("Mandates"), "县第十六届（第5选区，证号0501）"),
            Slot(
                "figures",
                _("Figures of the year, two a line"),
                line=tuple(
                    Slot(f"{name}{more}", label, sample)
                    for more in ("", "_2")
                    for name, label, sample in (
                        ("label", _("Figure"), "接待"), ("value", _("Own"), "2"), ("median", _("Median of the group"), "1.5"))
                ),
            ),
            Slot(
                "months",
                _("A line for each heading, month by month"),
                line=(
                    Slot("name", _("Heading of the archive"), "走访联系接待群众"),
                    *(Slot(name, _("Month"), "1") for name in MONTHS),
                    Slot("sum", _("Total"), "12"),
                ),
            ),
            *(Slot(f"{category}_count", HEADINGS[category], "3") for category in CATEGORIES),
            *(Slot(f"{category}_lines", HEADINGS[category], line=_ITEM) for category in CATEGORIES),
            Slot("missed_lines", HEADINGS[MISSED], line=_ITEM),
            Slot("sessions_missed", _("Congress sessions missed without approval"), "无"),
            Slot("seal", _("Seal code"), "周敏 2027年1月8日签封"),
            Slot(
                "addendum_lines",
                _("What changed after the seal"),
                line=(
                    Slot("what", _("Added, gone or changed"), "补入"),
                    Slot("day", _("Day"), "2026-12-24"),
                    Slot("words", _("What it is"), "实事　送医下乡"),
                ),
            ),
            Slot("made_on", _("Made on"), "2027年1月8日"),
        ),
        dossier,
        yearly=True,
        reads=READS,
    ),
    Form(
        "dossier_summary",
        _("Summary of performance"),
        "deputies",
        (
            Slot("station", _("Station"), "青石镇人大代表联络站"),
            Slot("office", _("In whose name it goes out"), "青石镇人大主席团"),
            Slot("year", _("Year"), "2026"),
            Slot("made_on", _("Made on"), "2027年1月8日"),
            Slot("count", _("Number of deputies"), "76"),
            Slot("sealed", _("How many are sealed"), "76"),
            Slot(
                "lines",
                _("A line for each deputy"),
                line=(
                    Slot("no", _("Running number"), "1"),
                    Slot("name", _("Name"), "石春"),
                    Slot("group", _("Group"), "第一代表小组"),
                    *(Slot(name, FIGURES[name], "3") for name in COLUMNS),
                    Slot("note", _("Note"), ""),
                ),
            ),
        ),
        summary,
        together=True,
        yearly=True,
        reads=READS,
    ),
)
