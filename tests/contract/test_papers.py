"""Every official form for every role: own rows alone, masked as on the screen, every documented field filled, by every template."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask

from app.core.access.actor import program
from app.core.database import db
from app.core.dictionary.ledger import LEDGERS
from app.core.paperwork.papers import FORMS, Form, Reading, Slot
from app.core.paperwork.templates import built_in
from app.core.records.saving import version_of
from app.core.records.writing import write
from app.paper import faults_of
from tests.contract.expected import ABOUT_PERSONS, ROLES, allowed
from tests.support.actors import At
from tests.support.papers import tables_of, template_of_lines, text_of
from tests.support.scene import COUNTY_ROLES, THERE, Place, World

pytestmark = pytest.mark.both_databases
Accounts = Callable[[str], At]
EACH = pytest.mark.parametrize("key", list(FORMS))
SINGLE = pytest.mark.parametrize("key", [key for key, form in FORMS.items() if not form.together])
NAME, PHONE, ADDRESS = "欧阳秀兰", "1387700", "柳河村东头"


def account_of(role: str) -> str:
    return role if role in COUNTY_ROLES else f"{role}1"


def own_place(world: World, ledger: str, role: str) -> Place:
    return world.mine if role in ("convenor", "deputy") and ledger in ABOUT_PERSONS else world.here


def address_of(form: Form, row_id: int) -> str:
    return f"/{form.ledger}/papers/{form.key}" if form.together else f"/{form.ledger}/paper/{form.key}/{row_id}"


@EACH
@pytest.mark.parametrize("role", ROLES)
def test_who_may_see_a_row_may_have_its_form(world: World, at: Accounts, key: str, role: str) -> None:
    form = FORMS[key]
    answer = at(account_of(role)).get(address_of(form, own_place(world, form.ledger, role).rows[form.ledger]))
    verb = "export" if form.together else form.verb
    may = verb in allowed(form.ledger, role) and all("list" in allowed(each, role) for each in form.reads)
    assert answer.status_code == (200 if may else 403)
    if may:
        assert "filename*=UTF-8''%E" in answer.headers["Content-Disposition"]
        assert "{" not in text_of(answer.data)
        assert THERE not in text_of(answer.data) or role == "county"


@SINGLE
@pytest.mark.parametrize("role", [role for role in ROLES if role not in COUNTY_ROLES])
def test_another_stations_row_does_not_exist(world: World, at: Accounts, key: str, role: str) -> None:
    form, who = FORMS[key], at(account_of(role))
    there = world.there.rows[form.ledger]
    if form.verb in allowed(form.ledger, role):
        assert who.get(f"/{form.ledger}/paper/{key}/{there}").status_code == 404
        assert who.get(f"/{form.ledger}/paper/{key}/999999").status_code == 404
        assert who.get(f"/{form.ledger}/paper/no_such/{there}").status_code == 404
    if "export" in allowed(form.ledger, role):
        own = world.here.rows[form.ledger]
        for action in (f"paper:{key}", f"zip:{key}"):
            assert who.post(f"/{form.ledger}/bulk", {"action": action, "rows": [str(own), str(there)]}).status_code == 404


@SINGLE
def test_a_deputy_has_no_form_of_another_deputys_row(world: World, at: Accounts, key: str) -> None:
    form = FORMS[key]
    if form.ledger in ABOUT_PERSONS and "show" in allowed(form.ledger, "deputy"):
        assert at("deputy1").get(f"/{form.ledger}/paper/{key}/{world.here.rows[form.ledger]}").status_code == 404


@pytest.mark.parametrize(
    ("key", "role", "clear"),
    [
        ("opinion_register", "liaison", True),
        ("opinion_register", "archivist", False),
        ("opinion_register", "county", False),
        ("opinion_register", "deputy", False),
        ("assignment_sheet", "head", True),
        ("assignment_sheet", "presidium", False),
        ("duty_card", "liaison", True),
        ("duty_card", "archivist", False),
        ("duty_card", "deputy", True),
        ("roster", "head", True),
        ("roster", "archivist", False),
        ("leave_report", "presidium", False),
    ],
)
def test_who_sees_masks_gets_masks_on_paper(world: World, at: Accounts, key: str, role: str, clear: bool) -> None:
    form = FORMS[key]
    place = own_place(world, form.ledger, role)
    printed = text_of(at(account_of(role)).get(address_of(form, place.rows[form.ledger])).data)
    assert ((PHONE in printed), (NAME in printed)) == (clear, clear and form.ledger in ("opinions", "assignments"))
    if clear and key != "roster":
        assert ADDRESS in printed
    if not clear:
        assert ADDRESS not in printed
        assert "1971.0" not in printed


@pytest.mark.parametrize("flag", ["confidential", "anonymous"])
def test_who_asked_not_to_be_named_is_not_named_on_the_assignment(app: Flask, world: World, at: Accounts, flag: str) -> None:
    with app.test_request_context():
        row_id = db.session.get_one(LEDGERS["assignments"], world.here.rows["assignments"]).opinion_id
        version = version_of(db.session(), db.session.get_one(LEDGERS["opinions"], row_id))
        write(program(world.here.station_id, "tests"), "opinions", {flag: True}, row_id=row_id, version=version)
    printed = text_of(at("head1").get(f"/assignments/paper/assignment_sheet/{world.here.rows['assignments']}").data)
    assert NAME not in printed
    assert PHONE not in printed
    assert ("要求保密" if flag == "confidential" else "匿名") in printed


@SINGLE
def test_ticked_rows_come_as_one_document_or_as_a_bundle(world: World, at: Accounts, key: str) -> None:
    form = FORMS[key]
    rows = [str(world.here.rows[form.ledger]), str(world.here.spare[form.ledger])]
    one = at("head1").post(f"/{form.ledger}/bulk", {"action": f"paper:{key}", "rows": rows})
    single = at("head1").get(f"/{form.ledger}/paper/{key}/{rows[0]}")
    assert len(tables_of(one.data)) == 2 * len(tables_of(single.data))
    bundle = at("head1").post(f"/{form.ledger}/bulk", {"action": f"zip:{key}", "rows": rows})
    with ZipFile(BytesIO(bundle.data)) as package:
        assert len(package.namelist()) == 2
        assert all(name.endswith(".docx") and not name.isascii() for name in package.namelist())
        assert len(tables_of(package.read(package.namelist()[0]))) == len(tables_of(single.data))


def test_what_was_not_ticked_or_makes_no_sense_gets_a_sentence_or_nothing(world: World, at: Accounts) -> None:
    who = at("head1")
    assert who.post("/opinions/bulk", {"action": "paper:opinion_register"}).status_code == 302
    assert "没有选中" in who.get("/opinions/list/").text
    for action, rows in (("paper:roster", "1"), ("", "1"), ("paper:", "1"), ("x:opinion_register", "1"), ("paper:opinion_register", "x")):
        assert who.post("/opinions/bulk", {"action": action, "rows": rows}).status_code == 404, action
    assert at("deputy1").post("/opinions/bulk", {"action": "paper:opinion_register", "rows": "1"}).status_code == 403
    for year in ("x", "99999", "1000", "２０２６"):
        assert who.get(f"/deputies/paper/duty_card/{world.here.rows['deputies']}?year={year}").status_code in (200, 404)


def test_pages_offer_the_forms(world: World, at: Accounts) -> None:
    who, deputy = at("head1"), world.here.rows["deputies"]
    listed, shown = who.get("/deputies/list/").text, who.get(f"/deputies/show/{deputy}").text
    assert "/deputies/papers/roster" in listed
    assert "zip:duty_card" in listed
    assert f"/deputies/paper/duty_card/{deputy}?year=" in shown
    assert "bulk" not in at("deputy1").get("/opinions/list/").text


def documented(slots: tuple[Slot, ...], facts: object) -> bool:
    """Whether the facts are just what is documented, down to the lines of tables."""
    assert isinstance(facts, dict)
    whole = set(facts) == {slot.name for slot in slots}
    return whole and all(documented(slot.line, line) for slot in slots if slot.line for line in facts[slot.name])


@EACH
def test_the_facts_are_just_the_documented_fields(app: Flask, world: World, key: str) -> None:
    form = FORMS[key]
    with app.test_request_context():
        reading = Reading(db.session(), program(world.here.station_id, "tests"), 2025)
        sheets = form.sheets(reading, [world.here.rows[form.ledger]])
    assert sheets
    for sheet in sheets:
        assert documented(form.slots, dict(sheet.facts))
        assert sheet.station_id == world.here.station_id


def test_an_own_template_is_used_for_the_own_station_alone_until_it_is_given_up(world: World, at: Accounts) -> None:
    head, page = at("head1"), "/templates/show/leave_report"
    own = template_of_lines("本站自己的请假条 {{ deputy }}")
    mine, theirs = (f"/leave_requests/paper/leave_report/{place.rows['leave_requests']}" for place in (world.here, world.there))
    assert head.post(page, {"file": (BytesIO(own), "请假条.docx")}).status_code == 302
    assert "本站自己的请假条" in text_of(head.get(mine).data)
    assert "本站自己的请假条" not in text_of(at("head2").get(theirs).data)
    assert "本站自己的请假条" in text_of(head.get("/templates/file/leave_report").data)
    assert "本站模板" in head.get(page).text
    county = template_of_lines("全县的请假条 {{ deputy }}")
    assert at("admin").post(page, {"file": (BytesIO(county), "a.docx")}).status_code == 302
    assert "全县的请假条" in text_of(at("head2").get(theirs).data)
    assert "本站自己的请假条" in text_of(head.get(mine).data)
    assert head.post("/templates/built_in/leave_report", {}).status_code == 302
    assert "全县的请假条" in text_of(head.get(mine).data)
    assert at("admin").post("/templates/built_in/leave_report", {}).status_code == 302
    assert "请 假 报 告" in text_of(head.get(mine).data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "请选择文件"),
        (b"no docx", "不是 Word 文档"),
        (template_of_lines("{{ deputy }} {{ nobody }}"), "nobody"),
        (template_of_lines("{{ 9 ** 9 ** 9 }}"), "模板无法填写"),
    ],
)
def test_a_template_that_does_not_fit_is_refused_with_a_sentence(at: Accounts, data: bytes, words: str) -> None:
    answer = at("head1").post("/templates/show/leave_report", {"file": (BytesIO(data), "a.docx")} if data else {})
    assert answer.status_code == 422
    assert words in answer.text
    assert "内置模板" in answer.text


@pytest.mark.parametrize("role", ROLES)
def test_templates_are_kept_by_heads_and_administrators(at: Accounts, role: str) -> None:
    who, keeps = at(account_of(role)), role in ("admin", "head")
    for path in ("/templates/list/", "/templates/show/roster", "/templates/file/roster", "/templates/specimen/roster"):
        assert who.get(path).status_code == (200 if keeps else 403), path
    assert who.post("/templates/built_in/roster", {}).status_code == (302 if keeps else 403)
    assert who.get("/templates/show/no_such").status_code == (404 if keeps else 403)


@EACH
def test_the_built_in_template_stands_its_own_check(app: Flask, key: str) -> None:
    assert faults_of(built_in(key), FORMS[key].sample) == []
