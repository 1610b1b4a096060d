"""Reading guests from pasted lines: a name, then a phone and a unit in any order (S3, S8-1)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_BETWEEN = re.compile(r"[\s,，、;；|]+")
_PHONE = re.compile(r"(\+?86)?1\d{6,}|0\d{2,3}-?\d{6,8}|[2-9]\d{6,7}")


@dataclass(frozen=True)
class Guest:
    name: str
    unit: str = ""
    phone: str = ""


def guests_in(pasted: str) -> list[Guest]:
    """One guest a line; who is named twice is one. What looks like a number is the phone, the rest the unit or village."""
    found: dict[str, Guest] = {}
    for line in unicodedata.normalize("NFKC", pasted).splitlines():
        name, *rest = [part for part in _BETWEEN.split(line) if part] or [""]
        if not name or name in found:
            continue
        phones = [part for part in rest if _PHONE.fullmatch(part)]
        words = [part for part in rest if part not in phones]
        found[name] = Guest(name, " ".join(words), phones[0] if phones else "")
    return list(found.values())
