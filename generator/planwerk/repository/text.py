"""What git's bytes say: any bytes become words that people and terminals can read."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple


def readable(said: bytes) -> str:
    """UTF-8 with U+FFFD for what is none, and a picture for every sign that steers a terminal.

    Line ends and tabs stay; signs that turn the direction of writing become U+FFFD.
    """
    words = said.decode("utf-8", "replace")
    plain = words.replace("\n", "").replace("\t", "").isprintable()
    return words if plain else "".join(map(_one, words))


def _one(sign: str) -> str:
    if sign.isprintable() or sign in "\n\t":
        return sign
    number = ord(sign)
    if number < 0x20:
        return chr(0x2400 + number)
    if number == 0x7F:
        return "\u2421"
    return " " if unicodedata.category(sign) == "Zs" else "\ufffd"


TRAILER = re.compile(r"([A-Za-z][A-Za-z0-9-]*): +(\S.*)")
PULL_REQUEST = re.compile(r"Merge pull request #(\d{1,12})\b|.*\(#(\d{1,12})\)$", re.A | re.S)
MERGE_REQUEST = re.compile(r"^See merge request \S*!(\d{1,12})$", re.A | re.M)


class Message(NamedTuple):
    """A commit's message in its parts; `body` is what stands between subject and trailers."""

    subject: str = ""
    body: str = ""
    trailers: tuple[tuple[str, str], ...] = ()
    pull_request: str = ""


def message(words: str) -> Message:
    """The parts of a message, by git's rules: the first paragraph is its subject, and the last
    one holds trailers if all its lines are `Key: value` or go on with the line before."""
    first, _, rest = words.strip("\n").partition("\n\n")
    subject = " ".join(line.strip() for line in first.split("\n")).strip()
    above, _, last = rest.strip("\n").rpartition("\n\n")
    trailers = _trailers(last)
    body = (above if trailers else rest).strip()
    found = PULL_REQUEST.match(subject) or MERGE_REQUEST.search(rest)
    number = next(filter(None, found.groups()), "") if found else ""
    return Message(subject, body, trailers, number)


def _trailers(paragraph: str) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for line in paragraph.rstrip().split("\n"):
        if match := TRAILER.fullmatch(line.rstrip()):
            found.append((match[1], match[2]))
        elif found and line[:1] in (" ", "\t"):
            key, value = found[-1]
            found[-1] = (key, f"{value} {line.strip()}")
        else:
            return ()
    return tuple(found)
