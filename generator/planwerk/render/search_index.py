"""What Material's search index takes from a page, by one regular expression instead of a parser.

Material walks a page with Python's `HTMLParser`: 10 ms a page, a third of a portal's time. Our
pages are one line of HTML that we wrote, so tags can be found by one expression. The result
must be that of Material's own `Parser`, quirks included; `tests/test_portal.py` compares both.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any

from material.plugins.search.plugin import Element, Parser, Section, void

TOKEN = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[\s/][^<>]*)?)>|([^<]+)"  # end, tag, rest, words
)
ID = re.compile(r'\sid="([^"]*)"')
EXCLUDED = "data-search-exclude"
UNUSUAL = re.compile(r'<(?:[!?]|(?:script|style|object|pre|textarea)\b|h[1-6][^>]*\sid=[^"])')
OTHERS = ("linenodiv", "headerlink")
"""Classes of other extensions that Material leaves out."""
KEPT = frozenset(("p", "code", "li", "ol", "ul", "sub", "sup"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


class QuickParser:
    """In the place of Material's `Parser`: `feed` a page, then `data` holds its sections."""

    def __init__(self) -> None:
        self.data: list[Any] = []

    def feed(self, page: str) -> None:
        """Find the sections of a page; what is unusual goes to Material's own parser."""
        found = sections(page)
        if found is None:
            slow = Parser()
            slow.feed(page)
            slow.close()
            found = slow.data
        self.data = found

    def close(self) -> None:
        """Nothing is held back."""


def sections(page: str) -> list[Any] | None:
    """The `Section`s of a page, or None where only Material's parser knows what it would do."""
    others = any(word in page for word in OTHERS)
    if others or UNUSUAL.search(page) or not page.endswith(">"):
        return None
    walk, at = _Walk(), 0
    page = _without_pictures(page)
    for token in TOKEN.finditer(page):
        if token.start() != at:
            return None
        at = token.end()
        end, tag, rest, words = token.groups()
        if words is not None:
            walk.words(words)
            continue
        tag = tag.lower()
        if end:
            walk.close(tag)
        elif tag not in void:
            walk.open(tag, rest)
            if rest.endswith("/"):
                walk.close(tag)
    return walk.sections if at == len(page) else None


def _without_pictures(page: str) -> str:
    """The page without the pictures that are not indexed: half of the tags of a usual one."""
    before, *pictures = page.split("<svg ")
    kept = [before]
    for picture in pictures:
        inside, end, after = picture.partition("</svg>")
        if not end or not before:  # one in the other, or nothing before it: not ours
            return page
        out = EXCLUDED in inside.partition(">")[0]
        kept.append(after if out else f"<svg {picture}")
    return "".join(kept)


class _Walk:
    """Material's `Parser` with tags as words instead of objects."""

    def __init__(self) -> None:
        self.sections: list[Any] = []
        self.section: Any = None
        self.context: list[str] = []
        self.skip: set[str] = set()

    def begin(self, section: Any) -> None:
        self.section = section
        self.sections.append(section)

    def pieces(self) -> list[str]:
        """Where words go: the section's title while its heading is open, else its text."""
        title = self.section.el.tag in self.context
        return self.section.title if title else self.section.text  # type: ignore[no-any-return]

    def skipping(self) -> bool:
        return bool(self.skip) and not self.skip.isdisjoint(self.context)

    def open(self, tag: str, rest: str) -> None:
        self.context.append(tag)
        depth = len(self.context)
        if tag in HEADINGS and (name := ID.search(rest)):
            if tag != "h1" and not self.sections:
                self.begin(Section(Element("hx"), depth))
            attributes = {EXCLUDED: ""} if EXCLUDED in rest else {}
            section = Section(Element(tag, attributes), depth)
            if self.sections:
                section.id = unescape(name[1])
            self.begin(section)
        if self.section is None:
            self.begin(Section(Element("hx")))
        if EXCLUDED in rest:
            self.skip.add(tag)
        elif tag in KEPT and not self.skipping():
            self.pieces().append(f"<{tag}>")

    def close(self, tag: str) -> None:
        context = self.context
        if not context or context[-1] != tag:
            return
        if self.section.depth > len(context):
            for section in reversed(self.sections):
                if section.depth <= len(context):
                    self.section.depth = float("inf")
                    self.section = section
                    break
        context.pop()
        if tag in self.skip:
            self.skip.remove(tag)
            return
        if tag in KEPT and not self.skipping():
            pieces = self.pieces()
            first = pieces.index(f"<{tag}>")
            if any(not pieces[i].isspace() for i in range(first + 1, len(pieces))):
                pieces.append(f"</{tag}>")
            else:
                del pieces[first:]

    def words(self, words: str) -> None:
        if self.skip and self.skipping():
            return
        if "&" in words:
            words = unescape(words)
        blank = words.isspace()
        words = " " if blank else escape(words.replace("\n", " "), quote=False)
        section = self.section
        if section is None:
            section = Section(Element("hx"))
            self.begin(section)
        if section.el.tag in self.context:
            section.title.append(words)
        elif not blank or not section.text or not section.text[-1].isspace():
            section.text.append(words)
