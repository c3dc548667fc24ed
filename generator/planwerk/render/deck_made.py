"""Layouts that a template lacks, on its own master; and the mark in its layouts."""

from __future__ import annotations

from copy import deepcopy
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from planwerk import blocks as b
from planwerk.render.deck_layout import Role
from planwerk.render.deck_looks import Sheet, kind_of
from planwerk.render.deck_roles import P
from planwerk.render.slides_area import Area
from planwerk.render.slides_draw import frame, solid
from planwerk.render.slides_master import SPACES, spoken
from planwerk.theme import Theme

WORDS = {"title": "Titel", "subTitle": "Untertitel"}
FEET = ("dt", "ftr", "sldNum")


def copied(sheet: Sheet) -> Sheet:
    """The same layout as a tree of its own."""
    return Sheet(deepcopy(sheet.layout), sheet.master, sheet.theme, sheet.scale)


def made_layout(role: Role, master: Any, language: str) -> Any:
    """A layout with a title (and a subtitle) where its master has them, and the master's foot."""
    cover = role == "title"
    kinds = {kind_of(shape): shape for shape in master.iter(f"{P}sp")}
    holders = ["title", *(["subTitle"] if cover and "body" in kinds else [])]
    holders = [kind for kind in holders if kind == "subTitle" or kind in kinds]
    feet = [] if cover else [kind for kind in FEET if kind in kinds and kind != "dt"]
    shapes = "".join(_holder(n, kind, language) for n, kind in enumerate((*holders, *feet), start=2))  # fmt: skip
    return etree.fromstring(
        f'<p:sldLayout {SPACES}><p:cSld name=""><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{shapes}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>'
    )


def _holder(number: int, kind: str, language: str) -> str:
    place = {"ftr": ' sz="quarter" idx="11"', "sldNum": ' sz="quarter" idx="12"', "subTitle": ' idx="1"'}.get(kind, "")  # fmt: skip
    run = f'<a:rPr lang="{spoken(language)}"/>'
    said = f"<a:r>{run}<a:t>{escape(WORDS.get(kind, ''))}</a:t></a:r>" if kind in WORDS else ""
    if kind == "sldNum":
        said = f'<a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">{run}<a:t>‹#›</a:t></a:fld>'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Placeholder {number}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{kind}"{place}/></p:nvPr></p:nvSpPr><p:spPr/>'
        f"<p:txBody><a:bodyPr/><a:lstStyle/><a:p>{said}</a:p></p:txBody></p:sp>"
    )


def marked(
    layout: Any, mark: b.Mark, place: Area, theme: Theme, language: str, above: bool, scale: float
) -> None:
    """A strip along an edge of the layout that says for whom its slides are."""
    color = theme.color("ink" if mark.internal else "warn")
    edge = round(1.0 * scale * 360000)
    run = f'<a:rPr lang="{spoken(language)}" sz="{int(1100 * scale)}" b="1">{solid("FFFFFF")}<a:latin typeface="+mn-lt"/></a:rPr>'
    tree = layout.find(f"{P}cSld/{P}spTree")
    number = 1 + max(int(one.get("id", "0")) for one in layout.iter(f"{P}cNvPr"))
    tree.append(
        etree.fromstring(
            f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="{number}" name="Mark {"top" if above else "foot"}"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{frame(place)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{solid(color)}<a:ln><a:noFill/></a:ln></p:spPr>'
            f'<p:txBody><a:bodyPr wrap="square" lIns="{edge}" tIns="0" rIns="{edge}" bIns="0" anchor="ctr"/><a:lstStyle/><a:p><a:pPr algn="r"/><a:r>{run}<a:t>{escape(mark.banner)}</a:t></a:r></a:p></p:txBody></p:sp>'
        )
    )
