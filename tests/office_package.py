"""What must hold of an Office file as a package: each part once, of its type, reached, and harmless."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
MEANT = (
    (r"word/document\.xml", "wordprocessingml.document.main+xml"),
    (r"word/(styles|numbering|settings|fontTable|footnotes)\.xml", "wordprocessingml."),
    (r"ppt/presentation\.xml", "presentationml.presentation.main+xml"),
    (r"ppt/slides/slide\d+\.xml", "presentationml.slide+xml"),
    (r"ppt/slideLayouts/.*\.xml", "presentationml.slideLayout+xml"),
    (r"ppt/slideMasters/.*\.xml", "presentationml.slideMaster+xml"),
    (r"ppt/notesSlides/.*\.xml", "presentationml.notesSlide+xml"),
    (r"(word|ppt)/charts/chart\d+\.xml", "drawingml.chart+xml"),
    (r"(word|ppt)/theme/.*\.xml", ".theme+xml"),
    (r".*\.rels", "relationships+xml"),
    (r".*\.xlsx", "spreadsheetml.sheet"),
    (r"docProps/core\.xml", "core-properties+xml"),
)
"""What the type of a part has to hold, by its name."""
TRACES = (b"Steve Canny", b"python-docx", b"python-pptx", b"printerSettings", b"thumbnail", b"rsidR", b"vbaProject", b"attachedTemplate")  # fmt: skip
"""What libraries and their templates leave behind."""
HARMLESS = re.compile(r"https://|mailto:")
IN_BOOKS = re.compile(rb"<f[ >/]|<hyperlink|<externalReference|<definedName|<ddeLink|<oleObject|<customWorkbookView")  # fmt: skip


def faults(blob: bytes) -> list[str]:
    """What is wrong with a document, a deck or a workbook as a package; empty where nothing is."""
    with zipfile.ZipFile(io.BytesIO(blob)) as package:
        names = [one.filename for one in package.infolist()]
        out = [f"part twice: {n}" for n, c in Counter(n.lower() for n in names).items() if c > 1]
        parts = {name: package.read(name) for name in names}
        out += ["a remark on the zip"] if package.comment else []
    trees: dict[str, ElementTree.Element] = {}
    for name, raw in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                trees[name] = ElementTree.fromstring(raw)
            except ElementTree.ParseError as error:
                out.append(f"{name}: {error}")
    for name, raw in parts.items():
        out += [f"{name}: {trace.decode()}" for trace in TRACES if trace in raw or trace.decode() in name]  # fmt: skip
        if name.endswith(".xlsx"):
            out += [f"{name}: {fault}" for fault in faults(raw)]
        if name.startswith("xl/") and (found := IN_BOOKS.search(raw)):
            out.append(f"{name}: {found[0].decode()}")
    if "[Content_Types].xml" in trees:
        out += _typed(trees["[Content_Types].xml"], parts)
    else:
        out.append("no types")
    related = {name: list(_relations(name, tree)) for name, tree in trees.items() if name.endswith(".rels")}  # fmt: skip
    out += _reached(related, parts)
    out += [f for name, tree in trees.items() if "/charts/chart" in name for f in _axes(name, tree)]
    if "ppt/presentation.xml" in trees:
        out += _listed(trees["ppt/presentation.xml"], related.get("ppt/_rels/presentation.xml.rels", []), parts)  # fmt: skip
    return out


def _typed(types: ElementTree.Element, parts: Mapping[str, bytes]) -> Iterator[str]:
    """Parts without a type or with another one's, and types of parts that are not there."""
    endings = {str(one.get("Extension")).lower(): str(one.get("ContentType")) for one in types.iter(f"{TYPES}Default")}  # fmt: skip
    listed = [str(one.get("PartName")) for one in types.iter(f"{TYPES}Override")]
    named = {str(one.get("PartName")): str(one.get("ContentType")) for one in types.iter(f"{TYPES}Override")}  # fmt: skip
    yield from (f"type twice: {n}" for n, count in Counter(listed).items() if count > 1)
    yield from (f"type of nothing: {n}" for n in named if n.lstrip("/") not in parts)
    for name in parts:
        if name == "[Content_Types].xml":
            continue
        kind = named.get(f"/{name}") or endings.get(name.rpartition(".")[2].lower(), "")
        if not kind:
            yield f"no type: {name}"
        yield from (f"{name} is a {kind}" for pattern, meant in MEANT if re.fullmatch(pattern, name) and meant not in kind)  # fmt: skip


