"""A slip's code is read however it is typed, and a typing error is found at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.review.ballot.codes import ALPHABET, DRAWN, LENGTH, check_character, draw, grouped, read

bodies = st.text(alphabet=ALPHABET, min_size=DRAWN, max_size=DRAWN)
codes = bodies.map(lambda body: body + check_character(body))
full_width = str.maketrans({letter: chr(ord(letter) + 0xFEE0) for letter in ALPHABET})


@given(codes, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_found(code: str, place: int, other: str) -> None:
    typed = code[:place] + other + code[place + 1 :]
    assert read(typed) == (code if typed == code else None)


@given(codes, st.integers(0, LENGTH - 2))
def test_every_two_neighbours_that_changed_places_are_found(code: str, place: int) -> None:
    typed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert read(typed) == (code if typed == code else None)


@given(codes, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_a_character_too_few_or_too_many_is_found(code: str, place: int, more: str) -> None:
    assert read(code[:place] + code[place + 1 :]) is None
    assert read(code[:place] + more + code[place:]) is None


@given(codes)
def test_blanks_small_letters_and_full_width_are_read(code: str) -> None:
    for typed in (f"  {grouped(code)} ", code.lower(), code.translate(full_width), "-".join(code), f"http://10.0.0.5:8080/ballot/ab12#{code}"):
        assert read(typed) == code


@given(st.text(max_size=60))
def test_anything_typed_is_a_code_or_nothing(typed: str) -> None:
    found = read(typed)
    assert found is None or (len(found) == LENGTH and set(found) <= set(ALPHABET))


@pytest.mark.parametrize("typed", ["", "#", "234", "0" * 9, "A" * 10_000, "２３４５６７８９", "http://host/ballot/ab12"])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert read(typed) is None


def test_letters_that_no_slip_bears_are_read_as_the_digits_they_look_like() -> None:
    code = "22558866" + check_character("22558866")
    assert read("ZZSSBBGG" + code[-1]) == code


def test_no_character_of_a_code_is_taken_for_another() -> None:
    assert not set("01IL OQD SZBG UV") & set(ALPHABET)
    assert {read(draw()) is not None for _each in range(200)} == {True}
