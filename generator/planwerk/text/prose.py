"""Prose, as CommonMark with tables and footnotes: its tokens, and what of it outputs cannot say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from planwerk.problems import Place, Problem, Severity

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MAX_NESTING = 20
MAX_PROSE = 256 << 10
MOST = {"![": 1000, "[": 2000, "|": 20_000}
"""How often a sign may stand in one file's prose: what the parser does with each of them grows
with their number, and a plan needs a handful."""
ALLOWED_LINK = re.compile(r"(https://|mailto:|#)[^\s]*", re.I)
HTML = re.compile(r"<[/!?a-zA-Z][^>\n]*>?")
NOTE = re.compile(r"\[\^([^\]\s]+)\]")
"""What refers to a footnote, where it is not understood as one."""
NOTES = {"footnote_reference_open": 1, "footnote_reference_close": -1}
"""Where the text of a footnote begins and ends."""
SUSPECT = re.compile(r"[<\[]|^[ \t>*+\-0-9.)]{15}", re.M)
"""Without one of these there is no HTML, link, footnote or picture, and nothing nested too deep (each
level takes a character or more at the start of a line): the parser need not be asked."""


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # most plans' prose needs no look by the parser
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 200}).enable("table")
    # every destination is parsed, so that a forbidden one is seen and reported, never guessed
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    # a definition stays where it is written: who reads the tokens knows what is referred to
    footnote_plugin(parser, inline=False, move_to_end=False)
    return parser


class Shown(NamedTuple):
    """A picture in a text: where its file should be, and the line and column (from 1) of it."""

    target: str
    line: int
    column: int


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

    lines, tokens, inside = body.split("\n"), parse(body), 0
    for index, token in enumerate(tokens):
        inside += NOTES.get(token.type, 0)
        line = token.map[0] if token.map else 0
        if token.level > MAX_NESTING:
            return [Problem("nested-too-deep", place(line), facts={"limit": str(MAX_NESTING)})]
        for child in token.children or ():
            problems += _inline_problems(child, lines, line, place)
        for number, child in enumerate(pictures_of(token)):
            alone = (
                not inside and tokens[index - 1].type == "paragraph_open" and stands_alone(token)
            )
            problems += _of_picture(child, alone, _picture_at(lines, line, number), place)
    return problems + list(_of_notes(tokens, lines, place))


def pictures_of(token: Token) -> list[Token]:
    """The pictures in a line of text, links of pictures included."""
    return [child for child in token.children or () if child.type == "image"]


def words_of(picture: Token) -> str:
    """What a picture shows, in its author's words, without their manner."""
    out = []
    for child in picture.children or ():
        if child.type in ("softbreak", "hardbreak"):
            out.append(" ")
        else:
            out.append(words_of(child) if child.type == "image" else child.content)
    return " ".join("".join(out).split())


def stands_alone(token: Token) -> bool:
    """Whether a line of text holds pictures and nothing else."""
    kinds = {c.type for c in token.children or () if c.type != "text" or c.content.strip()}
    return "image" in kinds and kinds <= {"image", "softbreak"}


def shown(body: str) -> list[Shown]:
    """The pictures that a text shows, lines counted from 0."""
    if "![" not in body or _too_much(body):  # which `check_prose` tells
        return []
    lines, found = body.split("\n"), []
    for token in parse(body):
        line = token.map[0] if token.map else 0
        for number, child in enumerate(pictures_of(token)):
            row, column = _picture_at(lines, line, number)
            found.append(Shown(str(child.attrs.get("src", "")), row, column))
    return found


def _picture_at(lines: list[str], line: int, number: int) -> tuple[int, int]:
    """The line and column of the picture of that number (from 0) in the text that begins there."""
    row, column = _find(lines, "![", line)
    for _ in range(number):
        further = lines[row].find("![", column + 1)
        row, column = (row, further + 1) if further >= 0 else _find(lines, "![", row + 1)
    return row, column


def _of_picture(
    token: Token, alone: bool, at: tuple[int, int], place: Callable[..., Place]
) -> Iterator[Problem]:
    facts = {"found": str(token.attrs.get("src", ""))[:80]}
    if not alone:
        yield Problem("picture-in-line", place(*at, 2), facts=facts)
    if not words_of(token):
        yield Problem("picture-without-words", place(*at, 2), Severity.WARNING, facts)


def _of_notes(
    tokens: Sequence[Token], lines: list[str], place: Callable[..., Place]
) -> Iterator[Problem]:
    """Footnotes that nothing refers to, and references that lead to none."""
    defined: Counter[str] = Counter()
    used, inside, head = set(), 0, False
    for token in tokens:
        if token.type == "footnote_reference_open":
            defined[token.meta["label"]] += 1
        inside += NOTES.get(token.type, 0)
        head = (head or token.type == "thead_open") and token.type != "thead_close"
        for child in token.children or ():
            if child.type == "footnote_ref" and not inside and not head:
                used.add(child.meta["label"])
            lost = (
                [child.meta["label"]] if child.type == "footnote_ref" and (inside or head) else []
            )
            lost += NOTE.findall(child.content) if child.type == "text" else []
            for label in lost:
                at = _reference(lines, label, token.map[0] if token.map else 0)
                yield Problem("footnote-missing", place(*at, len(label) + 3), Severity.WARNING, {"found": f"[^{label}]"})  # fmt: skip
    for label, count in defined.items():
        if count > 1 or label not in used:
            row, column = _find(lines, f"[^{label}]:", 0)
            if count > 1 and label in used:
                row, column = _find(lines, f"[^{label}]:", row + 1)
            facts = {"found": f"[^{label}]:"}
            yield Problem("footnote-lost", place(row, column, len(label) + 4), facts=facts)


def _reference(lines: list[str], label: str, line: int) -> tuple[int, int]:
    """Where a text refers to the footnote of that label, at or after the line."""
    sign = re.compile(re.escape(f"[^{label}]") + "(?!:)")
    for number in range(line, len(lines)):
        if found := sign.search(lines[number]):
            return number, found.start() + 1
    return line, 1


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
