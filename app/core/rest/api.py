"""REST of every ledger: FAB's ModelRestApi (routes, tokens, rison) over the very listing, masks and write() of the web pages.

A row carries its `version`; a change without it or with a stale one is answered 409. Errors name the columns:
`{"message": {"birth": ["…"]}}`, 422.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import Response, request
from flask_appbuilder.api import ModelRestApi, expose, safe
from flask_appbuilder.api.schemas import get_info_schema, get_item_schema, get_list_schema
from flask_appbuilder.security.decorators import permission_name, protect
from flask_babel import gettext as _

from ..access.actor import Actor
from ..access.current import the_actor
from ..database import db
from ..dictionary.fields import Kind, read_id
from ..dictionary.ledger import Ledger
from ..dictionary.masks import Sight
from ..dictionary.paths import STATION, field_at
from ..dictionary.roles import Verb
from ..files.attachments import Attachment, attachments_of
from ..lists.filters import MONTH, conditions
from ..lists.listing import Listing, Row
from ..lists.values import open_paths, opens_files, sight_of
from ..records.saving import Writing, version_of
from ..records.writing import erase, write
from ..refusals import NotThere, Refused
from ..web.filescreen import file_answer
from ..web.forms import row_paths
from .questions import question

MOST_ROWS = 200


class LedgerApi(ModelRestApi):
    """The registry makes one for each ledger; nothing is declared twice."""

    base_permissions = [f"can_{verb}" for verb in Verb]
    method_permission_name = {"post": "add", "put": "edit", "delete": "delete"}
    method_permission_name |= {"attachments": "show", "attachment": "show"}
    filter_columns: tuple[str, ...] = ()

    def __init__(self) -> None:
        self.model: type[Ledger] = self.datamodel.obj
        self.key = self.model.__tablename__
        self.resource_name = self.key
        self.class_permission_name = self.key
        super().__init__()

    def _init_properties(self) -> None:
        """Columns follow from the dictionary at each call, for that actor."""
        self.label_columns: dict[str, str] = {}
        self._base_filters = None

    def _init_model_schemas(self) -> None:
        """Fields read and show their values; a second schema beside them would be a second truth."""

    def _init_titles(self) -> None:
        self.list_title = self.model.entry.label

    # ------------------------------------------------------------------ reading

    @expose("/_info", methods=["GET"])
    @protect()
    @safe
    @permission_name("list")
    @question(get_info_schema)
    def info(self, **options: Any) -> Response:
        return self.info_headless(**options)

    @expose("/<int:pk>", methods=["GET"])
    @protect()
    @safe
    @permission_name("show")
    @question(get_item_schema)
    def get(self, pk: int, **options: Any) -> Response:
        return self.get_headless(pk, **options)

    @expose("/", methods=["GET"])
    @protect()
    @safe
    @permission_name("list")
    @question(get_list_schema)
    def get_list(self, **options: Any) -> Response:
        return self.get_list_headless(**options)

    def _columns(self, actor: Actor) -> list[str]:
        return [path for path in row_paths(self.model) if sight_of(actor, self.model, path) is not Sight.HIDDEN]

    def _listing(self, actor: Actor, verb: Verb) -> Listing:
        columns = self._columns(actor)
        if "station_id" in self.model.__table__.c:
            columns = [STATION.name, *columns]
        return Listing(db.session, actor, self.model, columns, verb=verb)

    def _json(self, row: Row, version: str | None = None) -> dict[str, Any]:
        values = {path: _plain(value) for path, value in row.values.items()}
        return {"id": row.id, **values, **({"version": version} if version else {})}

    def get_list_headless(self, **options: Any) -> Response:
        actor = the_actor()
        asked = options.get("rison") or {}
        listing = self._listing(actor, Verb.LIST)
        try:
            given = _filters(asked.get("filters") or [])
            size = _whole(asked.get("page_size", 25), 1, MOST_ROWS)
            page = _whole(asked.get("page", 0), 0, 1_000_000)
            order = str(asked.get("order_column") or "")
        except ValueError as error:
            return self.response_400(message=str(error))
        offered = open_paths(actor, self.model, [*self.filter_columns, *listing.columns])
        listing.predicates, unreadable = conditions(listing.paths, self.model, offered, given)
        if unreadable:
            return self.response_400(message=unreadable[0].sentence())
        if order:
            if order not in listing.sortable():
                return self.response_400(message=_("The list cannot be sorted that way"))
            listing.sort, listing.descending = order, asked.get("order_direction") == "desc"
        ids = listing.ids(page * size, size)
        return self.response(200, count=listing.count(), ids=ids, result=[self._json(row) for row in listing.rows(ids)])

    def get_headless(self, pk: Any, **options: Any) -> Response:
        actor = the_actor()
        row = self._row(actor, pk, Verb.SHOW)
        if row is None:
            return self.response_404()
        shown = self._listing(actor, Verb.SHOW).rows([row.id])[0]
        return self.response(200, id=row.id, result=self._json(shown, version_of(db.session, row)))

    def _row(self, actor: Actor, pk: Any, verb: Verb) -> Ledger | None:
        if (row_id := read_id(pk)) is None:
            return None
        try:
            return Writing(db.session, actor).existing(self.key, row_id, verb)
        except NotThere:
            return None

    def info_headless(self, **options: Any) -> Response:
        """The dictionary of this ledger as this actor may use it. No values of any row."""
        actor = the_actor()
        columns = [_described(self.model, path) for path in self._columns(actor)]
        return self.response(
            200,
            label=str(self.model.entry.label),
            articles=list(self.model.entry.articles),
            columns=columns,
            permissions=[f"can_{verb}" for verb in Verb if actor.may(self.key, verb)],
            filters=open_paths(actor, self.model, self.filter_columns),
        )

    @expose("/<int:pk>/attachments", methods=["GET"])
    @protect()
    @safe
    @permission_name("show")
    def attachments(self, pk: int) -> Response:
        """The files of a row; each is fetched from its `url`."""
        row = self._row(the_actor(), pk, Verb.SHOW)
        if row is None or not opens_files(the_actor(), self.model):
            return self.response_404()
        found = attachments_of(db.session(), self.key, row.id)
        return self.response(200, count=len(found), result=[self._file(row, each) for each in found])

    def _file(self, row: Ledger, each: Attachment) -> dict[str, Any]:
        described = {name: _plain(getattr(each, name)) for name in ("id", "name", "type", "size", "sha256", "by", "at", "note")}
        return {**described, "url": f"/api/v1/{self.key}/{row.id}/attachments/{each.id}"}

    @expose("/<int:pk>/attachments/<int:attachment_id>", methods=["GET"])
    @protect()
    @safe
    @permission_name("show")
    def attachment(self, pk: int, attachment_id: int) -> Response:
        """One file of a row."""
        row = self._row(the_actor(), pk, Verb.SHOW)
        found = db.session.get(Attachment, attachment_id) if row is not None else None
        if row is None or found is None or not opens_files(the_actor(), self.model) or (found.ledger, found.row_id) != (self.key, row.id):
            return self.response_404()
        return file_answer(found)

    # ------------------------------------------------------------------ writing

    def post_headless(self) -> Response:
        changes, problem = self._body()
        if problem is not None:
            return problem
        request_id = str(changes.pop("request_id", "") or "")[:64] or None
        changes.pop("version", None)
        try:
            row_id = write(the_actor(), self.key, changes, request_id=request_id)
        except Refused as refused:
            return self._refusal(refused)
        return self._written(row_id, 201)

    def put_headless(self, pk: Any) -> Response:
        changes, problem = self._body()
        if problem is not None:
            return problem
        version = str(changes.pop("version", "") or "")
        for name in ("request_id", "id", STATION.name):
            changes.pop(name, None)
        if (known := read_id(pk)) is None:
            return self.response_404()
        try:
            row_id = write(the_actor(), self.key, changes, row_id=known, version=version)
        except NotThere:
            return self.response_404()
        except Refused as refused:
            return self._refusal(refused)
        return self._written(row_id, 200)

    def delete_headless(self, pk: Any) -> Response:
        if (known := read_id(pk)) is None:
            return self.response_404()
        try:
            erase(the_actor(), self.key, known, version=request.args.get("version"))
        except NotThere:
            return self.response_404()
        except Refused as refused:
            return self._refusal(refused)
        return self.response(200, message="OK")

    def response_403(self) -> Response:
        return self.response(403, message=_("Your role may not do this"))

    def response_404(self) -> Response:
        return self.response(404, message=_("There is no such page or row. It may have been deleted, or it is not your station's."))

    def _body(self) -> tuple[dict[str, Any], Response | None]:
        body = request.get_json(silent=True)
        if not isinstance(body, dict):
            return {}, self.response_400(message=_("The request holds no JSON object"))
        return body, None

    def _written(self, row_id: int, status: int) -> Response:
        actor = the_actor()
        row = self._row(actor, row_id, Verb.SHOW)
        if row is None:
            return self.response(status, id=row_id)
        shown = self._listing(actor, Verb.SHOW).rows([row_id])[0]
        return self.response(status, id=row_id, result=self._json(shown, version_of(db.session, row)))

    def _refusal(self, refused: Refused) -> Response:
        if refused.codes & {"stale", "version_missing", "conflict"}:
            status = 409
        else:
            status = 403 if refused.codes == {"not_permitted"} else 422
        return self.response(status, message={name or "": sentences for name, sentences in refused.by_field().items()})


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _filters(asked: Any) -> dict[str, str]:
    """FAB's rison filters `(col:…,opr:…,value:…)` as the filter line reads them."""
    given: dict[str, str] = {}
    if not isinstance(asked, list):
        raise ValueError(_("The conditions cannot be read"))
    for each in asked:
        if not isinstance(each, Mapping) or not isinstance(each.get("col"), str):
            raise ValueError(_("The conditions cannot be read"))
        value = each.get("value")
        text = ("1" if value else "0") if isinstance(value, bool) else str(value if value is not None else "")
        name = each["col"]
        given[f"{name}__to" if each.get("opr") in ("lt", "to") and name != MONTH else name] = text
    return given


def _whole(value: Any, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise ValueError(_("There is no such page"))
    return min(value, most)


def _described(model: type[Ledger], path: str) -> dict[str, Any]:
    item = field_at(model, path)
    described: dict[str, Any] = {"name": path, "label": str(item.label), "type": item.kind, "required": item.required}
    if item.kind is Kind.CHOICE and item.choices is not None:
        described["choices"] = {code: str(label) for code, label in item.choices.labels.items()}
    if item.target:
        described["ledger"] = item.target
    if item.length:
        described["max_length"] = item.length
    return described
