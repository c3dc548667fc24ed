"""The styles of a brand's template under the names that our documents use.

A style is found by what the brand calls it, else by the name that Word gives it in every
language. What is missing is ours; it stands on the template's default style, so fonts agree.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from planwerk.render.fonts import WIDER
from planwerk.render.foreign import tree
from planwerk.render.word_styles import (
    INDENT,
    LANGUAGES,
    REFERENCE,
    W,
    paragraph_styles,
)
from planwerk.theme import Theme

TAG = f"{{{W}}}"
ROLES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "title": ("Title", ("title",)),
    "subtitle": ("Subtitle", ("subtitle",)),
    "heading1": ("Heading1", ("heading 1",)),
    "heading2": ("Heading2", ("heading 2",)),
    "heading3": ("Heading3", ("heading 3",)),
    "lead": ("Lead", ()),
    "body": ("BodyText", ("body text",)),
    "list": ("ListBullet", ("list bullet",)),
    "quote": ("Quote", ("quote",)),
    "code": ("Code", ()),
    "caption": ("Caption", ("caption",)),
    "source": ("Source", ()),
    "note": ("SourceText", ()),
    "margin_note": ("MarginNote", ()),
    "table_text": ("TableText", ()),
    "table_note": ("TableNote", ()),
    "table_head": ("TableHead", ()),
    "key_figure": ("KeyFigure", ()),
    "cover_label": ("CoverLabel", ()),
    "cover_fact": ("CoverFact", ()),
    "cover_note": ("CoverNote", ()),
    "short_title": ("HeadTitle", ("title",)),
    "short_subtitle": ("HeadSubtitle", ("subtitle",)),
    "short_fact": ("HeadFact", ()),
    "short_chapter": ("HeadChapter", ()),
    "footnote": ("FootnoteText", ("footnote text",)),
    "header": ("Header", ("header",)),
    "footer": ("Footer", ("footer",)),
    "contents_title": ("TOCHeading", ("toc heading",)),
    "contents": ("TOC1", ("toc 1",)),
    "list_of_figures": ("TableofFigures", ("table of figures",)),
}
"""Each role: our style's id, and the names under which Word itself has it."""
KEPT = ("heading1", "heading2", "heading3", "caption", "short_title", "short_chapter", "contents_title", "table_head")  # fmt: skip
"""What stays with what comes next."""
LEVEL = (
    "start", "numFmt", "lvlRestart", "pStyle", "isLgl", "suff", "lvlText", "lvlJc", "pPr", "rPr",
)  # fmt: skip
"""What a level of a list may say, in the order of the schema; pictures as bullets are left out."""
ON_COVER = ("title", "subtitle")
"""White on our own cover: a template's are taken only for a cover of its own."""


@dataclass(frozen=True, slots=True)
class Styles:
    """styles.xml and numbering of a template, and what became of its names."""

    xml: bytes
    found: Mapping[str, str]
    """The template's style by role."""
    missing: tuple[str, ...]
    """The roles that ours are taken for."""
    unknown: tuple[str, ...]
    """The roles whose style the brand names and the template has not."""
    names: tuple[str, ...]
    """All paragraph styles of the template, as people see them."""
    renamed: Mapping[str, str]
    indent: float
    """How far text stands right of the margin, in centimetres."""
    numbered: bool
    """Whether chapters bear numbers."""
    numbering: tuple[str, str] = ("", "")
    """The template's own lists: kinds, and those in use."""
    first: int = 0
    """Our lists have ids above this one."""
    wider: float = 1.0
    """How much wider the template's font is than Calibri."""


