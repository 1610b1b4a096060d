"""Records that are closed and can be filed: activities held, opinions closed, dossiers sealed."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from app.archives.dossier.models import SealedDossier
from app.archives.dossier.sealing import seal
from app.core.access.actor import program
from app.core.database import db
from app.core.dictionary.ledger import LEDGERS
from app.core.records.writing import change_set

from .office import Office

_sealed: Any = SealedDossier


def held(office: Office, title: str = "青石学习会", station: int | None = None) -> int:
    """An activity that has taken place."""
    station = station or office.township
    with office.app.test_request_context(), change_set(program(station, "test")) as writing:
        found = writing.rows(LEDGERS["activities"], station, title=title)
        row: Any = found[0] if found else writing.save(
            "activities", {"type": "meeting", "title": title, "start": "2026-03-20 09:00"}, by_program=True
        )
        writing.save("activities", {"finished_at": "2026-03-21 09:00"}, row=row, by_program=True)
        assert row.status == "held"
        return int(row.id)


def closed(office: Office, count: int = 1, day: str = "2025-11-20") -> list[int]:
    """Opinions that were answered and closed."""
    ids = []
    with office.app.test_request_context(), change_set(program(office.township, "test")) as writing:
        for number in range(count):
            opinion = writing.save(
                "opinions",
                {
                    "heard_on": "2025-11-03",
                    "voter_name": f"张桂花{number}",
                    "words": f"第{number}处路面破损",
                    "handling": "answered_on_spot",
                },
                by_program=True,
            )
            reply = {
                "opinion": opinion.id,
                "replied_on": "2025-11-03",
                "form": "in_person",
                "answer": "已说明",
                "answered_by": "deputy",
                "satisfaction": "satisfied",
                "asked_on": "2025-11-03",
            }
            writing.save("replies", reply, by_program=True)
            writing.save("opinions", {"closed_on": day}, row=opinion, by_program=True)
            assert opinion.status == "closed"  # type: ignore[attr-defined]
            ids.append(int(opinion.id))
    return ids


def sealed(office: Office) -> list[Any]:
    """The year 2025 of the station's three deputies, sealed by its presidium."""
    with office.app.test_request_context():
        with change_set(program(office.township, "test")) as writing:
            term = writing.save("terms", {"level": "township", "ordinal": 10, "starts_on": "2021-12-01"}, by_program=True)
            for row in writing.rows(LEDGERS["deputies"], office.township):
                mandate = {"deputy": row.id, "term": term.id, "certificate": f"Z{row.id}"}
                writing.save("mandates", mandate, by_program=True)
        assert seal(db.session(), office.actor("presidium1"), 2025, None, "周主席", date(2026, 1, 12)) == 3
        return list(db.session.execute(select(_sealed.id, _sealed.deputy_id).order_by(_sealed.id)))
