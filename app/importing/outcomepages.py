"""What pages say of an import: the list of them, what a rehearsal found, what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from flask_babel import gettext as _
from sqlalchemy import select

from app.core import clock
from app.core.access.actor import Actor
from app.core.database import db
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.titles import titles_of
from app.core.web.pages import MOST_PAGES, address, visible_references, whole

from .models import STATES, Import
from .outcome import LineOutcome, Outcome, Reason, SheetOutcome, Standing, read_back
from .rules import KEPT_FOR, NEW
from .services import codes_of_columns, seen_by
from .stages import SAID

PAGE = 50
TONES = {Standing.NEW: "ok", Standing.CHANGED: "info", Standing.SAME: "mute", Standing.WRONG: "bad", Standing.CHOICE: "warn"}
ANSWER = "a:"
"""Before the names of the form's controls that answer something."""
_TO_DO = (Standing.CHOICE, Standing.WRONG)


def standing_label(standing: Standing) -> str:
    return {
        Standing.NEW: _("New rows"),
        Standing.CHANGED: _("Changed rows"),
        Standing.SAME: _("Same rows"),
        Standing.WRONG: _("Wrong rows"),
        Standing.CHOICE: _("To be chosen"),
    }[standing]


def state_of(kept: Import) -> dict[str, str]:
    return {"text": STATES.label(kept.state), "tone": STATES.tone(kept.state)}


def imports_table(actor: Actor, page: int) -> dict[str, Any]:
    """The station's imports, the newest first, a page at a time; of outcomes only the counts are read."""
    columns = (Import.id, Import.file_name, Import.state, Import.by, Import.at, Import.outcome["counts"])
    statement = select(*columns).where(*seen_by(actor)).order_by(Import.id.desc()).offset((page - 1) * 20).limit(21)
    found = db.session.execute(statement).all()
    rows = [
        {
            "url": f"/import/{import_id}",
            "name": name,
            "state": {"text": STATES.label(state), "tone": STATES.tone(state)},
            "counts": [(standing_label(each), counts[each.value], TONES[each]) for each in Standing if (counts or {}).get(each.value)],
            "by": by,
            "at": f"{clock.to_office(at):%Y-%m-%d %H:%M}",
        }
        for import_id, name, state, by, at, counts in found[:20]
    ]
    return {
        "rows": rows,
        "prev_url": address(page=page - 1) if page > 1 else None,
        "next_url": address(page=page + 1) if len(found) > 20 else None,
    }


def going_page(kept: Import, here: bool) -> dict[str, Any]:
    titles = {
        "rehearsing": _("The file is being checked"),
        "writing": _("The rows are being written"),
        "undoing": _("The import is being taken back"),
    }
    return {
        "title": titles[kept.state],
        "import_id": kept.id,
        "file_name": kept.file_name,
        "here": here,
        "step": kept.state,
        "crumbs": [(_("Import"), "/import/"), (kept.file_name, None)],
    }


