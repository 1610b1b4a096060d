"""An inspection and the organs inspected: each a row of its own, fed back one by one (S6-3, S6-5)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.activities.inspecting import services
from app.core.dictionary.ledger import LEDGERS
from app.core.records.restoring import restore
from app.core.refusals import Refused
from tests.integration.activities.scene import Office, refused

pytestmark = pytest.mark.both_databases
DAY = "2026-10-01 09:00"


@pytest.fixture
def organs(office: Office) -> list[int]:
    return [office.add("organs", name=name, level="township").id for name in ("中心学校", "水利站")]


def visit(office: Office, organs: list[int], **values: Any) -> Any:
    return office.add("inspections", activity__type="inspection", activity__title="食堂", activity__start=DAY, organs=organs, **values)


def stands(office: Office, inspection: Any) -> tuple[str | None, date | None]:
    row = office.row("inspections", inspection.id)
    return row.feedback, row.fed_back_on


def rows(office: Office, inspection: Any) -> list[Any]:
    return services.organs_of(office.session, inspection.id)


def test_naming_organs_makes_their_rows_and_the_inspection_follows_from_them(office: Office, organs: list[int]) -> None:
    inspection = visit(office, organs)
    first, second = rows(office, inspection)
    assert (first.organ_id, second.organ_id, stands(office, inspection)) == (organs[0], organs[1], ("open", None))
    office.change(office.row("inspected_organs", first.id), fed_back_on="2026-10-08", fed_back_by="letter")
    assert stands(office, inspection) == ("some", None)
    office.change(office.row("inspected_organs", second.id), fed_back_on="2026-10-06")
    assert stands(office, inspection) == ("done", date(2026, 10, 8))
    third = office.add("organs", name="供电所", level="township").id
    office.change(office.row("inspections", inspection.id), organs=[*organs, third])
    assert stands(office, inspection) == ("some", None)
    office.change(office.row("inspections", inspection.id), organs=organs)
    assert stands(office, inspection) == ("done", date(2026, 10, 8))


def test_an_organ_that_was_written_about_is_not_left_out_and_no_feedback_is_given_too_early(office: Office, organs: list[int]) -> None:
    inspection = visit(office, organs)
    first, second = rows(office, inspection)
    for day, code in (("2026-09-30", "before"), ("2026-10-11", "fed_back_ahead")):
        with refused((code, "fed_back_on")):
            office.change(office.row("inspected_organs", first.id), fed_back_on=day)
    office.change(office.row("inspected_organs", first.id), findings="账目不清")
    with refused(("organ_written_about", "organs")):
        office.change(office.row("inspections", inspection.id), organs=organs[1:])
    office.erase(office.row("inspected_organs", second.id))
    assert stands(office, inspection) == ("open", None)


def test_all_organs_are_written_about_at_once_or_none_and_nobody_is_overwritten(office: Office, organs: list[int]) -> None:
    inspection = visit(office, organs)
    first, second = (each.id for each in rows(office, inspection))
    empty = dict.fromkeys(services.SAID, "")
    told = {first: {**empty, "fed_back_on": "2026-10-09"}, second: {**empty, "answered_on": "2026-10-09"}}
    with pytest.raises(Refused) as caught:
        services.write_of_organs(office.actor, inspection.id, told, {first: "1", second: "1"})
    assert [(each.code, each.field) for each in caught.value.refusals] == [("required", f"{second}.fed_back_on")]
    assert stands(office, inspection) == ("open", None)
    services.write_of_organs(office.actor, inspection.id, {**told, second: empty}, {first: "1", second: "1"})
    assert stands(office, inspection) == ("some", None)
    both = {each: {**empty, "fed_back_on": "2026-10-10"} for each in (first, second)}
    with pytest.raises(Refused) as caught:
        services.write_of_organs(office.actor, inspection.id, both, {first: "1", second: "1"})
    assert caught.value.codes == {"stale"}
    services.write_of_organs(office.actor, inspection.id, {second: both[second]}, {second: "1"})
    assert stands(office, inspection) == ("done", date(2026, 10, 10))


def test_a_deleted_inspection_comes_back_with_what_was_written_of_each_organ(office: Office, organs: list[int]) -> None:
    inspection = visit(office, organs)
    first, _second = rows(office, inspection)
    office.change(office.row("inspected_organs", first.id), findings="账目不清", fed_back_on="2026-10-08")
    office.erase(office.row("inspections", inspection.id))
    assert rows(office, inspection) == []
    deleted: Any = office.session.execute(LEDGERS["activities"].metadata.tables["recycle_bin"].select()).one()
    office.session.rollback()
    restore(office.as_role("head").actor, deleted.id)
    assert [each.findings for each in rows(office, inspection)] == ["账目不清", None]
    assert stands(office, inspection) == ("some", None)
