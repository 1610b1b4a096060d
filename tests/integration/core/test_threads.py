"""Many requests at once: nothing of one request is seen by another."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.databases import Scene
from tests.support.office import NAMES, OFFICE, STREET, TOWNSHIP, Office, words_of

pytestmark = pytest.mark.both_databases

TIMES = 12


@pytest.fixture
def scene() -> Scene:
    return OFFICE


@pytest.fixture(autouse=True)
def _restless_threads() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def at_once(*jobs: Callable[[int], None]) -> None:
    with ThreadPoolExecutor(len(jobs)) as pool:
        for done in [pool.submit(lambda job=job: [job(number) for number in range(TIMES)]) for job in jobs]:
            done.result()


def test_lists_asked_for_at_once_by_two_stations_hold_their_own_rows_only(office: Office) -> None:
    """Stock FAB keeps the filters of a request on the view, which all threads share: 7 of 450 lists were wrong."""

    def listing(username: str, own: str, other: str) -> Callable[[int], None]:
        browser = office.browser(username)

        def ask(_number: int) -> None:
            words = words_of(browser.get("/deputies/list/"))
            assert all(name in words for name in NAMES[own])
            assert not any(name in words for name in NAMES[other])

        return ask

    one, two = listing("liaison1", TOWNSHIP, STREET), listing("liaison2", STREET, TOWNSHIP)
    at_once(one, two, one, two)


def test_a_list_is_whole_while_another_request_filters_it(office: Office) -> None:
    """Stock FAB: the filter of one request narrows the list of another."""
    plain, filtering = office.browser("liaison1"), office.browser("head1")

    def whole(_number: int) -> None:
        assert all(name in words_of(plain.get("/deputies/list/")) for name in NAMES[TOWNSHIP])

    def filtered(_number: int) -> None:
        words = words_of(filtering.get("/deputies/list/?name=石春"))
        assert "石春" in words
        assert "仇兰" not in words

    at_once(whole, filtered, whole, filtered)


def test_rest_lists_asked_for_at_once_hold_their_own_rows_only(office: Office) -> None:
    """Stock FAB's ModelRestApi has the same race."""

    def listing(username: str, own: str) -> Callable[[int], None]:
        client, token = office.app.test_client(), office.token(username)

        def ask(_number: int) -> None:
            found = client.get("/api/v1/deputies/", headers=token).get_json()["result"]
            assert sorted(row["name"] for row in found) == sorted(NAMES[own])

        return ask

    at_once(listing("liaison1", TOWNSHIP), listing("liaison2", STREET), listing("liaison1", TOWNSHIP), listing("liaison2", STREET))


def test_rows_entered_at_once_by_two_stations_land_each_in_its_own(office: Office) -> None:
    """Stock FAB stored 1 of 80 new rows under another user's station."""

    def entering(username: str) -> Callable[[int], None]:
        browser = office.browser(username)

        def enter(number: int) -> None:
            browser.get("/constituencies/list/")
            form = {"number": f"{username}-{number}", "name": "东村选区", "kind": "constituency"}
            assert browser.post("/constituencies/add", data=form).status_code == 302

        return enter

    at_once(entering("liaison1"), entering("liaison2"), entering("head1"), entering("head2"))
    rows = office.rows("constituencies")
    assert len(rows) == 4 * TIMES
    assert all(row.station_id == (office.township if "1-" in row.number else office.street) for row in rows)


def test_an_opened_page_does_not_change_what_another_person_may_do(office: Office) -> None:
    """Who is signed in belongs to the request: a deputy never borrows the office's rights."""
    clerk, deputy = office.browser("liaison1"), office.browser("deputy1")

    def may(_number: int) -> None:
        assert clerk.get("/deputies/add").status_code == 200

    def may_not(_number: int) -> None:
        assert deputy.get("/deputies/add").status_code == 403

    at_once(may, may_not, may, may_not)
