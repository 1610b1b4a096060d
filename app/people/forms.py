"""The name list of deputies (代表花名册) in the official order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.core.lists.listing import Row
from app.core.paperwork.papers import Form, Letterhead, Reading, Sheet, Slot
from app.paper import long_date, month_of_birth

from . import rules

COLUMNS = ("name", "sex", "nation", "birth", "party", "education", "phone", "unit", "group", "official_order", "stroke_key")
OFFICES = ("term", "certificate", "constituency", "state")


def roster(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    """One list of all deputies chosen; of one station under its name."""
    rows = sorted(reading.rows("deputies", ids, COLUMNS), key=lambda row: rules.official_place(row.values, row.id))
    heads = {head.station_id: head for head in (reading.letterhead("deputies", row.id) for row in rows)}
    head = next(iter(heads.values())) if len(heads) == 1 else reading.letterhead_of(reading.actor.station_id)
    serving = {row.id: _serving(reading, row.id) for row in rows}
    facts = roster_facts(rows, serving, head, long_date(reading.today))
    return [Sheet(f"{facts['town']}{gettext('Roster of deputies')}", head.station_id, facts)]


def _serving(reading: Reading, deputy_id: int) -> list[Row]:
    return [row for row in reading.under("mandates", "deputy", deputy_id, OFFICES) if row.values["state"] == "serving"]


def roster_facts(rows: Sequence[Row], offices: Mapping[int, Sequence[Row]], head: Letterhead, today: str) -> dict[str, Any]:
    """The roster's values; `rows` stand in their order, `offices` are the mandates that each holds now."""
    sexes = Counter(row.values["sex"] for row in rows)
    return {
        "station": head.station,
        "town": head.town or head.station,
        "made_on": today,
        "count": str(len(rows)),
        "women": str(sexes["female"]),
        "deputies": [roster_line(number, row, offices.get(row.id, ())) for number, row in enumerate(rows, start=1)],
    }


def roster_line(number: int, row: Row, offices: Sequence[Row]) -> dict[str, str]:
    texts = row.texts
    return {
        "no": str(number),
        **{name: texts[name] for name in ("name", "sex", "nation", "party", "education", "phone", "unit", "group")},
        "birth": month_of_birth(row.values["birth"]),
        "terms": "\n".join(office.texts["term"] for office in offices),
        "constituency": "\n".join(dict.fromkeys(office.texts["constituency"] for office in offices if office.texts["constituency"])),
        "certificate": "\n".join(office.texts["certificate"] for office in offices if office.texts["certificate"]),
        "note": "" if rules.strokes_known(row.values) else gettext("Strokes not known"),
    }


LINE = (
    Slot("no", _("Running number"), "1"),
    Slot("name", _("Name"), "石春"),
    Slot("sex", _("Sex"), "男"),
    Slot("nation", _("Ethnic group"), "汉族"),
    Slot("birth", _("Month of birth"), "1975.03"),
    Slot("party", _("Political affiliation"), "中共党员"),
    Slot("education", _("Education"), "大专"),
    Slot("unit", _("Work unit and post"), "青石村党支部书记"),
    Slot("group", _("Group"), "第一代表小组"),
    Slot("phone", _("Phone"), "13800000000"),
    Slot("terms", _("Terms in which the deputy serves"), "县 第十六届"),
    Slot("constituency", _("Constituency"), "第5选区 青石村"),
    Slot("certificate", _("Certificate no."), "0501"),
    Slot("note", _("Note"), ""),
)
FORMS = (
    Form(
        "roster",
        _("Roster of deputies"),
        "deputies",
        (
            Slot("station", _("Station"), "青石镇人大代表联络站"),
            Slot("town", _("Township or street"), "青石镇"),
            Slot("made_on", _("Made on"), "2026年3月3日"),
            Slot("count", _("Number of deputies"), "2"),
            Slot("women", _("Number of women"), "1"),
            Slot("deputies", _("A line for each deputy"), line=LINE),
        ),
        roster,
        together=True,
    ),
)
