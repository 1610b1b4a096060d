"""Official forms as data, and a row as the actor may see it on one: areas declare forms, every ledger's pages offer them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy.orm import Session

from app.paper import TemplateFault, bundled, joined, render, streamed

from .. import clock
from ..access.actor import Actor
from ..dictionary.ledger import LEDGERS
from ..dictionary.roles import Verb
from ..lists.listing import Listing, Row
from ..lists.tabs import Tab, listing_of
from ..refusals import NotThere, Refusal, Refused
from .templates import template_of

MOST_SHEETS = 200
MOST_LINES = 2_000


@dataclass(frozen=True)
class Slot:
    """A field that a template may name; of a table it holds the fields of a line."""

    name: str
    label: Any
    sample: Any = ""
    line: tuple[Slot, ...] = ()

    def shown(self) -> Any:
        """What stands there in a specimen."""
        return [sample_of(self.line), sample_of(self.line)] if self.line else self.sample


TEXT = Slot(
    "paragraphs",
    lazy_gettext("The text, by paragraphs"),
    line=(
        Slot("text", lazy_gettext("Paragraph"), "全年开展代表活动十八次。"),
        Slot("heading", lazy_gettext("“1” for a heading, or empty"), ""),
    ),
)
"""A text that people wrote, as `paragraphs` of the paper give it."""


def sample_of(slots: Sequence[Slot]) -> dict[str, Any]:
    """A specimen of everything that a template may name."""
    return {slot.name: slot.shown() for slot in slots}


@dataclass(frozen=True)
class Letterhead:
    """Whose paper it is: the station, and the organ of the township or street in whose name it goes out."""

    station_id: int | None
    station: str = ""
    town: str = ""
    office: str = ""


@dataclass(frozen=True)
class Sheet:
    """One filled form: what it is called, whose template it takes, and its values."""

    name: str
    station_id: int | None
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Reading:
    """Rows for a form, as their reader may see them: masked and scoped like lists and pages."""

    session: Session
    actor: Actor
    year: int = field(default_factory=lambda: clock.today().year)

    @cached_property
    def today(self) -> date:
        return clock.today()

    def rows(self, key: str, ids: Sequence[int], columns: Sequence[str]) -> list[Row]:
        """Rows whose ids were found to be the actor's to see."""
        return Listing(self.session, self.actor, LEDGERS[key], columns).rows(ids)

    def under(self, key: str, path: str, row_id: int, columns: Sequence[str], sort: str = "") -> list[Row]:
        """Rows of another ledger whose `path` leads to the row; none where the actor may not list them."""
        listing = listing_of(self.session, self.actor, Tab(key, path), row_id, [*columns])
        listing.sort = sort
        return list(listing.stream())

    def letterhead(self, key: str, row_id: int) -> Letterhead:
        """Of the row's station."""
        return self.letterhead_of(getattr(self.session.get_one(LEDGERS[key], row_id), "station_id", None))

    def letterhead_of(self, station_id: int | None) -> Letterhead:
        station: Any = self.session.get(LEDGERS["stations"], station_id) if station_id is not None else None
        if station is None:
            return Letterhead(None)
        town = station.town or ""
        office = _("%(town)s street working committee", town=town) if station.kind == "street" else _("%(town)s presidium", town=town)
        return Letterhead(station_id, station.name, town, office)


@dataclass(frozen=True)
class Form:
    """A form of a ledger. `together`: one sheet lists all rows chosen; else each row has a sheet of its own."""

    key: str
    label: Any
    ledger: str
    slots: tuple[Slot, ...]
    sheets: Callable[[Reading, Sequence[int]], list[Sheet]]
    together: bool = False
    yearly: bool = False
    """Is about one year; by itself about the present one."""
    verb: Verb = Verb.SHOW
    """What one must be allowed to do with a row to have its form."""
    reads: tuple[str, ...] = ()
    """Ledgers that it draws on: who may not list them all would get a form that leaves things out."""
    offered: Callable[[Any], bool] | None = None
    """Whether a row's page offers it; None: every row's. `sheets` refuses the others by itself."""

    def open_to(self, actor: Actor, verb: Verb) -> bool:
        return all(actor.may(self.ledger, each) for each in (verb, self.verb)) and all(actor.may(key, Verb.LIST) for key in self.reads)

    @property
    def sample(self) -> dict[str, Any]:
        return sample_of(self.slots)


