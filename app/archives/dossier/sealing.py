"""Sealing a year (S10-5, R23): by the presidium, or by the head of station with the name of who signed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NoReturn

from flask_babel import lazy_gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.core import clock, refusals
from app.core.access.actor import Actor
from app.core.database import write_transaction
from app.core.refusals import NotThere, Refusal, Refused, refuse_any
from app.work.services import setting

from . import rules
from .copies import seal_over, written_down
from .models import SealedDossier
from .services import Dossier, dossier_of, dossiers_of, whole_year

SEALERS = frozenset({"presidium", "head"})


def window_of(session: Session, station_id: int | None, year: int) -> tuple[date, date]:
    """First and last day of sealing a year at this station."""
    first, last = (setting(session, station_id, name) for name in ("dossier_sealed_from", "dossier_sealed_by"))
    return rules.seal_window(year, tuple(first), tuple(last))


def seal(session: Session, actor: Actor, year: int, deputy_id: int | None, signed_by: str, signed_on: date | None) -> int:
    """Seal the year of one deputy, or of everyone whose year is not sealed yet; gives how many. Raises Refused, NotThere."""
    if not SEALERS & set(actor.roles):
        raise Refused(Refusal("not_permitted"))
    if actor.station_id is None:
        raise Refused(Refusal("wrong_station"))
    today = clock.today()
    name = " ".join(signed_by.split()) or (actor.name if "presidium" in actor.roles else "")
    window = window_of(session, actor.station_id, year)
    refuse_any([*rules.may_seal(year, today, window), *rules.signature(name, signed_on, today, window)])
    try:
        with write_transaction(session) as writing:
            every = dossiers_of(writing, actor, year, actor.station_id)
            chosen = _chosen(every, year, deputy_id)
            for each in chosen:
                writing.add(_copy(actor, each, year, name, signed_on or today))
    except IntegrityError as error:  # somebody else sealed it at this moment
        raise Refused(Refusal("all_sealed", None, {"year": year})) from error
    return len(chosen)


def _chosen(every: Collection[Dossier], year: int, deputy_id: int | None) -> list[Dossier]:
    if deputy_id is None:
        chosen = [each for each in every if each.sealed is None]
        refuse_any([Refusal("all_sealed", None, {"year": year})] if not chosen else [])
        return chosen
    chosen = [each for each in every if each.record.person.deputy_id == deputy_id]
    if not chosen:
        raise NotThere("deputies")
    names = "、".join(each.record.person.name for each in chosen if each.sealed is not None)
    refuse_any([Refusal("sealed_already", None, {"year": year, "names": names})] if names else [])
    return chosen


def _copy(actor: Actor, dossier: Dossier, year: int, signed_by: str, signed_on: date) -> SealedDossier:
    person = dossier.record.person
    row = SealedDossier(
        station_id=person.station_id,
        deputy_id=person.deputy_id,
        year=year,
        content=written_down(dossier.record, dossier.medians),
        signed_by=signed_by,
        signed_on=signed_on,
        entered_by=actor.name,
        account_id=actor.account_id,
        sealed_at=clock.utc_now().replace(microsecond=0),
    )
    row.seal = seal_over(row.content, row)
    return row


def refuse_deleting(session: Session, actor: Actor, deputy_id: int, year: int) -> NoReturn:
    """A dossier is not deleted: what is sealed stays, what is not is nothing but the ledgers. Raises Refused, NotThere."""
    found = dossier_of(session, actor, deputy_id, whole_year(year), year)
    raise Refused(Refusal("sealed_stays" if found.sealed is not None else "nothing_kept", None, {"year": year}))


refusals.SENTENCES.update({
    "sealed_stays": _("The year %(year)s is sealed: a sealed dossier is never deleted; later changes are its addendum"),
    "nothing_kept": _("The dossier of %(year)s is computed from the ledgers and not sealed yet: there is nothing to delete"),
    "sealed_already": _("The year %(year)s is sealed already: %(names)s. A sealed dossier stays as it is; later changes are its addendum"),
    "all_sealed": _("Every dossier of the year %(year)s is sealed already"),
    "seal_too_early": _("The year %(year)s can be sealed from %(first)s on"),
    "signer_missing": _("Write who of the presidium signed"),
    "signed_outside": _("It is signed between %(first)s and today"),
})
