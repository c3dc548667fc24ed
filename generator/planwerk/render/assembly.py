"""An Office file put together: a template's parts, those of one document, and their relations.

python-docx and python-pptx make the templates, once a process. Opening one and saving it again
for every document cost more than the document itself; a test compares what comes out here with
what the libraries would write.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from xml.parsers import expat
from xml.sax.saxutils import escape

from planwerk.render.package import pack, sealed, with_properties
from planwerk.stamp import CUSTOM, stamp, stamped

HEAD = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
TYPES = "[Content_Types].xml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
"""The relations' types begin with this."""
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
PROPERTIES = "application/vnd.openxmlformats-officedocument.custom-properties+xml"


def part(words: str) -> bytes:
    """A part's XML with its declaration; ExpatError where it is not well-formed."""
    content = (HEAD + words).encode()
    expat.ParserCreate().Parse(content, True)
    return content


class Assembly:
    """Takes parts and relations; `template` is left as it is."""

    def __init__(self, template: Mapping[str, bytes], author: str, as_of: date) -> None:
        self.parts = dict(template)
        self.author, self.as_of = author, as_of
        self.types: dict[str, str] = {}
        self.relations: dict[str, dict[tuple[str, str], str]] = {}
        self.charts = 0

    def add(self, name: str, content: bytes, kind: str) -> str:
        """A new part, `kind` is its content type; its name."""
        self.parts[name] = content
        self.types[name] = kind
        return name

    def relate(self, source: str, kind: str, target: str, external: bool = False) -> str:
        """The id of the relation from a part to another or to an address, made where needed."""
        address = target if external else _from(source, target)
        known = self.relations.setdefault(source, {})
        if (kind, address) not in known:
            identity = f"rId{self._highest(source) + len(known) + 1}"
            mode = ' TargetMode="External"' if external else ""
            known[kind, address] = (
                f'<Relationship Id="{identity}" Type="{KINDS}/{kind}" '
                f'Target="{escape(address, {chr(34): "&quot;"})}"{mode}/>'
            )
            return identity
        return known[kind, address].split('"')[1]

    def chart(self, source: str, xml: bytes, workbook: Mapping[str, bytes]) -> str:
        """A chart with its workbook; the id of the relation from `source` to it."""
        self.charts += 1
        folder = source.split("/")[0]
        name = f"{folder}/charts/chart{self.charts}.xml"
        book = f"{folder}/embeddings/sheet{self.charts}.xlsx"
        properties = {"title": "", "author": self.author, "language": "", "as_of": self.as_of}
        self.add(name, xml, CHART)
        self.add(book, sealed(workbook, **properties), SHEET)  # type: ignore[arg-type]
        self.relate(name, "package", book)
        return self.relate(source, "chart", name)

    def picture(self, source: str, content: bytes, ending: str) -> str:
        """A picture, kept once however often it is shown; the id of the relation to it."""
        folder = f"{source.split('/')[0]}/media/"
        known = {name: raw for name, raw in self.parts.items() if name.startswith(folder)}
        name = next((name for name, raw in known.items() if raw == content), "")
        name = name or self.add(f"{folder}image{len(known) + 1}.{ending}", content, f"image/{ending}")  # fmt: skip
        return self.relate(source, "image", name)

    def file(self, title: str, language: str) -> bytes:
        """All of it as a file, which says what it holds (see planwerk.stamp)."""
        self.relate("", "custom-properties", self.add(CUSTOM, b"", PROPERTIES))
        for source in self.relations:
            self.parts[_beside(source)] = self._related(source)
        self.parts[TYPES] = self._listed()
        parts = with_properties(
            self.parts, title=title, author=self.author, language=language, as_of=self.as_of
        )
        return pack({**parts, CUSTOM: stamped(stamp(parts))})

    def state(self) -> Assembly:
        """A copy to which `restore` leads back."""
        copy = Assembly(self.parts, self.author, self.as_of)
        copy.types, copy.charts = dict(self.types), self.charts
        copy.relations = {source: dict(known) for source, known in self.relations.items()}
        return copy

    def restore(self, state: Assembly) -> None:
        """Leave away all that came since."""
        self.parts, self.types, self.charts = state.parts, state.types, state.charts
        self.relations = state.relations

    def _highest(self, source: str) -> int:
        """The highest number of the relations that the template gave a part."""
        words = self.parts.get(_beside(source), b"")
        return max(map(int, re.findall(rb' Id="rId(\d+)"', words)), default=0)

    def _related(self, source: str) -> bytes:
        before = self.parts.get(_beside(source))
        head = (
            before.decode().removesuffix("</Relationships>")
            if before
            else f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        )
        return f"{head}{''.join(self.relations[source].values())}</Relationships>".encode()

    def _listed(self) -> bytes:
        """The content types: by ending where that says it, else by part."""
        words = self.parts[TYPES].decode()
        endings = dict(re.findall(r'<Default Extension="([^"]+)" ContentType="([^"]+)"/>', words))
        named = dict(re.findall(r'<Override PartName="/([^"]+)" ContentType="([^"]+)"/>', words))
        for name, kind in self.types.items():
            if kind == SHEET or kind.startswith("image/"):
                endings[name.rpartition(".")[2]] = kind
            else:
                named[name] = kind
        listed = [f'<Default Extension="{e}" ContentType="{endings[e]}"/>' for e in sorted(endings)]
        listed += [f'<Override PartName="/{n}" ContentType="{named[n]}"/>' for n in sorted(named)]
        return f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{"".join(listed)}</Types>'.encode()


def _beside(source: str) -> str:
    """The part that holds the relations of `source`."""
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


@lru_cache(maxsize=4096)
def _from(source: str, target: str) -> str:
    """The address of a part as another one says it."""
    return posixpath.relpath(target, posixpath.dirname(source))