def _relations(name: str, tree: ElementTree.Element) -> Iterator[tuple[str, str, bool]]:
    """Id, target (a part's name, or an address) and whether it is outside, of each relation."""
    folder = posixpath.dirname(posixpath.dirname(name))
    for one in tree.iter(RELATION):
        target, outside = str(one.get("Target")), one.get("TargetMode") == "External"
        if not outside:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        yield str(one.get("Id")), target, outside


def _reached(
    related: Mapping[str, list[tuple[str, str, bool]]], parts: Mapping[str, bytes]
) -> Iterator[str]:
    """Relations that lead nowhere or where they must not, and parts that none leads to."""
    for name, found in related.items():
        yield from (f"{name}: {i} twice" for i, c in Counter(i for i, _, _ in found).items() if c > 1)  # fmt: skip
        for _, target, outside in found:
            if outside and not HARMLESS.match(target):
                yield f"{name}: leads to {target}"
            if not outside and target not in parts:
                yield f"{name}: {target} is not there"
    reached, waiting = set[str](), ["_rels/.rels"]
    while waiting:
        for _, target, outside in related.get(waiting.pop(), ()):
            if not outside and target not in reached:
                reached.add(target)
                folder, base = posixpath.split(target)
                waiting.append(posixpath.join(folder, "_rels", f"{base}.rels"))
    for name in parts:
        if name != "[Content_Types].xml" and not name.endswith(".rels") and name not in reached:
            yield f"nothing leads to {name}"


def _axes(name: str, chart: ElementTree.Element) -> Iterator[str]:
    """Axes whose ids are no unsigned numbers, are there twice, or that a plot names in vain."""
    axes = [axis for axis in chart.iter() if axis.tag in {f"{C}{k}Ax" for k in ("cat", "val", "date", "ser")}]  # fmt: skip
    own = [str(axis.find(f"{C}axId").get("val")) for axis in axes]  # type: ignore[union-attr]
    every = [str(one.get("val")) for one in chart.iter(f"{C}axId")]
    yield from (f"{name}: axis {one}" for one in every if not one.isdecimal() or int(one) >= 1 << 32)  # fmt: skip
    yield from (f"{name}: axis {n} twice" for n, count in Counter(own).items() if count > 1)
    crossed = [str(one.get("val")) for one in chart.iter(f"{C}crossAx")]
    yield from (f"{name}: axis {n} is not there" for n in {*every, *crossed} - set(own))


def _listed(
    deck: ElementTree.Element, found: list[tuple[str, str, bool]], parts: Mapping[str, bytes]
) -> Iterator[str]:
    """Slides that are in the file and not in the deck, or hidden; ids that are there twice."""
    space = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    slides = [one for one in deck.iter() if one.tag.endswith("}sldId")]
    yield from (f"slide {n} twice" for n, c in Counter(s.get("id") for s in slides).items() if c > 1)  # fmt: skip
    targets = {identity: target for identity, target, _ in found}
    shown = {targets.get(str(slide.get(space)), "") for slide in slides}
    there = {name for name in parts if re.fullmatch(r"ppt/slides/slide\d+\.xml", name)}
    yield from (f"not in the deck: {name}" for name in sorted(there - shown))
    yield from (f"hidden: {name}" for name in sorted(there) if re.search(rb"<p:sld [^>]*show=\"0\"", parts[name]))  # fmt: skip
