"""The PowerPoint template, made here: 16:9, four layouts by role, the brand's theme, no leftovers.

Lengths in centimetres. The mark stands in the layout, so that a copied slide keeps it.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypedDict
from xml.sax.saxutils import escape

import pptx
from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu

from planwerk import blocks as b
from planwerk.render.package import normalised
from planwerk.theme import Theme, load_theme, mix

EMU = 360000
WIDTH, HEIGHT = 33.867, 19.05
MARGIN = 1.6
CONTENT = WIDTH - 2 * MARGIN
TOP, BOTTOM = 3.95, 16.95
SPACES = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
DECORATIVE = '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
NAMES = {
    "de": {
        "title": "Titel",
        "content": "Inhalt",
        "statement": "Große Zahl",
    },
    "en": {
        "title": "Title",
        "content": "Content",
        "statement": "Big number",
    },
}
ORIGINS = {
    "title": "Title Slide",
    "content": "Title Only",
    "content-marked": "Title and Content",
    "statement": "Section Header",
}
KICKER, SUBLINE, SOURCE, FOOTER, NUMBER = 13, 14, 15, 11, 12
FOOT = 22.0
"""How wide the footer is, in centimetres."""
OWNER = "@@OWNER@@"
"""In the place of our name, so that one template serves everybody."""
TITLE = (MARGIN, 1.5, CONTENT, 2.05)
BARS = (
    (0, 13.2, 4.4, 0.16), (3.0, 14.1, 7.6, 0.24), (6.4, 15.0, 3.2, 0), (8.2, 15.9, 6.4, 0.16),
    (12.4, 16.8, 9.9, 0.2),
)  # fmt: skip
"""The signature of the title slide, staggered plan bars: x, y, width, share of white (0: accent)."""


class Manner(TypedDict, total=False):
    """How a placeholder's text stands."""

    bold: bool
    anchor: str
    align: str
    spacing: int


HEADING: Manner = {"bold": True, "spacing": 92}


def emu(centimetres: float) -> int:
    """Centimetres in the unit of Office drawings."""
    return round(centimetres * EMU)


def spoken(language: str) -> str:
    """The language tag of a run."""
    return {"de": "de-DE", "en": "en-GB"}.get(language, "en-GB")


def layout_names(language: str, mark: b.Mark | None) -> dict[str, str]:
    """The names of the layouts by role, as people see them in PowerPoint."""
    names = dict(NAMES[language])
    if mark:
        names["content-marked"] = " ".join((names["content"], *(words for _, words in mark.tags)))
    return names


@lru_cache(maxsize=16)
def template(language: str, mark: b.Mark | None, brand: str = "planwerk") -> Mapping[str, bytes]:
    """The parts of an empty deck with the brand's master and layouts; `OWNER` stands for us.

    Where there is a mark, every layout but the plain content bears it; without one there is
    no layout that does.
    """
    theme = load_theme(brand)
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Emu(emu(WIDTH)), Emu(emu(HEIGHT))
    deck.element.sldSz.attrib.pop("type", None)  # the library's own says 4:3
    _colors_and_fonts(deck.slide_master, theme)
    roles = {role: name for role, name in ORIGINS.items() if mark or role != "content-marked"}
    for layout in list(deck.slide_layouts):
        if layout.name not in roles.values():
            deck.slide_layouts.remove(layout)
    _Master(theme, language, mark).build(deck, roles)
    for element in (deck.element, deck.slide_master.element):
        for run in element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}defRPr"):
            if run.get("lang"):
                run.set("lang", spoken(language))
    out = io.BytesIO()
    deck.save(out)
    return normalised(out.getvalue())


def _colors_and_fonts(master: Any, theme: Theme) -> None:
    part = master.part.part_related_by(RT.THEME)
    root = etree.fromstring(part.blob)
    space = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    slots = {
        "dk1": "ink", "lt1": "bg", "dk2": "primary", "lt2": "surface", "accent1": "c1", "accent2": "c2",
        "accent3": "c3", "accent4": "c4", "accent5": "c5", "accent6": "c6", "hlink": "link", "folHlink": "muted",
    }  # fmt: skip
    scheme = root.find(f".//{space}clrScheme")
    assert scheme is not None
    for slot, token in slots.items():
        holder = scheme.find(space + slot)
        assert holder is not None
        for child in list(holder):
            holder.remove(child)
        etree.SubElement(holder, space + "srgbClr").set("val", theme.color(token))
    for kind in ("majorFont", "minorFont"):
        latin = root.find(f".//{space}{kind}/{space}latin")
        assert latin is not None
        latin.set("typeface", theme.office_font)
    root.set("name", theme.name)
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


