"""Ballots as they lie in the database while a vote is open: of one length, and readable with the vote's key alone.

What is bound to each: the vote it belongs to and the place where it lies, so a ballot that somebody moves, copies or brings over
from another vote does not open. The key is not kept here (keys.py) and is destroyed with the closing.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

KEY_BYTES = 32
PLACE_BYTES = 16
MOST_LINES = 120
"""Deputies on one sheet; every ballot is filled up to this length."""
_NONCE_BYTES = 12
_EMPTY = 0xFF
SHEET_BYTES = _NONCE_BYTES + MOST_LINES + 16


def mark_of(key: bytes, code: str) -> bytes:
    """What is kept of a slip's code: nothing that leads back to it once the key is gone."""
    return hmac.digest(_derived(key, b"codes"), code.encode(), "sha256")


def new_place() -> bytes:
    """Where a ballot lies: drawn at random, so that no order shows when it came."""
    return os.urandom(PLACE_BYTES)


def sealed(key: bytes, ref: str, place: bytes, choices: Sequence[int]) -> bytes:
    """A ballot that nobody reads without the key; `choices` is the number of the grade for each line of the sheet."""
    plain = bytes(choices) + bytes([_EMPTY]) * (MOST_LINES - len(choices))
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + ChaCha20Poly1305(_derived(key, b"sheets")).encrypt(nonce, plain, ref.encode() + place)


def opened(key: bytes, ref: str, place: bytes, ciphertext: bytes) -> list[int]:
    """The choices on a ballot. Raises InvalidTag where it is not what was put there."""
    if len(ciphertext) != SHEET_BYTES:
        raise InvalidTag
    cipher = ChaCha20Poly1305(_derived(key, b"sheets"))
    plain = cipher.decrypt(ciphertext[:_NONCE_BYTES], ciphertext[_NONCE_BYTES:], ref.encode() + place)
    return [choice for choice in plain if choice != _EMPTY]


def _derived(key: bytes, purpose: bytes) -> bytes:
    return hmac.digest(key, purpose, "sha256")
