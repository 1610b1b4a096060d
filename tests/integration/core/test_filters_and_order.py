"""Filters and order: everything offered works, nothing hidden can be guessed by them."""

from __future__ import annotations

from itertools import product

import pytest

from app import registry  # noqa: F401 - declares every ledger before the cases are named after them
from app.core.access.actor import Actor
from app.core.database import db
from app.core.dictionary.entry import Subject
from app.core.dictionary.fields import Kind
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.masks import Sight
from app.core.dictionary.paths import field_at, ledger_at
from app.core.dictionary.roles import ROLES, Verb
from app.core.lists.listing import Listing
from tests.support.databases import Scene
from tests.support.office import OFFICE, PHONES, Office, words_of

pytestmark = pytest.mark.both_databases
LEFT_OUT = "无法识别"
NOT_SORTED = "不能按此列排序"


@pytest.fixture
def scene() -> Scene:
    return OFFICE


def shown(office: Office, username: str, address: str) -> str:
    answer = office.browser(username).get(address)
    assert answer.status_code == 200, address
    return words_of(answer)


def first_of(words: str, *names: str) -> str:
    return min(names, key=lambda name: words.find(name) if name in words else 10**9)


@pytest.mark.parametrize(
    "column",
    [
        "phone",
        "birth",
        "address",
        "created_by.password",
        "password",
        "id",
        "uid",
        "request_id",
        "group.convenor.phone",
        "group.convenor.birth",
        "note",
        "pinyin_key",
        "__class__",
        "version",
        "station.name",
        "';--",
        "phone desc",
        "",
    ],
)
def test_a_list_cannot_be_ordered_by_what_is_hidden_or_unknown(office: Office, column: str) -> None:
    """Stock FAB sorts by whatever column the address names: `_oc_View=created_by.password` orders by password hashes."""
    for username in ("archivist1", "presidium1", "county", "liaison1"):
        asked = [shown(office, username, f"/deputies/list/?sort={sign}{column}") for sign in ("", "-")]
        tables = [sorted((name for name in PHONES if name in words), key=words.index) for words in asked]
        assert tables[0] == tables[1], username
    assert shown(office, "county", f"/deputies/list/?_oc_DeputyView={column}&_od_DeputyView=asc")


def test_rest_refuses_an_order_by_what_is_hidden_or_unknown(office: Office) -> None:
    client = office.app.test_client()
    columns = ("phone", "birth", "group.convenor.phone", "created_by.password", "nothing")
    for username, column in product(("archivist1", "liaison1"), columns):
        answer = client.get(f"/api/v1/deputies/?q=(order_column:'{column}',order_direction:asc)", headers=office.token(username))
        assert answer.status_code == 400, (username, column)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("phone", "1381234"),
        ("birth", "1970-05-01"),
        ("birth__to", "1975-01-01"),
        ("address", "东街"),
        ("group.convenor.phone", "138"),
        ("uid", "a"),
    ],
)
def test_a_masked_column_cannot_be_guessed_by_a_filter(office: Office, column: str, value: str) -> None:
    """Stock FAB filters by any column of the model: a phone is guessed digit by digit."""
    for username in ("archivist1", "presidium1"):
        words = shown(office, username, f"/deputies/list/?{column}={value}")
        assert all(name in words for name in ("石春", "解明", "仇兰")), "left out, and said so"
        name = column.removesuffix("__to")
        answer = office.app.test_client().get(
            f"/api/v1/deputies/?q=(filters:!((col:'{name}',opr:eq,value:'{value}')))", headers=office.token(username)
        )
        assert answer.status_code == 400


def test_a_masked_value_is_not_found_by_the_search(office: Office) -> None:
    for username in ("archivist1", "presidium1", "county", "deputy1"):
        for guess in ("13812341111", "1361234", "张桂花1", "青石镇西街"):
            assert "opinions/show" not in office.browser(username).get(f"/search/?q={guess}").get_data(as_text=True), (username, guess)
    assert "opinions/show" in office.browser("liaison1").get("/search/?q=张桂花1").get_data(as_text=True)


