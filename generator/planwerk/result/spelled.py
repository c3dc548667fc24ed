"""Bytes as the words they say: markup taken away, other spellings of letters read.

A text is cut into pieces, between tags or quotation marks, for most pieces come again and again: in
navigation, in the three formats, in all files of a kind. What is between two tags, and what is in
one, are in the same piece, so that nothing is left out. Words that tags tear apart stand in
pieces of their own, put together again.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

from planwerk.result.opened import leaves
from planwerk.text.plain import plain_text

INLINE = frozenset(
    [
        "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins",
        "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
        "tspan", "tt", "u", "var", "wbr",
    ]
)  # fmt: skip
"""Elements of HTML that part no words."""
PARTING = frozenset(["p", "tab", "br", "cr", "tc", "tr", "txbxContent"])
"""Elements of Office files that do; all others lie between the letters of a word, now and then."""
OFFICE = re.compile(r"<([wa]):t[ >]")
SEVERAL = re.compile(r"</[wa]:r>(?!</[wa]:p>)")
TAG = re.compile(r"/?([\w]+):?([\w]*)[^>]*>?")
LINES = ("text>", "/text>", "text ")
"""Lines of one text in a picture: they part words, and belong together."""
ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2})|(.))", re.S)
"""A letter as JavaScript, JSON and CSS may write it."""
SUSPECT = re.compile(r"[&\\%]|[A-Za-z0-9+/_-]{12}")
"""What a piece holds at least that can be read otherwise."""
BASE64 = re.compile(r"[A-Za-z0-9+/_-]{12,}={0,2}")
HEX = re.compile(r"(?<![0-9a-zA-Z])(?:[0-9a-fA-F]{2}){6,}(?![0-9a-zA-Z])")
UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]")  # fmt: skip
"""Signs that nobody sees and that part no words."""
CONTROL = re.compile("[\0-\x08\x0e-\x1f\x7f]")
PACKED = re.compile(rb"\x1f\x8b|PK|\x89PNG|\xff\xd8\xff|%PDF|\xff\xfe|\xfe\xff")
AGAIN = 3
"""How often what is spelled otherwise is spelled otherwise again."""


@lru_cache(maxsize=1024)
def texts(raw: bytes) -> tuple[str, ...]:
    """Bytes as text: UTF-8, else whatever it may be."""
    try:
        said = raw.decode("utf-8")
    except UnicodeDecodeError:
        said = ""
    if said and "\0" not in said:
        return (said,)
    # letters of one byte between others, and letters of two or four
    found = [raw.decode("utf-8", "ignore").replace("\0", " ")]
    found += [raw.replace(b"\0", between).decode("latin-1") for between in (b"", b" ")]
    for code in ("utf-16-le", "utf-16-be") if b"\0" in raw or raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ():  # fmt: skip
        found += [raw[shift:].decode(code, "ignore") for shift in (0, 1)]
    return tuple(found)


@lru_cache(maxsize=512)
def cut(text: str) -> tuple[str, ...]:
    """The pieces of a text in their order."""
    if "<" in text:
        return tuple(text.split("<"))
    if text.lstrip()[:1] in ("{", "[") or text.startswith("var "):
        return tuple(text.split('"'))
    return (text,)


@lru_cache(maxsize=512)
def joined(text: str) -> tuple[str, ...]:
    """What stands in several pieces of a text that no markup parts, put together."""
    if not (office := OFFICE.search(text)):
        return _together(cut(text))
    found: dict[str, None] = {}  # paragraphs of several runs; most have one
    ending = f"</{office[1]}:p>"
    for run in SEVERAL.finditer(text):
        begin, end = text.rfind(ending, 0, run.start()), text.find(ending, run.end())
        found[text[max(begin, 0) : end if end >= 0 else len(text)]] = None
    return tuple(said for one in found for said in _together(one.split("<")))


def _together(pieces: Iterable[str]) -> tuple[str, ...]:
    found: list[str] = []
    said: list[str] = []
    for piece in pieces:
        parted, word = _piece(piece)
        if parted and said:
            if len(said) > 1:
                found.append("".join(said))
            said = []
        if word:
            said.append(word)
    if len(said) > 1:
        found.append("".join(said))
    return tuple(found)


@lru_cache(maxsize=1 << 16)
def _piece(piece: str) -> tuple[bool, str]:
    """Whether the tag that a piece begins with parts words, and what stands behind it."""
    tag, _, said = piece.partition(">")
    if not said.strip():
        said = " " if said else ""
    if piece.startswith(LINES):
        return False, f" {said}"
    if piece.startswith("!--"):
        return False, said
    found = TAG.match(tag)
    if not found:
        return True, said
    space, name = found.groups()
    return (name in PARTING if name else space.lower() not in INLINE), said


@lru_cache(maxsize=1 << 16)
def words(piece: str) -> list[str]:
    """The words of a piece in their plain forms. Nobody changes the list."""
    return plain_text(seen(piece))


def seen(text: str) -> str:
    """A text as a reader sees it: letters in one form each, nothing that nobody sees."""
    if text.isascii():
        return text
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return UNSEEN.sub("", text)


def spelled(piece: str) -> tuple[str, ...]:
    """All that a piece says: as it is written, and where letters are read as what stands for them."""
    if not SUSPECT.search(piece):
        return (piece,)
    found: list[str] = []
    fresh = [piece]
    for _ in range(AGAIN):
        fresh = [said for one in fresh for said in _otherwise(one) if said not in (*found, piece)]
        found += fresh
    entities = "&" in piece and unescape(piece) != piece
    return tuple(found) if entities else (piece, *found)


def _otherwise(piece: str) -> Iterator[str]:
    """Each other way to read a piece."""
    if "&" in piece and (said := unescape(piece)) != piece:
        yield said
        yield from joined(said)
    if "\\" in piece and (said := _unescaped(piece)) != piece:
        yield said
    if "%" in piece and (said := unquote(piece, errors="replace")) != piece:
        yield said
    for run in BASE64.findall(piece):
        if run.lower() != run != run.upper():  # else it is words
            yield from _from_base64(run)
    for run in HEX.findall(piece):
        yield from _coded(bytes.fromhex(run))


def _unescaped(piece: str) -> str:
    def letter(found: re.Match[str]) -> str:
        code = found[1] or found[2] or found[3]
        if code is None:
            return " " if found[4] in "nrtbfv" else found[4]
        return chr(int(code, 16)) if int(code, 16) < 0x110000 else " "

    said = ESCAPE.sub(letter, piece)
    return said.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@lru_cache(maxsize=4096)  # names of elements come again and again
def _from_base64(run: str) -> tuple[str, ...]:
    bare = run.rstrip("=").replace("-", "+").replace("_", "/")
    bare = bare[: len(bare) - (len(bare) % 4 == 1)]
    try:
        return tuple(_coded(base64.b64decode(bare + "=" * (-len(bare) % 4))))
    except binascii.Error:
        return ()


def _coded(raw: bytes) -> Iterator[str]:
    """What was in another code, opened, if it is text."""
    if PACKED.match(raw):
        yield from (said for leaf in leaves("", raw) for said in texts(leaf.raw))
    elif raw.count(0) * 3 > len(raw):
        yield from texts(raw)
    else:
        try:
            said = raw.decode()
        except UnicodeDecodeError:
            return
        if said.isprintable() or not CONTROL.search(said):
            yield said
