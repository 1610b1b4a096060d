"""A record in people's words: labels of figures and headings, and the line that each item makes. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.activities.services import ACTIVITY_TYPES
from app.core.dictionary.fields import Choices
from app.core.dictionary.ledger import LEDGERS

from .record import MISSED, Item, Office, Person
from .rules import Difference, Missed

HEADINGS: Mapping[str, Any] = {
    "people": _("Visits and receptions"),
    "opinions": _("Opinions and suggestions"),
    "deeds": _("Deeds for the people"),
    "inspections": _("Inspections, research and checks"),
    "reporting": _("Reporting on duties"),
    "other": _("Other work"),
    MISSED: _("Activities not attended"),
}
FIGURES: Mapping[str, Any] = {
    "invited": _("To attend"),
    "came": _("Attended"),
    "leave": _("On leave"),
    "absent": _("Absent"),
    "rate": _("Rate of attendance"),
    "receptions": _("Receptions"),
    "visits": _("Visits"),
    "opinions": _("Opinions passed on"),
    "closed": _("of them closed"),
    "content": _("of them to satisfaction"),
    "suggestions": _("Suggestions"),
    "motions": _("Motions and congress suggestions"),
    "deeds": _("Good deeds"),
    "inspections": _("Inspections and research"),
    "reports": _("Duty reports"),
    "sessions": _("Congress sessions"),
    "sessions_attended": _("Sessions attended"),
    "speeches": _("Speeches"),
    **{f"of_{name}": label for name, label in HEADINGS.items() if name != MISSED},
    "total": _("Entries in all"),
}
KINDS: Mapping[str, Any] = {
    **ACTIVITY_TYPES.labels,
    "visit_entry": _("Visit to people"),
    "opinion": _("Opinion"),
    "suggestion": _("Suggestion"),
    "suggestion_joint": _("Suggestion signed along"),
    "motion_joint": _("Motion signed along"),
    "deed": _("Deed"),
    "report": _("Duty report"),
    "result": _("Result of the vote"),
    "voiced": _("Opinion voiced"),
    "session": _("Congress"),
    "speech": _("Speech"),
}
HEADS: Mapping[str, Any] = {
    **FIGURES,
    "opinions": _("Passed on"),
    "closed": _("Closed of them"),
    "suggestions": _("Suggested"),
    "deeds": _("Deeds"),
    "inspections": _("Inspected"),
    "reports": _("Duty rep."),
    "sessions_attended": _("In session"),
    "motions": _("Moved"),
    "total": _("In all"),
}
"""The same in the narrow columns of everyone's year."""
WHAT: Mapping[str, Any] = {"added": _("Added since"), "gone": _("Gone since"), "changed": _("Changed since")}
TONES = {"added": "info", "gone": "bad", "changed": "warn"}


@dataclass(frozen=True)
class Line:
    """An item as page and paper show it."""

    day: str
    kind: str
    what: str
    outcome: str
    tone: str
    url: str


def choices(key: str, name: str) -> Choices:
    found = LEDGERS[key].fields[name].choices
    assert found is not None
    return found


def line_of(item: Item, linked: bool = True) -> Line:
    """`linked`: whether its row is the reader's to open."""
    outcome, tone = _outcome(item)
    url = f"/{item.ledger}/show/{item.row_id}" if linked else ""
    kind = KINDS.get(item.kind, item.kind) if item.kind != "motion" else choices("motions", "kind").label(item.facts.get("kind"))
    return Line(item.day.isoformat(), str(kind), _what(item), outcome, tone, url)


