"""What a vote puts on paper (S9-5): the paper ballot, the slips of electronic ballots, the sheet with the result of the count."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

import segno
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from app.core.access.actor import Actor
from app.core.devices.addresses import screens_base
from app.core.dictionary.roles import Verb
from app.core.lists.listing import Row
from app.core.paperwork.papers import Form, Reading, Sheet, Slot
from app.core.paperwork.templates import built_in
from app.paper import long_date, render
from app.paper.pictures import Picture

from ..ballot.codes import grouped
from ..ballot.counting import FORMULAS, rate
from ..ballot.models import ANNOUNCED, LIVE
from ..ballot.rules import Frozen
from ..ballot.services import frozen_now
from ..rules import GRADES
from .votes import last_vote, shown

MEETING = ("activity.title", "activity.start", "activity.place", "chair", "scrutineers", "tellers", "audience")
RESULT = ("mandate.deputy", *GRADES, "issued", "returned", "valid", "invalid", "published_at", "seal", "mandate.deputy.official_order",
          "mandate.deputy.stroke_key")
QR_MM = 22


def slips(session: Session, actor: Actor, meeting_id: int, codes: Sequence[str]) -> tuple[str, bytes]:
    """The slips of electronic ballots, in the order in which the codes were drawn at random; by the built-in template alone, so that
    no fault of an office's own one loses codes that exist nowhere else."""
    vote = last_vote(session, meeting_id)
    ref = vote.ref if vote is not None else ""
    title = frozen_now(session, meeting_id).title
    made = [_slip(title, f"{screens_base()}/ballot/{ref}#{code}", code) for code in codes]
    made += [dict.fromkeys(SLIP, "")] * (len(made) % 2)
    pairs = [
        {**{f"{name}_1": each for name, each in left.items()}, **{f"{name}_2": each for name, each in right.items()}}
        for left, right in zip(made[::2], made[1::2], strict=True)
    ]
    return gettext("Ballot slips %(title)s", title=title), render(built_in("ballot_slips"), {"pairs": pairs})


SLIP = ("head", "title", "qr", "code", "how", "once")


def _slip(title: str, address: str, code: str) -> dict[str, Any]:
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="png", scale=6, border=2)
    return {
        "head": gettext("Ballot slip"),
        "title": title,
        "qr": Picture(drawn.getvalue(), QR_MM),
        "code": grouped(code),
        "how": gettext("Scan with a phone or type the code on a tablet in the hall; choose for each deputy, confirm, wait for “Counted”."),
        "once": gettext("One slip, one ballot, no name. Show the code to nobody."),
    }


