"""The code on an electronic slip: eight characters drawn at random and one that checks them. Pure but for the drawing.

The alphabet has twenty-three characters that are not taken for one another in print. Twenty-three is a prime, so a weighted sum
with different weights finds every single wrong character and every two that changed places.
"""

from __future__ import annotations

import secrets
import unicodedata

ALPHABET = "23456789ACEFHJKMNPRTWXY"
DRAWN = 8
LENGTH = DRAWN + 1
GROUP = 3
_VALUE = {letter: value for value, letter in enumerate(ALPHABET)}
_MISREAD = str.maketrans("ZSBG", "2586")
"""Letters that no slip bears, as they are typed for the digits that they look like."""
_SEPARATORS = frozenset(" -_.·　\t")
_LONGEST = 400


def draw() -> str:
    """A new code: one of some eighty thousand million."""
    body = "".join(secrets.choice(ALPHABET) for _place in range(DRAWN))
    return body + check_character(body)


def check_character(body: str) -> str:
    """The character that makes the weighted sum a multiple of 23: weights 2 to 9 for the body, 1 for itself."""
    return ALPHABET[-sum(weight * _VALUE[letter] for weight, letter in enumerate(body, start=2)) % len(ALPHABET)]


def read(typed: str) -> str | None:
    """The code in what was typed or scanned; None: it cannot be one.

    Blanks, lower case and full-width characters are read, and the whole address of a slip's QR code as a scanner types it.
    """
    plain = unicodedata.normalize("NFKC", typed[-_LONGEST:]).rpartition("#")[2].upper()
    code = "".join(letter for letter in plain if letter not in _SEPARATORS).translate(_MISREAD)
    if len(code) != LENGTH or not set(code) <= _VALUE.keys() or check_character(code[:DRAWN]) != code[DRAWN:]:
        return None
    return code


def grouped(code: str) -> str:
    """As it is printed: three groups of three."""
    return " ".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
