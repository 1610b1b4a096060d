"""The scene that the contract is tried on."""

from __future__ import annotations

import pytest

from app.core.dictionary.ledger import LEDGERS
from tests.support.scene import World

pytestmark = pytest.mark.both_databases


def test_every_ledger_has_a_row_in_each_station(world: World) -> None:
    assert set(world.here.rows) | set(world.county.rows) == set(LEDGERS)
    assert set(world.there.rows) >= {key for key, model in LEDGERS.items() if model.scope != "shared"}
