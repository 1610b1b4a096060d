"""What a ledger's lists say and ask besides its columns: words under a cell that follow from today, and a filter that is no column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Note:
    """Words under a cell, and the colour that they give it."""

    text: str
    tone: str = ""


@dataclass(frozen=True)
class Standing:
    """`notes` are read for a whole page of rows at once."""

    path: str
    """The column under which the words stand."""
    name: str
    """The filter's name in the address."""
    label: Any
    options: Mapping[str, Any]
    notes: Callable[[Session, Sequence[int]], Mapping[int, Note]]
    condition: Callable[[str], list[Any]]
    """The condition that one of the options puts on the rows."""


STANDINGS: dict[str, Standing] = {}
"""By ledger; filled in by the areas."""


def noted(session: Session, key: str, columns: Sequence[str], ids: Sequence[int]) -> tuple[str, Mapping[int, Note]]:
    """The column with words under it, and the words of these rows; none where the ledger has none or does not show the column."""
    standing = STANDINGS.get(key)
    if standing is None or standing.path not in columns or not ids:
        return "", {}
    return standing.path, standing.notes(session, ids)


def apply(cell: dict[str, Any], note: Note | None) -> None:
    """Put the words under a cell."""
    if note is not None:
        cell["note"] = note.text
        cell["tone"] = note.tone or cell["tone"]
