"""Two persons of a station never hold the same certificate number at once."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.access.actor import program
from app.core.database import db
from app.core.dictionary.ledger import LEDGERS
from app.core.records.bulk import Draft, save_all
from app.core.records.writing import change_set
from app.core.refusals import Refused
from tests.support.databases import Scene
from tests.support.office import NAMES, OFFICE, TOWNSHIP

pytestmark = pytest.mark.both_databases
NUMBER = "青代第0099号"


@pytest.fixture
def scene() -> Scene:
    return OFFICE


def test_a_certificate_has_one_holder_across_terms_until_the_mandate_ends(app: Flask) -> None:
    with app.test_request_context():
        deputies = LEDGERS["deputies"]
        first, second = (db.session.scalar(select(deputies).where(deputies.name == name)) for name in NAMES[TOWNSHIP][:2])
        station = first.station_id
        with change_set(program(station, "test")) as writing:
            terms = [
                writing.save("terms", {"level": "township", "ordinal": ordinal, "starts_on": f"{2000 + ordinal}-01-01"}).id
                for ordinal in (15, 17, 18)
            ]
            held = writing.save("mandates", {"deputy": first.id, "term": terms[0], "certificate": NUMBER})
            writing.save("mandates", {"deputy": first.id, "term": terms[1], "certificate": NUMBER})
            drafts = [
                Draft("mandates", {"deputy": second.id, "term": terms[1], "certificate": number}) for number in (NUMBER, "青代第0100号")
            ]
            with pytest.raises(Refused) as refused:
                writing.save("mandates", drafts[0].changes)
            together = save_all(writing, drafts)
            assert together[0] == refused.value.refusals
            assert [(each.code, each.field, each.facts["title"]) for each in together[0]] == [("taken", "certificate", first.name)]
            ended = {"state": "ended", "state_since": "2018-01-01", "state_reason": "任期届满"}
            for mandate in writing.rows(LEDGERS["mandates"], station, certificate=NUMBER):
                writing.save("mandates", ended, row=mandate)
            other = writing.save("mandates", {"deputy": second.id, "term": terms[2], "certificate": NUMBER})
            with pytest.raises(Refused):
                writing.save("mandates", {"state": "serving"}, row=held)
            assert other.deputy_id == second.id