FORMS: dict[str, Form] = {}
"""By key; filled in by the registry."""


def forms_of(actor: Actor, ledger: str, verb: Verb) -> list[Form]:
    """The forms that this actor may have of a ledger's rows."""
    return [form for form in FORMS.values() if form.ledger == ledger and form.open_to(actor, verb)]


def papers_of(actor: Actor, row: Any) -> list[tuple[str, str]]:
    """The forms of one row, as label and the address below its ledger; a yearly one for this year and the last."""
    found = []
    for form in forms_of(actor, row.__tablename__, Verb.SHOW):
        if form.offered is not None and not form.offered(row):
            continue
        address = f"paper/{form.key}/{row.id}"
        if form.yearly and not form.together:
            year = clock.today().year
            found += [(_("%(form)s %(year)s", form=str(form.label), year=each), f"{address}?year={each}") for each in (year, year - 1)]
        elif not form.together:
            found.append((str(form.label), address))
    return found


def form_for(ledger: str, key: str) -> Form:
    """Raises NotThere where the ledger has no such form."""
    form = FORMS.get(key)
    if form is None or form.ledger != ledger:
        raise NotThere(key)
    return form


def chosen_rows(session: Session, actor: Actor, ledger: str, ids: Sequence[int], verb: Verb) -> list[int]:
    """The rows ticked, in the ledger's order. Raises NotThere when one of them does not exist for this actor."""
    listing = Listing(session, actor, LEDGERS[ledger], [], verb=verb)
    listing.predicates.append(LEDGERS[ledger].id.in_(ids))
    found = listing.ids(0, len(ids))
    if len(found) != len(set(ids)):
        raise NotThere(ledger)
    return found


def filled(form: Form, reading: Reading, ids: Sequence[int]) -> list[tuple[str, bytes]]:
    """Each sheet's name and document. Raises Refused when there is nothing to fill in, too much, or a template does not work."""
    most = MOST_LINES if form.together else MOST_SHEETS
    if not ids and not form.together:
        raise Refused(Refusal("nothing_chosen"))
    if len(ids) > most:
        raise Refused(Refusal("too_many_rows", None, {"most": most}))
    try:
        return [(sheet.name, render(template_of(form.key, sheet.station_id), sheet.facts)) for sheet in form.sheets(reading, ids)]
    except TemplateFault as fault:
        raise Refused(Refusal("template_unfit", None, {"form": form.label, "words": fault})) from fault


def document(form: Form, reading: Reading, ids: Sequence[int]) -> tuple[str, bytes]:
    """One document for all rows: its name without ending, and the document. Raises Refused."""
    sheets = filled(form, reading, ids)
    if len(sheets) == 1:
        return sheets[0]
    return f"{form.label}{clock.today():%Y%m%d}", joined([data for _name, data in sheets])


def bundle(form: Form, reading: Reading, ids: Sequence[int]) -> tuple[str, bytes]:
    """A zip with a document for each row. Raises Refused."""
    return f"{form.label}{clock.today():%Y%m%d}", bundled(filled(form, reading, ids))


def bundle_streamed(form: Form, reading: Reading, ids: Sequence[int]) -> Iterator[bytes]:
    """A zip with a document for each row, numbered in the order of the ids, made while it goes out: it may hold as many as there are.
    Raises Refused before anything is sent where the template does not work."""
    if not ids:
        raise Refused(Refusal("nothing_chosen"))
    sheets = form.sheets(reading, ids)
    templates = {station: template_of(form.key, station) for station in {sheet.station_id for sheet in sheets}}
    try:
        render(templates[sheets[0].station_id], sheets[0].facts)
    except TemplateFault as fault:
        raise Refused(Refusal("template_unfit", None, {"form": form.label, "words": fault})) from fault
    return streamed((f"{n:03d} {sheet.name}", render(templates[sheet.station_id], sheet.facts)) for n, sheet in enumerate(sheets, 1))
