"""The one way to write a ledger: scope, rules, references, version, audit and search index in one transaction.

Web form, REST, import, screens and the demo only adapt to `write` and `erase`. An area adds what its ledger does
besides (numbers, states, rows that come along) with the hooks of hooks.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from ..access.actor import Actor
from ..database import db, write_transaction
from ..dictionary.roles import Verb
from ..refusals import Refusal, Refused
from .guard import writing_allowed
from .saving import Writing


def write(
    actor: Actor,
    key: str,
    changes: Mapping[str, Any],
    *,
    row_id: int | None = None,
    version: str | None = None,
    request_id: str | None = None,
    reason: str | None = None,
) -> int:
    """Add a row, or change the row `row_id` as it was in `version`; gives its id.

    `changes` maps field names (of a 1:1 parent: `activity.start`) to values as typed or sent. The same `request_id` again
    gives the row it made. Raises Refused with every reason found, NotThere where the row is not the actor's.
    """
    try:
        with change_set(actor, reason) as writing:
            row = writing.existing(key, row_id, Verb.EDIT) if row_id is not None else None
            if row is None and request_id and (made := writing.made_by(key, request_id)):
                return made
            if row is not None:
                writing.check_version(row, version)
            return writing.save(key, changes, row=row, request_id=request_id).id
    except (Refused, IntegrityError) as error:
        if request_id and row_id is None and (made := Writing(db.session(), actor).made_by(key, request_id)):
            return made  # the same request came twice at once, and the other one was first
        if isinstance(error, Refused):
            raise
        raise Refused(refusal_of(error)) from error
    except StaleDataError as error:
        raise Refused(Refusal("conflict")) from error


def erase(actor: Actor, key: str, row_id: int, *, version: str | None = None, reason: str | None = None) -> None:
    """Move a row with its owned children to the recycle bin. Raises Refused where others refer to it, NotThere."""
    with change_set(actor, reason) as writing:
        row = writing.existing(key, row_id, Verb.DELETE)
        if version is not None:
            writing.check_version(row, version)
        try:
            writing.erase(row)
        except IntegrityError as error:
            raise Refused(refusal_of(error)) from error


@contextmanager
def change_set(actor: Actor, reason: str | None = None) -> Iterator[Writing]:
    """Several rows written together, or none of them: services work on the Writing that this gives."""
    with write_transaction(db.session) as session, writing_allowed(session):
        writing = Writing(session, actor, reason)
        yield writing
        writing.index()


def refusal_of(error: IntegrityError) -> Refusal:
    """A database's no as ours, for what slipped between the rules' look and the write."""
    text = str(error.orig).lower()
    if "foreign key" in text:
        return Refusal("no_such_row")
    return Refusal("conflict")
