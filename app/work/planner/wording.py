"""The year in words: the summary drafted from figures, the chronicle by months. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext as _

from app.core.lists.chronicle import Happening


def share(part: int, whole: int) -> str:
    """A percentage with one decimal; nothing of nothing is none."""
    return f"{100 * part / whole:.1f}%" if whole else "—"


@dataclass
class Month:
    """A month of the chronicle."""

    year: int
    month: int
    lines: list[Happening] = field(default_factory=list)


def by_month(happenings: Iterable[Happening]) -> list[Month]:
    """The lines under their months, both in the order of time; a month without lines is left out."""
    months: dict[tuple[int, int], Month] = {}
    for each in sorted(happenings, key=lambda each: each.day):
        months.setdefault((each.day.year, each.day.month), Month(each.day.year, each.day.month)).lines.append(each)
    return list(months.values())


def summary(figures: Mapping[str, int], labels: Mapping[str, str], station: str, when: str) -> str:
    """The summary's text from the ledgers' figures (S2-2). What the ledgers do not have is left out; what no figure can say has a
    line to be written."""
    paragraphs = [
        _(
            "In %(when)s %(station)s did its work by the rules and in the service of its deputies. It is summed up as follows.",
            when=when,
            station=station,
        ),
        _("1. Activities"),
        _activities(figures, labels),
        _("2. Receptions, visits and opinions"),
        _opinions(figures),
        _("3. Duty reports, congress and training"),
        _reports(figures),
        _("4. Archives, publicity and other work"),
        _other(figures),
        _("5. What was lacking, and what is to be done next"),
        _("(To be written.)"),
    ]
    return "\n".join(each for each in paragraphs if each)


def _sentence(figures: Mapping[str, int], clauses: Iterable[tuple[str, Any]]) -> str:
    """The clauses whose figure is not zero, as one sentence; where there is none, that nothing is in the ledgers."""
    said = [str(words) % {"n": figures[code]} for code, words in clauses if figures.get(code)]
    return _("; ").join(said) + _(".") if said else _("Nothing of this is in the ledgers of the period.")


def _activities(figures: Mapping[str, int], labels: Mapping[str, str]) -> str:
    total = figures.get("activities", 0)
    if not total:
        return _("Nothing of this is in the ledgers of the period.")
    kinds = [
        _("%(kind)s %(n)s", kind=labels[code], n=number) for code, number in figures.items() if code.startswith("activities.") and number
    ]
    invited, came = figures.get("invited", 0), figures.get("came", 0)
    text = _("%(n)s activities were held: %(kinds)s.", n=total, kinds=_(", ").join(kinds))
    if invited:
        text += _(
            "Deputies were to come %(invited)s times, came %(came)s times, were on leave %(leave)s times and absent %(absent)s times; "
            "the attendance rate is %(rate)s.",
            invited=invited,
            came=came,
            leave=figures.get("on_leave", 0),
            absent=figures.get("absent", 0),
            rate=share(came, invited),
        )
    if figures.get("reports"):
        text += _("%(n)s reports were sent to the county.", n=figures["reports"])
    return text


def _opinions(figures: Mapping[str, int]) -> str:
    clauses = [
        ("receptions", _("%(n)s receptions of voters were held")),
        ("voters_received", _("%(n)s voters were received")),
        ("visits", _("deputies visited people %(n)s times")),
    ]
    text = _sentence(figures, clauses)
    received, answered = figures.get("opinions", 0), figures.get("opinions_answered", 0)
    if received:
        text += _(
            "%(received)s opinions were received, %(assigned)s assigned, %(answered)s answered (%(rate)s)",
            received=received,
            assigned=figures.get("assignments", 0),
            answered=answered,
            rate=share(answered, received),
        )
        asked, satisfied = figures.get("satisfaction_asked", 0), figures.get("satisfied", 0)
        if asked:
            text += _(
                "; of %(asked)s judged answers %(satisfied)s were to satisfaction (%(rate)s)",
                asked=asked,
                satisfied=satisfied,
                rate=share(satisfied, asked),
            )
        text += _(".")
    more = [
        ("suggestions", _("%(n)s suggestions were put forward between sessions")),
        ("good_deeds", _("%(n)s deeds were done for the people")),
    ]
    return text + (_sentence(figures, more) if any(figures.get(code) for code, _words in more) else "")


def _reports(figures: Mapping[str, int]) -> str:
    return _sentence(
        figures,
        [
            ("duty_reports", _("%(n)s duty reports were handed in")),
            ("direct_reports", _("%(n)s of them in person")),
            ("review_results", _("%(n)s deputies were reviewed")),
            ("motions", _("%(n)s motions and suggestions were put forward at the congress")),
            ("speeches", _("deputies spoke %(n)s times in deliberation")),
            ("activities.study", _("study and exchange was held %(n)s times")),
            ("activities.training", _("training was held %(n)s times")),
        ],
    )


def _other(figures: Mapping[str, int]) -> str:
    return _sentence(
        figures,
        [
            ("archive_files", _("%(n)s documents were filed")),
            ("archive_checks", _("the archive was checked %(n)s times")),
            ("bulletins", _("%(n)s bulletins were sent out")),
            ("publicity", _("%(n)s reports were published")),
            ("law_supervision", _("the carrying out of laws and resolutions was supervised %(n)s times")),
            ("tasks_done", _("%(n)s tasks from above were completed")),
        ],
    )


def span(first: date, last: date) -> str:
    """A period as it stands over a chronicle: the year alone, or from when till when."""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return _("%(year)s (year)", year=first.year)
    return _("%(first)s to %(last)s", first=_day(first), last=_day(last))


def _day(day: date) -> str:
    return _("%(year)s-%(month)s-%(day)s", year=day.year, month=day.month, day=day.day)
