"""Forms of own screens, shown by the same template as the ledgers' forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import render_template
from flask_babel import gettext as _

Errors = dict[str | None, list[str]]


def control(
    name: str,
    label: str,
    kind: str,
    errors: Errors,
    value: str = "",
    *,
    hint: str = "",
    required: bool = True,
) -> dict[str, Any]:
    """One control of an own form."""
    return {
        "name": name,
        "id": name,
        "label": label,
        "kind": kind,
        "value": value,
        "values": [],
        "text": "",
        "options": [],
        "required": required and kind != "bool",
        "hint": hint,
        "errors": errors.get(name, []),
        "wide": False,
        "maxlength": 64,
        "lookup_url": "",
        "autofocus": False,
    }


def form(
    title: str,
    sections: list[tuple[str, list[dict[str, Any]]]],
    cancel_url: str,
    crumbs: list[tuple[str, str | None]] | None = None,
    *,
    hidden: Sequence[tuple[str, str]] = (),
    submit_label: str = "",
    offer: str = "",
    note: str = "",
) -> str:
    """`offer`: the address of what may be done instead, where this cannot; `note`: words beside the first heading."""
    shown = [{"heading": heading, "note": "" if at else note, "fields": fields} for at, (heading, fields) in enumerate(sections)]
    return render_template(
        "form.html",
        title=title,
        sections=shown,
        errors=[],
        conflict=None,
        hidden=hidden,
        cancel_url=cancel_url,
        submit_label=submit_label or _("Save"),
        again=False,
        offer=offer,
        crumbs=crumbs or [(title, None)],
    )
