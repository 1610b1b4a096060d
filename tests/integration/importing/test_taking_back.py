"""A whole import is taken back, until one of its rows was changed since."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from app.core.access.actor import Actor, program
from app.core.database import db
from app.core.dictionary.ledger import LEDGERS
from app.core.records.saving import Writing, version_of
from app.core.records.search import Searchable
from app.core.records.writing import write
from app.core.refusals import NotThere, Refused
from app.importing.models import Import
from app.importing.outcome import Outcome
from app.importing.services import offer, perform, read
from app.importing.taking_back import take_back
from tests.support import yearbook

pytestmark = pytest.mark.both_databases


def imported(actor: Actor, content: bytes) -> int:
    """The id of the import that took this workbook in."""
    kept: list[Import] = []

    def finish(writing: Writing, outcome: Outcome) -> None:
        row = Import(
            station_id=actor.station_id, by=actor.name, file_name="台账.xlsx", state="done", change_set=writing.id, outcome=outcome.kept()
        )
        writing.session.add(row)
        writing.session.flush()
        kept.append(row)

    offered = offer(db.session(), actor, actor.station_id, read(content, "台账.xlsx"))
    perform(actor, actor.station_id, offered, {}, lambda done, total: None, keep=True, reason="导入", finish=finish)
    return kept[0].id


def there() -> dict[str, int]:
    """How many rows each ledger has, where it has any."""
    found = {key: db.session.scalar(select(func.count()).select_from(model)) or 0 for key, model in LEDGERS.items()}
    return {key: number for key, number in found.items() if number}


def change(actor: Actor, key: str, row: Any, changes: dict[str, Any]) -> None:
    write(actor, key, changes, row_id=row.id, version=version_of(db.session(), row))


def test_all_that_it_brought_is_gone_and_waits_in_the_bin(liaison: Actor) -> None:
    before = there()
    import_id = imported(liaison, yearbook.year())
    take_back(liaison, import_id, "传错了文件")
    assert there() == before
    assert db.session.get_one(Import, import_id).state == "undone"
    assert db.session.scalar(select(func.count()).select_from(Searchable).where(Searchable.ledger != "stations")) == 0


def test_taken_back_it_can_be_brought_again(liaison: Actor) -> None:
    take_back(liaison, imported(liaison, yearbook.year()), "传错了文件")
    imported(liaison, yearbook.year())
    assert there()["opinions"] == 4


def test_what_it_changed_is_as_before(liaison: Actor) -> None:
    imported(liaison, yearbook.year())
    before = there()
    sheet = yearbook.roll()
    sheet.rows[0][10] = "13900009999"  # type: ignore[index]
    second = imported(liaison, yearbook.workbook(sheet))
    deputy = db.session.scalars(select(LEDGERS["deputies"]).where(LEDGERS["deputies"].name == "丁一")).one()
    assert deputy.phone == "13900009999"
    take_back(liaison, second, "号码不对")
    db.session.refresh(deputy)
    assert deputy.phone == "13800000001"
    assert there() == before


def test_a_row_changed_since_stands_in_the_way_and_nothing_is_taken_back(liaison: Actor) -> None:
    import_id = imported(liaison, yearbook.year())
    before = there()
    deputy = db.session.scalars(select(LEDGERS["deputies"]).where(LEDGERS["deputies"].name == "丁一")).one()
    change(liaison, "deputies", deputy, {"phone": "13700000000"})
    with pytest.raises(Refused) as refused:
        take_back(liaison, import_id, "")
    assert refused.value.codes == {"import_row_changed"}
    assert "丁一" in refused.value.refusals[0].sentence()
    assert there() == before


def test_a_row_that_others_refer_to_since_stands_in_the_way(liaison: Actor) -> None:
    import_id = imported(liaison, yearbook.year())
    deputy = db.session.scalars(select(LEDGERS["deputies"]).where(LEDGERS["deputies"].name == "丁一")).one()
    write(liaison, "visits", {"visited_on": "2025-06-01", "deputy": deputy.id, "place": "东村"})
    with pytest.raises(Refused):
        take_back(liaison, import_id, "")
    assert there()["deputies"] == 10


def test_twice_it_cannot_be_taken_back(liaison: Actor) -> None:
    import_id = imported(liaison, yearbook.year())
    take_back(liaison, import_id, "")
    with pytest.raises(Refused) as refused:
        take_back(liaison, import_id, "")
    assert refused.value.codes == {"import_not_done"}


def test_another_stations_import_does_not_exist(liaison: Actor) -> None:
    import_id = imported(liaison, yearbook.year())
    other = write(program(None, "test"), "stations", {"name": "白河乡人大代表联络站", "kind": "township"})
    with pytest.raises(NotThere):
        take_back(Actor("别站", ("liaison",), station_id=other, home_id=other), import_id, "")
