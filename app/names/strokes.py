"""The order of official name lists: by the strokes of the surname (按姓氏笔画为序)."""

from functools import cache
from importlib.resources import files
from typing import Final

from app.names.pinyin import split_name, tidy

STROKE_KEY_LENGTH: Final = 250

_NO_DATA: Final = "~"
"""Opens what stands for a character of unknown strokes; it sorts behind every digit."""


def stroke_key(name: str) -> str:
    """An ASCII text that, compared byte by byte, puts names in the order of an official list.

    The first character decides by its number of strokes, then stroke by stroke (横竖撇点折); one surname stays together, a surname of
    one character before a compound one, a given name of one character before a longer one, then its characters in the same way.
    """
    surname, given = split_name(tidy(name))
    if not surname:
        return "".join(map(_of_character, given))[:STROKE_KEY_LENGTH]
    first, *more = map(_of_character, surname)
    key = f"{first}{len(more)}{''.join(more)}{min(len(given), 9)}{''.join(map(_of_character, given))}"
    return key[:STROKE_KEY_LENGTH]


@cache
def _of_character(character: str) -> str:
    return _table().get(character) or f"{_NO_DATA}{ord(character):06x}"


@cache
def _table() -> dict[str, str]:
    """Each character's part of a key: how many strokes, which, and its place among those of the very same strokes."""
    table: dict[str, str] = {}
    for line in files("app.names").joinpath("strokes.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            strokes, characters = line.split()
            for place, character in enumerate(characters):
                table[character] = f"{len(strokes):02}{strokes}{chr(ord('a') + place)}"
    return table
