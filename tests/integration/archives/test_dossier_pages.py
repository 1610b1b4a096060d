"""The pages of dossiers, sealing by form, own entries and their confirming: whose they are, and what a wrong address meets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask

from app.core.clock import clock_at
from tests.support.databases import Scene
from tests.support.office import OFFICE, Office, words_of
from tests.support.papers import text_of

NOW = datetime(2026, 1, 12, 9, 0)


def fill(app: Flask) -> None:
    OFFICE.fill(app)
    office = Office(app)
    with clock_at(NOW):
        for number, who in ((1, "石春"), (2, "白云")):
            deputy = office.id_of("deputies", who)
            term = office.rows("terms")[0].id
            told = {"deputy": deputy, "term": term, "certificate": f"0{number}", "elected_on": "2022-01-10"}
            office.write(f"liaison{number}", "mandates", told)
            office.write(f"liaison{number}", "visits", {"visited_on": "2025-05-06", "deputy": deputy, "place": f"{who}走访的村"})


@pytest.fixture
def scene() -> Scene:
    return Scene("dossiers of two stations", fill)


@pytest.fixture
def office(app: Flask) -> Iterator[Office]:
    with clock_at(NOW):
        yield Office(app)


def seal(office: Office, who: str, **given: Any) -> str:
    browser = office.browser(who)
    answer = browser.post("/dossiers/seal/2025", data=given, follow_redirects=True)
    return words_of(answer) if answer.status_code == 200 else answer.status


@pytest.mark.parametrize("who", ["county", "head1", "liaison1", "archivist1", "presidium1", "deputy1"])
def test_who_may_read_a_dossier_reads_it_and_takes_it_along(office: Office, who: str) -> None:
    browser, deputy = office.browser(who), office.id_of("deputies", "石春")
    page = words_of(browser.get(f"/dossiers/{deputy}/2025"))
    assert "石春 2025年度履职档案" in page
    assert "石春走访的村" in page
    assert "138123" not in page
    document = browser.get(f"/deputies/paper/dossier/{deputy}?year=2025")
    assert "石春走访的村" in text_of(document.data)
    term = office.rows("terms")[0].id
    assert "石春走访的村" in words_of(browser.get(f"/dossiers/{deputy}/term/{term}"))


@pytest.mark.parametrize("who", ["admin", "convenor1"])
def test_who_may_not_read_dossiers_meets_none(office: Office, who: str) -> None:
    browser, deputy = office.browser(who), office.id_of("deputies", "石春")
    for address in ("/dossiers/", f"/dossiers/{deputy}/2025", "/dossiers/2025/zip", "/dossiers/2025/workbook"):
        assert browser.get(address).status_code == 403, address
    assert "/dossiers/" not in browser.get("/").text


def test_another_stations_and_another_deputys_dossier_do_not_exist(office: Office) -> None:
    there, other = office.id_of("deputies", "白云"), office.id_of("deputies", "解明")
    term = office.rows("terms")[0].id
    strangers = [(who, there) for who in ("head1", "liaison1", "presidium1", "deputy1")]
    for who, deputy in (*strangers, ("deputy1", other), ("head1", 999)):
        for address in (f"/dossiers/{deputy}/2025", f"/dossiers/{deputy}/term/{term}", f"/deputies/paper/dossier/{deputy}?year=2025"):
            assert office.browser(who).get(address).status_code == 404, (who, address)
    assert office.browser("head1").get(f"/dossiers/{other}/term/{term}").status_code == 404
    for address in ("/dossiers/?year=20x5", "/dossiers/?year=9999", f"/dossiers/{other}/9999"):
        assert office.browser("head1").get(address).status_code == 404, address
    assert office.browser("county").get("/dossiers/?station=99").status_code == 404
    assert "白云" not in words_of(office.browser("head1").get("/dossiers/?year=2025"))
    assert "白云" in words_of(office.browser("county").get(f"/dossiers/?year=2025&station={office.street}"))


def test_a_deputy_opens_the_own_dossier_and_takes_no_ones_along(office: Office) -> None:
    browser = office.browser("deputy1")
    assert "石春 2025年度履职档案" in words_of(browser.get("/dossiers/?year=2025"))
    for address in ("/dossiers/2025/zip", "/dossiers/2025/workbook", "/deputies/papers/dossier_summary?year=2025"):
        assert browser.get(address).status_code == 403, address


def test_the_years_papers_stand_in_the_official_order(office: Office) -> None:
    browser = office.browser("archivist1")
    package = ZipFile(BytesIO(browser.get("/dossiers/2025/zip").data))
    assert [name[:6] for name in package.namelist()] == ["001 石春"]
    assert "石春走访的村" in text_of(package.read(package.namelist()[0]))
    assert "石春" in text_of(browser.get("/deputies/papers/dossier_summary?year=2025").data)
    with browser.get("/dossiers/2025/workbook") as answer:
        assert answer.data[:2] == b"PK"
    assert office.browser("county").get("/dossiers/2025/zip").status_code == 404


def test_the_presidium_seals_by_its_own_name_and_the_head_by_the_name_of_who_signed(office: Office) -> None:
    deputy = office.id_of("deputies", "石春")
    assert "请填写主席团" in seal(office, "head1", deputy=str(deputy), signed_by=" ")
    assert "不是有效日期" in seal(office, "head1", deputy=str(deputy), signed_by="周敏", signed_on="昨天")
    assert "签字日期应在" in seal(office, "head1", deputy=str(deputy), signed_by="周敏", signed_on="2026-02-01")
    assert "已封存2025年度履职档案1份" in seal(office, "presidium1", deputy=str(deputy))
    assert "已经封存：石春" in seal(office, "head1", deputy=str(deputy), signed_by="周敏")
    assert "已全部封存" in seal(office, "head1", signed_by="周敏")
    page = words_of(office.browser("deputy1").get(f"/dossiers/{deputy}/2025"))
    assert "presidium1先生，2026-01-12" in page
    for who in ("liaison1", "archivist1", "deputy1", "county"):
        assert seal(office, who, deputy=str(deputy)) == "403 FORBIDDEN", who
    assert seal(office, "presidium2", deputy=str(deputy)) == "404 NOT FOUND"
    assert "2026-12-20起才能封存" in words_of(
        office.browser("head1").post("/dossiers/seal/2026", data={"signed_by": "周敏"}, follow_redirects=True))


def test_a_sealed_dossier_is_not_deleted_with_its_deputy(office: Office) -> None:
    deputy = office.id_of("deputies", "石春")
    seal(office, "presidium1", deputy=str(deputy))
    page = words_of(office.browser("head1").post(f"/deputies/delete/{deputy}", follow_redirects=True))
    assert "已封存的履职档案" in page
    assert office.rows("deputies")


ENTRIES: dict[str, dict[str, str]] = {
    "visits": {"visited_on": "2026-01-11", "place": "东村", "households": "3"},
    "good_deeds": {"done_on": "2026-01-10", "deed": "修好水泵", "persons": "4"},
    "inspections": {
        "activity.title": "看卫生室", "activity.type": "inspection", "activity.start": "2026-01-09T10:00", "activity.place": "卫生室",
        "certificate": "alone"},
}


def test_own_entries_wait_for_the_office_and_count_once_confirmed(office: Office) -> None:
    own, deputy = office.browser("deputy1"), office.id_of("deputies", "石春")
    for key, values in ENTRIES.items():
        assert own.post(f"/own_entries/{key}", data={**values, "request_id": key}).status_code == 302
        assert own.post(f"/own_entries/{key}", data={**values, "request_id": key}).status_code == 302  # a double click
        assert [row.confirmed for row in office.rows(key)][-1] is False
    assert words_of(own.get("/own_entries/")).count("待确认") == 3
    before = words_of(own.get(f"/dossiers/{deputy}/2026"))
    assert "有3条本人填报待联络站确认" in before
    assert "东村" not in before
    page = office.browser("liaison1").get("/confirming/")
    chosen = [part.split('"')[0] for part in page.text.split('name="entries" value="')[1:]]
    assert len(chosen) == 3
    assert office.browser("liaison1").post("/confirming/", data={"one": chosen[0]}).status_code == 302
    assert office.browser("liaison1").post("/confirming/", data={"entries": chosen[1:]}).status_code == 302
    after = words_of(own.get(f"/dossiers/{deputy}/2026"))
    for word in ("东村", "修好水泵", "看卫生室"):
        assert word in after
    assert "待联络站确认" not in after
    assert "没有待确认的填报" in words_of(office.browser("head1").get("/confirming/"))


def test_what_is_typed_wrong_is_said_beside_it_and_nothing_is_lost(office: Office) -> None:
    answer = office.browser("deputy1").post(
        "/own_entries/visits", data={"visited_on": "2026-01-11", "place": "长" * 10_000, "households": "x", "heard": "水渠漏水"})
    assert answer.status_code == 422
    page = words_of(answer)
    assert "“x”不是整数" in page
    assert "水渠漏水" in page


def test_what_is_still_to_come_is_not_entered_as_done(office: Office) -> None:
    """A confirmed visit counts: one of next week would count before anybody went there."""
    own = office.browser("deputy1")
    for key, day in (("visits", "visited_on"), ("good_deeds", "done_on")):
        answer = own.post(f"/own_entries/{key}", data={**ENTRIES[key], day: "2026-01-19"})
        assert answer.status_code == 422
        assert "日期还没到" in words_of(answer)
        given = {**ENTRIES[key], day: "2026-01-19", "deputy": office.id_of("deputies", "石春")}
        called = office.app.test_client().post(f"/api/v1/{key}/", headers=office.token("deputy1"), json=given)
        assert called.status_code == 422


def test_nobody_enters_for_another_and_a_stale_entry_is_looked_at_again(office: Office) -> None:
    deputy, other = office.browser("deputy1"), office.id_of("deputies", "解明")
    deputy.post("/own_entries/visits", data={**ENTRIES["visits"], "deputy": str(other)})
    row = office.rows("visits")[-1]
    assert row.deputy_id == office.id_of("deputies", "石春")
    assert deputy.post("/own_entries/opinions", data={}).status_code == 404
    assert deputy.get("/confirming/").status_code == 403
    assert office.browser("head1").get("/own_entries/").status_code == 403
    value = f"visits:{row.id}:{office.version('visits', row.id)}"
    office.write("deputy1", "visits", {"households": "9"}, row_id=row.id, version=office.version("visits", row.id))
    page = words_of(office.browser("liaison1").post("/confirming/", data={"one": value}, follow_redirects=True))
    assert "1条待确认" in page
    assert office.browser("liaison2").post("/confirming/", data={"one": value}).status_code == 404
    for wrong in ("visits:x:1", "deputies:1:1", "visits"):
        assert office.browser("liaison1").post("/confirming/", data={"one": wrong}).status_code == 404


def test_a_confirmed_visit_moved_by_its_holder_waits_again(office: Office) -> None:
    deputy = office.browser("deputy1")
    deputy.post("/own_entries/inspections", data=ENTRIES["inspections"])
    row = office.rows("inspections")[-1]
    office.write("liaison1", "inspections", {"confirmed": True}, row_id=row.id, version=office.version("inspections", row.id))
    office.write("deputy1", "inspections", {"activity.place": "学校"}, row_id=row.id, version=office.version("inspections", row.id))
    assert office.row("inspections", row.id).confirmed is False


def test_no_call_of_another_program_confirms_ones_own(office: Office) -> None:
    row = office.write("deputy1", "good_deeds", {"done_on": "2026-01-10", "deed": "修路", "deputy": office.id_of("deputies", "石春")})
    sent = {"confirmed": True, "version": office.version("good_deeds", row)}
    answer = office.app.test_client().put(f"/api/v1/good_deeds/{row}", json=sent, headers=office.token("deputy1"))
    assert answer.status_code == 422
    assert office.row("good_deeds", row).confirmed is False
