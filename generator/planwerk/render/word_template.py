"""A brand's own Word template: its styles, page, header, footer and cover, and nothing else.

What is taken is copied part by part; the rest of the template (sample text, comments, macros,
links to elsewhere, embedded fonts, parts that nothing needs) never gets into a document. Styles
that the template lacks are ours, on the template's own base.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

from planwerk.render.foreign import Broken, related_parts, tree, unpacked
from planwerk.render.word_adopted import Styles, adopt_styles
from planwerk.render.word_styles import W
from planwerk.theme import Theme, load_theme

TAG = f"{{{W}}}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
NEWER = re.compile(r"\{http://schemas\.microsoft\.com/office/word/20\d\d/[^}]*\}")
"""What newer Words add to tags, which the root of a document would have to declare."""
SHAPES = ("wordprocessingShape", "wordprocessingGroup", "wordprocessingCanvas")
PICTURES = (".png", ".jpg", ".jpeg", ".gif")
EVEN = re.compile(rb"<w:evenAndOddHeaders(?! [^>]*\"(?:0|false|off)\")")
"""Where the settings say that even pages have a header of their own."""
SLOT = re.compile(r"\{(title|subtitle|client|document|house|footer|mark|page|pages|facts)\}")
"""What a template can leave open: title, client … of the document, `{mark}` for its use."""
DROPPED = {
    "macros": re.compile(r"word/vba\w*\.(bin|xml)|.*\.bin$|customUI/.*"),
    "comments": re.compile(r"word/(comments\w*|people)\.xml"),
    "fonts": re.compile(r"word/fonts/.*"),
    "data": re.compile(r"customXml/.*"),
    "building_blocks": re.compile(r"word/glossary/.*"),
    "objects": re.compile(r"word/(embeddings|activeX)/.*"),
}
"""What is told of, where a template has it."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page, upright, in centimetres."""

    wide: float = 21.0
    high: float = 29.7
    left: float = 2.2
    right: float = 2.2
    top: float = 2.9
    bottom: float = 2.1
    header: float = 1.1
    footer: float = 0.9

    @property
    def text(self) -> float:
        """How wide the text is."""
        return self.wide - self.left - self.right

    @property
    def ours(self) -> Page:
        """The same paper with our margins, by which our own cover is drawn."""
        return Page(self.wide, self.high)

    @property
    def across(self) -> float:
        """How wide it is on a landscape page."""
        return self.high - self.left - self.right


@dataclass(frozen=True, slots=True)
class Piece:
    """XML with slots, and the pictures in it by the ids it calls them by; "" for none."""

    xml: str = ""
    pictures: Mapping[str, tuple[str, bytes]] | None = None

    @property
    def slots(self) -> set[str]:
        """What it leaves open."""
        return set(SLOT.findall(self.xml))


@dataclass(frozen=True, slots=True)
class Template:
    """What documents of a brand are made on."""

    page: Page = Page()
    styles: Styles | None = None
    """None: ours."""
    theme: bytes = b""
    header: Piece = Piece()
    first_header: Piece = Piece()
    footer: Piece = Piece()
    first_footer: Piece = Piece()
    cover: Piece = Piece()
    dropped: tuple[str, ...] = ()
    """What of the file is left behind: kinds of `DROPPED`, and `external`, `sample`,
    `even`, `pictures`."""


@lru_cache(maxsize=8)
def template_of(brand: str, language: str) -> Template:
    """The template of the brand in that folder; Broken where it cannot be read."""
    theme = load_theme(brand)
    path = theme.template
    return read_template(path.read_bytes(), theme, language) if path else Template()


def read_template(raw: bytes, theme: Theme, language: str) -> Template:
    """A .docx or .dotx as a template; Broken where it is none."""
    parts = unpacked(raw, "word/document.xml")
    root = tree(parts["word/document.xml"])
    body = root.find(f"{TAG}body")
    if body is None or root.prefix != "w":
        raise Broken
    related = related_parts(parts, "word/document.xml")
    section = body.find(f"{TAG}sectPr")
    cover = _cover(body)
    theme_part = next((t for t, kind in related.values() if kind == "theme"), "")
    drawn = parts.get(theme_part, b"")
    looks, lists = (parts.get(f"word/{name}.xml", b"") for name in ("styles", "numbering"))
    styles = adopt_styles(looks, lists, theme, language, bool(cover), drawn)
    around = _around(parts, related, section, styles.renamed)
    told = {kind for kind, pattern in DROPPED.items() if any(map(pattern.fullmatch, parts))}
    told |= {"external"} if any(b'TargetMode="External"' in raw for n, raw in parts.items() if n.endswith(".rels")) else set()  # fmt: skip
    said = [one for one in body if one.tag != f"{TAG}sectPr" and one not in cover]
    told |= _left(parts, related, section, cover)
    told |= {"sample"} if any("".join(one.itertext()).strip() for one in said) else set()
    return Template(
        _page(section), styles, drawn,
        cover=_piece(cover, parts, related, styles.renamed), dropped=tuple(sorted(told)), **around,
    )  # fmt: skip


