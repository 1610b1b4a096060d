"""What is typed into forms and sent by REST: read kindly where it can be, refused in words where not, never a 500."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app.core.dictionary.fields import Kind
from app.core.dictionary.ledger import LEDGERS
from tests.support.databases import Scene
from tests.support.office import OFFICE, Office, form_of

pytestmark = pytest.mark.both_databases


@pytest.fixture
def scene() -> Scene:
    return OFFICE


def test_no_can_be_saved_and_is_shown(office: Office) -> None:
    """Stock FAB demands a tick: a NOT NULL boolean gets InputRequired."""
    activity, browser = office.id_of("activities", "青石学习会"), office.browser("liaison1")
    form = form_of(browser.get(f"/activity_notices/add?activity={activity}"))
    assert form["reached"] == ["1"], "the default is yes"
    form.pop("reached")
    assert browser.post("/activity_notices/add", data={**form, "told_at": "2026-02-21T09:00"}).status_code == 302
    notice = office.rows("activity_notices")[-1]
    assert notice.reached is False
    assert "reached" not in form_of(browser.get(f"/activity_notices/edit/{notice.id}"))
    token = office.token("liaison1")
    body = {"activity": activity, "told_at": "2026-02-22 09:00", "whom": "all_deputies", "channel": "phone", "reached": False}
    answer = office.app.test_client().post("/api/v1/activity_notices/", json=body, headers=token)
    assert answer.status_code == 201
    assert answer.get_json()["result"]["reached"] is False


def test_a_choice_that_may_be_empty_begins_empty_and_can_be_emptied(office: Office) -> None:
    """Stock FAB has no blank: the first choice is silently taken."""
    browser, deputy = office.browser("liaison1"), office.id_of("deputies", "石春")
    form = form_of(browser.get(f"/deputies/edit/{deputy}"))
    assert (form["party"], form["education"]) == ([""], [""])
    browser.post(f"/deputies/edit/{deputy}", data={**form, "party": "masses"})
    assert office.row("deputies", deputy).party == "masses"
    browser.post(f"/deputies/edit/{deputy}", data={**form_of(browser.get(f"/deputies/edit/{deputy}")), "party": ""})
    assert office.row("deputies", deputy).party is None


def test_every_choice_that_may_be_empty_has_a_blank(office: Office) -> None:
    browser = office.browser("liaison1")
    for key, model in LEDGERS.items():
        answer = browser.get(f"/{key}/add")
        if answer.status_code == 403:
            continue
        form = form_of(answer)
        for name, item in model.fields.items():
            if item.kind is Kind.CHOICE and item.default is None and not item.written_by_program and name in form:
                assert form[name] == [""], (key, name)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sex", "other"),
        ("sex", "男"),
        ("party", "x" * 5000),
        ("birth", "2026-02-30"),
        ("birth", "yesterday"),
        ("birth", "0001-01-01"),
        ("birth", "9999-12-31"),
        ("official_order", "third"),
        ("official_order", "1.5"),
        ("official_order", "-1"),
        ("official_order", "9" * 40),
        ("official_order", "NaN"),
        ("official_order", "Infinity"),
        ("phone", "12"),
        ("phone", "138123412345"),
        ("name", ""),
        ("name", "字" * 41),
        ("name", " \t "),
        ("group", "abc"),
        ("birth", "2026-13-01"),
    ],
)
def test_what_cannot_be_read_is_422_beside_its_field(office: Office, field: str, value: str) -> None:
    """Stock FAB: a bad choice is a 500, and PostgreSQL's own errors are shown."""
    form = {"name": "单纯", "sex": "male", field: value}
    answer = office.browser("liaison1").post("/deputies/add", data=form)
    assert answer.status_code == 422
    assert re.search(rf'id="{field}-wrong">\s*[^<]*[一-鿿]', answer.get_data(as_text=True))
    called = office.app.test_client().post("/api/v1/deputies/", json=form, headers=office.token("liaison1"))
    assert called.status_code == 422
    assert list(called.get_json()["message"]) == [field]
    assert len(office.rows("deputies")) == 5


@pytest.mark.parametrize("value", [True, [], {}, ["x"], {"a": 1}, 1e300, -1, 10**30, None, "\x00", "\ud800"])
@pytest.mark.parametrize("field", ["name", "sex", "birth", "official_order", "phone", "group", "party"])
def test_rest_takes_any_json_without_an_error_of_its_own(office: Office, field: str, value: Any) -> None:
    answer = office.app.test_client().post(
        "/api/v1/deputies/", json={"name": "单纯", "sex": "male", field: value}, headers=office.token("liaison1")
    )
    assert answer.status_code in (201, 422)


@pytest.mark.parametrize(
    "typed", ["2026-01-02", "2026/01/02", "2026/1/2", "2026.1.2", "2026年1月2日", "20260102", "２０２６－１－２", " 2026-01-02 "]
)
def test_a_date_is_understood_however_it_is_written(office: Office, typed: str) -> None:
    """Stock FAB refuses 2026/01/02."""
    browser = office.browser("liaison1")
    assert browser.post("/deputies/add", data={"name": "单纯", "sex": "male", "birth": typed}).status_code == 302
    assert office.rows("deputies")[-1].birth.isoformat() == "2026-01-02"


@pytest.mark.parametrize("typed", ["1234.5", "1,234.50", "１２３４．５", "1 234.5"])
def test_an_amount_is_understood_with_its_thousands(office: Office, typed: str) -> None:
    """Stock FAB refuses 1,234.50."""
    form = {"done_on": "2026-03-03", "deputy": str(office.id_of("deputies", "石春")), "deed": "修路", "value": typed}
    assert office.browser("liaison1").post("/good_deeds/add", data=form).status_code == 302
    assert str(office.rows("good_deeds")[-1].value) == "1234.50"


def test_date_and_time_come_from_the_browsers_own_picker(office: Office) -> None:
    """Stock FAB's picker writes a value that its own field refuses."""
    browser, activity = office.browser("liaison1"), office.id_of("activities", "青石学习会")
    page = browser.get(f"/activities/edit/{activity}").get_data(as_text=True)
    assert re.search(r'type="datetime-local"[^>]*value="2026-03-01T09:00"', page)
    form = {**form_of(browser.get(f"/activities/edit/{activity}")), "end": "2026-03-01T11:30"}
    assert browser.post(f"/activities/edit/{activity}", data=form).status_code == 302
    assert office.row("activities", activity).end.isoformat() == "2026-03-01T11:30:00"


def test_a_reversed_period_is_refused_at_its_second_date(office: Office) -> None:
    form = {"level": "township", "ordinal": "9", "starts_on": "2026-05-01", "ends_on": "2026-04-01"}
    answer = office.browser("liaison1").post("/terms/add", data=form)
    assert answer.status_code == 422
    assert 'id="ends_on-wrong"' in answer.get_data(as_text=True)
