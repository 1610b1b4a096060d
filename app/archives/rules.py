"""Pure rules of the archives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _

from app.core import refusals
from app.core.refusals import Refusal

CATEGORY_CODES = {"documents": "WS", "photos": "ZP", "recordings": "LY", "videos": "LX", "objects": "SW", "special": "ZY"}
RETENTION_CODES = {"permanent": "Y", "years30": "D30", "years10": "D10"}
PARTS = ("fonds_no", "category", "year", "retention", "organ_code")
"""What an archival number is made of before its item number."""


ITEM = "{item}"


def class_of(pattern: str, values: Mapping[str, Any]) -> str:
    """The lowest class a document is filed in, the item number left open: Z109-WS·2025-D30-BGS-{item}, without an organ where
    there is none (DA/T 22-2015)."""
    if not values.get("organ_code"):
        pattern = pattern.replace("{unit}-", "").replace("-{unit}", "")
    parts = {
        "{fonds}": values["fonds_no"], "{category}": CATEGORY_CODES[values["category"]], "{year}": values["year"],
        "{retention}": RETENTION_CODES[values["retention"]], "{unit}": values.get("organ_code"),
    }
    for part, value in parts.items():
        pattern = pattern.replace(part, str(value or ""))
    return pattern


def file_number(pattern: str, values: Mapping[str, Any], item_no: int) -> str:
    """Z109-WS·2025-D30-0007."""
    return class_of(pattern, values).replace(ITEM, f"{item_no:04d}")


def item_in(pattern: str, values: Mapping[str, Any], file_no: str) -> int | None:
    """The item number in an archival number made by this pattern; None in one that is older or made otherwise."""
    before, _item, after = class_of(pattern, values).partition(ITEM)
    found = re.fullmatch(re.escape(before) + "([0-9]{1,4})" + re.escape(after), file_no)
    return (int(found[1]) or None) if found else None


def item_agrees(pattern: str, values: Mapping[str, Any]) -> Iterable[Refusal]:
    """A typed number and a typed item number say the same."""
    item = item_in(pattern, values, values["file_no"])
    if item is not None and values.get("item_no") is not None and values["item_no"] != item:
        yield Refusal("item_differs", "item_no", {"file_no": values["file_no"]})


def loan(values: Mapping[str, Any]) -> Iterable[Refusal]:
    """The condition is noted when the file comes back."""
    if values.get("condition") and values.get("back_on") is None:
        yield Refusal("required", "back_on")


def loan_state(values: Mapping[str, Any]) -> dict[str, str]:
    return {"state": "out" if values.get("back_on") is None else "returned"}


def file_is_in(out_on: date, back_on: date | None, others: Iterable[tuple[date, date | None]]) -> Iterable[Refusal]:
    """A file that is out cannot be lent again; on the day it comes back it can (S11-4)."""
    for other_out, other_back in others:
        if out_on < (other_back or date.max) and other_out < (back_on or date.max):
            code = "file_is_out" if other_back else "file_not_back"
            yield Refusal(code, "file", {"since": other_out.isoformat(), "until": other_back.isoformat() if other_back else ""})
            return


def check(values: Mapping[str, Any]) -> Iterable[Refusal]:
    """Every point is judged and a fault described (S11-4)."""
    listed = values.get("points") or []
    if not listed:
        yield Refusal("required", "points")
    names = [item["point"] for item in listed]
    for item in listed:
        if not isinstance(item.get("ok"), bool):
            yield Refusal("point_not_judged", "points", {"point": item["point"]})
        elif not item["ok"] and not (item.get("words") or "").strip():
            yield Refusal("fault_without_words", "points", {"point": item["point"]})
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Refusal("point_twice", "points", {"point": name})


def not_after_today(values: Mapping[str, Any], today: date) -> Iterable[Refusal]:
    """Checks and what was done about their faults tell of what was, never of days to come."""
    for name in ("checked_on", "put_right_on", "rechecked_on"):
        if values.get(name) is not None and values[name] > today:
            yield Refusal("after_today", name, {"today": today.isoformat()})


SENTENCES = {
    "item_differs": _("The item number does not agree with the archival number %(file_no)s"),
    "file_is_out": _("This file is out from %(since)s to %(until)s and cannot be lent at the same time"),
    "file_not_back": _("This file has been out since %(since)s and is not back yet"),
    "fault_without_words": _("Say in words what is wrong with “%(point)s”"),
    "point_twice": _("“%(point)s” stands there twice"),
    "after_today": _("This may not be later than today (%(today)s)"),
}
refusals.SENTENCES.update(SENTENCES)
