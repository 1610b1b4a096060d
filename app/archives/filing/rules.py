"""Pure rules of filing: how long what is kept, until when a year is bound, which numbers are missing, who is late with a loan."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _

from app.core import refusals
from app.core.refusals import Refusal

RETENTION_WORDS = {"永久": "permanent", "30年": "years30", "10年": "years10"}
"""As the parameter writes them -> as an item keeps them."""
OTHERWISE = "years10"
"""Proposed for what the office's table does not name."""

MEETING, REVIEW, INSPECTION, RECEPTION, OTHER = "会议", "述职评议", "视察调研", "接待选民", "其他活动"
OPINIONS, SUGGESTIONS, DOSSIERS, YEAR_PLAN, QUARTER_PLAN = "群众意见", "代表建议", "履职档案", "年度计划", "季度计划"
"""What the table of retention tells apart."""
OF_ACTIVITY = {
    "meeting": MEETING, "major_event": MEETING, "review": REVIEW, "reception_day": RECEPTION,
    "inspection": INSPECTION, "research": INSPECTION, "enforcement": INSPECTION,
}
MOST_PAGES = 9_999


class Bound(StrEnum):
    """Where the binding of a year stands (R11)."""

    DONE = "done"
    OPEN = "open"
    SOON = "soon"
    LATE = "late"


@dataclass(frozen=True)
class Gap:
    """Item numbers of a class that no item bears, and why."""

    first: int
    last: int
    why: str = ""

    @property
    def numbers(self) -> str:
        return f"{self.first:04d}" if self.first == self.last else f"{self.first:04d}-{self.last:04d}"


def proposed(table: Sequence[str], word: str) -> str:
    """How long such a record is kept, by the office's table (会议=30年)."""
    terms = dict(item.split("=", 1) for item in table)
    return RETENTION_WORDS.get(terms.get(word, ""), OTHERWISE)


def bound_by(year: int, month: int, day: int) -> date:
    """The last day for binding what was closed in a year: in the year after (R11, S8-6)."""
    try:
        return date(year + 1, month, day)
    except ValueError:
        return date(year + 1, month, 28)


def standing(waiting: int, due: date, today: date, soon_days: int) -> Bound:
    """R11: done where nothing waits; late after the last day; soon from so many days before it."""
    if not waiting:
        return Bound.DONE
    left = (due - today).days
    return Bound.LATE if left < 0 else Bound.SOON if left <= soon_days else Bound.OPEN


def gaps(last: int, present: Collection[int], reasons: Mapping[int, str]) -> list[Gap]:
    """The numbers up to the last one given that no item bears. Neighbours of one reason stand together; a number is never given again."""
    found: list[Gap] = []
    for number in sorted(set(range(1, last + 1)) - set(present)):
        why = reasons.get(number, "")
        if found and found[-1].last == number - 1 and found[-1].why == why:
            found[-1] = Gap(found[-1].first, number, why)
        else:
            found.append(Gap(number, number, why))
    return found


def fits(item: Mapping[str, Any], box: Mapping[str, Any]) -> Iterable[Refusal]:
    """A box holds items of one year and one retention (DA/T 22-2015)."""
    if (item["year"], item["retention"]) != (box["year"], box["retention"]):
        yield Refusal("other_box", "volume", {"box": box["number"], "year": box["year"]})


def pages_given(pages: int | None) -> Iterable[Refusal]:
    """Pages are counted when an item is filed: catalogue, stamp and loan slip name them."""
    if pages is None:
        yield Refusal("required", "pages")
    elif pages > MOST_PAGES:
        yield Refusal("too_large", "pages", {"most": MOST_PAGES})


def days_late(due_on: date | None, today: date) -> int:
    """How many days a loan is overdue; 0 where it is not."""
    return max(0, (today - due_on).days) if due_on is not None else 0


def span(numbers: Iterable[int]) -> tuple[str, str]:
    """First and last item number of a box."""
    found = sorted(numbers)
    return (f"{found[0]:04d}", f"{found[-1]:04d}") if found else ("", "")


SENTENCES = {
    "already_filed": _("This is filed already, as %(file_no)s"),
    "file_lost": _("The stored file of “%(name)s” is gone: attach it again or remove it from the record, then file"),
    "dossier_seal_broken": _("What was sealed has been altered since and is not filed: the copy no longer fits its seal"),
    "not_closed": _("Only what is closed can be filed"),
    "attachment_filed": _("This file went into the files with %(file_no)s and cannot be deleted; take the record out of the files first"),
    "paper_of_item": _("This paper was filed with the item and cannot be deleted; take the item out of the files instead"),
    "filed_stays": _("This is filed as %(file_no)s and cannot be deleted; take it out of the files first"),
    "in_the_files": _("This opinion is filed as %(file_no)s; take the item out of the files first"),
    "other_box": _("Box %(box)s holds items of %(year)s with another retention or year"),
    "boxed_already": _("%(file_no)s lies in box %(box)s already"),
    "nothing_to_file": _("Nothing of %(year)s is closed and not filed"),
    "loan_is_back": _("This file is back already"),
}
refusals.SENTENCES.update(SENTENCES)
