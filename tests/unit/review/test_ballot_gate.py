"""One-time numbers: good once and for a while; who guesses waits, who has a right code is never shut out."""

from __future__ import annotations

import pickle

import pytest

from app.review.ballot import gate
from app.review.ballot.gate import Gate


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def door(clock: Clock) -> Gate:
    return Gate(clock)


def test_a_number_is_good_once_for_its_meeting_and_for_two_minutes(door: Gate, clock: Clock) -> None:
    first, wait = door.number("ab12", "10.0.0.5")
    assert wait == 0
    assert not door.passes(first, "cd34")
    assert door.passes(first, "ab12")
    assert not door.passes(first, "ab12")
    assert not door.passes("made up", "ab12")
    old, _wait = door.number("ab12", "10.0.0.5")
    clock.now += gate.GOOD_FOR_S + 1
    assert not door.passes(old, "ab12")


def test_who_guesses_waits_longer_each_time_and_nobody_else_does(door: Gate, clock: Clock) -> None:
    waits = []
    for _attempt in range(12):
        waits.append(door.number("ab12", "guesser")[1])
        door.failed("ab12", "guesser")
    assert waits == [0.0] * 6 + [1.0, 2.0, 4.0, 8.0, 8.0, 8.0]
    assert door.number("ab12", "honest")[1] == 0
    drawn, wait = door.number("ab12", "guesser")
    assert not door.passes(drawn, "ab12"), "its time has not come"
    clock.now += wait
    assert door.passes(drawn, "ab12"), "a right code would count"
    clock.now += gate.FORGOTTEN_AFTER_S + 1
    assert door.number("ab12", "guesser")[1] == 0


def test_numbers_kept_in_store_do_not_help_a_guesser(door: Gate, clock: Clock) -> None:
    for _attempt in range(gate.FREE_OF_DEVICE + 9):
        door.failed("ab12", "guesser")
    drawn = [door.number("ab12", "guesser")[0] for _each in range(500)]
    clock.now += gate.LONGEST_S
    assert sum(door.passes(number, "ab12") for number in drawn) == gate.FEW_NUMBERS


def test_guessing_from_many_addresses_slows_the_meeting_and_no_other(door: Gate) -> None:
    for number in range(gate.FREE_OF_MEETING + 1):
        door.failed("ab12", f"10.0.{number}.1")
    assert door.number("ab12", "honest")[1] == gate.SLOW_MEETING_S
    assert door.number("cd34", "honest")[1] == 0


def test_memory_does_not_grow_without_end(door: Gate) -> None:
    for number in range(gate.MOST_COUNTED + 500):
        door.failed(f"m{number}", "guesser")
        door.number("ab12", f"device {number}")
    assert len(door._failures) <= gate.MOST_COUNTED + 2
    assert len(door._numbers) <= gate.MOST_NUMBERS + 1


def test_of_those_who_voted_nothing_is_left_and_of_those_who_failed_no_address(door: Gate) -> None:
    empty = {**vars(door), "_lock": None, "_now": None}
    before = pickle.dumps(empty)
    for _voter in range(60):
        drawn, _wait = door.number("ab12", "192.168.1.77")
        assert door.passes(drawn, "ab12")
    assert pickle.dumps({**vars(door), "_lock": None, "_now": None}) == before
    door.failed("ab12", "192.168.1.77")
    kept = pickle.dumps({**vars(door), "_lock": None, "_now": None})
    assert b"192.168.1.77" not in kept
    assert b"ab12" not in kept
