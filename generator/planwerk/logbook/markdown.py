"""Differences as Markdown: plain, or as a comment on a pull request.

What plans say is data: nothing in it may become a heading, a link, a picture or a call to
somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from planwerk.history.passages import Passage
from planwerk.history.telling import Sentence
from planwerk.logbook.discretion import discreet
from planwerk.report.excerpt import printable

SIGNS = re.compile(r"([\\`*_{}\[\]<>|~$^])")
CALLS = re.compile(r"(?<![^\s(\[{\"'„“»«/-])([@#!])(?=\w)|(?<=\w)([@#!])(?=\w)")
"""What would call a person or name another issue on a host."""
BEGINS = re.compile(r"^(\s*)([-+=#>]|\d+[.)])(?=\s|$|=|-)")
ADDRESS = re.compile(r"\b(https?:)(?=//)|\b(www)(?=\.)", re.I)
LIMIT = 60_000
"""Bytes of a comment; hosts take 65,536 signs."""
FEW = 2
"""Lines of a section without any item."""


def plain(words: str) -> str:
    """Words as Markdown that shows them as they are, whatever they hold."""
    words = SIGNS.sub(r"\\\1", discreet(printable(" ".join(words.split())))).replace("&", "&amp;")
    words = CALLS.sub(lambda match: f"{match[0]}<!-- -->", words)
    words = ADDRESS.sub(lambda match: f"{match[0]}<!-- -->", words)
    return BEGINS.sub(lambda match: f"{match[1]}{_escaped(match[2])}", words)


def _escaped(begin: str) -> str:
    return f"{begin[:-1]}\\{begin[-1]}"


def item(sentence: Sentence, mark: str = "") -> list[str]:
    """A sentence as an item of a list; texts that changed follow, struck and bold."""
    told = "".join(f"**{plain(p.words)}**" if p.role == "title" and p.words.strip() else _spaced(p.words) for p in sentence.parts)  # fmt: skip
    head = f"- {mark}{told}".rstrip()
    told_inside = "\n  >\n".join(f"  > {passage(p)}" for p in sentence.passages)
    return [head, *filter(None, told_inside.split("\n"))]


def _spaced(words: str) -> str:
    """Words in the middle of a sentence: the spaces at their ends stay."""
    left, right = words[:1].isspace(), words[-1:].isspace() and len(words) > 1
    return f"{' ' * left}{plain(words)}{' ' * right}"


def passage(of: Passage) -> str:
    """What changed within a text: ~~struck~~ **new**."""
    signs = {"removed": "~~", "added": "**"}
    told = (f"{s}{plain(run.words)}{s}" if (s := signs.get(run.way, "")) else plain(run.words) for run in of.runs)  # fmt: skip
    heading = f"{plain(of.heading)}: " if of.heading else ""
    return heading + " ".join(told)


class Section(NamedTuple):
    """A part of a comment: what stands above its items, them, and what stands below."""

    head: tuple[str, ...]
    items: tuple[tuple[str, ...], ...]
    foot: tuple[str, ...] = ()


def cut(sections: Sequence[Section], limit: int) -> tuple[list[str], int]:
    """The lines of the sections that fit into so many bytes, and how many items do not.

    A section is cut between items and stays closed; one without any item that fits is left out.
    """
    out: list[str] = []
    left = 0
    room = limit
    for section in sections:
        frame = _bytes((*section.head, *section.foot))
        fitting = list(_fitting(section.items, room - frame)) if room > frame else []
        left += len(section.items) - len(fitting)
        if fitting or (not section.items and room > frame):
            lines = [*section.head, *(line for one in fitting for line in one), *section.foot]
            out += lines
            room -= _bytes(lines)
    return out, left


def _fitting(items: Iterable[tuple[str, ...]], room: int) -> Iterator[tuple[str, ...]]:
    for one in items:
        room -= _bytes(one)
        if room < 0:
            return
        yield one


def _bytes(lines: Iterable[str]) -> int:
    return sum(len(line.encode("utf-8", "replace")) + 1 for line in lines)
