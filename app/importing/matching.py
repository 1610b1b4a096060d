"""Which layout a sheet has, and which of its columns says what: pure, over headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.sheets import label_key

from .layout import Layout

IGNORED = frozenset({"序号", "编号", "行号", "原因", "顺序号", "no", "no."})
"""Columns that every table has and no ledger keeps."""
OTHER = "*"
"""A column known by its heading alone."""
UID = "uid:"
"""Heading of the hidden column by which an exported row is known again; the ledger's key follows."""


@dataclass(frozen=True)
class Match:
    """A sheet's layout and, column by column, what each says: a column's name, OTHER, UID, or "" for what is left out."""

    layout: str
    columns: tuple[str, ...]

    @property
    def taken(self) -> int:
        return sum(1 for name in self.columns if name)


def words_of(layout: Layout) -> dict[str, str]:
    """Every heading that the layout understands, as `label_key` has it -> column; what comes first wins."""
    words: dict[str, str] = {}
    for column in layout.columns:
        words.setdefault(label_key(str(layout.field_of(column).label)), column.name)
    for column in layout.columns:
        for word in column.words:
            words.setdefault(label_key(word), column.name)
    return words


def match(texts: Sequence[str], layout: Layout, words: Mapping[str, str], facts: Mapping[str, Any]) -> Match | None:
    """The layout's columns in this heading; None where one that it needs is missing."""
    found: list[str] = []
    for text in texts:
        name = ""
        if text.startswith(UID):
            name = UID if text == UID + layout.key else ""
        elif text:
            name = _named(text, words)
            if not name and label_key(text) not in IGNORED and layout.others is not None and layout.others(text, facts):
                name = OTHER
        found.append("" if name in found and name not in ("", OTHER) else name)
    there = set(found)
    return Match(layout.key, tuple(found)) if all(there & set(group) for group in layout.needs) else None


def _named(text: str, words: Mapping[str, str]) -> str:
    """By the whole heading, by what follows a group heading, then without what stands in brackets."""
    for written in (text, text.rpartition("/")[2], _unbracketed(text)):
        if (name := words.get(label_key(written))) is not None:
            return name
    return ""


def _unbracketed(text: str) -> str:
    kept, depth = [], 0
    for char in text:
        depth += char in "(（[【〔"
        if depth == 0:
            kept.append(char)
        depth -= char in ")）]】〕" and depth > 0
    return "".join(kept)


def best(
    name: str,
    texts: Sequence[str],
    layouts: Iterable[Layout],
    words: Mapping[str, Mapping[str, str]],
    facts: Mapping[str, Mapping[str, Any]],
) -> Match | None:
    """The layout that says most of the sheet; a sheet of which hardly anything is understood is none of ours."""
    candidates: list[tuple[int, bool, int, Match]] = []
    for layout in layouts:
        found = match(texts, layout, words[layout.key], facts.get(layout.key, {}))
        if found is None:
            continue
        if UID in found.columns:
            return found
        called = label_key(str(layout.label)) in label_key(name) or label_key(name) == label_key(str(layout.label))
        candidates.append((found.taken + 2 * called, called, len(layout.parts), found))
    if not candidates:
        return None
    _score, _called, _parts, found = max(candidates, key=lambda each: each[:3])
    filled = sum(1 for text in texts if text and label_key(text) not in IGNORED)
    return found if found.taken >= 2 and found.taken * 2 >= filled else None
