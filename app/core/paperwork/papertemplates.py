"""Form templates (表单模板): the present one to look at, an own one to put in its place, and the way back to the built-in one."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask_appbuilder import expose
from flask_babel import gettext as _

from app.paper import faults_of, render

from ..access.actor import Actor
from ..access.current import the_actor
from ..dictionary.ledger import LEDGERS
from ..refusals import Refusal
from ..web.screens import Screen
from .paperpages import as_download
from .papers import FORMS, Form, Slot
from .templates import built_in, drop_own, keep_own, own_since, template_of

KEEPERS = frozenset({"admin", "head"})


class TemplatesScreen(Screen):
    """A head keeps the templates of the own station; who looks at all stations those of every station without own ones."""

    route_base = "/templates"
    open_to = KEEPERS

    @expose("/list/")
    def templates(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor = the_actor()
        heads = ((_("Form"), "wide"), (_("Ledger"), ""), (_("Template in use"), ""), (_("In use since"), "narrow"))
        return render_template(
            "list.html",
            ledger={"key": "templates", "label": _("Form templates"), "articles": []},
            count=str(len(FORMS)),
            filters=[],
            filtered=False,
            clear_url="",
            columns=[
                {"name": label, "label": label, "sort_url": None, "sorted": "", "numeric": False, "width": width} for label, width in heads
            ],
            rows=[_line(actor, number, form) for number, form in enumerate(FORMS.values())],
            pager={"page": 1, "pages": 1, "first": 1, "last": len(FORMS), "prev_url": None, "next_url": None, "sizes": []},
            toolbar=[],
            bulk=[],
            empty_hint="",
            hidden_fields=[],
            crumbs=[(_("Form templates"), None)],
        )

    @expose("/show/<key>", methods=["GET", "POST"])
    def template(self, key: str) -> Any:
        """One form's template; sent a file, its new template once nothing stands against it."""
        if (answer := self.admit()) is not None:
            return answer
        actor, form = the_actor(), _form(key)
        wrong = self._put_in_place(actor, form) if request.method == "POST" else []
        if request.method == "POST" and not wrong:
            flash(_("From now on “%(form)s” is printed by your template", form=str(form.label)), "success")
            return redirect(f"/templates/show/{key}")
        in_use, since = _in_use(actor, form)
        page = render_template(
            "template.html",
            title=str(form.label),
            form=form,
            ledger=str(LEDGERS[form.ledger].entry.label),
            in_use=in_use,
            since=f"{since:%Y-%m-%d %H:%M}" if since else "",
            own=own_since(form.key, actor.station_id) is not None,
            whose=_whose(actor),
            errors=[refusal.sentence() for refusal in wrong],
            fields=_documented(form.slots),
            crumbs=[(_("Form templates"), "/templates/list/"), (str(form.label), None)],
        )
        return page, 422 if wrong else 200

    def _put_in_place(self, actor: Actor, form: Form) -> list[Refusal]:
        file = request.files.get("file")
        data = file.read() if file is not None else b""
        if not data:
            return [Refusal("template_missing")]
        wrong = [Refusal(fault.code, None, {"words": fault.words[:200]}) for fault in faults_of(data, form.sample)]
        if not wrong:
            keep_own(form.key, actor.station_id, data)
        return wrong

    @expose("/built_in/<key>", methods=["POST"])
    def back(self, key: str) -> Any:
        """Back to the built-in template; the own one is gone."""
        if (answer := self.admit()) is not None:
            return answer
        form = _form(key)
        drop_own(form.key, the_actor().station_id)
        flash(_("“%(form)s” is printed by the built-in template again", form=str(form.label)), "success")
        return redirect(f"/templates/show/{key}")

    @expose("/file/<key>")
    def file(self, key: str) -> Any:
        """The template in use, or the built-in one, to be changed in Word or WPS."""
        if (answer := self.admit()) is not None:
            return answer
        form = _form(key)
        data = built_in(form.key) if "built_in" in request.args else template_of(form.key, the_actor().station_id)
        return as_download(data, _("%(form)s template", form=str(form.label)), "docx")

    @expose("/specimen/<key>")
    def specimen(self, key: str) -> Any:
        """The template in use, filled in with made-up values."""
        if (answer := self.admit()) is not None:
            return answer
        form = _form(key)
        data = render(template_of(form.key, the_actor().station_id), form.sample)
        return as_download(data, _("%(form)s specimen", form=str(form.label)), "docx")


def _form(key: str) -> Form:
    if key not in FORMS:
        abort(404)
    return FORMS[key]


def _whose(actor: Actor) -> str:
    return _("Holds for this station") if actor.station_id is not None else _("Holds for every station without a template of its own")


def _in_use(actor: Actor, form: Form) -> tuple[str, Any]:
    """Whose template prints the form, and since when."""
    if (since := own_since(form.key, actor.station_id)) is not None:
        return (_("Own template") if actor.station_id is not None else _("The county's template")), since
    if (since := own_since(form.key, None)) is not None:
        return _("The county's template"), since
    return _("Built-in template"), None


def _line(actor: Actor, number: int, form: Form) -> dict[str, Any]:
    in_use, since = _in_use(actor, form)
    url = f"/templates/show/{form.key}"
    texts = (str(form.label), str(LEDGERS[form.ledger].entry.label), in_use, f"{since:%Y-%m-%d}" if since else "")
    cells = [
        {"text": text, "tone": ("info" if since else "mute") if text == in_use else "", "note": "", "url": None, "numeric": False}
        for text in texts
    ]
    return {"id": number, "url": url, "cells": cells, "actions": [{"label": _("Open"), "url": url}]}


def _documented(slots: tuple[Slot, ...], row: str = "") -> list[dict[str, str]]:
    """How each field is written in a template, what it is, and an example."""
    found = []
    for slot in slots:
        name = f"{row}.{slot.name}" if row else slot.name
        if slot.line:
            found.append({"written": "{%tr for x in " + name + " %} … {%tr endfor %}", "label": str(slot.label), "sample": ""})
            found += _documented(slot.line, "x")
        else:
            sample = slot.sample if isinstance(slot.sample, str) else ""
            found.append({"written": "{{ " + name + " }}", "label": str(slot.label), "sample": sample})
    return found
