"""The papers of a filed item: the record's official forms as they are filled in on that day, and its files, copied.

They are an item's own: what becomes of the record later does not change them. Each opens for who may open files of the ledgers that it was
made from, for an item itself holds nothing personal and its scans may.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from app.core.dictionary.roles import Verb
from app.core.files.attaching import Taken, in_store, take_in
from app.core.files.attachments import Attachment, attachments_of, file_store
from app.core.paperwork.papers import FORMS, Form, Reading, filled
from app.core.paperwork.templates import template_of
from app.core.refusals import Refusal, Refused
from app.paper import bound, render

from .kinds import OPINIONS, Kept, Kind


@contextmanager
def papers_of_record(reading: Reading, kind: Kind, row_id: int) -> Iterator[tuple[list[Taken], set[str]]]:
    """The record's papers, waiting in the store while their item is written, and the set of those that get an entry."""
    taken: list[Taken] = []
    with in_store(taken) as kept:
        for each in kind.forms:
            for form, ids in _forms(reading, each, row_id):
                for name, data in filled(form, reading, ids):
                    _keep(taken, f"{name}.docx", data, str(form.label), (form.ledger, *form.reads))
        for ledger, path in ((kind.key, ""), *kind.attached):
            for found in _rows(reading, ledger, path, row_id):
                _copy_files(reading, taken, ledger, found)
        yield taken, kept


@contextmanager
def bound_register(reading: Reading, ids: Sequence[int]) -> Iterator[tuple[list[Taken], set[str]]]:
    """The opinions bound: cover and contents, then each one's sheet (S8-6)."""
    taken: list[Taken] = []
    with in_store(taken) as kept:
        cover, sheet = FORMS["opinion_volume"], FORMS["opinion_register"]
        front = cover.sheets(reading, ids)[0]
        sheets = [data for _name, data in filled(sheet, reading, ids)]
        data = bound(render(template_of(cover.key, front.station_id), front.facts), sheets)
        _keep(taken, f"{front.name}.docx", data, str(cover.label), (OPINIONS, *cover.reads))
        yield taken, kept


@contextmanager
def form_alone(form: Form, reading: Reading, row_id: int) -> Iterator[tuple[list[Taken], set[str]]]:
    """One form of what is no ledger's row; it opens for who may open the item's files."""
    taken: list[Taken] = []
    with in_store(taken) as kept:
        for name, data in filled(form, reading, [row_id]):
            _keep(taken, f"{name}.docx", data, str(form.label), ())
        yield taken, kept


def foreseen(reading: Reading, kind: Kind, row_id: int) -> tuple[list[str], int]:
    """What would be kept with an item: the forms' labels, and how many files. Raises Refused where one of these is gone."""
    labels = [str(form.label) for each in kind.forms for form, _ids in _forms(reading, each, row_id)]
    files = [
        _stored(each)
        for ledger, path in ((kind.key, ""), *kind.attached)
        for found in _rows(reading, ledger, path, row_id)
        for each in attachments_of(reading.session, ledger, found)
    ]
    return labels, len(files)


def _forms(reading: Reading, each: Kept, row_id: int) -> Iterator[tuple[Form, list[int]]]:
    form = FORMS[each.form]
    if not form.open_to(reading.actor, Verb.SHOW):
        return
    ids = _rows(reading, each.ledger, each.path, row_id)
    if each.needs:
        ids = [row.id for row in reading.rows(each.ledger, ids, (each.needs,)) if row.values[each.needs]]
    if ids:
        yield form, ids


def _rows(reading: Reading, ledger: str, path: str, row_id: int) -> list[int]:
    if not path:
        return [row_id]
    return [row.id for row in reading.under(ledger, path, row_id, ())] if reading.actor.may(ledger, Verb.LIST) else []


def _copy_files(reading: Reading, taken: list[Taken], ledger: str, row_id: int) -> None:
    for each in attachments_of(reading.session, ledger, row_id):
        with _stored(each).open("rb") as content:
            _keep(taken, each.name, content, each.note or _("From the record"), (ledger, *(each.drawn_from or "").split()))


def _stored(attached: Attachment) -> Path:
    """Where a file lies. What is gone is said: an item that lacks a paper of its record is none."""
    path = file_store().path(attached.stored)
    if path is None:
        raise Refused(Refusal("file_lost", None, {"name": attached.name}))
    return path


def _keep(taken: list[Taken], name: str, content: Any, note: str, drawn_from: Sequence[str]) -> None:
    source = BytesIO(content) if isinstance(content, bytes) else content
    judged = take_in(name, source, note[:200], " ".join(dict.fromkeys(drawn_from)))
    if isinstance(judged, Refusal):
        raise Refused(judged)
    if judged.sha256 in {each.sha256 for each in taken}:
        file_store().drop(judged.stored)
    else:
        taken.append(judged)
