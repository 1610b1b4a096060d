"""What is asked of the portal and of the floor, and how far from such a floor other frameworks stood."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from urllib.parse import quote
from uuid import uuid4

from benchmarks.asking import Browser
from benchmarks.county import OPINIONS, RARE, READER, STATIONS, WRITER

FLOOR_BEFORE = {
    "first": 2.6, "deep": 10, "text": 24, "relation": 22, "form": 1.4, "create": 3.3, "export": 7.0, "peak": 36,
    "start": 0.2, "idle": 86,
}  # fmt: skip
"""Measured once, on one machine: 2 cores, 2 gunicorn workers, SQLite WAL, as many rows as here; p50 milliseconds, seconds, MB."""
OTHERS_BEFORE = {
    "first": {"Flask-Admin": 19.8, "Django admin": 28.0, "stock FAB": 41},
    "deep": {"Flask-Admin": 53, "Django admin": 57, "stock FAB": 50},
    "text": {"Flask-Admin": 61, "Django admin": 49, "stock FAB": 91},
    "relation": {"Flask-Admin": 90, "Django admin": 203, "stock FAB": 57},
    "form": {"Flask-Admin": 7.5, "Django admin": 26, "stock FAB": 306},
    "create": {"Flask-Admin": 7.2, "Django admin": 11, "stock FAB": 187},
    "export": {"Flask-Admin": 22.5, "Django admin": 29, "stock FAB": 20},
    "peak": {"Flask-Admin": 536, "Django admin": 424, "stock FAB": 460},
    "start": {"Flask-Admin": 0.6, "Django admin": 0.6, "stock FAB": 1.4},
    "idle": {"Flask-Admin": 137, "Django admin": 125, "stock FAB": 192},
}
"""The three other frameworks in the same run as that floor. Compare by the ratio to the floor: machines differ."""


def best(row: str) -> float:
    """The smallest ratio to the floor among the three."""
    return min(OTHERS_BEFORE[row].values()) / FLOOR_BEFORE[row]


RIVALS = {
    "opinions, first page": best("first"), "attendance, first page": best("first"), "opinions, deep page": best("deep"),
    "opinions, text": best("text"), "opinions by deputy": best("relation"), "add form": best("form"), "create": best("create"),
    "export of 100,000 rows: seconds": best("export"), "export of 100,000 rows: peak": best("peak"),
    "start": best("start"), "idle": best("idle"),
}  # fmt: skip
"""By how the name of a measurement begins."""


@dataclass(frozen=True)
class Question:
    """One page of the portal, and the floor's answer to the same question."""

    name: str
    portal: str
    floor: str
    who: str = READER
    rest: bool = False


_LAST = STATIONS * OPINIONS // 25
_WORDS = f"(filters:!((col:words,opr:ct,value:'{RARE}')),page_size:25)"
QUESTIONS = (
    Question("opinions, first page", "/opinions/list/", "/opinions"),
    Question("opinions, first page, one station", "/opinions/list/", "/opinions/station", WRITER),
    Question("attendance, first page", "/attendance/list/", "/attendance"),
    Question("attendance, first page, one station", "/attendance/list/", "/attendance/station", WRITER),
    Question("opinions, deep page", "/opinions/list/?page=2000", "/opinions?page=2000"),
    Question("opinions, last page by date", f"/opinions/list/?sort=heard_on&page={_LAST}", f"/opinions/oldest?page={_LAST}"),
    Question("opinions of a month", "/opinions/list/?month=2025-03", "/opinions/month"),
    Question("opinions in a state", "/opinions/list/?status=to_assign", "/opinions/status"),
    Question("opinions by deputy", "/opinions/list/?sort=deputy", "/opinions/by-deputy"),
    Question("opinions, text in a filter (REST)", f"/api/v1/opinions/?q={quote(_WORDS)}", f"/opinions/words?q={quote(RARE)}", rest=True),
    Question("deputies, name in a filter", f"/deputies/list/?name={quote('志强')}", f"/deputies/name?q={quote('志强')}"),
    Question("search, a rare word", f"/search/?q={quote(RARE)}", f"/search?q={quote(RARE)}"),
    Question("search, a frequent word of two characters", f"/search/?q={quote('学习')}", f"/search?q={quote('学习')}"),
    Question("search, a word that is not there", f"/search/?q={quote('没有这个')}", f"/search?q={quote('没有这个')}"),
    Question("search, a name", f"/search/?q={quote('王志强')}", f"/search?q={quote('王志强')}"),
    Question("search, one station, a rare word", f"/search/?q={quote(RARE)}", f"/search/station?q={quote(RARE)}", WRITER),
    Question("search, one station, a name", f"/search/?q={quote('王志强')}", f"/search/station?q={quote('王志强')}", WRITER),
    Question("search, one station, initials", "/search/?q=wzq", "/search/station?q=wzq", WRITER),
    Question("a deputy with counts and the first tab", "/deputies/show/777?tab=attendance-deputy", "/deputy?id=777"),
    Question("type-ahead among 5,000 deputies", "/lookup/deputies?q=wzq", "/lookup?q=wzq"),
    Question("REST list", "/api/v1/opinions/?q=(page_size:25)", "/rest", rest=True),
    Question("add form", "/opinions/add", "/add", WRITER),
)


@dataclass(frozen=True)
class Write:
    """Something written, again and again."""

    name: str
    measure: Callable[[Browser, Browser, int], tuple[float, float]]


_OPINION = {
    "heard_on": "2026-11-02", "voter_name": "张桂花", "village": "东沟村", "category": "roads", "words": "村口路面破损，希望尽快修复。",
    "handling": "to_assign",
}  # fmt: skip


def _posted(browser: Browser, path: str, typed: dict[str, str]) -> float:
    began = time.perf_counter()
    answer = browser.post(path, typed)
    taken = (time.perf_counter() - began) * 1000
    if answer.status != 302:
        raise SystemExit(f"{path}: {answer.status}")
    return taken


def _create(portal: Browser, floor: Browser, rounds: int) -> tuple[float, float]:
    ours, theirs = [], []
    for _number in range(rounds):
        hidden = portal.hidden("/opinions/add")
        ours.append(_posted(portal, "/opinions/add", {**_OPINION, **hidden}))
        theirs.append(_posted(floor, "/add", {**_OPINION, "status": "to_assign", "uid": str(uuid4())}))
    return median(ours), median(theirs)


def _edit(portal: Browser, floor: Browser, rounds: int) -> tuple[float, float]:
    ours, theirs = [], []
    for number in range(rounds):
        hidden, words = portal.hidden("/opinions/edit/100"), f"村口路面破损，第{uuid4().hex[:8]}次反映。"
        ours.append(_posted(portal, "/opinions/edit/100", {**_OPINION, **hidden, "words": words}))
        theirs.append(_posted(floor, f"/edit?id={200 + number}", {"words": words}))
    return median(ours), median(theirs)


WRITES = (Write("create", _create), Write("edit", _edit))
