"""What a Word document or a deck says: words by chapter, figures of charts, pictures, links.

A program that saves a file again writes other bytes for the same words. So what is compared is
what a reader sees: the words as they stand, without what every program counts for itself (page
numbers) and without what was deleted. How it looks is not compared, nor what stands in for a
picture: LibreOffice loses it.

Parts are read by their tags, of which there is one pattern for each format: a build has written
them itself a moment ago, and a tree of a long document would cost half as much again as the
document. Parts of elsewhere are brought into that form first (`planwerk.verify`).
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

BODY, DECK = "word/document.xml", "ppt/presentation.xml"
TWICE = re.compile(r"<mc:Fallback>.*?</mc:Fallback>|<w:moveFrom [^>]*>.*?</w:moveFrom>", re.S)
PARAGRAPH = re.compile(r"<[wa]:p(?=[ />])")
SAID = re.compile(
    r"<[wam]:(?:t(?: [^>]*)?>([^<]*)|(br|cr|tab|noBreakHyphen)[ />]"
    r"|((?:sym|altChunk|object|control)[ />][^>]*))"
)
"""Words, what parts them, and what has words of its own that cannot be read here."""
COUNTED = re.compile(
    r"<w:instrText(?: [^>]*)?>\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b.*?(?=<w:fldChar [^>]*\"end\")"
    r'|<w:fldSimple [^>]*w:instr="\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b.*?</w:fldSimple>'
    r"|<a:fld .*?</a:fld>",
    re.S,
)
"""Fields that every program counts for itself."""
CHAPTER = ' w:name="_Toc'
"""A bookmark of that name stands in the heading of each chapter."""
TITLE = re.compile(r'<p:ph [^>]*type="(?:title|ctrTitle)"(.*?)</p:sp>', re.S)
CHARTED = re.compile(r'<c:chart [^>]*r:id="([^"]*)"')
RELATION = re.compile(r"<Relationship [^>]*>")
VALUE = re.compile(r"<c:v>([^<]*)")
AROUND = re.compile(r"word/(header|footer|footnotes|endnotes)\d*\.xml")


class Unknown(ValueError):  # noqa: N818 - what is no document is no error of ours
    """What was given is neither a Word document nor a deck, or holds what it names not."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file says: chapters (title, words), charts (the chapter's place, figures), the rest."""

    chapters: tuple[tuple[str, str], ...]
    charts: tuple[tuple[int, str], ...]
    pictures: str
    links: str
    properties: str


def contents(parts: Mapping[str, bytes]) -> Contents:
    """What the parts of a .docx or .pptx say; Unknown where they are none."""
    if BODY in parts:
        (chapters, charts), folder = _document(parts), "word/"
    elif DECK in parts:
        (chapters, charts), folder = _deck(parts), "ppt/"
    else:
        raise Unknown
    rest = (_pictures(parts, folder), _links(parts, folder), properties(parts))
    return Contents(tuple(chapters), tuple(charts), *rest)


# --- Word ------------------------------------------------------------------------------------


def _document(parts: Mapping[str, bytes]) -> tuple[list[tuple[str, str]], list[tuple[int, str]]]:
    """Chapters, before them what stands before the first, after them what stands around all."""
    chapters: list[tuple[str, list[str]]] = [("", [])]
    charts: list[tuple[int, str]] = []
    related = _related(parts, BODY)
    for paragraph in _paragraphs(parts[BODY]):
        words = _words(paragraph)
        if CHAPTER in paragraph:
            chapters.append((words, []))
        chapters[-1][1].append(words)
        if "<c:chart " in paragraph:
            place = len(chapters) - 1
            charts += [(place, _figures(parts, related.get(c, ""))) for c in CHARTED.findall(paragraph)]  # fmt: skip
    around = {_said(raw) for name, raw in parts.items() if AROUND.fullmatch(name)}
    found = [(title, _lines(words)) for title, words in chapters]
    return [*found, ("", _lines(sorted(around)))], charts


# --- PowerPoint ------------------------------------------------------------------------------


