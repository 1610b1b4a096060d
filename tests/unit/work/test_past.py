"""What a parameter was on a day of the past, as the history of its rows tells it."""

from __future__ import annotations

from datetime import date

import pytest

from app.work.past import Past, Step, Told, steps_of
from app.work.settings import PARAMETERS

NAME = "archive_check_points"
MAY, JUNE, JULY = date(2026, 5, 2), date(2026, 6, 10), date(2026, 7, 1)
ADDED = Told(1, MAY, "add", {"name": [None, NAME], "value": [None, "防火"]})


@pytest.mark.parametrize(
    ("changes", "steps"),
    [
        ([], []),
        ([ADDED], [Step(MAY, "防火")]),
        ([ADDED, Told(1, JUNE, "edit", {"value": ["防火", "防火、防鼠"]})], [Step(MAY, "防火"), Step(JUNE, "防火、防鼠")]),
        ([ADDED, Told(1, JUNE, "delete", {}), Told(1, JULY, "restore", {})], [Step(MAY, "防火"), Step(JUNE, None), Step(JULY, "防火")]),
        ([ADDED, Told(1, JUNE, "edit", {"name": [NAME, "fonds_number"]})], [Step(MAY, "防火"), Step(JUNE, None)]),
        ([Told(2, MAY, "add", {"name": [None, "fonds_number"], "value": [None, "1"]})], []),
    ],
)
def test_the_history_of_a_parameter_is_read_step_by_step(changes: list[Told], steps: list[Step]) -> None:
    assert steps_of(NAME, changes) == steps


def test_the_stations_own_value_stands_above_the_countys_from_the_day_after() -> None:
    past = Past(PARAMETERS[NAME], county=[Step(MAY, "防火")], own=[Step(JUNE, "防鼠"), Step(JULY, None)])
    days = (date(2026, 5, 2), date(2026, 5, 3), JUNE, date(2026, 6, 11), date(2026, 7, 2))
    assert [len(past.on(days[0])), *(past.on(each) for each in days[1:])] == [6, ("防火",), ("防火",), ("防鼠",), ("防火",)]
