"""Dossiers: every figure recomputed from raw rows for every deputy of the demo; sealed, changed, opened again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import scoped_session

from app.archives.dossier import rules
from app.archives.dossier.copies import sealed_of
from app.archives.dossier.models import SealBroken, SealedDossier
from app.archives.dossier.sealing import seal
from app.archives.dossier.services import dossier_of, dossiers_of, records, whole_year
from app.core.access.actor import Actor, program
from app.core.clock import clock_at
from app.core.dictionary.ledger import LEDGERS
from app.core.records.saving import version_of
from app.core.records.writing import erase, write
from app.core.refusals import NotThere, Refused
from tests.integration.core.test_query_budgets import statements
from tests.integration.demo.test_demo import TODAY, filled
from tests.support.databases import Scene

pytestmark = pytest.mark.both_databases
Session = scoped_session[Any]
PRESIDIUM = Actor("周主席", ("presidium",), account_id=1, station_id=1, home_id=1)
_sealed: Any = SealedDossier

OWN = "a.arranged = 'certificate'"
HELD = f"a.start >= :first AND a.start < :after AND a.status IN ('held', 'reported') AND NOT {OWN}"
MARKS = "SELECT count(*) FROM attendance m JOIN activities a ON a.id = m.activity_id WHERE m.deputy_id = :who AND "
OF_MANDATE = "mandate_id IN (SELECT id FROM mandates WHERE deputy_id = :who)"
IN_YEAR = "BETWEEN :first AND :last"
BY_HAND = {
    "invited": f"{MARKS} {HELD}",
    "came": f"{MARKS} {HELD} AND m.state IN ('present', 'late')",
    "leave": f"{MARKS} {HELD} AND m.state = 'leave'",
    "absent": f"{MARKS} {HELD} AND m.state = 'absent'",
    "receptions": f"{MARKS} {HELD} AND m.state IN ('present', 'late') AND a.type = 'reception_day'",
    "visits": f"SELECT count(*) FROM visits WHERE deputy_id = :who AND confirmed AND visited_on {IN_YEAR}",
    "deeds": f"SELECT count(*) FROM good_deeds WHERE deputy_id = :who AND confirmed AND done_on {IN_YEAR}",
    "opinions": f"SELECT count(*) FROM opinions WHERE deputy_id = :who AND heard_on {IN_YEAR}",
    "closed": f"SELECT count(*) FROM opinions WHERE deputy_id = :who AND heard_on {IN_YEAR} AND closed_on IS NOT NULL",
    "content": f"""
        SELECT count(*) FROM opinions o WHERE deputy_id = :who AND heard_on {IN_YEAR} AND EXISTS (
            SELECT 1 FROM replies r WHERE r.opinion_id = o.id AND r.satisfaction IN ('satisfied', 'mostly')
            AND NOT EXISTS (SELECT 1 FROM replies s WHERE s.opinion_id = o.id AND s.round > r.round))""",
    "suggestions": f"""
        SELECT (SELECT count(*) FROM suggestions WHERE deputy_id = :who AND submitted_on {IN_YEAR})
             + (SELECT count(*) FROM suggestions s JOIN suggestions_co_signers c ON c.row_id = s.id
                WHERE c.target_id = :who AND s.submitted_on {IN_YEAR})""",
    "motions": f"""
        SELECT (SELECT count(*) FROM motions WHERE lead_id IN (SELECT id FROM mandates WHERE deputy_id = :who) AND submitted_on {IN_YEAR})
             + (SELECT count(*) FROM motions m JOIN motions_co_signers c ON c.row_id = m.id
                WHERE c.target_id IN (SELECT id FROM mandates WHERE deputy_id = :who) AND m.submitted_on {IN_YEAR})""",
    "inspections": f"""
        SELECT (
            {MARKS} {HELD} AND m.state IN ('present', 'late') AND a.type IN ('inspection', 'research', 'enforcement')
        ) + (
            SELECT count(*) FROM attendance m JOIN activities a ON a.id = m.activity_id JOIN inspections i ON i.activity_id = a.id
            WHERE m.deputy_id = :who AND {OWN} AND i.confirmed AND a.start >= :first AND a.start < :after AND a.start <= :now
            AND a.status <> 'cancelled' AND (i.holder_id = :who OR m.state IN ('present', 'late')))""",
    "reports": f"SELECT count(*) FROM duty_reports WHERE {OF_MANDATE} AND year = :year AND submitted_on IS NOT NULL",
    "sessions": f"SELECT count(*) FROM congress_attendance t JOIN congress_sessions s ON s.id = t.session_id "
    f"WHERE {OF_MANDATE} AND s.starts_on {IN_YEAR}",
    "sessions_attended": f"SELECT count(*) FROM congress_attendance t JOIN congress_sessions s ON s.id = t.session_id "
    f"WHERE {OF_MANDATE} AND s.starts_on {IN_YEAR} AND t.state = 'attended'",
    "speeches": f"SELECT count(*) FROM congress_speeches WHERE {OF_MANDATE} AND spoken_on {IN_YEAR}",
}
"""Each figure once more, in plain SQL over the tables."""


@pytest.fixture
def scene() -> Scene:
    return Scene("small demo", filled)


@pytest.fixture(autouse=True)
def _today(app: Flask) -> Iterator[None]:
    with app.test_request_context(), clock_at(TODAY):
        yield


def test_every_figure_of_every_deputy_is_what_the_raw_rows_say(session: Session) -> None:
    seen = dict.fromkeys(BY_HAND, 0)
    for year in (2025, 2026):
        read = records(session(), whole_year(year), None)
        assert len(read) == 24
        known = {"year": year, "first": date(year, 1, 1), "last": date(year, 12, 31), "after": datetime(year + 1, 1, 1), "now": TODAY}
        for deputy_id, record in read.items():
            by_hand = {name: session.scalar(text(asked), known | {"who": deputy_id}) for name, asked in BY_HAND.items()}
            found = rules.figures(record)
            assert {name: found[name] for name in BY_HAND} == by_hand, (year, record.person.name)
            assert found["rate"] == (round(100 * by_hand["came"] / by_hand["invited"], 1) if by_hand["invited"] else None)
            seen = {name: seen[name] + by_hand[name] for name in seen}
    assert [name for name, count in seen.items() if not count] == []


def test_each_item_leads_to_a_row_and_the_headings_add_up(session: Session) -> None:
    for record in records(session(), whole_year(2025), None).values():
        for item in record.items:
            assert session.get(LEDGERS[item.ledger], item.row_id) is not None
        assert len({item.key for item in record.items}) == len(record.items)
        assert sum(rules.category_counts(record).values()) == rules.figures(record)["total"]


def test_the_statements_do_not_grow_with_deputies(session: Session) -> None:
    with statements() as one:
        records(session(), whole_year(2025), 1, [1])
    with statements() as all_of_them:
        records(session(), whole_year(2025), None)
    assert len(one) == len(all_of_them) <= 16
    with statements() as page:
        dossier_of(session(), PRESIDIUM, 1, whole_year(2025), 2025)
    with statements() as summary:
        dossiers_of(session(), PRESIDIUM, 2025, 1)
    assert len(page) <= 22
    assert len(summary) <= 22


def test_sealed_changed_and_opened_again_the_seal_is_intact_and_the_addendum_shown(session: Session) -> None:
    """The demo's presidium sealed the year 2025 in January; it is March."""
    chosen = next(each for each in dossiers_of(session(), PRESIDIUM, 2025, 1) if each.figures["visits"] and not each.addendum)
    who, visit = chosen.record.person.deputy_id, next(item for item in chosen.record.items if item.kind == "visit_entry")
    assert chosen.sealed is not None
    office = program(1, "test")
    row = session.get_one(LEDGERS["visits"], visit.row_id)
    write(office, "visits", {"households": 44}, row_id=row.id, version=version_of(session(), row))
    added = write(office, "good_deeds", {"done_on": "2025-12-24", "deputy": who, "deed": "送医下乡"})
    again = dossier_of(session(), PRESIDIUM, who, whole_year(2025), 2025)
    assert again.sealed is not None
    assert again.sealed.intact
    assert again.record == chosen.record
    assert again.figures == chosen.figures
    assert again.medians == chosen.medians
    assert {(each.what, each.item.row_id) for each in again.addendum} == {("changed", visit.row_id), ("added", added)}
    assert ("deeds", chosen.figures["deeds"], (chosen.figures["deeds"] or 0) + 1) in again.moved


