"""Articles of the regulations as people cite them: `S8-3` is article 3 of the rules on handling opinions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

SECTIONS: Mapping[str, Any] = {
    "S1": _("Duties of the station"),
    "S2": _("Duties of the head"),
    "S3": _("Duties of the liaison officer"),
    "S4": _("Rules of the station's work"),
    "S5": _("Rules on activities"),
    "S6": _("Rules on inspections and research"),
    "S7": _("Rules on receiving voters"),
    "S8": _("Rules on handling opinions"),
    "S9": _("Rules on duty reports"),
    "S10": _("Rules on recording duties"),
    "S11": _("Rules on performance archives"),
}


def cite(article: str) -> str:
    """`S8-3` -> 意见建议反馈处理制度第 3 条; a section without number is cited whole."""
    section, _dash, number = article.partition("-")
    name = str(SECTIONS[section])
    return gettext("%(rules)s, article %(number)s", rules=name, number=number) if number else name


def cite_all(articles: Iterable[str]) -> str:
    """Articles of one section are cited together: 意见建议反馈处理制度第 1、2 条."""
    numbers: dict[str, list[str]] = {}
    for article in articles:
        section, _dash, number = article.partition("-")
        numbers.setdefault(section, []).extend([number] if number else [])
    return "；".join(cite(f"{section}-{'、'.join(found)}" if found else section) for section, found in numbers.items())