def test_no_list_of_any_ledger_is_ordered_by_what_its_reader_sees_masked(office: Office) -> None:
    """Also by default, and through the relations that a column leads to."""
    with office.app.app_context():
        for view, role in product(office.views, ROLES):
            model = view.datamodel.obj
            actor = Actor("x", (role,), station_id=None if role in ("admin", "county") else office.township)
            if not actor.may(model.__tablename__, Verb.LIST):
                continue
            listing = Listing(db.session(), actor, model, view.list_columns)
            entry = model.entry
            for path in [*listing.sortable(), entry.order or entry.month or entry.key[0]]:
                while path != "id" and (item := field_at(model, path)).kind is Kind.REFERENCE:
                    target = LEDGERS[item.target].entry
                    path = f"{path}.{target.order or target.title[0]}"
                if path != "id" and item.personal is not None:
                    assert actor.sight(ledger_at(model, path).__tablename__) is Sight.CLEAR, (role, model.__tablename__, path)


@pytest.mark.parametrize("key", LEDGERS)
def test_every_offered_filter_and_order_of_a_ledger_is_understood(office: Office, key: str) -> None:
    """Stock FAB: boolean and numeric filters fail on PostgreSQL, the date filter in the browser."""
    values = {
        Kind.TEXT: ["a%_\\'"],
        Kind.LONG: ["文"],
        Kind.PHONE: ["138"],
        Kind.DATE: ["2026-03-01"],
        Kind.DATETIME: ["2026/3/1"],
        Kind.BOOLEAN: ["0", "1"],
        Kind.INTEGER: ["3"],
        Kind.REFERENCE: ["1"],
        Kind.REFERENCES: ["1"],
    }
    browser = office.browser("head1")
    view = next(each for each in office.views if each.datamodel.obj.__tablename__ == key)
    model = view.datamodel.obj
    addresses = [f"?sort={sign}{path}" for path in view.list_columns if field_at(model, path).sortable for sign in ("", "-")]
    for path in view.filter_columns:
        item = field_at(model, path)
        for value in values.get(item.kind) or list(item.choices.labels if item.choices else [])[:1]:
            addresses.append(f"?{path}={value}")
            addresses += [f"?{path}__to={value}"] if item.kind in (Kind.DATE, Kind.DATETIME) else []
    addresses += ["?month=2026-03"] if model.entry.month else []
    for address in addresses:
        answer = browser.get(f"/{key}/list/{address}")
        assert answer.status_code == 200, address
        if model.entry.subject is Subject.OFFICIAL or "name" not in address:
            assert LEFT_OUT not in words_of(answer), address


def test_a_list_filters_by_yes_and_by_no(office: Office) -> None:
    """Stock FAB: `False` is wrong on SQLite and a 500 on PostgreSQL."""
    deputy = office.id_of("deputies", "石春")
    for place, actor in (("东村", "liaison1"), ("西村", "deputy1")):
        office.write(actor, "visits", {"visited_on": "2026-03-03", "deputy": deputy, "place": place})
    yes, no = (shown(office, "liaison1", f"/visits/list/?confirmed={value}") for value in "10")
    assert ("东村" in yes, "西村" in yes) == (True, False)
    assert ("东村" in no, "西村" in no) == (False, True)
    token = office.token("liaison1")
    for value, place in (("!t", "东村"), ("!f", "西村")):
        answer = office.app.test_client().get(f"/api/v1/visits/?q=(filters:!((col:confirmed,opr:eq,value:{value})))", headers=token)
        assert [row["place"] for row in answer.get_json()["result"]] == [place]


def test_a_list_filters_by_one_of_several_references(office: Office) -> None:
    """The deputies on duty of a reception are the attendance of its activity."""
    deputy = office.id_of("deputies", "石春")
    for day, who in (("03", [deputy]), ("10", [office.id_of("deputies", "仇兰")])):
        office.write(
            "liaison1",
            "receptions",
            {
                "activity.title": f"{day}日接待",
                "activity.start": f"2026-03-{day} 09:00",
                "activity.end": f"2026-03-{day} 11:00",
                "activity.deputies": who,
            },
        )
    words = shown(office, "liaison1", f"/receptions/list/?activity.deputies={deputy}")
    assert "03日接待" in words
    assert "10日接待" not in words
    assert LEFT_OUT not in words


def test_a_date_filter_has_two_ends_and_its_form_names_both(office: Office) -> None:
    page = office.browser("liaison1").get("/assignments/list/").get_data(as_text=True)
    assert 'name="due__to"' in page
    assert 'name="due"' in page


