"""Web forms of the ledgers: WTForms carries what was typed to write() and brings refusals back beside their fields.

A form reads nothing by itself: whatever comes is kept as typed, so that nothing typed is ever lost, and the rules are the
same under form, REST and import.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field as FormField
from wtforms import HiddenField

from ..access.actor import Actor
from ..dictionary.fields import Field, Kind, read_id
from ..dictionary.ledger import LEDGERS, Ledger
from ..dictionary.masks import Sight
from ..dictionary.paths import field_at
from ..dictionary.titles import show
from ..lists.values import sight_of
from ..refusals import Refused

_KINDS = {
    Kind.TEXT: "text",
    Kind.LONG: "longtext",
    Kind.PHONE: "phone",
    Kind.CHOICE: "choice",
    Kind.DATE: "date",
    Kind.DATETIME: "datetime",
    Kind.INTEGER: "number",
    Kind.DECIMAL: "number",
    Kind.BOOLEAN: "bool",
    Kind.REFERENCE: "reference",
    Kind.REFERENCES: "references",
    Kind.POINTS: "points",
}


class LedgerField(FormField):
    """One column on a form; `data` is what was typed, a list where several values came."""

    data: Any

    def __init__(self, item: Field, path: str, **options: Any) -> None:
        super().__init__(label=str(item.name), **options)
        self.item, self.path = item, path

    def process_formdata(self, valuelist: list[str]) -> None:
        several = self.item.kind is Kind.REFERENCES
        self.data = [value for value in valuelist if value] if several else (valuelist[-1] if valuelist else "")

    def process_data(self, value: Any) -> None:
        self.data = as_typed(self.item, value)


class LedgerForm(FlaskForm):
    """Base of the generated forms: the row's version and the request's id travel along."""

    version = HiddenField()
    request_id = HiddenField()


def form_paths(model: type[Ledger]) -> list[str]:
    """Paths of a ledger's form in their order: the parent's columns first where life is shared with it."""
    return [path for path in row_paths(model) if not field_at(model, path).written_by_program]


def row_paths(model: type[Ledger]) -> list[str]:
    """Paths of all that a row says, in the order it is declared: the parent's columns first, sort keys left out."""
    one = model.entry.one_to_one
    own = [
        name for name, item in model.fields.items() if not name.endswith("_key") and not item.unseen and not (one and name == one.field)
    ]
    return [*(f"{one.field}.{name}" for name in one.shown), *own] if one else own


def form_class(model: type[Ledger]) -> type[LedgerForm]:
    """The WTForms class of a ledger; fields are named by their paths."""
    fields = {path: _unbound(field_at(model, path), path) for path in form_paths(model)}
    return type(f"{model.__name__}Form", (LedgerForm,), fields)


def _unbound(item: Field, path: str) -> Any:
    return LedgerField(item, path)


def as_typed(item: Field, value: Any) -> Any:
    """A value as a form shows it for editing."""
    if value is None:
        return [] if item.kind in (Kind.REFERENCES, Kind.POINTS) else ""
    match item.kind:
        case Kind.BOOLEAN:
            return "1" if value is True or value == "1" else ""
        case Kind.DATE | Kind.DATETIME if isinstance(value, (date, datetime)):
            return value.isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()
        case Kind.REFERENCES:
            return [str(each) for each in value]
        case Kind.POINTS:
            return value
        case _:
            return show(item, value) if item.kind is Kind.DECIMAL else str(value)


def typed_changes(form: LedgerForm, actor: Actor, model: type[Ledger], posted: MultiDict[str, str]) -> dict[str, Any]:
    """What the form brings to write(): only fields that were on this actor's page; an unticked box is a no."""
    changes: dict[str, Any] = {}
    for each in shown_fields(form, actor, model):
        if each.item.kind is Kind.POINTS:
            each.data = posted_points(each.path, posted)
        elif each.item.kind is not Kind.BOOLEAN and each.path not in posted and f"{each.path}__shown" not in posted:
            continue
        changes[each.path] = each.data
    return changes


def posted_points(path: str, posted: MultiDict[str, str]) -> list[dict[str, Any]]:
    """A checklist as its page posts it: `<path>` names the points in order, `<path>:<point>:ok` and `:words` judge them."""
    points = []
    for point in posted.getlist(path):
        judged = posted.get(f"{path}:{point}:ok")
        points.append({"point": point, "ok": {"1": True, "0": False}.get(judged or ""), "words": posted.get(f"{path}:{point}:words", "")})
    return points


def shown_fields(form: LedgerForm, actor: Actor, model: type[Ledger]) -> Iterable[LedgerField]:
    for each in form:
        if isinstance(each, LedgerField) and sight_of(actor, model, each.path) is not Sight.HIDDEN:
            yield each


