"""接待日轮值: one row for each month's reception day."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint

from app.core.dictionary.columns import day, long_text, references
from app.core.dictionary.entry import Entry
from app.core.dictionary.ledger import StationLedger
from app.core.dictionary.roles import PROGRAMME


class RotaDay(StationLedger):
    """接待日轮值 (S5-3(2), S7-1): who is on duty on a month's reception day, who was placed there by hand, whom it does not suit."""

    __tablename__ = "reception_rota"
    __table_args__ = (CheckConstraint("day IS NOT NULL", name="ck_reception_rota_day"),)
    entry = Entry(
        label=_("Reception rota"), one=_("reception day"), articles=("S5-3(2)", "S7-1"), access=PROGRAMME,
        key=("month",), title=("day",), month="day", newest_first=False, order="day",
    )
    month = day(_("Month of the reception day"), required=True, hint=_("Any day of the month"))
    day = day(_("Reception day"), hint=_("Left empty: the first Tuesday, or the working day after a holiday"))
    deputies = references(_("Deputies on duty"), "deputies")
    pinned = references(_("Placed by hand"), "deputies", hint=_("Stay when the rota is made anew"))
    away = references(_("Not on this day"), "deputies", hint=_("Are not placed here when the rota is made anew"))
    note = long_text(_("Note"))