def _deck(parts: Mapping[str, bytes]) -> tuple[list[tuple[str, str]], list[tuple[int, str]]]:
    """Slides in their order, each with its notes."""
    related = _related(parts, DECK)
    chapters: list[tuple[str, str]] = []
    charts: list[tuple[int, str]] = []
    listed = re.findall(r'<p:sldId [^>]*r:id="([^"]*)"', parts[DECK].decode())
    for number, identity in enumerate(listed):
        name = related.get(identity, "")
        if name not in parts:
            raise Unknown
        below = _related(parts, name)
        title, words = _slide(parts[name])
        notes = [_said(parts[n]) for n in below.values() if "/notesSlide" in n and n in parts]
        chapters.append((title, _lines([words, *notes])))
        drawn = CHARTED.findall(parts[name].decode())
        charts += [(number, _figures(parts, below.get(one, ""))) for one in drawn]
    return chapters, charts


def _slide(raw: bytes) -> tuple[str, str]:
    """The title of a slide, and all its words."""
    title = TITLE.search(raw.decode())
    return _words(title[1]) if title else "", _said(raw)


# --- what both have --------------------------------------------------------------------------


def _paragraphs(raw: bytes) -> list[str]:
    """The tags of each paragraph, as far as the next one."""
    xml = raw.decode()
    return PARAGRAPH.split(TWICE.sub("", xml) if "<mc:F" in xml or "<w:moveFrom " in xml else xml)


@lru_cache(maxsize=4096)  # half of them are cells without words
def _words(paragraph: str) -> str:
    """The words of a paragraph in one line."""
    if "PAGE" in paragraph or "<a:fld" in paragraph:
        paragraph = COUNTED.sub("", paragraph)
    said = (word or (" " if parted else other) for word, parted, other in SAID.findall(paragraph))
    return _line("".join(said))


def _said(raw: bytes) -> str:
    return _lines(map(_words, _paragraphs(raw)))


def _line(words: str) -> str:
    return " ".join((unescape(words) if "&" in words else words).split())


def _lines(words: Iterable[str]) -> str:
    return "\n".join(line for line in words if line)


def _attribute(words: str, name: str) -> str:
    found = re.search(rf' {name}="([^"]*)"', words)
    return unescape(found[1]) if found else ""


def _related(parts: Mapping[str, bytes], source: str) -> dict[str, str]:
    """The parts that a part's relations mean, by their ids."""
    folder, name = posixpath.split(source)
    found = {}
    for one in RELATION.findall(parts.get(f"{folder}/_rels/{name}.rels", b"").decode()):
        if _attribute(one, "TargetMode") != "External":
            path = posixpath.normpath(posixpath.join("/", folder, _attribute(one, "Target")))
            found[_attribute(one, "Id")] = path.lstrip("/")
    return found


def _figures(parts: Mapping[str, bytes], name: str) -> str:
    """What a chart shows: names and numbers, in their order, however a program writes them."""
    shown = [_figure(value) for value in VALUE.findall(parts.get(name, b"").decode())]
    return "\n".join(shown)


def _figure(value: str) -> str:
    try:
        return f"{float(value):.10g}"
    except ValueError:
        return _line(value)


def _pictures(parts: Mapping[str, bytes], folder: str) -> str:
    media = {raw for name, raw in parts.items() if name.startswith(f"{folder}media/")}
    return _lines(sorted(hashlib.sha256(raw).hexdigest() for raw in media))


def _links(parts: Mapping[str, bytes], folder: str) -> str:
    """The addresses that words lead to."""
    found = set()
    for name, raw in parts.items():
        if name.startswith(folder) and name.endswith(".rels") and b"External" in raw:
            external = (o for o in RELATION.findall(raw.decode()) if _attribute(o, "TargetMode") == "External")  # fmt: skip
            found |= {_attribute(one, "Target").rstrip("/") for one in external}
    return _lines(sorted(found))


def properties(parts: Mapping[str, bytes]) -> str:
    """Title, author, language and the day that a file says of itself, a line each."""
    raw = parts.get("docProps/core.xml", b"").decode()
    found = [re.search(rf"<{tag}(?: [^>]*)?>([^<]*)", raw) for tag in ("dc:title", "dc:creator", "dc:language", "dcterms:created")]  # fmt: skip
    title, author, language, created = (_line(one[1]) if one else "" for one in found)
    return "\n".join((title, author, language, created[:10]))
