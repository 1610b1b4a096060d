"""The Chinese catalogue is whole: every text of the code is in it, and the program reads what translators wrote."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

HOUSE = Path(__file__).parents[2]
CHINESE = HOUSE / "app" / "translations" / "zh" / "LC_MESSAGES"
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


def _texts(catalogue: Catalog) -> set[object]:
    return {(message.id, message.context) for message in catalogue if message.id}


def _read(file: Path) -> Catalog:
    with file.open("rb") as opened:
        return read_po(opened)


def test_the_template_holds_every_text_of_the_code() -> None:
    with (HOUSE / "babel" / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = extract_from_dir(str(HOUSE), method_map=methods, options_map=options, keywords=KEYWORDS, directory_filter=_ours)
    said = {(text, context) for _file, _line, text, _comments, context in found}
    written = _texts(_read(HOUSE / "babel" / "messages.pot"))
    assert {"missing": said - written, "said no more": written - said} == {"missing": set(), "said no more": set()}


def test_every_text_has_its_chinese() -> None:
    chinese, wanted = _read(CHINESE / "messages.po"), _texts(_read(HOUSE / "babel" / "messages.pot"))
    assert wanted - _texts(chinese) == set()
    assert [message.id for message in chinese if message.id and (message.fuzzy or not message.string)] == []
    assert [(message.id, error) for message in chinese for error in message.check()] == []


def test_the_program_reads_the_catalogue_as_it_is_written() -> None:
    with (CHINESE / "messages.mo").open("rb") as opened:
        read = {message.id: message.string for message in read_mo(opened) if message.id}
    compiled = BytesIO()
    write_mo(compiled, _read(CHINESE / "messages.po"))
    compiled.seek(0)
    assert read == {message.id: message.string for message in read_mo(compiled) if message.id}


def _ours(folder: str) -> bool:
    """Only the program's own folders: an environment beside it has texts of others."""
    return Path(folder) == HOUSE or (HOUSE / "app") in (Path(folder), *Path(folder).parents)