def adopt_styles(
    raw: bytes, numbering: bytes, theme: Theme, language: str, cover: bool, fonts: bytes
) -> Styles:
    """The template's styles with ours where it has none; `cover`: whether it has one of its own."""
    root = tree(raw) if raw else etree.Element(f"{TAG}styles", nsmap={"w": W})
    known = [s for s in root.findall(f"{TAG}style") if s.get(f"{TAG}type") == "paragraph"]
    named = {_name(style).lower(): style for style in known}
    found, unknown = _found(named, theme.word_styles, () if cover else ON_COVER)
    renamed = _rename(root, found, known)
    kinds, used, first = _lists(numbering, renamed)
    body, heading = found.get("body"), found.get("heading1")
    indent = _indent(body) if body is not None else INDENT
    missing = [role for role in ROLES if role not in found]
    for number in [*root.iter(f"{TAG}numId")]:
        value = number.get(f"{TAG}val", "")
        if value != "0" and f'w:numId="{value}"' not in used:
            number.getparent().getparent().remove(number.getparent())
    for role in KEPT:
        if role in found:
            _kept_with_next(found[role])
    ours = paragraph_styles(theme, indent, first)
    for identity in [ROLES[role][0] for role in missing] + ["Spacer"]:
        root.append(etree.fromstring(ours[identity].replace("<w:style ", f'<w:style xmlns:w="{W}" ', 1)))  # fmt: skip
    _raise_references(root)
    if not any(s.get(f"{TAG}default") and s.get(f"{TAG}type") == "paragraph" for s in root.iter(f"{TAG}style")):  # fmt: skip
        root.append(etree.fromstring(f'<w:style xmlns:w="{W}" w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'))  # fmt: skip
    _speak(root, LANGUAGES.get(language, "en-GB"))
    return Styles(
        etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True),
        {role: _name(style) for role, style in found.items()}, tuple(missing), unknown,
        tuple(sorted(_name(style) for style in known)), renamed, indent,
        heading is None or heading.find(f"{TAG}pPr/{TAG}numPr") is not None, (kinds, used), first, _wider(root, fonts),
    )  # fmt: skip


def _raise_references(root: Any) -> None:
    """The style of a footnote's number under our name, ours where there is none."""
    for style in root.findall(f"{TAG}style"):
        if style.get(f"{TAG}type") == "character" and _name(style).lower() == "footnote reference":
            style.set(f"{TAG}styleId", "FootnoteReference")
            return
    ours = REFERENCE.replace("<w:style ", f'<w:style xmlns:w="{W}" ', 1)
    root.append(etree.fromstring(ours))


def _name(style: Any) -> str:
    element = style.find(f"{TAG}name")
    return str(element.get(f"{TAG}val", "")) if element is not None else ""


