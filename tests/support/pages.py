"""Forms of pages as a browser would send them back."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from werkzeug.datastructures import MultiDict


class _Form(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.values: MultiDict[str, str] = MultiDict()
        self.inside = False
        self._select = ""
        self._chosen = False
        self._first: str | None = None
        self._multiple = False
        self._area: str | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value if value is not None else "" for name, value in attrs}
        if tag == "form":
            self.inside = "data-form" in given
        if not self.inside:
            return
        match tag:
            case "input" if "name" in given and (given.get("type") not in ("checkbox", "radio") or "checked" in given):
                self.values.add(given["name"], given.get("value", "on"))
            case "select":
                self._select, self._chosen, self._first, self._multiple = given.get("name", ""), False, None, "multiple" in given
            case "option" if self._select:
                self._first = given.get("value", "") if self._first is None else self._first
                if "selected" in given:
                    self._chosen = True
                    self.values.add(self._select, given.get("value", ""))
            case "textarea":
                self._area, self._text = given.get("name", ""), ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select" and self._select:
            if not self._chosen and not self._multiple and self._first is not None:
                self.values.add(self._select, self._first)
            self._select = ""
        elif tag == "textarea" and self._area is not None:
            if self.inside:
                self.values.add(self._area, self._text.removeprefix("\n"))
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._text += data


def form_of(html: str) -> MultiDict[str, str]:
    """What the page's form would post if nothing was changed."""
    reader = _Form()
    reader.feed(html)
    return reader.values


def as_posted(values: dict[str, Any]) -> MultiDict[str, str]:
    """Values of a factory as a form would post them."""
    posted: MultiDict[str, str] = MultiDict()
    for name, value in values.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for point in value:
                posted.add(name, point["point"])
                posted.add(f"{name}:{point['point']}:ok", "1" if point["ok"] else "0")
                posted.add(f"{name}:{point['point']}:words", point["words"])
        else:
            posted.setlist(name, [str(each) for each in value] if isinstance(value, list) else [str(value)])
    return posted
