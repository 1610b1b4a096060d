"""The month's Excel (月度台账): a cover and a sheet for each ledger with what happened in the month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access.actor import Actor
from app.core.dictionary.ledger import LEDGERS, Ledger
from app.core.dictionary.masks import Sight
from app.core.dictionary.paths import STATION
from app.core.dictionary.roles import Verb
from app.core.lists.exporting import sheet_of
from app.core.lists.filters import in_month
from app.core.lists.listing import Listing
from app.core.lists.values import sight_of
from app.core.web.forms import row_paths
from app.excel import Cover, Sheet


def last_month(today: date) -> str:
    """The month before the one of the day, as 2026-10."""
    return (today.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")


def monthly_ledgers(actor: Actor) -> list[str]:
    """Keys of the ledgers that have a month and that the actor may take along."""
    return [key for key, model in LEDGERS.items() if model.entry.month and actor.may(key, Verb.EXPORT)]


def columns_of(actor: Actor, model: type[Ledger]) -> list[str]:
    """The model's columns in their order, without what the actor may not see."""
    shown = [path for path in row_paths(model) if sight_of(actor, model, path) is not Sight.HIDDEN]
    several = actor.station_id is None and "station_id" in model.__table__.c
    return [STATION.name, *shown] if several else shown


def month_listing(session: Session, actor: Actor, key: str, month: str) -> Listing:
    """A ledger's rows of one month, oldest first. Raises ValueError where `month` is none."""
    model = LEDGERS[key]
    listing = Listing(session, actor, model, columns_of(actor, model), sort=model.entry.month, verb=Verb.EXPORT)
    condition = in_month(listing.paths, model, month)
    if condition is None:
        raise ValueError(month)
    listing.predicates += condition
    return listing


def rows_by_ledger(session: Session, actor: Actor, month: str) -> dict[str, int]:
    """How many rows each ledger has in the month, in one statement."""
    keys = monthly_ledgers(actor)
    counts = []
    for key in keys:
        listing = month_listing(session, actor, key, month)
        counts.append(
            listing.paths.join(select(func.count()).select_from(LEDGERS[key])).where(*listing.scope, *listing.predicates).scalar_subquery()
        )
    return dict(zip(keys, session.execute(select(*counts)).one(), strict=True)) if keys else {}


def month_workbook(session: Session, actor: Actor, month: str, keys: Iterable[str], station_name: str) -> tuple[list[Sheet], Cover]:
    """The sheets and the cover. Ledgers without a row in the month get no sheet; the cover says so if none has any."""
    year, number = month.split("-")
    when = _("%(year)s-%(month)s", year=year, month=int(number))
    counted = rows_by_ledger(session, actor, month)
    sheets: Sequence[Any] = [
        sheet_of(
            month_listing(session, actor, key, month),
            _("%(station)s %(ledger)s (%(when)s)", station=station_name, ledger=str(LEDGERS[key].entry.label), when=when),
        )
        for key in keys
        if counted.get(key)
    ]
    cover = Cover(
        _("Monthly ledgers"),
        [
            (_("Station"), station_name),
            (_("Month"), when),
            (_("Made on"), clock.now().strftime("%Y-%m-%d %H:%M")),
            (_("Made by"), actor.name),
        ],
    )
    return list(sheets), cover