# --- page, header, footer, cover -------------------------------------------------------------


def _page(section: Any) -> Page:
    """The last section's page; ours where it says nothing, or leaves too little room for text."""
    size, margins = (section.find(f"{TAG}{n}") if section is not None else None for n in ("pgSz", "pgMar"))  # fmt: skip
    if size is None or margins is None:
        return Page()

    def of(element: Any, name: str) -> float:
        return abs(int(float(element.get(f"{TAG}{name}", "0")))) / 566.929

    try:
        wide, high = sorted((of(size, "w"), of(size, "h")))
        sides = {n: of(margins, n) for n in ("left", "right", "top", "bottom", "header", "footer")}
    except ValueError:
        return Page()
    page = Page(wide, high, **sides)
    return page if page.text >= 10 and high - page.top - page.bottom >= 15 else Page()


def _around(
    parts: Mapping[str, bytes], related: Mapping[str, tuple[str, str]], section: Any,
    renamed: Mapping[str, str],
) -> dict[str, Piece]:  # fmt: skip
    """Headers and footers by the names that `Template` has for them."""
    out: dict[str, Piece] = {}
    for one in section if section is not None else ():
        kind = etree.QName(one).localname.removesuffix("Reference")
        when = one.get(f"{TAG}type")
        name, _ = related.get(one.get(f"{R}id", ""), ("", ""))
        if kind not in ("header", "footer") or when == "even" or name not in parts:
            continue
        piece = _piece(list(tree(parts[name])), parts, related_parts(parts, name), renamed)
        if re.search(r"<w:t[ >]|<a:blip |w:fldChar|w:fldSimple", piece.xml):
            out[f"first_{kind}" if when == "first" else kind] = piece
    return out


def _cover(body: Any) -> list[Any]:
    """What stands before the first break, if it leaves the title open; else sample text."""
    taken = []
    for one in body:
        if one.tag == f"{TAG}sectPr":
            break
        breaks = [b for b in one.iter(f"{TAG}br") if b.get(f"{TAG}type") == "page"]
        ends = bool(breaks) or any(True for _ in one.iter(f"{TAG}sectPr"))
        taken.append(one)
        if ends:
            break
    words = "".join("".join(one.itertext(f"{TAG}t")) for one in taken)
    return taken if "{title}" in words else []


def _piece(
    elements: Sequence[Any], parts: Mapping[str, bytes], related: Mapping[str, tuple[str, str]],
    renamed: Mapping[str, str],
) -> Piece:  # fmt: skip
    """Elements of a template as XML that can stand in a document of ours."""
    pictures: dict[str, tuple[str, bytes]] = {}
    out = []
    for element in elements:
        if element.tag not in (f"{TAG}p", f"{TAG}tbl", f"{TAG}sdt"):
            continue
        holder = etree.Element("holder")
        holder.append(etree.fromstring(etree.tostring(element)))
        _clean(holder, renamed)
        _without_pictures_of_other_kinds(holder, parts, related)
        for blip in holder.iter(f"{A}blip"):
            name, _ = related.get(blip.get(f"{R}embed", ""), ("", ""))
            pictures[blip.get(f"{R}embed", "")] = (posixpath.splitext(name)[1].lower(), parts[name])
        out += [etree.tostring(one, encoding="unicode", with_tail=False) for one in holder]
    return Piece("".join(out), pictures)


REMOVED = tuple(
    f"{TAG}{name}"
    for name in (
        "del", "moveFrom", "commentRangeStart", "commentRangeEnd", "commentReference", "object",
        "altChunk", "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd", "sectPr",
        "lastRenderedPageBreak", "footnoteReference", "endnoteReference", "rPrChange", "pPrChange",
        "tblPrChange", "tcPrChange", "trPrChange", "control", "pict", "moveFromRangeStart",
        "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "dirty",
    )
)  # fmt: skip
UNWRAPPED = tuple(f"{TAG}{name}" for name in ("ins", "moveTo", "hyperlink", "smartTag", "customXml"))  # fmt: skip


