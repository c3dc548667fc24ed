"""Prose, as CommonMark with tables: its tokens, and what of it the outputs cannot say."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from planwerk.problems import Place, Problem, Severity

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MAX_NESTING = 20
MAX_PROSE = 256 << 10
MOST = {"[": 2000, "|": 20_000}
"""How often a sign may stand in one file's prose: what the parser does with each of them grows
with their number, and a plan needs a handful."""
ALLOWED_LINK = re.compile(r"(https://|mailto:|#)[^\s]*", re.I)
HTML = re.compile(r"<[/!?a-zA-Z][^>\n]*>?")
SUSPECT = re.compile(r"[<\[]|^[ \t>*+\-0-9.)]{15}", re.M)
"""Without one of these there is no HTML, link or picture, and nothing nested too deep (each
level takes a character or more at the start of a line): the parser need not be asked."""


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # most plans' prose needs no look by the parser

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 200}).enable("table")
    # every destination is parsed, so that a forbidden one is seen and reported, never guessed
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


def parse(body: str) -> list[Token]:
    """The tokens of `body`; HTML is text, never passed through."""
    return _parser().parse(body)


def check_prose(path: PurePosixPath, body: str, first_line: int) -> list[Problem]:
    """What in `body` would not reach a reader as it stands: HTML, links, pictures, depth."""
    problems: list[Problem] = []
    if too_much := _too_much(body):
        return [Problem("prose-too-large", Place(path, first_line), facts={"found": too_much})]
    if not SUSPECT.search(body):
        return problems

    def place(line: int, column: int = 1, width: int = 1) -> Place:
        return Place(path, first_line + line, column, width)

    lines = body.split("\n")
    for token in parse(body):
        line = token.map[0] if token.map else 0
        if token.level > MAX_NESTING:
            return [Problem("nested-too-deep", place(line), facts={"limit": str(MAX_NESTING)})]
        for child in token.children or ():
            problems += _inline_problems(child, lines, line, place)
    return problems


def _too_much(body: str) -> str:
    """What of the prose is more than can be read at once, or nothing."""
    if len(body) > MAX_PROSE:
        return f"{len(body) >> 10} KiB"
    return next((f"{n} × {sign}" for sign, most in MOST.items() if (n := body.count(sign)) > most), "")  # fmt: skip


def _inline_problems(
    token: Token, lines: list[str], line: int, place: Callable[..., Place]
) -> list[Problem]:
    if token.type == "text" and (found := HTML.search(token.content)):
        row, column = _find(lines, found.group(), line)
        facts = {"found": found.group()}
        return [Problem("html-in-prose", place(row, column, len(found.group())), Severity.WARNING, facts)]  # fmt: skip
    if token.type == "image":
        target = str(token.attrs.get("src", ""))
        row, column = _find(lines, "![", line)
        return [Problem("picture-in-prose", place(row, column, 2), facts={"found": target})]
    if token.type == "link_open":
        target = str(token.attrs.get("href", ""))
        if not ALLOWED_LINK.fullmatch(target):
            row, column = _find(lines, "](", line)
            return [Problem("unsafe-link", place(row, column + 1), facts={"found": target[:80]})]
    return []


def _find(lines: list[str], words: str, line: int) -> tuple[int, int]:
    """The line (from 0) and column (from 1) of `words` at or after `line`."""
    for number in range(line, len(lines)):
        if (column := lines[number].find(words)) >= 0:
            return number, column + 1
    return line, 1
