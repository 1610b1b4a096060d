"""A page as its reader meets it: the words shown or spoken, its landmarks, and where its links lead."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

_SPOKEN = ("title", "placeholder", "aria-label", "alt")
_LOADED = ("src", "action", "poster")
_SILENT = {"script", "style", "code"}
_VOID = {"input", "link", "meta", "img", "br", "hr", "path", "rect"}

ALLOWED = re.compile(
    r"\bExcel\b|\bdocx\b|\bCtrl\+S\b|\bPDF\b|\bQR\b|\bGB/T\b"
    r"|\b(?:JPG|PNG|WebP|WEBP|Word|WPS|ET|DOCX?|XLSX?|CSV|MB)\b|(?<=\d )[KM]B\b"  # kinds of files and their sizes
    r"|\bS\d{1,2}(?:-\d{1,2})?(?:\(\d\))?"  # an article of the regulations
    r"|%RH\b|\bJGJ 25-2010\b|\b[0-9a-f]{4}(?: [0-9a-f]{4}){3}\b"  # humidity, a standard's number, the seal of a count
    r"|\b[ABCD](?=[类：:、])|°C|\b(?:WS|ZP|LY|LX|SW|ZY)(?=[ ·一-鿿])"
)
"""What stands in Latin letters on Chinese papers too: results of suggestions, archival categories, units."""
_ENGLISH = re.compile(r"[A-Za-z]{2,}(?:[ '’-][A-Za-z]+)*")
_RAW = re.compile(r"__|\b(?:None|True|False|Undefined|NaN|null|undefined)\b|\{\{|\{%|%\(|<[A-Za-z]\w* ")


@dataclass
class Reading(HTMLParser):
    """One page, read."""

    address: str
    markup: str
    spoken: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    """Where small forms of one button send, such as deleting."""
    loaded: list[str] = field(default_factory=list)
    headings: int = 0
    landmarks: int = 0
    language: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._silent = 0
        self._open = ""
        self.feed(self.markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._open = tag
        self._silent += tag in _SILENT
        self.headings += tag == "h1"
        self.landmarks += tag == "main" or given.get("role") == "main"
        if tag == "html":
            self.language = given.get("lang", "")
        self.spoken += [given[name] for name in _SPOKEN if given.get(name)]
        self.spoken += [value for name, value in given.items() if name.startswith("data-") and given.get("id") == "page-words"]
        if tag == "input" and given.get("type") in ("submit", "button"):
            self.spoken.append(given.get("value", ""))
        if "data-confirm" in given:
            self.spoken.append(given["data-confirm"])
        if tag == "a" and given.get("href"):
            self.links.append(urljoin(self.address, given["href"]))
        elif tag == "form" and given.get("method") == "post" and "action" in given:
            self.actions.append(urljoin(self.address, given["action"]))
        self.loaded += [given[name] for name in _LOADED if given.get(name)]
        if tag == "link":
            self.loaded.append(given.get("href", ""))

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.spoken.append(" ".join(data.split()))

    def english(self, typed: set[str]) -> list[str]:
        """Words of no Chinese page, apart from what people typed themselves."""
        found = []
        for words in dict.fromkeys(self.spoken):
            left = words
            for own in typed:
                if own in left:
                    left = left.replace(own, " ")
            if _ENGLISH.search(ALLOWED.sub(" ", left)):
                found.append(words[:80])
        return found

    def raw(self) -> list[str]:
        """What the program forgot to put into words."""
        return [words[:80] for words in dict.fromkeys(self.spoken) if _RAW.search(words)]

    def elsewhere(self) -> list[str]:
        """Addresses of other hosts that opening the page would call."""
        return [address for address in self.loaded if urlsplit(address).netloc]

    def faults(self, typed: set[str]) -> list[str]:
        """All that is wrong with the page for whoever reads it."""
        found = [f"English: {words}" for words in self.english(typed)] + [f"raw: {words}" for words in self.raw()]
        found += [f"calls {address}" for address in self.elsewhere()]
        if self.headings != 1:
            found.append(f"{self.headings} main headings")
        if self.landmarks != 1:
            found.append(f"{self.landmarks} main landmarks")
        if not self.language.startswith("zh"):
            found.append(f"language “{self.language}”")
        return found


def kind_of(address: str, thorough: bool = True) -> str:
    """Addresses that show the same kind of page are the same: rows, values of filters and page numbers do not matter; unless
    it is to be `thorough`, neither do tabs, sorting and paging."""
    parts = urlsplit(address)
    path = re.sub(r"/\d+(?=/|$)", "/*", parts.path)
    kept = {f"{name}={value}" if name == "tab" else name for name, value in parse_qsl(parts.query) if name != "back"}
    return path + ("?" + "&".join(sorted(kept)) if thorough and kept else "")