def attach(form: LedgerForm, refused: Refused) -> list[str]:
    """Put each refusal beside its field; what concerns no field of the form is given back."""
    left: list[str] = []
    for name, sentences in refused.by_field().items():
        target = form._fields.get(name) if name else None
        if isinstance(target, LedgerField):
            target.errors = [*target.errors, *sentences]
        elif name != "station":  # whose row: a field of the page, not of the ledger
            left += sentences
    return left


def sections(
    form: LedgerForm,
    actor: Actor,
    model: type[Ledger],
    titles: Mapping[tuple[str, int], str],
    checklists: Mapping[str, list[str]],
) -> list[dict[str, Any]]:
    """The form as its page shows it: headings and, under each, its fields."""
    found: list[dict[str, Any]] = []
    one = model.entry.one_to_one
    for each in shown_fields(form, actor, model):
        of_parent = "." in each.path
        heading = each.item.heading if not of_parent else None
        if not found or heading or (found[-1]["parent"] and not of_parent):
            parent_label = str(LEDGERS[model.fields[one.field].target].entry.label) if one and of_parent else ""
            first = str(heading) if heading else parent_label or (str(model.entry.label) if one else _("Basics"))
            found.append({"heading": first, "note": "", "fields": [], "parent": of_parent})
        found[-1]["fields"].append(control(each, model, titles, checklists))
    return found


def control(
    each: LedgerField, model: type[Ledger], titles: Mapping[tuple[str, int], str], checklists: Mapping[str, list[str]]
) -> dict[str, Any]:
    """One control of the page."""
    shown = control_of(each.item, each.path, each.data, list(each.errors), titles)
    if (allowed := _allowed(model, each.path)) is not None:
        shown["options"] = [option for option in shown["options"] if option[0] in allowed]
    if each.item.kind is Kind.POINTS:
        shown["points"] = _points(each.data or [], checklists.get(each.item.setting, []))
    return shown


def control_of(item: Field, path: str, value: Any, errors: list[str], titles: Mapping[tuple[str, int], str]) -> dict[str, Any]:
    """The control of a column, with what stands in it."""
    shown: dict[str, Any] = {
        "name": path,
        "id": path.replace(".", "-"),
        "label": str(item.label),
        "kind": _KINDS[item.kind],
        "value": value if isinstance(value, str) else "",
        "values": [],
        "text": "",
        "options": [],
        "required": item.required and item.kind not in (Kind.BOOLEAN,),
        "hint": str(item.hint or ""),
        "errors": errors,
        "wide": item.kind in (Kind.LONG, Kind.REFERENCES, Kind.POINTS),
        "maxlength": item.length or "",
        "lookup_url": "",
        "autofocus": False,
        "points": [],
    }
    if item.kind is Kind.CHOICE and item.choices is not None:
        shown["options"] = [(code, str(label)) for code, label in item.choices.labels.items()]
    elif item.kind is Kind.REFERENCE:
        shown["lookup_url"] = f"/lookup/{item.target}"
        shown["text"] = titles.get((item.target, read_id(value) or 0), "")
        shown["value"] = value if shown["text"] else ""
    elif item.kind is Kind.REFERENCES:
        shown["lookup_url"] = f"/lookup/{item.target}"
        shown["values"] = [(each_id, title) for each_id in value or [] if (title := titles.get((item.target, read_id(each_id) or 0)))]
    return shown


def _points(value: list[Mapping[str, Any]], expected: list[str]) -> list[dict[str, Any]]:
    judged = {point["point"]: point for point in value}
    return [
        {"name": name, "ok": judged.get(name, {}).get("ok"), "words": judged.get(name, {}).get("words", "")}
        for name in dict.fromkeys([*judged, *expected])
    ]


def _allowed(model: type[Ledger], path: str) -> tuple[str, ...] | None:
    """The parent's values that a 1:1 detail allows; None: all."""
    one = model.entry.one_to_one
    if one is None or not path.startswith(f"{one.field}."):
        return None
    return one.fixed.get(path.removeprefix(f"{one.field}."))


def referred_in(form: LedgerForm) -> set[tuple[str, int]]:
    """Rows that the form's references name, for their titles."""
    wanted = set()
    for each in form:
        if isinstance(each, LedgerField) and each.item.kind in (Kind.REFERENCE, Kind.REFERENCES):
            values = each.data if isinstance(each.data, list) else [each.data]
            wanted |= {(each.item.target, row_id) for value in values if (row_id := read_id(value)) is not None}
    return wanted