def test_what_has_no_day_yet_stands_where_the_latest_stand_on_both_databases(office: Office) -> None:
    for subject, sent_on in (("草稿", ""), ("早报", "2026-01-05"), ("晚报", "2026-02-05")):
        office.write("liaison1", "activity_reports", {"subject": subject, "sent_on": sent_on, "content": "略"})
    for query, expected in (("", ["草稿", "晚报", "早报"]), ("sort=sent_on", ["早报", "晚报", "草稿"])):
        words = shown(office, "liaison1", f"/activity_reports/list/?{query}")
        assert sorted(expected, key=words.find) == expected, query


def test_a_month_and_a_relations_column_sort_and_filter_through_the_path(office: Office) -> None:
    for day, title in (("2026-03-03", "三月接待"), ("2026-04-07", "四月接待")):
        times = {"activity.start": f"{day} 09:00", "activity.end": f"{day} 11:00"}
        office.write("liaison1", "receptions", {"activity.title": title, **times})
    march = shown(office, "liaison1", "/receptions/list/?month=2026-03")
    assert ("三月接待" in march, "四月接待" in march) == (True, False)
    rising, falling = (shown(office, "liaison1", f"/receptions/list/?sort={sign}activity.start") for sign in ("", "-"))
    assert first_of(rising, "三月接待", "四月接待") == "三月接待"
    assert first_of(falling, "三月接待", "四月接待") == "四月接待"


@pytest.mark.parametrize(
    "query",
    [
        "page=abc",
        "page=0",
        "page=-1",
        "page=99999999999",
        "size=100000",
        "size=abc",
        "size=-5",
        "sort=nothing",
        "sort=-",
        "month=abc",
        "month=2026-13",
        "month=9999-99",
        "name=%00",
        "group=abc",
        "group=99999999999",
        "nothing=1",
        "sex=other",
        "page=1&page=2",
        "name=%F0%9F%8C%B3",
        "sex[]=1",
        "name__to=a",
    ],
)
def test_an_address_that_makes_no_sense_still_shows_the_list(office: Office, query: str) -> None:
    """Stock FAB: `page=abc` and an unknown order are a 500, and a page may be as large as you like."""
    answer = office.browser("liaison1").get(f"/deputies/list/?{query}")
    assert answer.status_code == 200
    assert "<h1" in answer.get_data(as_text=True)
    with office.browser("liaison1").get(f"/deputies/export?{query}") as workbook:
        assert workbook.status_code == 200


def test_a_condition_that_was_left_out_is_said(office: Office) -> None:
    assert LEFT_OUT in shown(office, "liaison1", "/deputies/list/?nothing=1")
    assert NOT_SORTED in shown(office, "liaison1", "/deputies/list/?sort=nothing")


def test_a_page_has_a_largest_size(office: Office) -> None:
    for number in range(210):
        if number % 70 == 0:
            assert shown(office, "liaison1", f"/constituencies/list/?size={100_000}")
        office.write("liaison1", "constituencies", {"number": f"{number:03}", "name": "选区", "kind": "constituency"})
    page = office.browser("liaison1").get("/constituencies/list/?size=100000").get_data(as_text=True)
    assert page.count("data-url=") <= 200
    called = office.app.test_client().get("/api/v1/constituencies/?q=(page_size:100000)", headers=office.token("liaison1"))
    assert len(called.get_json()["result"]) == 200


@pytest.mark.parametrize(
    "question",
    [
        "(page:abc)",
        "(page:-1)",
        "(page_size:!t)",
        "(filters:abc)",
        "(filters:!((col:1)))",
        "(filters:!(a))",
        "(order_column:!(a))",
        "((((",
        "!!",
        "(page:1e99)",
        "(filters:!((col:name,opr:eq,value:!((a)))))",
        "(columns:!(password))",
        "(keys:!(a))",
        "(page:99999999999)",
    ],
)
def test_rest_answers_a_senseless_question_without_an_error_of_its_own(office: Office, question: str) -> None:
    answer = office.app.test_client().get("/api/v1/deputies/", query_string={"q": question}, headers=office.token("liaison1"))
    assert answer.status_code in (200, 400)
    assert "password" not in str((answer.get_json() or {}).get("result", ""))
