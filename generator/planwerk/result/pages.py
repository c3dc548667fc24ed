"""What a page of a portal may hold: known scripts, known elements, addresses of its own folder.

A reader's browser runs what it finds. So what runs, or asks somebody for something, is on a list;
what is not on it was not made by us, or by an engine that changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape

from planwerk.result.scripts import KNOWN, NAMES, SHIM, STYLES, hashed, known_scripts

ELEMENTS = frozenset(
    [
        "a", "abbr", "article", "b", "blockquote", "body", "br", "button", "caption", "circle",
        "code", "dd", "defs", "del", "desc", "details", "div", "dl", "dt", "em", "fieldset", "figcaption",
        "figure", "footer", "form", "g", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr",
        "html", "i", "img", "input", "ins", "label", "legend", "li", "line", "link", "main", "meta", "nav", "ol",
        "p", "path", "pattern", "polygon", "polyline", "pre", "rect", "s", "script", "section",
        "small", "span", "strong", "sub", "summary", "sup", "svg", "table", "tbody", "td", "text",
        "tfoot", "th", "thead", "title", "tr", "tspan", "ul",
    ]
)  # fmt: skip
"""The elements of our pages; none of them loads or runs anything but by what is asked below."""
META = frozenset(("viewport", "robots", "referrer"))
LINKS = frozenset(("stylesheet", "icon", "next", "prev"))
SENT = frozenset(
    [
        "action", "formaction", "poster", "srcset", "data", "ping", "background", "cite", "manifest",
        "usemap", "xlink:href",
    ]
)  # fmt: skip
"""Attributes that ask for an address, and that our pages do without."""
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script\s*>", re.S | re.I)
TAG = re.compile(r"/?([^\s/>]+)", re.A)
ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
WELL = re.compile(
    r"""(?:\s+[^\s"'<>/=]+(?:=(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*\s*/?""",
)
"""A tag's attributes as far as its first `>`: whatever is written otherwise may be read otherwise."""
OWN = re.compile(r"(?!//)(?![A-Za-z][A-Za-z0-9+.-]*:)[^\\\x00-\x20]*")
"""An address within the folder."""
AWAY = re.compile(r"(?:https://|mailto:)[^\\\x00-\x20]*")
"""Where a link that is clicked may lead."""
INDEX = re.compile(r"var __index = (\{.*\})\s*", re.S)
POLICY = '<head><meta http-equiv="Content-Security-Policy" content="'
MUST = (
    "default-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
)
"""What every policy says."""


def faults(name: str, words: str) -> Iterator[tuple[str, str]]:
    """What a page or script of a client's portal holds and must not: the kind, and what it is."""
    if name.endswith(".html"):
        yield from _page(words)
    elif name.endswith(".js"):
        found = INDEX.fullmatch(words)
        if not found or not _is_json(found[1]):
            yield "script", name


def events(page: str) -> Iterator[str]:
    """The attributes of a page's elements that run something when something happens."""
    for piece in page.split("<")[1:]:
        if found := TAG.match(piece):
            if not piece.startswith("!") and not _well(piece.partition(">")[0][found.end() :]):
                yield f"{found[1]} …"
            for key, _ in _attributes(piece.partition(">")[0][found.end() :]):
                if key.startswith("on"):
                    yield f"{found[1]} {key}"


def _well(rest: str) -> bool:
    return bool(WELL.fullmatch(rest))


def _is_json(words: str) -> bool:
    try:
        json.loads(words)
    except ValueError:
        return False
    return True


def _page(page: str) -> Iterator[tuple[str, str]]:
    said = page.partition(POLICY)[2].partition('"')[0]
    if not _known_policy(said):
        yield "policy", said[:60]
    for about, body in SCRIPT.findall(page):
        kinds = dict(_attributes(about))
        if "src" not in kinds and kinds.get("type") != "application/json" and hashed(body) not in KNOWN:  # fmt: skip
            yield "script", body.strip()[:60]
    bare = SCRIPT.sub(lambda found: f"<script{found[1]}>", page)
    for piece in dict.fromkeys(bare.split("<")[1:]):
        tag, closed, _ = piece.partition(">")
        if tag.startswith("!"):
            if tag.lower() != "!doctype html":
                yield "comment", tag[:60]
        else:
            yield from _element(tag if closed else piece)


@lru_cache(maxsize=64)
def _known_policy(said: str) -> bool:
    """Whether a policy is that of one of the engines: its scripts, its styles, nothing else."""
    scripts = set(re.findall(r"'sha256-([^']*)'", said)) - {SHIM}
    by = next((engine for engine in NAMES if scripts == known_scripts(engine)), "")
    unsafe = STYLES[by].count("unsafe") if by else 0
    return bool(by) and all(part in said for part in (*MUST, STYLES[by])) and said.count("unsafe") == unsafe  # fmt: skip


@lru_cache(maxsize=1 << 14)
def _element(tag: str) -> tuple[tuple[str, str], ...]:
    return tuple(_faults_of(tag))


def _faults_of(tag: str) -> Iterator[tuple[str, str]]:
    found = TAG.match(tag)
    name = found[1].lower() if found else ""
    if name not in ELEMENTS:
        yield "element", tag[:60]
        return
    rest = tag[found.end() :] if found else ""
    if not _well(rest):
        yield "element", tag[:60]
    values = dict(_attributes(rest))
    for key, value in values.items():
        if key.startswith("on"):
            yield "event", f"{name} {key}"
        elif key in SENT:
            yield "address", f"{name} {key}"
        elif key == "style":
            yield "style", value[:60]
        elif key == "href" and name == "a":
            if not OWN.fullmatch(value) and not AWAY.fullmatch(value):
                yield "address", value[:60]
        elif key in ("src", "href") and not OWN.fullmatch(value):
            yield "address", value[:60]
    if name == "meta" and not _known_meta(values):
        yield "element", tag[:60]
    if name == "link" and values.get("rel") not in LINKS:
        yield "element", tag[:60]


def _known_meta(values: dict[str, str]) -> bool:
    if "http-equiv" in values:
        return values["http-equiv"] == "Content-Security-Policy"
    return "charset" in values or values.get("name") in META


def _attributes(words: str) -> Iterator[tuple[str, str]]:
    for key, *value in ATTRIBUTE.findall(words):
        yield key.lower(), unescape("".join(value)).strip()
