"""Parts of a foreign PowerPoint template without what must not come into a deck: links, linked and
embedded things, movements, remarks, what only newer programs know, names and alt texts of its author.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from lxml import etree

from planwerk.render.deck_looks import kind_of
from planwerk.render.deck_roles import P, R
from planwerk.render.picture_bare import bare

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
KNOWN = (A, P)
"""What else stands in a tree belongs to newer programs."""
REMOVED = (
    *(f"{P}{name}" for name in ("custDataLst", "controls", "timing", "transition", "extLst", "hf", "contentPart")),
    *(f"{A}{name}" for name in ("extLst", "hlinkClick", "hlinkHover", "hlinkMouseOver", "snd", "videoFile", "audioFile", "wavAudioFile", "quickTimeFile", "audioCd")),
)  # fmt: skip
OWN_WORDS = ("descr", "title")
"""What a shape's name can carry besides: often a path on its author's machine."""


class Cleaned:
    """A part's tree as it can stand in a deck, and the pictures that it shows, by relation id."""

    def __init__(self, root: Any, parts: Mapping[str, bytes], related: Mapping[str, tuple[str, str]]) -> None:  # fmt: skip
        self.root, self.parts, self.related = root, parts, related
        self.pictures: dict[str, tuple[str, bytes]] = {}
        self.told: set[str] = set()
        self._compatible()
        for one in [*root.iter(*REMOVED)]:
            _remove(one)
        self._frames()
        self._blips()
        self._strange()
        for number, one in enumerate(root.iter(f"{P}cNvPr"), start=1):
            kind = etree.QName(one.getparent().getparent()).localname
            one.set("name", f"{_KINDS.get(kind, 'Shape')} {number}" if number > 1 else "")
            for name in OWN_WORDS:
                one.attrib.pop(name, None)

    def _compatible(self) -> None:
        """Of what stands there in several forms, the one that every program knows."""
        for one in [*self.root.iter(f"{COMPATIBLE}AlternateContent")]:
            if one.getparent() is None:
                continue
            old = one.find(f"{COMPATIBLE}Fallback")
            for inner in [] if old is None else [*old]:
                one.addprevious(inner)
            _remove(one)

    def _frames(self) -> None:
        """Tables stay; charts, diagrams and embedded objects go."""
        for one in [*self.root.iter(f"{P}graphicFrame")]:
            if one.find(f".//{A}tbl") is None:
                self.told.add("objects")
                _remove(one)

    def _blips(self) -> None:
        """Pictures of known kinds stay, without what they tell of their making."""
        for blip in [*self.root.iter(f"{A}blip")]:
            name, kind = self.related.get(blip.get(f"{R}embed", ""), ("", ""))
            found = bare(posixpath.splitext(name)[1].lower(), self.parts.get(name, b"")) if kind == "image" else None  # fmt: skip
            if found is None:
                self.told.add("pictures")
                self._without(blip)
            else:
                self.pictures[blip.get(f"{R}embed", "")] = found
                blip.attrib.pop(f"{R}link", None)

    def _without(self, blip: Any) -> None:
        """A picture goes with its frame; a fill by one becomes none; so does a ground."""
        above = blip.getparent()
        holder = above.getparent()
        if holder.tag == f"{P}pic":
            _remove(holder)
        elif holder.tag == f"{P}bgPr":
            _remove(holder.getparent())
        elif above.tag == f"{A}buBlip":
            _remove(above)
        elif holder.tag in (f"{A}fillStyleLst", f"{A}bgFillStyleLst"):
            plain = etree.SubElement(etree.Element(f"{A}none"), f"{A}solidFill")
            etree.SubElement(plain, f"{A}schemeClr").set("val", "phClr")
            holder.replace(above, plain)
        else:
            holder.replace(above, etree.Element(f"{A}noFill"))

    def _strange(self) -> None:
        for one in [*self.root.iter(etree.Element)]:
            if not one.tag.startswith(KNOWN):
                _remove(one)
                continue
            for name in list(one.attrib):
                foreign = name.startswith("{") and not (name == f"{R}embed" or (one is not self.root and name == f"{R}id"))  # fmt: skip
                if foreign or name in ("preserve", "userDrawn", "dirty", "err", "smtClean"):
                    del one.attrib[name]


_KINDS = {"nvPicPr": "Picture", "nvGrpSpPr": "Group", "nvCxnSpPr": "Line", "pic": "Picture", "grpSp": "Group", "cxnSp": "Line", "graphicFrame": "Table"}  # fmt: skip


def _remove(one: Any) -> None:
    parent = one.getparent()
    if parent is not None:
        parent.remove(one)


def spoken_for(root: Any) -> None:
    """What a template says of type only in its sample words becomes the placeholder's own manner.

    LibreOffice writes it so: without it, words of ours would stand there in the default type.
    """
    for shape in root.iter(f"{P}sp"):
        body = shape.find(f"{P}txBody")
        first = None if body is None else body.find(f"{A}p")
        if not kind_of(shape) or first is None or body.find(f"{A}lstStyle/{A}lvl1pPr") is not None:
            continue
        said, run = first.find(f"{A}pPr"), first.find(f".//{A}rPr")
        run = first.find(f"{A}endParaRPr") if run is None else run
        if said is None and run is None:
            continue
        manner = etree.Element(f"{A}lvl1pPr")
        for name, value in {} if said is None else said.attrib.items():
            if name != "lvl":
                manner.set(name, value)
        for one in () if said is None else said:
            if one.tag not in (f"{A}defRPr", f"{A}extLst"):
                manner.append(deepcopy(one))
        if run is not None:
            look = etree.SubElement(manner, f"{A}defRPr")
            for name, value in run.attrib.items():
                if name not in ("lang", "altLang", "dirty", "err", "bmk"):
                    look.set(name, value)
            for one in run:
                look.append(deepcopy(one))
        styles = body.find(f"{A}lstStyle")
        if styles is None:
            styles = etree.Element(f"{A}lstStyle")
            body.find(f"{A}bodyPr").addnext(styles)
        styles.insert(0, manner)
