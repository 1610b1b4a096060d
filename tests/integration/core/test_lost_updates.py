"""Two people edit one row: the second is told who changed what meanwhile, and what was typed stays."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.databases import Scene
from tests.support.office import OFFICE, Office, form_of, words_of

pytestmark = pytest.mark.both_databases


@pytest.fixture
def scene() -> Scene:
    return OFFICE


def test_of_two_edits_from_one_old_form_the_second_is_refused_and_its_text_kept(office: Office) -> None:
    """Stock FAB reads the row anew on POST: both edits succeed and the first is lost, even with version_id_col."""
    deputy = office.id_of("deputies", "石春")
    first, second = office.browser("liaison1"), office.browser("head1")
    form_first, form_second = (form_of(browser.get(f"/deputies/edit/{deputy}")) for browser in (first, second))

    assert first.post(f"/deputies/edit/{deputy}", data={**form_first, "unit": "青石小学"}).status_code == 302
    answer = second.post(f"/deputies/edit/{deputy}", data={**form_second, "unit": "青石中学", "note": "我的备注"})

    assert answer.status_code == 409
    assert office.row("deputies", deputy).unit == "青石小学"
    kept = form_of(answer)
    assert kept["unit"] == ["青石中学"]
    assert kept["note"] == ["我的备注"]
    words = words_of(answer)
    assert "liaison1先生" in words, "who changed it"
    assert "青石小学" in words, "what it is now"
    assert "青石中学" in words, "what was typed"


def test_the_refused_edit_can_be_saved_over_after_it_was_seen(office: Office) -> None:
    deputy = office.id_of("deputies", "石春")
    browser = office.browser("head1")
    form = form_of(browser.get(f"/deputies/edit/{deputy}"))
    office.write("liaison1", "deputies", {"unit": "青石小学"}, row_id=deputy, version=office.version("deputies", deputy))
    refused = browser.post(f"/deputies/edit/{deputy}", data={**form, "unit": "青石中学"})
    assert browser.post(f"/deputies/edit/{deputy}", data=form_of(refused)).status_code == 302
    assert office.row("deputies", deputy).unit == "青石中学"


def test_a_form_without_its_version_is_refused_and_kept(office: Office) -> None:
    deputy = office.id_of("deputies", "石春")
    browser = office.browser("liaison1")
    form = form_of(browser.get(f"/deputies/edit/{deputy}"))
    answer = browser.post(f"/deputies/edit/{deputy}", data={**form, "version": "", "unit": "青石中学"})
    assert answer.status_code == 422
    assert form_of(answer)["unit"] == ["青石中学"]
    assert office.row("deputies", deputy).unit is None


def test_a_form_sent_back_as_it_was_shown_changes_nothing(office: Office) -> None:
    """Neither the row's version nor its history grows by a save that changes nothing."""
    for key, row_id in (("deputies", office.id_of("deputies", "石春")), ("opinions", office.opinion_of(office.township))):
        browser = office.browser("liaison1")
        before = office.version(key, row_id)
        assert browser.post(f"/{key}/edit/{row_id}", data=form_of(browser.get(f"/{key}/edit/{row_id}"))).status_code == 302
        assert office.version(key, row_id) == before


@pytest.mark.parametrize("version", [None, "", "0", "7.7", 0, ["1"], {"a": 1}])
def test_a_rest_change_without_the_present_version_is_409(office: Office, version: Any) -> None:
    """Stock FAB: two PUTs from one copy of the row are answered 200 and 200, and the last one wins."""
    deputy = office.id_of("deputies", "石春")
    client, token = office.app.test_client(), office.token("liaison1")
    body = {"unit": "青石小学"} if version is None else {"unit": "青石小学", "version": version}
    answer = client.put(f"/api/v1/deputies/{deputy}", json=body, headers=token)
    assert answer.status_code == 409
    assert office.row("deputies", deputy).unit is None


def test_of_two_rest_changes_from_one_copy_the_second_is_409_and_says_who_was_first(office: Office) -> None:
    deputy = office.id_of("deputies", "石春")
    client = office.app.test_client()
    first, second = office.token("liaison1"), office.token("head1")
    version = client.get(f"/api/v1/deputies/{deputy}", headers=first).get_json()["result"]["version"]
    done = client.put(f"/api/v1/deputies/{deputy}", json={"unit": "青石小学", "version": version}, headers=first)
    assert done.status_code == 200
    stale = client.put(f"/api/v1/deputies/{deputy}", json={"unit": "青石中学", "version": version}, headers=second)
    assert stale.status_code == 409
    assert "liaison1先生" in str(stale.get_json())
    assert office.row("deputies", deputy).unit == "青石小学"
    newest = done.get_json()["result"]["version"]
    fresh = client.put(f"/api/v1/deputies/{deputy}", json={"unit": "青石中学", "version": newest}, headers=second)
    assert fresh.status_code == 200


def test_a_stale_delete_is_refused(office: Office) -> None:
    """The page that asks whether to delete showed a row that has changed since."""
    organ = office.id_of("organs", "青石民政所")
    browser, version = office.browser("liaison1"), office.version("organs", organ)
    office.write("head1", "organs", {"contact": "老王"}, row_id=organ, version=version)
    browser.post(f"/organs/delete/{organ}", data={"version": version})
    assert office.row("organs", organ) is not None
    answer = office.app.test_client().delete(f"/api/v1/organs/{organ}?version={version}", headers=office.token("liaison1"))
    assert answer.status_code == 409


def test_a_detail_is_stale_when_its_activity_was_changed(office: Office) -> None:
    """A reception shares its page with its activity: the version counts both."""
    changes = {"activity.title": "三月接待日", "activity.start": "2026-03-03 09:00", "activity.end": "2026-03-03 11:00"}
    reception = office.write("liaison1", "receptions", changes)
    browser = office.browser("liaison1")
    form = form_of(browser.get(f"/receptions/edit/{reception}"))
    activity = office.row("receptions", reception).activity_id
    office.write("head1", "activities", {"place": "二楼"}, row_id=activity, version=office.version("activities", activity))
    answer = browser.post(f"/receptions/edit/{reception}", data={**form, "activity.place": "三楼"})
    assert answer.status_code == 409
    assert office.row("activities", activity).place == "二楼"
