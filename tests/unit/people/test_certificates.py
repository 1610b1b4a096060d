"""A certificate number belongs to one person at a time."""

import pytest

from app.people.rules import holds_certificate, other_holder


@pytest.mark.parametrize(
    ("values", "holds"),
    [
        ({"certificate": "第0001号", "state": "serving"}, True),
        ({"certificate": "第0001号", "state": "suspended"}, True),
        ({"certificate": "第0001号", "state": "ended"}, False),
        ({"certificate": None, "state": "serving"}, False),
    ],
)
def test_a_certificate_is_held_until_the_mandate_has_ended(values: dict[str, str | None], holds: bool) -> None:
    assert holds_certificate(values) is holds


@pytest.mark.parametrize(
    ("mandates", "holder"),
    [
        ([], None),
        ([(1, "serving")], None),
        ([(2, "ended")], None),
        ([(2, "suspended")], 2),
        ([(1, "serving"), (2, "ended"), (3, "serving")], 3),
    ],
)
def test_another_person_holds_it_while_a_mandate_of_theirs_has_not_ended(mandates: list[tuple[int, str]], holder: int | None) -> None:
    assert other_holder(1, mandates) == holder
