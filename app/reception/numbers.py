"""Numbers of what goes out on paper: a series for each ledger and year."""

from __future__ import annotations

from datetime import date

from app.core.records.hooks import Saving
from app.core.records.saving import Writing
from app.core.refusals import Refusal, refuse_any

from . import rules


def number(saving: Saving, day: date, gone_out: bool) -> None:
    """A new row takes the next number of its year; one that came along from paper moves the series on. A row whose year is
    put right is numbered in the right one, unless its number has gone out on paper."""
    key, given = saving.model.__tablename__, saving.values.get("number") or ""
    store, station_id = saving.writing.store, saving.station_id or 0
    known = rules.parts_of(given)
    if saving.is_new and given:
        if known:
            store.keep_up(station_id, key, *known)
        return
    if not saving.is_new and (known is None or known[0] == day.year):
        return
    if known and gone_out:
        refuse_any([Refusal("number_given_out", None, {"number": given, "year": known[0]})])
    saving.values["number"] = rules.number_of(day.year, store.next_number(station_id, key, day.year))


def imported(writing: Writing) -> bool:
    """Rows of a workbook are taken as they were."""
    return writing.actor.source == "import"
