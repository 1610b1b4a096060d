"""Another station's rows do not exist for you, by whatever door you try."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.core.database import db, write_transaction
from app.core.dictionary.ledger import LEDGERS
from app.core.workflows.workflow import WORKFLOWS
from tests.support.databases import Scene
from tests.support.office import NAMES, OFFICE, PHONES, STREET, TOWNSHIP, Office, form_of, words_of

pytestmark = pytest.mark.both_databases


@pytest.fixture
def scene() -> Scene:
    return OFFICE


def of_street(text_: str) -> list[str]:
    """Names and phones of the other station that a page or an answer gives away."""
    return [word for name in NAMES[STREET] for word in (name, PHONES[name]) if word in text_]


@pytest.mark.parametrize("path", ["action/delete/{id}", "action_post", "download/x.png", "api/read", "api/delete/{id}"])
@pytest.mark.parametrize("key", ["deputies", "opinions"])
def test_fabs_routes_that_ask_for_no_row_are_gone(office: Office, path: str, key: str) -> None:
    """Stock FAB: single and bulk actions, downloads and the old API take any key without looking whose row it is."""
    browser = office.browser("head1")
    url = f"/{key}/{path.format(id=office.rows(key)[-1].id)}"
    assert {browser.get(url).status_code, browser.post(url, data={"action": "delete", "rowid": "1"}).status_code} <= {404, 405}


def test_every_ledger_has_just_its_pages_and_calls(office: Office) -> None:
    """Whatever FAB adds to its base views one day stands out here."""
    known = {"list", "show", "add", "edit", "delete", "export", "paper", "papers", "bulk"}
    for key in LEDGERS:
        rules = [rule for rule in office.app.url_map.iter_rules() if str(rule).startswith((f"/{key}/", f"/api/v1/{key}/"))]
        pages = {rule.endpoint.split(".")[1] for rule in rules if not str(rule).startswith("/api/")}
        calls = {rule.endpoint.split(".")[1] for rule in rules if str(rule).startswith("/api/")}
        assert pages == known, key
        steps = {"steps", "step"} if key in WORKFLOWS else set()
        assert calls == {"get_list", "get", "post", "put", "delete", "info", "attachments", "attachment"} | steps, key


def test_tabs_show_what_belongs_to_the_row_and_only_for_who_may_see_it(office: Office) -> None:
    """Stock FAB: related views of a master are listed without their own base filters."""
    deputy = office.id_of("deputies", "石春")
    opinions = "?tab=opinions-deputy"
    assert "2026-001" in words_of(office.browser("liaison1").get(f"/deputies/show/{deputy}{opinions}"))
    assert office.browser("liaison2").get(f"/deputies/show/{deputy}{opinions}").status_code == 404
    assert "张桂花" not in words_of(office.browser("deputy1").get(f"/deputies/show/{deputy}{opinions}"))


def test_choices_are_of_the_own_station_and_of_the_county(office: Office) -> None:
    """Stock FAB offers every row of the referred table in every form."""
    browser = office.browser("liaison1")
    offered = {
        key: [each["text"] for each in browser.get(f"/lookup/{key}?q=").get_json()["results"]] for key in ("deputies", "organs", "stations")
    }
    assert sorted(offered["deputies"]) == sorted(NAMES[TOWNSHIP])
    assert sorted(offered["organs"]) == sorted(["县水利局", "青石民政所"])
    assert offered["stations"] == [TOWNSHIP]
    assert of_street(browser.get("/mandates/add").get_data(as_text=True)) == []


@pytest.mark.parametrize("reference", ["other station", "nothing", "no number", "huge"])
def test_a_posted_reference_to_a_row_that_is_not_yours_is_refused_beside_its_field(office: Office, reference: str) -> None:
    """Stock FAB takes any existing key for a foreign key, whatever the form had offered."""
    there = office.id_of("deputies", "白云")
    value: Any = {"other station": there, "nothing": 987654, "no number": "x", "huge": 99999999999999999}[reference]
    form = {"visited_on": "2026-03-03", "deputy": str(value), "place": "东村"}
    answer = office.browser("liaison1").post("/visits/add", data=form)
    assert answer.status_code == 422
    assert "不存在" in words_of(answer)
    assert form_of(answer)["place"] == ["东村"]
    called = office.app.test_client().post("/api/v1/visits/", json={**form, "deputy": value}, headers=office.token("liaison1"))
    assert called.status_code == 422
    assert list(called.get_json()["message"]) == ["deputy"]
    assert office.rows("visits") == []


@pytest.mark.parametrize("row_id", ["0", "-1", "x", "2147483648", "99999999999999999", "9" * 400])
def test_an_address_with_an_impossible_key_is_a_404(office: Office, row_id: str) -> None:
    """PostgreSQL refuses a key beyond 32 bits with an error of its own: stock FAB shows a 500."""
    browser, client, token = office.browser("liaison1"), office.app.test_client(), office.token("liaison1")
    for page in ("show", "edit", "delete"):
        assert browser.get(f"/deputies/{page}/{row_id}").status_code == 404
    assert browser.get(f"/receptions/add?activity={row_id}").status_code in (200, 404)
    assert browser.get(f"/deputies/list/?group={row_id}").status_code == 200
    assert browser.get(f"/visits/add?deputy={row_id}").status_code == 200
    assert client.get(f"/api/v1/deputies/{row_id}", headers=token).status_code in (404, 405)
    assert client.delete(f"/api/v1/deputies/{row_id}", headers=token).status_code == 404
    assert office.browser("admin").get(f"/account/station/{row_id}").status_code in (302, 404)


def test_several_references_are_looked_at_one_by_one(office: Office) -> None:
    own, other = office.id_of("deputies", "石春"), office.id_of("deputies", "白云")
    activity = {"type": "study", "title": "学习", "start": "2026-04-01 09:00", "organiser": "station"}
    answer = office.browser("liaison1").post("/activities/add", data={**activity, "deputies": [str(own), str(other)]})
    assert answer.status_code == 422
    assert of_street(answer.get_data(as_text=True)) == []


def test_a_form_opened_with_another_stations_row_in_its_address_does_not_name_it(office: Office) -> None:
    other = office.id_of("deputies", "白云")
    page = office.browser("liaison1").get(f"/visits/add?deputy={other}").get_data(as_text=True)
    assert of_street(page) == []


def test_a_filter_by_another_stations_row_does_not_name_it(office: Office) -> None:
    other = office.id_of("deputies", "白云")
    page = office.browser("liaison1").get(f"/mandates/list/?deputy={other}").get_data(as_text=True)
    assert of_street(page) == []


@pytest.mark.parametrize("key", ["deputies", "opinions", "mandates"])
def test_info_describes_columns_and_holds_no_row(office: Office, key: str) -> None:
    """Stock FAB's _info lists the values of related tables, of all stations."""
    answer = office.app.test_client().get(f"/api/v1/{key}/_info", headers=office.token("deputy1"))
    assert answer.status_code == 200
    everyone = [name for names in NAMES.values() for name in names] + [TOWNSHIP, STREET]
    assert not any(word in answer.get_data(as_text=True) for word in everyone)


