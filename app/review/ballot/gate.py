"""The way to the ballot box: a one-time number before each ballot, and patience for devices that guess. In memory alone.

A number is drawn for each ballot form and is good once, for two minutes. Who sent codes that no slip bears gets numbers that are
good only after a while, longer each time; likewise everybody in a meeting where very many such codes came in. Nobody is locked out:
a right code with a number whose time has come always counts. Only failures are counted, under keyed hashes of device and meeting,
and a number is forgotten as soon as it is used, so that nothing here says who voted, from where or when.
"""

from __future__ import annotations

import os
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b

GOOD_FOR_S = 120.0
FORGOTTEN_AFTER_S = 600.0
FREE_OF_DEVICE = 5
"""Wrong codes that cost a device nothing: people mistype."""
LONGEST_S = 8.0
FREE_OF_MEETING = 60
SLOW_MEETING_S = 2.0
MOST_NUMBERS = 4_000
FEW_NUMBERS = 20
"""Numbers that a device which guesses may hold at once; drawing more voids its oldest."""
MOST_COUNTED = 10_000


@dataclass
class _Failures:
    count: int
    last: float


@dataclass(frozen=True)
class _Number:
    meeting: bytes
    device: bytes
    good_from: float


class Gate:
    """Numbers given out and failures counted, for all meetings of this process."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._salt = os.urandom(16)
        self._lock = threading.Lock()
        self._numbers: OrderedDict[str, _Number] = OrderedDict()
        self._failures: OrderedDict[bytes, _Failures] = OrderedDict()

    def number(self, meeting: str, device: str) -> tuple[str, float]:
        """A one-time number for a form, and the seconds until it is good."""
        of_meeting, of_device, now = self._hashed("meeting", meeting), self._hashed("device", device), self._now()
        with self._lock:
            self._forget(now)
            wait = max(self._wait_of_device(of_device), self._wait_of_meeting(of_meeting))
            if self._wait_of_device(of_device):
                mine = [number for number, kept in self._numbers.items() if kept.device == of_device]
                for number in mine[: max(0, len(mine) - FEW_NUMBERS + 1)]:
                    del self._numbers[number]
            drawn = secrets.token_urlsafe(18)
            self._numbers[drawn] = _Number(of_meeting, of_device, now + wait)
        return drawn, wait

    def passes(self, number: str, meeting: str) -> bool:
        """Whether the number is good now; a good one is used up by that."""
        now = self._now()
        with self._lock:
            self._forget(now)
            kept = self._numbers.get(number)
            if kept is None or kept.meeting != self._hashed("meeting", meeting) or now < kept.good_from:
                return False
            del self._numbers[number]
            return True

    def failed(self, meeting: str, device: str) -> None:
        """A code came in that no slip bears."""
        with self._lock:
            for key in (self._hashed("meeting", meeting), self._hashed("device", device)):
                before = self._failures.pop(key, None)
                self._failures[key] = _Failures(before.count + 1 if before else 1, self._now())

    def _wait_of_device(self, device: bytes) -> float:
        over = self._count(device) - FREE_OF_DEVICE
        return min(2.0 ** (over - 1), LONGEST_S) if over > 0 else 0.0

    def _wait_of_meeting(self, meeting: bytes) -> float:
        return SLOW_MEETING_S if self._count(meeting) > FREE_OF_MEETING else 0.0

    def _count(self, key: bytes) -> int:
        found = self._failures.get(key)
        return min(found.count, FREE_OF_DEVICE + FREE_OF_MEETING + 10) if found else 0

    def _forget(self, now: float) -> None:
        """Both are kept in the order of their last touch, so the oldest stand first."""
        while self._numbers:
            number, kept = next(iter(self._numbers.items()))
            if len(self._numbers) <= MOST_NUMBERS and now <= kept.good_from + GOOD_FOR_S:
                break
            del self._numbers[number]
        while self._failures:
            key, failures = next(iter(self._failures.items()))
            if len(self._failures) <= MOST_COUNTED and now <= failures.last + FORGOTTEN_AFTER_S:
                break
            del self._failures[key]

    def _hashed(self, kind: str, name: str) -> bytes:
        return blake2b(name.encode(), key=self._salt, person=kind.encode(), digest_size=16).digest()
