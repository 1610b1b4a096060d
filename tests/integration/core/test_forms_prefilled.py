"""What a form knows before anybody types: whose record it is, whose row."""

from __future__ import annotations

import pytest

from tests.support.databases import Scene
from tests.support.office import OFFICE, Office


@pytest.fixture
def scene() -> Scene:
    return OFFICE


def test_a_deputy_enters_a_visit_without_choosing_oneself(office: Office) -> None:
    page = office.browser("deputy1").get("/visits/add").text
    assert 'name="deputy"' in page
    start = page.index('name="deputy"')
    assert "selected" in page[start : start + 600]


def test_who_works_for_all_is_told_beside_the_field_to_choose_a_station(office: Office) -> None:
    answer = office.browser("county").post("/settings/add", data={"station": "99999", "name": "annual_plan_by", "value": "02-15"})
    assert answer.status_code == 422
    assert "请选择联络站" in answer.text
