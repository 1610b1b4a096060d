"""The analysis of opinions: every figure is the number of rows behind its link, and what the rules say of the raw rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask

from app.core import clock
from app.core.database import db
from app.core.dictionary.ledger import LEDGERS
from app.core.paperwork.papers import Reading
from app.core.refusals import Refused
from app.core.web.pages import listing_asked_for
from app.reception import rules as standing
from app.reception.analysis import tables
from app.reception.analysis.papers import bound_volume
from app.reception.analysis.rules import NONE, whole_year
from app.reception.analysis.services import analysis
from app.reception.ledgers import OpinionView
from tests.integration.core.test_query_budgets import statements
from tests.support.databases import Scene
from tests.support.office import OFFICE, Office
from tests.support.papers import text_of

pytestmark = pytest.mark.both_databases
TODAY = datetime(2026, 9, 1, 9, 0)
Row = dict[str, Any]


def fill(app: Flask) -> None:
    OFFICE.fill(app)
    office = Office(app)
    with clock.clock_at(TODAY):
        organs = [office.write("liaison1", "organs", {"name": name, "level": "township"}) for name in ("青石水利站", "青石村建所")]
        elsewhere = office.write("liaison2", "organs", {"name": "河东城管所", "level": "township"})
        for number in range(8):
            handling = ("answered_on_spot", "explained", "to_gather", None)[number % 4]
            add_opinion(office, "liaison1", number, handling=handling, village=("东村", "西村", None)[number % 3])
        add_answer(office, "liaison1", add_opinion(office, "liaison1", 8, handling="answered_on_spot"), None, "2026-03-12", "mostly")
        signed_late = add_opinion(office, "liaison1", 9)
        add_sheet(office, "liaison1", signed_late, organs[0], due="2026-06-30", signed="2026-04-30")
        back = add_opinion(office, "liaison1", 10, category="roads")
        add_sheet(office, "liaison1", back, organs[0], due="2026-06-30", signed="2026-03-10", returned="2026-03-16")
        second = add_sheet(office, "liaison1", back, organs[1], due="2026-07-30", signed="2026-03-18")
        add_answer(office, "liaison1", back, second, "2026-04-08", "satisfied", closed="2026-04-20")
        again = add_opinion(office, "liaison1", 11, village="东村")
        first = add_sheet(office, "liaison1", again, organs[1], due="2026-06-30", signed="2026-03-12")
        add_answer(office, "liaison1", again, first, "2026-04-01", "dissatisfied")
        add_sheet(office, "liaison1", again, organs[1], due="2026-08-30", signed="2026-04-10")
        there = add_opinion(office, "liaison2", 12, category="roads", heard_on="2025-12-30")
        add_sheet(office, "liaison2", there, elsewhere, due="2026-03-30", signed="2026-01-05")
        add_opinion(office, "liaison2", 13, village="东村")


def add_opinion(office: Office, who: str, number: int, **more: Any) -> int:
    told = {"heard_on": "2026-04-01" if number == 5 else "2026-03-02", "voter_name": f"张桂花{number}", "handling": "to_assign"}
    return office.write(who, "opinions", {**told, "words": f"第{number}件路面破损", **more})


def add_sheet(office: Office, who: str, opinion: int, organ: int, *, due: str, signed: str, returned: str | None = None) -> int:
    told: Row = {"opinion": opinion, "organ": organ, "assigned_on": signed, "due": due, "signed_on": signed, "signed_by": "解明"}
    return office.write(who, "assignments", told | ({"returned_on": returned, "returned_reason": "不属本单位"} if returned else {}))


def add_answer(office: Office, who: str, opinion: int, sheet: int | None, day: str, said: str, closed: str | None = None) -> None:
    told = {"opinion": opinion, "assignment": sheet, "replied_on": day, "form": "phone", "answered_by": "staff", "answer": "已修好"}
    office.write(who, "replies", {**told, "satisfaction": said})
    if closed:
        office.write(who, "opinions", {"closed_on": closed}, row_id=opinion, version=office.version("opinions", opinion))


@pytest.fixture
def scene() -> Scene:
    return Scene("opinions of a year", fill)


@pytest.fixture
def office(app: Flask) -> Iterator[Office]:
    with clock.clock_at(TODAY):
        yield Office(app)


def behind(office: Office, who: str, url: str) -> int:
    """How many rows stand in the list that an address asks for; a condition that could not be read is a fault."""
    listing, sentences = listing_asked_for(
        office.actor(who), LEDGERS["opinions"], ["number"], OpinionView.filter_columns, dict(parse_qsl(urlsplit(url).query)))
    assert sentences == [], url
    return listing.count()


@pytest.mark.parametrize("who", ["liaison1", "county"])
def test_each_figure_is_the_number_of_rows_behind_it(office: Office, who: str) -> None:
    with office.app.test_request_context():
        found = analysis(db.session(), office.actor(who), whole_year(2026))
        made = tables.tables(found, None, who == "county")
        shown = [figure for table in made for line in (*table.lines, table.whole) for figure in line.figures]
        shown += [tile.figure for tile in tables.tiles(found, None)] + [each.figure for each in tables.overdue(found, None)]
        asked = {figure.url: figure.count for figure in shown}
        assert asked == {url: behind(office, who, url) for url in asked}
    assert found.figures.whole.received == {"liaison1": 13, "county": 15}[who]
    assert len({table.key for table in made}) == {"liaison1": 4, "county": 5}[who]


def test_the_figures_are_what_the_rules_say_of_the_raw_rows(office: Office) -> None:
    """Counted a second time, opinion by opinion, by the rules that say where one stands."""
    late: Counter[tuple[str, int]] = Counter()
    said: Counter[str] = Counter()
    organs: Counter[int] = Counter()
    for opinion in office.rows("opinions"):
        sheets = [each for each in office.rows("assignments") if each.opinion_id == opinion.id]
        replies = [each for each in office.rows("replies") if each.opinion_id == opinion.id]
        facts = standing.Facts(
            assignments=[standing.Assigned(s.id, s.round, True, False, s.returned_on is not None) for s in sheets],
            replies=[standing.Answered(r.round, r.assignment_id, r.form, r.satisfaction) for r in replies],
        )
        live, answer = standing.live_assignment(facts), standing.deciding_reply(facts)
        sheet = next((each for each in sheets if live and each.id == live.id), None)
        if sheet is not None and answer is None and sheet.due < TODAY.date():
            late["answer", sheet.organ_id] += 1
        if opinion.heard_on.year == 2026:
            said[(answer.satisfaction if answer else None) or NONE] += 1
            organs[sheet.organ_id if sheet else 0] += 1
    with office.app.test_request_context():
        found = analysis(db.session(), office.actor("county"), whole_year(2026))
    assert found.figures.whole.satisfaction == said
    assert {key: tally.received for key, tally in found.figures.parts["organ"].items()} == organs
    assert {(each.overdue, each.organ): each.count for each in found.late if each.overdue == "answer"} == late
    assert sum(late.values()) == 3


def test_how_fast_follows_the_first_signing_and_the_sheet_that_stands(office: Office) -> None:
    """Heard on 2 March, signed first on 10 March, sent back; the second sheet signed on 18 March, answered on 8 April."""
    with office.app.test_request_context():
        found = analysis(db.session(), office.actor("liaison1"), whole_year(2026))
    roads = found.figures.parts["category"]["roads"]
    assert (roads.to_sign.count, roads.to_sign.median) == (1, 6)
    assert (roads.to_answer.count, roads.to_answer.median) == (1, 14)


def test_what_waits_for_its_signing_longer_than_it_may_is_overdue_with_the_station(office: Office) -> None:
    """Seven working days from Thursday 20 August end on Monday 31 August, from the Friday on 1 September, which is today."""
    waiting = []
    for number, day in ((20, "2026-08-20"), (21, "2026-08-21")):
        add_opinion(office, "liaison1", number, heard_on=day)
        with office.app.test_request_context():
            found = analysis(db.session(), office.actor("liaison1"), whole_year(2026))
        waiting += [(each.count, each.oldest) for each in found.late if each.overdue == "assign"]
        assert found.figures.parts["month"]["2026-08"].late == 1
    assert waiting == [(6, date(2026, 3, 11)), (6, date(2026, 3, 11))]


def test_the_page_the_workbook_and_the_papers_open_for_those_who_keep_and_supervise(office: Office) -> None:
    for who, answer in (("head1", 200), ("liaison1", 200), ("presidium1", 200), ("archivist1", 200), ("county", 200),
                        ("deputy1", 403), ("convenor1", 403), ("admin", 403)):
        browser = office.browser(who)
        for address in ("/opinion_analysis/", "/opinion_analysis/workbook", "/opinions/papers/opinion_summary?year=2026"):
            assert browser.get(address, buffered=True).status_code == answer, (who, address)
    page = office.browser("liaison1").get("/opinion_analysis/").text
    for url, count in re.findall(r'href="(/opinions/list/[^"]+)" data-count="(\d+)"', page)[::12]:
        listed = office.browser("liaison1").get(unescape(url)).text
        assert re.search(rf'<span class="tag mute">\s*{count}\D', listed), url
    assert "河东城管所" not in page


def test_what_makes_no_sense_gets_a_sentence_and_another_station_nothing(office: Office) -> None:
    browser = office.browser("liaison1")
    for query in ("from=2026-05-01&to=2026-04-01", "from=x", "from=0001-01-01"):
        answer = browser.get(f"/opinion_analysis/?{query}")
        assert answer.status_code == 422
        assert "起止日期不对" in answer.text
    same = browser.get("/opinion_analysis/").text
    assert browser.get(f"/opinion_analysis/?station={office.street}").text.count("data-count") == same.count("data-count")
    assert office.browser("county").get("/opinion_analysis/?station=99999").status_code == 404
    for query in ("of=organ:x", "of=9", "which=9", "which=closed-9", "of=month:"):
        assert "无法识别" in browser.get(f"/opinions/list/?{query}").text, query
    foreign = office.id_of("organs", "河东城管所")
    assert "河东城管所" not in browser.get(f"/opinions/list/?of=organ:{foreign}").text
    assert "无法识别" in office.browser("deputy1").get("/opinions/list/?which=overdue").text


def test_the_years_volume_has_each_closed_opinions_form_in_order(office: Office) -> None:
    with office.app.test_request_context():
        name, data = bound_volume(Reading(db.session(), office.actor("archivist1"), 2026), 1)
        with pytest.raises(Refused, match="no_such_volume"):
            bound_volume(Reading(db.session(), office.actor("archivist1"), 2026), 2)
        with pytest.raises(Refused, match="nothing_to_bind"):
            bound_volume(Reading(db.session(), office.actor("archivist1"), 2025), 1)
    text = text_of(data)
    assert "2026" in name
    assert text.index("目") < text.index("第10件") < text.rindex("第10件")
    assert "青石村建所" in text
    assert "张桂花10" not in text
    assert office.browser("archivist1").get("/opinion_analysis/volume/2026/1").status_code == 200
    assert office.browser("archivist1").get("/opinion_analysis/volume/2025/1").status_code == 302
    assert office.browser("county").get("/opinion_analysis/volume/2026/1").status_code == 404
    assert office.browser("deputy1").get("/opinion_analysis/volume/2026/1").status_code == 403


def test_the_page_takes_a_handful_of_statements(office: Office) -> None:
    browser = office.browser("liaison1")
    browser.get("/opinion_analysis/")
    with statements() as seen:
        assert browser.get("/opinion_analysis/").status_code == 200
    assert len(seen) <= 11
    for number in range(22, 25):
        add_opinion(office, "liaison1", number)
    with statements() as again:
        browser.get("/opinion_analysis/?from=2020-01-01&to=2026-12-31")
    assert len(again) == len(seen)