def _found(
    named: Mapping[str, Any], asked: Mapping[str, str], but: Collection[str]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The template's style of each role, and the roles for which a name was given in vain.

    One style can play one role: ours is written under our id.
    """
    found: dict[str, Any] = {}
    unknown = []
    for role, name in asked.items():
        style = named.get(name.lower())
        if style is None or role not in ROLES or style in found.values():
            unknown.append(role)
        else:
            found[role] = style
    for role, (_, names) in ROLES.items():
        style = next((named[name] for name in names if name in named), None)
        if role not in found and role not in but and style is not None and style not in found.values():  # fmt: skip
            found[role] = style
    return found, tuple(unknown)


def _rename(root: Any, found: Mapping[str, Any], known: list[Any]) -> dict[str, str]:
    """Our ids for the styles that play our roles; what had such an id without the role gets another."""
    ids = {identity for identity, _ in ROLES.values()} | {"Spacer", "Normal"}
    wanted = {style.get(f"{TAG}styleId"): ROLES[role][0] for role, style in found.items()}
    default = next((s for s in known if s.get(f"{TAG}default") in ("1", "true", "on")), None)
    if default is not None:
        wanted.setdefault(default.get(f"{TAG}styleId"), "Normal")
    every = {style.get(f"{TAG}styleId") for style in root.findall(f"{TAG}style")}
    renamed = {**{one: f"{one}Own" for one in every & ids if one not in wanted}, **wanted}
    for style in root.findall(f"{TAG}style"):
        identity = style.get(f"{TAG}styleId")
        style.set(f"{TAG}styleId", renamed.get(identity, identity))
        for tag in ("basedOn", "next", "link"):
            for one in style.findall(f"{TAG}{tag}"):
                value = one.get(f"{TAG}val", "")
                one.set(f"{TAG}val", renamed.get(value, value))
    return renamed


def _lists(raw: bytes, renamed: Mapping[str, str]) -> tuple[str, str, int]:
    """The template's lists as text, kinds and those in use, and the highest id among them."""
    if not raw:
        return "", "", 0
    root = tree(raw)
    for one in root.iter(f"{TAG}pStyle", f"{TAG}styleLink", f"{TAG}numStyleLink"):
        value = one.get(f"{TAG}val", "")
        one.set(f"{TAG}val", renamed.get(value, value))
    strange = [one for level in root.iter(f"{TAG}lvl") for one in level if etree.QName(one).localname not in LEVEL]  # fmt: skip
    for one in strange:
        one.getparent().remove(one)
    for one in root.iter(etree.Element):
        for name in [n for n in one.attrib if not n.startswith(TAG)]:
            del one.attrib[name]
    for level in root.iter(f"{TAG}lvl"):  # LibreOffice writes them in an order of its own
        level[:] = sorted(level, key=lambda one: LEVEL.index(etree.QName(one).localname))
    kinds, used = root.findall(f"{TAG}abstractNum"), root.findall(f"{TAG}num")
    numbers = [int(k.get(f"{TAG}abstractNumId", "0")) for k in kinds]
    numbers += [int(n.get(f"{TAG}numId", "0")) for n in used]
    texts = ("".join(etree.tostring(one, encoding="unicode", with_tail=False) for one in part) for part in (kinds, used))  # fmt: skip
    return (*texts, max(numbers, default=0))  # type: ignore[return-value]


def _kept_with_next(style: Any) -> None:
    """A heading or a caption never stands alone at a page's end, whatever the template says."""
    look = style.find(f"{TAG}pPr")
    if look is None:
        look = etree.Element(f"{TAG}pPr")
        before = style.find(f"{TAG}rPr")
        place = len(style) if before is None else style.index(before)
        style.insert(place, look)
    for one in look.findall(f"{TAG}keepNext"):
        look.remove(one)
    look.insert(0, etree.Element(f"{TAG}keepNext"))


def _wider(root: Any, theme: bytes) -> float:
    """How much more room the default font needs than Calibri: known of some, guessed of others."""
    font = root.find(f"{TAG}docDefaults/{TAG}rPrDefault/{TAG}rPr/{TAG}rFonts")
    name = "Times New Roman" if font is None else font.get(f"{TAG}ascii", "")
    if font is not None and "minor" in font.get(f"{TAG}asciiTheme", ""):
        found = re.search(rb'<a:minorFont>.*?<a:latin typeface="([^"]*)"', theme, re.S)
        name = found[1].decode("utf-8", "replace") if found else "Calibri"
    return WIDER.get(name, 1.15)


def _indent(style: Any) -> float:
    """The left indent of a style, in centimetres."""
    element = style.find(f"{TAG}pPr/{TAG}ind")
    value = None if element is None else element.get(f"{TAG}left") or element.get(f"{TAG}start")
    return int(value) / 566.929 if value and re.fullmatch(r"\d{1,4}", value) else 0.0


def _speak(root: Any, language: str) -> None:
    """One language for all that is written: the document's."""
    for one in [*root.iter(f"{TAG}lang")]:
        one.getparent().remove(one)
    defaults = root.find(f"{TAG}docDefaults")
    if defaults is None:
        defaults = etree.Element(f"{TAG}docDefaults")
        root.insert(0, defaults)
    place = defaults.find(f"{TAG}rPrDefault")
    if place is None:
        place = etree.Element(f"{TAG}rPrDefault")
        defaults.insert(0, place)
    look = place.find(f"{TAG}rPr")
    if look is None:
        look = etree.SubElement(place, f"{TAG}rPr")
    said = {f"{TAG}val": language, f"{TAG}eastAsia": language, f"{TAG}bidi": "ar-SA"}
    etree.SubElement(look, f"{TAG}lang", said)
