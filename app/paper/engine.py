"""A Word template filled in. Templates come from offices too, so they may name values and repeat rows, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, Undefined, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import LxmlError

from .pictures import placed

MOST_LOOPS = 40
DEEPEST_LOOP = 2

_FILTERS = ("default", "first", "join", "last", "length", "trim")
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.If,
    nodes.For,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Test,
    nodes.Filter,
)
_NOT_XML = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class TemplateFault(Exception):
    """The template cannot be filled in; the message says where, as far as that is known."""


def environment(strict: bool = False) -> SandboxedEnvironment:
    """What a template may use: the values, six harmless filters, no functions. Strict: an unknown name is a fault."""
    env = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined if strict else Undefined)
    env.globals.clear()
    env.filters = {name: env.filters[name] for name in _FILTERS}
    return env


def render(template: bytes, facts: Mapping[str, Any], strict: bool = False) -> bytes:
    """The document. Every text of `facts` is set as it is: nothing in it is read as markup or as a template."""
    env = environment(strict)
    try:
        document = DocxTemplate(BytesIO(template))
        judge(document, env)
        document.render(placed(document, _printable(facts)), env)
        filled = BytesIO()
        document.save(filled)
    except TemplateError as error:
        raise TemplateFault(error.message or type(error).__name__) from error
    except (OpcError, LxmlError, KeyError, ValueError, AttributeError) as error:
        raise TemplateFault(type(error).__name__) from error
    return filled.getvalue()


def judge(document: DocxTemplate, env: SandboxedEnvironment) -> None:
    """Refuses what a template may not do, by reading it alone: compiling already calculates what is constant."""
    for source in sources(document):
        _only_allowed(env.parse(source))


def sources(document: DocxTemplate) -> Iterator[str]:
    """Every text of the document that is read as a template."""
    opened = document.get_docx()
    yield document.patch_xml(document.get_xml())
    for uri in (document.HEADER_URI, document.FOOTER_URI):
        for _name, part in document.get_headers_footers(uri):
            yield document.patch_xml(document.get_part_xml(part))
    for part in opened.part.package.parts:
        if part.content_type.endswith(".footnotes+xml"):
            yield document.patch_xml(part.blob.decode("utf-8"))
    properties = opened.core_properties
    yield from (properties.author, properties.comments, properties.identifier, properties.language, properties.subject, properties.title)


def _only_allowed(tree: nodes.Template) -> None:
    """Names, comparisons and loops over given rows; whatever calculates or calls could run for ever or eat the memory."""
    loops = 0
    for node in tree.find_all(nodes.Node):
        if isinstance(node, nodes.For):
            loops += 1
            if not isinstance(node.iter, nodes.Name | nodes.Getattr) or node.recursive:
                raise TemplateFault("for")
        if not isinstance(node, _ALLOWED):
            raise TemplateFault(type(node).__name__)
    if loops > MOST_LOOPS or _depth(tree) > DEEPEST_LOOP:
        raise TemplateFault("for")


def _depth(node: nodes.Node) -> int:
    below = max((_depth(child) for child in node.iter_child_nodes()), default=0)
    return below + isinstance(node, nodes.For)


def _printable(value: Any) -> Any:
    """Without the control characters that no XML may hold; lines end as Word breaks them."""
    if isinstance(value, str):
        return _NOT_XML.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, Mapping):
        return {name: _printable(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(each) for each in value]
    return value
