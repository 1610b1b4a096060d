"""Somebody who has stolen everything but the key and wants to know who voted how.

The thief knows each voter's code, the order in which all voted, and how a ballot might be written down. What is stolen is looked
through for anything that joins the two: codes or their hashes near ballots, ballots lying in the order of voting (in whole files,
in pages filled from their end, backwards), rows sorted by any column or by where they lie, and features of a row that go with a
grade, learned on half of the voters and tried on the other half. `best_guess` is the share of the voters read rightly by the best
of these ways; by chance it is about one in sixty for a whole ballot and one in four for a single grade.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import md5, sha1, sha256
from typing import Any

NEAR = 400
PAGES = (4096, 8192)
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Cast:
    """What one voter did: the code on the slip, and the grade for each deputy in the order of the mandates."""

    code: str
    choices: tuple[int, ...]


@dataclass
class Loot:
    """What was stolen: files as they lie on the disk, and tables with all that a database tells of a row."""

    streams: dict[str, bytes] = field(default_factory=dict)
    tables: dict[str, list[Row]] = field(default_factory=dict)


@dataclass(frozen=True)
class Thief:
    """`mandates` as they are numbered on the sheet, `cast` in the order of voting."""

    mandates: Sequence[int]
    cast: Sequence[Cast]

    def written(self, choices: Sequence[int]) -> list[bytes]:
        """The ways in which a ballot might be written down."""
        mapping = {str(mandate): choice for mandate, choice in zip(self.mandates, choices, strict=True)}
        texts = ["".join(map(str, choices)), json.dumps(list(choices)), json.dumps(mapping)]
        texts += [json.dumps(each, separators=(",", ":")) for each in (list(choices), mapping)]
        return [bytes(choices), *(text.encode() for text in texts)]

    def codes_in(self, loot: Loot) -> list[str]:
        """Where a code, or a hash of it that anybody could compute, lies about."""
        return [name for name, stream in loot.streams.items() for each in self.cast for form in _forms(each.code) if form in stream]

    def ballots_in(self, loot: Loot) -> list[str]:
        """Where a ballot lies about that can be read."""
        return [name for name, stream in loot.streams.items() if any(self._found(stream))]

    def best_guess(self, loot: Loot) -> tuple[float, str]:
        """The share of ballots read rightly by the best way, and which way that is."""
        ways = [(0.0, "nothing"), *((self.guess_from(stream), name) for name, stream in loot.streams.items())]
        for name, rows in loot.tables.items():
            ways += [(self._rows_in_order(each), f"{name}: rows by {how}") for how, each in _sorted_ways(rows)]
        return max(ways)

    def guess_from(self, stream: bytes) -> float:
        """The share of ballots read rightly from one file alone."""
        found = self._found(stream)
        return max(self._near(stream, found), *(self._in_order(found, order) for order in _orders())) if found else 0.0

    def best_learned(self, tables: Mapping[str, list[Row]]) -> tuple[float, str]:
        """The share of the second half's first grades told rightly by the feature that told the first half's best."""
        ways = [(0.0, "nothing")]
        for name, rows in tables.items():
            for how, each in _sorted_ways(rows):
                if len(each) == len(self.cast):
                    ways.append((self._learned(each), f"{name}: learned by {how}"))
        return max(ways)

    def _found(self, stream: bytes) -> dict[int, list[int]]:
        """Voter by voter, where that ballot is written. A ballot is recognised by itself, not by whose it is."""
        found = {}
        for voter, each in enumerate(self.cast):
            places = [place for form in self.written(each.choices) for place in _places(stream, form)]
            if places:
                found[voter] = places
        return found

    def _in_order(self, found: Mapping[int, list[int]], order: Callable[[int], Any]) -> float:
        """The ballot found first is said to be the first voter's, and so on; also the other way round."""
        ranked = sorted(found, key=lambda voter: min(map(order, found[voter])))
        hits = max(sum(rank == voter for rank, voter in enumerate(way)) for way in (ranked, ranked[::-1]))
        return hits / len(self.cast)

    def _near(self, stream: bytes, found: Mapping[int, list[int]]) -> float:
        """The ballot that lies nearest to a code is said to be that voter's."""
        hits = 0
        for voter, each in enumerate(self.cast):
            codes = [place for form in _forms(each.code) for place in _places(stream, form)]
            apart = [(abs(one - code), other) for code in codes for other, places in found.items() for one in places]
            nearest = min(apart, default=(NEAR, -1))
            hits += nearest[0] < NEAR and nearest[1] == voter
        return hits / len(self.cast)

    def _rows_in_order(self, rows: Sequence[Row]) -> float:
        if len(rows) < len(self.cast):
            return 0.0
        hits = 0
        for each, row in zip(self.cast, rows, strict=False):
            words = b"|".join(_bytes(value) for value in row.values())
            hits += any(form in words for form in self.written(each.choices))
        return hits / len(self.cast)

    def _learned(self, rows: Sequence[Row]) -> float:
        half = len(rows) // 2
        grades = [each.choices[0] for each in self.cast]
        features = [dict(_features(row)) for row in rows]
        names = set(features[0]).intersection(*features)
        best: tuple[int, str, dict[int, int]] = (-1, "", {})
        for name in sorted(names):
            seen: dict[int, Counter[int]] = defaultdict(Counter)
            for row in range(half):
                seen[features[row][name]][grades[row]] += 1
            says = {value: counted.most_common(1)[0][0] for value, counted in seen.items()}
            best = max(best, (sum(says[features[row][name]] == grades[row] for row in range(half)), name, says), key=lambda way: way[0])
        _hits, name, says = best
        right = sum(says.get(features[row][name], 0) == grades[row] for row in range(half, len(rows)))
        return right / (len(rows) - half)


def _places(stream: bytes, form: bytes) -> Iterable[int]:
    place = stream.find(form)
    while place >= 0:
        yield place
        place = stream.find(form, place + 1)


def _forms(code: str) -> list[bytes]:
    plain = [code.encode(), code.lower().encode(), " ".join(code[at : at + 3] for at in range(0, len(code), 3)).encode()]
    hashed = [algorithm(code.encode()) for algorithm in (sha256, sha1, md5)]
    return [*plain, *(each.digest() for each in hashed), *(each.hexdigest().encode() for each in hashed)]


def _orders() -> Iterable[Callable[[int], Any]]:
    """Where something lies, as an order: as it stands, or page by page with each page filled from its end."""
    yield lambda place: place
    for page in PAGES:
        yield lambda place, page=page: (place // page, -place)


def _sorted_ways(rows: list[Row]) -> Iterable[tuple[str, list[Row]]]:
    if rows:
        yield "as they come", rows
        for name in rows[0]:
            yield name, sorted(rows, key=lambda row, name=name: (len(str(row[name])), str(row[name])))


def _bytes(value: Any) -> bytes:
    return bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()


def _features(row: Row) -> Iterable[tuple[str, int]]:
    """What can be said of a row in small numbers: lengths, bytes, their halves and sums."""
    for name, value in row.items():
        held = _bytes(value)
        yield f"{name} length", len(held)
        yield f"{name} sum", sum(held) % 4
        for place, byte in enumerate(held):
            yield f"{name} byte {place}", byte
            yield f"{name} low bits {place}", byte & 3