def ballot_paper(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    """As many ballots as the vote has paper slips; one, where no vote is prepared."""
    sheets = []
    for row in reading.rows("review_meetings", ids, MEETING):
        vote = last_vote(reading.session, row.id)
        frozen = frozen_now(reading.session, row.id)
        number = vote.paper_printed if vote is not None and vote.state in LIVE else 0
        facts = {
            "heading": gettext("Ballot of the duty review"),
            "title": row.texts["activity.title"],
            "held_on": long_date(row.values["activity.start"].date()),
            **{f"grade_{place}": word for place, word in enumerate(frozen.grades, start=1)},
            "lines": [{"name": _named(line.name, line.note)} for line in frozen.lines],
            "ballots": [{"no": str(each)} for each in range(1, max(1, number) + 1)],
        }
        station = reading.letterhead("review_meetings", row.id).station_id
        sheets.append(Sheet(f"{row.texts['activity.title']}{gettext('Ballot')}", station, facts))
    return sheets


def count_sheet(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    """What was counted and announced; of a meeting without a vote of the system, what was entered from paper."""
    sheets = []
    for row in reading.rows("review_meetings", ids, MEETING):
        head = reading.letterhead("review_meetings", row.id)
        facts = {
            "station": head.station,
            "title": row.texts["activity.title"],
            "held_on": long_date(row.values["activity.start"].date()),
            "place": row.texts["activity.place"],
            **{name: row.texts[name] for name in ("audience", "chair", "scrutineers", "tellers")},
            **_counted(reading, row),
        }
        sheets.append(Sheet(f"{row.texts['activity.title']}{gettext('Result of the count')}", head.station_id, facts))
    return sheets


def _counted(reading: Reading, row: Row) -> dict[str, Any]:
    vote = last_vote(reading.session, row.id)
    if vote is None or vote.state != ANNOUNCED:
        return _entered(reading, row)
    found = shown(reading.session, vote)
    totals = vote.totals or {}
    return {
        **_grades(found.frozen),
        "expected": str(found.frozen.expected),
        "signed_in": str(found.frozen.signed_in),
        "issued": str(totals["issued"]),
        "returned": str(totals["returned"]),
        "lines": [
            _line(_named(each.line.name, each.line.note), [each.votes[grade] for grade in GRADES], each.valid, each.invalid, each.rate)
            for each in found.results
        ],
        "formula": gettext("Rate of satisfaction: %(formula)s", formula=found.formula),
        "note": "；".join(found.broken),
        "signed_by": vote.signed_by or "",
        "announced_at": long_date(vote.announced_at),
        "seal": found.seal,
    }


def _entered(reading: Reading, row: Row) -> dict[str, Any]:
    results = reading.under("review_results", "meeting", row.id, RESULT)
    results.sort(key=lambda each: (each.values["mandate.deputy.official_order"] is None, each.values["mandate.deputy.official_order"] or 0,
                                   each.values["mandate.deputy.stroke_key"] or "~", each.id))
    frozen = frozen_now(reading.session, row.id)
    lines = []
    for each in results:
        votes = {grade: each.values[grade] for grade in GRADES}
        counted = rate(votes, frozen.formula)
        lines.append(_line(each.texts["mandate.deputy"], [*votes.values()], each.values["valid"], each.values["invalid"], counted))
    return {
        **_grades(frozen),
        "expected": str(frozen.expected or ""),
        "signed_in": str(frozen.signed_in or ""),
        "issued": str(max((each.values["issued"] for each in results), default="")),
        "returned": str(max((each.values["returned"] for each in results), default="")),
        "lines": lines,
        "formula": gettext("Rate of satisfaction: %(formula)s", formula=str(FORMULAS[frozen.formula])),
        "note": "",
        "signed_by": "",
        "announced_at": long_date(next((each.values["published_at"] for each in results if each.values["published_at"]), None)),
        "seal": "　".join(f"{each.texts['mandate.deputy']} {each.texts['seal']}" for each in results if each.values["seal"]),
    }


def _grades(frozen: Frozen) -> dict[str, str]:
    return {f"grade_{place}": word for place, word in enumerate(frozen.grades, start=1)}


def _named(name: str, note: str) -> str:
    return f"{name}（{note}）" if note else name


def _line(name: str, votes: Sequence[int], valid: int, invalid: int, counted: Decimal | None) -> dict[str, str]:
    return {
        "name": name,
        **{f"votes_{place}": str(number) for place, number in enumerate(votes, start=1)},
        "valid": str(valid),
        "invalid": str(invalid),
        "rate": f"{counted}%" if counted is not None else "—",
    }


_WORDS = (
    Slot("title", _("Meeting"), "第二代表小组述职评议会"),
    Slot("held_on", _("Held on"), "2026年12月18日"),
    *(Slot(f"grade_{place}", _("Word of a grade"), word) for place, word in enumerate(("满意", "基本满意", "不满意", "弃权"), start=1)),
)
FORMS = (
    Form(
        "ballot_paper",
        _("Ballot of the duty review"),
        "review_meetings",
        (
            Slot("heading", _("Heading"), "述职评议测评票"),
            *_WORDS,
            Slot("lines", _("A line for each deputy"), line=(Slot("name", _("Name"), "丁一"),)),
            Slot("ballots", _("A ballot for each voter"), line=(Slot("no", _("Running number, not to be printed"), "1"),)),
        ),
        ballot_paper,
        verb=Verb.EXPORT,
    ),
    Form(
        "count_sheet",
        _("Result of the count"),
        "review_meetings",
        (
            Slot("station", _("Station"), "青石镇人大代表联络站"),
            *_WORDS,
            Slot("place", _("Place"), "镇政府三楼会议室"),
            Slot("audience", _("Audience"), "选民"),
            Slot("chair", _("Chair"), "周敏"),
            Slot("scrutineers", _("Scrutineers"), "解明、单强"),
            Slot("tellers", _("Tellers"), "仇兰、白云"),
            Slot("expected", _("Expected here"), "45"),
            Slot("signed_in", _("Arrived"), "42"),
            Slot("issued", _("Ballots issued"), "42"),
            Slot("returned", _("Ballots returned"), "42"),
            Slot(
                "lines",
                _("A line for each deputy"),
                line=(
                    Slot("name", _("Name"), "丁一"),
                    *(Slot(f"votes_{place}", _("Votes of a grade"), number) for place, number in enumerate(("39", "2", "1", "0"), start=1)),
                    Slot("valid", _("Valid ballots"), "42"),
                    Slot("invalid", _("Invalid ballots"), "0"),
                    Slot("rate", _("Rate of satisfaction"), "92.9%"),
                ),
            ),
            Slot("formula", _("How the rate is counted"), "满意率＝满意÷有效票"),
            Slot("note", _("What was changed since the announcement, or empty"), ""),
            Slot("signed_by", _("Signed by the scrutineer"), "解明"),
            Slot("announced_at", _("Announced at"), "2026年12月18日11:20"),
            Slot("seal", _("Seal of the count"), "3f2a 91c0 77be 04d1"),
        ),
        count_sheet,
        verb=Verb.EXPORT,
        reads=("review_results",),
    ),
)