def outcome_page(actor: Actor, kept: Import) -> dict[str, Any]:
    """What was found or done, sheet by sheet; lines of one sheet and standing at a time."""
    outcome = read_back(kept.outcome)
    sheet, standing = _asked(outcome)
    lines = _lines(sheet, standing)
    page = whole(request.args.get("page"), 1, 1, MOST_PAGES) or 1
    shown = lines[(page - 1) * PAGE : page * PAGE]
    answering = kept.state == "rehearsed" and kept.content is not None
    asked: set[str] = set()
    codes = codes_of_columns()
    titles = _titles_of_answers(actor, kept.answers)
    counts = outcome.counts
    refused = sum(counts[each.value] for each in _TO_DO)
    return {
        "title": _("What the check found") if kept.state == "rehearsed" else _("What the import did"),
        "import_id": kept.id,
        "file_name": kept.file_name,
        "state": {**state_of(kept), "code": kept.state},
        "answering": answering,
        "file_there": kept.content is not None,
        "kept_days": KEPT_FOR.days,
        "said": list(kept.outcome.get(SAID, ())),
        "summary": [_summary(number, each, sheet, standing) for number, each in enumerate(outcome.sheets)],
        "alone": [name for name, match in kept.matches.items() if not match],
        "sheet": sheet.name if sheet is not None else "",
        "standing": standing_label(standing) if standing is not None else _("All rows"),
        "lines": [_line(sheet, each, codes, titles, kept.answers, asked) for each in shown] if sheet is not None else [],
        "uncounted": _uncounted(sheet, standing, lines),
        "pager": {
            "page": page,
            "pages": max(1, -(-len(lines) // PAGE)),
            "first": (page - 1) * PAGE + 1,
            "last": (page - 1) * PAGE + len(shown),
            "prev_url": address(page=page - 1) if page > 1 else None,
            "next_url": address(page=page + 1) if page * PAGE < len(lines) else None,
            "sizes": [],
        },
        "proposed": _proposed(outcome, kept.answers, titles),
        "written": written_in_words(actor, outcome),
        "refused": refused,
        "right": sum(counts[each] for each in (Standing.NEW.value, Standing.CHANGED.value)),
        "changes_something": outcome.changes_something,
        "crumbs": [(_("Import"), "/import/"), (kept.file_name, None)],
        "meta": [_("Uploaded by %(who)s, %(when)s", who=kept.by, when=f"{clock.to_office(kept.at):%Y-%m-%d %H:%M}")],
    }


def written_in_words(actor: Actor, outcome: Outcome) -> list[dict[str, str]]:
    return [
        {
            "text": _(
                "%(ledger)s: %(new)s new, %(changed)s changed", ledger=LEDGERS[key].entry.label, new=each["new"], changed=each["changed"]
            ),
            "url": f"/{key}/list/" if actor.may(key, "list") else "",
        }
        for key, each in outcome.written.items()
        if key in LEDGERS and (each["new"] or each["changed"])
    ]


def _asked(outcome: Outcome) -> tuple[SheetOutcome | None, Standing | None]:
    """The sheet and the standing of the address; else the first that wants looking at."""
    if not outcome.sheets:
        return None, None
    place = whole(request.args.get("sheet"), 0, 0, len(outcome.sheets) - 1)
    if "sheet" in request.args and place is not None:
        given = request.args.get("standing", "")
        return outcome.sheets[place], Standing(given) if given in set(Standing) else None
    for standing in _TO_DO:
        for each in outcome.sheets:
            if each.counts.get(standing.value):
                return each, standing
    return next((each for each in outcome.sheets if each.lines), outcome.sheets[0]), None


def _lines(sheet: SheetOutcome | None, standing: Standing | None) -> list[LineOutcome]:
    return [] if sheet is None else [line for line in sheet.lines if standing in (None, line.standing)]


def _uncounted(sheet: SheetOutcome | None, standing: Standing | None, lines: Sequence[LineOutcome]) -> int:
    """Rows that are counted and not told one by one."""
    if sheet is None:
        return 0
    return (sum(sheet.counts.values()) if standing is None else sheet.counts.get(standing.value, 0)) - len(lines)


def _summary(number: int, sheet: SheetOutcome, chosen: SheetOutcome | None, standing: Standing | None) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "label": sheet.label,
        "total": sum(sheet.counts.values()),
        "url": address(sheet=number, standing=None, page=None),
        "active": sheet is chosen and standing is None,
        "counts": [
            {
                "label": standing_label(each),
                "count": sheet.counts.get(each.value, 0),
                "tone": TONES[each],
                "url": address(sheet=number, standing=each.value, page=None),
                "active": sheet is chosen and standing is each,
            }
            for each in Standing
        ],
    }


def _line(
    sheet: SheetOutcome,
    line: LineOutcome,
    codes: Mapping[str, Mapping[str, Any]],
    titles: Mapping[str, str],
    answers: Mapping[str, Any],
    asked: set[str],
) -> dict[str, Any]:
    return {
        "number": line.number,
        "title": line.title,
        "standing": {"text": standing_label(line.standing), "tone": TONES[line.standing]},
        "changes": line.changes,
        "reasons": [
            {
                "heading": reason.heading,
                "cell": reason.cell,
                "sentence": reason.sentence,
                "control": _control(sheet.name, line.number, reason, codes, titles, answers, asked),
            }
            for reason in line.reasons
        ],
    }


def _control(
    sheet: str,
    number: int,
    reason: Reason,
    codes: Mapping[str, Mapping[str, Any]],
    titles: Mapping[str, str],
    answers: Mapping[str, Any],
    asked: set[str],
) -> dict[str, Any] | None:
    """The box in which the user settles a refusal, if there is anything to choose; asked once for all lines that say the same."""
    key = reason.about or (f"@{sheet}:{number}:{reason.column}" if reason.choices and reason.column else "")
    if not key:
        return None
    if key in asked:
        return {"above": True}
    asked.add(key)
    control: dict[str, Any] = {
        "name": ANSWER + key,
        "value": str(answers.get(key, "")),
        "text": titles.get(key, ""),
        "all": bool(reason.about),
        "options": [],
        "lookup": "",
    }
    head = key.partition("=")[0]
    if reason.choices:
        control["options"] = [(str(row_id), words) for row_id, words in reason.choices]
    elif head in codes:
        control["options"] = [(code, str(label)) for code, label in codes[head].items()]
    else:
        control["lookup"] = f"/lookup/{head}"
    return control


def _proposed(outcome: Outcome, answers: Mapping[str, Any], titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Rows named for the first time, and names for which an existing row was chosen."""
    proposed = sorted(outcome.proposed, key=lambda each: each[0] != "terms")
    found = [
        {
            "ledger": str(LEDGERS[ledger].entry.label),
            "text": text,
            "words": words,
            "guess": ledger == "terms",
            "name": f"{ANSWER}{ledger}={text}",
            "lookup": f"/lookup/{ledger}",
            "value": "",
            "chosen": "",
        }
        for ledger, text, words in proposed
        if ledger in LEDGERS
    ]
    there = {each["name"] for each in found}
    for key, told in answers.items():
        ledger, _sign, text = key.partition("=")
        if ledger in LEDGERS and told != NEW and ANSWER + key not in there:
            chosen = titles.get(key, "")
            found.append(
                {
                    "ledger": str(LEDGERS[ledger].entry.label),
                    "text": text,
                    "words": "",
                    "guess": False,
                    "name": ANSWER + key,
                    "lookup": f"/lookup/{ledger}",
                    "value": str(told),
                    "chosen": chosen,
                }
            )
    return found


def _titles_of_answers(actor: Actor, answers: Mapping[str, Any]) -> dict[str, str]:
    """What the chosen rows are called, of those that exist for the actor."""
    wanted = {
        key: (key.partition("=")[0], told) for key, told in answers.items() if isinstance(told, int) and key.partition("=")[0] in LEDGERS
    }
    titles = titles_of(db.session, visible_references(actor, set(wanted.values())))
    return {key: titles.get(each, "") for key, each in wanted.items()}