def test_a_row_cannot_be_entered_for_another_station_nor_moved_there(office: Office) -> None:
    browser, token = office.browser("liaison1"), office.token("liaison1")
    form = {"number": "9", "name": "九选区", "kind": "constituency"}
    assert browser.post("/constituencies/add", data={**form, "station": str(office.street)}).status_code == 422
    client = office.app.test_client()
    for name in ("station", "station_id"):
        assert client.post("/api/v1/constituencies/", json={**form, name: office.street}, headers=token).status_code == 422
    deputy = office.id_of("deputies", "石春")
    for name in ("station", "station_id"):
        client.put(f"/api/v1/deputies/{deputy}", headers=token, json={name: office.street, "version": office.version("deputies", deputy)})
    assert office.row("deputies", deputy).station_id == office.township
    assert office.rows("constituencies") == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE mandates SET deputy_id = :other",
        "UPDATE attendance SET deputy_id = :other WHERE station_id = :own",
        "UPDATE deputies SET station_id = :street WHERE id = :deputy",
        "UPDATE opinions SET deputy_id = :other WHERE station_id = :own",
        "INSERT INTO attendance (uid, version, created_at, changed_at, station_id, activity_id, deputy_id, state) "
        "SELECT 'x', 1, created_at, changed_at, station_id, id, :other, 'present' FROM activities WHERE station_id = :own",
    ],
)
def test_raw_sql_cannot_refer_across_stations(office: Office, statement: str) -> None:
    """The database itself refuses: composite foreign keys carry the station. Stock FAB knows single columns only."""
    office.write("liaison1", "mandates", {"deputy": office.id_of("deputies", "石春"), "term": 1, "certificate": "001"})
    values = {
        "other": office.id_of("deputies", "白云"),
        "deputy": office.id_of("deputies", "石春"),
        "own": office.township,
        "street": office.street,
    }
    with office.app.app_context(), pytest.raises(IntegrityError), write_transaction(db.session) as session:
        session.execute(text(statement), {name: value for name, value in values.items() if f":{name}" in statement})


def test_every_reference_between_two_station_ledgers_carries_the_station(office: Office) -> None:
    """No foreign key between ledgers of stations is a single column."""
    for key, model in LEDGERS.items():
        tables = [model.__table__, *model.associations.values()]  # type: ignore[attr-defined]
        for table in tables:
            for constraint in table.foreign_key_constraints:
                target = constraint.referred_table.name
                both = all(name in LEDGERS and LEDGERS[name].scope == "station" and name != "stations" for name in (key, target))
                assert (len(constraint.columns) == 2) == both, constraint.name
