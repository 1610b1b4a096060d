"""What a role may do follows from the dictionary, name by name; nothing is granted by likeness."""

from __future__ import annotations

import pytest
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import text

from app.core.access.security import sign_in
from app.core.database import db, write_transaction
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import ROLES, Verb
from tests.support.office import PASSWORD, Office, words_of


def test_a_ledger_named_like_the_beginning_of_another_opens_nothing_there(office: Office) -> None:
    """Stock FAB matches role names unanchored: `V.*` granted VendorSecretView."""
    security = office.app.appbuilder.sm
    with office.app.test_request_context("/deputies/list/"):
        sign_in(db.session.get(User, office.user_id("liaison1")))
        assert security.has_access("can_list", "opinions")
        for name in ("opinion", "opinions_secret", "OPINIONS", "opinions ", ".*", "o.*", "", "OpinionView", "Opinions"):
            assert not security.has_access("can_list", name), name
        for verb in ("can_listing", "list ", "can_", "can_.*", "can_download", "", "can_muldelete"):
            assert not security.has_access(verb, "opinions"), verb


def test_every_ledgers_permission_is_its_key_for_pages_and_rest(office: Office) -> None:
    """Stock FAB names a permission after the class: renaming a class takes rights away, a like-named one gives them."""
    named = {view.class_permission_name for view in office.app.appbuilder.baseviews if getattr(view, "key", None) in LEDGERS}
    assert named == set(LEDGERS)
    for view in office.app.appbuilder.baseviews:
        if getattr(view, "key", None) in LEDGERS:
            assert view.class_permission_name == view.key


def test_rights_are_not_read_from_rows_that_someone_could_slip_in(office: Office) -> None:
    """A role of another name, and FAB's own tables of permissions, grant nothing."""
    with office.app.app_context(), write_transaction(db.session) as session:
        session.execute(text("INSERT INTO ab_role (id, name) VALUES (900, 'admin2')"))
        session.execute(text("UPDATE ab_user_role SET role_id = 900 WHERE user_id = :user"), {"user": office.user_id("archivist1")})
    browser = office.browser("archivist1")
    for path in ("/deputies/list/", "/accounts/list/", "/deputies/add", "/month/"):
        assert browser.get(path).status_code == 403, path


def test_the_public_may_open_nothing(office: Office) -> None:
    client = office.app.test_client()
    screens = {"/checkin/", "/checkin/wall", "/desk/", "/round/", "/ballot/", "/voters/", "/announcement/"}
    open_to_all = {"/login/", "/static/css/base.css", *screens}
    for rule in office.app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and not rule.arguments:
            answer = client.get(str(rule))
            assert answer.status_code in (302, 401, 404, 405) or str(rule) in open_to_all, str(rule)
            if answer.status_code == 302:
                assert "/login/" in answer.location or str(rule) in ("/back",), str(rule)


@pytest.mark.parametrize("role", ROLES)
def test_a_page_that_a_role_may_not_open_is_403_by_address_too(office: Office, role: str) -> None:
    username = role if role in ("admin", "county") else f"{role}1"
    actor, browser = office.actor(username), office.browser(username)
    for key in LEDGERS:
        assert browser.get(f"/{key}/list/").status_code == (200 if actor.may(key, Verb.LIST) else 403), key
        assert browser.get(f"/{key}/add").status_code == (200 if actor.may(key, Verb.ADD) else 403), key


def test_a_head_keeps_accounts_of_the_own_station_only_and_gives_no_higher_role(office: Office) -> None:
    head = office.browser("head1")
    words = words_of(head.get("/accounts/list/"))
    assert "liaison1" in words
    assert "liaison2" not in words
    assert head.get(f"/accounts/edit/{office.user_id('liaison2')}").status_code == 404
    assert head.post(f"/accounts/password/{office.user_id('admin')}", data={"password": "x" * 9, "again": "x" * 9}).status_code == 404
    form = {"username": "new1", "name": "新人", "password": PASSWORD}
    for more in ({"role_admin": "1"}, {"role_county": "1"}, {}):
        head.post("/accounts/add", data={**form, **more})
    head.post("/accounts/add", data={**form, "role_liaison": "1", "station_id": str(office.street)})
    with office.app.app_context():
        made = db.session.execute(text("SELECT station_id FROM accounts JOIN ab_user ON user_id = id WHERE username = 'new1'")).all()
    assert [row[0] for row in made] == [office.township]


def test_the_last_administrator_keeps_the_role(office: Office) -> None:
    admin, user = office.browser("admin"), office.user_id("admin")
    answer = admin.post(f"/accounts/edit/{user}", data={"username": "admin", "name": "x", "role_county": "1", "active": "1"})
    assert answer.status_code == 422
    answer = admin.post(f"/accounts/edit/{user}", data={"username": "admin", "name": "x", "role_admin": "1"})
    assert answer.status_code == 422
