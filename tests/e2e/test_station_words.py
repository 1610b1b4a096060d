"""Words follow the station's kind: what a township calls 主席团 is 人大工委 in a street."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.support.office import OFFICE, Office, words_of


@pytest.fixture
def scene() -> object:
    return OFFICE


@pytest.mark.parametrize("address", ["/activities/add", "/accounts/add", "/"])
def test_a_street_speaks_of_its_committee(app: Flask, address: str) -> None:
    office = Office(app)
    role = "presidium" if address == "/" else "head"
    township = words_of(office.browser(f"{role}1").get(address))
    street = words_of(office.browser(f"{role}2").get(address))
    assert "主席团" in township
    assert "人大工委" not in township
    assert "人大工委" in street
    assert "主席团" not in street
