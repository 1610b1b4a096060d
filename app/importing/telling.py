"""What an import found, in words: reasons beside their cells, old and new values, rows named for the first time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.dictionary.fields import Field, Kind
from app.core.dictionary.ledger import Ledger
from app.core.dictionary.paths import field_at
from app.core.dictionary.titles import show, titles_of
from app.core.lists.values import seen
from app.core.records.saving import Writing
from app.core.refusals import Refusal

from .layout import Layout
from .matching import Match
from .outcome import Reason


@dataclass(frozen=True)
class Teller:
    """Speaks of one sheet to the actor, who sees masked what is masked elsewhere."""

    writing: Writing
    layout: Layout
    match: Match
    texts: Sequence[str]

    def changes(self, model: type[Ledger], differing: Mapping[str, tuple[Any, Any]]) -> list[tuple[str, str, str]]:
        items = {path: field_at(model, path) for path in differing}
        titles = titles_of(
            self.writing.session,
            {(item.target, row_id) for path, item in items.items() if item.target for value in differing[path] for row_id in _ids(value)},
        )

        def words(path: str, item: Field, value: Any) -> str:
            return show(item, seen(self.writing.actor, model, path, value), titles)

        return [
            (str(item.label), words(path, item, differing[path][0]), words(path, item, differing[path][1])) for path, item in items.items()
        ]

    def reason(self, column: str, refusal: Refusal, number: int) -> Reason:
        """A refusal beside the cell that is to blame, if the sheet has one."""
        sentence = refusal.sentence()
        if column and column in self.match.columns:
            place = self.match.columns.index(column)
            return Reason(sentence, self.texts[place], f"{letters(place)}{number}", column, place)
        part, _dot, path = column.partition(".")
        if part in self.layout.parts and path:
            sentence = f"{field_at(self.layout.parts[part].model, path).label}：{sentence}"
        return Reason(sentence)


def row_in_words(writing: Writing, model: type[Ledger], changes: Mapping[str, Any]) -> str:
    shown = [(field_at(model, name), value) for name, value in changes.items()]
    titles = titles_of(writing.session, {(item.target, value) for item, value in shown if item.kind is Kind.REFERENCE and value})
    return "，".join(f"{item.label}：{show(item, value, titles)}" for item, value in shown if value not in (None, "", []))


def _ids(value: Any) -> list[int]:
    if isinstance(value, list):
        return [each for each in value if isinstance(each, int)]
    return [value] if isinstance(value, int) and not isinstance(value, bool) else []


def letters(place: int) -> str:
    """0 -> A, 26 -> AA: a column as spreadsheets name it."""
    name, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
