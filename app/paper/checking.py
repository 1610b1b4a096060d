"""An office's own template, checked before it is used: a plain Word document, no bomb, no macro, no unknown field."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import TemplateError
from lxml import etree

from .engine import TemplateFault, environment, judge, render

LARGEST = 5 * 1024 * 1024
LARGEST_UNPACKED = 30 * 1024 * 1024
LARGEST_TEXT = 3 * 1024 * 1024
MOST_PARTS = 300

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPE = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
_ACTIVE = ("vbaproject", "activex", "embeddings/", "oleobject", "attachedtoolbars")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a template; `words` names the place."""

    code: str
    words: str = ""


def faults_of(data: bytes, sample: Mapping[str, Any]) -> list[Fault]:
    """All that stands against using the template; empty: it may be used. `sample` holds every field that there is."""
    if fault := _package_fault(data):
        return [fault]
    try:
        unknown = _unknown_names(data, sample)
    except TemplateError as error:
        return [Fault("template_syntax", error.message or "")]
    except TemplateFault as fault:
        return [Fault("template_syntax", str(fault))]
    except (OpcError, etree.LxmlError, KeyError, ValueError, AttributeError):
        return [Fault("template_no_docx")]
    if unknown:
        return [Fault("template_unknown_fields", "、".join(sorted(unknown)))]
    try:
        for facts in (sample, _emptied(sample)):
            render(data, facts, strict=True)
    except TemplateFault as fault:
        return [Fault("template_syntax", str(fault))]
    return []


def _unknown_names(data: bytes, sample: Mapping[str, Any]) -> Collection[str]:
    document, env = DocxTemplate(BytesIO(data)), environment()
    judge(document, env)
    return document.get_undeclared_template_variables(env, dict(sample))


def _emptied(value: Any) -> Any:
    """The sample of a row with nothing in it: no text, and no rows in its tables."""
    if isinstance(value, Mapping):
        return {name: _emptied(each) for name, each in value.items()}
    return [] if isinstance(value, list | tuple) else ""


def _package_fault(data: bytes) -> Fault | None:
    """Of the file before anything reads it as a document."""
    if len(data) > LARGEST:
        return Fault("template_too_large", str(LARGEST // 1024 // 1024))
    try:
        with ZipFile(BytesIO(data)) as package:
            return _parts_fault(package)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, KeyError, etree.LxmlError):
        return Fault("template_no_docx")


def _parts_fault(package: ZipFile) -> Fault | None:
    parts = package.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED or len(set(names)) != len(names):
        return Fault("template_too_large", str(LARGEST_UNPACKED // 1024 // 1024))
    if any(mark in name.lower() for name in names for mark in _ACTIVE):
        return Fault("template_active")
    main = False
    for part in parts:
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        if part.file_size > LARGEST_TEXT:
            return Fault("template_too_large", str(LARGEST_TEXT // 1024 // 1024))
        root = _parsed(package.read(part))
        if part.filename.endswith(".rels") and _leads_elsewhere(root):
            return Fault("template_active")
        main = main or any(each.get("ContentType") == _MAIN for each in root.iter(_TYPE))
    return None if main else Fault("template_no_docx")


def _parsed(text: bytes) -> Any:
    """The XML without entities; a document type is no part of a Word document, and where bombs hide."""
    root = etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    if root.getroottree().docinfo.doctype:
        raise ValueError("document type")
    return root


def _leads_elsewhere(root: Any) -> bool:
    """Links may lead out of the document; pictures, templates and objects fetched from elsewhere may not."""
    return any(each.get("TargetMode") == "External" and not str(each.get("Type")).endswith("/hyperlink") for each in root.iter(_RELATION))
