"""An office's own template is used only when it is a plain Word document that names nothing unknown and runs nothing."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from app.paper import TemplateFault, faults_of, render
from tests.support.papers import template_of_lines, with_part

SAMPLE = {"name": "石春", "rows": [{"no": "1"}, {"no": "2"}]}


def codes(data: bytes) -> list[str]:
    return [fault.code for fault in faults_of(data, SAMPLE)]


@pytest.mark.parametrize(
    "lines",
    [
        ("{{ name }}",),
        ("没有字段",),
        ("{% for x in rows %}{{ loop.index }} {{ x.no }}{% endfor %}",),
        ("{% if name == '石春' and rows %}{{ name | default('—') }}{% else %}{{ rows | length }}{% endif %}",),
        ("{{ name if name else '—' }}",),
    ],
)
def test_a_plain_template_may_be_used(lines: tuple[str, ...]) -> None:
    assert faults_of(template_of_lines(*lines), SAMPLE) == []


def test_a_field_that_the_form_does_not_have_is_named() -> None:
    fault = faults_of(template_of_lines("{{ name }}", "{{ nmae }}", "{{ addres }}"), SAMPLE)[0]
    assert (fault.code, fault.words) == ("template_unknown_fields", "addres、nmae")


@pytest.mark.parametrize(
    "line", ["{% for x in rows %}{{ x.nunber }}{% endfor %}", "{{ name.no }}", "{% for x in name %}{{ x.no }}{% endfor %}"]
)
def test_a_field_that_a_line_does_not_have_is_found(line: str) -> None:
    assert codes(template_of_lines(line)) == ["template_syntax"]


@pytest.mark.parametrize(
    "line",
    [
        "{{ range(9) }}",
        "{% for x in range(999999999) %}{% endfor %}",
        "{{ name.__class__.__mro__ }}",
        "{{ name.upper() }}",
        "{{ 'a' * 999999999 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{% set x = 1 %}",
        "{% macro f() %}{% endmacro %}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{{ name | center(999999999) }}",
        "{{ name | attr('__class__') }}",
        "{{ name ~ name }}",
        "{% for x in rows recursive %}{% endfor %}",
        "{% for x in [1, 2] %}{% endfor %}",
        "{% for a in rows %}{% for b in rows %}{% for c in rows %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in rows %}{% endfor %}" * 41,
        "{{ name",
        "{% if %}",
        "{% endfor %}",
    ],
)
def test_what_calculates_calls_or_loops_at_will_is_refused(line: str) -> None:
    template = template_of_lines(line)
    assert codes(template) in (["template_syntax"], ["template_unknown_fields"])
    with pytest.raises(TemplateFault):
        render(template, SAMPLE)


@pytest.mark.parametrize("place", ["word/header1.xml", "docProps/core.xml"])
def test_a_program_hidden_in_heading_or_properties_is_refused_too(place: str) -> None:
    template = template_of_lines(
        "{{ name }}", header="{{ 9 ** 9 }}" if "header" in place else "", title="" if "header" in place else "{{ 9 ** 9 }}"
    )
    assert codes(template) == ["template_syntax"]


@pytest.mark.parametrize("data", [b"", b"PK", b"%PDF-1.7", "名册".encode() * 100, b"\xd0\xcf\x11\xe0" * 200])
def test_what_is_no_word_document_is_refused(data: bytes) -> None:
    assert codes(data) == ["template_no_docx"]


def test_a_workbook_is_no_word_document() -> None:
    from app.excel import Column, Sheet, write_workbook

    book = BytesIO()
    write_workbook(book, [Sheet("a", "a", [Column("a", "text", None)], iter([("{{ name }}",)]))], None)
    assert codes(book.getvalue()) == ["template_no_docx"]


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = BytesIO()
    with ZipFile(bomb, "w", ZIP_DEFLATED) as package:
        for number in range(40):
            package.writestr(f"word/{number}.xml", b" " * 1024 * 1024)
    assert codes(bomb.getvalue()) == ["template_too_large"]
    assert codes(b"PK" + b"x" * 6 * 1024 * 1024) == ["template_too_large"]
    assert codes(with_part(template_of_lines("{{ name }}"), "word/big.xml", b"<a>" + b" " * 4 * 1024 * 1024 + b"</a>")) == [
        "template_too_large"
    ]


def test_entities_are_refused() -> None:
    laughs = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    assert codes(with_part(template_of_lines("{{ name }}"), "word/x.xml", laughs)) == ["template_no_docx"]
    assert codes(with_part(template_of_lines("{{ name }}"), "word/x.xml", laughs.decode().encode("utf-16"))) == ["template_no_docx"]


@pytest.mark.parametrize("part", ["word/vbaProject.bin", "word/activeX/activeX1.bin", "word/embeddings/oleObject1.bin"])
def test_macros_and_embedded_objects_are_refused(part: str) -> None:
    assert codes(with_part(template_of_lines("{{ name }}"), part, b"x")) == ["template_active"]


def test_what_is_fetched_from_elsewhere_is_refused_and_a_link_is_not() -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="http://x/" TargetMode="External"/>'
        "</Relationships>"
    )
    for kind, wanted in (("attachedTemplate", ["template_active"]), ("image", ["template_active"]), ("hyperlink", [])):
        assert codes(with_part(template_of_lines("{{ name }}"), "word/_rels/settings.xml.rels", rels.format(kind).encode())) == wanted
