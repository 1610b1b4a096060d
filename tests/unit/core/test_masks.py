"""How personal data looks to those who may not see it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.dictionary.masks import Personal, is_masked, mask


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (Personal.NAME, "张桂花", "张*"),
        (Personal.NAME, "张", "张*"),
        (Personal.NAME, "", ""),
        (Personal.NAME, None, ""),
        (Personal.PHONE, "13812341234", "138****1234"),
        (Personal.PHONE, "0377-69123456", "****3456"),
        (Personal.PHONE, "110", "****"),
        (Personal.PHONE, "6912345", "****2345"),
        (Personal.BIRTH, date(1970, 5, 1), "1970-**-**"),
        (Personal.BIRTH, "1970-05-01", "1970-**-**"),
        (Personal.ADDRESS, "青石镇东街1号", "青石镇****"),
        (Personal.ADDRESS, "东", "东****"),
    ],
)
def test_a_mask_shows_what_tells_two_rows_apart_and_no_more(kind: Personal, value: object, shown: str) -> None:
    assert mask(kind, value) == shown


@given(st.sampled_from(Personal), st.text(min_size=1).filter(str.strip))
def test_a_masked_value_is_known_as_one_and_masks_to_itself_at_most(kind: Personal, value: str) -> None:
    assert is_masked(mask(kind, value))


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_four_digits_of_a_mobile_never_show(phone: str) -> None:
    assert phone[3:7] not in mask(Personal.PHONE, phone).replace(phone[7:], "", 1)[3:]


@pytest.mark.parametrize("value", ["张桂花", "13812341234", "", None, 5, date(2026, 1, 1)])
def test_nothing_typed_by_hand_is_taken_for_a_mask(value: object) -> None:
    assert not is_masked(value)
