"""The menu leads to every ledger once."""

from __future__ import annotations

from collections import Counter

from flask import Flask

from app.core.dictionary.ledger import LEDGERS
from app.core.web.layout import MENU


def test_every_ledger_stands_in_the_menu_once_and_nothing_twice(app: Flask) -> None:
    items = [item for group in MENU for item in group.items]
    addresses = Counter(item.url or item.key for item in items)
    assert {address: count for address, count in addresses.items() if count > 1} == {}
    ledgers = {item.key for item in items if item.key}
    assert set(LEDGERS) == ledgers
