"""Sealed copies (S10-5, R23): what is written down, the seal over it, and whether both still belong together."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from app.core.records.erasing import KEPT_IN

from .models import SealedDossier
from .record import Record, packed, unpacked

_sealed: Any = SealedDossier
KEPT_IN["deputies"].append((_("Sealed performance archives"), _sealed.deputy_id))


@dataclass(frozen=True)
class Sealed:
    """A sealed copy as it was found. `record` is None where it can no longer be read."""

    id: int
    deputy_id: int
    year: int
    seal: str
    signed_by: str
    signed_on: date
    entered_by: str
    sealed_at: datetime
    intact: bool
    record: Record | None
    medians: Mapping[str, float | int] = field(default_factory=dict)


def seal_over(content: str, row: SealedDossier) -> str:
    """The seal: over the copy, whose year it is, and who signed when. Nothing of these changes without another seal."""
    about = (row.station_id, row.deputy_id, row.year, row.signed_by, row.signed_on, row.entered_by, row.sealed_at.replace(microsecond=0))
    return sha256("\n".join([*(str(each) for each in about), content]).encode()).hexdigest()


def written_down(record: Record, medians: Mapping[str, float | int]) -> str:
    return json.dumps({"record": packed(record), "medians": medians}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sealed_of(session: Session, year: int, deputies: Collection[int]) -> dict[int, Sealed]:
    """The sealed copies of a year by deputy, each checked against its seal."""
    if not deputies:
        return {}
    asked = select(SealedDossier).where(_sealed.year == year, _sealed.deputy_id.in_(deputies)).options(undefer(_sealed.content))
    return {row.deputy_id: _checked(row) for row in session.scalars(asked)}


def sealed_years(session: Session, deputy_id: int) -> list[int]:
    return list(session.scalars(select(_sealed.year).where(_sealed.deputy_id == deputy_id).order_by(_sealed.year)))


def _checked(row: SealedDossier) -> Sealed:
    record, medians = None, {}
    try:
        kept = json.loads(row.content)
        record, medians = unpacked(kept["record"]), kept["medians"]
    except (KeyError, TypeError, ValueError):
        pass  # a copy that cannot be read is shown to be broken
    return Sealed(
        row.id, row.deputy_id, row.year, row.seal, row.signed_by, row.signed_on, row.entered_by, row.sealed_at,
        record is not None and seal_over(row.content, row) == row.seal, record, medians,
    )
