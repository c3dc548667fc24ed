"""All Office files of a portfolio, and what is wrong with them by our own measure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import office_package
import office_structure
from planwerk import blocks as b
from planwerk.audience import CLIENT, INTERNAL, project, shares_anything
from planwerk.compose import decks, documents
from planwerk.compose.documents.brief import briefs
from planwerk.compose.view import View, view_of
from planwerk.measure import measure
from planwerk.model.portfolio import Portfolio
from planwerk.render.package import pack
from planwerk.render.slides import render_deck
from planwerk.render.word import render_document
from planwerk.theme import load_theme
from planwerk.words import load_words

KINDS = {"documents": ("documents",), "decks": ("decks",), "all": ("documents", "decks")}
BRANDS = ("planwerk", "kontor")


@dataclass(frozen=True)
class Made:
    """A file, and what is known of how it should come out."""

    name: str
    blob: bytes
    one_page: bool = False


def views(portfolio: Portfolio) -> Iterator[View]:
    """Each account as each of its readers sees it, in both languages where it is ours."""
    measured = measure(portfolio)
    for account in measured.accounts:
        for audience in (INTERNAL, CLIENT):
            if audience == INTERNAL or shares_anything(account):
                seen = project(measured, audience, account.id)
                for language in ("de", "en") if audience == INTERNAL else (None,):
                    yield view_of(seen, seen.accounts[0], language)


def files(portfolio: Portfolio, kind: str, brand: str) -> Iterator[Made]:
    """All files of that kind that a build would make, ours in both languages."""
    theme = load_theme(brand)
    for view in views(portfolio):
        mark = f"{view.account.id}-{view.portfolio.audience}-{view.language}"
        if "documents" in KINDS[kind]:
            made = [*documents.made(view)]
            made += briefs(view.portfolio, load_words(view.language)) if view.internal else ()
            for one in made:
                name = f"{mark}-{one.name}.docx"
                yield Made(name, render_document(one, theme), one.form == "page")
        for deck in decks.made(view) if "decks" in KINDS[kind] else ():
            yield Made(f"{mark}-{deck.name}.pptx", _deck(deck, theme))


def _deck(deck: b.Deck, theme: object) -> bytes:
    blob, _ = render_deck(deck, theme)  # type: ignore[arg-type]  # what does not fit is told at its place
    return blob


def faults(made: Made) -> list[str]:
    """What is wrong with a file's inside."""
    found = [*office_structure.faults(made.blob), *office_package.faults(made.blob)]
    return [f"{made.name}: {fault}" for fault in found]


# --- many documents in one, for a validator that takes a second to start ---------------------

OWN = re.compile(r"\b(chart|sheet|header|footer|image|footnotes)(\d*)\.(xml|xlsx|png|jpe?g|gif)")
"""Parts that each document has for itself."""


def bound(blobs: Sequence[bytes]) -> bytes:
    """One document with the bodies of all of them, each with its own charts, headers and links.

    The schema asks of a paragraph or a table what is in it, not what stands before it: what is
    wrong in one of them is wrong in all of them together.
    """
    packages = [office_structure.parts(blob) for blob in blobs]
    whole = dict(max(packages, key=lambda found: len(found["word/numbering.xml"])))
    bodies, relations = [], []
    types: dict[str, None] = {}
    for number, found in enumerate(packages, start=1):
        for name, raw in found.items():
            if OWN.search(name):
                whole[_named(name, number)] = _named(raw.decode(), number).encode() if name.endswith(".rels") else raw  # fmt: skip
        types |= dict.fromkeys(re.findall(r"<(?:Default|Override) [^>]*>", _named(found["[Content_Types].xml"].decode(), number)))  # fmt: skip
        body = found["word/document.xml"].decode().partition("<w:body>")[2].rpartition("</w:body>")[0]  # fmt: skip
        inside, mark, section = body.rpartition("<w:sectPr>")
        last = number == len(packages)
        body = body if last else f"{inside}<w:p><w:pPr>{mark}{section}</w:pPr></w:p>"
        bodies.append(_renumbered(body, number))
        related = _named(found["word/_rels/document.xml.rels"].decode(), number)
        for one in re.findall(r"<Relationship [^>]*>", related):
            shared = not OWN.search(one) and "External" not in one
            if not shared or last:
                relations.append(one if shared else re.sub(r' Id="', f' Id="d{number}', one))
    head = packages[0]["word/document.xml"].decode().partition("<w:body>")[0]
    whole["word/document.xml"] = f"{head}<w:body>{''.join(bodies)}</w:body></w:document>".encode()
    kept = {n: raw for n, raw in whole.items() if not OWN.search(n) or re.search(r"\d{4,}", n)}
    kept["word/_rels/document.xml.rels"] = _listed(packages[0]["word/_rels/document.xml.rels"], relations)  # fmt: skip
    there = [t for t in types if "Default" in t or re.search(r'PartName="/([^"]+)"', t)[1] in kept]  # type: ignore[index]
    kept["[Content_Types].xml"] = _listed(packages[0]["[Content_Types].xml"], there)
    return pack(kept)


def _named(words: str, number: int) -> str:
    """Names of parts as those of the document of that number."""
    return OWN.sub(lambda found: f"{found[1]}{number}{int(found[2] or 0):04}.{found[3]}", words)


def _renumbered(body: str, number: int) -> str:
    body = re.sub(r' r:(id|embed)="', rf' r:\1="d{number}', body)
    # ids of bookmarks are whole numbers of 31 bits: those of a document stay below 100,000
    body = re.sub(r'(<w:bookmark(?:Start|End) w:id=")(\d+)', lambda found: f"{found[1]}{number * 100_000 + int(found[2])}", body)  # fmt: skip
    body = re.sub(r'(w:name="|w:anchor=")_', rf"\g<1>d{number}_", body)
    return re.sub(r'(<wp:docPr id=")', rf"\g<1>{number}0", body)


def _listed(before: bytes, inside: Sequence[str]) -> bytes:
    head, tail = re.split(r"<(?:Relationship|Default|Override) .*/>", before.decode(), flags=re.S)
    return f"{head}{''.join(inside)}{tail}".encode()


def damaged(blob: bytes) -> bytes:
    """The document with a fault that the validator must find."""
    found = office_structure.parts(blob)
    found["word/document.xml"] = re.sub(
        rb"(<w:p>)(<w:pPr>.*?</w:pPr>)(<w:r>.*?</w:r>)", rb"\1\3\2", found["word/document.xml"], count=1, flags=re.S
    )  # fmt: skip
    return pack(found)


def saved(made: Made, folder: Path) -> Path:
    """The file in that folder."""
    path = folder / made.name
    path.write_bytes(made.blob)
    return path
