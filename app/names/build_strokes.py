"""Makes `strokes.txt` from the stroke data of cnchar-order; run by hand when that data changes.

    npm pack cnchar-order@3.2.6 && tar xzf cnchar-order-3.2.6.tgz
    python -m app.names.build_strokes package/cnchar.order.min.js

Source: the npm package cnchar-order 3.2.6, copyright (c) 2017-present theajack, MIT licence (its text stands at the head of the data
file). It gives the stroke order that is taught on the mainland, each stroke with its shape. It was compared with the stroke
tables of rime-stroke, an independent collection: of 6,939 characters 24 differed; the ten of those that are wrong are put right below.

The data file has a line for each sequence of strokes: the strokes (1 横, 2 竖, 3 撇, 4 点, 5 折; a 提 is a 横, a 捺 a 点, a 竖钩 a 竖)
and its characters, the ones of simpler shape before those of hooked shape.
"""

import json
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Final

TARGET: Final = Path(__file__).with_name("strokes.txt")

_PLAIN: Final = {"横": "1", "提": "1", "竖": "2", "竖钩": "2", "撇": "3", "点": "4", "点2": "4", "捺": "4"}
_HOOKED: Final = frozenset({"提", "竖钩", "捺"})

CORRECTIONS: Final = {
    "邶": "2113552",
    "炽": "433425134",
    "弢": "51552254",
    "彘": "551311341535",
    "皙": "1234331232511",
    "德": "332122522114544",
    "撅": "121134315233534",
    "膝": "351112343424134",
    "黏": "31234342413421251",
    "麟": "41352211535431234354152",
}

COMPOSED: Final = {
    "骉": ("马", "马", "马"),
    "翯": ("羽", "高"),
    "琤": ("王", "争"),
    "偓": ("32", "屋"),
    "邠": ("分", "52"),
    "暕": ("日", "柬"),
    "晙": ("日", "5434354"),
    "晢": ("折", "日"),
    "湑": ("441", "胥"),
    "禛": ("4524", "真"),
    "秾": ("禾", "农"),
    "翙": ("岁", "羽"),
    "忞": ("文", "心"),
    "㛃": ("531", "洁"),
    "䶮": ("龙", "天"),
}
"""Characters of names that the source lacks, made of parts that it has (or of the strokes of a part)."""

SAME_STROKES: Final = ("八人入", "刀力", "己已巳")
"""Characters that differ neither in strokes nor in hooks, in the order of the national standard."""


def main(source: Path) -> None:
    """Read the package's script, write the data file."""
    orders, shapes = (json.loads(part) for part in re.findall(r"JSON\.parse\('(.*?)'\)", source.read_text("utf-8"), re.DOTALL))
    names = {letter: shape["name"].split("|")[0] for letter, shape in shapes.items()}
    folds = {letter: shape["foldCount"] for letter, shape in shapes.items()}

    strokes = {character: "".join(_PLAIN.get(names[letter], "5") for letter in order) for character, order in orders.items()}
    strokes |= CORRECTIONS
    strokes |= {character: "".join(strokes.get(part, part) for part in parts) for character, parts in COMPOSED.items()}

    def rank(character: str) -> tuple[str, int, str]:
        shape = "".join(f"{folds[letter]}{int(names[letter] in _HOOKED)}" for letter in orders.get(character, ""))
        fixed = next((group.index(character) for group in SAME_STROKES if character in group), 0)
        return shape, fixed, character

    groups: dict[str, list[str]] = defaultdict(list)
    for character, sequence in strokes.items():
        groups[sequence].append(character)
    ordered = sorted(groups, key=lambda sequence: (len(sequence), sequence))
    lines = [f"{sequence} {''.join(sorted(groups[sequence], key=rank))}" for sequence in ordered]
    licence = source.with_name("LICENSE").read_text("utf-8")
    head = ["Stroke order of Chinese characters, from cnchar-order 3.2.6; made by build_strokes.py.", *licence.splitlines()]
    TARGET.write_text("".join(f"{line}\n" for line in [*(f"# {line}".rstrip() for line in head), *lines]), "utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