class _Master:
    """Puts placeholders and furniture on the master and its layouts."""

    def __init__(self, theme: Theme, language: str, mark: b.Mark | None) -> None:
        self.theme, self.lang, self.mark = theme, spoken(language), mark
        self.names = layout_names(language, mark)

    def build(self, deck: Any, roles: Mapping[str, str]) -> None:
        theme = self.theme
        master = deck.slide_master
        tree = _clear(master)
        ink, primary = theme.color("ink"), theme.color("primary")
        tree.append(self.rect(7, 0, 1.55, 0.42, 0.86, theme.color("accent")))
        tree.append(self.slot("title", None, 2, "Title", TITLE, 26, primary, **HEADING))
        body = (MARGIN, TOP, CONTENT, BOTTOM - TOP)
        tree.append(self.slot("body", 1, 3, "Text", body, 18, ink))
        tree.append(self.rect(8, MARGIN, 17.7, CONTENT, 0.02, theme.color("line")))
        self.feet(tree, theme.color("muted"))
        tree.append(self.logo(master, 9, theme.office_logo, MARGIN, 17.93, 0.6))
        layouts = {layout.name: layout for layout in deck.slide_layouts}
        for role, origin in roles.items():
            layouts[origin].element.cSld.set("name", self.names[role])
        self.content(layouts[ORIGINS["content"]], None)
        if self.mark:
            self.content(layouts[ORIGINS["content-marked"]], self.mark)
        self.title(layouts[ORIGINS["title"]])
        self.statement(layouts[ORIGINS["statement"]])

    def content(self, layout: Any, mark: b.Mark | None) -> None:
        tree, theme = _clear(layout), self.theme
        if mark:
            self.tag(tree, mark)
        self.furniture(
            tree, theme.color("primary"), theme.color("accent-text"), theme.color("muted")
        )
        subline = (MARGIN, 2.62, CONTENT, 0.75)
        tree.append(self.slot("body", SUBLINE, 4, "Subline", subline, 15, theme.color("muted")))

    def tag(self, tree: Any, mark: b.Mark, dark: bool = False) -> None:
        """The strip and words that say whom the slide is for; white on dark slides."""
        color = self.theme.color("ink" if mark.internal else "warn")
        ground, words = ("FFFFFF", color) if dark else (color, "FFFFFF")
        tree.append(self.rect(20, 0, 0, WIDTH, 0.3, ground))
        place = (WIDTH - MARGIN - 5.6, 0.7, 5.6, 0.6)
        tree.append(self.rect(21, *place, ground, mark.banner, words))

    def furniture(self, tree: Any, title: str, kicker: str, quiet: str) -> None:
        """What content and statement slides share."""
        above, below = (MARGIN, 0.8, 20, 0.55), (MARGIN, 17.08, CONTENT, 0.5)
        tree.append(
            self.slot("body", KICKER, 3, "Kicker", above, 12, kicker, bold=True, anchor="ctr")
        )
        tree.append(self.slot("title", None, 2, "Title", TITLE, 26, title, **HEADING))
        tree.append(self.slot("body", SOURCE, 5, "Source", below, 10.5, quiet, anchor="ctr"))
        self.feet(tree, quiet)

    def feet(self, tree: Any, color: str) -> None:
        """Footer and number."""
        left, right = (MARGIN + 0.85, 17.98, FOOT, 0.5), (WIDTH - MARGIN - 2, 17.98, 2, 0.5)
        tree.append(self.slot("ftr", FOOTER, 6, "Footer", left, 10, color, anchor="ctr"))
        number = self.slot(
            "sldNum", NUMBER, 10, "Number", right, 10, color, anchor="ctr", align="r"
        )
        tree.append(number)

    def title(self, layout: Any) -> None:
        tree, theme = _clear(layout), self.theme
        layout.element.set("showMasterSp", "0")
        _ground(layout, theme.color("primary"))
        tree.append(self.rect(10, 22.3, 0, WIDTH - 22.3, HEIGHT, theme.color("surface")))
        ground = theme.color("primary")
        for i, (x, y, wide, share) in enumerate(BARS):
            color = mix("FFFFFF", share, ground) if share else theme.color("accent")
            tree.append(self.rect(11 + i, x, y, wide, 0.55, color))
        upper, lower = (MARGIN, 4.6, 18.9, 4.1), (MARGIN, 9.1, 18.9, 1.6)
        look: Manner = {"bold": True, "anchor": "b", "spacing": 90}
        tree.append(self.slot("ctrTitle", None, 2, "Title", upper, 44, "FFFFFF", **look))
        pale = mix("FFFFFF", 0.78, ground)
        tree.append(self.slot("subTitle", 1, 3, "Subtitle", lower, 20, pale))
        tree.append(self.logo(layout, 9, theme.office_logo_dark, MARGIN, 1.5, 1.5))
        if self.mark:
            self.tag(tree, self.mark)

    def statement(self, layout: Any) -> None:
        tree, theme = _clear(layout), self.theme
        layout.element.set("showMasterSp", "0")
        _ground(layout, theme.color("primary"))
        pale = mix("FFFFFF", 0.78, theme.color("primary"))
        tree.append(self.rect(22, 0, 1.55, 0.42, 0.86, theme.color("accent")))
        tree.append(
            self.rect(23, MARGIN, 17.7, CONTENT, 0.02, mix("FFFFFF", 0.3, theme.color("primary")))
        )
        if self.mark:
            self.tag(tree, self.mark, dark=True)
        self.furniture(tree, "FFFFFF", mix("FFFFFF", 0.6, theme.color("accent")), pale)
        tree.append(self.logo(layout, 9, theme.office_logo_dark, MARGIN, 17.93, 0.6))

    def slot(
        self, kind: str, index: int | None, identity: int, name: str,
        area: tuple[float, float, float, float], size: float, color: str, *,
        bold: bool = False, anchor: str = "t", align: str = "l", spacing: int = 100,
    ) -> Any:  # fmt: skip
        """A placeholder without insets."""
        x, y, wide, high = area
        place = f' idx="{index}"' if index is not None else ""
        quarter = ' sz="quarter"' if kind in ("body", "ftr", "sldNum") else ""
        run = (
            f'<a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum"><a:rPr lang="{self.lang}"/><a:t>‹#›</a:t></a:fld>'
            if kind == "sldNum"
            else f'<a:r><a:rPr lang="{self.lang}"/><a:t>{name}</a:t></a:r>'
        )
        return parse_xml(
            f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="{identity}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{kind}"{quarter}{place}/></p:nvPr></p:nvSpPr>'
            f'<p:spPr><a:xfrm><a:off x="{emu(x)}" y="{emu(y)}"/><a:ext cx="{emu(wide)}" cy="{emu(high)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
            f'<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"><a:normAutofit/></a:bodyPr><a:lstStyle><a:lvl1pPr marL="0" indent="0" algn="{align}"><a:lnSpc><a:spcPct val="{spacing * 1000}"/></a:lnSpc><a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
            f'<a:defRPr sz="{round(size * 100)}" b="{int(bold)}"><a:solidFill><a:srgbClr val="{color}"/></a:solidFill><a:latin typeface="+mn-lt"/></a:defRPr></a:lvl1pPr></a:lstStyle><a:p>{run}</a:p></p:txBody></p:sp>'
        )

    def rect(
        self,
        identity: int,
        x: float,
        y: float,
        wide: float,
        high: float,
        color: str,
        words: str = "",
        ink: str = "FFFFFF",
    ) -> Any:
        body = (
            f'<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/><a:lstStyle/><a:p><a:pPr algn="ctr"/><a:r><a:rPr lang="{self.lang}" sz="1100" b="1"><a:solidFill><a:srgbClr val="{ink}"/></a:solidFill><a:latin typeface="+mn-lt"/></a:rPr><a:t>{escape(words)}</a:t></a:r></a:p></p:txBody>'
            if words
            else ""
        )
        return parse_xml(
            f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="{identity}" name="Shape {identity}">{"" if words else DECORATIVE}</p:cNvPr><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{emu(x)}" y="{emu(y)}"/><a:ext cx="{emu(wide)}" cy="{emu(high)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{color}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>{body}</p:sp>'
        )

    def logo(self, owner: Any, identity: int, file: str, x: float, y: float, size: float) -> Any:
        _, relation = owner.part.get_or_add_image_part(str(self.theme.file(file)))
        return parse_xml(
            f'<p:pic {SPACES}><p:nvPicPr><p:cNvPr id="{identity}" name="Logo" descr="{OWNER}"/><p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr userDrawn="1"/></p:nvPicPr><p:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm><a:off x="{emu(x)}" y="{emu(y)}"/><a:ext cx="{emu(size)}" cy="{emu(size)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
        )


def _clear(holder: Any) -> Any:
    tree = holder.shapes._spTree
    for child in list(tree):
        if child.tag not in (qn("p:nvGrpSpPr"), qn("p:grpSpPr")):
            tree.remove(child)
    return tree


def _ground(layout: Any, color: str) -> None:
    slide = layout.element.cSld
    old = slide.find(qn("p:bg"))
    if old is not None:
        slide.remove(old)
    slide.insert(
        0,
        parse_xml(
            f'<p:bg {SPACES}><p:bgPr><a:solidFill><a:srgbClr val="{color}"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
        ),
    )
