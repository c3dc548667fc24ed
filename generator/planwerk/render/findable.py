"""What our portal can find of a site: its pages' headings and texts, cut into pieces.

A browser never loads an index of all accounts. Each site leaves *pieces* (`find/0.js`, …: at
most 40,000 characters of text with the pages and headings they stand under) and the list of
the words in them (`find/words.txt`), both made of this one site and nothing else. What leads
from a word to the pieces that hold it is made of those lists in `directory.py`.

Words are kept as they are written, in small letters and without accents: it is the browser that
compares their stems (themes/planwerk/portal/js/words.js), so no stemmer is needed twice.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from planwerk import blocks as b

FOLDER = "find"
DIRECTORY = "directory"
"""Where in our portal lies what leads from words to sites: a part of the output of its own."""
WORDS = f"{FOLDER}/words.txt"
PIECE = 40_000
"""How many characters of text a piece holds at most: what a browser loads for one hit."""

PICTURE = re.compile(r'<svg data-search-exclude="1".*?</svg>')
AROUND = re.compile(
    r'<nav class="pw-sub".*?</nav>|<(span|a) class="(?:tag [a-z]+|up[ a-z]*)"[^>]*>.*?</\1>'
)
"""What stands on every page: the navigation, the mark of the edition."""
HEAD = re.compile(
    r'<(?:section class="pw-sec[^"]*"(?: id="([^"]*)")?><)?h([1-6])(?: id="([^"]*)")?>(.*?)</h\2>'
)
TAG = re.compile(r"<[^>]*>")
WORD = re.compile(r"[0-9]+(?:[.,][0-9]+)+|[^\W_]+")
"""A number with its points and commas is one word; the browser's expression is the same."""


class Part(NamedTuple):
    """What stands under one heading; `anchor` is "" where a link can lead to the page only."""

    anchor: str
    heading: str
    text: str


class Found(NamedTuple):
    """A page with its parts."""

    name: str
    tab: str
    parts: tuple[Part, ...]


def findable(site: b.Site, pages: Mapping[str, str]) -> dict[str, str]:
    """The files that make a site findable, by name; `pages` are those of `portal.markdown`.

    Hand-written pages are the same in each account: they are found once, in the portfolio's.
    """
    found = [
        Found(page.name, page.tab, tuple(parts(pages[page.name])))
        for page in site.pages
        if not (site.account and page.prose)
    ]
    pieces = list(_pieces(found))
    files = {
        f"{FOLDER}/{number}.js": f"planwerk.piece({_json([site.account, number, piece])})\n"
        for number, piece in enumerate(pieces)
    }
    files[WORDS] = _listed(site, pieces)
    return files


def parts(page: str) -> Iterator[Part]:
    """A page's parts in reading order; the first is under the page's title."""
    body = AROUND.sub("", PICTURE.sub("", page.partition("\n---\n")[2]))
    anchor, heading, at, before = "", "", 0, ""
    for found in HEAD.finditer(body):
        text = _plain(body[at : found.start()])
        if found[2] == "1":
            before = text  # above the title: whose page it is, the period
        elif heading or text:
            yield Part(anchor, heading, f"{before} {text}".strip())
            before = ""
        anchor = found[1] or found[3] or ("" if found[2] == "1" else anchor)
        heading, at = _plain(found[4]), found.end()
    yield Part(anchor, heading, f"{before} {_plain(body[at:])}".strip())


def _plain(html: str) -> str:
    return " ".join(unescape(TAG.sub("", html)).split())


def _pieces(pages: Iterable[Found]) -> Iterator[list[Found]]:
    """Pages in pieces of at most `PIECE` characters; what is longer alone is cut at a space."""
    piece: list[Found] = []
    size = 0
    for page in pages:
        here: list[Part] = []
        for part in (short for long in page.parts for short in _short(long)):
            if size and size + len(part.text) > PIECE:
                yield [*piece, *([page._replace(parts=tuple(here))] if here else [])]
                piece, here, size = [], [], 0
            here.append(part)
            size += len(part.text) + len(part.heading)
        piece.append(page._replace(parts=tuple(here)))
    if piece:
        yield piece


def _short(part: Part) -> Iterator[Part]:
    text = part.text
    while len(text) > PIECE:
        cut = text.rfind(" ", 0, PIECE)
        cut = cut if cut > 0 else PIECE
        yield part._replace(text=text[:cut])
        text = text[cut:].lstrip()
    yield part._replace(text=text)


# --- words -----------------------------------------------------------------------------------


@lru_cache(maxsize=20_000)
def folded(word: str) -> str:
    """A word as it is compared: small, without accents and a number's separators."""
    if word[0] in "0123456789" and ("." in word or "," in word):
        return word.replace(".", "").replace(",", "")
    word = word.lower()
    if not word.isascii():
        apart = unicodedata.normalize("NFKD", word.replace("ß", "ss"))
        word = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return word


def words(text: str) -> set[str]:
    """The words of a text as they are compared."""
    return {folded(word) for word in set(WORD.findall(text))} - {""}


def _listed(site: b.Site, pieces: list[list[Found]]) -> str:
    """What the directory is made of: whose site it is, then the words of each piece, in a line
    those of headings and names (`h`), in another the others (`t`)."""
    names = words(" ".join((site.account, site.name, *site.aliases, site.industry)))
    card = [site.account, site.name, site.aliases, site.industry, [p.name for p in site.pages], len(pieces)]  # fmt: skip
    lines = [_json(card)]
    for number, piece in enumerate(pieces):
        heads = words(" ".join(h for page in piece for h in (page.tab, *(p.heading for p in page.parts))))  # fmt: skip
        texts = words(" ".join(part.text for page in piece for part in page.parts))
        for kind, said in (("h", heads | names), ("t", texts - heads - names)):
            lines += [f"{number}\t{kind}\t{' '.join(sorted(said))}"] if said else []
    return "\n".join(lines) + "\n"


def _json(value: object) -> str:
    # a script, not JSON alone: line ends of Unicode would end a string in old readers
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("\u2028", " ").replace("\u2029", " ")  # fmt: skip
