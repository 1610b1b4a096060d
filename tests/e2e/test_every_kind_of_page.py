"""Every kind of page in a real browser, on the office's screen and on the phone: nothing breaks, nothing sticks out, all can be used."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import ConsoleMessage, Page, Request

from tests.e2e.desk import sign_in
from tests.support.browser import OFFICE_SCREEN, PHONE_SCREEN, serious_violations
from tests.support.scene import PASSWORD, TWO_STATIONS, World, world_in

SCREENS = {"office": OFFICE_SCREEN, "phone": PHONE_SCREEN}


@pytest.fixture
def scene() -> object:
    return TWO_STATIONS


def pages_of(role: str, world: World) -> list[str]:
    """Each kind of page once for the liaison officer; for the others what differs for them."""
    here = world.here.rows
    if role == "liaison":
        return [
            "/",
            "/opinions/list/",
            "/deputies/list/?name=%E6%97%A0",
            "/deputies/list/?month=13",
            f"/deputies/show/{here['deputies']}",
            f"/activities/show/{here['activities']}?tab=attendance-activity",
            f"/telling/{here['activities']}",
            f"/telling/{here['activities']}/calls",
            f"/guests/{here['activities']}",
            f"/feedback/{here['inspections']}",
            f"/reporting/{here['activities']}",
            "/leave/",
            f"/opinions/edit/{here['opinions']}",
            f"/opinions/delete/{here['opinions']}",
            f"/checkin/of/{here['activities']}",
            "/checkin/",
            "/ballot/",
            f"/desk/of/{here['receptions']}",
            "/desk/",
            f"/rounds/of/{here['archive_rooms']}",
            "/round/",
            "/roundlog/?year=2025",
            f"/meeting/of/{here['review_meetings']}",
            "/voters/",
            "/announcement/",
            "/cards/list/",
            "/receptions/add",
            "/archive_checks/add",
            "/search/?q=%E6%B2%B3",
            "/month/?month=2025-03",
            "/import/?ledger=opinions",
            "/opinion_analysis/?from=2025-01-01&to=2025-12-31",
            "/account/password",
            "/planner/2025",
            "/rota/2031",
            "/duty_reporting/2025",
            f"/duty_reporting/report/{here['duty_reports']}",
            f"/review_minutes/{here['review_meetings']}",
            "/assigning/",
            "/assigning/?part=to_sign",
            "/calls/",
            "/dossiers/?year=2025",
            f"/dossiers/{here['deputies']}/2025",
            f"/dossiers/{here['deputies']}/term/{here['terms']}",
            "/confirming/",
            "/yearbook/summary/2025",
            "/yearbook/chronicle?first=2025-01-01&last=2025-12-31",
            "/no/such/page",
        ]
    own = {
        "admin": ["/accounts/list/", "/accounts/add", "/deputies/list/"],
        "county": ["/import/", "/opinions/list/", "/organs/add", "/month/", "/planner/", "/opinion_analysis/?from=2025-01-01"],
        "head": [
            "/settings/list/",
            "/review_outcomes/",
            "/templates/list/",
            "/templates/show/duty_card",
            "/accounts/add",
            f"/plans/edit/{world.there.rows['plans']}",
        ],
        "archivist": [
            "/archive_files/list/",
            "/archive_files/add",
            f"/archive_checks/edit/{here['archive_checks']}",
            "/archive_faults/list/",
            f"/archive_faults/show/{here['archive_faults']}",
            "/filing/?kind=sealed_dossiers",
            "/filing/numbers",
            "/loans_out/",
            "/roundlog/?year=2025",
        ],
        "presidium": [
            "/dossiers/?year=2024",
            f"/dossiers/{world.there.rows['deputies']}/2024",
            "/assignments/list/",
            f"/assignments/edit/{world.there.rows['assignments']}",
            "/accounts/list/",
        ],
        "convenor": ["/deputies/list/", "/review_meetings/add", "/duty_reports/list/"],
        "deputy": [
            "/duty_reporting/2025",
            "/leave/",
            "/own_entries/",
            f"/dossiers/{world.mine.rows['deputies']}/2025",
            "/visits/add",
            f"/deputies/show/{world.mine.rows['deputies']}",
            "/opinions/list/",
        ],
    }
    return ["/", *own[role]]


ACCOUNTS = {
    "admin": "admin",
    "county": "county",
    "head": "head2",
    "liaison": "liaison1",
    "archivist": "archivist1",
    "presidium": "presidium2",
    "convenor": "convenor1",
    "deputy": "deputy1",
}


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("role", ACCOUNTS)
def test_pages_hold_on_both_screens(app: Flask, page: Page, live_server: str, role: str, screen: str) -> None:
    faults: list[str] = []
    host = urlsplit(live_server).netloc

    def note(message: ConsoleMessage) -> None:
        expected = "Failed to load resource" in message.text and message.location.get("url") == page.url
        if message.type in ("error", "warning") and not expected:
            faults.append(f"{page.url}: {message.text}")

    def look(request: Request) -> None:
        if urlsplit(request.url).netloc not in (host, ""):
            faults.append(f"{page.url} calls {request.url}")

    page.on("console", note)
    page.on("request", look)
    width, height = SCREENS[screen]
    page.set_viewport_size({"width": width, "height": height})
    sign_in(page, ACCOUNTS[role], PASSWORD)
    for address in pages_of(role, world_in(app)):
        page.goto(address)
        shown = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        if shown[0] > shown[1]:
            faults.append(f"{address} is {shown[0]} wide on {shown[1]}")
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")  # a bar that stays in sight covers nothing at the end
        faults += [f"{address}: {violation}" for violation in serious_violations(page)]
    assert faults == []


def test_the_door_holds_on_both_screens(page: Page) -> None:
    for width, height in SCREENS.values():
        page.set_viewport_size({"width": width, "height": height})
        for address in ("/login/", "/no/such/page"):
            page.goto(address)
            assert serious_violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
