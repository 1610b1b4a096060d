"""The one view of every ledger: FAB's ModelView with list, show, add, edit, delete and export of our own.

Nothing about a request is kept on the view, whose one object all threads share.
"""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import uuid4

from flask import abort, flash, g, redirect, render_template, request
from flask_appbuilder import ModelView, expose
from flask_appbuilder.security.decorators import has_access, permission_name
from flask_babel import gettext as _

from ..access.actor import Actor
from ..access.current import the_actor
from ..database import db
from ..dictionary.fields import read_id
from ..dictionary.ledger import Ledger
from ..dictionary.paths import UID, field_at
from ..dictionary.roles import Reach, Verb
from ..dictionary.titles import title_of, titles_of
from ..lists.listing import Listing
from ..lists.values import seen
from ..paperwork import paperpages
from ..records.saving import Writing, version_of
from ..records.writing import erase, write
from ..refusals import NotThere, Refused
from . import pages, rowforms, rowpages
from .forms import LedgerField, as_typed, attach, form_class, form_paths, referred_in, row_paths, sections, shown_fields, typed_changes

PAGE_SIZES = (25, 50, 100, 200)


class LedgerView(ModelView):
    """A ledger's pages. A view names its list and filter columns; all else follows from the model."""

    list_columns: tuple[str, ...] = ()
    filter_columns: ClassVar[tuple[str, ...]] = ()
    base_permissions = [f"can_{verb}" for verb in Verb]
    exclude_route_methods = {"download", "action", "action_post"}

    def __init__(self, **options: Any) -> None:
        self.model: type[Ledger] = self.datamodel.obj
        self.key = self.model.__tablename__
        self.route_base = f"/{self.key}"
        self.class_permission_name = self.key
        super().__init__(**options)

    def _init_properties(self) -> None:
        """FAB's defaults would show every column and search every relation; the dictionary says what is shown."""
        self.order_columns = [path for path in self.list_columns if field_at(self.model, path).sortable]
        self.related_views: list[Any] = []
        self._related_views: list[Any] = []
        self.label_columns: dict[str, str] = {}
        self._base_filters = None

    def _init_forms(self) -> None:
        self.add_form = self.edit_form = form_class(self.model)
        self.add_columns = self.edit_columns = form_paths(self.model)

    def _init_titles(self) -> None:
        self.list_title = self.model.entry.label

    # ------------------------------------------------------------------ list

    def _listing(self, actor: Actor, columns: tuple[str, ...] | None = None) -> tuple[Listing, list[str]]:
        """The listing that the address asks for, and sentences about what could not be understood."""
        return pages.listing_asked_for(actor, self.model, columns or self.list_columns, self.filter_columns, request.args)

    @expose("/list/")
    @has_access
    def list(self) -> Any:
        actor = the_actor()
        listing, sentences = self._listing(actor)
        for sentence in sentences:
            flash(sentence, "warning")
        return render_template("list.html", **pages.list_page(listing, self.filter_columns, request.args))

    @expose("/export")
    @has_access
    @permission_name("export")
    def export(self) -> Any:
        """An Excel of just what is filtered and sorted in the list."""
        from ..lists.exporting import list_workbook

        actor = the_actor()
        listing, _sentences = self._listing(actor, (*row_paths(self.model), UID.name))
        return list_workbook(listing)

    # ------------------------------------------------------------------ official forms

    @expose("/paper/<form>/<pk>", methods=["GET"])
    @has_access
    @permission_name("show")
    def paper(self, form: str, pk: str) -> Any:
        """One row's form as a Word document."""
        return paperpages.of_row(the_actor(), self.key, form, self._row(the_actor(), pk, Verb.SHOW).id)

    @expose("/papers/<form>", methods=["GET"])
    @has_access
    @permission_name("export")
    def papers(self, form: str) -> Any:
        """The form that lists just what is filtered in the list."""
        listing, _sentences = self._listing(the_actor(), ())
        return paperpages.of_listing(listing, self.key, form)

    @expose("/bulk", methods=["POST"])
    @has_access
    @permission_name("export")
    def bulk(self) -> Any:
        """The forms of the rows ticked, in one document or as a zip."""
        return paperpages.of_ticked(the_actor(), self.key, request.form.get("action", ""), request.form.getlist("rows"))

    # ------------------------------------------------------------------ show

    def _row(self, actor: Actor, pk: str, verb: Verb) -> Ledger:
        """The row, or 404: another station's row does not exist for you. 403 where it may be seen but not this done to it."""
        if (row_id := read_id(pk)) is None:
            abort(404)
        try:
            return Writing(db.session, actor).existing(self.key, row_id, verb)
        except NotThere:
            abort(404)
        except Refused:
            abort(403)

    @expose("/show/<pk>", methods=["GET"])
    @has_access
    def show(self, pk: str) -> Any:
        actor = the_actor()
        row = self._row(actor, pk, Verb.SHOW)
        return render_template("show.html", **rowpages.row_page(actor, row, request.args))

    # ------------------------------------------------------------------ add and edit

    @expose("/add", methods=["GET", "POST"])
    @has_access
    def add(self) -> Any:
        actor = the_actor()
        form = self.add_form(formdata=request.form if request.method == "POST" else None)
        if request.method == "GET":
            self._prefill(form, actor)
            form.request_id.data = str(uuid4())
            return self._form_page(form, actor, None)
        changes = typed_changes(form, actor, self.model, request.form)
        if "station" in request.form:
            changes["station"] = request.form["station"]
        self._keep_context(changes)
        try:
            row_id = write(actor, self.key, changes, request_id=(form.request_id.data or "")[:64] or None)
        except Refused as refused:
            g.station_errors = refused.by_field().get("station", [])
            return self._form_page(form, actor, None, attach(form, refused)), 422
        flash(_("Saved"), "success")
        again = "again" in request.form
        context = {name: value for name, value in request.args.items() if name in self.model.fields}
        target = f"{self.route_base}/add?{urlencode(context)}" if again else self._after(row_id)
        return redirect(target)

    @expose("/edit/<pk>", methods=["GET", "POST"])
    @has_access
    def edit(self, pk: str) -> Any:
        actor = the_actor()
        row = self._row(actor, pk, Verb.EDIT)
        form = self.edit_form(formdata=request.form if request.method == "POST" else None)
        if request.method == "GET":
            self._fill(form, actor, row)
            return self._form_page(form, actor, row)
        changes = typed_changes(form, actor, self.model, request.form)
        try:
            write(actor, self.key, changes, row_id=row.id, version=form.version.data)
        except NotThere:
            abort(404)
        except Refused as refused:
            db.session.rollback()
            row = self._row(actor, pk, Verb.EDIT)
            conflict = rowforms.conflict(actor, row, form) if "stale" in refused.codes else None
            if conflict:
                form.version.data = version_of(db.session, row)
            return self._form_page(form, actor, row, [] if conflict else attach(form, refused), conflict), 409 if conflict else 422
        flash(_("Saved"), "success")
        return redirect(self._after(row.id))

    def _after(self, row_id: int) -> str:
        """Where a saved form leads: back to the page it was opened from, else to the row."""
        back = request.args.get("back", "")
        return back if back.startswith("/") and not back.startswith(("//", "/\\")) else f"{self.route_base}/show/{row_id}"

    def _keep_context(self, changes: dict[str, Any]) -> None:
        """A 1:1 detail may be entered for an activity that is already planned: its id stands in the address."""
        one = self.model.entry.one_to_one
        if one and (given := read_id(request.args.get(one.field, ""))) is not None:
            changes[one.field] = given

    def _prefill(self, form: Any, actor: Actor) -> None:
        """Defaults, and what the page before already knows."""
        one = self.model.entry.one_to_one
        parent_id = read_id(request.args.get(one.field, "")) if one else None
        if one and parent_id is not None:
            key = self.model.fields[one.field].target
            try:
                parent = Writing(db.session, actor).existing(key, parent_id, Verb.SHOW)
            except (NotThere, Refused):
                abort(404)
            for name, value in rowforms.form_values(actor, parent, one.shown).items():
                form._fields[f"{one.field}.{name}"].process_data(value)
        self_only = actor.reach(self.key, Verb.ADD) is Reach.SELF
        for each in shown_fields(form, actor, self.model):
            given = request.args.get(each.path)
            if self_only and given is None and each.path == self.model.entry.deputy:
                given = str(actor.deputy_id)
            if given is not None:
                each.data = request.args.getlist(each.path)[:200] if isinstance(each.data, list) else given[:500]
            elif each.data in ("", None, []) and each.item.default is not None:
                each.process_data(each.item.default)

    def _fill(self, form: Any, actor: Actor, row: Ledger) -> None:
        for path, value in rowforms.form_values(actor, row, form_paths(self.model)).items():
            form._fields[path].data = as_typed(field_at(self.model, path), seen(actor, self.model, path, value))
        form.version.data = version_of(db.session, row)

    def _form_page(self, form: Any, actor: Actor, row: Ledger | None, errors: Any = (), conflict: Any = None) -> str:
        fields = [each for each in form if isinstance(each, LedgerField)]
        titles = titles_of(db.session, pages.visible_references(actor, referred_in(form)))
        checklists = rowforms.checklists(fields, row.station_id if row is not None and hasattr(row, "station_id") else actor.station_id)
        return render_template(
            "form.html",
            **rowforms.form_page(
                actor, self.model, row, sections(form, actor, self.model, titles, checklists), form, list(errors), conflict
            ),
        )

    # ------------------------------------------------------------------ delete

    @expose("/delete/<pk>", methods=["GET", "POST"])
    @has_access
    def delete(self, pk: str) -> Any:
        actor = the_actor()
        row = self._row(actor, pk, Verb.DELETE)
        if request.method == "GET":
            return render_template("confirm.html", **rowforms.delete_page(row))
        title = title_of(db.session, row)
        try:
            erase(actor, self.key, row.id, version=request.form.get("version") or None)
        except NotThere:
            abort(404)
        except Refused as refused:
            for refusal in refused.refusals:
                flash(refusal.sentence(), "danger")
            return redirect(f"{self.route_base}/show/{pk}")
        flash(_("“%(title)s” is in the recycle bin", title=title[:60]), "success")
        return redirect(f"{self.route_base}/list/")
