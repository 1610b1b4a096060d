"""How personal data looks to those who may not see it. Pure functions."""

from __future__ import annotations

from enum import StrEnum

MASK = "*"


class Personal(StrEnum):
    """What kind of personal value a column holds; each kind has its own mask."""

    NAME = "name"
    PHONE = "phone"
    BIRTH = "birth"
    ADDRESS = "address"


class Sight(StrEnum):
    """How much of personal data a role sees."""

    CLEAR = "clear"
    MASKED = "masked"
    HIDDEN = "hidden"


def mask(kind: Personal, value: object) -> str:
    """张桂花 -> 张*, 13812341234 -> 138****1234, 0377-69123456 -> ****3456, a date -> its year, an address -> its first 3 characters."""
    text = "" if value is None else str(value)
    if not text:
        return ""
    match kind:
        case Personal.NAME:
            return text[0] + MASK
        case Personal.PHONE:
            digits = [char for char in text if char.isdigit()]
            tail = "".join(digits[-4:]) if len(digits) >= 7 else ""
            return (text[:3] if len(digits) == 11 and text[0] == "1" else "") + MASK * 4 + tail
        case Personal.BIRTH:
            return text[:4] + "-**-**"
        case Personal.ADDRESS:
            return text[:3] + MASK * 4


def is_masked(value: object) -> bool:
    """No name, phone, date or address holds an asterisk of its own."""
    return isinstance(value, str) and MASK in value
