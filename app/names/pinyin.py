"""How a Chinese name sounds: for putting names in order and for finding them by what a clerk types.

Everything returned is lower-case ASCII, so that SQLite and PostgreSQL compare it alike.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final, NamedTuple

from app.names.readings import COMPOUND_SURNAMES, GIVEN, SURNAMES

SEARCH_KEYS_LENGTH: Final = 400

_IGNORED = re.compile(r"[\s·•・‧∙⋅･\u200b\ufeff]+")
_HAN = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_LATIN = re.compile(r"[a-z0-9]+")
_NAME_LENGTH: Final = 4
"""A text of up to this many characters may be a person's name: search finds it under its surname's reading as well."""
_UNKNOWN: Final = "~"
"""Opens what stands for a character without a known reading; it sorts behind every letter."""
_HEX_AS_LETTERS: Final = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


class Syllable(NamedTuple):
    """One character's sound and its letter among the initials. Latin letters and digits stay whole in both."""

    sound: str
    initial: str


def tidy(name: str) -> str:
    """The characters of a name alone: `张　三` and `张三` are one person, and so are the two ways of writing a middle dot."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", name))


def split_name(bare: str) -> tuple[str, str]:
    """Surname and given name of a tidied name. A name that is not wholly Chinese characters has no surname."""
    if not _HAN.fullmatch(bare):
        return "", bare
    length = 2 if bare[:2] in COMPOUND_SURNAMES else 1
    return bare[:length], bare[length:]


def pinyin_key(name: str) -> str:
    """The name's syllables with a space between: `"liu jian guo"`.

    The space makes bytewise order a dictionary's order: all of 李 (`li na`) stand before 林 (`lin an`), which the bare letters
    would mix. What a clerk types without spaces is looked up in `search_keys`.
    """
    return " ".join(syllable.sound for syllable in _name_syllables(tidy(name)))


def initials(name: str) -> str:
    """The first letter of each syllable: `"ljg"`. A character without a reading is left out."""
    return _initials(_name_syllables(tidy(name)))


@lru_cache(maxsize=16384)
def search_keys(text: str) -> str:
    """What a clerk may type to find this text: full pinyin and initials without spaces, one blank between the keys.

    A short text may be a name: then it is found under the surname's reading and under the common one (单田芳: `shan…`, and `dan…` as
    people type who do not know). Cut to a length that a column can promise.
    """
    bare = tidy(text)[:SEARCH_KEYS_LENGTH]
    readings = [_syllables(bare, {})]
    if len(bare) <= _NAME_LENGTH and _HAN.fullmatch(bare):
        readings.insert(0, _name_syllables(bare))
    keys = [_full(reading) for reading in readings] + [_initials(reading) for reading in readings]
    return _cut([key for key in dict.fromkeys(keys) if key])


@lru_cache(maxsize=16384)
def _name_syllables(bare: str) -> tuple[Syllable, ...]:
    surname, given = split_name(bare)
    if surname in COMPOUND_SURNAMES:
        sounds = tuple(Syllable(sound, sound[0]) for sound in COMPOUND_SURNAMES[surname].split())
    elif surname in SURNAMES:
        sounds = (Syllable(SURNAMES[surname], SURNAMES[surname][0]),)
    else:
        sounds = _syllables(surname, {})
    return sounds + _syllables(given, GIVEN)


def _syllables(bare: str, alone: Mapping[str, str]) -> tuple[Syllable, ...]:
    """Syllables of a text in order; `alone` are the readings of characters that make no known word with their neighbours."""
    syllables: list[Syllable] = []
    position = 0
    for run in _HAN.finditer(bare):
        syllables += _latin(bare[position : run.start()])
        syllables += _han(run.group(), alone)
        position = run.end()
    return tuple(syllables + _latin(bare[position:]))


def _han(run: str, alone: Mapping[str, str]) -> list[Syllable]:
    """A word's reading wins over the character's own: 长春 stays *chang chun*."""
    sounds = [
        alone[character] if character in alone and sound == _read_alone(character) else sound
        for character, sound in zip(run, _read(run), strict=True)
    ]
    return [Syllable(sound, "" if sound.startswith(_UNKNOWN) else sound[0]) for sound in map(_ascii, sounds)]


@cache
def _read_alone(character: str) -> str:
    return _read(character)[0]


@lru_cache(maxsize=16384)
def _read(run: str) -> tuple[str, ...]:
    """A syllable a character, whether it is known or not (the library takes a list for unknown ones; its types do not say so)."""
    from pypinyin import lazy_pinyin  # 58 MB and a fifth of the start: not before the first name is written

    return tuple(lazy_pinyin(run, errors=_unknown))  # type: ignore[arg-type]


def _unknown(characters: str) -> list[str]:
    """Letters alone: pypinyin takes digits for tones and drops them."""
    return [_UNKNOWN + f"{ord(character):05x}".translate(_HEX_AS_LETTERS) for character in characters]


def _latin(text: str) -> list[Syllable]:
    return [Syllable(word, word) for word in _LATIN.findall(_ascii(text))]


def _ascii(text: str) -> str:
    return text.lower() if text.isascii() else unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def _full(syllables: tuple[Syllable, ...]) -> str:
    return "".join(syllable.sound for syllable in syllables if syllable.initial)


def _initials(syllables: tuple[Syllable, ...]) -> str:
    return "".join(syllable.initial for syllable in syllables)


def _cut(keys: list[str]) -> str:
    """All keys when they fit; a long text keeps a fair share of each, so that its initials are not the part that falls off."""
    room = SEARCH_KEYS_LENGTH - (len(keys) - 1)
    kept: dict[str, str] = {}
    for left, key in zip(range(len(keys), 0, -1), sorted(keys, key=len), strict=True):
        kept[key] = key[: room // left]
        room -= len(kept[key])
    return " ".join(kept[key] for key in keys)