def _what(item: Item) -> str:
    facts = item.facts
    match item.kind:
        case "opinion":
            parts = (item.title, facts["village"], choices("opinions", "category").label(facts["category"]))
            return " ".join(part for part in parts if part)
        case "visit_entry" if facts:
            counts = [gettext("%(n)s households", n=facts["households"])] if "households" in facts else []
            counts += [gettext("%(n)s persons", n=facts["persons"])] if "persons" in facts else []
            return gettext("%(what)s (%(more)s)", what=item.title, more="，".join(counts))
        case "report":
            form = choices("duty_reports", "form").label(facts["form"])
            return gettext("Report of %(year)s, %(form)s", form=form, year=facts["year"])
        case "result":
            return gettext(
                "%(title)s: satisfied %(satisfied)s, basically satisfied %(basically_satisfied)s, dissatisfied %(dissatisfied)s, "
                "abstained %(abstained)s; %(valid)s valid ballots",
                title=item.title, **{name: value for name, value in facts.items() if name != "seal"},
            )
        case "voiced":
            return " ".join(str(facts["text"]).split())
        case "session":
            level = choices("terms", "level").label(facts["level"])
            return gettext("%(level)s %(term)s %(session)s", level=level, term=facts["term"], session=item.title)
        case _:
            return item.title


def _outcome(item: Item) -> tuple[str, str]:
    """What became of it, in a word and its colour; nothing where it goes without saying."""
    facts = item.facts
    match item.kind:
        case "opinion":
            status = choices("opinions", "status")
            said = choices("replies", "satisfaction").label(facts["satisfaction"])
            return "，".join(each for each in (status.label(facts["status"]), said) if each), status.tone(facts["status"])
        case "suggestion" | "suggestion_joint":
            result = choices("suggestions", "result")
            return result.label(facts["result"]), result.tone(facts["result"])
        case "motion" | "motion_joint":
            result = choices("motions", "result")
            return result.label(facts["result"]), result.tone(facts["result"])
        case "session":
            state = choices("congress_attendance", "state")
            return state.label(facts["state"]), state.tone(facts["state"])
        case _ if facts.get("certificate"):
            return gettext("By certificate"), "info"
        case _ if "state" in facts and (item.category == MISSED or facts["state"] == "late"):
            state = choices("attendance", "state")
            return state.label(facts["state"]), state.tone(facts["state"])
        case _:
            return "", ""


def shown(value: float | int | None, name: str = "") -> str:
    """A figure as it is written; what there is none of is a dash."""
    if value is None:
        return "—"
    return f"{value:g}%" if name == "rate" else f"{value:g}"


def office_line(office: Office) -> str:
    """县第十六届代表（第5选区，证号 0501）, and its state where it is no longer held."""
    more = [office.constituency, gettext("certificate %(no)s", no=office.certificate) if office.certificate else ""]
    more += [choices("mandates", "state").label(office.state)] if office.state != "serving" else []
    named = gettext("%(level)s %(term)s", level=choices("terms", "level").label(office.level), term=office.term)
    told = "，".join(each for each in more if each)
    return gettext("%(what)s (%(more)s)", what=named, more=told) if told else named


def person_line(person: Person) -> str:
    return "　".join(each for each in (choices("deputies", "sex").label(person.sex), person.nation, person.group, person.unit) if each)


def missed_line(office: Office, missed: Missed) -> str:
    """R21 as the regulations and the law count it, side by side."""
    return gettext(
        "%(office)s: %(row)s sessions in a row missed without approval, %(term)s in the term",
        office=office_line(office), row=missed.in_a_row, term=missed.in_term,
    )


def difference_line(each: Difference) -> dict[str, str]:
    """A line of the addendum: what it is now or was, and of what changed both."""
    line = line_of(each.item)
    before = line_of(each.before) if each.what == "changed" and each.before is not None else None
    words = " ".join(part for part in (line.what, line.outcome) if part)
    was = " ".join(part for part in (before.day if before.day != line.day else "", before.what, before.outcome) if part) if before else ""
    return {
        "what": str(WHAT[each.what]), "tone": TONES[each.what], "day": line.day, "kind": line.kind, "words": words, "was": was,
        "url": line.url if each.after is not None else "",
    }