def test_a_year_is_sealed_once_and_the_rest_of_the_station_at_one_stroke(session: Session) -> None:
    sealed = sealed_in(session, 2024)
    assert seal(session, PRESIDIUM, 2024, 1, "", None) == 1
    with pytest.raises(Refused) as refused:
        seal(session, PRESIDIUM, 2024, 1, "", None)
    assert refused.value.codes == {"sealed_already"}
    assert seal(session, PRESIDIUM, 2024, None, "", None) == 7
    with pytest.raises(Refused) as refused:
        seal(session, PRESIDIUM, 2024, None, "", None)
    assert refused.value.codes == {"all_sealed"}
    assert (sealed, sealed_in(session, 2024)) == (0, 8)


def test_of_two_who_seal_at_once_one_is_told(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other's seal comes between the look and the write: the database keeps the first."""
    monkeypatch.setattr("app.archives.dossier.services.sealed_of", lambda *_asked: {})
    assert seal(session, PRESIDIUM, 2024, 1, "", None) == 1
    with pytest.raises(Refused) as refused:
        seal(session, PRESIDIUM, 2024, None, "", None)
    assert refused.value.codes == {"all_sealed"}
    assert sealed_in(session, 2024) == 1


def sealed_in(session: Session, year: int) -> int:
    return session.query(SealedDossier).filter(_sealed.year == year).count()


@pytest.mark.parametrize(
    ("roles", "year", "signed_by", "code"),
    [
        (("head",), 2024, "", "signer_missing"),
        (("head",), 2026, "周主席", "seal_too_early"),
        (("archivist",), 2024, "周主席", "not_permitted"),
        (("liaison",), 2024, "周主席", "not_permitted"),
        (("deputy",), 2024, "周主席", "not_permitted"),
    ],
)
def test_who_may_not_seal_or_not_yet_is_told(session: Session, roles: tuple[str, ...], year: int, signed_by: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        seal(session, Actor("某人", roles, account_id=2, station_id=1, home_id=1), year, 1, signed_by, None)
    assert refused.value.codes == {code}
    assert sealed_in(session, year) == 0


def test_another_stations_deputy_does_not_exist(session: Session) -> None:
    other = next(each for each in records(session(), whole_year(2025), 2))
    with pytest.raises(NotThere):
        seal(session, PRESIDIUM, 2024, other, "", None)
    with pytest.raises(NotThere):
        dossier_of(session(), PRESIDIUM, other, whole_year(2025), 2025)


def test_a_deputy_reads_the_own_dossier_and_a_convenor_or_administrator_none(session: Session) -> None:
    own = Actor("代表", ("deputy",), account_id=3, station_id=1, home_id=1, deputy_id=1)
    assert dossier_of(session(), own, 1, whole_year(2025), 2025).record.items
    assert [each.record.person.deputy_id for each in dossiers_of(session(), own, 2025, 1)] == [1]
    for roles, who in ((("deputy",), 2), (("convenor",), 1), (("admin",), 1), (("convenor", "deputy"), 2)):
        with pytest.raises(NotThere):
            actor = Actor("某人", roles, account_id=3, station_id=1, home_id=1, deputy_id=1, convened_groups=(1,))
            dossier_of(session(), actor, who, whole_year(2025), 2025)


@pytest.mark.parametrize("what", ["content", "signed_by", "seal", "no copy"])
def test_a_copy_that_was_tampered_with_is_told(session: Session, what: str) -> None:
    content = session.scalar(text("SELECT content FROM sealed_dossiers WHERE deputy_id = 1 AND year = 2025"))
    changed = {"content": content.replace('"day":"2025', '"day":"2024'), "signed_by": "王主席", "seal": "0" * 64, "no copy": "{"}[what]
    column = "content" if what == "no copy" else what
    session.execute(text(f"UPDATE sealed_dossiers SET {column} = :changed WHERE deputy_id = 1"), {"changed": changed})
    session.commit()
    found = dossier_of(session(), PRESIDIUM, 1, whole_year(2025), 2025)
    assert found.sealed is not None
    assert not found.sealed.intact
    assert (found.sealed.record is None) == (what == "no copy")


def test_the_program_neither_changes_nor_deletes_a_sealed_dossier(session: Session) -> None:
    row = session.query(SealedDossier).first()
    row.signed_by = "王主席"
    with pytest.raises(SealBroken):
        session.flush()
    session.rollback()
    session.delete(session.query(SealedDossier).first())
    with pytest.raises(SealBroken):
        session.flush()
    session.rollback()
    with pytest.raises(Refused) as refused:
        erase(program(1, "test"), "deputies", 1)
    assert refused.value.codes == {"referred_to"}
    assert sealed_of(session(), 2025, [1])[1].intact