def _clean(holder: Any, renamed: Mapping[str, str]) -> None:
    """Take away what points elsewhere, what was deleted, and what only newer Words know."""
    for one in [*holder.iter(*REMOVED)]:
        one.getparent().remove(one)
    for one in [*holder.iter(f"{TAG}br")]:
        if one.get(f"{TAG}type") == "page":
            one.getparent().remove(one)
    for one in [*holder.iter(f"{TAG}sdt")]:
        content = one.find(f"{TAG}sdtContent")
        _replaced(one, [] if content is None else list(content))
    for one in [*holder.iter(*UNWRAPPED)]:
        _replaced(one, list(one))
    for one in [*holder.iter(etree.Element)]:
        foreign = NEWER.match(one.tag)
        if foreign and not any(shape in one.tag for shape in SHAPES):
            one.getparent().remove(one)
            continue
        for name in [n for n in one.attrib if NEWER.match(n) or "rsid" in n]:
            del one.attrib[name]
        if one.tag in (f"{TAG}pStyle", f"{TAG}rStyle", f"{TAG}tblStyle"):
            value = one.get(f"{TAG}val", "")
            one.set(f"{TAG}val", renamed.get(value, value))
    for one in [*holder.iter(f"{{{COMPATIBLE}}}Fallback")]:
        one.getparent().remove(one)
    _without_strange_pictures(holder)
    for paragraph in holder.iter(f"{TAG}p"):
        _joined(paragraph)


COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def _replaced(one: Any, inside: Sequence[Any]) -> None:
    parent = one.getparent()
    place = parent.index(one)
    parent.remove(one)
    for offset, part in enumerate(inside):
        parent.insert(place + offset, part)


def _without_strange_pictures(holder: Any) -> None:
    """Pictures that lie elsewhere, or point to something, go with their drawing."""
    for drawing in [*holder.iter(f"{TAG}drawing")]:
        blips = [*drawing.iter(f"{A}blip")]
        for link in [*drawing.iter(f"{A}hlinkClick", f"{A}hlinkHover", f"{A}extLst")]:
            link.getparent().remove(link)
        points = any(n.startswith(R) and n != f"{R}embed" for e in drawing.iter() for n in e.attrib)
        if points or any(blip.get(f"{R}embed") is None for blip in blips):
            drawing.getparent().remove(drawing)


def _without_pictures_of_other_kinds(
    holder: Any, parts: Mapping[str, bytes], related: Mapping[str, tuple[str, str]]
) -> None:
    """Pictures that not every reader of documents can show (EMF, SVG …) go with their drawing."""
    for drawing in [*holder.iter(f"{TAG}drawing")]:
        names = [related.get(blip.get(f"{R}embed", ""), ("", ""))[0] for blip in drawing.iter(f"{A}blip")]  # fmt: skip
        if any(name not in parts or not name.lower().endswith(PICTURES) for name in names):
            drawing.getparent().remove(drawing)


def _left(
    parts: Mapping[str, bytes], related: Mapping[str, tuple[str, str]], section: Any,
    cover: Sequence[Any],
) -> set[str]:  # fmt: skip
    """What of the header, footer and cover is left behind: those of even pages, where Word shows
    them, and pictures of kinds that are not taken."""
    told: set[str] = set()
    seen = [(one, related) for one in cover]
    for one in section if section is not None else ():
        name, kind = related.get(one.get(f"{R}id", ""), ("", ""))
        if kind not in ("header", "footer") or name not in parts:
            continue
        if one.get(f"{TAG}type") != "even":
            seen.append((tree(parts[name]), related_parts(parts, name)))
        elif EVEN.search(parts.get("word/settings.xml", b"")):
            told.add("even")
    for element, known in seen:
        names = [known.get(blip.get(f"{R}embed", ""), ("x.png", ""))[0] for blip in element.iter(f"{A}blip")]  # fmt: skip
        drawn = [p for p in element.iter(f"{TAG}pict") if "Fallback" not in str(p.getparent().getparent().tag)]  # fmt: skip
        if drawn or any(not name.lower().endswith(PICTURES) for name in names):
            told.add("pictures")
    return told


def _joined(paragraph: Any) -> None:
    """A slot that Word cut into several runs, in the first of them."""
    texts = list(paragraph.iter(f"{TAG}t"))
    whole = "".join(t.text or "" for t in texts)
    if len(texts) > 1 and set(SLOT.findall(whole)) - {s for t in texts for s in SLOT.findall(t.text or "")}:  # fmt: skip
        texts[0].text = whole
        texts[0].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        for text in texts[1:]:
            text.text = ""
