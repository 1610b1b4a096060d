"""When something was done on a device whose clock may be wrong."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from app.core.devices.operations import corrected

RECEIVED = datetime(2026, 3, 3, 1, 0)


@pytest.mark.parametrize(
    ("off", "ago", "at", "doubtful"),
    [
        (timedelta(0), timedelta(0), RECEIVED, False),
        (timedelta(0), timedelta(minutes=40), RECEIVED - timedelta(minutes=40), False),
        (timedelta(hours=-8), timedelta(minutes=40), RECEIVED - timedelta(minutes=40), False),
        (timedelta(hours=5), timedelta(minutes=40), RECEIVED - timedelta(minutes=40), False),
        (timedelta(days=2), timedelta(minutes=40), RECEIVED, True),
        (timedelta(days=-400), timedelta(minutes=40), RECEIVED, True),
        (timedelta(0), timedelta(minutes=-5), RECEIVED, True),
        (timedelta(0), timedelta(seconds=-20), RECEIVED, False),
    ],
)
def test_what_a_clock_is_off_is_taken_off(off: timedelta, ago: timedelta, at: datetime, doubtful: bool) -> None:
    device_now = RECEIVED + off
    assert corrected(device_now - ago, device_now, RECEIVED) == (at, doubtful)


def test_without_a_time_that_of_receipt_counts() -> None:
    assert corrected(None, RECEIVED, RECEIVED) == (RECEIVED, True)
    assert corrected(RECEIVED, None, RECEIVED) == (RECEIVED, True)
